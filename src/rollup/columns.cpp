// Packing rows, and the chains of rows by unit.
#include "rollup/columns.h"

namespace tz::rollup {

static_assert(sizeof(StoredRow) == 96 && sizeof(ScanRow) == 16 && sizeof(OwnRows) == 8);
static_assert(sizeof(FindingRow) == 16);

std::uint8_t verdict_byte(const ledger::ItemRow& row) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(row.solved) |
                                   static_cast<unsigned>(row.satisfied) << 2U |
                                   (row.judged ? 16U : 0U) | (row.rebounded ? 32U : 0U) |
                                   (row.way ? static_cast<unsigned>(*row.way) + 1 : 0U) << 6U);
}

bool set_verdict(ledger::ItemRow& row, std::uint8_t byte) {
  if ((byte & 3U) == 3 || (byte >> 2U & 3U) == 3) return false;
  row.solved = solved_of(byte);
  row.satisfied = satisfied_of(byte);
  row.judged = (byte & 16U) != 0;
  row.rebounded = rebounded_of(byte);
  row.way = way_of(byte);
  return true;
}

StoredRow stored_row(const ledger::ItemRow& row) {
  StoredRow out;
  out.no = row.no.value;
  out.recorder = row.recorder.value;
  out.first = row.first.value;
  out.last = row.last.value;
  out.place = row.place.value;
  out.opened = row.opened.number;
  out.reopened = row.reopened;
  unsigned present = 0;
  if (row.lead) {
    present |= StoredRow::kLead;
    out.lead = row.lead->value;
  }
  if (row.due) {
    present |= StoredRow::kDue;
    out.due = row.due->number;
  }
  if (row.closed) {
    present |= StoredRow::kClosed;
    out.closed = row.closed->number;
  }
  if (row.fixed) present |= StoredRow::kFixed;
  if (row.import) {
    present |= StoredRow::kImport;
    out.import = *row.import;
  }
  if (row.original_due) {
    present |= StoredRow::kOriginalDue;
    out.original_due = row.original_due->number;
  }
  if (row.first_closed) {
    present |= StoredRow::kFirstClosed;
    out.first_closed = row.first_closed->number;
  }
  out.response_due = row.response_due.us;
  out.returned = row.returned;
  out.recurred = row.recurred;
  out.came_well = row.came_well;
  out.came_badly = row.came_badly;
  out.called_rightly = row.called_rightly;
  out.called_wrongly = row.called_wrongly;
  out.outcome = row.outcome;
  out.category = row.category;
  out.verdict = verdict_byte(row);
  out.response = static_cast<std::uint8_t>(row.response);
  out.present = static_cast<std::uint16_t>(present);
  return out;
}

FindingRow finding_row(const ledger::ItemRow& row) {
  unsigned household = 0;
  if (row.split) household |= FindingRow::kSplit;
  if (row.has_signed) household |= FindingRow::kSigned;
  return {row.more_sources, row.special, row.scheme, static_cast<std::uint8_t>(row.stage),
          static_cast<std::uint8_t>(household)};
}

ScanRow scan_row(const ledger::ItemRow& row, const ledger::OrgTree& tree, bool overdue) {
  ScanRow out;
  out.word = std::uint64_t{row.state} | std::uint64_t{row.flow} << kFlowShift |
             std::uint64_t{row.kind} << kKindShift |
             static_cast<std::uint64_t>(row.phase) << kPhaseShift;
  if (overdue) out.word |= kOverdueBit;
  if (row.import) out.word |= kStagedBit;
  if (row.phase == ledger::Phase::Closed && row.fixed) out.word |= kFixedBit;
  if (row.reopened > 0) out.word |= kReopenedBit;
  out.word |= std::uint64_t{row.source} << kSourceShift;
  if (row.share) out.word |= kShareBit;
  if (row.special != 0) out.word |= kSpecialBit;
  out.place = tree.position(tree.counted_at(row.place, row.closed));
  out.lead = row.lead ? tree.position(tree.counted_at(*row.lead, row.closed)) : kNoPosition;
  return out;
}

ledger::ItemRow item_row(const StoredRow& stored, const ScanRow& scan, const FindingRow& finding) {
  ledger::ItemRow out;
  out.no.value = stored.no;
  out.place.value = stored.place;
  if (stored.present & StoredRow::kLead) out.lead = UnitId{stored.lead};
  out.kind = kind_of(scan);
  out.phase = phase_of(scan.word);
  out.flow = static_cast<std::uint16_t>(scan.word >> kFlowShift);
  out.state = static_cast<std::uint16_t>(scan.word);
  out.opened.number = stored.opened;
  if (stored.present & StoredRow::kDue) out.due = Day{stored.due};
  if (stored.present & StoredRow::kClosed) out.closed = Day{stored.closed};
  out.fixed = (stored.present & StoredRow::kFixed) != 0;
  out.reopened = stored.reopened;
  if (stored.present & StoredRow::kImport) out.import = stored.import;
  out.recorder.value = stored.recorder;
  out.first.value = stored.first;
  out.last.value = stored.last;
  if (stored.present & StoredRow::kOriginalDue) out.original_due = Day{stored.original_due};
  if (stored.present & StoredRow::kFirstClosed) out.first_closed = Day{stored.first_closed};
  out.response_due.us = stored.response_due;
  out.returned = stored.returned;
  out.recurred = stored.recurred;
  out.came_well = stored.came_well;
  out.came_badly = stored.came_badly;
  out.called_rightly = stored.called_rightly;
  out.called_wrongly = stored.called_wrongly;
  out.outcome = stored.outcome;
  out.category = stored.category;
  set_verdict(out, stored.verdict);
  out.response = static_cast<ledger::Response>(stored.response);
  out.source = source_of(scan.word);
  out.share = (scan.word & kShareBit) != 0;
  out.more_sources = finding.more_sources;
  out.special = finding.special;
  out.scheme = finding.scheme;
  out.stage = static_cast<ledger::HouseholdStage>(finding.stage);
  out.split = (finding.household & FindingRow::kSplit) != 0;
  out.has_signed = (finding.household & FindingRow::kSigned) != 0;
  return out;
}

std::optional<Share> share_of(const ScanRow& row) {
  if (row.word & kStagedBit) return std::nullopt;
  return Share{static_cast<std::uint8_t>(row.word >> kPhaseShift), (row.word & kOverdueBit) != 0,
               (row.word & kFixedBit) != 0, (row.word & kReopenedBit) != 0};
}

void Columns::write(std::uint32_t at, const ledger::ItemRow& row) {
  stored.write(at) = stored_row(row);
  const FindingRow finding = finding_row(row);
  if (!(finding == findings[at])) findings.write(at) = finding;
}

void Columns::link(std::uint32_t row, UnitId unit) {
  OwnRows& rows = own.write(unit.value);
  earlier.write(row) = rows.newest_plus_one;
  rows.newest_plus_one = row + 1;
  if (!(rows.count_or_slot & OwnRows::kManyBit)) ++rows.count_or_slot;
}

void Columns::unlink(std::uint32_t row, UnitId unit) {
  OwnRows& rows = own.write(unit.value);
  if (!(rows.count_or_slot & OwnRows::kManyBit)) --rows.count_or_slot;
  const std::uint32_t rest = earlier[row];
  if (rows.newest_plus_one == row + 1) {
    rows.newest_plus_one = rest;
    return;
  }
  std::uint32_t at = rows.newest_plus_one;
  TZ_ASSERT(at != 0);
  while (earlier[at - 1] != row + 1) {
    at = earlier[at - 1];
    TZ_ASSERT(at != 0);
  }
  earlier.write(at - 1) = rest;
}

ColumnSnapshots Columns::publish(std::uint64_t number, std::uint64_t oldest_read) {
  return {stored.publish(number, oldest_read), scan.publish(number, oldest_read),
          findings.publish(number, oldest_read), earlier.publish(number, oldest_read),
          own.publish(number, oldest_read)};
}

void Columns::begin_with(const ColumnSnapshots& shown, std::uint64_t number) {
  stored.begin_with(shown.stored, number);
  scan.begin_with(shown.scan, number);
  findings.begin_with(shown.findings, number);
  earlier.begin_with(shown.earlier, number);
  own.begin_with(shown.own, number);
}

std::size_t Columns::bytes() const {
  return stored.bytes() + scan.bytes() + findings.bytes() + earlier.bytes() + own.bytes();
}

}  // namespace tz::rollup
