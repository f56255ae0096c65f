// Spreadsheets as Excel, LibreOffice, WPS and others write them, and those that are refused.
#include "exchange/xlsx_file.h"

#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <filesystem>

#include "base/file.h"
#include "exchange/table_file.h"
#include "exchange/xlsx_parts_test.h"

namespace tz::exchange {
namespace {

// "1: a|b / 3: c" of the rows, then " !2B code" for each fault; a refusal's code where it is one.
std::string shown(const Result<ReadTable>& read) {
  if (!read.ok()) {
    std::string out = read.error().code;
    for (const auto& [name, value] : read.error().facts) out += " " + name + "=" + value;
    return out;
  }
  std::string out;
  for (const TableRow& row : read->table) {
    out += (out.empty() ? "" : " / ") + std::to_string(row.line) + ":";
    for (std::size_t i = 0; i < row.cells.size(); ++i) out += (i == 0 ? " " : "|") + row.cells[i];
  }
  for (const CellFault& fault : read->faults)
    out +=
        " !" + std::to_string(fault.line) + column_letters(*fault.column) + " " + fault.error.code;
  return out;
}

std::string shown(const Workbook& workbook) { return shown(read_xlsx(workbook.bytes())); }

std::string code_of(const Bytes& bytes, const XlsxLimits& limits = {}) {
  const auto read = read_xlsx(bytes, limits);
  if (read.ok()) return "read";
  std::string out = read.error().code;
  for (const auto& [name, value] : read.error().facts)
    if (name == "what" || name == "why") out += " " + value;
  return out;
}

// Such as Excel 2016 in Chinese writes: shared strings, runs, pronunciation, hidden sheet first.
TEST(Xlsx, ReadsWhatExcelWrites) {
  Workbook book;
  book.strings =
      "<si><t>标题</t></si><si><t>整改时限</t></si>"
      "<si><r><t xml:space=\"preserve\">楼道 </t></r><r><rPr><b/></rPr><t>堆物</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>lóudào</t></rPh></si>"
      "<si><t xml:space=\"preserve\">两_x000D_\n行_x0007__x00e9__xD83D_</t></si>";
  book.styles =
      "<numFmts count=\"1\"><numFmt numFmtId=\"176\" "
      "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/></numFmts>"
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf "
      "numFmtId=\"14\"/></cellXfs>"
      "<dxfs><dxf><numFmt numFmtId=\"0\" formatCode=\"yyyy\"/></dxf></dxfs>";
  book.rows =
      "<row r=\"1\" spans=\"1:3\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
      "t=\"s\"><v>1</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" s=\"1\"><v>43716</v></c></row>"
      "<row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"B3\" "
      "s=\"2\"><v>43716.5</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" s=\"1\"/><c r=\"B4\" s=\"1\"/></row>"
      "<row r=\"9\"><c r=\"A9\"><v>220204006001</v></c>"
      "<c r=\"B9\" t=\"str\"><f>A1&amp;\"!\"</f><v>标题!</v></c><c r=\"C9\" "
      "t=\"b\"><v>1</v></c></row>"
      "<row r=\"10\"><c r=\"A10\"><f>1+1</f><v>2</v></c><c r=\"B10\" s=\"0\"><v>1.5</v></c></row>";
  EXPECT_EQ(shown(book),
            "1: 标题|整改时限 / 2: 楼道 堆物|2019-09-08 / 3: "
            "两\n行\xef\xbf\xbdé\xef\xbf\xbd|2019-09-08 / "
            "9: 220204006001|标题!|TRUE / 10: 2|1.5");
}

TEST(Xlsx, TheFirstVisibleSheetIsRead) {
  Workbook book;
  book.rows = "<row><c t=\"inlineStr\"><is><t>内</t></is></c></row>";
  Parts parts = book.parts();
  const std::string sheet = parts[4].second;
  parts[2].second =
      kXmlHead + "<workbook xmlns=\"" + kSheetNs + "\" xmlns:r=\"" + kRelNs +
      "\"><sheets><sheet name=\"h\" sheetId=\"1\" state=\"veryHidden\" r:id=\"rId1\"/>"
      "<sheet name=\"c\" sheetId=\"2\" r:id=\"rId2\"/>"
      "<sheet name=\"v\" sheetId=\"7\" state=\"visible\" r:id=\"rId3\"/></sheets></workbook>";
  parts[3].second = relationships_of({{"worksheet", "worksheets/hidden.xml"},
                                      {"chartsheet", "chartsheets/sheet1.xml"},
                                      {"worksheet", "/xl/worksheets/A.XML"}});
  EXPECT_EQ(shown(read_xlsx(zip_of(parts))), "1: 内");
  parts[3].second = relationships_of({{"worksheet", "worksheets/a.xml"}});
  EXPECT_EQ(shown(read_xlsx(zip_of(parts))), "xlsx_sheet_missing");
}

// LibreOffice: General numbers with an exponent, dates in formats of its own, 1904 if asked for.
TEST(Xlsx, ReadsWhatLibreOfficeWrites) {
  Workbook book;
  book.properties = "<workbookPr backupFile=\"false\" showObjects=\"all\" date1904=\"true\"/>";
  book.styles =
      "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"General\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
      "<cellXfs count=\"2\"><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";
  book.strings = "<si><t xml:space=\"preserve\">标题</t></si>";
  book.rows =
      "<row r=\"1\" customFormat=\"false\" ht=\"12.8\"><c r=\"A1\" s=\"0\" "
      "t=\"s\"><v>0</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" s=\"1\" t=\"n\"><v>42254</v></c>"
      "<c r=\"B2\" s=\"0\" t=\"n\"><v>2.20204006001E+011</v></c>"
      "<c r=\"C2\" s=\"0\" t=\"b\"><f aca=\"false\">TRUE()</f><v>0</v></c></row>";
  EXPECT_EQ(shown(book), "1: 标题 / 2: 2019-09-08|220204006001|FALSE");
}

// Other programs: prefixed names, no numbers of rows and cells, the strict namespace, ISO dates.
TEST(Xlsx, ReadsWhatOtherProgramsWrite) {
  Workbook book;
  book.rows =
      "<row><c t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r></is></c><c t=\"d\"><v>"
      "2019-09-08T00:00:00</v></c></row><row/><row><c/><c><v> 7 </v></c></row>";
  EXPECT_EQ(shown(book), "1: 甲乙|2019-09-08 / 3: |7");
  Parts parts = book.parts();
  parts[4].second =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><x:worksheet "
      "xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData><x:row r=\"2\"><x:c "
      "r=\"C2\" t=\"str\"><x:v>丙</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_EQ(shown(read_xlsx(zip_of(parts))), "2: ||丙");
}

TEST(Xlsx, ReadsWhatLibxlsxwriterWrites) {
  const std::string path = testing::TempDir() + "tz-exchange-libxlsxwriter.xlsx";
  for (const bool in_rows : {false, true}) {
    lxw_workbook_options options{in_rows, nullptr, false};
    lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
    lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
    lxw_format* day = workbook_add_format(book);
    format_set_num_format(day, "yyyy-mm-dd");
    worksheet_write_string(sheet, 0, 0, "标题 <&\"> _x005F_x0041_", nullptr);
    worksheet_write_string(sheet, 0, 1, "two\nlines", nullptr);
    worksheet_write_datetime(sheet, 1, 0,
                             std::array<lxw_datetime, 1>{{{2019, 9, 8, 0, 0, 0}}}.data(), day);
    worksheet_write_number(sheet, 1, 1, 220204006001.0, nullptr);
    worksheet_write_boolean(sheet, 1, 2, 1, nullptr);
    worksheet_write_formula_num(sheet, 2, 0, "=1+1", nullptr, 2);
    ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
    const auto file = read_file(path, 1 << 20);
    ASSERT_TRUE(file.ok() && *file);
    EXPECT_EQ(shown(read_xlsx((*file)->bytes)),
              "1: 标题 <&\"> _x0041_|two\nlines / 2: 2019-09-08|220204006001|TRUE / 3: 2|");
  }
  std::filesystem::remove(path);
}

TEST(Xlsx, CellsThatCannotBeTakenAreNamed) {
  Workbook book;
  book.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>标题</v></c><c r=\"D1\" t=\"str\"><v>x</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"e\"><f>NA()</f><v>#N/A</v></c><c r=\"B2\"><f>A9</f></c>"
      "<c r=\"C2\"><v>220204197001011234</v></c><c r=\"D2\" t=\"str\"><f>\"\"</f><v></v></c></row>";
  EXPECT_EQ(shown(book),
            "1: 标题|||x / 2: #N/A|=?|2.20204197001011e+17| !2A cell_error !2B cell_no_value "
            "!2C cell_digits_lost");
}

TEST(Xlsx, AMergedHeaderIsRefused) {
  Workbook book;
  book.rows = "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>标题</v></c></row>";
  book.after = "<mergeCells count=\"2\"><mergeCell ref=\"A5:B6\"/></mergeCells>";
  EXPECT_EQ(shown(book), "2: 标题");
  book.after =
      "<mergeCells count=\"2\"><mergeCell ref=\"A5:B6\"/><mergeCell ref=\"A1:B2\"/></mergeCells>";
  EXPECT_EQ(shown(book), "xlsx_header_merged cells=A1:B2");
}

TEST(Xlsx, WhatIsNoSpreadsheetIsRefused) {
  EXPECT_EQ(code_of({}), "xlsx_not_zip");
  EXPECT_EQ(code_of(Bytes(as_bytes("unit,title\n").begin(), as_bytes("unit,title\n").end())),
            "xlsx_not_zip");
  const std::string ole("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", 17);
  EXPECT_EQ(code_of(Bytes(ole.begin(), ole.end())), "xlsx_old_format");
  std::string locked = ole;
  for (const char c : std::string("EncryptedPackage")) locked += {c, '\0'};
  EXPECT_EQ(code_of(Bytes(locked.begin(), locked.end())), "xlsx_encrypted");
  EXPECT_EQ(code_of(zip_of({{"xl/workbook.bin", "x"}})), "xlsx_old_format");
  EXPECT_EQ(code_of(zip_of({{"content.xml", "x"}})), "xlsx_old_format");
  EXPECT_EQ(code_of(zip_of({{"word/document.xml", "x"}})), "xlsx_damaged missing");
  Workbook book;
  book.rows = "<row/>";
  EXPECT_EQ(code_of(zip_of(book.parts(), "secret")), "xlsx_encrypted");
}

TEST(Xlsx, BrokenFilesAreRefused) {
  Workbook book;
  book.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
  EXPECT_EQ(code_of(book.bytes()), "xlsx_damaged shared_string");
  book.strings = "<si><t>标题</t></si>";
  EXPECT_EQ(code_of(book.bytes()), "read");
  Bytes whole = book.bytes();
  for (std::size_t size = 0; size < whole.size(); size += 7)
    EXPECT_NE(code_of(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))),
              "read");
  for (const auto& [rows, why] :
       {std::pair<const char*, const char*>{"<row r=\"2\"/><row r=\"2\"/>", "row_number"},
        {"<row r=\"x\"/>", "row_number"},
        {"<row r=\"0\"/>", "row_number"},
        {"<row r=\"1048577\"/>", "row_number"},
        {"<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "cell_name"},
        {"<row r=\"1\"><c r=\"A2\"/></row>", "cell_name"},
        {"<row r=\"1\"><c r=\"XFE1\"/></row>", "cell_name"},
        {"<row r=\"1\"><c r=\"AAAA1\"/></row>", "cell_name"},
        {"<c r=\"A1\"/>", "cell_without_row"},
        {"<row><c t=\"s\"><v>-1</v></c></row>", "shared_string"},
        {"<row><c><v>12x</v></c></row>", "number"},
        {"<row><c><v>inf</v></c></row>", "number"},
        {"<row><c t=\"q\"><v>1</v></c></row>", "cell_type"}}) {
    book.rows = rows;
    EXPECT_EQ(code_of(book.bytes()), std::string("xlsx_damaged ") + why) << rows;
  }
  book.rows = "<row>";
  EXPECT_EQ(code_of(book.bytes()), "xlsx_damaged mismatched tag");
  book.rows = "&made;";
  EXPECT_EQ(code_of(book.bytes()), "xlsx_damaged undefined entity");
}

TEST(Xlsx, EveryDocumentTypeIsRefused) {
  Workbook book;
  book.rows = "<row><c t=\"str\"><v>&x;</v></c></row>";
  for (const char* doctype :
       {"<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE worksheet SYSTEM \"http://127.0.0.1/x.dtd\">",
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY x \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
        "<!DOCTYPE w [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]>", "<!DOCTYPE w>"}) {
    book.head = kXmlHead + doctype;
    EXPECT_EQ(shown(book), "xlsx_doctype part=xl/worksheets/a.xml");
  }
}

TEST(Xlsx, LinksToOutsideAreNotFollowed) {
  Workbook book;
  book.rows = "<row><c t=\"str\"><f>[1]Sheet1!A1</f><v>甲</v></c></row>";
  Parts parts = book.parts();
  const std::string external =
      "<Relationship Id=\"rId9\" Type=\"" + kRelNs +
      "/sharedStrings\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/>"
      "<Relationship Id=\"rId8\" Type=\"" +
      kRelNs + "/styles\" Target=\"../../../etc/passwd\"/>";
  std::string& related = parts[3].second;
  related.insert(related.find("</Relationships>"), external);
  EXPECT_EQ(shown(read_xlsx(zip_of(parts))), "1: 甲");
}

TEST(Xlsx, BombsAreRefused) {
  Workbook book;
  XlsxLimits limits;
  limits.ratio_from_bytes = 1 << 16;
  book.rows = std::string(4 << 20, ' ');
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large ratio");
  limits.ratio_max = 100'000;
  limits.inflated_bytes_max = 1 << 20;
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large inflated_bytes");
  limits = {};
  limits.entries_max = 4;
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large entries");
  // One tag that does not end, which expat would look at again and again.
  limits = {};
  limits.ratio_max = 1 << 20;
  limits.token_bytes_max = 1 << 18;
  book.rows = "<row r=\"" + std::string(1 << 20, '1') + "\"/>";
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large token_bytes");
  book.rows.clear();
  for (int i = 0; i < 100; ++i) book.rows += "<a>";
  EXPECT_EQ(code_of(book.bytes()), "table_too_large depth");
}

TEST(Xlsx, ASmallFileCannotMakeALargeTable) {
  Workbook book;
  XlsxLimits limits;
  limits.table = {.rows_max = 3,
                  .columns_max = 4,
                  .cells_max = 12,
                  .cell_bytes_max = 100,
                  .text_bytes_max = 300};
  const auto row = [](int number, const char* column, const std::string& cell) {
    return "<row r=\"" + std::to_string(number) + "\"><c r=\"" + column + std::to_string(number) +
           "\" " + cell + "</c></row>";
  };
  const std::string text = "t=\"str\"><v>" + std::string(90, 'x') + "</v>";
  book.strings = "<si><t>" + std::string(100, 'x') + "</t></si>";
  book.rows = row(1, "A", "><v>1</v>") + row(1'048'576, "D", "><v>1</v>") + "";
  EXPECT_EQ(code_of(book.bytes(), limits), "read");
  book.rows = row(1, "E", "><v>1</v>");
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large columns");
  book.rows = row(1, "E", "s=\"1\">");
  EXPECT_EQ(code_of(book.bytes(), limits), "read") << "an empty cell takes no room";
  book.rows.clear();
  for (int i = 1; i <= 5; ++i) book.rows += row(i, "A", "><v>1</v>");
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large rows");
  book.rows = row(1, "D", "><v>1</v>");
  for (int i = 2; i <= 4; ++i) book.rows += row(i, "A", "><v>1</v>");
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large cells");
  book.rows.clear();
  for (int i = 1; i <= 4; ++i) book.rows += row(i, "A", text);
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large text_bytes");
  book.rows.clear();
  for (int i = 1; i <= 4; ++i) book.rows += row(i, "A", "t=\"s\"><v>0</v>");
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large text_bytes");
  book.rows = row(1, "A", "t=\"str\"><v>" + std::string(101, 'x') + "</v>");
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large cell_bytes");
  book.rows = "<row/>";
  book.strings += book.strings;
  limits.strings_max = 1;
  EXPECT_EQ(code_of(book.bytes(), limits), "table_too_large strings");
}

TEST(TableFile, TellsSpreadsheetsFromCsv) {
  Workbook book;
  book.rows = "<row><c t=\"str\"><v>甲</v></c></row>";
  EXPECT_EQ(shown(read_table(book.bytes())), "1: 甲");
  EXPECT_EQ(shown(read_table(as_bytes("\xef\xbb\xbf甲,乙\r\n1,\"2\n3\"\r\n4,5\r\n"))),
            "1: 甲|乙 / 2: 1|2\n3 / 4: 4|5");
  EXPECT_EQ(shown(read_table(as_bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))), "xlsx_old_format");
  EXPECT_EQ(read_table(as_bytes("%PDF-1.4 \xff\xff\xff")).error().code, "text_encoding");
  EXPECT_EQ(shown(read_table({})), "");
  const TableLimits small{.rows_max = 1, .columns_max = 2, .cells_max = 4};
  EXPECT_EQ(read_table(as_bytes("a\n1\n2\n"), small).error().code, "table_too_large");
  EXPECT_EQ(read_table(as_bytes("a,b,c\n"), small).error().code, "csv_malformed");
}

}  // namespace
}  // namespace tz::exchange
