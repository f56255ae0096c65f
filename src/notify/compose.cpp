// Plain texts, encoded so that every mail program and gateway of the last decades reads them.
#include "notify/compose.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/hmac.h"
#include "base/json.h"

namespace tz::notify {
namespace {

constexpr std::size_t kBase64LineBytes = 76;
// Of UTF-8 in one encoded word: with its frame and the header's name a line has at most 76 bytes
// (RFC 2047).
constexpr std::size_t kWordBytesMax = 39;

// Never within a character of UTF-8.
std::size_t cut_before(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text.size();
  std::size_t at = bytes_max;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) --at;
  return at;
}

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t bytes = cut_before(text, kWordBytesMax);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(as_bytes(text.substr(0, bytes))) + "?=";
    text.remove_prefix(bytes);
  }
  return out;
}

std::string base64_lines(std::string_view text) {
  const std::string all = to_base64(as_bytes(text));
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += kBase64LineBytes)
    out += all.substr(at, kBase64LineBytes) + "\r\n";
  return out;
}

// "Thu, 19 Sep 2024 08:30:00 +0000": RFC 5322 knows these words in English alone.
std::string date_text(Instant at) {
  constexpr std::array<std::string_view, 7> kDays = {"Thu", "Fri", "Sat", "Sun",
                                                     "Mon", "Tue", "Wed"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Zone utc{"UTC", 0};
  const Day day = day_of(at, utc);
  const std::string iso = to_text(at, utc);  // 2024-09-19T08:30:00.000+00:00
  const auto month = static_cast<std::size_t>((iso[5] - '0') * 10 + (iso[6] - '0') - 1);
  const auto weekday = static_cast<std::size_t>(((day.number % 7) + 7) % 7);
  return std::string(kDays.at(weekday)) + ", " + iso.substr(8, 2) + " " +
         std::string(kMonths.at(month)) + " " + iso.substr(0, 4) + " " + iso.substr(11, 8) +
         " +0000";
}

std::string host_of(std::string_view ledger) {
  std::string out(ledger.substr(0, ledger.find('/')));
  std::replace_if(
      out.begin(), out.end(),
      [](char c) {
        return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '.' &&
               c != '-';
      },
      '-');
  return out.empty() ? "ledger.invalid" : out;
}

std::string what_text(const Line& line, const Messages& words) {
  return words.text("notify.what." + line.what);
}

std::string subject_of(const Letter& letter, const Voice& voice) {
  const bool one = letter.lines.size() == 1;
  const bool of_posts = one && letter.lines.front().number.empty();
  const std::string key = std::string("notify.subject.") + (of_posts        ? "posts"
                                                            : letter.urgent ? "urgent"
                                                            : one           ? "one"
                                                                            : "many");
  return voice.words.text(key, {{"count", std::to_string(letter.lines.size())},
                                {"number", letter.lines.front().number}});
}

std::string body_of(const Letter& letter, const Voice& voice) {
  std::string out = voice.words.text("notify.body.opening") + "\r\n\r\n";
  for (const Line& line : letter.lines) {
    if (!line.number.empty()) out += line.number + "  ";
    out += what_text(line, voice.words) + "\r\n";
    if (line.last_day)
      out += voice.words.text("notify.body.last_day", {{"day", to_text(*line.last_day)}}) + "\r\n";
    out += link_to(voice.address, line.number) + "\r\n\r\n";
  }
  return out + voice.words.text("notify.body.ending", {{"address", link_to(voice.address, {})}}) +
         "\r\n";
}

struct Parts {
  std::string subject;
  std::string id;
  std::string body;
};

std::string mail_of(const MailHead& head, const Parts& parts) {
  return "Date: " + date_text(head.date) + "\r\nFrom: " + head.from + "\r\nTo: " + head.to +
         "\r\nSubject: " + encoded_words(parts.subject) + "\r\nMessage-ID: " + parts.id +
         "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         base64_lines(parts.body);
}

}  // namespace

std::string link_to(std::string_view address, std::string_view number) {
  if (number.empty()) return std::string(address) + "/inbox";
  return std::string(address) + "/items/" + std::string(number);
}

std::string message_id(const Letter& letter, std::string_view ledger) {
  return "<" + short_id(letter) + "@" + host_of(ledger) + ">";
}

std::string compose_mail(const Letter& letter, const MailHead& head, const Voice& voice) {
  TZ_ASSERT(!letter.lines.empty());
  return mail_of(
      head, {subject_of(letter, voice), message_id(letter, voice.ledger), body_of(letter, voice)});
}

std::string compose_test_mail(const MailHead& head, const Voice& voice, std::string_view unique) {
  return mail_of(head, {voice.words.text("notify.test.subject"),
                        "<test-" + std::string(unique) + "@" + host_of(voice.ledger) + ">",
                        voice.words.text("notify.test.body") + "\r\n"});
}

std::string compose_call(const Letter& letter, const Contact& contact, const Voice& voice) {
  TZ_ASSERT(!letter.lines.empty());
  JsonArray notices;
  for (const Line& line : letter.lines) {
    Json one;
    one.set("number", line.number.empty() ? Json() : Json(line.number)).set("what", line.what);
    one.set("last_day", line.last_day ? Json(to_text(*line.last_day)) : Json());
    one.set("link", link_to(voice.address, line.number));
    notices.push_back(std::move(one));
  }
  Json out;
  out.set("id", short_id(letter)).set("to", contact.gateway);
  out.set("language", contact.english ? "en" : "zh-CN").set("urgent", letter.urgent);
  out.set("text", subject_of(letter, voice)).set("notices", std::move(notices));
  return out.dump();
}

std::string signature(std::string_view secret, std::string_view timestamp, std::string_view body) {
  std::string signed_text(timestamp);
  signed_text += '.';
  signed_text += body;
  return "v1=" + to_hex(hmac_sha256(as_bytes(secret), as_bytes(signed_text)));
}

}  // namespace tz::notify
