// What a walked person is told, counted and shown of the past holds nothing that the table keeps
// from him.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "engine/letters.h"
#include "engine/notices.h"
#include "policy/policy_table.h"

namespace tz::policy_test {
namespace {

const char* const kUnits[] = {WalkedTown::kPlace, WalkedTown::kReceiver, "900102", "9001", "0"};

class Shown : public testing::Test {
 protected:
  static void SetUpTestSuite() { made_ = std::make_unique<WalkedTown>(); }
  static void TearDownTestSuite() { made_.reset(); }
  static WalkedTown& town() { return *made_; }
  static Table table() { return Table(town().tree()); }

 private:
  static inline std::unique_ptr<WalkedTown> made_;
};

// Numbers in what was stored for him, whether or not it may be shown.
std::set<std::string> stored_for(WalkedTown& town, const Person& person) {
  std::set<std::string> out;
  const AccountId account = town.ledger->account(person.name);
  const auto notices = engine::notices_of(*town.ledger->engine, account, {}, 1'000);
  TZ_ASSERT(notices.ok());
  for (const notify::Notice& notice : *notices) out.insert(notice.number);
  return out;
}

TEST_F(Shown, InboxesAndCalendarsNameWhatMayBeRead) {
  std::size_t told = 0;
  std::size_t kept = 0;
  std::size_t dated = 0;
  for (const Person& person : town().people) {
    if (person.name == "stranger") continue;
    const std::set<std::string> readable = table().numbers_by(town(), "item.read", person);
    std::set<std::string> expected;
    for (const std::string& no : stored_for(town(), person))
      if (readable.contains(no))
        expected.insert(no);
      else
        ++kept;
    const Answered inbox = town().ask(person.name, {"GET", "/api/v1/inbox?limit=100"});
    ASSERT_EQ(inbox.status, 200U) << inbox.body;
    EXPECT_EQ(town().numbers_in(inbox.body), expected) << person.name;
    EXPECT_EQ(*inbox.json.find("count_at_least")->as_int(),
              static_cast<std::int64_t>(inbox.json.find("notices")->as_array()->size()))
        << person.name << ": what is hidden is counted";
    told += expected.size();
    const Answered calendar = town().ask(person.name, {"GET", "/api/v1/calendar.ics"});
    ASSERT_EQ(calendar.status, 200U) << calendar.body;
    for (const std::string& no : town().numbers_in(calendar.body)) {
      EXPECT_TRUE(readable.contains(no)) << person.name << " " << no;
      ++dated;
    }
  }
  std::cout << "inboxes: " << told << " items told of, " << kept
            << " kept back; calendars: " << dated << " entries' items\n";
  EXPECT_GT(told, 50U);
  EXPECT_GT(kept, 0U);
  EXPECT_GT(dated, 10U);
}

// What of somebody's acts reached nobody is no way round either, once his posts are others.
TEST_F(Shown, WhatReachedNobodyNamesWhatMayBeRead) {
  std::size_t hidden = 0;
  const Instant now = town().ledger->clock.now();
  for (const Person& person : town().people) {
    if (!person.role) continue;
    notify::Letter letter;
    letter.account = town().ledger->account("chief");
    letter.made = letter.next = now;
    for (const Matter& matter : town().matters)
      letter.lines.push_back(
          {Seq{1}, matter.no, "assigned", {}, town().ledger->account(person.name)});
    for (notify::Line& line : letter.lines) line.record.value += &line - letter.lines.data();
    ASSERT_TRUE(
        engine::settle_letter(*town().ledger->engine, letter, engine::Sent::Refused, now).ok());
    const Answered inbox = town().ask(person.name, {"GET", "/api/v1/inbox"});
    const std::set<std::string> readable = table().numbers_by(town(), "item.read", person);
    for (const std::string& no : town().numbers_in(inbox.json.find("undelivered")->dump()))
      EXPECT_TRUE(readable.contains(no)) << person.name << " " << no;
    hidden += town().matters.size() - readable.size();
  }
  EXPECT_GT(hidden, 0U);
}

// Of kinds whose totals are not everybody's nothing is told, not even how often.
TEST_F(Shown, BurdenIsTheSameForEverybody) {
  for (const char* unit : kUnits) {
    const std::string path = "/api/v1/units/" + std::string(unit) + "/burden";
    const Answered first = town().ask("stranger", {"GET", path});
    ASSERT_EQ(first.status, 200U);
    EXPECT_EQ(town().numbers_in(first.body), std::set<std::string>{});
    for (const Person& person : town().people)
      EXPECT_EQ(town().ask(person.name, {"GET", path}).body, first.body) << person.name;
  }
}

struct Count {
  std::int64_t total = 0;
  std::int64_t closed = 0;
  friend bool operator==(const Count&, const Count&) = default;
};
void PrintTo(const Count& count, std::ostream* out) {
  *out << count.total << " (" << count.closed << " closed)";
}
using Counts = std::map<std::string, Count>;  // by kind

// By kind, what of the items at the unit or below counts for him; a kind that is not there is not
// his to see.
Counts counted_for(const WalkedTown& town, const Person& person, const std::string& unit) {
  const Table table(town.tree());
  Counts out{{"problem", {}}, {"hazard", {}}};
  for (const char* kind : {"petition", "request"}) {
    Matter there;
    there.kind = kind;
    there.place = unit;
    if (table.holds("totals.scoped", person, there)) out[kind] = {};
  }
  for (const auto* some : {&town.matters, &town.reported})
    for (const Matter& matter : *some) {
      const auto at = out.find(matter.kind);
      if (at == out.end() || !table.lies_in(matter.place, unit) || table.accuses(matter, person))
        continue;
      ++at->second.total;
      at->second.closed += matter.state == "closed" ? 1 : 0;
    }
  return out;
}

Counts read_counts(const Json& rows) {
  Counts out;
  for (const Json& row : *rows.as_array())
    out[*row.find("kind")->as_text()] = {*row.find("total")->as_int(),
                                         *row.find("closed")->as_int()};
  return out;
}

// Kinds of both alone.
Counts of_kinds(Counts counts, const Counts& shown) {
  std::erase_if(counts, [&](const auto& one) { return !shown.contains(one.first); });
  return counts;
}

// A part's rows, and what is left of the unit beside its parts. Rates are shown of the kinds that
// the whole shows; totals of those that the part does.
void compare_parts(const WalkedTown& town, const Person& person, const Json& parts,
                   const char* rows, Counts& rest) {
  for (const Json& part : *parts.as_array()) {
    if (*part.find("overlaps")->as_bool()) continue;
    const std::string code = *part.find("unit")->find("code")->as_text();
    const Counts of_part = counted_for(town, person, code);
    const bool rates = std::string(rows) == "rows";
    EXPECT_EQ(read_counts(*part.find(rows)), rates ? of_kinds(of_part, rest) : of_part)
        << person.name << " " << code;
    for (const auto& [kind, count] : of_kinds(of_part, rest)) {
      rest[kind].total -= count.total;
      rest[kind].closed -= count.closed;
    }
  }
}

TEST_F(Shown, TotalsAndRatesAreTheSumOfWhatCounts) {
  std::size_t compared = 0;
  std::set<std::string> different;
  for (const Person& person : town().people)
    for (const char* unit : kUnits) {
      const Counts expected = counted_for(town(), person, unit);
      different.insert(testing::PrintToString(expected));
      const std::string path = "/api/v1/units/" + std::string(unit);
      const auto json = [&](const std::string& what) {
        const Answered answer = town().ask(person.name, {"GET", path + what});
        EXPECT_EQ(answer.status, 200U) << answer.body;
        ++compared;
        return answer.json;
      };
      EXPECT_EQ(read_counts(*json("").find("totals")), expected) << person.name << " " << unit;
      EXPECT_EQ(read_counts(*json("/rollup").find("rows")), expected) << person.name << " " << unit;
      EXPECT_EQ(read_counts(*json("/rates").find("rows")), expected) << person.name << " " << unit;
      const Json rollup = json("/rollup?by=child");
      Counts rest = expected;
      compare_parts(town(), person, *rollup.find("rows"), "totals", rest);
      EXPECT_EQ(read_counts(*rollup.find("own")), rest) << person.name << " " << unit;
      const Json rates = json("/rates?by=child");
      rest = expected;
      compare_parts(town(), person, *rates.find("children"), "rows", rest);
      EXPECT_EQ(read_counts(*rates.find("own")), rest) << person.name << " " << unit;
    }
  std::cout << "totals: " << compared << " answers compared, of " << different.size()
            << " different sums\n";
  EXPECT_EQ(different.size(), 7U);
}

// Without what says that it is of the past, and what stands beside the past of now.
std::string plain(const Answered& answer) {
  Json out;
  for (const JsonMember& member : *answer.json.as_object())
    if (member.first != "as_of" && member.first != "instant" && member.first != "now")
      out.set(member.first, member.second);
  return out.dump();
}

TEST_F(Shown, AsOfTheNewestPositionIsAsOfNow) {
  const std::string position = std::to_string(town().ledger->engine->published().size);
  std::vector<std::string> paths = {"/api/v1/items?limit=200", "/api/v1/items?kind=request"};
  for (const char* unit : kUnits)
    for (const char* what : {"?with=children,trend", "/rollup?by=kind", "/rollup?by=child",
                             "/rollup?by=phase", "/rollup?by=state", "/rates?by=child"})
      paths.push_back("/api/v1/units/" + std::string(unit) + what);
  std::size_t compared = 0;
  for (const Person& person : town().people)
    for (const std::string& path : paths) {
      const Answered now = town().ask(person.name, {"GET", path});
      const Answered then = town().ask(person.name, {"GET", path + "&as_of=@" + position});
      ASSERT_EQ(now.status, then.status) << person.name << " " << path << " " << then.body;
      ++compared;
      if (now.status == 200)
        EXPECT_EQ(plain(then), plain(now)) << person.name << " " << path;
      else
        EXPECT_EQ(then.code, now.code) << person.name << " " << path;
      EXPECT_EQ(then.json.find("as_of") != nullptr, then.status == 200);
    }
  std::cout << "as of the newest position: " << compared << " pairs of answers\n";
}

}  // namespace
}  // namespace tz::policy_test
