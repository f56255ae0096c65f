// A text of any length that the log's key has signed; its first line is never that of a checkpoint.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "merkle/checkpoint.h"

namespace tz::merkle {

// signed = text "signed " base64(Ed25519 signature of the text) LF
// Needs a text that ends with a line feed and whose first line holds a space, which no name of a
// log does: nobody can pass it off as a checkpoint.
std::string sign_text(std::string_view text, const SigningKey& key);

// The text, into `signed_text`. Refuses `signed_text_malformed` and `signed_text_forged`.
Result<std::string_view> open_signed_text(std::string_view signed_text, const VerifierKey& key);

}  // namespace tz::merkle
