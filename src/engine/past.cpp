// Reading the records since, and taking back what they did.
#include "engine/past.h"

#include <algorithm>
#include <charconv>

#include "engine/item_cache.h"
#include "ledger/org_tree.h"
#include "rollup/many_rows.h"

namespace tz::engine {
namespace {

constexpr std::size_t kReadCount = 4096;
constexpr std::size_t kReadBytes = std::size_t{16} << 20;
constexpr std::size_t kRowsAhead = 8;     // asked of the memory before they are read
constexpr std::size_t kHistories = 1024;  // items whose records are held at one time

Error damaged(std::uint64_t seq, const char* code) {
  return failure("journal_damaged", {{"seq", std::to_string(seq)}, {"code", code}});
}

journal::LedgerId ledger_of(const Published& published) {
  const auto id = ledger_id_of(published.state->genesis);
  TZ_ASSERT(id.has_value());
  return *id;
}

Result<OpenedRecord> record_at(std::uint64_t seq, const journal::LedgerId& ledger,
                               journal::Reader& reader) {
  const auto stored = TZ_TRY(reader.read(Seq{seq}, 1, 1));
  if (stored.empty()) return damaged(seq, "record_missing");
  auto opened = TZ_TRY(open_record(stored[0], ledger));
  if (opened.record.seq.value != seq) return damaged(seq, "record_misplaced");
  return opened;
}

// How many of the first `size` records were recorded by then: times never go back in a journal.
Result<std::uint64_t> recorded_by(Instant moment, std::uint64_t size,
                                  const journal::LedgerId& ledger, journal::Reader& reader) {
  std::uint64_t low = 0;
  std::uint64_t high = size;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto opened = TZ_TRY(record_at(middle, ledger, reader));
    if (opened.record.recorded <= moment)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

std::vector<ledger::MarkedEvent> marked(std::vector<OpenedRecord> history) {
  std::vector<ledger::MarkedEvent> out;
  out.reserve(history.size());
  for (OpenedRecord& one : history) {
    const ledger::Mark mark = mark_of(one.record, one.event.origin);
    out.push_back({std::move(one.event.event), mark});
  }
  return out;
}

}  // namespace

Result<AsOf> parse_as_of(std::string_view text, const Zone& zone) {
  AsOf out;
  if (text.starts_with('@')) {
    std::uint64_t position = 0;
    const char* end = text.data() + text.size();
    const auto [at, fault] = std::from_chars(text.data() + 1, end, position);
    if (fault == std::errc{} && at == end) {
      out.position = position;
      return out;
    }
  } else if (const auto day = parse_day(text); day.ok()) {
    out.moment = Instant{end_of(*day, zone).us - 1};
    return out;
  } else if (const auto moment = parse_instant(text); moment.ok()) {
    out.moment = *moment;
    return out;
  }
  return refusal("as_of_bad", {{"given", std::string(text.substr(0, 40))}});
}

Result<PastPoint> past_point(const AsOf& asked, const Published& published, Instant now,
                             journal::Reader& reader) {
  TZ_ASSERT(asked.moment.has_value() != asked.position.has_value());
  const journal::LedgerId ledger = ledger_of(published);
  const Zone& zone = published.state->zone;
  PastPoint out;
  if (asked.position) {
    if (*asked.position > published.size)
      return refusal("as_of_future", {{"position", std::to_string(published.size)},
                                      {"instant", to_text(now, zone)}});
    out.position = *asked.position;
  } else {
    if (*asked.moment > now)
      return refusal("as_of_future", {{"position", std::to_string(published.size)},
                                      {"instant", to_text(now, zone)}});
    out.position = TZ_TRY(recorded_by(*asked.moment, published.size, ledger, reader));
  }
  if (out.position < published.size)
    out.position -= std::min<std::uint64_t>(
        out.position, TZ_TRY(record_at(out.position, ledger, reader)).record.index);
  if (out.position == 0) {
    const auto first = TZ_TRY(record_at(0, ledger, reader));
    return refusal("as_of_before_ledger", {{"instant", to_text(first.record.recorded, zone)}});
  }
  const auto last = TZ_TRY(record_at(out.position - 1, ledger, reader));
  out.instant = asked.moment.value_or(last.record.recorded);
  return out;
}

Result<ledger::State> state_at(std::uint64_t size, const World& world, journal::Reader& reader,
                               ledger::FileReaders readers) {
  ledger::State out;
  for (const std::uint64_t seq : world.system_records) {
    if (seq >= size) break;
    const OpenedRecord opened = TZ_TRY(record_at(seq, world.ledger_id, reader));
    if (!makes_state(opened)) return damaged(seq, "record_misplaced");
    take_state(out, opened, readers);
  }
  ledger::settle(out);
  return out;
}

std::uint64_t Past::unread(const Published& now) const {
  return now.size > read_ ? now.size - read_ : 0;
}

Outcome Past::read(const Published& now, journal::Reader& reader) {
  const journal::LedgerId ledger = ledger_of(now);
  TouchedRows touched{rows_->size(), {}, {}, {}};
  while (read_ < now.size) {
    const auto stored = TZ_TRY(
        reader.read(Seq{read_}, std::min<std::uint64_t>(kReadCount, now.size - read_), kReadBytes));
    if (stored.empty()) return damaged(read_, "record_missing");
    std::vector<OpenedRecord> opened;
    opened.reserve(stored.size());
    for (const journal::StoredRecord& one : stored) {
      opened.push_back(TZ_TRY(open_record(one, ledger)));
      if (opened.back().record.seq.value != read_) return damaged(read_, "record_misplaced");
      ++read_;
    }
    TZ_TRY(take(now, opened, touched));
  }
  TZ_TRY(look_up(now, ledger, reader, touched));
  return stage_again(now, ledger, reader);
}

// Row by row as they stand in memory, each row's records in their order.
Outcome Past::take(const Published& now, std::span<const OpenedRecord> opened,
                   TouchedRows& touched) {
  std::vector<std::size_t> about;  // which of them are about items that had been opened
  std::vector<ledger::ItemNo> numbers;
  for (std::size_t i = 0; i < opened.size(); ++i) {
    const ledger::Event& event = opened[i].event.event;
    if (!opened[i].record.item) {
      take_system(event);
    } else if (const auto* item = std::get_if<ledger::ItemOpened>(&event)) {
      if (item->import) ++staged_since_[*item->import];
    } else {
      about.push_back(i);
      numbers.push_back(ledger::ItemNo{*opened[i].record.item});
    }
  }
  const rollup::ManyRows many(*now.view);
  const auto found = many.find(numbers);
  std::vector<std::pair<rollup::RowIndex, std::size_t>> rows;
  rows.reserve(about.size());
  for (std::size_t i = 0; i < about.size(); ++i) {
    if (!found[i]) return damaged(opened[about[i]].record.seq.value, "item_unopened");
    rows.emplace_back(*found[i], about[i]);
  }
  std::sort(rows.begin(), rows.end());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + kRowsAhead < rows.size()) many.fetch_ahead(rows[i + kRowsAhead].first);
    TZ_TRY(take(now, rows[i].first, opened[rows[i].second], touched));
  }
  return Done{};
}

Outcome Past::take(const Published& now, rollup::RowIndex at, const OpenedRecord& opened,
                   TouchedRows& touched) {
  const ledger::Event& event = opened.event.event;
  const auto known = known_.find(at.value);
  const bool again = known != known_.end() && known->second < touched.known_count;
  // What counted of a row known before is not known while nothing had changed it.
  if (again && ((*rows_)[known->second].quantities || !ledger::changes_quantities(event)))
    return Done{};
  Touched* each = nullptr;
  if (known != known_.end() && !again) {
    each = &touched.fresh[known->second - touched.known_count];
  } else {
    const ledger::ItemRow row = now.view->row(at);
    if (row.first.value >= point_.position) return Done{};  // it was not there
    if (!opened.record.prev) return damaged(opened.record.seq.value, "record_misplaced");
    rollup::Earlier::Row& then = again ? own_rows()[known->second] : add(at, row);
    ledger::ItemRow& taken = again ? touched.rows_again.emplace_back(row) : then.row;
    std::deque<Touched>& among = again ? touched.again : touched.fresh;
    const ledger::EarlierRow earlier(taken, then.quantities);
    each = &among.emplace_back(Touched{row.no, *opened.record.prev, earlier});
  }
  each->row.take_back(*now.state, event, each->before);
  return Done{};
}

void Past::take_system(const ledger::Event& event) {
  if (const auto* units = std::get_if<ledger::UnitsRegistered>(&event)) {
    if (!unit_count_) unit_count_ = units->first.value;
  } else if (std::holds_alternative<ledger::UnitsChanged>(event)) {
    units_changed_ = true;
  } else if (const auto* lines = std::get_if<ledger::UnitLinesAdded>(&event)) {
    lines_since_.insert(lines_since_.end(), lines->edges.begin(), lines->edges.end());
  } else if (std::holds_alternative<ledger::FlowAdopted>(event)) {
    ++flows_since_;
  } else if (const auto* adopted = std::get_if<ledger::ImportAdopted>(&event)) {
    adopted_[adopted->import] = adopted->count - staged_since_[adopted->import];
  }
}

Outcome Past::look_up(const Published& now, const journal::LedgerId& ledger,
                      journal::Reader& reader, TouchedRows& touched) {
  std::vector<Touched*> missing;
  for (std::deque<Touched>* some : {&touched.fresh, &touched.again})
    for (Touched& each : *some)
      if (each.row.missing()) missing.push_back(&each);
  // As their records lie in the journal.
  std::sort(missing.begin(), missing.end(),
            [](const Touched* left, const Touched* right) { return left->before < right->before; });
  for (std::size_t from = 0; from < missing.size(); from += kHistories) {
    const std::size_t count = std::min(kHistories, missing.size() - from);
    const std::span<Touched* const> some(missing.data() + from, count);
    std::vector<ItemAt> items;
    for (const Touched* each : some) items.push_back({each->no, each->before});
    auto histories = TZ_TRY(item_histories(items, ledger, reader));
    for (std::size_t i = 0; i < count; ++i)
      some[i]->row.remake(*now.state, marked(std::move(histories[i])));
  }
  return Done{};
}

rollup::Earlier::Row& Past::add(rollup::RowIndex at, const ledger::ItemRow& row) {
  known_.emplace(at.value, rows_->size());
  return own_rows().emplace_back(rollup::Earlier::Row{at, row, {}});
}

Past::Rows& Past::own_rows() {
  if (shown_) rows_ = std::make_shared<Rows>(*rows_);
  shown_ = false;
  return *rows_;
}

// Only where the point lies between an import's first row and its adoption.
Outcome Past::stage_again(const Published& now, const journal::LedgerId& ledger,
                          journal::Reader& reader) {
  std::erase_if(adopted_, [](const auto& each) { return each.second <= 0; });
  std::uint64_t end = point_.position;
  while (!adopted_.empty() && end > 0) {
    const std::uint64_t begin = end - std::min<std::uint64_t>(end, kReadCount);
    std::vector<journal::StoredRecord> stored;
    while (begin + stored.size() < end) {
      auto some =
          TZ_TRY(reader.read(Seq{begin + stored.size()}, end - begin - stored.size(), kReadBytes));
      if (some.empty()) return damaged(begin + stored.size(), "record_missing");
      for (journal::StoredRecord& one : some) stored.push_back(std::move(one));
    }
    for (const journal::StoredRecord& one : stored) {
      const OpenedRecord opened = TZ_TRY(open_record(one, ledger));
      const auto* item = std::get_if<ledger::ItemOpened>(&opened.event.event);
      if (item == nullptr || !item->import) continue;
      const auto found = adopted_.find(*item->import);
      if (found == adopted_.end()) continue;
      --found->second;
      const auto index = now.view->find(item->no);
      if (!index) return damaged(opened.record.seq.value, "item_unopened");
      const auto known = known_.find(index->value);
      rollup::Earlier::Row& then =
          known != known_.end() ? own_rows()[known->second] : add(*index, now.view->row(*index));
      then.row.import = *item->import;
    }
    std::erase_if(adopted_, [](const auto& each) { return each.second <= 0; });
    end = begin;
  }
  return Done{};
}

std::shared_ptr<const ledger::OrgTree> Past::tree_of_then(const ledger::State& state) {
  if (!unit_count_ && lines_since_.empty() && !units_changed_) return state.tree;
  if (tree_) return tree_;
  const ledger::OrgTree& now = *state.tree;
  std::vector<ledger::LineEdge> since = lines_since_;
  std::vector<ledger::LineEdge> lines;
  for (const ledger::LineEdge& edge : now.lines()) {
    const auto found = std::find(since.begin(), since.end(), edge);
    if (found == since.end())
      lines.push_back(edge);
    else
      since.erase(found);
  }
  tree_ = std::make_shared<const ledger::OrgTree>(
      now.before(Seq{point_.position}, unit_count_.value_or(now.size()), lines));
  return tree_;
}

std::shared_ptr<const ledger::State> Past::state_of_then(
    const std::shared_ptr<const ledger::State>& now) {
  const std::shared_ptr<const ledger::OrgTree> tree = tree_of_then(*now);
  if (tree == now->tree && flows_since_ == 0) return now;
  auto then = std::make_shared<ledger::State>(*now);
  then->tree = tree;
  TZ_ASSERT(flows_since_ <= then->flows.size());
  then->flows.resize(then->flows.size() - flows_since_);
  std::erase_if(then->kinds, [&](const std::string& kind) { return !then->flow_of(kind); });
  return then;
}

Published Past::as_it_was(const Published& now) {
  TZ_ASSERT(read_ == now.size);
  Published out;
  out.state = state_of_then(now.state);
  out.size = point_.position;
  // Rows stand in order of opening.
  std::uint32_t low = 0;
  std::uint32_t high = now.view->row_count();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (now.view->row(rollup::RowIndex{middle}).first.value < point_.position)
      low = middle + 1;
    else
      high = middle;
  }
  shown_ = true;
  out.view = rollup::Rollup::earlier(
      now.view, {point_.position, point_.instant, out.state->tree, low, rows_});
  return out;
}

}  // namespace tz::engine
