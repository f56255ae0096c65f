// Scenario files (docs/testing.md): their words, and playing them case by case.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tz::test {

using Words = std::vector<std::string>;
// Words parted by spaces; what stands in quotation marks is kept together without them.
Words words_of(std::string_view line);
Words split(std::string_view text, char at);
// Of words KEY=VALUE from that one on. Refuses `scenario_key` for others, and for a key given
// twice.
using Given = std::map<std::string, std::string>;
Result<Given> given_of(const Words& words, std::size_t from);
// The value of a key, which is then given no more; empty where it was not.
std::string taken(Given& given, const std::string& key);

// Where a scenario does not hold, or cannot be read.
struct ScenarioFault {
  std::string what;
};
using Fault = std::optional<ScenarioFault>;

// One case: what stands between two lines `given`.
class CasePlayer {
 public:
  virtual ~CasePlayer() = default;
  // Any line but `given`.
  virtual Fault play(const std::string& line) = 0;
  // What stands after `given`.
  virtual Fault play_up_to(std::string_view where) = 0;
  // What the last line still owes: a `do` without an expectation has to have succeeded.
  virtual Fault finish() = 0;
};

Result<std::string> scenario_text(const std::string& path);
// Prints it; 1.
int tell(const std::string& where, const std::string& what);
// Plays each case with a new player, up to its first fault, told with file and line. What a program
// ends with: 0 where all hold.
int play_files(const std::string& folder, const std::vector<std::string>& files,
               const std::function<std::unique_ptr<CasePlayer>()>& new_player);

}  // namespace tz::test
