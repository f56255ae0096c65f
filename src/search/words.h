// What somebody asks for in words: pieces that must all occur.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tz::search {

constexpr std::size_t kWordsCharactersMax = 64;
constexpr std::size_t kWordsPiecesMax = 8;

struct Words {
  std::vector<std::u16string> pieces;  // folded, none empty; none at all: nothing was asked
};

// Pieces stand apart by white space. Refuses `words_too_long` (fact: characters_max) and
// `words_too_many` (fact: pieces_max).
Result<Words> read_words(std::string_view utf8);

}  // namespace tz::search
