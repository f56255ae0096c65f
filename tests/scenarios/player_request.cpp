// From the words after `do` to the command that the API would make of them.
#include <charconv>
#include <set>

#include "engine/draw_root.h"
#include "engine/history.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

namespace {

Json list_of(const std::string& text) {
  JsonArray out;
  for (std::string& one : split(text, ',')) out.emplace_back(std::move(one));
  return out;
}

Json number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return text;
  return value;
}

// "dust:<=35:ug_m3", "spaces:>224:space@2019-09-10": over so many, as of a day; "~" is about.
Result<Json> quantities_of_text(const std::string& text) {
  JsonArray out;
  for (const std::string& one : split(text, ',')) {
    const std::size_t at = one.find('@');
    const Words parts = split(one.substr(0, at), ':');
    if (parts.size() != 3 && parts.size() != 4) return refusal("scenario_quantity");
    Json quantity;
    const bool most = parts[1].starts_with("<=");
    const bool over = parts[1].starts_with('>');
    const bool about = parts[1].starts_with('~');
    quantity.set("id", parts[0]).set("unit", parts[2]);
    quantity.set("value", number(parts[1].substr(most ? 2 : over || about ? 1 : 0)));
    if (most) quantity.set("bound", "at_most");
    if (over) quantity.set("qualifier", "over");
    if (about) quantity.set("qualifier", "about");
    if (at != std::string::npos) quantity.set("as_of", one.substr(at + 1));
    if (parts.size() == 4) quantity.set("baseline", number(parts[3]));
    out.push_back(std::move(quantity));
  }
  return Json(std::move(out));
}

Result<Json> measures_of_text(const std::string& text) {
  JsonArray out;
  for (const std::string& one : split(text, ';')) {
    const Words parts = split(one, '@');
    if (parts.size() != 2) return refusal("scenario_measure");
    Json measure;
    measure.set("text", parts[0]).set("due", parts[1]);
    out.push_back(std::move(measure));
  }
  return Json(std::move(out));
}

// "1@2019-09-30,2@2019-10-31"
Result<Json> milestones_of_text(const std::string& text) {
  JsonArray out;
  for (const std::string& one : split(text, ',')) {
    const Words parts = split(one, '@');
    if (parts.size() != 2) return refusal("scenario_milestone");
    Json milestone;
    milestone.set("measure", number(parts[0])).set("day", parts[1]);
    out.push_back(std::move(milestone));
  }
  return Json(std::move(out));
}

// "CODE:words@DAY", parted by semicolons: parts of supporting units, or shares of their own, which
// may name their place too: "CODE/PLACE:words@DAY".
Result<Json> units_of_text(const std::string& text, const char* unit, const char* words) {
  JsonArray out;
  for (const std::string& one : split(text, ';')) {
    const std::size_t colon = one.find(':');
    const std::size_t at = one.rfind('@');
    if (colon == std::string::npos || at == std::string::npos || at < colon)
      return refusal("scenario_part");
    const std::string code = one.substr(0, colon);
    const std::size_t stroke = code.find('/');
    Json part;
    part.set(unit, code.substr(0, stroke)).set(words, one.substr(colon + 1, at - colon - 1));
    if (stroke != std::string::npos) part.set("unit", code.substr(stroke + 1));
    part.set("due", one.substr(at + 1));
    out.push_back(std::move(part));
  }
  return Json(std::move(out));
}

// Files made up under these names.
Json evidence_of_text(const std::string& text) {
  JsonArray out;
  for (const std::string& name : split(text, ',')) {
    Json file;
    file.set("sha256", to_hex(sha256(as_bytes(name)))).set("name", name);
    out.push_back(std::move(file));
  }
  return out;
}

Result<std::string> drawn_at(const Item& item, const std::string& nth) {
  const auto at = number(nth);
  if (!item.lot || at.as_int() == nullptr || *at.as_int() < 1 ||
      static_cast<std::size_t>(*at.as_int()) > item.lot->drawn.size())
    return refusal("scenario_nth");
  return std::to_string(item.lot->drawn[static_cast<std::size_t>(*at.as_int()) - 1].number);
}

}  // namespace

Result<Command> Player::command_of(const Words& words) {
  Given given = TZ_TRY(given_of(words, 3));
  if (words[2] == "open") return open_command(given);
  if (words[2] == "record") return report_command(given);
  if (words[2] == "hold") return activity_command(std::move(given));
  if (words[2] == "handle") return handling_command(std::move(given));
  if (words[2] == "dispute") return dispute_command(std::move(given));
  if (words[2] == "settle_dispute") return settle_command(std::move(given));
  if (words[2] == "enter") return paper_command(std::move(given));
  if (given.contains("requirement")) return answer_command(std::move(given));
  const std::string name = taken(given, "item");
  if (!name.empty()) item_ = TZ_TRY(named_item(name));
  if (!item_) return refusal("scenario_item");
  const auto item = TZ_TRY(ledger_.engine().item(*item_));
  std::optional<Seq> seen = item.last;
  const std::string stated = taken(given, "seen");
  if (stated == "before") {
    const auto before = version_before_.find(*item_);
    if (before == version_before_.end()) return refusal("scenario_no_version_before");
    seen = before->second;
  } else if (!stated.empty()) {
    return refusal("scenario_seen", {{"word", stated}});
  }
  if (words[2] == "reporter") return Command(ReadReporter{*item_});
  std::optional<ItemNo> known_as;
  if (const std::string known = taken(given, "known_as"); !known.empty())
    known_as = TZ_TRY(named_item(known));
  if (words[2] == "correct") {
    CorrectItem command{
        *item_,  seen, taken(given, "field"), taken(given, "value"), taken(given, "reason"),
        known_as};
    if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
    return Command(std::move(command));
  }
  if (words[2] == "redact") {
    const std::string label = taken(given, "text");
    const std::string file = taken(given, "file");
    if (taken(given, "all") == "yes") {
      EraseItem erase{*item_, seen, taken(given, "reason")};
      if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
      return Command(std::move(erase));
    }
    RedactText command{*item_, seen, Seq{0}, 0, taken(given, "reason")};
    if (!given.empty()) return refusal("scenario_key", {{"word", given.begin()->first}});
    if (file != "newest") return redact_command(command, label);
    if (item.evidence.empty()) return refusal("scenario_file");
    command.record = item.evidence.back().record;
    command.part.reset();
    return Command(command);
  }
  // The n-th of those who were drawn: who that is, nobody knows beforehand.
  if (given.contains("nth")) given["drawn"] = TZ_TRY(drawn_at(item, taken(given, "nth")));
  const Json body = TZ_TRY(body_of(given));
  const auto tree = ledger_.engine().published().state->tree;
  TakeAction action{*item_, seen, words[2], TZ_TRY(read_action_input(body, *tree))};
  action.input.known_as = known_as;
  const auto root = engine::draw_root(ledger_.engine(), item);
  if (words[2] == "draw" && root.ok()) action.input.root = *root;
  return Command(std::move(action));
}

Result<Command> Player::open_command(const Given& given) {
  Json body(JsonObject{});
  body.set("kind", given.contains("kind") ? given.at("kind") : "problem");
  new_name_.reset();
  std::vector<ItemNo> before;
  std::optional<ItemNo> known_as;
  for (const auto& [key, value] : given)
    if (key == "as")
      new_name_ = value;
    else if (key == "known_as")
      known_as = TZ_TRY(named_item(value));
    else if (key == "closed_before")
      before.push_back(TZ_TRY(named_item(value)));
    else if (key == "split_from")
      body.set(key, ledger::to_text(TZ_TRY(named_item(value))));
    else if (key == "accused" || key == "implementing")
      body.set(key, list_of(value));
    else if (key == "amount")
      body.set(key, number(value));
    else if (key == "model")
      body.set(key, ledger::to_text(TZ_TRY(named_item(value))));
    else if (key != "kind")
      body.set(key, value);
  OpenItem command = TZ_TRY(read_open_item(body, *ledger_.engine().published().state->tree));
  command.closed_before = before;
  command.known_as = known_as;
  if (command.loan)
    command.loan->marks =
        loan_marks(as_bytes("scenario"), command.loan->household, command.loan->episode);
  return Command(std::move(command));
}

// The item's newest text of that label.
Result<Command> Player::redact_command(const RedactText& at, const std::string& label) {
  RedactText command = at;
  const auto entries = TZ_TRY(engine::history(ledger_.engine(), ledger_.keyring(), at.item));
  bool known = false;
  for (const engine::HistoryEntry& entry : entries)
    for (std::size_t i = 0; i < entry.event.labels.size(); ++i) {
      if (entry.event.labels[i] != label) continue;
      command.record = entry.record.seq;
      command.part = static_cast<std::uint8_t>(i);
      known = true;
    }
  if (!known) return refusal("scenario_text", {{"label", label}});
  return Command(command);
}

Result<Json> Player::body_of(const Given& given) {
  static const std::set<std::string> kUnitLists = {"responsible", "supporting"};
  static const std::set<std::string> kQuantities = {"actuals", "quantities", "measured"};
  static const std::set<std::string> kNumbers = {"affected",     "amount",      "asked",    "drawn",
                                                 "in_place_fen", "measure",     "paid_fen", "part",
                                                 "planned_fen",  "progress_pct"};
  Json body(JsonObject{});
  for (const auto& [key, value] : given) {
    if (kUnitLists.contains(key)) {
      body.set(key, list_of(value));
    } else if (kQuantities.contains(key)) {
      body.set(key, TZ_TRY(quantities_of_text(value)));
    } else if (key == "measures") {
      body.set(key, TZ_TRY(measures_of_text(value)));
    } else if (key == "evidence") {
      body.set(key, evidence_of_text(value));
    } else if (key == "parts") {
      body.set(key, TZ_TRY(units_of_text(value, "unit", "text")));
    } else if (key == "shares") {
      body.set(key, TZ_TRY(units_of_text(value, "lead", "title")));
    } else if (key == "milestones") {
      body.set(key, TZ_TRY(milestones_of_text(value)));
    } else if (kNumbers.contains(key)) {
      body.set(key, number(value));
    } else if (key == "done" || key == "good") {
      body.set(key, value == "yes");
    } else if (key == "into") {
      body.set(key, ledger::to_text(TZ_TRY(named_item(value))));
    } else if (key == "digest") {
      body.set(key, to_hex(sha256(as_bytes(value))));
    } else if (key == "checkers") {
      JsonArray posts;
      for (const std::string& person : split(value, ','))
        posts.push_back(TZ_TRY(post_of_checker(person)));
      body.set(key, std::move(posts));
    } else {
      body.set(key, value);
    }
  }
  return body;
}

Result<ItemNo> Player::named_item(const std::string& name) {
  const auto known = names_.find(name);
  if (known == names_.end()) return refusal("scenario_name", {{"word", name}});
  return known->second;
}

// His verifier post, or the only one he holds.
Result<Json> Player::post_of_checker(const std::string& person) {
  const auto known = persons_.find(person);
  if (known == persons_.end()) return refusal("scenario_person", {{"word", person}});
  std::optional<Post> meant;
  for (const Post& post : ledger_.engine().published().state->posts_of(known->second, day_))
    if (!meant || post.role == Role::Verifier) meant = post;
  if (!meant) return refusal("scenario_person", {{"word", person}});
  return Json(meant->id.value);
}

}  // namespace tz::test
