// Each step becomes the command that a request would; whatever it refuses ends the play.
#include "taizhang/demo_player.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/embedded.h"
#include "http/asked_loan.h"
#include "rollup/source_refs.h"
#include "taizhang/operations.h"
#include "taizhang/password.h"

namespace tz::program {
namespace {

// A one-page PDF that says what it stands for; the demonstration has no real documents.
std::string document(const std::string& label) {
  const std::string text =
      "BT /F1 18 Tf 72 720 Td (Taizhang demonstration document: " + label + ") Tj ET";
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  const auto object = [&](const std::string& body) {
    offsets.push_back(out.size());
    out += std::to_string(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  object(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /Font << /F1 5 0 R >> >> >>");
  object("<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream");
  object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const std::size_t table = out.size();
  out += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t offset : offsets) out += fmt::format("{:010} 00000 n \n", offset);
  out += "trailer << /Size " + std::to_string(offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
  return out;
}

// What the owner of the folder is asked, and which of the step's members go into it.
struct Operation {
  std::string_view step;
  const char* operation;
  std::vector<const char*> members;
};
const std::vector<Operation>& operations() {
  static const std::vector<Operation> all = {
      {"add_money", "fund_add", {"fund", "sort", "fen", "document"}},
      {"adopt_budget", "budget_adopt", {}},
      {"adopt_flow", "flow_adopt", {}},
      {"adopt_programme", "programme_adopt", {}},
      {"adopt_services", "services_adopt", {}},
      {"grant", "post_add", {"name", "unit", "role"}},
      {"import", "items_import", {"into", "kind"}},
      {"open_fund",
       "fund_open",
       {"fund", "unit", "title", "title_en", "cap", "small", "term_days", "extension_days",
        "extensions", "basis"}},
      {"register", "units_import", {}},
  };
  return all;
}

}  // namespace

const std::string& text_of(const Json& step, const char* name) {
  const Json* value = step.find(name);
  TZ_ASSERT(value != nullptr && value->as_text() != nullptr);
  return *value->as_text();
}

std::string text_or(const Json& step, const char* name) {
  const Json* value = step.find(name);
  return value == nullptr ? std::string() : *value->as_text();
}

std::optional<std::int64_t> number_in(const Json& step, const char* name) {
  const Json* value = step.find(name);
  if (value == nullptr) return std::nullopt;
  return *value->as_int();
}

ledger::Origin origin_of(const Json& step) {
  return text_of(step, "origin") == "article" ? ledger::Origin::Article : ledger::Origin::Invented;
}

Outcome Player::add_account(const Json& account) {
  const std::string password = new_password(random_);
  Json operation;
  operation.set("do", "account_add").set("name", text_of(account, "name"));
  operation.set("unit", text_of(account, "unit")).set("role", text_of(account, "role"));
  operation.set("password", password);
  TZ_TRY(operate(ledger_, operation, {}));
  if (account.find("hidden") == nullptr)
    accounts_ += fmt::format("{:<16}{:<22}{:<20}{}\n", text_of(account, "role"),
                             text_of(account, "name"), text_of(account, "unit"), password);
  return Done{};
}

Outcome Player::play(const Json& step) {
  using Play = Outcome (Player::*)(const Json&);
  static const std::map<std::string, Play, std::less<>> plays = {
      {"account", &Player::add_account},
      {"activity", &Player::hold},
      {"answer", &Player::answer},
      {"answer_all", &Player::answer_all},
      {"answer_dispute", &Player::answer_dispute},
      {"ask_drawn", &Player::ask_drawn},
      {"bind_checkers", &Player::bind_checkers},
      {"dispute", &Player::bring_dispute},
      {"draw", &Player::draw_lot},
      {"find", &Player::find_item},
      {"freeze", &Player::freeze},
      {"give_code", &Player::give_code},
      {"handling", &Player::handle},
      {"hold_ballot", &Player::hold_ballot},
      {"list_affected", &Player::list_affected},
      {"mandate", &Player::mandate},
      {"mandate_each", &Player::mandate_each},
      {"move_households", &Player::move_households},
      {"open_scheme", &Player::open_scheme},
      {"open_signing", &Player::open_signing},
      {"own_verdict", &Player::judge},
      {"publish_roster", &Player::publish_roster},
      {"receive", &Player::receive},
      {"register_households", &Player::register_households},
      {"take", &Player::act},
      {"visit", &Player::visit},
  };
  const std::string& at = text_of(step, "at");
  clock_.set(TZ_TRY(parse_instant(at)));
  const std::string& what = text_of(step, "do");
  const bool owner = std::any_of(operations().begin(), operations().end(),
                                 [&](const Operation& one) { return one.step == what; });
  const auto play = plays.find(what);
  const Play how = owner ? &Player::operate_by : play == plays.end() ? &Player::act : play->second;
  const Outcome done = (this->*how)(step);
  const Json* expected = step.find("expect");
  if (expected == nullptr && done.ok()) return Done{};
  if (expected == nullptr) {
    Error error = done.error();
    error.facts.emplace_back("step", at);
    return error;
  }
  if (!done.ok() && done.error().code == *expected->as_text()) return Done{};
  return failure("demo_unexpected",
                 {{"step", at}, {"answer", done.ok() ? "-" : done.error().code}});
}

Outcome Player::operate_by(const Json& step) {
  const std::string& what = text_of(step, "do");
  const auto known = std::find_if(operations().begin(), operations().end(),
                                  [&](const Operation& one) { return one.step == what; });
  TZ_ASSERT(known != operations().end());
  Json operation;
  operation.set("do", known->operation);
  for (const char* member : known->members) {
    TZ_ASSERT(step.find(member) != nullptr);
    operation.set(member, *step.find(member));
  }
  if (step.find("file") != nullptr) {
    const std::string& file = text_of(step, "file");
    const std::string_view text = embedded_file(file);
    TZ_ASSERT(!text.empty());
    operation.set("source", file).set("text", text).set("file", to_base64(as_bytes(text)));
  }
  const Json answer = TZ_TRY(operate(ledger_, operation, {}));
  if (const Json* faults = answer.find("faults"))
    return failure("demo_unexpected", {{"step", what}, {"answer", faults->dump()}});
  return Done{};
}

Outcome Player::act(const Json& step) {
  items_[text_of(step, "item")] = TZ_TRY(take(step));
  const Json* input = step.find("input");
  if (input == nullptr) return Done{};
  // A model knows its copies, and a household those that split from it.
  if (input->find("model") != nullptr) return look_again(text_of(*input, "model"));
  if (input->find("split_from") != nullptr) {
    engine::Receipt& seen = split_whole(*input).seen;
    seen.version = TZ_TRY(ledger_.engine->item(*seen.item)).last;
  }
  return Done{};
}

Outcome Player::look_again(const std::string& name) {
  engine::Receipt& seen = items_.at(name);
  seen.version = TZ_TRY(ledger_.engine->item(*seen.item)).last;
  return Done{};
}

// What an import took in has a number that nobody could know beforehand.
Outcome Player::find_item(const Json& step) {
  const auto now = ledger_.engine->published();
  rollup::Filter filter;
  filter.unit = TZ_TRY(unit(text_of(step, "unit")));
  filter.sources = rollup::source_refs(*now.state, text_of(step, "kind"), text_of(step, "source"));
  const std::vector<rollup::RowIndex> rows = now.view->list(filter, {}, 2);
  if (rows.size() != 1)
    return failure("demo_unexpected",
                   {{"step", text_of(step, "at")}, {"answer", std::to_string(rows.size())}});
  const ledger::Item item = TZ_TRY(ledger_.engine->item(now.view->row(rows[0]).no));
  engine::Receipt seen;
  seen.item = item.no;
  seen.version = item.last;
  items_[text_of(step, "item")] = seen;
  return Done{};
}

Result<engine::Receipt> Player::take(const Json& step) {
  const auto tree = ledger_.engine->published().state->tree;
  const Json input = TZ_TRY(prepared(*step.find("input")));
  const bool named = step.find("step") != nullptr;
  const std::string& what = text_of(step, named ? "step" : "do");
  if (what == "open") {
    ledger::OpenItem open = TZ_TRY(ledger::read_open_item(input, *tree));
    TZ_TRY(http::mark_loan(*ledger_.engine, *ledger_.keyring, open));
    const AccountId by = account(text_of(step, "as"));
    return ledger_.engine->submit_and_wait({open, {by, {}}, {}, {}, origin_of(step)});
  }
  return take(step, what, TZ_TRY(ledger::read_action_input(input, *tree)));
}

Result<engine::Receipt> Player::take(const Json& step, const std::string& transition,
                                     ledger::ActionInput input) {
  const AccountId by = account(text_of(step, "as"));
  const engine::Receipt& seen = items_.at(text_of(step, "item"));
  ledger::TakeAction action{*seen.item, seen.version, transition, std::move(input)};
  for (ledger::GivenEvidence& file : action.input.evidence) {
    const auto kept = TZ_TRY(ledger_.evidence->find(file.sha256));
    TZ_ASSERT(kept.has_value());
    file.media_type = kept->media_type;
    file.bytes = static_cast<std::int64_t>(kept->bytes);
    file.original = kept->original;
  }
  return ledger_.engine->submit_and_wait({action, {by, {}}, {}, {}, origin_of(step)});
}

// The step's input with documents stored, and the story's names of checkers, of a model and of a
// household that another splits from replaced by posts and their numbers.
Result<Json> Player::prepared(const Json& input) {
  Json out{JsonObject{}};
  for (const JsonMember& member : *input.as_object()) {
    if (member.first == "evidence")
      out.set("evidence", TZ_TRY(stored(member.second)));
    else if (member.first == "checkers")
      out.set("checkers", posts(member.second));
    else if (member.first == "model")
      out.set("model", ledger::to_text(*items_.at(*member.second.as_text()).item));
    else if (member.first == "split_from")
      out.set("split_from", ledger::to_text(*split_whole(input).seen.item));
    else
      out.set(member.first, member.second);
  }
  return out;
}

Result<Json> Player::stored(const Json& files) {
  JsonArray out;
  for (const Json& file : *files.as_array()) {
    const std::string& named = text_of(file, "file");
    const std::string content =
        named.ends_with(".png") ? std::string(embedded_file("demo/" + named)) : document(named);
    const evidence::StoredFile kept = TZ_TRY(ledger_.evidence->put(as_bytes(content)));
    Json one;
    one.set("sha256", to_hex(kept.sha256)).set("name", text_of(file, "name"));
    one.set("taken", text_of(file, "taken"));
    out.push_back(std::move(one));
  }
  return Json(std::move(out));
}

Json Player::posts(const Json& names) const {
  JsonArray out;
  for (const PostId post : posts_of(names)) out.push_back(static_cast<std::int64_t>(post.value));
  return out;
}

Outcome Player::send(const Json& step, ledger::Command command) {
  const AccountId by = account(text_of(step, "as"));
  TZ_TRY(ledger_.engine->submit_and_wait({std::move(command), {by, {}}, {}, {}, origin_of(step)}));
  return Done{};
}

AccountId Player::account(const std::string& name) const {
  const auto found = ledger_.accounts.find(name);
  TZ_ASSERT(found.has_value());
  return found->id;
}

// Of accounts that are named as "@name".
std::vector<PostId> Player::posts_of(const Json& names) const {
  std::vector<PostId> out;
  for (const Json& name : *names.as_array()) {
    const AccountId holder = account(name.as_text()->substr(1));
    for (const ledger::Post& post : ledger_.engine->published().state->posts)
      if (post.account == holder) out.push_back(post.id);
  }
  return out;
}

Result<UnitId> Player::unit(const std::string& code) const {
  const auto found = ledger_.engine->published().state->tree->find(code);
  if (!found) return refusal("unit_unknown", {{"unit", code}});
  return *found;
}

Result<std::vector<UnitId>> Player::units(const Json& codes) const {
  std::vector<UnitId> out;
  for (const Json& code : *codes.as_array()) out.push_back(TZ_TRY(unit(*code.as_text())));
  return out;
}

std::vector<ledger::ItemNo> Player::items(const Json& step, const char* name) const {
  std::vector<ledger::ItemNo> out;
  if (const Json* names = step.find(name))
    for (const Json& one : *names->as_array()) out.push_back(*items_.at(*one.as_text()).item);
  return out;
}

}  // namespace tz::program
