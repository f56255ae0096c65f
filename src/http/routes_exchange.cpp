// Tables out and in: what is seen on a list, the sheet clerks fill in, and taking it in again.
#include <algorithm>

#include "base/csv.h"
#include "engine/history.h"
#include "engine/import_number.h"
#include "engine/item_texts.h"
#include "engine/staged_import.h"
#include "exchange/item_export.h"
#include "exchange/item_sheet.h"
#include "exchange/item_table.h"
#include "http/as_of.h"
#include "http/big_answer.h"
#include "http/finding_numbers.h"
#include "http/handlers.h"
#include "http/item_query.h"

namespace tz::http {
namespace {

constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view kCsv = "text/csv; charset=utf-8";
constexpr std::size_t kImportBytesMax = std::size_t{20} << 20;
constexpr std::size_t kExportRowBytes = 1024;  // what a row takes in memory, and then some
constexpr std::size_t kRowsAtOnce = 200;       // that one reader of the journal is kept for
constexpr std::size_t kFaultsTold = 1000;
constexpr std::size_t kColumnBytesTold = 80;

Result<Language> language_asked(const Call& call, QueryReader& query) {
  const auto lang = query.text("lang");
  if (!lang) return call.language;
  if (*lang == "zh-CN") return Language::Chinese;
  if (*lang == "en") return Language::English;
  return query_bad("lang", *lang);
}

Response file_response(const Call& call, std::string body, std::string_view type,
                       const std::string& name) {
  Response response;
  response.body = std::move(body);
  response.content_type = type;
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.headers.emplace_back("Cache-Control", "private, no-store");
  count_body(call.site.big_bytes, response);
  return response;
}

// --- out

Result<std::vector<exchange::ItemColumn>> columns_asked(QueryReader& query) {
  const auto usual = exchange::usual_item_columns();
  std::vector<exchange::ItemColumn> out(usual.begin(), usual.end());
  const auto named = query.text("columns");
  if (!named) return out;
  out.clear();
  for (std::size_t at = 0; at <= named->size();) {
    const std::size_t end = std::min(named->find(',', at), named->size());
    const auto column = exchange::item_column_named(named->substr(at, end - at));
    if (!column || std::find(out.begin(), out.end(), *column) != out.end())
      return query_bad("columns", *named);
    out.push_back(*column);
    at = end + 1;
  }
  return out;
}

enum class FileKind { Xlsx, Csv };

Outcome add_rows(const Call& call, const std::vector<rollup::RowIndex>& found,
                 exchange::ItemExport& out) {
  const Context& context = call.site.context;
  std::vector<ledger::ItemRow> rows;
  for (std::size_t at = 0; at < found.size(); at += rows.size()) {
    rows.clear();
    for (std::size_t i = at; i < std::min(found.size(), at + kRowsAtOnce); ++i)
      rows.push_back(call.view().row(found[i]));
    TZ_TRY(engine::read_item_texts(context.engine, context.keyring, rows,
                                   [&](const ledger::ItemRow& row, engine::ItemTexts texts) {
                                     return out.add({row, std::move(texts.title),
                                                     std::move(texts.description),
                                                     std::move(texts.source)});
                                   }));
  }
  return Done{};
}

std::size_t total_of(const rollup::PhaseCounts& counts) {
  std::size_t total = 0;
  for (const std::uint32_t count : counts.count) total += count;
  return total;
}

template <FileKind kKind>
Result<Response> export_items(const Call& call) {
  QueryReader query(call.target);
  std::vector<exchange::ItemColumn> columns = TZ_TRY(columns_asked(query));
  const Language language = TZ_TRY(language_asked(call, query));
  ItemQuestion question = TZ_TRY(read_item_question(call, query, Paged::No));
  (void)query.text("as_of");  // read beforehand
  TZ_TRY(query.finish());
  // A file is kept and passed on: rows that will be found in a moment must not be missing from it.
  if (question.words == Known::NotYet) return refusal("search_behind");
  const OneEach::Turn turn = call.site.exporting.begin(call.account());
  if (!turn) return refusal("export_busy");
  question.page.count_max = exchange::kExportRowsMax;
  const rollup::Selection found = select_items(call, question);
  const std::size_t count = total_of(found.counts);
  if (count > exchange::kExportRowsMax)
    return refusal("export_too_large", {{"count", std::to_string(count)},
                                        {"count_max", std::to_string(exchange::kExportRowsMax)}});
  const HeldBytes room = hold_bytes(call.site.big_bytes, count * kExportRowBytes);
  if (!room) return refusal("server_busy");
  const exchange::ItemExportPlan plan{std::move(columns),
                                      call.state(),
                                      call.site.context.messages(language),
                                      language,
                                      call.shown_on(),
                                      call.view().position(),
                                      call.view().instant(),
                                      found.rows.size(),
                                      question.words == Known::NotAll};
  std::unique_ptr<exchange::ItemExport> out = exchange::csv_export(plan);
  if (kKind == FileKind::Xlsx) out = TZ_TRY(exchange::xlsx_export(plan));
  TZ_TRY(add_rows(call, found.rows, *out));
  const std::string name = "items-" + to_text(call.shown_on());
  if (kKind == FileKind::Csv)
    return file_response(call, TZ_TRY(out->finish()), kCsv, name + ".csv");
  return file_response(call, TZ_TRY(out->finish()), kXlsx, name + ".xlsx");
}

// --- in

struct ImportAsked {
  UnitId into;
  std::string kind;
  ledger::Actor actor;
  Language language = Language::Chinese;
  bool dry_run = false;
  bool again = false;  // though a file of this content was taken in before
};

Result<std::string> kind_asked(const Call& call, QueryReader& query) {
  const auto kind = query.text("kind");
  if (!kind && !call.state().kinds.empty()) return call.state().kinds.front();
  if (!kind || !call.state().kind_index(*kind))
    return refusal("kind_unknown", {{"kind", kind.value_or("")}, {"field", "kind"}});
  return *kind;
}

Result<std::optional<UnitId>> unit_asked(const Call& call, QueryReader& query) {
  const auto code = query.text("unit");
  if (!code) return std::optional<UnitId>{};
  const auto unit = call.tree().find(*code);
  if (!unit) return refusal("unit_unknown", {{"unit", *code}, {"field", "unit"}});
  return unit;
}

Result<bool> said_yes(QueryReader& query, const char* name) {
  const auto said = query.text(name);
  if (!said || *said == "no" || *said == "false") return false;
  if (*said == "yes" || *said == "true") return true;
  return query_bad(name, *said);
}

// Whether the caller may list items there is looked at before anything of his file.
Result<ImportAsked> read_import(const Call& call) {
  QueryReader query(call.target);
  ImportAsked asked;
  const auto unit = TZ_TRY(unit_asked(call, query));
  asked.kind = TZ_TRY(kind_asked(call, query));
  asked.language = TZ_TRY(language_asked(call, query));
  asked.dry_run = TZ_TRY(said_yes(query, "dry_run"));
  asked.again = TZ_TRY(said_yes(query, "again"));
  asked.actor.account = call.account();
  if (const auto post = TZ_TRY(query.number("post", kJsonIntegerMax)))
    asked.actor.post = PostId{*post};
  TZ_TRY(query.finish());
  if (!unit) return refusal("field_required", {{"field", "unit"}});
  asked.into = *unit;
  const ledger::Circumstances at{call.state(), [](ledger::ItemNo) { return nullptr; }, asked.actor,
                                 call.now};
  TZ_TRY(ledger::may_list(at, asked.kind, asked.into));
  if (call.request.body.size() > kImportBytesMax)
    return refusal("body_too_large", {{"bytes_max", std::to_string(kImportBytesMax)}});
  return asked;
}

// Whoever is to take it in has the turn at findings from the first number on; with null it is only
// looked at.
Result<exchange::ItemTable> check_file(const Call& call, const ImportAsked& asked,
                                       std::uint64_t import, engine::NumbersRead::Turn* turn) {
  std::optional<engine::KnownNumbers> numbers;
  const auto find = [&](const ledger::UpstreamNumber& number) {
    if (!numbers) {
      if (turn != nullptr) *turn = call.site.context.engine.numbers().turn();
      numbers.emplace(known_numbers(call, asked.kind));
    }
    const bool busy = turn != nullptr && *turn == nullptr;
    return busy ? std::nullopt : numbers->find(number);
  };
  const ledger::ItemFileRequest request{asked.kind,  asked.into,    import, call.now,
                                        asked.actor, call.language, find};
  exchange::ItemTable checked =
      TZ_TRY(exchange::read_items(as_bytes(call.request.body), call.state(), request));
  if (numbers && turn != nullptr && *turn == nullptr) return refusal("findings_busy");
  if (numbers) TZ_TRY(numbers->outcome());
  return checked;
}

// A column as its header names it.
Json column_json(const Table& table, std::optional<std::size_t> column) {
  if (!column) return {};
  const std::vector<std::string>& names = table.front().cells;
  if (*column >= names.size() || names[*column].empty()) return column_letters(*column);
  return beginning_of(names[*column], kColumnBytesTold);
}

Json faults_json(const exchange::ItemTable& checked, const Messages& words) {
  JsonArray out;
  for (const CellFault& fault : checked.file.faults) {
    if (out.size() == kFaultsTold) break;
    Json each;
    each.set("row", static_cast<std::uint64_t>(fault.line));
    each.set("column", column_json(checked.table, fault.column));
    each.set("code", fault.error.code).set("detail", words.text(fault.error));
    out.push_back(std::move(each));
  }
  return out;
}

struct ImportOutcome {
  std::size_t taken = 0;
  Json import;
  bool repeated = false;
};

Json import_json(const exchange::ItemTable& checked, const ImportOutcome& outcome,
                 const Messages& words) {
  Json out;
  out.set("rows", static_cast<std::uint64_t>(checked.file.row_count));
  out.set("taken", static_cast<std::uint64_t>(outcome.taken)).set("import", outcome.import);
  out.set("repeated", outcome.repeated);
  out.set("faults", faults_json(checked, words));
  out.set("faults_total", static_cast<std::uint64_t>(checked.file.faults.size()));
  return out;
}

// Of a repetition the receipt is the first one's: so are the import and its count.
Result<ImportOutcome> outcome_of(const Call& call, const engine::Receipt& receipt) {
  for (const engine::OpenedRecord& one :
       TZ_TRY(engine::records_from(call.site.context.engine, Seq{receipt.first}, 1)))
    if (const auto* adopted = std::get_if<ledger::ImportAdopted>(&one.event.event))
      return ImportOutcome{static_cast<std::size_t>(adopted->count), Json(adopted->import),
                           receipt.repeated};
  return failure("journal_damaged",
                 {{"seq", std::to_string(receipt.first)}, {"code", "record_missing"}});
}

// The first answer to this request, where a file of this content was taken in before and the
// request brings the key it brought then. Nothing is recorded by asking: to adopt an import again
// is refused.
Result<std::optional<ImportOutcome>> answer_before(const Call& call, const ImportAsked& asked) {
  const auto earlier = engine::earlier_import(call.request.body, call.state().adopted_imports);
  if (!earlier) return std::optional<ImportOutcome>{};
  if (const auto key = idempotency_of(call)) {
    const auto receipt =
        call.site.context.engine.submit_and_wait({ledger::AdoptImport{*earlier, 0}, {}, key, {}});
    if (receipt.ok()) return std::optional<ImportOutcome>{TZ_TRY(outcome_of(call, *receipt))};
    if (receipt.error().code != "import_adopted") return receipt.error();
  }
  if (!asked.again) return refusal("import_repeated");
  return std::optional<ImportOutcome>{};
}

Result<ImportOutcome> take_in(const Call& call, const ImportAsked& asked, std::uint64_t import,
                              std::vector<ledger::OpenItem> items) {
  engine::StagedImport staged;
  staged.import = import;
  staged.actor = asked.actor;
  staged.items = std::move(items);
  staged.idempotency = idempotency_of(call);
  const auto receipt = TZ_TRY(engine::take_import(call.site.context.engine, std::move(staged)));
  return outcome_of(call, receipt);
}

Answer refused(const Error& error) { return {error, {}}; }

Answer import_items(const Call& call) {
  const auto asked = read_import(call);
  if (!asked.ok()) return refused(asked.error());
  const OneEach::Turn turn = call.site.importing.begin(call.account());
  if (!turn) return refused(refusal("import_busy"));
  const auto before = answer_before(call, *asked);
  if (!before.ok()) return refused(before.error());
  const std::uint64_t import = engine::new_import_number(
      call.request.body, call.state().adopted_imports, call.site.context.random);
  engine::NumbersRead::Turn numbers;
  const bool only_looks = asked->dry_run || before->has_value();
  auto checked = check_file(call, *asked, import, only_looks ? nullptr : &numbers);
  if (!checked.ok()) return refused(checked.error());
  const Messages& words = call.site.context.messages(asked->language);
  if (*before) {
    checked->file.faults.clear();  // the numbers that it took in are known by now
    return {json_response(import_json(*checked, **before, words)), {}};
  }
  const std::size_t faults = checked->file.faults.size();
  if (faults > 0)
    return {refusal("import_faulty", {{"faults", std::to_string(faults)}}),
            import_json(*checked, {}, words)};
  if (checked->file.items.empty()) return refused(refusal("nothing_to_do"));
  ImportOutcome outcome;
  if (!asked->dry_run) {
    auto taken = take_in(call, *asked, import, std::move(checked->file.items));
    if (!taken.ok()) return refused(taken.error());
    outcome = *std::move(taken);
  }
  return {json_response(import_json(*checked, outcome, words)), {}};
}

Result<Response> mark_items(const Call& call) {
  const ImportAsked asked = TZ_TRY(read_import(call));
  const OneEach::Turn turn = call.site.importing.begin(call.account());
  if (!turn) return refusal("import_busy");
  const exchange::ItemTable checked = TZ_TRY(check_file(call, asked, 0, nullptr));
  const exchange::ItemSheetPlan plan{call.state(),   asked.kind,
                                     asked.into,     call.site.context.messages(asked.language),
                                     asked.language, call.now};
  return file_response(call,
                       TZ_TRY(exchange::marked_items(plan, checked.table, checked.file.faults)),
                       kXlsx, "items-marked.xlsx");
}

// On threads of their own: readers of single pages do not wait for a long table.
void run(const CallRef& call, const Reply& reply, Answer (*answering)(const Call&)) {
  const bool taken = call->site.tables.run([call, reply, answering] { reply(answering(*call)); });
  if (!taken) reply({refusal("server_busy"), {}});
}

template <Result<Response> (*Answering)(const Call&)>
Answer plainly(const Call& call) {
  return {Answering(call), {}};
}

}  // namespace

void get_items_csv(const CallRef& call, const Reply& reply) {
  if (asks_as_of(*call)) return answer_as_of(call, reply, export_items<FileKind::Csv>);
  run(call, reply, plainly<export_items<FileKind::Csv>>);
}

void get_items_xlsx(const CallRef& call, const Reply& reply) {
  if (asks_as_of(*call)) return answer_as_of(call, reply, export_items<FileKind::Xlsx>);
  run(call, reply, plainly<export_items<FileKind::Xlsx>>);
}

void post_import(const CallRef& call, const Reply& reply) { run(call, reply, import_items); }

void post_import_marked(const CallRef& call, const Reply& reply) {
  run(call, reply, plainly<mark_items>);
}

Result<Response> get_items_sheet(const Call& call) {
  QueryReader query(call.target);
  const auto unit = TZ_TRY(unit_asked(call, query));
  const std::string kind = TZ_TRY(kind_asked(call, query));
  const Language language = TZ_TRY(language_asked(call, query));
  TZ_TRY(query.finish());
  if (call.tree().size() == 0) return refusal("unit_unknown");
  const exchange::ItemSheetPlan plan{
      call.state(), kind,    unit.value_or(UnitId{0}), call.site.context.messages(language),
      language,     call.now};
  return file_response(call, TZ_TRY(exchange::item_template(plan)), kXlsx, "items.xlsx");
}

}  // namespace tz::http
