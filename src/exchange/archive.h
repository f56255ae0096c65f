// The ZIP container of a spreadsheet, read in memory and in pieces under limits.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "exchange/xlsx_limits.h"

namespace tz::exchange {

// table_too_large with the facts what and max.
Error too_large(const char* what, std::size_t max);
Error damaged(std::string_view part, std::string_view why);  // xlsx_damaged

// One thread. The bytes outlive it.
class Archive {
 public:
  // Refuses `xlsx_encrypted`, `xlsx_old_format` (what an .xls or .xlsb or .ods is),
  // `xlsx_not_zip`, `xlsx_damaged` (facts: part, why), `table_too_large` (what: entries).
  static Result<Archive> open(BytesView bytes, const XlsxLimits& limits);

  // Whether there is a part of that name, whatever its case, such as "xl/workbook.xml".
  [[nodiscard]] bool has(const std::string& part) const;

  // Gives the part's bytes to `take`, piece by piece; stops with the first error of `take`.
  // Refuses `xlsx_encrypted`, `xlsx_damaged` and `table_too_large` (what: inflated_bytes, ratio);
  // the bytes of all parts read so far count.
  using Take = std::function<Outcome(std::string_view piece)>;
  Outcome read(const std::string& part, const Take& take);

 private:
  struct Inside;
  explicit Archive(std::shared_ptr<Inside> inside) : inside_(std::move(inside)) {}
  std::shared_ptr<Inside> inside_;
};

}  // namespace tz::exchange
