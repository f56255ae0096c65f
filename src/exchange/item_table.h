// A clerk's file of items, CSV or XLSX: its table, and what the ledger makes of it.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/table.h"
#include "ledger/item_file.h"

namespace tz::exchange {

struct ItemTable {
  Table table;
  ledger::ItemFile file;  // its faults with those of cells that could not be read
};

// Refuses as read_table and read_item_file do.
Result<ItemTable> read_items(BytesView bytes, const ledger::State& state,
                             const ledger::ItemFileRequest& request,
                             const TableLimits& limits = {});

}  // namespace tz::exchange
