// From what waits to be sent to letters, and what becomes of them. A letter is stored before it is
// sent for the first time and until it is known that it arrived, under the name that it is sent by.
#pragma once

#include <vector>

#include "engine/notices.h"
#include "notify/schedule.h"

namespace tz::engine {

struct Sending {
  Ways ways;
  notify::DigestTime digest;
};

// Makes letters of what waits: of urgent notices at once, of the others once a day and person. What
// was put away, may not be read any more or has been dealt with is dropped. One thread at a time,
// not the engine's. Gives how many. Waits.
Result<std::size_t> make_letters(Engine& engine, const access::Accounts& accounts,
                                 const Sending& sending, Instant now);

// Letters to be tried now, the oldest first.
Result<std::vector<notify::Letter>> letters_due(const Engine& engine, Instant now);

// The letter as it may leave now: without lines that were put away since it was made, or of items
// that its reader may not know of any more or that were dealt with. No lines: it is not to be sent.
// It goes by the same name, so that one that arrived before is known again.
Result<notify::Letter> as_it_may_leave(Engine& engine, const access::Accounts& accounts,
                                       notify::Letter letter, Instant now);

enum class Sent : std::uint8_t {
  Arrived,   // the other side has taken it
  Away,      // it may be taken later
  Refused,   // it never will be
  Unwanted,  // its reader has ended this way of being told
};
// Stores what became of a letter. One that has failed for good is told to those who caused what it
// says (undelivered_of). Waits.
Outcome settle_letter(Engine& engine, const notify::Letter& letter, Sent sent, Instant now);

// How the account is reached; none where its owner has set nothing. Fails with what unsealing fails
// with.
Result<std::optional<notify::Contact>> contact_of(const Engine& engine,
                                                  const access::Accounts& accounts,
                                                  AccountId account);
// What is to be stored, and cleansed of what was there before. Refuses `mail_address_bad` and
// `gateway_name_bad`.
Result<Request> contact_set(const access::Accounts& accounts, AccountId account,
                            const notify::Contact& contact, Random& random);

}  // namespace tz::engine
