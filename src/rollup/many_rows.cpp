// Runs two looks ahead of the one that is under way: at the index, then at the row it names.
#include "rollup/many_rows.h"

#include "rollup/published_view.h"

namespace tz::rollup {
namespace {

constexpr std::size_t kLookAhead = 8;

const PublishedView& published(const View& view) {
  const auto* found = dynamic_cast<const PublishedView*>(&view);
  TZ_ASSERT(found != nullptr);
  return *found;
}

}  // namespace

ManyRows::ManyRows(const View& view) : view_(published(view)) {}

std::vector<std::optional<RowIndex>> ManyRows::find(std::span<const ledger::ItemNo> numbers) const {
  const ItemIndex::Snapshot& index = view_.held().index;
  const StoredRows::Snapshot& stored = view_.held().columns.stored;
  std::vector<std::optional<RowIndex>> found;
  found.reserve(numbers.size());
  for (std::size_t i = 0; i < numbers.size() + 2 * kLookAhead; ++i) {
    if (i < numbers.size()) ItemIndex::fetch_ahead(index.slots, index.mask, numbers[i]);
    if (i >= kLookAhead && i - kLookAhead < numbers.size())
      ItemIndex::first_looks(index.slots, index.mask, numbers[i - kLookAhead],
                             [&](std::uint32_t row) { __builtin_prefetch(&stored[row].no); });
    if (i >= 2 * kLookAhead) found.push_back(view_.find(numbers[i - 2 * kLookAhead]));
  }
  return found;
}

void ManyRows::fetch_ahead(RowIndex row) const {
  const ColumnSnapshots& columns = view_.columns();
  const auto* stored = reinterpret_cast<const char*>(&columns.stored[row.value]);
  __builtin_prefetch(stored);
  __builtin_prefetch(stored + sizeof(StoredRow) - 1);
  __builtin_prefetch(&columns.scan[row.value]);
  __builtin_prefetch(&columns.findings[row.value]);
}

}  // namespace tz::rollup
