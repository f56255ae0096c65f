// What leaves the ledger: number, day and link; readable; the same name for the same letter.
#include "notify/compose.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/json.h"

namespace tz::notify {
namespace {

Messages words() {
  auto read = Messages::parse(
      R"({"notify.subject.one":"台账：事项 {number}","notify.subject.many":"台账：{count} 条通知，)"
      R"(这一行很长，必须分成几个编码字，才能放进邮件头部","notify.subject.urgent":"急 {number}",)"
      R"("notify.body.opening":"有新情况","notify.body.last_day":"截止日：{day}",)"
      R"("notify.body.ending":"{address}","notify.what.assigned":"已交办",)"
      R"("notify.test.subject":"测试","notify.test.body":"可以送达"})");
  EXPECT_TRUE(read.ok());
  return *read;
}

Letter letter(std::size_t lines = 1) {
  Letter out;
  out.id.fill(0xab);
  out.account = AccountId{7};
  for (std::size_t i = 0; i < lines; ++i)
    out.lines.push_back({Seq{i}, "7K3M-Q9XD-4", "assigned", *parse_day("2024-09-19"), {}});
  return out;
}

std::string header_of(const std::string& mail, const std::string& name) {
  std::string head = mail.substr(0, mail.find("\r\n\r\n") + 2);
  const std::size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  std::size_t end = head.find("\r\n", at + 2);
  while (head.compare(end, 3, "\r\n ") == 0) end = head.find("\r\n", end + 2);
  return head.substr(at + name.size() + 4, end - at - name.size() - 4);
}

std::string decoded_words(std::string text) {
  std::string out;
  for (std::size_t at = 0; (at = text.find("=?UTF-8?B?", at)) != std::string::npos;) {
    const std::size_t end = text.find("?=", at);
    EXPECT_LE(end + 2 - at, 75U) << "an encoded word";
    const std::string word = text.substr(at + 10, end - at - 10);
    out += std::string(as_text(*from_base64(word)));
    at = end;
  }
  return out;
}

std::string body_of(const std::string& mail) {
  std::string body = mail.substr(mail.find("\r\n\r\n") + 4);
  std::erase(body, '\r');
  std::erase(body, '\n');
  return std::string(as_text(*from_base64(body)));
}

class Compose : public testing::Test {
 protected:
  std::string mail(const Letter& letter) const {
    return compose_mail(letter, {"ledger@example.org", "li@example.org", Instant{0}}, voice_);
  }
  const Messages words_ = words();
  const Voice voice_{words_, "ledger.example/problems", "https://l.example"};
};

TEST_F(Compose, AMailSaysNumberDayAndLink) {
  const std::string sent = mail(letter());
  EXPECT_EQ(header_of(sent, "From"), "ledger@example.org");
  EXPECT_EQ(header_of(sent, "To"), "li@example.org");
  EXPECT_EQ(header_of(sent, "Message-ID"), "<abababababababababababababababab@ledger.example>");
  EXPECT_EQ(decoded_words(header_of(sent, "Subject")), "台账：事项 7K3M-Q9XD-4");
  EXPECT_TRUE(sent.starts_with("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n")) << sent;
  EXPECT_EQ(body_of(sent),
            "有新情况\r\n\r\n7K3M-Q9XD-4  已交办\r\n截止日：2024-09-19\r\n"
            "https://l.example/items/7K3M-Q9XD-4\r\n\r\nhttps://l.example/inbox\r\n");
  for (const char* receipt : {"Disposition-Notification-To", "Return-Receipt-To"})
    EXPECT_EQ(sent.find(receipt), std::string::npos);
}

TEST_F(Compose, NoLineOfAMailIsTooLong) {
  const std::string sent = mail(letter(150));
  EXPECT_EQ(decoded_words(header_of(sent, "Subject")),
            "台账：150 条通知，这一行很长，必须分成几个编码字，才能放进邮件头部");
  for (std::size_t at = 0; at < sent.size();) {
    const std::size_t end = sent.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 76U);
    at = end + 2;
  }
}

TEST_F(Compose, ACallSaysTheSame) {
  Letter urgent = letter();
  urgent.urgent = true;
  const auto body = parse_json(compose_call(urgent, {"", "+8613800000000", false}, voice_));
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(*body->find("to")->as_text(), "+8613800000000");
  EXPECT_EQ(*body->find("text")->as_text(), "急 7K3M-Q9XD-4");
  EXPECT_EQ(*body->find("id")->as_text(), short_id(urgent));
  const JsonArray& notices = *body->find("notices")->as_array();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].dump(),
            R"({"number":"7K3M-Q9XD-4","what":"assigned","last_day":"2024-09-19",)"
            R"("link":"https://l.example/items/7K3M-Q9XD-4"})");
}

// By: printf '1700000000.{}' | openssl dgst -sha256 -hmac Jefe
TEST_F(Compose, TheSignatureIsThatOfTimestampAndBody) {
  EXPECT_EQ(signature("Jefe", "1700000000", "{}"),
            "v1=d3793e2b4103edfbd98cc19591832f5fad701d413db9fcae0ae7dab8184ed207");
}

}  // namespace
}  // namespace tz::notify
