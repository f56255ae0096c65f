// What somebody may not know of is answered like what does not exist: status, head, body, and the
// time.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>

#include "base/random.h"
#include "policy/policy_table.h"

namespace tz::policy_test {
namespace {

// A right number that no item has.
std::string missing_no() { return ledger::to_text(ledger::ItemNo{0}); }
constexpr const char* kWatching = "supervisor.beside";

// All of an answer but what is of this request alone and the number that was asked for.
std::string told(const Answered& answer, const std::string& no) {
  std::string out = std::to_string(answer.status) + "\n";
  for (const auto& [name, value] : answer.headers)
    if (name != "X-Request-Id") out += name + ": " + value + "\n";
  std::string body = answer.body;
  for (std::size_t at = body.find(no); at != std::string::npos; at = body.find(no))
    body.replace(at, no.size(), "NUMBER");
  const std::size_t id = body.find("\"request_id\":\"");
  if (id != std::string::npos) body.erase(id, body.find('"', id + 14) + 1 - id);
  return out + body;
}

std::vector<Question> questions_about(const std::string& no, const std::string& evidence) {
  const std::string item = "/api/v1/items/" + no;
  std::vector<Question> out = {
      {"GET", item},
      {"HEAD", item},
      {"GET", item + "/history"},
      {"GET", item + "/records/1/proof"},
      {"GET", item + "/records/999999/proof"},
      {"GET", item + "?with=more"},
      {"GET", "/api/v1/evidence/" + evidence + "?item=" + no},
      {"GET", "/api/v1/search?q=" + no},
      {"GET", "/api/v1/items?cursor=" + no},
      {"GET", item + "?as_of=@1"},
      {"GET", item + "/history?as_of=@1"},
      {"GET", "/api/v1/items?as_of=@1&cursor=" + no},
      {"GET", "/api/v1/items?as_of=2019-09-30&words=" + no},
      {"GET", "/api/v1/search?as_of=@1&q=" + no},
      {"POST", item + "/reporter"},
      {"POST", item + "/reporter", "{}"},
      {"POST", item + "/reporter", "", Seq{1}},
      {"POST", item + "/reporter?as_of=@1"},
      {"GET", item + "/reporter"},
      {"DELETE", item},
  };
  // With the newest version, an old one, none, and a body that cannot be read.
  for (const char* what : {"correct", "redact", "assign", "review", "close", "approve_abstract",
                           "take_envelope", "no_such_step"})
    for (const char* body : {R"({"reason":"x"})", R"({"field":"remark","value":"x","reason":"x"})",
                             R"({"record":1,"part":0,"reason":"x"})", "{", "[]"})
      for (const std::optional<Seq> seen : {std::optional<Seq>{}, std::optional(Seq{1})})
        out.push_back({"POST", item + "/" + what, body, seen});
  return out;
}

TEST(Hidden, IsAnsweredLikeMissing) {
  WalkedTown town;
  const Table table(town.tree());
  std::size_t compared = 0;
  for (const Person& person : town.people)
    for (const Matter& matter : town.matters) {
      if (table.holds("item.read", person, matter)) continue;
      if (matter.state != "registered" && matter.state != "closure_requested" &&
          matter.kind != "request")
        continue;
      const auto hidden = questions_about(matter.no, town.evidence);
      const auto missing = questions_about(missing_no(), town.evidence);
      for (std::size_t i = 0; i < hidden.size(); ++i) {
        ++compared;
        ASSERT_EQ(told(town.ask(person.name, hidden[i]), matter.no),
                  told(town.ask(person.name, missing[i]), missing_no()))
            << person.name << " " << hidden[i].method << " " << hidden[i].path;
      }
    }
  std::cout << "hidden and missing: " << compared << " pairs of answers, all the same\n";
  EXPECT_GT(compared, 1'000U);
}

// Naming a hidden item from one that may be changed tells nothing either.
TEST(Hidden, ItemIsNotToldByMergingIntoIt) {
  WalkedTown town;
  const std::string own = town.matters.front().no;
  // Somebody who may merge the one and not see the other: it lies in another county.
  const Answered opened = town.ask(
      "outsider", {"POST", "/api/v1/items",
                   R"({"kind":"problem","unit":"900102001","source":"resident","title":"x"})"});
  ASSERT_EQ(opened.status, 201U);
  const std::string other = *opened.json.find("item")->as_text();
  const auto merge = [&](const std::string& into) {
    return told(
        town.change("supervisor.above", own, "merge", R"({"into":")" + into + R"(","reason":"x"})"),
        into);
  };
  EXPECT_EQ(merge(other), merge(missing_no()));
}

double median(std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

// Reported and not judged: a machine that does other things too has no bar that would hold. For a
// number that no item has another item is read in its place, so both are asked over many numbers.
TEST(Hidden, TakesAsLongAsMissing) {
  WalkedTown town;
  SeededRandom random(11);
  const auto once = [&](const std::string& no) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(town.ask(kWatching, {"GET", "/api/v1/items/" + no}).status, 404U) << no;
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
        .count();
  };
  std::vector<const Matter*> hidden;
  for (const auto* some : {&town.matters, &town.reported})
    for (const Matter& matter : *some)
      if (matter.recorder != "supervisor.reporter") hidden.push_back(&matter);
  constexpr std::size_t kPairs = 800;
  std::vector<double> times[2];
  for (std::size_t i = 0; i < kPairs; ++i) {
    times[0].push_back(once(hidden[i % hidden.size()]->no));
    const ledger::ItemNo no{random.next_u64() % ledger::kItemNoCount};
    times[1].push_back(once(ledger::to_text(no)));
  }
  const double of_hidden = median(times[0]);
  const double of_missing = median(times[1]);
  std::cout << "GET of hidden items " << of_hidden << " us, of missing ones " << of_missing
            << " us (medians of " << kPairs << " in turn; quartiles " << times[0][kPairs / 4]
            << " to " << times[0][kPairs * 3 / 4] << " and " << times[1][kPairs / 4] << " to "
            << times[1][kPairs * 3 / 4] << ")\n";
}

}  // namespace
}  // namespace tz::policy_test
