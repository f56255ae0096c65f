// Who is told of what was done about an item, and of what no more than that: a code, a last day,
// whether it is urgent.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/decide.h"

namespace tz::ledger {

// What somebody is told. Sorted by how much it says: of one command the first that fits is told,
// and to whom it gives a part, that.
enum class Tells : std::uint8_t {
  Reopened,        // work begins again
  Returned,        // what was reported done was sent back
  Assigned,        // it is the unit's to fix
  Objection,       // a unit says that it is not its business
  ExtensionAsked,  // a unit asks for more time
  ToCheck,         // close-out was asked for: a review or a check waits
  ToClose,         // what was checked waits for the next decision
  Received,        // a report came in
  Answered,        // the reporter answered a question
  ToApprove,       // an abstract waits for a second person
  ToAgree,         // somebody asks for the opening of an identity
  DeadlineMoved,   // there is more time
  PartGiven,       // a part of it is the unit's
  Listed,          // a limit is over for long: the last of what follows it (domain rules 5)
  Interviewed,
  Circulated,
  Supervised,
  Reminded,  // a limit ends soon
  // Of posts, and of no item.
  HandoverAsked,      // somebody's open work is to become one's own
  HandoverConfirmed,  // one's open work went over
  HandoverDeclined,
};
std::string_view to_text(Tells what);  // "to_check"

struct Told {
  Tells what = Tells::Assigned;
  AccountId account;
  UnitId unit;                  // of the post by which he is told: whose burden it is
  std::optional<Day> last_day;  // the next one that the item runs up against
  bool urgent = false;
  friend bool operator==(const Told&, const Told&) = default;
};

// The posts held on a day, by unit: made once for many questions.
class PostsByUnit {
 public:
  PostsByUnit(const State& state, Day day);
  [[nodiscard]] std::vector<Post> of(UnitId unit) const;

 private:
  const State& state_;
  std::vector<std::pair<UnitId, std::uint32_t>> held_;  // indexes into State::posts, by unit
};

// The next day that somebody has to keep: the deadline, or the end of a clock that runs. None of an
// item that is closed or left the list.
std::optional<Day> next_last_day(const Item& item, const State& state);

// The one that somebody has to keep: of whose unit only a part is, that part's date.
std::optional<Day> last_day_for(const Item& item, const State& state, AccountId account, Day today);

// Whether an event like this tells anybody anything, whatever the item: cheap, so that most records
// are passed over without it.
bool may_tell(const Event& event);

// Whom to tell of what one command did to an item, as the item stands now: by its events in order,
// and who did it. Nobody where the item has moved on since, or is staged; never the one who did it,
// nor anybody who may not read the item. Each account at most once.
struct Happened {
  std::span<const Event* const> events;
  std::optional<AccountId> actor;  // none: the program, or a reporter
};
std::vector<Told> told_of(const State& state, const PostsByUnit& posts, const Item& item,
                          const Happened& happened, Instant now);

// Whom to tell of what one command did to a handover: to whom the work is proposed, and how that
// ended whose work it was. Nothing of other events; never the one who did it.
std::vector<Told> told_of_handover(const State& state, const Event& event,
                                   std::optional<AccountId> actor);

}  // namespace tz::ledger
