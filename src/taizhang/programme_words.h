// Words about programmes that several commands print.
#pragma once

#include <string>

#include "ledger/programme.h"
#include "taizhang/commands.h"

namespace tz::program {

inline std::string in_words(const ledger::Title& title, const Speech& speech) {
  return speech.language == Language::English ? title.en : title.zh;
}

inline std::string kind_word(std::string_view kind, const Speech& speech) {
  return speech.word("unit_kind." + std::string(kind));
}

}  // namespace tz::program
