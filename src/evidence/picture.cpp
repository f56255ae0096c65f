// Walking over the segments of a JPEG and the chunks of a PNG, and keeping those that show it.
#include "evidence/picture.h"

#include <algorithm>
#include <array>
#include <string>

namespace tz::evidence {
namespace {

// Markers of ISO/IEC 10918-1 table B.1.
constexpr std::uint8_t kTem = 0x01;
constexpr std::uint8_t kFrameFirst = 0xC0;
constexpr std::uint8_t kRestartFirst = 0xD0;
constexpr std::uint8_t kRestartLast = 0xD7;
constexpr std::uint8_t kStart = 0xD8;
constexpr std::uint8_t kEnd = 0xD9;
constexpr std::uint8_t kScan = 0xDA;
constexpr std::uint8_t kApp0 = 0xE0;
constexpr std::uint8_t kApp1 = 0xE1;
constexpr std::uint8_t kApp2 = 0xE2;
constexpr std::uint8_t kApp14 = 0xEE;
constexpr std::uint8_t kApp15 = 0xEF;
constexpr std::uint8_t kExtensionFirst = 0xF0;  // JPG0 to JPG13, and the comment after them
constexpr std::uint8_t kComment = 0xFE;

constexpr std::string_view kExif("Exif\0\0", 6);
constexpr std::size_t kJfifBytes = 14;  // without a thumbnail
constexpr std::uint16_t kOrientationTag = 0x0112;
constexpr std::uint16_t kShortType = 3;
constexpr std::size_t kEntryBytes = 12;

Error damaged(std::size_t at) { return refusal("picture_damaged", {{"at", std::to_string(at)}}); }

std::uint16_t u16_at(BytesView bytes, std::size_t at, bool little) {
  const std::uint16_t first = bytes[at];
  const std::uint16_t second = bytes[at + 1];
  return static_cast<std::uint16_t>(little ? second << 8 | first : first << 8 | second);
}
std::uint32_t u32_at(BytesView bytes, std::size_t at, bool little) {
  const std::uint32_t first = u16_at(bytes, at, little);
  const std::uint32_t second = u16_at(bytes, at + 2, little);
  return little ? second << 16 | first : first << 16 | second;
}

bool begins(BytesView bytes, std::string_view text) {
  return bytes.size() >= text.size() && as_text(bytes.first(text.size())) == text;
}

void append(Bytes& out, BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

// The orientation in the first directory of a TIFF header, as Exif has it.
std::optional<std::uint16_t> orientation_in(BytesView tiff) {
  if (tiff.size() < 8) return std::nullopt;
  const bool little = begins(tiff, "II");
  if (!little && !begins(tiff, "MM")) return std::nullopt;
  const std::size_t directory = u32_at(tiff, 4, little);
  if (directory > tiff.size() - 2) return std::nullopt;
  const std::size_t count = u16_at(tiff, directory, little);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (entry + kEntryBytes > tiff.size()) return std::nullopt;
    if (u16_at(tiff, entry, little) != kOrientationTag) continue;
    if (u16_at(tiff, entry + 2, little) != kShortType) return std::nullopt;
    const std::uint16_t value = u16_at(tiff, entry + 8, little);
    return value >= 1 && value <= 8 ? std::optional(value) : std::nullopt;
  }
  return std::nullopt;
}

struct Segment {
  std::uint8_t marker = 0;
  BytesView whole;    // with marker and length
  BytesView content;  // without
};

// The segments up to the first scan, one after the other.
class JpegReader {
 public:
  explicit JpegReader(BytesView bytes) : bytes_(bytes) {}

  Outcome start() {
    if (bytes_.size() < 2 || bytes_[0] != 0xFF || bytes_[1] != kStart) return damaged(0);
    at_ = 2;
    return Done{};
  }
  // The next one; fill bytes before it are passed over.
  Result<Segment> next() {
    const std::size_t begin = at_;
    if (at_ >= bytes_.size() || bytes_[at_] != 0xFF) return damaged(begin);
    while (at_ < bytes_.size() && bytes_[at_] == 0xFF) ++at_;
    if (at_ >= bytes_.size()) return damaged(begin);
    Segment out;
    out.marker = bytes_[at_++];
    const std::size_t marker = at_ - 2;
    const bool alone = out.marker == kTem || out.marker == kEnd ||
                       (out.marker >= kRestartFirst && out.marker <= kRestartLast);
    if (out.marker < kFrameFirst && out.marker != kTem) return damaged(begin);
    if (out.marker == kStart) return damaged(begin);
    if (!alone) {
      if (at_ + 2 > bytes_.size()) return damaged(begin);
      const std::size_t length = u16_at(bytes_, at_, false);
      if (length < 2 || length > bytes_.size() - at_) return damaged(begin);
      out.content = bytes_.subspan(at_ + 2, length - 2);
      at_ += length;
    }
    out.whole = bytes_.subspan(marker, at_ - marker);
    return out;
  }
  // The coded pixels after a scan's head, up to the next marker that is no part of them.
  BytesView coded() {
    const std::size_t begin = at_;
    while (at_ < bytes_.size()) {
      if (bytes_[at_] != 0xFF) {
        ++at_;
        continue;
      }
      std::size_t after = at_;
      while (after < bytes_.size() && bytes_[after] == 0xFF) ++after;
      if (after == bytes_.size()) break;
      const std::uint8_t marker = bytes_[after];
      if (marker != 0 && (marker < kRestartFirst || marker > kRestartLast)) break;
      at_ = after + 1;
    }
    return bytes_.subspan(begin, at_ - begin);
  }
  // Nothing but fill bytes is left.
  [[nodiscard]] bool over() const {
    return std::all_of(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), bytes_.end(),
                       [](std::uint8_t byte) { return byte == 0xFF; });
  }

 private:
  BytesView bytes_;
  std::size_t at_ = 0;
};

// "Exif" with one directory of one entry, big-endian.
void append_orientation(Bytes& out, std::uint16_t value) {
  constexpr std::uint8_t kHead[] = {0xFF, kApp1, 0, 34, 'E', 'x', 'i',  'f',  0, 0, 'M', 'M', 0, 42,
                                    0,    0,     0, 8,  0,   1,   0x01, 0x12, 0, 3, 0,   0,   0, 1};
  append(out, BytesView(kHead));
  ByteWriter(out).u16(value);
  constexpr std::array<std::uint8_t, 6> kRest{};  // the rest of the value, and no next directory
  append(out, BytesView(kRest));
}

bool shows_the_picture(const Segment& segment) {
  if (segment.marker == kApp0) return begins(segment.content, std::string_view("JFIF\0", 5));
  if (segment.marker == kApp2)
    return begins(segment.content, std::string_view("ICC_PROFILE\0", 12));
  if (segment.marker == kApp14) return begins(segment.content, "Adobe");
  if (segment.marker >= kApp0 && segment.marker <= kApp15) return false;
  return segment.marker < kExtensionFirst && segment.marker != kComment;
}

void append_segment(Bytes& out, const Segment& segment) {
  if (segment.marker != kApp0) return append(out, segment.whole);
  // Of its head, what comes before the thumbnail, which is said to be none.
  if (segment.content.size() < kJfifBytes) return;
  constexpr std::uint8_t kHead[] = {0xFF, kApp0, 0, 2 + kJfifBytes};
  append(out, BytesView(kHead));
  append(out, segment.content.first(kJfifBytes - 2));
  append(out, BytesView(std::array<std::uint8_t, 2>{}));
}

Result<Bytes> cleaned_jpeg(BytesView bytes) {
  JpegReader reader(bytes);
  TZ_TRY(reader.start());
  Bytes out = {0xFF, kStart};
  out.reserve(bytes.size());
  const auto orientation = orientation_of(bytes);
  bool oriented = !orientation || *orientation == 1;
  bool pixels = false;
  while (!(pixels && reader.over())) {
    const Segment segment = TZ_TRY(reader.next());
    // A JFIF head has to come first, the way up comes right after it.
    if (!oriented && segment.marker != kApp0) {
      append_orientation(out, *orientation);
      oriented = true;
    }
    if (segment.marker == kEnd) break;
    if (shows_the_picture(segment)) append_segment(out, segment);
    if (segment.marker != kScan) continue;
    append(out, reader.coded());
    pixels = true;
  }
  out.insert(out.end(), {0xFF, kEnd});
  return out;
}

constexpr std::uint8_t kPngHead[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t kChunkFrame = 12;  // length, type and check sum

// Sorted.
constexpr std::string_view kPngKept[] = {
    "IDAT", "IEND", "IHDR", "PLTE", "acTL", "bKGD", "cHRM", "cICP", "cLLI",
    "fcTL", "fdAT", "gAMA", "iCCP", "mDCV", "pHYs", "sBIT", "sRGB", "tRNS",
};

Result<Bytes> cleaned_png(BytesView bytes) {
  if (bytes.size() < sizeof(kPngHead) ||
      !std::equal(std::begin(kPngHead), std::end(kPngHead), bytes.begin()))
    return damaged(0);
  Bytes out(bytes.begin(), bytes.begin() + sizeof(kPngHead));
  out.reserve(bytes.size());
  for (std::size_t at = sizeof(kPngHead);;) {
    if (bytes.size() - at < kChunkFrame) return damaged(at);
    const std::size_t length = u32_at(bytes, at, false);
    if (length > bytes.size() - at - kChunkFrame) return damaged(at);
    const BytesView chunk = bytes.subspan(at, length + kChunkFrame);
    const std::string_view type = as_text(chunk.subspan(4, 4));
    const bool kept = std::binary_search(std::begin(kPngKept), std::end(kPngKept), type);
    // A chunk without which the picture cannot be shown has a capital first.
    if (!kept && (type[0] & 0x20) == 0) return damaged(at);
    if (kept) append(out, chunk);
    if (type == "IEND") return out;
    at += chunk.size();
  }
}

}  // namespace

bool is_picture(std::string_view media_type) {
  return media_type == "image/jpeg" || media_type == "image/png";
}

std::optional<std::uint16_t> orientation_of(BytesView jpeg) {
  JpegReader reader(jpeg);
  if (!reader.start().ok()) return std::nullopt;
  for (;;) {
    const Result<Segment> segment = reader.next();
    if (!segment.ok() || segment->marker == kScan || segment->marker == kEnd) return std::nullopt;
    if (segment->marker == kApp1 && begins(segment->content, kExif))
      return orientation_in(segment->content.subspan(kExif.size()));
  }
}

Result<Bytes> cleaned_picture(BytesView bytes, std::string_view media_type) {
  return media_type == "image/png" ? cleaned_png(bytes) : cleaned_jpeg(bytes);
}

}  // namespace tz::evidence
