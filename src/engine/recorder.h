// Turns decided events into records: texts sealed, payloads encoded, commitments salted.
#pragma once

#include <memory>
#include <optional>
#include <string>
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
  ledger::Origin origin = ledger::Origin::Real;
};

// Where the random bytes of a batch come from, and its wrapping key once a text has asked for it.
struct Drawing {
  access::Keyring& keyring;
  Random& random;
  std::string month;  // of the wrapping key, "2019-09"
  std::shared_ptr<const access::WrappingKey> wrapping;
};

// What a record is made of, once its event is decided and its random bytes are drawn: all that has
// an order. The rest is a pure function of it, and where most of the work is.
struct Ingredients {
  struct Text {
    std::string text;
    access::SealingDraw draw;
  };
  journal::Record record;  // without parts
  std::vector<Text> texts;
  const access::WrappingKey* wrapping = nullptr;  // the Drawing's; null where there are no texts
};
// How long header and body will be.
std::size_t bytes_of(const Ingredients& ingredients);

// A record as it is stored, its leaf hash, and the keys of its texts.
struct Made {
  journal::StoredRecord stored;
  Hash leaf{};
  std::vector<journal::SubjectKeyRow> keys;
};

// The key subject of a text: one a text, so that each can be destroyed alone. Its number follows
// from where the text stands, and so is never used twice.
inline std::uint64_t subject_of(Seq record, std::uint8_t part) { return record.value * 16 + part; }
// What a sealed part's ciphertext is bound to: ledger, record and part.
Bytes sealing_context(const journal::LedgerId& ledger, Seq record, std::uint8_t part);
std::string month_of(Instant at, const Zone& zone);

// Draws what the record of one event needs; takes the texts out of the draft. Fails as
// Keyring::wrap does.
Result<Ingredients> gather(const Recording& recording, ledger::EventDraft& draft,
                           std::optional<Seq> prev, Drawing& drawing);
// Seals, commits, encodes and hashes; the texts' keys are forgotten. Any thread.
Made make(Ingredients& ingredients, const journal::LedgerId& ledger);
// The subject whose key the event destroys, if it does.
std::optional<std::uint64_t> erased_subject(const ledger::Event& event);

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
