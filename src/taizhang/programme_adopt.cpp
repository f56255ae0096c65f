// taizhang programme adopt, programme list: what a ledger asks of its units from now on.
#include <fmt/core.h>

#include "base/json.h"
#include "programme/programme_file.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"
#include "taizhang/file_check.h"
#include "taizhang/operations.h"
#include "taizhang/programme_words.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

constexpr Verdict kVerdict = {"cli.programme.sound_here", "cli.programme.faulty"};

std::vector<Error> errors_in(const JsonArray& faults) {
  std::vector<Error> out;
  for (const Json& fault : faults) out.push_back(error_from(fault));
  return out;
}

void print_adopted(const Json& answer, const Speech& speech) {
  speech.say("cli.programme.adopted", {{"programme", *answer.find("programme")->as_text()},
                                       {"version", answer.find("version")->dump()}});
  const char* title = speech.language == Language::English ? "title_en" : "title";
  for (const Json& row : *answer.find("requirements")->as_array()) {
    fmt::print("  {}  {}\n", *row.find("requirement")->as_text(), *row.find(title)->as_text());
    fmt::print("    {}\n",
               speech.word("cli.programme.asked_of", {{"asked", row.find("asked")->dump()}}));
  }
  speech.say("cli.programme.sealed", {{"seals", answer.find("seals")->dump()}});
}

Json row_json(const ledger::AdoptedProgramme& adopted) {
  const ledger::Programme& words = adopted.newest();
  std::int64_t asked = 0;
  for (const ledger::AdoptedRequirement& one : adopted.requirements) asked += one.dropped ? 0 : 1;
  Json out;
  out.set("programme", words.id).set("version", words.version);
  out.set("title", words.title.zh).set("title_en", words.title.en);
  out.set("from", to_text(words.from)).set("to", to_text(words.to));
  out.set("requirements", asked);
  return out;
}

}  // namespace

int run_programme_adopt(const ProgrammeAdoptOptions& options, const Speech& speech) {
  const auto text = text_of(options.file);
  if (!text.ok()) return speech.refuse(text.error());
  // What is wrong without any ledger need not be sent to one.
  const std::vector<Error> own = programme::programme_faults(*text);
  if (!own.empty()) return say_faults(options.file, own, kVerdict, speech);
  Json operation;
  operation.set("do", "programme_adopt").set("text", *text);
  const auto answer = ask(options.folder, operation, {});
  if (!answer.ok()) return speech.refuse(answer.error());
  if (const Json* faults = answer->find("faults"))
    return say_faults(options.file, errors_in(*faults->as_array()), kVerdict, speech);
  if (speech.json)
    fmt::print("{}\n", answer->dump());
  else
    print_adopted(*answer, speech);
  return 0;
}

int run_programme_list(const ProgrammeListOptions& options, const Speech& speech) {
  const auto read = read_ledger(options.folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  const ledger::State& state = (*read)->world.state;
  speech.banner(state.genesis);
  if (speech.json) {
    JsonArray rows;
    for (const auto& programme : state.programmes) rows.push_back(row_json(*programme));
    Json out;
    out.set("position", (*read)->view->position()).set("programmes", std::move(rows));
    fmt::print("{}\n", out.dump());
    return 0;
  }
  if (state.programmes.empty()) speech.say("cli.programme.none");
  for (const auto& programme : state.programmes) {
    const ledger::Programme& words = programme->newest();
    const Json row = row_json(*programme);
    fmt::print("{}  {}\n    {}\n", words.id, in_words(words.title, speech),
               speech.word("cli.programme.row", {{"version", row.find("version")->dump()},
                                                 {"from", to_text(words.from)},
                                                 {"to", to_text(words.to)},
                                                 {"count", row.find("requirements")->dump()}}));
  }
  return 0;
}

}  // namespace tz::program
