// Making the small ledger through the engine, as the program would.
#include "support/small_ledger.h"

#include <stdlib.h>

#include <filesystem>

#include "base/embedded.h"
#include "engine/create.h"
#include "programme/file_readers.h"
#include "programme/policy_file.h"

namespace tz::support {
namespace {

// Monday morning.
Instant start() { return *parse_instant("2019-09-09T09:00:00+08:00"); }

access::Policy quick_passwords() {
  access::Policy policy;
  policy.argon2_ops = 1;
  policy.argon2_bytes = 8192;
  return policy;
}

struct Row {
  const char* code;
  const char* name;
  const char* parent;
  ledger::UnitKind kind;
  bool placeholder = false;
};

using ledger::UnitKind;
constexpr Row kTree[] = {
    {"0", "国", "0", UnitKind::Nation},
    {"90", "演示省", "0", UnitKind::Province},
    {"9001", "演示市", "90", UnitKind::Prefecture},
    {"900100", "市辖区", "9001", UnitKind::County, true},
    {"900103", "丙县", "900100", UnitKind::County},
    {"900101", "甲区", "9001", UnitKind::County},
    {"900101-cg", "甲区城管局", "900101", UnitKind::Agency},
    {"900101-zj", "甲区住建局", "900101", UnitKind::Agency},
    {"900101001", "一街道", "900101", UnitKind::Township},
    {"900101001001", "和平社区", "900101001", UnitKind::Village},
    {"900101001002", "幸福社区", "900101001", UnitKind::Village},
    {"900102", "乙区", "9001", UnitKind::County},
    {"900102001", "二街道", "900102", UnitKind::Township},
    {"900102001001", "东社区", "900102001", UnitKind::Village},
    {"900102-pcs", "派出所", "900102", UnitKind::Agency},
    {"9001-ga", "公安局", "9001", UnitKind::Agency},
    {"area-1", "新区", "9001", UnitKind::Area},
};

template <class T>
T must(Result<T> result) {
  if (!result.ok()) {
    for (const auto& [name, value] : result.error().facts)
      std::fprintf(stderr, "%s=%s ", name.c_str(), value.c_str());
    std::fprintf(stderr, "%s\n", result.error().code.c_str());
  }
  TZ_ASSERT(result.ok());
  return std::move(result).value();
}

std::shared_ptr<const ledger::Policy> policy() {
  return std::make_shared<const ledger::Policy>(
      must(programme::read_policy(embedded_file("policy/policy.yaml"))));
}

}  // namespace

SmallLedger::SmallLedger(std::uint64_t seed)
    : clock(start()), random(seed), other_random(seed + 1'000'000), accounts(quick_passwords()) {
  keyring = access::Keyring::in_memory();
  std::string pattern = (std::filesystem::temp_directory_path() / "small_ledger_XXXXXX").string();
  TZ_ASSERT(::mkdtemp(pattern.data()) != nullptr);
  evidence_folder = pattern;
  evidence = must(evidence::Store::open(evidence_folder));
  signing_key.name = "ledger.example/small";
  other_random.fill(signing_key.seed);
  access::SecretKey key{};
  other_random.fill(key);
  accounts.set_key(key);
}

SmallLedger::~SmallLedger() {
  engine.reset();
  std::error_code ignored;
  std::filesystem::remove_all(evidence_folder, ignored);
}

std::unique_ptr<SmallLedger> SmallLedger::make(SmallLedgerOptions options) {
  std::unique_ptr<SmallLedger> made(new SmallLedger(options.seed));
  SmallLedger& self = *made;
  self.journal = options.journal ? std::move(options.journal)
                                 : journal::open_memory_journal(journal::make_memory_store());
  self.audit = must(
      access::AuditLog::open({self.evidence_folder + "/audit", options.audit}, self.clock, {}));
  const ledger::Genesis genesis = engine::new_genesis(self.signing_key.name, "Asia/Shanghai",
                                                      options.simulated, self.other_random);
  must(engine::create_ledger(*self.journal, genesis, self.clock.now(), *self.keyring,
                             self.other_random));
  self.engine = must(engine::Engine::open(
      {*self.journal, self.clock, self.random, *self.keyring, self.accounts, self.signing_key,
       programme::file_readers(), policy(), "", options.limits}));
  self.add_tree();
  must(self.engine->submit_and_wait(
      {ledger::AdoptFlow{std::string(embedded_file("flows/problem.yaml"))}, {}, {}, {}}));
  self.add_person("recorder", {{"900101001", ledger::Role::Recorder}});
  self.add_person("supervisor", {{"900101", ledger::Role::Supervisor}});
  self.add_person("fixer", {{"900101-zj", ledger::Role::Responsible}});
  self.add_person("fixer_cg", {{"900101-cg", ledger::Role::Responsible}});
  self.add_person("checker", {{"900101", ledger::Role::Verifier}});
  self.add_person("checker_2", {{"9001", ledger::Role::Verifier}});
  self.add_person("outsider",
                  {{"900102", ledger::Role::Recorder}, {"900102", ledger::Role::Supervisor}});
  self.add_person("admin", {{"0", ledger::Role::SystemAdmin}});
  self.add_person("auditor", {{"0", ledger::Role::AuditAdmin}});
  self.add_person("auditor_2", {{"900102", ledger::Role::AuditAdmin}});
  self.add_person("guard", {{"0", ledger::Role::SecurityAdmin}});
  return made;
}

void SmallLedger::add_tree() {
  const Day from = *parse_day("2019-01-01");
  ledger::RegisterUnits command;
  command.source = "a test";
  std::map<std::string, UnitId> ids;
  for (const Row& row : kTree) {
    const UnitId id{static_cast<std::uint32_t>(ids.size())};
    ids[row.code] = id;
    command.rows.push_back(
        {row.code, row.name, ids.at(row.parent), row.kind, row.placeholder, from, {}});
  }
  command.edges.push_back(
      {ids.at("900102-pcs"), ids.at("9001-ga"), ledger::LineKind::Vertical, from, {}});
  command.edges.push_back(
      {ids.at("900102001"), ids.at("area-1"), ledger::LineKind::Area, from, {}});
  must(engine->submit_and_wait({std::move(command), {}, {}, {}}));
}

UnitId SmallLedger::unit(const std::string& code) const {
  const auto found = engine->published().state->tree->find(code);
  TZ_ASSERT(found.has_value());
  return *found;
}

void SmallLedger::add_person(const std::string& name,
                             const std::vector<std::pair<std::string, ledger::Role>>& posts) {
  const std::string hash = must(access::hash_password(kPassword, quick_passwords()));
  Person person;
  person.id = accounts.next_id();
  person.post = PostId{engine->published().state->posts.size() + 1};
  ledger::OpenAccount command;
  command.account = person.id;
  for (const auto& [code, role] : posts) command.posts.emplace_back(unit(code), role);
  engine::Request request;
  request.command = std::move(command);
  request.changes.push_back(must(accounts.add(person.id, name, hash)));
  must(engine->submit_and_wait(std::move(request)));
  auto issued = must(accounts.issue_token(person.id, {"test"}, clock.now(), other_random));
  person.token = issued.text;
  must(engine->submit_and_wait({{}, {}, {}, {std::move(issued.change)}}));
  people_[name] = std::move(person);
}

ledger::ItemNo SmallLedger::open_problem(const std::string& unit_code, const std::string& title) {
  ledger::OpenItem command;
  command.kind = "problem";
  command.place = unit(unit_code);
  command.source = "resident";
  command.title = title;
  engine::Request request;
  request.command = std::move(command);
  request.actor.account = account("recorder");
  return *must(engine->submit_and_wait(std::move(request))).item;
}

}  // namespace tz::support
