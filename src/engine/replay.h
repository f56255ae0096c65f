// Rebuilding everything in memory from the journal: state, rows, totals, tree. Used by the engine
// when it opens, and by verify, which compares the result with what is stored.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "journal/journal.h"
#include "ledger/event_codec.h"
#include "ledger/item.h"
#include "ledger/item_row.h"
#include "ledger/state.h"
#include "merkle/tree.h"
#include "rollup/rollup.h"

namespace tz::engine {

// A record with its event. Fails as journal::decode and ledger::decode do.
struct OpenedRecord {
  journal::Record record;
  ledger::DecodedEvent event;
};
Result<OpenedRecord> open_record(const journal::StoredRecord& stored,
                                 const journal::LedgerId& ledger);

// The ledger id that a genesis names; none if this is no genesis.
std::optional<journal::LedgerId> ledger_id_of(const ledger::Genesis& genesis);

// What may have to be asked at another time than was thought (rollup/alarms.h), by records that no
// publication has shown yet.
struct Stirred {
  std::vector<rollup::RowIndex> rows;
  bool all = false;
  std::optional<Instant> days;  // holidays were adopted then
};

// The fold of all records so far.
struct World {
  journal::LedgerId ledger_id{};
  ledger::State state;
  rollup::Rollup rollup;
  merkle::Frontier frontier;
  std::vector<std::uint64_t>
      system_records;  // the records `state` is made of; bookings of loans too
  std::vector<std::uint64_t> accusation_records;  // reports that complain of units
  Instant recorded;                               // of the newest record
  Stirred stirred;
};

// Whether the record is one of those that the state is made of; and the state with it. Needs the
// units before it to be settled where it is about a loan.
bool makes_state(const OpenedRecord& opened);
void take_state(ledger::State& state, const OpenedRecord& opened, ledger::FileReaders readers);

// Takes one record further: state, row and quantities of its item. The frontier is the caller's.
// Never refuses: the event was decided, or was read back and decoded.
void advance(World& world, const journal::Record& record, const ledger::Event& event,
             ledger::FileReaders readers);
// Makes units registered by the records so far part of the tree; needed before anything but the
// next record looks at it.
void settle(World& world);
// The rollup part of it, for a state that has already taken the event.
void advance_rollup(World& world, std::optional<ledger::ItemNo> item, const ledger::Mark& mark,
                    const ledger::Event& event);

// The first record's event, which must be a genesis; fails with `journal_damaged`.
Result<ledger::Genesis> read_genesis(journal::Reader& reader);

// Reads all records from world.frontier.size() to `end` and takes them in. Fails with
// `journal_damaged` (facts: seq, code) at the first record that does not hold.
Outcome catch_up(World& world, journal::Reader& reader, std::uint64_t end,
                 ledger::FileReaders readers);

// Where merkle finds hashes: headers and kept subtrees of a journal.
merkle::HashSource hash_source(journal::Reader& reader);

}  // namespace tz::engine
