// Labels by the event they stand with, and the same facts as JSON.
#include "http/report_sight.h"

#include <algorithm>

#include "access/envelope.h"
#include "http/record_text.h"
#include "http/render.h"
#include "ledger/permission.h"
#include "ledger/receiver.h"
#include "ledger/resident_sight.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

template <class Event>
const Event* event_of(const HistoryEntry& entry) {
  return std::get_if<Event>(&entry.event.event);
}

Json questions_json(const Call& call, const std::vector<HistoryEntry>& history) {
  JsonArray out;
  for (const HistoryEntry& entry : history) {
    if (event_of<ledger::QuestionAsked>(entry) != nullptr) {
      Json each;
      each.set("text", text_json(text_of(entry, "question")));
      each.set("at", call.instant_text(entry.record.recorded));
      each.set("answer", Json()).set("answered", Json());
      out.push_back(std::move(each));
    }
    const auto* answered = event_of<ledger::QuestionAnswered>(entry);
    if (answered == nullptr || answered->question < 1 || answered->question > out.size()) continue;
    Json each;
    const Json& asked = out[answered->question - 1U];
    each.set("text", *asked.find("text")).set("at", *asked.find("at"));
    each.set("answer", text_json(text_of(entry, "answer")));
    each.set("answered", call.instant_text(entry.record.recorded));
    out[answered->question - 1U] = std::move(each);
  }
  return out;
}

Json openings_json(const Call& call, const ledger::Item& item,
                   const std::vector<HistoryEntry>& history) {
  JsonArray out;
  std::size_t number = 0;
  for (const ledger::Opening& opening : item.report->openings) {
    ++number;
    Json each;
    JsonArray taken;
    for (const HistoryEntry& entry : history) {
      if (entry.record.seq == opening.asked) {
        each.set("asked", call.instant_text(entry.record.recorded));
        each.set("reason", text_json(text_of(entry, "reason")));
      }
      const auto* handed = event_of<ledger::EnvelopeHandedOut>(entry);
      if (handed == nullptr || handed->opening != number) continue;
      Json one;
      one.set("at", call.instant_text(entry.record.recorded));
      one.set("by", acting_json(call.state(), entry.record.actor));
      taken.push_back(std::move(one));
    }
    each.set("by", acting_json(call.state(), opening.asker));
    each.set("agreed", opening.agreer ? acting_json(call.state(), *opening.agreer) : Json());
    each.set("handed_out", std::move(taken));
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace

bool receives(const Call& call, const ledger::Item& item) {
  const ledger::PolicyRow& row = call.state().policy->of(ledger::Right::ItemRead);
  const std::vector<ledger::Post> posts = call.state().posts_of(call.account(), call.today);
  return std::any_of(posts.begin(), posts.end(), [&](const ledger::Post& post) {
    return row.over(post.role).has(ledger::Relation::Own) &&
           ledger::receives_for(call.state(), item, post.unit, call.today);
  });
}

bool keeps_file_back(const ledger::Item& item, Seq record, bool receiver) {
  if (receiver) return false;
  return std::any_of(
      item.evidence.begin(), item.evidence.end(),
      [&](const ledger::EvidenceNote& note) { return note.record == record && note.kept_back; });
}

bool withheld(const ledger::Item& item, const HistoryEntry& entry, std::string_view label,
              bool receiver) {
  if (!item.report) return false;
  const ledger::Event& event = entry.event.event;
  if (const auto* sealed = event_of<ledger::IdentitySealed>(entry))
    return ledger::seals_somebody(*sealed);
  const bool received = std::holds_alternative<ledger::ReportReceived>(event);
  if (received && label == "reporter") return item.report->manner == ledger::Manner::Named;
  if (receiver) return false;
  if (received) return true;
  if (std::holds_alternative<ledger::EvidenceAdded>(event))
    return keeps_file_back(item, entry.record.seq, receiver);
  // Also what he wrote himself of why he is not satisfied.
  return std::holds_alternative<ledger::JudgementGiven>(event) ||
         std::holds_alternative<ledger::QuestionAsked>(event) ||
         std::holds_alternative<ledger::QuestionAnswered>(event) ||
         std::holds_alternative<ledger::AbstractWritten>(event) ||
         std::holds_alternative<ledger::OpeningAsked>(event);
}

Result<bool> may_know_of(const Call& call, const ledger::Item& item, ledger::ItemNo other) {
  if (item.report && !receives(call, item)) return false;
  const auto row = call.view().find(other);
  if (!row) return false;
  const ledger::Flow& flow = *call.state().flows[call.view().row(*row).flow];
  if (flow.totals == ledger::TotalsAudience::Public) return true;
  const auto linked = TZ_TRY(call.site.context.engine.item(other));
  return ledger::may_read(*call.present().state, call.account(), linked, call.today);
}

Result<bool> payload_withheld(const Call& call, const ledger::Item& item,
                              const ledger::Event& event, Seq record) {
  if (const auto* linked = std::get_if<ledger::ItemsLinked>(&event))
    return !TZ_TRY(may_know_of(call, item, linked->other));
  const bool answer = std::holds_alternative<ledger::JudgementGiven>(event);
  if (answer && keeps_answer_back(call, item, event, record)) return true;
  return keeps_file_back(item, record, receives(call, item));
}

bool keeps_answer_back(const Call& call, const ledger::Item& item, const ledger::Event& event,
                       std::optional<Seq> record) {
  return ledger::tells_drawn(call.state(), item, event, record) &&
         !ledger::hears_drawn(*call.present().state, item, call.account(), call.today);
}

Outcome withhold(const Call& call, const ledger::Item& item, std::vector<HistoryEntry>& history) {
  const bool receiver = receives(call, item);
  for (HistoryEntry& entry : history) {
    entry.payload_withheld =
        TZ_TRY(payload_withheld(call, item, entry.event.event, entry.record.seq));
    const bool answer = keeps_answer_back(call, item, entry.event.event, entry.record.seq);
    if (!item.report && !answer) continue;
    entry.withheld.assign(entry.texts.size(), false);
    for (std::size_t i = 0; i < entry.texts.size(); ++i) {
      if (!answer && !withheld(item, entry, entry.event.labels[i], receiver)) continue;
      entry.texts[i].reset();
      entry.withheld[i] = true;
    }
  }
  return Done{};
}

DraftTexts draft_of(const ledger::Item& item, const std::vector<HistoryEntry>& history) {
  DraftTexts out;
  if (!item.report || !item.report->draft) return out;
  for (const HistoryEntry& entry : history)
    if (entry.record.seq == item.report->draft->record)
      out = {text_of(entry, "draft_title"), text_of(entry, "draft")};
  return out;
}

Json report_json(const Call& call, const ledger::Item& item,
                 const std::vector<HistoryEntry>& history) {
  if (!item.report) return {};
  const ledger::Report& report = *item.report;
  Json out;
  out.set("manner", ledger::to_text(report.manner)).set("accusation", report.accusation);
  const bool receiver = receives(call, item);
  out.set("receiver", receiver);
  Json text;
  JsonArray accused;
  for (const HistoryEntry& entry : history) {
    if (event_of<ledger::ReportReceived>(entry) == nullptr) continue;
    text = text_json(text_of(entry, "report"));
    for (const UnitId unit :
         ledger::accused_in(text_of(entry, "accused").value_or(""), call.tree()))
      accused.push_back(unit_json(call.tree(), unit));
  }
  out.set("text", std::move(text));
  out.set("accused", std::move(accused));
  out.set("questions", receiver ? questions_json(call, history) : Json(JsonArray{}));
  Json draft;
  if (receiver && report.draft) {
    const DraftTexts texts = draft_of(item, history);
    draft.set("title", text_json(texts.title)).set("text", text_json(texts.text));
    draft.set("approved", report.draft->approved);
  }
  out.set("draft", std::move(draft));
  out.set("envelopes", static_cast<std::uint64_t>(report.envelopes.size()));
  out.set("openings", receiver ? openings_json(call, item, history) : Json(JsonArray{}));
  return out;
}

std::optional<std::string> reporter_of(const std::vector<HistoryEntry>& history) {
  for (const HistoryEntry& entry : history)
    if (event_of<ledger::ReportReceived>(entry) != nullptr) return text_of(entry, "reporter");
  return std::nullopt;
}

Json envelopes_json(const Call& call, const ledger::Item& item,
                    const std::vector<HistoryEntry>& history) {
  JsonArray out;
  for (const HistoryEntry& entry : history) {
    const auto* sealed = event_of<ledger::IdentitySealed>(entry);
    if (sealed == nullptr || !ledger::seals_somebody(*sealed)) continue;
    const auto text = text_of(entry, "envelope");
    const auto box = text ? from_base64(*text) : Result<Bytes>(refusal("bad_base64"));
    if (!box.ok()) continue;  // destroyed
    out.push_back(access::to_json(
        {call.state().genesis.ledger_id, ledger::to_text(item.no), entry.record.seq.value,
         std::string(call.tree().code(sealed->unit)), sealed->key, sealed->commitment, *box}));
  }
  return out;
}

}  // namespace tz::http
