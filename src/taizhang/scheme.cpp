// taizhang scheme list, stages, open, freeze, signing: resettlement schemes.
#include <fmt/core.h>

#include "http/resettlement_json.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

using ledger::Scheme;

Day today_of(const ReadLedger& read) { return day_of(read.view->instant(), read.world.state.zone); }

http::SchemeWords told(const Speech& speech, const ReadLedger& read) {
  return {Messages::of(speech.language), *read.world.state.tree, today_of(read)};
}

Result<std::string> list_text(const ReadLedger& read, const Speech& speech) {
  const ledger::State& state = read.world.state;
  std::vector<const Scheme*> schemes;  // the newest first
  for (auto each = state.schemes.rbegin(); each != state.schemes.rend(); ++each)
    schemes.push_back(each->get());
  if (!speech.json) return http::schemes_csv(told(speech, read), schemes);
  JsonArray rows;
  for (const Scheme* scheme : schemes)
    rows.push_back(http::scheme_json(*state.tree, *scheme, today_of(read)));
  Json out;
  out.set("position", read.view->position()).set("schemes", std::move(rows));
  return out.dump() + "\n";
}

// The parts of the unit that is named; of none the units of the scheme.
Result<std::vector<rollup::Part>> parts_asked(const ReadLedger& read, const Scheme& scheme,
                                              const std::string& code) {
  std::vector<rollup::Part> out;
  if (code.empty()) {
    for (const UnitId unit : scheme.units) out.push_back({unit, false});
    return out;
  }
  const auto unit = read.world.state.tree->find(code);
  if (!unit) return refusal("unit_unknown", {{"unit", code}});
  return rollup::parts_of(*read.world.state.tree, *unit, today_of(read));
}

Result<std::string> stages_text(const ReadLedger& read, const SchemeOptions& options,
                                const Speech& speech) {
  const ledger::State& state = read.world.state;
  const auto index = state.scheme_of(options.scheme);
  if (!index) return refusal("scheme_unknown", {{"scheme", options.scheme}});
  const Scheme& scheme = *state.schemes[*index];
  const std::vector<http::CountedPart> parts = http::counted_parts(
      *read.view, http::row_scheme(state, scheme), TZ_TRY(parts_asked(read, scheme, options.unit)));
  if (!speech.json) return http::stages_csv(told(speech, read), parts);
  JsonArray rows;
  for (const http::CountedPart& each : parts) {
    Json row;
    row.set("unit", state.tree->code(each.part.unit)).set("overlaps", each.part.overlaps);
    row.set("counts", http::household_counts_json(each.counts));
    rows.push_back(std::move(row));
  }
  Json out;
  out.set("position", read.view->position());
  out.set("scheme", http::scheme_json(*state.tree, scheme, today_of(read)));
  out.set("rows", std::move(rows));
  return out.dump() + "\n";
}

// Asks for it in the name of whose token it is.
int ask_by_token(const char* what, const SchemeOptions& options, const Speech& speech,
                 const char* done) {
  auto operation = operation_by_token(what, options.file, options.token_file);
  if (!operation.ok()) return speech.refuse(operation.error());
  if (!options.scheme.empty()) operation->set("scheme", options.scheme);
  return ask_and_print(options.folder, *operation, speech, [&](const Json&) { speech.say(done); });
}

}  // namespace

int run_scheme_list(const SchemeOptions& options, const Speech& speech) {
  return print_read(options.folder, speech,
                    [&](const ReadLedger& read) { return list_text(read, speech); });
}

int run_scheme_stages(const SchemeOptions& options, const Speech& speech) {
  return print_read(options.folder, speech,
                    [&](const ReadLedger& read) { return stages_text(read, options, speech); });
}

int run_scheme_open(const SchemeOptions& options, const Speech& speech) {
  return ask_by_token("scheme_open", options, speech, "cli.scheme.opened");
}

int run_scheme_freeze(const SchemeOptions& options, const Speech& speech) {
  return ask_by_token("scheme_freeze", options, speech, "cli.scheme.frozen");
}

int run_scheme_signing(const SchemeOptions& options, const Speech& speech) {
  return ask_by_token("scheme_signing", options, speech, "cli.scheme.signing");
}

}  // namespace tz::program
