// The ledger as a table to take away: what is seen on a list, as XLSX or CSV.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/item_row.h"
#include "ledger/state.h"

namespace tz::exchange {

constexpr std::size_t kExportRowsMax = 100'000;

// Sorted as in the table where no order is asked for; the last three only where they are asked for.
enum class ItemColumn : std::uint8_t {
  Item,
  Kind,
  Title,
  Place,
  Path,
  Source,
  State,
  Phase,
  Lead,
  Opened,
  Due,
  Overdue,
  Closed,
  Fixed,
  Reopened,
  Unit,      // code of the place
  LeadUnit,  // code of the lead
  Description,
};
std::string_view to_text(ItemColumn column);  // "lead_unit"
std::optional<ItemColumn> item_column_named(std::string_view name);
std::span<const ItemColumn> usual_item_columns();

// What the whole table says of itself and is read by. All of it outlives the writing.
struct ItemExportPlan {
  std::vector<ItemColumn> columns;  // at least one
  const ledger::State& state;
  const Messages& words;
  Language language = Language::Chinese;
  Day today;  // by which overdue is told
  std::uint64_t position = 0;
  Instant instant;
  std::size_t row_count = 0;  // rows that will be given; at most kExportRowsMax
  bool rows_missing = false;  // words were asked for, and not every text can be searched
};

struct ItemExportRow {
  ledger::ItemRow row;
  std::optional<std::string> title;  // none: destroyed
  std::optional<std::string> description;
  std::string source;
};

// The first line says at which position and instant the rows are true, that a simulated ledger is
// one, and that rows may be missing; then the header and a line an item. One thread.
class ItemExport {
 public:
  virtual ~ItemExport() = default;
  // Fail with `storage_failed` or `storage_full`.
  virtual Outcome add(const ItemExportRow& row) = 0;
  virtual Result<std::string> finish() = 0;  // once: the bytes of the file
};
// Header frozen, with filters; days are days, numbers numbers, and all else is text.
Result<std::unique_ptr<ItemExport>> xlsx_export(const ItemExportPlan& plan);
// UTF-8 with BOM and CRLF, so that Excel opens it rightly; no cell becomes a formula.
std::unique_ptr<ItemExport> csv_export(const ItemExportPlan& plan);

}  // namespace tz::exchange
