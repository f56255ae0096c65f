// taizhang import units and taizhang import items.
#include <fmt/core.h>

#include "base/csv.h"
#include "base/file.h"
#include "ledger/item_file.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = std::size_t{128} << 20;

Result<std::string> read_text(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return to_utf8(file->bytes);
}

// One line a fault: file, line, what is wrong. Nothing of the file was taken.
int print_faults(const std::string& file, const Json& answer, const Speech& speech) {
  const JsonArray& faults = *answer.find("faults")->as_array();
  if (speech.json) {
    fmt::print("{}\n", answer.dump());
    return 1;
  }
  for (const Json& fault : faults) {
    const Error error = error_from(*fault.find("error"));
    fmt::print(stderr, "{}:{}: {} ({})\n", file, *fault.find("line")->as_int(),
               Messages::of(speech.language).text(error), error.code);
  }
  fmt::print(stderr, "{}\n",
             Messages::of(speech.language)
                 .text("cli.import.nothing_taken", {{"faults", std::to_string(faults.size())}}));
  return 1;
}

int finish(const std::string& file, const Result<Json>& answer, const Speech& speech,
           std::string_view done_key) {
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
  if (!text.ok()) return speech.refuse(text.error());
  Json operation;
  operation.set("do", "units_import").set("source", options.file).set("text", *text);
  return finish(options.file, ask(options.folder, operation, {}), speech, "cli.import.units_done");
}

int run_import_items(const ImportItemsOptions& options, const Speech& speech) {
  if (options.print_template) {
    fmt::print("{}", ledger::item_file_template());
    return 0;
  }
  if (options.folder.empty() || options.file.empty() || options.into.empty()) {
    speech.say("cli.import.items_usage");
    return 2;
  }
  const Result<std::string> text = read_text(options.file);
  if (!text.ok()) return speech.refuse(text.error());
  Json operation;
  operation.set("do", "items_import").set("kind", options.kind).set("into", options.into);
  operation.set("text", *text).set("dry_run", options.dry_run);
  const Result<Json> answer =
      ask(options.folder, operation,
          [&](std::uint64_t done, std::uint64_t of) { speech.progress(done, of); });
  return finish(options.file, answer, speech,
                options.dry_run ? "cli.import.items_checked" : "cli.import.items_done");
}

}  // namespace tz::program
