// Turns decided events into records: texts sealed, payloads encoded, commitments salted.
#pragma once

#include <optional>
#include <vector>

#include "access/sealing.h"
#include "base/random.h"
#include "journal/journal.h"
#include "ledger/event.h"

namespace tz::engine {

// Where a command's records begin and what is the same for all of them.
struct Recording {
  journal::LedgerId ledger{};
  Seq next;
  Instant now;
  PostId actor;
  CommandId command;
  std::string month;  // of the wrapping key, "2019-09"
  ledger::Origin origin = ledger::Origin::Real;
};

// The key subject of a text: one a text, so that each can be destroyed alone. Its number follows
// from where the text stands, and so is never used twice.
inline std::uint64_t subject_of(Seq record, std::uint8_t part) { return record.value * 16 + part; }
// What a sealed part's ciphertext is bound to: ledger, record and part.
Bytes sealing_context(const journal::LedgerId& ledger, Seq record, std::uint8_t part);
std::string month_of(Instant at, const Zone& zone);

// Makes the record of one event and adds the keys it needs to `batch`, and the keys it destroys.
// Fails as Keyring::wrap does.
Result<journal::Record> make_record(const Recording& recording, const ledger::EventDraft& draft,
                                    std::optional<Seq> prev, access::Keyring& keyring,
                                    Random& random, journal::Batch& batch);

// Opens the sealed parts of a record, each with the salt of its commitment; none for a text that
// was destroyed.
Result<std::vector<std::optional<access::Unsealed>>> open_parts(const journal::Record& record,
                                                                const journal::LedgerId& ledger,
                                                                journal::Reader& reader,
                                                                const access::Keyring& keyring);
// Opens the texts of a record for a reader who may see them; none for a text that was destroyed.
Result<std::vector<std::optional<std::string>>> open_texts(const journal::Record& record,
                                                           const journal::LedgerId& ledger,
                                                           journal::Reader& reader,
                                                           const access::Keyring& keyring);

}  // namespace tz::engine
