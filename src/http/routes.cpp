// The table itself, and looking up in it.
#include "http/routes.h"

#include "http/handlers.h"

namespace tz::http {
namespace {

constexpr Who kPublic = Who::Public;
constexpr Who kAccount = Who::Account;
constexpr Takes kNothing = Takes::Nothing;
constexpr Takes kJson = Takes::Json;
constexpr Takes kFile = Takes::File;

// One entry a line, sorted.
// clang-format off
constexpr Route kRoutes[] = {
    {"/", "GET", kPublic, kNothing, at_once<get_page>},
    {"/account", "GET", kPublic, kNothing, at_once<get_page>},
    {"/api", "GET", kPublic, kNothing, at_once<get_api_page>},
    {"/api/style.css", "GET", kPublic, kNothing, at_once<get_api_style>},
    {"/api/v1/account", "GET", kAccount, kNothing, at_once<get_account>},
    {"/api/v1/account/password", "POST", kAccount, kJson, post_account_password},
    {"/api/v1/account/second-factor", "POST", kAccount, kJson, post_second_factor},
    {"/api/v1/account/second-factor/confirm", "POST", kAccount, kJson, post_second_factor_confirm},
    {"/api/v1/account/second-factor/disable", "POST", kAccount, kJson, post_second_factor_disable},
    {"/api/v1/accounts/{name}/unlock", "POST", kAccount, kNothing, post_account_unlock},
    {"/api/v1/audit", "GET", kAccount, kNothing, reading<get_audit>},
    {"/api/v1/evidence", "POST", kAccount, kFile, post_evidence},
    {"/api/v1/evidence/{sha256}", "GET", kAccount, kNothing, reading<get_evidence>},
    {"/api/v1/exports/items.csv", "GET", kAccount, kNothing, get_items_csv},
    {"/api/v1/exports/items.xlsx", "GET", kAccount, kNothing, get_items_xlsx},
    {"/api/v1/imports", "POST", kAccount, kFile, post_import},
    {"/api/v1/imports/marked", "POST", kAccount, kFile, post_import_marked},
    {"/api/v1/items", "GET", kAccount, kNothing, reading<get_items>},
    {"/api/v1/items", "POST", kAccount, kJson, post_item},
    {"/api/v1/items/{no}", "GET", kAccount, kNothing, reading<get_item>},
    {"/api/v1/items/{no}/correct", "POST", kAccount, kJson, post_item_correction},
    {"/api/v1/items/{no}/history", "GET", kAccount, kNothing, reading<get_item_history>},
    {"/api/v1/items/{no}/records/{seq}/proof", "GET", kAccount, kNothing, reading<get_proof>},
    {"/api/v1/items/{no}/redact", "POST", kAccount, kJson, post_item_redaction},
    {"/api/v1/items/{no}/{transition}", "POST", kAccount, kJson, post_item_transition},
    {"/api/v1/journal", "GET", kAccount, kNothing, reading<get_journal>},
    {"/api/v1/kinds", "GET", kPublic, kNothing, at_once<get_kinds>},
    {"/api/v1/kinds/{kind}/flow", "GET", kPublic, kNothing, at_once<get_flow>},
    {"/api/v1/ledger", "GET", kPublic, kNothing, at_once<get_ledger>},
    {"/api/v1/search", "GET", kPublic, kNothing, get_search},
    {"/api/v1/session", "DELETE", kAccount, kNothing, delete_session},
    {"/api/v1/session", "GET", kAccount, kNothing, at_once<get_session>},
    {"/api/v1/session", "POST", kPublic, kJson, post_session},
    {"/api/v1/session/code", "POST", kAccount, kJson, post_session_code},
    {"/api/v1/sessions", "DELETE", kAccount, kNothing, delete_sessions},
    {"/api/v1/sessions", "GET", kAccount, kNothing, at_once<get_sessions>},
    {"/api/v1/sessions/{session}", "DELETE", kAccount, kNothing, delete_session_of},
    {"/api/v1/stream", "GET", kAccount, kNothing, at_once<get_stream>},
    {"/api/v1/templates/items.csv", "GET", kPublic, kNothing, at_once<get_items_template>},
    {"/api/v1/templates/items.xlsx", "GET", kPublic, kNothing, reading<get_items_sheet>},
    {"/api/v1/tokens", "GET", kAccount, kNothing, at_once<get_tokens>},
    {"/api/v1/tokens", "POST", kAccount, kJson, post_token},
    {"/api/v1/tokens/{token}", "DELETE", kAccount, kNothing, delete_token},
    {"/api/v1/units/{code}", "GET", kPublic, kNothing, get_unit},
    {"/api/v1/units/{code}/children", "GET", kPublic, kNothing, at_once<get_unit_children>},
    {"/api/v1/units/{code}/posts", "GET", kAccount, kNothing, at_once<get_unit_posts>},
    {"/api/v1/units/{code}/rollup", "GET", kPublic, kNothing, at_once<get_rollup>},
    {"/api/v1/work", "GET", kAccount, kNothing, reading<get_work>},
    {"/assets/{path*}", "GET", kPublic, kNothing, at_once<get_asset>},
    {"/audit", "GET", kPublic, kNothing, at_once<get_page>},
    {"/healthz", "GET", kPublic, kNothing, at_once<get_health>},
    {"/help", "GET", kPublic, kNothing, at_once<get_page>},
    {"/help/{role}", "GET", kPublic, kNothing, at_once<get_page>},
    {"/icon.svg", "GET", kPublic, kNothing, at_once<get_icon>},
    {"/items", "GET", kPublic, kNothing, at_once<get_page>},
    {"/items/new", "GET", kPublic, kNothing, at_once<get_page>},
    {"/items/{no}", "GET", kPublic, kNothing, at_once<get_page>},
    {"/items/{no}/print/{form}", "GET", kPublic, kNothing, at_once<get_page>},
    {"/licences.txt", "GET", kPublic, kNothing, at_once<get_licences>},
    {"/log/checkpoint", "GET", kPublic, kNothing, reading<get_checkpoint>},
    {"/log/tile/{path*}", "GET", kPublic, kNothing, reading<get_tile>},
    {"/metrics", "GET", kPublic, kNothing, at_once<get_metrics>},
    {"/print/items", "GET", kPublic, kNothing, at_once<get_page>},
    {"/queue", "GET", kPublic, kNothing, at_once<get_page>},
    {"/readyz", "GET", kPublic, kNothing, reading<get_ready>},
    {"/sign-in", "GET", kPublic, kNothing, at_once<get_page>},
    {"/units", "GET", kPublic, kNothing, at_once<get_page>},
    {"/units/{code}", "GET", kPublic, kNothing, at_once<get_page>},
    {"/work", "GET", kPublic, kNothing, at_once<get_page>},
};
// clang-format on

// The params if the path has that pattern.
std::optional<std::vector<std::string>> match(std::string_view pattern,
                                              const std::vector<std::string>& segments) {
  std::vector<std::string> params;
  std::size_t at = 0;
  pattern.remove_prefix(1);
  while (!pattern.empty()) {
    const std::size_t end = pattern.find('/');
    const std::string_view piece = pattern.substr(0, end);
    pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end + 1);
    if (at == segments.size()) return std::nullopt;
    if (piece.ends_with("*}")) {
      std::string rest = segments[at];
      while (++at < segments.size()) rest += "/" + segments[at];
      params.push_back(std::move(rest));
    } else if (piece.starts_with('{')) {
      params.push_back(segments[at++]);
    } else if (piece != segments[at++]) {
      return std::nullopt;
    }
  }
  if (at != segments.size()) return std::nullopt;
  return params;
}

}  // namespace

std::span<const Route> routes() { return kRoutes; }

Match find_route(std::string_view method, const std::vector<std::string>& segments) {
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  Match out;
  for (const Route& route : kRoutes) {
    if (route.method != wanted) continue;
    auto params = match(route.pattern, segments);
    if (!params) continue;
    out.route = &route;
    out.params = *std::move(params);
    return out;
  }
  for (const Route& route : kRoutes) {
    if (!match(route.pattern, segments)) continue;
    if (!out.allowed.empty()) out.allowed += ", ";
    out.allowed += route.method;
  }
  return out;
}

}  // namespace tz::http
