// Questions about the past: the same handlers, given another view.
#pragma once

#include "http/call.h"

namespace tz::http {

// Whether the query has `as_of`.
bool asks_as_of(const Call& call);

// Answers as `answering` does of the call as it would be at that moment or position, on a thread of
// its own kind. Who may see what is decided as of now: by the posts of now, without what is kept
// from the caller now, and rows by where they are now. Refuses what PastViews::find refuses.
void answer_as_of(const CallRef& call, const Reply& reply,
                  Result<Response> (*answering)(const Call&));

// A handler that answers from memory, or of the past.
template <Result<Response> (*Answering)(const Call&)>
void at_once_or_as_of(const CallRef& call, const Reply& reply) {
  if (asks_as_of(*call)) return answer_as_of(call, reply, Answering);
  at_once<Answering>(call, reply);
}

// A handler that reads the disk, or answers of the past.
template <Result<Response> (*Answering)(const Call&)>
void reading_or_as_of(const CallRef& call, const Reply& reply) {
  if (asks_as_of(*call)) return answer_as_of(call, reply, Answering);
  reading<Answering>(call, reply);
}

}  // namespace tz::http
