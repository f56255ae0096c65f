// Setting up a ledger that has no account yet: a code that is told once, on the machine, to whoever
// started it.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::access {

// In memory alone: each start of the program has a code of its own. Any thread.
class FirstAccount {
 public:
  // Draws a code and gives it (100 random bits, as a query code); what is kept is its salted hash.
  std::string open(Random& random);

  // Whether the code is right; then whoever asked has it to himself until he says how it went.
  // Refuses `setup_over` where no code is good any more, or none was drawn, `setup_code_wrong`, and
  // `setup_busy` while another has it. Wrong ones are not counted here: there are 2^100, and a
  // count for all together would let a stranger keep the owner out.
  Outcome claim(std::string_view code);
  // The account is there, and the code opens nothing any more.
  void done();
  // It could not be made: the code is good as before.
  void give_back();

 private:
  std::mutex mutex_;  // guards all below
  bool open_ = false;
  bool claimed_ = false;
  Hash salt_{};
  Hash code_{};
};

}  // namespace tz::access
