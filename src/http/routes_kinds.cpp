// Kinds of items and their flows, as adopted: public by nature.
#include "http/handlers.h"
#include "http/render.h"

namespace tz::http {
namespace {

Json who_json(const std::vector<ledger::Who>& who) {
  JsonArray out;
  for (const ledger::Who& one : who) {
    Json each;
    each.set("role", ledger::to_text(one.role));
    each.set("relation", ledger::to_text(one.relation));
    out.push_back(std::move(each));
  }
  return out;
}

Json texts_json(const std::vector<std::string>& texts) {
  JsonArray out;
  for (const std::string& text : texts) out.emplace_back(text);
  return out;
}

// Codes with their titles, each code under that name.
Json titled_json(const char* name, const std::vector<std::string>& codes,
                 const std::vector<ledger::Title>& titles) {
  JsonArray out;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    Json each;
    each.set(name, codes[i]);
    if (i < titles.size()) each.set("title", title_json(titles[i]));
    out.push_back(std::move(each));
  }
  return out;
}

Json transition_json(const ledger::Flow& flow, const ledger::Transition& transition) {
  Json from;
  from = JsonArray{};
  for (const std::uint16_t state : transition.from) from.push(flow.states[state].id);
  JsonArray guards;
  for (const ledger::Guard& guard : transition.guards) {
    Json each;
    each.set("guard", ledger::to_text(guard.kind)).set("number", guard.number);
    guards.push_back(std::move(each));
  }
  Json out;
  out.set("transition", transition.id).set("title", title_json(transition.title));
  out.set("from", std::move(from));
  out.set("to", transition.stays ? Json() : Json(flow.states[transition.to].id));
  if (transition.to_if_unsatisfied)
    out.set("to_if_unsatisfied", flow.states[*transition.to_if_unsatisfied].id);
  out.set("act", ledger::to_text(transition.act)).set("who", who_json(transition.who));
  out.set("guards", std::move(guards)).set("required", texts_json(transition.required));
  JsonArray inputs;
  for (const std::string_view input : ledger::inputs_of(transition.act)) inputs.emplace_back(input);
  out.set("inputs", std::move(inputs));
  if (transition.clock) out.set("clock", flow.clocks[*transition.clock].id);
  if (!transition.outcomes.empty()) {
    JsonArray outcomes;
    for (const std::uint16_t index : transition.outcomes)
      outcomes.emplace_back(flow.outcomes[index].id);
    out.set("outcomes", std::move(outcomes));
  }
  if (transition.note) out.set("note", title_json(*transition.note));
  return out;
}

// What happens by itself: {step, when, by}.
Json steps_json(const std::vector<ledger::FlowStep>& steps) {
  JsonArray out;
  for (const ledger::FlowStep& step : steps) {
    const bool at_end = step.when == ledger::FlowStep::When::AtEnd;
    const bool before = step.when == ledger::FlowStep::When::Before;
    Json each;
    each.set("step", ledger::to_text(step.step));
    each.set("when", at_end ? "at_end" : before ? "before" : "after");
    each.set("by", at_end ? Json() : Json(calendar::to_text(step.by)));
    out.push_back(std::move(each));
  }
  return out;
}

Json clock_json(const ledger::Flow& flow, const ledger::FlowClock& clock) {
  const auto turned_by = [&](const std::vector<std::uint16_t>& indexes) {
    JsonArray out;
    for (const std::uint16_t index : indexes) out.emplace_back(flow.transitions[index].id);
    return out;
  };
  JsonArray still;
  for (const std::uint16_t state : clock.stands_still) still.emplace_back(flow.states[state].id);
  Json out;
  out.set("clock", clock.id).set("title", title_json(clock.title));
  out.set("limit", clock.length ? calendar::to_text(*clock.length) : clock.rule);
  out.set("from_opening", clock.from_opening).set("from_feedback", clock.from_feedback);
  JsonArray sources;
  for (const std::uint16_t source : clock.sources) sources.emplace_back(flow.sources[source]);
  out.set("sources", std::move(sources));
  out.set("starts", turned_by(clock.starts)).set("stops", turned_by(clock.stops));
  out.set("stands_still", std::move(still)).set("owner", who_json(clock.owner));
  out.set("steps", steps_json(clock.steps));
  return out;
}

// What inspections find: which sources those are, and what comes with each finding.
Json findings_json(const ledger::Flow& flow) {
  JsonArray sources;
  for (const std::uint16_t source : flow.findings.sources)
    sources.emplace_back(flow.sources[source]);
  Json out;
  out.set("sources", std::move(sources)).set("required", texts_json(flow.findings.required));
  return out;
}

Json summary_json(const ledger::Flow& flow) {
  Json out;
  out.set("kind", flow.kind).set("version", flow.version).set("title", title_json(flow.title));
  out.set("totals", ledger::to_text(flow.totals));
  return out;
}

}  // namespace

Result<Response> get_kinds(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  JsonArray kinds;
  for (const std::string& kind : call.state().kinds)
    if (const auto flow = call.state().flow_of(kind))
      kinds.push_back(summary_json(*call.state().flows[*flow]));
  Json out;
  out.set("kinds", std::move(kinds));
  set_stamp(out, call);
  return json_response(out);
}

// The adopted rows whose name begins with the kind, in the order of the file.
Result<Response> get_kind_limits(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const std::string& kind = call.params[0];
  if (!call.state().kind_index(kind)) return refusal("kind_unknown", {{"kind", kind}});
  JsonArray limits;
  for (const calendar::Rule& rule : call.state().time_rules->limits())
    if (rule.code.starts_with(kind + ".")) limits.push_back(limit_json(rule));
  Json out;
  out.set("kind", kind).set("limits", std::move(limits));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_flow(const Call& call) {
  QueryReader query(call.target);
  const auto version = TZ_TRY(query.number("version", kJsonIntegerMax));
  TZ_TRY(query.finish());
  const std::string& kind = call.params[0];
  const auto index = version ? call.state().flow_of(kind, static_cast<std::int64_t>(*version))
                             : call.state().flow_of(kind);
  if (!index) return refusal("kind_unknown", {{"kind", kind}});
  const ledger::Flow& flow = *call.state().flows[*index];
  Json out = summary_json(flow);
  out.set("opened_by", who_json(flow.opened_by));
  out.set("opening_required", texts_json(flow.opening_required));
  out.set("sources", titled_json("source", flow.sources, flow.source_titles));
  out.set("findings", findings_json(flow));
  JsonArray brought;
  for (const std::uint16_t source : flow.brought) brought.emplace_back(flow.sources[source]);
  out.set("brought", std::move(brought));
  out.set("categories", titled_json("category", flow.categories, flow.category_titles));
  JsonArray states;
  for (const ledger::FlowState& state : flow.states) {
    Json each;
    each.set("state", state.id).set("title", title_json(state.title));
    each.set("phase", ledger::to_text(state.phase));
    states.push_back(std::move(each));
  }
  out.set("states", std::move(states));
  JsonArray clocks;
  for (const ledger::FlowClock& clock : flow.clocks) clocks.push_back(clock_json(flow, clock));
  out.set("clocks", std::move(clocks)).set("steps", steps_json(flow.steps));
  JsonArray deadlines;
  for (const std::uint16_t clock : flow.deadlines) deadlines.emplace_back(flow.clocks[clock].id);
  out.set("deadlines", std::move(deadlines));
  out.set("reports", flow.reports);
  out.set("response", flow.response ? Json(flow.clocks[*flow.response].id) : Json());
  JsonArray transitions;
  for (const ledger::Transition& transition : flow.transitions)
    transitions.push_back(transition_json(flow, transition));
  out.set("transitions", std::move(transitions));
  JsonArray outcomes;
  for (const ledger::FlowOutcome& outcome : flow.outcomes) {
    Json each;
    each.set("outcome", outcome.id).set("title", title_json(outcome.title));
    each.set("fixed", outcome.fixed);
    outcomes.push_back(std::move(each));
  }
  out.set("outcomes", std::move(outcomes));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
