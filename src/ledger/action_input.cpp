// Reading what the API and files send, field by field, each refused by its name.
#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/csv.h"
#include "ledger/command.h"
#include "ledger/given_text.h"
#include "ledger/lot.h"

namespace tz::ledger {
namespace {

// Reads members of one object; remembers the first fault. Every name asked for is allowed.
class Fields {
 public:
  Fields(const Json& body, const OrgTree& tree, std::string path = {})
      : body_(body), tree_(tree), path_(std::move(path)) {
    if (body.as_object() == nullptr) fail("field_type", "");
  }

  void read(const char* name, std::string& out, std::size_t chars_max) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (value->as_text() == nullptr) return fail("field_type", name);
    const std::string& text = *value->as_text();
    const auto chars = std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    if (static_cast<std::size_t>(chars) > chars_max)
      return fail("text_too_long", name, {{"chars_max", std::to_string(chars_max)}});
    if (!valid_utf8(text) || text.find('\0') != std::string::npos)
      return fail("text_encoding", name);
    out = text;
  }
  void read(const char* name, std::optional<std::string>& out, std::size_t chars_max) {
    if (find(name) == nullptr) return;
    out.emplace();
    read(name, *out, chars_max);
  }
  void read(const char* name, std::optional<Day>& out) {
    std::optional<std::string> text;
    read(name, text, 10);
    if (!text) return;
    const auto day = parse_day(*text);
    if (!day.ok()) return fail("bad_day", name, {{"text", *text}});
    out = *day;
  }
  void read(const char* name, std::optional<UnitId>& out) {
    std::optional<std::string> code;
    read(name, code, 32);
    if (code) out = unit(name, *code);
  }
  void read(const char* name, std::vector<UnitId>& out) {
    for (const Json& element : list(name)) {
      if (element.as_text() == nullptr) return fail("field_type", name);
      if (const auto found = unit(name, *element.as_text())) out.push_back(*found);
    }
  }
  void read(const char* name, std::int64_t& out, std::int64_t max) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (value->as_int() == nullptr || *value->as_int() < 0 || *value->as_int() > max)
      return fail("field_type", name);
    out = *value->as_int();
  }
  void read(const char* name, std::optional<bool>& out) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (value->as_bool() == nullptr) return fail("field_type", name);
    out = *value->as_bool();
  }
  // A word of a closed list.
  template <class Enum>
  void read(const char* name, std::optional<Enum>& out,
            std::optional<Enum> (*named)(std::string_view)) {
    std::optional<std::string> text;
    read(name, text, 40);
    if (!text) return;
    out = named(*text);
    if (!out) fail("field_bad", name);
  }
  void read(const char* name, std::optional<Verdict>& out) {
    std::optional<std::string> text;
    read(name, text, 20);
    if (!text) return;
    if (*text == "yes") {
      out = Verdict::Yes;
    } else if (*text == "no") {
      out = Verdict::No;
    } else if (*text == "no_answer") {
      out = Verdict::NoAnswer;
    } else {
      fail("field_type", name);
    }
  }

  // The elements of a list of at most kListCountMax; none where it is not given.
  const JsonArray& list(const char* name) {
    static const JsonArray none;
    const Json* value = find(name);
    if (value == nullptr) return none;
    if (value->as_array() == nullptr) {
      fail("field_type", name);
      return none;
    }
    if (value->as_array()->size() > kListCountMax) {
      fail("list_too_long", name, {{"count_max", std::to_string(kListCountMax)}});
      return none;
    }
    return *value->as_array();
  }
  Fields element(const char* name, std::size_t index, const Json& body) const {
    return {body, tree_, path_ + name + "[" + std::to_string(index) + "]."};
  }

  void fail(const char* code, const std::string& name, Facts facts = {}) {
    if (error_) return;
    facts.insert(facts.begin(), {"field", path_ + name});
    error_ = refusal(code, std::move(facts));
  }
  void take_error(const Fields& other) {
    if (!error_) error_ = other.error_;
  }
  // The first fault; else a member that nobody asked for.
  std::optional<Error> finish() {
    if (error_ || body_.as_object() == nullptr) return error_;
    for (const JsonMember& member : *body_.as_object())
      if (std::find(asked_.begin(), asked_.end(), member.first) == asked_.end())
        fail("field_unknown", member.first);
    return error_;
  }
  const Json* find(const char* name) {
    asked_.emplace_back(name);
    return body_.find(name);
  }

 private:
  std::optional<UnitId> unit(const char* name, const std::string& code) {
    const auto found = tree_.find(code);
    if (!found) fail("unit_unknown", name, {{"unit", code}});
    return found;
  }

  const Json& body_;
  const OrgTree& tree_;
  std::string path_;
  std::vector<std::string> asked_;
  std::optional<Error> error_;
};

void read_measures(Fields& fields, ActionInput& out) {
  std::size_t index = 0;
  for (const Json& element : fields.list("measures")) {
    Fields each = fields.element("measures", index++, element);
    PlannedMeasure measure;
    std::optional<Day> due;
    each.read("text", measure.text, kTextCharsMax);
    each.read("owner", measure.owner);
    each.read("due", due);
    if (measure.text.empty()) each.fail("field_required", "text");
    if (!due) each.fail("field_required", "due");
    if (due) measure.due = *due;
    out.measures.push_back(std::move(measure));
    each.finish();
    fields.take_error(each);
  }
}

// What a list gives to each unit, in its own words, until its own day: parts, and shares, which may
// have a place.
struct UnitWork {
  const char* list;
  const char* unit;
  const char* words;
  std::size_t words_max;
  const char* place = nullptr;
};
struct GivenWork {
  UnitId unit;
  std::string words;
  Day due;
  std::optional<UnitId> place;
};

template <class Take>
void read_unit_work(Fields& fields, const UnitWork& names, const Take& take) {
  std::size_t index = 0;
  for (const Json& element : fields.list(names.list)) {
    Fields each = fields.element(names.list, index++, element);
    std::optional<UnitId> unit;
    std::optional<UnitId> place;
    std::optional<Day> due;
    std::string words;
    each.read(names.unit, unit);
    if (names.place != nullptr) each.read(names.place, place);
    each.read(names.words, words, names.words_max);
    each.read("due", due);
    if (!unit) each.fail("field_required", names.unit);
    if (words.empty()) each.fail("field_required", names.words);
    if (!due) each.fail("field_required", "due");
    take(GivenWork{unit.value_or(UnitId{}), std::move(words), due.value_or(Day{}), place});
    each.finish();
    fields.take_error(each);
  }
}

void read_parts(Fields& fields, ActionInput& out) {
  read_unit_work(fields, {"parts", "unit", "text", kTextCharsMax}, [&](GivenWork work) {
    out.parts.push_back({work.unit, std::move(work.words), work.due});
  });
}

void read_shares(Fields& fields, ActionInput& out) {
  read_unit_work(fields, {"shares", "lead", "title", kTitleCharsMax, "unit"}, [&](GivenWork work) {
    out.shares.push_back({{}, work.unit, std::move(work.words), work.due, work.place});
  });
}

enum class Baseline { Taken, Refused };

void read_quantities(Fields& fields, const char* name, Baseline baseline,
                     std::vector<Quantity>& out) {
  std::size_t index = 0;
  for (const Json& element : fields.list(name)) {
    Fields each = fields.element(name, index++, element);
    Quantity quantity;
    std::string qualifier = "exact";
    each.read("id", quantity.id, 40);
    each.read("unit", quantity.unit, 40);
    each.read("value", quantity.value, kJsonIntegerMax);
    each.read("qualifier", qualifier, 10);
    each.read("as_of", quantity.as_of);
    if (baseline == Baseline::Taken && each.find("baseline") != nullptr)
      each.read("baseline", quantity.baseline.emplace(), kJsonIntegerMax);
    if (baseline == Baseline::Taken) each.read("bound", quantity.bound, &bound_named);
    if (quantity.id.empty()) each.fail("field_required", "id");
    if (quantity.unit.empty()) each.fail("field_required", "unit");
    if (!valid_code(quantity.id)) each.fail("code_bad", "id");
    if (!valid_code(quantity.unit)) each.fail("code_bad", "unit");
    if (element.find("value") == nullptr) each.fail("field_required", "value");
    const auto known = qualifier_named(qualifier);
    if (!known) each.fail("field_type", "qualifier");
    quantity.qualifier = known.value_or(Qualifier::Exact);
    for (const Quantity& other : out)
      if (other.id == quantity.id) each.fail("quantity_twice", "id", {{"quantity", quantity.id}});
    out.push_back(std::move(quantity));
    each.finish();
    fields.take_error(each);
  }
}

// A milestone by its number, and a day.
void read_milestones(Fields& fields, ActionInput& out) {
  std::size_t index = 0;
  for (const Json& element : fields.list("milestones")) {
    Fields each = fields.element("milestones", index++, element);
    std::int64_t measure = 0;
    std::optional<Day> day;
    each.read("measure", measure, 1000);
    each.read("day", day);
    if (measure < 1) each.fail("field_required", "measure");
    if (!day) each.fail("field_required", "day");
    out.milestones.push_back({static_cast<std::uint16_t>(measure), day.value_or(Day{})});
    each.finish();
    fields.take_error(each);
  }
}

void read_fen(Fields& fields, const char* name, std::optional<std::int64_t>& out) {
  if (fields.find(name) != nullptr) fields.read(name, out.emplace(), kJsonIntegerMax);
}

void read_evidence(Fields& fields, ActionInput& out) {
  std::size_t index = 0;
  for (const Json& element : fields.list("evidence")) {
    Fields each = fields.element("evidence", index++, element);
    GivenEvidence file;
    std::string hash;
    each.read("sha256", hash, 64);
    each.read("name", file.name, kTitleCharsMax);
    each.read("taker", file.taker, kPersonsCharsMax);
    each.read("place", file.place);
    each.read("taken", file.taken);
    const auto bytes = from_hex(hash);
    if (!bytes.ok() || bytes->size() != file.sha256.size()) {
      each.fail("field_type", "sha256");
    } else {
      std::copy(bytes->begin(), bytes->end(), file.sha256.begin());
    }
    out.evidence.push_back(std::move(file));
    each.finish();
    fields.take_error(each);
  }
}

void read_checkers(Fields& fields, ActionInput& out) {
  for (const Json& element : fields.list("checkers")) {
    if (element.as_int() == nullptr || *element.as_int() < 1)
      return fields.fail("field_type", "checkers");
    out.checkers.push_back(PostId{static_cast<std::uint64_t>(*element.as_int())});
  }
}

void read_item_no(Fields& fields, const char* name, std::optional<ItemNo>& out) {
  std::optional<std::string> text;
  fields.read(name, text, 20);
  if (!text) return;
  out = parse_item_no(*text);
  if (!out) fields.fail("item_no_bad", name, {{"text", *text}});
}

// "education_2019/c3_conduct".
void read_special(Fields& fields, std::optional<SpecialName>& out) {
  std::optional<std::string> text;
  fields.read("special", text, kSpecialCharsMax);
  if (!text) return;
  out = special_named(*text);
  if (!out) fields.fail("field_bad", "special");
}

void read_household(Fields& fields, OpenItem& out) {
  fields.read("scheme", out.scheme, kCodeCharsMax);
  read_item_no(fields, "split_from", out.split_from);
}

// Of a closing that concerns many: how many, whom to ask, and who was asked.
void read_lot(Fields& fields, ActionInput& out) {
  const auto number = [&](const char* name, std::int64_t max) {
    std::int64_t value = 0;
    if (fields.find(name) == nullptr) return std::optional<std::int64_t>();
    fields.read(name, value, max);
    return std::optional(value);
  };
  if (const auto n = number("affected", kAffectedMax))
    out.affected = static_cast<std::uint32_t>(*n);
  if (const auto n = number("asked", kAskedMax)) out.asked = static_cast<std::uint16_t>(*n);
  if (const auto n = number("drawn", kAffectedMax)) out.drawn = static_cast<std::uint32_t>(*n);
  std::optional<std::string> text;
  fields.read("digest", text, 64);
  if (!text) return;
  const auto bytes = from_hex(*text);
  Hash digest{};
  if (!bytes.ok() || bytes->size() != digest.size()) return fields.fail("field_type", "digest");
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  out.digest = digest;
}

// "30d", as calendar::parse_length.
void read_extension(Fields& fields, ActionInput& out) {
  std::optional<std::string> text;
  fields.read("extension", text, 20);
  if (!text) return;
  const auto length = calendar::parse_length(*text);
  if (!length.ok()) return fields.fail("bad_length", "extension", {{"text", *text}});
  out.extension = *length;
}

// In fen, above nothing.
std::optional<std::int64_t> read_amount(Fields& fields) {
  if (fields.find("amount") == nullptr) return std::nullopt;
  std::int64_t fen = 0;
  fields.read("amount", fen, kFenMax);
  if (fen == 0) fields.fail("field_bad", "amount");
  return fen;
}

void read_loan(Fields& fields, std::optional<AskedLoan>& out) {
  AskedLoan loan;
  fields.read("fund", loan.fund, kFundCodeCharsMax);
  loan.fen = read_amount(fields).value_or(0);
  fields.read("household", loan.household, kLoanWordsMax);
  fields.read("episode", loan.episode, kLoanWordsMax);
  const bool given =
      !loan.fund.empty() || loan.fen > 0 || !loan.household.empty() || !loan.episode.empty();
  if (given) out = std::move(loan);
}

}  // namespace

Result<OpenItem> read_open_item(const Json& body, const OrgTree& tree) {
  Fields fields(body, tree);
  OpenItem out;
  std::optional<UnitId> place;
  fields.read("kind", out.kind, 40);
  fields.read("unit", place);
  fields.read("source", out.source, 40);
  fields.read("upstream_no", out.upstream_no, kNumberCharsMax);
  fields.read("source_doc", out.source_doc, kTitleCharsMax);
  fields.read("category", out.category, 40);
  fields.read("nature", out.nature, &nature_named);
  fields.read("severity", out.severity, &severity_named);
  fields.read("fix_class", out.fix_class, 20);
  fields.read("due", out.due);
  fields.read("occurred", out.occurred);
  fields.read("title", out.title, kTitleCharsMax);
  fields.read("description", out.description, kTextCharsMax);
  fields.read("remark", out.remark, kTextCharsMax);
  fields.read("accused", out.accused);
  fields.read("batch", out.batch, kCodeCharsMax);
  fields.read("feedback", out.feedback);
  fields.read("implementing", out.implementing);
  fields.read("accepting", out.accepting);
  fields.read("target", out.target, kTextCharsMax);
  fields.read("key_measures", out.key_measures, kTextCharsMax);
  read_special(fields, out.special);
  read_loan(fields, out.loan);
  read_item_no(fields, "model", out.model);
  read_household(fields, out);
  if (out.kind.empty()) fields.fail("field_required", "kind");
  if (!place) fields.fail("field_required", "unit");
  if (auto error = fields.finish()) return *error;
  out.place = *place;
  return out;
}

Result<ActionInput> read_action_input(const Json& body, const OrgTree& tree) {
  Fields fields(body, tree);
  ActionInput out;
  fields.read("lead", out.lead);
  fields.read("responsible", out.responsible);
  fields.read("supporting", out.supporting);
  fields.read("supervising", out.supervising);
  fields.read("accepting", out.accepting);
  fields.read("due", out.due);
  fields.read("lead_official", out.lead_official, kPersonsCharsMax);
  fields.read("responsible_person", out.responsible_person, kPersonsCharsMax);
  fields.read("undone_reason", out.undone_reason, &undone_reason_named);
  fields.read("funds", out.funds, kTextCharsMax);
  fields.read("emergency_plan", out.emergency_plan, kTextCharsMax);
  read_measures(fields, out);
  fields.read("criterion", out.criterion, kTextCharsMax);
  read_quantities(fields, "quantities", Baseline::Taken, out.quantities);
  if (fields.find("measure") != nullptr) {
    std::int64_t measure = 0;
    fields.read("measure", measure, 1000);
    out.measure = static_cast<std::uint16_t>(measure);
  }
  fields.read("done", out.done);
  if (fields.find("progress_pct") != nullptr) {
    std::int64_t percent = 0;
    fields.read("progress_pct", percent, 100);
    out.progress_pct = static_cast<std::uint8_t>(percent);
  }
  read_evidence(fields, out);
  fields.read("title", out.title, kTitleCharsMax);
  fields.read("text", out.text, kTextCharsMax);
  fields.read("reason", out.reason, kTextCharsMax);
  read_checkers(fields, out);
  read_quantities(fields, "measured", Baseline::Refused, out.measured);
  fields.read("notice_last", out.notice_last);
  fields.read("outcome", out.outcome, 40);
  fields.read("solved", out.solved);
  fields.read("satisfied", out.satisfied);
  read_item_no(fields, "into", out.into);
  read_extension(fields, out);
  read_parts(fields, out);
  if (fields.find("part") != nullptr) {
    std::int64_t part = 0;
    fields.read("part", part, 1000);
    out.part = static_cast<std::uint16_t>(part);
  }
  fields.read("good", out.good);
  read_shares(fields, out);
  fields.read("source", out.source, 40);
  fields.read("upstream_no", out.upstream_no, kNumberCharsMax);
  fields.read("source_doc", out.source_doc, kTitleCharsMax);
  fields.read("batch", out.batch, kCodeCharsMax);
  fields.read("found", out.found, &look_back_result_named);
  out.amount = read_amount(fields);
  read_quantities(fields, "actuals", Baseline::Refused, out.actuals);
  read_milestones(fields, out);
  read_fen(fields, "planned_fen", out.planned_fen);
  read_fen(fields, "in_place_fen", out.in_place_fen);
  read_fen(fields, "paid_fen", out.paid_fen);
  fields.read("way", out.way, &verdict_way_named);
  fields.read("why", out.why, &verdict_why_named);
  fields.read("ground", out.ground, &unmet_ground_named);
  read_lot(fields, out);
  if (auto error = fields.finish()) return *error;
  return out;
}

}  // namespace tz::ledger
