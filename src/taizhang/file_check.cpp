// taizhang flow check, policy check: every fault of such a file, with line and column.
#include <fmt/core.h>

#include "base/embedded.h"
#include "base/file.h"
#include "http/access_page.h"
#include "programme/flow_file.h"
#include "programme/policy_file.h"
#include "taizhang/commands.h"
#include "taizhang/operations.h"

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
  const auto content = read_file(file, kFileMax);
  if (!content.ok()) return speech.refuse(content.error());
  if (!*content) return speech.refuse(refusal("file_missing", {{"path", file}}));
  const std::vector<Error> faults = kind.faults(as_text((*content)->bytes));
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
  speech.say(faults.empty() ? kind.sound : kind.faulty,
             {{"faults", std::to_string(faults.size())}});
  return faults.empty() ? 0 : 1;
}

}  // namespace

int run_flow_check(const std::string& file, const Speech& speech) {
  return check_file(file, {programme::flow_faults, "cli.flow.sound", "cli.flow.faulty"}, speech);
}

int run_policy_check(const std::string& file, const Speech& speech) {
  return check_file(file, {programme::policy_faults, "cli.policy.sound", "cli.policy.faulty"},
                    speech);
}

int run_policy_page(const Speech& speech) {
  const auto policy = programme::read_policy(embedded_file("policy/policy.yaml"));
  if (!policy.ok()) return speech.refuse(policy.error());
  fmt::print("{}", http::access_page(*policy));
  return 0;
}

}  // namespace tz::program
