// The parts of a spreadsheet around its sheets: which sheet is the first, shared texts, formats.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/archive.h"
#include "exchange/number_format.h"

namespace tz::exchange {

// Where the parts are that reading one sheet takes. What lies outside the file is passed over.
struct WorkbookMap {
  std::string sheet;  // the first visible one
  std::optional<std::string> strings;
  std::optional<std::string> styles;
  DateSystem dates = DateSystem::From1900;
};

// Refuses `xlsx_sheet_missing`, and as read_part does.
Result<WorkbookMap> map_workbook(Archive& archive, const XlsxLimits& limits);

// The texts that cells name by index, in one piece of memory.
class SharedStrings {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  // Needs index below size().
  [[nodiscard]] std::string_view at(std::size_t index) const;
  void add(std::string_view text);
  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

// Refuse as read_part does, and `table_too_large` (what: strings, text_bytes, cell_bytes).
Result<SharedStrings> read_strings(Archive& archive, const std::string& part,
                                   const XlsxLimits& limits);

// By a cell's style: whether it shows a number as a day.
using DayStyles = std::vector<bool>;
Result<DayStyles> read_styles(Archive& archive, const std::string& part, const XlsxLimits& limits);

// A text without the escapes of the format (_x000D_), control characters and halves of pairs.
std::string plain_text(std::string_view text);

}  // namespace tz::exchange
