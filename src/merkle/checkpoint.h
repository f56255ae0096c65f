// Signed checkpoints: C2SP tlog-checkpoint in a C2SP signed note, Ed25519.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::merkle {

// What is signed: "<origin>\n<size>\n<base64 root>\n", then extension lines, one each.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions;  // e.g. "clock simulated"; no line is empty
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

constexpr std::size_t kNoteBytesMax = 64 << 10;
constexpr std::size_t kNoteSignaturesMax = 16;

// Whether a log may bear that name: UTF-8, not empty, no space of any script, plus or control.
bool valid_key_name(std::string_view name);

// The log's secret key; 32-byte Ed25519 seed. Never printed.
struct SigningKey {
  std::string name;  // the origin
  std::array<std::uint8_t, 32> seed{};
};

// The public half, as a C2SP vkey: "<name>+<8 hex>+<base64(01, public key)>".
struct VerifierKey {
  std::string name;
  std::uint32_t id = 0;
  std::array<std::uint8_t, 32> public_key{};
};

VerifierKey verifier_key(const SigningKey& key);
std::string to_text(const VerifierKey& key);
Result<VerifierKey> parse_verifier_key(std::string_view text);  // refuses `bad_verifier_key`

// The note with the key's one signature. Needs a valid name, which is the checkpoint's origin
// too, and extensions of printable UTF-8.
std::string sign(const Checkpoint& checkpoint, const SigningKey& key);

// What a note by that key says; signatures by others are passed over. Nothing of the text is
// believed before the signature holds. Refuses `checkpoint_malformed`, `checkpoint_unsigned` (no
// signature by this key) or `checkpoint_forged` (its signature is wrong). At most 16 signatures,
// 64 KiB; the origin is the key's name. Any thread.
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

// What a note says, whoever signed it: for somebody who has it from a source that he believes.
// Refuses `checkpoint_malformed`. Any thread.
Result<Checkpoint> read_unchecked(std::string_view note);

}  // namespace tz::merkle
