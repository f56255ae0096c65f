// Any bytes as a note, as a signed text and as a verifier key: what is accepted has one spelling.
#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

#include "merkle/checkpoint.h"
#include "merkle/signed_note.h"

namespace {

using tz::merkle::SigningKey;

SigningKey fuzz_key() {
  SigningKey key{"ledger.example/changchun", {}};
  std::iota(key.seed.begin(), key.seed.end(), std::uint8_t{0});
  return key;
}

// The note over any text, well signed: no fuzzer guesses a signature.
std::string note_over(std::string_view text, const SigningKey& key) {
  std::array<std::uint8_t, crypto_sign_ed25519_PUBLICKEYBYTES> public_key{};
  std::array<std::uint8_t, crypto_sign_ed25519_SECRETKEYBYTES> secret_key{};
  std::array<std::uint8_t, crypto_sign_ed25519_BYTES> signature{};
  crypto_sign_ed25519_seed_keypair(public_key.data(), secret_key.data(), key.seed.data());
  crypto_sign_ed25519_detached(signature.data(), nullptr, tz::as_bytes(text).data(), text.size(),
                               secret_key.data());
  const std::uint32_t id = tz::merkle::key_id(key.name, 1, public_key);
  return std::string(text) + "\n" + tz::merkle::signature_line(key.name, id, signature);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SigningKey key = fuzz_key();
  static const tz::merkle::VerifierKey verifier = tz::merkle::verifier_key(key);
  const std::string_view input = tz::as_text({data, size});

  const auto opened = tz::merkle::open_checkpoint(input, verifier);
  if (opened.ok()) {
    // Other signatures may stand beside ours, so only the text must be the same.
    const std::string again = tz::merkle::sign(*opened, key);
    const std::string_view text = input.substr(0, input.rfind("\n\n") + 2);
    TZ_ASSERT(again.starts_with(text));
  }

  if (input.ends_with('\n')) {  // or it would not be the whole text of the note
    const std::string note = note_over(input, key);
    const auto body = tz::merkle::open_checkpoint(note, verifier);
    if (body.ok()) TZ_ASSERT(tz::merkle::sign(*body, key) == note);
    if (!body.ok()) TZ_ASSERT(body.error().code == "checkpoint_malformed");
  }

  const auto read_key = tz::merkle::parse_verifier_key(input);
  if (read_key.ok()) TZ_ASSERT(tz::merkle::to_text(*read_key) == input);
  return 0;
}
