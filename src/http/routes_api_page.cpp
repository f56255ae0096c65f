// The page about the API: what is here and what to try, in the visitor's language, without script.
#include "base/csv.h"
#include "http/handlers.h"
#include "http/html.h"
#include "http/plain_page.h"

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
  const Language language = TZ_TRY(page_language(call));
  const bool english = language == Language::English;
  const Context& context = call.site.context;
  const std::string_view page =
      context.embedded(english ? "web/first/index.en.html" : "web/first/index.zh-CN.html");
  if (page.empty()) return failure("page_missing");
  const bool simulated = call.state().genesis.simulated;
  const std::string banner =
      "<p class=\"banner\">" + html(context.messages(language).text("page.simulated")) + "</p>";
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
  Response response = plain_page(language);
  response.body = fill(page, fillings);
  return response;
}

Result<Response> get_api_style(const Call& call) {
  return style_response(call, "web/first/style.css");
}

}  // namespace tz::http
