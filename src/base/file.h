// Whole files, written so that a crash leaves the old file or the new one, never half of one.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace tz {

enum class Existing { Keep, Replace };

struct NewFile {
  std::string path;
  unsigned mode = 0600;
  Existing existing = Existing::Replace;
};

// Writes a temporary file beside it, syncs that, renames it and syncs the folder: durable when it
// returns. Refuses `file_exists` (fact: path) when one is there and is to be kept; fails with
// `storage_full` or `storage_failed` (facts: path, why). Any thread.
Outcome write_file(const NewFile& file, BytesView bytes);

struct FileContent {
  Bytes bytes;
  unsigned mode = 0;  // permission bits
};

// None if there is no such file. Refuses `not_a_file` (fact: path) for a folder and the like, and
// `file_too_large` (facts: path, bytes_max); fails with `storage_failed` (facts: path, why).
Result<std::optional<FileContent>> read_file(const std::string& path, std::size_t bytes_max);

// Writes `bytes`, which tell nothing, over those of the file in their place, syncs it, unlinks it
// and makes that durable; done where there is none. Fails with `storage_failed` (facts: path, why).
// What a file system that never writes in place keeps of the old bytes is beyond it.
Outcome destroy_file(const std::string& path, BytesView bytes);

// Makes the folder if it is missing and makes that durable; its parent must exist. Fails with
// `storage_full` or `storage_failed`.
Outcome make_folder(const std::string& path, unsigned mode);

// Makes the names in a folder durable.
Outcome sync_folder(const std::string& path);

}  // namespace tz
