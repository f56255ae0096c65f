// Turns the values of a catalogue's file into the catalogue, gathering every fault on the way.
#include "programme/catalogue_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "programme/file_fields.h"
#include "programme/yaml_file.h"

namespace tz::programme {
namespace {

using ledger::Catalogue;
using ledger::CatalogueEntry;
using ledger::Holder;
using ledger::Level;
using ledger::Material;

constexpr std::size_t kTitleCharsMax = 60;
constexpr std::int64_t kVersionMax = 1'000'000;

class CatalogueReading {
 public:
  explicit CatalogueReading(std::string_view text) {
    const auto file = fields_.read(text);
    if (!file) return;
    top(*file);
    if (fields_.clean()) contradictions();
  }

  [[nodiscard]] std::vector<Error> faults() const { return fields_.faults(); }
  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }

 private:
  using Named = std::pair<std::string, std::string>;  // a service and a material

  void top(const YamlValue& file) {
    if (!fields_.take_map(file, "file", {"version", "title", "materials", "services"}) &&
        file.type != YamlValue::Type::Map)
      return;
    if (const auto* v = file.find("version"))
      catalogue_.version = fields_.take_number(*v, "version", 1, kVersionMax).value_or(1);
    if (const auto* v = file.find("title"))
      catalogue_.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = file.find("materials")) {
      for (const YamlValue& one : fields_.take_list(*v, "materials")) material(one);
      at_most(ledger::kCatalogueMaterialsMax, *v, "materials");
    }
    for (const Material& one : catalogue_.materials) material_ids_.push_back(one.id);
    if (const auto* v = file.find("services")) {
      for (const YamlValue& one : fields_.take_list(*v, "services")) service(one);
      not_empty(*v, "services");
      at_most(ledger::kCatalogueServicesMax, *v, "services");
    }
  }

  void material(const YamlValue& value) {
    Material out;
    fields_.take_map(value, "materials", {"id", "title", "held_by"});
    if (const auto* v = value.find("id")) {
      out.id = fields_.take_id(*v, "id").value_or("");
      places_[{"", out.id}] = v->at;
    }
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("held_by")) {
      const Words holders = names_to(Holder::ThirdParty);
      if (const auto word = fields_.take_word(*v, "held_by", holders))
        out.held_by =
            static_cast<Holder>(std::find(holders.begin(), holders.end(), *word) - holders.begin());
    }
    catalogue_.materials.push_back(std::move(out));
  }

  void service(const YamlValue& value) {
    CatalogueEntry out;
    fields_.take_map(value, "services", {"id", "title", "given_by"}, {"asks", "looks_up"});
    if (const auto* v = value.find("id")) {
      out.id = fields_.take_id(*v, "id").value_or("");
      places_[{out.id, ""}] = v->at;
    }
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("given_by")) given_by(*v, out);
    if (const auto* v = value.find("asks")) out.asks = needs(*v, "asks", out.id);
    if (const auto* v = value.find("looks_up")) out.looks_up = needs(*v, "looks_up", out.id);
    for (const std::uint16_t index : out.looks_up)
      if (std::find(out.asks.begin(), out.asks.end(), index) != out.asks.end())
        fields_.add(yaml_fault("yaml_value_repeated", value.at,
                               {{"key", "looks_up"}, {"value", catalogue_.materials[index].id}}));
    catalogue_.services.push_back(std::move(out));
  }

  void given_by(const YamlValue& value, CatalogueEntry& out) {
    if (!fields_.take_map(value, "given_by", {}, {"levels", "units"})) return;
    const Words levels = names_to(Level::Group);
    if (const auto* v = value.find("levels"))
      for (const YamlValue& one : fields_.take_list(*v, "levels"))
        if (const auto word = fields_.take_word(one, "levels", levels))
          add_once(*ledger::level_named(*word), out.levels, one, "levels");
    if (const auto* v = value.find("units"))
      for (const YamlValue& one : fields_.take_list(*v, "units"))
        if (const auto code = fields_.take_text(one, "units", ledger::kUnitCodeBytesMax)) {
          if (ledger::valid_unit_code(*code))
            add_once(*code, out.units, one, "units");
          else
            fields_.add(yaml_fault("catalogue_code_bad", one.at, {{"value", *code}}));
        }
  }

  std::vector<std::uint16_t> needs(const YamlValue& list, std::string_view key,
                                   const std::string& service) {
    std::vector<std::uint16_t> out;
    if (material_ids_.empty()) {
      fields_.add(yaml_fault("catalogue_empty", list.at, {{"key", std::string("materials")}}));
      return out;
    }
    const Words known(material_ids_.begin(), material_ids_.end());
    for (const YamlValue& one : fields_.take_list(list, key)) {
      const auto word = fields_.take_word(one, key, known);
      if (!word) continue;
      const auto index =
          static_cast<std::uint16_t>(std::find(known.begin(), known.end(), *word) - known.begin());
      places_[{service, *word}] = one.at;
      add_once(index, out, one, key);
    }
    at_most(ledger::kCatalogueNeedsMax, list, key);
    return out;
  }

  template <class T>
  void add_once(const T& one, std::vector<T>& all, const YamlValue& value, std::string_view key) {
    if (std::find(all.begin(), all.end(), one) != all.end())
      fields_.add_repeated(value, key);
    else
      all.push_back(one);
  }
  void at_most(std::size_t max, const YamlValue& list, std::string_view key) {
    if (list.items.size() > max)
      fields_.add(yaml_fault("catalogue_list_long", list.at,
                             {{"key", std::string(key)}, {"max", std::to_string(max)}}));
  }
  void not_empty(const YamlValue& list, std::string_view key) {
    if (list.type == YamlValue::Type::List && list.items.empty())
      fields_.add(yaml_fault("catalogue_empty", list.at, {{"key", std::string(key)}}));
  }

  // Each where the service names the material, or where that which is there twice stands last.
  void contradictions() {
    for (const ledger::CatalogueFault& fault : ledger::check(catalogue_))
      fields_.add(yaml_fault(fault.code, places_[{fault.service, fault.material}],
                             {{"service", fault.service}, {"material", fault.material}}));
  }

  FileFields fields_;
  Catalogue catalogue_;
  std::vector<std::string> material_ids_;
  std::map<Named, Place> places_;
};

}  // namespace

Result<Catalogue> read_catalogue(std::string_view text) {
  const CatalogueReading reading(text);
  const std::vector<Error> faults = reading.faults();
  if (!faults.empty()) return faults.front();
  return reading.catalogue();
}

std::vector<Error> catalogue_faults(std::string_view text) {
  return CatalogueReading(text).faults();
}

}  // namespace tz::programme
