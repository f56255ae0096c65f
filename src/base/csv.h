// Comma-separated text (RFC 4180) as clerks' programs write it: BOM, CRLF, quotes, GB 18030.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/table.h"

namespace tz {

// Text as UTF-8 without BOM. Bytes that are not UTF-8 are taken as GB 18030 if they are valid in
// it; but text that begins with UTF-8's BOM, or holds at least 16 characters of UTF-8 beyond ASCII
// before the first wrong byte, is damaged UTF-8 and not converted into nonsense. Refuses
// `text_encoding` (facts: at, the byte offset; line, from 1); fails `text_conversion_missing` if
// the system cannot convert.
Result<std::string> to_utf8(BytesView bytes);
bool valid_utf8(std::string_view text);
// At most so many bytes from the start of UTF-8 text, never half a character; for messages.
std::string_view beginning_of(std::string_view utf8, std::size_t bytes_max);

struct CsvLimits {
  std::size_t bytes_max = std::size_t{256} << 20;
  std::size_t cell_bytes_max = 1 << 16;
  std::size_t cells_max = 256;
};

// Reads row by row, so that a long file need not be held twice. Rows end with LF, CR LF or CR; a
// quote is only allowed around a whole cell, and within one as two.
class CsvReader {
 public:
  // `utf8` must live as long as the reader; a BOM at its start is passed over.
  explicit CsvReader(std::string_view utf8, CsvLimits limits = {});

  // The next row that is not empty, into `row` (whose memory is used again); false after the last.
  // Refuses `csv_malformed` (facts: line, why: quote, cell_size, cells) and `csv_too_large`
  // (facts: bytes, bytes_max); after that the reader is of no use.
  Result<bool> next(TableRow& row);

 private:
  enum class Ended { Cell, Row, Text };
  Result<Ended> read_cell(std::string& cell);
  Result<Ended> read_quoted(std::string& cell);
  Result<Ended> end_of_cell(std::size_t cell_bytes);
  bool skip_line_end();
  [[nodiscard]] Error malformed(const char* why, std::size_t line) const;

  std::string_view text_;
  CsvLimits limits_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

// All rows, the header first; empty lines are passed over. Refuses as CsvReader::next.
Result<Table> parse_csv(std::string_view utf8, CsvLimits limits = {});

// A cell as Excel opens it rightly: quoted where needed, and with an apostrophe before a text that
// a spreadsheet would run as a formula (one that begins with = + - @, full-width or not, or with a
// tab or line end, and is no plain number): a stranger's words must not become a command on the
// reader's machine.
std::string csv_cell(std::string_view text);
// A row of such cells, with its line end (CR LF).
std::string csv_row(const std::vector<std::string>& cells);
// The text that csv_cell made such a cell of, for files that are written to be read again: without
// the apostrophe before what would run as a formula.
std::string_view csv_text(std::string_view cell);

}  // namespace tz
