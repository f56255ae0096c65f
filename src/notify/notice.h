// What somebody is told, and the letters in which it leaves the ledger: values without a word of
// what an item is about or of whom.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::notify {

// One thing that one account is told: it follows from a record and an account, so that telling it
// again is telling the same.
struct Notice {
  Seq record;  // the first of the command that it tells of
  AccountId account;
  std::string number;           // of the item, as it is shown; empty: it is of one's posts
  std::string what;             // a code: "assigned"
  std::optional<Day> last_day;  // the next one to keep, as it was when this was made
  bool urgent = false;
  Instant made;
  UnitId unit;                     // in whose post he is told
  std::optional<AccountId> asker;  // who caused it; none: the program, or a reporter
  std::optional<UnitId> asking;    // in whose post
  friend bool operator==(const Notice&, const Notice&) = default;
};

// A way out of the ledger; the inbox is none.
enum class Channel : std::uint8_t { Mail, Webhook };
constexpr Channel kChannels[] = {Channel::Mail, Channel::Webhook};
std::string_view to_text(Channel channel);  // "mail"

// How somebody is reached beside the inbox, as its owner has set it.
struct Contact {
  std::string mail;     // an address; empty: no mail
  std::string gateway;  // what the gateway knows him by, e.g. a telephone number; empty: not so
  bool english = false;
  friend bool operator==(const Contact&, const Contact&) = default;
};
constexpr std::size_t kMailBytesMax = 254;
constexpr std::size_t kGatewayBytesMax = 64;
// local@host of printable ASCII without what could end a header or a command.
bool valid_mail(std::string_view text);
// Letters, digits and + - _ . @ :
bool valid_gateway(std::string_view text);

// What a letter says of one notice.
struct Line {
  Seq record;
  std::string number;
  std::string what;
  std::optional<Day> last_day;
  std::optional<AccountId> asker;
  friend bool operator==(const Line&, const Line&) = default;
};
constexpr std::size_t kLinesMax = 200;  // more wait for the next letter

// Some notices on their way to one account by one channel: what it says is fixed before it is sent
// for the first time, so that a repetition is the same letter under the same name.
struct Letter {
  Hash id{};
  Channel channel = Channel::Mail;
  AccountId account;
  bool urgent = false;  // else a digest
  Instant made;
  std::vector<Line> lines;
  std::uint8_t tries = 0;
  Instant next;  // when it is to be tried
  friend bool operator==(const Letter&, const Letter&) = default;
};
// By what it says and to whom, within one ledger.
Hash letter_id(std::string_view ledger, const Letter& letter);
// Under which it is known outside: 32 digits of its id.
std::string short_id(const Letter& letter);

// A line that reached nobody, for who caused it.
struct Undelivered {
  AccountId asker;
  AccountId account;  // whom it did not reach
  Line line;
  Channel channel = Channel::Mail;
  Instant at;
  friend bool operator==(const Undelivered&, const Undelivered&) = default;
};

}  // namespace tz::notify
