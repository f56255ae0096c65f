// Stored receipts: what an idempotency key is answered with when it comes again.
#include "engine/writer.h"

namespace tz::engine {

// key = SHA-256("tz/idempotency/1" 00, account u64, key)
Bytes idempotency_row_key(const IdempotencyKey& key) {
  Bytes account;
  ByteWriter(account).u64(key.account.value);
  const Hash hash = sha256({as_bytes("tz/idempotency/1"), BytesView(account), as_bytes(key.key)});
  return {hash.begin(), hash.end()};
}

// value = version u8 (1), request hash [32], recorded i64, command u64, first u64, end u64,
//         item (0 | 1 u64), version (0 | 1 u64)
Bytes encode(const KeptAnswer& answer) {
  Bytes out;
  ByteWriter writer(out);
  const Receipt& receipt = answer.receipt;
  writer.u8(1);
  writer.raw(answer.request);
  writer.u64(static_cast<std::uint64_t>(receipt.recorded.us));
  writer.u64(receipt.command.value);
  writer.u64(receipt.first);
  writer.u64(receipt.end);
  writer.u8(receipt.item ? 1 : 0);
  if (receipt.item) writer.u64(receipt.item->value);
  writer.u8(receipt.version ? 1 : 0);
  if (receipt.version) writer.u64(receipt.version->value);
  return out;
}

Result<KeptAnswer> decode_kept_answer(BytesView bytes) {
  KeptAnswer out;
  ByteReader reader(bytes);
  const bool known = reader.u8() == 1;
  const BytesView request = reader.raw(out.request.size());
  std::copy(request.begin(), request.end(), out.request.begin());
  out.receipt.recorded.us = static_cast<std::int64_t>(reader.u64());
  out.receipt.command.value = reader.u64();
  out.receipt.first = reader.u64();
  out.receipt.end = reader.u64();
  if (reader.u8() == 1) out.receipt.item = ledger::ItemNo{reader.u64()};
  if (reader.u8() == 1) out.receipt.version = Seq{reader.u64()};
  if (!known || !reader.ok() || !reader.rest().empty())
    return failure("journal_damaged", {{"seq", "-"}, {"code", "idempotency_row"}});
  return out;
}

}  // namespace tz::engine
