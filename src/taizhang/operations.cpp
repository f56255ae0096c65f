// Each operation: take its arguments, build the command, submit it, say what came of it.
#include "taizhang/operations.h"

#include <condition_variable>
#include <mutex>

#include "ledger/item_file.h"
#include "ledger/unit_file.h"

namespace tz::program {
namespace {

Result<std::string> text_field(const Json& operation, const char* name) {
  const Json* value = operation.find(name);
  if (value == nullptr || value->as_text() == nullptr)
    return refusal("field_required", {{"field", name}});
  return *value->as_text();
}

Result<UnitId> unit_field(const Json& operation, const char* name, const ledger::State& state) {
  const std::string code = TZ_TRY(text_field(operation, name));
  const auto unit = state.tree->find(code);
  if (!unit) return refusal("unit_unknown", {{"unit", code}});
  return *unit;
}

Result<ledger::Role> role_field(const Json& operation) {
  const std::string name = TZ_TRY(text_field(operation, "role"));
  const auto role = ledger::role_named(name);
  if (!role) return refusal("role_unknown", {{"role", name}});
  return *role;
}

Result<access::Account> account_field(const Json& operation, const OpenLedger& ledger) {
  const std::string name = TZ_TRY(text_field(operation, "name"));
  const auto account = ledger.accounts.find(name);
  if (!account) return refusal("account_unknown", {{"name", name}});
  return *account;
}

Result<Json> account_add(OpenLedger& open, const Json& operation) {
  const auto now = open.engine->published();
  const std::string name = TZ_TRY(text_field(operation, "name"));
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *now.state));
  const ledger::Role role = TZ_TRY(role_field(operation));
  const std::string password = TZ_TRY(text_field(operation, "password"));
  const std::string hash = TZ_TRY(access::hash_password(password, access::Policy{}));
  const AccountId id = open.accounts.next_id();
  const access::Change change = TZ_TRY(open.accounts.add(id, name, hash));
  TZ_TRY(open.engine->submit_and_wait({ledger::OpenAccount{id, {{unit, role}}}, {}, {}, {change}}));
  Json out;
  out.set("account", static_cast<std::int64_t>(id.value)).set("name", name);
  return out;
}

Result<Json> post_add(OpenLedger& open, const Json& operation) {
  const auto now = open.engine->published();
  const access::Account account = TZ_TRY(account_field(operation, open));
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *now.state));
  const ledger::Role role = TZ_TRY(role_field(operation));
  TZ_TRY(open.engine->submit_and_wait({ledger::GrantPost{account.id, unit, role}, {}, {}, {}}));
  Json out;
  out.set("post", static_cast<std::int64_t>(open.engine->published().state->posts.size()));
  return out;
}

Result<Json> token_add(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string label = TZ_TRY(text_field(operation, "label"));
  SystemRandom random;
  const access::Accounts::Issued issued =
      TZ_TRY(open.accounts.issue_token(account.id, label, open.clock->now(), random));
  TZ_TRY(open.engine->submit_and_wait({{}, {}, {}, {issued.change}}));
  Json out;
  out.set("token", issued.text);
  return out;
}

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
  request.into = TZ_TRY(unit_field(operation, "into", *now.state));
  request.now = open.clock->now();
  SystemRandom random;
  request.import = random.next_u64() & static_cast<std::uint64_t>(kJsonIntegerMax);
  const std::string text = TZ_TRY(text_field(operation, "text"));
  ledger::ItemFile file = TZ_TRY(ledger::read_item_file(text, *now.state, request));
  if (!file.faults.empty()) return faults_json(file.faults);
  const auto count = static_cast<std::int64_t>(file.items.size());
  if (count == 0) return refusal("nothing_to_do");
  const Json* dry = operation.find("dry_run");
  const bool dry_run = dry != nullptr && dry->as_bool() != nullptr && *dry->as_bool();
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
  if (what == "account_add") return account_add(ledger, operation);
  if (what == "flow_adopt") return flow_adopt(ledger, operation);
  if (what == "items_import") return items_import(ledger, operation, progress);
  if (what == "post_add") return post_add(ledger, operation);
  if (what == "token_add") return token_add(ledger, operation);
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
