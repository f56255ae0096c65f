// The open work of a post, found by rows and asked of each item; and the requests of a handover,
// whose list is kept beside the records until it has ended.
#pragma once

#include "base/random.h"
#include "engine/engine.h"
#include "ledger/handover.h"

namespace tz::http {

struct FoundWork {
  ledger::WorkList list;  // by item number; without a salt
  bool more = false;      // there may be more than one act takes: the oldest come first
};
// Looked for among items that were listed by the post's holder, that its unit leads, or whose place
// lies in its scope, and of those at most 10,000. Reads the disk.
Result<FoundWork> open_work(const engine::Engine& engine, PostId post, Instant now);

// What both sides were shown. Refuses `handover_unknown` where it is not kept.
Result<ledger::WorkList> proposed_work(const engine::Engine& engine, ledger::HandoverId handover);

// Each is submitted as it is; what the ledger's rules refuse they leave to it. Read the disk.
struct HandoverWish {
  PostId from;
  PostId to;
  bool disabled = false;  // the giver's account
};
Result<engine::Request> proposal(const engine::Engine& engine, const HandoverWish& wish,
                                 Random& random, Instant now);
Result<engine::Request> confirmation(const engine::Engine& engine, ledger::HandoverId handover);
Result<engine::Request> ending(const engine::Engine& engine, ledger::HandoverId handover);

}  // namespace tz::http
