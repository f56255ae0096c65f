// The proof of a record, recomputed from the answer alone as docs/journal-format.md describes it.
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/contract.h"
#include "merkle/checkpoint.h"
#include "merkle/tree.h"

namespace tz::http_test {
namespace {

support::SmallLedgerOptions checkpoints_every(std::uint64_t records) {
  support::SmallLedgerOptions options;
  options.limits.checkpoint_records = records;
  return options;
}

Bytes bytes_at(const Reply& reply, const std::string& path) {
  const auto bytes = from_hex(reply.text(path));
  EXPECT_TRUE(bytes.ok()) << path;
  return bytes.ok() ? *bytes : Bytes{};
}

Hash hash_of(const Bytes& bytes) {
  Hash out{};
  EXPECT_EQ(bytes.size(), out.size());
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

// Written down again, so that the test does not rest on the code it tests.
Hash committed(const std::string& tag, const Bytes& salt, const std::string& bytes) {
  std::string all = tag + std::string(1, '\0') + std::string(salt.begin(), salt.end()) + bytes;
  return sha256(as_bytes(all));
}

struct HeaderFields {
  std::uint64_t seq = 0;
  Hash context{};
  Hash payload{};
  std::vector<std::pair<Hash, Hash>> parts;  // ciphertext, text
};

HeaderFields fields_of(const Bytes& header) {
  const auto hash = [](ByteReader& in) {
    const BytesView bytes = in.raw(32);
    return hash_of(Bytes(bytes.begin(), bytes.end()));
  };
  ByteReader in(header);
  HeaderFields out;
  EXPECT_EQ(in.u8(), 1);
  EXPECT_EQ(in.u8(), 1);
  in.raw(16);
  out.seq = in.u64();
  in.u64();
  out.context = hash(in);
  out.payload = hash(in);
  for (unsigned count = in.u8(); count > 0; --count) {
    const Hash ciphertext = hash(in);
    out.parts.emplace_back(ciphertext, hash(in));
  }
  EXPECT_TRUE(in.ok() && in.rest().empty());
  return out;
}

void recompute(const Reply& proof, const merkle::VerifierKey& key) {
  ASSERT_EQ(proof.status, 200U) << proof.body;
  ASSERT_EQ(breach("GET", "/api/v1/items/{no}/records/{seq}/proof", proof), "") << proof.body;
  const Bytes header = bytes_at(proof, "header");
  std::string leaf_input(1, '\0');
  leaf_input.append(header.begin(), header.end());
  const Hash leaf = sha256(as_bytes(leaf_input));
  EXPECT_EQ(to_hex(leaf), proof.text("leaf"));
  const auto checkpoint = merkle::open_checkpoint(proof.text("checkpoint"), key);
  ASSERT_TRUE(checkpoint.ok());
  std::vector<Hash> path;
  for (std::size_t i = 0; i < proof.list("path").size(); ++i)
    path.push_back(hash_of(bytes_at(proof, "path/" + std::to_string(i))));
  const auto seq = static_cast<std::uint64_t>(*proof.at("seq").as_int());
  EXPECT_EQ(proof.at("size"), Json(checkpoint->size));
  EXPECT_TRUE(merkle::verify_inclusion(seq, checkpoint->size, leaf, path, checkpoint->root).ok());
  const HeaderFields fields = fields_of(header);
  EXPECT_EQ(fields.seq, seq);
  const Bytes context = bytes_at(proof, "context");
  EXPECT_EQ(fields.context, committed("tz/context/1", bytes_at(proof, "context_salt"),
                                      std::string(context.begin(), context.end())));
  EXPECT_EQ(fields.payload,
            committed("tz/payload/1", bytes_at(proof, "payload_salt"), proof.text("payload")));
  ASSERT_EQ(fields.parts.size(), proof.list("parts").size());
  for (std::size_t i = 0; i < fields.parts.size(); ++i) {
    const std::string at = "parts/" + std::to_string(i) + "/";
    EXPECT_EQ(to_hex(fields.parts[i].first), proof.text(at + "ciphertext_sha256"));
    EXPECT_EQ(to_hex(fields.parts[i].second), proof.text(at + "commitment"));
    if (proof.at(at + "text").is_null()) continue;
    EXPECT_EQ(fields.parts[i].second,
              committed("tz/text/1", bytes_at(proof, at + "text_salt"), proof.text(at + "text")));
  }
}

std::vector<std::string> record_numbers(Served& served, const std::string& no) {
  std::vector<std::string> out;
  const Reply history = served.get("recorder", "/api/v1/items/" + no + "/history");
  for (const Json& record : history.list("records")) out.push_back(record.find("seq")->dump());
  return out;
}

std::string proof_path(const std::string& no, const std::string& seq) {
  return "/api/v1/items/" + no + "/records/" + seq + "/proof";
}

TEST(Proof, OfEveryRecordIsRecomputedFromTheAnswerAlone) {
  Served served({}, checkpoints_every(1));
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "停车难"));
  for (int i = 0; i < 300; ++i) served.ledger->open_problem("900101001002", "x");
  ASSERT_EQ(served
                .act("supervisor", no, "assign",
                     R"({"lead":"900101-zj","due":"2019-09-30","reason":"限期"})")
                .status,
            200U);
  const auto numbers = record_numbers(served, no);
  ASSERT_EQ(numbers.size(), 3U);
  for (const std::string& seq : numbers)
    recompute(served.get("recorder", proof_path(no, seq)), served.context.log_key);
  const Reply opened = served.get("recorder", proof_path(no, numbers[0]));
  EXPECT_EQ(opened.text("parts/0/label"), "title");
  EXPECT_EQ(opened.text("parts/0/text"), "停车难");
  const Reply history = served.get("recorder", "/api/v1/items/" + no + "/history");
  EXPECT_EQ(opened.text("leaf"), history.text("records/0/leaf"));
}

TEST(Proof, HoldsWhenATextWasDestroyed) {
  Served served({}, checkpoints_every(1));
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "张三家"));
  const std::string seq = record_numbers(served, no)[0];
  const Reply before = served.get("recorder", proof_path(no, seq));
  ASSERT_EQ(served
                .act("recorder", no, "redact",
                     R"({"record":)" + seq + R"(,"part":0,"reason":"写了姓名"})")
                .status,
            200U);
  const Reply after = served.get("recorder", proof_path(no, seq));
  recompute(after, served.context.log_key);
  EXPECT_TRUE(after.at("parts/0/text").is_null());
  EXPECT_TRUE(after.at("parts/0/text_salt").is_null());
  EXPECT_EQ(after.text("header"), before.text("header"));
  EXPECT_EQ(after.text("parts/0/commitment"), before.text("parts/0/commitment"));
}

TEST(Proof, IsGivenOnlyWithAnItemThatMayBeReadAndHasTheRecord) {
  Served served({}, checkpoints_every(1));
  const std::string mine = ledger::to_text(served.ledger->open_problem("900101001001", "甲"));
  const std::string other = ledger::to_text(served.ledger->open_problem("900101001001", "乙"));
  const std::string seq = record_numbers(served, mine)[0];
  EXPECT_EQ(served.ask({"GET", proof_path(mine, seq), "", {}}).code(), "sign_in_needed");
  for (const char* stranger : {"outsider", "admin"}) {
    EXPECT_EQ(served.get(stranger, proof_path(mine, seq)).code(), "item_unknown") << stranger;
    EXPECT_EQ(served.get(stranger, proof_path(mine, "0")).code(), "item_unknown") << stranger;
  }
  for (const char* none : {"0", "999999", "18446744073709551616", "-1", "01", "x"}) {
    const Reply reply = served.get("recorder", proof_path(mine, none));
    EXPECT_EQ(reply.code(), "record_unknown") << none;
    EXPECT_EQ(reply.status, 404U);
  }
  // Another item's record is not told apart from one that is not there.
  EXPECT_EQ(served.get("recorder", proof_path(mine, record_numbers(served, other)[0])).code(),
            "record_unknown");
}

TEST(Proof, IsNotThereBeforeACheckpointCoversTheRecord) {
  Served served({}, checkpoints_every(1'000'000));
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "甲"));
  const Reply reply = served.get("recorder", proof_path(no, record_numbers(served, no)[0]));
  EXPECT_EQ(reply.status, 409U);
  EXPECT_EQ(reply.code(), "proof_not_yet");
}

}  // namespace
}  // namespace tz::http_test
