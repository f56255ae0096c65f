// Making the command of what somebody sends in: who he is, is sealed here and goes no further.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "http/call.h"
#include "ledger/command.h"

namespace tz::http {

// As typed, before anything of it is sealed.
struct SentReport {
  std::string kind;
  UnitId place;
  std::vector<UnitId> accused;
  std::string category;
  std::string text;
  std::string manner;  // named, receiver_only, anonymous
  std::string name;
  std::string contact;
  std::string words;  // that would give him away
  // How it came, where an official writes it down for him; empty: he sends it himself.
  std::string source;
};

struct ReportOnItsWay {
  ledger::ReceiveReport command;
  std::string code;  // told once
  UnitId receiver;
};

// Refuses `field_bad`, `report_name_unwanted`, `receiving_key_none`, `report_no_receiver` and texts
// that are too long. Of name, contact and words nothing is in the command but a sealed box, except
// where he wants to be named.
Result<ReportOnItsWay> prepare_report(const ledger::State& state, Day today, SentReport sent,
                                      Random& random);

// The kind that takes reports: the first, or that of this name. Refuses `reports_not_taken`.
Result<std::string> reported_kind(const ledger::State& state, const std::string& named);

}  // namespace tz::http
