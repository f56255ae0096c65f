// taizhang import units and taizhang import items.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/csv.h"
#include "base/file.h"
#include "ledger/item_file.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = std::size_t{128} << 20;
constexpr std::size_t kFaultsShownMax = 200;

Result<Bytes> read_bytes(const std::string& path) {
  auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return std::move(file->bytes);
}

Result<std::string> read_text(const std::string& path) {
  const Bytes bytes = TZ_TRY(read_bytes(path));
  return to_utf8(bytes);
}

// Whether an error is about what stands in the file, and not about the ledger or the command.
bool about_the_file(const Error& error) {
  constexpr std::array<std::string_view, 6> kBeginnings = {"column_", "csv_",       "table_",
                                                           "text_",   "unit_file_", "xlsx_"};
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

int finish(const std::string& file, const Result<Json>& answer, const Speech& speech,
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

}  // namespace

int run_import_units(const ImportUnitsOptions& options, const Speech& speech) {
  const Result<std::string> text = read_text(options.file);
  if (!text.ok()) return finish(options.file, text.error(), speech, {});
  Json operation;
  operation.set("do", "units_import").set("source", options.file).set("text", *text);
  return finish(options.file, ask(options.folder, operation, {}), speech, "cli.import.units_done");
}

int run_import_items(const ImportItemsOptions& options, const Speech& speech) {
  if (options.print_template) {
    fmt::print("{}", ledger::item_file_template());
    return 0;
  }
  if (options.folder.empty() || options.file.empty() || options.into.empty())
    return speech.misuse("cli.import.items_usage");
  const Result<Bytes> bytes = read_bytes(options.file);
  if (!bytes.ok()) return finish(options.file, bytes.error(), speech, {});
  Json operation;
  operation.set("do", "items_import").set("kind", options.kind).set("into", options.into);
  operation.set("file", to_base64(*bytes));
  operation.set("dry_run", options.dry_run).set("again", options.again);
  const Result<Json> answer =
      ask(options.folder, operation,
          [&](std::uint64_t done, std::uint64_t of) { speech.progress(done, of); });
  return finish(options.file, answer, speech,
                options.dry_run ? "cli.import.items_checked" : "cli.import.items_done");
}

}  // namespace tz::program
