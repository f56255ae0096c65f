// Following the organisation tree and the texts of items.
#include "http/search_feed.h"

#include <algorithm>
#include <chrono>

namespace tz::http {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(250);
constexpr auto kTryAgain = std::chrono::seconds(1);
constexpr std::size_t kRecordsAtOnce = 512;
constexpr std::size_t kUnitsAtOnce = 20'000;

}  // namespace

SearchFeed::SearchFeed(Context& context, Metrics& metrics)
    : context_(context), metrics_(metrics), thread_([this] { run(); }) {}

SearchFeed::~SearchFeed() { stop(); }

void SearchFeed::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  ready_.notify_one();
}

void SearchFeed::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_one();
  taken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool SearchFeed::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

std::shared_ptr<const search::UnitIndex> SearchFeed::units() const {
  const std::lock_guard lock(mutex_);
  return units_;
}

bool SearchFeed::has_units(std::size_t count) {
  std::unique_lock lock(mutex_);
  const auto known = [&] { return units_->size() >= count; };
  if (following_) taken_.wait_for(lock, kPatience, [&] { return known() || stopping_; });
  return known();
}

Known SearchFeed::words_known(std::uint64_t size) {
  std::unique_lock lock(mutex_);
  if (!wait_for(lock, size)) return Known::NotYet;
  return words_.whole() && metrics_.search_unreadable == 0 ? Known::All : Known::NotAll;
}

std::vector<std::uint32_t> SearchFeed::rows_naming(UnitId unit, std::uint64_t size) {
  std::vector<std::uint32_t> out;
  {
    std::unique_lock lock(mutex_);
    wait_for(lock, size);
    if (const auto found = named_.find(unit); found != named_.end()) out = found->second;
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool SearchFeed::wait_for(std::unique_lock<std::mutex>& lock, std::uint64_t size) {
  const auto known = [&] { return taken_size_ >= size; };
  if (following_) taken_.wait_for(lock, kPatience, [&] { return known() || stopping_; });
  return known();
}

void SearchFeed::report(const Error& error) {
  if (!reported_ && context_.report) context_.report({"-", "-", "search", error});
  reported_ = true;
}

void SearchFeed::run() {
  bool failed = false;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      const auto awake = [this] { return woken_ || stopping_; };
      if (failed)
        ready_.wait_for(lock, kTryAgain, [this] { return stopping_; });
      else
        ready_.wait(lock, awake);
      woken_ = false;
      if (stopping_) return;
    }
    const Outcome done = follow();
    failed = !done.ok();
    if (failed) report(done.error());
  }
}

Outcome SearchFeed::follow() {
  const engine::Published published = context_.engine.published();
  TZ_TRY(follow_units(*published.state->tree));
  TZ_TRY(follow_words(published.size));
  if (stopping()) return Done{};
  {
    const std::lock_guard lock(mutex_);
    following_ = true;
  }
  words_.settle();
  metrics_.search_bytes = words_.bytes() + units()->bytes();
  return Done{};
}

Outcome SearchFeed::follow_units(const ledger::OrgTree& tree) {
  const std::shared_ptr<const search::UnitIndex> before = units();
  if (before->size() == tree.size() && tree_version_ == tree.version()) return Done{};
  if (!readings_) readings_ = TZ_TRY(search::Readings::open());
  // Names and codes that changed stand in it already: it is made anew.
  const bool anew = unit_edits_ != tree.history().edits().size();
  auto next =
      anew ? std::make_shared<search::UnitIndex>() : std::make_shared<search::UnitIndex>(*before);
  const std::size_t first = anew ? 0 : before->size();
  std::vector<search::UnitEntry> entries;
  std::vector<std::uint32_t> positions(tree.size());
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const UnitId unit{i};
    positions[i] = tree.position(unit);
    if (i < first) continue;
    const std::size_t level = std::min<std::size_t>(tree.path(unit).size() - 1, 255);
    entries.push_back({tree.code(unit), tree.name(unit), static_cast<std::uint8_t>(level),
                       tree.placeholder(unit)});
    if (entries.size() < kUnitsAtOnce && i + 1 < tree.size()) continue;
    next->add(entries, folding_, *readings_);
    entries.clear();
    if (stopping()) return Done{};
  }
  next->set_positions(std::move(positions));
  tree_version_ = tree.version();
  unit_edits_ = tree.history().edits().size();
  metrics_.search_bytes = words_.bytes() + next->bytes();
  {
    const std::lock_guard lock(mutex_);
    units_ = std::move(next);
  }
  taken_.notify_all();
  return Done{};
}

Outcome SearchFeed::follow_words(std::uint64_t size) {
  while (next_ < size && !stopping()) {
    const auto some =
        TZ_TRY(engine::text_changes(context_.engine, context_.keyring, Seq{next_}, kRecordsAtOnce));
    if (some.next == next_) return failure("record_missing", {{"seq", std::to_string(next_)}});
    // Taken after the records were read: every item among them has its row.
    const std::shared_ptr<const rollup::View> view = context_.engine.published().view;
    for (const engine::TextChange& change : some.changes) {
      const auto row = view->find(change.item);
      TZ_ASSERT(row.has_value());
      words_.put(row->value, change.texts.title.value_or(""),
                 change.texts.description.value_or(""));
    }
    take_named(some.named, *view);
    next_ = some.next;
    metrics_.search_unreadable += some.unreadable_count;
    metrics_.search_records = next_;
    metrics_.search_bytes = words_.bytes() + units()->bytes();
    {
      const std::lock_guard lock(mutex_);
      taken_size_ = next_;
    }
    taken_.notify_all();
  }
  return Done{};
}

void SearchFeed::take_named(const std::vector<engine::UnitNamed>& named, const rollup::View& view) {
  const std::lock_guard lock(mutex_);
  for (const engine::UnitNamed& one : named) {
    const auto row = view.find(one.item);
    TZ_ASSERT(row.has_value());
    std::vector<std::uint32_t>& rows = named_[one.unit];
    if (rows.empty() || rows.back() != row->value) rows.push_back(row->value);
  }
}

}  // namespace tz::http
