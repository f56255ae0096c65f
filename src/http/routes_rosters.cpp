// What is public of households that move: rosters made for everybody while they last, and to a
// household itself what its query code opens.
#include <charconv>

#include "http/address_limit.h"
#include "http/body_reader.h"
#include "http/csv_table.h"
#include "http/error_response.h"
#include "http/form_body.h"
#include "http/handlers.h"
#include "http/household_following.h"
#include "http/html.h"
#include "http/item_query.h"
#include "http/plain_page.h"
#include "http/render.h"
#include "http/resettlement_json.h"

namespace tz::http {
namespace {

using ledger::PublishedRoster;
using ledger::RosterAudience;

std::size_t number_in(const std::string& text) {
  std::size_t out = 0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, out);
  return fault == std::errc{} && at == end ? out : 0;
}

// Why it is not shown today; none: it is.
std::optional<Error> not_shown(const Call& call, const PublishedRoster& roster) {
  if (roster.audience != RosterAudience::Everybody) return refusal("roster_for_affected");
  if (call.today < roster.first) return refusal("roster_not_yet", {{"day", to_text(roster.first)}});
  if (roster.last < call.today) return refusal("roster_over", {{"day", to_text(roster.last)}});
  return std::nullopt;
}

// The rosters for everybody that are shown today: by scheme, the newest first.
template <class Work>
void for_each_shown(const Call& call, const Work& work) {
  for (const auto& scheme : call.state().schemes) {
    const ledger::RostersOfUnit* everybody = scheme->rosters_of(std::nullopt);
    if (everybody == nullptr) continue;
    const auto& numbers = everybody->numbers;
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number)
      if (!not_shown(call, *scheme->rosters.at(*number - 1))) work(*scheme, std::size_t{*number});
  }
}

// The household, where neither its address nor the code was tried too often.
Result<FollowedItem> opened(const Call& call, const std::string& no, const std::string& code) {
  if (!call.site.codes.take(call.from, call.now)) return refusal("codes_too_many");
  auto found = followed_household(call, no, code);
  if (found.ok()) call.site.codes.give_back(call.from, call.now);
  return found;
}

Result<Response> follow_json(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const Json body = TZ_TRY(json_body(call.request));
  BodyReader fields(body);
  const std::string no = fields.text("item");
  const std::string code = fields.text("code");
  TZ_TRY(fields.finish());
  const FollowedItem found = TZ_TRY(opened(call, no, code));
  const ledger::Item& item = found.item;
  const ledger::Scheme& scheme = *call.state().schemes[item.household->scheme];
  JsonArray steps;
  for (const HouseholdStep& step : steps_of(call, found)) {
    Json one;
    one.set("at", call.instant_text(step.at))
        .set("title", title_json(step.title))
        .set("unit", step.unit);
    one.set("text", step.text);
    steps.push_back(std::move(one));
  }
  JsonArray rosters;
  for (const std::size_t number : rosters_for(call, item))
    rosters.push_back(roster_json(call, scheme, number));
  Json out;
  out.set("item", ledger::to_text(item.no)).set("scheme", scheme.code).set("name", scheme.name);
  out.set("unit", unit_json(call.tree(), item.place));
  out.set("stage", ledger::to_text(ledger::stage_of(item, call.state())));
  out.set("state", title_json(ledger::flow_of(item, call.state()).states[item.state].title));
  out.set("agreement", agreement_of(call, item));
  out.set("steps", std::move(steps)).set("rosters", std::move(rosters));
  return json_response(out);
}

// The page for whoever has a slip with a number and a code: a form, and what they open.
struct HouseholdPage {
  const Call& call;
  Language language;

  [[nodiscard]] const Messages& words() const { return call.site.context.messages(language); }
  [[nodiscard]] std::string word(const std::string& key, const Facts& facts = {}) const {
    return html(words().text("household." + key, facts));
  }
  [[nodiscard]] std::string title(const ledger::Title& title) const {
    return html(language == Language::English ? title.en : title.zh);
  }
  [[nodiscard]] std::string form(const std::string& no) const {
    return "<p>" + word("lead") + "</p><form method=\"post\" action=\"/household\">" +
           "<input type=\"hidden\" name=\"lang\" value=\"" + std::string(tag_of(language)) +
           "\"><label>" + word("item") + "<input name=\"item\" maxlength=\"20\" required value=\"" +
           html(no) + "\"></label><label>" + word("code") +
           "<input name=\"code\" maxlength=\"60\" required></label><button>" + word("look") +
           "</button></form>\n";
  }
  [[nodiscard]] std::string roster(const ledger::Scheme& scheme, std::size_t number) const {
    const PublishedRoster& shown = *scheme.rosters.at(number - 1);
    std::string out = "<section><h2>" + word("others") + "</h2><p>" +
                      word("roster", {{"day", to_text(day_of(shown.published, call.zone()))},
                                      {"last", to_text(shown.last)}}) +
                      "</p>";
    for (const ledger::RosterRow& row : shown.rows) {
      out += "<h3>";
      for (const UnitId unit : row.units) out += html(call.tree().name(unit)) + " ";
      out += "</h3><ul>";
      for (const ledger::RosterCell& cell : row.cells) {
        if (cell.households == 0) continue;
        out += "<li>" + html(stage_text(words(), cell.first));
        if (cell.last != cell.first) out += "–" + html(stage_text(words(), cell.last));
        out += " <b>" + std::to_string(cell.households) + "</b></li>";
      }
      out += "</ul>";
    }
    return out + "</section>\n";
  }
  [[nodiscard]] std::string followed(const FollowedItem& found) const {
    const ledger::Item& item = found.item;
    const ledger::FlowState& state = ledger::flow_of(item, call.state()).states[item.state];
    std::string out = "<p class=\"state\">" + html(ledger::to_text(item.no)) + " · <b>" +
                      title(state.title) + "</b></p><p>" +
                      word("agreement_" + std::string(agreement_of(call, item))) +
                      "</p><section><h2>" + word("steps") + "</h2><ul>";
    const std::vector<HouseholdStep> steps = steps_of(call, found);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      out += "<li><b>" + title(step->title) + "</b><br><small>" +
             word("step", {{"day", to_text(day_of(step->at, call.zone()))}, {"unit", step->unit}}) +
             "</small>";
      if (!step->text.empty()) out += "<br>" + html(step->text);
      out += "</li>";
    }
    out += "</ul></section>\n";
    for (const std::size_t number : rosters_for(call, item))
      out += roster(*call.state().schemes[item.household->scheme], number);
    return out;
  }
  [[nodiscard]] Response page(std::string body, const std::optional<Error>& error) const {
    if (error)
      body = "<p class=\"error\">" + html(words().text("error." + error->code, error->facts)) +
             "</p>\n" + body;
    body += "<p><a href=\"/rosters\">" + word("rosters") + "</a></p>\n";
    Response response = plain_page(call, language, {"household", "/household", std::move(body)});
    response.headers.emplace_back("Content-Security-Policy", std::string(kFormPagePolicy));
    if (error) {
      response.status = status_of(*error);
      response.code = error->code;
    }
    return response;
  }
};

Result<Response> follow_page(const Call& call) {
  const Form form = TZ_TRY(read_form(call.request.body));
  const std::string lang = value_of(form, "lang");
  const HouseholdPage page{call, lang == "en"      ? Language::English
                                 : lang == "zh-CN" ? Language::Chinese
                                                   : call.language};
  const std::string no = value_of(form, "item");
  const auto found = opened(call, no, value_of(form, "code"));
  if (found.ok()) return page.page(page.followed(*found), std::nullopt);
  if (found.error().error_class == ErrorClass::Failure) return found.error();
  return page.page(page.form(no), found.error());
}

}  // namespace

Result<Response> get_rosters(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  JsonArray rows;
  for_each_shown(call, [&](const ledger::Scheme& scheme, std::size_t number) {
    rows.push_back(roster_json(call, scheme, number));
  });
  Json out;
  out.set("rosters", std::move(rows));
  return json_response(out);
}

Result<Response> get_rosters_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  CsvTable table(call.words(), roster_columns());
  for_each_shown(call, [&](const ledger::Scheme& scheme, std::size_t number) {
    add_roster(call, scheme, number, table);
  });
  return csv_response(table.text(), "rosters.csv");
}

Result<Response> get_roster(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const auto index = call.state().scheme_of(call.params[0]);
  const std::size_t number = number_in(call.params[1]);
  if (!index || number < 1 || number > call.state().schemes[*index]->rosters.size())
    return refusal("roster_unknown");
  const ledger::Scheme& scheme = *call.state().schemes[*index];
  if (auto error = not_shown(call, *scheme.rosters.at(number - 1))) return *error;
  return json_response(roster_json(call, scheme, number));
}

Result<Response> get_household_page(const Call& call) {
  const HouseholdPage page{call, TZ_TRY(page_language(call))};
  return page.page(page.form(""), std::nullopt);
}

void post_household_following(const CallRef& call, const Reply& reply) {
  reading<follow_json>(call, reply);
}
void post_household_page(const CallRef& call, const Reply& reply) {
  reading<follow_page>(call, reply);
}

}  // namespace tz::http
