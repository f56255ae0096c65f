// Reads the five levels one after the other, then lays them out in pre-order.
#include "ledger/divisions.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/csv.h"

namespace tz::ledger {
namespace {

constexpr std::size_t kLevelCount = 5;
constexpr std::string_view kRootCode = "0";
constexpr std::size_t kCity = 1;  // the second level
constexpr std::size_t kArea = 2;  // the third
constexpr std::size_t kStreet = 3;

// `ancestors[i]` is the level that column 2 + i refers to; the first is the parent's.
struct Level {
  const char* file;
  UnitKind kind;
  std::string_view header;
  std::vector<std::size_t> ancestors;
};

const std::array<Level, kLevelCount>& levels() {
  static const std::array<Level, kLevelCount> all = {{
      {"provinces.csv", UnitKind::Province, "code,name", {}},
      {"cities.csv", UnitKind::Prefecture, "code,name,provinceCode", {0}},
      {"areas.csv", UnitKind::County, "code,name,cityCode,provinceCode", {1, 0}},
      {"streets.csv", UnitKind::Township, "code,name,areaCode,provinceCode,cityCode", {2, 0, 1}},
      {"villages.csv",
       UnitKind::Village,
       "code,name,streetCode,provinceCode,cityCode,areaCode",
       {3, 0, 1, 2}},
  }};
  return all;
}

struct Division {
  std::string code;
  std::string name;
  std::uint32_t parent = 0;  // index in the level above
  bool placeholder = false;
};

using Divisions = std::vector<Division>;

struct Place {
  std::size_t level = 0;
  std::uint32_t index = 0;
};

// The rows read so far, and where each code stands; the root's is taken from the start.
struct Reading {
  std::array<Divisions, kLevelCount> divisions;
  std::unordered_map<std::string, Place> places{{std::string(kRootCode), {kLevelCount, 0}}};
};

std::string join(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) text += ',';
    text += cell;
  }
  return text;
}

Error fault(const char* code, const Level& level, const TableRow& row, Facts facts) {
  facts.insert(facts.begin(), {{"file", level.file}, {"line", std::to_string(row.line)}});
  return refusal(code, std::move(facts));
}

Error with_file(Error error, const Level& level) {
  error.facts.insert(error.facts.begin(), {"file", level.file});
  return error;
}

bool stands_for_no_authority(std::string_view city) {
  return city == "市辖区" || city == "县" || city == "省直辖县级行政区划" ||
         city == "自治区直辖县级行政区划";
}

// Villages that a county governs itself: the row holds their place in the codes.
bool stands_for_no_township(std::string_view street) { return street.ends_with("直辖村级区划"); }

// Whether the row's columns of higher levels are the codes of `parent` (in the level above
// `depth`) and of what stands above it.
bool ancestors_agree(const Reading& reading, std::size_t depth, const TableRow& row,
                     std::uint32_t parent) {
  std::array<std::string_view, kLevelCount> codes;
  std::uint32_t at = parent;
  for (std::size_t level = depth; level-- > 0;) {
    const Division& division = reading.divisions[level][at];
    codes[level] = division.code;
    at = division.parent;
  }
  const std::vector<std::size_t>& columns = levels()[depth].ancestors;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (row.cells[2 + i] != codes[columns[i]]) return false;
  return true;
}

Result<Division> read_row(const Reading& reading, std::size_t depth, const TableRow& row) {
  const Level& level = levels()[depth];
  const std::size_t expected = 2 + level.ancestors.size();
  if (row.cells.size() != expected)
    return fault(
        "division_columns", level, row,
        {{"count", std::to_string(row.cells.size())}, {"expected", std::to_string(expected)}});
  Division division{.code = row.cells[0], .name = row.cells[1]};
  if (!valid_unit_code(division.code))
    return fault("division_code", level, row,
                 {{"code", std::string(beginning_of(division.code, 40))}});
  if (unit_name_fault(division.name))
    return fault("division_name", level, row, {{"code", division.code}});
  if (depth == 0) return division;
  const auto parent = reading.places.find(row.cells[2]);
  if (parent == reading.places.end() || parent->second.level != depth - 1 ||
      !ancestors_agree(reading, depth, row, parent->second.index)) {
    const std::vector<std::string> above(row.cells.begin() + 2, row.cells.end());
    return fault(
        "division_parent_unknown", level, row,
        {{"code", division.code}, {"parent", std::string(beginning_of(join(above), 200))}});
  }
  division.parent = parent->second.index;
  division.placeholder = (depth == kCity && stands_for_no_authority(division.name)) ||
                         (depth == kStreet && stands_for_no_township(division.name));
  return division;
}

Outcome read_level(Reading& reading, std::size_t depth, std::string_view text) {
  const Level& level = levels()[depth];
  CsvReader reader(text);
  TableRow row;
  auto next = reader.next(row);
  if (!next.ok()) return with_file(next.error(), level);
  if (!*next) row.cells.clear();
  if (join(row.cells) != level.header)
    return fault("division_header", level, row,
                 {{"expected", std::string(level.header)},
                  {"found", std::string(beginning_of(join(row.cells), 200))}});
  Divisions& divisions = reading.divisions[depth];
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  divisions.reserve(lines);
  reading.places.reserve(reading.places.size() + lines);
  while (true) {
    next = reader.next(row);
    if (!next.ok()) return with_file(next.error(), level);
    if (!*next) break;
    Division division = TZ_TRY(read_row(reading, depth, row));
    const Place place{depth, static_cast<std::uint32_t>(divisions.size())};
    if (!reading.places.emplace(division.code, place).second)
      return fault("division_duplicate", level, row, {{"code", division.code}});
    divisions.push_back(std::move(division));
  }
  return Done{};
}

// A city without counties has in the files one county of its own name, for the columns' sake.
void mark_cities_without_counties(const Divisions& cities, Divisions& areas) {
  std::vector<std::uint32_t> counts(cities.size(), 0);
  for (const Division& area : areas) ++counts[area.parent];
  for (Division& area : areas)
    area.placeholder = counts[area.parent] == 1 && area.name == cities[area.parent].name;
}

// Indexes into `divisions`, ordered by parent and within one as in the file; those of parent p
// are [begins[p], begins[p + 1]).
struct ChildTable {
  std::vector<std::uint32_t> children;
  std::vector<std::uint32_t> begins;
};

ChildTable children_of(const Divisions& divisions, std::size_t parent_count) {
  ChildTable table;
  table.begins.assign(parent_count + 1, 0);
  for (const Division& division : divisions) ++table.begins[division.parent + 1];
  for (std::size_t i = 0; i < parent_count; ++i) table.begins[i + 1] += table.begins[i];
  table.children.resize(divisions.size());
  std::vector<std::uint32_t> next = table.begins;
  for (std::uint32_t i = 0; i < divisions.size(); ++i)
    table.children[next[divisions[i].parent]++] = i;
  return table;
}

struct Layout {
  std::array<Divisions, kLevelCount>& divisions;
  std::array<ChildTable, kLevelCount> tables;
  Day from;
  std::vector<UnitRow> rows;

  // Appends the division and all below it; the recursion is as deep as there are levels.
  void append(std::size_t depth, std::uint32_t index, UnitId parent) {
    const UnitId unit{static_cast<std::uint32_t>(rows.size())};
    Division& division = divisions[depth][index];
    rows.push_back({.code = std::move(division.code),
                    .name = std::move(division.name),
                    .parent = parent,
                    .kind = levels()[depth].kind,
                    .placeholder = division.placeholder,
                    .from = from,
                    .to = std::nullopt});
    if (depth + 1 == kLevelCount) return;
    const ChildTable& table = tables[depth + 1];
    for (std::uint32_t at = table.begins[index]; at < table.begins[index + 1]; ++at)
      append(depth + 1, table.children[at], unit);
  }
};

}  // namespace

Result<std::vector<UnitRow>> read_divisions(const DivisionFiles& files, Day from) {
  const std::array<std::string_view, kLevelCount> texts = {
      files.provinces, files.cities, files.areas, files.streets, files.villages};
  Reading reading;
  std::size_t count = 1;
  for (std::size_t depth = 0; depth < kLevelCount; ++depth) {
    TZ_TRY(read_level(reading, depth, texts[depth]));
    count += reading.divisions[depth].size();
  }
  mark_cities_without_counties(reading.divisions[kCity], reading.divisions[kArea]);

  Layout layout{.divisions = reading.divisions, .tables = {}, .from = from, .rows = {}};
  for (std::size_t depth = 1; depth < kLevelCount; ++depth)
    layout.tables[depth] =
        children_of(reading.divisions[depth], reading.divisions[depth - 1].size());
  layout.rows.reserve(count);
  layout.rows.push_back({.code = std::string(kRootCode),
                         .name = "全国",
                         .parent = UnitId{0},
                         .kind = UnitKind::Nation,
                         .placeholder = false,
                         .from = from,
                         .to = std::nullopt});
  for (std::uint32_t i = 0; i < reading.divisions[0].size(); ++i) layout.append(0, i, UnitId{0});
  TZ_ASSERT(layout.rows.size() == count);
  return std::move(layout.rows);
}

}  // namespace tz::ledger
