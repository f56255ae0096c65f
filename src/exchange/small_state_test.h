// A small ledger and words of both languages, for the tests of this room.
#pragma once

#include <memory>

#include "base/message.h"
#include "ledger/state.h"

namespace tz::exchange {

// From the project's own locale files; defined in item_export_test.cpp.
const Messages& words_of(Language language);

// 0 全国 ─ 13 河北省 ─ 1306 保定市; the kind problem with two sources.
inline ledger::State small_state() {
  using namespace ledger;
  State state;
  state.genesis.origin = "ledger.test/log";
  OrgTree tree;
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, {}, {}},
      {"13", "河北省", UnitId{0}, UnitKind::Province, false, {}, {}},
      {"1306", "保定市", UnitId{1}, UnitKind::Prefecture, false, {}, {}}};
  tree.add_units(rows);
  state.tree = std::make_shared<OrgTree>(std::move(tree));
  Flow flow;
  flow.kind = "problem";
  flow.title = {"问题", "Problem"};
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.opening_required = {"title", "source"};
  flow.sources = {"audit", "resident"};
  flow.source_titles = {{"审计", "Audit"}, {"居民上报", "Report of a resident"}};
  flow.states = {{"registered", {"已登记", "Registered"}, Phase::Listed},
                 {"closed", {"已销号", "Closed"}, Phase::Closed}};
  state.kinds = {"problem"};
  state.flows = {std::make_shared<Flow>(std::move(flow))};
  Policy policy;
  policy.of(Right::ItemOpen).program = true;
  state.policy = std::make_shared<Policy>(policy);
  return state;
}

}  // namespace tz::exchange
