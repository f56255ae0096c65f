// What a reporter sees of his item with his query code: its state, what he was asked and answered,
// and who had his identity opened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/history.h"
#include "http/call.h"
#include "ledger/item.h"

namespace tz::http {

struct Followed {
  ledger::Item item;
  std::vector<engine::HistoryEntry> history;
  // What happened in the item that his is dealt with in, from the merging on and while it is.
  struct Other {
    ledger::Item item;
    std::vector<engine::HistoryEntry> history;
  };
  std::optional<Other> other;
};

// The item of that number if the code is its own. Refuses `report_unknown`, whether there is no
// such number or the code is another's, after the same work. Reads the disk.
Result<Followed> followed(const Call& call, std::string_view no, std::string_view code);

// His receipt: the record of what he sent.
struct ReportReceipt {
  Seq record;
  Hash leaf{};
};
ReportReceipt receipt_of(const Followed& followed);

// The closing that he may judge now and has not judged yet, as ledger::judging numbers it.
std::optional<std::uint16_t> to_judge(const Call& call, const Followed& followed);

// What happened, oldest first, in the words of the flow: to his item, and to that other.
struct ReportStep {
  Seq seq;  // for the order alone: it is shown to nobody
  std::string at;
  ledger::Title title;
  std::string unit;  // who did it; empty: he himself, or the program
  std::string text;  // the answer given to him, or the reason why it is not accepted
};
std::vector<ReportStep> steps_of(const Call& call, const Followed& followed);

struct ReportQuestion {
  std::uint16_t question = 1;
  std::string at;
  std::string text;
  std::optional<std::string> answer;
};
std::vector<ReportQuestion> questions_of(const Call& call, const Followed& followed);

// One act of opening what he sealed: asked for, agreed to, taken out.
struct SealEvent {
  enum class What { Asked, Agreed, HandedOut, NameRead };
  What what = What::Asked;
  std::string at;
  std::string unit;
  std::string role;
  std::string reason;  // where it was asked for
};
std::vector<SealEvent> seal_events_of(const Call& call, const Followed& followed);

}  // namespace tz::http
