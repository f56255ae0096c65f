// taizhang flow, calendar, duties, budget and services adopt, units succeed: what holds from now
// on.
#include "base/csv.h"
#include "base/embedded.h"
#include "base/file.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = std::size_t{1} << 20;

// The file's text; of no file, what is built in.
Result<std::string> text_of(const std::string& path, const char* built_in) {
  if (path.empty()) return std::string(embedded_file(built_in));
  const auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return to_utf8(file->bytes);
}

}  // namespace

int run_flow_adopt(const FlowAdoptOptions& options, const Speech& speech) {
  const auto text = text_of(options.file, "");
  if (!text.ok()) return speech.refuse(text.error());
  Json operation;
  operation.set("do", "flow_adopt").set("text", *text);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.flow.adopted", {{"kind", *answer.find("kind")->as_text()},
                                    {"version", answer.find("version")->dump()}});
  });
}

int run_duties_adopt(const FlowAdoptOptions& options, const Speech& speech) {
  const auto text = text_of(options.file, "");
  if (!text.ok()) return speech.refuse(text.error());
  Json operation;
  operation.set("do", "duties_adopt").set("text", *text);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.duties.adopted", {{"count", answer.find("count")->dump()}});
  });
}

int run_budget_adopt(const FlowAdoptOptions& options, const Speech& speech) {
  const auto text = text_of(options.file, "");
  if (!text.ok()) return speech.refuse(text.error());
  Json operation;
  operation.set("do", "budget_adopt").set("text", *text);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.budget.adopted", {{"count", answer.find("count")->dump()}});
  });
}

int run_services_adopt(const FlowAdoptOptions& options, const Speech& speech) {
  const auto text = text_of(options.file, "");
  if (!text.ok()) return speech.refuse(text.error());
  Json operation;
  operation.set("do", "services_adopt").set("text", *text);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.services.adopted", {{"version", answer.find("version")->dump()},
                                        {"count", answer.find("count")->dump()}});
  });
}

int run_units_succeed(const SucceedOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "unit_succeed").set("unit", options.unit);
  operation.set("successor", options.successor).set("from", options.from);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.units.succeeded", {{"unit", options.unit},
                                       {"successor", options.successor},
                                       {"from", *answer.find("from")->as_text()}});
  });
}

int run_calendar_adopt(const CalendarAdoptOptions& options, const Speech& speech) {
  const auto calendar = text_of(options.holidays, "calendar/holidays.csv");
  if (!calendar.ok()) return speech.refuse(calendar.error());
  const auto limits = text_of(options.limits, "calendar/limits.csv");
  if (!limits.ok()) return speech.refuse(limits.error());
  Json operation;
  operation.set("do", "time_rules_adopt").set("calendar", *calendar).set("limits", *limits);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.calendar.adopted", {{"version", *answer.find("calendar")->as_text()}});
  });
}

}  // namespace tz::program
