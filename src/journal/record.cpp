// Encodes and decodes records; the grammar stands in record.h and docs/journal-format.md.
#include "journal/record.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tz::journal {
namespace {

constexpr std::string_view kContextTag = "tz/context/1";
constexpr std::string_view kPayloadTag = "tz/payload/1";
constexpr std::size_t kHeaderBytesWithoutParts = 99;
constexpr std::size_t kContextBytesMax = 0xffff;
constexpr std::size_t kTypeBytesMax = 255;

void write_optional(ByteWriter& out, std::optional<std::uint64_t> number) {
  out.u8(number ? 1 : 0);
  if (number) out.u64(*number);
}

constexpr std::size_t kContextBytesWithoutType = 1 + 1 + 2 * 9 + 8 + 8 + 2;

Bytes encode_body(const Record& record, BytesView context) {
  std::size_t size = 2 * sizeof(Hash) + 2 + context.size() + 4 + record.payload.size();
  for (const SealedPart& part : record.parts) size += 4 + part.ciphertext.size();
  Bytes bytes;
  bytes.reserve(size);
  ByteWriter out(bytes);
  out.raw(record.context_salt);
  out.raw(record.payload_salt);
  out.u16(static_cast<std::uint16_t>(context.size()));
  out.raw(context);
  out.u32(static_cast<std::uint32_t>(record.payload.size()));
  out.raw(as_bytes(record.payload));
  for (const SealedPart& part : record.parts) {
    out.u32(static_cast<std::uint32_t>(part.ciphertext.size()));
    out.raw(part.ciphertext);
  }
  return bytes;
}

Hash read_hash(ByteReader& in) {
  Hash hash{};
  const BytesView bytes = in.raw(hash.size());
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

// No other first byte than 0 and 1: one meaning has one encoding.
bool read_optional(ByteReader& in, std::optional<std::uint64_t>& number) {
  const std::uint8_t present = in.u8();
  if (present == 1) number = in.u64();
  return present <= 1;
}

Error malformed(std::string_view what) {
  return failure("record_malformed", {{"what", std::string(what)}});
}

Error disagrees(std::string_view what) {
  return failure("record_disagrees", {{"what", std::string(what)}});
}

struct Header {
  LedgerId ledger{};
  Hash context_commitment{};
  Hash payload_commitment{};
  std::vector<Hash> ciphertext_hashes;  // one a part
};

// Fills what the header says of the record itself.
Result<Header> read_header(BytesView bytes, Record& record) {
  if (bytes.size() > kHeaderBytesMax) return malformed("header");
  ByteReader in(bytes);
  Header header;
  if (in.u8() != kEnvelopeVersion || in.u8() != kSuiteSha256Rfc6962) return malformed("header");
  const BytesView ledger = in.raw(header.ledger.size());
  std::copy(ledger.begin(), ledger.end(), header.ledger.begin());
  record.seq = Seq{in.u64()};
  record.recorded = Instant{static_cast<std::int64_t>(in.u64())};
  header.context_commitment = read_hash(in);
  header.payload_commitment = read_hash(in);
  const std::size_t part_count = in.u8();
  if (!in.ok() || part_count > kPartCountMax) return malformed("header");
  for (std::size_t i = 0; i < part_count; ++i) {
    header.ciphertext_hashes.push_back(read_hash(in));
    record.parts.emplace_back().text_commitment = read_hash(in);
  }
  if (!in.ok() || !in.rest().empty()) return malformed("header");
  return header;
}

// Needs record.parts made by read_header. Gives the context, still to be taken apart.
Result<BytesView> read_body(BytesView bytes, Record& record) {
  ByteReader in(bytes);
  record.context_salt = read_hash(in);
  record.payload_salt = read_hash(in);
  const BytesView context = in.raw(in.u16());
  const std::size_t payload_size = in.u32();
  if (payload_size > kPayloadBytesMax) return malformed("body");
  record.payload = as_text(in.raw(payload_size));
  for (SealedPart& part : record.parts) {
    const std::size_t ciphertext_size = in.u32();
    if (ciphertext_size > kCiphertextBytesMax) return malformed("body");
    const BytesView ciphertext = in.raw(ciphertext_size);
    part.ciphertext.assign(ciphertext.begin(), ciphertext.end());
  }
  if (!in.ok() || !in.rest().empty()) return malformed("body");
  return context;
}

Outcome read_context(BytesView bytes, Record& record) {
  ByteReader in(bytes);
  record.type_version = in.u8();
  record.type = in.text8();
  std::optional<std::uint64_t> prev;
  if (!read_optional(in, record.item)) return malformed("context");
  if (!read_optional(in, prev)) return malformed("context");
  if (prev) record.prev = Seq{*prev};
  record.actor = PostId{in.u64()};
  record.command = CommandId{in.u64()};
  record.index = in.u16();
  for (SealedPart& part : record.parts) part.subject = in.u64();
  if (!in.ok() || !in.rest().empty()) return malformed("context");
  return Done{};
}

}  // namespace

Bytes context_of(const Record& record) {
  Bytes bytes;
  bytes.reserve(64 + record.type.size() + 8 * record.parts.size());
  ByteWriter out(bytes);
  out.u8(record.type_version);
  out.text8(record.type);
  write_optional(out, record.item);
  write_optional(out, record.prev ? std::optional(record.prev->value) : std::nullopt);
  out.u64(record.actor.value);
  out.u64(record.command.value);
  out.u16(record.index);
  for (const SealedPart& part : record.parts) out.u64(part.subject);
  TZ_ASSERT(bytes.size() <= kContextBytesMax);
  return bytes;
}

std::size_t encoded_bytes(const Record& record, std::size_t part_count) {
  std::size_t context = kContextBytesWithoutType + record.type.size() + 8 * part_count;
  if (!record.item) context -= 8;
  if (!record.prev) context -= 8;
  const std::size_t header = kHeaderBytesWithoutParts + 2 * sizeof(Hash) * part_count;
  const std::size_t body = 2 * sizeof(Hash) + 2 + context + 4 + record.payload.size();
  return header + body + 4 * part_count;
}

Hash commit(std::string_view tag, const Hash& salt, BytesView bytes) {
  constexpr std::uint8_t kZero = 0;
  return sha256({as_bytes(tag), BytesView(&kZero, 1), salt, bytes});
}

StoredRecord encode(const Record& record, const LedgerId& ledger) {
  TZ_ASSERT(record.parts.size() <= kPartCountMax);
  TZ_ASSERT(record.payload.size() <= kPayloadBytesMax);
  TZ_ASSERT(record.type.size() <= kTypeBytesMax);
  const Bytes context = context_of(record);
  StoredRecord stored;
  stored.header.reserve(kHeaderBytesWithoutParts + 2 * sizeof(Hash) * record.parts.size());
  ByteWriter out(stored.header);
  out.u8(kEnvelopeVersion);
  out.u8(kSuiteSha256Rfc6962);
  out.raw(ledger);
  out.u64(record.seq.value);
  out.u64(static_cast<std::uint64_t>(record.recorded.us));
  out.raw(commit(kContextTag, record.context_salt, context));
  out.raw(commit(kPayloadTag, record.payload_salt, as_bytes(record.payload)));
  out.u8(static_cast<std::uint8_t>(record.parts.size()));
  for (const SealedPart& part : record.parts) {
    TZ_ASSERT(part.ciphertext.size() <= kCiphertextBytesMax);
    out.raw(sha256(BytesView(part.ciphertext)));
    out.raw(part.text_commitment);
  }
  TZ_ASSERT(stored.header.size() <= kHeaderBytesMax);
  stored.body = encode_body(record, context);
  return stored;
}

Result<Record> decode(BytesView header_bytes, BytesView body_bytes, const LedgerId& ledger) {
  Record record;
  const Header header = TZ_TRY(read_header(header_bytes, record));
  if (header.ledger != ledger)
    return failure("record_foreign", {{"ledger", to_hex(header.ledger)}});
  const BytesView context = TZ_TRY(read_body(body_bytes, record));
  if (commit(kContextTag, record.context_salt, context) != header.context_commitment)
    return disagrees("context");
  if (commit(kPayloadTag, record.payload_salt, as_bytes(record.payload)) !=
      header.payload_commitment)
    return disagrees("payload");
  for (std::size_t i = 0; i < record.parts.size(); ++i)
    if (sha256(BytesView(record.parts[i].ciphertext)) != header.ciphertext_hashes[i])
      return disagrees("ciphertext");
  TZ_TRY(read_context(context, record));
  return record;
}

}  // namespace tz::journal
