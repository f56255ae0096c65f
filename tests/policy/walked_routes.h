// Every route that is about no item, as the walk asks it.
#pragma once

#include <vector>

#include "policy/policy_table.h"

namespace tz::policy_test {

struct Plain {
  const char* route;
  const char* right;
  Question question;
  // What whoever the door lets in is answered: of what is another's, as if there were none.
  Expected within = Expected::Allowed;
};

// The pages, which are the same for everybody.
std::vector<Plain> page_routes();
std::vector<Plain> plain_routes();
// Of ballots, households and rosters.
std::vector<Plain> routes_of_some_kinds();
std::vector<Plain> routes_of_sessions();
std::vector<Plain> routes_of_posts();

}  // namespace tz::policy_test
