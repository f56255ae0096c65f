// Comma-separated text as it comes, what is refused in it, and the encodings of clerks' files.
#include "base/csv.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace tz {
namespace {

using Cells = std::vector<std::string>;

std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "no fact " + std::string(name);
}

std::vector<Cells> cells_of(std::string_view text) {
  std::vector<Cells> all;
  auto rows = parse_csv(text);
  if (!rows.ok()) return {{"refused", rows.error().code, fact(rows.error(), "why")}};
  for (TableRow& row : *rows) all.push_back(std::move(row.cells));
  return all;
}

TEST(Csv, ReadsCellsAndRows) {
  EXPECT_EQ(cells_of("a,b\nc,d\n"), (std::vector<Cells>{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(cells_of("a,b\r\nc,d"), (std::vector<Cells>{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(cells_of("a\rb\r"), (std::vector<Cells>{{"a"}, {"b"}}));
  EXPECT_EQ(cells_of(",\n"), (std::vector<Cells>{{"", ""}}));
  EXPECT_EQ(cells_of("a,"), (std::vector<Cells>{{"a", ""}}));
  EXPECT_EQ(cells_of("\"\""), (std::vector<Cells>{{""}}));
  EXPECT_EQ(cells_of(" a , b "), (std::vector<Cells>{{" a ", " b "}}));
  EXPECT_EQ(cells_of(""), std::vector<Cells>{});
  EXPECT_EQ(cells_of("\n\r\n\r\n"), std::vector<Cells>{});
  EXPECT_EQ(cells_of("\xef\xbb\xbf编码,名称\n1,二"),
            (std::vector<Cells>{{"编码", "名称"}, {"1", "二"}}));
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_EQ(cells_of("\"a,b\",\"say \"\"no\"\"\"\n"), (std::vector<Cells>{{"a,b", "say \"no\""}}));
  EXPECT_EQ(cells_of("\"a\r\nb\",c"), (std::vector<Cells>{{"a\r\nb", "c"}}));
  EXPECT_EQ(cells_of("\"\"\"\"\n"), (std::vector<Cells>{{"\""}}));
}

TEST(Csv, ALineIsWhereTheRowBegins) {
  const auto rows = parse_csv("h\n\na,\"1\n2\r\n3\r4\"\r\nb,\"\"\n\r\nc");
  ASSERT_TRUE(rows.ok());
  std::vector<std::size_t> lines;
  for (const TableRow& row : *rows) lines.push_back(row.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{1, 3, 7, 9}));
}

TEST(Csv, QuotesInTheWrongPlaceAreRefusedWithTheirLine) {
  for (const std::string_view text :
       {"x\na\"b\n", "x\n\"a\"b\n", "x\n\"a\n", "x\n\"a\" ,b", "x\n \"a\"", "x\na\""}) {
    const auto rows = parse_csv(text);
    ASSERT_FALSE(rows.ok()) << text;
    EXPECT_EQ(rows.error().code, "csv_malformed");
    EXPECT_EQ(fact(rows.error(), "why"), "quote");
    EXPECT_EQ(fact(rows.error(), "line"), "2") << text;
  }
}

TEST(Csv, LimitsHold) {
  const CsvLimits limits{.bytes_max = 40, .cell_bytes_max = 4, .cells_max = 3};
  EXPECT_TRUE(parse_csv("1234,\"5678\",9\n", limits).ok());
  const auto long_cell = parse_csv("a\n12345\n", limits);
  ASSERT_FALSE(long_cell.ok());
  EXPECT_EQ(fact(long_cell.error(), "why"), "cell_size");
  const auto long_quoted = parse_csv("\"12\"\"45\"", limits);
  ASSERT_FALSE(long_quoted.ok());
  EXPECT_EQ(fact(long_quoted.error(), "why"), "cell_size");
  const auto many = parse_csv("a\n1,2,3,4\n", limits);
  ASSERT_FALSE(many.ok());
  EXPECT_EQ(fact(many.error(), "why"), "cells");
  EXPECT_EQ(fact(many.error(), "line"), "2");
  const auto large = parse_csv(std::string(41, 'a'), limits);
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, "csv_too_large");
}

TEST(Csv, WrittenCellsAreReadBack) {
  SeededRandom random(7);
  const std::string_view alphabet[] = {"a", ",", "\"", "\n", "\r", " ", "中", "1", "'"};
  for (int round = 0; round < 3000; ++round) {
    std::vector<Cells> rows(1 + random.next_u64() % 4);
    std::string text;
    for (Cells& row : rows) {
      row.resize(2 + random.next_u64() % 3);
      for (std::string& cell : row) {
        cell = "x";  // so that no cell is taken for a formula
        for (std::uint64_t i = random.next_u64() % 6; i > 0; --i)
          cell += alphabet[random.next_u64() % std::size(alphabet)];
        text += csv_cell(cell);
        text += &cell == &row.back() ? "\r\n" : ",";
      }
    }
    ASSERT_EQ(cells_of(text), rows) << "round " << round << ": " << text;
  }
}

TEST(Csv, OuterSpacesAreQuoted) {
  EXPECT_EQ(csv_cell(" a"), "\" a\"");
  EXPECT_EQ(csv_cell("a "), "\"a \"");
  EXPECT_EQ(csv_cell("a b"), "a b");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(Csv, WordsOfStrangersDoNotBecomeFormulas) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("=cmd|' /C calc'!A0,"), "\"'=cmd|' /C calc'!A0,\"");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("+86 432"), "'+86 432");
  EXPECT_EQ(csv_cell("-5"), "-5");
  EXPECT_EQ(csv_cell("+1,234.50"), "\"+1,234.50\"");
  EXPECT_EQ(csv_cell("a=1"), "a=1");
  EXPECT_EQ(csv_cell("-"), "'-");
}

TEST(Csv, WrittenRowsKeepTheirEmptyCells) {
  for (const Cells& cells : {Cells{"a", "b,c"}, Cells{"", "b", ""}, Cells{"", ""}})
    EXPECT_EQ(cells_of(csv_row(cells)), std::vector<Cells>{cells});
}

TEST(Csv, ACellIsTheTextAgainThatItWasMadeOf) {
  for (const char* text : {"=1+1", "--河南", "＝甲", "-5", "a=1", "", "'", "''", "'甲"})
    EXPECT_EQ(csv_text(csv_cell(text)), text);
  EXPECT_EQ(csv_text("'--河南"), "--河南");
  EXPECT_EQ(csv_text("'甲"), "'甲");
}

TEST(TextEncoding, Utf8StaysAndLosesItsMark) {
  EXPECT_EQ(*to_utf8(as_bytes("吉林市,a")), "吉林市,a");
  EXPECT_EQ(*to_utf8(as_bytes("\xef\xbb\xbf吉林市")), "吉林市");
  EXPECT_EQ(*to_utf8({}), "");
}

TEST(TextEncoding, Gb18030IsConverted) {
  EXPECT_EQ(*to_utf8(as_bytes("\xbc\xaa\xc1\xd6\xca\xd0,1\r\n")), "吉林市,1\r\n");
  // Four bytes for one character: U+3400 and U+20000.
  EXPECT_EQ(*to_utf8(as_bytes("\xbc\xaa\x81\x39\xee\x39\x95\x32\x82\x36")), "吉\u3400\U00020000");
  std::string long_text;
  std::string expected;
  for (int i = 0; i < 50'000; ++i) {
    long_text += "\xbc\xaa\xc1\xd6";
    expected += "吉林";
  }
  EXPECT_EQ(*to_utf8(as_bytes(long_text)), expected);
}

TEST(TextEncoding, BytesOfNeitherEncodingAreRefusedWithTheirPlace) {
  const auto neither = to_utf8(as_bytes("a\nb\n\xbc\xaa\xff\xff"));
  ASSERT_FALSE(neither.ok());
  EXPECT_EQ(neither.error().code, "text_encoding");
  EXPECT_EQ(fact(neither.error(), "at"), "3");
  EXPECT_EQ(fact(neither.error(), "line"), "3");
  const auto cut = to_utf8(as_bytes("\xbc\xaa\xc1"));
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(fact(cut.error(), "at"), "3");
}

TEST(TextEncoding, DamagedUtf8IsNotTakenForGb18030) {
  std::string text = "致和南社区居委会致和南社区居委会\n吉林市";
  text.insert(text.size() - 3, "\xbc\xaa");
  const auto damaged = to_utf8(as_bytes(text));
  ASSERT_FALSE(damaged.ok());
  EXPECT_EQ(damaged.error().code, "text_encoding");
  EXPECT_EQ(fact(damaged.error(), "line"), "2");
  EXPECT_FALSE(to_utf8(as_bytes("\xef\xbb\xbf\xbc\xaa")).ok());
}

TEST(TextEncoding, ABeginningHasNoHalfCharacter) {
  EXPECT_EQ(beginning_of("吉林市", 9), "吉林市");
  EXPECT_EQ(beginning_of("吉林市", 8), "吉林");
  EXPECT_EQ(beginning_of("吉林市", 6), "吉林");
  EXPECT_EQ(beginning_of("吉林市", 2), "");
  EXPECT_EQ(beginning_of("abc", 2), "ab");
  EXPECT_EQ(beginning_of("", 2), "");
}

// The definition of UTF-8 by characters: exactly what encoding some code point gives.
bool slow_valid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    bool found = false;
    for (std::size_t count = 1; count <= 4 && at + count <= text.size() && !found; ++count) {
      const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
      const std::uint32_t lead_bits[] = {0x7f, 0x1f, 0x0f, 0x07};
      std::uint32_t point = byte(0) & lead_bits[count - 1];
      for (std::size_t i = 1; i < count; ++i) point = (point << 6) | (byte(i) & 0x3fu);
      std::string encoded;
      const auto tail = [&](int shift) {
        encoded += static_cast<char>(0x80 | ((point >> shift) & 0x3f));
      };
      if (point < 0x80) {
        encoded += static_cast<char>(point);
      } else if (point < 0x800) {
        encoded += static_cast<char>(0xc0 | (point >> 6));
        tail(0);
      } else if (point < 0x10000) {
        encoded += static_cast<char>(0xe0 | (point >> 12));
        tail(6);
        tail(0);
      } else {
        encoded += static_cast<char>(0xf0 | (point >> 18));
        tail(12);
        tail(6);
        tail(0);
      }
      const bool allowed = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
      if (allowed && text.substr(at, count) == encoded) {
        found = true;
        at += count;
      }
    }
    if (!found) return false;
  }
  return true;
}

TEST(TextEncoding, ValidUtf8AgreesWithTheDefinition) {
  SeededRandom random(11);
  const std::uint8_t edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
  int valid = 0;
  for (int round = 0; round < 300'000; ++round) {
    std::string text(random.next_u64() % 2 == 0 ? 0 : 5, 'a');
    for (std::uint64_t i = random.next_u64() % 5; i > 0; --i)
      text += static_cast<char>(edges[random.next_u64() % std::size(edges)]);
    const bool expected = slow_valid(text);
    valid += expected ? 1 : 0;
    ASSERT_EQ(valid_utf8(text), expected) << to_hex(as_bytes(text));
  }
  EXPECT_GT(valid, 10'000);
}

}  // namespace
}  // namespace tz
