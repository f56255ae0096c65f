// What is unpacked of a spreadsheet that somebody sends, so that a small file stays a small job.
#pragma once

#include <cstddef>

#include "base/table.h"

namespace tz::exchange {

struct XlsxLimits {
  TableLimits table;
  std::size_t entries_max = 10'000;
  std::size_t inflated_bytes_max = std::size_t{128} << 20;  // of all parts that are read
  std::size_t ratio_max = 200;  // inflated to packed, where a part is above ratio_from_bytes
  std::size_t ratio_from_bytes = std::size_t{1} << 20;
  std::size_t strings_max = 1'000'000;                 // shared ones
  std::size_t token_bytes_max = std::size_t{1} << 20;  // one tag with its attributes, say
  std::size_t depth_max = 64;
  std::size_t faults_max = 10'000;  // cells that cannot be taken; more are not told
};

}  // namespace tz::exchange
