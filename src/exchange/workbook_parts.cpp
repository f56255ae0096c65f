// Relationships, the workbook's list of sheets, shared strings and styles.
#include "exchange/workbook_parts.h"

#include <charconv>

#include "exchange/xml_part.h"

namespace tz::exchange {
namespace {

constexpr std::size_t kRelationshipsMax = 10'000;
constexpr std::size_t kSheetsMax = 1'000;
constexpr std::size_t kStylesMax = 70'000;
constexpr std::size_t kFormatsMax = 10'000;

struct Relationship {
  std::string type;    // what follows the last slash of its URI
  std::string target;  // a part's name, resolved
};
using Relationships = std::map<std::string, Relationship, std::less<>>;  // by id

std::string_view folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
}

// A target as written in the relationships of a part in `folder`; none for what leads outside.
std::optional<std::string> resolved(std::string_view folder, std::string_view target) {
  std::string path = target.starts_with('/') ? std::string(target.substr(1))
                                             : std::string(folder) + std::string(target);
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string piece = path.substr(at, end - at);
    at = end + 1;
    if (piece.empty() || piece == ".") continue;
    if (piece != "..") {
      pieces.push_back(piece);
    } else if (pieces.empty()) {
      return std::nullopt;
    } else {
      pieces.pop_back();
    }
  }
  std::string out;
  for (const std::string& piece : pieces) out += (out.empty() ? "" : "/") + piece;
  return out;
}

unsigned number_of(std::optional<std::string_view> text, unsigned otherwise) {
  unsigned out = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

bool yes(std::optional<std::string_view> text) { return text && (*text == "1" || *text == "true"); }

class RelationshipReader final : public PartReader {
 public:
  explicit RelationshipReader(std::string_view folder) : folder_(folder) {}

  Outcome begin(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship" || attributes.find("TargetMode") == "External") return Done{};
    if (found.size() == kRelationshipsMax) return too_large("relationships", kRelationshipsMax);
    const auto id = attributes.find("Id");
    const auto type = attributes.find("Type");
    const auto target = attributes.find("Target");
    if (!id || !type || !target) return Done{};
    if (auto part = resolved(folder_, *target))
      found.emplace(*id, Relationship{std::string(type->substr(type->rfind('/') + 1)), *part});
    return Done{};
  }
  Outcome end(std::string_view) override { return Done{}; }
  Outcome text(std::string_view) override { return Done{}; }

  Relationships found;

 private:
  std::string folder_;
};

class SheetListReader final : public PartReader {
 public:
  explicit SheetListReader(const Relationships& related) : related_(related) {}

  Outcome begin(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr" && yes(attributes.find("date1904"))) dates = DateSystem::From1904;
    if (name != "sheet") return Done{};
    if (++count_ > kSheetsMax) return too_large("sheets", kSheetsMax);
    const auto state = attributes.find("state");
    const bool visible = !state || *state == "visible";
    const auto related = related_.find(attributes.find("id").value_or(""));
    const bool a_table = related != related_.end() && related->second.type == "worksheet";
    if (visible && a_table && first.empty()) first = related->second.target;
    return Done{};
  }
  Outcome end(std::string_view) override { return Done{}; }
  Outcome text(std::string_view) override { return Done{}; }

  std::string first;
  DateSystem dates = DateSystem::From1900;

 private:
  const Relationships& related_;
  std::size_t count_ = 0;
};

class StringsReader final : public PartReader {
 public:
  explicit StringsReader(const XlsxLimits& limits) : limits_(limits) {}

  Outcome begin(std::string_view name, const Attributes&) override {
    if (name == "si") current_.clear();
    if (name == "rPh") in_phonetic_ = true;  // how it is pronounced is no part of it
    if (name == "t") in_text_ = !in_phonetic_;
    return Done{};
  }
  Outcome end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") in_phonetic_ = false;
    if (name != "si") return Done{};
    if (found.size() == limits_.strings_max) return too_large("strings", limits_.strings_max);
    found.add(plain_text(current_));
    if (found.bytes() > limits_.table.text_bytes_max)
      return too_large("text_bytes", limits_.table.text_bytes_max);
    return Done{};
  }
  Outcome text(std::string_view text) override {
    if (in_text_) current_ += text;
    if (current_.size() > limits_.table.cell_bytes_max)
      return too_large("cell_bytes", limits_.table.cell_bytes_max);
    return Done{};
  }

  SharedStrings found;

 private:
  const XlsxLimits& limits_;
  std::string current_;
  bool in_text_ = false;
  bool in_phonetic_ = false;
};

class StylesReader final : public PartReader {
 public:
  Outcome begin(std::string_view name, const Attributes& attributes) override {
    if (name == "numFmts") in_formats_ = true;
    if (name == "cellXfs") in_styles_ = true;
    if (name == "numFmt" && in_formats_) {
      if (formats_.size() == kFormatsMax) return too_large("formats", kFormatsMax);
      formats_[number_of(attributes.find("numFmtId"), 0)] =
          shows_day(attributes.find("formatCode").value_or(""));
    }
    if (name == "xf" && in_styles_) {
      if (ids_.size() == kStylesMax) return too_large("styles", kStylesMax);
      ids_.push_back(number_of(attributes.find("numFmtId"), 0));
    }
    return Done{};
  }
  Outcome end(std::string_view name) override {
    if (name == "numFmts") in_formats_ = false;
    if (name == "cellXfs") in_styles_ = false;
    return Done{};
  }
  Outcome text(std::string_view) override { return Done{}; }

  [[nodiscard]] DayStyles found() const {
    DayStyles out;
    for (const unsigned id : ids_) {
      const auto own = formats_.find(id);
      out.push_back(own == formats_.end() ? builtin_shows_day(id) : own->second);
    }
    return out;
  }

 private:
  std::map<unsigned, bool> formats_;
  std::vector<unsigned> ids_;
  bool in_formats_ = false;
  bool in_styles_ = false;
};

Result<Relationships> relationships_of(Archive& archive, const std::string& part,
                                       const XlsxLimits& limits) {
  const std::string_view folder = folder_of(part);
  RelationshipReader reader(folder);
  TZ_TRY(read_part(archive, std::string(folder) + "_rels/" + part.substr(folder.size()) + ".rels",
                   limits, reader));
  return std::move(reader.found);
}

std::optional<std::string> part_of_type(const Relationships& related, std::string_view type) {
  for (const auto& [id, one] : related)
    if (one.type == type) return one.target;
  return std::nullopt;
}

// The unit of UTF-16 that "_x1F3a_" stands for.
std::optional<unsigned> escaped_unit(std::string_view text) {
  constexpr std::size_t kEscapeBytes = 7;
  if (text.size() < kEscapeBytes || !text.starts_with("_x") || text[6] != '_') return std::nullopt;
  unsigned unit = 0;
  const auto [end, fault] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (fault != std::errc{} || end != text.data() + 6) return std::nullopt;
  return unit;
}

void append_character(unsigned character, std::string& out) {
  if (character < 0x80) {
    out += static_cast<char>(character);
  } else if (character < 0x800) {
    out += static_cast<char>(0xc0 | character >> 6);
    out += static_cast<char>(0x80 | (character & 0x3f));
  } else {
    out += static_cast<char>(0xe0 | character >> 12);
    out += static_cast<char>(0x80 | (character >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (character & 0x3f));
  }
}

}  // namespace

Result<WorkbookMap> map_workbook(Archive& archive, const XlsxLimits& limits) {
  const Relationships root = TZ_TRY(relationships_of(archive, "", limits));
  const auto workbook = part_of_type(root, "officeDocument");
  if (!workbook) return damaged("_rels/.rels", "officeDocument");
  const Relationships related = TZ_TRY(relationships_of(archive, *workbook, limits));
  SheetListReader sheets(related);
  TZ_TRY(read_part(archive, *workbook, limits, sheets));
  if (sheets.first.empty() || !archive.has(sheets.first)) return refusal("xlsx_sheet_missing");
  WorkbookMap out;
  out.sheet = sheets.first;
  out.strings = part_of_type(related, "sharedStrings");
  out.styles = part_of_type(related, "styles");
  out.dates = sheets.dates;
  return out;
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::size_t from = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(text_).substr(from, ends_[index] - from);
}

void SharedStrings::add(std::string_view text) {
  text_ += text;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

Result<SharedStrings> read_strings(Archive& archive, const std::string& part,
                                   const XlsxLimits& limits) {
  StringsReader reader(limits);
  TZ_TRY(read_part(archive, part, limits, reader));
  return std::move(reader.found);
}

Result<DayStyles> read_styles(Archive& archive, const std::string& part, const XlsxLimits& limits) {
  StylesReader reader;
  TZ_TRY(read_part(archive, part, limits, reader));
  return reader.found();
}

std::string plain_text(std::string_view text) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto unit = escaped_unit(text);
    const unsigned character = unit.value_or(static_cast<unsigned char>(text[0]));
    text.remove_prefix(unit ? 7 : 1);
    if (character == '\r') continue;  // line ends are LF here
    const bool control = (character < 0x20 && character != '\t' && character != '\n');
    const bool half = unit && ((character >= 0xd800 && character < 0xe000) || character >= 0xfffe);
    if (control || half)
      out += kReplacement;
    else if (unit)
      append_character(character, out);
    else
      out += static_cast<char>(character);
  }
  return out;
}

}  // namespace tz::exchange
