// Words folded as the texts they are looked for in.
#include "search/words.h"

#include "search/folding.h"

namespace tz::search {

Result<Words> read_words(std::string_view utf8) {
  const std::u16string text = to_utf16(utf8);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_character(text, at);
  if (count > kWordsCharactersMax)
    return refusal("words_too_long", {{"characters_max", std::to_string(kWordsCharactersMax)}});
  const std::u16string folded = Folding().text(utf8);
  Words words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(u' ', at), folded.size());
    if (end > at) words.pieces.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  if (words.pieces.size() > kWordsPiecesMax)
    return refusal("words_too_many", {{"pieces_max", std::to_string(kWordsPiecesMax)}});
  return words;
}

}  // namespace tz::search
