// How a command of the program's list is told what it will do.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "taizhang/commands.h"

namespace tz::program {

// What the chosen command will do, once everything was parsed.
struct Chosen {
  std::function<int(const Speech&)> run;
};

template <class Options>
void on_run(CLI::App* command, Chosen& chosen, std::shared_ptr<Options> options,
            int (*run)(const Options&, const Speech&)) {
  command->callback([&chosen, options, run] {
    chosen.run = [options, run](const Speech& speech) { return run(*options, speech); };
  });
}

// A command that others stand below.
inline CLI::App* group(CLI::App* command) { return command->require_subcommand(1); }

// The commands about accounts, posts with their handovers, and tokens.
void add_accounts(CLI::App& app, Chosen& chosen);
void add_posts(CLI::App& app, Chosen& chosen);
void add_tokens(CLI::App& app, Chosen& chosen);

}  // namespace tz::program
