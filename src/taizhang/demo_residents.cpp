// The steps of what residents come with: services, disputes and requests, and what they say of them
// themselves; who checks for a fund; and the ballot on what is done for them.
#include <fmt/core.h>

#include "access/query_code.h"
#include "http/report_sending.h"
#include "taizhang/demo_player.h"

namespace tz::program {
namespace {

// The stories are built in and tested: a word of a closed list is one of it.
template <class Named>
auto known(Named named, const std::string& word) {
  const auto found = named(word);
  TZ_ASSERT(found.has_value());
  return *found;
}

bool says_yes(const Json& step, const char* name) { return text_of(step, name) == "yes"; }

ledger::GivenVisit visit_in(const Json& given) {
  ledger::GivenVisit out;
  out.visit.reason = known(ledger::visit_reason_named, text_of(given, "reason"));
  if (given.find("material") != nullptr) out.visit.material = text_of(given, "material");
  if (given.find("why") != nullptr)
    out.visit.why = known(ledger::missing_why_named, text_of(given, "why"));
  out.text = text_or(given, "text");
  return out;
}

}  // namespace

// A visitor opens with it what the resident would: shown once to him, it is in no record.
void Player::tell_code(const char* page, const std::string& no, std::string_view code,
                       const std::string& of) {
  codes_told_ += fmt::format("{:<12}{:<18}{:<28}{}\n", page, no, code, of);
}

Outcome Player::bind_checkers(const Json& step) {
  return send(step, ledger::BindCheckers{text_of(step, "fund"), posts_of(*step.find("checkers"))});
}

// As many as `times` says, each a record of its own.
Outcome Player::handle(const Json& step) {
  ledger::RecordHandling command;
  command.service = text_of(step, "service");
  command.unit = TZ_TRY(unit(text_of(step, "unit")));
  command.day = TZ_TRY(parse_day(text_of(step, "day")));
  command.visits = number_in(step, "visits").value_or(1);
  if (const Json* further = step.find("further"))
    for (const Json& one : *further->as_array()) command.further.push_back(visit_in(one));
  const AccountId by = account(text_of(step, "as"));
  std::vector<engine::Request> requests;
  for (std::int64_t i = 0; i < number_in(step, "times").value_or(1); ++i)
    requests.push_back({command, {by, {}}, {}, {}, origin_of(step)});
  TZ_TRY(submit_all(std::move(requests)));
  return Done{};
}

Outcome Player::bring_dispute(const Json& step) {
  ledger::RecordDispute command;
  command.no = ledger::DisputeNo{random_.next_u64() % ledger::kItemNoCount};
  command.unit = TZ_TRY(unit(text_of(step, "unit")));
  command.sort = known(ledger::dispute_sort_named, text_of(step, "sort"));
  command.day = TZ_TRY(parse_day(text_of(step, "day")));
  random_.fill(command.code_salt);
  std::vector<std::string> codes;
  for (std::int64_t i = 0; i < number_in(step, "parties").value_or(2); ++i) {
    codes.push_back(access::new_query_code(random_));
    command.parties.push_back(access::hash_of_code(codes.back(), command.code_salt));
  }
  if (step.find("returns") != nullptr) command.returns = disputes_.at(text_of(step, "returns")).no;
  if (step.find("outcome") != nullptr) {
    ledger::GivenEnd end;
    end.outcome = known(ledger::dispute_outcome_named, text_of(step, "outcome"));
    if (step.find("referred_to") != nullptr)
      end.referred_to = known(ledger::referred_to_named, text_of(step, "referred_to"));
    command.end = std::move(end);
  }
  const std::string& name = text_of(step, "dispute");
  disputes_[name] = {command.no, command.parties};
  TZ_TRY(send(step, command));
  for (const std::string& code : codes)
    tell_code("/dispute", ledger::to_text(command.no), code, name);
  return Done{};
}

// By its code where nobody writes it down for the party.
Outcome Player::answer_dispute(const Json& step) {
  const ToldDispute& dispute = disputes_.at(text_of(step, "dispute"));
  const auto party = static_cast<std::uint16_t>(number_in(step, "party").value_or(1));
  const bool agrees = says_yes(step, "agrees");
  if (step.find("as") != nullptr) return send(step, ledger::EnterAnswer{dispute.no, party, agrees});
  const ledger::AnswerDispute command{dispute.no, dispute.parties.at(party - 1U), agrees};
  TZ_TRY(ledger_.engine->submit_and_wait({command, {}, {}, {}, origin_of(step)}));
  return Done{};
}

// What somebody sends in himself, or tells an official who writes it down for him.
Outcome Player::receive(const Json& step) {
  const auto now = ledger_.engine->published();
  http::SentReport sent;
  sent.kind = "request";
  sent.place = TZ_TRY(unit(text_of(step, "unit")));
  sent.category = text_of(step, "category");
  sent.text = text_of(step, "text");
  sent.source = text_or(step, "source");
  const Day today = day_of(clock_.now(), now.state->zone);
  http::ReportOnItsWay ready =
      TZ_TRY(http::prepare_report(*now.state, today, std::move(sent), random_));
  const std::string& name = text_of(step, "item");
  codes_[name] = ready.command.code_hash;
  ledger::Actor actor;
  if (step.find("as") != nullptr) actor.account = account(text_of(step, "as"));
  items_[name] = TZ_TRY(
      ledger_.engine->submit_and_wait({std::move(ready.command), actor, {}, {}, origin_of(step)}));
  tell_code("/follow", ledger::to_text(*items_[name].item), ready.code, name);
  return Done{};
}

Outcome Player::hold_ballot(const Json& step) {
  ledger::RecordBallot command;
  command.unit = TZ_TRY(unit(text_of(step, "unit")));
  command.body = known(ledger::ballot_body_named, text_of(step, "body"));
  command.day = TZ_TRY(parse_day(text_of(step, "day")));
  command.places = number_in(step, "places").value_or(1);
  command.text = text_of(step, "text");
  const JsonArray& candidates = *step.find("candidates")->as_array();
  for (const Json& one : candidates)
    command.candidates.push_back(
        {*items_.at(text_of(one, "item")).item, number_in(one, "in_favour").value_or(0),
         number_in(one, "against").value_or(0), number_in(one, "abstained").value_or(0)});
  TZ_TRY(send(step, std::move(command)));
  for (const Json& one : candidates) TZ_TRY(look_again(text_of(one, "item")));
  return Done{};
}

// The reporter's own verdict, by his code.
Outcome Player::judge(const Json& step) {
  const std::string& name = text_of(step, "item");
  ledger::JudgeReport command;
  command.item = *items_.at(name).item;
  command.code_hash = codes_.at(name);
  command.closure = static_cast<std::uint16_t>(number_in(step, "closure").value_or(1));
  command.solved = says_yes(step, "solved") ? ledger::Verdict::Yes : ledger::Verdict::No;
  command.satisfied = says_yes(step, "satisfied") ? ledger::Verdict::Yes : ledger::Verdict::No;
  if (step.find("why") != nullptr)
    command.why = known(ledger::verdict_why_named, text_of(step, "why"));
  command.text = text_or(step, "text");
  items_[name] = TZ_TRY(ledger_.engine->submit_and_wait({command, {}, {}, {}, origin_of(step)}));
  return Done{};
}

}  // namespace tz::program
