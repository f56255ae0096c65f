// One entry of the journal, and the two byte strings it is stored as: header and body.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::journal {

// The layout is binding: docs/journal-format.md has the grammar and the reasons.
//
//   header = version u8 (1), suite u8 (1 = sha256-rfc6962), ledger id [16], seq u64,
//            recorded i64 (us since 1970), context commitment [32], payload commitment [32],
//            part count u8, part count x { ciphertext hash [32], text commitment [32] }
//   body   = context salt [32], payload salt [32], context u16-prefixed, payload u32-prefixed,
//            part count x { ciphertext u32-prefixed }
//   context = type version u8, type text8, item (0 | 1 u64), prev (0 | 1 u64), actor u64,
//             command u64, index u16, part count x { subject u64 }
//
//   context commitment = SHA-256("tz/context/1" 00, salt, context)
//   payload commitment = SHA-256("tz/payload/1" 00, salt, payload)
//   text commitment    = SHA-256("tz/text/1" 00, salt, text); its salt travels inside the
//   ciphertext
//
// The header is the leaf: at most kHeaderBytesMax bytes, stored as it is, and what the tree hashes.
constexpr std::uint8_t kEnvelopeVersion = 1;
constexpr std::uint8_t kSuiteSha256Rfc6962 = 1;
constexpr std::size_t kHeaderBytesMax = 1024;
constexpr std::size_t kPartCountMax = 12;
constexpr std::size_t kPayloadBytesMax = 1 << 20;
constexpr std::size_t kCiphertextBytesMax = 1 << 20;

using LedgerId = std::array<std::uint8_t, 16>;

// A text that only the holders of its subject's key can read.
struct SealedPart {
  std::uint64_t subject = 0;
  Hash text_commitment{};
  Bytes ciphertext;
  friend bool operator==(const SealedPart&, const SealedPart&) = default;
};

struct Record {
  Seq seq;
  Instant recorded;
  std::string type;  // the event's stable name
  std::uint8_t type_version = 1;
  std::optional<std::uint64_t> item;  // item number
  std::optional<Seq> prev;            // that item's previous record
  PostId actor;                       // 0: the system itself
  CommandId command;
  std::uint16_t index = 0;  // within the command
  Hash context_salt{};
  Hash payload_salt{};
  std::string payload;  // I-JSON, hashed and stored byte for byte
  std::vector<SealedPart> parts;
  friend bool operator==(const Record&, const Record&) = default;
};

struct StoredRecord {
  Bytes header;
  Bytes body;
};

// Needs at most kPartCountMax parts and sizes within the limits above.
StoredRecord encode(const Record& record, const LedgerId& ledger);
// How long header and body are together, but for the ciphertexts' own bytes; the record's own parts
// are not looked at.
std::size_t encoded_bytes(const Record& record, std::size_t part_count);

// Takes bytes apart and checks every commitment between header and body. Fails with
// `record_malformed` (does not parse; fact "what": header, body, context), `record_foreign`
// (another ledger's id; fact "ledger") or `record_disagrees` (bytes against their commitment;
// fact "what": context, payload, ciphertext). What it accepts, encode() gives back byte for byte.
Result<Record> decode(BytesView header, BytesView body, const LedgerId& ledger);

// The bytes that the context commitment binds. Needs what encode() needs.
Bytes context_of(const Record& record);

// SHA-256(tag, 00, salt, bytes): the one way anything is committed to here.
Hash commit(std::string_view tag, const Hash& salt, BytesView bytes);

}  // namespace tz::journal
