// A refused code is answered with those that may stand in its place.
#include "ledger/allowed.h"

#include <gtest/gtest.h>

namespace tz::ledger {
namespace {

State state_with_a_flow() {
  Flow flow;
  flow.kind = "problem";
  flow.title = {"问题", "Problem"};
  flow.sources = {"resident", "hotline"};
  flow.source_titles = {{"居民上报", "Resident"}, {"热线", "Hotline"}};
  flow.categories = {"traffic"};
  flow.category_titles = {{"交通与停车", "Traffic"}};
  State state;
  state.kinds = {"problem"};
  state.flows = {std::make_shared<const Flow>(flow)};
  return state;
}

std::string allowed_in(const Error& error) {
  for (const auto& [name, value] : error.facts)
    if (name == "allowed") return value;
  return "-";
}

TEST(Allowed, CodesWithTheirTitles) {
  const State state = state_with_a_flow();
  const auto allowed = [&](const Error& error) {
    return allowed_in(with_allowed(error, state, "problem"));
  };
  EXPECT_EQ(allowed(refusal("source_unknown", {{"source", "moon"}})),
            "resident 居民上报、hotline 热线");
  EXPECT_EQ(allowed(refusal("kind_unknown", {{"kind", "moon"}})), "problem 问题");
  EXPECT_EQ(allowed(refusal("field_bad", {{"field", "fix_class"}})),
            "immediate 立行立改、by_date 限期整改、phased 分阶段整改、long_term 长期坚持");
  EXPECT_EQ(allowed(refusal("category_unknown", {{"category", "moon"}})), "traffic 交通与停车");
  EXPECT_EQ(allowed(refusal("field_bad", {{"field", "severity"}})),
            "general 一般、key 重点、major 重大");
  EXPECT_EQ(allowed(refusal("field_bad", {{"field", "title"}})), "-");
  EXPECT_EQ(allowed(refusal("bad_day", {{"text", "soon"}})), "-");
  EXPECT_EQ(allowed_in(with_allowed(refusal("source_unknown"), state, "moon")), "-");
}

}  // namespace
}  // namespace tz::ledger
