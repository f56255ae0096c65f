// Answers, tries and whose word stands, on an item as decisions see it.
#include "ledger/verdict.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace tz::ledger {
namespace {

constexpr PostId kClerk{7};
constexpr Day kToday{18'200};

// A closed item of a flow that knows an outcome "done" and one "cannot".
struct Closed {
  Closed() {
    Flow flow;
    flow.kind = "request";
    flow.states = {{"working", {}, Phase::Working}, {"closed", {}, Phase::Closed}};
    flow.outcomes = {{"done", {}}, {"cannot", {}, false, false, false, true}};
    state.flows = {std::make_shared<const Flow>(flow)};
    judge.act = Act::Judge;
    judge.to = 1;
    judge.to_if_unsatisfied = 0;
    item.no = ItemNo{1};
    item.state = 1;
    close("done");
  }
  void close(const std::string& outcome) {
    for (Closure& one : item.closures) one.stands = false;
    Closure closure;
    closure.outcome = outcome;
    item.closures.push_back(closure);
    item.judged = false;
    item.tries = 0;
  }
  void say(Verdict solved, std::optional<VerdictWay> way, PostId by = kClerk) {
    note_judgement(item, {solved, Verdict::NoAnswer, 1, way, {}, {}}, by, kToday);
  }
  void list(std::uint32_t affected, std::uint16_t asked) {
    item.lot.emplace();
    item.lot->list = {1, affected, asked, sha256(as_bytes("list"))};
    item.lot->record = Seq{40};
  }
  // Open again, with a deadline that was over yesterday.
  void run_over() {
    item.state = 0;
    item.closures.back().stands = false;
    item.judged = false;
    item.due = Day{kToday.number - 1};
  }
  void list_overdue(std::uint16_t asked) {
    item.lot.emplace();
    item.lot->list = {0, 50, asked, sha256(as_bytes("list"))};
    item.lot->day = kToday;
    item.lot->closings = item.closures.size();
  }
  [[nodiscard]] std::string refused(const Transition& step) const {
    auto error = verdict_refused(step, item);
    if (!error) error = unmet_refused(step, item, state);
    return error ? error->code : "";
  }
  [[nodiscard]] std::string refused(Act act) const {
    Transition step;
    step.act = act;
    return refused(step);
  }
  [[nodiscard]] std::string refused_overdue(Act act) const {
    Transition step;
    step.act = act;
    step.guards = {{GuardKind::DeadlineOver, 0}};
    return refused(step);
  }

  State state;
  Transition judge;
  Item item;
};

TEST(Verdict, SilenceAfterAReopeningTakesNoAnswerAway) {
  Item item;
  note_judgement(item, {Verdict::No, Verdict::No, 1, VerdictWay::Code, {}, {}}, PostId{0}, kToday);
  item.judged = false;  // reopened, and closed again
  note_judgement(item, {Verdict::NoAnswer, Verdict::NoAnswer, 2, VerdictWay::Phone, {}, {}},
                 PostId{3}, kToday);
  EXPECT_EQ(item.judgement->solved, Verdict::No);
  EXPECT_EQ(item.judgement_by, std::nullopt);
  EXPECT_EQ(item.tries, 1);
  EXPECT_FALSE(item.judged);
}

TEST(Verdict, SilenceIsCountedAndCanStillBeBroken) {
  Closed one;
  one.say(Verdict::NoAnswer, VerdictWay::Phone);
  one.say(Verdict::NoAnswer, VerdictWay::Paper);
  EXPECT_EQ(one.item.tries, 2);
  EXPECT_FALSE(answered(one.item));
  EXPECT_EQ(one.refused(Act::Judge), "");
  one.say(Verdict::Yes, VerdictWay::Phone);
  EXPECT_TRUE(answered(one.item));
  EXPECT_EQ(one.item.judgement_by, kClerk);
  EXPECT_EQ(one.refused(Act::Judge), "verdict_given");
}

TEST(Verdict, TheReportersOwnWordStands) {
  Closed one;
  one.say(Verdict::Yes, VerdictWay::Phone);
  EXPECT_FALSE(own_word_given(one.item));
  one.say(Verdict::No, VerdictWay::Code, PostId{0});
  EXPECT_TRUE(own_word_given(one.item));
  EXPECT_FALSE(one.item.judgement_by.has_value());
  // As it was before ways were recorded.
  Closed before;
  before.say(Verdict::Yes, {}, PostId{0});
  EXPECT_TRUE(own_word_given(before.item));
  Closed silent;
  silent.say(Verdict::NoAnswer, {});
  EXPECT_TRUE(silent.item.judged);
  EXPECT_FALSE(own_word_given(silent.item));
}

TEST(Verdict, ANoGoesBackToWorkUnlessItCannotBeMet) {
  Closed one;
  const JudgementGiven no{Verdict::Yes, Verdict::No, 1};
  EXPECT_TRUE(goes_back(no, one.judge, one.item, one.state));
  EXPECT_FALSE(goes_back({Verdict::Yes, Verdict::NoAnswer, 1}, one.judge, one.item, one.state));
  one.close("cannot");
  EXPECT_FALSE(goes_back(no, one.judge, one.item, one.state));
  // Asked at the limit, whatever was found before.
  one.item.closures.back().stands = false;
  EXPECT_TRUE(goes_back(no, one.judge, one.item, one.state));
}

TEST(Verdict, OfManyIsTheirsWhoWereDrawn) {
  Closed one;
  EXPECT_EQ(one.refused(Act::Draw), "lot_not_listed");
  EXPECT_EQ(one.refused(Act::AskDrawn), "lot_not_drawn");
  one.list(50, 5);
  EXPECT_EQ(one.refused(Act::ListAffected), "lot_listed");
  EXPECT_EQ(one.refused(Act::Judge), "lot_answers");
  EXPECT_EQ(one.refused(Act::AskDrawn), "lot_not_drawn");
  EXPECT_EQ(one.refused(Act::Draw), "");
  note_drawing(one.item, {1, 41, sha256(as_bytes("root"))});
  EXPECT_EQ(one.refused(Act::Draw), "lot_is_drawn");
  ASSERT_EQ(one.item.lot->drawn.size(), 5U);
  for (const DrawnAnswer& each : std::vector<DrawnAnswer>(one.item.lot->drawn)) {
    EXPECT_EQ(one.refused(Act::AskDrawn), "");
    note_judgement(one.item, {Verdict::Yes, Verdict::Yes, 1, VerdictWay::Phone, {}, each.number},
                   kClerk, kToday);
  }
  EXPECT_EQ(one.refused(Act::AskDrawn), "lot_is_done");
  EXPECT_FALSE(one.item.judgement.has_value()) << "theirs is not yet the item's";
  EXPECT_EQ(count_of(*one.item.lot).solved, 5U);
  // The next closing has a list of its own.
  one.close("done");
  EXPECT_EQ(one.refused(Act::Judge), "");
  EXPECT_EQ(one.refused(Act::ListAffected), "");
}

TEST(Verdict, ADeadlineIsAskedAboutOnce) {
  Closed one;
  one.say(Verdict::No, VerdictWay::Phone);
  one.run_over();
  EXPECT_EQ(one.refused_overdue(Act::Judge), "verdict_given")
      << "of the closing, after the deadline";
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "verdict_given");
  one.item.due = kToday;
  EXPECT_EQ(one.refused_overdue(Act::Judge), "") << "that is over later";
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "");
  Closed silent;
  silent.say(Verdict::NoAnswer, VerdictWay::Phone);
  silent.run_over();
  EXPECT_EQ(silent.refused_overdue(Act::Judge), "") << "who gave no answer can still be asked";
}

TEST(Verdict, ThoseAskedOfADeadlineAreListedOnceForEach) {
  Closed one;
  one.run_over();
  one.list_overdue(5);
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "lot_listed");
  EXPECT_EQ(one.refused_overdue(Act::Judge), "lot_answers");
  note_drawing(one.item, {0, 41, sha256(as_bytes("root"))});
  // A later deadline does not end what was begun.
  one.item.due = Day{kToday.number + 30};
  EXPECT_EQ(one.refused(Act::AskDrawn), "");
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "lot_listed");
  for (DrawnAnswer& each : one.item.lot->drawn) each.solved = Verdict::Yes;
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "") << "for the next deadline";
  one.item.due = Day{kToday.number - 1};
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "lot_listed") << "for the same";
  // What was drawn before a closing is not of what came after it.
  for (DrawnAnswer& each : one.item.lot->drawn) each.solved = Verdict::NoAnswer;
  one.close("done");
  EXPECT_EQ(one.refused(Act::AskDrawn), "lot_not_drawn");
  one.run_over();
  EXPECT_EQ(one.refused(Act::AskDrawn), "lot_not_drawn");
  EXPECT_EQ(one.refused_overdue(Act::ListAffected), "");
}

TEST(Verdict, WhatNobodyIsUnsatisfiedWithIsNotFoundToBeUnmet) {
  Closed one;
  one.run_over();
  Transition find;
  find.act = Act::Close;
  find.outcomes = {1};
  EXPECT_EQ(one.refused(find), "verdict_not_unsatisfied");
  one.say(Verdict::Yes, VerdictWay::Phone);
  EXPECT_EQ(one.refused(find), "verdict_not_unsatisfied");
  one.say(Verdict::No, VerdictWay::Phone);
  EXPECT_TRUE(contested(one.item));
  EXPECT_EQ(one.refused(find), "");
  Transition close;
  close.act = Act::Close;
  EXPECT_EQ(Closed().refused(close), "") << "with any outcome";
}

TEST(Verdict, WhatIsWrittenDownSaysHowAndWhy) {
  const auto code = [](ActionInput input) {
    const auto error = said_fault(input);
    return error ? error->code : std::string();
  };
  ActionInput input;
  input.solved = Verdict::No;
  EXPECT_EQ(code(input), "field_required");
  input.way = VerdictWay::Code;
  EXPECT_EQ(code(input), "field_bad") << "by his code only he himself";
  input.way = VerdictWay::Phone;
  EXPECT_EQ(code(input), "field_required") << "why";
  input.why = VerdictWhy::CameBack;
  EXPECT_EQ(code(input), "");
  input.why.reset();
  input.text = "车又停回来了";
  EXPECT_EQ(code(input), "");
  input.solved = Verdict::NoAnswer;
  input.satisfied = Verdict::No;
  EXPECT_EQ(code(input), "field_bad") << "silence says nothing";
}

}  // namespace
}  // namespace tz::ledger
