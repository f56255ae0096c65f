// What is held about whom, why, for how long and who sees it: as data, and as a page without
// script.
#include <array>

#include "http/handlers.h"
#include "http/html.h"
#include "http/plain_page.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::Right;

struct Held {
  std::string_view id;
  std::optional<std::int64_t> days;  // none: not counted in days
  std::string_view kept;             // the sentence of how long, with these facts
  Facts facts;
  Right seen;
  std::optional<Right> seen_too = std::nullopt;
};

std::string number(std::int64_t value) { return std::to_string(value); }

// In the order in which a person would ask.
std::vector<Held> all_held(const Keeping& keeping) {
  const bool for_good = !keeping.text_days;
  const Facts text_facts = {{"days", number(keeping.text_days.value_or(0))}};
  const std::string_view texts = for_good ? "register.kept.until_erased" : "register.kept.closed";
  return {
      {"account", {}, "register.kept.account", {}, Right::AccountMend},
      {"session",
       {},
       "register.kept.session",
       {{"hours", number(keeping.session_hours)},
        {"minutes", number(keeping.session_idle_minutes)}},
       Right::AccountOwn},
      {"token",
       keeping.token_days_max,
       "register.kept.token",
       {{"days", number(keeping.token_days_max)}},
       Right::AccountOwn},
      {"contact", {}, "register.kept.contact", {}, Right::AccountOwn},
      {"notice",
       keeping.notice_days,
       "register.kept.days",
       {{"days", number(keeping.notice_days)}},
       Right::AccountOwn},
      {"audit",
       keeping.audit_days,
       "register.kept.days",
       {{"days", number(keeping.audit_days)}},
       Right::AuditRead},
      {"named", keeping.text_days, texts, text_facts, Right::ItemRead},
      {"reporter", keeping.text_days, texts, text_facts, Right::ItemRead},
      {"identity", keeping.text_days, texts, text_facts, Right::StepAskOpening},
      {"household", keeping.text_days, texts, text_facts, Right::ItemRead, Right::HouseholdFollow},
      {"loan", keeping.text_days, texts, text_facts, Right::ItemRead},
      {"handling", {}, "register.kept.ledger", {}, Right::HandlingRead},
      {"dispute", {}, "register.kept.ledger", {}, Right::DisputeRead, Right::DisputeAnswer},
      {"drawn", keeping.text_days, texts, text_facts, Right::StepAskMany, Right::StepJudge},
      {"evidence", keeping.text_days, texts, text_facts, Right::ItemRead},
      {"loose_file",
       keeping.loose_file_days,
       "register.kept.days",
       {{"days", number(keeping.loose_file_days)}},
       Right::EvidenceKeep},
      {"answer",
       keeping.repeated_answer_days,
       "register.kept.days",
       {{"days", number(keeping.repeated_answer_days)}},
       Right::AccountOwn},
  };
}

constexpr std::array<std::string_view, 4> kTold = {"whom", "what", "why", "basis"};

// To whose keys identities are sealed, so that everybody sees one coming before it holds.
constexpr std::string_view kSealed = "identity";
constexpr std::size_t kKeyDigits = 16;

std::string digits(const Hash& key) { return to_hex(key).substr(0, kKeyDigits); }

JsonArray keys_json(const Call& call) {
  JsonArray out;
  for (const auto* entry : call.state().receiving_keys.entries()) {
    const auto& [unit, keys] = *entry;
    const ledger::ReceivingKey& now = keys.on(call.today);
    const ledger::ReceivingKey* next = keys.coming(call.today);
    Json each = unit_json(call.tree(), unit);
    each.set("key", digits(now.key)).set("from", to_text(now.from));
    Json coming;
    if (next != nullptr) coming.set("key", digits(next->key)).set("from", to_text(next->from));
    each.set("coming", std::move(coming));
    out.push_back(std::move(each));
  }
  return out;
}

std::string keys_table(const Call& call, const Messages& words) {
  const auto word = [&](const char* key) {
    return html(words.text("register.keys." + std::string(key)));
  };
  std::string out = "<p>" + word("why") + "</p>\n";
  if (call.state().receiving_keys.empty()) return out + "<p>" + word("none") + "</p>\n";
  const auto cell = [&](const char* head, const std::string& text) {
    return "<td data-word=\"" + word(head) + "\">" + text + "</td>";
  };
  const auto code = [](const Hash& key) { return "<code>" + digits(key) + "</code>"; };
  out += "<table class=\"lines\">\n<thead><tr>";
  for (const char* head : {"unit", "key", "from", "coming", "coming_from"})
    out += "<th scope=\"col\">" + word(head) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const auto* entry : call.state().receiving_keys.entries()) {
    const auto& [unit, keys] = *entry;
    const ledger::ReceivingKey& now = keys.on(call.today);
    const ledger::ReceivingKey* next = keys.coming(call.today);
    out += "<tr><th scope=\"row\">" + html(call.tree().name(unit)) + "</th>" +
           cell("key", code(now.key)) + cell("from", to_text(now.from)) +
           cell("coming", next == nullptr ? "—" : code(next->key)) +
           cell("coming_from", next == nullptr ? "—" : to_text(next->from)) + "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string seen_by(const ledger::Policy& policy, const Held& held, Language language) {
  const bool english = language == Language::English;
  const auto who = [&](Right right) {
    const ledger::Title& says = policy.of(right).says;
    return english ? says.en : says.zh;
  };
  return who(held.seen) + (held.seen_too ? (english ? "; " : "；") + who(*held.seen_too) : "");
}

Json row_json(const Call& call, const Held& held, Language language) {
  const Messages& words = call.site.context.messages(language);
  Json out;
  out.set("id", std::string(held.id));
  for (const std::string_view told : kTold)
    out.set(std::string(told),
            words.text("register." + std::string(held.id) + "." + std::string(told)));
  out.set("kept", words.text(held.kept, held.facts));
  out.set("keep_days", held.days ? Json(*held.days) : Json());
  out.set("seen", seen_by(*call.state().policy, held, language));
  if (held.id == kSealed) out.set("keys", keys_json(call));
  return out;
}

std::string table(const Call& call, Language language) {
  const Messages& words = call.site.context.messages(language);
  std::string out;
  for (const Held& held : all_held(call.site.context.keeping)) {
    const Json row = row_json(call, held, language);
    out += "<section><h2>" + html(*row.find("whom")->as_text()) + "</h2>\n<dl>\n";
    for (const char* field : {"what", "why", "basis", "kept", "seen"})
      out += "<dt>" + html(words.text("register.field." + std::string(field))) + "</dt><dd>" +
             html(*row.find(field)->as_text()) + "</dd>\n";
    out += "</dl>\n" + (held.id == kSealed ? keys_table(call, words) : "") + "</section>\n";
  }
  return out;
}

}  // namespace

Result<Response> get_data_register(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  JsonArray rows;
  for (const Held& held : all_held(call.site.context.keeping))
    rows.push_back(row_json(call, held, call.language));
  Json out;
  out.set("rows", std::move(rows));
  return json_response(out);
}

Result<Response> get_privacy_page(const Call& call) {
  const Language language = TZ_TRY(page_language(call));
  const Messages& words = call.site.context.messages(language);
  return plain_page(
      call, language,
      {"register", "/privacy",
       "<p>" + html(words.text("register.opening")) + "</p>\n" + table(call, language) + "<p>" +
           html(words.text("register.rights")) + "</p>\n"});
}

}  // namespace tz::http
