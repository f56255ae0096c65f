// Identities sealed to a unit's public key: whoever has the private half opens them, nobody else.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::access {

using PublicKey = std::array<std::uint8_t, 32>;   // X25519
using PrivateKey = std::array<std::uint8_t, 32>;  // erased by whoever holds one

// docs/journal-format.md has the layout and the reasons.
//
//   box        = ephemeral public key [32], XSalsa20-Poly1305 tag [16], encrypted { salt [32],
//   text,
//                0x80, zeros up to a multiple of kEnvelopeBlockBytes }: a libsodium sealed box
//   commitment = SHA-256("tz/identity/1", 00, salt, text)
//
// The salt is inside, so that whoever has the box and the commitment can test no guess.
constexpr std::size_t kEnvelopeBlockBytes = 4096;
constexpr std::size_t kEnvelopeTextBytesMax = 16 * kEnvelopeBlockBytes - 1;

struct SealedIdentity {
  Bytes box;
  Hash commitment{};
};
// Needs a usable key and a text within the limit.
SealedIdentity seal_to(const PublicKey& key, std::string_view text, Random& random);

// Refuses `envelope_damaged` where the box is not sealed to that key, or holds something else than
// was committed to.
Result<std::string> open_with(const PrivateKey& key, BytesView box, const Hash& commitment);

// Overwrites a text that is no longer needed and leaves it empty. Copies that the system made of it
// are not ours to reach.
void wipe(std::string& text);

// Whether something can be sealed to it: it is no point of low order.
bool usable(const PublicKey& key);
PublicKey public_half(const PrivateKey& key);

// An envelope on its way to whoever opens it.
struct EnvelopeFile {
  std::string ledger;  // hex
  std::string item;
  std::uint64_t record = 0;
  std::string unit;  // code
  PublicKey key{};
  Hash commitment{};
  Bytes box;
};
// {"taizhang":"envelope 1", …}
Json to_json(const EnvelopeFile& envelope);
// Those of a file: one, or an answer of the ledger that has several under "envelopes". Refuses
// `envelope_file_bad` (fact: why) and `bad_json`.
Result<std::vector<EnvelopeFile>> read_envelopes(std::string_view text);

}  // namespace tz::access
