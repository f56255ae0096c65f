// What a list shows of an item beside its row: its texts as corrections have left them, its source.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "access/sealing.h"
#include "base/result.h"
#include "engine/engine.h"
#include "ledger/item_row.h"

namespace tz::engine {

struct ItemTexts {
  std::optional<std::string> title;  // none: destroyed
  std::optional<std::string> description;
  std::string source;
};

// Reads them for many rows of one view, each as it was at the row's newest record, and gives them
// to `take` in the rows' order; stops with the first error. Only the records that hold these texts
// are opened. The caller has checked who may read the items. Reads the disk. Any thread.
using TakeTexts = std::function<Outcome(const ledger::ItemRow& row, ItemTexts texts)>;
Outcome read_item_texts(const Engine& engine, const access::Keyring& keyring,
                        std::span<const ledger::ItemRow> rows, const TakeTexts& take);

}  // namespace tz::engine
