// Any bytes as a stored record: refused, or taken and given back byte for byte. Since no fuzzer
// finds a hash, half of the inputs have their commitments made to agree first.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "journal/record.h"

namespace {

using tz::Bytes;
using tz::BytesView;
using tz::Hash;

constexpr std::size_t kLedgerAt = 2;
constexpr std::size_t kContextCommitmentAt = 34;
constexpr std::size_t kPayloadCommitmentAt = 66;
constexpr std::size_t kPartCountAt = 98;
constexpr std::size_t kPartsAt = 99;
constexpr std::size_t kPartBytes = 64;

void put(Bytes& header, std::size_t at, const Hash& hash) {
  if (header.size() >= at + hash.size())
    std::copy(hash.begin(), hash.end(), header.begin() + static_cast<std::ptrdiff_t>(at));
}

Hash read_hash(tz::ByteReader& in) {
  Hash hash{};
  const BytesView bytes = in.raw(hash.size());
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

// Walks the body as the grammar has it and writes the commitments that belong to it.
void agree(Bytes& header, BytesView body) {
  tz::ByteReader in(body);
  const Hash context_salt = read_hash(in);
  const Hash payload_salt = read_hash(in);
  const BytesView context = in.raw(in.u16());
  put(header, kContextCommitmentAt, tz::journal::commit("tz/context/1", context_salt, context));
  const BytesView payload = in.raw(in.u32());
  put(header, kPayloadCommitmentAt, tz::journal::commit("tz/payload/1", payload_salt, payload));
  const std::size_t part_count = header.size() > kPartCountAt ? header[kPartCountAt] : 0;
  for (std::size_t i = 0; i < part_count; ++i)
    put(header, kPartsAt + i * kPartBytes, tz::sha256(in.raw(in.u32())));
}

}  // namespace

// Input: whether to agree u8 (odd: yes), header u16-prefixed, body the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tz::ByteReader in({data, size});
  const bool is_to_agree = in.u8() % 2 == 1;
  const BytesView header_bytes = in.raw(in.u16());
  if (!in.ok()) return 0;
  Bytes header(header_bytes.begin(), header_bytes.end());
  const Bytes body(in.rest().begin(), in.rest().end());
  if (is_to_agree) agree(header, body);
  tz::journal::LedgerId ledger{};
  if (header.size() >= kLedgerAt + ledger.size())
    std::copy_n(header.begin() + kLedgerAt, ledger.size(), ledger.begin());
  const auto record = tz::journal::decode(header, body, ledger);
  if (!record.ok()) return 0;
  const tz::journal::StoredRecord again = tz::journal::encode(*record, ledger);
  TZ_ASSERT(again.header == header);
  TZ_ASSERT(again.body == body);
  return 0;
}
