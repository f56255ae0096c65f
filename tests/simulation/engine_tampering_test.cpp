// Whatever is changed in the stored bytes, verify finds it and says where.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <functional>

#include "base/file.h"
#include "engine/snapshot.h"
#include "journal/sqlite_journal.h"
#include "ledger/event_codec.h"
#include "programme/file_readers.h"
#include "simulation/random_town.h"

namespace tz::test {
namespace {

namespace fs = std::filesystem;
using namespace ledger;

constexpr std::uint64_t kCheckpointRecords = 60;
constexpr std::uint64_t kVictimFrom = 130;  // in the second full stretch

fs::path new_folder() {
  std::string folder = testing::TempDir() + "/tz_tamper_XXXXXX";
  EXPECT_NE(mkdtemp(folder.data()), nullptr);
  return folder;
}

EngineSettings settings_in(const fs::path& folder) {
  EngineSettings out;
  out.seed = 11;
  out.snapshot_folder = folder;
  out.limits.checkpoint_records = kCheckpointRecords;
  out.limits.checkpoint_us = std::int64_t{1} << 60;  // none but those, so that ranges are known
  return out;
}

// Plays a town's story into a ledger folder.
void make_ledger(const fs::path& folder) {
  const journal::SqliteOptions options{folder / "journal.db", {}, false};
  ASSERT_TRUE(journal::create_sqlite_journal(options).ok());
  EngineLedger ledger(settings_in(folder));
  ASSERT_TRUE(ledger.found(*journal::open_sqlite_journal(options)).ok());
  RandomTown town(ledger, 11);
  ASSERT_TRUE(town.settle().ok());
  for (int i = 0; ledger.engine().published().size < 310; ++i) {
    if (i % 5 == 0) town.pass_days();
    (void)ledger.engine().submit_and_wait(town.next_request()).ok();
  }
}

// A copy of one ledger folder that a test may change as it likes.
class EngineTampering : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    whole_ = new_folder();
    make_ledger(whole_);
  }
  static void TearDownTestSuite() { fs::remove_all(whole_); }

  EngineTampering() : folder_(new_folder()) {
    restore();
    while (record(victim_).parts.empty()) ++victim_;
  }
  ~EngineTampering() override {
    close();
    fs::remove_all(folder_);
  }

  // Back to what was recorded.
  void restore() {
    close();
    fs::remove_all(folder_);
    fs::copy(whole_, folder_);
    EXPECT_EQ(sqlite3_open((folder_ / "journal.db").c_str(), &database_), SQLITE_OK);
    size_ = number("SELECT count(*) FROM records");
    id_ = *engine::ledger_id_of(*engine::read_genesis(*reader()));
  }
  void close() {
    sqlite3_close(database_);
    database_ = nullptr;
  }

  void sql(const std::string& text) {
    char* why = nullptr;
    EXPECT_EQ(sqlite3_exec(database_, text.c_str(), nullptr, nullptr, &why), SQLITE_OK) << why;
  }
  std::uint64_t number(const std::string& text) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_, text.c_str(), -1, &statement, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW) << text;
    const auto out = static_cast<std::uint64_t>(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
    return out;
  }
  void put(std::uint64_t seq, const journal::StoredRecord& record) {
    sql("INSERT OR REPLACE INTO records VALUES(" + std::to_string(seq) + ", x'" +
        to_hex(record.header) + "', x'" + to_hex(record.body) + "')");
  }
  std::unique_ptr<journal::Reader> reader() {
    auto opened = journal::open_sqlite_reader({folder_ / "journal.db", {}, false});
    EXPECT_TRUE(opened.ok());
    return std::move(opened).value();
  }
  journal::StoredRecord stored(std::uint64_t seq) {
    return reader()->read(Seq{seq}, 1, 1)->front();
  }
  journal::Record record(std::uint64_t seq) {
    const auto one = stored(seq);
    return *journal::decode(one.header, one.body, id_);
  }
  // The record as a forger with all he needs would write it: its own hashes fit.
  void forge(std::uint64_t seq, const std::function<void(journal::Record&)>& change) {
    journal::Record forged = record(seq);
    change(forged);
    put(seq, journal::encode(forged, id_));
  }

  engine::VerifyReport verify(std::optional<std::string> against = {}) {
    engine::VerifyRequest request;
    request.against = std::move(against);
    request.key = EngineLedger().verifier_key();
    request.snapshot_folder = folder_;
    request.readers = programme::file_readers();
    const auto report = engine::verify(*reader(), request);
    EXPECT_TRUE(report.ok()) << to_text(report.error());
    return report.ok() ? *report : engine::VerifyReport{};
  }
  // "code fact=value ..." of the first finding; "-" if everything holds.
  std::string found(std::optional<std::string> against = {}) {
    const auto report = verify(std::move(against));
    if (report.findings.empty()) return "-";
    return to_text(refusal(report.findings[0].code, report.findings[0].facts));
  }
  // Whether the finding is about this record, or about a range that holds it.
  static bool is_about(const engine::Finding& finding, std::uint64_t seq) {
    std::uint64_t from = seq + 1;
    std::uint64_t to = 0;
    for (const auto& [name, value] : finding.facts) {
      if (name == "seq") return value == std::to_string(seq);
      if (name == "from") std::from_chars(value.data(), value.data() + value.size(), from);
      if (name == "to") std::from_chars(value.data(), value.data() + value.size(), to);
    }
    return from <= seq && seq < to;
  }

  std::string newest_checkpoint() { return reader()->checkpoint(size_)->value().note; }
  // Nothing but the records themselves speaks of those from `seq` on.
  void forget_claims_from(std::uint64_t seq) {
    sql("DELETE FROM checkpoints WHERE size > " + std::to_string(seq));
    sql("DELETE FROM tree_hashes WHERE (place + 1) * 256 > " + std::to_string(seq));
    fs::remove(folder_ / "snapshot");
  }
  UnitId next_unit() {
    engine::World world;
    world.ledger_id = id_;
    EXPECT_TRUE(engine::catch_up(world, *reader(), size_, programme::file_readers()).ok());
    return UnitId{static_cast<std::uint32_t>(world.state.tree->size())};
  }
  static std::string range_of(std::uint64_t seq) {
    const std::uint64_t from = seq / kCheckpointRecords * kCheckpointRecords;
    return "from=" + std::to_string(from) + " to=" + std::to_string(from + kCheckpointRecords);
  }

  inline static fs::path whole_;
  fs::path folder_;
  sqlite3* database_ = nullptr;
  std::uint64_t size_ = 0;
  std::uint64_t victim_ = kVictimFrom;  // a record with texts
  journal::LedgerId id_{};
};

std::string at(std::uint64_t seq) { return "seq=" + std::to_string(seq); }

TEST_F(EngineTampering, NothingIsFoundWhereNothingWasChanged) {
  const auto report = verify(newest_checkpoint());
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.record_count, size_);
  EXPECT_EQ(report.checkpoint_count, number("SELECT count(*) FROM checkpoints") + 1);
  EXPECT_GE(report.checkpoint_count, size_ / kCheckpointRecords);
  EXPECT_EQ(report.tree_hash_count, size_ / 256);
  EXPECT_GT(report.text_count, 50U);
  EXPECT_TRUE(report.snapshot_checked);
  EXPECT_TRUE(report.against_checked);
  ASSERT_GT(record(victim_).parts.size(), 0U) << "the victim should have texts";
}

TEST_F(EngineTampering, AnyByteOfAHeader) {
  const journal::StoredRecord whole = stored(victim_);
  for (std::size_t i = 0; i < whole.header.size(); i += 3) {
    journal::StoredRecord changed = whole;
    changed.header[i] ^= 0x01;
    put(victim_, changed);
    const auto report = verify();
    ASSERT_FALSE(report.findings.empty()) << "byte " << i;
    EXPECT_TRUE(is_about(report.findings[0], victim_)) << "byte " << i;
  }
}

TEST_F(EngineTampering, AnyByteOfABody) {
  const journal::StoredRecord whole = stored(victim_);
  for (std::size_t i = 0; i < whole.body.size(); i += 5) {
    journal::StoredRecord changed = whole;
    changed.body[i] ^= 0x80;
    put(victim_, changed);
    const auto report = verify();
    ASSERT_FALSE(report.findings.empty()) << "byte " << i;
    EXPECT_TRUE(report.findings[0].code == "record_disagrees" ||
                report.findings[0].code == "record_malformed");
    EXPECT_EQ(report.findings[0].facts[0].second, std::to_string(victim_)) << "byte " << i;
  }
}

TEST_F(EngineTampering, SaltPayloadAndCiphertextByName) {
  const journal::StoredRecord whole = stored(victim_);
  const auto with_byte_changed = [&](std::size_t offset) {
    journal::StoredRecord changed = whole;
    changed.body[offset] ^= 0x01;
    put(victim_, changed);
    return found();
  };
  const std::string disagrees = "record_disagrees " + at(victim_) + " what=";
  EXPECT_EQ(with_byte_changed(0), disagrees + "context");   // its salt
  EXPECT_EQ(with_byte_changed(32), disagrees + "payload");  // its salt
  EXPECT_EQ(with_byte_changed(whole.body.size() - 1), disagrees + "ciphertext");
}

TEST_F(EngineTampering, ARecordTakenOut) {
  for (const std::uint64_t seq : {std::uint64_t{0}, victim_, size_ - 2}) {
    restore();
    sql("DELETE FROM records WHERE seq = " + std::to_string(seq));
    EXPECT_EQ(found(), "record_missing " + at(seq));
    // And the rest moved up, so that no number is missing.
    sql("UPDATE records SET seq = -seq WHERE seq > " + std::to_string(seq));
    sql("UPDATE records SET seq = -seq - 1 WHERE seq < 0");
    EXPECT_EQ(found(), seq == 0 ? "journal_damaged seq=0 code=genesis_missing"
                                : "record_misplaced " + at(seq));
  }
}

TEST_F(EngineTampering, ARecordPutIn) {
  const std::string here = std::to_string(victim_);
  sql("UPDATE records SET seq = -seq WHERE seq >= " + here);
  sql("UPDATE records SET seq = -seq + 1 WHERE seq < 0");
  put(victim_, stored(victim_ - 1));
  EXPECT_EQ(found(), "record_misplaced " + at(victim_));
}

TEST_F(EngineTampering, TwoRecordsSwapped) {
  const journal::StoredRecord one = stored(victim_);
  put(victim_, stored(victim_ + 1));
  put(victim_ + 1, one);
  EXPECT_EQ(found(), "record_misplaced " + at(victim_));
}

TEST_F(EngineTampering, AForgedRecordIsFoundBetweenTwoCheckpoints) {
  forge(victim_, [](journal::Record& record) { record.payload_salt.fill(9); });
  EXPECT_EQ(found(), "checkpoint_root_wrong " + range_of(victim_));
  restore();
  forge(victim_, [](journal::Record& record) { record.recorded.us += 1; });
  EXPECT_EQ(found(), "checkpoint_root_wrong " + range_of(victim_));
  // What no order betrays, the kept hashes forged along, and the checkpoints taken away: the one
  // that an outsider holds tells.
  restore();
  forge(victim_, [](journal::Record& record) { record.payload_salt.fill(9); });
  const std::string kept_elsewhere = newest_checkpoint();
  sql("DELETE FROM checkpoints");
  fs::remove(folder_ / "snapshot");
  merkle::Frontier frontier;
  std::vector<merkle::FullSubtree> full;
  for (std::uint64_t seq = 0; seq < 256; ++seq)
    frontier.append(merkle::leaf_hash(stored(seq).header), &full);
  sql("UPDATE tree_hashes SET hash = x'" + to_hex(full.at(0).hash) + "'");
  EXPECT_EQ(found(), "-") << "whoever holds the keys can rewrite what no outsider has";
  EXPECT_EQ(found(kept_elsewhere), "against_root_wrong from=0 to=" + std::to_string(size_));
}

TEST_F(EngineTampering, TheTailCut) {
  const std::string kept_elsewhere = newest_checkpoint();
  const std::uint64_t cut = size_ - 5;
  sql("DELETE FROM records WHERE seq >= " + std::to_string(cut));
  EXPECT_EQ(found(), "tail_missing from=" + std::to_string(cut) + " to=" + std::to_string(size_));
  forget_claims_from(cut);
  EXPECT_EQ(found(), "-") << "nothing here speaks of the tail any more";
  EXPECT_EQ(found(kept_elsewhere),
            "against_ahead from=" + std::to_string(cut) + " to=" + std::to_string(size_));
}

TEST_F(EngineTampering, TheTailCutBelowAKeptHash) {
  sql("DELETE FROM records WHERE seq >= 250");
  sql("DELETE FROM checkpoints WHERE size > 250");
  fs::remove(folder_ / "snapshot");
  EXPECT_EQ(found(), "tail_missing from=250 to=-");
}

TEST_F(EngineTampering, AKeptHash) {
  sql("UPDATE tree_hashes SET hash = zeroblob(32) WHERE level = 1 AND place = 0");
  EXPECT_EQ(found(), "tree_hash_wrong level=1 index=0");
  sql("DELETE FROM tree_hashes");
  EXPECT_EQ(found(), "tree_hash_wrong level=1 index=0");
}

TEST_F(EngineTampering, ACheckpoint) {
  const std::string size = std::to_string(2 * kCheckpointRecords);
  sql("UPDATE checkpoints SET note = replace(note, '" + size + "', '121') WHERE size = " + size);
  EXPECT_EQ(found(), "checkpoint_forged size=" + size +
                         " key=" + merkle::to_text(EngineLedger().verifier_key()));
  sql("UPDATE checkpoints SET note = 'no note' WHERE size = " + size);
  EXPECT_EQ(found().rfind("checkpoint_malformed size=" + size + " why=", 0), 0U);
  // One that was signed, of another position.
  sql("UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE size = " +
      std::to_string(kCheckpointRecords) + ") WHERE size = " + size);
  EXPECT_EQ(found(),
            "checkpoint_root_wrong from=" + std::to_string(kCheckpointRecords) + " to=" + size);
  EXPECT_EQ(found("no note"), "against_checkpoint_malformed");
}

TEST_F(EngineTampering, TheSnapshot) {
  const std::string path = folder_ / "snapshot";
  auto bytes = (*read_file(path, 1 << 30))->bytes;
  ASSERT_GT(bytes.size(), 500U);
  bytes[bytes.size() / 2] ^= 1;
  ASSERT_TRUE(write_file({path}, bytes).ok());
  EXPECT_EQ(found(), "snapshot_damaged why=hash");
  // With its own hash made to fit.
  const BytesView body = BytesView(bytes).first(bytes.size() - 32);
  const Hash hash = sha256(body);
  std::copy(hash.begin(), hash.end(), bytes.end() - 32);
  ASSERT_TRUE(write_file({path}, bytes).ok());
  EXPECT_EQ(found(), "snapshot_wrong size=" + std::to_string(size_));
  fs::remove(path);
  EXPECT_EQ(found(), "-") << "a snapshot may be lost";
}

// A sound snapshot is compared, and not accused, whatever else was found before.
TEST_F(EngineTampering, ASoundSnapshotIsNotAccusedOfAnother) {
  const auto only = [&](const std::string& code, std::optional<std::string> against = {}) {
    const auto report = verify(std::move(against));
    ASSERT_EQ(report.findings.size(), 1U) << code;
    EXPECT_EQ(report.findings[0].code, code);
    EXPECT_TRUE(report.snapshot_checked) << code;
    EXPECT_FALSE(report.snapshot_unchecked) << code;
  };
  only("against_checkpoint_malformed", "no note");
  sql("UPDATE tree_hashes SET hash = zeroblob(32) WHERE level = 1 AND place = 0");
  only("tree_hash_wrong");
  const std::string first =
      "(SELECT note FROM checkpoints WHERE size = " + std::to_string(kCheckpointRecords) + ")";
  for (const std::uint64_t size : {2 * kCheckpointRecords, size_}) {
    restore();
    const std::string where = " WHERE size = " + std::to_string(size);
    sql("UPDATE checkpoints SET note = replace(note, '" + std::to_string(size) + "', '121')" +
        where);
    only("checkpoint_forged");
    sql("UPDATE checkpoints SET note = " + first + where);
    only("checkpoint_root_wrong");
  }
}

// Where its records do not hold, the snapshot is told as not compared.
TEST_F(EngineTampering, ARecordThatCannotBeReadAccusesNoOther) {
  for (std::uint64_t seq = 1; seq < size_; seq += 3) {
    const journal::StoredRecord whole = stored(seq);
    journal::StoredRecord changed = whole;
    changed.body[40] ^= 0x01;
    put(seq, changed);
    const auto report = verify();
    ASSERT_EQ(report.findings.size(), 1U) << at(seq) << " and " << report.findings.back().code;
    EXPECT_EQ(report.findings[0].code, "record_disagrees");
    EXPECT_FALSE(report.snapshot_checked);
    EXPECT_TRUE(report.snapshot_unchecked);
    put(seq, whole);
  }
  forge(victim_, [](journal::Record& record) { record.payload_salt.fill(9); });
  const auto report = verify();
  EXPECT_TRUE(report.snapshot_unchecked);
  for (const engine::Finding& finding : report.findings) EXPECT_NE(finding.code, "snapshot_wrong");
}

// --- forged after the last checkpoint, where no root tells

TEST_F(EngineTampering, ABrokenOrderAfterTheLastCheckpoint) {
  std::uint64_t seq = size_ - 1;
  while (record(seq).index == 0 || !record(seq).prev) --seq;
  forget_claims_from(seq);
  const journal::StoredRecord whole = stored(seq);
  const auto after = [&](const std::function<void(journal::Record&)>& change) {
    put(seq, whole);
    forge(seq, change);
    return found();
  };
  EXPECT_EQ(after([](journal::Record& r) { r.prev = Seq{1}; }), "chain_broken " + at(seq));
  EXPECT_EQ(after([](journal::Record& r) { r.index = 9; }), "command_broken " + at(seq));
  EXPECT_EQ(after([](journal::Record& r) { r.command.value ^= 1; }), "command_broken " + at(seq));
  EXPECT_EQ(after([](journal::Record& r) { r.recorded.us = 1; }), "record_backdated " + at(seq));
  EXPECT_EQ(after([](journal::Record& r) { r.type = "item_vanished"; }),
            "event_unknown " + at(seq) + " type=item_vanished");
}

// What can happen to no item.
std::vector<Event> impossible_about_an_item() {
  ItemOpened elsewhere;
  elsewhere.no = ItemNo{12345};
  elsewhere.kind = "problem";
  elsewhere.place = UnitId{1 << 20};
  elsewhere.source = "resident";
  elsewhere.fix_class = "by_date";
  return {TransitionTaken{"close", "closed", "nowhere"},
          Assigned{UnitId{1 << 20}, {}, {}, {}, {}, Day{1}, {}},
          Assigned{UnitId{0}, {UnitId{1 << 20}}, {}, {}, {}, Day{1}, {}},
          Corrected{"place", "no-such-unit"}, elsewhere};
}

// What can never have happened is told, and stops nothing.
TEST_F(EngineTampering, AnImpossibleEventAfterTheLastCheckpoint) {
  const UnitId next = next_unit();
  std::uint64_t seq = size_ - 1;
  while (!record(seq).prev || !record(seq).parts.empty() || record(seq).index > 0) --seq;
  sql("DELETE FROM records WHERE seq > " + std::to_string(seq));
  forget_claims_from(seq);
  const UnitRow row{"220299", "新单位", UnitId{0}, UnitKind::Village, false, Day{0}, {}};
  UnitRow orphan = row;
  orphan.parent = UnitId{1 << 20};
  UnitRow taken = row;
  taken.code = "0";
  const std::vector<Event> about_item = impossible_about_an_item();
  constexpr Day kFar{40'000};
  const std::vector<Event> about_state{
      Genesis{to_hex(id_), "other", "Asia/Shanghai", true},
      UnitsRegistered{"forged", UnitId{next.value - 1}, {row}},
      UnitsRegistered{"forged", UnitId{next.value + 1}, {row}},
      UnitsRegistered{"forged", next, {orphan}},
      UnitsRegistered{"forged", next, {taken}},
      UnitsRegistered{"forged", next, {row, row}},
      UnitLinesAdded{{{UnitId{1}, UnitId{1 << 20}, LineKind::Business, Day{0}, {}}}},
      UnitsChanged{"forged", kFar, {{UnitId{1 << 20}, ChangeKind::Renamed, "x", {}}}},
      UnitsChanged{"forged", kFar, {{UnitId{1}, ChangeKind::Recoded, taken.code, {}}}},
      UnitsChanged{"forged", kFar, {{UnitId{1}, ChangeKind::Renamed, "", {}}}},
      UnitsChanged{"forged", kFar, {{UnitId{1}, ChangeKind::Moved, {}, UnitId{1}}}},
      UnitsChanged{"forged", kFar, {{UnitId{0}, ChangeKind::Ended, {}, {}}}},
      UnitsChanged{"forged", kFar, {{UnitId{1}, ChangeKind::Succeeded, {}, UnitId{2}}}},
      FlowAdopted{"problem", 9, "not: a flow"},
      FlowAdopted{"other", 1, problem_flow_text()},
      ProgrammeAdopted{"education_2019", 1, "not: a programme"},
      RequirementAnswered{"no_such", "study", CoverageStatus::Met, {UnitId{0}}, {}, {}, {}, {}},
      CoverageSealed{"no_such", "study", SealReason::Daily, 0, 1, {}},
      AccountOpened{AccountId{77777}},
      PostGranted{PostId{77777}, AccountId{1}, UnitId{0}, Role::Verifier, Day{0}, {}},
      PostEnded{PostId{77777}, Day{0}},
      PostEnded{PostId{0}, Day{0}}};
  const auto with = [&](const Event& event, bool of_item) {
    const EncodedEvent encoded = encode(event, {});
    forge(seq, [&](journal::Record& record) {
      record.type = encoded.type;
      record.type_version = encoded.type_version;
      record.payload = encoded.payload;
      record.index = 0;
      if (of_item) return;
      record.item.reset();
      record.prev.reset();
    });
    return found();
  };
  const journal::StoredRecord whole = stored(seq);
  for (const bool of_item : {true, false})
    for (const Event& event : of_item ? about_item : about_state) {
      put(seq, whole);
      EXPECT_EQ(with(event, of_item), "event_impossible " + at(seq)) << encode(event, {}).payload;
    }
  put(seq, whole);
  EXPECT_EQ(with(UnitsRegistered{"forged", next, {row}}, false), "-");
  put(seq, whole);
  EXPECT_EQ(with(UnitsChanged{"forged", kFar, {{UnitId{1}, ChangeKind::Renamed, "x", {}}}}, false),
            "-");
}

}  // namespace
}  // namespace tz::test
