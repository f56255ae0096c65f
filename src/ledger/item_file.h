// A clerk's list of items as a table: one row an item, checked before anything of it is taken.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"
#include "base/table.h"
#include "ledger/command.h"
#include "ledger/state.h"

namespace tz::ledger {

// A column, or a word that a cell of one may hold: its id and what it is called in the product's
// two languages. A file may write any of the three.
struct ItemFileWord {
  std::string_view id;
  std::string_view zh;
  std::string_view en;
};
struct ItemFileColumn {
  ItemFileWord word;
  bool needed = false;
};
// unit, title (needed), description, source (needed), upstream_no, source_doc, batch, feedback,
// category, nature, severity, fix_class, due, occurred, target, key_measures, implementing,
// accepting, special, scheme, remark.
std::span<const ItemFileColumn> item_file_columns();
// The words that a cell of that column may hold for an item of the flow: of source, category,
// nature, severity, fix_class, special and scheme; empty for any other. They point into flow and
// state.
std::vector<ItemFileWord> item_file_choices(const State& state, const Flow& flow,
                                            std::string_view column);

// By what a source knows a finding: its number is the source's own, and of one batch.
struct UpstreamNumber {
  std::string source;
  std::string batch;  // empty: of none
  std::string number;
  friend auto operator<=>(const UpstreamNumber&, const UpstreamNumber&) = default;
};

struct ItemFileRequest {
  std::string kind;
  UnitId into;  // rows without a unit belong here; all others must lie below
  std::uint64_t import = 0;
  Instant now;
  Actor actor;  // who lists them
  // Faults offer the words of the drop-downs in it; none: codes with their Chinese titles.
  std::optional<Language> words_in = std::nullopt;
  // The item that has that number already, as far as the caller may know of it; asked about what
  // inspections found. None: nothing is known.
  std::function<std::optional<ItemNo>(const UpstreamNumber&)> known = {};
};

struct ItemFile {
  std::size_t row_count = 0;  // without the header and blank rows
  std::vector<OpenItem> items;
  std::vector<CellFault> faults;  // by row and column; with any, the caller takes nothing
};

// The first row names the columns, in any order. A unit is written as its code, which its name may
// follow after a space, several with semicolons between them; a choice by its id or either word; a
// day as 2019-09-08, 2019/9/8, 2019.9.8 or 2019年9月8日. Every row is decided as if that actor
// listed it now, so that what the rules would refuse is found before the first is stored; a row's
// faults are all told, each at its cell.
//
// Faults of the header: column_missing, column_unknown, column_twice (fact: column),
// column_unnamed; without a needed column no row is looked at. Of a row: column_count,
// unit_unknown, unit_outside, bad_day, upstream_no_twice (within the table, of one source and
// batch), upstream_no_known (facts: upstream_no, item), and what decide refuses, with the fact
// `allowed` as with_allowed gives it; of what is missing of a finding, every field. Refuses
// `column_missing` for a table without any row.
Result<ItemFile> read_item_file(const Table& table, const State& state,
                                const ItemFileRequest& request);

// The header row and one example row as CSV, for people to fill in.
std::string item_file_template();

}  // namespace tz::ledger
