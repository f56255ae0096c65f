// One file: a header, the records that state is made of, the columns, and a hash of it all.
#include "engine/snapshot.h"

#include <algorithm>

#include "base/file.h"

namespace tz::engine {
namespace {

constexpr std::string_view kMagic = "tz-snapshot-2\n";
constexpr std::size_t kBytesMax = std::size_t{16} << 30;

Error damaged(const char* why) { return refusal("snapshot_damaged", {{"why", why}}); }

rollup::SnapshotLimits limits_of(const ledger::State& state) {
  rollup::SnapshotLimits out;
  out.unit_count = static_cast<std::uint32_t>(state.tree->size());
  out.special_count = static_cast<std::uint32_t>(state.specials.size());
  out.scheme_count = static_cast<std::uint32_t>(state.schemes.size());
  for (const auto& flow : state.flows)
    out.source_counts.push_back(static_cast<std::uint32_t>(flow->sources.size()));
  return out;
}

}  // namespace

SnapshotHead head_of(const World& world) {
  return {world.ledger_id, world.frontier.size(), world.frontier.root(),
          world.recorded,  world.system_records,  world.accusation_records};
}

Outcome save_snapshot(const SnapshotHead& head, BytesView columns, const std::string& folder) {
  Bytes out;
  out.reserve(kMagic.size() + 16 + 64 + columns.size() +
              8 * (head.system_records.size() + head.accusation_records.size() + 5));
  ByteWriter writer(out);
  writer.raw(as_bytes(kMagic));
  writer.raw(head.ledger_id);
  writer.u64(head.size);
  writer.raw(head.root);
  writer.u64(static_cast<std::uint64_t>(head.recorded.us));
  for (const auto* records : {&head.system_records, &head.accusation_records}) {
    writer.u64(records->size());
    for (std::uint64_t seq : *records) writer.u64(seq);
  }
  writer.u64(columns.size());
  writer.raw(columns);
  const Hash hash = sha256(out);
  writer.raw(hash);
  return write_file({folder + "/snapshot"}, out);
}

Result<std::optional<Snapshot>> read_snapshot(const std::string& folder) {
  const auto file = TZ_TRY(read_file(folder + "/snapshot", kBytesMax));
  if (!file) return std::optional<Snapshot>{};
  const BytesView bytes = file->bytes;
  if (bytes.size() < kMagic.size() + 32) return damaged("short");
  const BytesView body = bytes.first(bytes.size() - 32);
  if (!same_bytes(sha256(body), bytes.last(32))) return damaged("hash");
  ByteReader reader(body);
  if (as_text(reader.raw(kMagic.size())) != kMagic) return damaged("format");
  Snapshot out;
  const BytesView id = reader.raw(out.ledger_id.size());
  std::copy(id.begin(), id.end(), out.ledger_id.begin());
  out.size = reader.u64();
  const BytesView root = reader.raw(out.root.size());
  std::copy(root.begin(), root.end(), out.root.begin());
  out.recorded.us = static_cast<std::int64_t>(reader.u64());
  for (auto* records : {&out.system_records, &out.accusation_records}) {
    const std::uint64_t count = reader.u64();
    if (count > reader.rest().size() / 8) return damaged("format");
    for (std::uint64_t i = 0; i < count; ++i) records->push_back(reader.u64());
  }
  const std::uint64_t columns_bytes = reader.u64();
  if (!reader.ok() || reader.rest().size() != columns_bytes) return damaged("format");
  const BytesView columns = reader.raw(columns_bytes);
  out.columns.assign(columns.begin(), columns.end());
  return std::optional<Snapshot>(std::move(out));
}

Outcome restore(World& world, const Snapshot& snapshot, journal::Reader& reader,
                ledger::FileReaders readers) {
  if (snapshot.ledger_id != world.ledger_id) return damaged("ledger");
  if (snapshot.size > TZ_TRY(reader.size())) return damaged("ahead");
  const merkle::HashSource source = hash_source(reader);
  world.frontier = TZ_TRY(merkle::frontier_at(snapshot.size, source));
  if (world.frontier.root() != snapshot.root) return damaged("root");
  for (std::uint64_t seq : snapshot.system_records) {
    const auto stored = TZ_TRY(reader.read(Seq{seq}, 1, 1));
    if (stored.empty()) return damaged("records");
    const OpenedRecord opened = TZ_TRY(open_record(stored[0], world.ledger_id));
    if (opened.record.seq.value != seq || !makes_state(opened)) return damaged("records");
    take_state(world.state, opened, readers);
    if (std::holds_alternative<ledger::CalendarAdopted>(opened.event.event))
      world.stirred.days = opened.record.recorded;
  }
  ledger::settle(world.state);
  world.system_records = snapshot.system_records;
  world.accusation_records = snapshot.accusation_records;
  world.recorded = snapshot.recorded;
  world.rollup.set_tree(world.state.tree);
  return world.rollup.load(snapshot.columns, snapshot.recorded, world.state.zone,
                           limits_of(world.state));
}

}  // namespace tz::engine
