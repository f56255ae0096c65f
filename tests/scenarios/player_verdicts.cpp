// What a scenario expects of verdicts: of an item, of its lot, and of a unit.
#include "engine/draw_root.h"
#include "ledger/lot.h"
#include "ledger/verdict.h"
#include "scenarios/kind_tally.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

const char* said(Verdict verdict) {
  if (verdict == Verdict::Yes) return "yes";
  return verdict == Verdict::No ? "no" : "no_answer";
}

template <class Word>
std::string word_or_none(const std::optional<Word>& word) {
  return word ? std::string(to_text(*word)) : "none";
}

}  // namespace

std::string Player::verdict_fact(const std::string& name, const Item& item) {
  const auto& newest = item.judgement;
  if (name == "verdict")
    return newest ? std::string(said(newest->solved)) + "/" + said(newest->satisfied) : "none";
  if (name == "way") return newest ? word_or_none(newest->way) : "none";
  if (name == "why") return newest ? word_or_none(newest->why) : "none";
  if (name == "tries") return std::to_string(item.tries);
  if (name == "ground")
    return item.closures.empty() ? "none" : word_or_none(item.closures.back().ground);
  if (name == "asked_by") {
    const Post* post =
        item.judgement_by ? ledger_.engine().published().state->post(*item.judgement_by) : nullptr;
    for (const auto& [person, account] : persons_)
      if (post != nullptr && post->account == account) return person;
    return "nobody";
  }
  if (!item.lot) return "no fact";
  const AffectedListed& list = item.lot->list;
  if (name == "lot")
    return std::to_string(list.affected) + "/" + std::to_string(list.asked) + "/" +
           std::to_string(item.lot->drawn.size());
  if (name != "lot_root") return "no fact";
  // As somebody who trusts nobody would.
  const auto root = engine::draw_root(ledger_.engine(), item);
  if (!root.ok() || root.value() != item.lot->root) return "another";
  const auto numbers = draw_numbers(lot_seed_text(item.no, list, *root), list.affected, list.asked);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (item.lot->drawn[i].number != numbers[i]) return "others";
  return "again";
}

// expect asked NAME CODE COUNT: how many were asked, were silent, and so on, of the kind of the
// last item; expect shown RATE CODE (few | K/N): what is told of what they said.
Fault Player::expect_verdicts(const Words& words) {
  const auto tally = kind_tally(ledger_, *item_, words[3]);
  if (!tally) return ScenarioFault{"a unit is needed"};
  const rollup::VerdictCounts& counts = tally->verdicts;
  std::map<std::string, std::string> is = {
      {"asked", std::to_string(counts.asked)},       {"silent", std::to_string(counts.silent)},
      {"by_code", std::to_string(counts.by_code)},   {"on_paper", std::to_string(counts.on_paper)},
      {"by_phone", std::to_string(counts.by_phone)}, {"unmet", std::to_string(counts.unmet)}};
  for (const auto name : {rollup::RateName::Solved, rollup::RateName::Satisfied}) {
    const rollup::Fraction rate = tally->told(name)->kept;
    is[std::string(rollup::to_text(name))] =
        rate.denominator > 0
            ? std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator)
            : "few";
  }
  const auto found = is.find(words[2]);
  if (found == is.end()) return ScenarioFault{"there is no such number"};
  if (found->second == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + found->second};
}

}  // namespace tz::test
