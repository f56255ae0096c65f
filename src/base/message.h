// Sentences in the user's language for codes and facts; the words are data (locales/*.json).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace tz {

enum class Language { Chinese, English };

// "zh-CN,zh;q=0.9,en;q=0.8" or "zh_CN.UTF-8": the first of the two languages it prefers; Chinese
// where it names neither.
Language language_from(std::string_view preference);

// One language's words: flat keys ("error.unit_unknown") to templates.
//
//   template = *( text / "{" name "}" / "[" *( text / "{" name "}" ) "]" )
//   name     = 1*( a-z / 0-9 / "_" )
//
// {name} gives the fact of that name. A part in square brackets that holds a {name} stands only if
// all its facts are there ("unknown unit[ {unit}]"); outside brackets a missing fact gives "—".
// Any other bracket or brace is text. What a fact says is never read as a template;
// one that is a day ("2019-09-08") is written as the locale's sentence format.day says, where it
// has one ("2019年9月8日", "8 September 2019").
class Messages {
 public:
  // From the bytes of a locale file. Refuses `locale_damaged` (facts: at, the byte offset, or key).
  static Result<Messages> parse(std::string_view json);
  // From the locale file built into the program (base/embedded.h must be linked). Any thread.
  static const Messages& of(Language language);

  // The sentence of that key with its facts; the key itself if there is no such sentence.
  [[nodiscard]] std::string text(std::string_view key, const Facts& facts = {}) const;
  [[nodiscard]] std::string text(const Error& error) const;  // key "error." + code
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace tz
