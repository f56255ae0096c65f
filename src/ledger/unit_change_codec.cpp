// There are hundreds of thousands of them, so each is as short as it can be.
#include "ledger/unit_change_codec.h"

#include <limits>

namespace tz::ledger {
namespace {

bool read_unit(const Json& in, UnitId& unit) {
  const std::int64_t* number = in.as_int();
  if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max())
    return false;
  unit = UnitId{static_cast<std::uint32_t>(*number)};
  return true;
}

}  // namespace

void write_change(std::string& out, const UnitChange& change) {
  out += '[' + std::to_string(change.unit.value) + ",\"";
  out += to_text(change.kind);
  out += '"';
  if (has_text(change.kind)) {
    out += ',';
    Json(change.text).dump_to(out);
  }
  if (has_other(change.kind)) out += ',' + std::to_string(change.other.value);
  out += ']';
}

bool read_change(const Json& in, UnitChange& change) {
  const JsonArray* cells = in.as_array();
  if (cells == nullptr || cells->size() < 2 || !read_unit((*cells)[0], change.unit) ||
      (*cells)[1].as_text() == nullptr)
    return false;
  const auto kind = change_kind_named(*(*cells)[1].as_text());
  if (!kind || cells->size() != (*kind == ChangeKind::Ended ? 2U : 3U)) return false;
  change.kind = *kind;
  if (has_other(*kind)) return read_unit((*cells)[2], change.other);
  if (!has_text(*kind)) return true;
  if ((*cells)[2].as_text() == nullptr) return false;
  change.text = *(*cells)[2].as_text();
  return true;
}

}  // namespace tz::ledger
