// The policy as the test reads it: the file's own words, and every relation by the slowest
// definition.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/walked_town.h"

namespace tz::policy_test {

// What somebody is to be answered.
enum class Expected {
  Allowed,    // whatever else may be wrong with what he sends
  SignIn,     // 401
  Hidden,     // as if there were none: of an item, a post, an account
  Refused,    // no post of his may
  Recused,    // one might, but he took part in the fix, or his unit did
  Elsewhere,  // the step does not lead on from the item's state
  Absent      // a ledger like this one has no such route
};
std::string_view to_text(Expected expected);
// The same of what was answered; none of a code that says neither.
std::optional<Expected> read(const Answered& answer);

// One step of the flow file.
struct Step {
  std::string kind;
  std::string id;
  std::string act;
  std::vector<std::string> from;
  std::vector<std::string> who;  // "supervisor/scope"
  bool independent = false;      // the flow asks for it, whatever the row says
};
std::vector<Step> steps();

// The rights that stand in the file, and who may in words.
std::vector<std::string> rights();
std::string says(const std::string& right);

class Table {
 public:
  explicit Table(const ledger::OrgTree& tree) : tree_(tree) {}

  // About an item, whether the person's post stands over it; about nothing or a unit likewise.
  [[nodiscard]] bool holds(const std::string& right, const Person& person,
                           const Matter& matter) const;
  [[nodiscard]] bool holds(const std::string& right, const Person& person,
                           const std::string& unit) const;
  // Of the town's items, the numbers of those over which the person has the right.
  [[nodiscard]] std::set<std::string> numbers_by(const WalkedTown& town, const std::string& right,
                                                 const Person& person) const;
  // Whether it complains of a unit of his: it is then in no number that he is shown.
  [[nodiscard]] bool accuses(const Matter& matter, const Person& person) const {
    return kept("accused", person, matter);
  }
  // What is not about an item or a unit: whom the door lets in.
  [[nodiscard]] Expected at_door(const std::string& right, const Person& person) const;
  [[nodiscard]] Expected on_item(const std::string& right, const Person& person,
                                 const Matter& matter) const;
  [[nodiscard]] Expected of_step(const Step& step, const Person& person,
                                 const Matter& matter) const;
  // Whose words a reporter's are, no mandate tells: of what is written down for him it counts not.
  enum class Mandates { Count, CountNot };
  [[nodiscard]] Expected of_opening(const Person& person, const std::string& unit,
                                    Mandates mandates) const;

  [[nodiscard]] bool lies_in(const std::string& unit, const std::string& superior) const;
  // The same where a line leads up too.
  [[nodiscard]] bool answers_to(const std::string& unit, const std::string& superior) const;

 private:
  [[nodiscard]] bool stands(const std::string& relation, const Person& person,
                            const Matter& matter) const;
  // Sent there, for such matters, and no unit of his own is there and near it.
  [[nodiscard]] bool mandated(const Person& person, const Matter& matter) const;
  [[nodiscard]] bool kept(const std::string& duty, const Person& person,
                          const Matter& matter) const;

  const ledger::OrgTree& tree_;
};

}  // namespace tz::policy_test
