// Nobody gives it: it is computed from the kept hashes each time.
#include "engine/draw_root.h"

#include "engine/replay.h"
#include "merkle/tree.h"

namespace tz::engine {

Result<Hash> draw_root(const Engine& engine, const ledger::Item& item) {
  if (!item.lot) return refusal("lot_not_listed");
  const std::uint64_t size = ledger::draw_position(item.lot->record);
  Hash root{};
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    const auto found = merkle::root_at(size, hash_source(reader));
    if (!found.ok()) return found.error();
    root = *found;
    return Done{};
  });
  if (!read.ok()) return read.error();
  return root;
}

}  // namespace tz::engine
