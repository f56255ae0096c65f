// taizhang deadline: when a time limit ends, why, and by which calendar.
#include <fmt/core.h>

#include "base/embedded.h"
#include "base/json.h"
#include "calendar/rule.h"
#include "taizhang/commands.h"

namespace tz::program {
namespace {

constexpr int kWrongUsage = 2;

// What was asked, read.
struct Asked {
  calendar::Question question;
  calendar::Region region;
};

// A moment of a day: "15:30".
Result<Instant> moment(std::string_view day, std::string_view at, const Zone& zone) {
  const Day start = TZ_TRY(parse_day(day));
  if (at.empty()) return start_of(start, zone);
  const auto out = parse_instant(std::string(day) + "T" + std::string(at) + ":00Z");
  if (at.size() != 5 || !out.ok())
    return refusal("bad_time", {{"text", std::string(at.substr(0, 40))}});
  return Instant{out->us - std::int64_t{zone.offset_seconds} * 1'000'000};
}

// "2024-09-20..2024-09-25", both days included, or two instants, the second no longer in it.
Result<calendar::Pause> pause_of(const std::string& text, const Zone& zone) {
  const Error bad = refusal("bad_pause", {{"text", text.substr(0, 80)}});
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return bad;
  const std::string from = text.substr(0, dots);
  const std::string to = text.substr(dots + 2);
  const auto first = parse_day(from);
  const auto last = parse_day(to);
  if (first.ok() && last.ok()) return calendar::Pause{start_of(*first, zone), end_of(*last, zone)};
  const auto begin = parse_instant(from);
  const auto end = parse_instant(to);
  if (!begin.ok() || !end.ok()) return bad;
  return calendar::Pause{*begin, *end};
}

Result<Asked> read(const DeadlineOptions& options) {
  Asked out;
  calendar::Question& question = out.question;
  question.zone = TZ_TRY(zone_named(options.zone));
  question.from = TZ_TRY(moment(options.from, options.at, question.zone));
  if (!options.plus.empty()) question.length = TZ_TRY(calendar::parse_length(options.plus));
  out.region = TZ_TRY(calendar::parse_region(options.region));
  for (const std::string& text : options.pauses)
    question.pauses.push_back(TZ_TRY(pause_of(text, question.zone)));
  for (const std::string& text : options.extensions)
    question.extensions.push_back(TZ_TRY(calendar::parse_length(text)));
  if (!options.as_known.empty() && !parse_day(options.as_known).ok())
    TZ_TRY(calendar::parse_version(options.as_known));
  return out;
}

// The rule that was named sets the length, or how long one that was given may be; without a rule
// there is one extension at most.
Result<std::optional<calendar::Rule>> applied_rule(const DeadlineOptions& options, Asked& asked) {
  calendar::Question& question = asked.question;
  if (options.rule.empty()) {
    if (question.extensions.size() > 1)
      return refusal("extensions_too_many",
                     {{"count", std::to_string(question.extensions.size())}, {"count_max", "1"}});
    return std::optional<calendar::Rule>();
  }
  const auto rules = TZ_TRY(calendar::Rules::parse(embedded_file("calendar/limits.csv")));
  const Day start = day_of(question.from, question.zone);
  auto rule = TZ_TRY(rules.find(options.rule, {asked.region, options.programme, start}));
  TZ_TRY(calendar::check_extensions(rule, question.extensions));
  if (options.plus.empty()) question.length = rule.length;
  TZ_TRY(calendar::check_length(rule, question.length));
  question.rolls = rule.rolls;
  return std::optional<calendar::Rule>(std::move(rule));
}

struct Answer {
  Asked asked;
  std::optional<calendar::Rule> rule;
  calendar::Calendar calendar;
  calendar::WorkingDays days;
  calendar::Deadline deadline;
};

Result<calendar::CalendarVersion> version_of(const calendar::Calendar& calendar,
                                             const std::string& as_known) {
  if (as_known.empty()) return calendar.newest();
  const auto day = parse_day(as_known);
  if (day.ok()) return calendar.as_known(*day);
  return calendar::parse_version(as_known);
}

Result<Answer> answer(const DeadlineOptions& options, Asked asked) {
  auto rule = TZ_TRY(applied_rule(options, asked));
  auto calendar = TZ_TRY(calendar::Calendar::parse(embedded_file("calendar/holidays.csv")));
  const auto version = TZ_TRY(version_of(calendar, options.as_known));
  auto days = TZ_TRY(calendar.working_days(version, asked.region));
  auto deadline = TZ_TRY(calendar::deadline(asked.question, days));
  return Answer{std::move(asked), std::move(rule), std::move(calendar), std::move(days),
                std::move(deadline)};
}

// With the notice that makes a day what it is: its number, where that is known.
Facts facts_of(const Answer& found, const calendar::Step& step) {
  Facts facts = calendar::facts_of(step, found.days, found.asked.question.zone);
  const bool named =
      step.code == calendar::StepCode::RestHoliday || step.code == calendar::StepCode::Worked;
  if (const calendar::Naming* naming = named ? found.days.naming(step.from) : nullptr) {
    const calendar::Notice& notice = found.calendar.notices()[naming->notice];
    facts.emplace_back("notice", notice.number.empty() ? notice.id : notice.number);
  }
  return facts;
}

std::string length_text(const std::string& amount, const std::string& unit, const Speech& speech) {
  return speech.word("length." + unit + (amount == "1" ? ".one" : ""), {{"amount", amount}});
}
std::string length_text(const calendar::Length& length, const Speech& speech) {
  return length_text(std::to_string(length.amount), std::string(to_text(length.unit)), speech);
}

// The step's sentence; codes among its facts become words.
std::string sentence(const calendar::Step& step, const Facts& facts, const Speech& speech) {
  Facts said;
  std::string amount;
  std::string unit = "days";
  for (const auto& [name, value] : facts) {
    if (name == "amount") amount = value;
    if (name == "unit") unit = value;
    said.emplace_back(name, name == "holiday" ? speech.word("holiday." + value) : value);
  }
  said.emplace_back("length", length_text(amount, unit, speech));
  return speech.word("deadline.step." + std::string(to_text(step.code)), said);
}

std::string title_of(const calendar::Rule& rule, const Speech& speech) {
  return speech.language == Language::English ? rule.title_en : rule.title_zh;
}

Json rule_json(const calendar::Rule& rule, const Speech& speech) {
  Json out;
  out.set("code", rule.code).set("length", to_text(rule.length)).set("starts", rule.starts);
  out.set("title", title_of(rule, speech)).set("basis", rule.basis);
  return out;
}

Json step_json(const Answer& found, const calendar::Step& step, const Speech& speech) {
  const Facts facts = facts_of(found, step);
  Json named{JsonObject{}};
  for (const auto& [name, value] : facts) named.set(name, value);
  Json out;
  out.set("code", to_text(step.code)).set("facts", std::move(named));
  out.set("sentence", sentence(step, facts, speech));
  return out;
}

void print_json(const Answer& found, const Speech& speech) {
  const calendar::Deadline& deadline = found.deadline;
  Json out;
  out.set("due", to_text(deadline.due, found.asked.question.zone));
  out.set("due_day", to_text(deadline.due_day)).set("provisional", deadline.provisional);
  Json calendar;
  calendar.set("version", to_text(deadline.version)).set("region", found.asked.region.code);
  out.set("calendar", std::move(calendar));
  out.set("length", to_text(found.asked.question.length));
  out.set("rule", found.rule ? rule_json(*found.rule, speech) : Json());
  JsonArray steps;
  for (const calendar::Step& step : deadline.steps) steps.push_back(step_json(found, step, speech));
  out.set("steps", std::move(steps));
  fmt::print("{}\n", out.dump());
}

void print_text(const Answer& found, const Speech& speech) {
  const calendar::Deadline& deadline = found.deadline;
  const std::string due = to_text(deadline.due, found.asked.question.zone);
  if (found.asked.question.length.unit == calendar::LengthUnit::Hours)
    speech.say("cli.deadline.due_moment", {{"due", due}});
  else
    speech.say("cli.deadline.due_day", {{"day", to_text(deadline.due_day)}, {"due", due}});
  if (found.rule)
    speech.say("cli.deadline.rule",
               {{"title", title_of(*found.rule, speech)}, {"basis", found.rule->basis}});
  const calendar::Length& length = found.asked.question.length;
  if (found.rule && length != found.rule->length)
    speech.say("cli.deadline.shorter", {{"length", length_text(length, speech)},
                                        {"length_max", length_text(found.rule->length, speech)}});
  for (const calendar::Step& step : deadline.steps)
    fmt::print("  - {}\n", sentence(step, facts_of(found, step), speech));
  Facts facts = {{"version", to_text(deadline.version)}};
  if (!found.asked.region.code.empty()) facts.emplace_back("region", found.asked.region.code);
  speech.say("cli.deadline.calendar", facts);
  speech.say(deadline.provisional ? "cli.deadline.provisional" : "cli.deadline.certain");
}

}  // namespace

int run_deadline(const DeadlineOptions& options, const Speech& speech) {
  const Facts help = {{"help", "taizhang deadline --help"}};
  if (options.plus.empty() && options.rule.empty())
    return speech.misuse("usage.deadline_length", help);
  if (!options.programme.empty() && options.rule.empty())
    return speech.misuse("usage.deadline_programme", help);
  const auto asked = read(options);
  // A word that says nothing is wrong usage, though it has an error's own code.
  if (!asked.ok()) {
    static_cast<void>(speech.refuse(asked.error()));
    return kWrongUsage;
  }
  if (options.at.empty() && !options.plus.empty() &&
      asked->question.length.unit == calendar::LengthUnit::Hours)
    return speech.misuse("usage.deadline_at", help);
  const auto found = answer(options, *asked);
  if (!found.ok()) return speech.refuse(found.error());
  if (speech.json)
    print_json(*found, speech);
  else
    print_text(*found, speech);
  return 0;
}

}  // namespace tz::program
