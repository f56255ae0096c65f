// The subtle rule lives here: a later command of a batch is decided on the state the earlier ones
// leave, and nobody is answered before that state is durable.
#include "engine/writer.h"

#include <algorithm>
#include <set>

#include "engine/accusations.h"
#include "engine/doomed_files.h"
#include "engine/recorder.h"
#include "ledger/decide_units.h"
#include "ledger/fund_fold.h"
#include "ledger/live_limits.h"
#include "ledger/row_fold.h"

namespace tz::engine {
namespace {

constexpr std::size_t kRecentKeysMax = 65'536;
constexpr std::size_t kKeyBytesMax = 128;
constexpr std::size_t kFactsAhead = 8;  // asked of the memory before they are counted

std::string text_of(const Bytes& bytes) { return std::string(as_text(bytes)); }

void number_given(const ledger::Event& event, Receipt& receipt) {
  if (const auto* granted = std::get_if<ledger::PostGranted>(&event)) receipt.post = granted->post;
  if (const auto* acting = std::get_if<ledger::ActingGranted>(&event)) receipt.post = acting->post;
  if (const auto* proposed = std::get_if<ledger::HandoverProposed>(&event))
    receipt.handover = proposed->handover;
}

bool changes_units(const Pending& pending) {
  return pending.request.command &&
         std::holds_alternative<ledger::ChangeUnits>(*pending.request.command);
}

}  // namespace

Writer::Writer(Parts& parts, World& world, ItemCache& cache, std::function<void()> publish)
    : parts_(parts),
      world_(world),
      cache_(cache),
      publish_(std::move(publish)),
      recent_from_(world.frontier.size()) {
  checkpoint_at_ = world.recorded;
}

bool Writer::state_changed() {
  const bool changed = state_changed_;
  state_changed_ = false;
  return changed;
}

void Writer::commit(std::vector<Pending> batch, std::vector<Pending>& unready) {
  while (!batch.empty()) {
    const auto done = static_cast<std::ptrdiff_t>(commit_some(batch, unready));
    batch.erase(batch.begin(), batch.begin() + done);
  }
}

std::size_t Writer::commit_some(std::vector<Pending>& batch, std::vector<Pending>& unready) {
  const auto answer_with = [&batch](std::size_t count, const Error& error) {
    for (std::size_t i = 0; i < count; ++i) batch[i].reply(error);
    return count;
  };
  for (int attempt = 0;; ++attempt) {
    std::vector<std::size_t> unready_at;
    if (journal_in_doubt_) {
      const Outcome looked = look_again();
      if (!looked.ok()) return answer_with(batch.size(), looked.error());
    }
    Work work = decide_all(batch, unready_at);
    const bool writes = !work.batch.records.empty() || !work.batch.kept.empty() ||
                        !work.batch.rewrapped_keys.empty() || !work.batch.checkpoints.empty();
    const Outcome appended = writes ? parts_.journal.append(work.batch) : Outcome(Done{});
    const bool full = !appended.ok() && appended.error().code == "storage_full";
    if (appended.ok() || (!full && took_place(work))) {
      settle_durable(batch, work);
      for (std::size_t at : unready_at) unready.push_back(std::move(batch[at]));
      return work.taken;
    }
    roll_back(work);
    journal_in_doubt_ = !full;
    // What was refused was refused on a state that is no more: once more, then give up.
    if (attempt == 1 || full) return answer_with(work.taken, appended.error());
  }
}

Writer::Work Writer::begin_work(Instant now) {
  Work work({parts_.keyring, parts_.random, month_of(now, world_.state.zone), nullptr});
  work.batch.expected_size = world_.frontier.size();
  work.frontier = world_.frontier;
  work.end = world_.frontier.size();
  work.now = now;
  return work;
}

Writer::Work Writer::decide_all(std::vector<Pending>& batch, std::vector<std::size_t>& unready) {
  Work work = begin_work(std::max(parts_.clock.now(), world_.recorded));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i > 0 && work.bytes >= parts_.limits.batch_bytes_max) break;
    // What is open where is known of what is durable.
    if (i > 0 && changes_units(batch[i])) break;
    ++work.taken;
    if (make_ready(batch[i]) == Ready::No) {
      unready.push_back(i);
      continue;
    }
    work.answers.push_back({i, take(batch[i], work)});
  }
  take_made(work);
  add_late_checkpoint(work, false);
  return work;
}

void Writer::take_made(Work& work) {
  work.batch.records.reserve(work.facts.size());
  auto checkpoint = work.checkpoints_at.begin();
  std::vector<merkle::FullSubtree> completed;
  for (std::vector<Made> some = maker_.next(); !some.empty(); some = maker_.next()) {
    for (Made& made : some) {
      work.frontier.append(made.leaf, &completed);
      if (checkpoint != work.checkpoints_at.end() && *checkpoint == work.frontier.size()) {
        add_checkpoint(work);
        ++checkpoint;
      }
      work.batch.records.push_back(std::move(made.stored));
      for (journal::SubjectKeyRow& key : made.keys)
        work.batch.subject_keys.push_back(std::move(key));
    }
  }
  for (const merkle::FullSubtree& full : completed)
    work.batch.tree_hashes.push_back({full.level, full.index, full.hash});
  TZ_ASSERT(work.frontier.size() == work.end);
}

// Whether everything the command needs is in memory and as new as this thread's own knowledge.
Writer::Ready Writer::make_ready(Pending& pending) {
  if (pending.request.idempotency) {
    const std::string key = text_of(idempotency_row_key(*pending.request.idempotency));
    const bool known = recent_.contains(key);
    if (!known && (!pending.looked_up_at || *pending.looked_up_at < recent_from_)) return Ready::No;
  }
  if (!pending.request.command) return Ready::Yes;
  const std::vector<ledger::ItemNo> named = ledger::items_named(*pending.request.command);
  for (const ledger::ItemNo no : named)
    if (at_hand(no, pending) == Ready::No) return Ready::No;
  // And what a decision about these may rest on; which these are is known only now.
  pending.linked.clear();
  for (const ledger::ItemNo no : named)
    if (const ledger::Item* item = cache_.find(no))
      for (const ledger::ItemNo other : ledger::linked(*item)) pending.linked.push_back(other);
  for (const ledger::ItemNo no : pending.linked)
    if (at_hand(no, pending) == Ready::No) return Ready::No;
  return Ready::Yes;
}

Writer::Ready Writer::at_hand(ledger::ItemNo no, const Pending& pending) {
  if (cache_.find(no) != nullptr) return Ready::Yes;
  const auto row = world_.rollup.find(no);
  if (!row) return Ready::Yes;  // there is none: decide will say so
  const auto loaded = std::find_if(pending.loaded.begin(), pending.loaded.end(),
                                   [&](const ledger::Item& item) { return item.no == no; });
  if (loaded == pending.loaded.end() || loaded->last != row->last) return Ready::No;
  cache_.put(*loaded);
  return Ready::Yes;
}

Result<Receipt> Writer::take(Pending& pending, Work& work) {
  Request& request = pending.request;
  if (request.idempotency) {
    if (request.idempotency->key.empty() || request.idempotency->key.size() > kKeyBytesMax)
      return refusal("idempotency_key_bad");
    const auto recent = recent_.find(text_of(idempotency_row_key(*request.idempotency)));
    const KeptAnswer* kept = recent != recent_.end() ? &recent->second
                             : pending.kept          ? &*pending.kept
                                                     : nullptr;
    const bool holds =
        kept != nullptr && work.now.us - kept->receipt.recorded.us < parts_.limits.idempotency_us;
    if (holds) {
      if (kept->request != request.idempotency->request) return refusal("idempotency_mismatch");
      Receipt receipt = kept->receipt;
      receipt.repeated = true;
      return receipt;
    }
  }
  if (request.command)
    if (auto* action = std::get_if<ledger::TakeAction>(&*request.command))
      TZ_TRY(turn_before(*action, request.actor, work));
  Receipt receipt;
  receipt.command = CommandId{parts_.random.next_u64()};
  receipt.recorded = work.now;
  receipt.first = work.end;
  receipt.end = receipt.first;
  if (request.command) {
    if (auto* opening = std::get_if<ledger::OpenItem>(&*request.command))
      opening->no = free_item_no();
    if (auto* report = std::get_if<ledger::ReceiveReport>(&*request.command))
      report->no = free_item_no();
    if (auto* action = std::get_if<ledger::TakeAction>(&*request.command))
      number(action->input.shares);
    if (auto* changes = std::get_if<ledger::ChangeUnits>(&*request.command))
      changes->busy = world_.rollup.busy(ledger::ended_alone(*changes));
    const auto at = circumstances(request.actor, request.origin, work);
    ledger::Decision decision = TZ_TRY(ledger::decide(at, *request.command));
    TZ_TRY(record_all(request, decision, work, receipt));
    if (const auto* report = std::get_if<ledger::ReceiveReport>(&*request.command))
      note(report->no, report->accused);
    if (const auto* opening = std::get_if<ledger::OpenItem>(&*request.command))
      note(opening->no, opening->accused);
  }
  for (access::Change& change : request.changes)
    work.batch.kept.push_back({change.space, change.key, change.value});
  for (const journal::SubjectKeyRow& row : request.rewrapped)
    work.batch.rewrapped_keys.push_back(row);
  work.batch.cleanse = work.batch.cleanse || request.cleanse;
  remember(pending, receipt, work);
  return receipt;
}

ledger::Circumstances Writer::circumstances(const ledger::Actor& actor,
                                            std::optional<ledger::Origin> origin,
                                            const Work& work) {
  return {world_.state,   [this](ledger::ItemNo no) { return cache_.find(no); },
          actor,          work.now,
          parts_.readers, origin};
}

Outcome Writer::turn_before(ledger::TakeAction& action, const ledger::Actor& actor, Work& work) {
  const auto index = world_.rollup.index(action.item);
  const ledger::Item* item = cache_.find(action.item);
  if (!index || item == nullptr) return Done{};
  const auto next =
      ledger::next_turn(world_.state, world_.rollup.row(*index), world_.rollup.limits(*index));
  if (!next || work.now < next->step.at) return Done{};
  // What is refused leaves nothing behind.
  if (!ledger::decide(circumstances(actor, {}, work), action).ok()) return Done{};
  const Seq before = item->last;
  Pending turn;
  turn.request.command = ledger::TurnClock{action.item};
  const auto turned = take(turn, work);
  if (!turned.ok()) {
    // Nothing is due as things stand within this batch.
    if (turned.error().error_class == ErrorClass::Refusal) return Done{};
    return turned.error();
  }
  if (action.seen == before) action.seen = turned->version;
  return Done{};
}

Outcome Writer::record_all(const Request& request, ledger::Decision& decision, Work& work,
                           Receipt& receipt) {
  TZ_ASSERT(!decision.events.empty());
  Recording recording{world_.ledger_id, Seq{work.end},   work.now,
                      decision.post,    receipt.command, decision.origin};
  // Everything is drawn before anything is changed: a key that cannot be made leaves no trace.
  std::vector<Ingredients> drawn;
  drawn.reserve(decision.events.size());
  for (ledger::EventDraft& draft : decision.events) {
    drawn.push_back(TZ_TRY(gather(recording, draft, previous(decision, drawn), work.drawing)));
    drawn.back().record.index = static_cast<std::uint16_t>(drawn.size() - 1);
    recording.next = Seq{recording.next.value + 1};
  }
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    ledger::EventDraft& draft = decision.events[i];
    const ledger::Mark mark{drawn[i].record.seq, work.now, decision.post,
                            static_cast<std::uint8_t>(drawn[i].texts.size()), decision.origin};
    work.bytes += bytes_of(drawn[i]);
    maker_.add(std::move(drawn[i]), world_.ledger_id);
    ++work.end;
    if (work.end - checkpoint_before(work) >= parts_.limits.checkpoint_records)
      work.checkpoints_at.push_back(work.end);
    if (draft.item)
      if (const ledger::Item* item = cache_.find(*draft.item))
        if (auto doomed = doomed_file(draft.event, *item))
          work.batch.kept.push_back({doomed->space, doomed->key, doomed->value});
    apply_event(draft.event, draft.item, mark);
    number_given(draft.event, receipt);
    if (const auto erased = erased_subject(draft.event))
      work.batch.erased_subjects.push_back(*erased);
    work.facts.push_back({draft.item, mark, std::move(draft.event)});
  }
  if (ledger::settle(world_.state)) state_changed_ = true;
  receipt.end = work.end;
  receipt.item = ledger::item_of(*request.command);
  if (receipt.item) receipt.version = cache_.find(*receipt.item)->last;
  return Done{};
}

// From the next command on those it complains of are kept from it.
void Writer::note(ledger::ItemNo no, const std::vector<UnitId>& accused) {
  if (accused.empty()) return;
  if (!state_before_) state_before_ = world_.state;
  auto known = std::make_shared<ledger::Accusations>(*world_.state.accusations);
  known->set(no, {cache_.find(no)->place, accused});
  world_.state.accusations = std::move(known);
  state_changed_ = true;
}

// What was destroyed is known no longer than after a restart, and hides as much.
void Writer::forget_accused(ledger::ItemNo no) {
  if (!state_before_) state_before_ = world_.state;
  engine::forget_accused(world_.state, no);
  state_changed_ = true;
}

// The newest record of the item of the next event: of this command, or the one before it.
std::optional<Seq> Writer::previous(const ledger::Decision& decision,
                                    const std::vector<Ingredients>& drawn) {
  const std::optional<ledger::ItemNo> no = decision.events[drawn.size()].item;
  if (!no) return std::nullopt;
  for (std::size_t i = drawn.size(); i > 0; --i)
    if (drawn[i - 1].record.item == no->value) return drawn[i - 1].record.seq;
  const ledger::Item* item = cache_.find(*no);
  return item == nullptr ? std::nullopt : std::optional(item->last);
}

void Writer::apply_event(const ledger::Event& event, std::optional<ledger::ItemNo> item_no,
                         const ledger::Mark& mark) {
  if (!item_no) {
    if (!state_before_) state_before_ = world_.state;
    ledger::apply(world_.state, event, {mark.recorded, mark.seq}, parts_.readers);
    state_changed_ = true;
  } else if (const auto* opened = std::get_if<ledger::ItemOpened>(&event)) {
    cache_.put(ledger::open(world_.state, *opened, mark));
  } else {
    ledger::Item* item = cache_.find(*item_no);
    TZ_ASSERT(item != nullptr);
    ledger::apply(*item, world_.state, event, mark);
    const auto* redacted = std::get_if<ledger::Redacted>(&event);
    if (redacted != nullptr && ledger::destroys_accused(*item, *redacted)) forget_accused(*item_no);
    if (ledger::books(event)) {
      if (!state_before_) state_before_ = world_.state;
      ledger::book(world_.state, *item_no, event, mark);
      state_changed_ = true;
    }
  }
}

void Writer::remember(const Pending& pending, const Receipt& receipt, Work& work) {
  if (!pending.request.idempotency) return;
  const KeptAnswer kept{pending.request.idempotency->request, receipt};
  const Bytes row_key = idempotency_row_key(*pending.request.idempotency);
  work.batch.kept.push_back({std::string(kIdempotencySpace), row_key, encode(kept)});
  const std::string key = text_of(row_key);
  recent_[key] = kept;
  work.keys.push_back(key);
}

// The batch is on disk: the rest of the world follows, then the answers.
void Writer::settle_durable(std::vector<Pending>& batch, Work& work) {
  state_before_.reset();
  if (!work.batch.checkpoints.empty()) {
    checkpoint_size_ = work.batch.checkpoints.back().size;
    checkpoint_at_ = work.now;
  }
  world_.frontier = work.frontier;
  if (!work.batch.records.empty()) world_.recorded = work.now;
  bool tree_set = false;
  for (std::size_t i = 0; i < work.facts.size(); ++i) {
    const Fact& fact = work.facts[i];
    if (i + 2 * kFactsAhead < work.facts.size())
      if (const auto item = work.facts[i + 2 * kFactsAhead].item)
        world_.rollup.fetch_number_ahead(*item);
    if (i + kFactsAhead < work.facts.size())
      if (const auto item = work.facts[i + kFactsAhead].item) world_.rollup.fetch_row_ahead(*item);
    if (!fact.item) {
      world_.system_records.push_back(fact.mark.seq.value);
      if (!tree_set && ledger::changes_tree(fact.event)) {
        world_.rollup.set_tree(world_.state.tree);
        tree_set = true;
      }
    }
    if (fact.item && ledger::books(fact.event))
      world_.system_records.push_back(fact.mark.seq.value);
    advance_rollup(world_, fact.item, fact.mark, fact.event);
  }
  for (const std::string& key : work.keys) recent_order_.emplace_back(key, world_.frontier.size());
  while (recent_order_.size() > kRecentKeysMax) {
    recent_from_ = recent_order_.front().second;
    recent_.erase(recent_order_.front().first);
    recent_order_.pop_front();
  }
  for (const Answer& answer : work.answers)
    if (answer.result.ok() && !answer.result->repeated)
      for (const access::Change& change : batch[answer.pending].request.changes)
        if (access::kept_by_accounts(change.space)) parts_.accounts.take(change);
  publish_();
  // Keys that were erased are gone from the file; the thread that tends the journal empties its log
  // of them, so that no command waits for a reader that holds it.
  for (Answer& answer : work.answers) batch[answer.pending].reply(std::move(answer.result));
}

void Writer::roll_back(Work& work) {
  if (state_before_) {
    world_.state = std::move(*state_before_);
    state_before_.reset();
  }
  cache_.clear();
  for (const std::string& key : work.keys) recent_.erase(key);
}

// After an append of unknown outcome: whether it took place after all. Deciding its commands again
// would then do them twice, for those that carry no idempotency key.
bool Writer::took_place(const Work& work) {
  if (work.batch.records.empty() || !parts_.journal.reopen().ok()) return false;
  const auto reader = parts_.journal.open_reader();
  if (!reader.ok()) return false;
  const std::uint64_t end = work.frontier.size();
  const auto size = (*reader)->size();
  if (!size.ok() || *size != end) return false;
  const auto newest = (*reader)->read_headers(Seq{end - 1}, 1);
  return newest.ok() && newest->size() == 1 && newest->front() == work.batch.records.back().header;
}

// After a doubtful append: what is really there decides. Whatever is there beyond what this thread
// knows was written by it, and is taken in as if read after a restart.
Outcome Writer::look_again() {
  TZ_TRY(parts_.journal.reopen());
  const auto reader = TZ_TRY(parts_.journal.open_reader());
  const std::uint64_t size = TZ_TRY(reader->size());
  if (size < world_.frontier.size())
    return failure("journal_damaged", {{"seq", std::to_string(size)}, {"code", "record_missing"}});
  if (size > world_.frontier.size()) {
    recent_from_ = size;  // keys of that batch are in the journal, not here
    TZ_TRY(catch_up(world_, *reader, size, parts_.readers));
    TZ_TRY(open_accusations(world_, *reader, parts_.keyring));
    state_changed_ = true;
  }
  // Rows without records may have been written too, which no size tells.
  std::vector<access::Change> changes;
  for (const std::string_view space : access::kAccountSpaces)
    for (const journal::KeptRow& row : TZ_TRY(reader->kept_all(space)))
      changes.push_back({row.space, row.key, row.value});
  TZ_TRY(parts_.accounts.load(changes));
  journal_in_doubt_ = false;
  return Done{};
}

// Where the newest checkpoint stands, or will stand once the records so far are made.
std::uint64_t Writer::checkpoint_before(const Work& work) const {
  return work.checkpoints_at.empty() ? checkpoint_size_ : work.checkpoints_at.back();
}

void Writer::add_checkpoint(Work& work) {
  const std::uint64_t size = work.frontier.size();
  merkle::Checkpoint checkpoint{world_.state.genesis.origin, size, work.frontier.root(), {}};
  if (world_.state.genesis.simulated) checkpoint.extensions.push_back("clock simulated");
  work.batch.checkpoints.push_back({size, merkle::sign(checkpoint, parts_.signing_key)});
}

// Adds one after the last record if none stands there and it is time, or `force`.
void Writer::add_late_checkpoint(Work& work, bool force) {
  if (work.frontier.size() == checkpoint_before(work)) return;
  const bool late = work.batch.checkpoints.empty() &&
                    work.now.us - checkpoint_at_.us >= parts_.limits.checkpoint_us;
  if (force || late) add_checkpoint(work);
}

Outcome Writer::tend_checkpoint(Instant now, bool force) {
  if (journal_in_doubt_) return Done{};
  Work work = begin_work(now);
  add_late_checkpoint(work, force);
  if (work.batch.checkpoints.empty()) return Done{};
  Outcome appended = parts_.journal.append(work.batch);
  if (!appended.ok()) {
    journal_in_doubt_ = appended.error().code != "storage_full";
    return appended;
  }
  checkpoint_size_ = work.frontier.size();
  checkpoint_at_ = now;
  return Done{};
}

std::optional<Instant> Writer::checkpoint_due() const {
  if (checkpoint_size_ == world_.frontier.size()) return std::nullopt;
  return Instant{checkpoint_at_.us + parts_.limits.checkpoint_us};
}

void Writer::number(std::vector<ledger::GivenShare>& shares) {
  std::set<ledger::ItemNo> drawn;
  for (ledger::GivenShare& share : shares) do {
      share.no = free_item_no();
    } while (!drawn.insert(share.no).second);
}

ledger::ItemNo Writer::free_item_no() {
  for (;;) {
    const ledger::ItemNo no{parts_.random.next_u64() % ledger::kItemNoCount};
    if (cache_.find(no) == nullptr && !world_.rollup.find(no)) return no;
  }
}

}  // namespace tz::engine
