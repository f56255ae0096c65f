// Readings from ICU's transliterator, asked once for each character.
#include "search/readings.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace tz::search {
namespace {

constexpr char16_t kDiaeresis = 0x0308;

void add_once(std::vector<std::string>& out, std::string syllable) {
  if (syllable.empty() || syllable.size() > kSyllableLettersMax) return;
  if (std::find(out.begin(), out.end(), syllable) == out.end()) out.push_back(std::move(syllable));
}

// "lǜ", decomposed, gives "lv" and "lu".
void add_marked(std::vector<std::string>& out, const icu::UnicodeString& marked) {
  std::string with_v;
  std::string with_u;
  for (std::int32_t i = 0; i < marked.length(); ++i) {
    const char16_t unit = marked[i];
    if (unit == kDiaeresis && !with_v.empty() && with_v.back() == 'u') with_v.back() = 'v';
    if (unit < u'a' || unit > u'z') continue;
    with_v += static_cast<char>(unit);
    with_u += static_cast<char>(unit);
  }
  add_once(out, std::move(with_v));
  add_once(out, std::move(with_u));
}

}  // namespace

struct Readings::Inside {
  std::unique_ptr<icu::Transliterator> latin;
  const icu::Normalizer2* decompose = nullptr;
};

Readings::Readings(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Readings::~Readings() = default;
Readings::Readings(Readings&&) noexcept = default;
Readings& Readings::operator=(Readings&&) noexcept = default;

Result<Readings> Readings::open() {
  UErrorCode fault = U_ZERO_ERROR;
  auto inside = std::make_unique<Inside>();
  inside->latin.reset(icu::Transliterator::createInstance(u"Han-Latin", UTRANS_FORWARD, fault));
  inside->decompose = icu::Normalizer2::getNFDInstance(fault);
  if (U_FAILURE(fault) || !inside->latin)
    return failure("character_data_missing", {{"why", u_errorName(fault)}});
  return Readings(std::move(inside));
}

std::vector<std::string> Readings::of(char32_t character) const {
  std::vector<std::string> out;
  const auto code_point = static_cast<UChar32>(character);
  if (u_hasBinaryProperty(code_point, UCHAR_IDEOGRAPHIC) == 0) return out;
  icu::UnicodeString text(code_point);
  inside_->latin->transliterate(text);
  UErrorCode fault = U_ZERO_ERROR;
  const icu::UnicodeString marked = inside_->decompose->normalize(text, fault);
  if (U_SUCCESS(fault)) add_marked(out, marked);
  std::string_view others = place_readings(character);
  while (!others.empty()) {
    const std::size_t end = std::min(others.find(' '), others.size());
    add_once(out, std::string(others.substr(0, end)));
    others.remove_prefix(std::min(end + 1, others.size()));
  }
  return out;
}

}  // namespace tz::search
