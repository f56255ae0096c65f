// A view as it would be without some rows: what those see who must not know of them.
#pragma once

#include <memory>
#include <vector>

#include "ledger/accusations.h"
#include "rollup/view.h"

namespace tz::rollup {

// The same view, in which these rows are in no list, total or number and their items are not found;
// row() gives them as staged. Rows that the view lacks are none. Sums of quantities are those of
// the whole view: what reporters send has none (ledger/flow_check.cpp).
std::shared_ptr<const View> without(std::shared_ptr<const View> view,
                                    const std::vector<RowIndex>& hidden);

// The rows of these items, sorted, as Filter::without takes them.
std::vector<std::uint32_t> rows_of(const View& view, const ledger::Accusations& accusations);

}  // namespace tz::rollup
