// A backup's file: files of a ledger's folder, encrypted to whoever may restore it, in one stream.
//
//   archive = header chunk*
//   header  = "taizhang-backup 1\n" kind u8, count u8 (1 to 16), recipient*, stream header [24]
//   recipient = X25519 public key [32], the file key sealed to it [80] (libsodium crypto_box_seal)
//   chunk   = length u32, ciphertext of at most 64 KiB (crypto_secretstream_xchacha20poly1305, each
//             with SHA-256 of the header as further data); the last one is tagged FINAL
//   plain   = entry* u8 (0), entries u64
//   entry   = u8 (1), name length u16, name, mode u16, bytes u64, those bytes
#pragma once

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/sealing.h"
#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"

namespace tz::access {

// What is kept apart: the ledger, and the keys that open its texts.
enum class BackupKind : std::uint8_t { Ledger = 1, Keys = 2 };

// Who may open a backup. Its text is "tzb_" and 43 characters.
using BackupRecipient = std::array<std::uint8_t, 32>;
std::string to_text(const BackupRecipient& recipient);
Result<BackupRecipient> parse_backup_recipient(std::string_view text);  // `backup_recipient_bad`

struct BackupKey {
  SecretKey secret{};
  BackupRecipient recipient{};
};
BackupKey new_backup_key(Random& random);
BackupRecipient recipient_of(const SecretKey& secret);

constexpr std::size_t kBackupRecipientsMax = 16;
constexpr std::size_t kBackupChunkBytes = std::size_t{64} << 10;
constexpr std::size_t kBackupHeaderBytesMax = 18 + 2 + kBackupRecipientsMax * (32 + 80) + 24;

struct BackupHeader {
  BackupKind kind = BackupKind::Ledger;
  struct Sealed {
    BackupRecipient recipient{};
    std::array<std::uint8_t, 80> key{};
  };
  std::vector<Sealed> recipients;
  std::array<std::uint8_t, 24> stream{};
  std::size_t bytes = 0;  // of the header
};
// Of the first bytes of a file. Refuses `backup_malformed` (fact: why).
Result<BackupHeader> parse_backup_header(BytesView bytes);

// Writes PATH, which is there only once finish() said so. One thread.
class BackupWriter {
 public:
  struct Place {
    std::string path;
    BackupKind kind = BackupKind::Ledger;
  };
  // Refuses `file_exists`, `backup_recipient_missing` and `list_too_long`.
  static Result<std::unique_ptr<BackupWriter>> create(const Place& place,
                                                      const std::vector<BackupRecipient>& to,
                                                      Random& random);
  ~BackupWriter();  // takes away what was not finished
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  // The file as it is when it is opened; what grows behind that is not taken. Refuses
  // `file_missing` where it is gone, and then nothing was added.
  Outcome add(const std::string& name, const std::string& path);
  Outcome finish();
  [[nodiscard]] std::uint64_t entries() const;
  [[nodiscard]] std::uint64_t bytes() const;  // of the files

 private:
  struct Inside;
  explicit BackupWriter(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

// Unpacks a whole archive below FOLDER, which exists. Nothing of a chunk is believed before it
// holds; what is torn, cut, changed, of another kind or not for this key is refused:
// `backup_malformed` (fact: why), `backup_key_wrong`, `file_missing`. What was unpacked before is
// left for the caller to take away. Gives the number of files.
struct BackupSource {
  std::string path;
  BackupKind kind = BackupKind::Ledger;
};
Result<std::uint64_t> unpack_backup(const BackupSource& source, const SecretKey& secret,
                                    const std::string& folder);

}  // namespace tz::access
