// Names, checks of what owners type, and the names of letters.
#include "notify/notice.h"

#include <algorithm>

#include "base/bytes.h"

namespace tz::notify {
namespace {

bool alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool made_of(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string_view to_text(Channel channel) { return channel == Channel::Mail ? "mail" : "webhook"; }

bool valid_mail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (text.size() > kMailBytesMax || at == std::string_view::npos || at == 0 || at > 64)
    return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  return made_of(local, "!#$%&'*+-/=?^_`{|}~.") && !local.starts_with('-') && !host.empty() &&
         made_of(host, "-.") && alphanumeric(host.front()) && alphanumeric(host.back());
}

bool valid_gateway(std::string_view text) {
  return !text.empty() && text.size() <= kGatewayBytesMax && made_of(text, "+-_.@:");
}

Hash letter_id(std::string_view ledger, const Letter& letter) {
  Bytes bytes;
  ByteWriter out(bytes);
  out.raw(as_bytes("tz/letter/1"));
  out.u8(0);
  out.text8(ledger);
  out.u8(static_cast<std::uint8_t>(letter.channel));
  out.u64(letter.account.value);
  for (const Line& line : letter.lines) {
    out.u64(line.record.value);
    out.text8(line.what);
  }
  return sha256(bytes);
}

std::string short_id(const Letter& letter) {
  constexpr std::size_t kDigits = 32;
  return to_hex(letter.id).substr(0, kDigits);
}

}  // namespace tz::notify
