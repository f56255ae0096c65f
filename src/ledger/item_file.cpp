// Reading rows into commands, and asking the rules about each.
#include "ledger/item_file.h"

#include <array>
#include <map>
#include <set>

#include "base/csv.h"
#include "ledger/decide.h"

namespace tz::ledger {
namespace {

struct Column {
  std::string_view name;
  std::string_view zh;
};
constexpr std::array<Column, 13> kColumns = {{{"unit", "单位代码"},
                                              {"title", "标题"},
                                              {"description", "描述"},
                                              {"source", "来源"},
                                              {"upstream_no", "来源编号"},
                                              {"source_doc", "来源文件"},
                                              {"category", "问题类别"},
                                              {"nature", "问题性质"},
                                              {"severity", "严重程度"},
                                              {"fix_class", "整改类型"},
                                              {"due", "整改时限"},
                                              {"occurred", "发生日期"},
                                              {"remark", "备注"}}};
constexpr std::array<std::string_view, 2> kNeeded = {"title", "source"};

using Header = std::map<std::string_view, std::size_t>;  // column name -> cell index

Result<Header> read_header(const CsvRow& row) {
  Header header;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const Column* found = nullptr;
    for (const Column& column : kColumns)
      if (row.cells[i] == column.name || row.cells[i] == column.zh) found = &column;
    if (found == nullptr) return refusal("column_unknown", {{"column", row.cells[i]}});
    if (!header.emplace(found->name, i).second)
      return refusal("column_twice", {{"column", row.cells[i]}});
  }
  for (std::string_view needed : kNeeded)
    if (!header.contains(needed))
      return refusal("column_missing", {{"column", std::string(needed)}});
  return header;
}

class RowReader {
 public:
  RowReader(const State& state, const ItemFileRequest& request, const Header& header)
      : state_(state), request_(request), header_(header) {}

  Result<OpenItem> read(const CsvRow& row) {
    if (row.cells.size() != header_.size())
      return refusal("column_count", {{"expected", std::to_string(header_.size())},
                                      {"found", std::to_string(row.cells.size())}});
    OpenItem item;
    item.kind = request_.kind;
    item.import = request_.import;
    item.title = cell(row, "title");
    item.description = cell(row, "description");
    item.source = cell(row, "source");
    item.source_doc = given(row, "source_doc");
    item.category = given(row, "category");
    item.nature = TZ_TRY(word(row, "nature", &nature_named));
    item.severity = TZ_TRY(word(row, "severity", &severity_named));
    item.remark = given(row, "remark");
    item.fix_class = cell(row, "fix_class");
    item.place = TZ_TRY(unit(cell(row, "unit")));
    item.due = TZ_TRY(day(cell(row, "due")));
    item.occurred = TZ_TRY(day(cell(row, "occurred")));
    const std::string upstream = cell(row, "upstream_no");
    if (!upstream.empty()) {
      const auto [earlier, first] = upstream_lines_.emplace(upstream, row.line);
      if (!first)
        return refusal("upstream_no_twice",
                       {{"upstream_no", upstream}, {"line", std::to_string(earlier->second)}});
      item.upstream_no = upstream;
    }
    const Circumstances at{state_, [](ItemNo) { return nullptr; }, {}, request_.now};
    TZ_TRY(decide(at, item));
    return item;
  }

 private:
  std::string cell(const CsvRow& row, std::string_view column) const {
    const auto found = header_.find(column);
    return found == header_.end() ? std::string() : row.cells[found->second];
  }
  std::optional<std::string> given(const CsvRow& row, std::string_view column) const {
    std::string text = cell(row, column);
    return text.empty() ? std::nullopt : std::optional<std::string>(std::move(text));
  }
  template <class Enum>
  Result<std::optional<Enum>> word(const CsvRow& row, std::string_view column,
                                   std::optional<Enum> (*named)(std::string_view)) const {
    const std::string text = cell(row, column);
    if (text.empty()) return std::optional<Enum>{};
    const auto value = named(text);
    if (!value) return refusal("field_bad", {{"field", std::string(column)}});
    return value;
  }
  Result<UnitId> unit(const std::string& code) const {
    if (code.empty()) return request_.into;
    const auto found = state_.tree->find(code);
    if (!found) return refusal("unit_unknown", {{"unit", code}});
    if (!state_.tree->within(*found, request_.into))
      return refusal("unit_outside",
                     {{"unit", code}, {"into", std::string(state_.tree->code(request_.into))}});
    return *found;
  }
  static Result<std::optional<Day>> day(const std::string& text) {
    if (text.empty()) return std::optional<Day>{};
    return std::optional<Day>(TZ_TRY(parse_day(text)));
  }

  const State& state_;
  const ItemFileRequest& request_;
  const Header& header_;
  std::map<std::string, std::size_t> upstream_lines_;
};

}  // namespace

Result<ItemFile> read_item_file(std::string_view utf8, const State& state,
                                const ItemFileRequest& request) {
  const std::vector<CsvRow> rows = TZ_TRY(parse_csv(utf8));
  if (rows.empty()) return refusal("column_missing", {{"column", "title"}});
  const Header header = TZ_TRY(read_header(rows[0]));
  RowReader reader(state, request, header);
  ItemFile out;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Result<OpenItem> item = reader.read(rows[i]);
    if (item.ok())
      out.items.push_back(std::move(item).value());
    else
      out.faults.push_back({rows[i].line, item.error()});
  }
  return out;
}

std::string item_file_template() {
  std::string header;
  for (const Column& column : kColumns) {
    if (!header.empty()) header += ",";
    header += column.zh;
  }
  return "\xEF\xBB\xBF" + header +
         "\r\n220204006001,示例：楼道堆物,三单元楼道堆放旧家具,resident,,,housing,individual,"
         "general,by_date,,,\r\n";
}

}  // namespace tz::ledger
