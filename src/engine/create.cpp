// Making the genesis record.
#include "engine/create.h"

#include "engine/recorder.h"
#include "engine/replay.h"

namespace tz::engine {

ledger::Genesis new_genesis(std::string origin, std::string zone, bool simulated, Random& random) {
  journal::LedgerId id{};
  random.fill(id);
  return {to_hex(id), std::move(origin), std::move(zone), simulated};
}

Outcome create_ledger(journal::Journal& journal, const ledger::Genesis& genesis, Instant now,
                      access::Keyring& keyring, Random& random) {
  const auto id = ledger_id_of(genesis);
  TZ_ASSERT(id.has_value());
  const Zone zone = TZ_TRY(zone_named(genesis.zone));
  const Recording recording{*id, Seq{0}, now, PostId{0}, CommandId{random.next_u64()}};
  Drawing drawing{keyring, random, month_of(now, zone), nullptr};
  journal::Batch batch;
  ledger::EventDraft draft{genesis, {}, {}};
  Ingredients ingredients = TZ_TRY(gather(recording, draft, {}, drawing));
  batch.records.push_back(make(ingredients, *id).stored);
  return journal.append(batch);
}

}  // namespace tz::engine
