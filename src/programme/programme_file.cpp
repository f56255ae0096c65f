// Turns the values of a programme file into a programme, gathering every fault on the way.
#include "programme/programme_file.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "ledger/programme_units.h"
#include "programme/file_fields.h"
#include "programme/yaml_file.h"

namespace tz::programme {
namespace {

using ledger::Programme;
using ledger::ProgrammePart;
using ledger::Requirement;
using ledger::RequirementSort;
using ledger::Selector;
using ledger::Title;

constexpr std::size_t kTitleCharsMax = 60;
constexpr std::size_t kNoteCharsMax = 400;
constexpr std::size_t kFieldsMax = 50;
constexpr std::int64_t kVersionMax = 1'000'000;
constexpr std::int64_t kAskedMax = 100;
constexpr std::int64_t kBudgetMax = 1'000;

class ProgrammeReading {
 public:
  explicit ProgrammeReading(std::string_view text) {
    const auto file = fields_.read(text);
    if (!file) return;
    no_time(*file);
    if (!fields_.clean()) return;
    top(*file);
    if (fields_.clean()) contradictions(ledger::check(programme_));
  }

  void against(const ledger::OrgTree& tree, Day day) {
    if (fields_.clean()) contradictions(ledger::check(programme_, tree, day));
  }
  [[nodiscard]] std::vector<Error> faults() const { return fields_.faults(); }
  [[nodiscard]] const Programme& programme() const { return programme_; }

 private:
  // Hours and minutes stand nowhere, in no key and in no text.
  void no_time(const YamlValue& value) {
    for (const YamlValue::Key& key : value.keys)
      if (ledger::counts_time(key.text)) time_counted(key.at);
    if (ledger::counts_time(value.text)) time_counted(value.at);
    for (const YamlValue& one : value.items) no_time(one);
  }
  void time_counted(Place at) { fields_.add(yaml_fault("programme_time_counted", at)); }

  void top(const YamlValue& file) {
    top_at_ = file.at;
    if (!fields_.take_map(file, "file",
                          {"id", "version", "title", "basis", "period", "batches", "tiers",
                           "requirements", "budget"},
                          {"precedence"}) &&
        file.type != YamlValue::Type::Map)
      return;
    if (const auto* v = file.find("id")) programme_.id = fields_.take_id(*v, "id").value_or("");
    if (const auto* v = file.find("version"))
      programme_.version = fields_.take_number(*v, "version", 1, kVersionMax).value_or(1);
    if (const auto* v = file.find("title"))
      programme_.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = file.find("basis"))
      programme_.basis = fields_.take_title(*v, "basis", kNoteCharsMax);
    if (const auto* v = file.find("precedence"))
      programme_.precedence = fields_.take_yes_no(*v, "precedence").value_or(false);
    if (const auto* v = file.find("period")) {
      fields_.take_map(*v, "period", {"from", "to"});
      span(*v, programme_.from, programme_.to);
    }
    batch_ids_ = ids_in(file, "batches");
    tier_ids_ = ids_in(file, "tiers");
    requirement_ids_ = ids_in(file, "requirements");
    if (const auto* v = file.find("batches"))
      for (const YamlValue& one : fields_.take_list(*v, "batches")) batch(one);
    if (const auto* v = file.find("tiers"))
      for (const YamlValue& one : fields_.take_list(*v, "tiers")) tier(one);
    if (const auto* v = file.find("requirements"))
      for (const YamlValue& one : fields_.take_list(*v, "requirements")) requirement(one);
    if (const auto* v = file.find("budget")) budget(*v);
  }

  // What the parts of a list are called, in their order, so that any part may name any other; an
  // empty name where one has none, which is said where it is read.
  static Words ids_in(const YamlValue& file, std::string_view key) {
    Words ids;
    const YamlValue* list = file.find(key);
    if (list == nullptr) return ids;
    for (const YamlValue& one : list->items) {
      const YamlValue* id = one.find("id");
      ids.push_back(id != nullptr ? std::string_view(id->text) : std::string_view());
    }
    return ids;
  }

  std::optional<Day> day(const YamlValue& value, std::string_view key) {
    const auto text = fields_.take_text(value, key, kTitleCharsMax);
    if (!text) return std::nullopt;
    const Result<Day> parsed = parse_day(*text);
    if (parsed.ok()) return *parsed;
    fields_.add(yaml_fault("programme_day_bad", value.at, {{"text", *text}}));
    return std::nullopt;
  }
  void span(const YamlValue& value, Day& from, Day& to) {
    if (const auto* v = value.find("from")) from = day(*v, "from").value_or(Day{});
    if (const auto* v = value.find("to")) to = day(*v, "to").value_or(Day{});
  }

  // A part's id; remembers where it stands, for what is said about it later.
  std::string id(const YamlValue& part, ProgrammePart of) {
    const YamlValue* value = part.find("id");
    if (value == nullptr) return {};
    std::string text = fields_.take_id(*value, "id").value_or("");
    places_[{of, text}].push_back(value->at);
    return text;
  }

  // The index of the part that is named.
  std::optional<std::uint16_t> named(const YamlValue& value, std::string_view key,
                                     const Words& ids) {
    Words given = ids;
    given.erase(std::remove(given.begin(), given.end(), ""), given.end());
    if (given.empty()) return std::nullopt;  // said already: there are none
    const auto word = fields_.take_word(value, key, given);
    if (!word) return std::nullopt;
    return static_cast<std::uint16_t>(std::find(ids.begin(), ids.end(), *word) - ids.begin());
  }
  std::vector<std::uint16_t> all_named(const YamlValue& value, std::string_view key,
                                       const Words& ids) {
    std::vector<std::uint16_t> out;
    for (const YamlValue& one : fields_.take_list(value, key)) {
      const auto index = named(one, key, ids);
      if (!index) continue;
      if (std::find(out.begin(), out.end(), *index) != out.end())
        fields_.add_repeated(one, key);
      else
        out.push_back(*index);
    }
    return out;
  }

  template <class Enum>
  std::vector<Enum> words(const YamlValue& value, std::string_view key, Enum last) {
    std::vector<Enum> out;
    const Words names = names_to(last);
    for (const YamlValue& one : fields_.take_list(value, key)) {
      const auto word = fields_.take_word(one, key, names);
      if (!word) continue;
      const auto parsed =
          static_cast<Enum>(std::find(names.begin(), names.end(), *word) - names.begin());
      if (std::find(out.begin(), out.end(), parsed) != out.end())
        fields_.add_repeated(one, key);
      else
        out.push_back(parsed);
    }
    not_empty(value, key);
    return out;
  }
  // A list without anything would restrict nothing.
  void not_empty(const YamlValue& value, std::string_view key) {
    if (value.type == YamlValue::Type::List && value.items.empty())
      fields_.add(yaml_fault("programme_list_empty", value.at, {{"key", std::string(key)}}));
  }

  void batch(const YamlValue& value) {
    ledger::ProgrammeBatch out;
    fields_.take_map(value, "batches", {"id", "title", "from", "to"});
    out.id = id(value, ProgrammePart::Batch);
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    span(value, out.from, out.to);
    programme_.batches.push_back(std::move(out));
  }

  // Of one batch nobody has to say which.
  void tier(const YamlValue& value) {
    ledger::Tier out;
    const bool one_batch = batch_ids_.size() == 1;
    fields_.take_map(
        value, "tiers",
        one_batch ? Words{"id", "title", "select"} : Words{"id", "title", "batch", "select"},
        {"as", "batch", "without"});
    out.id = id(value, ProgrammePart::Tier);
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("batch")) out.batch = named(*v, "batch", batch_ids_).value_or(0);
    if (const auto* v = value.find("select")) {
      for (const YamlValue& one : fields_.take_list(*v, "select"))
        out.selectors.push_back(selector(one, "select"));
      at_most(ledger::kSelectorsMax, *v, "select");
    }
    if (const auto* v = value.find("as")) out.by_reference_to = named(*v, "as", tier_ids_);
    if (const auto* v = value.find("without"))
      out.without = all_named(*v, "without", requirement_ids_);
    programme_.tiers.push_back(std::move(out));
  }

  void at_most(std::size_t max, const YamlValue& list, std::string_view key) {
    if (list.items.size() > max)
      fields_.add(yaml_fault("programme_list_long", list.at,
                             {{"key", std::string(key)}, {"max", std::to_string(max)}}));
  }

  Selector selector(const YamlValue& value, std::string_view key) {
    Selector out;
    const Words keys{"kinds", "levels", "under", "except", "position"};
    if (!fields_.take_map(value, key, {}, keys)) return out;
    if (value.keys.empty()) fields_.add(yaml_fault("programme_selector_empty", value.at));
    if (const auto* v = value.find("kinds")) out.kinds = words(*v, "kinds", ledger::UnitKind::Area);
    if (const auto* v = value.find("levels"))
      out.levels = words(*v, "levels", ledger::Level::Group);
    if (const auto* v = value.find("under")) out.under = codes(*v, "under");
    if (const auto* v = value.find("except")) out.except = codes(*v, "except");
    if (const auto* v = value.find("position"))
      if (const auto word = fields_.take_word(*v, "position", names_to(ledger::Position::Leaf)))
        out.position = *ledger::position_named(*word);
    return out;
  }

  // Codes of units; remembers where each stands.
  std::vector<std::string> codes(const YamlValue& value, std::string_view key) {
    std::vector<std::string> out;
    for (const YamlValue& one : fields_.take_list(value, key)) {
      const auto code = fields_.take_text(one, key, ledger::kUnitCodeBytesMax);
      if (!code) continue;
      if (!ledger::valid_unit_code(*code))
        fields_.add(yaml_fault("programme_code_bad", one.at, {{"value", *code}}));
      else if (std::find(out.begin(), out.end(), *code) != out.end())
        fields_.add_repeated(one, key);
      else
        out.push_back(*code);
      places_[{ProgrammePart::Unit, *code}].push_back(one.at);
    }
    not_empty(value, key);
    at_most(ledger::kAreaCodesMax, value, key);
    return out;
  }

  // What a requirement of a sort says beside what all say.
  struct SortKeys {
    Words required;
    Words optional;
  };
  static SortKeys keys_of(std::optional<RequirementSort> sort) {
    if (!sort) return {{}, {"met_by", "stated", "quorum", "parent", "set_by", "delivers"}};
    switch (*sort) {
      case RequirementSort::Study:
        return {{"met_by"}, {"stated"}};
      case RequirementSort::SelfExamination:
        return {};
      case RequirementSort::Meeting:
        return {{"quorum"}, {}};
      case RequirementSort::Rectification:
        return {{"set_by"}, {"parent"}};
      case RequirementSort::Deliverable:
        return {{"delivers"}, {}};
    }
    return {};
  }

  void requirement(const YamlValue& value) {
    Requirement out;
    std::optional<RequirementSort> sort;
    if (const auto* v = value.find("sort"))
      if (const auto word = fields_.take_word(*v, "sort", names_to(RequirementSort::Deliverable)))
        sort = ledger::requirement_sort_named(*word);
    SortKeys keys = keys_of(sort);
    keys.required.insert(keys.required.begin(), {"id", "title", "sort", "of", "due"});
    keys.optional.insert(keys.optional.begin(), {"among", "asks"});
    fields_.take_map(value, "requirements", keys.required, keys.optional);
    out.sort = sort.value_or(RequirementSort::Study);
    out.id = id(value, ProgrammePart::Requirement);
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("of")) out.of = all_named(*v, "of", tier_ids_);
    if (const auto* v = value.find("among")) out.among = selector(*v, "among");
    if (const auto* v = value.find("due")) out.due = dues(*v);
    if (const auto* v = value.find("asks")) asks(*v, out.asks);
    of_sort(value, out);
    programme_.requirements.push_back(std::move(out));
  }

  void of_sort(const YamlValue& value, Requirement& out) {
    if (const auto* v = value.find("met_by"))
      if (const auto word = fields_.take_word(*v, "met_by", names_to(ledger::StudyMetBy::Result)))
        out.met_by = *ledger::study_met_by_named(*word);
    if (const auto* v = value.find("stated"))
      out.stated = fields_.take_title(*v, "stated", kNoteCharsMax);
    if (const auto* v = value.find("quorum")) out.quorum = quorum(*v).value_or(ledger::Quorum{});
    if (const auto* v = value.find("set_by"))
      if (const auto word = fields_.take_word(*v, "set_by", names_to(ledger::SetBy::Local)))
        out.set_by = *ledger::set_by_named(*word);
    if (const auto* v = value.find("parent")) out.parent = named(*v, "parent", requirement_ids_);
    if (const auto* v = value.find("delivers"))
      out.delivers = fields_.take_title(*v, "delivers", kNoteCharsMax);
  }

  // A day for all batches, or for each batch that is named its own.
  std::vector<std::optional<Day>> dues(const YamlValue& value) {
    std::vector<std::optional<Day>> out(batch_ids_.size());
    if (value.type != YamlValue::Type::Map) {
      std::fill(out.begin(), out.end(), day(value, "due"));
      return out;
    }
    if (batch_ids_.empty() || !fields_.take_map(value, "due", {}, batch_ids_)) return out;
    for (std::size_t i = 0; i < batch_ids_.size(); ++i)
      if (const auto* v = value.find(batch_ids_[i])) out[i] = day(*v, "due");
    return out;
  }

  void asks(const YamlValue& value, ledger::Asked& out) {
    fields_.take_map(value, "asks", {}, {"fields", "evidence", "necessity", "visits"});
    if (const auto* v = value.find("fields")) {
      for (const YamlValue& one : fields_.take_list(*v, "fields")) {
        auto field = fields_.take_id(one, "fields");
        if (!field) continue;
        if (std::find(out.fields.begin(), out.fields.end(), *field) != out.fields.end())
          fields_.add_repeated(one, "fields");
        else
          out.fields.push_back(*std::move(field));
      }
      at_most(kFieldsMax, *v, "fields");
    }
    const auto number = [&](std::string_view key) {
      const YamlValue* v = value.find(key);
      if (v == nullptr) return 0;
      return static_cast<int>(fields_.take_number(*v, key, 1, kAskedMax).value_or(0));
    };
    out.evidence = number("evidence");
    out.visits = number("visits");
    if (const auto* v = value.find("necessity"))
      out.necessity = fields_.take_title(*v, "necessity", kNoteCharsMax);
  }

  // "2/3"
  std::optional<ledger::Quorum> quorum(const YamlValue& value) {
    const auto text = fields_.take_text(value, "quorum", kTitleCharsMax);
    if (!text) return std::nullopt;
    ledger::Quorum out;
    const char* const end = text->data() + text->size();
    const auto part = std::from_chars(text->data(), end, out.part);
    if (part.ec == std::errc{} && part.ptr != end && *part.ptr == '/') {
      const auto of = std::from_chars(part.ptr + 1, end, out.of);
      if (of.ec == std::errc{} && of.ptr == end && out.part > 0 && out.of > 0) return out;
    }
    fields_.add(yaml_fault("programme_quorum_bad", value.at));
    return std::nullopt;
  }

  void budget(const YamlValue& value) {
    const Words levels = names_to(ledger::Level::Group);
    if (!fields_.take_map(value, "budget", {}, levels)) return;
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (const auto* v = value.find(levels[i]))
        if (const auto number = fields_.take_number(*v, levels[i], 0, kBudgetMax))
          programme_.budget[i] = static_cast<std::int32_t>(*number);
  }

  void contradictions(const std::vector<ledger::ProgrammeFault>& faults) {
    for (const ledger::ProgrammeFault& fault : faults) {
      Facts facts = {{"at", fault.at}};
      facts.insert(facts.end(), fault.more.begin(), fault.more.end());
      for (const Place at : places_of(fault)) fields_.add(yaml_fault(fault.code, at, facts));
    }
  }

  // Of a unit wherever it is named; of a duplicate the last, else the first part of that id; the
  // top of the file for the whole.
  [[nodiscard]] std::vector<Place> places_of(const ledger::ProgrammeFault& fault) const {
    const auto found = places_.find({fault.part, fault.at});
    if (found == places_.end()) return {top_at_};
    if (fault.part == ProgrammePart::Unit) return found->second;
    const bool last = std::string_view(fault.code).ends_with("_duplicate");
    return {last ? found->second.back() : found->second.front()};
  }

  FileFields fields_;
  Programme programme_;
  Place top_at_;
  Words batch_ids_;
  Words tier_ids_;
  Words requirement_ids_;
  std::map<std::pair<ProgrammePart, std::string>, std::vector<Place>> places_;
};

}  // namespace

Result<Programme> read_programme(std::string_view text) {
  const ProgrammeReading reading(text);
  const std::vector<Error> faults = reading.faults();
  if (!faults.empty()) return faults.front();
  return reading.programme();
}

std::vector<Error> programme_faults(std::string_view text) {
  return ProgrammeReading(text).faults();
}

std::vector<Error> programme_faults(std::string_view text, const ledger::OrgTree& tree, Day day) {
  ProgrammeReading reading(text);
  reading.against(tree, day);
  return reading.faults();
}

}  // namespace tz::programme
