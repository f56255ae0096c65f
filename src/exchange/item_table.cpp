// Both kinds of fault, in the order of the file.
#include "exchange/item_table.h"

#include <algorithm>

#include "exchange/table_file.h"

namespace tz::exchange {

Result<ItemTable> read_items(BytesView bytes, const ledger::State& state,
                             const ledger::ItemFileRequest& request, const TableLimits& limits) {
  ReadTable read = TZ_TRY(read_table(bytes, limits));
  ItemTable out;
  out.file = TZ_TRY(ledger::read_item_file(read.table, state, request));
  std::vector<CellFault>& faults = out.file.faults;
  faults.insert(faults.end(), read.faults.begin(), read.faults.end());
  std::stable_sort(faults.begin(), faults.end(), [](const CellFault& a, const CellFault& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  out.table = std::move(read.table);
  return out;
}

}  // namespace tz::exchange
