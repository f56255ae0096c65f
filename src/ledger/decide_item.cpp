// Listing an item, correcting it, and destroying a text of it.
#include "ledger/decide_item.h"

#include <algorithm>
#include <array>

#include "ledger/clock.h"
#include "ledger/decide_loan.h"
#include "ledger/decide_report.h"
#include "ledger/decide_units.h"
#include "ledger/finding.h"
#include "ledger/finding_fields.h"
#include "ledger/given_text.h"
#include "ledger/household.h"
#include "ledger/special_items.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 4> kFixClasses = {"immediate", "by_date", "phased",
                                                         "long_term"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Texts of an item that a correction may set anew, and how long each may be.
struct TextField {
  std::string_view name;
  std::size_t chars_max;
  Shape shape;
};
constexpr std::array<TextField, 9> kTextFields = {
    {{"title", kTitleCharsMax, Shape::Line},
     {"description", kTextCharsMax, Shape::Text},
     {"upstream_no", kNumberCharsMax, Shape::Line},
     {"source_doc", kTitleCharsMax, Shape::Line},
     {"target", kTextCharsMax, Shape::Text},
     {"key_measures", kTextCharsMax, Shape::Text},
     {"remark", kTextCharsMax, Shape::Text},
     {"lead_official", kPersonsCharsMax, Shape::Line},
     {"responsible_person", kPersonsCharsMax, Shape::Line}}};

const TextField* text_field(std::string_view name) {
  for (const TextField& field : kTextFields)
    if (field.name == name) return &field;
  return nullptr;
}

Wish opening(const State& state, const Flow& flow) {
  return {Right::ItemOpen, &flow.opened_by, "open", {state.kind_index(flow.kind)}};
}

// Who may list items of a flow at a place.
Result<PostId> may_open(const Circumstances& at, const Flow& flow, UnitId place) {
  return permitted(at, opening(at.state, flow), place);
}

// By whose mandate alone he may; none if he may without.
std::optional<WorkGroupId> needs_mandate(const Circumstances& at, const Flow& flow, PostId id,
                                         UnitId place) {
  const Post* post = at.state.post(id);
  if (post == nullptr) return std::nullopt;
  const Day today = day_of(at.now, at.state.zone);
  const Wish wish = opening(at.state, flow);
  const Relations own = usable(at.state, wish, post->role).without(Relation::Mandate);
  if (stands_over(*post, own, place, at.state, today)) return std::nullopt;
  return mandate_of(at.state, *post, place, wish.about, today);
}

TextPlace place_of(std::string_view field, const TextField& text) {
  return {std::string(field), text.chars_max, text.shape};
}

bool among(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// Why a code may not stand in a field of an item of that flow.
std::optional<Error> code_fault(const Flow& flow, const std::string& field,
                                const std::string& code) {
  if (field == "source") {
    if (!among(flow.sources, code)) return refusal("source_unknown", {{"source", code}});
  } else if (field == "category") {
    if (!among(flow.categories, code)) return refusal("category_unknown", {{"category", code}});
  } else if (field == "nature") {
    if (!nature_named(code)) return refusal("field_bad", {{"field", field}});
  } else if (field == "severity") {
    if (!severity_named(code)) return refusal("field_bad", {{"field", field}});
  } else if (field == "fix_class") {
    if (!among(kFixClasses, code)) return refusal("field_bad", {{"field", field}});
  } else if (field == "batch") {
    if (!valid_code(code)) return refusal("code_bad", {{"field", field}});
  } else {
    return refusal("field_unknown", {{"field", field}});
  }
  return std::nullopt;
}

std::vector<LabelledText> opening_texts(const OpenItem& command) {
  std::vector<LabelledText> texts{{"title", command.title}};
  if (!command.description.empty()) texts.push_back({"description", command.description});
  if (command.upstream_no) texts.push_back({"upstream_no", *command.upstream_no});
  if (command.source_doc) texts.push_back({"source_doc", *command.source_doc});
  if (command.target) texts.push_back({"target", *command.target});
  if (command.key_measures) texts.push_back({"key_measures", *command.key_measures});
  if (command.remark) texts.push_back({"remark", *command.remark});
  return texts;
}

std::optional<Error> missing_field(const Flow& flow, const OpenItem& command) {
  for (const std::string& field : flow.opening_required)
    if (!is_given(field, command)) return refusal("field_required", {{"field", field}});
  return std::nullopt;
}

std::optional<Error> codes_fault(const Flow& flow, const OpenItem& command) {
  if (auto error = code_fault(flow, "source", command.source)) return error;
  if (command.category)
    if (auto error = code_fault(flow, "category", *command.category)) return error;
  if (command.fix_class.empty()) return std::nullopt;
  return code_fault(flow, "fix_class", command.fix_class);
}

// What is closed or has left the list stands in numbers that were shown, so it has a row of its
// own.
Wish correcting(const Item& item, const State& state) {
  const Phase phase = phase_of(item, state);
  const bool left = phase == Phase::Closed || phase == Phase::Dropped;
  return {left ? Right::ItemCorrectClosed : Right::ItemCorrect, nullptr, "correct"};
}

// The post in which an item may be moved to `place`. With the item go its numbers, so one post has
// to be one that may correct it, and to have both the old place and the new one.
Result<PostId> may_move(const Circumstances& at, const Item& item, UnitId place) {
  const Wish move{Right::ItemMove, nullptr, "correct"};
  for (const Post& post : at.state.posts_of(at.actor.account, day_of(at.now, at.state.zone))) {
    if (at.actor.post && *at.actor.post != post.id) continue;
    Circumstances in_it = at;
    in_it.actor.post = post.id;
    if (permitted(in_it, correcting(item, at.state), item).ok() &&
        permitted(in_it, move, item.place).ok() && permitted(in_it, move, place).ok())
      return post.id;
  }
  return refusal("place_outside_scope", {{"unit", std::string(at.state.tree->code(place))}});
}

// The model that a new item is to be a copy of; of a copy, its own. Refuses `model_unfit`.
Result<std::optional<ItemNo>> model_of(const Circumstances& at, const Flow& flow,
                                       const OpenItem& command) {
  if (!command.model) return std::optional<ItemNo>{};
  const Facts which = {{"item", to_text(*command.model)}};
  const Item* model = TZ_TRY(item_in_sight(at, *command.model));
  if (model->copy_of) model = at.item(*model->copy_of);
  TZ_ASSERT(model != nullptr);
  const bool fit = flow.counts_results() && flow_of(*model, at.state).kind == flow.kind &&
                   model->criterion && phase_of(*model, at.state) != Phase::Dropped;
  if (!fit) return refusal("model_unfit", which);
  if (model->copies.size() >= kCopiesMax)
    return refusal("copies_many", {{"count_max", std::to_string(kCopiesMax)}});
  return std::optional<ItemNo>{model->no};
}

// The checks that every change to an existing item begins with.
Result<const Item*> known(const Circumstances& at, ItemNo no, std::optional<Seq> seen) {
  const Item* item = TZ_TRY(item_in_sight(at, no));
  if (!seen) return refusal("version_required", {{"item", to_text(no)}});
  if (*seen != item->last)
    return refusal("version_stale", {{"item", to_text(no)},
                                     {"seen", std::to_string(seen->value)},
                                     {"current", std::to_string(item->last.value)}});
  return item;
}

}  // namespace

bool is_given(std::string_view field, const OpenItem& command) {
  const auto text = [](const std::optional<std::string>& words) {
    return words && !words->empty();
  };
  if (field == "title") return !command.title.empty();
  if (field == "description") return !command.description.empty();
  if (field == "source") return !command.source.empty();
  if (field == "upstream_no") return text(command.upstream_no);
  if (field == "source_doc") return text(command.source_doc);
  if (field == "batch") return text(command.batch);
  if (field == "feedback") return command.feedback.has_value();
  if (field == "category") return command.category.has_value();
  if (field == "nature") return command.nature.has_value();
  if (field == "severity") return command.severity.has_value();
  if (field == "fix_class") return !command.fix_class.empty();
  if (field == "due") return command.due.has_value();
  if (field == "target") return text(command.target);
  if (field == "key_measures") return text(command.key_measures);
  if (field == "implementing") return !command.implementing.empty();
  if (field == "accepting") return command.accepting.has_value();
  if (field == "special") return command.special.has_value();
  if (field == "model") return command.model.has_value();
  if (field == "remark") return text(command.remark);
  if (field == "fund") return command.loan && !command.loan->fund.empty();
  if (field == "amount") return command.loan && command.loan->fen > 0;
  if (field == "household") return command.loan && !command.loan->household.empty();
  if (field == "episode") return command.loan && !command.loan->episode.empty();
  if (field == "scheme") return text(command.scheme);
  if (field == "split_from") return command.split_from.has_value();
  return false;
}

Result<const Item*> item_in_sight(const Circumstances& at, ItemNo no) {
  const Item* item = at.item(no);
  const Day today = day_of(at.now, at.state.zone);
  if (item == nullptr || is_staged(*item, at.state) ||
      !may_read(at.state, at.actor.account, *item, today))
    return refusal("item_unknown", {{"item", to_text(no)}});
  return item;
}

Outcome may_list(const Circumstances& at, std::string_view kind, UnitId place) {
  const auto flow = at.state.flow_of(kind);
  if (!flow) return refusal("kind_unknown", {{"kind", std::string(kind)}});
  TZ_TRY(may_open(at, *at.state.flows[*flow], place));
  return Done{};
}

Result<Decision> decide_open(const Circumstances& at, const OpenItem& command) {
  const auto flow_index = at.state.flow_of(command.kind);
  if (!flow_index) return refusal("kind_unknown", {{"kind", command.kind}});
  const Flow& flow = *at.state.flows[*flow_index];
  TZ_ASSERT(command.place.value < at.state.tree->size());
  TZ_ASSERT(at.item(command.no) == nullptr);
  const PostId post = TZ_TRY(may_open(at, flow, command.place));
  const Day today = day_of(at.now, at.state.zone);
  if (auto error = ended_unit(at.state, command.place, today)) return *error;
  // A table has no columns for what a loan is asked for with, so none of them is said to be empty.
  if (command.import && flow.lends()) return refusal("loan_not_imported");
  if (auto error = missing_field(flow, command)) return *error;
  if (auto error = codes_fault(flow, command)) return *error;
  if (auto error = finding_fault(at, flow, command)) return *error;
  if (auto error = number_fault(command.upstream_no, command.known_as)) return *error;
  if (auto error = household_fault(at, flow, command)) return *error;
  std::vector<LabelledText> texts = opening_texts(command);
  for (const LabelledText& text : texts)
    if (auto error = text_fault(place_of(text.label, *text_field(text.label)), text.text))
      return *error;
  if (command.occurred && *command.occurred > today)
    return refusal("occurred_in_future", {{"day", to_text(*command.occurred)}});
  if (command.due && *command.due < today)
    return refusal("due_in_past", {{"day", to_text(*command.due)}, {"field", "due"}});
  if (command.import && at.state.adopted_imports.contains(*command.import))
    return refusal("import_adopted");
  const bool accuses = !command.accused.empty();
  const UnitId place = accuses ? TZ_TRY(receiver_of_petition(at, command, flow)) : command.place;

  ItemOpened event;
  event.no = command.no;
  event.kind = flow.kind;
  event.flow_version = flow.version;
  event.place = place;
  event.source = command.source;
  event.category = command.category;
  event.nature = command.nature;
  event.severity = command.severity;
  event.fix_class = command.fix_class.empty() ? "by_date" : command.fix_class;
  event.due = command.due;
  event.occurred = command.occurred;
  event.import = command.import;
  event.work_group = needs_mandate(at, flow, post, command.place);
  event.batch = command.batch;
  event.feedback = command.feedback;
  if (!command.implementing.empty()) event.implementing = command.implementing;
  event.accepting = command.accepting;
  if (command.special) {
    event.programme = command.special->programme;
    event.requirement = command.special->requirement;
  }
  const auto model = TZ_TRY(model_of(at, flow, command));
  event.scheme = command.scheme;
  std::vector<EventDraft> clocks;
  TZ_TRY(start_clocks(at, flow, event, clocks));
  Decision decision{post, {{std::move(event), command.no, std::move(texts)}}};
  if (command.loan || flow.lends()) decision.events.push_back(TZ_TRY(ask_loan(at, flow, command)));
  if (command.split_from) note_split(command.no, *command.split_from, decision.events);
  if (accuses) decision.events.push_back(accusation_of(command));
  for (EventDraft& draft : clocks) decision.events.push_back(std::move(draft));
  if (model) {
    decision.events.push_back({ItemsLinked{LinkKind::CopyOf, *model}, command.no, {}});
    decision.events.push_back({ItemsLinked{LinkKind::HasCopy, command.no}, *model, {}});
  }
  // An accusation tells nobody of itself; another loan or project says nothing against one before.
  if (!accuses && !flow.lends() && !flow.counts_results())
    note_recurrence(at, {command.no, place, command.category, false}, command.closed_before,
                    decision.events);
  return decision;
}

void note_recurrence(const Circumstances& at, const Opened& opened,
                     const std::vector<ItemNo>& closed_before, std::vector<EventDraft>& out) {
  constexpr std::int32_t kDays = 365;
  const Day today = day_of(at.now, at.state.zone);
  const OrgTree& tree = *at.state.tree;
  const auto same_place = [&](const Item& item, UnitId place) {
    return tree.counted_at(item.place, std::nullopt) == tree.counted_at(place, std::nullopt);
  };
  const Item* newest = nullptr;
  std::vector<EventDraft> noted;
  for (const ItemNo no : closed_before) {
    const Item* item = at.item(no);
    // Closed at a unit that has ended since, it was the successor's place.
    if (item == nullptr || !opened.category || !same_place(*item, opened.place) ||
        item->category != opened.category || is_staged(*item, at.state))
      continue;
    if (item->report && (item->report->accusation || !opened.report)) continue;
    if (flow_of(*item, at.state).lends()) continue;
    if (item->closures.empty() || !item->closures.back().stands ||
        today.number - item->closures.back().day.number > kDays)
      continue;
    if (newest == nullptr || newest->closures.back().day < item->closures.back().day) newest = item;
    noted.push_back({RecurrenceNoted{static_cast<std::uint16_t>(item->closures.size())}, no, {}});
  }
  if (newest == nullptr) return;
  out.push_back({ItemsLinked{LinkKind::Recurs, newest->no}, opened.no, {}});
  for (EventDraft& draft : noted) out.push_back(std::move(draft));
}

// Whether it would become major although its plan was made without what a major one needs.
bool assured_since(const Item& item, const State& state, const std::string& severity) {
  const auto& steps = flow_of(item, state).transitions;
  const bool assures = std::any_of(steps.begin(), steps.end(), [](const Transition& one) {
    return one.guard(GuardKind::FiveAssured) != nullptr;
  });
  const Phase phase = phase_of(item, state);
  return assures && severity_named(severity) == Severity::Major &&
         item.severity != Severity::Major && !item.measures.empty() && phase != Phase::Assigned &&
         phase != Phase::Listed && phase != Phase::Disputed && is_open(phase);
}

// Another special item, or none where the value is empty.
std::optional<Error> special_correction(const State& state, const Item& item,
                                        const std::string& value) {
  if (value.empty()) return std::nullopt;
  const auto special = special_named(value);
  if (!special) return refusal("field_bad", {{"field", "special"}});
  return special_fault(state, flow_of(item, state), item.place, *special);
}

// A correction, and what comes of it for the clocks that it concerns.
Result<Decision> with_clocks(const Circumstances& at, const Item& item, Decision decision) {
  const Event& corrected = decision.events.front().event;
  const std::string& field = std::get<Corrected>(corrected).field;
  if (field != "feedback" && field != "source") return decision;
  Item now = item;
  apply(now, at.state, corrected, {now.last, at.now, decision.post, 0, now.origin});
  std::vector<EventDraft> clocks;
  TZ_TRY(correct_clocks(at, now, clocks));
  for (EventDraft& draft : clocks) decision.events.push_back(std::move(draft));
  return decision;
}

Result<Decision> decide_correct(const Circumstances& at, const CorrectItem& command) {
  const Item& item = *TZ_TRY(known(at, command.item, command.seen));
  PostId post = TZ_TRY(permitted(at, correcting(item, at.state), item));
  if (command.reason.empty()) return refusal("field_required", {{"field", "reason"}});
  if (auto error = text_fault({"reason", kTextCharsMax}, command.reason)) return *error;
  const std::string& field = command.field;
  // What a reporter sent stays as he sent it, and where it is kept from those it complains of; of
  // what a clerk wrote down himself, where it is.
  const bool sent = item.report && flow_of(item, at.state).reports;
  if (item.report && (field == "place" || (sent && text_field(field) != nullptr)))
    return refusal("report_stays", {{"field", field}});
  if (auto error = finding_kept(flow_of(item, at.state), item, command)) return *error;
  const auto number = field == "upstream_no" ? std::optional(command.value) : std::nullopt;
  if (auto error = number_fault(number, command.known_as)) return *error;
  std::vector<LabelledText> texts{{"reason", command.reason}};
  if (const TextField* text = text_field(field)) {
    if (field == "title" && command.value.empty())
      return refusal("field_required", {{"field", "title"}});
    if (auto error = text_fault(place_of("value", *text), command.value)) return *error;
    texts.push_back({"value", command.value});
    return Decision{post, {{Corrected{field, {}}, command.item, std::move(texts)}}};
  }
  Corrected event{field, command.value};
  // Where it lives says in which count it is.
  if (item.household && field == "place") return refusal("household_stays");
  if (field == "place") {
    const auto place = at.state.tree->find(command.value);
    if (!place) return refusal("unit_unknown", {{"unit", command.value}});
    if (auto error = ended_unit(at.state, *place, day_of(at.now, at.state.zone))) return *error;
    post = TZ_TRY(may_move(at, item, *place));
  } else if (field == "special") {
    if (auto error = special_correction(at.state, item, command.value)) return *error;
  } else if (is_of_finding(field)) {
    event = TZ_TRY(corrected_finding(at, item, command));
  } else if (field == "severity" && assured_since(item, at.state, command.value)) {
    return refusal("severity_after_plan");
  } else if (auto error = code_fault(flow_of(item, at.state), field, command.value)) {
    return *error;
  }
  return with_clocks(at, item, {post, {{std::move(event), command.item, std::move(texts)}}});
}

// One redaction a text and a file; the first says why, for all of them. The reasons that earlier
// redactions were given for are texts too.
Result<Decision> decide_erase(const Circumstances& at, const EraseItem& command) {
  const Item& item = *TZ_TRY(known(at, command.item, command.seen));
  const PostId post = TZ_TRY(permitted(at, {Right::ItemRedact, nullptr, "redact"}, item));
  if (command.reason.empty()) return refusal("field_required", {{"field", "reason"}});
  if (auto error = text_fault({"reason", kTextCharsMax}, command.reason)) return *error;
  Decision decision{post, {}};
  for (const TextNote& note : item.texts)
    for (std::uint8_t part = 0; part < note.count; ++part)
      if ((note.destroyed >> part & 1U) == 0)
        decision.events.push_back({Redacted{note.record, part}, command.item, {}});
  for (const EvidenceNote& file : item.evidence)
    if (!file.destroyed) decision.events.push_back({Redacted{file.record, {}}, command.item, {}});
  TZ_ASSERT(!decision.events.empty());  // at the least the reason of whatever destroyed the others
  decision.events.front().texts.push_back({"reason", command.reason});
  return decision;
}

Result<Decision> decide_redact(const Circumstances& at, const RedactText& command) {
  const Item& item = *TZ_TRY(known(at, command.item, command.seen));
  const PostId post = TZ_TRY(permitted(at, {Right::ItemRedact, nullptr, "redact"}, item));
  if (command.reason.empty()) return refusal("field_required", {{"field", "reason"}});
  if (auto error = text_fault({"reason", kTextCharsMax}, command.reason)) return *error;
  if (!command.part) {
    const auto file =
        std::find_if(item.evidence.begin(), item.evidence.end(),
                     [&](const EvidenceNote& note) { return note.record == command.record; });
    if (file == item.evidence.end())
      return refusal("file_unknown", {{"record", std::to_string(command.record.value)}});
    if (file->destroyed) return refusal("evidence_destroyed");
    return Decision{post,
                    {{Redacted{command.record, {}}, command.item, {{"reason", command.reason}}}}};
  }
  for (const TextNote& note : item.texts) {
    if (note.record != command.record || *command.part >= note.count) continue;
    if ((note.destroyed >> *command.part & 1U) != 0) return refusal("text_destroyed");
    return Decision{
        post,
        {{Redacted{command.record, command.part}, command.item, {{"reason", command.reason}}}}};
  }
  return refusal("text_unknown", {{"record", std::to_string(command.record.value)}});
}

}  // namespace tz::ledger
