// Decides what follows from a command: events, or the rule it breaks. Changes nothing.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ledger/command.h"
#include "ledger/event.h"
#include "ledger/item.h"
#include "ledger/state.h"

namespace tz::ledger {

// Everything a decision may depend on.
struct Circumstances {
  const State& state;
  // The items the command names; null where there is none (or none the actor may know of).
  std::function<const Item*(ItemNo)> item;
  Actor actor;
  Instant now;
  FileReaders readers = {};  // for AdoptFlow and AdoptProgramme
  // What the caller says of where this comes from; none: invented in a demonstration, else real.
  std::optional<Origin> origin = std::nullopt;
};

struct Decision {
  PostId post;                     // the post in which the actor acts; 0 for the program itself
  std::vector<EventDraft> events;  // at least one
  Origin origin = Origin::Real;    // of those about an item
};

// Refusals have the stable codes of docs/rules.md. Pure: the same arguments, the same answer.
Result<Decision> decide(const Circumstances& circumstances, const Command& command);

// Whether the actor may list items of a kind at a place, whatever else they lack. Refuses
// `kind_unknown` and `not_permitted`.
Outcome may_list(const Circumstances& at, std::string_view kind, UnitId place);

// Whether an account may read an item, by the policy's row item.read.
bool may_read(const State& state, AccountId account, const Item& item, Day day);

// A transition an account can see on an item, with the refusal that stands in its way, if any. What
// only input decides is not asked here.
struct Offer {
  const Transition* transition = nullptr;
  std::optional<PostId> post;  // in which it may be taken; none: in no post of the account
  std::optional<Error> refusal;
};
std::vector<Offer> offers(const State& state, AccountId account, const Item& item, Instant now);
// What stands in an account's way of erasing an item; none: nothing.
std::optional<Error> erasure_refusal(const State& state, AccountId account, const Item& item,
                                     Instant now);

}  // namespace tz::ledger
