// A work group: who looks into which units and matters, for how long, and where it has been.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/item_no.h"
#include "ledger/kept_list.h"

namespace tz::ledger {

using WorkGroupId = Id<struct WorkGroupTag, std::uint64_t>;

// A requirement of an adopted programme, by the ids of both.
struct RequirementName {
  std::string programme;
  std::string requirement;
  friend bool operator==(const RequirementName&, const RequirementName&) = default;
};

enum class VisitSort : std::uint8_t {
  OnSite,       // announced
  Unannounced,  // 暗访
  Talk,         // with people of the unit
  Papers,       // asked for, wherever they were read
};
std::string_view to_text(VisitSort sort);  // "on_site"
std::optional<VisitSort> visit_sort_named(std::string_view name);

// What a group was at a unit for on a day, and what came of it.
struct Visit {
  Seq record;  // where its words are
  UnitId unit;
  Day day;
  VisitSort sort = VisitSort::OnSite;
  std::int64_t asked = 0;       // papers that the unit was asked for
  std::vector<ItemNo> opened;   // problems that the group listed
  std::vector<ItemNo> checked;  // items that it verified
};

struct WorkGroup {
  std::string name;             // public by nature, as a unit's
  Seq record;                   // of its mandate: why it overlaps is said there
  PostId issuer;                // in which post it was sent
  std::vector<PostId> members;  // as they are now
  std::vector<UnitId> units;    // or areas
  std::vector<std::string> kinds;
  std::vector<RequirementName> requirements;
  std::int64_t visits_max = 0;  // to one unit in one month
  Day from;
  Day to;  // the last day; before `from` where it was ended before it began
  std::vector<WorkGroupId> overlaps;
  KeptList<Visit> visits;  // in order of recording

  [[nodiscard]] bool in_force(Day day) const { return from <= day && day <= to; }
  [[nodiscard]] bool has(PostId post) const;
  [[nodiscard]] bool has_kind(std::string_view kind) const;
  [[nodiscard]] bool has_requirement(std::string_view programme,
                                     std::string_view requirement) const;
};

}  // namespace tz::ledger
