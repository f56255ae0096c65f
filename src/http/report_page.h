// The pages for whoever sends something in: plain HTML without script, at most 20 KB with its
// style.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/message.h"
#include "http/call.h"
#include "http/form_body.h"
#include "http/report_following.h"

namespace tz::http {

constexpr std::size_t kReportPageBytesMax = 20 << 10;  // all told
constexpr std::size_t kReportStyleBytesMax = 4 << 10;  // of its style

// How a page speaks, and what stands above all else on it.
struct PageManner {
  const Messages& words;
  Language language = Language::Chinese;
  bool simulated = false;
  std::optional<Error> error;
};

struct UnitChoice {
  std::string code;
  std::string path;  // "甲省 乙市 丙县"
};
// The form with what was typed, and the units it may mean where several fit.
struct ReportFormPage {
  const ledger::Flow& flow;
  const Form& typed;
  std::vector<UnitChoice> choices;
  bool identity_possible = true;
};
std::string report_form(const PageManner& manner, const ReportFormPage& page);

struct ReportSentPage {
  std::string no;
  std::string code;
  ReportReceipt receipt;
};
std::string report_sent(const PageManner& manner, const ReportSentPage& page);

// The two fields; `no` is what was typed.
std::string follow_form(const PageManner& manner, const std::string& no);

struct FollowPage {
  std::string no;
  std::string code;
  ledger::Title state;
  std::string receiver;
  std::vector<ReportStep> steps;
  std::vector<ReportQuestion> questions;
  std::vector<SealEvent> seals;
  bool sealed = false;                 // whether he sealed who he is
  bool merged = false;                 // into another item, in which it is dealt with
  std::optional<std::uint16_t> judge;  // the closing he may give his verdict on
  std::optional<ledger::JudgementGiven> judgement;
  std::string judged_by;  // the unit that wrote it down for him; empty: he did himself
  ReportReceipt receipt;
  std::size_t from = 0;  // so many parts, the newest, are on pages before this one
};
// As many parts as fit, the newest first, and a way to the older ones.
std::string follow(const PageManner& manner, const FollowPage& page);

}  // namespace tz::http
