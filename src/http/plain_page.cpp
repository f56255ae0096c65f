// Heads of pages and their style sheets.
#include "http/plain_page.h"

#include <string>

#include "http/handlers.h"
#include "http/html.h"

namespace tz::http {

Result<Language> page_language(const Call& call, QueryReader& query) {
  const auto lang = query.text("lang");
  if (!lang) return call.language;
  if (*lang == tag_of(Language::English)) return Language::English;
  if (*lang == tag_of(Language::Chinese)) return Language::Chinese;
  return query_bad("lang", *lang);
}

Result<Language> page_language(const Call& call) {
  QueryReader query(call.target);
  const Language language = TZ_TRY(page_language(call, query));
  TZ_TRY(query.finish());
  return language;
}

std::string_view tag_of(Language language) {
  return language == Language::English ? "en" : "zh-CN";
}

Response plain_page(Language language) {
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Content-Language", tag_of(language));
  response.headers.emplace_back("Vary", "Accept-Language");
  return response;
}

Response plain_page(const Call& call, Language language, const PlainPage& page) {
  const Messages& words = call.site.context.messages(language);
  const auto word = [&](std::string_view key) {
    return html(words.text(std::string(page.name) + "." + std::string(key)));
  };
  const bool english = language == Language::English;
  const std::string other(tag_of(english ? Language::Chinese : Language::English));
  const char mark = page.path.find('?') == std::string::npos ? '?' : '&';
  const std::string simulated =
      call.state().genesis.simulated
          ? "<p class=\"demo\">" + html(words.text("page.simulated")) + "</p>\n"
          : "";
  Response response = plain_page(language);
  response.body = "<!doctype html>\n<html lang=\"" + std::string(tag_of(language)) +
                  "\"><head><meta charset=\"utf-8\"><title>" + word("title") +
                  "</title><meta name=\"viewport\" content=\"width=device-width\">"
                  "<link rel=\"icon\" href=\"/icon.svg\">"
                  "<link rel=\"stylesheet\" href=\"/report/style.css\"></head>\n<body><main>\n"
                  "<nav><a href=\"/\">" +
                  word("home") + "</a> <a class=\"other\" href=\"" +
                  html(page.path + mark + "lang=" + other) + "\" lang=\"" + other + "\">" +
                  (english ? "中文" : "English") + "</a></nav>\n<h1>" + word("title") + "</h1>\n" +
                  simulated + page.body + "</main></body></html>\n";
  return response;
}

Result<Response> style_response(const Call& call, std::string_view name) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  response.body = call.site.context.embedded(name);
  if (response.body.empty()) return failure("page_missing");
  return response;
}

}  // namespace tz::http
