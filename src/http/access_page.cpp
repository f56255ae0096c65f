// Writing the page's two tables.
#include "http/access_page.h"

#include "http/routes.h"

namespace tz::http {
namespace {

using ledger::PolicyRow;
using ledger::Right;

constexpr std::string_view kOpening =
    "# Access · 权限\n\n"
    "Made from `policy/policy.yaml` by `taizhang policy page`; a test keeps it so. What no row "
    "allows is refused, and "
    "what\nsomebody may not know of is answered like what does not exist.\n\n"
    "本页由 `taizhang policy page` 依 `policy/policy.yaml` "
    "生成，由测试核对。没有列出的一律不允许；无权知道的，与不存在的回答完全"
    "一样。\n";

// "recorder: recorder; supervisor: scope, named"
std::string holders(const PolicyRow& row) {
  if (row.admits == ledger::Admits::Anybody) return "anybody";
  if (row.admits == ledger::Admits::Account) return "every account";
  std::string out;
  for (std::size_t i = 0; i < ledger::kRoleCount; ++i) {
    std::string relations;
    for (int each = 0; each <= static_cast<int>(ledger::Relation::Any); ++each) {
      const auto relation = static_cast<ledger::Relation>(each);
      if (!row.who[i].has(relation)) continue;
      if (!relations.empty()) relations += ", ";
      relations += to_text(relation);
    }
    if (relations.empty()) continue;
    if (!out.empty()) out += "; ";
    out += std::string(to_text(static_cast<ledger::Role>(i))) + ": " + relations;
  }
  return out.empty() ? "nobody" : out;
}

std::string conditions(const PolicyRow& row) {
  std::string out;
  const auto add = [&](const std::string& more) { out += (out.empty() ? "" : "; ") + more; };
  if (row.program) add("the program too");
  if (row.by_flow) add("whom the flow names");
  std::string never;
  for (std::size_t i = 0; i < ledger::kDutyCount; ++i)
    if (const auto duty = static_cast<ledger::Duty>(i); row.never.has(duty))
      never += (never.empty() ? "" : ", ") + std::string(to_text(duty));
  if (!never.empty()) add("never " + never);
  if (row.shows) add("items by " + std::string(to_text(*row.shows)));
  return out.empty() ? "–" : out;
}

}  // namespace

std::string access_page(const ledger::Policy& policy) {
  std::string out(kOpening);
  out +=
      "\n## Rights · 权限项\n\n"
      "| right · 权限项 | who · 何人 | 何人 | role: relation · 角色与关系 | conditions · 条件 |\n"
      "|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < ledger::kRightCount; ++i) {
    const auto right = static_cast<Right>(i);
    const PolicyRow& row = policy.of(right);
    out += "| " + std::string(to_text(right)) + " | " + row.says.en + " | " + row.says.zh + " | " +
           holders(row) + " | " + conditions(row) + " |\n";
  }
  std::string exclusive;
  for (std::size_t i = 0; i < ledger::kRoleCount; ++i)
    if (const auto role = static_cast<ledger::Role>(i); policy.exclusive.has(role))
      exclusive += (exclusive.empty() ? "" : ", ") + std::string(to_text(role));
  out += "\nNobody holds two of these · 以下角色互不兼任: " + exclusive + ".\n";
  out += "\n## Routes · 接口\n\n| route · 接口 | right · 权限项 |\n|---|---|\n";
  for (const Route& route : routes())
    out += "| " + std::string(route.method) + " " + std::string(route.pattern) + " | " +
           std::string(to_text(route.right)) + " |\n";
  return out;
}

}  // namespace tz::http
