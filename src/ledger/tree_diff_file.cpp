// One row a unit; the words of a column stand in one table a language.
#include "ledger/tree_diff_file.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/csv.h"

namespace tz::ledger {
namespace {

using Status = DiffRow::Status;
using Change = DiffRow::Change;

enum Column : std::size_t {
  kStatus,
  kChange,
  kKind,
  kPlaceholder,
  kOldCode,
  kOldName,
  kOldParent,
  kNewCode,
  kNewName,
  kNewParent,
  kSuccessors,
  kPartedFrom,
  kWhy,
  kColumns,
};

template <std::size_t kCount>
using Words = std::array<std::string_view, kCount>;
template <std::size_t kCount>
using Tables = std::array<Words<kCount>, 2>;  // by DiffWords

constexpr Tables<kColumns> kHeaders = {
    {{"status", "change", "kind", "placeholder", "old_code", "old_name", "old_parent", "new_code",
      "new_name", "new_parent", "successors", "parted_from", "why"},
     {"状态", "变化", "类型", "占位", "原代码", "原名称", "原上级", "新代码", "新名称", "新上级",
      "承继单位", "析出自", "依据"}}};
constexpr Tables<3> kStatuses = {{{"certain", "decide", "decided"}, {"确定", "待定", "已定"}}};
constexpr Tables<4> kChanges = {
    {{"keeps", "ends", "replaced", "founded"}, {"延续", "撤销", "更替", "新设"}}};
constexpr Tables<2> kYesNo = {{{"", "yes"}, {"", "是"}}};
// The kinds that lists of divisions have.
constexpr std::array<UnitKind, 5> kKinds = {UnitKind::Province, UnitKind::Prefecture,
                                            UnitKind::County, UnitKind::Township,
                                            UnitKind::Village};
constexpr Tables<5> kKindWords = {{{"province", "prefecture", "county", "township", "village"},
                                   {"省级", "地级", "县级", "乡级", "村级"}}};

template <std::size_t kCount>
std::optional<std::size_t> index_in(const Tables<kCount>& tables, std::string_view word) {
  for (const Words<kCount>& words : tables) {
    const auto found = std::find(words.begin(), words.end(), word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  return std::nullopt;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    if (end != 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

std::string line_of(const std::array<std::string, kColumns>& cells) {
  std::string out;
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (i > 0) out += ',';
    out += csv_cell(cells[i]);
  }
  return out += "\n";
}

class Reader {
 public:
  std::optional<Error> take(const TableRow& cells) {
    if (cells.cells.size() != kColumns)
      return refusal("diff_columns", {{"found", std::to_string(cells.cells.size())},
                                      {"expected", std::to_string(std::size_t{kColumns})}});
    DiffRow row;
    row.line = cells.line;
    const auto status = index_in(kStatuses, cells.cells[kStatus]);
    if (!status) return word_fault(cells, kStatus);
    const auto change = index_in(kChanges, cells.cells[kChange]);
    if (!change) return word_fault(cells, kChange);
    const auto kind = index_in(kKindWords, cells.cells[kKind]);
    if (!kind) return word_fault(cells, kKind);
    const auto placeholder = index_in(kYesNo, cells.cells[kPlaceholder]);
    if (!placeholder) return word_fault(cells, kPlaceholder);
    row.status = static_cast<Status>(*status);
    row.change = static_cast<Change>(*change);
    row.kind = kKinds[*kind];
    row.placeholder = *placeholder == 1;
    row.old_code = cells.cells[kOldCode];
    row.old_name = csv_text(cells.cells[kOldName]);
    row.old_parent = cells.cells[kOldParent];
    row.new_code = cells.cells[kNewCode];
    row.new_name = csv_text(cells.cells[kNewName]);
    row.new_parent = cells.cells[kNewParent];
    row.successors = split(cells.cells[kSuccessors]);
    row.parted_from = cells.cells[kPartedFrom];
    row.why = cells.cells[kWhy];
    if (auto error = incomplete(row)) return error;
    rows_.push_back(std::move(row));
    return std::nullopt;
  }
  std::vector<DiffRow> finish() { return std::move(rows_); }

 private:
  static Error word_fault(const TableRow& row, Column column) {
    return refusal("diff_word", {{"column", std::string(kHeaders[0][column])},
                                 {"found", std::string(beginning_of(row.cells[column], 40))}});
  }
  static Error missing(Column column) {
    return refusal("diff_missing", {{"column", std::string(kHeaders[0][column])}});
  }

  // What the change needs, and each code in one row alone.
  std::optional<Error> incomplete(const DiffRow& row) {
    if (row.change != Change::Founded) {
      if (row.old_code.empty()) return missing(kOldCode);
      if (row.old_name.empty()) return missing(kOldName);
      if (auto error = again(old_codes_, row.old_code, row.line)) return error;
    }
    if (row.change != Change::Ends) {
      if (row.new_code.empty()) return missing(kNewCode);
      if (row.new_name.empty()) return missing(kNewName);
      if (row.new_parent.empty()) return missing(kNewParent);
      if (auto error = again(new_codes_, row.new_code, row.line)) return error;
    }
    return std::nullopt;
  }
  using Codes = std::unordered_map<std::string, std::size_t>;
  static std::optional<Error> again(Codes& codes, const std::string& code, std::size_t line) {
    const auto [at, added] = codes.emplace(code, line);
    if (added) return std::nullopt;
    return refusal("diff_twice", {{"code", code}, {"first_line", std::to_string(at->second)}});
  }

  std::vector<DiffRow> rows_;
  Codes old_codes_;
  Codes new_codes_;
};

}  // namespace

std::string write_diff(const std::vector<DiffRow>& rows, DiffWords words) {
  const auto language = static_cast<std::size_t>(words);
  std::array<std::string, kColumns> cells;
  for (std::size_t i = 0; i < kColumns; ++i) cells[i] = kHeaders[language][i];
  std::string out = line_of(cells);
  for (const DiffRow& row : rows) {
    const auto kind = std::find(kKinds.begin(), kKinds.end(), row.kind) - kKinds.begin();
    cells = {std::string(kStatuses[language][static_cast<std::size_t>(row.status)]),
             std::string(kChanges[language][static_cast<std::size_t>(row.change)]),
             std::string(kKindWords[language][static_cast<std::size_t>(kind)]),
             std::string(kYesNo[language][row.placeholder ? 1 : 0]),
             row.old_code,
             row.old_name,
             row.old_parent,
             row.new_code,
             row.new_name,
             row.new_parent,
             joined(row.successors),
             row.parted_from,
             row.why};
    out += line_of(cells);
  }
  return out;
}

Result<DiffFile> read_diff(std::string_view utf8) {
  CsvReader csv(utf8);
  TableRow row;
  if (!TZ_TRY(csv.next(row))) row.cells.clear();
  const auto is = [&](const Words<kColumns>& header) {
    return std::equal(row.cells.begin(), row.cells.end(), header.begin(), header.end());
  };
  if (std::none_of(kHeaders.begin(), kHeaders.end(), is))
    return refusal("diff_header", {{"expected",
                                    "status,change,kind,placeholder,old_code,old_name,old_parent,"
                                    "new_code,new_name,new_parent,successors,parted_from,why"},
                                   {"found", std::string(beginning_of(joined(row.cells), 200))}});
  Reader reader;
  DiffFile out;
  while (TZ_TRY(csv.next(row)))
    if (auto error = reader.take(row)) out.faults.push_back({row.line, *error});
  out.rows = reader.finish();
  return out;
}

}  // namespace tz::ledger
