// The page about the API: what is here and what to try, in the visitor's language, without script.
#include "base/csv.h"
#include "http/handlers.h"
#include "http/html.h"

namespace tz::http {
namespace {

struct Filling {
  std::string_view name;
  std::string html;
};

// Replaces every {{name}}; a name that is not filled stands for nothing.
std::string fill(std::string_view page, const std::vector<Filling>& fillings) {
  std::string out;
  for (;;) {
    const std::size_t begin = page.find("{{");
    const std::size_t end = page.find("}}", begin == std::string_view::npos ? 0 : begin);
    out += page.substr(0, begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return out;
    const std::string_view name = page.substr(begin + 2, end - begin - 2);
    for (const Filling& filling : fillings)
      if (filling.name == name) out += filling.html;
    page.remove_prefix(end + 2);
  }
}

// An address as people would type it; without a Host header a usual one.
std::string address_of(const Call& call) {
  const std::string* host = call.request.header("host");
  const bool plain = host != nullptr && host->size() <= 255 &&
                     host->find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789.-:[]") == std::string::npos;
  return (call.request.tls ? "https://" : "http://") + (plain ? *host : "127.0.0.1:8020");
}

}  // namespace

Result<Response> get_api_page(const Call& call) {
  QueryReader query(call.target);
  const auto lang = query.text("lang");
  TZ_TRY(query.finish());
  if (lang && *lang != "zh-CN" && *lang != "en") return query_bad("lang", *lang);
  Language language = call.language;
  if (lang) language = *lang == "en" ? Language::English : Language::Chinese;
  const bool english = language == Language::English;
  const Context& context = call.site.context;
  const std::string_view page =
      context.embedded(english ? "web/first/index.en.html" : "web/first/index.zh-CN.html");
  if (page.empty()) return failure("page_missing");
  const bool simulated = call.state().genesis.simulated;
  const char* banner = english
                           ? "<p class=\"banner\">A demonstration: its clock is simulated, and "
                             "nothing in it counts.</p>"
                           : "<p class=\"banner\">演示台账：时钟是模拟的，其中内容均不作数。</p>";
  const std::vector<Filling> fillings = {
      {"banner", simulated ? banner : ""},
      {"address", html(address_of(call))},
      {"origin", html(call.state().genesis.origin)},
      {"log_key", html(merkle::to_text(context.log_key))},
      {"size", std::to_string(call.view().position())},
      {"units", std::to_string(call.tree().size())},
      {"root", html(call.tree().size() == 0 ? std::string_view("0") : call.tree().code(UnitId{0}))},
      {"instant", html(call.instant_text(call.view().instant()))},
  };
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Content-Language", english ? "en" : "zh-CN");
  response.headers.emplace_back("Vary", "Accept-Language");
  response.body = fill(page, fillings);
  return response;
}

Result<Response> get_api_style(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  response.body = call.site.context.embedded("web/first/style.css");
  if (response.body.empty()) return failure("page_missing");
  return response;
}

}  // namespace tz::http
