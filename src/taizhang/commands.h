// The program's commands: what each is given, and its exit code (0 done, 1 refused or found wrong).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/message.h"
#include "base/result.h"
#include "ledger/event.h"

namespace tz::program {

// What every command is given: how it speaks.
struct Speech {
  Language language = Language::Chinese;
  bool json = false;

  // The words of the locale files for a key.
  [[nodiscard]] std::string word(std::string_view key, const Facts& facts = {}) const;
  // Prints them, with a line end, on standard output.
  void say(std::string_view key, const Facts& facts = {}) const;
  // Says of a simulated ledger on standard error that it is one.
  void banner(const ledger::Genesis& genesis) const;
  // Prints an error's sentence on standard error, or {"error": …} on standard output where JSON is
  // wanted; gives the exit code 1.
  int refuse(const Error& error) const;
  // The same for words that are no command, or lack something; gives the exit code 2.
  int misuse(std::string_view key, const Facts& facts = {}) const;
  [[nodiscard]] Json error_json(const Error& error) const;  // {code, failure, facts, sentence}
  // Prints progress on a terminal; silent in a pipe.
  void progress(std::uint64_t done, std::uint64_t of) const;
};

struct InitOptions {
  std::string folder;
  std::string divisions;  // folder with the five CSV files; empty: only the national root
  std::string as_of = "2019-10-31";
  std::string origin = "taizhang.example/ledger";
  std::string zone = "Asia/Shanghai";
};
int run_init(const InitOptions& options, const Speech& speech);

struct ServeOptions {
  std::string folder;
  std::string listen = "127.0.0.1:8020";
  std::string tls_cert;
  std::string tls_key;
  bool tls_self = false;
};
int run_serve(const ServeOptions& options, const Speech& speech);

struct NotifyOptions {
  std::string folder;
  std::string mail;  // to whom
};
int run_notify_test(const NotifyOptions& options, const Speech& speech);

struct VerifyOptions {
  std::string folder;
  std::string against;  // a file with a checkpoint
};
int run_verify(const VerifyOptions& options, const Speech& speech);

struct ReplayOptions {
  std::string folder;
};
int run_replay(const ReplayOptions& options, const Speech& speech);

struct ImportUnitsOptions {
  std::string folder;
  std::string file;
};
int run_import_units(const ImportUnitsOptions& options, const Speech& speech);

struct ImportItemsOptions {
  std::string folder;
  std::string file;
  std::string into;
  std::string kind = "problem";
  bool dry_run = false;
  bool again = false;  // though a file of this content was taken in before
  bool print_template = false;
};
int run_import_items(const ImportItemsOptions& options, const Speech& speech);

struct UnitsOptions {
  std::string folder;
  std::string unit = "0";
  bool count = false;
};
int run_units(const UnitsOptions& options, const Speech& speech);

struct ItemsOptions {
  std::string folder;
  std::string unit = "0";
  std::string kind;  // empty: all
  bool open = false;
  bool overdue = false;
  std::int64_t limit = 100;
  std::string as_of;  // a moment, a day or @POSITION; empty: now
};
int run_items(const ItemsOptions& options, const Speech& speech);

struct RollupOptions {
  std::string folder;
  std::string unit;
  std::string by = "child";
  std::string as_of;  // a moment, a day or @POSITION; empty: now
};
int run_rollup(const RollupOptions& options, const Speech& speech);

struct RatesOptions {
  std::string folder;
  std::string unit;
  std::string kind;  // empty: all
  std::string by = "kind";
  std::string period = "opened";
  std::string from;
  std::string to;
  std::string as_of;  // a moment, a day or @POSITION; empty: now
};
int run_rates(const RatesOptions& options, const Speech& speech);

struct DeadlineOptions {
  std::string from;  // a day
  std::string at;    // "15:30"; empty: 00:00
  std::string plus;  // "15d"; empty: as long as the rule says
  std::string rule;
  std::string programme;  // whose rules hold
  std::string region;     // the beginning of a division code
  std::string zone = "Asia/Shanghai";
  std::string as_known;  // a day, or a version of the calendar; empty: the newest
  std::vector<std::string> pauses;
  std::vector<std::string> extensions;
};
int run_deadline(const DeadlineOptions& options, const Speech& speech);

int run_flow_check(const std::string& file, const Speech& speech);
int run_policy_check(const std::string& file, const Speech& speech);
int run_services_check(const std::string& file, const Speech& speech);

struct LimitsCheckOptions {
  std::string file;
  std::string folder;  // of the ledger that would adopt it; empty: against the flows built in
};
int run_limits_check(const LimitsCheckOptions& options, const Speech& speech);

struct ProgrammeCheckOptions {
  std::string file;
  std::string folder;  // of the ledger whose units it is checked against; empty: of none
};
int run_programme_check(const ProgrammeCheckOptions& options, const Speech& speech);

struct ProgrammePlanOptions {
  std::string folder;
  std::string file;
};
int run_programme_plan(const ProgrammePlanOptions& options, const Speech& speech);

struct ProgrammeAdoptOptions {
  std::string folder;
  std::string file;
};
int run_programme_adopt(const ProgrammeAdoptOptions& options, const Speech& speech);

struct ProgrammeListOptions {
  std::string folder;
};
int run_programme_list(const ProgrammeListOptions& options, const Speech& speech);

struct CoverageOptions {
  std::string folder;
  std::string programme;
  std::string unit = "0";
  std::string requirement;  // empty: all
  bool uncovered = false;   // nothing but who is not covered
  std::int64_t limit = 20;  // of those, at most so many of a requirement
  std::string as_of;        // a moment, a day or @POSITION; empty: now
  std::string proof;        // files to write; empty: none
  bool leaf = false;        // the proof is of the unit alone
  std::string leaves;
};
int run_coverage(const CoverageOptions& options, const Speech& speech);

struct VerifyCoverageOptions {
  std::string file;        // the proof
  std::string checkpoint;  // a file
  std::string key;         // the file with the log's public key; empty: signatures are not checked
  std::string full;        // the file with all leaves; empty: none
  std::string divisions;   // the folder with the published list; empty: none
};
int run_verify_coverage(const VerifyCoverageOptions& options, const Speech& speech);

// Prints docs/access.md, made from the policy of this program.
int run_policy_page(const Speech& speech);

struct AccountOptions {
  std::string folder;
  std::string name;
  std::string unit;
  std::string role;
  std::int64_t hours = 0;     // of support
  std::string reason;         // of an erasure: asked, left, mistake or order
  std::string password_file;  // "-": standard input; empty: one is made and printed
  std::string subject;        // at the identity provider
  bool keep_password = false;
};
int run_account_add(const AccountOptions& options, const Speech& speech);
int run_account_bind(const AccountOptions& options, const Speech& speech);
int run_account_code_off(const AccountOptions& options, const Speech& speech);
int run_account_disable(const AccountOptions& options, const Speech& speech);
int run_account_enable(const AccountOptions& options, const Speech& speech);
int run_account_erase(const AccountOptions& options, const Speech& speech);
int run_account_list(const AccountOptions& options, const Speech& speech);
int run_account_password(const AccountOptions& options, const Speech& speech);
int run_account_support(const AccountOptions& options, const Speech& speech);
int run_account_unbind(const AccountOptions& options, const Speech& speech);
int run_account_unlock(const AccountOptions& options, const Speech& speech);

struct BackupOptions {
  std::string folder;
  std::string file;
  std::vector<std::string> recipients;
};
int run_backup(const BackupOptions& options, const Speech& speech);
int run_backup_key(const std::string& file, const Speech& speech);

struct RestoreOptions {
  std::string file;
  std::string folder;
  std::string key;       // the file of the backup key
  std::string keys;      // the archive of the ledger's keys; empty: FILE.keys
  std::string erasures;  // the newest erasures.txt there is
  bool without_erasures = false;
};
int run_restore(const RestoreOptions& options, const Speech& speech);

struct EraseOptions {
  std::string folder;
  std::string item;
  std::string reason;
};
int run_erase(const EraseOptions& options, const Speech& speech);

struct RetainOptions {
  std::string folder;
};
int run_retain(const RetainOptions& options, const Speech& speech);

struct FiguresOptions {
  std::string folder;
};
int run_figures_publish(const FiguresOptions& options, const Speech& speech);
struct FiguresStatedOptions {
  std::string folder;
  std::int64_t row = 0;  // of the article's table; 0: all
};
int run_figures_stated(const FiguresStatedOptions& options, const Speech& speech);

struct FundOptions {
  std::string folder;
  std::string fund;
  std::string unit;
  std::string title;
  std::string title_en;
  std::string cap;  // amounts in yuan
  std::string small_amount = "0";
  std::int64_t term_days = 365;
  std::int64_t extension_days = 0;
  std::int64_t extensions = 0;
  std::string basis;
  std::string sort;
  std::string amount;
  std::string document;
  std::string loan;  // empty: of none
  std::vector<std::uint64_t> posts;
  std::string from;
  std::string to;
  std::string by = "month";
};
int run_fund_open(const FundOptions& options, const Speech& speech);
int run_fund_add(const FundOptions& options, const Speech& speech);
int run_fund_checkers(const FundOptions& options, const Speech& speech);
int run_fund_statement(const FundOptions& options, const Speech& speech);
int run_fund_balance(const FundOptions& options, const Speech& speech);

struct BallotOptions {
  std::string folder;
  std::string unit = "0";
  std::string ballot;      // its number
  std::string file;        // the JSON that POST /api/v1/ballots takes
  std::string token_file;  // of who records it; "-": standard input
};
int run_ballot_list(const BallotOptions& options, const Speech& speech);
int run_ballot_record(const BallotOptions& options, const Speech& speech);
int run_ballot_show(const BallotOptions& options, const Speech& speech);

struct SchemeOptions {
  std::string folder;
  std::string scheme;
  std::string unit;        // empty: the units of the scheme
  std::string file;        // the JSON that its route takes
  std::string token_file;  // of who does it; "-": standard input
};
int run_scheme_freeze(const SchemeOptions& options, const Speech& speech);
int run_scheme_list(const SchemeOptions& options, const Speech& speech);
int run_scheme_open(const SchemeOptions& options, const Speech& speech);
int run_scheme_signing(const SchemeOptions& options, const Speech& speech);
int run_scheme_stages(const SchemeOptions& options, const Speech& speech);

struct KeysOptions {
  std::string folder;
  bool wrapping = false;
  bool accounts = false;
};
int run_keys_list(const KeysOptions& options, const Speech& speech);
int run_keys_renew(const KeysOptions& options, const Speech& speech);

struct PostOptions {
  std::string folder;
  std::string name;  // the account
  std::string unit;
  std::string role;
  std::string post;  // its number
};
int run_post_add(const PostOptions& options, const Speech& speech);
int run_post_end(const PostOptions& options, const Speech& speech);
int run_post_list(const PostOptions& options, const Speech& speech);

struct ActingOptions {
  std::string folder;
  std::string place;  // numbers of posts
  std::string by;
  std::string from;  // days; empty: today
  std::string to;
};
int run_post_acting(const ActingOptions& options, const Speech& speech);

struct HandoverOptions {
  std::string folder;
  std::string from;  // numbers of posts
  std::string to;
  std::string handover;  // its number
};
int run_handover_confirm(const HandoverOptions& options, const Speech& speech);
int run_handover_end(const HandoverOptions& options, const Speech& speech);
int run_handover_list(const HandoverOptions& options, const Speech& speech);
int run_handover_propose(const HandoverOptions& options, const Speech& speech);

struct TokenOptions {
  std::string folder;
  std::string name;  // the account
  std::string label = "command line";
  std::string scope = "all";
  std::int64_t days = 366;
  std::string token;  // as token list shows it
};
int run_token_add(const TokenOptions& options, const Speech& speech);
int run_token_list(const TokenOptions& options, const Speech& speech);
int run_token_revoke(const TokenOptions& options, const Speech& speech);

struct AuditOptions {
  std::string folder;
  std::string against;  // "ROWS HASH", kept elsewhere
};
int run_audit_renew(const AuditOptions& options, const Speech& speech);
int run_audit_verify(const AuditOptions& options, const Speech& speech);

struct ReceivingKeyOptions {
  std::string out_a;
  std::string out_b;
  std::string label;
  std::string folder;
  std::string unit;
  std::string key;  // hex
};
struct FlowAdoptOptions {
  std::string folder;
  std::string file;
};
int run_flow_adopt(const FlowAdoptOptions& options, const Speech& speech);
int run_budget_adopt(const FlowAdoptOptions& options, const Speech& speech);
int run_duties_adopt(const FlowAdoptOptions& options, const Speech& speech);
int run_services_adopt(const FlowAdoptOptions& options, const Speech& speech);

struct SucceedOptions {
  std::string folder;
  std::string unit;
  std::string successor;
  std::string from;  // empty: today
};
int run_units_succeed(const SucceedOptions& options, const Speech& speech);

struct UnitsDiffOptions {
  std::string before;  // a ledger, or a folder with the five CSV files
  std::string after;   // such a folder
  std::string file;    // to be written; empty: standard output
};
int run_units_diff(const UnitsDiffOptions& options, const Speech& speech);
struct UnitsApplyOptions {
  std::string folder;
  std::string file;
  std::string from;    // the day from which the changes hold
  std::string source;  // empty: the name of the file
  bool leave_undecided = false;
  bool dry_run = false;
};
int run_units_apply(const UnitsApplyOptions& options, const Speech& speech);

// Empty: the file that is built in.
struct CalendarAdoptOptions {
  std::string folder;
  std::string holidays;
  std::string limits;
};
int run_calendar_adopt(const CalendarAdoptOptions& options, const Speech& speech);

int run_receiving_key_make(const ReceivingKeyOptions& options, const Speech& speech);
int run_receiving_key_set(const ReceivingKeyOptions& options, const Speech& speech);

struct UnsealOptions {
  std::string file;
  std::vector<std::string> halves;  // two files
};
int run_unseal(const UnsealOptions& options, const Speech& speech);

struct DemoOptions {
  std::string folder;
  std::string divisions;
};
int run_demo(const DemoOptions& options, const Speech& speech);

}  // namespace tz::program
