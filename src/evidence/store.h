// Files by their hash: what they are is checked on arrival; they are never changed, and destroyed
// only where a redaction says so.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace tz::evidence {

constexpr std::size_t kFileBytesMax = std::size_t{20} << 20;

struct StoredFile {
  Hash sha256{};
  std::string media_type;  // found from the bytes, never from what the sender says
  std::uint64_t bytes = 0;
  std::optional<Hash> original;  // of the bytes as they came, where a picture was cleaned
};

// DIR/evidence: files named by hash, DIR/evidence/ab/abcdef…, and beside a cleaned picture
// abcdef….original with the other hash.
class Store {
 public:
  // Makes the folder if it is missing. Fails with `storage_full`, `storage_failed` (facts: path,
  // why), and `media_types_unavailable` where libmagic finds no database.
  static Result<std::unique_ptr<Store>> open(std::string folder);
  // Keeps the bytes, durably (file and folder synced) when it returns; the same bytes twice are
  // one file. A picture is kept as a copy without its position and the like (evidence/picture.h);
  // of the bytes as they came the hash alone is kept, of the last that came to that copy. Refuses
  // `evidence_empty`, `evidence_too_large` (facts: bytes_max), `evidence_type_not_allowed` (facts:
  // media_type): only PDF, JPEG, PNG, DOCX and XLSX; and `picture_damaged` (fact: at); fails with
  // `storage_full`, `storage_failed`. Any thread.
  Result<StoredFile> put(BytesView bytes);
  // The bytes as stored; checks them against the hash: fails with `evidence_damaged`.
  // (fact: sha256), `storage_failed`. None if there is no such file. Any thread.
  Result<std::optional<Bytes>> get(const Hash& sha256);
  // As get, without the bytes.
  Result<std::optional<StoredFile>> find(const Hash& sha256);
  // Removes the file for good, durably when it returns; well where there is none. Fails with
  // `storage_failed` (facts: path, why). Any thread.
  Outcome destroy(const Hash& sha256);

 private:
  explicit Store(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
};

// The media type the bytes really are, e.g. "image/png"; DOCX and XLSX are told from other ZIP
// files by what is inside. PDF, JPEG, PNG, DOCX and XLSX are said only of files that begin as such;
// documents with macros are "application/zip". "application/octet-stream" where nothing is known.
// Any thread.
std::string media_type_of(BytesView bytes);

}  // namespace tz::evidence
