// Files are written whole, kept or replaced as asked, and read within a limit.
#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>

namespace tz {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  FileTest() {
    std::string pattern = (fs::temp_directory_path() / "tz_file_XXXXXX").string();
    TZ_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
  }
  ~FileTest() override { fs::remove_all(folder_); }
  [[nodiscard]] std::string in_folder(const char* name) const { return folder_ + "/" + name; }
  [[nodiscard]] std::ptrdiff_t count_entries() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  std::string folder_;
};

TEST_F(FileTest, WhatWasWrittenIsReadWithItsMode) {
  const std::string path = in_folder("a");
  ASSERT_TRUE(write_file({.path = path, .mode = 0640}, as_bytes("hello")).ok());
  const auto content = *read_file(path, 5);
  ASSERT_TRUE(content.has_value());
  EXPECT_EQ(as_text(content->bytes), "hello");
  EXPECT_EQ(content->mode, 0640U);
  EXPECT_EQ(count_entries(), 1);
}

TEST_F(FileTest, AnEmptyFileIsAFile) {
  ASSERT_TRUE(write_file({.path = in_folder("a")}, {}).ok());
  EXPECT_TRUE((*read_file(in_folder("a"), 0))->bytes.empty());
}

TEST_F(FileTest, AMissingFileIsNone) {
  EXPECT_FALSE((*read_file(in_folder("none"), 10)).has_value());
}

TEST_F(FileTest, AFileIsReplacedWholeOrKept) {
  const std::string path = in_folder("a");
  ASSERT_TRUE(write_file({.path = path}, as_bytes("a longer first text")).ok());
  ASSERT_TRUE(write_file({.path = path}, as_bytes("second")).ok());
  const auto kept = write_file({.path = path, .existing = Existing::Keep}, as_bytes("third"));
  ASSERT_FALSE(kept.ok());
  EXPECT_EQ(kept.error().code, "file_exists");
  EXPECT_EQ(as_text((*read_file(path, 100))->bytes), "second");
  EXPECT_EQ(count_entries(), 1);
  EXPECT_TRUE(
      write_file({.path = in_folder("b"), .existing = Existing::Keep}, as_bytes("third")).ok());
}

TEST_F(FileTest, WhatIsTooLargeOrNoFileIsRefused) {
  ASSERT_TRUE(write_file({.path = in_folder("a")}, as_bytes("hello")).ok());
  EXPECT_EQ(read_file(in_folder("a"), 4).error().code, "file_too_large");
  EXPECT_EQ(read_file(folder_, 100).error().code, "not_a_file");
  ASSERT_EQ(::mkfifo(in_folder("pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(in_folder("pipe"), 100).error().code, "not_a_file");
}

TEST_F(FileTest, AFolderThatIsNotThereIsAFailureAndLeavesNothing) {
  const auto outcome = write_file({.path = in_folder("none/a")}, as_bytes("x"));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "storage_failed");
  EXPECT_EQ(outcome.error().error_class, ErrorClass::Failure);
  ASSERT_EQ(::mkdir(in_folder("taken").c_str(), 0700), 0);
  EXPECT_FALSE(write_file({.path = in_folder("taken")}, as_bytes("x")).ok());
  EXPECT_EQ(count_entries(), 1);
}

// A limit on file sizes stands in for a disk that stops taking bytes half way.
TEST_F(FileTest, AWriteThatStopsHalfWayLeavesTheOldFile) {
  const std::string path = in_folder("a");
  ASSERT_TRUE(write_file({.path = path}, as_bytes("old")).ok());
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{1000, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto outcome = write_file({.path = path}, Bytes(5000));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "storage_failed");
  EXPECT_EQ(as_text((*read_file(path, 100))->bytes), "old");
  EXPECT_EQ(count_entries(), 1);
}

TEST_F(FileTest, AFolderIsMadeOnceAndIsNoFile) {
  EXPECT_TRUE(make_folder(in_folder("f"), 0700).ok());
  EXPECT_TRUE(make_folder(in_folder("f"), 0700).ok());
  struct stat about {};
  ASSERT_EQ(::stat(in_folder("f").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0700U);
  EXPECT_EQ(make_folder(in_folder("x/y"), 0700).error().code, "storage_failed");
  ASSERT_TRUE(write_file({.path = in_folder("a")}, {}).ok());
  EXPECT_EQ(make_folder(in_folder("a"), 0700).error().code, "storage_failed");
  EXPECT_EQ(sync_folder(in_folder("none")).error().code, "storage_failed");
}

}  // namespace
}  // namespace tz
