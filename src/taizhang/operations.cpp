// Each operation: take its arguments, build the command, submit it, say what came of it.
#include "taizhang/operations.h"

#include <algorithm>

#include "access/envelope.h"
#include "base/bytes.h"
#include "engine/figures.h"
#include "engine/import_number.h"
#include "engine/staged_import.h"
#include "engine/upstream_numbers.h"
#include "exchange/item_table.h"
#include "http/doomed_evidence.h"
#include "ledger/allowed.h"
#include "ledger/unit_file.h"
#include "programme/programme_file.h"
#include "rollup/source_refs.h"
#include "taizhang/account_operations.h"
#include "taizhang/backup.h"
#include "taizhang/erasures.h"
#include "taizhang/fund_operations.h"
#include "taizhang/keys.h"
#include "taizhang/operation_fields.h"
#include "taizhang/post_operations.h"
#include "taizhang/stated.h"
#include "taizhang/tending.h"
#include "taizhang/token_operations.h"
#include "taizhang/tree_operations.h"

namespace tz::program {
namespace {

// The owner of the ledger's folder may bring more than others may send.
constexpr TableLimits kTableLimits{
    .rows_max = 1'000'000, .cells_max = 20'000'000, .text_bytes_max = std::size_t{512} << 20};

Result<Json> flow_adopt(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  TZ_TRY(open.engine->submit_and_wait({ledger::AdoptFlow{text}, {}, {}, {}}));
  const auto flow = open.engine->published().state->flows.back();
  Json out;
  out.set("kind", flow->kind).set("version", flow->version);
  return out;
}

Result<Json> duties_adopt(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  TZ_TRY(open.engine->submit_and_wait({ledger::AdoptDuties{text}, {}, {}, {}}));
  Json out;
  out.set("count",
          static_cast<std::uint64_t>(open.engine->published().state->duties->all().size()));
  return out;
}

// Every fault, with its place in the file; or the first roots, made at once.
Result<Json> programme_adopt(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  const auto before = open.engine->published().state;
  const Day today = day_of(open.clock->now(), before->zone);
  Json out;
  const std::vector<Error> found = programme::programme_faults(text, *before->tree, today);
  if (!found.empty()) {
    JsonArray faults;
    for (const Error& fault : found) faults.push_back(to_json(fault));
    out.set("faults", std::move(faults));
    return out;
  }
  const ledger::Programme programme = TZ_TRY(programme::read_programme(text));
  TZ_TRY(open.engine->submit_and_wait({ledger::AdoptProgramme{text}, {}, {}, {}}));
  out.set("seals", static_cast<std::int64_t>(TZ_TRY(seal(open))));
  const auto state = open.engine->published().state;
  const auto index = state->programme_of(programme.id);
  TZ_ASSERT(index.has_value());
  out.set("programme", programme.id).set("version", programme.version);
  JsonArray requirements;
  for (const ledger::AdoptedRequirement& one : state->programmes[*index]->requirements) {
    if (one.dropped) continue;
    Json row;
    const auto size = static_cast<std::uint32_t>(one.coverage.asked().tree->size());
    row.set("requirement", one.words().id).set("asked", one.coverage.counts({0, size}).asked());
    row.set("title", one.words().title.zh).set("title_en", one.words().title.en);
    requirements.push_back(std::move(row));
  }
  out.set("requirements", std::move(requirements));
  return out;
}

Result<Json> budget_adopt(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  TZ_TRY(open.engine->submit_and_wait({ledger::AdoptBudget{text}, {}, {}, {}}));
  Json out;
  out.set("count", static_cast<std::uint64_t>(open.engine->published().state->budget->count()));
  return out;
}

Result<Json> services_adopt(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  TZ_TRY(open.engine->submit_and_wait({ledger::AdoptCatalogue{text}, {}, {}, {}}));
  const auto state = open.engine->published().state;
  Json out;
  out.set("version", state->catalogue.newest->version);
  out.set("count", static_cast<std::uint64_t>(state->catalogue.newest->services.size()));
  return out;
}

Result<Json> unit_succeed(OpenLedger& open, const Json& operation) {
  const auto state = open.engine->published().state;
  ledger::SucceedUnit command;
  command.unit = TZ_TRY(unit_field(operation, "unit", *state));
  command.successor = TZ_TRY(unit_field(operation, "successor", *state));
  const std::string from = TZ_TRY(text_field(operation, "from"));
  if (!from.empty()) command.from = TZ_TRY(parse_day(from));
  TZ_TRY(open.engine->submit_and_wait({command, {}, {}, {}}));
  Json out;
  out.set("from", to_text(open.engine->published().state->successions.back().from));
  return out;
}

Result<Json> time_rules_adopt(OpenLedger& open, const Json& operation) {
  ledger::AdoptTimeRules command;
  command.calendar = TZ_TRY(text_field(operation, "calendar"));
  command.limits = TZ_TRY(text_field(operation, "limits"));
  TZ_TRY(open.engine->submit_and_wait({std::move(command), {}, {}, {}}));
  const auto rules = open.engine->published().state->time_rules;
  Json out;
  out.set("calendar", calendar::to_text(rules->days_of({}).version()));
  return out;
}

Result<Json> receiving_key_set(OpenLedger& open, const Json& operation) {
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *open.engine->published().state));
  const std::string text = TZ_TRY(text_field(operation, "key"));
  const auto bytes = from_hex(text);
  access::PublicKey key{};
  if (!bytes.ok() || bytes->size() != key.size()) return refusal("receiving_key_bad");
  std::copy(bytes->begin(), bytes->end(), key.begin());
  if (!access::usable(key)) return refusal("receiving_key_bad");
  TZ_TRY(open.engine->submit_and_wait({ledger::SetReceivingKey{unit, key}, {}, {}, {}}));
  const auto state = open.engine->published().state;
  const ledger::ReceivingKeys& keys = *state->receiving_keys.find(unit);
  const bool waits = keys.next && keys.next->key == key;
  Json out;
  out.set("unit", state->tree->code(unit)).set("waits", waits);
  out.set("from", to_text(waits ? keys.next->from : keys.earlier.from));
  return out;
}

Result<Json> units_import(OpenLedger& open, const Json& operation) {
  const std::string source = TZ_TRY(text_field(operation, "source"));
  const std::string text = TZ_TRY(text_field(operation, "text"));
  const auto now = open.engine->published();
  ledger::UnitFile file = TZ_TRY(ledger::read_unit_file(text, *now.state->tree));
  if (!file.faults.empty()) return faults_json(file.faults);
  const auto unit_count = static_cast<std::int64_t>(file.rows.size());
  const auto edge_count = static_cast<std::int64_t>(file.edges.size());
  TZ_TRY(open.engine->submit_and_wait(
      {ledger::RegisterUnits{source, std::move(file.rows), std::move(file.edges)}, {}, {}, {}}));
  Json out;
  out.set("units", unit_count).set("edges", edge_count);
  return out;
}

// With `column` where the fault lies in one cell.
Json faults_json(const std::vector<CellFault>& faults) {
  JsonArray list;
  for (const CellFault& fault : faults) {
    Json one;
    one.set("line", static_cast<std::int64_t>(fault.line));
    if (fault.column) one.set("column", column_letters(*fault.column));
    one.set("error", to_json(fault.error));
    list.push_back(std::move(one));
  }
  Json out;
  out.set("faults", std::move(list));
  return out;
}

// The items of a source: whoever owns the folder may know of all.
std::vector<ledger::ItemRow> rows_from(const engine::Engine& engine, const std::string& kind,
                                       std::string_view source) {
  const engine::Published now = engine.published();
  rollup::Filter filter;
  filter.sources = rollup::source_refs(*now.state, kind, source);
  std::vector<ledger::ItemRow> out;
  for (const rollup::RowIndex row : now.view->list(filter, {}, engine::kNumbersReadMax))
    out.push_back(now.view->row(row));
  return out;
}

Result<Json> items_import(OpenLedger& open, const Json& operation, const Progress& progress) {
  const auto now = open.engine->published();
  ledger::ItemFileRequest request;
  request.kind = TZ_TRY(text_field(operation, "kind"));
  if (!now.state->flow_of(request.kind))
    return ledger::with_allowed(refusal("kind_unknown", {{"kind", request.kind}}), *now.state, {});
  request.into = TZ_TRY(unit_field(operation, "into", *now.state));
  request.now = open.clock->now();
  const std::string base64 = TZ_TRY(text_field(operation, "file"));
  const Bytes bytes = TZ_TRY(from_base64(base64));
  const ledger::AdoptedImports& adopted = now.state->adopted_imports;
  if (!flag(operation, "again") && engine::imported_before(as_text(bytes), adopted))
    return refusal("import_repeated");
  SystemRandom random;
  request.import = engine::new_import_number(as_text(bytes), adopted, random);
  std::optional<engine::NumbersRead::Turn> turn;
  engine::KnownNumbers numbers(*open.engine, *open.keyring, [&](std::string_view source) {
    return rows_from(*open.engine, request.kind, source);
  });
  // From the first number on it has the turn at findings, until all of them count.
  request.known = [&](const ledger::UpstreamNumber& number) {
    if (!turn) turn = open.engine->numbers().turn();
    return *turn != nullptr ? numbers.find(number) : std::nullopt;
  };
  ledger::ItemFile file =
      TZ_TRY(exchange::read_items(bytes, *now.state, request, kTableLimits)).file;
  if (turn && *turn == nullptr) return refusal("findings_busy");
  TZ_TRY(numbers.outcome());
  if (!file.faults.empty()) return faults_json(file.faults);
  const auto count = static_cast<std::int64_t>(file.items.size());
  if (count == 0) return refusal("nothing_to_do");
  const bool dry_run = flag(operation, "dry_run");
  if (!dry_run) {
    engine::StagedImport import;
    import.items = std::move(file.items);
    import.import = request.import;
    import.in_flight_max = 2000;
    import.progress = progress;
    TZ_TRY(engine::take_import(*open.engine, std::move(import)));
  }
  Json out;
  out.set("items", count).set("dry_run", dry_run);
  return out;
}

// Tried again where the item moved on between looking and acting.
constexpr int kTriesMax = 5;

Result<Json> item_erase(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "item"));
  const auto item = ledger::parse_item_no(text);
  if (!item) return refusal("item_no_bad", {{"text", text}});
  const std::string reason = TZ_TRY(text_field(operation, "reason"));
  Result<engine::Receipt> receipt = refusal("item_unknown", {{"item", text}});
  for (int tries = 0; tries < kTriesMax; ++tries) {
    const Seq newest = TZ_TRY(open.engine->item(*item)).last;
    receipt = open.engine->submit_and_wait({ledger::EraseItem{*item, newest, reason}, {}, {}, {}});
    if (receipt.ok() || receipt.error().code != "version_stale") break;
  }
  const engine::Receipt done = TZ_TRY(std::move(receipt));
  TZ_TRY(http::destroy_doomed(*open.engine, *open.evidence));
  Json out;
  out.set("item", to_text(*item)).set("destroyed", done.end - done.first);
  return out;
}

Result<Json> figures_publish(OpenLedger& open) {
  Json out;
  out.set("months", TZ_TRY(engine::publish_figures(*open.engine, open.clock->now())));
  return out;
}

Result<Json> figures_stated(OpenLedger& open, const Json& operation) {
  const Json* row = operation.find("row");
  const Json answer = TZ_TRY(stated_figures(open));
  Json out;
  JsonArray rows;
  for (const Json& one : *answer.find("rows")->as_array())
    if (row == nullptr || *row == Json(0) || *one.find("row") == *row) rows.push_back(one);
  out.set("rows", std::move(rows)).set("position", *answer.find("position"));
  out.set("instant", *answer.find("instant"));
  return out;
}

Result<Json> retained(OpenLedger& open) {
  const Retained round = TZ_TRY(retain(open));
  Json out;
  out.set("items", round.items).set("answers", round.answers).set("sessions", round.sessions);
  out.set("tokens", round.tokens).set("files", round.files);
  out.set("notices", round.notices).set("wrapping_keys", round.wrapping_keys);
  return out;
}

Result<Json> done(OpenLedger& ledger, const Json& operation, const Progress& progress) {
  const std::string what = TZ_TRY(text_field(operation, "do"));
  if (auto answer = operate_on_accounts(ledger, operation)) return *std::move(answer);
  if (auto answer = operate_on_funds(ledger, operation)) return *std::move(answer);
  if (auto answer = operate_on_posts(ledger, operation)) return *std::move(answer);
  if (auto answer = operate_by_token(ledger, operation)) return *std::move(answer);
  if (what == "backup") return write_backup(ledger, operation);
  if (what == "budget_adopt") return budget_adopt(ledger, operation);
  if (what == "duties_adopt") return duties_adopt(ledger, operation);
  if (what == "unit_succeed") return unit_succeed(ledger, operation);
  if (what == "figures_publish") return figures_publish(ledger);
  if (what == "figures_stated") return figures_stated(ledger, operation);
  if (what == "flow_adopt") return flow_adopt(ledger, operation);
  if (what == "item_erase") return item_erase(ledger, operation);
  if (what == "items_import") return items_import(ledger, operation, progress);
  if (what == "keys_renew") return renew_keys(ledger, operation);
  if (what == "programme_adopt") return programme_adopt(ledger, operation);
  if (what == "receiving_key_set") return receiving_key_set(ledger, operation);
  if (what == "retain") return retained(ledger);
  if (what == "services_adopt") return services_adopt(ledger, operation);
  if (what == "time_rules_adopt") return time_rules_adopt(ledger, operation);
  if (what == "units_apply") return apply_tree_diff(ledger, operation);
  if (what == "units_import") return units_import(ledger, operation);
  return refusal("operation_unknown", {{"operation", what}});
}

// Whom or what it is about, without any text that may hold a secret or a person's name.
std::string subject_of(const OpenLedger& ledger, const Json& operation) {
  std::string about;
  const auto say = [&](const std::string& text) { about += (about.empty() ? "" : " ") + text; };
  if (const Json* name = operation.find("name"); name != nullptr && name->as_text() != nullptr) {
    const auto account = ledger.accounts.find(*name->as_text());
    if (account) say("account=" + std::to_string(account->id.value));
  }
  if (const Json* item = operation.find("item"); item != nullptr && item->as_text() != nullptr)
    if (const auto no = ledger::parse_item_no(*item->as_text())) say("item=" + to_text(*no));
  const std::string* what = operation.find("do")->as_text();
  if (what != nullptr && *what == "account_erase")
    if (const Json* reason = operation.find("reason"); reason != nullptr && reason->as_text())
      say("reason=" + reason->as_text()->substr(0, 8));
  for (const char* field : {"unit", "role", "post", "token", "kind", "into"}) {
    const Json* value = operation.find(field);
    if (value != nullptr && value->as_text() != nullptr) say(field + ("=" + *value->as_text()));
    if (value != nullptr && value->as_int() != nullptr)
      say(field + ("=" + std::to_string(*value->as_int())));
  }
  return about;
}

}  // namespace

Result<Json> operate(OpenLedger& ledger, const Json& operation, const Progress& progress) {
  access::AuditRow row{{}, "console", "console", TZ_TRY(text_field(operation, "do")), {}, "ok", {}};
  // What cannot be written down is not done.
  TZ_TRY(ledger.audit->hold());
  ledger.audit->release();
  row.about = subject_of(ledger, operation);  // before: an erased account has no name to find it by
  auto answer = done(ledger, operation, progress);
  if (row.about.find("account=") == std::string::npos) row.about = subject_of(ledger, operation);
  if (answer.ok() && row.act.ends_with("_erase")) {
    const auto listed = follow_erasures(ledger);
    if (!listed.ok()) answer = listed.error();
  }
  if (!answer.ok()) row.result = answer.error().code;
  TZ_TRY(record_act(ledger, row));
  return answer;
}

Json to_json(const Error& error) {
  Json facts{JsonObject{}};
  for (const auto& [name, value] : error.facts)
    if (facts.find(name) == nullptr) facts.set(name, value);
  Json out;
  out.set("code", error.code).set("failure", error.error_class == ErrorClass::Failure);
  out.set("facts", std::move(facts));
  return out;
}

Error error_from(const Json& json) {
  const Json* code = json.find("code");
  const Json* failed = json.find("failure");
  const Json* facts = json.find("facts");
  Error out = refusal(code != nullptr && code->as_text() != nullptr ? *code->as_text()
                                                                    : "answer_malformed");
  if (failed != nullptr && failed->as_bool() != nullptr && *failed->as_bool())
    out.error_class = ErrorClass::Failure;
  if (facts != nullptr && facts->as_object() != nullptr)
    for (const JsonMember& fact : *facts->as_object())
      if (fact.second.as_text() != nullptr)
        out.facts.emplace_back(fact.first, *fact.second.as_text());
  return out;
}

}  // namespace tz::program
