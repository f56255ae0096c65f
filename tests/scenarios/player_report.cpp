// What a reporter does in a scenario: he has no account, only his query code.
#include <charconv>

#include "access/envelope.h"
#include "access/key_halves.h"
#include "access/query_code.h"
#include "ledger/permission.h"
#include "ledger/receiver.h"
#include "rollup/public_figures.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

std::uint16_t number_of(const std::string& text) {
  std::uint16_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Verdict verdict_of(const std::string& word) {
  if (word == "yes") return Verdict::Yes;
  return word == "no" ? Verdict::No : Verdict::NoAnswer;
}

}  // namespace

// key CODE [NAME]: the same name is the same key.
Fault Player::set_receiving_key(const Words& words) {
  const bool fits = words.size() == 2 || words.size() == 3;
  const auto unit = fits ? ledger_.engine().published().state->tree->find(words[1]) : std::nullopt;
  if (!unit) return ScenarioFault{"key CODE [NAME] is needed"};
  const std::string name = words.size() == 3 ? words[2] : "first";
  const auto [key, fresh] = keys_.try_emplace({words[1], name});
  if (fresh) {
    SeededRandom random(keys_.size());
    key->second = access::new_receiving_key(words[1], random).key;
  }
  return ask(std::nullopt, SetReceivingKey{*unit, key->second});
}

// expect key CODE NAME: what is sealed today is sealed to that one. expect coming CODE (DAY | none)
Fault Player::expect_key(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const auto unit = state->tree->find(words[2]);
  if (!unit || !state->receiving_keys.contains(*unit)) return ScenarioFault{"the unit has no key"};
  const ReceivingKeys& keys = *state->receiving_keys.find(*unit);
  if (words[1] == "coming") {
    const ReceivingKey* coming = keys.coming(day_);
    const std::string shown = coming == nullptr ? "none" : to_text(coming->from);
    if (shown == words[3]) return std::nullopt;
    return ScenarioFault{"it is " + shown};
  }
  const auto wanted = keys_.find({words[2], words[3]});
  const auto holder = key_holder(*state, {}, *unit, day_);
  if (wanted != keys_.end() && holder->unit == *unit && holder->key == wanted->second)
    return std::nullopt;
  return ScenarioFault{"it is another key"};
}

Fault Player::publish_figures(const Words& words) {
  const auto month = words.size() == 2 ? parse_day(words[1] + "-01") : parse_day("");
  if (!month.ok()) return ScenarioFault{"a month is needed"};
  const auto published = ledger_.engine().published();
  const std::uint8_t kind = *published.state->kind_index("request");
  const auto& view = *published.view;
  const auto countable = rollup::countable(view, *published.state->accusations, kind);
  return ask(std::nullopt,
             PublishFigures{"request", *month, rollup::public_figures(view, countable, *month)});
}

// expect figure CODE MONTH (COUNT | withheld)
Fault Player::expect_figure(const Words& words) {
  const auto state = ledger_.engine().published().state;
  const auto unit = state->tree->find(words[2]);
  const auto day = parse_day(words[3] + "-01");
  if (!unit || !day.ok()) return ScenarioFault{"a unit and a month are needed"};
  const PublicMonth* month = state->public_month(*state->kind_index("request"), *day);
  if (month == nullptr) return ScenarioFault{"nothing is published of " + words[3]};
  std::string shown = "withheld";
  for (const PublicFigure& figure : month->figures)
    if (figure.unit == *unit) shown = std::to_string(figure.received);
  if (shown == words[4]) return std::nullopt;
  return ScenarioFault{"it is " + shown};
}

Result<Command> Player::reporter_command(const Words& words) {
  Given given = TZ_TRY(given_of(words, 3));
  if (words[2] == "send") return report_command(given);
  if (given.contains("item")) item_ = TZ_TRY(named_item(given["item"]));
  if (!item_) return refusal("scenario_item");
  const auto item = TZ_TRY(ledger_.engine().item(*item_));
  const Hash salt = item.report ? item.report->code_salt : Hash{};
  const std::string code = given["code"] == "wrong" ? wrong_code_ : codes_[*item_];
  const Hash hash = access::hash_of_code(code, salt);
  if (words[2] == "reply")
    return Command(AnswerQuestion{*item_, hash, number_of(given["question"]), given["text"]});
  if (words[2] == "verdict")
    return Command(JudgeReport{*item_, hash, closing_that_stands(item), verdict_of(given["solved"]),
                               verdict_of(given["satisfied"]), verdict_why_named(given["why"]),
                               given["text"]});
  return refusal("scenario_action", {{"word", words[2]}});
}

// Sealed as the door does it, where there is a key.
Result<Command> Player::report_command(const std::map<std::string, std::string>& given) {
  const auto state = ledger_.engine().published().state;
  const auto text_of = [&](const char* key) {
    const auto found = given.find(key);
    return found == given.end() ? std::string() : found->second;
  };
  ReceiveReport command;
  command.kind = "request";
  command.text = text_of("text");
  if (given.contains("category")) command.category = text_of("category");
  if (given.contains("source")) command.source = text_of("source");
  new_name_.reset();
  if (given.contains("as")) new_name_ = text_of("as");
  if (given.contains("accused"))
    for (const std::string& code : split(text_of("accused"), ','))
      if (const auto unit = state->tree->find(code)) command.accused.push_back(*unit);
  const auto place = state->tree->find(text_of("unit"));
  command.place = place.value_or(UnitId{0});
  const auto manner = manner_named(given.contains("manner") ? text_of("manner") : "anonymous");
  if (!manner) return refusal("scenario_key", {{"word", "manner"}});
  command.manner = *manner;
  if (*manner == Manner::Named) command.reporter = text_of("name");
  SeededRandom random(++do_count_);
  if (*manner == Manner::ReceiverOnly) {
    const UnitId receiver = command.accused.empty()
                                ? command.place
                                : TZ_TRY(receiver_of(*state, command.accused, day_));
    const auto holder = key_holder(*state, command.accused, receiver, day_);
    if (!holder) return refusal("receiving_key_none");
    const auto stale = keys_.find({std::string(state->tree->code(holder->unit)), text_of("key")});
    const Hash key = stale == keys_.end() ? holder->key : stale->second;
    const auto sealed = access::seal_to(key, text_of("name"), random);
    command.envelope = GivenEnvelope{holder->unit, key, sealed.commitment, to_base64(sealed.box)};
  }
  code_ = access::new_query_code(random);
  wrong_code_ = access::new_query_code(random);
  random.fill(command.code_salt);
  command.code_hash = access::hash_of_code(code_, command.code_salt);
  return Command(std::move(command));
}

Fault Player::expect_sees(const std::string& person, const std::string& answer) {
  const auto known = persons_.find(person);
  if (known == persons_.end() || !item_) return ScenarioFault{"sees PERSON yes|no is needed"};
  const auto item = ledger_.engine().item(*item_);
  if (!item.ok()) return ScenarioFault{"no item"};
  const auto state = ledger_.engine().published().state;
  const bool sees = may_read(*state, known->second, *item, day_);
  if (sees == (answer == "yes")) return std::nullopt;
  return ScenarioFault{person + (sees ? " sees it" : " does not see it")};
}

}  // namespace tz::test
