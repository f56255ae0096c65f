// The catalogue of services: what residents come to an administration for, who gives it and what
// it needs, as data that was checked when adopted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/flow.h"
#include "ledger/kept_list.h"
#include "ledger/programme.h"

namespace tz::ledger {

// Who has what a service needs: whoever applies, an office of the administration, or somebody else
// (a bank, a hospital), from whom whoever applies has to get it.
enum class Holder : std::uint8_t { Applicant, Administration, ThirdParty };
std::string_view to_text(Holder holder);  // "third_party"

// A paper or a fact that services need. Who holds it is said once, for all of them.
struct Material {
  std::string id;
  Title title;
  Holder held_by = Holder::Applicant;
};

struct CatalogueEntry {
  std::string id;
  Title title;
  std::vector<Level> levels;            // units of these levels give it,
  std::vector<std::string> units;       // and those of these codes
  std::vector<std::uint16_t> asks;      // indices into materials: brought by whoever applies
  std::vector<std::uint16_t> looks_up;  // and what the office finds by itself
};

struct Catalogue {
  std::int64_t version = 1;
  Title title;
  std::vector<Material> materials;
  std::vector<CatalogueEntry> services;

  [[nodiscard]] const CatalogueEntry* service(std::string_view id) const;
  // Whether that service asks whoever applies for it to bring that.
  [[nodiscard]] bool asks(const CatalogueEntry& service, std::string_view material) const;
};

constexpr std::size_t kCatalogueServicesMax = 1000;
constexpr std::size_t kCatalogueMaterialsMax = 1000;
constexpr std::size_t kCatalogueNeedsMax = 50;  // of one service

// Where a catalogue contradicts itself.
struct CatalogueFault {
  // `catalogue_asks_held`: what the administration already holds is asked for once more;
  // `catalogue_looks_up_unheld`: the office is to find by itself what it does not have;
  // `catalogue_id_twice`: of materials, or of services; `catalogue_given_nowhere`.
  std::string code;
  std::string service;   // empty where it is a material
  std::string material;  // empty where it is a service
  friend bool operator==(const CatalogueFault&, const CatalogueFault&) = default;
};
// Every contradiction; empty where the catalogue is sound.
std::vector<CatalogueFault> check(const Catalogue& catalogue);

// What a ledger has adopted. A service keeps its place once it has one, whatever later versions
// say.
struct AdoptedCatalogue {
  std::shared_ptr<const Catalogue> newest;  // null: none
  KeptList<std::string> ids;                // of services, by first adoption
  KeptList<Title> titles;                   // as the newest version that has it says

  [[nodiscard]] std::optional<std::uint16_t> index_of(std::string_view id) const;
};
AdoptedCatalogue with_version(const AdoptedCatalogue& before,
                              std::shared_ptr<const Catalogue> catalogue);

}  // namespace tz::ledger
