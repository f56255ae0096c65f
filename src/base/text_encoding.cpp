// Whether bytes are UTF-8, and GB 18030 turned into it.
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/csv.h"

namespace tz {
namespace {

constexpr std::string_view kBom = "\xef\xbb\xbf";
// So many characters that happen to be right UTF-8 do not occur in a text of another encoding.
constexpr std::size_t kUtf8Characters = 16;

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

// The bytes of the character at `at`, or 0 if it is none (RFC 3629: shortest form, no surrogates,
// nothing above U+10FFFF).
std::size_t character_bytes(std::string_view text, std::size_t at) {
  const std::uint8_t first = byte_at(text, at);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t count = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + count > text.size()) return 0;
  for (std::size_t i = 1; i < count; ++i)
    if ((byte_at(text, at + i) & 0xc0) != 0x80) return 0;
  const std::uint8_t second = byte_at(text, at + 1);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
    return 0;
  return count;
}

struct Utf8Run {
  std::size_t bytes = 0;       // up to the first byte that is not UTF-8
  std::size_t characters = 0;  // those beyond ASCII among them
};

Utf8Run utf8_run(std::string_view text) {
  Utf8Run run;
  while (run.bytes < text.size()) {
    std::uint64_t eight = 0;
    if (run.bytes + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + run.bytes, 8);
      if ((eight & 0x8080808080808080) == 0) {
        run.bytes += 8;
        continue;
      }
    }
    const std::size_t count = character_bytes(text, run.bytes);
    if (count == 0) return run;
    run.bytes += count;
    if (count > 1) ++run.characters;
  }
  return run;
}

// The byte is counted within its line, from 1, as editors show it.
Error wrong_encoding(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_begin = before.rfind('\n') + 1;  // of none: 0
  return refusal("text_encoding", {{"line", std::to_string(lines + 1)},
                                   {"at", std::to_string(at - line_begin + 1)}});
}

class Converter {
 public:
  Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
  ~Converter() {
    if (usable()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  [[nodiscard]] bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Appends the conversion to `out`; gives the number of bytes that were right.
  std::size_t convert(std::string_view text, std::string& out) {
    char* in = const_cast<char*>(text.data());  // iconv only reads it
    std::size_t left = text.size();
    std::array<char, 16384> buffer{};
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t outcome = iconv(handle_, &in, &left, &to, &room);
      const int why = errno;
      out.append(buffer.data(), buffer.size() - room);
      if (outcome == static_cast<std::size_t>(-1) && why != E2BIG) break;
    }
    return text.size() - left;
  }

 private:
  iconv_t handle_;
};

}  // namespace

bool valid_utf8(std::string_view text) { return utf8_run(text).bytes == text.size(); }

std::string_view beginning_of(std::string_view utf8, std::size_t bytes_max) {
  std::size_t bytes = std::min(utf8.size(), bytes_max);
  if (bytes == utf8.size()) return utf8;
  while (bytes > 0 && (byte_at(utf8, bytes) & 0xc0) == 0x80) --bytes;
  return utf8.substr(0, bytes);
}

Result<std::string> to_utf8(BytesView bytes) {
  const std::string_view text = as_text(bytes);
  const bool marked = text.substr(0, kBom.size()) == kBom;
  const Utf8Run run = utf8_run(text);
  if (run.bytes == text.size()) return std::string(text.substr(marked ? kBom.size() : 0));
  if (marked || run.characters >= kUtf8Characters) return wrong_encoding(text, run.bytes);
  Converter converter;
  if (!converter.usable()) return failure("text_conversion_missing", {{"encoding", "GB18030"}});
  std::string converted;
  converted.reserve(text.size() + text.size() / 2);
  const std::size_t right = converter.convert(text, converted);
  if (right != text.size()) return wrong_encoding(text, std::max(right, run.bytes));
  TZ_ASSERT(valid_utf8(converted));
  return converted;
}

}  // namespace tz
