// taizhang serve: the ledger over HTTP until SIGTERM or SIGINT, then a clean stop.
#include <fmt/core.h>
#include <pthread.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <memory>
#include <optional>

#include "access/first_account.h"
#include "base/embedded.h"
#include "base/file.h"
#include "http/doomed_evidence.h"
#include "http/identity_provider.h"
#include "http/self_signed.h"
#include "http/server.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"
#include "taizhang/ledger_folder.h"
#include "taizhang/notifying.h"
#include "taizhang/tending.h"

namespace tz::program {
namespace {

// Blocks the signals that stop the program, in this thread and all begun after it.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

void report(const http::Trouble& trouble) {
  std::string facts;
  for (const auto& [name, value] : trouble.error.facts) facts += " " + name + "=" + value;
  spdlog::error("{} {} {} request={}{}", trouble.method, trouble.path, trouble.error.code,
                trouble.request_id, facts);
}

Result<http::ServerOptions> server_options(const ServeOptions& options) {
  http::ServerOptions out;
  out.listen = options.listen;
  out.tls_cert = options.tls_cert;
  out.tls_key = options.tls_key;
  if (options.tls_self) {
    out.tls_cert = options.folder + "/keys/tls.crt";
    out.tls_key = options.folder + "/keys/tls.key";
    TZ_TRY(http::make_self_signed(
        {out.tls_cert, out.tls_key, {"localhost", "127.0.0.1", "::1"}, SystemClock().now()}));
  }
  return out;
}

// The demonstration's accounts and residents' query codes, which belong to nobody, as they were
// made for this ledger.
void show_demo_keys(const std::string& folder, const Speech& speech) {
  for (const auto& [name, said] :
       {std::pair{"accounts", "cli.serve.accounts"}, std::pair{"codes", "cli.serve.codes"}}) {
    const std::string path = fmt::format("{}/keys/demo-{}.txt", folder, name);
    const auto file = read_file(path, 65536);
    if (!file.ok() || !*file) continue;
    speech.say(said, {{"path", path}});
    fmt::print("{}", as_text((*file)->bytes));
  }
}

// Unless the office says otherwise, the three administrators.
std::vector<ledger::Role> second_factor_roles(const programme::Settings& settings) {
  using ledger::Role;
  if (settings.second_factor) return *settings.second_factor;
  return {Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin};
}

access::AuditRow program_row(std::string act) {
  return {{}, "program", "program", std::move(act), TZ_VERSION, "ok", {}};
}

// The client's secret is a line in keys/ that nobody else may read.
Result<std::string> client_secret(const std::string& folder, const std::string& name) {
  constexpr std::size_t kSecretFileMax = 4096;
  if (name.empty()) return std::string();
  const std::string path = folder + "/keys/" + name;
  const auto file = TZ_TRY(read_file(path, kSecretFileMax));
  if (!file || (file->mode & 077) != 0) return failure("keys_unreadable", {{"path", path}});
  const std::string text(as_text(file->bytes));
  return text.substr(0, text.find_first_of("\r\n"));
}

Result<std::unique_ptr<http::IdentityProvider>> identity_provider(const OpenLedger& ledger,
                                                                  Clock& clock, Random& random) {
  const auto& set = ledger.settings.identity_provider;
  if (!set) return std::unique_ptr<http::IdentityProvider>();
  http::IdentityProviderOptions options;
  options.issuer = set->issuer;
  options.client = set->client;
  options.secret = TZ_TRY(client_secret(ledger.folder, set->secret_file));
  options.address = set->address;
  if (!set->ca_file.empty()) options.ca_file = ledger.folder + "/keys/" + set->ca_file;
  options.label_zh = set->label_zh;
  options.label_en = set->label_en;
  options.code_asked = set->code_asked;
  return std::make_unique<http::IdentityProvider>(std::move(options), clock, random);
}

Outcome serve(const ServeOptions& options, const Speech& speech) {
  const sigset_t signals = block_stop_signals();
  const http::ServerOptions server = TZ_TRY(server_options(options));
  const auto ledger = TZ_TRY(open_folder(options.folder));
  ledger->served = true;
  SystemRandom source;
  http::LockedRandom random(source);
  SystemClock real_time;
  const auto identity = TZ_TRY(identity_provider(*ledger, real_time, random));
  Outgoing outgoing = TZ_TRY(outgoing_of(ledger->folder, ledger->settings));
  access::FirstAccount first_account;
  std::optional<std::string> setup_code;  // told on the terminal alone: it goes into no log of ours
  if (ledger->accounts.none()) setup_code = first_account.open(random);
  http::Context context{*ledger->engine,
                        ledger->accounts,
                        *ledger->keyring,
                        *ledger->audit,
                        *ledger->evidence,
                        *ledger->clock,
                        random,
                        TZ_TRY(read_verifier_key(options.folder)),
                        &Messages::of,
                        &embedded_file,
                        &report,
                        TZ_VERSION,
                        ledger->settings.proxies,
                        second_factor_roles(ledger->settings),
                        keeping_of(ledger->settings),
                        identity.get(),
                        &first_account,
                        outgoing.sending.ways,
                        outgoing.address};
  // What a redaction before the last stop left to be destroyed.
  const Outcome destroyed = http::destroy_doomed(*ledger->engine, *ledger->evidence);
  if (!destroyed.ok()) report({"-", "-", "evidence", destroyed.error()});
  // Where there is no room for the row the public pages are served all the same.
  const Outcome begun = record_act(*ledger, program_row("server_started"));
  if (!begun.ok()) report({"-", "-", "audit", begun.error()});
  const auto door = TZ_TRY(http::Server::start(context, server));
  ledger->door = door->door();
  auto control = TZ_TRY(ControlServer::start(*ledger));
  std::optional<Notifying> notifying;
  notifying.emplace(*ledger, std::move(outgoing), [](const Error& error) {
    report({"-", "-", "notify", error});
  });
  std::optional<Tending> tending;
  tending.emplace(*ledger, [](const Error& error) { report({"-", "-", "retention", error}); });
  const std::string host = options.listen.substr(0, options.listen.rfind(':'));
  show_demo_keys(options.folder, speech);
  if (ledger->engine->published().state->genesis.simulated) speech.say("cli.simulated");
  const std::string address =
      fmt::format("{}://{}:{}", server.tls_cert.empty() ? "http" : "https", host, door->port());
  speech.say("cli.serve.listening", {{"address", address}});
  if (setup_code) speech.say("cli.serve.setup", {{"address", address}, {"code", *setup_code}});
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  speech.say("cli.serve.stopping");
  door->stop();
  control.reset();
  tending.reset();
  notifying.reset();
  const Outcome said = record_act(*ledger, program_row("server_stopped"));
  if (!said.ok()) report({"-", "-", "audit", said.error()});
  ledger->engine->stop();
  return Done{};
}

}  // namespace

int run_serve(const ServeOptions& options, const Speech& speech) {
  const auto alone = [&](const char* given, const char* missing) {
    return speech.misuse(
        "usage.option_needs",
        {{"option", given}, {"needed", missing}, {"help", "taizhang serve --help"}});
  };
  if (!options.tls_cert.empty() && options.tls_key.empty()) return alone("--tls-cert", "--tls-key");
  if (options.tls_cert.empty() && !options.tls_key.empty()) return alone("--tls-key", "--tls-cert");
  const Outcome served = serve(options, speech);
  return served.ok() ? 0 : speech.refuse(served.error());
}

}  // namespace tz::program
