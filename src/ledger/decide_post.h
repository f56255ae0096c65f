// Deciding who acts in whose post, and handing the work of a post over.
#pragma once

#include <optional>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

Result<Decision> decide_acting(const Circumstances& at, const GrantActing& command);
Result<Decision> decide_proposal(const Circumstances& at, const ProposeHandover& command);
Result<Decision> decide_confirmation(const Circumstances& at, const ConfirmHandover& command);
Result<Decision> decide_handover_end(const Circumstances& at, const EndHandover& command);

// Of the roles that the policy calls exclusive, nobody has two: why somebody with these may not
// have that one too.
std::optional<Error> excluded(const Policy& policy, const std::vector<Role>& held, Role role);
// The roles of an account's posts, own and acting, that are not over or still to begin.
std::vector<Role> roles_from(const State& state, AccountId account, Day day);

}  // namespace tz::ledger
