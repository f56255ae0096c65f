// What was held within a programme: meetings, readings, visits. Each is recorded once, for however
// many units took part, and counts towards no requirement and no rate.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/item_no.h"
#include "ledger/kept_list.h"
#include "ledger/org_tree.h"
#include "ledger/phase.h"

namespace tz::ledger {

enum class ActivitySort : std::uint8_t {
  Meeting,
  Reading,
  Speech,
  Training,
  Mobilisation,
  Visit,
  Other,
};
constexpr std::size_t kActivitySortCount = 7;
std::string_view to_text(ActivitySort sort);
std::optional<ActivitySort> activity_sort_named(std::string_view name);

struct Activity {
  std::uint16_t programme = 0;  // index into State::programmes
  std::optional<std::string> requirement;
  ActivitySort sort = ActivitySort::Meeting;
  Day day;
  std::vector<UnitId> units;  // that took part
  std::optional<std::int64_t> people;
  Qualifier qualifier = Qualifier::Exact;  // of how many people
  std::vector<ItemNo> items;               // that were opened of what it found
};

// By sort: how many were held, each once however many of the units took part, and how often a unit
// took part.
struct ActivityCounts {
  std::array<std::uint32_t, kActivitySortCount> held{};
  std::array<std::uint32_t, kActivitySortCount> taken_part{};
  friend bool operator==(const ActivityCounts&, const ActivityCounts&) = default;
};

// In the order of recording. Value type: a copy shares what neither has added to since.
class Activities {
 public:
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] const Activity& at(std::size_t index) const { return all_.at(index); }
  void add(Activity activity) { all_.add(std::move(activity)); }

  // Which of a programme's, and of which units, given as positions of that tree; null: all days.
  struct Question {
    std::uint16_t programme = 0;
    const OrgTree* tree = nullptr;
    std::span<const Interval> positions;
    std::optional<Day> month;  // its first day
  };
  // Looks at each activity. Takes about a millisecond for 100,000.
  [[nodiscard]] ActivityCounts counts(const Question& question) const;
  // How many of its units the question is about; 0: it is about none, or another programme.
  static std::uint32_t units_asked(const Activity& activity, const Question& question);

 private:
  KeptList<Activity> all_;
};

}  // namespace tz::ledger
