// Each operation: take its arguments, build the command, submit it, say what came of it.
#include "taizhang/operations.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "engine/import_number.h"
#include "ledger/allowed.h"
#include "ledger/item_file.h"
#include "ledger/unit_file.h"
#include "taizhang/account_operations.h"
#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

Result<Json> flow_adopt(OpenLedger& open, const Json& operation) {
  const std::string text = TZ_TRY(text_field(operation, "text"));
  TZ_TRY(open.engine->submit_and_wait({ledger::AdoptFlow{text}, {}, {}, {}}));
  const auto flow = open.engine->published().state->flows.back();
  Json out;
  out.set("kind", flow->kind).set("version", flow->version);
  return out;
}

Json faults_json(const std::vector<ledger::RowFault>& faults) {
  JsonArray list;
  for (const ledger::RowFault& fault : faults) {
    Json one;
    one.set("line", static_cast<std::int64_t>(fault.line)).set("error", to_json(fault.error));
    list.push_back(std::move(one));
  }
  Json out;
  out.set("faults", std::move(list));
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

// Rows on their way into the ledger: at most kInFlight at once, the first refusal kept.
class Stager {
 public:
  explicit Stager(engine::Engine& engine) : engine_(engine) {}

  Outcome stage(std::vector<ledger::OpenItem> items, const Progress& progress) {
    const std::size_t count = items.size();
    for (ledger::OpenItem& item : items) {
      std::unique_lock lock(mutex_);
      moved_.wait(lock, [this] { return in_flight_ < kInFlight; });
      if (error_) break;
      ++in_flight_;
      lock.unlock();
      engine_.submit({std::move(item), {}, {}, {}},
                     [this](const Result<engine::Receipt>& receipt) { answered(receipt); });
      if (progress) progress(done_, count);
    }
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [this] { return in_flight_ == 0; });
    if (error_) return *error_;
    if (progress) progress(count, count);
    return Done{};
  }

 private:
  static constexpr std::size_t kInFlight = 2000;

  void answered(const Result<engine::Receipt>& receipt) {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    ++done_;
    if (!receipt.ok() && !error_) error_ = receipt.error();
    moved_.notify_one();
  }

  engine::Engine& engine_;
  std::mutex mutex_;  // guards all below
  std::condition_variable moved_;
  std::size_t in_flight_ = 0;
  std::atomic<std::uint64_t> done_{0};
  std::optional<Error> error_;
};

Result<Json> items_import(OpenLedger& open, const Json& operation, const Progress& progress) {
  const auto now = open.engine->published();
  ledger::ItemFileRequest request;
  request.kind = TZ_TRY(text_field(operation, "kind"));
  if (!now.state->flow_of(request.kind))
    return ledger::with_allowed(refusal("kind_unknown", {{"kind", request.kind}}), *now.state, {});
  request.into = TZ_TRY(unit_field(operation, "into", *now.state));
  request.now = open.clock->now();
  const std::string text = TZ_TRY(text_field(operation, "text"));
  const std::set<std::uint64_t>& adopted = now.state->adopted_imports;
  if (!flag(operation, "again") && engine::imported_before(text, adopted))
    return refusal("import_repeated");
  SystemRandom random;
  request.import = engine::new_import_number(text, adopted, random);
  ledger::ItemFile file = TZ_TRY(ledger::read_item_file(text, *now.state, request));
  for (ledger::RowFault& fault : file.faults)
    fault.error = ledger::with_allowed(std::move(fault.error), *now.state, request.kind);
  if (!file.faults.empty()) return faults_json(file.faults);
  const auto count = static_cast<std::int64_t>(file.items.size());
  if (count == 0) return refusal("nothing_to_do");
  const bool dry_run = flag(operation, "dry_run");
  if (!dry_run) {
    Stager stager(*open.engine);
    TZ_TRY(stager.stage(std::move(file.items), progress));
    TZ_TRY(open.engine->submit_and_wait({ledger::AdoptImport{request.import, count}, {}, {}, {}}));
  }
  Json out;
  out.set("items", count).set("dry_run", dry_run);
  return out;
}

}  // namespace

Result<Json> operate(OpenLedger& ledger, const Json& operation, const Progress& progress) {
  const std::string what = TZ_TRY(text_field(operation, "do"));
  if (auto answer = operate_on_accounts(ledger, operation)) return *std::move(answer);
  if (what == "flow_adopt") return flow_adopt(ledger, operation);
  if (what == "items_import") return items_import(ledger, operation, progress);
  if (what == "units_import") return units_import(ledger, operation);
  return refusal("operation_unknown", {{"operation", what}});
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
