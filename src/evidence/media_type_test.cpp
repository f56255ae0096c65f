// What a file is, told from its bytes: the allowed kinds, and those that pretend to be one.
#include "evidence/media_type.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/random.h"
#include "evidence/office_archive_test.h"
#include "evidence/office_file.h"
#include "evidence/sample_files_test.h"
#include "evidence/store.h"

// libzip asks glibc for the local time of every entry. glibc does that under a lock of its own,
// which the thread sanitizer cannot see; without this it would call it a race.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is the sanitizer's.
extern "C" const char* __tsan_default_suppressions() { return "race:tzset_internal\n"; }

namespace tz::evidence {
namespace {

std::string type_of(const Bytes& bytes) { return media_type_of(bytes); }
std::string type_of(std::string_view text) { return media_type_of(as_bytes(text)); }

TEST(MediaType, TheFiveKindsAreKnown) {
  EXPECT_EQ(type_of(png_bytes()), "image/png");
  EXPECT_EQ(type_of(jpeg_bytes()), "image/jpeg");
  EXPECT_EQ(type_of(pdf_text()), "application/pdf");
  EXPECT_EQ(type_of(make_docx()), kDocx);
  EXPECT_EQ(type_of(make_xlsx()), kXlsx);
  for (const std::string& type : {type_of(png_bytes()), type_of(jpeg_bytes()), type_of(pdf_text()),
                                  type_of(make_docx()), type_of(make_xlsx())})
    EXPECT_TRUE(allowed_media_type(type)) << type;
}

TEST(MediaType, OtherFilesAreNotAllowed) {
  const std::string html = "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>";
  const std::string svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";
  EXPECT_EQ(type_of(html), "text/html");
  EXPECT_EQ(type_of(svg), "image/svg+xml");
  EXPECT_EQ(type_of("plain words of a clerk\n"), "text/plain");
  for (const std::string& type :
       {type_of(html), type_of(svg), type_of("plain words of a clerk\n"), type_of(exe_bytes()),
        type_of(std::string_view("GIF89a\1\0\1\0\0\0\0;", 14)), type_of("#!/bin/sh\nrm -rf /\n"),
        type_of(make_zip({{"a.txt", "a"}})), type_of("")})
    EXPECT_FALSE(allowed_media_type(type)) << type;
}

// libmagic finds "%PDF-" further on in a file too; a browser would show the page around it.
TEST(MediaType, AFileMustBeginAsWhatItIs) {
  EXPECT_FALSE(allowed_media_type(type_of("<html><script>alert(1)</script>" + pdf_text())));
  EXPECT_FALSE(allowed_media_type(type_of("\n" + pdf_text())));
  EXPECT_FALSE(allowed_media_type(type_of("\xef\xbb\xbf" + pdf_text())));
  Bytes shifted = png_bytes();
  shifted.insert(shifted.begin(), ' ');
  EXPECT_FALSE(allowed_media_type(type_of(shifted)));
  Bytes archive = make_docx();
  const Bytes program = exe_bytes();
  archive.insert(archive.begin(), program.begin(), program.end());
  EXPECT_FALSE(allowed_media_type(type_of(archive)));
}

TEST(MediaType, AZipFileIsADocumentOnlyByItsMainPart) {
  const auto refused = [](const Entries& entries) {
    return media_type_of(make_zip(entries)) == "application/zip";
  };
  const std::string word = content_types(main_part("/word/document.xml", kWordMain));
  const std::string excel = content_types(main_part("/xl/workbook.xml", kExcelMain));
  EXPECT_TRUE(refused({{"a.txt", "a"}}));
  EXPECT_TRUE(refused({{"word/document.xml", "<w/>"}}));
  EXPECT_TRUE(refused({{"[Content_Types].xml", word}}));  // the part is named and not there
  EXPECT_TRUE(refused({{"[Content_Types].xml", word}, {"xl/workbook.xml", "<x/>"}}));
  EXPECT_TRUE(refused({{"[Content_Types].xml", content_types("")}, {"word/document.xml", "<w/>"}}));
  EXPECT_TRUE(refused({{"sub/[Content_Types].xml", word}, {"word/document.xml", "<w/>"}}));
  EXPECT_TRUE(
      refused({{"[Content_Types].xml", content_types(main_part("/word/document.xml", kWordMain) +
                                                     main_part("/xl/workbook.xml", kExcelMain))},
               {"word/document.xml", "<w/>"},
               {"xl/workbook.xml", "<x/>"}}));
  EXPECT_FALSE(refused({{"[Content_Types].xml", excel}, {"xl/workbook.xml", "<x/>"}}));
}

TEST(MediaType, WritersDifferInSmallThings) {
  const auto docx = [](const std::string& types, const std::string& part) {
    return media_type_of(make_zip({{"[Content_Types].xml", types}, {part, "<w/>"}})) == kDocx;
  };
  EXPECT_TRUE(
      docx(content_types(main_part("/word/document2.xml", kWordMain)), "word/document2.xml"));
  EXPECT_TRUE(docx("<ns0:Types><ns0:Override ContentType='" + kWordMain +
                       "' PartName='/word/document.xml' /></ns0:Types>",
                   "word/document.xml"));
  EXPECT_TRUE(docx("<Types><Override\n PartName = \"/word/document.xml\"\n ContentType = \"" +
                       kWordMain + "\"></Override></Types>",
                   "word/document.xml"));
  // An embedded workbook does not make a document a workbook.
  EXPECT_TRUE(docx(content_types("<Default Extension=\"xlsx\" ContentType=\"" + std::string(kXlsx) +
                                 "\"/>" + main_part("/word/document.xml", kWordMain)),
                   "word/document.xml"));
}

TEST(MediaType, DocumentsWithMacrosAreNotAllowed) {
  const std::string macro_main = "application/vnd.ms-word.document.macroEnabled.main+xml";
  const std::string vba = "application/vnd.ms-office.vbaProject";
  EXPECT_EQ(type_of(make_zip({{"[Content_Types].xml",
                               content_types(main_part("/word/document.xml", macro_main))},
                              {"word/document.xml", "<w/>"}})),
            "application/zip");
  EXPECT_EQ(type_of(make_zip({{"[Content_Types].xml",
                               content_types("<Default Extension=\"bin\" ContentType=\"" + vba +
                                             "\"/>" + main_part("/word/document.xml", kWordMain))},
                              {"word/document.xml", "<w/>"},
                              {"word/vbaProject.bin", "x"}})),
            "application/zip");
}

// Only the types were looked at, and only as most programs write them.
TEST(MediaType, MacrosAreFoundUnderAnyTypeAndAnySpelling) {
  const auto type_with = [](const std::string& overrides, const std::string& part) {
    return type_of(make_zip({{"[Content_Types].xml",
                              content_types(overrides + main_part("/xl/workbook.xml", kExcelMain))},
                             {"xl/workbook.xml", "<x/>"},
                             {part, "x"}}));
  };
  const std::string bin = "<Default Extension=\"bin\" ContentType=\"application/octet-stream\"/>";
  EXPECT_EQ(type_with(bin, "xl/printerSettings/printerSettings1.bin"), kXlsx);
  for (const char* part : {"xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/vbaProjectSignature.bin",
                           "xl/macrosheets/sheet1.xml", "xl/MacroSheets/intlsheet1.xml"})
    EXPECT_EQ(type_with(bin, part), "application/zip") << part;
  for (const char* type :
       {"application/vnd.ms-office.VBAPROJECT", "application/vnd.ms-office.vba&#80;roject",
        "application/vnd.ms-excel.macrosheet+xml"})
    EXPECT_EQ(type_with(main_part("/xl/other.bin", type), "xl/other.bin"), "application/zip")
        << type;
}

TEST(MediaType, ABombIsNotInflated) {
  const std::string types = content_types(main_part("/word/document.xml", kWordMain));
  // [Content_Types].xml of 1 MiB is read; one byte more is not.
  const std::string padding(kContentTypesBytesMax - types.size(), ' ');
  EXPECT_EQ(
      type_of(make_zip({{"[Content_Types].xml", types + padding}, {"word/document.xml", "<w/>"}})),
      kDocx);
  EXPECT_EQ(type_of(make_zip(
                {{"[Content_Types].xml", types + padding + " "}, {"word/document.xml", "<w/>"}})),
            "application/zip");
  // Other entries may be as large as they like: they are not looked into.
  EXPECT_EQ(type_of(make_zip({{"[Content_Types].xml", types},
                              {"word/document.xml", std::string(std::size_t{64} << 20, ' ')}})),
            kDocx);
}

TEST(MediaType, AnArchiveOfTooManyEntriesIsNotOpened) {
  Entries entries = {
      {"[Content_Types].xml", content_types(main_part("/word/document.xml", kWordMain))},
      {"word/document.xml", "<w/>"}};
  while (entries.size() < kArchiveEntriesMax)
    entries.emplace_back(std::to_string(entries.size()), "");
  EXPECT_EQ(type_of(make_zip(entries)), kDocx);
  entries.emplace_back("one more", "");
  EXPECT_EQ(type_of(make_zip(entries)), "application/zip");
}

// A document whose table is described by a 64-bit end record, as some writers always do, which
// claims that many entries.
Bytes with_long_end_record(Bytes archive, std::uint64_t entries) {
  constexpr std::size_t kEndBytes = 22;
  Bytes end(archive.end() - kEndBytes, archive.end());
  archive.resize(archive.size() - kEndBytes);
  const auto number = [&archive](std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) archive.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  const auto field_of_end = [&end](std::size_t at) {
    return end[at] | end[at + 1] << 8 | end[at + 2] << 16 | end[at + 3] << 24;
  };
  const std::uint64_t record = archive.size();
  number(0x06064b50, 4);
  number(44, 8);
  number(45, 2);
  number(45, 2);
  number(0, 8);  // disks
  number(entries, 8);
  number(entries, 8);
  number(static_cast<std::uint64_t>(field_of_end(12)), 8);  // bytes of the table
  number(static_cast<std::uint64_t>(field_of_end(16)), 8);  // where it begins
  number(0x07064b50, 4);
  number(0, 4);
  number(record, 8);
  number(1, 4);
  std::fill(end.begin() + 8, end.begin() + 20, std::uint8_t{0xff});  // "see the long record"
  archive.insert(archive.end(), end.begin(), end.end());
  return archive;
}

TEST(MediaType, ALongEndRecordIsReadAndItsClaimCounts) {
  EXPECT_EQ(office_type_of(with_long_end_record(make_docx(), 3)), kDocx);
  EXPECT_FALSE(office_type_of(with_long_end_record(make_docx(), kArchiveEntriesMax + 1)));
  EXPECT_FALSE(office_type_of(with_long_end_record(make_docx(), ~std::uint64_t{0})));
}

TEST(MediaType, TheEntriesClaimedAreKnownBeforeTheArchiveIsOpened) {
  EXPECT_EQ(entries_claimed(make_docx()), 3U);
  EXPECT_EQ(entries_claimed(with_long_end_record(make_docx(), 1'000'000'000)), 1'000'000'000U);
  Bytes liar = make_docx();
  liar[liar.size() - 22 + 11] = 0x40;
  EXPECT_EQ(entries_claimed(liar), 0x4003U);
  const std::string comment(65'000, 'c');  // the record need not stand at the very end
  liar.insert(liar.end(), comment.begin(), comment.end());
  EXPECT_EQ(entries_claimed(liar), 0x4003U);
  EXPECT_EQ(entries_claimed(as_bytes("PK\x05\x06 cut short")), 0U);
  EXPECT_EQ(entries_claimed({}), 0U);
}

TEST(MediaType, CutAndChangedFilesAreAnsweredWithoutHarm) {
  const std::uint64_t seed = 20190908;
  SeededRandom random(seed);
  for (const Bytes& whole : {make_docx(), make_xlsx(), png_bytes(), jpeg_bytes()})
    for (int round = 0; round < 300; ++round) {
      Bytes bytes = whole;
      bytes.resize(random.next_u64() % (bytes.size() + 1));
      for (std::uint64_t i = random.next_u64() % 8; i > 0 && !bytes.empty(); --i)
        bytes[random.next_u64() % bytes.size()] = static_cast<std::uint8_t>(random.next_u64());
      EXPECT_FALSE(media_type_of(bytes).empty()) << "seed " << seed << " round " << round;
    }
}

TEST(MediaType, ManyThreadsAskAtOnce) {
  std::vector<std::thread> threads;
  std::vector<int> right(4);
  for (std::size_t i = 0; i < right.size(); ++i)
    threads.emplace_back([&right, i] {
      const Bytes docx = make_docx();
      const Bytes png = png_bytes();
      for (int round = 0; round < 20; ++round)
        right[i] += media_type_of(docx) == kDocx && media_type_of(png) == "image/png" ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, std::vector<int>(4, 20));
}

}  // namespace
}  // namespace tz::evidence
