// Units: what they are, what lies below them, who holds posts there.
#include <map>
#include <set>

#include "http/as_of.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/unit_parts.h"

namespace tz::http {
namespace {

constexpr std::size_t kPageMax = 200;
constexpr std::size_t kUnitsMax = 50;

Json lines_json(const ledger::OrgTree& tree, UnitId unit) {
  JsonArray out;
  for (const ledger::LineEdge& edge : tree.lines()) {
    if (edge.unit != unit) continue;
    Json each;
    each.set("superior", unit_json(tree, edge.superior));
    each.set("line", ledger::to_text(edge.line));
    each.set("from", to_text(edge.from)).set("to", day_json(edge.to));
    out.push_back(std::move(each));
  }
  return out;
}

Json facts_json(const ledger::OrgTree& tree, UnitId unit) {
  Json out = unit_json(tree, unit);
  out.set("kind", ledger::to_text(tree.kind(unit)));
  out.set("placeholder", tree.placeholder(unit));
  out.set("from", to_text(tree.from(unit))).set("to", day_json(tree.to(unit)));
  return out;
}

// What became of the units that it came out of: it inherited what was open there, it was given a
// part of a unit that is no more, or was parted from one that goes on.
Json came_from_json(const ledger::OrgTree& tree, UnitId unit) {
  JsonArray out;
  const auto add = [&](UnitId from, const char* how, Day day) {
    Json each;
    each.set("unit", unit_json(tree, from)).set("how", how).set("from", to_text(day));
    out.push_back(std::move(each));
  };
  for (const ledger::Heir& heir : tree.history().succeeded_by(unit)) {
    const bool inherits = tree.history().successors(heir.unit).front() == heir;
    add(heir.unit, inherits ? "inherited" : "divided", heir.from);
  }
  for (const ledger::UnitEdit& edit : tree.history().edits_of(unit))
    if (edit.kind == ledger::ChangeKind::Parted) add(edit.other, "parted", edit.day);
  return out;
}

Json once_json(const ledger::OrgTree& tree, UnitId unit) {
  JsonArray out;
  for (const ledger::FormerUnit& was : tree.once(unit)) {
    const UnitId parent =
        tree.placeholder(was.parent) ? tree.visible_parent(was.parent) : was.parent;
    Json each;
    each.set("code", was.code).set("name", was.name);
    each.set("parent", unit_json(tree, parent)).set("to", to_text(was.to));
    out.push_back(std::move(each));
  }
  return out;
}

// Who took over what was the unit's, whose matters it took over, what it was called before, and
// who had its code.
void set_changes(const ledger::OrgTree& tree, UnitId unit, Json& out) {
  JsonArray successors;
  for (const ledger::Heir& heir : tree.history().successors(unit))
    successors.push_back(unit_json(tree, heir.successor));
  JsonArray had_code;
  for (const UnitId other : tree.find_all(tree.code(unit)))
    if (other != unit) had_code.push_back(unit_json(tree, other));
  out.set("successors", std::move(successors)).set("came_from", came_from_json(tree, unit));
  out.set("once", once_json(tree, unit)).set("had_code", std::move(had_code));
}

// What an answer holds besides the unit itself, so that a page needs one request.
struct With {
  bool children = false;
  bool trend = false;
};

Result<With> read_with(QueryReader& query) {
  const auto text = query.text("with");
  With out;
  std::string_view rest = text ? std::string_view(*text) : std::string_view();
  while (text) {
    const std::size_t end = rest.find(',');
    const std::string_view word = rest.substr(0, end);
    if (word == "children" && !out.children)
      out.children = true;
    else if (word == "trend" && !out.trend)
      out.trend = true;
    else
      return query_bad("with", *text);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return out;
}

// Of an answer about the past, the same unit by the tree of now.
void set_now(const Call& call, UnitId unit, Json& out) {
  if (!call.as_of) return;
  Call now = call;
  now.published = call.present();
  now.as_of = nullptr;
  Json each = unit_json(now.tree(), unit);
  each.set("to", day_json(now.tree().to(unit)));
  each.set("totals", kinds_json(now, now.view().totals(unit), kinds_shown(now, unit)));
  each.set("position", now.view().position());
  out.set("now", std::move(each));
}

Result<Response> unit_page(const Call& call) {
  QueryReader query(call.target);
  const With with = TZ_TRY(read_with(query));
  (void)query.text("as_of");  // read beforehand
  TZ_TRY(query.finish());
  const ledger::OrgTree& tree = call.tree();
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  Json out = facts_json(tree, unit);
  out.set("parent",
          unit == tree.parent(unit) ? Json() : unit_json(tree, tree.visible_parent(unit)));
  out.set("path", path_json(tree, unit));
  out.set("children", static_cast<std::uint64_t>(tree.visible_children(unit).size()));
  out.set("lines", lines_json(tree, unit));
  set_changes(tree, unit, out);
  out.set("totals", kinds_json(call, call.view().totals(unit), kinds_shown(call, unit)));
  out.set("quantities", quantity_sums_json(call, unit));
  set_now(call, unit, out);
  if (with.children) out.set("children_page", TZ_TRY(parts_json(call, unit, {})));
  if (with.trend) out.set("trend", trend_json(call, unit));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

// A trend scans every row, and the connection's thread has others to serve.
void get_unit(const CallRef& call, const Reply& reply) {
  if (QueryReader(call->target).text("with"))
    reading_or_as_of<unit_page>(call, reply);
  else
    at_once_or_as_of<unit_page>(call, reply);
}

namespace {

// How many units stand below, whatever their depth, by what kind they are; the hidden and
// those that have ended left out.
Json below_json(const ledger::OrgTree& tree, UnitId unit, Day day) {
  std::map<ledger::UnitKind, std::uint64_t> counts;
  const ledger::Interval subtree = tree.subtree(unit);
  for (std::uint32_t position = subtree.begin + 1; position < subtree.end; ++position) {
    const UnitId below = tree.at(position);
    if (!tree.placeholder(below) && !tree.ended(below, day)) ++counts[tree.kind(below)];
  }
  JsonArray out;
  for (const auto& [kind, count] : counts) {
    Json each;
    each.set("kind", ledger::to_text(kind)).set("count", count);
    out.push_back(std::move(each));
  }
  return out;
}

// The codes of a list parted by commas, each once.
Result<std::vector<std::string>> read_codes(QueryReader& query) {
  const auto text = query.text("codes");
  if (!text) return query_bad("codes", "");
  std::vector<std::string> codes;
  std::string_view rest = *text;
  for (bool more = true; more;) {
    const std::size_t end = rest.find(',');
    codes.emplace_back(rest.substr(0, end));
    more = end != std::string_view::npos;
    if (more) rest.remove_prefix(end + 1);
  }
  const std::set<std::string> once(codes.begin(), codes.end());
  if (codes.size() > kUnitsMax || once.size() != codes.size() || once.contains(""))
    return query_bad("codes", *text);
  return codes;
}

}  // namespace

Result<Response> get_units(const Call& call) {
  QueryReader query(call.target);
  const std::vector<std::string> codes = TZ_TRY(read_codes(query));
  TZ_TRY(query.finish());
  const ledger::OrgTree& tree = call.tree();
  JsonArray units;
  JsonArray unknown;
  for (const std::string& code : codes) {
    const auto unit = tree.find(code);
    if (!unit) {
      unknown.emplace_back(code);
      continue;
    }
    Json each = facts_json(tree, *unit);
    each.set("totals", kinds_json(call, call.view().totals(*unit), kinds_shown(call, *unit)));
    each.set("quantities", quantity_sums_json(call, *unit));
    each.set("below", below_json(tree, *unit, call.today));
    units.push_back(std::move(each));
  }
  Json out;
  out.set("units", std::move(units)).set("unknown", std::move(unknown));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_unit_children(const Call& call) {
  QueryReader query(call.target);
  const std::size_t limit = TZ_TRY(query.limit(kPageMax, kPageMax));
  const auto cursor = query.text("cursor");
  TZ_TRY(query.finish());
  const ledger::OrgTree& tree = call.tree();
  const std::vector<UnitId> children =
      tree.visible_children(TZ_TRY(unit_named(call, call.params[0])));
  std::size_t at = 0;
  if (cursor) {  // the last child of the page before
    const auto last = tree.named(*cursor);
    while (at < children.size() && children[at] != last) ++at;
    if (at++ == children.size()) return refusal("cursor_bad");
  }
  JsonArray page;
  for (; at < children.size() && page.size() < limit; ++at) {
    Json each = facts_json(tree, children[at]);
    each.set("leaf", tree.leaf(children[at]));
    page.push_back(std::move(each));
  }
  Json out;
  out.set("next", at < children.size() ? Json(address_of(tree, children[at - 1])) : Json());
  out.set("children", std::move(page));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_unit_posts(const Call& call) {
  QueryReader query(call.target);
  const auto named = query.text("role");
  TZ_TRY(query.finish());
  std::optional<ledger::Role> role;
  if (named) {
    role = ledger::role_named(*named);
    if (!role) return query_bad("role", *named);
  }
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  JsonArray posts;
  for (const ledger::Post& post : call.state().posts) {
    if (post.unit != unit || (role && post.role != *role)) continue;
    if (call.today < post.from || (post.to && *post.to < call.today)) continue;
    if (posts.size() == kPageMax) break;
    Json each;
    each.set("post", post.id.value);
    set_post(call.state(), post, each);
    if (post.acting) each.set("until", day_json(post.to));
    posts.push_back(std::move(each));
  }
  Json out;
  out.set("posts", std::move(posts));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
