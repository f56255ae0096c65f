// Endings are cut as long as there is one; characters are compared whole.
#include "ledger/unit_stem.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace tz::ledger {
namespace {

// The first that fits is cut, so a longer one stands before the shorter one that it ends with.
constexpr std::array<std::string_view, 9> kCountyEndings = {
    "自治县", "自治旗", "林区", "特区", "地区", "区", "县", "市", "旗"};
constexpr std::array<std::string_view, 11> kTownshipEndings = {
    "街道办事处", "办事处", "街道",       "民族乡", "族乡", "镇",
    "乡",         "苏木",   "管理委员会", "管委会", "地区"};
constexpr std::array<std::string_view, 11> kVillageEndings = {
    "村民委员会", "村委会", "居民委员会", "居委会", "社区",  "行政村",
    "村",         "嘎查",   "委会",       "居民会", "委员会"};

std::span<const std::string_view> endings_of(UnitKind kind) {
  if (kind == UnitKind::County) return kCountyEndings;
  if (kind == UnitKind::Township) return kTownshipEndings;
  if (kind == UnitKind::Village) return kVillageEndings;
  return {};
}

std::vector<char32_t> characters(std::string_view utf8) {
  std::vector<char32_t> out;
  for (const char byte : utf8) {
    const auto bits = static_cast<unsigned char>(byte);
    if ((bits & 0xC0U) != 0x80U) out.push_back(0);
    if (!out.empty()) out.back() = out.back() << 8U | bits;
  }
  return out;
}

}  // namespace

std::string_view unit_stem(UnitKind kind, std::string_view name, std::string_view parent_name) {
  const std::span<const std::string_view> endings = endings_of(kind);
  if (endings.empty()) return name;
  const std::size_t at = parent_name.empty() ? std::string_view::npos : name.rfind(parent_name);
  // One character more than the parent's name may well be the ending of its name.
  if (at != std::string_view::npos && characters(name.substr(at + parent_name.size())).size() >= 2)
    name.remove_prefix(at + parent_name.size());
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view ending : endings) {
      if (name.size() <= ending.size() || !name.ends_with(ending)) continue;
      name.remove_suffix(ending.size());
      cut = true;
      break;
    }
  }
  return name;
}

bool alike(std::string_view stem, std::string_view other) {
  const std::vector<char32_t> a = characters(stem);
  const std::vector<char32_t> b = characters(other);
  // The longest common subsequence, a row at a time.
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const char32_t one : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j < row.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = one == b[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
      diagonal = above;
    }
  }
  return 2 * row.back() >= std::min(a.size(), b.size());
}

}  // namespace tz::ledger
