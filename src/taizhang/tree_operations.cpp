// Reading a difference, planning it on the tree as it is, making it so by one command.
#include "taizhang/tree_operations.h"

#include "ledger/tree_diff_file.h"
#include "ledger/tree_diff_plan.h"
#include "taizhang/operation_fields.h"
#include "taizhang/operations.h"

namespace tz::program {
namespace {

constexpr std::size_t kLeftTold = 100;

Json counts_json(const ledger::DiffPlan& plan) {
  const ledger::PlanCounts& counts = plan.counts;
  Json out;
  out.set("renamed", counts.renamed).set("recoded", counts.recoded).set("moved", counts.moved);
  out.set("ended", counts.ended).set("founded", counts.founded);
  out.set("succeeded", counts.succeeded);
  out.set("followed", counts.followed).set("left", counts.left).set("done", counts.done);
  JsonArray lines;
  for (const std::size_t line : plan.left) {
    if (lines.size() == kLeftTold) break;
    lines.emplace_back(static_cast<std::int64_t>(line));
  }
  out.set("left_lines", std::move(lines));
  return out;
}

}  // namespace

Json faults_json(const std::vector<ledger::RowFault>& faults) {
  JsonArray list;
  for (const ledger::RowFault& fault : faults) {
    Json one;
    one.set("line", static_cast<std::int64_t>(fault.line)).set("error", to_json(fault.error));
    list.push_back(std::move(one));
  }
  Json out;
  out.set("faults", std::move(list));
  return out;
}

Result<Json> apply_tree_diff(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  const std::string from = TZ_TRY(text_field(operation, "from"));
  const auto day = parse_day(from);
  if (!day.ok()) return refusal("bad_day", {{"text", from}});
  const auto now = open.engine->published();
  const ledger::PlanRequest request{TZ_TRY(text_field(operation, "source")), *day,
                                    flag(operation, "leave_undecided"),
                                    day_of(open.clock->now(), now.state->zone)};
  const ledger::DiffFile file = TZ_TRY(ledger::read_diff(text));
  if (!file.faults.empty()) return faults_json(file.faults);
  ledger::DiffPlan plan = ledger::plan_diff(file.rows, *now.state->tree, request);
  if (!plan.faults.empty()) return faults_json(plan.faults);
  const bool nothing = plan.command.changes.empty() && plan.command.rows.empty();
  if (!nothing && !flag(operation, "dry_run"))
    TZ_TRY(open.engine->submit_and_wait({std::move(plan.command), {}, {}, {}}));
  return counts_json(plan);
}

}  // namespace tz::program
