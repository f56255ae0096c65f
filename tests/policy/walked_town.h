// A small ledger with somebody of every role in every relation to its items, and a door to ask at.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "http/context.h"
#include "http/door.h"
#include "support/small_ledger.h"

namespace tz::policy_test {

// Somebody who asks. His present post, if he has one, is all he may do anything by.
struct Person {
  std::string name;      // "verifier.above"; "nobody" has no post, "stranger" no account either
  std::string position;  // "above"
  std::optional<std::string> role;
  std::string unit;         // of the post, held or expired
  bool holds = false;       // whether it is held today
  std::string second = "";  // the unit of another post of his, in the same role
  bool mandated = false;    // in a work group that was sent to kMandated, and still is
};

// An item as it was made, in the words of the flow.
struct Matter {
  std::string kind = "problem";
  std::string no;
  std::string state;
  std::string place;
  std::string lead;  // empty: nobody answers for it yet
  std::vector<std::string> responsible;
  std::vector<std::string> supporting;
  std::string supervising;
  std::string recorder;                  // a person's name
  std::vector<std::string> took_part;    // persons
  std::vector<std::string> parts_units;  // units in whose posts somebody took part
  std::string title;
  std::vector<std::string> accused = {};  // units it complains of
};

struct Answered {
  unsigned status = 0;
  std::string code;  // of a problem
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Json json;
};

struct Question {
  std::string method = "GET";
  std::string path;
  std::string body = "";
  std::optional<Seq> seen = std::nullopt;
  std::string last_event = "";  // of a stream
};

class WalkedTown {
 public:
  static constexpr const char* kPlace = "900101001";
  static constexpr const char* kFund = "relief";      // at kPlace
  static constexpr const char* kReceiver = "900101";  // of what complains of kPlace
  static constexpr const char* kMandated = "900101";  // where work groups were sent, for
  static constexpr const char* kMandatedKinds[] = {"problem", "request"};
  WalkedTown();
  ~WalkedTown();
  WalkedTown(const WalkedTown&) = delete;
  WalkedTown& operator=(const WalkedTown&) = delete;

  // By a token, or in a session where the route takes no other. Of a stream the body is what it
  // tells at once, up to the position.
  Answered ask(const std::string& person, const Question& question);
  // What a stream tells that is told of everything from the first record on.
  std::string streamed_from_start(const std::string& person);
  // A POST to the item with its newest version.
  Answered change(const std::string& person, const std::string& no, const std::string& what,
                  const std::string& body);
  // Numbers of the items above that stand in a text.
  [[nodiscard]] std::set<std::string> numbers_in(const std::string& text) const;
  // As the program itself; it must be taken.
  engine::Receipt submit(ledger::Command command);
  [[nodiscard]] const ledger::OrgTree& tree() const { return *state_->tree; }

  std::vector<Person> people;
  std::vector<Matter> matters;   // for all people
  std::vector<Matter> reported;  // each for the people of its reporter's role
  std::string work_group;        // the number of the one that still lasts
  std::string evidence;          // a file's hash, of every item that was worked on
  std::unique_ptr<support::SmallLedger> ledger;

 private:
  struct Aim {
    std::string state;
    std::string lead;
    std::string recorder;
    std::string title;
  };
  struct Opened {
    std::string cookie;
    std::string csrf;
  };
  // A session that holds: another one where the one before was ended.
  const Opened& session_of(const std::string& person);
  void name_caller(const std::string& person, http::Request& request);
  // Inboxes as the program fills them: after each step, for what a later one overtakes is not told.
  void follow();
  // Of the people at that position, until that day; gives its number.
  std::string send_group(const std::vector<std::string>& positions, Day to);
  void add_people();
  void add_reporter(const std::string& role);
  void end_post(const std::string& person, const std::string& unit, ledger::Role role);
  Matter make(const Aim& aim);
  Matter plain(const std::string& kind, bool given);
  Matter report(const std::string& state);
  void work_on(Matter& matter);
  void ask_for_closure(const Matter& matter);
  void verify(const Matter& matter);
  void must(const std::string& person, const Matter& matter, const std::string& what,
            const std::string& body);

  http::LockedRandom random_;
  http::Context context_;
  std::shared_ptr<http::Door> door_;
  std::shared_ptr<const ledger::State> state_;
  std::map<std::string, Opened> sessions_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace tz::policy_test
