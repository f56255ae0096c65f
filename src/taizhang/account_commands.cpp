// The program's commands about accounts, posts and tokens, and their options.
#include "taizhang/chosen.h"

namespace tz::program {
namespace {

void add_handovers(CLI::App& posts, Chosen& chosen) {
  CLI::App* handovers = group(posts.add_subcommand("handover"));
  auto options = std::make_shared<HandoverOptions>();
  const auto add = [&](const char* name) {
    CLI::App* command = handovers->add_subcommand(name);
    command->add_option("DIR", options->folder)->required();
    return command;
  };
  CLI::App* command = add("propose");
  command->add_option("FROM", options->from)->required();
  command->add_option("TO", options->to)->required();
  on_run(command, chosen, options, &run_handover_propose);
  on_run(add("list"), chosen, options, &run_handover_list);
  for (const auto& [name, run] :
       {std::pair("confirm", &run_handover_confirm), std::pair("end", &run_handover_end)}) {
    command = add(name);
    command->add_option("HANDOVER", options->handover)->required();
    on_run(command, chosen, options, run);
  }
}

}  // namespace

void add_accounts(CLI::App& app, Chosen& chosen) {
  CLI::App* accounts = group(app.add_subcommand("account"));
  const auto add = [&](const char* name, int (*run)(const AccountOptions&, const Speech&)) {
    auto options = std::make_shared<AccountOptions>();
    CLI::App* command = accounts->add_subcommand(name);
    command->add_option("DIR", options->folder)->required();
    on_run(command, chosen, options, run);
    return std::make_pair(command, options);
  };
  const auto [added, add_options] = add("add", &run_account_add);
  added->add_option("NAME", add_options->name)->required();
  added->add_option("--unit", add_options->unit)->required();
  added->add_option("--role", add_options->role)->required();
  added->add_option("--password-file", add_options->password_file);
  const auto [bound, bind_options] = add("bind", &run_account_bind);
  bound->add_option("NAME", bind_options->name)->required();
  bound->add_option("--subject", bind_options->subject)->required();
  bound->add_flag("--keep-password", bind_options->keep_password);
  const auto [erased, erase_options] = add("erase", &run_account_erase);
  erased->add_option("NAME", erase_options->name)->required();
  erased->add_option("--reason", erase_options->reason)->required();
  add("list", &run_account_list);
  const auto [changed, password_options] = add("password", &run_account_password);
  changed->add_option("NAME", password_options->name)->required();
  changed->add_option("--password-file", password_options->password_file);
  const auto [support, support_options] = add("support", &run_account_support);
  support->add_option("NAME", support_options->name)->required();
  support->add_option("--unit", support_options->unit)->required();
  support->add_option("--role", support_options->role)->required();
  support->add_option("--hours", support_options->hours)->required();
  support->add_option("--password-file", support_options->password_file);
  for (const auto& [name, run] :
       {std::pair("unlock", &run_account_unlock), std::pair("unbind", &run_account_unbind),
        std::pair("code-off", &run_account_code_off), std::pair("disable", &run_account_disable),
        std::pair("enable", &run_account_enable)}) {
    const auto [command, options] = add(name, run);
    command->add_option("NAME", options->name)->required();
  }
}

void add_posts(CLI::App& app, Chosen& chosen) {
  CLI::App* posts = group(app.add_subcommand("post"));
  auto options = std::make_shared<PostOptions>();
  CLI::App* command = posts->add_subcommand("add");
  command->add_option("DIR", options->folder)->required();
  command->add_option("NAME", options->name)->required();
  command->add_option("--unit", options->unit)->required();
  command->add_option("--role", options->role)->required();
  on_run(command, chosen, options, &run_post_add);
  command = posts->add_subcommand("end");
  command->add_option("DIR", options->folder)->required();
  command->add_option("POST", options->post)->required();
  on_run(command, chosen, options, &run_post_end);
  command = posts->add_subcommand("list");
  command->add_option("DIR", options->folder)->required();
  command->add_option("NAME", options->name)->required();
  on_run(command, chosen, options, &run_post_list);
  auto acting = std::make_shared<ActingOptions>();
  command = posts->add_subcommand("acting");
  command->add_option("DIR", acting->folder)->required();
  command->add_option("FOR", acting->place)->required();
  command->add_option("BY", acting->by)->required();
  command->add_option("--to", acting->to)->required();
  command->add_option("--from", acting->from);
  on_run(command, chosen, acting, &run_post_acting);
  add_handovers(*posts, chosen);
}

void add_tokens(CLI::App& app, Chosen& chosen) {
  CLI::App* tokens = group(app.add_subcommand("token"));
  auto options = std::make_shared<TokenOptions>();
  const auto add = [&](const char* name) {
    CLI::App* command = tokens->add_subcommand(name);
    command->add_option("DIR", options->folder)->required();
    command->add_option("NAME", options->name)->required();
    return command;
  };
  CLI::App* command = add("add");
  command->add_option("--label", options->label)->capture_default_str();
  command->add_option("--scope", options->scope)->capture_default_str();
  command->add_option("--days", options->days)->capture_default_str();
  on_run(command, chosen, options, &run_token_add);
  on_run(add("list"), chosen, options, &run_token_list);
  command = add("revoke");
  command->add_option("TOKEN", options->token)->required();
  on_run(command, chosen, options, &run_token_revoke);
}

}  // namespace tz::program
