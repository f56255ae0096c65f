// Evidence is kept by its hash, once, unchanged, and only if it is what it may be.
#include "evidence/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "evidence/office_archive_test.h"
#include "evidence/office_file.h"
#include "evidence/sample_files_test.h"

namespace tz::evidence {
namespace {

namespace fs = std::filesystem;

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::string pattern = (fs::temp_directory_path() / "tz_evidence_XXXXXX").string();
    TZ_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    base_ = pattern;
    store_ = *Store::open(base_ + "/evidence");
  }
  ~StoreTest() override { fs::remove_all(base_); }

  [[nodiscard]] std::string path_of(const Hash& hash) const {
    return base_ + "/evidence/" + to_hex(hash).substr(0, 2) + "/" + to_hex(hash);
  }
  [[nodiscard]] std::ptrdiff_t count_files() const {
    std::ptrdiff_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(base_))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  std::string refused(BytesView bytes) {
    const auto outcome = store_->put(bytes);
    return outcome.ok() ? "ok" : outcome.error().code;
  }

  std::string base_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, APictureIsKeptCleanedAndTheHashOfTheOriginalBesideIt) {
  Bytes told = jpeg_bytes();
  const std::string comment(
      "\xFF\xFE\x00\x09"
      "by me 7",
      11);
  told.insert(told.begin() + 2, comment.begin(), comment.end());
  const auto stored = store_->put(told);
  ASSERT_TRUE(stored.ok()) << stored.error().code;
  EXPECT_EQ(stored->original, sha256(BytesView(told)));
  EXPECT_EQ(**store_->get(stored->sha256), jpeg_bytes());
  EXPECT_EQ((*store_->find(stored->sha256))->original, stored->original);
  EXPECT_FALSE(*store_->get(*stored->original)) << "the original itself is not kept";
  ASSERT_TRUE(store_->destroy(stored->sha256).ok());
  EXPECT_EQ(count_files(), 0);
  EXPECT_EQ(store_->put(jpeg_bytes())->original, std::nullopt);
  EXPECT_EQ(refused(Bytes{0xFF, 0xD8, 0xFF, 0xE1, 0, 1}), "picture_damaged");
}

TEST_F(StoreTest, WhatWasPutIsFoundByItsHash) {
  const Bytes docx = make_docx();
  const auto stored = store_->put(docx);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->sha256, sha256(BytesView(docx)));
  EXPECT_EQ(stored->media_type, kDocx);
  EXPECT_EQ(stored->bytes, docx.size());
  EXPECT_EQ(**store_->get(stored->sha256), docx);
  const auto found = *store_->find(stored->sha256);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->media_type, stored->media_type);
  EXPECT_EQ(found->bytes, stored->bytes);
}

TEST_F(StoreTest, ItIsThereWhenTheStoreIsOpenedAgain) {
  const auto stored = *store_->put(png_bytes());
  store_ = *Store::open(base_ + "/evidence");
  EXPECT_EQ(**store_->get(stored.sha256), png_bytes());
}

TEST_F(StoreTest, TheSameBytesTwiceAreOneFile) {
  ASSERT_TRUE(store_->put(png_bytes()).ok());
  ASSERT_TRUE(store_->put(png_bytes()).ok());
  EXPECT_EQ(count_files(), 1);
  ASSERT_TRUE(store_->put(jpeg_bytes()).ok());
  EXPECT_EQ(count_files(), 2);
}

TEST_F(StoreTest, OnlyTheOwnerMayReadIt) {
  const auto stored = *store_->put(png_bytes());
  struct stat about {};
  ASSERT_EQ(::stat(path_of(stored.sha256).c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST_F(StoreTest, WhatIsNotThereIsNone) {
  EXPECT_FALSE((*store_->get(Hash{})).has_value());
  EXPECT_FALSE((*store_->find(Hash{})).has_value());
}

TEST_F(StoreTest, AnEmptyFileIsRefused) { EXPECT_EQ(refused({}), "evidence_empty"); }

TEST_F(StoreTest, TwentyMebibytesAreTakenAndNotAByteMore) {
  Bytes large = png_bytes();
  large.resize(kFileBytesMax);
  EXPECT_EQ(refused(large), "ok");
  large.push_back(0);
  const auto outcome = store_->put(large);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "evidence_too_large");
  EXPECT_EQ(outcome.error().facts, (Facts{{"bytes_max", "20971520"}}));
}

TEST_F(StoreTest, OtherKindsOfFilesAreRefusedAndNothingIsKept) {
  for (const std::string& text : {std::string("<!DOCTYPE html><html><body>hello</body></html>"),
                                  std::string("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
                                  std::string("some words\n")})
    EXPECT_EQ(refused(as_bytes(text)), "evidence_type_not_allowed") << text;
  EXPECT_EQ(refused(exe_bytes()), "evidence_type_not_allowed");
  const auto outcome = store_->put(make_zip({{"a.txt", "a"}}));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "evidence_type_not_allowed");
  EXPECT_EQ(outcome.error().facts, (Facts{{"media_type", "application/zip"}}));
  EXPECT_EQ(count_files(), 0);
}

TEST_F(StoreTest, AChangedFileIsDamaged) {
  const auto stored = *store_->put(png_bytes());
  std::fstream(path_of(stored.sha256), std::ios::in | std::ios::out) << "X";
  const auto got = store_->get(stored.sha256);
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().code, "evidence_damaged");
  EXPECT_EQ(got.error().facts, (Facts{{"sha256", to_hex(stored.sha256)}}));
  EXPECT_EQ(store_->find(stored.sha256).error().code, "evidence_damaged");
}

TEST_F(StoreTest, PuttingTheRightBytesMendsADamagedFile) {
  const auto stored = *store_->put(png_bytes());
  fs::resize_file(path_of(stored.sha256), 3);
  ASSERT_TRUE(store_->put(png_bytes()).ok());
  EXPECT_EQ(**store_->get(stored.sha256), png_bytes());
}

TEST_F(StoreTest, AFolderThatCannotBeUsedIsAFailure) {
  std::ofstream(base_ + "/file") << "in the way";
  EXPECT_EQ(Store::open(base_ + "/file").error().code, "storage_failed");
  const std::string hex = to_hex(sha256(BytesView(png_bytes())));
  std::ofstream(base_ + "/evidence/" + hex.substr(0, 2)) << "in the way";
  const auto outcome = store_->put(png_bytes());
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, "storage_failed");
  EXPECT_EQ(outcome.error().error_class, ErrorClass::Failure);
}

TEST_F(StoreTest, TheSameFileFromManyThreadsIsWholeAndOnce) {
  const Bytes docx = make_docx();
  std::vector<std::thread> threads;
  std::vector<int> stored(4);
  for (std::size_t i = 0; i < stored.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) stored[i] += store_->put(docx).ok() ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(stored, std::vector<int>(4, 5));
  EXPECT_EQ(count_files(), 1);
  EXPECT_EQ(**store_->get(sha256(BytesView(docx))), docx);
}

}  // namespace
}  // namespace tz::evidence
