// The lines of a scenario, one function each; what is sent and what is kept of the answer.
#include "scenarios/door/door_player.h"

#include <charconv>
#include <utility>

#include "access/totp.h"
#include "programme/settings_file.h"

namespace tz::test {

using http_test::Reply;

namespace {

constexpr std::uint64_t kSmallLogBytes = 8192;

Fault fault(std::string what) { return ScenarioFault{std::move(what)}; }

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What an answer gives its visitor to keep.
void keep(const Reply& reply, Visitor& visitor) {
  const std::string cookie = reply.header("set-cookie");
  if (!cookie.empty()) visitor.cookie = cookie.substr(0, cookie.find(';'));
  for (const char* at : {"csrf", "session/csrf"})
    if (!reply.text(at).empty()) visitor.csrf = reply.text(at);
  if (!reply.text("secret").empty()) visitor.secret = http_test::from_base32(reply.text("secret"));
  if (!reply.text("token").empty()) visitor.token = reply.text("token");
  for (const Json& code : reply.list("recovery_codes")) visitor.recovery.push_back(*code.as_text());
}

}  // namespace

Fault DoorPlayer::play(const std::string& line) {
  static const std::map<std::string, Line> kLines = {{"do", &DoorPlayer::act},
                                                     {"expect", &DoorPlayer::expect},
                                                     {"log", &DoorPlayer::tamper},
                                                     {"password", &DoorPlayer::give_password},
                                                     {"settings", &DoorPlayer::read_settings},
                                                     {"wait", &DoorPlayer::wait}};
  const Words words = words_of(line);
  if (words.empty() || words[0].starts_with("#")) return std::nullopt;
  const auto known = kLines.find(words[0]);
  if (known == kLines.end()) return fault("cannot be read: " + line);
  if (!served_) return fault("given is needed before");
  if (words[0] != "expect")
    if (Fault owed = finish()) return owed;
  return (this->*known->second)(words);
}

Fault DoorPlayer::play_up_to(std::string_view where) {
  if (where != "start" && where != "small_log") return fault("given start or given small_log");
  support::SmallLedgerOptions options;
  if (where == "small_log") options.audit.bytes_max = kSmallLogBytes;
  served_ = std::make_unique<http_test::Served>(http::ServerOptions{}, std::move(options));
  return std::nullopt;
}

Fault DoorPlayer::finish() {
  if (!std::exchange(owes_success_, false) || !refused_) return std::nullopt;
  return fault("refused: " + *refused_);
}

// wait COUNT (seconds | minutes | days)
Fault DoorPlayer::wait(const Words& words) {
  static const std::map<std::string, std::int64_t> kSeconds = {
      {"seconds", 1}, {"minutes", 60}, {"days", 86'400}};
  const auto count = words.size() == 3 ? number_of(words[1]) : std::nullopt;
  const auto unit = words.size() == 3 ? kSeconds.find(words[2]) : kSeconds.end();
  if (!count || *count < 1 || unit == kSeconds.end()) return fault("wait COUNT UNIT is needed");
  support::StandingClock& clock = served_->ledger->clock;
  clock.set(Instant{clock.now().us + *count * unit->second * 1'000'000});
  return std::nullopt;
}

// password PERSON PASSWORD: the operator gives him another one.
Fault DoorPlayer::give_password(const Words& words) {
  support::SmallLedger& ledger = *served_->ledger;
  const auto account = words.size() == 3 ? ledger.accounts.find(words[1]) : std::nullopt;
  if (!account) return fault("password PERSON PASSWORD is needed, of a person with an account");
  const auto hash = access::hash_password(words[2], ledger.accounts.policy());
  if (!hash.ok()) return fault("refused: " + hash.error().code);
  auto change = ledger.accounts.set_password(account->id, *hash, access::PasswordBy::Another);
  if (!change.ok()) return fault("refused: " + change.error().code);
  const auto stored = ledger.engine->submit_and_wait({{}, {}, {}, {*std::move(change)}});
  if (!stored.ok()) return fault("refused: " + stored.error().code);
  return std::nullopt;
}

// settings TEXT: the operator writes it into the ledger's config.yaml.
Fault DoorPlayer::read_settings(const Words& words) {
  if (words.size() != 2) return fault("settings TEXT is needed");
  size_before_ = size();
  owes_success_ = true;
  refused_.reset();
  const auto settings = programme::read_settings("version: 1\n" + words[1] + "\n");
  if (!settings.ok()) refused_ = settings.error().code;
  return std::nullopt;
}

// do PERSON ACTION {KEY=VALUE}
Fault DoorPlayer::act(const Words& words) {
  static const std::map<std::string, Way> kWays = {
      {"account", {"GET", "/api/v1/account"}},
      {"audit", {"GET", "/api/v1/audit"}},
      {"choose_password", {"POST", "/api/v1/account/password"}},
      {"give_code", {"POST", "/api/v1/session/code"}},
      {"issue_token", {"POST", "/api/v1/tokens"}},
      {"list", {"GET", "/api/v1/items"}},
      {"open", {"POST", "/api/v1/items"}},
      {"read", {"GET", "/api/v1/items/{item}"}},
      {"sessions", {"GET", "/api/v1/sessions"}},
      {"sign_in", {"POST", "/api/v1/session"}},
      {"turn_off_code", {"POST", "/api/v1/account/second-factor/disable"}},
      {"turn_on_code", {"POST", "/api/v1/account/second-factor"}},
      {"unit", {"GET", "/api/v1/units/{unit}"}},
      {"withdraw", {"POST", "/api/v1/items/{item}/withdraw"}},
      {"work", {"GET", "/api/v1/work"}}};
  const auto way = words.size() >= 3 ? kWays.find(words[2]) : kWays.end();
  if (way == kWays.end()) return fault("do PERSON ACTION is needed");
  auto given = given_of(words, 3);
  if (!given.ok()) return fault("KEY=VALUE is needed");
  const bool by_token = taken(*given, "by") == "token";
  const std::int64_t times = number_of(taken(*given, "times")).value_or(1);
  http_test::Ask ask{way->second.method, path_of(way->second.path, *given), {}, {}};
  if (ask.path.empty()) return fault("an item or a unit is needed");
  Visitor& visitor = visitors_[words[1]];
  if (by_token && visitor.token.empty()) {
    if (!served_->ledger->accounts.find(words[1])) return fault("he has no token");
    visitor.token = served_->ledger->token(words[1]);
  }
  if (ask.method == "POST") ask.body = body_of(words[1], words[2], *given).dump();
  if (by_token) ask.headers.push_back("Authorization: Bearer " + visitor.token);
  size_before_ = size();
  before_ = std::exchange(reply_, {});
  for (std::int64_t i = 0; i < times; ++i)
    reply_ = words[2] == "turn_on_code" ? turn_on_code(visitor, ask) : send(visitor, ask);
  owes_success_ = true;
  refused_.reset();
  if (reply_.status >= 400 || reply_.status == 0) refused_ = reply_.code();
  if (words[2] == "open" && !refused_) item_ = reply_.text("item");
  if (words[2] == "audit" && !refused_) known_.push_back(served_->ledger->audit->durable());
  return std::nullopt;
}

std::string DoorPlayer::path_of(std::string_view pattern, Given& given) const {
  std::string path(pattern);
  const std::size_t from = path.find('{');
  if (from == std::string::npos) return path;
  const std::size_t length = path.find('}') + 1 - from;
  const std::string value = path.substr(from, length) == "{item}" ? item_ : taken(given, "unit");
  return value.empty() ? value : path.replace(from, length, value);
}

// Who signs in names himself, and has the password that all have unless he says another.
Json DoorPlayer::body_of(const std::string& person, const std::string& action, const Given& given) {
  Json body(JsonObject{});
  if (action == "sign_in") body.set("name", person);
  if (action == "open") body.set("kind", "problem");
  if (action == "issue_token") body.set("label", "script");
  const bool proves = action == "sign_in" || action.starts_with("turn_");
  if (proves && !given.contains("password")) body.set("password", support::SmallLedger::kPassword);
  for (const auto& [key, value] : given) {
    if (key == "code")
      body.set(key, code_of(visitors_[person], value));
    else if (key == "days")
      body.set(key, number_of(value).value_or(0));
    else
      body.set(key, value);
  }
  return body;
}

// right: what his telephone shows now; recovery: the next of those codes; used: the last of them.
std::string DoorPlayer::code_of(Visitor& visitor, const std::string& word) const {
  if (word == "right")
    return access::totp_code(visitor.secret, access::totp_step(served_->ledger->clock.now()));
  if (word == "recovery" && !visitor.recovery.empty()) {
    visitor.used = visitor.recovery.front();
    visitor.recovery.erase(visitor.recovery.begin());
  }
  return word == "recovery" || word == "used" ? visitor.used : word;
}

Reply DoorPlayer::send(Visitor& visitor, http_test::Ask ask) {
  if (ask.headers.empty() && !visitor.cookie.empty()) {
    ask.headers.push_back("Cookie: " + visitor.cookie);
    ask.headers.push_back("X-CSRF-Token: " + visitor.csrf);
  }
  Reply reply = served_->ask(ask);
  keep(reply, visitor);
  return reply;
}

// Begun with the password, and on with the first code.
Reply DoorPlayer::turn_on_code(Visitor& visitor, const http_test::Ask& begin) {
  Reply begun = send(visitor, begin);
  if (begun.status >= 400) return begun;
  Json body;
  body.set("code", code_of(visitor, "right"));
  return send(visitor, {"POST", begin.path + "/confirm", body.dump(), {}});
}

Fault DoorPlayer::expect(const Words& words) {
  const std::string what = words.size() > 1 ? words[1] : "";
  if (what == "refused" && words.size() == 3) return expect_refused(words[2]);
  if (Fault owed = finish()) return owed;
  if (what == "ok" && words.size() == 2) return std::nullopt;
  if (what == "nothing" && words.size() == 3 && words[2] == "new")
    return size() == size_before_ ? Fault{} : fault("there are new records");
  if (what == "same" && words.size() == 3 && words[2] == "answer") return expect_same_answer();
  if (what == "audited" && words.size() == 6) return expect_audited(words);
  if (what == "unsaid" && words.size() == 3) return expect_unsaid(words[2]);
  if (what == "log" && words.size() == 3) return expect_log(words[2]);
  if (what == "step" && words.size() == 3) {
    const std::string plain = reply_.text("step");
    const std::string is = plain.empty() ? reply_.text("session/step") : plain;
    return is == words[2] ? Fault{} : fault("step is " + is);
  }
  return fault("cannot be read: expect " + what);
}

Fault DoorPlayer::expect_refused(const std::string& code) {
  if (!owes_success_) return fault("nothing was asked for");
  owes_success_ = false;
  if (!refused_) return fault("not refused");
  if (*refused_ != code) return fault("refused: " + *refused_);
  return size() == size_before_ ? Fault{} : fault("refused, and yet recorded");
}

// To whoever was answered before, in every way that he could see.
Fault DoorPlayer::expect_same_answer() {
  const bool same = reply_.status == before_.status && reply_.code() == before_.code() &&
                    reply_.text("title") == before_.text("title") &&
                    reply_.text("detail") == before_.text("detail") &&
                    reply_.body.size() == before_.body.size();
  return same ? Fault{} : fault("another answer: " + reply_.body + " after " + before_.body);
}

}  // namespace tz::test
