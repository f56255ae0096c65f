// What items say in their titles and descriptions, and which units they give a part of the work to
// or the supervision, followed from record to record.
#pragma once

#include <vector>

#include "access/sealing.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/history.h"

namespace tz::engine {

struct TextChange {
  ledger::ItemNo item;
  CurrentTexts texts;  // as they are now, or as a later change of the same item leaves them
};

struct UnitNamed {
  ledger::ItemNo item;
  UnitId unit;
};

struct TextChanges {
  std::vector<TextChange> changes;  // in order: the last one of an item counts
  std::vector<UnitNamed> named;     // a later record may have named others in their place
  std::uint64_t next = 0;           // the first record that was not looked at
  std::size_t unreadable_count =
      0;  // items whose texts do not open, for want of a key or by damage
};

// Looks at records from `from` on, at most `count_max` of them, and none beyond what is published.
// An item that was opened, corrected or redacted there is among the changes, whether staged or
// not; a text that is destroyed by now is not given, however old the record. Fails as the journal
// does. Any thread.
Result<TextChanges> text_changes(const Engine& engine, const access::Keyring& keyring, Seq from,
                                 std::size_t count_max);

}  // namespace tz::engine
