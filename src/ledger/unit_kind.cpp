// The names of unit kinds and lines, and what a code and a name of a unit may be.
#include <algorithm>
#include <array>

#include "base/error.h"
#include "ledger/org_tree.h"

namespace tz::ledger {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 14> kUnitKindNames = {
    "nation",        "province", "prefecture", "county",     "township",   "village",      "group",
    "neighbourhood", "agency",   "branch",     "enterprise", "university", "organisation", "area"};

constexpr std::array<std::string_view, 3> kLineKindNames = {"business", "vertical", "area"};

bool code_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

// U+0000 to U+001F, U+007F to U+009F, and U+2028 and U+2029, which end a line as well.
bool holds_control_character(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < name.size() && static_cast<unsigned char>(name[i + 1]) < 0xa0)
      return true;
  }
  return name.find("\u2028") != std::string_view::npos ||
         name.find("\u2029") != std::string_view::npos;
}

}  // namespace

std::string_view to_text(UnitKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  TZ_ASSERT(index < kUnitKindNames.size());
  return kUnitKindNames[index];
}

std::optional<UnitKind> unit_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kUnitKindNames.size(); ++i)
    if (kUnitKindNames[i] == name) return static_cast<UnitKind>(i);
  return std::nullopt;
}

std::string_view to_text(LineKind line) {
  const auto index = static_cast<std::size_t>(line);
  TZ_ASSERT(index < kLineKindNames.size());
  return kLineKindNames[index];
}

std::optional<LineKind> line_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kLineKindNames.size(); ++i)
    if (kLineKindNames[i] == name) return static_cast<LineKind>(i);
  return std::nullopt;
}

bool valid_unit_code(std::string_view code) {
  return !code.empty() && code.size() <= kUnitCodeBytesMax &&
         std::all_of(code.begin(), code.end(), code_character);
}

std::optional<NameFault> unit_name_fault(std::string_view name) {
  if (name.find_first_not_of(' ') == std::string_view::npos) return NameFault::Empty;
  const auto characters = std::count_if(name.begin(), name.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;  // not a continuation byte of UTF-8
  });
  if (static_cast<std::size_t>(characters) > kUnitNameCharactersMax) return NameFault::TooLong;
  if (holds_control_character(name)) return NameFault::ControlCharacter;
  return std::nullopt;
}

}  // namespace tz::ledger
