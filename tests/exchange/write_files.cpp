// Writes one file of each kind into a folder, over a small ledger with the real flow of problems.
//
//   tz_exchange_files FOLDER
#include <cstdio>

#include "base/embedded.h"
#include "base/file.h"
#include "exchange/item_export.h"
#include "exchange/item_sheet.h"
#include "ledger/item_file.h"
#include "programme/flow_file.h"
#include "programme/policy_file.h"

namespace {

using namespace tz;

ledger::State small_state() {
  ledger::State state;
  state.genesis.origin = "ledger.test/log";
  state.genesis.simulated = true;
  ledger::OrgTree tree;
  const std::vector<ledger::UnitRow> rows = {
      {"0", "全国", UnitId{0}, ledger::UnitKind::Nation, false, {}, {}},
      {"22", "吉林省", UnitId{0}, ledger::UnitKind::Province, false, {}, {}},
      {"220204006001", "致和南社区", UnitId{1}, ledger::UnitKind::Village, false, {}, {}}};
  tree.add_units(rows);
  state.tree = std::make_shared<ledger::OrgTree>(std::move(tree));
  const auto flow = programme::read_flow(embedded_file("flows/problem.yaml"));
  TZ_ASSERT(flow.ok());
  state.kinds = {flow->kind};
  state.flows = {std::make_shared<ledger::Flow>(*flow)};
  const auto policy = programme::read_policy(embedded_file("policy/policy.yaml"));
  TZ_ASSERT(policy.ok());
  state.policy = std::make_shared<ledger::Policy>(*policy);
  return state;
}

std::string exported(Result<std::unique_ptr<exchange::ItemExport>> made) {
  TZ_ASSERT(made.ok());
  for (std::uint64_t i = 0; i < 3; ++i) {
    exchange::ItemExportRow row;
    row.row.no = ledger::ItemNo{i};
    row.row.place = UnitId{2};
    row.row.opened = *parse_day("2019-09-08");
    row.row.due = *parse_day("2019-09-30");
    row.title = i == 0 ? "=HYPERLINK(\"http://x\")" : i == 1 ? "@sum, \"甲\"\n乙" : "楼道堆物";
    row.source = "resident";
    TZ_ASSERT((*made)->add(row).ok());
  }
  const auto bytes = (*made)->finish();
  TZ_ASSERT(bytes.ok());
  return *bytes;
}

}  // namespace

int main(int count, char** values) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", values[0]);
    return 2;
  }
  const std::string folder = std::string(values[1]) + "/";
  const auto keep = [&](const char* name, const Result<std::string>& bytes) {
    TZ_ASSERT(bytes.ok());
    TZ_ASSERT(write_file({folder + name}, as_bytes(*bytes)).ok());
  };
  const ledger::State state = small_state();
  exchange::ItemExportPlan plan{
      {exchange::usual_item_columns().begin(), exchange::usual_item_columns().end()},
      state,
      Messages::of(Language::Chinese),
      Language::Chinese,
      *parse_day("2019-10-08"),
      77,
      start_of(*parse_day("2019-10-08"), Zone{}),
      3};
  keep("ledger.xlsx", exported(exchange::xlsx_export(plan)));
  keep("ledger.csv", exported(exchange::csv_export(plan)));
  const exchange::ItemSheetPlan sheet{state,      "problem",     UnitId{1},
                                      plan.words, plan.language, plan.instant};
  keep("template.xlsx", exchange::item_template(sheet));
  const Table table = {{1, {"标题", "来源", "整改时限"}},
                       {2, {"=1+1", "moon", "2019-10-30"}},
                       {3, {"楼道堆物", "居民上报", "soon"}}};
  const auto file =
      ledger::read_item_file(table, state, {"problem", UnitId{1}, 1, plan.instant, {}});
  TZ_ASSERT(file.ok());
  keep("marked.xlsx", exchange::marked_items(sheet, table, file->faults));
  return 0;
}
