// The single writer: command in, receipt out; the order of the world is decided here.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/accounts.h"
#include "access/sealing.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "journal/journal.h"
#include "ledger/command.h"
#include "ledger/decide.h"
#include "ledger/state.h"
#include "merkle/checkpoint.h"
#include "rollup/alarms.h"
#include "rollup/view.h"

namespace tz::engine {

struct Limits {
  std::size_t queue_max = 4096;  // commands waiting; beyond it: `queue_full`
  std::size_t batch_count_max = 1000;
  std::size_t batch_bytes_max = std::size_t{16} << 20;
  std::size_t cached_items_max = 50'000;
  std::uint64_t checkpoint_records = 1000;
  std::int64_t checkpoint_us = 60'000'000;
  std::int64_t idempotency_us = std::int64_t{7} * 86'400 * 1'000'000;
  std::uint64_t snapshot_records = 500'000;  // a new snapshot after so many
};

// What the engine is built from; all of it outlives the engine.
struct Parts {
  journal::Journal& journal;
  Clock& clock;
  Random& random;  // the writer's own
  access::Keyring& keyring;
  access::Accounts& accounts;
  merkle::SigningKey signing_key;
  ledger::FileReaders readers;
  std::shared_ptr<const ledger::Policy> policy;  // who may do what (ledger/policy.h)
  std::string snapshot_folder;                   // empty: none are kept
  Limits limits;
};

// A key a client may send so that a repeated request is done once (kept for seven days).
struct IdempotencyKey {
  AccountId account;
  std::string key;  // at most 128 bytes
  Hash request{};   // of method, path and body
};

struct Request {
  std::optional<ledger::Command> command;  // none: only `changes` are stored
  ledger::Actor actor;
  std::optional<IdempotencyKey> idempotency;
  std::vector<access::Change> changes;  // stored in the same transaction as the records
  // Where what it says comes from; none: invented in a demonstration, else real. Only the program
  // that plays a demonstration states one.
  std::optional<ledger::Origin> origin = std::nullopt;
  // Keys of texts, wrapped anew; passed over where the text was erased meanwhile.
  std::vector<journal::SubjectKeyRow> rewrapped = {};
  // What `changes` replace or delete must not be found in the journal's log either, seconds later.
  bool cleanse = false;
};

struct Receipt {
  CommandId command;
  std::uint64_t first = 0;  // its records, [first, end)
  std::uint64_t end = 0;
  Instant recorded;
  std::optional<ledger::ItemNo> item;
  std::optional<Seq> version;  // the item's newest record after the command
  bool repeated = false;       // this is the answer given before
  // The number that the command gave, where it granted a post or proposed a handover; not kept with
  // an answer that is repeated.
  std::optional<PostId> post = std::nullopt;
  std::optional<ledger::HandoverId> handover = std::nullopt;
};

using Reply = std::function<void(Result<Receipt>)>;  // called on the engine's thread: be brief

// What was published after the last durable batch; immutable.
struct Published {
  std::shared_ptr<const ledger::State> state;
  std::shared_ptr<const rollup::View> view;
  std::uint64_t size = 0;  // records
};

class NumbersRead;

class Engine {
 public:
  // Reads the journal (from the snapshot on, where one fits) and starts the writer. Needs a
  // journal that begins with a genesis. Fails with what the journal fails with, or
  // `journal_damaged` (facts: seq, code).
  static Result<std::unique_ptr<Engine>> open(Parts parts);
  // Stops as stop() does.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Any thread. The reply is called once: after the command is durable, or with its refusal.
  // Refuses `queue_full` and `engine_stopping` at once, by the reply.
  void submit(Request request, Reply reply);
  // The same, waiting for the answer; not on the engine's thread.
  Result<Receipt> submit_and_wait(Request request);

  // Any thread.
  [[nodiscard]] Published published() const;
  // Called after each publication, on the engine's thread; set before the first submit.
  void on_published(std::function<void(const Published&)> listener);

  // Runs `work` with a reader of the journal that no other thread uses meanwhile. Any thread.
  Outcome read(const std::function<Outcome(journal::Reader&)>& work) const;

  // One item with all its events folded. Refuses `item_unknown`. Reads the disk. Any thread.
  [[nodiscard]] Result<ledger::Item> item(ledger::ItemNo no) const;

  // When each item next asks for what falls due by itself (engine/turning.h). Any thread.
  [[nodiscard]] rollup::Alarms& alarms() const;

  // What was read of the numbers by which sources know items. Any thread.
  [[nodiscard]] NumbersRead& numbers() const;

  // The newest signed checkpoint. Refuses `checkpoint_none`. Any thread.
  [[nodiscard]] Result<std::string> checkpoint() const;

  // Answers what is queued, signs a checkpoint, writes a snapshot, stops the threads.
  void stop();

 private:
  struct Inside;
  explicit Engine(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace tz::engine
