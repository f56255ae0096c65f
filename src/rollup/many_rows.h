// Many rows read one after another: what each waits for in memory is asked for while those before
// it are read.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ledger/item_no.h"
#include "rollup/view.h"

namespace tz::rollup {

class PublishedView;

// Needs a view that Rollup::publish() or Rollup::earlier() gave, and holds it not.
class ManyRows {
 public:
  explicit ManyRows(const View& view);
  // What find() of the view says of each, in that order.
  [[nodiscard]] std::vector<std::optional<RowIndex>> find(
      std::span<const ledger::ItemNo> numbers) const;
  // The row is soon read.
  void fetch_ahead(RowIndex row) const;

 private:
  const PublishedView& view_;
};

}  // namespace tz::rollup
