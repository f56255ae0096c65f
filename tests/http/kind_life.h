// One item of a kind that has time limits, from its listing on, over HTTP.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/embedded.h"
#include "http/contract.h"

namespace tz::http_test {

class KindLife : public testing::Test {
 protected:
  // From that day on, by the holidays known then and the limits of the program.
  explicit KindLife(const char* from) {
    day(from);
    must(ledger::AdoptTimeRules{text("calendar/holidays.csv"), text("calendar/limits.csv")});
  }

  static std::string text(const char* path) { return std::string(embedded_file(path)); }
  void adopt(const char* flow) { must(ledger::AdoptFlow{text(flow)}); }
  void must(ledger::Command command) {
    ASSERT_TRUE(served.ledger->engine->submit_and_wait({std::move(command), {}, {}, {}}).ok());
  }
  void day(const char* date) {
    served.ledger->clock.set(*parse_instant(std::string(date) + "T09:00:00+08:00"));
  }
  void list(const std::string& body) {
    const Reply opened = served.post("recorder", "/api/v1/items", body);
    ASSERT_EQ(opened.status, 201U) << opened.body;
    no = opened.text("item");
  }
  // "done", or the code of the refusal.
  std::string step(const char* person, const char* name, const std::string& body) {
    const Reply done = served.act(person, no, name, body);
    EXPECT_EQ(breach("POST", "/api/v1/items/{no}/{transition}", done), "") << done.body;
    return done.status == 200 ? "done" : done.code();
  }
  Reply item(const char* person = "supervisor") {
    Reply shown = served.get(person, "/api/v1/items/" + no);
    EXPECT_EQ(breach("GET", "/api/v1/items/{no}", shown), "") << shown.body;
    return shown;
  }
  Reply history(const char* person = "supervisor") {
    Reply shown = served.get(person, "/api/v1/items/" + no + "/history");
    EXPECT_EQ(breach("GET", "/api/v1/items/{no}/history", shown), "");
    return shown;
  }
  // "handle runs 2024-11-12", of every clock that has started.
  std::string clocks() {
    const Reply shown = item();
    std::string out;
    for (const Json& clock : shown.list("clocks"))
      out += *clock.find("clock")->as_text() + " " + *clock.find("state")->as_text() + " " +
             *clock.find("due_day")->as_text() + "\n";
    return out;
  }

  static support::SmallLedgerOptions proven_at_once() {
    support::SmallLedgerOptions options;
    options.limits.checkpoint_records = 1;
    return options;
  }

  Served served{{}, proven_at_once()};
  std::string no;
};

}  // namespace tz::http_test
