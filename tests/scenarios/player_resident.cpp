// The lines of a scenario about services and disputes: what residents come for.
#include <charconv>

#include "access/query_code.h"
#include "base/embedded.h"
#include "engine/history.h"
#include "ledger/resident_sight.h"
#include "rollup/rates.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

constexpr const char* kCatalogue = "services/most-asked.yaml";

std::int64_t number_of(const std::string& text) {
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// "reason", "material_missing/MATERIAL/WHY" or "other/words".
Result<GivenVisit> visit_of(const std::string& text) {
  const Words words = split(text, '/');
  GivenVisit out;
  const auto reason = visit_reason_named(words[0]);
  if (!reason) return refusal("scenario_reason", {{"word", words[0]}});
  out.visit.reason = *reason;
  if (*reason == VisitReason::Other && words.size() == 2) out.text = words[1];
  if (*reason != VisitReason::Other && words.size() >= 2) out.visit.material = words[1];
  if (words.size() == 3) out.visit.why = missing_why_named(words[2]);
  return out;
}

std::string share_text(std::uint64_t numerator, std::uint64_t denominator) {
  if (denominator == 0) return "none";
  return std::to_string(numerator) + "/" + std::to_string(denominator);
}

std::map<std::string, std::string> numbers_of(const DisputeCounts& counts) {
  const std::uint64_t agreed = counts.outcome(DisputeOutcome::Agreed);
  const bool few = counts.ended() < rollup::kComparedMin;
  return {{"brought", std::to_string(counts.brought())},
          {"agreed", share_text(agreed, counts.ended())},
          {"withdrawn", share_text(counts.outcome(DisputeOutcome::Withdrawn), counts.ended())},
          {"referred", share_text(counts.outcome(DisputeOutcome::Referred), counts.ended())},
          {"failed", share_text(counts.outcome(DisputeOutcome::Failed), counts.ended())},
          {"on_the_spot", share_text(counts.on_the_spot, counts.ended())},
          {"confirmed", share_text(counts.confirmed, agreed)},
          {"denied", share_text(counts.denied, agreed)},
          {"unanswered", share_text(counts.unanswered, agreed)},
          {"parties_yes", std::to_string(counts.parties_yes)},
          {"parties_no", std::to_string(counts.parties_no)},
          {"parties_silent", std::to_string(counts.parties_silent)},
          {"came_back", share_text(counts.came_back, counts.ended())},
          {"compared", few ? "no" : "yes"}};
}

}  // namespace

// catalogue [WORDS BECOME WORDS]: the one that comes with the program, or with that instead.
Fault Player::adopt_catalogue(const Words& words) {
  std::string text(embedded_file(kCatalogue));
  if (words.size() == 4 && words[2] == "become") {
    const std::size_t at = text.find(words[1]);
    if (at == std::string::npos) return ScenarioFault{"the catalogue does not say " + words[1]};
    text.replace(at, words[1].size(), words[3]);
  } else if (words.size() != 1) {
    return ScenarioFault{"catalogue [WORDS become WORDS]"};
  }
  return ask(std::nullopt, AdoptCatalogue{text});
}

Result<Command> Player::handling_command(Given given) {
  RecordHandling out;
  out.service = taken(given, "service");
  out.unit = TZ_TRY(named_units(taken(given, "unit"))).at(0);
  out.day = day_;
  if (given.contains("day")) out.day = TZ_TRY(parse_day(taken(given, "day")));
  out.visits = number_of(taken(given, "visits"));
  const std::string reasons = taken(given, "reasons");
  if (!reasons.empty())
    for (const std::string& one : split(reasons, ',')) out.further.push_back(TZ_TRY(visit_of(one)));
  if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
  return Command(std::move(out));
}

Result<std::optional<GivenEnd>> Player::end_of(Given& given) {
  const std::string outcome = taken(given, "outcome");
  if (outcome.empty()) return std::optional<GivenEnd>{};
  const auto named = dispute_outcome_named(outcome);
  if (!named) return refusal("scenario_outcome", {{"word", outcome}});
  GivenEnd out{*named, referred_to_named(taken(given, "to")), {}};
  const std::string mediators = taken(given, "mediators");
  if (!mediators.empty()) out.mediators = posts_of(mediators);
  return std::optional(std::move(out));
}

Result<Command> Player::dispute_command(Given given) {
  RecordDispute out;
  SeededRandom random(++do_count_);
  out.no = DisputeNo{random.next_u64() % kItemNoCount};
  out.unit = TZ_TRY(named_units(taken(given, "unit"))).at(0);
  const auto sort = dispute_sort_named(taken(given, "sort"));
  if (!sort) return refusal("scenario_sort");
  out.sort = *sort;
  out.day = day_;
  if (given.contains("day")) out.day = TZ_TRY(parse_day(taken(given, "day")));
  random.fill(out.code_salt);
  std::vector<std::string> codes;
  for (std::int64_t i = number_of(taken(given, "parties")); i > 0; --i) {
    codes.push_back(access::new_query_code(random));
    out.parties.push_back(access::hash_of_code(codes.back(), out.code_salt));
  }
  const std::string name = taken(given, "as");
  if (!name.empty()) {
    disputes_[name] = out.no;
    party_codes_[name] = std::move(codes);
  }
  const std::string returns = taken(given, "returns");
  if (!returns.empty()) out.returns = disputes_[returns];
  out.end = TZ_TRY(end_of(given));
  if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
  return Command(std::move(out));
}

Result<Command> Player::settle_command(Given given) {
  EndDispute out;
  out.dispute = disputes_[taken(given, "dispute")];
  out.day = day_;
  if (given.contains("day")) out.day = TZ_TRY(parse_day(taken(given, "day")));
  const auto end = TZ_TRY(end_of(given));
  if (!end) return refusal("scenario_outcome");
  out.end = *end;
  if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
  return Command(std::move(out));
}

Result<Command> Player::paper_command(Given given) {
  EnterAnswer out;
  out.dispute = disputes_[taken(given, "dispute")];
  out.party = static_cast<std::uint16_t>(number_of(taken(given, "party")));
  out.agrees = taken(given, "agrees") == "yes";
  if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
  return Command(out);
}

// party DISPUTE NUMBER (yes | no) [wrong]: by its own code, or by one that is none of them.
Fault Player::answer_as_party(const Words& words) {
  const Dispute* dispute = nullptr;
  const engine::Published now = ledger_.engine().published();
  if (words.size() >= 4) dispute = now.state->disputes.find(disputes_[words[1]]);
  const auto number = words.size() >= 4 ? static_cast<std::size_t>(number_of(words[2])) : 0;
  const std::vector<std::string>& codes = party_codes_[words.size() >= 2 ? words[1] : ""];
  if (dispute == nullptr || number < 1 || number > codes.size())
    return ScenarioFault{"party DISPUTE NUMBER yes|no is needed"};
  SeededRandom random(++do_count_);
  const std::string code = words.size() == 5 ? access::new_query_code(random) : codes[number - 1];
  return ask(std::nullopt,
             AnswerDispute{dispute->no, access::hash_of_code(code, dispute->code_salt),
                           words[3] == "yes"});
}

// expect handled (SERVICE | all) CODE AT_MOST_ONCE/ALL MEDIAN: without any, none none.
Fault Player::expect_handled(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const OrgTree& tree = *now.state->tree;
  const auto unit = tree.find(words[3]);
  if (!unit) return ScenarioFault{"a unit is needed"};
  const auto service = now.state->catalogue.index_of(words[2]);
  const std::vector<Interval> where = tree.extent(*unit, day_);
  const auto found = placed(now.state->handlings, PlacedQuestion{tree, where, Day{0}, day_});
  const HandlingCounts counts =
      counts_of(now.state->handlings, found, where,
                words[2] == "all" ? std::optional<std::uint16_t>() : service);
  const auto median = counts.median_visits();
  const std::string rate = share_text(counts.at_most_once(), counts.handled());
  const std::string visits = median ? std::to_string(*median) : "none";
  if (words.size() == 6 && rate == words[4] && visits == words[5]) return std::nullopt;
  return ScenarioFault{"it is " + rate + " " + visits};
}

// expect reason CODE (REASON | WHY) COUNT
Fault Player::expect_reason(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const OrgTree& tree = *now.state->tree;
  const auto unit = tree.find(words[2]);
  if (!unit) return ScenarioFault{"a unit is needed"};
  const std::vector<Interval> where = tree.extent(*unit, day_);
  const auto found = placed(now.state->handlings, PlacedQuestion{tree, where, Day{0}, day_});
  const HandlingCounts counts = counts_of(now.state->handlings, found, where, {});
  const auto reason = visit_reason_named(words[3]);
  const auto why = missing_why_named(words[3]);
  if (!reason && !why) return ScenarioFault{"a reason is needed"};
  const std::uint64_t is = reason ? counts.reasons[static_cast<std::size_t>(*reason)]
                                  : counts.missing[static_cast<std::size_t>(*why)];
  if (std::to_string(is) == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + std::to_string(is)};
}

// expect disputes CODE WORD NUMBER
Fault Player::expect_disputes(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const OrgTree& tree = *now.state->tree;
  const auto unit = tree.find(words[2]);
  if (!unit) return ScenarioFault{"a unit is needed"};
  const std::vector<Interval> where = tree.extent(*unit, day_);
  const auto found = placed(now.state->disputes, PlacedQuestion{tree, where, Day{0}, day_});
  const auto numbers = numbers_of(counts_of(now.state->disputes, found, where));
  const auto number = numbers.find(words[3]);
  if (number == numbers.end()) return ScenarioFault{"there is no such number"};
  if (number->second == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + number->second};
}

// expect answered DISPUTE PARTY (yes | no | none)
Fault Player::expect_answered(const Words& words) {
  const engine::Published now = ledger_.engine().published();
  const Dispute* dispute = now.state->disputes.find(disputes_[words[2]]);
  const auto party = static_cast<std::size_t>(number_of(words[3]));
  if (dispute == nullptr || party < 1 || party > dispute->answers.size())
    return ScenarioFault{"a dispute and one of its parties are needed"};
  const PartyAnswer answer = dispute->answers[party - 1];
  const std::string is =
      answer == PartyAnswer::None ? "none" : (answer == PartyAnswer::Yes ? "yes" : "no");
  if (is == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + is};
}

// expect records_seen PERSON COUNT: of handlings and disputes, in the journal.
Fault Player::expect_records_seen(const Words& words) {
  const auto person = persons_.find(words[2]);
  if (person == persons_.end()) return ScenarioFault{"a person is needed"};
  const engine::Published now = ledger_.engine().published();
  const auto records = engine::records_from(ledger_.engine(), Seq{0}, now.size);
  if (!records.ok()) return ScenarioFault{"not read: " + to_text(records.error())};
  std::uint64_t seen = 0;
  for (const engine::OpenedRecord& each : *records) {
    const Event& event = each.event.event;
    const bool concerned = std::holds_alternative<HandlingRecorded>(event) ||
                           std::holds_alternative<DisputeBrought>(event) ||
                           std::holds_alternative<DisputeEnded>(event) ||
                           std::holds_alternative<PartyAnswered>(event);
    if (concerned && may_know(*now.state, event, person->second, day_)) ++seen;
  }
  if (std::to_string(seen) == words[3]) return std::nullopt;
  return ScenarioFault{"it is " + std::to_string(seen)};
}

}  // namespace tz::test
