// Byte strings, and reading and writing fixed big-endian layouts with every bound checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tz {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

inline BytesView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline bool same_bytes(BytesView a, BytesView b) { return as_text(a) == as_text(b); }

// Lower-case hexadecimal. from_hex refuses `bad_hex`.
std::string to_hex(BytesView bytes);
Result<Bytes> from_hex(std::string_view text);

// RFC 4648 section 4, padded. from_base64 refuses `bad_base64`, non-canonical endings included.
std::string to_base64(BytesView bytes);
Result<Bytes> from_base64(std::string_view text);

// Appends to a byte string. Integers are big-endian.
class ByteWriter {
 public:
  explicit ByteWriter(Bytes& out) : out_(out) {}
  void u8(std::uint8_t v) { out_.push_back(v); }
  void u16(std::uint16_t v) { put(v, 2); }
  void u32(std::uint32_t v) { put(v, 4); }
  void u64(std::uint64_t v) { put(v, 8); }
  void raw(BytesView v) { out_.insert(out_.end(), v.begin(), v.end()); }
  void text8(std::string_view v) {  // u8 length, then the bytes; needs at most 255 of them
    TZ_ASSERT(v.size() <= 255);
    u8(static_cast<std::uint8_t>(v.size()));
    raw(as_bytes(v));
  }

 private:
  void put(std::uint64_t v, int count) {
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8)
      out_.push_back(static_cast<std::uint8_t>(v >> shift));
  }
  Bytes& out_;
};

// Reads a byte string from its start. After the first read past the end every read gives zeros
// and ok() is false; check once at the end with ok() and rest().empty().
class ByteReader {
 public:
  explicit ByteReader(BytesView in) : in_(in) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(get(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(get(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(get(4)); }
  std::uint64_t u64() { return get(8); }
  BytesView raw(std::size_t count) {
    if (!ok_ || count > in_.size()) {
      ok_ = false;
      return {};
    }
    BytesView out = in_.first(count);
    in_ = in_.subspan(count);
    return out;
  }
  std::string_view text8() { return as_text(raw(u8())); }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] BytesView rest() const { return in_; }

 private:
  std::uint64_t get(std::size_t count) {
    std::uint64_t v = 0;
    for (std::uint8_t byte : raw(count)) v = (v << 8) | byte;
    return v;
  }
  BytesView in_;
  bool ok_ = true;
};

}  // namespace tz
