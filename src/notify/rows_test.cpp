// Rows: there and back again, and nothing that is not whole.
#include "notify/rows.h"

#include <gtest/gtest.h>

namespace tz::notify {
namespace {

Line line() { return {Seq{41}, "7K3M-Q9XD-4", "assigned", Day{18'000}, AccountId{3}}; }

Notice notice() {
  return {Seq{41}, AccountId{7}, "7K3M-Q9XD-4", "assigned",   Day{18'000},
          true,    Instant{5},   UnitId{2},     AccountId{3}, UnitId{1}};
}

Letter letter() {
  Letter out;
  out.id.fill(9);
  out.channel = Channel::Webhook;
  out.account = AccountId{7};
  out.made = Instant{-5};
  out.lines = {line(), {Seq{42}, "AAAA-BBBB-C", "to_check", {}, {}}};
  out.tries = 2;
  out.next = Instant{77};
  return out;
}

// What decodes whole and decodes no longer when a byte is taken off or put on.
template <class Decode>
void only_whole(const Bytes& value, const Decode& decode) {
  ASSERT_TRUE(decode(value));
  for (std::size_t count = 0; count < value.size(); ++count)
    EXPECT_FALSE(decode(Bytes(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(count))))
        << count;
  Bytes longer = value;
  longer.push_back(0);
  EXPECT_FALSE(decode(longer));
}

TEST(Rows, NoticesComeBack) {
  Notice bare;
  bare.record = Seq{1};
  bare.account = AccountId{7};
  bare.number = "x";
  bare.what = "y";
  for (const Notice& each : {notice(), bare}) {
    const Bytes key = notice_key(each.account, each.record);
    EXPECT_EQ(decode_notice(key, encode(each)), each);
    only_whole(encode(each), [&](const Bytes& value) { return decode_notice(key, value); });
  }
}

TEST(Rows, NewerNoticesStandFirst) {
  EXPECT_LT(notice_key(AccountId{7}, Seq{42}), notice_key(AccountId{7}, Seq{41}));
  EXPECT_LT(notice_key(AccountId{7}, Seq{0}), notice_key(AccountId{8}, Seq{42}));
}

TEST(Rows, LettersComeBack) {
  EXPECT_EQ(decode_letter(key_of(letter()), encode(letter())), letter());
  only_whole(encode(letter()),
             [](const Bytes& value) { return decode_letter(key_of(letter()), value); });
}

TEST(Rows, WhatWaitsAndWhatFailedComeBack) {
  const ToSend waiting{Channel::Mail, AccountId{7}, Seq{41}, true};
  EXPECT_EQ(decode_to_send(key_of(waiting), encode(waiting)), waiting);
  only_whole(encode(waiting),
             [&](const Bytes& value) { return decode_to_send(key_of(waiting), value); });
  const Undelivered failed{AccountId{3}, AccountId{7}, line(), Channel::Webhook, Instant{9}};
  EXPECT_EQ(decode_undelivered(key_of(failed), encode(failed)), failed);
  only_whole(encode(failed),
             [&](const Bytes& value) { return decode_undelivered(key_of(failed), value); });
}

TEST(Rows, ContactsDaysCountsAndTheCursorComeBack) {
  const Contact contact{"li@example.org", "+8613800000000", true};
  EXPECT_EQ(read_contact(contact_text(contact)), contact);
  EXPECT_FALSE(read_contact(contact_text({"no address", "", false})));
  const ContactRow row{true, false, {1, 2, 3}};
  EXPECT_EQ(decode_contact(encode(row)), row);
  EXPECT_EQ(decode_day(encode_day(Day{-3})), Day{-3});
  EXPECT_EQ(decode_cursor(encode_cursor(Seq{12})), Seq{12});
  const Burden burden{UnitId{5}, Day{18'000}, UnitId{6}, 3};
  EXPECT_EQ(decode_burden(key_of(burden), encode(burden)), burden);
  const Burden nobody{UnitId{5}, Day{18'031}, {}, 3};
  EXPECT_EQ(decode_burden(key_of(nobody), encode(nobody)), nobody);
  EXPECT_LT(key_of(nobody), key_of(burden)) << "the newer month first";
}

TEST(Notice, AddressesAreChecked) {
  for (const char* good : {"li@example.org", "a.b+c@x-y.cn", "1@2"}) EXPECT_TRUE(valid_mail(good));
  for (const char* bad : {"", "@", "a@", "@b", "a b@c", "a@b\r\nRCPT TO:<x@y>", "a@b>", "-a@b",
                          "李@example.org", "a@b@c", "a@.b"})
    EXPECT_FALSE(valid_mail(bad)) << bad;
  EXPECT_TRUE(valid_gateway("+8613800000000"));
  EXPECT_FALSE(valid_gateway(""));
  EXPECT_FALSE(valid_gateway("a b"));
}

TEST(Notice, ALettersNameFollowsFromWhatItSays) {
  const Hash id = letter_id("ledger", letter());
  Letter later = letter();
  later.tries = 5;
  later.made = Instant{99};
  EXPECT_EQ(letter_id("ledger", later), id);
  later.lines.pop_back();
  EXPECT_NE(letter_id("ledger", later), id);
  EXPECT_NE(letter_id("another", letter()), id);
}

}  // namespace
}  // namespace tz::notify
