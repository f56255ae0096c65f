// What a letter is sent as: a mail, or the body that a gateway is given. Both say number, deadline
// and link, and nothing else.
#pragma once

#include <string>
#include <string_view>

#include "base/message.h"
#include "notify/notice.h"

namespace tz::notify {

// How the ledger speaks in what it sends.
struct Voice {
  const Messages& words;  // of the reader's language: keys notify.*
  std::string ledger;     // the ledger's own name, "ledger.example.gov.cn/problems"
  std::string address;    // of this ledger, for links: "https://ledger.example"
};

// The link to an item, or to the inbox where no number is given.
std::string link_to(std::string_view address, std::string_view number);

struct MailHead {
  std::string from;
  std::string to;
  Instant date;
};
// RFC 5322 with MIME, one text in UTF-8. The Message-ID follows from the letter's id and the ledger
// alone. No receipt of reading is asked for.
std::string compose_mail(const Letter& letter, const MailHead& head, const Voice& voice);
// "<0123…@ledger.example.gov.cn>"
std::string message_id(const Letter& letter, std::string_view ledger);
// A mail that says only that mails arrive.
std::string compose_test_mail(const MailHead& head, const Voice& voice, std::string_view unique);

// {"id", "to", "language", "urgent", "text", "notices": [{"number", "what", "last_day", "link"}]}
std::string compose_call(const Letter& letter, const Contact& contact, const Voice& voice);

// Of the head X-Taizhang-Signature: "v1=" and the HMAC-SHA-256, in hexadecimal, of the timestamp
// (seconds since 1970, decimal), a full stop and the body.
std::string signature(std::string_view secret, std::string_view timestamp, std::string_view body);

}  // namespace tz::notify
