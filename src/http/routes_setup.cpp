// The page on which the first account of a ledger is made, without script; once there is an account
// it is no address (http/admission.h).
#include <algorithm>

#include "access/first_account.h"
#include "http/address_limit.h"
#include "http/error_response.h"
#include "http/form_body.h"
#include "http/handlers.h"
#include "http/html.h"
#include "http/plain_page.h"

namespace tz::http {
namespace {

constexpr std::string_view kPath = "/setup";
// The one who opens accounts and grants posts; the other administrators are other people.
constexpr ledger::Role kRole = ledger::Role::SecurityAdmin;

Language language_of(const Call& call, const std::string& lang) {
  if (lang == tag_of(Language::English)) return Language::English;
  if (lang == tag_of(Language::Chinese)) return Language::Chinese;
  return call.language;
}

struct Typed {
  std::string code;  // shown again only to whoever had the right one
  std::string name;
};

struct Field {
  std::string_view name;
  std::string_view type;
  std::string_view attributes;
  std::string value = {};
  std::string hint = {};  // what it takes
};

std::string field_html(const Messages& words, const Field& field) {
  const std::string name(field.name);
  std::string out = "<label>" + html(words.text("setup." + name)) + "<input name=\"" + name +
                    "\" type=\"" + std::string(field.type) + "\" " + std::string(field.attributes) +
                    " required";
  if (!field.value.empty()) out += " value=\"" + html(field.value) + "\"";
  if (field.hint.empty()) return out + "></label>\n";
  return out + " aria-describedby=\"" + name + "-hint\"></label>\n<p class=\"hint\" id=\"" + name +
         "-hint\">" + html(field.hint) + "</p>\n";
}

std::string form_html(const Call& call, Language language, const Typed& typed) {
  const Messages& words = call.site.context.messages(language);
  const access::Policy& policy = call.site.context.accounts.policy();
  Facts rules{{"chars_min", std::to_string(policy.password_chars_min)}};
  if (policy.password_kinds_min > 1)
    rules.emplace_back("kinds_min", std::to_string(policy.password_kinds_min));
  std::string out = "<form method=\"post\" action=\"" + std::string(kPath) +
                    "\"><input type=\"hidden\" name=\"lang\" value=\"" +
                    std::string(tag_of(language)) + "\">\n";
  out += field_html(words, {"code", "text",
                            "autocomplete=\"off\" autocapitalize=\"characters\" "
                            "spellcheck=\"false\" maxlength=\"64\"",
                            typed.code, words.text("setup.code_hint")});
  out += field_html(words, {"name", "text",
                            "autocomplete=\"username\" autocapitalize=\"none\" "
                            "spellcheck=\"false\" maxlength=\"64\"",
                            typed.name, words.text("setup.name_hint")});
  out += field_html(words, {"password", "password", "autocomplete=\"new-password\"", "",
                            words.text("setup.password_hint", rules)});
  out += field_html(words, {"again", "password", "autocomplete=\"new-password\""});
  return out + "<button>" + html(words.text("setup.send")) + "</button></form>\n";
}

Response with_policy(Response page) {
  page.headers.emplace_back("Content-Security-Policy", std::string(kFormPagePolicy));
  return page;
}

Response form_page(const Call& call, Language language, const Typed& typed,
                   const std::optional<Error>& error) {
  const Messages& words = call.site.context.messages(language);
  std::string body;
  if (error) body += "<p class=\"error\" role=\"alert\">" + html(words.text(*error)) + "</p>\n";
  body += "<p>" + html(words.text("setup.what")) + "</p>\n" + form_html(call, language, typed);
  Response page = plain_page(call, language, {"setup", std::string(kPath), std::move(body)});
  if (error) {
    page.status = status_of(*error);
    page.code = error->code;
  }
  return with_policy(std::move(page));
}

// What comes next; the other language of this page is no address any more.
Response made_page(const Call& call, Language language, const std::string& name) {
  const Context& context = call.site.context;
  const Messages& words = context.messages(language);
  const auto& due = context.second_factor_roles;
  std::string body =
      "<section><p>" + html(words.text("setup_made.what", {{"name", name}})) + "</p>";
  if (std::find(due.begin(), due.end(), kRole) != due.end())
    body += "<p>" + html(words.text("setup_made.second_factor")) + "</p>";
  body += "<p>" + html(words.text("setup_made.others")) + "</p><p><a href=\"/sign-in\">" +
          html(words.text("setup_made.sign_in")) + "</a></p></section>\n";
  Response page = plain_page(call, language, {"setup_made", "/sign-in", std::move(body)});
  page.status = 201;
  return with_policy(std::move(page));
}

// Account and post in one record and one transaction. The code is claimed by whoever calls. The
// ledger gives the number 1 once: of this and an account made on the machine meanwhile, one stands.
Result<AccountId> make_account(const Call& call, const Form& form) {
  Context& context = call.site.context;
  access::Accounts& accounts = context.accounts;
  const std::string name = value_of(form, "name");
  const std::string password = value_of(form, "password");
  if (password != value_of(form, "again")) return refusal("setup_passwords_differ");
  TZ_TRY(access::check_new_password(password, name, accounts.policy()));
  const std::string hash = TZ_TRY(access::hash_password(password, accounts.policy()));
  if (!accounts.none()) return refusal("setup_over");
  constexpr AccountId kFirst{1};
  const access::Change change = TZ_TRY(accounts.add(kFirst, name, hash));
  const ledger::OpenAccount open{kFirst, {{UnitId{0}, kRole}}};
  const auto done = context.engine.submit_and_wait({open, {}, {}, {change}});
  if (done.ok()) return kFirst;
  return accounts.none() ? done.error() : refusal("setup_over");
}

struct Tried {
  Result<AccountId> made;
  bool code_right = false;
};
Tried set_up(const Call& call, const Form& form) {
  access::FirstAccount& first = *call.site.context.first_account;
  if (!call.site.codes.take(call.from, call.now)) return {refusal("setup_tries_too_many")};
  const Outcome claimed = first.claim(value_of(form, "code"));
  if (!claimed.ok()) return {claimed.error()};
  call.site.codes.give_back(call.from, call.now);
  Tried out{make_account(call, form), true};
  if (call.site.context.accounts.none()) {
    first.give_back();
  } else {
    first.done();
  }
  return out;
}

void answer(const CallRef& call, const Reply& reply, const Form& form) {
  const Language language = language_of(*call, value_of(form, "lang"));
  const Tried tried = set_up(*call, form);
  if (!tried.made.ok()) {
    if (tried.made.error().error_class == ErrorClass::Failure)
      return reply({tried.made.error(), {}});
    const Typed typed{tried.code_right ? value_of(form, "code") : "", value_of(form, "name")};
    return reply({form_page(*call, language, typed, tried.made.error()), {}});
  }
  call->note->account = *tried.made;
  reply({made_page(*call, language, value_of(form, "name")), {}});
}

}  // namespace

Result<Response> get_setup(const Call& call) {
  const Language language = TZ_TRY(page_language(call));
  return form_page(call, language, {}, {});
}

void post_setup(const CallRef& call, const Reply& reply) {
  call->note->tried = true;
  auto form = read_form(call->request.body);
  if (!form.ok()) return reply({form.error(), {}});
  const bool taken = call->site.passwords.run(
      [call, reply, form = *std::move(form)] { answer(call, reply, form); });
  if (!taken) reply({refusal("sign_in_busy"), {}});
}

}  // namespace tz::http
