// The list of the program's commands and their options.
#include <fmt/core.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "taizhang/commands.h"

namespace {

using tz::program::Speech;

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

void add_making(CLI::App& app, Chosen& chosen) {
  auto init = std::make_shared<tz::program::InitOptions>();
  CLI::App* command = app.add_subcommand("init", "make a ledger in a new folder 新建台账");
  command->add_option("DIR", init->folder)->required();
  command->add_option("--divisions", init->divisions,
                      "folder with provinces.csv cities.csv areas.csv streets.csv villages.csv");
  command->add_option("--as-of", init->as_of, "the day that tree is of")->capture_default_str();
  command->add_option("--origin", init->origin, "name on its checkpoints")->capture_default_str();
  command->add_option("--zone", init->zone, "its days are of this zone")->capture_default_str();
  on_run(command, chosen, init, &tz::program::run_init);

  auto demo = std::make_shared<tz::program::DemoOptions>();
  command = app.add_subcommand("demo", "make the demonstration ledger 生成演示台账");
  command->add_option("DIR", demo->folder)->required();
  command->add_option("--divisions", demo->divisions, "as for init")->required();
  on_run(command, chosen, demo, &tz::program::run_demo);

  auto serve = std::make_shared<tz::program::ServeOptions>();
  command = app.add_subcommand("serve", "serve a ledger over HTTP 启动服务");
  command->add_option("DIR", serve->folder)->required();
  command->add_option("--listen", serve->listen, "address:port")->capture_default_str();
  command->add_option("--tls-cert", serve->tls_cert, "certificate chain, PEM");
  command->add_option("--tls-key", serve->tls_key, "its key, PEM");
  command->add_flag("--tls-self", serve->tls_self, "make and use a self-signed certificate");
  on_run(command, chosen, serve, &tz::program::run_serve);
}

void add_checking(CLI::App& app, Chosen& chosen) {
  auto verify = std::make_shared<tz::program::VerifyOptions>();
  CLI::App* command = app.add_subcommand("verify", "check what a ledger claims 校验");
  command->require_subcommand(1);
  command = command->add_subcommand("ledger", "recompute everything from the stored bytes");
  command->add_option("DIR", verify->folder)->required();
  command->add_option("--against", verify->against, "a checkpoint kept elsewhere (file)");
  on_run(command, chosen, verify, &tz::program::run_verify);

  auto replay = std::make_shared<tz::program::ReplayOptions>();
  command = app.add_subcommand("replay", "rebuild the state from the journal and print its digest");
  command->add_option("DIR", replay->folder)->required();
  on_run(command, chosen, replay, &tz::program::run_replay);

  auto file = std::make_shared<std::string>();
  command = app.add_subcommand("flow", "flow files 流程文件");
  command->require_subcommand(1);
  command = command->add_subcommand("check", "check a flow file, say what is wrong and where");
  command->add_option("FILE", *file)->required();
  command->callback([&chosen, file] {
    chosen.run = [file](const Speech& speech) { return run_flow_check(*file, speech); };
  });
}

void add_reading(CLI::App& app, Chosen& chosen) {
  auto units = std::make_shared<tz::program::UnitsOptions>();
  CLI::App* command = app.add_subcommand("units", "the organisation tree 组织树");
  command->require_subcommand(1);
  command = command->add_subcommand("list", "a unit's path and children");
  command->add_option("DIR", units->folder)->required();
  command->add_option("UNIT", units->unit, "its code")->capture_default_str();
  command->add_flag("--count", units->count, "count what lies below by kind");
  on_run(command, chosen, units, &tz::program::run_units);

  auto rollup = std::make_shared<tz::program::RollupOptions>();
  command = app.add_subcommand("rollup", "totals of a unit and everything below 汇总");
  command->add_option("DIR", rollup->folder)->required();
  command->add_option("UNIT", rollup->unit)->required();
  command->add_option("--by", rollup->by, "child, kind, phase or state")->capture_default_str();
  on_run(command, chosen, rollup, &tz::program::run_rollup);
}

void add_imports(CLI::App& app, Chosen& chosen) {
  CLI::App* import = app.add_subcommand("import", "take in a file 导入");
  import->require_subcommand(1);
  auto units = std::make_shared<tz::program::ImportUnitsOptions>();
  CLI::App* command = import->add_subcommand("units", "CSV: code,name,parent,kind,line,from,to");
  command->add_option("DIR", units->folder)->required();
  command->add_option("FILE", units->file)->required();
  on_run(command, chosen, units, &tz::program::run_import_units);

  auto items = std::make_shared<tz::program::ImportItemsOptions>();
  command = import->add_subcommand("items", "CSV: unit,title,description,source,…");
  command->add_option("DIR", items->folder);
  command->add_option("FILE", items->file);
  command->add_option("--into", items->into, "unit that the rows belong to or below");
  command->add_option("--kind", items->kind)->capture_default_str();
  command->add_flag("--dry-run", items->dry_run, "check only, take nothing");
  command->add_flag("--template", items->print_template, "print a file to fill in");
  on_run(command, chosen, items, &tz::program::run_import_items);
}

void add_accounts(CLI::App& app, Chosen& chosen) {
  auto account = std::make_shared<tz::program::AccountOptions>();
  CLI::App* command = app.add_subcommand("account", "who may sign in 账号");
  command->require_subcommand(1);
  command = command->add_subcommand("add", "a new account with its first post");
  command->add_option("DIR", account->folder)->required();
  command->add_option("NAME", account->name)->required();
  command->add_option("--unit", account->unit, "code of the post's unit")->required();
  command
      ->add_option("--role", account->role,
                   "recorder, responsible, verifier, supervisor, system_admin, security_admin, "
                   "audit_admin")
      ->required();
  command->add_option("--password-file", account->password_file,
                      "its first line is the password; - for standard input; else one is made");
  on_run(command, chosen, account, &tz::program::run_account_add);

  auto token = std::make_shared<tz::program::TokenOptions>();
  command = app.add_subcommand("token", "bearer tokens for scripts 令牌");
  command->require_subcommand(1);
  command = command->add_subcommand("add", "make a token and print it, alone");
  command->add_option("DIR", token->folder)->required();
  command->add_option("NAME", token->name, "the account")->required();
  command->add_option("--label", token->label)->capture_default_str();
  on_run(command, chosen, token, &tz::program::run_token_add);
}

// `verify DIR` is short for `verify ledger DIR`, `units DIR` for `units list DIR`.
std::vector<std::string> spelled_out(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--lang") {
      ++i;  // its value is no command
      continue;
    }
    if (words[i].starts_with("-")) continue;
    const bool verify = words[i] == "verify";
    if (!verify && words[i] != "units") break;
    const std::string next = i + 1 < words.size() ? words[i + 1] : "";
    const bool named =
        next == (verify ? "ledger" : "list") || next.empty() || next == "--help" || next == "-h";
    if (!named)
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, verify ? "ledger" : "list");
    break;
  }
  std::reverse(words.begin(), words.end());  // the order CLI11 takes
  return words;
}

}  // namespace

int main(int argc, char** argv) {
  ::umask(0077);  // what a ledger keeps is nobody else's to read
  CLI::App app("Taizhang 台账: problems listed, fixed, checked, struck off, and the proof of it");
  app.require_subcommand(1);
  app.fallthrough();
  Speech speech;
  std::string language;
  if (const char* lang = std::getenv("LANG")) language = lang;
  app.add_option("--lang", language, "zh-CN or en");
  app.add_flag("--json", speech.json, "print JSON");
  Chosen chosen;
  add_making(app, chosen);
  add_checking(app, chosen);
  add_reading(app, chosen);
  add_imports(app, chosen);
  add_accounts(app, chosen);
  try {
    app.parse(spelled_out(argc, argv));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  speech.language = tz::language_from(language);
  return chosen.run(speech);
}
