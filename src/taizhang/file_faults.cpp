// One line a fault: file, line, column where one is at fault, what is wrong.
#include "taizhang/file_faults.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "taizhang/operations.h"

namespace tz::program {
namespace {

constexpr std::size_t kFaultsShownMax = 200;

// Whether an error is about what stands in the file, and not about the ledger or the command.
bool about_the_file(const Error& error) {
  constexpr std::array<std::string_view, 7> kBeginnings = {
      "column_", "csv_", "diff_", "table_", "text_", "unit_file_", "xlsx_"};
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return error.code.starts_with(beginning); });
}

// The file as a whole as its only fault, in the form that the ledger tells faults of rows.
Json one_fault(const Error& error) {
  Json fault;
  std::int64_t line = 0;
  for (const auto& [name, value] : error.facts)
    if (name == "line") std::from_chars(value.data(), value.data() + value.size(), line);
  if (line > 0) fault.set("line", line);
  fault.set("error", to_json(error));
  JsonArray faults{std::move(fault)};
  Json out;
  out.set("faults", std::move(faults));
  return out;
}

Json with_sentences(const std::string& file, const JsonArray& faults, const Speech& speech) {
  JsonArray out;
  for (const Json& fault : faults) {
    Json one;
    one.set("file", file);
    for (const JsonMember& member : *fault.as_object())
      if (member.first != "error") one.set(member.first, member.second);
    one.set("error", speech.error_json(error_from(*fault.find("error"))));
    out.push_back(std::move(one));
  }
  Json whole;
  whole.set("faults", std::move(out));
  return whole;
}

// One line a fault: file, line, column where one is at fault, what is wrong. Nothing of the file
// was taken.
int print_faults(const std::string& file, const Json& answer, const Speech& speech) {
  const JsonArray& faults = *answer.find("faults")->as_array();
  if (speech.json) {
    fmt::print("{}\n", with_sentences(file, faults, speech).dump());
    return 1;
  }
  const Messages& words = Messages::of(speech.language);
  for (std::size_t i = 0; i < std::min(faults.size(), kFaultsShownMax); ++i) {
    const Error error = error_from(*faults[i].find("error"));
    const Json* line = faults[i].find("line");
    const Json* column = faults[i].find("column");
    fmt::print(stderr, "{}:{} {}{} ({})\n", file,
               line == nullptr ? "" : std::to_string(*line->as_int()) + ":",
               column == nullptr ? "" : "[" + *column->as_text() + "] ", words.text(error),
               error.code);
  }
  if (faults.size() > kFaultsShownMax)
    fmt::print(stderr, "{}\n",
               words.text("cli.import.more_faults",
                          {{"more", std::to_string(faults.size() - kFaultsShownMax)}}));
  fmt::print(stderr, "{}\n",
             words.text("cli.import.nothing_taken", {{"faults", std::to_string(faults.size())}}));
  return 1;
}

}  // namespace

int say_answer(const std::string& file, const Result<Json>& answer, const Speech& speech,
               std::string_view done_key) {
  if (!answer.ok() && about_the_file(answer.error()))
    return print_faults(file, one_fault(answer.error()), speech);
  if (!answer.ok()) return speech.refuse(answer.error());
  if (answer->find("faults") != nullptr) return print_faults(file, *answer, speech);
  if (speech.json) {
    fmt::print("{}\n", answer->dump());
    return 0;
  }
  Facts facts;
  for (const JsonMember& member : *answer->as_object())
    facts.emplace_back(member.first, member.second.dump());
  speech.say(done_key, facts);
  return 0;
}

}  // namespace tz::program
