// taizhang account add and taizhang token add.
#include <fmt/core.h>

#include <iostream>

#include "base/file.h"
#include "base/random.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"
#include "taizhang/password.h"

namespace tz::program {
namespace {

Result<std::string> given_password(const std::string& path) {
  std::string text;
  if (path == "-") {
    std::getline(std::cin, text);
    return text;
  }
  const auto file = TZ_TRY(read_file(path, 4096));
  if (!file) return refusal("file_missing", {{"path", path}});
  text = std::string(as_text(file->bytes));
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace

// Four groups of four from an alphabet without look-alikes: 20 bits a group.
std::string new_password(Random& random) {
  constexpr std::string_view kAlphabet = "23456789abcdefghjkmnpqrstuvwxyz#";
  std::string out;
  for (int i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += kAlphabet[random.next_u64() % kAlphabet.size()];
  }
  return out;
}

int run_account_add(const AccountOptions& options, const Speech& speech) {
  SystemRandom random;
  const bool made = options.password_file.empty();
  const Result<std::string> password =
      made ? Result<std::string>(new_password(random)) : given_password(options.password_file);
  if (!password.ok()) return speech.refuse(password.error());
  Json operation;
  operation.set("do", "account_add").set("name", options.name).set("unit", options.unit);
  operation.set("role", options.role).set("password", *password);
  const Result<Json> answer = ask(options.folder, operation, {});
  if (!answer.ok()) return speech.refuse(answer.error());
  if (speech.json) {
    Json out = *answer;
    if (made) out.set("password", *password);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.account.added", {{"name", options.name}});
  if (made) speech.say("cli.account.password", {{"password", *password}});
  return 0;
}

int run_token_add(const TokenOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "token_add").set("name", options.name).set("label", options.label);
  const Result<Json> answer = ask(options.folder, operation, {});
  if (!answer.ok()) return speech.refuse(answer.error());
  fmt::print("{}\n", *answer->find("token")->as_text());
  return 0;
}

}  // namespace tz::program
