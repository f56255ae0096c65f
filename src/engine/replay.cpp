// Reading the journal from the start, record by record.
#include "engine/replay.h"

#include <algorithm>

#include "engine/accusations.h"
#include "engine/item_cache.h"
#include "ledger/fund_fold.h"
#include "ledger/row_fold.h"

namespace tz::engine {
namespace {

constexpr std::size_t kReadCount = 4096;
constexpr std::size_t kReadBytes = std::size_t{16} << 20;
// More rows than that are not named one by one.
constexpr std::size_t kStirredMax = 100'000;

Error damaged(std::uint64_t seq, const std::string& code) {
  return failure("journal_damaged", {{"seq", std::to_string(seq)}, {"code", code}});
}

void stir(World& world, rollup::RowIndex row) {
  if (world.stirred.all) return;
  world.stirred.rows.push_back(row);
  if (world.stirred.rows.size() <= kStirredMax) return;
  world.stirred.rows = {};
  world.stirred.all = true;
}

}  // namespace

std::optional<journal::LedgerId> ledger_id_of(const ledger::Genesis& genesis) {
  const auto bytes = from_hex(genesis.ledger_id);
  journal::LedgerId id{};
  if (!bytes.ok() || bytes->size() != id.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), id.begin());
  return id;
}

Result<OpenedRecord> open_record(const journal::StoredRecord& stored,
                                 const journal::LedgerId& ledger) {
  OpenedRecord out{TZ_TRY(journal::decode(stored.header, stored.body, ledger)), {}};
  out.event = TZ_TRY(ledger::decode(out.record.type, out.record.type_version, out.record.payload));
  if (out.event.labels.size() != out.record.parts.size())
    return failure("event_malformed", {{"type", out.record.type}, {"field", "texts"}});
  return out;
}

bool makes_state(const OpenedRecord& opened) {
  return !opened.record.item || ledger::books(opened.event.event);
}

void take_state(ledger::State& state, const OpenedRecord& opened, ledger::FileReaders readers) {
  const journal::Record& record = opened.record;
  const ledger::Event& event = opened.event.event;
  if (!record.item) return ledger::apply(state, event, {record.recorded, record.seq}, readers);
  ledger::book(state, ledger::ItemNo{*record.item}, event, mark_of(record, opened.event.origin));
}

void advance_rollup(World& world, std::optional<ledger::ItemNo> item, const ledger::Mark& mark,
                    const ledger::Event& event) {
  if (const auto* adopted = std::get_if<ledger::ImportAdopted>(&event)) {
    world.rollup.adopt_import(adopted->import);
    world.stirred.all = true;
  }
  if (std::holds_alternative<ledger::CalendarAdopted>(event)) world.stirred.days = mark.recorded;
  // By their codes and places units have the days and limits that ends are reckoned by.
  if (std::holds_alternative<ledger::UnitsChanged>(event)) world.stirred.all = true;
  if (!item) return;
  if (const auto* report = std::get_if<ledger::ReportReceived>(&event);
      report && report->accusation)
    world.accusation_records.push_back(mark.seq.value);
  if (const auto* opened = std::get_if<ledger::ItemOpened>(&event)) {
    world.rollup.put(ledger::open_row(world.state, *opened, mark));
    return;
  }
  auto row = world.rollup.find(*item);
  TZ_ASSERT(row.has_value());
  if (const auto quantities = ledger::fold(*row, world.state, event, mark))
    world.rollup.put(*row, *quantities);
  else
    world.rollup.put(*row);
  if (!ledger::touches_limits(event)) return;
  const rollup::RowIndex at = *world.rollup.index(*item);
  std::vector<ledger::LiveLimit> limits = world.rollup.limits(at);
  ledger::fold(limits, world.state, *row, event, mark.recorded);
  world.rollup.put_limits(at, limits);
  stir(world, at);
}

void settle(World& world) {
  if (ledger::settle(world.state)) world.rollup.set_tree(world.state.tree);
}

void advance(World& world, const journal::Record& record, const ledger::Event& event,
             ledger::FileReaders readers) {
  if (!ledger::changes_tree(event)) settle(world);
  if (!record.item) {
    ledger::apply(world.state, event, {record.recorded, record.seq}, readers);
    world.system_records.push_back(record.seq.value);
  }
  std::optional<ledger::ItemNo> item;
  if (record.item) item = ledger::ItemNo{*record.item};
  // Only where records are read while the engine runs is any of them known already.
  const auto* redacted = std::get_if<ledger::Redacted>(&event);
  if (item && redacted != nullptr && redacted->part == ledger::kAccusedPart &&
      world.state.accusations->find(*item) != nullptr &&
      std::binary_search(world.accusation_records.begin(), world.accusation_records.end(),
                         redacted->record.value))
    forget_accused(world.state, *item);
  const ledger::Mark mark{record.seq, record.recorded, record.actor,
                          static_cast<std::uint8_t>(record.parts.size())};
  if (item && ledger::books(event)) {
    ledger::book(world.state, *item, event, mark);
    world.system_records.push_back(record.seq.value);
  }
  advance_rollup(world, item, mark, event);
  world.recorded = record.recorded;
}

Result<ledger::Genesis> read_genesis(journal::Reader& reader) {
  const auto stored = TZ_TRY(reader.read(Seq{0}, 1, kReadBytes));
  if (stored.empty()) return damaged(0, "genesis_missing");
  // The header says whose it is; that it is this ledger's own is checked once the id is known.
  if (stored[0].header.size() < 18) return damaged(0, "record_malformed");
  journal::LedgerId id{};
  std::copy_n(stored[0].header.begin() + 2, id.size(), id.begin());
  const auto opened = open_record(stored[0], id);
  if (!opened.ok()) return damaged(0, opened.error().code);
  const auto* genesis = std::get_if<ledger::Genesis>(&opened->event.event);
  if (genesis == nullptr || ledger_id_of(*genesis) != id) return damaged(0, "genesis_missing");
  return *genesis;
}

Outcome catch_up(World& world, journal::Reader& reader, std::uint64_t end,
                 ledger::FileReaders readers) {
  while (world.frontier.size() < end) {
    const std::uint64_t from = world.frontier.size();
    const auto stored =
        TZ_TRY(reader.read(Seq{from}, std::min<std::uint64_t>(kReadCount, end - from), kReadBytes));
    if (stored.empty()) return damaged(from, "record_missing");
    for (const journal::StoredRecord& one : stored) {
      const std::uint64_t seq = world.frontier.size();
      const auto opened = open_record(one, world.ledger_id);
      if (!opened.ok()) return damaged(seq, opened.error().code);
      if (opened->record.seq.value != seq) return damaged(seq, "record_misplaced");
      if (opened->record.recorded < world.recorded) return damaged(seq, "record_backdated");
      advance(world, opened->record, opened->event.event, readers);
      world.frontier.append(merkle::leaf_hash(one.header));
    }
  }
  settle(world);
  return Done{};
}

merkle::HashSource hash_source(journal::Reader& reader) {
  merkle::HashSource source;
  source.leaves = [&reader](std::uint64_t from, std::uint64_t to) -> Result<std::vector<Hash>> {
    const auto headers = TZ_TRY(reader.read_headers(Seq{from}, to - from));
    if (headers.size() != to - from) return failure("record_missing");
    std::vector<Hash> hashes;
    hashes.reserve(headers.size());
    for (const Bytes& header : headers) hashes.push_back(merkle::leaf_hash(header));
    return hashes;
  };
  source.full_subtree = [&reader](std::uint8_t level, std::uint64_t index) -> Result<Hash> {
    const auto hash = TZ_TRY(reader.tree_hash(level, index));
    if (!hash) return failure("tree_hash_missing");
    return *hash;
  };
  return source;
}

}  // namespace tz::engine
