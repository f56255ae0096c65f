// One function says what an item counts in; another, which parts it lies in.
#include "rollup/rate_scan.h"

#include <algorithm>

#include "rollup/answer_groups.h"
#include "rollup/scan.h"

namespace tz::rollup {
namespace {

// Which parts cover a position. Most parts are one subtree each and apart from one another: they
// are found by halving; the few others are each asked.
class PartFinder {
 public:
  PartFinder(const std::vector<UnitId>& parts, const ledger::OrgTree& tree, Day day) {
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      auto extent = ledger::merged(tree.extent(parts[i], day));
      if (extent.size() == 1)
        apart_.push_back({extent.front(), i});
      else
        asked_.push_back({std::move(extent), i});
    }
    std::stable_sort(apart_.begin(), apart_.end(), [](const Subtree& a, const Subtree& b) {
      return a.places.begin < b.places.begin;
    });
    std::vector<Subtree> kept;
    for (Subtree& one : apart_) {
      if (kept.empty() || kept.back().places.end <= one.places.begin)
        kept.push_back(one);
      else
        asked_.push_back({{one.places}, one.part});
    }
    apart_ = std::move(kept);
  }

  template <class Visit>
  void each_part(std::uint32_t place, Visit visit) const {
    const auto after = std::upper_bound(
        apart_.begin(), apart_.end(), place,
        [](std::uint32_t at, const Subtree& one) { return at < one.places.begin; });
    if (after != apart_.begin() && place < std::prev(after)->places.end)
      visit(std::prev(after)->part);
    for (const Extent& one : asked_)
      if (ledger::holds(one.places, place)) visit(one.part);
  }

 private:
  struct Subtree {
    ledger::Interval places;
    std::uint32_t part = 0;
  };
  struct Extent {
    std::vector<ledger::Interval> places;
    std::uint32_t part = 0;
  };
  std::vector<Subtree> apart_;
  std::vector<Extent> asked_;
};

void add(Fraction& fraction, bool of_it, bool counts) {
  fraction.denominator += of_it ? 1 : 0;
  fraction.numerator += of_it && counts ? 1 : 0;
}

void count_verdict(std::array<Fraction, kRateCount>& rates, std::uint8_t verdict) {
  using ledger::Verdict;
  const Verdict solved = solved_of(verdict);
  const Verdict satisfied = satisfied_of(verdict);
  add(rates[static_cast<std::size_t>(RateName::Solved)], solved != Verdict::NoAnswer,
      solved == Verdict::Yes);
  add(rates[static_cast<std::size_t>(RateName::Satisfied)], satisfied != Verdict::NoAnswer,
      satisfied == Verdict::Yes);
}

// What the outcome says of an item that is closed; else nothing.
std::uint8_t outcome_sort(const ScanRow& scan, const StoredRow& stored,
                          const OutcomeSorts& outcomes) {
  if (phase_of(scan.word) != ledger::Phase::Closed) return 0;
  return outcomes.of(static_cast<std::uint16_t>(scan.word >> kFlowShift), stored.outcome);
}

// What an independent reviewer found to be impossible speaks against nobody who dealt with it.
bool verdict_taken_out(std::uint8_t sort) {
  return (sort & (OutcomeSorts::kExcluded | OutcomeSorts::kUnmet)) != 0;
}

void add_answers(AnswerGroups& groups, const ScanRow& scan, const StoredRow& stored,
                 const OutcomeSorts& outcomes) {
  using ledger::Verdict;
  const Verdict solved = solved_of(stored.verdict);
  const Verdict satisfied = satisfied_of(stored.verdict);
  if (solved == Verdict::NoAnswer && satisfied == Verdict::NoAnswer) return;
  const bool out = verdict_taken_out(outcome_sort(scan, stored, outcomes));
  if (solved != Verdict::NoAnswer)
    groups.add(kind_of(scan), scan.place, out ? AnswerSort::SolvedTakenOut : AnswerSort::Solved,
               solved == Verdict::Yes);
  if (satisfied != Verdict::NoAnswer)
    groups.add(kind_of(scan), scan.place,
               out ? AnswerSort::SatisfiedTakenOut : AnswerSort::Satisfied,
               satisfied == Verdict::Yes);
}

void tell(RateTally& tally, const AnswerGroup& group) {
  const bool solved = group.sort == AnswerSort::Solved || group.sort == AnswerSort::SolvedTakenOut;
  ToldShare& share = solved ? tally.told_solved : tally.told_satisfied;
  const bool kept = group.sort == AnswerSort::Solved || group.sort == AnswerSort::Satisfied;
  (kept ? share.kept : share.taken_out) += group.said;
}

void count_asked(VerdictCounts& counts, std::uint8_t verdict) {
  if (!judged_of(verdict)) return;
  ++counts.asked;
  counts.silent += solved_of(verdict) == ledger::Verdict::NoAnswer ? 1 : 0;
  const auto way = way_of(verdict);
  if (way == ledger::VerdictWay::Code) ++counts.by_code;
  if (way == ledger::VerdictWay::Paper) ++counts.on_paper;
  if (way == ledger::VerdictWay::Phone) ++counts.by_phone;
}

}  // namespace

void count(RateTally& tally, const ScanRow& scan, const StoredRow& stored,
           const OutcomeSorts& outcomes, const RateMoment& at) {
  using ledger::Phase;
  const Phase phase = phase_of(scan.word);
  ++tally.phases[static_cast<std::size_t>(phase)];
  count_asked(tally.verdicts, stored.verdict);
  // Whose request was merged judges what came of it, and his verdict counts like any other.
  if (phase == Phase::Dropped) return count_verdict(tally.kept, stored.verdict);
  const bool closed = phase == Phase::Closed;
  const std::uint8_t sort = outcome_sort(scan, stored, outcomes);
  const bool excluded = (sort & OutcomeSorts::kExcluded) != 0;
  const bool stage = phase == Phase::Standing || (sort & OutcomeSorts::kStage) != 0;
  const bool done = closed && !excluded && !stage;
  tally.fixed += (scan.word & kFixedBit) != 0 ? 1 : 0;
  tally.done += done ? 1 : 0;
  tally.stage_done += stage ? 1 : 0;
  tally.excluded += excluded ? 1 : 0;
  auto& rates = excluded ? tally.taken_out : tally.kept;
  // Without a branch on either: which item counts where is not to be guessed.
  const auto put = [&](RateName rate, bool of_it, bool counts) {
    add(rates[static_cast<std::size_t>(rate)], of_it, counts);
  };
  const auto present = [&](std::uint16_t bit) { return (stored.present & bit) != 0; };
  const bool ever_closed = present(StoredRow::kFirstClosed);
  put(RateName::Completion, true, done);
  put(RateName::OnTimeOriginal,
      present(StoredRow::kOriginalDue) && stored.original_due < at.today.number,
      done && stored.closed <= stored.original_due);
  put(RateName::OnTimeAmended, present(StoredRow::kDue) && stored.due < at.today.number,
      done && stored.closed <= stored.due);
  put(RateName::Overdue, !closed, (scan.word & kOverdueBit) != 0);
  put(RateName::Rebound, ever_closed, rebounded_of(stored.verdict));
  put(RateName::Recurrence, ever_closed, stored.recurred > 0);
  put(RateName::FirstPass, closed && !stage, done && stored.returned == 0);
  const auto response = static_cast<ledger::Response>(stored.response);
  put(RateName::Response,
      response != ledger::Response::None && stored.response_due <= at.instant.us,
      response == ledger::Response::InTime);
  tally.verdicts.unmet += (sort & OutcomeSorts::kUnmet) != 0 ? 1 : 0;
  count_verdict(verdict_taken_out(sort) ? tally.taken_out : tally.kept, stored.verdict);
  const auto assessed = [&](RateName rate, std::uint16_t good, std::uint16_t bad) {
    rates[static_cast<std::size_t>(rate)] += {good, std::uint64_t{good} + bad};
  };
  assessed(RateName::CameWell, stored.came_well, stored.came_badly);
  assessed(RateName::CalledRightly, stored.called_rightly, stored.called_wrongly);
  put(RateName::Callback, ever_closed, solved_of(stored.verdict) != ledger::Verdict::NoAnswer);
  if (ever_closed)
    (excluded ? tally.days_taken_out : tally.days_kept).add(stored.first_closed - stored.opened);
}

std::vector<KindRates> scan_rates(const ColumnSnapshots& columns, std::uint32_t end,
                                  const ledger::OrgTree& tree, const RateMoment& at,
                                  const RateQuestion& question) {
  TZ_ASSERT(question.outcomes != nullptr);
  const std::size_t groups_at = question.parts.size() + 1;
  std::vector<KindRates> out(groups_at + question.group_count);
  Filter filter;
  filter.unit = question.unit;
  filter.opened = question.opened;
  filter.closed = question.closed;
  filter.without = question.without;
  const Scan scan(filter, tree, at.today);
  const PartFinder parts(question.parts, tree, at.today);
  const OutcomeSorts& outcomes = *question.outcomes;
  AnswerGroups answers;
  scan.newest_first(columns, end, [&](std::uint32_t index, const ScanRow& row) {
    const std::uint8_t kind = kind_of(row);
    if (!(question.kinds >> kind & 1U)) return true;
    const StoredRow& stored = columns.stored[index];
    count(out.front()[kind], row, stored, outcomes, at);
    add_answers(answers, row, stored, outcomes);
    if (row.place < question.group_at.size())
      if (const std::uint8_t group = question.group_at[row.place]; group < question.group_count)
        count(out[groups_at + group][kind], row, stored, outcomes, at);
    parts.each_part(row.place, [&](std::uint32_t part) {
      count(out[part + 1][kind], row, stored, outcomes, at);
    });
    return true;
  });
  const auto extent = ledger::merged(tree.extent(question.unit, at.today));
  for (const AnswerGroup& group : answers.made(tree, extent, question.group_at)) {
    tell(out.front()[group.kind], group);
    if (group.of < question.group_count) tell(out[groups_at + group.of][group.kind], group);
    parts.each_part(group.place,
                    [&](std::uint32_t part) { tell(out[part + 1][group.kind], group); });
  }
  return out;
}

}  // namespace tz::rollup
