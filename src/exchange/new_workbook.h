// A spreadsheet being written: libxlsxwriter into memory, checked when it is done.
#pragma once

#include <xlsxwriter.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace tz::exchange {

// A text as a cell may hold it: without the control characters that no XML has, with what looks
// like an escape of the format escaped, and cut (with …) where it is longer than a cell can be.
// Cells are written as strings, so none is read as a formula.
std::string sheet_text(std::string_view utf8);

// The number a day is in a spreadsheet.
double number_of_day(Day day);

// One thread. Cells must be written row by row: only the row in hand is held in memory, the rest
// lies in a working file that has no name, in a memory file system where there is room for it.
class NewWorkbook {
 public:
  // `made` is what the file says of itself. Fails with `storage_failed` (facts: path, why).
  static Result<NewWorkbook> create(Instant made);

  [[nodiscard]] lxw_worksheet* add_sheet(const std::string& name);
  [[nodiscard]] lxw_format* add_format();
  [[nodiscard]] lxw_workbook* get() const { return book_.get(); }

  // The bytes of the file, which is then closed: call once. A sheet that is not whole (a disk was
  // full) is not given out: fails with `storage_full` or `storage_failed`.
  Result<std::string> finish();

 private:
  struct Free {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
  };
  class MemoryFile;
  NewWorkbook(std::shared_ptr<MemoryFile> file, lxw_workbook* book);
  std::shared_ptr<MemoryFile> file_;
  std::unique_ptr<lxw_workbook, Free> book_;
};

}  // namespace tz::exchange
