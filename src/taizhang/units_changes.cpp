// taizhang units diff and taizhang units apply: from one list of divisions to a later one.
#include <fmt/core.h>

#include <filesystem>
#include <vector>

#include "base/csv.h"
#include "base/file.h"
#include "ledger/tree_diff_file.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"
#include "taizhang/file_faults.h"
#include "taizhang/reading.h"
#include "taizhang/setting_up.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = std::size_t{128} << 20;

// The divisions of a ledger's tree that go on, parents first, as if they were just registered. One
// whose last day is still to come goes on.
std::vector<ledger::UnitRow> divisions_of(const ledger::OrgTree& tree, Day today) {
  std::vector<ledger::UnitRow> out;
  // Of each unit, the division that it is or lies in.
  std::vector<UnitId> numbers(tree.size());
  for (std::uint32_t position = 0; position < tree.size(); ++position) {
    const UnitId unit = tree.at(position);
    numbers[unit.value] = numbers[tree.parent(unit).value];
    if (tree.kind(unit) > ledger::UnitKind::Village || tree.ended(unit, today)) continue;
    const UnitId parent = numbers[unit.value];
    numbers[unit.value] = UnitId{static_cast<std::uint32_t>(out.size())};
    out.push_back({std::string(tree.code(unit)), std::string(tree.name(unit)), parent,
                   tree.kind(unit), tree.placeholder(unit), tree.from(unit), std::nullopt});
  }
  return out;
}

Result<std::vector<ledger::UnitRow>> earlier_list(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/journal.db")) return read_divisions_folder(folder, Day{});
  const auto read = TZ_TRY(read_ledger(folder, From::Snapshot));
  const ledger::State& state = read->world.state;
  return divisions_of(*state.tree, day_of(read->view->instant(), state.zone));
}

Json summary_of(const std::vector<ledger::DiffRow>& rows) {
  using Change = ledger::DiffRow::Change;
  std::int64_t decide = 0;
  std::int64_t keeps = 0;
  std::int64_t ends = 0;
  std::int64_t founded = 0;
  for (const ledger::DiffRow& row : rows) {
    if (row.status == ledger::DiffRow::Status::Decide)
      ++decide;
    else if (row.change == Change::Keeps)
      ++keeps;
    else if (row.change == Change::Ends)
      ++ends;
    else
      ++founded;
  }
  Json out;
  out.set("keeps", keeps).set("ends", ends).set("founded", founded).set("decide", decide);
  return out;
}

Result<std::vector<ledger::DiffRow>> difference(const UnitsDiffOptions& options) {
  const auto before = TZ_TRY(earlier_list(options.before));
  const auto after = TZ_TRY(read_divisions_folder(options.after, Day{}));
  return ledger::diff_trees(before, after);
}

}  // namespace

int run_units_diff(const UnitsDiffOptions& options, const Speech& speech) {
  const auto rows = difference(options);
  if (!rows.ok()) return speech.refuse(rows.error());
  const bool chinese = speech.language == Language::Chinese;
  const std::string text =
      write_diff(*rows, chinese ? ledger::DiffWords::Chinese : ledger::DiffWords::English);
  const Json summary = summary_of(*rows);
  if (options.file.empty()) {
    fmt::print("{}", speech.json ? summary.dump() + "\n" : text);
    return 0;
  }
  const Outcome written = write_file({options.file}, as_bytes(text));
  if (!written.ok()) return speech.refuse(written.error());
  return say_answer(options.file, summary, speech, "cli.units.diff_done");
}

int run_units_apply(const UnitsApplyOptions& options, const Speech& speech) {
  const auto file = read_file(options.file, kFileMax);
  if (!file.ok()) return speech.refuse(file.error());
  if (!*file) return speech.refuse(refusal("file_missing", {{"path", options.file}}));
  const auto text = to_utf8((*file)->bytes);
  if (!text.ok()) return say_answer(options.file, text.error(), speech, {});
  Json operation;
  operation.set("do", "units_apply").set("text", *text).set("from", options.from);
  operation.set("source", options.source.empty()
                              ? std::filesystem::path(options.file).filename().string()
                              : options.source);
  operation.set("leave_undecided", options.leave_undecided).set("dry_run", options.dry_run);
  return say_answer(options.file, ask(options.folder, operation, {}), speech,
                    options.dry_run ? "cli.units.apply_checked" : "cli.units.apply_done");
}

}  // namespace tz::program
