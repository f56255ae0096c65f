// Plays the steps of the demonstration's stories; each is done by an account, as if it came over
// HTTP.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "taizhang/ledger_folder.h"

namespace tz::program {

// The text of a member of a step. The stories are built in and tested: it is there.
const std::string& text_of(const Json& step, const char* name);
// Of one that a step may leave out: an empty text, or none.
std::string text_or(const Json& step, const char* name);
std::optional<std::int64_t> number_in(const Json& step, const char* name);
ledger::Origin origin_of(const Json& step);

// A dispute of the story, and what its parties answer with.
struct ToldDispute {
  ledger::DisputeNo no;
  std::vector<Hash> parties;
};

// A household of a register: its group and its number there, "13-YSR01-01-1/4", and how it stands.
struct ToldHousehold {
  std::string name;
  engine::Receipt seen;
};

class Player {
 public:
  Player(OpenLedger& ledger, SetClock& clock) : ledger_(ledger), clock_(clock) {}

  // Does what the step says (docs/demonstration.md, "Steps") at its moment. Where it names a
  // refusal under `expect`, that refusal and nothing else. Fails with `demo_unexpected`.
  Outcome play(const Json& step);
  // Opens an account of an invented person. Whom a visitor signs in as stands in accounts().
  Outcome add_account(const Json& account);
  // Lines of role, name, unit and password.
  [[nodiscard]] const std::string& accounts() const { return accounts_; }
  // Lines of page, number, query code and what it is of: what residents were told once.
  [[nodiscard]] const std::string& codes() const { return codes_told_; }
  // The lists by which it was drawn whom to ask, by item of the story.
  [[nodiscard]] const std::map<std::string, std::string>& lists() const { return lists_; }

 private:
  // demo_player.cpp: items
  Outcome act(const Json& step);
  Outcome find_item(const Json& step);
  // The item as it stands after a step with another.
  Outcome look_again(const std::string& name);
  Result<engine::Receipt> take(const Json& step);
  // The transition with the step's item.
  Result<engine::Receipt> take(const Json& step, const std::string& transition,
                               ledger::ActionInput input);
  Result<Json> prepared(const Json& input);
  Result<Json> stored(const Json& files);
  Json posts(const Json& names) const;
  // demo_programme.cpp: programmes, the units that they ask, and work groups
  Outcome answer(const Json& step);
  Outcome answer_all(const Json& step);
  Outcome hold(const Json& step);
  Outcome mandate(const Json& step);
  Outcome mandate_each(const Json& step);
  Outcome visit(const Json& step);
  // demo_resettlement.cpp: schemes, and households that move
  Outcome open_scheme(const Json& step);
  Outcome register_households(const Json& step);
  Outcome freeze(const Json& step);
  Outcome open_signing(const Json& step);
  Outcome move_households(const Json& step);
  Outcome publish_roster(const Json& step);
  Outcome give_code(const Json& step);
  // Whom a step is about, by place in the register: one by its name, or a share of all.
  [[nodiscard]] std::vector<std::size_t> chosen(const Json& step) const;
  [[nodiscard]] std::size_t place_of(const std::string& scheme, const std::string& name) const;
  // The one that an item being opened splits from.
  ToldHousehold& split_whole(const Json& input);
  // demo_residents.cpp: what residents come with, what they say, a fund that lends to them, and
  // what was voted to be done for them
  Outcome bind_checkers(const Json& step);
  Outcome handle(const Json& step);
  Outcome bring_dispute(const Json& step);
  Outcome answer_dispute(const Json& step);
  Outcome receive(const Json& step);
  Outcome hold_ballot(const Json& step);
  Outcome judge(const Json& step);
  void tell_code(const char* page, const std::string& no, std::string_view code,
                 const std::string& of);
  // demo_lot.cpp: those whom a project concerns
  Outcome list_affected(const Json& step);
  Outcome draw_lot(const Json& step);
  Outcome ask_drawn(const Json& step);
  // Many at once; what came of each, in their order, or the first refusal.
  Result<std::vector<engine::Receipt>> submit_all(std::vector<engine::Request> requests);
  Outcome open_for(const std::string& name, const std::vector<UnitId>& units);
  // What the owner of the folder does.
  Outcome operate_by(const Json& step);

  Outcome send(const Json& step, ledger::Command command);
  [[nodiscard]] AccountId account(const std::string& name) const;
  [[nodiscard]] std::vector<PostId> posts_of(const Json& names) const;
  Result<UnitId> unit(const std::string& code) const;
  Result<std::vector<UnitId>> units(const Json& codes) const;
  // Of the items that the step names under that member; none where it has none.
  std::vector<ledger::ItemNo> items(const Json& step, const char* name) const;

  OpenLedger& ledger_;
  SetClock& clock_;
  SystemRandom random_;
  std::string accounts_;
  std::string codes_told_;
  std::map<std::string, std::string> lists_;
  std::map<std::string, engine::Receipt> items_;       // by the story's own names
  std::map<std::string, ledger::WorkGroupId> groups_;  // and these
  std::map<std::string, Hash> codes_;                  // of items that were sent in
  std::map<std::string, ToldDispute> disputes_;
  std::map<std::string, std::vector<ToldHousehold>> households_;  // by scheme, as registered
};

}  // namespace tz::program
