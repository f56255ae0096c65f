// One round after another; the order of steps that a kill may fall between stands in
// engine/letters.h.
#include "taizhang/notifying.h"

#include <chrono>
#include <set>

#include "base/file.h"
#include "notify/compose.h"

namespace tz::program {
namespace {

constexpr int kFollowEveryMs = 500;
constexpr int kSendEveryMs = 1'000;
constexpr int kAfterTroubleMs = 30'000;
constexpr std::size_t kSecretFileMax = 4096;

// The first line of a file in keys/ that nobody else may read.
Result<std::string> secret_in(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/keys/" + name;
  const auto file = TZ_TRY(read_file(path, kSecretFileMax));
  if (!file || (file->mode & 077) != 0) return failure("keys_unreadable", {{"path", path}});
  const std::string text(as_text(file->bytes));
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string ca_path(const std::string& folder, const std::string& name) {
  return name.empty() ? std::string() : folder + "/keys/" + name;
}

notify::Security security_of(const std::string& word) {
  if (word == "tls") return notify::Security::Tls;
  return word == "none" ? notify::Security::None : notify::Security::StartTls;
}

}  // namespace

Result<Outgoing> outgoing_of(const std::string& folder, const programme::Settings& settings) {
  Outgoing out;
  if (!settings.notify) return out;
  const programme::NotifySettings& set = *settings.notify;
  out.address = set.address;
  out.sending.digest = {static_cast<std::int32_t>(set.digest_hour),
                        static_cast<std::int32_t>(set.digest_minute)};
  if (set.mail) {
    notify::MailServer server;
    server.host = set.mail->host;
    server.port = static_cast<std::uint16_t>(set.mail->port);
    server.security = security_of(set.mail->security);
    server.user = set.mail->user;
    if (!server.user.empty()) server.password = TZ_TRY(secret_in(folder, set.mail->password_file));
    server.from = set.mail->from;
    server.ca_file = ca_path(folder, set.mail->ca_file);
    out.mail = std::move(server);
    out.sending.ways.mail = true;
  }
  if (set.webhook) {
    out.gateway =
        notify::Gateway{set.webhook->address, TZ_TRY(secret_in(folder, set.webhook->secret_file)),
                        ca_path(folder, set.webhook->ca_file)};
    out.sending.ways.webhook = true;
  }
  return out;
}

Notifying::Notifying(OpenLedger& ledger, Outgoing outgoing,
                     std::function<void(const Error&)> report)
    : ledger_(ledger),
      outgoing_(std::move(outgoing)),
      report_(std::move(report)),
      following_([this] { follow(); }) {
  if (outgoing_.mail || outgoing_.gateway) sending_ = std::thread([this] { send(); });
}

Notifying::~Notifying() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  following_.join();
  if (sending_.joinable()) sending_.join();
}

bool Notifying::pause(int milliseconds) {
  std::unique_lock lock(mutex_);
  return !stop_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                         [this] { return stopping_.load(); });
}

void Notifying::follow() {
  int wait = 0;
  while (pause(wait)) {
    const auto followed = engine::follow_records(*ledger_.engine, ledger_.accounts,
                                                 outgoing_.sending.ways, ledger_.clock->now());
    if (!followed.ok()) report_(followed.error());
    wait = !followed.ok() ? kAfterTroubleMs : followed->more ? 0 : kFollowEveryMs;
  }
}

void Notifying::send() {
  int wait = kSendEveryMs;
  while (pause(wait)) {
    const Outcome sent = send_round();
    if (!sent.ok()) report_(sent.error());
    wait = sent.ok() ? kSendEveryMs : kAfterTroubleMs;
  }
}

Outcome Notifying::send_round() {
  const Instant now = ledger_.clock->now();
  TZ_TRY(engine::make_letters(*ledger_.engine, ledger_.accounts, outgoing_.sending, now));
  // Where one letter found nobody there, the others are not tried in this round.
  std::set<notify::Channel> away;
  for (const notify::Letter& letter : TZ_TRY(engine::letters_due(*ledger_.engine, now))) {
    if (away.contains(letter.channel)) continue;
    const engine::Sent sent = TZ_TRY(send_letter(letter));
    if (stopping_ && sent == engine::Sent::Away) return Done{};  // it was given up, not refused
    if (sent == engine::Sent::Away) away.insert(letter.channel);
    TZ_TRY(engine::settle_letter(*ledger_.engine, letter, sent, ledger_.clock->now()));
  }
  return Done{};
}

Result<engine::Sent> Notifying::send_letter(const notify::Letter& made) {
  const notify::Letter letter = TZ_TRY(
      engine::as_it_may_leave(*ledger_.engine, ledger_.accounts, made, ledger_.clock->now()));
  if (letter.lines.empty()) return engine::Sent::Unwanted;
  const auto contact =
      TZ_TRY(engine::contact_of(*ledger_.engine, ledger_.accounts, letter.account));
  const bool mail = letter.channel == notify::Channel::Mail;
  const bool there = mail ? outgoing_.mail.has_value() : outgoing_.gateway.has_value();
  if (!there || !contact || (mail ? contact->mail : contact->gateway).empty())
    return engine::Sent::Unwanted;
  const auto state = ledger_.engine->published().state;
  const Language language = contact->english ? Language::English : Language::Chinese;
  const notify::Voice voice{Messages::of(language), state->genesis.origin, outgoing_.address};
  Outcome done = Done{};
  if (mail) {
    const notify::MailHead head{outgoing_.mail->from, contact->mail, letter.made};
    done = notify::send_mail(*outgoing_.mail, contact->mail,
                             notify::compose_mail(letter, head, voice), stopping_);
  } else {
    const std::int64_t seconds = SystemClock().now().us / 1'000'000;
    const std::string body = notify::compose_call(letter, *contact, voice);
    done = notify::call_gateway(
        *outgoing_.gateway, {notify::short_id(letter), std::to_string(seconds), body}, stopping_);
  }
  if (done.ok()) return engine::Sent::Arrived;
  if (!stopping_) report_(done.error());
  return done.error().code == "letter_refused" ? engine::Sent::Refused : engine::Sent::Away;
}

}  // namespace tz::program
