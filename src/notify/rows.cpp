// The rows' bytes; what is read back is checked like bytes received.
#include "notify/rows.h"

#include <algorithm>

namespace tz::notify {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint32_t kNoUnit = 0xffff'ffff;
constexpr std::size_t kTextBytesMax = 64;

bool whole(const ByteReader& in) { return in.ok() && in.rest().empty(); }

void put_day(ByteWriter& out, Day day) { out.u32(static_cast<std::uint32_t>(day.number)); }
Day take_day(ByteReader& in) { return Day{static_cast<std::int32_t>(in.u32())}; }

void put_instant(ByteWriter& out, Instant at) { out.u64(static_cast<std::uint64_t>(at.us)); }
Instant take_instant(ByteReader& in) { return Instant{static_cast<std::int64_t>(in.u64())}; }

// Whether a byte that says yes or no says one of the two.
bool take_flag(ByteReader& in, bool& into) {
  const std::uint8_t byte = in.u8();
  into = byte == 1;
  return byte <= 1;
}

void put_line(ByteWriter& out, const Line& line) {
  out.u64(line.record.value);
  out.text8(line.number);
  out.text8(line.what);
  out.u8(line.last_day ? 1 : 0);
  if (line.last_day) put_day(out, *line.last_day);
  out.u64(line.asker.value_or(AccountId{}).value);
}

std::optional<Line> take_line(ByteReader& in) {
  Line line;
  line.record = Seq{in.u64()};
  line.number = in.text8();
  line.what = in.text8();
  bool has_day = false;
  if (!take_flag(in, has_day)) return std::nullopt;
  if (has_day) line.last_day = take_day(in);
  const AccountId asker{in.u64()};
  if (asker.value != 0) line.asker = asker;
  if (!in.ok() || line.number.size() > kTextBytesMax || line.what.size() > kTextBytesMax)
    return std::nullopt;
  return line;
}

std::optional<Channel> take_channel(ByteReader& in) {
  const std::uint8_t byte = in.u8();
  if (byte > static_cast<std::uint8_t>(Channel::Webhook)) return std::nullopt;
  return static_cast<Channel>(byte);
}

}  // namespace

Bytes account_prefix(AccountId account) {
  Bytes key;
  ByteWriter(key).u64(account.value);
  return key;
}

Bytes notice_key(AccountId account, Seq record) {
  Bytes key = account_prefix(account);
  ByteWriter(key).u64(~record.value);
  return key;
}

Bytes encode(const Notice& notice) {
  Bytes value;
  ByteWriter out(value);
  out.u8(kVersion);
  out.text8(notice.number);
  out.text8(notice.what);
  out.u8(notice.last_day ? 1 : 0);
  if (notice.last_day) put_day(out, *notice.last_day);
  out.u8(notice.urgent ? 1 : 0);
  put_instant(out, notice.made);
  out.u32(notice.unit.value);
  out.u64(notice.asker.value_or(AccountId{}).value);
  out.u32(notice.asking ? notice.asking->value : kNoUnit);
  return value;
}

std::optional<Notice> decode_notice(BytesView key, BytesView value) {
  ByteReader at(key);
  Notice notice;
  notice.account = AccountId{at.u64()};
  notice.record = Seq{~at.u64()};
  ByteReader in(value);
  if (!whole(at) || notice.account.value == 0 || in.u8() != kVersion) return std::nullopt;
  notice.number = in.text8();
  notice.what = in.text8();
  bool has_day = false;
  if (!take_flag(in, has_day)) return std::nullopt;
  if (has_day) notice.last_day = take_day(in);
  if (!take_flag(in, notice.urgent)) return std::nullopt;
  notice.made = take_instant(in);
  notice.unit = UnitId{in.u32()};
  const AccountId asker{in.u64()};
  if (asker.value != 0) notice.asker = asker;
  const UnitId asking{in.u32()};
  if (asking.value != kNoUnit) notice.asking = asking;
  if (!whole(in) || notice.number.size() > kTextBytesMax || notice.what.size() > kTextBytesMax)
    return std::nullopt;
  return notice;
}

Bytes key_of(const ToSend& to_send) {
  Bytes key = sent_day_key(to_send.channel, to_send.account);
  ByteWriter(key).u64(~to_send.record.value);
  return key;
}

Bytes encode(const ToSend& to_send) {
  return {kVersion, static_cast<std::uint8_t>(to_send.urgent ? 1 : 0)};
}

std::optional<ToSend> decode_to_send(BytesView key, BytesView value) {
  ByteReader at(key);
  const auto channel = take_channel(at);
  ToSend out;
  out.account = AccountId{at.u64()};
  out.record = Seq{~at.u64()};
  ByteReader in(value);
  if (!channel || !whole(at) || in.u8() != kVersion || !take_flag(in, out.urgent) || !whole(in))
    return std::nullopt;
  out.channel = *channel;
  return out;
}

Bytes key_of(const Letter& letter) { return {letter.id.begin(), letter.id.end()}; }

Bytes encode(const Letter& letter) {
  Bytes value;
  ByteWriter out(value);
  out.u8(kVersion);
  out.u8(static_cast<std::uint8_t>(letter.channel));
  out.u64(letter.account.value);
  out.u8(letter.urgent ? 1 : 0);
  put_instant(out, letter.made);
  out.u8(letter.tries);
  put_instant(out, letter.next);
  TZ_ASSERT(letter.lines.size() <= kLinesMax);
  out.u8(static_cast<std::uint8_t>(letter.lines.size()));
  for (const Line& line : letter.lines) put_line(out, line);
  return value;
}

std::optional<Letter> decode_letter(BytesView key, BytesView value) {
  Letter letter;
  if (key.size() != letter.id.size()) return std::nullopt;
  std::copy(key.begin(), key.end(), letter.id.begin());
  ByteReader in(value);
  if (in.u8() != kVersion) return std::nullopt;
  const auto channel = take_channel(in);
  if (!channel) return std::nullopt;
  letter.channel = *channel;
  letter.account = AccountId{in.u64()};
  if (!take_flag(in, letter.urgent)) return std::nullopt;
  letter.made = take_instant(in);
  letter.tries = in.u8();
  letter.next = take_instant(in);
  const std::size_t count = in.u8();
  if (count > kLinesMax) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    auto line = take_line(in);
    if (!line) return std::nullopt;
    letter.lines.push_back(*std::move(line));
  }
  if (!whole(in) || letter.account.value == 0) return std::nullopt;
  return letter;
}

Bytes key_of(const Undelivered& undelivered) {
  Bytes key = notice_key(undelivered.asker, undelivered.line.record);
  ByteWriter out(key);
  out.u64(undelivered.account.value);
  out.u8(static_cast<std::uint8_t>(undelivered.channel));
  return key;
}

Bytes encode(const Undelivered& undelivered) {
  Bytes value;
  ByteWriter out(value);
  out.u8(kVersion);
  put_line(out, undelivered.line);
  put_instant(out, undelivered.at);
  return value;
}

std::optional<Undelivered> decode_undelivered(BytesView key, BytesView value) {
  ByteReader at(key);
  Undelivered out;
  out.asker = AccountId{at.u64()};
  const Seq record{~at.u64()};
  out.account = AccountId{at.u64()};
  const auto channel = take_channel(at);
  ByteReader in(value);
  if (!channel || !whole(at) || in.u8() != kVersion) return std::nullopt;
  out.channel = *channel;
  auto line = take_line(in);
  if (!line || line->record != record) return std::nullopt;
  out.line = *std::move(line);
  out.at = take_instant(in);
  if (!whole(in)) return std::nullopt;
  return out;
}

std::string contact_text(const Contact& contact) {
  Bytes bytes;
  ByteWriter out(bytes);
  out.text8(contact.mail);
  out.text8(contact.gateway);
  out.u8(contact.english ? 1 : 0);
  return std::string(as_text(bytes));
}

std::optional<Contact> read_contact(std::string_view text) {
  ByteReader in(as_bytes(text));
  Contact contact;
  contact.mail = in.text8();
  contact.gateway = in.text8();
  if (!take_flag(in, contact.english) || !whole(in)) return std::nullopt;
  if (!contact.mail.empty() && !valid_mail(contact.mail)) return std::nullopt;
  if (!contact.gateway.empty() && !valid_gateway(contact.gateway)) return std::nullopt;
  return contact;
}

Bytes encode(const ContactRow& row) {
  Bytes value{kVersion, static_cast<std::uint8_t>((row.mail ? 1 : 0) | (row.webhook ? 2 : 0))};
  value.insert(value.end(), row.sealed.begin(), row.sealed.end());
  return value;
}

std::optional<ContactRow> decode_contact(BytesView value) {
  ByteReader in(value);
  const std::uint8_t version = in.u8();
  const std::uint8_t ways = in.u8();
  if (!in.ok() || version != kVersion || ways > 3) return std::nullopt;
  return ContactRow{(ways & 1U) != 0, (ways & 2U) != 0, {in.rest().begin(), in.rest().end()}};
}

Bytes sent_day_key(Channel channel, AccountId account) {
  Bytes key;
  ByteWriter out(key);
  out.u8(static_cast<std::uint8_t>(channel));
  out.u64(account.value);
  return key;
}

Bytes encode_day(Day day) {
  Bytes value;
  ByteWriter out(value);
  out.u8(kVersion);
  put_day(out, day);
  return value;
}

std::optional<Day> decode_day(BytesView value) {
  ByteReader in(value);
  if (in.u8() != kVersion) return std::nullopt;
  const Day day = take_day(in);
  if (!whole(in)) return std::nullopt;
  return day;
}

Bytes burden_prefix(UnitId unit) {
  Bytes key;
  ByteWriter(key).u32(unit.value);
  return key;
}

Bytes key_of(const Burden& burden) {
  Bytes key = burden_prefix(burden.unit);
  ByteWriter out(key);
  out.u32(~static_cast<std::uint32_t>(burden.month.number));
  out.u32(burden.asking ? burden.asking->value : kNoUnit);
  return key;
}

Bytes encode(const Burden& burden) {
  Bytes value;
  ByteWriter out(value);
  out.u8(kVersion);
  out.u32(burden.count);
  return value;
}

std::optional<Burden> decode_burden(BytesView key, BytesView value) {
  ByteReader at(key);
  Burden out;
  out.unit = UnitId{at.u32()};
  out.month = Day{static_cast<std::int32_t>(~at.u32())};
  const UnitId asking{at.u32()};
  if (asking.value != kNoUnit) out.asking = asking;
  ByteReader in(value);
  if (!whole(at) || in.u8() != kVersion) return std::nullopt;
  out.count = in.u32();
  if (!whole(in)) return std::nullopt;
  return out;
}

Bytes cursor_key() {
  const BytesView key = as_bytes("cursor");
  return {key.begin(), key.end()};
}

Bytes encode_cursor(Seq next) {
  Bytes value;
  ByteWriter out(value);
  out.u8(kVersion);
  out.u64(next.value);
  return value;
}

std::optional<Seq> decode_cursor(BytesView value) {
  ByteReader in(value);
  if (in.u8() != kVersion) return std::nullopt;
  const Seq next{in.u64()};
  if (!whole(in)) return std::nullopt;
  return next;
}

}  // namespace tz::notify
