// The C2SP signed note: a text, a blank line, signature lines. Checks form, not signatures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace tz::merkle {

// note      = text LF 1*16signature       text = 1*line, ends with LF, may hold empty lines
// signature = "— " name " " base64(key id (uint32) signature) LF

struct NoteSignature {
  std::string_view name;  // into the note
  std::uint32_t key_id = 0;
  Bytes bytes;  // without the key id
};

struct SignedNote {
  std::string_view text;  // into the note; with its last line feed
  std::vector<NoteSignature> signatures;
};

// Takes a note apart; the parts point into it. Refuses `checkpoint_malformed` with the fact why:
// size, encoding, control, blank_line, signature_line or signature_count.
Result<SignedNote> split_note(std::string_view note);

// One line with its line feed. Needs a valid key name.
std::string signature_line(std::string_view name, std::uint32_t id, BytesView signature);

// The first four bytes of SHA-256(name LF type key).
std::uint32_t key_id(std::string_view name, std::uint8_t type, BytesView public_key);

// Whether a byte below U+0020 is in the text.
bool has_control(std::string_view text);

// The lines of a text that ends with a line feed, without theirs.
std::vector<std::string_view> split_lines(std::string_view text);

}  // namespace tz::merkle
