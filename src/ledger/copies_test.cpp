// How often a model may be repeated.
#include <gtest/gtest.h>

#include "ledger/decide.h"
#include "ledger/small_flow_test.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};
constexpr ItemNo kModel{1};

Result<Flow> read_project(std::string_view) {
  Flow flow;
  flow.kind = "project";
  flow.states = {{"collected", {}, Phase::Listed}, {"carried_out", {}, Phase::Working}};
  flow.transitions = {move("report", {0}, 1, Act::Actuals)};
  flow.opened_by = {{Role::Supervisor, Relation::Scope}};
  flow.sources = {"model"};
  return flow;
}

std::shared_ptr<const Policy> small_policy() {
  auto policy = std::make_shared<Policy>();
  for (const Right right : {Right::ItemOpen, Right::ItemRead}) {
    PolicyRow& row = policy->of(right);
    row.about = right == Right::ItemOpen ? About::Unit : About::Item;
    row.admits = Admits::Posts;
    row.by_flow = right == Right::ItemOpen;
    row.who[static_cast<std::size_t>(Role::Supervisor)] = {Relation::Scope};
  }
  return policy;
}

TEST(Copies, OfOneModelAreNotWithoutEnd) {
  State state;
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(std::vector<UnitRow>{{"0", "0", UnitId{0}, UnitKind::County, false, Day{1}, {}}});
  state.tree = tree;
  state.policy = small_policy();
  const Instant now = start_of(kToday, Zone{});
  const auto record = [&](const Event& event) {
    apply(state, event, RecordedAs{now, Seq{1}}, {&read_project, nullptr});
  };
  record(FlowAdopted{"project", 1, ""});
  record(AccountOpened{AccountId{1}});
  record(PostGranted{PostId{1}, AccountId{1}, UnitId{0}, Role::Supervisor, Day{1}, {}});
  ItemOpened opened;
  opened.no = kModel;
  opened.kind = "project";
  opened.flow_version = 1;
  opened.source = "model";
  Item model = open(state, opened, {Seq{2}, now, PostId{1}, 0, Origin::Real});
  model.criterion = std::vector<Quantity>{};
  for (std::uint64_t i = 0; i + 1 < kCopiesMax; ++i) model.copies.push_back(ItemNo{i + 2});

  OpenItem copy;
  copy.no = ItemNo{1'000'000};
  copy.kind = "project";
  copy.source = "model";
  copy.title = "停车位";
  copy.model = kModel;
  const Circumstances at{state,
                         [&](ItemNo no) { return no == kModel ? &model : nullptr; },
                         {AccountId{1}, {}},
                         now,
                         {&read_project, nullptr},
                         {}};
  const auto last = decide(at, copy);
  EXPECT_TRUE(last.ok()) << last.error().code;
  model.copies.push_back(ItemNo{999'999});
  const auto beyond = decide(at, copy);
  ASSERT_FALSE(beyond.ok());
  EXPECT_EQ(beyond.error().code, "copies_many");
}

}  // namespace
}  // namespace tz::ledger
