// The words of visits, and looking up in a mandate.
#include "ledger/work_group.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 4> kSorts = {"on_site", "unannounced", "talk", "papers"};

}  // namespace

std::string_view to_text(VisitSort sort) { return name_in(kSorts, sort); }
std::optional<VisitSort> visit_sort_named(std::string_view name) {
  return named_in<VisitSort>(kSorts, name);
}

bool WorkGroup::has(PostId post) const {
  return std::find(members.begin(), members.end(), post) != members.end();
}

bool WorkGroup::has_kind(std::string_view kind) const {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool WorkGroup::has_requirement(std::string_view programme, std::string_view requirement) const {
  return std::any_of(requirements.begin(), requirements.end(), [&](const RequirementName& one) {
    return one.programme == programme && one.requirement == requirement;
  });
}

}  // namespace tz::ledger
