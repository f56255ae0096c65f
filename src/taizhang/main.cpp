// The list of the program's commands and their options; their words stand in the locale files.
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "taizhang/chosen.h"
#include "taizhang/usage.h"

namespace {

using tz::program::Chosen;
using tz::program::group;
using tz::program::on_run;
using tz::program::Speech;

void add_making(CLI::App& app, Chosen& chosen) {
  auto init = std::make_shared<tz::program::InitOptions>();
  CLI::App* command = app.add_subcommand("init");
  command->add_option("DIR", init->folder)->required();
  command->add_option("--divisions", init->divisions);
  command->add_option("--as-of", init->as_of)->capture_default_str();
  command->add_option("--origin", init->origin)->capture_default_str();
  command->add_option("--zone", init->zone)->capture_default_str();
  on_run(command, chosen, init, &tz::program::run_init);

  auto demo = std::make_shared<tz::program::DemoOptions>();
  command = app.add_subcommand("demo");
  command->add_option("DIR", demo->folder)->required();
  command->add_option("--divisions", demo->divisions)->required();
  on_run(command, chosen, demo, &tz::program::run_demo);

  auto serve = std::make_shared<tz::program::ServeOptions>();
  command = app.add_subcommand("serve");
  command->add_option("DIR", serve->folder)->required();
  command->add_option("--listen", serve->listen)->capture_default_str();
  command->add_option("--tls-cert", serve->tls_cert);
  command->add_option("--tls-key", serve->tls_key);
  command->add_flag("--tls-self", serve->tls_self);
  on_run(command, chosen, serve, &tz::program::run_serve);
}

void add_checking(CLI::App& app, Chosen& chosen) {
  auto verify = std::make_shared<tz::program::VerifyOptions>();
  CLI::App* command = group(app.add_subcommand("verify"))->add_subcommand("ledger");
  command->add_option("DIR", verify->folder)->required();
  command->add_option("--against", verify->against);
  on_run(command, chosen, verify, &tz::program::run_verify);

  auto coverage = std::make_shared<tz::program::VerifyCoverageOptions>();
  command = app.get_subcommand("verify")->add_subcommand("coverage");
  command->add_option("FILE", coverage->file)->required();
  command->add_option("--checkpoint", coverage->checkpoint)->required();
  command->add_option("--key", coverage->key);
  command->add_option("--full", coverage->full);
  command->add_option("--divisions", coverage->divisions);
  on_run(command, chosen, coverage, &tz::program::run_verify_coverage);

  auto replay = std::make_shared<tz::program::ReplayOptions>();
  command = app.add_subcommand("replay");
  command->add_option("DIR", replay->folder)->required();
  on_run(command, chosen, replay, &tz::program::run_replay);

  auto file = std::make_shared<std::string>();
  CLI::App* flow = group(app.add_subcommand("flow"));
  auto adopted = std::make_shared<tz::program::FlowAdoptOptions>();
  command = flow->add_subcommand("adopt");
  command->add_option("DIR", adopted->folder)->required();
  command->add_option("FILE", adopted->file)->required();
  on_run(command, chosen, adopted, &tz::program::run_flow_adopt);
  command = flow->add_subcommand("check");
  command->add_option("FILE", *file)->required();
  command->callback([&chosen, file] {
    chosen.run = [file](const Speech& speech) { return run_flow_check(*file, speech); };
  });

  CLI::App* policy = group(app.add_subcommand("policy"));
  command = policy->add_subcommand("check");
  command->add_option("FILE", *file)->required();
  command->callback([&chosen, file] {
    chosen.run = [file](const Speech& speech) { return run_policy_check(*file, speech); };
  });
  policy->add_subcommand("page")->callback(
      [&chosen] { chosen.run = tz::program::run_policy_page; });
}

void add_services(CLI::App& app, Chosen& chosen) {
  CLI::App* services = group(app.add_subcommand("services"));
  auto adopt = std::make_shared<tz::program::FlowAdoptOptions>();
  CLI::App* command = services->add_subcommand("adopt");
  command->add_option("DIR", adopt->folder)->required();
  command->add_option("FILE", adopt->file)->required();
  on_run(command, chosen, adopt, &tz::program::run_services_adopt);
  auto file = std::make_shared<std::string>();
  command = services->add_subcommand("check");
  command->add_option("FILE", *file)->required();
  command->callback([&chosen, file] {
    chosen.run = [file](const Speech& speech) { return run_services_check(*file, speech); };
  });
}

void add_programmes(CLI::App& app, Chosen& chosen) {
  CLI::App* programmes = group(app.add_subcommand("programme"));
  auto check = std::make_shared<tz::program::ProgrammeCheckOptions>();
  CLI::App* command = programmes->add_subcommand("check");
  command->add_option("FILE", check->file)->required();
  command->add_option("DIR", check->folder);
  on_run(command, chosen, check, &tz::program::run_programme_check);

  auto adopt = std::make_shared<tz::program::ProgrammeAdoptOptions>();
  command = programmes->add_subcommand("adopt");
  command->add_option("DIR", adopt->folder)->required();
  command->add_option("FILE", adopt->file)->required();
  on_run(command, chosen, adopt, &tz::program::run_programme_adopt);

  auto list = std::make_shared<tz::program::ProgrammeListOptions>();
  command = programmes->add_subcommand("list");
  command->add_option("DIR", list->folder)->required();
  on_run(command, chosen, list, &tz::program::run_programme_list);

  auto plan = std::make_shared<tz::program::ProgrammePlanOptions>();
  command = programmes->add_subcommand("plan");
  command->add_option("DIR", plan->folder)->required();
  command->add_option("FILE", plan->file)->required();
  on_run(command, chosen, plan, &tz::program::run_programme_plan);

  auto coverage = std::make_shared<tz::program::CoverageOptions>();
  command = app.add_subcommand("coverage");
  command->add_option("DIR", coverage->folder)->required();
  command->add_option("PROGRAMME", coverage->programme)->required();
  command->add_option("UNIT", coverage->unit)->capture_default_str();
  command->add_option("--requirement", coverage->requirement);
  command->add_flag("--uncovered", coverage->uncovered);
  command->add_option("--limit", coverage->limit)->capture_default_str();
  command->add_option("--as-of", coverage->as_of);
  command->add_option("--proof", coverage->proof);
  command->add_flag("--leaf", coverage->leaf);
  command->add_option("--leaves", coverage->leaves);
  on_run(command, chosen, coverage, &tz::program::run_coverage);
}

void add_tree_changes(CLI::App& units, Chosen& chosen) {
  auto diff = std::make_shared<tz::program::UnitsDiffOptions>();
  CLI::App* command = units.add_subcommand("diff");
  command->add_option("OLD", diff->before)->required();
  command->add_option("NEW", diff->after)->required();
  command->add_option("--out", diff->file);
  on_run(command, chosen, diff, &tz::program::run_units_diff);

  auto apply = std::make_shared<tz::program::UnitsApplyOptions>();
  command = units.add_subcommand("apply");
  command->add_option("DIR", apply->folder)->required();
  command->add_option("FILE", apply->file)->required();
  command->add_option("--from", apply->from)->required();
  command->add_option("--source", apply->source);
  command->add_flag("--leave-undecided", apply->leave_undecided);
  command->add_flag("--dry-run", apply->dry_run);
  on_run(command, chosen, apply, &tz::program::run_units_apply);
}

void add_reading(CLI::App& app, Chosen& chosen) {
  auto units = std::make_shared<tz::program::UnitsOptions>();
  CLI::App* command = group(app.add_subcommand("units"))->add_subcommand("list");
  command->add_option("DIR", units->folder)->required();
  command->add_option("UNIT", units->unit)->capture_default_str();
  command->add_flag("--count", units->count);
  on_run(command, chosen, units, &tz::program::run_units);

  auto succeed = std::make_shared<tz::program::SucceedOptions>();
  command = app.get_subcommand("units")->add_subcommand("succeed");
  command->add_option("DIR", succeed->folder)->required();
  command->add_option("UNIT", succeed->unit)->required();
  command->add_option("SUCCESSOR", succeed->successor)->required();
  command->add_option("--from", succeed->from);
  on_run(command, chosen, succeed, &tz::program::run_units_succeed);

  add_tree_changes(*app.get_subcommand("units"), chosen);

  auto items = std::make_shared<tz::program::ItemsOptions>();
  command = app.add_subcommand("items");
  command->add_option("DIR", items->folder)->required();
  command->add_option("UNIT", items->unit)->capture_default_str();
  command->add_option("--kind", items->kind);
  command->add_flag("--open", items->open);
  command->add_flag("--overdue", items->overdue);
  command->add_option("--limit", items->limit)->capture_default_str();
  command->add_option("--as-of", items->as_of);
  on_run(command, chosen, items, &tz::program::run_items);

  auto rollup = std::make_shared<tz::program::RollupOptions>();
  command = app.add_subcommand("rollup");
  command->add_option("DIR", rollup->folder)->required();
  command->add_option("UNIT", rollup->unit)->required();
  command->add_option("--by", rollup->by)->capture_default_str();
  command->add_option("--as-of", rollup->as_of);
  on_run(command, chosen, rollup, &tz::program::run_rollup);

  auto rates = std::make_shared<tz::program::RatesOptions>();
  command = app.add_subcommand("rates");
  command->add_option("DIR", rates->folder)->required();
  command->add_option("UNIT", rates->unit)->required();
  command->add_option("--kind", rates->kind);
  command->add_option("--by", rates->by)->capture_default_str();
  command->add_option("--period", rates->period)->capture_default_str();
  command->add_option("--from", rates->from);
  command->add_option("--to", rates->to);
  command->add_option("--as-of", rates->as_of);
  on_run(command, chosen, rates, &tz::program::run_rates);
}

void add_limits(CLI::App& app, Chosen& chosen) {
  auto check = std::make_shared<tz::program::LimitsCheckOptions>();
  CLI::App* command = group(app.add_subcommand("limits"))->add_subcommand("check");
  command->add_option("FILE", check->file)->required();
  command->add_option("DIR", check->folder);
  on_run(command, chosen, check, &tz::program::run_limits_check);
}

void add_calendar(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<tz::program::CalendarAdoptOptions>();
  CLI::App* command = group(app.add_subcommand("calendar"))->add_subcommand("adopt");
  command->add_option("DIR", options->folder)->required();
  command->add_option("--holidays", options->holidays);
  command->add_option("--limits", options->limits);
  on_run(command, chosen, options, &tz::program::run_calendar_adopt);

  auto budget = std::make_shared<tz::program::FlowAdoptOptions>();
  command = group(app.add_subcommand("budget"))->add_subcommand("adopt");
  command->add_option("DIR", budget->folder)->required();
  command->add_option("FILE", budget->file)->required();
  on_run(command, chosen, budget, &tz::program::run_budget_adopt);
  auto duties = std::make_shared<tz::program::FlowAdoptOptions>();
  command = group(app.add_subcommand("duties"))->add_subcommand("adopt");
  command->add_option("DIR", duties->folder)->required();
  command->add_option("FILE", duties->file)->required();
  on_run(command, chosen, duties, &tz::program::run_duties_adopt);
}

void add_deadline(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<tz::program::DeadlineOptions>();
  CLI::App* command = app.add_subcommand("deadline");
  command->add_option("--from", options->from)->required();
  command->add_option("--plus", options->plus);
  command->add_option("--at", options->at);
  command->add_option("--region", options->region);
  command->add_option("--pause", options->pauses)->expected(1)->take_all();
  command->add_option("--extend", options->extensions)->expected(1)->take_all();
  command->add_option("--rule", options->rule);
  command->add_option("--programme", options->programme);
  command->add_option("--as-known", options->as_known);
  command->add_option("--zone", options->zone)->capture_default_str();
  on_run(command, chosen, options, &tz::program::run_deadline);
}

void add_imports(CLI::App& app, Chosen& chosen) {
  CLI::App* import = group(app.add_subcommand("import"));
  auto units = std::make_shared<tz::program::ImportUnitsOptions>();
  CLI::App* command = import->add_subcommand("units");
  command->add_option("DIR", units->folder)->required();
  command->add_option("FILE", units->file)->required();
  on_run(command, chosen, units, &tz::program::run_import_units);

  auto items = std::make_shared<tz::program::ImportItemsOptions>();
  command = import->add_subcommand("items");
  command->add_option("DIR", items->folder);
  command->add_option("FILE", items->file);
  command->add_option("--into", items->into);
  command->add_option("--kind", items->kind)->capture_default_str();
  command->add_flag("--dry-run", items->dry_run);
  command->add_flag("--again", items->again);
  command->add_flag("--template", items->print_template);
  on_run(command, chosen, items, &tz::program::run_import_items);
}

void add_backups(CLI::App& app, Chosen& chosen) {
  auto backup = std::make_shared<tz::program::BackupOptions>();
  CLI::App* command = app.add_subcommand("backup");
  command->add_option("DIR", backup->folder)->required();
  command->add_option("FILE", backup->file)->required();
  command->add_option("--recipient", backup->recipients)->required();
  on_run(command, chosen, backup, &tz::program::run_backup);

  auto file = std::make_shared<std::string>();
  command = group(app.add_subcommand("backup-key"))->add_subcommand("make");
  command->add_option("FILE", *file)->required();
  command->callback([&chosen, file] {
    chosen.run = [file](const Speech& speech) { return run_backup_key(*file, speech); };
  });

  auto restore = std::make_shared<tz::program::RestoreOptions>();
  command = app.add_subcommand("restore");
  command->add_option("FILE", restore->file)->required();
  command->add_option("DIR", restore->folder)->required();
  command->add_option("--key", restore->key)->required();
  command->add_option("--keys", restore->keys);
  command->add_option("--erasures", restore->erasures);
  command->add_flag("--without-erasures", restore->without_erasures);
  on_run(command, chosen, restore, &tz::program::run_restore);
}

void add_erasing(CLI::App& app, Chosen& chosen) {
  auto erase = std::make_shared<tz::program::EraseOptions>();
  CLI::App* command = app.add_subcommand("erase");
  command->add_option("DIR", erase->folder)->required();
  command->add_option("ITEM", erase->item)->required();
  command->add_option("--reason", erase->reason)->required();
  on_run(command, chosen, erase, &tz::program::run_erase);

  auto retain = std::make_shared<tz::program::RetainOptions>();
  command = app.add_subcommand("retain");
  command->add_option("DIR", retain->folder)->required();
  on_run(command, chosen, retain, &tz::program::run_retain);

  CLI::App* figures = group(app.add_subcommand("figures"));
  auto publish = std::make_shared<tz::program::FiguresOptions>();
  command = figures->add_subcommand("publish");
  command->add_option("DIR", publish->folder)->required();
  on_run(command, chosen, publish, &tz::program::run_figures_publish);
  auto stated = std::make_shared<tz::program::FiguresStatedOptions>();
  command = figures->add_subcommand("stated");
  command->add_option("DIR", stated->folder)->required();
  command->add_option("--row", stated->row);
  on_run(command, chosen, stated, &tz::program::run_figures_stated);
}

void add_funds(CLI::App& app, Chosen& chosen) {
  CLI::App* funds = group(app.add_subcommand("fund"));
  auto options = std::make_shared<tz::program::FundOptions>();
  const auto add = [&](const char* name) {
    CLI::App* command = funds->add_subcommand(name);
    command->add_option("DIR", options->folder)->required();
    command->add_option("FUND", options->fund)->required();
    return command;
  };
  CLI::App* command = add("open");
  command->add_option("--unit", options->unit)->required();
  command->add_option("--title", options->title)->required();
  command->add_option("--title-en", options->title_en)->required();
  command->add_option("--cap", options->cap)->required();
  command->add_option("--small", options->small_amount)->capture_default_str();
  command->add_option("--term-days", options->term_days)->capture_default_str();
  command->add_option("--extension-days", options->extension_days)->capture_default_str();
  command->add_option("--extensions", options->extensions)->capture_default_str();
  command->add_option("--basis", options->basis)->required();
  on_run(command, chosen, options, &tz::program::run_fund_open);
  command = add("add");
  command->add_option("SORT", options->sort)->required();
  command->add_option("AMOUNT", options->amount)->required();
  command->add_option("--document", options->document)->required();
  command->add_option("--loan", options->loan);
  on_run(command, chosen, options, &tz::program::run_fund_add);
  command = add("checkers");
  command->add_option("POST", options->posts)->required();
  on_run(command, chosen, options, &tz::program::run_fund_checkers);
  command = add("statement");
  command->add_option("--from", options->from);
  command->add_option("--to", options->to);
  command->add_option("--by", options->by)->capture_default_str();
  on_run(command, chosen, options, &tz::program::run_fund_statement);
  on_run(add("balance"), chosen, options, &tz::program::run_fund_balance);
}

void add_ballots(CLI::App& app, Chosen& chosen) {
  CLI::App* ballots = group(app.add_subcommand("ballot"));
  auto options = std::make_shared<tz::program::BallotOptions>();
  const auto add = [&](const char* name) {
    CLI::App* command = ballots->add_subcommand(name);
    command->add_option("DIR", options->folder)->required();
    return command;
  };
  CLI::App* command = add("list");
  command->add_option("UNIT", options->unit)->capture_default_str();
  on_run(command, chosen, options, &tz::program::run_ballot_list);
  command = add("show");
  command->add_option("BALLOT", options->ballot)->required();
  on_run(command, chosen, options, &tz::program::run_ballot_show);
  command = add("record");
  command->add_option("FILE", options->file)->required();
  command->add_option("--token-file", options->token_file)->required();
  on_run(command, chosen, options, &tz::program::run_ballot_record);
}

void add_schemes(CLI::App& app, Chosen& chosen) {
  CLI::App* schemes = group(app.add_subcommand("scheme"));
  auto options = std::make_shared<tz::program::SchemeOptions>();
  const auto add = [&](const char* name) {
    CLI::App* command = schemes->add_subcommand(name);
    command->add_option("DIR", options->folder)->required();
    return command;
  };
  on_run(add("list"), chosen, options, &tz::program::run_scheme_list);
  CLI::App* command = add("stages");
  command->add_option("SCHEME", options->scheme)->required();
  command->add_option("UNIT", options->unit);
  on_run(command, chosen, options, &tz::program::run_scheme_stages);
  command = add("open");
  command->add_option("FILE", options->file)->required();
  command->add_option("--token-file", options->token_file)->required();
  on_run(command, chosen, options, &tz::program::run_scheme_open);
  command = add("freeze");
  command->add_option("SCHEME", options->scheme)->required();
  command->add_option("--token-file", options->token_file)->required();
  on_run(command, chosen, options, &tz::program::run_scheme_freeze);
  command = add("signing");
  command->add_option("SCHEME", options->scheme)->required();
  command->add_option("FILE", options->file)->required();
  command->add_option("--token-file", options->token_file)->required();
  on_run(command, chosen, options, &tz::program::run_scheme_signing);
}

void add_keys(CLI::App& app, Chosen& chosen) {
  CLI::App* keys = group(app.add_subcommand("keys"));
  auto options = std::make_shared<tz::program::KeysOptions>();
  CLI::App* command = keys->add_subcommand("list");
  command->add_option("DIR", options->folder)->required();
  on_run(command, chosen, options, &tz::program::run_keys_list);
  command = keys->add_subcommand("renew");
  command->add_option("DIR", options->folder)->required();
  command->add_flag("--wrapping", options->wrapping);
  command->add_flag("--accounts", options->accounts);
  on_run(command, chosen, options, &tz::program::run_keys_renew);
}

void add_audit(CLI::App& app, Chosen& chosen) {
  CLI::App* audit = group(app.add_subcommand("audit"));
  auto options = std::make_shared<tz::program::AuditOptions>();
  CLI::App* command = audit->add_subcommand("verify");
  command->add_option("DIR", options->folder)->required();
  command->add_option("--against", options->against);
  on_run(command, chosen, options, &tz::program::run_audit_verify);
  command = audit->add_subcommand("renew");
  command->add_option("DIR", options->folder)->required();
  on_run(command, chosen, options, &tz::program::run_audit_renew);
}

void add_notify(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<tz::program::NotifyOptions>();
  CLI::App* command = group(app.add_subcommand("notify"))->add_subcommand("test");
  command->add_option("DIR", options->folder)->required();
  command->add_option("--mail", options->mail)->required();
  on_run(command, chosen, options, &tz::program::run_notify_test);
}

void add_receiving_keys(CLI::App& app, Chosen& chosen) {
  CLI::App* keys = group(app.add_subcommand("receiving-key"));
  auto options = std::make_shared<tz::program::ReceivingKeyOptions>();
  CLI::App* command = keys->add_subcommand("make");
  command->add_option("--out-a", options->out_a)->required();
  command->add_option("--out-b", options->out_b)->required();
  command->add_option("--for", options->label);
  on_run(command, chosen, options, &tz::program::run_receiving_key_make);
  command = keys->add_subcommand("set");
  command->add_option("DIR", options->folder)->required();
  command->add_option("UNIT", options->unit)->required();
  command->add_option("KEY", options->key)->required();
  on_run(command, chosen, options, &tz::program::run_receiving_key_set);

  auto unseal = std::make_shared<tz::program::UnsealOptions>();
  command = app.add_subcommand("unseal");
  command->add_option("FILE", unseal->file)->required();
  command->add_option("--half", unseal->halves)->required()->expected(1)->take_all();
  on_run(command, chosen, unseal, &tz::program::run_unseal);
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
    const std::set<std::string> below =
        verify ? std::set<std::string>{"coverage", "ledger"}
               : std::set<std::string>{"apply", "diff", "list", "succeed"};
    const bool named = below.contains(next) || next == "--help" || next == "-h";
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
  CLI::App app("", "taizhang");
  app.require_subcommand(1);
  app.fallthrough();
  tz::program::Manner manner = tz::program::manner_of(argc, argv);
  std::string language;  // manner_of has read both
  bool json = false;
  app.add_option("--lang", language);
  app.add_flag("--json", json);
  Chosen chosen;
  add_making(app, chosen);
  add_checking(app, chosen);
  add_programmes(app, chosen);
  add_services(app, chosen);
  add_reading(app, chosen);
  add_limits(app, chosen);
  add_deadline(app, chosen);
  add_imports(app, chosen);
  tz::program::add_accounts(app, chosen);
  add_audit(app, chosen);
  add_backups(app, chosen);
  add_erasing(app, chosen);
  add_funds(app, chosen);
  add_ballots(app, chosen);
  add_schemes(app, chosen);
  add_keys(app, chosen);
  tz::program::add_posts(app, chosen);
  add_calendar(app, chosen);
  add_notify(app, chosen);
  add_receiving_keys(app, chosen);
  tz::program::add_tokens(app, chosen);
  give_words(app, manner.speech);
  if (!manner.unknown_language.empty())
    return manner.speech.misuse("usage.language_unknown", {{"lang", manner.unknown_language}});
  try {
    app.parse(spelled_out(argc, argv));
  } catch (const CLI::ParseError& error) {
    return explain(app, error, manner.speech);
  }
  return chosen.run(manner.speech);
}
