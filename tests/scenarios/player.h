// Plays the lines of a scenario (docs/testing.md) over an engine of its own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/scenario_file.h"
#include "support/engine_ledger.h"

namespace tz::test {

class Player final : public CasePlayer {
 public:
  // `whole_life` is the text of the scenario that `given` lines play from.
  explicit Player(std::string whole_life);

  Fault play(const std::string& line) override;
  // given start, given STATE
  Fault play_up_to(std::string_view where) override;
  Fault finish() override;

 private:
  using Line = Fault (Player::*)(const Words&);

  Fault set_day(const Words& words);
  Fault adopt_notice(const Words& words);
  Fault adopt_time_rules(const Words& words);
  Fault add_unit(const Words& words);
  Fault add_line(const Words& words);
  Fault add_post(const Words& words);
  Fault end_post(const Words& words);
  Fault give_acting(const Words& words);
  Fault propose_handover(const Words& words);
  Fault confirm_handover(const Words& words);
  Fault decline_handover(const Words& words);
  Fault set_receiving_key(const Words& words);
  Fault publish_figures(const Words& words);
  Fault reach(const Words& words);
  Fault put_away(const Words& words);
  Fault mail(const Words& words);
  Fault follow();
  Fault act(const Words& words);
  Fault list_duty(const Words& words);
  Fault set_limit(const Words& words);
  Fault succeed(const Words& words);
  Fault adopt_programme(const Words& words);
  Fault import_table(const Words& words);
  Fault seal_coverage(const Words& words);
  Fault keep_proof(const Words& words);
  Fault change_unit(const Words& words);
  Fault end_unit(const Words& words);
  Fault turn_clock(const Words& words);
  Fault send_group(const Words& words);
  Fault change_group(const Words& words);
  Fault end_group(const Words& words);
  Fault record_visit(const Words& words);
  Fault adopt_catalogue(const Words& words);
  Fault answer_as_party(const Words& words);
  Fault set_budget(const Words& words);
  Fault open_fund(const Words& words);
  Fault bind_checkers(const Words& words);
  Fault book_money(const Words& words);
  Fault adopt_projects(const Words& words);
  Fault record_ballot(const Words& words);
  Fault give_code(const Words& words);
  Fault run_scheme(const Words& words);
  Fault add_households(const Words& words);
  Fault move_households(const Words& words);
  Fault publish_roster(const Words& words);
  Fault act_again(const Words& words);
  Fault expect(const Words& words);

  Fault expect_refused(const std::string& code);
  Fault expect_history(const std::string& word);
  Fault expect_text(const std::string& label, const std::string& how);
  Fault expect_sees(const std::string& person, const std::string& answer);
  Fault expect_figure(const Words& words);
  Fault expect_rate(const Words& words);
  Fault expect_verdicts(const Words& words);
  Fault expect_then(const Words& words);
  Fault expect_now(const Words& words);
  Fault expect_clock(const std::string& id, const std::string& how);
  Fault expect_key(const Words& words);
  Fault expect_programme(const Words& words);
  Fault expect_kept(const Words& words);
  Fault expect_held(const Words& words);
  Fault expect_listed(const std::string& count);
  Fault expect_rolls_up(const Words& words);
  Fault expect_told(const std::string& person, const std::string& what, bool of_posts);
  Fault expect_letters(const std::string& person, const std::string& count);
  Fault expect_undelivered(const std::string& person, const std::string& count);
  Fault expect_group(const Words& words);
  Fault expect_knows(const Words& words);
  Fault expect_burden(const Words& words);
  Fault expect_fund(const Words& words);
  Fault expect_candidate(const Words& words);
  Fault expect_total(const Words& words);
  Fault expect_households(const Words& words);
  Fault expect_scheme(const Words& words);
  Fault expect_roster(const Words& words);
  Fault expect_handled(const Words& words);
  Fault expect_reason(const Words& words);
  Fault expect_disputes(const Words& words);
  Fault expect_answered(const Words& words);
  Fault expect_records_seen(const Words& words);
  Fault expect_sound();
  Fault expect_fact(const std::string& name, const std::string& value);

  Result<ledger::Command> command_of(const Words& words);
  Result<ledger::Command> open_command(const std::map<std::string, std::string>& given);
  Result<ledger::Command> report_command(const std::map<std::string, std::string>& given);
  Result<ledger::Command> reporter_command(const Words& words);
  Result<ledger::Command> answer_command(std::map<std::string, std::string> given);
  Result<ledger::Command> activity_command(std::map<std::string, std::string> given);
  Result<ledger::Command> handling_command(std::map<std::string, std::string> given);
  Result<ledger::Command> dispute_command(std::map<std::string, std::string> given);
  Result<ledger::Command> settle_command(std::map<std::string, std::string> given);
  Result<ledger::Command> paper_command(std::map<std::string, std::string> given);
  Result<std::optional<ledger::GivenEnd>> end_of(std::map<std::string, std::string>& given);
  Result<std::vector<UnitId>> named_units(const std::string& codes);
  Result<ledger::Command> redact_command(const ledger::RedactText& at, const std::string& label);
  Result<Json> body_of(const std::map<std::string, std::string>& given);
  Result<ledger::ItemNo> named_item(const std::string& name);
  Result<Json> post_of_checker(const std::string& person);
  void send();
  void name_shares();
  // Asks as that person, or where there is none as the program.
  Fault ask(std::optional<AccountId> account, ledger::Command command);
  // The post of that role that a person holds or held, not one he acts in.
  std::optional<ledger::Post> post_of(const std::string& person, const std::string& role);
  ledger::WorkList work_of(PostId post);
  std::vector<PostId> posts_of(const std::string& persons);
  std::vector<ledger::ItemNo> items_of(const std::string& names);
  std::string fact(const std::string& name, const ledger::Item& item);
  std::string result_fact(const std::string& name, const ledger::Item& item);
  std::string verdict_fact(const std::string& name, const ledger::Item& item);
  std::uint64_t size() { return ledger_.engine().published().size; }

  const std::string whole_life_;
  EngineLedger ledger_;
  Day day_;
  std::map<std::string, AccountId> persons_;
  std::map<std::string, ledger::ItemNo> names_;
  std::map<std::pair<std::string, std::string>, Hash> keys_;  // by unit and name
  std::map<ledger::ItemNo, Seq> version_before_;              // before the item's last change
  std::optional<engine::Request> request_;                    // of the last `do`
  std::optional<Error> refused_;                              // what became of it
  bool owes_success_ = false;
  std::uint64_t do_count_ = 0;
  std::uint64_t size_before_ = 0;  // of the last line that could add records
  std::string code_;               // of the newest report
  std::map<ledger::ItemNo, std::string> codes_;
  std::string wrong_code_;
  std::string own_limits_;  // rows that divisions decided upon
  std::optional<std::string> new_name_;
  std::optional<ledger::ItemNo> item_;  // of the last `do`
  PostId given_;                        // of the last `hand`
  std::map<std::string, ledger::WorkGroupId> groups_;
  std::map<std::string, ledger::DisputeNo> disputes_;
  std::map<std::string, std::vector<std::string>> party_codes_;  // by dispute
  // Proofs as whoever was sent them keeps them, by requirement and unit, with what was signed then.
  std::map<std::pair<std::string, std::string>, std::pair<std::string, merkle::Checkpoint>> kept_;
};

}  // namespace tz::test
