// Tables to keep, as comma-separated text for programs that people open it with.
#pragma once

#include <string>
#include <vector>

#include "base/message.h"
#include "http/message.h"

namespace tz::http {

// The file, with the byte order mark that such programs know UTF-8 by; nobody keeps a copy of it.
Response csv_response(std::string rows, const std::string& file);

// A table in one language: the words "table.<name>" of its columns, and its rows.
class CsvTable {
 public:
  CsvTable(const Messages& words, const std::vector<std::string>& columns);
  // As many cells as it has columns.
  void add(const std::vector<std::string>& cells);
  // One that says "table.yes" or "table.no".
  [[nodiscard]] std::string truth(bool value) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const Messages& words_;
  std::size_t columns_;
  std::string text_;
};

}  // namespace tz::http
