// A private key in two halves, each without any information alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "access/envelope.h"
#include "base/random.h"
#include "base/result.h"

namespace tz::access {

// The file of one holder. The private key is the bytes of both shares, one XOR the other.
struct KeyHalf {
  char half = 'A';
  std::string label;  // whose key it is, as its maker wrote it
  PublicKey key{};
  PrivateKey share{};
};

struct NewReceivingKey {
  PublicKey key{};
  KeyHalf a;
  KeyHalf b;
};
NewReceivingKey new_receiving_key(const std::string& label, Random& random);

// {"taizhang":"receiving key half 1", …}, with a check value over the share.
std::string to_text(const KeyHalf& half);
// Refuses `key_half_bad` (fact: why), also where the check value tells that the file was changed.
Result<KeyHalf> read_key_half(std::string_view text);

// Refuses `key_halves_differ` where they are not the two halves of one key.
Result<PrivateKey> join(const KeyHalf& one, const KeyHalf& other);

}  // namespace tz::access
