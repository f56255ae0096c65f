// Deciding what concerns a revolving fund itself: opening it, who may check, money in and back.
#pragma once

#include "ledger/decide.h"

namespace tz::ledger {

Result<Decision> decide_fund(const Circumstances& at, const OpenFund& command);
Result<Decision> decide_checkers(const Circumstances& at, const BindCheckers& command);
Result<Decision> decide_money(const Circumstances& at, const BookMoney& command);

}  // namespace tz::ledger
