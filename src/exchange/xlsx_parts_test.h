// Makes spreadsheets for tests, by hand, as various programs write them.
#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace tz::exchange {

using Parts = std::vector<std::pair<std::string, std::string>>;

// A ZIP file of these parts; with a password, each of them encrypted.
inline Bytes zip_of(const Parts& parts, const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  TZ_ASSERT(target != nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  TZ_ASSERT(archive != nullptr);
  for (const auto& [name, text] : parts) {
    zip_source_t* content = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), content, ZIP_FL_ENC_UTF_8);
    TZ_ASSERT(index >= 0);
    if (password != nullptr)
      TZ_ASSERT(zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256,
                                        password) == 0);
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

inline const std::string kXmlHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
inline const std::string kSheetNs = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline const std::string kRelNs =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

inline std::string relationships_of(const std::vector<std::pair<std::string, std::string>>& each) {
  std::string out = kXmlHead +
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                    "relationships\">";
  int id = 0;
  for (const auto& [type, target] : each)
    out += "<Relationship Id=\"rId" + std::to_string(++id) + "\" Type=\"" + kRelNs + "/" + type +
           "\" Target=\"" + target + "\"/>";
  return out + "</Relationships>";
}

// The parts of a workbook with one sheet of these rows (the inside of sheetData), to be changed.
struct Workbook {
  std::string rows;
  std::string after;            // what follows sheetData
  std::string strings;          // the inside of sst; empty: no such part
  std::string styles;           // the inside of styleSheet; empty: no such part
  std::string properties;       // the inside of workbook, before its sheets
  std::string head = kXmlHead;  // of the sheet

  [[nodiscard]] Parts parts() const {
    std::vector<std::pair<std::string, std::string>> related = {{"worksheet", "worksheets/a.xml"}};
    if (!strings.empty()) related.emplace_back("sharedStrings", "sharedStrings.xml");
    if (!styles.empty()) related.emplace_back("styles", "styles.xml");
    Parts out = {
        {"[Content_Types].xml", kXmlHead + "<Types/>"},
        {"_rels/.rels", relationships_of({{"officeDocument", "xl/workbook.xml"}})},
        {"xl/workbook.xml", kXmlHead + "<workbook xmlns=\"" + kSheetNs + "\" xmlns:r=\"" + kRelNs +
                                "\">" + properties +
                                "<sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                                "</workbook>"},
        {"xl/_rels/workbook.xml.rels", relationships_of(related)},
        {"xl/worksheets/a.xml", head + "<worksheet xmlns=\"" + kSheetNs + "\"><sheetData>" + rows +
                                    "</sheetData>" + after + "</worksheet>"}};
    if (!strings.empty())
      out.emplace_back("xl/sharedStrings.xml",
                       kXmlHead + "<sst xmlns=\"" + kSheetNs + "\">" + strings + "</sst>");
    if (!styles.empty())
      out.emplace_back("xl/styles.xml", kXmlHead + "<styleSheet xmlns=\"" + kSheetNs + "\">" +
                                            styles + "</styleSheet>");
    return out;
  }
  [[nodiscard]] Bytes bytes() const { return zip_of(parts()); }
};

}  // namespace tz::exchange
