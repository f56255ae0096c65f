// Writing and strictly reading the bytes of the columns.
#include "rollup/snapshot.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/sha256.h"
#include "rollup/columns.h"

namespace tz::rollup {
namespace {

using ledger::ItemQuantity;
using ledger::ItemRow;

constexpr std::string_view kMagic = "tzrollup";
constexpr std::uint16_t kVersion = 7;
constexpr std::size_t kHeaderBytes = 8 + 2 + 4 + 4 + 4;
constexpr std::size_t kRowBytes = 8 + 4 + 4 + 3 + 6 + 12 + 8 + 24 + 8 + 8 + 12 + 4 + 1 + 8 + 4 + 4;
constexpr std::size_t kQuantityBytesMin = 4 + 4 + 4 + 8 + 1;
constexpr std::size_t kLimitBytes = 4 + 2 + 1 + 1 + 8 + 8 + 4;
constexpr std::uint8_t kProvisional = 1, kStill = 2;
constexpr std::uint8_t kLead = 1, kDue = 2, kClosed = 4, kFixed = 8, kImport = 16;
constexpr std::uint8_t kSplit = 1, kSigned = 2;
constexpr std::uint8_t kOriginalDue = 32, kFirstClosed = 64, kShare = 128;
// 1900-01-01 and 2999-12-31: what parse_day() accepts.
constexpr Day kFirstDay{-25'567};
constexpr Day kLastDay{376'199};

Error damaged(std::string why, std::size_t at) {
  return refusal("snapshot_damaged", {{"why", std::move(why)}, {"at", std::to_string(at)}});
}

bool day_allowed(Day day) { return kFirstDay <= day && day <= kLastDay; }

// A row's fields as they lie in the bytes.
struct RowBytes {
  std::uint32_t lead = 0;
  std::uint8_t present = 0;
  Day due;
  Day closed;
  std::uint64_t import = 0;
  Day original_due;
  Day first_closed;
  std::uint8_t verdict = 0;
  std::uint8_t household = 0;
};

Day read_day(ByteReader& in) { return Day{static_cast<std::int32_t>(in.u32())}; }

RowBytes read_row(ByteReader& in, ItemRow& row) {
  RowBytes raw;
  row.no.value = in.u64();
  row.place.value = in.u32();
  raw.lead = in.u32();
  row.kind = in.u8();
  row.phase = static_cast<ledger::Phase>(in.u8());
  raw.present = in.u8();
  row.flow = in.u16();
  row.state = in.u16();
  row.reopened = in.u16();
  row.opened = read_day(in);
  raw.due = read_day(in);
  raw.closed = read_day(in);
  raw.import = in.u64();
  row.recorder.value = in.u64();
  row.first.value = in.u64();
  row.last.value = in.u64();
  raw.original_due = read_day(in);
  raw.first_closed = read_day(in);
  row.response_due.us = static_cast<std::int64_t>(in.u64());
  row.returned = in.u16();
  row.recurred = in.u16();
  row.came_well = in.u16();
  row.came_badly = in.u16();
  row.called_rightly = in.u16();
  row.called_wrongly = in.u16();
  row.outcome = in.u8();
  row.category = in.u8();
  raw.verdict = in.u8();
  row.response = static_cast<ledger::Response>(in.u8());
  row.source = in.u8();
  for (std::uint8_t& source : row.more_sources) source = in.u8();
  row.special = in.u32();
  row.scheme = in.u16();
  row.stage = static_cast<ledger::HouseholdStage>(in.u8());
  raw.household = in.u8();
  return raw;
}

// Each once, and none behind a place that is free.
bool in_order(const std::array<std::uint8_t, ledger::kMoreSourcesMax>& sources) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i] != 0 && i > 0 && sources[i - 1] == 0) return false;
    for (std::size_t k = 0; k < i; ++k)
      if (sources[i] != 0 && sources[k] == sources[i]) return false;
  }
  return true;
}

bool names_known(const ItemRow& row, const SnapshotLimits& limits) {
  if (row.special > limits.special_count || row.scheme > limits.scheme_count) return false;
  if (row.flow >= limits.source_counts.size()) return false;
  const std::uint32_t source_count = limits.source_counts[row.flow];
  return row.source <= source_count &&
         std::all_of(row.more_sources.begin(), row.more_sources.end(),
                     [&](std::uint8_t source) { return source <= source_count; });
}

// Moves what is present into the row; false if the row cannot be, or is written another way.
bool complete_row(ItemRow& row, const RowBytes& raw, const SnapshotLimits& limits) {
  row.share = (raw.present & kShare) != 0;
  if (!in_order(row.more_sources) || !names_known(row, limits)) return false;
  row.split = (raw.household & kSplit) != 0;
  row.has_signed = (raw.household & kSigned) != 0;
  if (raw.household > (kSplit | kSigned) || row.stage > ledger::HouseholdStage::Archived)
    return false;
  const bool household = row.split || row.has_signed || row.stage != ledger::HouseholdStage::None;
  if (row.scheme == 0 && household) return false;
  if (row.response > ledger::Response::Late || !set_verdict(row, raw.verdict)) return false;
  if (row.place.value >= limits.unit_count) return false;
  if (row.kind >= ledger::kKindCountMax) return false;
  if (static_cast<std::size_t>(row.phase) >= ledger::kPhaseCount) return false;
  if (!day_allowed(row.opened)) return false;
  row.fixed = (raw.present & kFixed) != 0;
  if (raw.present & kLead) row.lead = UnitId{raw.lead};
  if (raw.present & kDue) row.due = raw.due;
  if (raw.present & kClosed) row.closed = raw.closed;
  if (raw.present & kImport) row.import = raw.import;
  if (row.lead ? raw.lead >= limits.unit_count : raw.lead != 0) return false;
  if (raw.present & kOriginalDue) row.original_due = raw.original_due;
  if (raw.present & kFirstClosed) row.first_closed = raw.first_closed;
  if (row.original_due ? !day_allowed(raw.original_due) : raw.original_due != Day{}) return false;
  if (row.first_closed ? !day_allowed(raw.first_closed) : raw.first_closed != Day{}) return false;
  if (row.due ? !day_allowed(raw.due) : raw.due != Day{}) return false;
  if (row.closed ? !day_allowed(raw.closed) : raw.closed != Day{}) return false;
  return row.import || raw.import == 0;
}

std::string read_text(ByteReader& in) { return std::string(as_text(in.raw(in.u32()))); }

RowQuantity read_quantity(ByteReader& in) {
  RowQuantity out;
  out.row = in.u32();
  out.quantity.id = read_text(in);
  out.quantity.unit = read_text(in);
  out.quantity.value = static_cast<std::int64_t>(in.u64());
  out.quantity.qualifier = static_cast<ledger::Qualifier>(in.u8());
  return out;
}

// None if it cannot be, or is written another way.
std::optional<RowLimit> read_limit(ByteReader& in) {
  RowLimit out;
  out.row = in.u32();
  out.limit.clock = in.u16();
  out.limit.steps = in.u8();
  if (out.limit.steps >> ledger::kClockStepCount != 0) return std::nullopt;
  const std::uint8_t flags = in.u8();
  out.limit.provisional = (flags & kProvisional) != 0;
  out.limit.still = (flags & kStill) != 0;
  out.limit.due.us = static_cast<std::int64_t>(in.u64());
  out.limit.set.us = static_cast<std::int64_t>(in.u64());
  out.limit.due_day = read_day(in);
  if (!in.ok() || flags > (kProvisional | kStill) || !day_allowed(out.limit.due_day))
    return std::nullopt;
  return out;
}

bool in_order(const RowLimit& a, const RowLimit& b) {
  return std::tie(a.row, a.limit.clock) < std::tie(b.row, b.limit.clock);
}

bool in_order(const RowQuantity& a, const RowQuantity& b) {
  return std::tie(a.row, a.quantity.id, a.quantity.unit) <
         std::tie(b.row, b.quantity.id, b.quantity.unit);
}

}  // namespace

SnapshotWriter::SnapshotWriter(std::uint32_t row_count, std::uint32_t quantity_count,
                               std::uint32_t limit_count) {
  bytes_.reserve(kHeaderBytes + row_count * kRowBytes + quantity_count * kQuantityBytesMin * 2 +
                 limit_count * kLimitBytes + 32);
  ByteWriter out(bytes_);
  out.raw(as_bytes(kMagic));
  out.u16(kVersion);
  out.u32(row_count);
  out.u32(quantity_count);
  out.u32(limit_count);
}

void SnapshotWriter::row(const ItemRow& row) {
  unsigned present = 0;
  if (row.lead) present |= kLead;
  if (row.due) present |= kDue;
  if (row.closed) present |= kClosed;
  if (row.fixed) present |= kFixed;
  if (row.import) present |= kImport;
  if (row.original_due) present |= kOriginalDue;
  if (row.first_closed) present |= kFirstClosed;
  if (row.share) present |= kShare;
  ByteWriter out(bytes_);
  out.u64(row.no.value);
  out.u32(row.place.value);
  out.u32(row.lead.value_or(UnitId{}).value);
  out.u8(row.kind);
  out.u8(static_cast<std::uint8_t>(row.phase));
  out.u8(static_cast<std::uint8_t>(present));
  out.u16(row.flow);
  out.u16(row.state);
  out.u16(row.reopened);
  out.u32(static_cast<std::uint32_t>(row.opened.number));
  out.u32(static_cast<std::uint32_t>(row.due.value_or(Day{}).number));
  out.u32(static_cast<std::uint32_t>(row.closed.value_or(Day{}).number));
  out.u64(row.import.value_or(0));
  out.u64(row.recorder.value);
  out.u64(row.first.value);
  out.u64(row.last.value);
  out.u32(static_cast<std::uint32_t>(row.original_due.value_or(Day{}).number));
  out.u32(static_cast<std::uint32_t>(row.first_closed.value_or(Day{}).number));
  out.u64(static_cast<std::uint64_t>(row.response_due.us));
  out.u16(row.returned);
  out.u16(row.recurred);
  out.u16(row.came_well);
  out.u16(row.came_badly);
  out.u16(row.called_rightly);
  out.u16(row.called_wrongly);
  out.u8(row.outcome);
  out.u8(row.category);
  out.u8(verdict_byte(row));
  out.u8(static_cast<std::uint8_t>(row.response));
  out.u8(row.source);
  for (const std::uint8_t source : row.more_sources) out.u8(source);
  out.u32(row.special);
  out.u16(row.scheme);
  out.u8(static_cast<std::uint8_t>(row.stage));
  unsigned household = 0;
  if (row.split) household |= kSplit;
  if (row.has_signed) household |= kSigned;
  out.u8(static_cast<std::uint8_t>(household));
}

void SnapshotWriter::quantity(std::uint32_t row, const ItemQuantity& quantity) {
  ByteWriter out(bytes_);
  out.u32(row);
  for (const std::string* text : {&quantity.id, &quantity.unit}) {
    out.u32(static_cast<std::uint32_t>(text->size()));
    out.raw(as_bytes(*text));
  }
  out.u64(static_cast<std::uint64_t>(quantity.value));
  out.u8(static_cast<std::uint8_t>(quantity.qualifier));
}

void SnapshotWriter::limit(std::uint32_t row, const ledger::LiveLimit& limit) {
  ByteWriter out(bytes_);
  out.u32(row);
  out.u16(limit.clock);
  out.u8(limit.steps);
  out.u8(static_cast<std::uint8_t>((limit.provisional ? kProvisional : 0U) |
                                   (limit.still ? kStill : 0U)));
  out.u64(static_cast<std::uint64_t>(limit.due.us));
  out.u64(static_cast<std::uint64_t>(limit.set.us));
  out.u32(static_cast<std::uint32_t>(limit.due_day.number));
}

Bytes SnapshotWriter::finish() && {
  const Hash hash = sha256(bytes_);
  bytes_.insert(bytes_.end(), hash.begin(), hash.end());
  return std::move(bytes_);
}

Result<SnapshotContent> read_snapshot(BytesView bytes, const SnapshotLimits& limits) {
  if (bytes.size() < kHeaderBytes + sizeof(Hash)) return damaged("size", bytes.size());
  const BytesView body = bytes.first(bytes.size() - sizeof(Hash));
  if (!same_bytes(sha256(body), bytes.last(sizeof(Hash)))) return damaged("hash", body.size());
  ByteReader in(body);
  const auto at = [&] { return body.size() - in.rest().size(); };
  if (as_text(in.raw(kMagic.size())) != kMagic) return damaged("magic", 0);
  if (in.u16() != kVersion) return damaged("version", kMagic.size());
  const std::uint32_t row_count = in.u32();
  const std::uint32_t quantity_count = in.u32();
  const std::uint32_t limit_count = in.u32();
  // Before memory is set aside: counts that the bytes cannot hold.
  if (in.rest().size() < std::uint64_t{row_count} * kRowBytes +
                             std::uint64_t{quantity_count} * kQuantityBytesMin +
                             std::uint64_t{limit_count} * kLimitBytes)
    return damaged("count", at());
  SnapshotContent out;
  out.rows.resize(row_count);
  for (ItemRow& row : out.rows) {
    const std::size_t begin = at();
    if (!complete_row(row, read_row(in, row), limits) || !in.ok()) return damaged("row", begin);
  }
  out.quantities.reserve(quantity_count);
  for (std::uint32_t i = 0; i < quantity_count; ++i) {
    const std::size_t begin = at();
    RowQuantity next = read_quantity(in);
    if (!in.ok() || next.row >= row_count || next.quantity.qualifier > ledger::Qualifier::About)
      return damaged("quantity", begin);
    if (!out.quantities.empty() && !in_order(out.quantities.back(), next))
      return damaged("quantity", begin);
    out.quantities.push_back(std::move(next));
  }
  out.limits.reserve(limit_count);
  for (std::uint32_t i = 0; i < limit_count; ++i) {
    const std::size_t begin = at();
    const std::optional<RowLimit> next = read_limit(in);
    if (!next || next->row >= row_count) return damaged("limit", begin);
    if (!out.limits.empty() && !in_order(out.limits.back(), *next)) return damaged("limit", begin);
    out.limits.push_back(*next);
  }
  if (!in.rest().empty()) return damaged("size", at());
  return out;
}

}  // namespace tz::rollup
