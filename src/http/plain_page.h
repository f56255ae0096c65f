// What the pages that the program writes itself, without script, have in common.
#pragma once

#include <string>
#include <string_view>

#include "base/message.h"
#include "http/call.h"

namespace tz::http {

// In which language: `lang` of the address, else what the visitor's browser asks for. Refuses
// `query_bad` for any other language.
Result<Language> page_language(const Call& call, QueryReader& query);
// The same for a page whose address has no other parameter; refuses any.
Result<Language> page_language(const Call& call);
// "zh-CN"
std::string_view tag_of(Language language);
// What a page with a form allows a browser, beside what every answer does: to send that form here.
constexpr std::string_view kFormPagePolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";
// A page in that language, still without its text.
Response plain_page(Language language);
// The same with its head and a way home and to the other language. `words` has "<name>.title" and
// "<name>.home"; `path` is the page's own address, its query without `lang`; `body` is HTML.
struct PlainPage {
  std::string_view name;
  std::string path;
  std::string body;
};
Response plain_page(const Call& call, Language language, const PlainPage& page);
// The style sheet of that name among the embedded files. Fails with `page_missing`.
Result<Response> style_response(const Call& call, std::string_view name);

}  // namespace tz::http
