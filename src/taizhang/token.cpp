// taizhang token add, list, revoke.
#include <fmt/core.h>

#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {

int run_token_add(const TokenOptions& options, const Speech& speech) {
  Json operation = about_account("token_add", options.name);
  operation.set("label", options.label).set("scope", options.scope).set("days", options.days);
  return ask_and_print(options.folder, operation, speech, [](const Json& answer) {
    fmt::print("{}\n", *answer.find("token")->as_text());
  });
}

int run_token_list(const TokenOptions& options, const Speech& speech) {
  return ask_and_print(
      options.folder, about_account("token_list", options.name), speech, [](const Json& answer) {
        for (const Json& token : *answer.find("tokens")->as_array())
          fmt::print("{}  {}  {}  {}  {}\n", *token.find("token")->as_text(),
                     *token.find("opened")->as_text(),
                     token.find("expires")->is_null() ? "–" : *token.find("expires")->as_text(),
                     *token.find("scope")->as_text(), *token.find("label")->as_text());
      });
}

int run_token_revoke(const TokenOptions& options, const Speech& speech) {
  Json operation = about_account("token_revoke", options.name);
  operation.set("token", options.token);
  return ask_and_print(options.folder, operation, speech, [&](const Json&) {
    speech.say("cli.token.revoked", {{"token", options.token}, {"name", options.name}});
  });
}

}  // namespace tz::program
