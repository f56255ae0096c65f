// taizhang flow check, policy check, programme check, services check, limits check: every fault of
// such a file, with line and column; of limits the first.
#include "taizhang/file_check.h"

#include <fmt/core.h>

#include "base/embedded.h"
#include "base/file.h"
#include "http/access_page.h"
#include "ledger/limit_check.h"
#include "programme/catalogue_file.h"
#include "programme/flow_file.h"
#include "programme/policy_file.h"
#include "programme/programme_file.h"
#include "taizhang/operations.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = 1 << 20;

std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "1";
}

struct FileKind {
  std::vector<Error> (*faults)(std::string_view text);
  const char* sound;
  const char* faulty;
};

int check_file(const std::string& file, const FileKind& kind, const Speech& speech) {
  const auto text = text_of(file);
  if (!text.ok()) return speech.refuse(text.error());
  return say_faults(file, kind.faults(*text), {kind.sound, kind.faulty}, speech);
}

}  // namespace

Result<std::string> text_of(const std::string& file) {
  const auto content = TZ_TRY(read_file(file, kFileMax));
  if (!content) return refusal("file_missing", {{"path", file}});
  return std::string(as_text(content->bytes));
}

int say_faults(const std::string& file, const std::vector<Error>& faults, const Verdict& verdict,
               const Speech& speech) {
  if (speech.json) {
    JsonArray list;
    for (const Error& fault : faults) list.push_back(speech.error_json(fault));
    Json out;
    out.set("faults", std::move(list));
    fmt::print("{}\n", out.dump());
    return faults.empty() ? 0 : 1;
  }
  for (const Error& fault : faults)
    fmt::print("{}:{}:{}: {} ({})\n", file, fact(fault, "line"), fact(fault, "column"),
               Messages::of(speech.language).text(fault), fault.code);
  speech.say(faults.empty() ? verdict.sound : verdict.faulty,
             {{"faults", std::to_string(faults.size())}});
  return faults.empty() ? 0 : 1;
}

int run_flow_check(const std::string& file, const Speech& speech) {
  return check_file(file, {programme::flow_faults, "cli.flow.sound", "cli.flow.faulty"}, speech);
}

int run_policy_check(const std::string& file, const Speech& speech) {
  return check_file(file, {programme::policy_faults, "cli.policy.sound", "cli.policy.faulty"},
                    speech);
}

int run_services_check(const std::string& file, const Speech& speech) {
  return check_file(
      file, {programme::catalogue_faults, "cli.services.sound", "cli.services.faulty"}, speech);
}

int run_programme_check(const ProgrammeCheckOptions& options, const Speech& speech) {
  if (options.folder.empty())
    return check_file(options.file,
                      {programme::programme_faults, "cli.programme.sound", "cli.programme.faulty"},
                      speech);
  const auto text = text_of(options.file);
  if (!text.ok()) return speech.refuse(text.error());
  const auto read = read_ledger(options.folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  speech.banner((*read)->world.state.genesis);
  const Day today = day_of((*read)->view->instant(), (*read)->world.state.zone);
  return say_faults(options.file,
                    programme::programme_faults(*text, *(*read)->world.state.tree, today),
                    {"cli.programme.sound_here", "cli.programme.faulty"}, speech);
}

namespace {

using Flows = std::vector<std::shared_ptr<const ledger::Flow>>;

Result<Flows> built_in_flows() {
  Flows out;
  for (const char* file :
       {"flows/hazard.yaml", "flows/household.yaml", "flows/loan.yaml", "flows/petition.yaml",
        "flows/problem.yaml", "flows/project.yaml", "flows/request.yaml"})
    out.push_back(
        std::make_shared<const ledger::Flow>(TZ_TRY(programme::read_flow(embedded_file(file)))));
  return out;
}

// Whether that ledger would adopt it today.
Outcome adoptable(const std::string& text, const ReadLedger& read) {
  const ledger::State& state = read.world.state;
  const ledger::TimeRules after = TZ_TRY(state.time_rules->with_limits(text));
  TZ_TRY(after.keeps_limits(*state.time_rules));
  return ledger::check_limits(text, state.flows, day_of(read.view->instant(), state.zone));
}

}  // namespace

int run_limits_check(const LimitsCheckOptions& options, const Speech& speech) {
  const auto text = text_of(options.file);
  if (!text.ok()) return speech.refuse(text.error());
  std::vector<Error> faults;
  if (options.folder.empty()) {
    const auto flows = built_in_flows();
    if (!flows.ok()) return speech.refuse(flows.error());
    // Rows that have ended are looked at too.
    const Outcome sound = ledger::check_limits(*text, *flows, calendar::kFirstDay);
    if (!sound.ok()) faults.push_back(sound.error());
  } else {
    const auto read = read_ledger(options.folder, From::Snapshot);
    if (!read.ok()) return speech.refuse(read.error());
    speech.banner((*read)->world.state.genesis);
    const Outcome sound = adoptable(*text, **read);
    if (!sound.ok()) faults.push_back(sound.error());
  }
  return say_faults(
      options.file, faults,
      {options.folder.empty() ? "cli.limits.sound" : "cli.limits.sound_here", "cli.limits.faulty"},
      speech);
}

int run_policy_page(const Speech& speech) {
  const auto policy = programme::read_policy(embedded_file("policy/policy.yaml"));
  if (!policy.ok()) return speech.refuse(policy.error());
  fmt::print("{}", http::access_page(*policy));
  return 0;
}

}  // namespace tz::program
