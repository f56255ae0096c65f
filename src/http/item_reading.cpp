// An item and its records as JSON.
#include "http/item_reading.h"

#include <algorithm>
#include <map>

#include "base/csv.h"
#include "http/fund_json.h"
#include "http/item_shares.h"
#include "http/record_text.h"
#include "http/render.h"
#include "http/report_sight.h"
#include "ledger/checkable.h"
#include "ledger/clock.h"
#include "ledger/decide.h"
#include "ledger/guard.h"
#include "ledger/item_thresholds.h"
#include "ledger/light.h"
#include "ledger/lot.h"
#include "ledger/resident_sight.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

const char* verdict_text(ledger::Verdict verdict) {
  switch (verdict) {
    case ledger::Verdict::Yes:
      return "yes";
    case ledger::Verdict::No:
      return "no";
    case ledger::Verdict::NoAnswer:
      break;
  }
  return "no_answer";
}

// Whether the facts that hold now were taken from the article, invented, or neither.
struct Origins {
  ledger::Origin duties = ledger::Origin::Real;  // of the newest assignment
  ledger::Origin criterion = ledger::Origin::Real;
  ledger::Origin judgement = ledger::Origin::Real;
  std::map<std::uint16_t, ledger::Origin> measures;
  std::map<std::uint16_t, ledger::Origin> closures;
};
Origins origins_of(const std::vector<HistoryEntry>& history) {
  Origins out;
  for (const HistoryEntry& entry : history) {
    const ledger::Event& event = entry.event.event;
    const ledger::Origin origin = entry.event.origin;
    if (std::holds_alternative<ledger::Assigned>(event)) out.duties = origin;
    if (std::holds_alternative<ledger::CriterionSet>(event)) out.criterion = origin;
    if (std::holds_alternative<ledger::JudgementGiven>(event)) out.judgement = origin;
    if (const auto* one = std::get_if<ledger::MeasurePlanned>(&event))
      out.measures[one->measure] = origin;
    if (const auto* one = std::get_if<ledger::ItemClosed>(&event))
      out.closures[one->closure] = origin;
  }
  return out;
}

Json measures_json(const Call& call, const ledger::Item& item,
                   const std::vector<HistoryEntry>& history, const Origins& origins) {
  JsonArray out;
  for (const ledger::Measure& measure : item.measures) {
    Json each;
    each.set("measure", std::int64_t{measure.measure});
    each.set("owner", unit_json(call.tree(), measure.owner));
    each.set("due", to_text(measure.due)).set("done", measure.done);
    each.set("ended", measure.ended);
    Json text;
    for (const HistoryEntry& entry : history) {
      const auto* planned = std::get_if<ledger::MeasurePlanned>(&entry.event.event);
      if (planned != nullptr && planned->measure == measure.measure)
        text = text_json(text_of(entry, "measure"));
    }
    each.set("text", std::move(text));
    each.set("origin", ledger::to_text(origins.measures.at(measure.measure)));
    out.push_back(std::move(each));
  }
  return out;
}

Json criterion_json(const ledger::Item& item, const std::vector<HistoryEntry>& history,
                    const Origins& origins) {
  if (!item.criterion) return {};
  Json out;
  out.set("quantities", quantities_json(*item.criterion));
  Json text;
  for (const HistoryEntry& entry : history)
    if (std::holds_alternative<ledger::CriterionSet>(entry.event.event))
      text = text_json(text_of(entry, "criterion"));
  out.set("text", std::move(text)).set("origin", ledger::to_text(origins.criterion));
  return out;
}

// Every criterion the item has had, oldest first; the last one stands.
Json criteria_json(const std::vector<HistoryEntry>& history) {
  JsonArray out;
  for (const HistoryEntry& entry : history) {
    const auto* set = std::get_if<ledger::CriterionSet>(&entry.event.event);
    if (set == nullptr) continue;
    Json each;
    each.set("text", text_json(text_of(entry, "criterion")));
    each.set("quantities", quantities_json(set->quantities));
    each.set("record", entry.record.seq.value);
    each.set("origin", ledger::to_text(entry.event.origin));
    out.push_back(std::move(each));
  }
  return out;
}

Json evidence_json(const Call& call, const ledger::Item& item,
                   const std::vector<HistoryEntry>& history) {
  JsonArray out;
  for (const HistoryEntry& entry : history) {
    const auto* added = std::get_if<ledger::EvidenceAdded>(&entry.event.event);
    if (added == nullptr || entry.payload_withheld) continue;
    Json each;
    each.set("sha256", to_hex(added->sha256)).set("media_type", added->media_type);
    each.set("bytes", added->bytes).set("name", text_json(text_of(entry, "name")));
    each.set("taker", text_json(text_of(entry, "taker")));
    each.set("place", unit_json(call.tree(), added->place)).set("taken", day_json(added->taken));
    each.set("original", added->original ? Json(to_hex(*added->original)) : Json());
    each.set("record", entry.record.seq.value);
    each.set("destroyed", std::any_of(item.evidence.begin(), item.evidence.end(),
                                      [&](const ledger::EvidenceNote& note) {
                                        return note.record == entry.record.seq && note.destroyed;
                                      }));
    each.set("origin", ledger::to_text(entry.event.origin));
    out.push_back(std::move(each));
  }
  return out;
}

const char* clock_state(const ledger::ItemClock& clock, Instant now) {
  if (clock.stopped) return ledger::late(clock, now) ? "stopped_late" : "stopped";
  if (clock.still_since) return "stands_still";
  return ledger::ended(clock, now) ? "over" : "runs";
}

// The time limits that have started, in the order of the flow.
Json clocks_json(const Call& call, const ledger::Item& item) {
  const ledger::Flow& flow = ledger::flow_of(item, call.state());
  JsonArray out;
  for (std::size_t index = 0; index < flow.clocks.size(); ++index) {
    const ledger::ItemClock* clock = ledger::clock_of(item, static_cast<std::uint16_t>(index));
    if (clock == nullptr) continue;
    Json each;
    each.set("clock", flow.clocks[index].id).set("title", title_json(flow.clocks[index].title));
    each.set("state", clock_state(*clock, call.now));
    each.set("started", call.instant_text(clock->started))
        .set("due", call.instant_text(clock->due));
    each.set("due_day", to_text(clock->due_day));
    each.set("first_due_day", to_text(clock->first_due_day));
    each.set("provisional", clock->provisional);
    JsonArray owners;
    for (const ledger::Who& who : flow.clocks[index].owner)
      owners.emplace_back(ledger::to_text(who.role));
    each.set("owners", std::move(owners));
    out.push_back(std::move(each));
  }
  return out;
}

// What the clock does next about the item, and when.
Json next_step_json(const Call& call, const ledger::Item& item) {
  const auto next = ledger::next_turn(call.state(), ledger::row_of(item, call.state()),
                                      ledger::limits_of(item, call.state()));
  if (!next) return {};
  const ledger::Flow& flow = ledger::flow_of(item, call.state());
  const bool of_clock = next->clock < ledger::LiveLimit::kPart;
  Json out;
  out.set("clock", of_clock ? Json(flow.clocks[next->clock].id) : Json());
  if (const auto part = ledger::part_of(next->clock)) out.set("part", std::int64_t{*part});
  out.set("step", ledger::to_text(next->step.step)).set("at", call.instant_text(next->step.at));
  return out;
}

// How many could check the fix, where they are too few.
Json checkers_json(const Call& call, const ledger::Item& item) {
  const auto checkers = ledger::checkers_of(call.state(), item, call.today);
  if (!checkers || checkers->there >= checkers->needed) return {};
  Json out;
  out.set("there", static_cast<std::int64_t>(checkers->there));
  out.set("needed", static_cast<std::int64_t>(checkers->needed));
  return out;
}

// By which rows of the limits it goes in place of its flow's numbers.
Json thresholds_json(const Call& call, const ledger::Item& item) {
  JsonArray out;
  for (const calendar::Rule* rule :
       ledger::thresholds_of(call.state(), ledger::opened_as(call.state(), item)))
    out.push_back(limit_json(*rule));
  return out;
}

Json closures_json(const ledger::Item& item, const Origins& origins) {
  JsonArray out;
  for (const ledger::Closure& closure : item.closures) {
    Json each;
    each.set("outcome", closure.outcome).set("fixed", closure.fixed);
    each.set("day", to_text(closure.day)).set("stands", closure.stands);
    each.set("recurrences", std::int64_t{closure.recurrences});
    JsonArray looks;
    for (const ledger::LookBackResult found : closure.look_backs)
      looks.emplace_back(ledger::to_text(found));
    each.set("look_backs", std::move(looks));
    each.set("ground", closure.ground ? Json(ledger::to_text(*closure.ground)) : Json());
    each.set("quantities", quantities_json(closure.quantities));
    const auto number = static_cast<std::uint16_t>(out.size() + 1);
    each.set("origin", ledger::to_text(origins.closures.at(number)));
    out.push_back(std::move(each));
  }
  return out;
}

template <class Word>
Json word_json(const std::optional<Word>& word) {
  return word ? Json(ledger::to_text(*word)) : Json();
}

Json judgement_json(const Call& call, const ledger::Item& item, const Origins& origins) {
  if (!item.judgement || keeps_answer_back(call, item, *item.judgement, {})) return {};
  Json out;
  out.set("solved", verdict_text(item.judgement->solved));
  out.set("satisfied", verdict_text(item.judgement->satisfied));
  out.set("way", word_json(item.judgement->way)).set("why", word_json(item.judgement->why));
  out.set("by", item.judgement_by ? acting_json(call.state(), *item.judgement_by) : Json());
  out.set("tries", std::int64_t{item.tries});
  out.set("closure", std::int64_t{item.judgement->closure});
  out.set("origin", ledger::to_text(origins.judgement));
  return out;
}

// Whom its newest closing concerns, and what those say who were drawn: by number, never by name.
// Of a handful who answered, what they come to is not told, and before all were asked to nobody but
// those who ask: whoever looked after each answer would learn it by the difference.
Json lot_json(const Call& call, const ledger::Item& item) {
  if (!item.lot) return {};
  const ledger::Lot& lot = *item.lot;
  const ledger::LotCount count = ledger::count_of(lot);
  const bool hears = ledger::hears_drawn(*call.present().state, item, call.account(), call.today);
  Json out;
  out.set("closure", std::int64_t{lot.list.closure}).set("record", lot.record.value);
  out.set("affected", std::int64_t{lot.list.affected}).set("asked", std::int64_t{lot.list.asked});
  out.set("digest", to_hex(lot.list.digest)).set("position", ledger::draw_position(lot.record));
  out.set("root", lot.root ? Json(to_hex(*lot.root)) : Json());
  JsonArray drawn;
  for (const ledger::DrawnAnswer& one : lot.drawn) {
    Json each;
    each.set("number", std::int64_t{one.number}).set("done", hears ? Json(one.done()) : Json());
    each.set("answered", hears ? Json(one.answered()) : Json());
    each.set("tries", hears ? Json(std::int64_t{one.tries}) : Json());
    drawn.push_back(std::move(each));
  }
  out.set("drawn", std::move(drawn));
  out.set("answered", std::int64_t{count.answered}).set("silent", std::int64_t{count.silent});
  const bool told = hears || ledger::is_done(lot);
  const auto shown = [&](std::uint32_t yes, std::uint32_t of) {
    return !told || of < ledger::kPublicCountMin ? Json() : Json(std::int64_t{yes});
  };
  out.set("solved", shown(count.solved, count.answered));
  out.set("satisfied", shown(count.satisfied, count.rated));
  return out;
}

Json refusal_json(const Call& call, const std::optional<Error>& refusal) {
  if (!refusal) return {};
  Json out;
  out.set("code", refusal->code).set("detail", call.words().text(*refusal));
  return out;
}

// To which day a notice runs at the least that is given now.
Json notice_last_min_json(const Call& call, const ledger::Item& item,
                          const ledger::Transition& step) {
  const ledger::Guard* guard = step.notice_guard();
  if (guard == nullptr) return {};
  const ledger::Circumstances at{
      call.state(), [](ledger::ItemNo) { return nullptr; }, {call.account(), {}}, call.now};
  const auto end = ledger::notice_end(at, item, *guard);
  return end.ok() ? Json(to_text(end->day)) : Json();
}

Json offers_json(const Call& call, const ledger::Item& item) {
  JsonArray out;
  for (const ledger::Offer& offer : ledger::offers(call.state(), call.account(), item, call.now)) {
    Json each;
    each.set("transition", offer.transition->id);
    each.set("title", title_json(offer.transition->title));
    each.set("act", ledger::to_text(offer.transition->act));
    Json required;
    required = JsonArray{};
    for (const std::string& field : offer.transition->required) required.push(field);
    each.set("required", std::move(required));
    each.set("notice_last_min", notice_last_min_json(call, item, *offer.transition));
    each.set("refusal", refusal_json(call, offer.refusal));
    out.push_back(std::move(each));
  }
  return out;
}

Json progress_json(const ledger::Item& item) {
  if (!item.progress) return {};
  Json out;
  out.set("percent", std::int64_t{item.progress->percent}).set("day", to_text(item.progress->day));
  return out;
}

// What it is about and where it came from.
void set_matter(const ledger::Item& item, const engine::CurrentTexts& texts, Json& out) {
  out.set("source", item.source).set("upstream_no", text_json(texts.upstream_no));
  out.set("source_doc", text_json(texts.source_doc)).set("category", text_json(item.category));
  out.set("nature", item.nature ? Json(ledger::to_text(*item.nature)) : Json());
  out.set("severity", item.severity ? Json(ledger::to_text(*item.severity)) : Json());
  out.set("fix_class", item.fix_class).set("origin", ledger::to_text(item.origin));
  out.set("remark", text_json(texts.remark));
}

// Of a household that moves, what is known without knowing who it is.
Json household_json(const Call& call, const ledger::Item& item) {
  if (!item.household) return {};
  const ledger::Scheme& scheme = *call.state().schemes[item.household->scheme];
  Json out;
  out.set("scheme", scheme.code).set("name", scheme.name);
  out.set("stage", ledger::to_text(ledger::stage_of(item, call.state())));
  out.set("has_signed", item.household->has_signed).set("has_code", item.household->has_code);
  const auto& whole = item.household->split_from;
  out.set("split_from", whole ? Json(ledger::to_text(*whole)) : Json());
  JsonArray splits;
  for (const ledger::ItemNo no : item.household->splits) splits.push_back(ledger::to_text(no));
  out.set("splits", std::move(splits));
  return out;
}

// What its source's list says of it, and the special item to which it rolls up.
void set_finding(const Call& call, const ledger::Item& item, const engine::CurrentTexts& texts,
                 Json& out) {
  const ledger::OrgTree& tree = call.tree();
  out.set("batch", text_json(item.batch)).set("feedback", day_json(item.feedback));
  out.set("implementing", units_json(tree, item.implementing));
  out.set("to_accept", unit_json(tree, item.to_accept));
  out.set("target", text_json(texts.target)).set("key_measures", text_json(texts.key_measures));
  out.set("special", special_json(call.state(), item.special));
  out.set("household", household_json(call, item));
}

void set_duties(const Call& call, const ledger::Item& item, const engine::CurrentTexts& texts,
                Json& out) {
  const ledger::OrgTree& tree = call.tree();
  out.set("lead", unit_json(tree, item.lead));
  out.set("lead_official", text_json(texts.lead_official));
  out.set("responsible", units_json(tree, item.responsible));
  out.set("responsible_person", text_json(texts.responsible_person));
  out.set("supporting", units_json(tree, item.supporting));
  out.set("supervising", unit_json(tree, item.supervising));
  out.set("accepting", unit_json(tree, item.accepting));
  out.set("due", day_json(item.due)).set("original_due", day_json(item.original_due));
  const bool open = ledger::is_open(ledger::phase_of(item, call.state()));
  out.set("overdue", open && item.due && *item.due < call.today);
}

}  // namespace

Result<ledger::Item> readable_item(const Call& call, const std::string& no_text) {
  const auto no = ledger::parse_item_no(no_text);
  if (!no) return refusal("item_no_bad", {{"text", std::string(beginning_of(no_text, 40))}});
  const Error unknown = refusal("item_unknown", {{"item", ledger::to_text(*no)}});
  const rollup::View& view = call.view();
  if (view.row_count() == 0) return unknown;
  // Where there is none, another is read in its place, so that the time tells nothing.
  const auto found = view.find(*no);
  const auto decoy = static_cast<std::uint32_t>(no->value % view.row_count());
  const ledger::ItemRow row = view.row(found.value_or(rollup::RowIndex{decoy}));
  ledger::Item item = TZ_TRY(call.site.context.engine.item(row.no));
  const bool allowed = ledger::may_read(call.state(), call.account(), item, call.today);
  if (!call.caller || !found || row.import || !allowed) return unknown;
  return item;
}

Result<std::vector<HistoryEntry>> history_of(const Call& call, const ledger::Item& item) {
  const Context& context = call.site.context;
  auto history = TZ_TRY(engine::history(context.engine, context.keyring, item.no));
  std::erase_if(history, [&](const HistoryEntry& entry) { return item.last < entry.record.seq; });
  TZ_TRY(withhold(call, item, history));
  return history;
}

Result<Json> item_json(const Call& call, const ledger::Item& item,
                       const std::vector<HistoryEntry>& history) {
  const ledger::Flow& flow = ledger::flow_of(item, call.state());
  const ledger::FlowState& state = flow.states[item.state];
  const engine::CurrentTexts texts = engine::current_texts(history);
  Json state_json;
  state_json.set("id", state.id).set("title", title_json(state.title));
  Json out;
  out.set("item", ledger::to_text(item.no)).set("version", item.last.value);
  out.set("kind", flow.kind).set("flow_version", flow.version);
  out.set("state", std::move(state_json)).set("phase", ledger::to_text(state.phase));
  out.set("title", text_json(texts.title)).set("description", text_json(texts.description));
  out.set("unit", unit_json(call.tree(), item.place))
      .set("path", path_json(call.tree(), item.place));
  set_matter(item, texts, out);
  set_finding(call, item, texts, out);
  out.set("opened", call.instant_text(item.opened));
  out.set("recorder", acting_json(call.state(), item.recorder));
  set_duties(call, item, texts, out);
  const Origins origins = origins_of(history);
  out.set("duties_origin", item.lead ? Json(ledger::to_text(origins.duties)) : Json());
  out.set("progress", progress_json(item));
  out.set("clocks", clocks_json(call, item));
  out.set("light", light_json(call, item)).set("next_step", next_step_json(call, item));
  out.set("checkers", checkers_json(call, item));
  out.set("thresholds", thresholds_json(call, item));
  out.set("measures", measures_json(call, item, history, origins));
  out.set("criterion", criterion_json(item, history, origins));
  out.set("criteria", criteria_json(history));
  out.set("claimed", quantities_json(item.claimed));
  out.set("measured", quantities_json(item.measured));
  out.set("notice_last", day_json(item.notice_last));
  out.set("evidence", evidence_json(call, item, history));
  out.set("closures", closures_json(item, origins))
      .set("judgement", judgement_json(call, item, origins));
  out.set("lot", lot_json(call, item));
  out.set("returned", std::int64_t{item.returned}).set("reopened", std::int64_t{item.reopened});
  set_shares(call, item, history, out);
  TZ_TRY(set_links(call, item, out));
  out.set("report", report_json(call, item, history));
  const ledger::Fund* fund = call.state().fund_of(item.no);
  out.set("loan",
          fund == nullptr ? Json() : loan_json(call.state(), *fund->loan(item.no), call.today));
  out.set("offers", offers_json(call, item));
  out.set("erasure_refusal", refusal_json(call, ledger::erasure_refusal(
                                                    call.state(), call.account(), item, call.now)));
  set_stamp(out, call);
  return out;
}

Json record_json(const Call& call, const HistoryEntry& entry) {
  const journal::Record& record = entry.record;
  Bytes command;
  ByteWriter(command).u64(record.command.value);
  Json out;
  out.set("seq", record.seq.value).set("at", call.instant_text(record.recorded));
  out.set("type", record.type).set("by", acting_json(call.state(), record.actor));
  out.set("command", to_hex(command));
  out.set("origin", ledger::to_text(entry.event.origin));
  const auto payload = parse_json(record.payload);
  out.set("payload", payload.ok() && !entry.payload_withheld ? *payload : Json());
  Json texts;
  texts = JsonObject{};
  Json parts;
  parts = JsonArray{};
  JsonArray withheld;
  for (std::size_t i = 0; i < entry.texts.size(); ++i) {
    parts.push(entry.event.labels[i]);
    if (i < entry.withheld.size() && entry.withheld[i])
      withheld.emplace_back(entry.event.labels[i]);
    if (texts.find(entry.event.labels[i]) == nullptr)
      texts.set(entry.event.labels[i], text_json(entry.texts[i]));
  }
  out.set("texts", std::move(texts)).set("parts", std::move(parts));
  out.set("withheld", std::move(withheld));
  out.set("leaf", to_hex(entry.leaf));
  return out;
}

std::string etag_of(Seq version) { return "\"" + std::to_string(version.value) + "\""; }

Json light_json(const Call& call, const ledger::Item& item) {
  const auto lit = ledger::light_of(call.state(), item, call.shown_at());
  if (!lit) return {};
  Json out;
  out.set("color", ledger::to_text(lit->light)).set("reason", ledger::to_text(lit->reason));
  return out;
}

}  // namespace tz::http
