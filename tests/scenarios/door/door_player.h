// Plays the lines of a scenario about signing in, tokens and the audit log (docs/testing.md) over a
// server of its own, by what browsers and scripts send it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit_log.h"
#include "http/client.h"
#include "scenarios/scenario_file.h"

namespace tz::test {

// What somebody who comes to the door has with him.
struct Visitor {
  std::string cookie;  // of his browser's session
  std::string csrf;
  std::string token;                  // of his script: the newest
  Bytes secret;                       // of his second factor
  std::vector<std::string> recovery;  // codes that he has not used
  std::string used;                   // the one that he used last
};

class DoorPlayer final : public CasePlayer {
 public:
  Fault play(const std::string& line) override;
  // given start; given small_log, whose audit log is soon full
  Fault play_up_to(std::string_view where) override;
  Fault finish() override;

 private:
  using Line = Fault (DoorPlayer::*)(const Words&);
  struct Way {
    const char* method;
    const char* path;
  };

  Fault act(const Words& words);
  Fault expect(const Words& words);
  Fault give_password(const Words& words);
  Fault read_settings(const Words& words);
  Fault tamper(const Words& words);
  Fault wait(const Words& words);

  Fault expect_audited(const Words& words);
  Fault expect_log(const std::string& how);
  Fault expect_refused(const std::string& code);
  Fault expect_same_answer();
  Fault expect_unsaid(const std::string& text);

  // With what is named in braces in its place; empty where that is not known.
  std::string path_of(std::string_view pattern, Given& given) const;
  Json body_of(const std::string& person, const std::string& action, const Given& given);
  std::string code_of(Visitor& visitor, const std::string& word) const;
  http_test::Reply send(Visitor& visitor, http_test::Ask ask);
  http_test::Reply turn_on_code(Visitor& visitor, const http_test::Ask& begin);
  std::uint64_t size() { return served_->ledger->engine->published().size; }

  std::unique_ptr<http_test::Served> served_;
  std::map<std::string, Visitor> visitors_;
  http_test::Reply reply_;   // to the last `do`
  http_test::Reply before_;  // to the one before it
  std::optional<std::string> refused_;
  bool owes_success_ = false;
  std::uint64_t size_before_ = 0;         // of the last `do`
  std::string item_;                      // the number of the newest
  std::vector<access::AuditHead> known_;  // what the audit administrator was told of the log
};

}  // namespace tz::test
