// What contradicts itself in a catalogue of services, and what stays of earlier versions.
#include "ledger/catalogue.h"

#include <algorithm>
#include <set>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 3> kHolders = {"applicant", "administration", "third_party"};

// What is wrong with what one service needs.
void check_needs(const Catalogue& catalogue, const CatalogueEntry& service,
                 std::vector<CatalogueFault>& faults) {
  for (const std::uint16_t index : service.asks)
    if (catalogue.materials[index].held_by == Holder::Administration)
      faults.push_back({"catalogue_asks_held", service.id, catalogue.materials[index].id});
  for (const std::uint16_t index : service.looks_up)
    if (catalogue.materials[index].held_by != Holder::Administration)
      faults.push_back({"catalogue_looks_up_unheld", service.id, catalogue.materials[index].id});
}

}  // namespace

std::string_view to_text(Holder holder) { return name_in(kHolders, holder); }

const CatalogueEntry* Catalogue::service(std::string_view id) const {
  const auto found = std::find_if(services.begin(), services.end(),
                                  [&](const CatalogueEntry& one) { return one.id == id; });
  return found == services.end() ? nullptr : &*found;
}

bool Catalogue::asks(const CatalogueEntry& service, std::string_view material) const {
  return std::any_of(service.asks.begin(), service.asks.end(),
                     [&](std::uint16_t index) { return materials[index].id == material; });
}

std::vector<CatalogueFault> check(const Catalogue& catalogue) {
  std::vector<CatalogueFault> faults;
  std::set<std::string_view> seen;
  for (const Material& material : catalogue.materials)
    if (!seen.insert(material.id).second) faults.push_back({"catalogue_id_twice", {}, material.id});
  seen.clear();
  for (const CatalogueEntry& service : catalogue.services) {
    if (!seen.insert(service.id).second) faults.push_back({"catalogue_id_twice", service.id, {}});
    if (service.levels.empty() && service.units.empty())
      faults.push_back({"catalogue_given_nowhere", service.id, {}});
    check_needs(catalogue, service, faults);
  }
  return faults;
}

std::optional<std::uint16_t> AdoptedCatalogue::index_of(std::string_view id) const {
  std::uint16_t index = 0;
  for (const std::string& one : ids) {
    if (one == id) return index;
    ++index;
  }
  return std::nullopt;
}

AdoptedCatalogue with_version(const AdoptedCatalogue& before,
                              std::shared_ptr<const Catalogue> catalogue) {
  AdoptedCatalogue out = before;
  for (const CatalogueEntry& service : catalogue->services) {
    const auto known = out.index_of(service.id);
    if (known) {
      out.titles.change(*known, [&](Title& title) { title = service.title; });
      continue;
    }
    out.ids.add(service.id);
    out.titles.add(service.title);
  }
  out.newest = std::move(catalogue);
  return out;
}

}  // namespace tz::ledger
