// Every event's fields are named once, in fields(); one archive writes them, another reads them.
#include "ledger/event_codec.h"

#include <array>
#include <charconv>
#include <type_traits>
#include <utility>

#include "base/json.h"
#include "ledger/event_fields.h"
#include "ledger/event_names.h"
#include "ledger/event_words.h"
#include "ledger/resident_codec.h"
#include "ledger/unit_change_codec.h"

namespace tz::ledger {
namespace {

// Values as JSON text, straight into the payload: one is written for every record. A unit row is a
// list, because there are hundreds of thousands of them.
void write(std::string& out, std::string_view v) { Json(v).dump_to(out); }
void write(std::string& out, const std::string& v) { write(out, std::string_view(v)); }
void write(std::string& out, bool v) { out += v ? "true" : "false"; }
template <class T>
requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) void write(std::string& out, T v) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr;
  out.append(digits.data(), end);
}
// Letters, digits, hyphens and underscores need no escapes.
void write_plain(std::string& out, std::string_view v) {
  out += '"';
  out += v;
  out += '"';
}
void write(std::string& out, ItemNo v) { write_plain(out, to_text(v)); }
void write(std::string& out, Day v) { write_plain(out, to_text(v)); }
void write(std::string& out, Instant v) { write(out, v.us); }
void write(std::string& out, const Hash& v) { write_plain(out, to_hex(v)); }
template <class Tag, class Number>
void write(std::string& out, Id<Tag, Number> v) {
  write(out, v.value);
}
template <class T>
requires std::is_enum_v<T>
void write(std::string& out, T v) { write_plain(out, word(v)); }
void write(std::string& out, const UnitRow& v);
void write(std::string& out, const LineEdge& v);
void write(std::string& out, const UnitChange& v) { write_change(out, v); }
void write(std::string& out, const FurtherVisit& v) { write_visit(out, v); }
void write(std::string& out, const PublicFigure& v);
void write(std::string& out, const RequirementName& v);
void write(std::string& out, const MilestoneDay& v);
void write(std::string& out, const CandidateVotes& v);
void write(std::string& out, const HouseholdCount& v);
void write(std::string& out, const RosterCell& v);
void write(std::string& out, const RosterRow& v);
void write(std::string& out, const Quantity& v);
template <class T>
void write(std::string& out, const std::vector<T>& v) {
  out += '[';
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (i > 0) out += ',';
    write(out, v[i]);
  }
  out += ']';
}

// Elements of a list, laid end to end with commas.
template <class First, class... Rest>
void write_list(std::string& out, const First& first, const Rest&... rest) {
  out += '[';
  write(out, first);
  ((out += ',', write(out, rest)), ...);
}
void write(std::string& out, const UnitRow& v) {
  write_list(out, v.code, v.name, v.parent, v.kind, v.placeholder, v.from);
  if (v.to) {
    out += ',';
    write(out, *v.to);
  }
  out += ']';
}
void write(std::string& out, const LineEdge& v) {
  write_list(out, v.unit, v.superior, v.line, v.from);
  if (v.to) {
    out += ',';
    write(out, *v.to);
  }
  out += ']';
}

void write(std::string& out, const PublicFigure& v) {
  write_list(out, v.unit, v.received);
  out += ']';
}
void write(std::string& out, const RequirementName& v) {
  write_list(out, v.programme, v.requirement);
  out += ']';
}
void write(std::string& out, const MilestoneDay& v) {
  write_list(out, v.measure, v.day);
  out += ']';
}
void write(std::string& out, const CandidateVotes& v) {
  write_list(out, v.item, v.in_favour, v.against, v.abstained);
  out += ']';
}
void write(std::string& out, const HouseholdCount& v) {
  write_list(out, v.unit, v.households);
  out += ']';
}
void write(std::string& out, const RosterCell& v) {
  write_list(out, v.first, v.last, v.households);
  out += ']';
}
void write(std::string& out, const RosterRow& v) {
  write_list(out, v.units, v.cells);
  out += ']';
}

struct Writer {
  std::string& out;
  bool first = true;
  template <class T>
  void operator()(const char* name, const T& value) {
    out += first ? "" : ",";
    first = false;
    write_plain(out, name);
    out += ':';
    write(out, value);
  }
  template <class T>
  void operator()(const char* name, const std::optional<T>& value) {
    if (value) (*this)(name, *value);
  }
};

void write(std::string& out, const Quantity& v) {
  out += '{';
  Writer writer{out};
  writer("id", v.id), writer("unit", v.unit), writer("value", v.value);
  writer("qualifier", v.qualifier), writer("as_of", v.as_of), writer("baseline", v.baseline);
  writer("bound", v.bound);
  out += '}';
}

// JSON to values; false when it is not of that type or range.
bool read(const Json& in, std::string& v) {
  if (in.as_text() == nullptr) return false;
  v = *in.as_text();
  return true;
}
bool read(const Json& in, std::int64_t& v) {
  if (in.as_int() == nullptr) return false;
  v = *in.as_int();
  return true;
}
template <class T>
requires(std::is_unsigned_v<T> && !std::is_same_v<T, bool>) bool read(const Json& in, T& v) {
  if (in.as_int() == nullptr || *in.as_int() < 0) return false;
  const auto wide = static_cast<std::uint64_t>(*in.as_int());
  v = static_cast<T>(wide);
  return v == wide;
}
bool read(const Json& in, bool& v) {
  if (in.as_bool() == nullptr) return false;
  v = *in.as_bool();
  return true;
}
bool read(const Json& in, ItemNo& v) {
  if (in.as_text() == nullptr) return false;
  const auto no = parse_item_no(*in.as_text());
  if (no) v = *no;
  return no.has_value();
}
bool read(const Json& in, Day& v) {
  if (in.as_text() == nullptr) return false;
  const auto day = parse_day(*in.as_text());
  if (day.ok()) v = *day;
  return day.ok();
}
bool read(const Json& in, Instant& v) { return read(in, v.us); }
bool read(const Json& in, Hash& v) {
  if (in.as_text() == nullptr) return false;
  const auto bytes = from_hex(*in.as_text());
  if (!bytes.ok() || bytes->size() != v.size()) return false;
  std::copy(bytes->begin(), bytes->end(), v.begin());
  return true;
}
template <class Tag, class Number>
bool read(const Json& in, Id<Tag, Number>& v) {
  return read(in, v.value);
}
template <class T>
requires std::is_enum_v<T>
bool read(const Json& in, T& v) {
  if (in.as_text() == nullptr) return false;
  const auto value = named<T>(*in.as_text());
  if (value) v = *value;
  return value.has_value();
}
bool read_to(const JsonArray& in, std::size_t at, std::optional<Day>& v) {
  if (in.size() == at) return true;
  Day day;
  if (in.size() != at + 1 || !read(in[at], day)) return false;
  v = day;
  return true;
}
bool read(const Json& in, UnitRow& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() >= 6 && read((*cells)[0], v.code) &&
         read((*cells)[1], v.name) && read((*cells)[2], v.parent) && read((*cells)[3], v.kind) &&
         read((*cells)[4], v.placeholder) && read((*cells)[5], v.from) && read_to(*cells, 6, v.to);
}
bool read(const Json& in, LineEdge& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() >= 4 && read((*cells)[0], v.unit) &&
         read((*cells)[1], v.superior) && read((*cells)[2], v.line) && read((*cells)[3], v.from) &&
         read_to(*cells, 4, v.to);
}
bool read(const Json& in, UnitChange& v) { return read_change(in, v); }
bool read(const Json& in, FurtherVisit& v) { return read_visit(in, v); }
bool read(const Json& in, PublicFigure& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 2 && read((*cells)[0], v.unit) &&
         read((*cells)[1], v.received);
}
bool read(const Json& in, RequirementName& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 2 && read((*cells)[0], v.programme) &&
         read((*cells)[1], v.requirement);
}
bool read(const Json& in, MilestoneDay& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 2 && read((*cells)[0], v.measure) &&
         read((*cells)[1], v.day);
}
bool read(const Json& in, CandidateVotes& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 4 && read((*cells)[0], v.item) &&
         read((*cells)[1], v.in_favour) && read((*cells)[2], v.against) &&
         read((*cells)[3], v.abstained);
}
bool read(const Json& in, HouseholdCount& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 2 && read((*cells)[0], v.unit) &&
         read((*cells)[1], v.households);
}
bool read(const Json& in, RosterCell& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 3 && read((*cells)[0], v.first) &&
         read((*cells)[1], v.last) && read((*cells)[2], v.households);
}
bool read(const Json& in, RosterRow& v);
bool read(const Json& in, Quantity& v);
template <class T>
bool read(const Json& in, std::vector<T>& v) {
  if (in.as_array() == nullptr) return false;
  v.clear();
  for (const Json& element : *in.as_array()) {
    v.emplace_back();
    if (!read(element, v.back())) return false;
  }
  return true;
}

bool read(const Json& in, RosterRow& v) {
  const JsonArray* cells = in.as_array();
  return cells != nullptr && cells->size() == 2 && read((*cells)[0], v.units) &&
         read((*cells)[1], v.cells);
}

struct Reader {
  const Json& in;
  std::size_t used = 0;
  const char* wrong = nullptr;  // the first field that is missing or of another type
  template <class T>
  void operator()(const char* name, T& value) {
    const Json* found = in.find(name);
    if (found == nullptr || !read(*found, value)) {
      if (wrong == nullptr) wrong = name;
      return;
    }
    ++used;
  }
  template <class T>
  void operator()(const char* name, std::optional<T>& value) {
    if (in.find(name) == nullptr) return;
    value.emplace();
    (*this)(name, *value);
  }
};

bool read(const Json& in, Quantity& v) {
  if (in.as_object() == nullptr) return false;
  Reader reader{in};
  reader("id", v.id), reader("unit", v.unit), reader("value", v.value);
  reader("qualifier", v.qualifier), reader("as_of", v.as_of), reader("baseline", v.baseline);
  reader("bound", v.bound);
  return reader.wrong == nullptr && reader.used == in.as_object()->size();
}

template <class A, class E>
void item_fields(A& a, E& e) {
  if constexpr (kIs<ItemOpened, E>) {
    a("no", e.no), a("kind", e.kind), a("flow_version", e.flow_version), a("place", e.place);
    a("source", e.source), a("category", e.category), a("nature", e.nature);
    a("severity", e.severity), a("fix_class", e.fix_class);
    a("due", e.due), a("occurred", e.occurred), a("import", e.import);
    a("work_group", e.work_group);
    a("batch", e.batch), a("feedback", e.feedback), a("implementing", e.implementing);
    a("accepting", e.accepting), a("programme", e.programme), a("requirement", e.requirement);
    a("scheme", e.scheme);
  } else if constexpr (kIs<TransitionTaken, E>) {
    a("transition", e.transition), a("from", e.from), a("to", e.to);
  } else if constexpr (kIs<Assigned, E>) {
    a("lead", e.lead), a("responsible", e.responsible), a("supporting", e.supporting);
    a("supervising", e.supervising), a("accepting", e.accepting), a("due", e.due);
    a("undone_reason", e.undone_reason);
  } else if constexpr (kIs<PartAssigned, E>) {
    a("part", e.part), a("unit", e.unit), a("due", e.due), a("called", e.called);
  } else if constexpr (kIs<PartDone, E>) {
    a("part", e.part);
  } else if constexpr (kIs<PartAssessed, E>) {
    a("part", e.part), a("by", e.by), a("good", e.good), a("assigned", e.assigned);
  } else if constexpr (kIs<SourceAdded, E>) {
    a("source", e.source), a("batch", e.batch);
  } else if constexpr (kIs<MeasureEnded, E>) {
    a("measure", e.measure);
  } else if constexpr (kIs<MeasurePlanned, E>) {
    a("measure", e.measure), a("owner", e.owner), a("due", e.due);
  } else if constexpr (kIs<CriterionSet, E>) {
    a("quantities", e.quantities);
  } else if constexpr (kIs<CloseOutAsked, E>) {
    a("measured", e.measured);
  } else if constexpr (kIs<ProgressReported, E>) {
    a("measure", e.measure), a("done", e.done), a("progress_pct", e.progress_pct);
  } else if constexpr (kIs<EvidenceAdded, E>) {
    a("sha256", e.sha256), a("media_type", e.media_type), a("bytes", e.bytes);
    a("place", e.place), a("taken", e.taken), a("original", e.original);
  } else if constexpr (kIs<HandedOver, E>) {
    a("handover", e.handover), a("from", e.from), a("to", e.to), a("parts", e.parts);
  } else if constexpr (kIs<DeadlineExtended, E>) {
    a("due", e.due), a("undone_reason", e.undone_reason);
  } else if constexpr (kIs<Corrected, E>) {
    a("field", e.field), a("value", e.value);
  } else if constexpr (!kIs<Recused, E>) {
    static_assert(kIs<Redacted, E>);
    a("record", e.record), a("part", e.part);
  }
}

template <class A, class E>
void fields(A& a, E& e) {
  if constexpr (kOfSystem<E>) {
    system_fields(a, e);
  } else if constexpr (kOfReport<E>) {
    report_fields(a, e);
  } else if constexpr (kOfClock<E>) {
    clock_fields(a, e);
  } else if constexpr (kOfVerdict<E>) {
    verdict_fields(a, e);
  } else if constexpr (kOfResults<E>) {
    result_fields(a, e);
  } else if constexpr (kOfWorkGroups<E>) {
    work_group_fields(a, e);
  } else if constexpr (kOfFunds<E> || kOfLoans<E>) {
    fund_fields(a, e);
  } else if constexpr (kOfResettlement<E>) {
    resettlement_fields(a, e);
  } else if constexpr (kOfResidents<E>) {
    resident_fields(a, e);
  } else {
    item_fields(a, e);
  }
}

// What people say of an item or of what units did is told or made up; what the ledger is set up
// with is neither.
template <class E>
constexpr bool kSaysOrigin = (!kOfSystem<E> && !kOfWorkGroups<E> && !kOfFunds<E> &&
                              !kOfResettlement<E>) ||
                             kIs<ActivityRecorded, E> || kIs<RequirementAnswered, E> ||
                             kIs<VisitRecorded, E> || kIs<WorkGroupMandated, E>;

constexpr std::uint8_t kTypeVersion = 1;

Error malformed(std::string_view type, const char* field) {
  return failure("event_malformed", {{"type", std::string(type)}, {"field", field}});
}

template <std::size_t I>
Result<DecodedEvent> decode_as(const Json& payload) {
  std::variant_alternative_t<I, Event> event;
  Reader reader{payload};
  fields(reader, event);
  std::optional<Origin> origin;
  using E = std::variant_alternative_t<I, Event>;
  if constexpr (kSaysOrigin<E>) reader("origin", origin);
  if (origin == Origin::Real) return malformed(kEventNames[I], "origin");  // it is not written
  DecodedEvent out{std::move(event), {}, origin.value_or(Origin::Real)};
  if (payload.find("texts") != nullptr) reader("texts", out.labels);
  if (reader.wrong != nullptr) return malformed(kEventNames[I], reader.wrong);
  if (reader.used != payload.as_object()->size()) return malformed(kEventNames[I], "unknown field");
  return out;
}

template <std::size_t... I>
Result<DecodedEvent> decode_index(std::size_t index, const Json& payload,
                                  std::index_sequence<I...>) {
  using Decode = Result<DecodedEvent> (*)(const Json&);
  static constexpr std::array<Decode, sizeof...(I)> table = {&decode_as<I>...};
  return table[index](payload);
}

}  // namespace

std::string_view to_text(Origin origin) { return word(origin); }
std::string_view to_text(WorkPart part) { return word(part); }
std::string_view to_text(Bound bound) { return word(bound); }
std::optional<Bound> bound_named(std::string_view name) { return named<Bound>(name); }
std::string_view to_text(LookBackResult result) { return word(result); }
std::optional<LookBackResult> look_back_result_named(std::string_view name) {
  return named<LookBackResult>(name);
}
std::string_view to_text(VerdictWay way) { return word(way); }
std::optional<VerdictWay> verdict_way_named(std::string_view name) {
  return named<VerdictWay>(name);
}
std::string_view to_text(VerdictWhy why) { return word(why); }
std::optional<VerdictWhy> verdict_why_named(std::string_view name) {
  return named<VerdictWhy>(name);
}
std::string_view to_text(UnmetGround ground) { return word(ground); }
std::optional<UnmetGround> unmet_ground_named(std::string_view name) {
  return named<UnmetGround>(name);
}

namespace {
constexpr std::array<std::string_view, 3> kManners = {"named", "receiver_only", "anonymous"};
}  // namespace
std::string_view to_text(Manner manner) { return kManners[static_cast<std::size_t>(manner)]; }
std::optional<Manner> manner_named(std::string_view name) {
  for (std::size_t i = 0; i < kManners.size(); ++i)
    if (kManners[i] == name) return static_cast<Manner>(i);
  return std::nullopt;
}

bool says_origin(const Event& event) {
  return std::visit([]<class E>(const E&) { return kSaysOrigin<E>; }, event);
}

EncodedEvent encode(const Event& event, const std::vector<std::string>& labels, Origin origin) {
  std::string payload = "{";
  payload.reserve(256);
  Writer writer{payload};
  std::visit([&](const auto& e) { fields(writer, e); }, event);
  if (origin != Origin::Real) writer("origin", origin);
  if (!labels.empty()) writer("texts", labels);
  payload += '}';
  return {std::string(kEventNames[event.index()]), kTypeVersion, std::move(payload)};
}

Result<DecodedEvent> decode(std::string_view type, std::uint8_t type_version,
                            std::string_view payload) {
  for (std::size_t i = 0; i < kEventNames.size(); ++i) {
    if (kEventNames[i] != type || type_version != kTypeVersion) continue;
    const Result<Json> json = parse_json(payload);
    if (!json.ok() || json->as_object() == nullptr) return malformed(type, "payload");
    return decode_index(i, *json, std::make_index_sequence<std::variant_size_v<Event>>{});
  }
  return failure("event_unknown", {{"type", std::string(type)}});
}

}  // namespace tz::ledger
