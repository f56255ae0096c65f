// taizhang erase, account erase and retain: what was written about a matter, or kept of a person,
// is destroyed, because somebody says so or because its time is over.
#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {

int run_erase(const EraseOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "item_erase").set("item", options.item).set("reason", options.reason);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.erase.done", {{"item", *answer.find("item")->as_text()},
                                  {"count", answer.find("destroyed")->dump()}});
  });
}

int run_retain(const RetainOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "retain");
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    Facts facts;
    for (const JsonMember& each : *answer.as_object())
      facts.emplace_back(each.first, each.second.dump());
    speech.say("cli.retain.done", facts);
  });
}

int run_account_erase(const AccountOptions& options, const Speech& speech) {
  Json operation = about_account("account_erase", options.name);
  operation.set("reason", options.reason);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.account.erased", {{"account", answer.find("account")->dump()}});
  });
}

}  // namespace tz::program
