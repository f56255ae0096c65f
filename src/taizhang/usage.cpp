// Words come from the locale files; CLI11's own English never reaches anybody.
#include "taizhang/usage.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

namespace tz::program {
namespace {

std::string bare(const std::string& option) {
  const std::size_t begin = option.find_first_not_of('-');
  return begin == std::string::npos ? option : option.substr(begin);
}

std::string words_of(const CLI::Option& option, const std::string& path, const Messages& words) {
  const std::string name = bare(option.get_single_name());
  for (const std::string& key : {"help" + path + "." + name, "help.option." + name})
    if (words.has(key)) return words.text(key);
  return {};
}

void give_words(CLI::App& command, const std::string& path, const Messages& words) {
  command.description(words.text(path.empty() ? "help.program" : "help" + path));
  if (words.has("help" + path + ".short")) command.footer(words.text("help" + path + ".short"));
  for (CLI::Option* option : command.get_options()) {
    option->description(words_of(*option, path, words));
    if (option->nonpositional()) option->group(words.text("help.options"));
  }
  for (CLI::App* below : command.get_subcommands({})) {
    below->group(words.text("help.commands"));
    give_words(*below, path + "." + below->get_name(), words);
  }
}

std::string commands_below(const CLI::App& command) {
  std::string out;
  for (const CLI::App* below : command.get_subcommands({}))
    out += (out.empty() ? "" : ", ") + below->get_name();
  return out;
}

const CLI::Option* missing_option(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options())
    if (option->get_required() && option->count() == 0) return option;
  return nullptr;
}

struct Misuse {
  std::string key;
  Facts facts;
};

// The command that was meant, as far as it was understood.
const CLI::App* meant(const CLI::App& program, std::string& path) {
  const CLI::App* command = &program;
  for (auto chosen = command->get_subcommands(); !chosen.empty();
       chosen = command->get_subcommands()) {
    command = chosen.back();
    path += " " + command->get_name();
  }
  return command;
}

Misuse misuse_of(const CLI::App& program, const CLI::App& command, const CLI::ParseError& error) {
  const std::string what = error.what();
  if (error.get_name() == "ArgumentMismatch")
    return {"usage.value_wrong", {{"option", what.substr(0, what.find(':'))}}};
  const std::string below = commands_below(command);
  const std::vector<std::string> extra = program.remaining(true);
  if (!extra.empty() && !below.empty() && !extra.front().starts_with("-"))
    return {"usage.command_unknown", {{"word", extra.front()}, {"commands", below}}};
  if (!extra.empty()) return {"usage.word_extra", {{"word", extra.front()}}};
  if (!below.empty()) return {"usage.command_missing", {{"commands", below}}};
  if (const CLI::Option* option = missing_option(command))
    return {"usage.option_missing", {{"option", option->get_name()}}};
  return {"usage.other", {}};
}

}  // namespace

void give_words(CLI::App& program, const Speech& speech) {
  const Messages& words = Messages::of(speech.language);
  const auto formatter = std::make_shared<CLI::Formatter>();
  for (const char* label : {"Usage", "Positionals", "OPTIONS", "SUBCOMMAND", "REQUIRED", "TEXT",
                            "INT", "Needs", "Excludes"})
    formatter->label(label, words.text(std::string("help.label.") + label));
  program.formatter(formatter);
  const auto hand_down = [&](const auto& again, CLI::App& command) -> void {
    command.formatter(formatter);
    for (CLI::App* below : command.get_subcommands({})) again(again, *below);
  };
  hand_down(hand_down, program);
  give_words(program, "", words);
}

int explain(const CLI::App& program, const CLI::ParseError& error, const Speech& speech) {
  if (error.get_exit_code() == 0) {
    fmt::print("{}", program.help());
    return 0;
  }
  std::string path;
  const CLI::App* command = meant(program, path);
  Misuse misuse = misuse_of(program, *command, error);
  misuse.facts.emplace_back("help", "taizhang" + path + " --help");
  return speech.misuse(misuse.key, misuse.facts);
}

Manner manner_of(int argc, char** argv) {
  Manner out;
  const char* lang = std::getenv("LANG");
  out.speech.language = language_from(lang == nullptr ? "" : lang);
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--json") out.speech.json = true;
    std::string wanted;
    if (word == "--lang" && i + 1 < argc)
      wanted = argv[++i];
    else if (word.starts_with("--lang="))
      wanted = word.substr(7);
    else
      continue;
    const std::string primary = wanted.substr(0, wanted.find_first_of("-_"));
    out.unknown_language = primary == "zh" || primary == "en" ? "" : wanted;
    if (out.unknown_language.empty()) out.speech.language = language_from(wanted);
  }
  return out;
}

}  // namespace tz::program
