// Rows and cells out of comma-separated text, and one cell back into it.
#include "base/csv.h"

#include <algorithm>
#include <array>

namespace tz {
namespace {

constexpr std::string_view kBom = "\xef\xbb\xbf";

bool plain_number(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.,") == std::string_view::npos;
}

bool begins_a_formula(std::string_view text) {
  constexpr std::array<std::string_view, 11> kBeginnings = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                            "\n", "＝", "＋", "－", "＠"};
  return !plain_number(text) &&
         std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return text.starts_with(beginning); });
}

}  // namespace

CsvReader::CsvReader(std::string_view utf8, CsvLimits limits) : text_(utf8), limits_(limits) {
  if (text_.substr(0, kBom.size()) == kBom) at_ = kBom.size();
}

Error CsvReader::malformed(const char* why, std::size_t line) const {
  return refusal("csv_malformed", {{"line", std::to_string(line)}, {"why", why}});
}

// Steps over one LF, CR LF or CR.
bool CsvReader::skip_line_end() {
  if (at_ == text_.size() || (text_[at_] != '\n' && text_[at_] != '\r')) return false;
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
  return true;
}

Result<bool> CsvReader::next(TableRow& row) {
  if (text_.size() > limits_.bytes_max)
    return refusal("csv_too_large", {{"bytes", std::to_string(text_.size())},
                                     {"bytes_max", std::to_string(limits_.bytes_max)}});
  while (skip_line_end()) {
  }
  if (at_ == text_.size()) return false;
  row.line = line_;
  std::size_t count = 0;
  Ended ended = Ended::Cell;
  while (ended == Ended::Cell) {
    if (count == limits_.cells_max) return malformed("cells", row.line);
    if (count == row.cells.size()) row.cells.emplace_back();
    row.cells[count].clear();
    ended = TZ_TRY(read_cell(row.cells[count]));
    ++count;
  }
  row.cells.resize(count);
  return true;
}

Result<CsvReader::Ended> CsvReader::read_cell(std::string& cell) {
  if (at_ < text_.size() && text_[at_] == '"') return read_quoted(cell);
  const std::size_t begin = at_;
  at_ = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
  cell.assign(text_, begin, at_ - begin);
  return end_of_cell(cell.size());
}

Result<CsvReader::Ended> CsvReader::read_quoted(std::string& cell) {
  const std::size_t opened = line_;
  ++at_;
  while (true) {
    const std::size_t begin = at_;
    at_ = text_.find('"', at_);
    if (at_ == std::string_view::npos) return malformed("quote", opened);
    cell.append(text_, begin, at_ - begin);
    if (cell.size() > limits_.cell_bytes_max) return malformed("cell_size", opened);
    ++at_;
    if (at_ == text_.size() || text_[at_] != '"') break;
    cell += '"';
    ++at_;
  }
  // The lines that the cell itself spans; a CR LF is one end of line.
  for (std::size_t i = 0; i < cell.size(); ++i)
    if (cell[i] == '\n' || (cell[i] == '\r' && (i + 1 == cell.size() || cell[i + 1] != '\n')))
      ++line_;
  return end_of_cell(cell.size());
}

// Steps over what ends a cell; anything else there is a quote in the wrong place.
Result<CsvReader::Ended> CsvReader::end_of_cell(std::size_t cell_bytes) {
  if (cell_bytes > limits_.cell_bytes_max) return malformed("cell_size", line_);
  if (at_ == text_.size()) return Ended::Text;
  if (text_[at_] == ',') {
    ++at_;
    return Ended::Cell;
  }
  if (skip_line_end()) return Ended::Row;
  return malformed("quote", line_);
}

Result<Table> parse_csv(std::string_view utf8, CsvLimits limits) {
  CsvReader reader(utf8, limits);
  Table rows;
  TableRow row;
  while (TZ_TRY(reader.next(row))) rows.push_back(row);
  return rows;
}

std::string_view csv_text(std::string_view cell) {
  const bool guarded = cell.starts_with('\'') && begins_a_formula(cell.substr(1));
  return guarded ? cell.substr(1) : cell;
}

std::string csv_cell(std::string_view text) {
  std::string plain = begins_a_formula(text) ? "'" : "";
  plain += text;
  const bool outer_space = !plain.empty() && (plain.front() == ' ' || plain.back() == ' ');
  if (!outer_space && plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char c : plain) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    out += csv_cell(cells[i]);
  }
  return out += "\r\n";
}

}  // namespace tz
