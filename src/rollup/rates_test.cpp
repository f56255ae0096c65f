// Rates as they were published, and against a recount that knows nothing of how rows are kept.
#include "rollup/rates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "rollup/answer_groups.h"
#include "rollup/by_child.h"
#include "rollup/hiding_view.h"
#include "rollup/slow_twin.h"

namespace tz::rollup {

using ledger::ItemRow;
using ledger::Phase;
using ledger::Verdict;

namespace {

std::string percent(std::uint64_t numerator, std::uint64_t denominator) {
  const auto hundredths = percent_hundredths({numerator, denominator});
  return hundredths ? percent_text(*hundredths) : "—";
}

// The outcomes of the flow that all rows of these tests are of.
constexpr std::uint8_t kFixed = 1, kInvalid = 2, kStage = 3, kExcluded = 4, kUnmet = 5;

std::shared_ptr<const OutcomeSorts> sorts() {
  auto flow = std::make_shared<ledger::Flow>();
  flow->outcomes = {{"fixed", {}, true, false, false},
                    {"invalid", {}, false, false, false},
                    {"stage_done", {}, false, false, true},
                    {"excluded", {}, false, true, false},
                    {"cannot_be_met", {}, false, false, false, true}};
  return std::make_shared<OutcomeSorts>(std::vector<std::shared_ptr<const ledger::Flow>>(2, flow));
}

constexpr Day kToday{18'147};

// Some items of one unit, put one by one.
struct Few {
  Few() {
    auto tree = std::make_shared<ledger::OrgTree>();
    ledger::UnitRow root;
    root.code = root.name = "0";
    tree->add_units({&root, 1});
    rollup.set_tree(tree);
    rollup.advance(start_of(kToday, Zone{}), Zone{});
  }

  ItemRow& add(Phase phase, std::uint8_t outcome = 0) {
    ItemRow row;
    row.no.value = rows.size() + 1;
    row.phase = phase;
    row.opened = Day{kToday.number - 30};
    row.outcome = outcome;
    if (phase == Phase::Closed) row.closed = row.first_closed = Day{kToday.number - 10};
    row.fixed = outcome == kFixed;
    return rows.emplace_back(row);
  }
  void add(std::size_t count, Phase phase, std::uint8_t outcome = 0) {
    for (std::size_t i = 0; i < count; ++i) add(phase, outcome);
  }
  RateTally tally() {
    for (const ItemRow& row : rows) rollup.put(row, {});
    RateQuestion question;
    question.kinds = kAllKinds;
    question.outcomes = sorts();
    return rollup.publish(1)->rates(question).front()[0];
  }

  Rollup rollup;
  std::vector<ItemRow> rows;
};

std::string text(const Fraction& rate) {
  return std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator);
}

TEST(Rates, AreAsTheyWerePublished) {
  EXPECT_EQ(percent(688, 697), "98.71");
  EXPECT_EQ(percent(800, 2820), "28.37");
  EXPECT_EQ(percent(800 + 1081, 2820), "66.70");
  EXPECT_EQ(percent(1306, 2162), "60.41");
  EXPECT_EQ(percent(1275, 2164), "58.92");
  EXPECT_EQ(percent(313, 531), "58.95");
  EXPECT_EQ(percent(103, 107), "96.26");
  EXPECT_EQ(percent(4, 28), "14.29");
  EXPECT_EQ(percent(152, 182), "83.52");
}

TEST(Rates, AKunmingDistrictCountsNoStageAsDone) {
  Few few;
  few.add(688, Phase::Closed, kFixed);
  few.add(4, Phase::Standing);
  few.add(5, Phase::Working);
  const RateTally tally = few.tally();
  EXPECT_EQ(tally.total(), 697U);
  EXPECT_EQ(text(tally.after(RateName::Completion)), "688/697");
  EXPECT_EQ(tally.stage_done, 4U);
}

TEST(Rates, PutianWouldLookBetterWithStages) {
  Few few;
  few.add(800, Phase::Closed, kFixed);
  few.add(1000, Phase::Standing);
  few.add(81, Phase::Closed, kStage);
  few.add(2820 - 1881, Phase::Working);
  const RateTally tally = few.tally();
  EXPECT_EQ(text(tally.after(RateName::Completion)), "800/2820");
  EXPECT_EQ(tally.stage_done, 1081U);
  EXPECT_EQ(percent(tally.done + tally.stage_done, tally.total()), "66.70");
}

TEST(Rates, SevenProvincesFengqingAndTheUnitedFrontDepartment) {
  for (const auto& [total, done, shown] :
       {std::tuple{531U, 313U, "58.95"}, {107U, 103U, "96.26"}, {28U, 4U, "14.29"}}) {
    Few few;
    few.add(done, Phase::Closed, kFixed);
    few.add(total - done, Phase::Planned);
    const Fraction rate = few.tally().after(RateName::Completion);
    EXPECT_EQ(percent(rate.numerator, rate.denominator), shown);
  }
}

// The inspection of 2017: points with problems, false reports of completion among all points, and
// among those with problems (domain rules 5).
TEST(Rates, TheInspectionOf2017) {
  EXPECT_EQ(percent(1919, 15366), "12.49");
  EXPECT_EQ(percent(813, 15366), "5.29");
  EXPECT_EQ(percent(813, 1919), "42.37");
}

// Whose request was merged has judged what came of it: that counts, and nothing else of it.
TEST(Rates, AVerdictOnWhatWasMergedCounts) {
  Few few;
  few.add(2, Phase::Dropped);
  ItemRow& judged = few.add(Phase::Dropped);
  judged.judged = true;
  judged.solved = Verdict::Yes;
  judged.satisfied = Verdict::No;
  const RateTally tally = few.tally();
  EXPECT_EQ(text(tally.after(RateName::Solved)), "1/1");
  EXPECT_EQ(text(tally.after(RateName::Satisfied)), "0/1");
  EXPECT_EQ(text(tally.after(RateName::Callback)), "0/0");
  EXPECT_EQ(text(tally.after(RateName::Completion)), "0/0");
}

TEST(Rates, DroppedItemsAreInNone) {
  Few few;
  few.add(3, Phase::Dropped);
  const RateTally tally = few.tally();
  EXPECT_EQ(tally.total(), 3U);
  for (std::size_t i = 0; i < kRateCount; ++i) {
    EXPECT_EQ(text(tally.before(static_cast<RateName>(i))), "0/0");
    EXPECT_EQ(percent_hundredths(tally.after(static_cast<RateName>(i))), std::nullopt);
    EXPECT_EQ(wilson(tally.after(static_cast<RateName>(i))), std::nullopt);
  }
  EXPECT_EQ(tally.days_kept.nearest_rank(50), std::nullopt);
}

TEST(Rates, AreToldWithAndWithoutWhatIsExcluded) {
  Few few;
  few.add(6, Phase::Closed, kFixed);
  few.add(2, Phase::Working);
  for (int i = 0; i < 2; ++i)
    few.add(Phase::Closed, kExcluded).original_due = Day{kToday.number - 20};
  const RateTally tally = few.tally();
  EXPECT_EQ(tally.excluded, 2U);
  EXPECT_EQ(text(tally.before(RateName::Completion)), "6/10");
  EXPECT_EQ(text(tally.after(RateName::Completion)), "6/8");
  EXPECT_EQ(text(tally.before(RateName::OnTimeOriginal)), "0/2");
  EXPECT_EQ(text(tally.after(RateName::OnTimeOriginal)), "0/0");
  EXPECT_EQ(text(tally.before(RateName::FirstPass)), "6/8");
  EXPECT_EQ(text(tally.after(RateName::FirstPass)), "6/6");
}

TEST(Rates, OnTimeIsAgainstTheOriginalAndTheAmendedDate) {
  Few few;
  ItemRow& amended = few.add(Phase::Closed, kFixed);  // closed ten days ago
  amended.original_due = Day{kToday.number - 11};
  amended.due = Day{kToday.number - 10};
  few.add(Phase::Working).original_due = kToday;  // today is not over
  ItemRow& standing = few.add(Phase::Standing);   // goes on, and did not keep its day
  standing.original_due = standing.due = Day{kToday.number - 1};
  const RateTally tally = few.tally();
  EXPECT_EQ(text(tally.after(RateName::OnTimeOriginal)), "0/2");
  EXPECT_EQ(text(tally.after(RateName::OnTimeAmended)), "1/2");
  EXPECT_EQ(text(tally.after(RateName::Overdue)), "1/2");
}

TEST(Rates, NoAnswerIsInNoDenominatorButTheCallbacks) {
  Few few;
  few.add(Phase::Closed, kInvalid).solved = Verdict::Yes;
  few.add(Phase::Closed, kInvalid).solved = Verdict::No;
  ItemRow& silent = few.add(Phase::Closed, kInvalid);
  silent.judged = true;
  few.add(Phase::Closed, kInvalid);
  const RateTally tally = few.tally();
  EXPECT_EQ(text(tally.after(RateName::Solved)), "1/2");
  EXPECT_EQ(text(tally.after(RateName::Satisfied)), "0/0");
  EXPECT_EQ(text(tally.after(RateName::Callback)), "2/4");
}

TEST(Rates, WhoWasAskedIsCountedByWayAndBySilence) {
  Few few;
  const auto asked = [&](Verdict solved, std::optional<ledger::VerdictWay> way) {
    ItemRow& row = few.add(Phase::Closed, kFixed);
    row.judged = true;
    row.solved = solved;
    row.way = way;
  };
  asked(Verdict::Yes, ledger::VerdictWay::Code);
  asked(Verdict::No, ledger::VerdictWay::Paper);
  asked(Verdict::NoAnswer, ledger::VerdictWay::Phone);
  asked(Verdict::Yes, ledger::VerdictWay::Phone);
  asked(Verdict::Yes, {});
  few.add(2, Phase::Closed, kFixed);
  const VerdictCounts counts = few.tally().verdicts;
  EXPECT_EQ(counts, (VerdictCounts{5, 1, 1, 1, 2, 0}));
}

// It is done like any other; a verdict on it is told before exclusions alone.
TEST(Rates, AVerdictOnWhatCannotBeMetIsTakenOut) {
  Few few;
  for (const std::uint8_t outcome : {kUnmet, kFixed}) {
    ItemRow& row = few.add(Phase::Closed, outcome);
    row.judged = true;
    row.solved = row.satisfied = outcome == kUnmet ? Verdict::No : Verdict::Yes;
  }
  const RateTally tally = few.tally();
  EXPECT_EQ(text(tally.after(RateName::Satisfied)), "1/1");
  EXPECT_EQ(text(tally.before(RateName::Satisfied)), "1/2");
  EXPECT_EQ(text(tally.before(RateName::Solved)), "1/2");
  EXPECT_EQ(text(tally.after(RateName::Completion)), "2/2");
  EXPECT_EQ(tally.verdicts.unmet, 1U);
  EXPECT_EQ(tally.excluded, 0U);
}

TEST(Rates, AGroupOfPositionsIsCountedByItself) {
  Few few;
  few.add(3, Phase::Working);
  for (const ItemRow& row : few.rows) few.rollup.put(row, {});
  RateQuestion question;
  question.kinds = kAllKinds;
  question.outcomes = sorts();
  question.group_count = 2;
  question.group_at = {1};
  auto counted = few.rollup.publish(1)->rates(question);
  ASSERT_EQ(counted.size(), 3U);
  EXPECT_EQ(counted[1][0].total(), 0U);
  EXPECT_EQ(counted[2][0], counted[0][0]);
  question.group_at = {2};  // of no group
  counted = few.rollup.publish(1)->rates(question);
  EXPECT_EQ(counted[2][0].total(), 0U);
}

TEST(Rates, AResponseCountsOnceItIsDue) {
  Few few;
  const Instant now = start_of(kToday, Zone{});
  const auto responding = [&](ledger::Response response, std::int64_t after_us) {
    ItemRow& row = few.add(Phase::Working);
    row.response = response;
    row.response_due = Instant{now.us + after_us};
  };
  responding(ledger::Response::InTime, 0);   // its limit ends now: nothing more can come in time
  responding(ledger::Response::InTime, 1);   // not due yet, however well it went
  responding(ledger::Response::Awaited, 1);  // nor this
  responding(ledger::Response::Awaited, 0);
  responding(ledger::Response::Late, -1);
  EXPECT_EQ(text(few.tally().after(RateName::Response)), "1/3");
}

TEST(Rates, AReboundStaysWhateverBecomesOfTheItem) {
  Few few;
  few.add(Phase::Closed, kFixed);
  ItemRow& back = few.add(Phase::Working);
  back.first_closed = Day{kToday.number - 20};
  back.rebounded = true;
  few.add(Phase::Working);
  EXPECT_EQ(text(few.tally().after(RateName::Rebound)), "1/2");
}

TEST(Rates, PercentIsHalfUpToTheHundredth) {
  EXPECT_EQ(percent(1, 20'000), "0.01");  // exactly .005
  EXPECT_EQ(percent(3, 20'000), "0.02");  // .015
  EXPECT_EQ(percent(1, 20'001), "0.00");  // a little less than .005
  EXPECT_EQ(percent(19'999, 20'000), "100.00");
  EXPECT_EQ(percent(199'999, 200'002), "100.00");
  EXPECT_EQ(percent(1, 8), "12.50");
  EXPECT_EQ(percent(1, 800), "0.13");  // 0.125
  EXPECT_EQ(percent(0, 7), "0.00");
  EXPECT_EQ(percent(7, 7), "100.00");
  EXPECT_EQ(percent(0, 0), "—");
  EXPECT_EQ(percent(4'000'000'000, 4'294'967'295), "93.13");
  // The definition: no other number of hundredths is nearer, and of two as near it is the larger.
  for (std::uint64_t n = 1; n <= 300; ++n)
    for (std::uint64_t k = 0; k <= n; ++k) {
      const auto found = std::uint64_t{*percent_hundredths({k, n})};
      ASSERT_LE(2 * found * n, 20'000 * k + n) << k << "/" << n;
      ASSERT_GT(2 * (found + 1) * n, 20'000 * k + n) << k << "/" << n;
    }
}

// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: to four digits of a share.
TEST(Rates, TheIntervalIsWilsons) {
  EXPECT_EQ(wilson({81, 263}), (ShareInterval{2553, 3662}));
  EXPECT_EQ(wilson({15, 148}), (ShareInterval{624, 1605}));
  EXPECT_EQ(wilson({0, 20}), (ShareInterval{0, 1611}));
  EXPECT_EQ(wilson({1, 29}), (ShareInterval{61, 1718}));
  EXPECT_EQ(wilson({29, 29})->high, 10'000U);
  // The definition: a share p belongs to it where |k - np| <= z sqrt(np(1 - p)).
  for (std::uint64_t n : {1U, 7U, 30U, 1000U})
    for (std::uint64_t k = 0; k <= n; ++k) {
      const auto interval = wilson({k, n});
      const auto within = [&](double p) {
        const auto size = static_cast<double>(n);
        return std::abs(static_cast<double>(k) - size * p) <=
               1.959963984540054 * std::sqrt(size * p * (1 - p)) + 1e-9;
      };
      for (std::uint32_t at = 2; at + 2 <= 10'000; at += 7) {
        const bool inside = interval->low < at && at < interval->high;
        const bool outside = at + 1 < interval->low || interval->high + 1 < at;
        if (!inside && !outside) continue;
        ASSERT_EQ(within(at / 1e4), inside) << k << "/" << n << " " << at;
      }
    }
}

TEST(Rates, FewerThanThirtyAreComparedWithNothing) {
  const Fraction whole{500, 1000};
  EXPECT_EQ(band_of({0, 29}, whole), Band::TooFew);
  EXPECT_EQ(band_of({0, 30}, whole), Band::Below);
  EXPECT_EQ(band_of({30, 30}, whole), Band::Above);
  EXPECT_EQ(band_of({16, 30}, whole), Band::Alike);
  EXPECT_EQ(band_of({0, 0}, whole), Band::None);
}

TEST(Rates, DaysAreByNearestRank) {
  DayCounts days;
  for (const std::int32_t each : {15, 20, 35, 40, 50}) days.add(each);
  EXPECT_EQ(days.nearest_rank(5), 15U);
  EXPECT_EQ(days.nearest_rank(30), 20U);
  EXPECT_EQ(days.nearest_rank(40), 20U);
  EXPECT_EQ(days.nearest_rank(50), 35U);
  EXPECT_EQ(days.nearest_rank(90), 50U);
  EXPECT_EQ(days.nearest_rank(100), 50U);
  DayCounts other;
  other.add(90'000);
  other.add(-3);
  days += other;
  EXPECT_EQ(days.nearest_rank(100), 36'525U);
  EXPECT_EQ(days.nearest_rank(1), 0U);
  days -= other;
  EXPECT_EQ(days.nearest_rank(100), 50U);
}

// What a unit's items come to, one question after the other.
struct Recount {
  std::map<std::string, Fraction> before, after;
  std::vector<std::int32_t> days;  // without what is excluded
  std::uint64_t total = 0, dropped = 0, open = 0, done = 0, stage_closed = 0, excluded = 0;
};

struct Recounting {
  const SlowTwin& twin;
  Recount out;

  [[nodiscard]] bool past(const std::optional<Day>& day) const {
    return day && end_of(*day, twin.zone) <= twin.instant;
  }
  void put(const std::string& name, const ItemRow& row, std::optional<bool> counts) {
    if (!counts) return;
    for (auto* rates : {&out.before, &out.after}) {
      if (rates == &out.after && row.phase == Phase::Closed && row.outcome == kExcluded) continue;
      Fraction& fraction = (*rates)[name];
      ++fraction.denominator;
      if (*counts) ++fraction.numerator;
    }
  }
  void take(const ItemRow& row) {
    using Maybe = std::optional<bool>;
    ++out.total;
    const auto yes = [](Verdict verdict) {
      return verdict == Verdict::NoAnswer ? Maybe() : Maybe(verdict == Verdict::Yes);
    };
    put("solved", row, yes(row.solved));
    put("satisfied", row, yes(row.satisfied));
    if (row.phase == Phase::Dropped) {
      ++out.dropped;
      return;
    }
    const bool closed = row.phase == Phase::Closed;
    const bool done = closed && row.outcome != kStage && row.outcome != kExcluded;
    if (!closed) ++out.open;
    if (done) ++out.done;
    if (closed && row.outcome == kStage) ++out.stage_closed;
    if (closed && row.outcome == kExcluded) ++out.excluded;
    put("completion", row, done);
    if (past(row.original_due))
      put("on_time_original", row, done && *row.closed <= *row.original_due);
    if (past(row.due)) put("on_time_amended", row, done && *row.closed <= *row.due);
    if (!closed) put("overdue", row, past(row.due));
    if (row.first_closed) put("rebound", row, row.rebounded);
    if (row.first_closed) put("recurrence", row, row.recurred > 0);
    if (closed && row.outcome != kStage) put("first_pass", row, done && row.returned == 0);
    if (row.response != ledger::Response::None && row.response_due <= twin.instant)
      put("response", row, row.response == ledger::Response::InTime);
    const auto calls = [&](const char* name, std::uint16_t good, std::uint16_t bad) {
      for (int i = 0; i < good + bad; ++i) put(name, row, i < good);
    };
    calls("came_well", row.came_well, row.came_badly);
    calls("called_rightly", row.called_rightly, row.called_wrongly);
    if (row.first_closed) put("callback", row, yes(row.solved).has_value());
    if (row.first_closed && !(closed && row.outcome == kExcluded))
      out.days.push_back(std::max(0, row.first_closed->number - row.opened.number));
  }
};

std::string difference(const RateTally& tally, Recount wanted) {
  if (tally.total() != wanted.total || tally.open() != wanted.open || tally.done != wanted.done ||
      tally.excluded != wanted.excluded)
    return "numbers";
  const auto standing = tally.phases[static_cast<std::size_t>(Phase::Standing)];
  if (tally.stage_done != standing + wanted.stage_closed) return "stages";
  // Every item stands in exactly one of these.
  if (tally.total() !=
      wanted.dropped + tally.open() + tally.done + tally.excluded + (tally.stage_done - standing))
    return "states";
  for (std::size_t i = 0; i < kRateCount; ++i) {
    const auto name = static_cast<RateName>(i);
    std::string word(to_text(name));
    if (!(tally.before(name) == wanted.before[word])) return word + " before";
    if (!(tally.after(name) == wanted.after[word])) return word + " after";
    if (tally.before(name).numerator > tally.before(name).denominator) return word;
  }
  std::sort(wanted.days.begin(), wanted.days.end());
  for (const std::size_t percent : {50U, 90U}) {
    const auto found = tally.days_kept.nearest_rank(static_cast<unsigned>(percent));
    if (found.has_value() == wanted.days.empty()) return "days";
    if (!found) continue;
    std::size_t rank = 1;  // of the list in order, the first that covers so many of it
    while (rank * 100 < percent * wanted.days.size()) ++rank;
    if (static_cast<std::int32_t>(*found) != wanted.days[rank - 1]) return "days by rank";
  }
  return "";
}

// What is told of verdicts, as its definition reads: every unit after all below it.
struct SlowGroups {
  const SlowTwin& twin;
  UnitId whole;
  AnswerSort sort;
  std::vector<const ItemRow*> rows;
  std::vector<std::pair<UnitId, Fraction>> groups{};

  [[nodiscard]] Verdict answer(const ItemRow& row) const {
    const bool solved = sort == AnswerSort::Solved || sort == AnswerSort::SolvedTakenOut;
    const bool taken_out =
        row.phase == Phase::Closed && (row.outcome == kExcluded || row.outcome == kUnmet);
    const bool wanted = sort == AnswerSort::SolvedTakenOut || sort == AnswerSort::SatisfiedTakenOut;
    if (taken_out != wanted) return Verdict::NoAnswer;
    return solved ? row.solved : row.satisfied;
  }
  void group_or_leave(UnitId unit, const Fraction& some, Fraction& left) {
    if (some.denominator >= kVerdictsShownMin)
      groups.emplace_back(unit, some);
    else
      left += some;
  }
  // What it leaves to the unit above.
  Fraction visit(UnitId unit) {
    Fraction below;
    Fraction own;
    for (std::uint32_t child = 0; child < twin.tree->size(); ++child)
      if (twin.tree->parent(UnitId{child}) == unit && UnitId{child} != unit)
        below += visit(UnitId{child});
    if (!twin.covers(whole, unit)) return {};
    for (const ItemRow* row : rows) {
      const Verdict said = answer(*row);
      if (twin.place_of(*row) == unit && said != Verdict::NoAnswer)
        own += {said == Verdict::Yes ? 1U : 0U, 1};
    }
    Fraction rest = below;
    Fraction left;
    group_or_leave(unit, own, rest);
    group_or_leave(unit, rest, left);
    return left;
  }
  [[nodiscard]] Fraction told(UnitId unit) const {
    Fraction sum;
    for (const auto& [at, said] : groups)
      if (twin.covers(unit, at)) sum += said;
    return sum;
  }
};

// Of the rows of one kind that a question is about, at each of these units.
void check_told(const SlowTwin& twin, const std::vector<const ItemRow*>& rows,
                const std::vector<UnitId>& units, const std::vector<const RateTally*>& counted) {
  const auto check = [&](AnswerSort sort, auto is) {
    SlowGroups slow{twin, units.front(), sort, rows};
    for (std::uint32_t top = 0; top < twin.tree->size(); ++top)
      if (twin.tree->parent(UnitId{top}) == UnitId{top}) slow.visit(UnitId{top});
    for (std::size_t i = 0; i < units.size(); ++i)
      ASSERT_EQ(is(*counted[i]), slow.told(units[i])) << "unit " << units[i].value;
  };
  check(AnswerSort::Solved, [](const RateTally& of) { return of.told_solved.kept; });
  check(AnswerSort::SolvedTakenOut, [](const RateTally& of) { return of.told_solved.taken_out; });
  check(AnswerSort::Satisfied, [](const RateTally& of) { return of.told_satisfied.kept; });
  check(AnswerSort::SatisfiedTakenOut,
        [](const RateTally& of) { return of.told_satisfied.taken_out; });
}

void check_unit(History& history, const View& view, UnitId unit) {
  const SlowTwin& twin = history.twin;
  const std::vector<Part> parts = parts_of(*twin.tree, unit, day_of(twin.instant, twin.zone));
  RateQuestion question;
  question.unit = unit;
  question.kinds = history.below(2) == 0 ? kAllKinds : history.below(0x10000);
  for (const Part& part : parts) question.parts.push_back(part.unit);
  if (history.below(3) == 0) question.opened = {Day{kToday.number - 20}, Day{kToday.number + 3}};
  if (history.below(4) == 0) question.closed = {std::nullopt, Day{kToday.number + 5}};
  question.outcomes = sorts();
  const auto counted = view.rates(question);
  ASSERT_EQ(counted.size(), parts.size() + 1);
  KindRates sum = rest_of(counted, parts);
  for (const RateTally& rest : sum)
    for (const RateName name : {RateName::Solved, RateName::Satisfied})
      ASSERT_LE(rest.told(name)->before().denominator, rest.before(name).denominator);
  for (std::size_t part = 0; part < counted.size(); ++part) {
    const UnitId of = part == 0 ? unit : parts[part - 1].unit;
    for (std::uint8_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
      Recounting recounting{twin, {}};
      Filter filter;
      filter.opened = question.opened;
      filter.closed = question.closed;
      for (const SlowTwin::Entry& entry : twin.entries)
        if (entry.row.kind == kind && (question.kinds >> kind & 1U) != 0 &&
            twin.matches(entry.row, filter) && twin.covers(unit, twin.place_of(entry.row)) &&
            twin.covers(of, twin.place_of(entry.row)))
          recounting.take(entry.row);
      ASSERT_EQ(difference(counted[part][kind], std::move(recounting.out)), "")
          << "unit " << unit.value << " part " << part << " kind " << int{kind};
      if (part > 0 && !parts[part - 1].overlaps) sum[kind] += counted[part][kind];
    }
  }
  for (std::uint8_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
    Filter filter;
    filter.opened = question.opened;
    filter.closed = question.closed;
    std::vector<const ItemRow*> rows;
    for (const SlowTwin::Entry& entry : twin.entries)
      if (entry.row.kind == kind && (question.kinds >> kind & 1U) != 0 &&
          twin.matches(entry.row, filter) && twin.covers(unit, twin.place_of(entry.row)))
        rows.push_back(&entry.row);
    if (rows.empty()) continue;
    std::vector<UnitId> units{unit};
    std::vector<const RateTally*> tallies{&counted.front()[kind]};
    for (std::size_t part = 0; part < parts.size(); ++part) {
      units.push_back(parts[part].unit);
      tallies.push_back(&counted[part + 1][kind]);
    }
    ASSERT_NO_FATAL_FAILURE(check_told(twin, rows, units, tallies));
  }
  // What is told does not add up: the whole may have more.
  for (std::size_t kind = 0; kind < sum.size(); ++kind) {
    sum[kind].told_solved = counted.front()[kind].told_solved;
    sum[kind].told_satisfied = counted.front()[kind].told_satisfied;
  }
  ASSERT_TRUE(sum == counted.front()) << "unit " << unit.value;
}

TEST(Rates, AreWhatARecountFindsAndAddUpOverChildren) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    for (int step = 0; step < 200; ++step) history.step();
    const auto view = history.rollup.publish(1);
    for (std::uint32_t unit = 0; unit < history.twin.tree->size(); ++unit) {
      check_unit(history, *view, UnitId{unit});
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(Rates, OfAViewTellNothingOfHiddenRows) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    History history(seed);
    for (int step = 0; step < 200; ++step) history.step();
    std::vector<RowIndex> hidden;
    SlowTwin& twin = history.twin;
    const auto view = history.rollup.publish(1);
    for (std::uint32_t row = 0; row < twin.entries.size(); ++row)
      if (history.below(3) == 0) hidden.push_back({row});
    const auto narrow = without(view, hidden);
    for (const RowIndex row : hidden) twin.entries[row.value].row.import = 1;
    for (std::uint32_t unit = 0; unit < twin.tree->size(); ++unit) {
      check_unit(history, *narrow, UnitId{unit});
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace tz::rollup
