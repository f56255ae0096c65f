// Texts as they are compared: width, case and other forms of one character made the same.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tz::search {

// The character of UTF-16 text that begins at `at`, which moves behind it.
char32_t next_character(std::u16string_view utf16, std::size_t& at);
// What is no UTF-8 becomes U+FFFD.
std::u16string to_utf16(std::string_view utf8);

// What a character is compared as: itself by Unicode's NFKC_Casefold, alone and not with what
// stands beside it. Mostly one character; none for a mark that is not seen, several for a sign
// such as U+33A1. White space is one space. One thread: it remembers what it has met.
class Folding {
 public:
  const std::u16string& of(char32_t character);
  void append(std::string_view utf8, std::u16string& out);
  std::u16string text(std::string_view utf8) {
    std::u16string out;
    append(utf8, out);
    return out;
  }

 private:
  struct Entry {
    std::u16string folded;
    bool known = false;
  };
  using Page = std::array<Entry, 256>;
  std::array<std::unique_ptr<Page>, 256> pages_;  // of the first 65,536 characters
  std::u16string other_;                          // of the last one beyond them
};

}  // namespace tz::search
