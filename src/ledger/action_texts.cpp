// Every text that may come with a transition, and what each may be.
#include "ledger/decide_item.h"
#include "ledger/given_text.h"

namespace tz::ledger {
namespace {

class Checking {
 public:
  void line(const char* field, const std::optional<std::string>& text, std::size_t chars_max) {
    if (text && !error) error = text_fault({field, chars_max, Shape::Line}, *text);
  }
  void text(const char* field, const std::optional<std::string>& text) {
    if (text && !error) error = text_fault({field, kTextCharsMax, Shape::Text}, *text);
  }
  std::optional<Error> error;
};

}  // namespace

std::optional<Error> texts_fault(const ActionInput& input) {
  Checking checking;
  checking.line("title", input.title, kTitleCharsMax);
  checking.text("text", input.text);
  checking.text("reason", input.reason);
  checking.text("criterion", input.criterion);
  checking.line("lead_official", input.lead_official, kPersonsCharsMax);
  checking.line("responsible_person", input.responsible_person, kPersonsCharsMax);
  checking.text("funds", input.funds);
  checking.text("emergency_plan", input.emergency_plan);
  for (const PlannedMeasure& measure : input.measures) checking.text("measures", measure.text);
  for (const GivenPart& part : input.parts) checking.text("parts", part.text);
  for (const GivenShare& share : input.shares) checking.line("shares", share.title, kTitleCharsMax);
  checking.line("upstream_no", input.upstream_no, kNumberCharsMax);
  checking.line("source_doc", input.source_doc, kTitleCharsMax);
  for (const GivenEvidence& file : input.evidence) {
    checking.line("evidence", file.name, kTitleCharsMax);
    checking.line("evidence", file.taker, kPersonsCharsMax);
  }
  return checking.error;
}

}  // namespace tz::ledger
