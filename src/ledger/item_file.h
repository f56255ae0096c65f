// A clerk's list of items as a file: one row an item, checked before anything of it is taken.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/command.h"
#include "ledger/state.h"
#include "ledger/unit_file.h"

namespace tz::ledger {

struct ItemFileRequest {
  std::string kind;
  UnitId into;  // rows without a unit belong here; all others must lie below
  std::uint64_t import = 0;
  Instant now;
};

struct ItemFile {
  std::vector<OpenItem> items;
  std::vector<RowFault> faults;  // one a row at most; with any, the caller takes nothing
};

// Columns, in any order, named in English or Chinese in the first row: title 标题 (needed),
// source 来源 (needed), unit 单位代码, description 描述, upstream_no 来源编号, fix_class 整改类型,
// due 整改时限, occurred 发生日期, source_doc 来源文件, category 问题类别, nature 问题性质,
// severity 严重程度, remark 备注. Every row is decided as if it were listed now, so that what the
// rules would refuse is found before the first is stored. Refuses `csv_*`, `column_missing`,
// `column_unknown`, `column_twice` (fact: column).
Result<ItemFile> read_item_file(std::string_view utf8, const State& state,
                                const ItemFileRequest& request);

// The header row and one example row, for people to fill in.
std::string item_file_template();

}  // namespace tz::ledger
