// taizhang account add, bind, disable, enable, list, password, support, unbind, unlock.
#include <fmt/core.h>

#include <iostream>

#include "base/file.h"
#include "base/random.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"
#include "taizhang/password.h"

namespace tz::program {
Result<std::string> given_secret(const std::string& path) {
  std::string text;
  if (path == "-") {
    std::getline(std::cin, text);
    return text;
  }
  const auto file = TZ_TRY(read_file(path, 4096));
  if (!file) return refusal("file_missing", {{"path", path}});
  if ((file->mode & 077) != 0) return refusal("secret_open", {{"path", path}});
  text = std::string(as_text(file->bytes));
  return text.substr(0, text.find_first_of("\r\n"));
}

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

namespace {

// Sets or makes the password that an operation takes, asks, and tells what was made once.
int ask_with_password(const AccountOptions& options, Json operation, const Speech& speech,
                      const std::function<void(const Json& answer)>& print) {
  SystemRandom random;
  const bool made = options.password_file.empty();
  const Result<std::string> password =
      made ? Result<std::string>(new_password(random)) : given_secret(options.password_file);
  if (!password.ok()) return speech.refuse(password.error());
  operation.set("password", *password).set("given", true);
  const Result<Json> answer = ask(options.folder, operation, {});
  if (!answer.ok()) return speech.refuse(answer.error());
  if (speech.json) {
    Json out = *answer;
    if (made) out.set("password", *password);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  print(*answer);
  if (made) speech.say("cli.account.password", {{"password", *password}});
  return 0;
}

// "name  state  recorder 2202 吉林市; …"
std::string line_of(const Json& account, const Speech& speech) {
  std::string line = *account.find("name")->as_text();
  if (*account.find("disabled")->as_bool()) line += "  " + speech.word("cli.account.is_disabled");
  if (const std::int64_t* minutes = account.find("locked_minutes")->as_int())
    line += "  " + speech.word("cli.account.is_locked", {{"minutes", std::to_string(*minutes)}});
  if (const std::string* ends = account.find("ends")->as_text())
    line += "  " + speech.word("cli.account.is_support", {{"ends", *ends}});
  for (const Json& post : *account.find("posts")->as_array())
    line += fmt::format("\n    {} {}  {} {}", *post.find("post")->as_int(),
                        speech.word("role." + *post.find("role")->as_text()),
                        *post.find("unit")->as_text(), *post.find("unit_name")->as_text());
  return line;
}

// Asks and says one sentence about the account, with the numbers of the answer as facts.
int ask_and_say(const char* what, const AccountOptions& options, const Speech& speech,
                std::string_view key) {
  return ask_and_print(options.folder, about_account(what, options.name), speech,
                       [&](const Json& answer) {
                         Facts facts{{"name", options.name}};
                         if (const Json* sessions = answer.find("sessions"))
                           facts.emplace_back("sessions", sessions->dump());
                         speech.say(key, facts);
                       });
}

}  // namespace

int run_account_add(const AccountOptions& options, const Speech& speech) {
  Json operation = about_account("account_add", options.name);
  operation.set("unit", options.unit).set("role", options.role);
  return ask_with_password(options, std::move(operation), speech, [&](const Json&) {
    speech.say("cli.account.added", {{"name", options.name}});
  });
}

int run_account_bind(const AccountOptions& options, const Speech& speech) {
  Json operation = about_account("account_bind", options.name);
  operation.set("subject", options.subject).set("keep_password", options.keep_password);
  return ask_and_print(options.folder, operation, speech, [&](const Json&) {
    speech.say("cli.account.bound", {{"name", options.name}});
  });
}

int run_account_unbind(const AccountOptions& options, const Speech& speech) {
  return ask_and_say("account_unbind", options, speech, "cli.account.unbound");
}

int run_account_code_off(const AccountOptions& options, const Speech& speech) {
  return ask_and_say("account_code_off", options, speech, "cli.account.code_off");
}

int run_account_disable(const AccountOptions& options, const Speech& speech) {
  return ask_and_say("account_disable", options, speech, "cli.account.disabled");
}

int run_account_enable(const AccountOptions& options, const Speech& speech) {
  return ask_and_say("account_enable", options, speech, "cli.account.enabled");
}

int run_account_list(const AccountOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "account_list");
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    for (const Json& account : *answer.find("accounts")->as_array())
      fmt::print("{}\n", line_of(account, speech));
  });
}

int run_account_password(const AccountOptions& options, const Speech& speech) {
  return ask_with_password(
      options, about_account("account_password", options.name), speech, [&](const Json& answer) {
        speech.say("cli.account.password_set",
                   {{"name", options.name}, {"sessions", answer.find("sessions")->dump()}});
      });
}

int run_account_support(const AccountOptions& options, const Speech& speech) {
  Json operation = about_account("account_support", options.name);
  operation.set("unit", options.unit).set("role", options.role).set("hours", options.hours);
  return ask_with_password(options, std::move(operation), speech, [&](const Json& answer) {
    speech.say("cli.account.support",
               {{"name", options.name}, {"ends", *answer.find("ends")->as_text()}});
  });
}

int run_account_unlock(const AccountOptions& options, const Speech& speech) {
  return ask_and_say("account_unlock", options, speech, "cli.account.unlocked");
}

}  // namespace tz::program
