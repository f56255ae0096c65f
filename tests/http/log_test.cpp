// The public log: checkpoint, tiles and bundles prove each other.
#include <gtest/gtest.h>

#include "http/client.h"
#include "merkle/tiles.h"

namespace tz::http_test {
namespace {

// Served with a checkpoint at every record, so that there is always one.
support::SmallLedgerOptions eager_checkpoints() {
  support::SmallLedgerOptions options;
  options.limits.checkpoint_records = 1;
  return options;
}

Reply tile(Served& served, const merkle::TileRef& ref) {
  return served.ask({"GET", "/log/tile/" + merkle::tile_path(ref), "", {}});
}

std::vector<Bytes> unbundled(const std::string& bundle) {
  std::vector<Bytes> out;
  ByteReader reader(as_bytes(bundle));
  while (!reader.rest().empty() && reader.ok()) {
    const BytesView entry = reader.raw(reader.u16());
    out.emplace_back(entry.begin(), entry.end());
  }
  return out;
}

TEST(Log, TilesAndHeadersGiveTheSignedRoot) {
  Served served({}, eager_checkpoints());
  for (int i = 0; i < 280; ++i) served.ledger->open_problem("900101001001", "x");
  const Reply note = served.ask({"GET", "/log/checkpoint", "", {}});
  ASSERT_EQ(note.status, 200U);
  const auto checkpoint = merkle::open_checkpoint(note.body, served.context.log_key);
  ASSERT_TRUE(checkpoint.ok());
  ASSERT_GT(checkpoint->size, 256U);
  merkle::Frontier frontier;
  for (std::uint64_t from = 0; from < checkpoint->size; from += 256) {
    const auto width =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(256, checkpoint->size - from));
    const Reply hashes = tile(served, {false, 0, from / 256, width});
    const Reply bundle = tile(served, {true, 0, from / 256, width});
    ASSERT_EQ(hashes.status, 200U);
    ASSERT_EQ(bundle.status, 200U);
    EXPECT_NE(hashes.header("cache-control").find("immutable"), std::string::npos);
    const std::vector<Bytes> headers = unbundled(bundle.body);
    ASSERT_EQ(headers.size(), width);
    ASSERT_EQ(hashes.body.size(), width * 32U);
    for (std::size_t i = 0; i < width; ++i) {
      const Hash leaf = merkle::leaf_hash(headers[i]);
      EXPECT_EQ(hashes.body.substr(i * 32, 32), as_text(leaf));
      frontier.append(leaf);
    }
  }
  EXPECT_EQ(to_hex(frontier.root()), to_hex(checkpoint->root));
  const Reply upper = tile(served, {false, 1, 0, 1});
  EXPECT_EQ(upper.body.size(), 32U);
}

TEST(Log, HasNoTilesBeyondItsEnd) {
  Served served({}, eager_checkpoints());
  for (const char* path :
       {"0/000", "entries/000", "0/x001/000", "entries/001.p/1", "9/000.p/1", "0/000.p/255"}) {
    const Reply reply = served.ask({"GET", std::string("/log/tile/") + path, "", {}});
    EXPECT_EQ(reply.status, 404U) << path;
    EXPECT_EQ(reply.code(), "tile_missing") << path;
  }
  for (const char* path : {"0/0", "x", "0/000.p/0", "0/000.p/256", "64/000", "0/x000/000"})
    EXPECT_EQ(served.ask({"GET", std::string("/log/tile/") + path, "", {}}).code(), "bad_tile_path")
        << path;
}

TEST(History, LeafHashesStandInTheTree) {
  Served served({}, eager_checkpoints());
  const std::string no = ledger::to_text(served.ledger->open_problem("900101001001", "x"));
  const Reply history = served.get("recorder", "/api/v1/items/" + no + "/history");
  const auto seq = static_cast<std::uint64_t>(*history.at("records/0/seq").as_int());
  const Reply hashes = tile(served, {false, 0, 0, static_cast<std::uint32_t>(seq + 1)});
  ASSERT_EQ(hashes.status, 200U) << hashes.body;
  EXPECT_EQ(to_hex(as_bytes(hashes.body.substr(seq * 32, 32))), history.text("records/0/leaf"));
}

}  // namespace
}  // namespace tz::http_test
