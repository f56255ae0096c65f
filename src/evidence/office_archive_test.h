// Makes small office documents and other ZIP files in memory, for the tests of this room.
#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace tz::evidence {

using Entries = std::vector<std::pair<std::string, std::string>>;

inline Bytes make_zip(const Entries& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  TZ_ASSERT(target != nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  TZ_ASSERT(archive != nullptr);
  for (const auto& [name, text] : entries) {
    zip_source_t* content = zip_source_buffer(archive, text.data(), text.size(), 0);
    TZ_ASSERT(zip_file_add(archive, name.c_str(), content, ZIP_FL_ENC_UTF_8) >= 0);
  }
  TZ_ASSERT(zip_close(archive) == 0);
  TZ_ASSERT(zip_source_open(target) == 0);
  zip_source_seek(target, 0, SEEK_END);
  Bytes out(static_cast<std::size_t>(zip_source_tell(target)));
  zip_source_seek(target, 0, SEEK_SET);
  TZ_ASSERT(zip_source_read(target, out.data(), out.size()) ==
            static_cast<zip_int64_t>(out.size()));
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

inline std::string content_types(const std::string& overrides) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
         "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
         overrides + "</Types>";
}

inline std::string main_part(const std::string& part, const std::string& type) {
  return "<Override PartName=\"" + part + "\" ContentType=\"" + type + "\"/>";
}

inline const std::string kWordMain =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
inline const std::string kExcelMain =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

inline std::string relationships(const std::string& target) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
         "relationships/officeDocument\" Target=\"" +
         target + "\"/></Relationships>";
}

// A whole Word document of one paragraph.
inline Bytes make_docx(const std::string& text = "整改报告") {
  return make_zip(
      {{"[Content_Types].xml", content_types(main_part("/word/document.xml", kWordMain))},
       {"_rels/.rels", relationships("word/document.xml")},
       {"word/document.xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"
        "main\"><w:body><w:p><w:r><w:t>" +
            text + "</w:t></w:r></w:p></w:body></w:document>"}});
}

// A whole Excel workbook of one cell.
inline Bytes make_xlsx() {
  const std::string sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  return make_zip({{"[Content_Types].xml",
                    content_types(main_part("/xl/workbook.xml", kExcelMain) +
                                  main_part("/xl/worksheets/sheet1.xml", sheet + "worksheet+xml"))},
                   {"_rels/.rels", relationships("xl/workbook.xml")},
                   {"xl/workbook.xml",
                    "<workbook><sheets><sheet name=\"1\" sheetId=\"1\"/></sheets></workbook>"},
                   {"xl/worksheets/sheet1.xml",
                    "<worksheet><sheetData><row r=\"1\"><c "
                    "r=\"A1\"><v>36</v></c></row></sheetData></worksheet>"}});
}

}  // namespace tz::evidence
