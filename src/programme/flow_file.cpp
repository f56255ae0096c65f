// Turns the values of a flow file into a flow, gathering every fault on the way.
#include "programme/flow_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "programme/file_fields.h"
#include "programme/yaml_file.h"

namespace tz::programme {
namespace {

using ledger::Flow;
using ledger::Title;
using ledger::Transition;
using ledger::Who;

constexpr std::size_t kTitleCharsMax = 60;
constexpr std::size_t kNoteCharsMax = 400;
constexpr std::int64_t kVersionMax = 1'000'000;
constexpr std::int64_t kGuardNumberMax = 1'000'000;  // ledger::check knows what makes sense

bool takes_number(ledger::GuardKind kind) {
  using ledger::GuardKind;
  return kind == GuardKind::MeasuresPlanned || kind == GuardKind::EvidenceAttached ||
         kind == GuardKind::CheckersMin || kind == GuardKind::NoticeDaysMin ||
         kind == GuardKind::NoticeWorkingDaysMin;
}

bool takes_clock(ledger::GuardKind kind) {
  return kind == ledger::GuardKind::ClockRuns || kind == ledger::GuardKind::ClockOver ||
         kind == ledger::GuardKind::ClockOpen;
}

// A guard that names a transition, which may stand further down.
bool takes_transition(ledger::GuardKind kind) { return ledger::names_step(kind); }

Words stages() {
  Words names = names_to(ledger::HouseholdStage::Archived);
  names.erase(names.begin());  // no state says that it is at none
  return names;
}

// Of a clock that starts when the item is listed, then or from the day of feedback.
constexpr std::string_view kOpening = "open";
constexpr std::string_view kFeedback = "feedback";

enum class Section { States, Transitions, Outcomes, Clocks, Sources, Categories };

// What a fault found by ledger::check is about.
Section section_of(std::string_view code) {
  if (code.starts_with("flow_state_") && code != "flow_state_unknown") return Section::States;
  if (code == "flow_initial_phase") return Section::States;
  if (code.starts_with("flow_clock_")) return Section::Clocks;
  if (code.starts_with("flow_outcome_")) return Section::Outcomes;
  if (code.starts_with("flow_source_")) return Section::Sources;
  if (code.starts_with("flow_category_")) return Section::Categories;
  return Section::Transitions;
}

class FlowReading {
 public:
  explicit FlowReading(std::string_view text) {
    const auto file = fields_.read(text);
    if (!file) return;
    top(*file);
    if (fields_.clean()) contradictions();
  }

  [[nodiscard]] std::vector<Error> faults() const { return fields_.faults(); }
  [[nodiscard]] const Flow& flow() const { return flow_; }

 private:
  // A guard that names a transition; `value` is part of the file being read.
  struct LaterGuard {
    std::size_t transition = 0;
    std::size_t guard = 0;
    std::string_view key;
    const YamlValue* value = nullptr;
  };

  void top(const YamlValue& file) {
    top_at_ = file.at;
    if (!fields_.take_map(file, "file",
                          {"kind", "version", "title", "totals", "opened_by", "sources", "states",
                           "transitions", "outcomes"},
                          {"brought", "categories", "clocks", "deadline", "findings", "lights",
                           "opening_required", "reports", "response"}) &&
        file.type != YamlValue::Type::Map)
      return;
    if (const auto* v = file.find("kind")) flow_.kind = fields_.take_id(*v, "kind").value_or("");
    if (const auto* v = file.find("version"))
      flow_.version = fields_.take_number(*v, "version", 1, kVersionMax).value_or(1);
    if (const auto* v = file.find("title"))
      flow_.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = file.find("totals")) totals(*v);
    if (const auto* v = file.find("reports"))
      flow_.reports = fields_.take_yes_no(*v, "reports").value_or(false);
    if (const auto* v = file.find("opened_by")) flow_.opened_by = who(*v, "opened_by");
    if (const auto* v = file.find("opening_required"))
      flow_.opening_required = inputs(*v, "opening_required", ledger::opening_inputs());
    if (const auto* v = file.find("sources"))
      for (const YamlValue& one : fields_.take_list(*v, "sources"))
        titled(one, "sources", {Section::Sources, flow_.sources, flow_.source_titles});
    for (const std::string& one : flow_.sources)
      if (!one.empty()) source_ids_.push_back(one);
    if (const auto* v = file.find("findings")) findings(*v);
    if (const auto* v = file.find("brought")) flow_.brought = sources_in(*v);
    if (const auto* v = file.find("categories"))
      for (const YamlValue& one : fields_.take_list(*v, "categories"))
        titled(one, "categories", {Section::Categories, flow_.categories, flow_.category_titles});
    if (const auto* v = file.find("states"))
      for (const YamlValue& one : fields_.take_list(*v, "states")) state(one);
    for (const ledger::FlowState& one : flow_.states)
      if (!one.id.empty()) state_ids_.push_back(one.id);
    if (const auto* v = file.find("clocks")) clock_names(*v);
    if (const auto* v = file.find("outcomes"))
      for (const YamlValue& one : fields_.take_list(*v, "outcomes")) outcome(one);
    for (const ledger::FlowOutcome& one : flow_.outcomes)
      if (!one.id.empty()) outcome_ids_.push_back(one.id);
    if (const auto* v = file.find("transitions"))
      for (const YamlValue& one : fields_.take_list(*v, "transitions")) transition(one);
    for (const Transition& one : flow_.transitions)
      if (!one.id.empty()) transition_ids_.push_back(one.id);
    after_transitions(file);
  }

  // What names a transition or a clock, once all have their names.
  void after_transitions(const YamlValue& file) {
    for (const LaterGuard& later : later_guards_) {
      if (transition_ids_.empty()) break;
      const auto word = fields_.take_word(*later.value, later.key, transition_ids_);
      if (word)
        flow_.transitions[later.transition].guards[later.guard].number =
            *flow_.transition_index(*word);
    }
    if (const auto* v = file.find("clocks"))
      for (std::size_t i = 0; i < v->items.size() && i < flow_.clocks.size(); ++i)
        clock(v->items[i], flow_.clocks[i]);
    if (const auto* v = file.find("deadline")) {
      fields_.take_map(*v, "deadline", {}, {"clocks", "steps"});
      if (const auto* clocks = v->find("clocks"))
        for (const YamlValue& each : fields_.take_list(*clocks, "clocks"))
          if (const auto clock = clock_named(each, "clocks")) flow_.deadlines.push_back(*clock);
      if (const auto* steps = v->find("steps")) flow_.steps = clock_steps(*steps);
    }
    if (const auto* v = file.find("lights")) lights(*v);
    if (const auto* v = file.find("response")) flow_.response = clock_named(*v, "response");
  }

  void lights(const YamlValue& value) {
    constexpr std::int64_t kPercent = 100;
    constexpr std::int64_t kYear = 365;
    fields_.take_map(
        value, "lights", {},
        {"near_working_days", "near_fraction", "behind_points", "far_behind_points", "returned"});
    const auto number = [&](std::string_view key, std::int64_t min, std::int64_t max,
                            std::int32_t& into) {
      const auto* v = value.find(key);
      if (v == nullptr) return;
      if (const auto given = fields_.take_number(*v, key, min, max))
        into = static_cast<std::int32_t>(*given);
    };
    ledger::LightRules& rules = flow_.lights;
    number("near_working_days", 0, kYear, rules.near_working_days);
    number("near_fraction", 1, kPercent, rules.near_fraction);
    number("behind_points", 1, kPercent, rules.behind_points);
    number("far_behind_points", 1, kPercent, rules.far_behind_points);
    number("returned", 1, kPercent, rules.returned);
    if (rules.far_behind_points < rules.behind_points)
      fields_.add(yaml_fault("flow_lights_order", value.at));
  }

  void findings(const YamlValue& value) {
    fields_.take_map(value, "findings", {"sources", "required"});
    if (const auto* v = value.find("sources")) flow_.findings.sources = sources_in(*v);
    if (const auto* v = value.find("required"))
      flow_.findings.required = inputs(*v, "required", ledger::opening_inputs());
  }

  // Some of the flow's sources, each once.
  std::vector<std::uint16_t> sources_in(const YamlValue& value) {
    std::vector<std::uint16_t> out;
    if (source_ids_.empty()) return out;  // said already: there are no sources
    for (const YamlValue& one : fields_.take_list(value, "sources")) {
      const auto word = fields_.take_word(one, "sources", source_ids_);
      if (!word) continue;
      const std::uint16_t index = *flow_.source(*word);
      if (std::find(out.begin(), out.end(), index) != out.end())
        fields_.add_repeated(one, "sources");
      else
        out.push_back(index);
    }
    return out;
  }

  void totals(const YamlValue& value) {
    const auto word = fields_.take_word(value, "totals", names_to(ledger::TotalsAudience::Scope));
    if (word) flow_.totals = *ledger::totals_audience_named(*word);
  }

  // A part's id; remembers where it stands, for what is said about it later.
  std::string id(const YamlValue& part, Section section) {
    const YamlValue* value = part.find("id");
    if (value == nullptr) return {};
    std::string text = fields_.take_id(*value, "id").value_or("");
    places_[{section, text}].push_back(value->at);
    return text;
  }

  // A list of codes with their titles.
  struct Titled {
    Section section;
    std::vector<std::string>& ids;
    std::vector<Title>& titles;
  };
  void titled(const YamlValue& value, std::string_view key, const Titled& into) {
    fields_.take_map(value, key, {"id", "title"});
    into.ids.push_back(id(value, into.section));
    const auto* words = value.find("title");
    into.titles.push_back(words ? fields_.take_title(*words, "title", kTitleCharsMax) : Title{});
  }

  void state(const YamlValue& value) {
    ledger::FlowState out;
    fields_.take_map(value, "states", {"id", "phase", "title"}, {"stage"});
    out.id = id(value, Section::States);
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("phase"))
      if (const auto word = fields_.take_word(*v, "phase", names_to(ledger::Phase::Standing)))
        out.phase = *ledger::phase_named(*word);
    if (const auto* v = value.find("stage"))
      if (const auto word = fields_.take_word(*v, "stage", stages()))
        out.stage = *ledger::household_stage_named(*word);
    flow_.states.push_back(std::move(out));
  }

  void outcome(const YamlValue& value) {
    ledger::FlowOutcome out;
    fields_.take_map(value, "outcomes", {"id", "fixed", "title"}, {"excluded", "stage", "unmet"});
    out.id = id(value, Section::Outcomes);
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("fixed"))
      out.fixed = fields_.take_yes_no(*v, "fixed").value_or(false);
    if (const auto* v = value.find("excluded"))
      out.excluded = fields_.take_yes_no(*v, "excluded").value_or(false);
    if (const auto* v = value.find("stage"))
      out.stage = fields_.take_yes_no(*v, "stage").value_or(false);
    if (const auto* v = value.find("unmet"))
      out.unmet = fields_.take_yes_no(*v, "unmet").value_or(false);
    flow_.outcomes.push_back(std::move(out));
  }

  // Transitions name clocks and clocks name transitions, so their names are read first.
  void clock_names(const YamlValue& value) {
    for (const YamlValue& one : fields_.take_list(value, "clocks")) {
      ledger::FlowClock clock;
      fields_.take_map(one, "clocks", {"id", "title", "limit", "starts", "owner"},
                       {"sources", "stops", "stands_still", "steps"});
      clock.id = id(one, Section::Clocks);
      flow_.clocks.push_back(std::move(clock));
    }
    for (const ledger::FlowClock& one : flow_.clocks)
      if (!one.id.empty()) clock_ids_.push_back(one.id);
  }

  void clock(const YamlValue& value, ledger::FlowClock& out) {
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("limit")) limit(*v, out);
    if (const auto* v = value.find("owner")) out.owner = who(*v, "owner");
    if (const auto* v = value.find("starts"))
      for (const YamlValue& one : fields_.take_list(*v, "starts")) {
        const bool text = one.type == YamlValue::Type::Text;
        bool* from = text && one.text == kOpening    ? &out.from_opening
                     : text && one.text == kFeedback ? &out.from_feedback
                                                     : nullptr;
        if (from == nullptr) {
          turned_by(one, "starts", out.starts);
          continue;
        }
        if (*from) fields_.add_repeated(one, "starts");
        *from = true;
      }
    if (const auto* v = value.find("sources")) out.sources = sources_in(*v);
    if (const auto* v = value.find("stops"))
      for (const YamlValue& one : fields_.take_list(*v, "stops"))
        turned_by(one, "stops", out.stops);
    if (const auto* v = value.find("stands_still"))
      for (const YamlValue& one : fields_.take_list(*v, "stands_still")) {
        const auto state = state_named(one, "stands_still");
        if (!state) continue;
        if (out.still_in(*state)) fields_.add_repeated(one, "stands_still");
        out.stands_still.push_back(*state);
      }
    if (const auto* v = value.find("steps")) out.steps = clock_steps(*v);
  }

  // "{step: remind, before: 3wd}"; without before or after it is done when the limit is over.
  std::vector<ledger::FlowStep> clock_steps(const YamlValue& value) {
    std::vector<ledger::FlowStep> out;
    for (const YamlValue& one : fields_.take_list(value, "steps")) {
      ledger::FlowStep step;
      fields_.take_map(one, "steps", {"step"}, {"before", "after"});
      if (const auto* v = one.find("step"))
        if (const auto word = fields_.take_word(*v, "step", names_to(ledger::ClockStep::List)))
          step.step = *ledger::clock_step_named(*word);
      const auto* before = one.find("before");
      const auto* after = one.find("after");
      if (before != nullptr && after != nullptr)
        fields_.add(yaml_fault("flow_step_twice_dated", one.at));
      if (before != nullptr) step.when = ledger::FlowStep::When::Before;
      if (after != nullptr) step.when = ledger::FlowStep::When::After;
      const auto* by = before != nullptr ? before : after;
      if (by != nullptr)
        if (const auto length = length_of(*by)) step.by = *length;
      out.push_back(step);
    }
    return out;
  }

  std::optional<calendar::Length> length_of(const YamlValue& value) {
    const auto text = fields_.take_text(value, "length", kTitleCharsMax);
    if (!text) return std::nullopt;
    const auto length = calendar::parse_length(*text);
    if (length.ok()) return *length;
    fields_.add(yaml_fault("flow_limit_bad", value.at, {{"text", *text}}));
    return std::nullopt;
  }

  // "15d", or the name of a limit, which has a full stop in it.
  void limit(const YamlValue& value, ledger::FlowClock& out) {
    const auto text = fields_.take_text(value, "limit", kTitleCharsMax);
    if (!text) return;
    if (text->find('.') != std::string::npos) {
      out.rule = *text;
      return;
    }
    out.length = length_of(value);
  }

  void turned_by(const YamlValue& value, std::string_view key, std::vector<std::uint16_t>& into) {
    if (transition_ids_.empty()) return;
    const auto word = fields_.take_word(value, key, transition_ids_);
    if (!word) return;
    const std::uint16_t index = *flow_.transition_index(*word);
    if (std::find(into.begin(), into.end(), index) != into.end())
      return fields_.add_repeated(value, key);
    into.push_back(index);
  }

  std::optional<std::uint16_t> clock_named(const YamlValue& value, std::string_view key) {
    if (clock_ids_.empty()) {
      fields_.add(yaml_fault("flow_clocks_none", value.at, {{"key", std::string(key)}}));
      return std::nullopt;
    }
    const auto word = fields_.take_word(value, key, clock_ids_);
    return word ? flow_.clock(*word) : std::nullopt;
  }

  void transition(const YamlValue& value) {
    Transition out;
    fields_.take_map(
        value, "transitions", {"id", "title", "from", "act", "who"},
        {"to", "stays", "to_if_unsatisfied", "required", "guards", "note", "clock", "outcomes"});
    out.id = id(value, Section::Transitions);
    if (const auto* v = value.find("title"))
      out.title = fields_.take_title(*v, "title", kTitleCharsMax);
    if (const auto* v = value.find("from"))
      for (const YamlValue& one : fields_.take_list(*v, "from")) from(one, out);
    target(value, out);
    if (const auto* v = value.find("who")) out.who = who(*v, "who");
    if (const auto* v = value.find("act")) act(*v, value, out);
    if (const auto* v = value.find("guards"))
      for (const YamlValue& one : fields_.take_list(*v, "guards")) guard(one, out);
    if (const auto* v = value.find("clock")) out.clock = clock_named(*v, "clock");
    if (const auto* v = value.find("outcomes"))
      for (const YamlValue& one : fields_.take_list(*v, "outcomes")) ends_with(one, out);
    if (const auto* v = value.find("note"))
      out.note = fields_.take_title(*v, "note", kNoteCharsMax);
    flow_.transitions.push_back(std::move(out));
  }

  // What can be required depends on the act, so without one it is not looked at.
  void act(const YamlValue& value, const YamlValue& parent, Transition& out) {
    const auto word = fields_.take_word(value, "act", names_to(ledger::Act::AskDrawn));
    if (!word) return;
    out.act = *ledger::act_named(*word);
    if (const auto* v = parent.find("required"))
      out.required = inputs(*v, "required", ledger::inputs_of(out.act));
  }

  std::optional<std::uint16_t> state_named(const YamlValue& value, std::string_view key) {
    if (state_ids_.empty()) return std::nullopt;  // said already: there are no states
    const auto word = fields_.take_word(value, key, state_ids_);
    return word ? flow_.state(*word) : std::nullopt;
  }

  void from(const YamlValue& value, Transition& out) {
    const auto state = state_named(value, "from");
    if (!state) return;
    if (out.leaves(*state)) return fields_.add_repeated(value, "from");
    out.from.push_back(*state);
  }

  // Either `to` names a state or `stays: true` says that the item keeps its own.
  void target(const YamlValue& value, Transition& out) {
    const YamlValue* to = value.find("to");
    const YamlValue* stays = value.find("stays");
    if (stays != nullptr) out.stays = fields_.take_yes_no(*stays, "stays").value_or(false);
    if (to != nullptr) out.to = state_named(*to, "to").value_or(0);
    if (value.type == YamlValue::Type::Map && (to != nullptr) == out.stays)
      fields_.add(yaml_fault("flow_target_unclear", value.at, {{"at", out.id}}));
    if (const auto* v = value.find("to_if_unsatisfied"))
      out.to_if_unsatisfied = state_named(*v, "to_if_unsatisfied");
  }

  void ends_with(const YamlValue& value, Transition& out) {
    if (outcome_ids_.empty()) return;
    const auto word = fields_.take_word(value, "outcomes", outcome_ids_);
    if (!word) return;
    const std::uint16_t index = *flow_.outcome(*word);
    if (std::find(out.outcomes.begin(), out.outcomes.end(), index) != out.outcomes.end())
      return fields_.add_repeated(value, "outcomes");
    out.outcomes.push_back(index);
  }

  // "supervisor/scope": a role, and how its post stands to the item.
  std::vector<Who> who(const YamlValue& value, std::string_view key) {
    static const std::vector<std::string> kPairs = [] {
      std::vector<std::string> pairs;
      for (std::string_view role : names_to(ledger::Role::Supervisor))
        for (std::string_view relation : names_to(ledger::Relation::Supporting))
          pairs.push_back(std::string(role) + "/" + std::string(relation));
      return pairs;
    }();
    static const Words kWords(kPairs.begin(), kPairs.end());
    std::vector<Who> out;
    for (const YamlValue& one : fields_.take_list(value, key)) {
      const auto word = fields_.take_word(one, key, kWords);
      if (!word) continue;
      const std::size_t slash = word->find('/');
      const Who parsed{*ledger::role_named(std::string_view(*word).substr(0, slash)),
                       *ledger::relation_named(std::string_view(*word).substr(slash + 1))};
      if (std::find(out.begin(), out.end(), parsed) != out.end())
        fields_.add_repeated(one, key);
      else
        out.push_back(parsed);
    }
    return out;
  }

  std::vector<std::string> inputs(const YamlValue& value, std::string_view key,
                                  const Words& allowed) {
    std::vector<std::string> out;
    for (const YamlValue& one : fields_.take_list(value, key)) {
      auto word = fields_.take_word(one, key, allowed);
      if (!word) continue;
      if (std::find(out.begin(), out.end(), *word) != out.end())
        fields_.add_repeated(one, key);
      else
        out.push_back(std::move(*word));
    }
    return out;
  }

  // "independent", or "checkers_min: 2" where the guard needs a number.
  void guard(const YamlValue& value, Transition& out) {
    const Words names = names_to(ledger::GuardKind::NobodyUnsatisfied);
    if (value.type == YamlValue::Type::Map) {
      if (!fields_.take_map(value, "guards", {}, names)) return;
      for (std::size_t index = 0; index < value.keys.size(); ++index) {
        const auto kind = *ledger::guard_named(value.keys[index].text);
        if (takes_clock(kind)) {
          const auto clock = clock_named(value.items[index], value.keys[index].text);
          if (clock) out.guards.push_back({kind, *clock});
          continue;
        }
        if (takes_transition(kind)) {
          later_guards_.push_back({flow_.transitions.size(), out.guards.size(),
                                   value.keys[index].text, &value.items[index]});
          out.guards.push_back({kind, 0});
          continue;
        }
        const auto number =
            fields_.take_number(value.items[index], value.keys[index].text, 1, kGuardNumberMax);
        if (!takes_number(kind))
          fields_.add(yaml_fault("flow_guard_number", value.keys[index].at, {{"at", out.id}}));
        else if (number)
          out.guards.push_back({kind, *number});
      }
      return;
    }
    const auto word = fields_.take_word(value, "guards", names);
    if (!word) return;
    const auto kind = *ledger::guard_named(*word);
    if (takes_number(kind) || takes_clock(kind) || takes_transition(kind))
      fields_.add(yaml_fault("flow_guard_number", value.at, {{"at", out.id}}));
    else
      out.guards.push_back({kind, 0});
  }

  void contradictions() {
    for (const ledger::FlowFault& fault : ledger::check(flow_))
      fields_.add(yaml_fault(fault.code, place_of(fault), {{"at", fault.at}}));
  }

  // Of a duplicate the last, else the first part of that id; the top of the file for the whole.
  [[nodiscard]] Place place_of(const ledger::FlowFault& fault) const {
    const auto found = places_.find({section_of(fault.code), fault.at});
    if (found == places_.end()) return top_at_;
    return fault.code.ends_with("_duplicate") ? found->second.back() : found->second.front();
  }

  FileFields fields_;
  Flow flow_;
  Place top_at_;
  Words state_ids_;
  Words clock_ids_;
  Words source_ids_;
  Words outcome_ids_;
  Words transition_ids_;
  std::vector<LaterGuard> later_guards_;
  std::map<std::pair<Section, std::string>, std::vector<Place>> places_;
};

}  // namespace

Result<Flow> read_flow(std::string_view text) {
  const FlowReading reading(text);
  const std::vector<Error> faults = reading.faults();
  if (!faults.empty()) return faults.front();
  return reading.flow();
}

std::vector<Error> flow_faults(std::string_view text) { return FlowReading(text).faults(); }

}  // namespace tz::programme
