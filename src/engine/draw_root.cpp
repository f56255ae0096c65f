// Nobody gives it: it is computed from the kept hashes each time.
#include "engine/draw_root.h"

#include "engine/replay.h"
#include "merkle/tree.h"

namespace tz::engine {

Result<Hash> draw_root(const Engine& engine, const ledger::Item& item) {
  if (!item.lot) return refusal("lot_not_listed");
  Hash root{};
  TZ_TRY(engine.read([&](journal::Reader& reader) -> Outcome {
    root = TZ_TRY(merkle::root_at(ledger::draw_position(item.lot->record), hash_source(reader)));
    return Done{};
  }));
  return root;
}

}  // namespace tz::engine
