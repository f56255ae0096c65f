// Columns as bytes: back they come whole, and no damage gets in.
#include "rollup/snapshot.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "rollup/slow_twin.h"

namespace tz::rollup {
namespace {

constexpr std::size_t kHashBytes = sizeof(Hash);

Bytes with_hash(Bytes body) {
  const Hash hash = sha256(body);
  body.insert(body.end(), hash.begin(), hash.end());
  return body;
}

Bytes body_of(const Bytes& bytes) { return {bytes.begin(), bytes.end() - kHashBytes}; }

std::shared_ptr<const ledger::OrgTree> chain_tree(std::uint32_t unit_count) {
  std::vector<ledger::UnitRow> rows(unit_count);
  for (std::uint32_t number = 0; number < unit_count; ++number) {
    rows[number].code = rows[number].name = "u" + std::to_string(number);
    rows[number].parent.value = number == 0 ? 0 : number - 1;
  }
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(rows);
  return tree;
}

// Eight units, as in tests/fuzz/snapshot_fuzz.cpp: one row bare, one with everything.
Bytes two_rows() {
  Rollup rollup;
  rollup.set_tree(chain_tree(8));
  ledger::ItemRow row;
  row.no.value = 1;
  row.opened = Day{18'147};
  rollup.put(row, {});
  row.no.value = (std::uint64_t{1} << 40) - 1;
  row.place.value = 7;
  row.lead = UnitId{3};
  row.kind = 15;
  row.phase = ledger::Phase::Closed;
  row.flow = 2;
  row.state = 500;
  row.due = Day{18'200};
  row.closed = Day{18'190};
  row.fixed = true;
  row.reopened = 2;
  row.import = 77;
  row.recorder.value = 12;
  row.first.value = 1'000;
  row.last.value = 2'000;
  row.source = 3;
  row.more_sources = {1, 200};
  row.special = 9;
  row.scheme = 2;
  row.stage = ledger::HouseholdStage::Signed;
  row.split = true;
  row.has_signed = true;
  row.share = true;
  using ledger::Qualifier;
  rollup.put(row, std::vector<ledger::ItemQuantity>{{"trees", "piece", -5, Qualifier::About},
                                                    {"spaces", "piece", 36, Qualifier::Over}});
  rollup.put_limits(RowIndex{1},
                    std::vector<ledger::LiveLimit>{
                        {4, 2, true, true, Instant{9'000'000}, Instant{5}, Day{18'210}},
                        {ledger::LiveLimit::kDeadline, 0, false, false, Instant{7}, {}, Day{1}}});
  return rollup.save();
}

// What the two rows name, and no more.
SnapshotLimits limits_of(std::uint32_t unit_count) { return {unit_count, 9, 2, {3, 3, 200}}; }

Outcome load(const Bytes& bytes, std::uint32_t unit_count = 8) {
  Rollup rollup;
  rollup.set_tree(chain_tree(unit_count));
  return rollup.load(bytes, Instant{}, Zone{}, limits_of(unit_count));
}

std::string refused_as(const Bytes& bytes, std::uint32_t unit_count = 8) {
  const Outcome outcome = load(bytes, unit_count);
  if (outcome.ok()) return "loaded";
  EXPECT_EQ(outcome.error().code, "snapshot_damaged");
  return outcome.error().facts[0].second;
}

TEST(Snapshot, ComesBackWhole) {
  const Bytes bytes = two_rows();
  Rollup rollup;
  rollup.set_tree(chain_tree(8));
  ASSERT_TRUE(rollup.load(bytes, Instant{}, Zone{}, limits_of(8)).ok());
  EXPECT_EQ(rollup.save(), bytes);
  EXPECT_EQ(rollup.publish(0)->row_count(), 2);
  EXPECT_EQ(rollup.publish(0)->count({}), 1);
  EXPECT_EQ(rollup.adopt_import(77), 1) << "what was staged is staged";
  EXPECT_EQ(rollup.publish(0)->quantities(UnitId{5}, kAllKinds).size(), 2);
  EXPECT_EQ(rollup.publish(0)->limits(RowIndex{1}).size(), 2);
  EXPECT_TRUE(rollup.publish(0)->limits(RowIndex{0}).empty());
}

TEST(Snapshot, AnyByteChangedAndAnyCutIsRefused) {
  const Bytes bytes = two_rows();
  ASSERT_TRUE(load(bytes).ok());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    Bytes damaged = bytes;
    damaged[at] ^= 0x10;
    ASSERT_EQ(refused_as(damaged), "hash") << "at " << at;
    damaged = bytes;
    damaged.resize(at);
    ASSERT_NE(refused_as(damaged), "loaded") << "cut at " << at;
  }
}

// The hash is no secret: what follows it is checked all the same.
TEST(Snapshot, WithAHashOfItsOwnItLoadsOnlyInTheOneWayToWriteIt) {
  const Bytes body = body_of(two_rows());
  int loaded = 0, refused = 0;
  for (std::size_t at = 0; at < body.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes changed = body;
      changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1U << bit);
      const Bytes bytes = with_hash(changed);
      Rollup rollup;
      rollup.set_tree(chain_tree(8));
      if (rollup.load(bytes, Instant{}, Zone{}, limits_of(8)).ok()) {
        ++loaded;
        ASSERT_EQ(rollup.save(), bytes) << "at " << at;
      } else {
        ++refused;
      }
    }
    Bytes cut = body;
    cut.resize(at);
    ASSERT_NE(refused_as(with_hash(cut)), "loaded") << "cut at " << at;
  }
  EXPECT_GT(loaded, 100);
  EXPECT_GT(refused, 100);
}

TEST(Snapshot, SaysWhatIsWrong) {
  const Bytes bytes = two_rows();
  EXPECT_EQ(refused_as({}), "size");
  EXPECT_EQ(refused_as(bytes, 7), "row") << "the tree lacks a unit";
  Bytes body = body_of(bytes);
  body[0] = 'T';
  EXPECT_EQ(refused_as(with_hash(body)), "magic");
  body = body_of(bytes);
  body[9] = 1;  // an earlier one
  EXPECT_EQ(refused_as(with_hash(body)), "version");
  body = body_of(bytes);
  body[10] = 0xFF;  // four billion rows: refused before memory is set aside
  EXPECT_EQ(refused_as(with_hash(body)), "count");
  body = body_of(bytes);
  body.push_back(0);
  EXPECT_EQ(refused_as(with_hash(body)), "size");
  SnapshotWriter twice(2, 0);
  ledger::ItemRow row;
  twice.row(row);
  twice.row(row);
  EXPECT_EQ(refused_as(std::move(twice).finish()), "number_twice");
}

// Readers index flows, sources and special items by what a row says.
TEST(Snapshot, RowsNameNothingThatThereIsNot) {
  const Bytes bytes = two_rows();
  const auto refused = [&](const SnapshotLimits& limits) {
    Rollup rollup;
    rollup.set_tree(chain_tree(8));
    const Outcome outcome = rollup.load(bytes, Instant{}, Zone{}, limits);
    return outcome.ok() ? "loaded" : outcome.error().facts[0].second;
  };
  EXPECT_EQ(refused({8, 9, 2, {0, 0, 200}}), "loaded");
  EXPECT_EQ(refused({8, 8, 2, {0, 0, 200}}), "row") << "a special item";
  EXPECT_EQ(refused({8, 9, 1, {0, 0, 200}}), "row") << "a scheme";
  EXPECT_EQ(refused({8, 9, 2, {0, 0, 199}}), "row") << "one of the further sources";
  EXPECT_EQ(refused({8, 9, 2, {0, 0}}), "row") << "a flow";
  SnapshotWriter one(1, 0);
  ledger::ItemRow row;
  row.source = 4;
  one.row(row);
  EXPECT_EQ(refused_as(std::move(one).finish()), "row") << "a source";
}

TEST(Snapshot, RowsAloneAreRefusedWhereTheLastIsCut) {
  SnapshotWriter one(1, 0);
  ledger::ItemRow row;
  row.no.value = 1;
  one.row(row);
  const Bytes bytes = std::move(one).finish();
  ASSERT_EQ(refused_as(bytes), "loaded");
  Bytes cut = body_of(bytes);
  for (cut.pop_back(); !cut.empty(); cut.pop_back())
    ASSERT_NE(refused_as(with_hash(cut)), "loaded") << cut.size();
}

TEST(Snapshot, ARefusedOneLeavesEverythingAsItWas) {
  Rollup rollup;
  rollup.set_tree(chain_tree(8));
  ledger::ItemRow row;
  row.no.value = 3;
  rollup.put(row, {});
  const Bytes before = rollup.save();
  Bytes bytes = two_rows();
  bytes.back() ^= 1;
  EXPECT_FALSE(rollup.load(bytes, Instant{}, Zone{}, limits_of(8)).ok());
  EXPECT_EQ(rollup.save(), before);
}

// Seeds of tests/fuzz/snapshot_fuzz.cpp are bodies without their hash. With TZ_SEED_FOLDER they are
// written there.
TEST(Snapshot, SeedsOfTheFuzzTargetLoad) {
  std::vector<std::pair<std::string, Bytes>> seeds;
  seeds.emplace_back("empty.bin", body_of(SnapshotWriter(0, 0).finish()));
  seeds.emplace_back("two_rows.bin", body_of(two_rows()));
  SnapshotWriter many(70, 0);  // enough rows in one unit for totals of its own
  ledger::ItemRow row;
  row.place.value = 2;
  for (row.no.value = 1; row.no.value <= 70; ++row.no.value) many.row(row);
  seeds.emplace_back("many_rows.bin", body_of(std::move(many).finish()));
  const char* folder = std::getenv("TZ_SEED_FOLDER");
  for (const auto& [name, body] : seeds) {
    EXPECT_TRUE(load(with_hash(body)).ok()) << name;
    if (folder == nullptr) continue;
    std::ofstream file(std::string(folder) + "/" + name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(body.data()),
               static_cast<std::streamsize>(body.size()));
  }
}

}  // namespace
}  // namespace tz::rollup
