// How the command line speaks: its help, and what it says of words that it does not understand.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "taizhang/commands.h"

namespace tz::program {

// Gives every command and option of the whole program its words, from the locale files: those of
// "help.COMMAND" and "help.COMMAND.OPTION", else of "help.option.OPTION"; COMMAND with dots.
void give_words(CLI::App& program, const Speech& speech);

// Prints the help that was asked for (0), or what is wrong with the words given (2).
int explain(const CLI::App& program, const CLI::ParseError& error, const Speech& speech);

// What the words before the commands are read for say: the language, and whether JSON is wanted.
// A language that there is none of leaves `unknown_language` set.
struct Manner {
  Speech speech;
  std::string unknown_language;
};
Manner manner_of(int argc, char** argv);

}  // namespace tz::program
