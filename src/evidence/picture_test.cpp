// What a device wrote beside the pixels goes, what shows them stays, byte for byte.
#include "evidence/picture.h"

#include <gtest/gtest.h>

#include <string>

#include "evidence/sample_files_test.h"

namespace tz::evidence {
namespace {

using namespace std::string_literals;

std::string u16(std::size_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value)};
}
std::string segment(int marker, const std::string& content) {
  return "\xFF"s + static_cast<char>(marker) + u16(content.size() + 2) + content;
}
// An Exif head with a name, an orientation and, in the words of the test, a position.
std::string exif(int orientation, bool little) {
  const auto number = [&](std::size_t value) {
    const std::string big = u16(value);
    return little ? std::string(big.rbegin(), big.rend()) : big;
  };
  const auto entry = [&](std::size_t tag, std::size_t type, std::size_t value) {
    const std::string count = little ? number(1) + number(0) : number(0) + number(1);
    return number(tag) + number(type) + count + number(value) + number(0);
  };
  const std::string first = little ? number(8) + number(0) : number(0) + number(8);
  return "Exif\0\0"s + (little ? "II" : "MM") + number(42) + first + number(2) +
         entry(0x010F, 2, 0) + entry(0x0112, 3, static_cast<std::size_t>(orientation)) + number(0) +
         number(0) + "GPS 43.8375 126.5494 Maker";
}

const std::string kColours = segment(0xE2, "ICC_PROFILE\0\1\1colours"s);
const std::string kAdobe = segment(0xEE, "Adobe\0\x64\0\0\0\0\1"s);
const std::string kTables = segment(0xDB, std::string(65, '\x10')) +
                            segment(0xC0, "\x08\0\1\0\1\1\1\x11\0"s) +
                            segment(0xC4, std::string(20, '\1'));
// Two scans, with a stuffed byte, a restart and fill bytes in the first.
const std::string kPixels = segment(0xDA, "\1\1\0\0\x3F\0"s) + "ab\xFF\0cd\xFF\xD0"s +
                            "ef\xFF\xFF\xD1g"s + segment(0xDA, "\1\1\0\0\x3F\0"s) + "second"s;
const std::string kJfif = segment(0xE0, "JFIF\0\1\2\0\0\1\0\1"s + "\0\0"s);

std::string jpeg(const std::string& around) {
  return "\xFF\xD8"s + kJfif + around + kTables + kPixels + "\xFF\xD9"s;
}
std::string cleaned(const std::string& bytes, const char* type = "image/jpeg") {
  const auto result = cleaned_picture(as_bytes(bytes), type);
  return result.ok() ? std::string(as_text(*result)) : result.error().code;
}

TEST(Picture, LosesWhatTheDeviceWroteAndKeepsWhatShowsIt) {
  const std::string thumbnail = segment(0xE0, "JFIF\0\1\2\0\0\1\0\1"s + "\1\1"s + "rgb");
  const std::string told =
      "\xFF\xD8"s + thumbnail + segment(0xE0, "JFXX\0\x10thumb"s) + segment(0xE1, exif(1, false)) +
      segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"s) + kColours +
      segment(0xE2, "MPF\0more pictures"s) + segment(0xED, "Photoshop 3.0\0IPTC"s) + kAdobe +
      segment(0xFE, "a comment") + segment(0xEB, "HDR gain") + kTables + kPixels + "\xFF\xD9"s +
      "a film after the end";
  EXPECT_EQ(cleaned(told), jpeg(kColours + kAdobe));
}

TEST(Picture, IsHeldAsItWas) {
  for (const bool little : {false, true})
    for (int orientation = 1; orientation <= 8; ++orientation) {
      const std::string out = cleaned(jpeg(segment(0xE1, exif(orientation, little))));
      EXPECT_EQ(out.find("GPS"), std::string::npos);
      EXPECT_EQ(orientation_of(as_bytes(out)).value_or(1), orientation);
      EXPECT_EQ(cleaned(out), out) << "cleaning twice is like cleaning once";
      EXPECT_EQ(out.size(), jpeg("").size() + (orientation == 1 ? 0 : 36));
    }
  EXPECT_EQ(cleaned(jpeg(segment(0xE1, exif(9, true)))), jpeg(""));
}

TEST(Picture, ThatIsCleanStaysAsItIs) {
  EXPECT_EQ(cleaned(jpeg(kColours)), jpeg(kColours));
  EXPECT_EQ(cleaned(std::string(as_text(jpeg_bytes()))), as_text(jpeg_bytes()));
  EXPECT_EQ(cleaned(std::string(as_text(png_bytes())), "image/png"), as_text(png_bytes()));
}

TEST(Picture, ThatWasCutOffInItsPixelsGetsItsEnd) {
  const std::string whole = jpeg("");
  EXPECT_EQ(cleaned(whole.substr(0, whole.size() - 2)), whole);
  EXPECT_EQ(cleaned(whole.substr(0, whole.size() - 1)), whole);
}

TEST(Picture, ThatIsNoneIsRefused) {
  const std::string whole = jpeg("");
  for (std::size_t size = 0; size < whole.size() - kPixels.size() - 2; ++size)
    EXPECT_EQ(cleaned(whole.substr(0, size)), "picture_damaged") << size;
  EXPECT_EQ(cleaned("\xFF\xD8\xFF\xE1\0\1"s), "picture_damaged");
  EXPECT_EQ(cleaned("\xFF\xD8\xFF\xD8"s), "picture_damaged");
  const std::string png(as_text(png_bytes()));
  for (std::size_t size = 0; size < png.size(); ++size)
    EXPECT_EQ(cleaned(png.substr(0, size), "image/png"), "picture_damaged") << size;
}

TEST(Picture, OfPngLosesTextsAndTimes) {
  const auto chunk = [](const std::string& type, const std::string& content) {
    return u16(0) + u16(content.size()) + type + content + "sum.";
  };
  const std::string png(as_text(png_bytes()));
  const std::string head = png.substr(0, 33);  // signature and IHDR
  const std::string rest = png.substr(33);
  const std::string colours = chunk("gAMA", "1234");
  EXPECT_EQ(cleaned(head + chunk("tEXt", "Author\0me"s) + colours + chunk("eXIf", exif(6, true)) +
                        chunk("tIME", "1234567") + chunk("iTXt", "x") + rest + "after the end",
                    "image/png"),
            head + colours + rest);
  EXPECT_EQ(cleaned(head + chunk("ABCD", "what must be understood") + rest, "image/png"),
            "picture_damaged");
}

}  // namespace
}  // namespace tz::evidence
