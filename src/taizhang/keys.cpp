// taizhang keys list and renew.
#include "taizhang/keys.h"

#include <fmt/core.h>

#include "access/sealing.h"
#include "engine/recorder.h"
#include "taizhang/account_key.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"
#include "taizhang/operation_fields.h"
#include "taizhang/operations.h"

namespace tz::program {
namespace {

// So many months before that one: "2020-02" less 3 is "2019-11".
std::string months_before(std::string month, int count) {
  for (int i = 0; i < count; ++i) {
    const auto first = parse_day(month + "-01");
    TZ_ASSERT(first.ok());
    month = to_text(Day{first->number - 1}).substr(0, month.size());
  }
  return month;
}

JsonArray destroyed_json(const engine::Renewal& renewal) {
  JsonArray out;
  for (const std::string& month : renewal.destroyed) out.push_back(month);
  return out;
}

Result<Json> keys_of(const std::string& folder) {
  const auto reader = TZ_TRY(open_reader(folder));
  const auto keyring = TZ_TRY(access::Keyring::open(folder + "/keys"));
  auto used = TZ_TRY(engine::wrapped_under(*reader));
  std::map<std::string, bool> held;
  for (const std::string& month : TZ_TRY(keyring->months())) held[month] = true;
  for (const auto& [month, count] : used) held.emplace(month, false);
  JsonArray wrapping;
  for (const auto& [month, there] : held) {
    Json one;
    one.set("month", month).set("there", there).set("texts", used[month]);
    wrapping.push_back(std::move(one));
  }
  Json out;
  out.set("wrapping", std::move(wrapping));
  out.set("log", merkle::to_text(TZ_TRY(read_verifier_key(folder))));
  return out;
}

}  // namespace

Result<engine::Renewal> renew_wrapping_keys(OpenLedger& ledger, int months) {
  const std::lock_guard lock(ledger.keys_mutex);
  const Zone zone = ledger.engine->published().state->zone;
  const std::string current = engine::month_of(ledger.clock->now(), zone);
  const std::string before = months_before(current, months);
  // Where no such key is there is nothing to read for.
  const auto held = TZ_TRY(ledger.keyring->months());
  if (held.empty() || held.front() >= before) return engine::Renewal{};
  SystemRandom random;
  return engine::renew_wrapping(*ledger.engine, *ledger.keyring, random, {current, before, {}});
}

Result<Json> renew_keys(OpenLedger& ledger, const Json& operation) {
  const bool wrapping = flag(operation, "wrapping");
  const bool accounts = flag(operation, "accounts");
  if (!wrapping && !accounts) return refusal("keys_renew_what");
  Json out;
  if (accounts) out.set("accounts", TZ_TRY(renew_account_key(ledger)));
  if (!wrapping) return out;
  const engine::Renewal renewal = TZ_TRY(renew_wrapping_keys(ledger, 0));
  out.set("rewrapped", renewal.rewrapped).set("unopened", renewal.unopened);
  out.set("destroyed", destroyed_json(renewal));
  return out;
}

int run_keys_list(const KeysOptions& options, const Speech& speech) {
  const Result<Json> keys = keys_of(options.folder);
  if (!keys.ok()) return speech.refuse(keys.error());
  if (speech.json) {
    fmt::print("{}\n", keys->dump());
    return 0;
  }
  for (const Json& one : *keys->find("wrapping")->as_array())
    speech.say(*one.find("there")->as_bool() ? "cli.keys.wrapping" : "cli.keys.wrapping_lost",
               {{"month", *one.find("month")->as_text()}, {"texts", one.find("texts")->dump()}});
  speech.say("cli.keys.log", {{"key", *keys->find("log")->as_text()}});
  return 0;
}

int run_keys_renew(const KeysOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "keys_renew").set("wrapping", options.wrapping);
  operation.set("accounts", options.accounts);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    if (const Json* count = answer.find("accounts"))
      speech.say("cli.keys.accounts", {{"count", count->dump()}});
    if (answer.find("rewrapped") == nullptr) return;
    speech.say("cli.keys.rewrapped", {{"count", answer.find("rewrapped")->dump()}});
    for (const Json& month : *answer.find("destroyed")->as_array())
      speech.say("cli.keys.destroyed", {{"month", *month.as_text()}});
    if (*answer.find("unopened")->as_int() > 0)
      speech.say("cli.keys.unopened", {{"count", answer.find("unopened")->dump()}});
  });
}

}  // namespace tz::program
