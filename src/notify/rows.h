// Notices, letters and contacts as rows that stand in the journal's file beside the records.
//
//   notice row:      key = account u64, ~record u64: newest first; value = version u8 (1), number,
//                    what, last day, urgent u8, made u64, unit u32, asker, asking
//   to_send row:     key = channel u8, account u64, ~record u64; value = version u8 (1), urgent u8
//   letter row:      key = id [32]; value = version u8 (1), channel u8, account u64, urgent u8,
//                    made u64, tries u8, next u64, count u8, that many lines
//   line             = record u64, number, what, last day, asker
//   undelivered row: key = asker u64, ~record u64, account u64, channel u8; value = version u8 (1),
//                    line, at u64
//   contact row:     key = account u64; value = version u8 (1), ways u8 (bit 0: mail, bit 1:
//                    webhook), sealed: the contact's texts under the key of accounts
//   sent_day row:    key = channel u8, account u64; value = version u8 (1), day u32: of the newest
//                    digest
//   burden row:      key = unit u32, ~month u32, asking u32 (0xffffffff: nobody); value = version
//   u8
//                    (1), count u32
//   notify row:      key = "cursor"; value = version u8 (1), record u64: the first not looked at
//
//   last day = u8 (0) / u8 (1), day u32;  asker = u64 (0: none);  asking = u32 (0xffffffff: none)
//
// Numbers are big-endian, days and instants in two's complement; a text is u8 length and bytes; ~
// flips all bits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "notify/notice.h"

namespace tz::notify {

constexpr std::string_view kNoticeSpace = "notice";
constexpr std::string_view kToSendSpace = "to_send";
constexpr std::string_view kLetterSpace = "letter";
constexpr std::string_view kUndeliveredSpace = "undelivered";
constexpr std::string_view kContactSpace = "contact";
constexpr std::string_view kSentDaySpace = "sent_day";
constexpr std::string_view kBurdenSpace = "burden";
constexpr std::string_view kNotifySpace = "notify";

Bytes notice_key(AccountId account, Seq record);
// Before all keys of the account; they all begin with it.
Bytes account_prefix(AccountId account);
Bytes encode(const Notice& notice);
// None when the row is not one of these, whole and exact; so all below.
std::optional<Notice> decode_notice(BytesView key, BytesView value);

struct ToSend {
  Channel channel = Channel::Mail;
  AccountId account;
  Seq record;
  bool urgent = false;
  friend bool operator==(const ToSend&, const ToSend&) = default;
};
Bytes key_of(const ToSend& to_send);
Bytes encode(const ToSend& to_send);
std::optional<ToSend> decode_to_send(BytesView key, BytesView value);

Bytes key_of(const Letter& letter);
Bytes encode(const Letter& letter);
std::optional<Letter> decode_letter(BytesView key, BytesView value);

Bytes key_of(const Undelivered& undelivered);
Bytes encode(const Undelivered& undelivered);
std::optional<Undelivered> decode_undelivered(BytesView key, BytesView value);

// The texts of a contact, to be sealed; and the row around what was sealed.
std::string contact_text(const Contact& contact);
std::optional<Contact> read_contact(std::string_view text);
struct ContactRow {
  bool mail = false;
  bool webhook = false;
  Bytes sealed;
  friend bool operator==(const ContactRow&, const ContactRow&) = default;
};
Bytes encode(const ContactRow& row);
std::optional<ContactRow> decode_contact(BytesView value);

Bytes sent_day_key(Channel channel, AccountId account);
Bytes encode_day(Day day);
std::optional<Day> decode_day(BytesView value);

struct Burden {
  UnitId unit;
  Day month;  // its first day
  std::optional<UnitId> asking;
  std::uint32_t count = 0;
  friend bool operator==(const Burden&, const Burden&) = default;
};
Bytes key_of(const Burden& burden);
Bytes burden_prefix(UnitId unit);
Bytes encode(const Burden& burden);
std::optional<Burden> decode_burden(BytesView key, BytesView value);

Bytes cursor_key();
Bytes encode_cursor(Seq next);
std::optional<Seq> decode_cursor(BytesView value);

}  // namespace tz::notify
