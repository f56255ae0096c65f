// The lines of a scenario, one function each.
#include "scenarios/player.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/embedded.h"
#include "engine/history.h"
#include "engine/verify.h"
#include "ledger/clock.h"
#include "ledger/light.h"
#include "scenarios/line.h"

namespace tz::test {

using namespace ledger;

namespace {

Fault unless_ok(const Result<engine::Receipt>& receipt) {
  if (receipt.ok()) return std::nullopt;
  return fault("refused: " + to_text(receipt.error()));
}

std::string yes_no(bool yes) { return yes ? "yes" : "no"; }
std::string day_text(const std::optional<Day>& day) { return day ? tz::to_text(*day) : "none"; }

}  // namespace

Player::Player(std::string whole_life) : whole_life_(std::move(whole_life)) {
  const Outcome founded = ledger_.found(journal::open_memory_journal(journal::make_memory_store()));
  TZ_ASSERT(founded.ok());
  const auto limits = ledger_.set_up(project_limits());
  const auto adopted = ledger_.set_up(AdoptFlow{request_flow_text()});
  TZ_ASSERT(limits.ok() && adopted.ok());
  TZ_ASSERT(!follow());  // from here on
}

Fault Player::play(const std::string& line) {
  static const std::map<std::string, Line> kLines = {{"acting", &Player::give_acting},
                                                     {"again", &Player::act_again},
                                                     {"ballot", &Player::record_ballot},
                                                     {"bind", &Player::bind_checkers},
                                                     {"budget", &Player::set_budget},
                                                     {"code", &Player::give_code},
                                                     {"catalogue", &Player::adopt_catalogue},
                                                     {"confirm", &Player::confirm_handover},
                                                     {"day", &Player::set_day},
                                                     {"decline", &Player::decline_handover},
                                                     {"disband", &Player::end_group},
                                                     {"do", &Player::act},
                                                     {"duty", &Player::list_duty},
                                                     {"end", &Player::end_post},
                                                     {"expect", &Player::expect},
                                                     {"fund", &Player::open_fund},
                                                     {"group", &Player::send_group},
                                                     {"hand", &Player::propose_handover},
                                                     {"households", &Player::add_households},
                                                     {"import", &Player::import_table},
                                                     {"keep", &Player::keep_proof},
                                                     {"key", &Player::set_receiving_key},
                                                     {"programme", &Player::adopt_programme},
                                                     {"projects", &Player::adopt_projects},
                                                     {"publish", &Player::publish_figures},
                                                     {"move", &Player::move_households},
                                                     {"roster", &Player::publish_roster},
                                                     {"scheme", &Player::run_scheme},
                                                     {"limit", &Player::set_limit},
                                                     {"line", &Player::add_line},
                                                     {"mail", &Player::mail},
                                                     {"money", &Player::book_money},
                                                     {"notice", &Player::adopt_notice},
                                                     {"party", &Player::answer_as_party},
                                                     {"post", &Player::add_post},
                                                     {"seal", &Player::seal_coverage},
                                                     {"succeed", &Player::succeed},
                                                     {"change", &Player::change_unit},
                                                     {"ends", &Player::end_unit},
                                                     {"tick", &Player::turn_clock},
                                                     {"put_away", &Player::put_away},
                                                     {"reach", &Player::reach},
                                                     {"regroup", &Player::change_group},
                                                     {"time_rules", &Player::adopt_time_rules},
                                                     {"unit", &Player::add_unit},
                                                     {"visit", &Player::record_visit}};
  const Words words = words_of(line);
  if (words.empty() || words[0].starts_with("#")) return std::nullopt;
  const auto known = kLines.find(words[0]);
  if (known == kLines.end()) return fault("cannot be read: " + line);
  if (words[0] != "expect")
    if (Fault owed = finish()) return owed;
  return (this->*known->second)(words);
}

Fault Player::play_up_to(std::string_view where) {
  for (const std::string& line : split(whole_life_, '\n')) {
    if (where == "start" && line.starts_with("do ")) return std::nullopt;
    if (Fault wrong = play(line)) return wrong;
    if (!item_ || refused_) continue;
    const auto item = ledger_.engine().item(*item_);
    if (item.ok() && fact("state", *item) == where) return finish();
  }
  if (where == "start") return std::nullopt;
  return fault("the whole life never comes to " + std::string(where));
}

Fault Player::finish() {
  if (!std::exchange(owes_success_, false) || !refused_) return std::nullopt;
  return fault("refused: " + to_text(*refused_));
}

Fault Player::set_day(const Words& words) {
  const auto day = words.size() == 2 ? parse_day(words[1]) : Result<Day>(refusal("bad_day"));
  if (!day.ok()) return fault("a day is needed");
  if (*day < day_) return fault("the clock never goes back");
  day_ = *day;
  ledger_.clock().set_to(day_);
  ledger_.publish();
  return std::nullopt;
}

// The calendar as it is known on that day, the limits, and the kinds that have clocks.
// The holidays as they are known by now.
Fault Player::adopt_notice(const Words&) {
  return unless_ok(ledger_.set_up(
      AdoptTimeRules{std::string(embedded_file("calendar/holidays.csv")), std::nullopt}));
}

Fault Player::adopt_time_rules(const Words&) {
  const auto text_of = [](const char* path) { return std::string(embedded_file(path)); };
  if (Fault refused = unless_ok(ledger_.set_up(
          AdoptTimeRules{text_of("calendar/holidays.csv"), text_of("calendar/limits.csv")})))
    return refused;
  for (const char* file : {"flows/petition.yaml", "flows/hazard.yaml"})
    if (Fault refused = unless_ok(ledger_.set_up(AdoptFlow{text_of(file)}))) return refused;
  return std::nullopt;
}

Fault Player::add_unit(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const auto parent = words.size() == 5 ? state->tree->find(words[3]) : std::nullopt;
  const auto kind = words.size() == 5 ? unit_kind_named(words[4]) : std::nullopt;
  if (!parent || !kind) return fault("unit CODE NAME PARENT KIND is needed");
  return unless_ok(
      ledger_.add_unit({words[1], words[2], *parent, *kind, false, *parse_day("1949-10-01"), {}}));
}

Fault Player::add_line(const Words& words) {
  const auto tree = ledger_.engine().published().state->tree;
  if (words.size() != 4) return fault("line CODE KIND CODE is needed");
  const auto unit = tree->find(words[1]);
  const auto superior = tree->find(words[3]);
  const auto kind = line_kind_named(words[2]);
  if (!unit || !superior || !kind) return fault("line CODE KIND CODE is needed");
  return unless_ok(
      ledger_.set_up(RegisterUnits{"test", {}, {{*unit, *superior, *kind, day_, {}}}}));
}

Fault Player::add_post(const Words& words) {
  if (words.size() != 4) return fault("post PERSON ROLE CODE is needed");
  const auto role = role_named(words[2]);
  const auto unit = ledger_.engine().published().state->tree->find(words[3]);
  if (!role || !unit) return fault("post PERSON ROLE CODE is needed");
  const auto person = persons_.find(words[1]);
  if (person != persons_.end())
    return unless_ok(ledger_.set_up(GrantPost{person->second, *unit, *role}));
  const auto account = ledger_.add_person({{*unit, *role}});
  if (!account.ok()) return fault("refused: " + to_text(account.error()));
  persons_[words[1]] = *account;
  return std::nullopt;
}

Fault Player::act(const Words& words) {
  const bool reporter = words.size() >= 3 && words[1] == "reporter";
  const auto person = words.size() >= 3 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end() && !reporter)
    return fault("do PERSON ACTION is needed, of a person with a post");
  owes_success_ = true;
  size_before_ = size();
  refused_.reset();
  request_.reset();
  auto command = reporter ? reporter_command(words) : command_of(words);
  if (!command.ok()) {
    refused_ = command.error();
    return std::nullopt;
  }
  if (reporter) {
    request_ = engine::Request{std::move(command).value(), {}, {}, {}};
    send();
    return std::nullopt;
  }
  std::string line;
  for (const std::string& word : words) line += word + '\n';
  request_ =
      engine::Request{std::move(command).value(),
                      {person->second, {}},
                      engine::IdempotencyKey{person->second, "do-" + std::to_string(++do_count_),
                                             sha256(as_bytes(line))},
                      {}};
  send();
  return std::nullopt;
}

Fault Player::act_again(const Words&) {
  if (!request_) return fault("there is nothing to be sent again");
  owes_success_ = true;
  size_before_ = size();
  refused_.reset();
  const bool first = version_before_.empty();
  const auto versions = version_before_;
  send();
  if (!first) version_before_ = versions;
  return std::nullopt;
}

void Player::send() {
  std::optional<Seq> before;
  if (item_) {
    const auto item = ledger_.engine().item(*item_);
    if (item.ok()) before = item->last;
  }
  const auto receipt = ledger_.engine().submit_and_wait(*request_);
  if (!receipt.ok()) {
    refused_ = receipt.error();
    return;
  }
  const bool opened = std::holds_alternative<OpenItem>(*request_->command) ||
                      std::holds_alternative<ReceiveReport>(*request_->command);
  if (opened) item_ = receipt->item;
  if (std::holds_alternative<ReceiveReport>(*request_->command)) codes_[*item_] = code_;
  if (opened && new_name_) names_[*new_name_] = *item_;
  if (item_) name_shares();
  if (!opened && before) version_before_[*item_] = *before;
}

// "share1", "share2", …: those of the item last worked on.
void Player::name_shares() {
  const auto item = ledger_.engine().item(*item_);
  if (!item.ok()) return;
  for (std::size_t i = 0; i < item->shares.size(); ++i)
    names_["share" + std::to_string(i + 1)] = item->shares[i];
}

// Whatever the clock has to do about the item by now.
Fault Player::turn_clock(const Words&) {
  if (!item_) return fault("there is no item");
  return ask({}, TurnClock{*item_});
}

// duty DIVISION KIND CATEGORY: all that a community there may be made to lead.
Fault Player::list_duty(const Words& words) {
  if (words.size() != 4) return fault("duty DIVISION KIND CATEGORY is needed");
  return unless_ok(ledger_.set_up(AdoptDuties{"division,kind,category,from,to,basis\n" + words[1] +
                                              ',' + words[2] + ',' + words[3] + ",,,test\n"}));
}

// limit CODE LENGTH DIVISION [starts=WORD] [programme=ID] [from=DAY]: one more row, which stays
// only where the file is adopted with it.
Fault Player::set_limit(const Words& words) {
  auto given = given_of(words, 4);
  if (words.size() < 4 || !given.ok()) return fault("limit CODE LENGTH DIVISION is needed");
  const std::string starts = given->contains("starts") ? taken(*given, "starts") : "started";
  const std::string division = words[3] == "all" ? "" : words[3];
  std::string row = words[1] + ',' + words[2] + ',' + starts + ",yes,,0," + division;
  for (const char* cell : {"programme", "from"}) row += ',' + taken(*given, cell);
  if (!given->empty()) return fault("starts=, programme= and from= may be given");
  row += ",,地方规定,local,test\n";
  std::string text(embedded_file("calendar/limits.csv"));
  Fault asked = ask({}, AdoptTimeRules{std::nullopt, text + own_limits_ + row});
  if (!refused_) own_limits_ += row;
  return asked;
}

Fault Player::succeed(const Words& words) {
  const auto tree = ledger_.engine().published().state->tree;
  const auto unit = words.size() == 3 ? tree->find(words[1]) : std::nullopt;
  const auto successor = words.size() == 3 ? tree->find(words[2]) : std::nullopt;
  if (!unit || !successor) return fault("succeed CODE CODE is needed");
  return ask({}, SucceedUnit{*unit, *successor, {}});
}

Fault Player::expect(const Words& words) {
  if (words.size() < 2) return fault("an expectation is needed");
  const std::string& what = words[1];
  if (what == "refused" && words.size() == 3) return expect_refused(words[2]);
  if (Fault owed = finish()) return owed;
  if (what == "ok" && words.size() == 2) return std::nullopt;
  if (what == "nothing" && words.size() == 3 && words[2] == "new") {
    if (size() == size_before_) return std::nullopt;
    return fault(std::to_string(size() - size_before_) + " new records");
  }
  if (what == "journal" && words.size() == 3 && words[2] == "sound") return expect_sound();
  if (what == "history" && words.size() == 3) return expect_history(words[2]);
  if (what == "figure" && words.size() == 5) return expect_figure(words);
  if ((what == "asked" || what == "shown") && words.size() == 5) return expect_verdicts(words);
  if (what == "rate" && (words.size() == 5 || words.size() == 6)) return expect_rate(words);
  if (what == "held" && words.size() == 6) return expect_held(words);
  if (what == "sealed" && words.size() == 4) return expect_programme(words);
  if (what == "listed" && words.size() == 3) return expect_listed(words[2]);
  if (what == "rolls_up" && words.size() == 6) return expect_rolls_up(words);
  if (what == "kept" && words.size() == 5) return expect_kept(words);
  const bool of_coverage =
      what == "covered" || what == "uncovered" || what == "stands" || what == "proof";
  if (of_coverage && (words.size() == 5 || (what == "stands" && words.size() == 6)))
    return expect_programme(words);
  if (what == "then" && words.size() == 6) return expect_then(words);
  if (what == "now" && words.size() == 5) return expect_now(words);
  if ((what == "key" || what == "coming") && words.size() == 4) return expect_key(words);
  if (what == "households" && words.size() == 6) return expect_households(words);
  if (what == "scheme" && words.size() == 5) return expect_scheme(words);
  if (what == "roster" && words.size() == 5) return expect_roster(words);
  if (what == "group" && words.size() == 5) return expect_group(words);
  if (what == "fund" && words.size() == 5) return expect_fund(words);
  if (what == "knows" && words.size() == 5) return expect_knows(words);
  if (what == "burden" && words.size() == 5) return expect_burden(words);
  if (what == "candidate" && words.size() == 5) return expect_candidate(words);
  if (what == "total" && words.size() == 6) return expect_total(words);
  if (what == "handled" && words.size() == 6) return expect_handled(words);
  if (what == "reason" && words.size() == 5) return expect_reason(words);
  if (what == "disputes" && words.size() == 5) return expect_disputes(words);
  if (what == "answered" && words.size() == 5) return expect_answered(words);
  if (what == "records_seen" && words.size() == 4) return expect_records_seen(words);
  if (what == "sees" && words.size() == 4) return expect_sees(words[2], words[3]);
  const bool of_posts = what == "told_of_posts";
  if ((what == "told" || of_posts) && words.size() == 4)
    return expect_told(words[2], words[3], of_posts);
  if (what == "letters" && words.size() == 4) return expect_letters(words[2], words[3]);
  if (what == "undelivered" && words.size() == 4) return expect_undelivered(words[2], words[3]);
  if (what == "clock" && words.size() == 4) return expect_clock(words[2], words[3]);
  if (what == "text" && words.size() == 4) return expect_text(words[2], words[3]);
  if (words.size() == 3) return expect_fact(what, words[2]);
  return fault("cannot be read: expect " + what);
}

Fault Player::expect_refused(const std::string& code) {
  if (!owes_success_) return fault("nothing was asked for");
  owes_success_ = false;
  if (!refused_) return fault("not refused");
  if (refused_->code != code) return fault("refused: " + to_text(*refused_));
  if (size() != size_before_) return fault("refused, and yet recorded");
  return std::nullopt;
}

Fault Player::expect_history(const std::string& word) {
  const auto entries = engine::history(ledger_.engine(), ledger_.keyring(), *item_);
  if (!entries.ok()) return fault("no history: " + to_text(entries.error()));
  for (const engine::HistoryEntry& entry : *entries) {
    if (entry.record.type == word) return std::nullopt;
    if (entry.record.payload.find(word) != std::string::npos) return std::nullopt;
    for (const auto& text : entry.texts)
      if (text && text->find(word) != std::string::npos) return std::nullopt;
  }
  return fault("the history does not show it");
}

Fault Player::expect_text(const std::string& label, const std::string& how) {
  if (how != "readable" && how != "destroyed") return fault("readable or destroyed is needed");
  const auto entries = engine::history(ledger_.engine(), ledger_.keyring(), *item_);
  if (!entries.ok()) return fault("no history: " + to_text(entries.error()));
  for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry)
    for (std::size_t i = entry->texts.size(); i-- > 0;) {
      if (entry->event.labels[i] != label) continue;
      if (entry->texts[i].has_value() == (how == "readable")) return std::nullopt;
      return fault("it is not " + how);
    }
  return fault("there is no such text");
}

// none, stopped, stopped_late, still, over, or the last day of one that runs.
Fault Player::expect_clock(const std::string& id, const std::string& how) {
  const auto item = ledger_.engine().item(*item_);
  if (!item.ok()) return fault("no item");
  const auto state = ledger_.engine().published().state;
  const auto index = flow_of(*item, *state).clock(id);
  if (!index) return fault("the flow has no clock " + id);
  const ItemClock* clock = clock_of(*item, *index);
  const Instant now = ledger_.clock().now();
  std::string is = "none";
  if (clock != nullptr) is = tz::to_text(clock->due_day);
  if (clock != nullptr && ended(*clock, now)) is = "over";
  if (clock != nullptr && clock->still_since) is = "still";
  if (clock != nullptr && clock->stopped) is = late(*clock, now) ? "stopped_late" : "stopped";
  if (is == how) return std::nullopt;
  return fault("clock " + id + " is " + is);
}

Fault Player::expect_sound() {
  const auto report = ledger_.verify();
  if (!report.ok()) return fault("not verified: " + to_text(report.error()));
  if (report->record_count != size()) return fault("not all records were verified");
  if (report->findings.empty()) return std::nullopt;
  return fault("found " + report->findings.front().code);
}

Fault Player::expect_fact(const std::string& name, const std::string& value) {
  if (!item_) return fault("there is no item");
  const auto item = ledger_.engine().item(*item_);
  if (!item.ok()) return fault("no item: " + to_text(item.error()));
  const std::string is = fact(name, *item);
  if (is == value) return std::nullopt;
  return fault(name + " is " + is);
}

std::string Player::fact(const std::string& name, const Item& item) {
  const engine::Published now = ledger_.engine().published();
  const auto index = now.view->find(item.no);
  if (!index) return "in no list";
  const ItemRow row = now.view->row(*index);
  if (name == "state") return flow_of(item, *now.state).states[item.state].id;
  if (name == "phase") return std::string(ledger::to_text(row.phase));
  if (name == "due") return day_text(row.due);
  if (name == "original_due") return day_text(item.original_due);
  if (name == "overdue") {
    rollup::Filter late;
    late.overdue = true;
    const auto all = now.view->list(late, {}, 1000);
    return yes_no(std::find(all.begin(), all.end(), *index) != all.end());
  }
  if (name == "fixed") return yes_no(row.fixed);
  if (name == "closures") return std::to_string(item.closures.size());
  if (name == "reopened") return std::to_string(row.reopened);
  if (name == "returned") return std::to_string(item.returned);
  if (name == "newest_origin") {
    const auto entries = engine::history(ledger_.engine(), ledger_.keyring(), item.no);
    return entries.ok() ? std::string(to_text(entries->back().event.origin)) : "no history";
  }
  if (name == "evidence")
    return std::to_string(std::count_if(item.evidence.begin(), item.evidence.end(),
                                        [](const EvidenceNote& note) { return !note.destroyed; }));
  if (name == "place") return std::string(now.state->tree->code(row.place));
  if (name == "source") return item.source;
  if (name == "recorder") {
    for (const auto& [person, account] : persons_)
      if (item.recorder_account == account) return person;
    return "nobody";
  }
  if (name == "category") return item.category.value_or("none");
  if (name == "nature") return item.nature ? std::string(to_text(*item.nature)) : "none";
  if (name == "severity") return item.severity ? std::string(to_text(*item.severity)) : "none";
  if (name == "recurred") return std::to_string(row.recurred);
  if (name == "rebounded") return yes_no(row.rebounded);
  if (name == "shares") return std::to_string(item.shares.size());
  if (name == "steps") return std::to_string(std::popcount(item.deadline_steps));
  if (name == "part_steps")
    return item.parts.empty() ? "no part" : std::to_string(std::popcount(item.parts.back().steps));
  if (name == "claimed") {
    std::string out;
    for (const Quantity& one : item.claimed)
      out += (out.empty() ? "" : ",") + one.id + ":" + std::to_string(one.value);
    return out.empty() ? "none" : out;
  }
  if (name == "light") {
    const auto lit = light_of(*now.state, item, ledger_.clock().now());
    return lit ? std::string(to_text(lit->reason)) : "none";
  }
  if (name == "response") {
    constexpr std::array<const char*, 4> kWords = {"none", "awaited", "in_time", "late"};
    return kWords[static_cast<std::size_t>(row.response)];
  }
  if (name == "progress")
    return item.progress ? std::to_string(item.progress->percent) : std::string("none");
  if (name == "merged_into") {
    for (const auto& [known, no] : names_)
      if (item.merged_into == no) return known;
    return "none";
  }
  const std::string result = result_fact(name, item);
  return result == "no fact" ? verdict_fact(name, item) : result;
}

}  // namespace tz::test
