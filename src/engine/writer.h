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
#include "engine/record_maker.h"
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
  std::vector<ledger::ItemNo> linked;  // items that those named lead to, as far as is known
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
    std::optional<ledger::ItemNo> item;
    ledger::Mark mark;
    ledger::Event event;
  };
  struct Work {  // what one pass over a batch has come to, none of it durable yet
    explicit Work(Drawing from) : drawing(std::move(from)) {}
    std::size_t taken = 0;  // so many of the batch were looked at
    journal::Batch batch;
    std::vector<Answer> answers;
    std::vector<Fact> facts;
    Drawing drawing;
    std::uint64_t end = 0;                      // records, those of this batch included
    std::vector<std::uint64_t> checkpoints_at;  // sizes within this batch, ascending
    merkle::Frontier frontier;                  // of the records made so far
    std::size_t bytes = 0;
    std::vector<std::string> keys;  // idempotency keys first used here
    Instant now;
  };
  enum class Ready { Yes, No };

  // Decides and commits the first commands of the batch, as many as `batch_bytes_max` allows.
  // Returns how many were answered or handed back.
  std::size_t commit_some(std::vector<Pending>& batch, std::vector<Pending>& unready);
  Work begin_work(Instant now);
  Work decide_all(std::vector<Pending>& batch, std::vector<std::size_t>& unready);
  // Takes what the maker makes of the batch's records into the tree and the transaction.
  void take_made(Work& work);
  Ready make_ready(Pending& pending);
  Ready at_hand(ledger::ItemNo no, const Pending& pending);
  Result<Receipt> take(Pending& pending, Work& work);
  // What has fallen due about the item by itself is recorded before the action, as a command of its
  // own: a limit that the action moves would pass it over. The action may have seen the item as it
  // was before that.
  Outcome turn_before(ledger::TakeAction& action, const ledger::Actor& actor, Work& work);
  ledger::Circumstances circumstances(const ledger::Actor& actor,
                                      std::optional<ledger::Origin> origin, const Work& work);
  Outcome record_all(const Request& request, ledger::Decision& decision, Work& work,
                     Receipt& receipt);
  void note(ledger::ItemNo no, const std::vector<UnitId>& accused);
  void forget_accused(ledger::ItemNo no);
  std::optional<Seq> previous(const ledger::Decision& decision,
                              const std::vector<Ingredients>& drawn);
  void apply_event(const ledger::Event& event, std::optional<ledger::ItemNo> item_no,
                   const ledger::Mark& mark);
  void remember(const Pending& pending, const Receipt& receipt, Work& work);
  void settle_durable(std::vector<Pending>& batch, Work& work);
  void roll_back(Work& work);
  bool took_place(const Work& work);
  Outcome look_again();
  [[nodiscard]] std::uint64_t checkpoint_before(const Work& work) const;
  void add_checkpoint(Work& work);
  void add_late_checkpoint(Work& work, bool force);
  ledger::ItemNo free_item_no();
  void number(std::vector<ledger::GivenShare>& shares);

  Parts& parts_;
  World& world_;
  ItemCache& cache_;
  std::function<void()> publish_;
  std::optional<ledger::State> state_before_;  // of the batch, once it has changed the state
  RecordMaker maker_;
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
