// One pass over the records; checkpoints, kept hashes and the snapshot are compared as it passes
// their position.
#include "engine/verify.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/coverage_sealing.h"
#include "engine/possible.h"
#include "engine/roster_check.h"
#include "engine/snapshot.h"

namespace tz::engine {
namespace {

constexpr std::size_t kFindingsMax = 20;
constexpr std::size_t kReadCount = 2048;
constexpr std::size_t kReadBytes = std::size_t{16} << 20;

// The pass: what was computed so far, what stored claims wait for which position.
class Pass {
 public:
  Pass(journal::Reader& reader, const VerifyRequest& request)
      : reader_(reader), request_(request) {}

  Result<VerifyReport> run();

 private:
  Outcome gather_claims();
  void check_record(const journal::StoredRecord& stored);
  void check_order(const journal::Record& record);
  void find_disorder(const char* code) { disorder_.push_back({code, at_seq()}); }
  void tell_disorder();
  void follow(const OpenedRecord& opened);
  void check_seal(const ledger::CoverageSealed& seal, Seq seq);
  void check_roster(const OpenedRecord& opened);
  void check_lot(const OpenedRecord& opened);
  void note_list(const OpenedRecord& opened);
  void follow_waiting();
  void check_position();
  void check_checkpoint(const std::string& note, bool kept_elsewhere);
  void check_snapshot();
  void check_end();
  Result<std::vector<journal::StoredRecord>> read_on();
  VerifyReport ended();
  void find(std::string code, Facts facts);
  [[nodiscard]] bool full() const { return report_.findings.size() >= kFindingsMax; }
  [[nodiscard]] Facts at_seq() const { return {{"seq", std::to_string(world_.frontier.size())}}; }

  journal::Reader& reader_;
  const VerifyRequest& request_;
  VerifyReport report_;
  World world_;
  // Until a record could not be read, stands in the wrong place or is impossible: what would be
  // computed after it means nothing. What else is found leaves the records sound.
  bool replaying_ = true;
  // Whether a signed root did not fit since the last that did: some record here may be forged.
  bool doubted_ = false;
  // Records no checkpoint has confirmed yet. They are replayed only then, because a record forged
  // together with its hashes may say things that can never have happened.
  std::vector<OpenedRecord> waiting_;
  // Disagreements between two records, either of which may be the forged one. They are told after
  // the checkpoint that covers both, whose range is the surer finding.
  std::vector<Finding> disorder_;
  std::string origin_;
  std::uint64_t size_ = 0;
  std::uint64_t last_good_checkpoint_ = 0;
  std::multimap<std::uint64_t, std::pair<std::string, bool>> checkpoints_;  // by size
  std::map<std::pair<std::uint8_t, std::uint64_t>, Hash> tree_hashes_;
  std::map<std::uint64_t, std::uint64_t> last_of_item_;  // item -> its newest record
  // item -> the root by which its newest list is to be drawn, and of how many records that is
  std::map<std::uint64_t, std::pair<std::uint64_t, Hash>> lists_;
  // Records that could not be read: what item and command they are of is not known.
  std::set<std::uint64_t> unreadable_;
  CommandId command_;
  std::uint16_t next_index_ = 0;
  std::optional<Snapshot> snapshot_;
};

void Pass::find(std::string code, Facts facts) {
  if (!full()) report_.findings.push_back({std::move(code), std::move(facts)});
}

Outcome Pass::gather_claims() {
  size_ = TZ_TRY(reader_.size());
  for (std::uint64_t from = 0;;) {
    const auto some = TZ_TRY(reader_.checkpoints(from, kReadCount));
    if (some.empty()) break;
    for (const journal::CheckpointRow& row : some)
      checkpoints_.emplace(row.size, std::make_pair(row.note, false));
    from = some.back().size + 1;
  }
  if (request_.against) {
    const auto opened = merkle::open_checkpoint(*request_.against, request_.key);
    if (opened.ok())
      checkpoints_.emplace(opened->size, std::make_pair(*request_.against, true));
    else
      find("against_" + opened.error().code, {});
  }
  for (const journal::TreeHashRow& row : TZ_TRY(reader_.tree_hashes()))
    tree_hashes_[{row.level, row.index}] = row.hash;
  report_.tree_hash_count = tree_hashes_.size();
  if (!request_.snapshot_folder.empty()) {
    auto snapshot = read_snapshot(request_.snapshot_folder);
    if (snapshot.ok())
      snapshot_ = *std::move(snapshot);
    else
      find(snapshot.error().code, snapshot.error().facts);
  }
  return Done{};
}

void Pass::check_order(const journal::Record& record) {
  const std::uint64_t place = world_.frontier.size();
  if (record.seq.value != place) {
    find("record_misplaced", at_seq());
    replaying_ = false;
  }
  if (record.recorded < world_.recorded) find_disorder("record_backdated");
  world_.recorded = std::max(world_.recorded, record.recorded);
  if (record.index == 0) {
    command_ = record.command;
  } else if (place > 0 && unreadable_.count(place - 1) == 1) {
    command_ = record.command;
  } else if (record.command != command_ || record.index != next_index_) {
    find_disorder("command_broken");
  }
  next_index_ = static_cast<std::uint16_t>(record.index + 1);
  if (!record.item) return;
  const auto last = last_of_item_.find(*record.item);
  const std::optional<Seq> prev =
      last == last_of_item_.end() ? std::nullopt : std::optional<Seq>(Seq{last->second});
  const bool after_unreadable = record.prev && unreadable_.count(record.prev->value) == 1;
  if (record.prev != prev && !after_unreadable) find_disorder("chain_broken");
  last_of_item_[*record.item] = place;
}

void Pass::tell_disorder() {
  for (Finding& finding : disorder_) find(std::move(finding.code), std::move(finding.facts));
  disorder_.clear();
}

// Takes the record into the replay, where a forged event must not meet an assertion.
void Pass::follow(const OpenedRecord& opened) {
  if (possible(world_, opened, request_.readers)) {
    if (const auto* seal = std::get_if<ledger::CoverageSealed>(&opened.event.event))
      check_seal(*seal, opened.record.seq);
    check_roster(opened);
    advance(world_, opened.record, opened.event.event, request_.readers);
    return;
  }
  replaying_ = false;
  find("event_impossible", {{"seq", std::to_string(opened.record.seq.value)}});
}

// The root is made again from what the records before it say. Where nothing has changed since the
// last seal it is that one's, which was looked at when it passed.
void Pass::check_seal(const ledger::CoverageSealed& seal, Seq seq) {
  const ledger::State& state = world_.state;
  const ledger::AdoptedRequirement& requirement =
      *state.programmes[*state.programme_of(seal.programme)]->requirement(seal.requirement);
  const bool same = !requirement.seals.empty() && requirement.sealed_changes == requirement.changes;
  std::optional<Hash> digest;
  if (same) {
    digest = requirement.seals.back().digest;
  } else if (const auto tree = coverage_tree(requirement); tree.ok()) {
    digest = merkle::root_digest(tree->root());
  }
  const auto units = static_cast<std::int64_t>(requirement.coverage.asked().tree->size());
  if (digest != seal.digest || units != seal.units)
    find("coverage_root_wrong", {{"seq", std::to_string(seq.value)}});
}

// Who is in a register is counted again where something is recorded of it.
void Pass::check_roster(const OpenedRecord& opened) {
  const ledger::Event& event = opened.event.event;
  const auto* frozen = std::get_if<ledger::RosterFrozen>(&event);
  const auto* opens = std::get_if<ledger::SigningOpened>(&event);
  const auto* published = std::get_if<ledger::RosterPublished>(&event);
  if (frozen == nullptr && opens == nullptr && published == nullptr) return;
  const ledger::State& state = world_.state;
  const auto view = world_.rollup.publish(opened.record.seq.value);
  const Day day = day_of(opened.record.recorded, state.zone);
  const bool right = frozen != nullptr  ? counts_register(state, *view, *frozen, day)
                     : opens != nullptr ? counted_whole(state, *view, opens->scheme, day)
                                        : counted_whole(state, *view, published->scheme, day) &&
                                              rows_of_register(state, *view, *published, day);
  if (!right) find("roster_wrong", {{"seq", std::to_string(opened.record.seq.value)}});
}

// Whom to ask was drawn by the root of the records up to the list, and by no other.
void Pass::check_lot(const OpenedRecord& opened) {
  const auto* drawn = std::get_if<ledger::LotDrawn>(&opened.event.event);
  if (drawn == nullptr || !opened.record.item) return;
  const auto list = lists_.find(*opened.record.item);
  if (list == lists_.end() || list->second != std::pair(drawn->position, drawn->root))
    find("lot_root_wrong", at_seq());
}

// Needs the record in the tree.
void Pass::note_list(const OpenedRecord& opened) {
  if (std::holds_alternative<ledger::AffectedListed>(opened.event.event) && opened.record.item)
    lists_[*opened.record.item] = {world_.frontier.size(), world_.frontier.root()};
}

void Pass::follow_waiting() {
  for (const OpenedRecord& opened : waiting_)
    if (replaying_) follow(opened);
  waiting_.clear();
  settle(world_);
}

void Pass::check_record(const journal::StoredRecord& stored) {
  auto opened = open_record(stored, world_.ledger_id);
  if (!opened.ok()) {
    Facts facts = at_seq();
    for (const auto& fact : opened.error().facts) facts.push_back(fact);
    find(opened.error().code, std::move(facts));
    replaying_ = false;
    unreadable_.insert(world_.frontier.size());
    world_.frontier.append(merkle::leaf_hash(stored.header));
    return;
  }
  check_order(opened->record);
  report_.text_count += opened->record.parts.size();
  for (const journal::SealedPart& part : opened->record.parts) {
    const auto key = reader_.subject_key(part.subject);
    if (key.ok() && !*key) ++report_.destroyed_count;
  }
  if (std::holds_alternative<ledger::ItemOpened>(opened->event.event)) ++report_.item_count;
  check_lot(*opened);
  std::vector<merkle::FullSubtree> completed;
  world_.frontier.append(merkle::leaf_hash(stored.header), &completed);
  note_list(*opened);
  if (replaying_) waiting_.push_back(std::move(opened).value());
  for (const merkle::FullSubtree& full : completed) {
    const auto kept = tree_hashes_.find({full.level, full.index});
    if (kept == tree_hashes_.end() || kept->second != full.hash)
      find("tree_hash_wrong",
           {{"level", std::to_string(full.level)}, {"index", std::to_string(full.index)}});
    if (kept != tree_hashes_.end()) tree_hashes_.erase(kept);
  }
}

void Pass::check_checkpoint(const std::string& note, bool kept_elsewhere) {
  const auto opened = merkle::open_checkpoint(note, request_.key);
  const std::uint64_t size = world_.frontier.size();
  if (!opened.ok()) {
    Facts facts{{"size", std::to_string(size)}};
    for (const auto& fact : opened.error().facts) facts.push_back(fact);
    find(opened.error().code, std::move(facts));
    return;
  }
  ++report_.checkpoint_count;
  if (kept_elsewhere) report_.against_checked = true;
  if (opened->size == size && opened->root == world_.frontier.root() && opened->origin == origin_) {
    last_good_checkpoint_ = size;
    doubted_ = false;
    tell_disorder();
    follow_waiting();
    return;
  }
  // The bytes agree with their own hashes, and yet not with what was signed: they were changed
  // together, somewhere between the last checkpoint that holds and this one.
  doubted_ = true;
  find(kept_elsewhere ? "against_root_wrong" : "checkpoint_root_wrong",
       {{"from", std::to_string(last_good_checkpoint_)}, {"to", std::to_string(size)}});
  tell_disorder();
}

// Where the records do not hold there is nothing to compare it with: it is left unchecked.
void Pass::check_snapshot() {
  const bool of_these =
      snapshot_->ledger_id == world_.ledger_id && snapshot_->root == world_.frontier.root();
  if (!disorder_.empty() || (doubted_ && !of_these)) return;
  follow_waiting();
  if (!replaying_) return;
  report_.snapshot_checked = true;
  if (!of_these || snapshot_->system_records != world_.system_records ||
      snapshot_->accusation_records != world_.accusation_records ||
      snapshot_->columns != world_.rollup.save())
    find("snapshot_wrong", {{"size", std::to_string(snapshot_->size)}});
}

void Pass::check_position() {
  const auto [first, last] = checkpoints_.equal_range(world_.frontier.size());
  for (auto it = first; it != last; ++it) check_checkpoint(it->second.first, it->second.second);
  if (snapshot_ && snapshot_->size == world_.frontier.size()) check_snapshot();
}

// What claims more than there is: a journal whose tail was cut.
void Pass::check_end() {
  const std::uint64_t size = world_.frontier.size();
  for (auto it = checkpoints_.upper_bound(size); it != checkpoints_.end(); ++it)
    find(it->second.second ? "against_ahead" : "tail_missing",
         {{"from", std::to_string(size)}, {"to", std::to_string(it->first)}});
  if (!tree_hashes_.empty()) find("tail_missing", {{"from", std::to_string(size)}, {"to", "-"}});
  tell_disorder();
  if (!doubted_) follow_waiting();
  if (snapshot_ && snapshot_->size > size)
    find("tail_missing", {{"from", std::to_string(size)}, {"to", std::to_string(snapshot_->size)}});
}

// The next records; none where the next one is missing.
Result<std::vector<journal::StoredRecord>> Pass::read_on() {
  const Seq from{world_.frontier.size()};
  auto stored = reader_.read(from, kReadCount, kReadBytes);
  if (stored.ok() || stored.error().code != "journal_gap") return stored;
  // One by one up to the gap, so that what stands before it is looked at too.
  std::vector<journal::StoredRecord> before;
  for (;;) {
    auto one = reader_.read(Seq{from.value + before.size()}, 1, 1);
    if (!one.ok() && one.error().code != "journal_gap") return one.error();
    if (!one.ok() || one->empty()) return before;
    before.push_back(std::move(one->front()));
  }
}

Result<VerifyReport> Pass::run() {
  TZ_TRY(gather_claims());
  const auto genesis = read_genesis(reader_);
  if (!genesis.ok()) {
    const bool missing = genesis.error().code == "journal_gap";
    find(missing ? "record_missing" : genesis.error().code,
         missing ? at_seq() : genesis.error().facts);
    return report_;
  }
  world_.ledger_id = *ledger_id_of(*genesis);
  origin_ = genesis->origin;
  while (world_.frontier.size() < size_ && !full()) {
    const auto stored = TZ_TRY(read_on());
    if (stored.empty()) {
      // What comes after a gap has lost its place; nothing more can be said of it.
      find("record_missing", at_seq());
      return ended();
    }
    for (const journal::StoredRecord& one : stored) {
      check_record(one);
      check_position();
      if (full()) break;
    }
    if (request_.progress) request_.progress(world_.frontier.size(), size_);
  }
  if (!full()) check_end();
  return ended();
}

VerifyReport Pass::ended() {
  tell_disorder();
  report_.snapshot_unchecked = snapshot_.has_value() && !report_.snapshot_checked;
  report_.record_count = world_.frontier.size();
  report_.root = world_.frontier.root();
  return report_;
}

}  // namespace

Result<VerifyReport> verify(journal::Reader& reader, const VerifyRequest& request) {
  return Pass(reader, request).run();
}

}  // namespace tz::engine
