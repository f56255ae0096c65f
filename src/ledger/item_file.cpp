// Reading rows into commands, and asking the rules about each.
#include "ledger/item_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/csv.h"
#include "ledger/allowed.h"
#include "ledger/decide.h"
#include "ledger/finding.h"

namespace tz::ledger {
namespace {

bool means(const ItemFileWord& word, std::string_view text) {
  return text == word.id || text == word.zh || text == word.en;
}

// Without the blanks that spreadsheets and copying leave around a word.
std::string_view trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 6> kBlanks = {" ", "\t", "\r", "\n", "　", "\u00a0"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      while (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      }
      while (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

bool blank(const TableRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return trimmed(cell).empty(); });
}

struct Header {
  std::map<std::string_view, std::size_t> columns;  // id -> index of the cell
  std::size_t width = 0;
};

Header read_header(const TableRow& row, std::vector<CellFault>& faults) {
  Header header;
  header.width = row.cells.size();
  while (header.width > 0 && trimmed(row.cells[header.width - 1]).empty()) --header.width;
  for (std::size_t i = 0; i < header.width; ++i) {
    const std::string name(trimmed(row.cells[i]));
    const auto columns = item_file_columns();
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& column) { return means(column.word, name); });
    if (name.empty())
      faults.push_back({row.line, i, refusal("column_unnamed", {{"column", column_letters(i)}})});
    else if (found == columns.end())
      faults.push_back({row.line, i, refusal("column_unknown", {{"column", name}})});
    else if (!header.columns.emplace(found->word.id, i).second)
      faults.push_back({row.line, i, refusal("column_twice", {{"column", name}})});
  }
  for (const ItemFileColumn& column : item_file_columns())
    if (column.needed && !header.columns.contains(column.word.id))
      faults.push_back({row.line, std::nullopt,
                        refusal("column_missing", {{"column", std::string(column.word.zh) + " / " +
                                                                  std::string(column.word.en)}})});
  return header;
}

// A day as people write it, made into one as parse_day reads it: parts of digits between - / . or
// 年 月 日. What is no such day is left as it is, for parse_day to refuse.
std::string day_text(std::string_view text) {
  std::array<unsigned, 3> parts{};
  constexpr std::array<std::array<std::string_view, 4>, 3> kAfter = {
      {{"-", "/", ".", "年"}, {"-", "/", ".", "月"}, {"", "", "", "日"}}};
  std::string_view rest = text;
  std::optional<std::size_t> manner;  // which of the four
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), parts[i]);
    if (fault != std::errc{} || end - rest.data() > 4) return std::string(text);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    for (std::size_t way = 0; way < 4 && !manner; ++way)
      if (rest.starts_with(kAfter[i][way])) manner = way;
    if (!manner || !rest.starts_with(kAfter[i][*manner])) return std::string(text);
    rest.remove_prefix(kAfter[i][*manner].size());
  }
  if (!rest.empty()) return std::string(text);
  const auto padded = [](unsigned number, std::size_t digits) {
    std::string out = std::to_string(number);
    return out.size() < digits ? std::string(digits - out.size(), '0') + out : out;
  };
  return padded(parts[0], 4) + "-" + padded(parts[1], 2) + "-" + padded(parts[2], 2);
}

// The units of a cell, without the blanks around each.
std::vector<std::string_view> parted(std::string_view text) {
  constexpr std::array<std::string_view, 4> kBetween = {";", "；", "、", "\n"};
  std::vector<std::string_view> out;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t width = 0;
    for (const std::string_view between : kBetween)
      if (const std::size_t at = text.find(between); at < end) {
        end = at;
        width = between.size();
      }
    if (const auto part = trimmed(text.substr(0, end)); !part.empty()) out.push_back(part);
    text.remove_prefix(end + width);
  }
  return out;
}

// The column that a refusal of decide is about.
std::string_view column_of(const Error& error) {
  constexpr std::array<std::array<std::string_view, 2>, 13> kColumnsOf = {
      {{"source_unknown", "source"},
       {"category_unknown", "category"},
       {"feedback_in_future", "feedback"},
       {"occurred_in_future", "occurred"},
       {"not_permitted", "unit"},
       {"programme_unknown", "special"},
       {"requirement_unknown", "special"},
       {"requirement_not_special", "special"},
       {"special_not_asked", "special"},
       {"special_of_persons", "special"},
       {"scheme_unknown", "scheme"},
       {"register_closed", "scheme"},
       {"unit_outside_scheme", "unit"}}};
  for (const auto& [code, column] : kColumnsOf)
    if (error.code == code) return column;
  for (const auto& [name, value] : error.facts)
    if (name == "field")
      for (const ItemFileColumn& column : item_file_columns())
        if (column.word.id == value) return column.word.id;
  if (error.code == "unit_ended") return "unit";
  return {};
}

class RowReader {
 public:
  RowReader(const State& state, const ItemFileRequest& request, const Header& header)
      : state_(state), request_(request), header_(header) {
    if (const auto flow = state.flow_of(request.kind)) flow_ = state.flows[*flow].get();
  }

  // The item, where the row adds no fault.
  std::optional<OpenItem> read(const TableRow& row, std::vector<CellFault>& faults) {
    row_ = &row;
    found_.clear();
    OpenItem item;
    if (!right_width()) {
      faults.insert(faults.end(), found_.begin(), found_.end());
      return std::nullopt;
    }
    item.kind = request_.kind;
    item.import = request_.import;
    item.title = cell("title");
    item.description = cell("description");
    item.source = chosen("source");
    item.source_doc = given(cell("source_doc"));
    item.batch = given(std::string(trimmed(cell("batch"))));
    item.feedback = day("feedback");
    item.category = given(chosen("category"));
    item.nature = named("nature", &nature_named);
    item.severity = named("severity", &severity_named);
    item.remark = given(cell("remark"));
    item.fix_class = chosen("fix_class");
    item.place = unit(std::string(trimmed(cell("unit"))));
    item.due = day("due");
    item.occurred = day("occurred");
    item.target = given(cell("target"));
    item.key_measures = given(cell("key_measures"));
    item.scheme = given(chosen("scheme"));
    take_bodies(item);
    take_special(item);
    take_upstream_no(item);
    ask_the_rules(item);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const CellFault& a, const CellFault& b) { return a.column < b.column; });
    faults.insert(faults.end(), found_.begin(), found_.end());
    if (!found_.empty()) return std::nullopt;
    return item;
  }

 private:
  std::string cell(std::string_view column) const {
    const auto found = header_.columns.find(column);
    return found == header_.columns.end() ? std::string() : row_->cells[found->second];
  }
  void note(std::string_view column, Error error) {
    const auto found = header_.columns.find(column);
    std::optional<std::size_t> at;
    if (found != header_.columns.end()) at = found->second;
    found_.push_back({row_->line, at, std::move(error)});
  }

  bool right_width() {
    const std::vector<std::string>& cells = row_->cells;
    std::size_t extra = header_.width;
    while (extra < cells.size() && trimmed(cells[extra]).empty()) ++extra;
    if (cells.size() >= header_.width && extra >= cells.size()) return true;
    std::optional<std::size_t> at;
    if (extra < cells.size()) at = extra;
    found_.push_back({row_->line, at,
                      refusal("column_count", {{"expected", std::to_string(header_.width)},
                                               {"found", std::to_string(cells.size())}})});
    return false;
  }

  // The id of what is chosen in that column; what is none of the choices as it is written.
  std::string chosen(std::string_view column) const {
    const std::string written = cell(column);
    const std::string_view text = trimmed(written);
    if (flow_ != nullptr && !text.empty())
      for (const ItemFileWord& word : item_file_choices(state_, *flow_, column))
        if (means(word, text)) return std::string(word.id);
    return std::string(text);
  }
  static std::optional<std::string> given(std::string text) {
    return trimmed(text).empty() ? std::nullopt : std::optional<std::string>(std::move(text));
  }
  template <class Enum>
  std::optional<Enum> named(std::string_view column,
                            std::optional<Enum> (*name)(std::string_view)) {
    const std::string text = chosen(column);
    const auto value = name(text);
    if (!value && !text.empty())
      note(column, with_choices(refusal("field_bad", {{"field", std::string(column)}}), column));
    return value;
  }

  // With the fact `allowed`: the words that the column's drop-down offers, where it has one.
  Error with_choices(Error error, std::string_view column) const {
    if (flow_ == nullptr || !request_.words_in)
      return with_allowed(std::move(error), state_, request_.kind);
    std::string list;
    for (const ItemFileWord& word : item_file_choices(state_, *flow_, column)) {
      const bool english = *request_.words_in == Language::English;
      if (!list.empty()) list += english ? ", " : "、";
      const std::string_view named = english ? word.en : word.zh;
      list += named.empty() ? word.id : named;
    }
    if (!list.empty()) error.facts.emplace_back("allowed", std::move(list));
    return error;
  }

  // "CODE", or "CODE name".
  std::optional<UnitId> unit_in(std::string_view column, std::string_view text) {
    auto found = state_.tree->find(text);
    if (!found) found = state_.tree->find(text.substr(0, text.find(' ')));
    if (!found)
      note(column, refusal("unit_unknown", {{"unit", std::string(beginning_of(text, 80))}}));
    return found;
  }

  UnitId unit(const std::string& text) {
    if (text.empty()) return request_.into;
    const auto found = unit_in("unit", text);
    if (!found) return request_.into;
    if (state_.tree->within(*found, request_.into)) return *found;
    note("unit",
         refusal("unit_outside", {{"unit", std::string(state_.tree->code(*found))},
                                  {"into", std::string(state_.tree->code(request_.into))}}));
    return request_.into;
  }

  std::optional<Day> day(std::string_view column) {
    const std::string written = cell(column);
    const std::string_view text = trimmed(written);
    if (text.empty()) return std::nullopt;
    const Result<Day> read = parse_day(day_text(text));
    if (read.ok()) return *read;
    note(column, refusal("bad_day", {{"text", std::string(beginning_of(text, 40))}}));
    return day_of(request_.now, state_.zone);  // given, though not well
  }

  // Who is to fix it, and who is to accept it.
  void take_bodies(OpenItem& item) {
    const std::string implementing = cell("implementing");
    for (const std::string_view text : parted(implementing)) {
      const auto found = unit_in("implementing", text);
      if (found && std::find(item.implementing.begin(), item.implementing.end(), *found) ==
                       item.implementing.end())
        item.implementing.push_back(*found);
    }
    const std::string accepting = cell("accepting");
    if (!trimmed(accepting).empty()) item.accepting = unit_in("accepting", trimmed(accepting));
  }

  void take_special(OpenItem& item) {
    const std::string text = chosen("special");
    if (text.empty()) return;
    item.special = special_named(text);
    if (!item.special)
      note("special", with_choices(refusal("field_bad", {{"field", "special"}}), "special"));
  }

  void take_upstream_no(OpenItem& item) {
    const std::string number(trimmed(cell("upstream_no")));
    if (number.empty()) return;
    item.upstream_no = number;
    const UpstreamNumber upstream{item.source, item.batch.value_or(""), number};
    const auto [earlier, first] = upstream_lines_.emplace(upstream, row_->line);
    if (!first)
      note("upstream_no",
           refusal("upstream_no_twice",
                   {{"upstream_no", number}, {"line", std::to_string(earlier->second)}}));
    if (!request_.known || flow_ == nullptr || !flow_->finds(item.source)) return;
    if (const auto known = request_.known(upstream))
      note("upstream_no",
           refusal("upstream_no_known", {{"upstream_no", number}, {"item", to_text(*known)}}));
  }

  // Whether it is told already that something is wrong in that column, or that it is missing.
  [[nodiscard]] bool noted(std::string_view column) const {
    const auto at = header_.columns.find(column);
    return std::any_of(found_.begin(), found_.end(), [&](const CellFault& fault) {
      if (at != header_.columns.end()) return fault.column == at->second;
      return !fault.column && column_of(fault.error) == column;
    });
  }

  // A source of which nothing more is asked; none: there is no such source.
  [[nodiscard]] std::optional<std::string> plain_source() const {
    if (flow_ == nullptr) return std::nullopt;
    for (const std::string& source : flow_->sources)
      if (!flow_->finds(source)) return source;
    return std::nullopt;
  }

  // All that is missing of a finding at once; the rest is asked as if it were none.
  void ask_for_finding(OpenItem& item) {
    if (flow_ == nullptr) return;
    for (const std::string& field : missing_of_finding(*flow_, item))
      if (!noted(field)) note(field, refusal("field_required", {{"field", field}}));
    if (const auto plain = plain_source(); plain && flow_->finds(item.source)) item.source = *plain;
  }

  // decide names one fault; what it names is taken out of its sight, and it is asked again.
  void ask_the_rules(OpenItem item) {
    ask_for_finding(item);
    const Circumstances at{state_, [](ItemNo) { return nullptr; }, request_.actor, request_.now};
    for (std::size_t i = 0; i < item_file_columns().size(); ++i) {
      const auto decided = decide(at, item);
      if (decided.ok()) return;
      const std::string_view column = column_of(decided.error());
      // A finding that can be asked about as nothing else lacks it still.
      if (decided.error().code == "field_required" && noted(column)) return;
      note(column, with_choices(decided.error(), column));
      if (column == "title")
        item.title = "-";
      else if (column == "description")
        item.description = "-";
      else if (column == "source" && flow_ != nullptr)
        item.source = plain_source().value_or(flow_->sources.front());
      else if (column == "fix_class")
        item.fix_class = "by_date";
      else if (column == "upstream_no")
        item.upstream_no = "-";
      else if (column == "source_doc")
        item.source_doc = "-";
      else if (column == "remark")
        item.remark = "-";
      else if (column == "category")
        item.category.reset();
      else if (column == "due")
        item.due = day_of(request_.now, state_.zone);
      else if (column == "occurred")
        item.occurred.reset();
      else if (!forget(item, column))
        return;
    }
  }

  // Of what only findings have; false for any other column.
  static bool forget(OpenItem& item, std::string_view column) {
    if (column == "batch")
      item.batch.reset();
    else if (column == "feedback")
      item.feedback.reset();
    else if (column == "target")
      item.target.reset();
    else if (column == "key_measures")
      item.key_measures.reset();
    else if (column == "implementing")
      item.implementing.clear();
    else if (column == "accepting")
      item.accepting.reset();
    else if (column == "special")
      item.special.reset();
    else if (column == "scheme")
      item.scheme.reset();
    else
      return false;
    return true;
  }

  const State& state_;
  const ItemFileRequest& request_;
  const Header& header_;
  const Flow* flow_ = nullptr;
  const TableRow* row_ = nullptr;
  std::vector<CellFault> found_;  // in the row
  std::map<UpstreamNumber, std::size_t> upstream_lines_;
};

}  // namespace

Result<ItemFile> read_item_file(const Table& table, const State& state,
                                const ItemFileRequest& request) {
  if (table.empty()) return refusal("column_missing", {{"column", "标题 / Title"}});
  ItemFile out;
  const Header header = read_header(table[0], out.faults);
  const auto columns = item_file_columns();
  const bool whole = std::all_of(columns.begin(), columns.end(), [&](const ItemFileColumn& column) {
    return !column.needed || header.columns.contains(column.word.id);
  });
  RowReader reader(state, request, header);
  for (std::size_t i = 1; i < table.size(); ++i) {
    if (blank(table[i])) continue;
    ++out.row_count;
    if (!whole) continue;
    if (auto item = reader.read(table[i], out.faults)) out.items.push_back(*std::move(item));
  }
  return out;
}

}  // namespace tz::ledger
