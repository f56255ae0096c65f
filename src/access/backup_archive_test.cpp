// An archive opens whole for its recipients, and any changed byte is found.
#include "access/backup_archive.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tz::access {
namespace {

namespace fs = std::filesystem;

class BackupArchive : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "tz-backup-" + std::to_string(getpid());
    fs::remove_all(folder_);
    fs::create_directories(folder_ + "/from");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) { return folder_ + "/" + name; }
  void put(const std::string& name, const std::string& text) {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  std::string read(const std::string& name) {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  Outcome write(const std::vector<BackupRecipient>& to, const std::string& text) {
    put("from/a", text);
    put("from/empty", "");
    auto archive = TZ_TRY(BackupWriter::create({path("archive"), BackupKind::Ledger}, to, random_));
    TZ_TRY(archive->add("one/a", path("from/a")));
    TZ_TRY(archive->add("empty", path("from/empty")));
    return archive->finish();
  }
  Result<std::uint64_t> unpack(const SecretKey& secret, BackupKind kind = BackupKind::Ledger) {
    fs::remove_all(path("to"));
    fs::create_directories(path("to"));
    return unpack_backup({path("archive"), kind}, secret, path("to"));
  }

  std::string folder_;
  SeededRandom random_{1};
};

TEST_F(BackupArchive, FilesOfAnyLengthComeBack) {
  const BackupKey key = new_backup_key(random_);
  for (const std::size_t length : {0, 1, 65'000, 65'535, 65'536, 65'537, 200'000}) {
    std::string text(length, 'x');
    for (std::size_t i = 0; i < length; i += 7) text[i] = static_cast<char>(i * 31 >> 3);
    fs::remove(path("archive"));
    ASSERT_TRUE(write({key.recipient}, text).ok());
    const auto count = unpack(key.secret);
    ASSERT_TRUE(count.ok()) << length;
    EXPECT_EQ(*count, 2U);
    EXPECT_EQ(read("to/one/a"), text);
    EXPECT_TRUE(fs::exists(path("to/empty")));
  }
}

TEST_F(BackupArchive, EveryChangedByteAndEveryCutIsRefused) {
  const BackupKey key = new_backup_key(random_);
  ASSERT_TRUE(write({key.recipient}, "致和南小区").ok());
  const std::string whole = read("archive");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    put("archive", changed);
    const auto count = unpack(key.secret);
    ASSERT_FALSE(count.ok()) << at;
    EXPECT_TRUE(count.error().code == "backup_malformed" ||
                count.error().code == "backup_key_wrong");
    put("archive", whole.substr(0, at));
    EXPECT_EQ(unpack(key.secret).error().code, "backup_malformed");
  }
  put("archive", whole + "x");
  EXPECT_EQ(unpack(key.secret).error().code, "backup_malformed");
}

TEST_F(BackupArchive, OpensForEachRecipientAndForNobodyElse) {
  const BackupKey a = new_backup_key(random_);
  const BackupKey b = new_backup_key(random_);
  const BackupKey c = new_backup_key(random_);
  ASSERT_TRUE(write({a.recipient, b.recipient}, "text").ok());
  EXPECT_TRUE(unpack(a.secret).ok());
  EXPECT_TRUE(unpack(b.secret).ok());
  EXPECT_EQ(unpack(c.secret).error().code, "backup_key_wrong");
  EXPECT_EQ(unpack(a.secret, BackupKind::Keys).error().code, "backup_malformed");
  EXPECT_EQ(write({a.recipient}, "text").error().code, "file_exists");
  fs::remove(path("archive"));
  EXPECT_EQ(write({}, "text").error().code, "backup_recipient_missing");
  EXPECT_EQ(write(std::vector<BackupRecipient>(17, a.recipient), "text").error().code,
            "list_too_long");
}

TEST_F(BackupArchive, WhatIsNotFinishedLeavesNothing) {
  const BackupKey key = new_backup_key(random_);
  {
    auto archive =
        BackupWriter::create({path("archive"), BackupKind::Ledger}, {key.recipient}, random_);
    ASSERT_TRUE(archive.ok());
    EXPECT_EQ((*archive)->add("gone", path("gone")).error().code, "file_missing");
  }
  EXPECT_FALSE(fs::exists(path("archive")));
  EXPECT_FALSE(fs::exists(path("archive.unfinished")));
}

TEST(BackupRecipientText, ReadsWhatItWritesAndNothingElse) {
  SeededRandom random(2);
  const BackupKey key = new_backup_key(random);
  const std::string text = to_text(key.recipient);
  EXPECT_EQ(text.size(), 47U);
  const auto again = parse_backup_recipient(text);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, key.recipient);
  for (const std::string& bad : {std::string(), text + "A", text.substr(1), text.substr(0, 46),
                                 std::string("tzb_") + std::string(43, '!')})
    EXPECT_EQ(parse_backup_recipient(bad).error().code, "backup_recipient_bad") << bad;
}

}  // namespace
}  // namespace tz::access
