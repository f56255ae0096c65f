// Any bytes as a clerk's file of items: refused, faulted cell by cell, or a command for every row,
// each within the unit that it was sent for. What begins with "T" is a table of cells already, by
// 1E and 1F, so that no rule of CSV stands before the rows.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/csv.h"
#include "base/embedded.h"
#include "exchange/item_table.h"
#include "exchange/small_state_test.h"
#include "ledger/item_file.h"
#include "programme/flow_file.h"

namespace {

constexpr tz::UnitId kInto{1};

tz::ledger::State made_state() {
  tz::ledger::State state = tz::exchange::small_state();
  auto flow = tz::programme::read_flow(tz::embedded_file("flows/problem.yaml"));
  TZ_ASSERT(flow.ok());
  state.flows = {std::make_shared<tz::ledger::Flow>(*std::move(flow))};
  return state;
}

tz::Table table_of(std::string_view text) {
  tz::Table out;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\x1e');
    std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    tz::TableRow& into = out.emplace_back();
    into.line = line;
    for (bool more = true; more;) {
      const std::size_t cut = row.find('\x1f');
      into.cells.emplace_back(row.substr(0, cut));
      more = cut != std::string_view::npos;
      if (more) row.remove_prefix(cut + 1);
    }
  }
  return out;
}

void check(const tz::ledger::ItemFile& file, const tz::ledger::State& state) {
  std::size_t line = 0;
  for (const tz::CellFault& fault : file.faults) {
    TZ_ASSERT(fault.line >= line);
    line = fault.line;
    TZ_ASSERT(!fault.error.code.empty());
    for (const auto& [name, value] : fault.error.facts) TZ_ASSERT(tz::valid_utf8(value));
  }
  if (!file.faults.empty()) return;
  TZ_ASSERT(file.items.size() == file.row_count);
  for (const tz::ledger::OpenItem& item : file.items) {
    const tz::ledger::Interval below = state.tree->subtree(kInto);
    const std::uint32_t at = state.tree->position(item.place);
    TZ_ASSERT(below.begin <= at && at < below.end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tz::ledger::State state = made_state();
  const tz::Instant now = tz::start_of(*tz::parse_day("2019-09-08"), tz::Zone{});
  const tz::ledger::ItemFileRequest request{"problem", kInto, 1, now, {}, {}};
  const tz::BytesView bytes{data, size};
  if (size > 0 && data[0] == 'T') {
    const std::string_view text = tz::as_text(bytes).substr(1);
    if (!tz::valid_utf8(text)) return 0;  // no reader of files gives any
    const auto file = tz::ledger::read_item_file(table_of(text), state, request);
    if (file.ok()) check(*file, state);
    return 0;
  }
  const tz::TableLimits limits{.rows_max = 200,
                               .columns_max = 32,
                               .cells_max = 2000,
                               .cell_bytes_max = 4096,
                               .text_bytes_max = 1 << 16};
  const auto read = tz::exchange::read_items(bytes, state, request, limits);
  if (read.ok()) check(read->file, state);
  return 0;
}
