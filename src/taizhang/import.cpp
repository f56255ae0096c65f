// taizhang import units and taizhang import items.
#include <fmt/core.h>

#include "base/csv.h"
#include "base/file.h"
#include "ledger/item_file.h"
#include "taizhang/commands.h"
#include "taizhang/control.h"
#include "taizhang/file_faults.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = std::size_t{128} << 20;

Result<Bytes> read_bytes(const std::string& path) {
  auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return std::move(file->bytes);
}

Result<std::string> read_text(const std::string& path) {
  const Bytes bytes = TZ_TRY(read_bytes(path));
  return to_utf8(bytes);
}

}  // namespace

int run_import_units(const ImportUnitsOptions& options, const Speech& speech) {
  const Result<std::string> text = read_text(options.file);
  if (!text.ok()) return say_answer(options.file, text.error(), speech, {});
  Json operation;
  operation.set("do", "units_import").set("source", options.file).set("text", *text);
  return say_answer(options.file, ask(options.folder, operation, {}), speech,
                    "cli.import.units_done");
}

int run_import_items(const ImportItemsOptions& options, const Speech& speech) {
  if (options.print_template) {
    fmt::print("{}", ledger::item_file_template());
    return 0;
  }
  if (options.folder.empty() || options.file.empty() || options.into.empty())
    return speech.misuse("cli.import.items_usage");
  const Result<Bytes> bytes = read_bytes(options.file);
  if (!bytes.ok()) return say_answer(options.file, bytes.error(), speech, {});
  Json operation;
  operation.set("do", "items_import").set("kind", options.kind).set("into", options.into);
  operation.set("file", to_base64(*bytes));
  operation.set("dry_run", options.dry_run).set("again", options.again);
  const Result<Json> answer =
      ask(options.folder, operation,
          [&](std::uint64_t done, std::uint64_t of) { speech.progress(done, of); });
  return say_answer(options.file, answer, speech,
                    options.dry_run ? "cli.import.items_checked" : "cli.import.items_done");
}

}  // namespace tz::program
