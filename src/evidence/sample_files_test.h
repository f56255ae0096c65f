// The smallest real files of several kinds, for the tests of this room.
#pragma once

#include <string>

#include "base/bytes.h"

namespace tz::evidence {

// A PNG of one transparent pixel.
inline Bytes png_bytes() {
  return *from_base64(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
      "gg==");
}

// A JPEG (JFIF) header with one quantisation table; as much as tells what it is.
inline Bytes jpeg_bytes() {
  Bytes bytes = *from_hex("ffd8ffe000104a46494600010100000100010000ffdb004300");
  bytes.insert(bytes.end(), 64, 16);
  bytes.insert(bytes.end(), {0xff, 0xd9});
  return bytes;
}

// A PDF of one empty page.
inline std::string pdf_text() {
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
         "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 3 3]>>endobj\n"
         "trailer<</Root 1 0 R>>\n%%EOF\n";
}

// The head of a Windows program.
inline Bytes exe_bytes() {
  Bytes bytes(256);
  bytes[0] = 'M';
  bytes[1] = 'Z';
  bytes[0x3c] = 0x80;
  bytes[0x80] = 'P';
  bytes[0x81] = 'E';
  bytes[0x84] = 0x4c;
  bytes[0x85] = 0x01;
  return bytes;
}

}  // namespace tz::evidence
