// Reads all rows first, so that a parent may stand below its children in the file.
#include "ledger/unit_file.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "base/csv.h"
#include "ledger/unit_cycles.h"
#include "ledger/unit_file_row.h"

namespace tz::ledger {
namespace {

constexpr Day kLastDay{std::numeric_limits<std::int32_t>::max()};

// An edge's identity and first day; what is stored under it never overlaps its neighbours.
using EdgeKey = std::tuple<std::uint32_t, std::uint32_t, LineKind, Day>;
struct EdgeSpan {
  Day to;
  std::optional<std::size_t> line_number;  // none: in the tree
};

// What is known of a code that the file registers, whether its row is right or not.
struct Registered {
  std::size_t line_number = 1;
  std::uint32_t number = 0;      // tree size + order in the file
  std::optional<UnitKind> kind;  // none where the row is at fault
};

class Reader {
 public:
  explicit Reader(const OrgTree& tree) : tree_(tree) {
    for (const LineEdge& edge : tree.lines())
      spans_.emplace(EdgeKey{edge.unit.value, edge.superior.value, edge.line, edge.from},
                     EdgeSpan{edge.to.value_or(kLastDay), std::nullopt});
  }

  void take(const TableRow& cells) {
    const auto blank = [](const std::string& cell) {
      return cell.find_first_not_of(' ') == std::string::npos;
    };
    if (std::all_of(cells.cells.begin(), cells.cells.end(), blank)) return;
    auto row = read_unit_file_row(cells.line, cells.cells);
    if (const auto code = registered_code(cells.cells)) {
      const auto number = static_cast<std::uint32_t>(tree_.size() + registered_.size());
      const auto [at, added] = registered_.emplace(*code, Registered{cells.line, number, {}});
      if (row.ok() && !added) {
        fault(*row, "unit_code_repeated", {{"first_line", std::to_string(at->second.line_number)}});
        return;
      }
      if (row.ok()) at->second.kind = row->kind;
    }
    if (row.ok())
      rows_.push_back(std::move(row).value());
    else
      faults_.push_back({cells.line, row.error()});
  }

  UnitFile finish() {
    std::vector<std::size_t> row_of_edge;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto edge = rows_[i].line ? checked_line(rows_[i]) : checked_unit(rows_[i]);
      if (!edge) continue;
      edges_.push_back(*edge);
      row_of_edge.push_back(i);
    }
    for (const std::size_t edge : edges_closing_cycles(tree_, edges_))
      fault(rows_[row_of_edge[edge]], "unit_cycle");
    std::stable_sort(faults_.begin(), faults_.end(),
                     [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
    UnitFile file;
    file.faults = std::move(faults_);
    if (file.faults.empty()) fill(file);
    return file;
  }

 private:
  std::nullopt_t fault(const UnitFileRow& row, const char* error_code, Facts more = {}) {
    Facts facts = {{"code", row.code}, {"parent", row.parent}};
    facts.insert(facts.end(), more.begin(), more.end());
    faults_.push_back({row.line_number, refusal(error_code, std::move(facts))});
    return std::nullopt;
  }

  // The number of a unit in the tree or the file.
  [[nodiscard]] std::optional<std::uint32_t> number_of(const std::string& code) const {
    // What is registered may have a code of a unit that has ended.
    if (const auto at = registered_.find(code); at != registered_.end()) return at->second.number;
    const auto unit = tree_.find(code);
    return unit ? std::optional(unit->value) : std::nullopt;
  }

  [[nodiscard]] std::optional<UnitKind> kind_of(const std::string& code) const {
    if (const auto at = registered_.find(code); at != registered_.end()) return at->second.kind;
    const auto unit = tree_.find(code);
    return unit ? std::optional(tree_.kind(*unit)) : std::nullopt;
  }

  // The unit's place as an edge; none if the row is at fault.
  std::optional<NewEdge> checked_unit(const UnitFileRow& row) {
    if (!tree_.code_free(row.code, row.from)) return fault(row, "unit_code_taken");
    const auto parent = number_of(row.parent);
    if (!parent) return fault(row, "unit_parent_unknown");
    if (kind_of(row.parent) == UnitKind::Area) return fault(row, "unit_parent_area");
    if (*parent < tree_.size() && tree_.ended(UnitId{*parent}, row.from))
      return fault(row, "unit_parent_ended", {{"unit", row.code}});
    return NewEdge{registered_.at(row.code).number, *parent, std::nullopt, row.from, row.to};
  }

  std::optional<NewEdge> checked_line(const UnitFileRow& row) {
    const auto unit = number_of(row.code);
    if (!unit) return fault(row, "unit_line_unit_unknown");
    const auto superior = number_of(row.parent);
    if (!superior) return fault(row, "unit_parent_unknown");
    const auto kind = kind_of(row.parent);
    if (row.line == LineKind::Area && kind && *kind != UnitKind::Area)
      return fault(row, "unit_area_expected");
    const EdgeKey key{*unit, *superior, *row.line, row.from};
    if (const EdgeSpan* same = span_in_common(key, row.to.value_or(kLastDay))) {
      Facts where;
      if (same->line_number) where = {{"first_line", std::to_string(*same->line_number)}};
      return fault(row, same->line_number ? "unit_line_repeated" : "unit_line_taken", where);
    }
    spans_.emplace(key, EdgeSpan{row.to.value_or(kLastDay), row.line_number});
    return NewEdge{*unit, *superior, row.line, row.from, row.to};
  }

  // The same edge with a day in common; only the neighbours in time can have one.
  [[nodiscard]] const EdgeSpan* span_in_common(const EdgeKey& key, Day to) const {
    const auto same_edge = [&](const EdgeKey& other) {
      return std::get<0>(other) == std::get<0>(key) && std::get<1>(other) == std::get<1>(key) &&
             std::get<2>(other) == std::get<2>(key);
    };
    const auto after = spans_.lower_bound(key);
    if (after != spans_.end() && same_edge(after->first) && std::get<3>(after->first) <= to)
      return &after->second;
    if (after == spans_.begin()) return nullptr;
    const auto before = std::prev(after);
    if (same_edge(before->first) && std::get<3>(key) <= before->second.to) return &before->second;
    return nullptr;
  }

  // Units in the order of the file, but each after its parent. There is no cycle here.
  void fill(UnitFile& file) const {
    std::vector<const UnitFileRow*> by_number;  // less the tree's size
    std::vector<std::uint32_t> above;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].line) continue;
      by_number.push_back(&rows_[i]);
      above.push_back(edges_[i].superior);
    }
    const auto base = static_cast<std::uint32_t>(tree_.size());
    std::vector<std::optional<UnitId>> ids(by_number.size());
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t i = 0; i < by_number.size(); ++i) {
      for (std::uint32_t at = i; !ids[at];) {
        waiting.push_back(at);
        if (above[at] < base) break;
        at = above[at] - base;
      }
      for (; !waiting.empty(); waiting.pop_back()) {
        const std::uint32_t at = waiting.back();
        const UnitFileRow& row = *by_number[at];
        const UnitId parent = above[at] < base ? UnitId{above[at]} : ids[above[at] - base].value();
        ids[at] = UnitId{base + static_cast<std::uint32_t>(file.rows.size())};
        file.rows.push_back({row.code, row.name, parent, row.kind, false, row.from, row.to});
      }
    }
    const auto id = [&](std::uint32_t number) {
      return number < base ? UnitId{number} : ids[number - base].value();
    };
    for (const NewEdge& edge : edges_)
      if (edge.line)
        file.edges.push_back({id(edge.unit), id(edge.superior), *edge.line, edge.from, edge.to});
  }

  const OrgTree& tree_;
  std::unordered_map<std::string, Registered> registered_;
  std::vector<UnitFileRow> rows_;  // right as far as each alone can tell
  std::vector<NewEdge> edges_;     // without faults, one for each of rows_
  std::map<EdgeKey, EdgeSpan> spans_;
  std::vector<RowFault> faults_;
};

std::string joined(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) text += ',';
    text += cell;
  }
  return text;
}

}  // namespace

Result<UnitFile> read_unit_file(std::string_view utf8, const OrgTree& tree) {
  CsvReader reader(utf8);
  TableRow row;
  if (!TZ_TRY(reader.next(row))) row.cells.clear();
  if (!is_unit_file_header(row.cells)) {
    return refusal("unit_file_header",
                   {{"line", std::to_string(row.line)},
                    {"expected", "code,name,parent,kind,line,from,to"},
                    {"found", std::string(beginning_of(joined(row.cells), 200))}});
  }
  Reader units(tree);
  while (TZ_TRY(reader.next(row))) units.take(row);
  return units.finish();
}

}  // namespace tz::ledger
