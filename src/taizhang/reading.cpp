// From the snapshot where one fits, else from the start.
#include "taizhang/reading.h"

#include "engine/snapshot.h"
#include "programme/file_readers.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

Result<std::unique_ptr<ReadLedger>> read_ledger(const std::string& folder, From from) {
  const auto reader = TZ_TRY(open_reader(folder));
  const ledger::Genesis genesis = TZ_TRY(engine::read_genesis(*reader));
  const std::uint64_t size = TZ_TRY(reader->size());
  auto out = std::make_unique<ReadLedger>();
  out->world.ledger_id = *engine::ledger_id_of(genesis);
  if (from == From::Snapshot) {
    const auto snapshot = engine::read_snapshot(folder + "/snapshot");
    const bool restored =
        snapshot.ok() && *snapshot &&
        engine::restore(out->world, **snapshot, *reader, programme::file_readers()).ok();
    if (!restored) {
      out = std::make_unique<ReadLedger>();
      out->world.ledger_id = *engine::ledger_id_of(genesis);
    }
  }
  TZ_TRY(engine::catch_up(out->world, *reader, size, programme::file_readers()));
  SystemClock clock;
  const Instant now =
      genesis.simulated ? out->world.recorded : std::max(clock.now(), out->world.recorded);
  out->world.rollup.advance(now, out->world.state.zone);
  out->view = out->world.rollup.publish(size);
  return out;
}

Result<engine::Published> shown_as_of(const ReadLedger& read, const std::string& folder,
                                      std::string_view as_of) {
  const engine::Published now{std::make_shared<const ledger::State>(read.world.state), read.view,
                              read.view->position()};
  if (as_of.empty()) return now;
  const engine::AsOf asked = TZ_TRY(engine::parse_as_of(as_of, now.state->zone));
  const auto reader = TZ_TRY(open_reader(folder));
  engine::Past past(TZ_TRY(engine::past_point(asked, now, now.view->instant(), *reader)));
  TZ_TRY(past.read(now, *reader));
  return past.as_it_was(now);
}

}  // namespace tz::program
