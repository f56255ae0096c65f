// Folding by ICU, character by character.
#include "search/folding.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include "base/error.h"

namespace tz::search {
namespace {

std::u16string fold(char32_t character) {
  const auto code_point = static_cast<UChar32>(character);
  if (u_isUWhiteSpace(code_point) != 0) return u" ";
  UErrorCode fault = U_ZERO_ERROR;
  const icu::Normalizer2* fold_case = icu::Normalizer2::getNFKCCasefoldInstance(fault);
  TZ_ASSERT(U_SUCCESS(fault));  // its data is part of the library
  const icu::UnicodeString folded = fold_case->normalize(icu::UnicodeString(code_point), fault);
  TZ_ASSERT(U_SUCCESS(fault));
  return {folded.getBuffer(), static_cast<std::size_t>(folded.length())};
}

}  // namespace

std::u16string to_utf16(std::string_view utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

char32_t next_character(std::u16string_view utf16, std::size_t& at) {
  UChar32 character = 0;
  U16_NEXT(utf16.data(), at, utf16.size(), character);
  return static_cast<char32_t>(character);
}

const std::u16string& Folding::of(char32_t character) {
  if (character >= pages_.size() * 256) {
    other_ = fold(character);
    return other_;
  }
  std::unique_ptr<Page>& page = pages_[character / 256];
  if (!page) page = std::make_unique<Page>();
  Entry& entry = (*page)[character % 256];
  if (!entry.known) entry = {fold(character), true};
  return entry.folded;
}

void Folding::append(std::string_view utf8, std::u16string& out) {
  const std::u16string text = to_utf16(utf8);
  for (std::size_t at = 0; at < text.size();) out += of(next_character(text, at));
}

}  // namespace tz::search
