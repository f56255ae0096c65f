// The threads around the writer: a queue in front of it, a loader for what must be read first, and
// one that tends the storage and saves snapshots, so that commits never wait for either.
#include "engine/engine.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "engine/accusations.h"
#include "engine/item_cache.h"
#include "engine/numbers_read.h"
#include "engine/replay.h"
#include "engine/snapshot.h"
#include "engine/turning.h"
#include "engine/writer.h"

namespace tz::engine {
namespace {

constexpr auto kTendEvery = std::chrono::milliseconds(50);
// Little at a time: a file that has much to write to the disk holds up the log's own writing too.
constexpr std::uint64_t kTendBytes = std::uint64_t{1} << 20;
constexpr int kTendRounds = 20;  // and however little has come, after so many waits
constexpr auto kWakeAtMost = std::chrono::milliseconds(500);
constexpr int kRoundsMax = 8;
// So many rows become overdue between two batches, so that no command waits for a whole midnight.
constexpr std::size_t kOverdueAtOnce = 5'000;
constexpr std::size_t kNumbersKept = 200'000;  // items

}  // namespace

struct Engine::Inside {
  explicit Inside(Parts given)
      : parts(std::move(given)),
        cache(parts.limits.cached_items_max),
        writer(parts, world, cache, [this] { publish(); }) {}

  Parts parts;
  World world;  // the writer's thread, once it runs
  ItemCache cache;
  Writer writer;
  rollup::Alarms alarms;
  NumbersRead numbers{kNumbersKept};
  bool midnight = false;             // the writer's: more rows have to become overdue at once
  std::uint64_t snapshot_asked = 0;  // the writer's: how large it was when last asked for
  std::atomic<std::uint64_t> snapshot_size{0};  // of the one in the folder

  std::mutex queue_mutex;  // guards the queues and the four below them
  std::condition_variable queue_ready;
  std::condition_variable loader_ready;
  std::condition_variable tender_ready;
  std::deque<Pending> queue;
  std::deque<Pending> to_load;
  bool loading = false;   // the loader holds a command that is in neither queue
  bool deciding = false;  // the writer holds some
  bool stopping = false;
  struct SnapshotOrder {
    SnapshotHead head;
    std::shared_ptr<const rollup::View> view;
  };
  std::optional<SnapshotOrder> snapshot_order;  // for the tender

  mutable std::mutex published_mutex;  // guards the two below
  Published published;
  std::function<void(const Published&)> listener;

  mutable std::mutex readers_mutex;  // guards `readers`
  mutable std::vector<std::unique_ptr<journal::Reader>> readers;

  std::thread writer_thread;
  std::thread loader_thread;
  std::thread tender_thread;

  Outcome load_world();
  void publish();
  void set_alarms();
  void run_writer();
  void run_loader();
  void run_tender();
  void ask_for_snapshot();
  void save(const SnapshotOrder& order);
  bool take_waiting(std::vector<Pending>& batch);
  void look_up(Pending pending);
  void hand_back(std::vector<Pending> unready);
  Outcome with_reader(const std::function<Outcome(journal::Reader&)>& work) const;
  void finish();
};

Outcome Engine::Inside::load_world() {
  const auto reader = TZ_TRY(parts.journal.open_reader());
  const ledger::Genesis genesis = TZ_TRY(read_genesis(*reader));
  world.ledger_id = *ledger_id_of(genesis);
  world.state.policy = parts.policy;
  const std::uint64_t size = TZ_TRY(reader->size());
  if (!parts.snapshot_folder.empty()) {
    const auto snapshot = read_snapshot(parts.snapshot_folder);
    if (snapshot.ok() && *snapshot && restore(world, **snapshot, *reader, parts.readers).ok()) {
      snapshot_size = (*snapshot)->size;
      snapshot_asked = snapshot_size;
    } else {
      // A snapshot may be lost or wrong; the journal is what counts. verify reports a wrong one.
      world.state = {};
      world.state.policy = parts.policy;
      world.frontier = {};
      world.system_records.clear();
      world.accusation_records.clear();
      world.recorded = {};
      world.stirred = {};
      world.rollup.clear();
    }
  }
  TZ_TRY(catch_up(world, *reader, size, parts.readers));
  TZ_TRY(open_accusations(world, *reader, parts.keyring));
  const auto newest = TZ_TRY(reader->checkpoint(size));
  writer.set_last_checkpoint(newest ? newest->size : 0);
  std::vector<access::Change> changes;
  for (const std::string_view space : access::kAccountSpaces)
    for (const journal::KeptRow& row : TZ_TRY(reader->kept_all(space)))
      changes.push_back({row.space, row.key, row.value});
  return parts.accounts.load(changes);
}

void Engine::Inside::publish() {
  const Instant now = std::max(parts.clock.now(), world.recorded);
  world.rollup.advance(now, world.state.zone, kOverdueAtOnce);
  const auto due = world.rollup.next_due(world.state.zone);
  midnight = due && *due <= now;
  Published next;
  next.size = world.frontier.size();
  next.view = world.rollup.publish(next.size);
  std::function<void(const Published&)> tell;
  {
    const std::lock_guard lock(published_mutex);
    const bool same = published.state && !writer.state_changed();
    next.state = same ? published.state : std::make_shared<const ledger::State>(world.state);
    published = next;
    tell = listener;
  }
  set_alarms();
  if (tell) tell(next);
}

// After what they rest on is published: whoever takes one sees that.
void Engine::Inside::set_alarms() {
  Stirred stirred;
  std::swap(stirred, world.stirred);
  if (stirred.days) alarms.days_adopted(*stirred.days);
  if (stirred.all) alarms.look_at_all();
  for (const rollup::RowIndex row : stirred.rows)
    if (const auto at =
            asks_at(alarms, world.state, row, {world.rollup.row(row), world.rollup.limits(row)}))
      alarms.set(row.value, *at);
}

bool Engine::Inside::take_waiting(std::vector<Pending>& batch) {
  std::unique_lock lock(queue_mutex);
  const auto ended = [this] { return stopping && queue.empty() && to_load.empty() && !loading; };
  queue_ready.wait_for(lock, kWakeAtMost, [&] { return !queue.empty() || midnight || ended(); });
  while (!queue.empty() && batch.size() < parts.limits.batch_count_max) {
    batch.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  deciding = !batch.empty();
  if (deciding || !ended()) return true;
  loader_ready.notify_one();
  return false;
}

void Engine::Inside::run_writer() {
  std::vector<Pending> batch;
  while (take_waiting(batch)) {
    std::vector<Pending> unready;
    if (!batch.empty()) writer.commit(std::move(batch), unready);
    batch.clear();
    cache.trim();
    hand_back(std::move(unready));
    const Instant now = parts.clock.now();
    const auto checkpoint = writer.checkpoint_due();
    // A failure here is met again, and answered, by the next command.
    if (checkpoint && *checkpoint <= now) (void)writer.tend_checkpoint(now, false).ok();
    const auto due = world.rollup.next_due(world.state.zone);
    if (due && *due <= now) publish();
    ask_for_snapshot();
  }
}

// What is published never changes, so another thread may write it down at its ease. One that fails
// may be missed: the next is due as if it had not.
void Engine::Inside::ask_for_snapshot() {
  const std::uint64_t size = world.frontier.size();
  if (parts.snapshot_folder.empty() || size - snapshot_asked < parts.limits.snapshot_records)
    return;
  std::shared_ptr<const rollup::View> view;
  {
    const std::lock_guard lock(published_mutex);
    view = published.view;
  }
  if (view->position() != size) return;
  snapshot_asked = size;
  const std::lock_guard lock(queue_mutex);
  snapshot_order = {head_of(world), std::move(view)};
  tender_ready.notify_one();
}

void Engine::Inside::save(const SnapshotOrder& order) {
  if (save_snapshot(order.head, order.view->save(), parts.snapshot_folder).ok())
    snapshot_size = order.head.size;
}

// The batch is decided, but for these, which need the loader again.
void Engine::Inside::hand_back(std::vector<Pending> unready) {
  const std::lock_guard lock(queue_mutex);
  for (Pending& pending : unready) {
    pending.loaded.clear();
    to_load.push_back(std::move(pending));
  }
  deciding = false;
  loader_ready.notify_one();
}

void Engine::Inside::look_up(Pending pending) {
  const Outcome read = with_reader([&](journal::Reader& reader) -> Outcome {
    Published now;
    {
      const std::lock_guard lock(published_mutex);
      now = published;
    }
    if (pending.request.idempotency) {
      pending.looked_up_at = TZ_TRY(reader.size());
      const auto kept =
          TZ_TRY(reader.kept(kIdempotencySpace, idempotency_row_key(*pending.request.idempotency)));
      pending.kept.reset();
      if (kept) pending.kept = TZ_TRY(decode_kept_answer(*kept));
    }
    if (!pending.request.command) return Done{};
    std::vector<ledger::ItemNo> wanted = ledger::items_named(*pending.request.command);
    wanted.insert(wanted.end(), pending.linked.begin(), pending.linked.end());
    for (const ledger::ItemNo no : wanted) {
      const auto index = now.view->find(no);
      if (!index || (pending.rounds == 0 && cache.contains(no))) continue;
      pending.loaded.push_back(
          TZ_TRY(load_item(no, now.view->row(*index).last, *now.state, world.ledger_id, reader)));
    }
    return Done{};
  });
  ++pending.rounds;
  if (!read.ok()) {
    pending.reply(read.error());
  } else if (pending.rounds > kRoundsMax) {
    pending.reply(failure("item_busy"));
  } else {
    const std::lock_guard lock(queue_mutex);
    queue.push_back(std::move(pending));
    queue_ready.notify_one();
  }
}

void Engine::Inside::run_loader() {
  for (;;) {
    std::optional<Pending> taken;
    {
      std::unique_lock lock(queue_mutex);
      const auto ended = [this] { return stopping && queue.empty() && !deciding; };
      loader_ready.wait_for(lock, kWakeAtMost, [&] { return !to_load.empty() || ended(); });
      if (to_load.empty() && ended()) return;
      if (to_load.empty()) continue;
      taken = std::move(to_load.front());
      to_load.pop_front();
      loading = true;
    }
    look_up(*std::move(taken));
    const std::lock_guard lock(queue_mutex);
    loading = false;
    queue_ready.notify_one();
  }
}

void Engine::Inside::run_tender() {
  for (int rounds = 1;; ++rounds) {
    std::optional<SnapshotOrder> order;
    {
      std::unique_lock lock(queue_mutex);
      tender_ready.wait_for(lock, kTendEvery, [this] { return stopping || snapshot_order; });
      if (stopping) return;
      order.swap(snapshot_order);
    }
    if (order) save(*order);
    if (rounds < kTendRounds && parts.journal.untended_bytes() < kTendBytes) continue;
    rounds = 0;
    // What it fails at, append will meet and report.
    (void)parts.journal.tend().ok();
  }
}

Outcome Engine::Inside::with_reader(const std::function<Outcome(journal::Reader&)>& work) const {
  std::unique_ptr<journal::Reader> reader;
  {
    const std::lock_guard lock(readers_mutex);
    if (!readers.empty()) {
      reader = std::move(readers.back());
      readers.pop_back();
    }
  }
  if (!reader) reader = TZ_TRY(parts.journal.open_reader());
  Outcome done = work(*reader);
  if (done.ok() || done.error().error_class == ErrorClass::Refusal) {
    const std::lock_guard lock(readers_mutex);
    readers.push_back(std::move(reader));
  }
  return done;
}

void Engine::Inside::finish() {
  {
    const std::lock_guard lock(queue_mutex);
    if (stopping) return;
    stopping = true;
  }
  queue_ready.notify_all();
  loader_ready.notify_all();
  tender_ready.notify_all();
  for (std::thread* thread : {&loader_thread, &writer_thread, &tender_thread})
    if (thread->joinable()) thread->join();
  (void)writer.tend_checkpoint(std::max(parts.clock.now(), world.recorded), true).ok();
  (void)parts.journal.tend().ok();  // what was erased is not left in the log
  if (!parts.snapshot_folder.empty() && world.frontier.size() != snapshot_size)
    (void)save_snapshot(head_of(world), world.rollup.save(), parts.snapshot_folder).ok();
  const std::lock_guard lock(readers_mutex);
  readers.clear();
}

Engine::Engine(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Result<std::unique_ptr<Engine>> Engine::open(Parts parts) {
  auto inside = std::make_unique<Inside>(std::move(parts));
  TZ_TRY(inside->load_world());
  inside->world.rollup.advance(std::max(inside->parts.clock.now(), inside->world.recorded),
                               inside->world.state.zone);
  inside->publish();
  Inside* raw = inside.get();
  std::unique_ptr<Engine> engine(new Engine(std::move(inside)));
  raw->writer_thread = std::thread([raw] { raw->run_writer(); });
  raw->loader_thread = std::thread([raw] { raw->run_loader(); });
  raw->tender_thread = std::thread([raw] { raw->run_tender(); });
  return engine;
}

Engine::~Engine() { stop(); }

void Engine::stop() { inside_->finish(); }

void Engine::submit(Request request, Reply reply) {
  Pending pending;
  pending.request = std::move(request);
  pending.reply = std::move(reply);
  bool load = pending.request.idempotency.has_value();
  if (pending.request.command)
    for (ledger::ItemNo no : ledger::items_named(*pending.request.command))
      load = load || !inside_->cache.contains(no);
  std::unique_lock lock(inside_->queue_mutex);
  const std::size_t waiting = inside_->queue.size() + inside_->to_load.size();
  if (inside_->stopping || waiting >= inside_->parts.limits.queue_max) {
    const char* code = inside_->stopping ? "engine_stopping" : "queue_full";
    lock.unlock();
    pending.reply(refusal(code));
    return;
  }
  if (load) {
    inside_->to_load.push_back(std::move(pending));
    inside_->loader_ready.notify_one();
  } else {
    inside_->queue.push_back(std::move(pending));
    inside_->queue_ready.notify_one();
  }
}

Result<Receipt> Engine::submit_and_wait(Request request) {
  auto answered = std::make_shared<std::promise<Result<Receipt>>>();
  std::future<Result<Receipt>> answer = answered->get_future();
  submit(std::move(request),
         [answered](Result<Receipt> result) { answered->set_value(std::move(result)); });
  return answer.get();
}

Published Engine::published() const {
  const std::lock_guard lock(inside_->published_mutex);
  return inside_->published;
}

void Engine::on_published(std::function<void(const Published&)> listener) {
  const std::lock_guard lock(inside_->published_mutex);
  inside_->listener = std::move(listener);
}

Outcome Engine::read(const std::function<Outcome(journal::Reader&)>& work) const {
  return inside_->with_reader(work);
}

Result<ledger::Item> Engine::item(ledger::ItemNo no) const {
  const Published now = published();
  const auto index = now.view->find(no);
  if (!index) return refusal("item_unknown", {{"item", ledger::to_text(no)}});
  std::optional<ledger::Item> item;
  const Outcome done = read([&](journal::Reader& reader) -> Outcome {
    item = TZ_TRY(
        load_item(no, now.view->row(*index).last, *now.state, inside_->world.ledger_id, reader));
    return Done{};
  });
  if (!done.ok()) return done.error();
  return *std::move(item);
}

NumbersRead& Engine::numbers() const { return inside_->numbers; }
rollup::Alarms& Engine::alarms() const { return inside_->alarms; }

Result<std::string> Engine::checkpoint() const {
  std::optional<std::string> note;
  const Outcome done = read([&](journal::Reader& reader) -> Outcome {
    const std::uint64_t size = TZ_TRY(reader.size());
    const auto newest = TZ_TRY(reader.checkpoint(size));
    if (newest) note = newest->note;
    return Done{};
  });
  if (!done.ok()) return done.error();
  if (!note) return refusal("checkpoint_none");
  return *std::move(note);
}

}  // namespace tz::engine
