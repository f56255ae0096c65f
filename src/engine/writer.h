// The engine's thread: takes what waits, decides it in order, makes it durable, then answers.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "engine/item_cache.h"
#include "engine/replay.h"

namespace tz::engine {

// What an idempotency key stands for, as it is stored.
struct KeptAnswer {
  Hash request{};
  Receipt receipt;
};
Bytes encode(const KeptAnswer& answer);
Result<KeptAnswer> decode_kept_answer(BytesView bytes);
Bytes idempotency_row_key(const IdempotencyKey& key);
constexpr std::string_view kIdempotencySpace = "idempotency";

// A command on its way, with what the loader found for it.
struct Pending {
  Request request;
  Reply reply;
  std::vector<ledger::Item> loaded;
  std::optional<KeptAnswer> kept;
  std::optional<std::uint64_t> looked_up_at;  // size of the journal when `kept` was read
  int rounds = 0;                             // how often it went back to the loader
};

// Decides and commits batches. One thread; everything it needs stands in memory.
class Writer {
 public:
  // `publish` is called after each durable batch, before its answers are given: whoever has a
  // receipt finds what it says in what is published.
  Writer(Parts& parts, World& world, ItemCache& cache, std::function<void()> publish);

  // Decides `batch` in order, commits, answers. Commands whose items or keys must be read first
  // are handed back in `unready`. Answers are given only when the batch is durable; after a
  // failure the journal is looked at again and everything is decided once more, then refused.
  void commit(std::vector<Pending> batch, std::vector<Pending>& unready);

  // Signs and stores a checkpoint if there are records after the last one and `now` is late
  // enough, or `force`.
  Outcome tend_checkpoint(Instant now, bool force);
  // Whether a checkpoint will be due, and when.
  [[nodiscard]] std::optional<Instant> checkpoint_due() const;

  void set_last_checkpoint(std::uint64_t size) { checkpoint_size_ = size; }
  [[nodiscard]] std::uint64_t last_checkpoint() const { return checkpoint_size_; }
  [[nodiscard]] bool state_changed();  // since the last call

 private:
  struct Answer {
    std::size_t pending = 0;
    Result<Receipt> result;
  };
  struct Fact {
    journal::Record record;  // without its payload and ciphertexts
    ledger::Event event;
  };
  struct Work {             // what one pass over a batch has come to, none of it durable yet
    std::size_t taken = 0;  // so many of the batch were looked at
    journal::Batch batch;
    std::vector<Answer> answers;
    std::vector<Fact> facts;
    merkle::Frontier frontier;
    std::size_t bytes = 0;
    std::vector<std::string> keys;  // idempotency keys first used here
    Instant now;
  };
  enum class Ready { Yes, No };

  // Decides and commits the first commands of the batch, as many as `batch_bytes_max` allows.
  // Returns how many were answered or handed back.
  std::size_t commit_some(std::vector<Pending>& batch, std::vector<Pending>& unready);
  Work decide_all(std::vector<Pending>& batch, std::vector<std::size_t>& unready);
  Ready make_ready(Pending& pending);
  Result<Receipt> take(Pending& pending, Work& work);
  Outcome record_all(const Request& request, ledger::Decision& decision, Work& work,
                     Receipt& receipt);
  void apply_event(const ledger::EventDraft& draft, const journal::Record& record,
                   ledger::Origin origin);
  void remember(const Pending& pending, const Receipt& receipt, Work& work);
  void settle_durable(std::vector<Pending>& batch, Work& work);
  void roll_back(Work& work);
  bool took_place(const Work& work);
  Outcome look_again();
  [[nodiscard]] std::uint64_t newest_checkpoint(const Work& work) const;
  void add_checkpoint(Work& work);
  void add_late_checkpoint(Work& work, bool force);
  ledger::ItemNo free_item_no();

  Parts& parts_;
  World& world_;
  ItemCache& cache_;
  std::function<void()> publish_;
  std::optional<ledger::State> state_before_;  // of the batch, once it has changed the state
  std::uint64_t checkpoint_size_ = 0;
  Instant checkpoint_at_;
  bool state_changed_ = true;
  bool journal_in_doubt_ = false;
  // Keys answered lately; complete from recent_from_ on.
  std::unordered_map<std::string, KeptAnswer> recent_;
  std::deque<std::pair<std::string, std::uint64_t>> recent_order_;
  std::uint64_t recent_from_ = 0;
};

}  // namespace tz::engine
