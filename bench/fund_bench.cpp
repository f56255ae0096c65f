// Measures one fund under 64 people at once, each waiting until what was asked is on disk, in turn
// with as many who work on plain items in the same ledger. Asking for a loan, promising, paying and
// repaying it keep at least 0.8 of the rate; afterwards the book closes with what was answered.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "engine/create.h"
#include "engine/engine.h"
#include "journal/sqlite_journal.h"
#include "measuring.h"
#include "programme/file_readers.h"
#include "programme/policy_file.h"
#include "real_tree.h"

namespace {

using namespace tz;
using bench::fail;
using bench::ms_since;
using bench::must;
using bench::Steady;

constexpr std::size_t kClients = 64;
constexpr int kPairs = 5;
constexpr double kSeconds = 6;
constexpr double kWarmSeconds = 1;
constexpr double kBar = 0.8;
constexpr Day kToday{18'148};  // 2019-09-09
constexpr Day kDue{kToday.number + 300};
constexpr std::int64_t kCap = 3'000'000;
// So little that some loans are refused for want of money, as under a run on a fund.
constexpr std::int64_t kCapital = 60'000'000;
constexpr std::int64_t kRepayments = 4;  // of one loan

constexpr UnitId kCounty{1};
constexpr UnitId kTownship{2};
constexpr UnitId kVillage{3};

std::string source_text(const std::string& path) {
  return bench::file_text(std::string(TZ_SOURCE) + path);
}

class StandingClock final : public Clock {
 public:
  Instant now() override { return Instant{start_of(kToday, Zone{}).us + 9 * kHourUs}; }

 private:
  static constexpr std::int64_t kHourUs = 3'600'000'000;
};

enum Person : std::size_t { kClerk, kChecker, kFixer, kTown, kLeader, kVerifier, kCashier };
constexpr std::pair<UnitId, ledger::Role> kPosts[] = {
    {kVillage, ledger::Role::Recorder},     {kVillage, ledger::Role::Verifier},
    {kTownship, ledger::Role::Responsible}, {kTownship, ledger::Role::Supervisor},
    {kCounty, ledger::Role::Supervisor},    {kCounty, ledger::Role::Verifier},
    {kCounty, ledger::Role::Responsible}};

// A ledger on disk with one county, the flows of problems and loans, and a fund.
class Town {
 public:
  Town();
  void open();
  void close() {
    engine_.reset();
    journal_.reset();
  }
  [[nodiscard]] engine::Engine& engine() { return *engine_; }
  [[nodiscard]] ledger::FundAccounts accounts() const {
    return engine_->published().state->fund("relief")->accounts;
  }

 private:
  void set_up(ledger::Command command) {
    must(engine_->submit_and_wait({std::move(command), {}, {}, {}}));
  }

  const journal::SqliteOptions options_{"build/bench/fund/journal.db", {}, false};
  std::unique_ptr<journal::Journal> journal_;
  StandingClock clock_;
  SystemRandom random_;
  std::unique_ptr<access::Keyring> keyring_ = access::Keyring::in_memory();
  std::unique_ptr<access::Accounts> accounts_;
  std::unique_ptr<engine::Engine> engine_;
};

void Town::open() {
  journal_ = must(journal::open_sqlite_journal(options_));
  accounts_ = std::make_unique<access::Accounts>();
  const auto policy = std::make_shared<const ledger::Policy>(
      must(programme::read_policy(source_text("/policy/policy.yaml"))));
  engine_ = must(engine::Engine::open({*journal_,
                                       clock_,
                                       random_,
                                       *keyring_,
                                       *accounts_,
                                       {"bench.example", {}},
                                       programme::file_readers(),
                                       policy,
                                       {},
                                       {}}));
}

Town::Town() {
  const std::filesystem::path folder = std::filesystem::path(options_.path).parent_path();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  must(journal::create_sqlite_journal(options_));
  {
    const auto journal = must(journal::open_sqlite_journal(options_));
    const auto genesis = engine::new_genesis("bench.example", "Asia/Shanghai", false, random_);
    must(engine::create_ledger(*journal, genesis, clock_.now(), *keyring_, random_));
  }
  open();
  set_up(ledger::RegisterUnits{
      "bench",
      {{"0", "全国", UnitId{0}, ledger::UnitKind::Nation, false, Day{0}, {}},
       {"6543", "县", UnitId{0}, ledger::UnitKind::County, false, Day{0}, {}},
       {"654301", "乡", kCounty, ledger::UnitKind::Township, false, Day{0}, {}},
       {"654301001", "村", kTownship, ledger::UnitKind::Village, false, Day{0}, {}}},
      {}});
  set_up(ledger::AdoptFlow{source_text("/flows/problem.yaml")});
  set_up(ledger::AdoptFlow{source_text("/flows/loan.yaml")});
  for (std::size_t i = 0; i < std::size(kPosts); ++i)
    set_up(ledger::OpenAccount{AccountId{i + 1}, {kPosts[i]}});
  ledger::OpenFund fund;
  fund.fund = "relief";
  fund.unit = kCounty;
  fund.title_zh = "大病救急周转金";
  fund.title_en = "Relief fund";
  fund.rules = {kCap, 0, 365, 180, 1, "阿政办发〔2019〕1号"};
  fund.key = std::string(64, 'a');
  set_up(fund);
  const auto checker =
      engine_->published().state->posts_of(AccountId{kChecker + 1}, kToday).front().id;
  set_up(ledger::BindCheckers{"relief", {checker}});
  set_up(
      ledger::BookMoney{"relief", ledger::EntrySort::Capital, kCapital, "财政局拨款凭证1号", {}});
}

// What was answered to one client, or to all of them.
struct Answered {
  std::vector<double> waits_ms;  // of what was answered in time
  std::int64_t promised = 0;
  std::int64_t paid = 0;
  std::int64_t repaid = 0;
  std::size_t loans = 0;
  std::size_t short_of_money = 0;
};

// Asks for one thing after another, each when the one before it is durable. When the time is over
// what was begun is ended, and counted no more.
class Client {
 public:
  Client(engine::Engine& engine, std::uint64_t number, Steady::time_point end)
      : engine_(engine), number_(number), random_(number), end_(end) {}

  void work_on_problems() {
    while (Steady::now() < end_) work_on_problem();
  }
  void work_on_loans() {
    while (Steady::now() < end_) work_on_loan();
  }
  [[nodiscard]] const Answered& answered() const { return answered_; }

 private:
  Result<engine::Receipt> ask(Person person, ledger::Command command) {
    const auto begin = Steady::now();
    auto receipt =
        engine_.submit_and_wait({std::move(command), {AccountId{person + 1}, {}}, {}, {}});
    if (receipt.ok() && Steady::now() < end_) answered_.waits_ms.push_back(ms_since(begin));
    return receipt;
  }
  void list(Person person, ledger::OpenItem command) {
    command.place = kVillage;
    at_ = must(ask(person, std::move(command)));
  }
  // The code of a refusal, or none.
  std::string try_step(Person person, const char* step, ledger::ActionInput input) {
    const auto receipt =
        ask(person, ledger::TakeAction{*at_.item, at_.version, step, std::move(input)});
    if (!receipt.ok()) return receipt.error().code;
    at_.version = receipt->version;
    return {};
  }
  void take(Person person, const char* step, ledger::ActionInput input) {
    const std::string code = try_step(person, step, std::move(input));
    if (!code.empty()) fail(std::string(step) + ": " + code);
  }

  void work_on_problem();
  void work_on_loan();
  void ask_for_loan(std::int64_t fen);

  engine::Engine& engine_;
  std::uint64_t number_;
  SeededRandom random_;
  Steady::time_point end_;
  engine::Receipt at_;
  Answered answered_;
};

ledger::ActionInput with_text() {
  ledger::ActionInput out;
  out.text = "所报情况属实，材料齐全，同意按规定办理";
  return out;
}

ledger::ActionInput with_amount(std::int64_t fen) {
  ledger::ActionInput out = with_text();
  out.amount = fen;
  return out;
}

// As many commands as the life of a loan.
void Client::work_on_problem() {
  ledger::OpenItem opening;
  opening.kind = "problem";
  opening.source = "resident";
  opening.fix_class = "by_date";
  opening.title = "楼道堆物影响通行，居民多次反映";
  list(kClerk, std::move(opening));
  ledger::ActionInput assignment = with_text();
  assignment.lead = kTownship;
  assignment.due = kDue;
  take(kLeader, "assign", std::move(assignment));
  ledger::ActionInput plan;
  plan.measures = {{"清理楼道", {}, Day{kToday.number + 30}}};
  plan.criterion = "楼道无堆物";
  plan.quantities = {{"cleared", "corridor", 12, ledger::Qualifier::Exact, {}, 0, {}}};
  take(kFixer, "plan", std::move(plan));
  for (std::int64_t i = 0; i < 3 + kRepayments; ++i) {
    ledger::ActionInput report = with_text();
    report.measure = 1;
    take(kFixer, "report", std::move(report));
  }
}

void Client::ask_for_loan(std::int64_t fen) {
  ledger::OpenItem opening;
  opening.kind = "loan";
  opening.source = "household";
  opening.title = "大病住院，医保报销前周转";
  ledger::AskedLoan loan;
  loan.fund = "relief";
  loan.fen = fen;
  loan.household = "户" + std::to_string(number_);
  loan.episode = "住院" + std::to_string(answered_.loans);
  loan.marks = ledger::loan_marks(as_bytes("key"), loan.household, loan.episode);
  opening.loan = std::move(loan);
  list(kClerk, std::move(opening));
  ++answered_.loans;
}

void Client::work_on_loan() {
  const auto fen = kCap / 2 + static_cast<std::int64_t>(random_.next_u64() % (kCap / 2));
  ask_for_loan(fen);
  take(kChecker, "check", with_text());
  take(kTown, "review", with_text());
  ledger::ActionInput approval = with_amount(fen);
  approval.due = kDue;
  const std::string code = try_step(kLeader, "approve", std::move(approval));
  if (code == "fund_short") {
    ++answered_.short_of_money;
    ledger::ActionInput refusing;
    refusing.reason = "余额不足";
    return take(kTown, "refuse", std::move(refusing));
  }
  if (!code.empty()) fail("approve: " + code);
  answered_.promised += fen;
  take(kCashier, "pay", with_text());
  answered_.paid += fen;
  for (std::int64_t i = 0; i < kRepayments; ++i) {
    const std::int64_t part =
        i == 0 ? fen - (kRepayments - 1) * (fen / kRepayments) : fen / kRepayments;
    take(kCashier, "repay", with_amount(part));
    answered_.repaid += part;
  }
  ledger::ActionInput closing;
  closing.outcome = "repaid";
  take(kLeader, "settle", std::move(closing));
}

struct Measured {
  double commands_a_second = 0;
  double records_a_second = 0;
};

// `all` gains what was answered; its waits are those of this run.
Measured run(Town& town, void (Client::*work)(), double seconds, Answered& all) {
  const std::uint64_t before = town.engine().published().size;
  const auto begin = Steady::now();
  const auto end =
      begin + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kClients; ++i)
    clients.push_back(std::make_unique<Client>(town.engine(), before + i, end));
  for (const auto& client : clients)
    threads.emplace_back([work, one = client.get()] { (one->*work)(); });
  std::this_thread::sleep_until(end);
  const std::uint64_t after = town.engine().published().size;
  for (std::thread& thread : threads) thread.join();
  all.waits_ms.clear();
  for (const auto& client : clients) {
    const Answered& one = client->answered();
    all.waits_ms.insert(all.waits_ms.end(), one.waits_ms.begin(), one.waits_ms.end());
    all.promised += one.promised;
    all.paid += one.paid;
    all.repaid += one.repaid;
    all.loans += one.loans;
    all.short_of_money += one.short_of_money;
  }
  std::sort(all.waits_ms.begin(), all.waits_ms.end());
  return {static_cast<double>(all.waits_ms.size()) / seconds,
          static_cast<double>(after - before) / seconds};
}

void print(const char* what, const Measured& measured, const std::vector<double>& waits) {
  const auto at = [&](double part) {
    return waits[static_cast<std::size_t>(part * static_cast<double>(waits.size() - 1))];
  };
  std::printf("  %-6s %8.0f commands/s, %8.0f records/s, p50 %6.2f ms, p99 %6.2f ms\n", what,
              measured.commands_a_second, measured.records_a_second, at(0.5), at(0.99));
}

// As published, and again as read from the disk.
void check(Town& town, const Answered& all) {
  for (const bool opened_again : {false, true}) {
    if (opened_again) {
      town.close();
      town.open();
    }
    const ledger::FundAccounts book = town.accounts();
    if (!book.sound() || book.available() < 0) fail("the book is not sound");
    if (book.cash != kCapital - all.paid + all.repaid) fail("the balance is not what was answered");
    if (book.advances != all.paid - all.repaid) fail("the advances are not what was answered");
    if (book.committed != all.promised - all.paid) fail("promises are not what was answered");
    if (town.engine().published().state->fund("relief")->loans().size() != all.loans)
      fail("the loans are not those that were answered");
  }
}

}  // namespace

int main() {
  Town town;
  Answered plain;
  Answered lent;
  (void)run(town, &Client::work_on_problems, kWarmSeconds, plain);
  (void)run(town, &Client::work_on_loans, kWarmSeconds, lent);
  std::vector<double> ratios;
  for (int i = 0; i < kPairs; ++i) {
    const Measured items = run(town, &Client::work_on_problems, kSeconds, plain);
    print("items", items, plain.waits_ms);
    const Measured loans = run(town, &Client::work_on_loans, kSeconds, lent);
    print("loans", loans, lent.waits_ms);
    ratios.push_back(loans.commands_a_second / items.commands_a_second);
    std::printf("  ratio %.3f\n", ratios.back());
  }
  check(town, lent);
  std::sort(ratios.begin(), ratios.end());
  const double median = ratios[kPairs / 2];
  std::printf(
      "%zu clients, one fund: %.3f of plain items (median of %d pairs; %.3f to %.3f; bar %.1f); "
      "%zu loans, %zu refused for want of money, %s yuan paid, the book closes\n",
      kClients, median, kPairs, ratios.front(), ratios.back(), kBar, lent.loans,
      lent.short_of_money, ledger::yuan_text(lent.paid).c_str());
  return median >= kBar ? 0 : 1;
}
