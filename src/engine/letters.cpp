// Every step is one transaction; between any two the program may be killed.
#include "engine/letters.h"

#include <algorithm>
#include <map>

#include "engine/replay.h"
#include "ledger/permission.h"

namespace tz::engine {
namespace {

using notify::Letter;
using notify::Notice;
using notify::ToSend;

constexpr std::size_t kWaitingMax = 100'000;  // looked at in one pass
constexpr std::size_t kLettersMax = 1'000;    // due in one pass

Error damaged(std::string_view space) {
  return failure("access_damaged", {{"space", std::string(space)}, {"key", ""}});
}

access::Change change(std::string_view space, Bytes key, std::optional<Bytes> value) {
  return {std::string(space), std::move(key), std::move(value)};
}

access::Change removed(const ToSend& row) {
  return change(notify::kToSendSpace, notify::key_of(row), std::nullopt);
}

// What waits for one account by one channel, the newest first.
using Waiting = std::map<std::pair<notify::Channel, AccountId>, std::vector<ToSend>>;

Result<Waiting> read_waiting(const Engine& engine) {
  Waiting out;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    for (const journal::KeptRow& row :
         TZ_TRY(reader.kept_from(notify::kToSendSpace, {}, kWaitingMax))) {
      const auto to_send = notify::decode_to_send(row.key, *row.value);
      if (!to_send) return damaged(notify::kToSendSpace);
      out[{to_send->channel, to_send->account}].push_back(*to_send);
    }
    return Done{};
  });
  if (!read.ok()) return read.error();
  return out;
}

class Making {
 public:
  Making(Engine& engine, const access::Accounts& accounts, const Sending& sending, Instant now)
      : engine_(engine),
        accounts_(accounts),
        sending_(sending),
        now_(now),
        state_(engine.published().state) {}

  Result<std::size_t> make(notify::Channel channel, AccountId account,
                           const std::vector<ToSend>& rows) {
    Request request;
    if (!TZ_TRY(wanted(channel, account))) {
      for (const ToSend& row : rows) request.changes.push_back(removed(row));
      TZ_TRY(engine_.submit_and_wait(std::move(request)));
      return std::size_t{0};
    }
    const bool digest = TZ_TRY(digest_due(channel, account));
    std::size_t count = 0;
    for (const bool urgent : {true, false}) {
      if (!urgent && !digest) continue;
      Letter letter;
      letter.channel = channel;
      letter.account = account;
      letter.urgent = urgent;
      letter.made = letter.next = now_;
      TZ_TRY(fill(letter, rows, request));
      if (letter.lines.empty()) continue;
      letter.id = notify::letter_id(state_->genesis.ledger_id, letter);
      request.changes.push_back(
          change(notify::kLetterSpace, notify::key_of(letter), notify::encode(letter)));
      if (!urgent)
        request.changes.push_back(change(notify::kSentDaySpace,
                                         notify::sent_day_key(channel, account),
                                         notify::encode_day(day_of(now_, state_->zone))));
      ++count;
    }
    if (!request.changes.empty()) TZ_TRY(engine_.submit_and_wait(std::move(request)));
    return count;
  }

  // Whether the account is still told by that channel.
  Result<bool> wanted(notify::Channel channel, AccountId account) const {
    const auto known = accounts_.find(account);
    if (known && (known->disabled || known->erased || known->over(now_))) return false;
    const auto contact = TZ_TRY(contact_of(engine_, accounts_, account));
    if (!contact || !sending_.ways.has(channel)) return false;
    return !(channel == notify::Channel::Mail ? contact->mail : contact->gateway).empty();
  }
  // Whether a line of a letter still stands in its reader's inbox and says something.
  Result<bool> may_say(const Letter& letter, const notify::Line& line) const {
    const auto notice = TZ_TRY(notice_of(letter.account, line.record));
    if (!notice) return false;
    return still_says(*notice);
  }

 private:
  // Takes the rows of that kind into the letter; those that no longer say anything are only taken
  // away.
  Outcome fill(Letter& letter, const std::vector<ToSend>& rows, Request& request) {
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      if (row->urgent != letter.urgent) continue;
      if (letter.lines.size() == notify::kLinesMax) return Done{};
      const auto notice = TZ_TRY(notice_of(row->account, row->record));
      request.changes.push_back(removed(*row));
      if (!notice || !TZ_TRY(still_says(*notice))) continue;
      letter.lines.push_back(
          {notice->record, notice->number, notice->what, notice->last_day, notice->asker});
    }
    return Done{};
  }

  Result<bool> digest_due(notify::Channel channel, AccountId account) const {
    std::optional<Day> newest;
    const Outcome read = engine_.read([&](journal::Reader& reader) -> Outcome {
      const auto row =
          TZ_TRY(reader.kept(notify::kSentDaySpace, notify::sent_day_key(channel, account)));
      if (!row) return Done{};
      newest = notify::decode_day(*row);
      if (!newest) return damaged(notify::kSentDaySpace);
      return Done{};
    });
    if (!read.ok()) return read.error();
    return notify::digest_due(now_, state_->zone, sending_.digest, newest,
                              [this](Day day) { return works(day); });
  }

  // Without a calendar, Monday to Friday.
  [[nodiscard]] bool works(Day day) const {
    if (state_->time_rules->has_calendar()) return state_->time_rules->days_of({}).works(day);
    return ((day.number + 3) % 7 + 7) % 7 < 5;  // 1970-01-01 was a Thursday
  }

  Result<std::optional<Notice>> notice_of(AccountId account, Seq record) const {
    std::optional<Notice> out;
    const Outcome read = engine_.read([&](journal::Reader& reader) -> Outcome {
      const Bytes key = notify::notice_key(account, record);
      const auto value = TZ_TRY(reader.kept(notify::kNoticeSpace, key));
      if (!value) return Done{};
      out = notify::decode_notice(key, *value);
      if (!out) return damaged(notify::kNoticeSpace);
      return Done{};
    });
    if (!read.ok()) return read.error();
    return out;
  }

  // Whether its reader may still know of the item, and has anything left to do about it.
  Result<bool> still_says(const Notice& notice) const {
    if (notice.number.empty()) return true;
    const auto no = ledger::parse_item_no(notice.number);
    if (!no) return damaged(notify::kNoticeSpace);
    const auto item = engine_.item(*no);
    if (!item.ok() && item.error().code == "item_unknown") return false;
    if (!item.ok()) return item.error();
    // Not older than the item that was read.
    const auto state = engine_.published().state;
    return ledger::may_read(*state, notice.account, *item, day_of(now_, state->zone)) &&
           ledger::is_open(ledger::phase_of(*item, *state));
  }

  Engine& engine_;
  const access::Accounts& accounts_;
  const Sending& sending_;
  const Instant now_;
  const std::shared_ptr<const ledger::State> state_;
};

}  // namespace

Result<std::size_t> make_letters(Engine& engine, const access::Accounts& accounts,
                                 const Sending& sending, Instant now) {
  const Waiting waiting = TZ_TRY(read_waiting(engine));
  Making making(engine, accounts, sending, now);
  std::size_t count = 0;
  for (const auto& [to, rows] : waiting) count += TZ_TRY(making.make(to.first, to.second, rows));
  return count;
}

Result<Letter> as_it_may_leave(Engine& engine, const access::Accounts& accounts, Letter letter,
                               Instant now) {
  const Sending any{{true, true}, {}};
  const Making making(engine, accounts, any, now);
  std::vector<notify::Line> lines;
  if (TZ_TRY(making.wanted(letter.channel, letter.account)))
    for (const notify::Line& line : letter.lines)
      if (TZ_TRY(making.may_say(letter, line))) lines.push_back(line);
  letter.lines = std::move(lines);
  return letter;
}

Result<std::vector<Letter>> letters_due(const Engine& engine, Instant now) {
  std::vector<Letter> out;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    for (const journal::KeptRow& row : TZ_TRY(reader.kept_all(notify::kLetterSpace))) {
      auto letter = notify::decode_letter(row.key, *row.value);
      if (!letter) return damaged(notify::kLetterSpace);
      if (letter->next <= now) out.push_back(*std::move(letter));
    }
    return Done{};
  });
  if (!read.ok()) return read.error();
  std::sort(out.begin(), out.end(), [](const Letter& a, const Letter& b) {
    return std::pair(!a.urgent, a.made) < std::pair(!b.urgent, b.made);
  });
  if (out.size() > kLettersMax) out.resize(kLettersMax);
  return out;
}

Outcome settle_letter(Engine& engine, const Letter& letter, Sent sent, Instant now) {
  Request request;
  Letter after = letter;
  ++after.tries;
  const auto next = sent == Sent::Away ? notify::next_try(after.tries, now) : std::nullopt;
  if (next) {
    after.next = *next;
    request.changes.push_back(
        change(notify::kLetterSpace, notify::key_of(after), notify::encode(after)));
  } else {
    request.changes.push_back(change(notify::kLetterSpace, notify::key_of(letter), std::nullopt));
    for (const notify::Line& line : letter.lines) {
      const bool failed = sent == Sent::Away || sent == Sent::Refused;
      if (!failed || !line.asker) continue;
      const notify::Undelivered row{*line.asker, letter.account, line, letter.channel, now};
      request.changes.push_back(
          change(notify::kUndeliveredSpace, notify::key_of(row), notify::encode(row)));
    }
  }
  TZ_TRY(engine.submit_and_wait(std::move(request)));
  return Done{};
}

Result<std::optional<notify::Contact>> contact_of(const Engine& engine,
                                                  const access::Accounts& accounts,
                                                  AccountId account) {
  std::optional<Bytes> value;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    value = TZ_TRY(reader.kept(notify::kContactSpace, notify::account_prefix(account)));
    return Done{};
  });
  if (!read.ok()) return read.error();
  if (!value) return std::optional<notify::Contact>{};
  const auto row = notify::decode_contact(*value);
  if (!row) return damaged(notify::kContactSpace);
  auto contact = notify::read_contact(TZ_TRY(accounts.open_contact(account, row->sealed)));
  if (!contact) return damaged(notify::kContactSpace);
  return contact;
}

Result<Request> contact_set(const access::Accounts& accounts, AccountId account,
                            const notify::Contact& contact, Random& random) {
  if (!contact.mail.empty() && !notify::valid_mail(contact.mail))
    return refusal("mail_address_bad");
  if (!contact.gateway.empty() && !notify::valid_gateway(contact.gateway))
    return refusal("gateway_name_bad", {{"bytes_max", std::to_string(notify::kGatewayBytesMax)}});
  Request out;
  out.cleanse = true;
  const Bytes key = notify::account_prefix(account);
  if (contact.mail.empty() && contact.gateway.empty()) {
    out.changes.push_back(change(notify::kContactSpace, key, std::nullopt));
    return out;
  }
  const notify::ContactRow row{
      !contact.mail.empty(), !contact.gateway.empty(),
      accounts.seal_contact(account, notify::contact_text(contact), random)};
  out.changes.push_back(change(notify::kContactSpace, key, notify::encode(row)));
  return out;
}

}  // namespace tz::engine
