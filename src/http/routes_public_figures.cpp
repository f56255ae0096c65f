// What everybody may see of kinds about persons: how many came in, by month and unit. As data, and
// as a page without script.
#include <algorithm>

#include "http/handlers.h"
#include "http/html.h"
#include "http/plain_page.h"
#include "http/render.h"
#include "rollup/public_figures.h"

namespace tz::http {
namespace {

constexpr std::size_t kMonthsShown = 24;
constexpr std::size_t kMonthChars = 7;

// One kind, unit and month, with everything published of that month; none: nothing is.
struct Figures {
  const ledger::Flow* flow = nullptr;
  UnitId unit;
  const ledger::PublicMonth* month = nullptr;
  std::vector<Day> months;  // all that are published, the newest first

  [[nodiscard]] std::optional<std::int64_t> of(UnitId asked) const {
    if (month == nullptr) return std::nullopt;
    const auto found =
        std::lower_bound(month->figures.begin(), month->figures.end(), asked,
                         [](const ledger::PublicFigure& one, UnitId id) { return one.unit < id; });
    if (found == month->figures.end() || found->unit != asked) return std::nullopt;
    return found->received;
  }
  // Whether the unit was in the tree in which the month was counted.
  [[nodiscard]] bool was_there() const {
    return month != nullptr && unit.value < month->unit_count;
  }
  // The units with a figure next below, as they were then; those of today where nothing is counted.
  [[nodiscard]] std::vector<UnitId> below(const ledger::OrgTree& tree) const {
    return rollup::figure_units_below(tree, unit,
                                      month == nullptr ? tree.size() : month->unit_count);
  }
  // What the units below leave of the unit's own figure.
  [[nodiscard]] std::optional<std::int64_t> rest(const std::vector<UnitId>& below) const {
    auto left = of(unit);
    if (!left) return std::nullopt;
    for (const UnitId each : below) *left -= of(each).value_or(0);
    return left;
  }
};

// The kind that is asked for, else the first about persons.
Result<std::uint8_t> kind_asked(const ledger::State& state,
                                const std::optional<std::string>& kind) {
  const auto about_persons = [&](const std::string& name) {
    return state.flows[*state.flow_of(name)]->totals == ledger::TotalsAudience::Scope;
  };
  if (kind) {
    const auto index = state.kind_index(*kind);
    if (!index) return refusal("kind_unknown", {{"kind", *kind}, {"field", "kind"}});
    if (!about_persons(*kind)) return refusal("figures_public_already", {{"kind", *kind}});
    return *index;
  }
  const auto found = std::find_if(state.kinds.begin(), state.kinds.end(), about_persons);
  if (found == state.kinds.end()) return refusal("figures_none");
  return static_cast<std::uint8_t>(found - state.kinds.begin());
}

Result<Figures> figures_asked(const Call& call, QueryReader& query) {
  const ledger::State& state = call.state();
  const auto kind = query.text("kind");
  const auto month = query.text("month");
  const auto unit = query.text("unit");
  TZ_TRY(query.finish());
  const std::uint8_t index = TZ_TRY(kind_asked(state, kind));
  Figures out;
  out.flow = state.flows[*state.flow_of(state.kinds[index])].get();
  if (unit) out.unit = TZ_TRY(unit_named(call, *unit));
  for (const auto& each : state.public_months)
    if (each->kind == index) out.months.push_back(each->month);
  std::sort(out.months.rbegin(), out.months.rend());
  if (month) {
    const auto day = parse_day(*month + "-01");
    if (!day.ok() || month->size() != kMonthChars) return query_bad("month", *month);
    out.month = state.public_month(index, *day);
    if (out.month == nullptr) return refusal("figures_month_unknown", {{"month", *month}});
  } else if (!out.months.empty()) {
    out.month = state.public_month(index, out.months.front());
  }
  return out;
}

Json count_json(std::optional<std::int64_t> count) { return count ? Json(*count) : Json(); }

// Writing the page, in one language.
struct FiguresPage {
  const Call& call;
  const Figures& figures;
  Language language;

  [[nodiscard]] std::string word(std::string_view key, const Facts& facts = {}) const {
    return html(call.site.context.messages(language).text("figures." + std::string(key), facts));
  }
  [[nodiscard]] std::string address(UnitId unit, Day month) const {
    return "/figures?kind=" + figures.flow->kind + "&unit=" + std::string(call.tree().code(unit)) +
           "&month=" + month_text(month);
  }
  [[nodiscard]] std::string link(const std::string& to, const std::string& text) const {
    return "<a href=\"" + html(to + "&lang=" + std::string(tag_of(language))) + "\">" + text +
           "</a>";
  }
  [[nodiscard]] std::string count(std::optional<std::int64_t> value) const {
    return value ? std::to_string(*value) : "<span title=\"" + word("withheld") + "\">—</span>";
  }
  [[nodiscard]] std::string row(const std::string& head, std::optional<std::int64_t> value) const {
    return "<tr><th scope=\"row\">" + head + "</th><td>" + count(value) + "</td></tr>\n";
  }
  [[nodiscard]] std::string months() const {
    std::string out = "<p>" + word("months");
    for (std::size_t i = 0; i < std::min(figures.months.size(), kMonthsShown); ++i) {
      const Day month = figures.months[i];
      out += " ";
      out += month == figures.month->month
                 ? "<b aria-current=\"true\">" + month_text(month) + "</b>"
                 : link(address(figures.unit, month), month_text(month));
    }
    return out + "</p>\n";
  }
  [[nodiscard]] std::string table() const {
    const ledger::OrgTree& tree = call.tree();
    const Day month = figures.month->month;
    if (!figures.was_there())
      return "<p><b>" + word("later", {{"unit", std::string(tree.name(figures.unit))}}) +
             "</b></p>\n";
    std::string path;
    for (const UnitId each : tree.path(figures.unit))
      if (each != figures.unit) path += link(address(each, month), html(tree.name(each))) + " / ";
    std::string out = "<section>\n<h2>" + path + html(tree.name(figures.unit)) +
                      "</h2>\n<table>\n" + "<thead><tr><th scope=\"col\">" + word("unit") +
                      "</th><th scope=\"col\">" + word("received", {{"month", month_text(month)}}) +
                      "</th></tr></thead>\n<tbody>\n";
    const auto below = figures.below(tree);
    for (const UnitId each : below)
      out += row(link(address(each, month), html(tree.name(each))), figures.of(each));
    if (!below.empty()) out += row(word("rest"), figures.rest(below));
    return out + "</tbody>\n<tfoot>" + row(word("whole"), figures.of(figures.unit)) +
           "</tfoot>\n</table>\n</section>\n";
  }
  [[nodiscard]] std::string body() const {
    const ledger::Title& title = figures.flow->title;
    const std::string kind = language == Language::English ? title.en : title.zh;
    std::string out = "<p>" + word("opening", {{"kind", kind}}) + "</p>\n";
    out +=
        figures.month == nullptr ? "<p><b>" + word("nothing") + "</b></p>\n" : months() + table();
    return out + "<p>" + word("why") + "</p>\n<p>" + word("accusations") + "</p>\n";
  }
};

}  // namespace

Result<Response> get_public_figures(const Call& call) {
  QueryReader query(call.target);
  const Figures figures = TZ_TRY(figures_asked(call, query));
  const ledger::OrgTree& tree = call.tree();
  const auto below = figures.below(tree);
  JsonArray rows;
  for (const UnitId each : below) {
    Json row = unit_json(tree, each);
    row.set("received", count_json(figures.of(each)));
    rows.push_back(std::move(row));
  }
  JsonArray months;
  for (const Day month : figures.months) months.push_back(month_text(month));
  Json out;
  out.set("kind", figures.flow->kind);
  out.set("month", figures.month ? Json(month_text(figures.month->month)) : Json());
  out.set("months", std::move(months)).set("unit", unit_json(tree, figures.unit));
  out.set("received", count_json(figures.of(figures.unit)));
  out.set("rows", std::move(rows)).set("rest", count_json(figures.rest(below)));
  return json_response(out);
}

Result<Response> get_figures_page(const Call& call) {
  QueryReader query(call.target);
  const Language language = TZ_TRY(page_language(call, query));
  const Figures figures = TZ_TRY(figures_asked(call, query));
  const FiguresPage page{call, figures, language};
  std::string path = "/figures";
  if (figures.month != nullptr) path = page.address(figures.unit, figures.month->month);
  return plain_page(call, language, {"figures", path, page.body()});
}

}  // namespace tz::http
