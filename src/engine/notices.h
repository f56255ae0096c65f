// What people are told of what was done: rows that follow the records, made in the transaction that
// moves the cursor on, so that each is made once however often the program is killed.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "access/accounts.h"
#include "engine/engine.h"
#include "notify/notice.h"
#include "notify/rows.h"

namespace tz::engine {

// The ways out of this ledger that it has.
struct Ways {
  bool mail = false;
  bool webhook = false;
  [[nodiscard]] bool has(notify::Channel channel) const {
    return channel == notify::Channel::Mail ? mail : webhook;
  }
};

// Looks at the records from the cursor on, at most some thousand, and stores what follows from them
// with the cursor behind them. The first call in a ledger's life sets the cursor to its end: nobody
// is told of what was done before. What a later step has overtaken is told to nobody. One thread at
// a time, not the engine's. Waits.
struct Followed {
  std::size_t records = 0;
  std::size_t notices = 0;
  bool more = false;  // there are records behind these
};
Result<Followed> follow_records(Engine& engine, const access::Accounts& accounts, const Ways& ways,
                                Instant now);

// An account's notices, the newest first, from behind that record on.
Result<std::vector<notify::Notice>> notices_of(const Engine& engine, AccountId account,
                                               std::optional<Seq> before, std::size_t count_max);
// What is to be stored so that its owner sees it no longer, and nothing of it is sent any more.
access::Change put_away(AccountId account, Seq record);

// What reached nobody and was caused by the account, the newest first.
Result<std::vector<notify::Undelivered>> undelivered_of(const Engine& engine, AccountId account,
                                                        std::size_t count_max);

// How often posts of each unit were told something in the month of that first day, by the unit that
// caused it: of kinds whose totals everybody may see. By unit, going up. Reads the counts of every
// month.
Result<std::vector<notify::Burden>> burdens_in(const Engine& engine, Day month);

// The deletion of every row that is about the account, its contact among them; of counts of units
// none is. Reads every row of the outbox.
Result<std::vector<access::Change>> traces_of(const Engine& engine, AccountId account);

// Deletes notices, and what reached nobody, of before then. Gives how many. Waits.
Result<std::size_t> forget_notices(Engine& engine, Instant before);

}  // namespace tz::engine
