// One text a record; all else of an item stays where it is.
#include "engine/accusations.h"

#include <algorithm>

#include "engine/recorder.h"
#include "ledger/receiver.h"

namespace tz::engine {
namespace {

constexpr std::string_view kLabel = "accused";

Result<std::vector<UnitId>> units_of(const OpenedRecord& opened, const World& world,
                                     journal::Reader& reader, const access::Keyring& keyring) {
  const auto texts = open_texts(opened.record, world.ledger_id, reader, keyring);
  if (!texts.ok() && texts.error().code.starts_with("storage_")) return texts.error();
  std::vector<UnitId> out;
  if (!texts.ok()) return out;
  for (std::size_t i = 0; i < texts->size(); ++i)
    if (opened.event.labels[i] == kLabel && (*texts)[i])
      out = ledger::accused_in(*(*texts)[i], *world.state.tree);
  return out;
}

}  // namespace

Outcome open_accusations(World& world, journal::Reader& reader, const access::Keyring& keyring) {
  if (world.accusation_records.size() == world.state.accusations->size()) return Done{};
  auto known = std::make_shared<ledger::Accusations>(*world.state.accusations);
  for (const std::uint64_t seq : world.accusation_records) {
    const auto stored = TZ_TRY(reader.read(Seq{seq}, 1, 1));
    if (stored.empty())
      return failure("journal_damaged", {{"seq", std::to_string(seq)}, {"code", "record_missing"}});
    const OpenedRecord opened = TZ_TRY(open_record(stored[0], world.ledger_id));
    if (!opened.record.item) continue;
    const ledger::ItemNo no{*opened.record.item};
    const auto row = world.rollup.find(no);
    if (!row || known->find(no) != nullptr) continue;
    known->set(no, {row->place, TZ_TRY(units_of(opened, world, reader, keyring))});
  }
  world.state.accusations = std::move(known);
  return Done{};
}

void forget_accused(ledger::State& state, ledger::ItemNo no) {
  auto known = std::make_shared<ledger::Accusations>(*state.accusations);
  const ledger::Accusation* accusation = known->find(no);
  TZ_ASSERT(accusation != nullptr);
  known->set(no, {accusation->receiver, {}});
  state.accusations = std::move(known);
}

}  // namespace tz::engine
