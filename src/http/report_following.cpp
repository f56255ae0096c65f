// Reading an item for whoever sent it.
#include "http/report_following.h"

#include <algorithm>

#include "http/code_following.h"
#include "http/record_text.h"
#include "ledger/decide_report.h"
#include "ledger/verdict.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

std::string role_of(const Call& call, PostId post) {
  const ledger::Post* held = call.state().post(post);
  if (held == nullptr) return {};
  return call.words().text("role." + std::string(ledger::to_text(held->role)));
}

// Steps that are told to him: those that move his item on, and the end.
bool told(const ledger::Transition& transition) {
  switch (transition.act) {
    case ledger::Act::Move:
    case ledger::Act::Assign:
    case ledger::Act::Report:
    case ledger::Act::Close:
    case ledger::Act::Reopen:
    case ledger::Act::Judge:
    case ledger::Act::Merge:
    case ledger::Act::Link:
    case ledger::Act::Prolong:
    case ledger::Act::Extend:
      return true;
    default:
      return false;
  }
}

// More time is given to others; why, is told to him.
bool gives_time(ledger::Act act) {
  return act == ledger::Act::Prolong || act == ledger::Act::Extend;
}

// The item that his is dealt with in, and what was recorded there meanwhile.
Result<std::optional<Followed::Other>> other_of(const Call& call, const ledger::Item& item,
                                                const std::vector<HistoryEntry>& history) {
  if (!item.merged_into) return std::optional<Followed::Other>{};
  const Context& context = call.site.context;
  const ledger::Flow& flow = ledger::flow_of(item, call.state());
  Seq from;
  Seq until = item.last;
  bool merged = false;
  for (const HistoryEntry& entry : history) {
    const auto* taken = std::get_if<ledger::TransitionTaken>(&entry.event.event);
    const ledger::Transition* step =
        taken == nullptr ? nullptr : flow.transition(taken->transition);
    if (step == nullptr) continue;
    if (merged && taken->from != taken->to) {
      merged = false;
      until = entry.record.seq;
    }
    if (step->act != ledger::Act::Merge) continue;
    merged = true;
    from = entry.record.seq;
  }
  Followed::Other out{TZ_TRY(context.engine.item(*item.merged_into)), {}};
  if (merged) until = out.item.last;
  out.history = TZ_TRY(engine::history(context.engine, context.keyring, out.item.no));
  std::erase_if(out.history, [&](const HistoryEntry& entry) {
    return entry.record.seq < from || until < entry.record.seq || out.item.last < entry.record.seq;
  });
  return std::optional<Followed::Other>(std::move(out));
}

// Of the item that his is dealt with in he is told how it goes on and what is answered, but not
// what its own reporter says, nor reasons that were written for that one.
enum class Whose { His, Other };

void add_steps(const Call& call, const ledger::Item& item, const std::vector<HistoryEntry>& history,
               Whose whose, std::vector<ReportStep>& out) {
  const ledger::Flow& flow = ledger::flow_of(item, call.state());
  for (const HistoryEntry& entry : history) {
    const std::string at = call.instant_text(entry.record.recorded);
    if (std::holds_alternative<ledger::ItemOpened>(entry.event.event))
      out.push_back({entry.record.seq, at, flow.states.front().title, {}, {}});
    const auto* taken = std::get_if<ledger::TransitionTaken>(&entry.event.event);
    const ledger::Transition* transition =
        taken == nullptr ? nullptr : flow.transition(taken->transition);
    if (transition == nullptr || !told(*transition)) continue;
    if (whose == Whose::Other && transition->act == ledger::Act::Judge) continue;
    ReportStep step{entry.record.seq, at, transition->title, unit_of(call, entry.record.actor), {}};
    const auto to = flow.state(taken->to);
    const bool left = to && flow.states[*to].phase == ledger::Phase::Dropped &&
                      transition->act == ledger::Act::Move;
    const bool ends = transition->act == ledger::Act::Close || transition->act == ledger::Act::Link;
    if (ends) step.text = text_of(entry, "text").value_or("");
    // Before flows had a limit for the deadline, such reasons were written for the office alone.
    const bool longer = gives_time(transition->act) && !flow.deadlines.empty();
    if (left || (longer && whose == Whose::His)) step.text = text_of(entry, "reason").value_or("");
    out.push_back(std::move(step));
  }
}

}  // namespace

Result<Followed> followed(const Call& call, std::string_view no, std::string_view code) {
  const auto kept_in = [](const ledger::Item& item) -> std::optional<KeptCode> {
    if (!item.report) return std::nullopt;
    return KeptCode{item.report->code_salt, item.report->code_hash};
  };
  auto found = TZ_TRY(followed_item(call, no, code, kept_in, "report_unknown"));
  auto other = TZ_TRY(other_of(call, found.item, found.history));
  return Followed{std::move(found.item), std::move(found.history), std::move(other)};
}

ReportReceipt receipt_of(const Followed& followed) {
  ReportReceipt out;
  for (const HistoryEntry& entry : followed.history)
    if (entry.record.seq == followed.item.report->record) out = {entry.record.seq, entry.leaf};
  return out;
}

std::optional<std::uint16_t> to_judge(const Call& call, const Followed& followed) {
  const ledger::Item& item = followed.item;
  const ledger::Item* other = followed.other ? &followed.other->item : nullptr;
  const auto chance = ledger::judging(call.state(), item, other, call.now);
  if (!chance || ledger::own_word_given(item)) return std::nullopt;
  return chance->closure;
}

std::vector<ReportStep> steps_of(const Call& call, const Followed& followed) {
  std::vector<ReportStep> out;
  add_steps(call, followed.item, followed.history, Whose::His, out);
  if (!followed.other) return out;
  add_steps(call, followed.other->item, followed.other->history, Whose::Other, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const ReportStep& a, const ReportStep& b) { return a.seq < b.seq; });
  return out;
}

std::vector<ReportQuestion> questions_of(const Call& call, const Followed& followed) {
  std::vector<ReportQuestion> out;
  for (const HistoryEntry& entry : followed.history) {
    if (const auto* asked = std::get_if<ledger::QuestionAsked>(&entry.event.event))
      out.push_back({asked->question, call.instant_text(entry.record.recorded),
                     text_of(entry, "question").value_or(""), std::nullopt});
    if (const auto* answered = std::get_if<ledger::QuestionAnswered>(&entry.event.event))
      for (ReportQuestion& question : out)
        if (question.question == answered->question)
          question.answer = text_of(entry, "answer").value_or("");
  }
  return out;
}

std::vector<SealEvent> seal_events_of(const Call& call, const Followed& followed) {
  std::vector<SealEvent> out;
  for (const HistoryEntry& entry : followed.history) {
    const PostId by = entry.record.actor;
    SealEvent event{SealEvent::What::Asked,
                    call.instant_text(entry.record.recorded),
                    unit_of(call, by),
                    role_of(call, by),
                    {}};
    if (std::holds_alternative<ledger::OpeningAsked>(entry.event.event))
      event.reason = text_of(entry, "reason").value_or("");
    else if (std::holds_alternative<ledger::OpeningAgreed>(entry.event.event))
      event.what = SealEvent::What::Agreed;
    else if (std::holds_alternative<ledger::EnvelopeHandedOut>(entry.event.event))
      event.what = SealEvent::What::HandedOut;
    else if (std::holds_alternative<ledger::ReporterRead>(entry.event.event))
      event.what = SealEvent::What::NameRead;
    else
      continue;
    out.push_back(std::move(event));
  }
  return out;
}

}  // namespace tz::http
