// Rows are made as base/csv.h says.
#include "http/csv_table.h"

#include <utility>

#include "base/csv.h"
#include "base/error.h"

namespace tz::http {

Response csv_response(std::string rows, const std::string& file) {
  Response response;
  response.body = "\xEF\xBB\xBF" + std::move(rows);
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + file + "\"");
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

CsvTable::CsvTable(const Messages& words, const std::vector<std::string>& columns)
    : words_(words), columns_(columns.size()) {
  std::vector<std::string> head;
  head.reserve(columns.size());
  for (const std::string& column : columns) head.push_back(words.text("table." + column));
  text_ = csv_row(head);
}

void CsvTable::add(const std::vector<std::string>& cells) {
  TZ_ASSERT(cells.size() == columns_);
  text_ += csv_row(cells);
}

std::string CsvTable::truth(bool value) const {
  return words_.text(value ? "table.yes" : "table.no");
}

}  // namespace tz::http
