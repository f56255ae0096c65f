// The page on which a party to a dispute says whether it ended as recorded: plain HTML, no account,
// its own code alone. Nothing of the code is ever part of an address.
#include "access/query_code.h"
#include "base/csv.h"
#include "http/address_limit.h"
#include "http/error_response.h"
#include "http/form_body.h"
#include "http/handlers.h"
#include "http/html.h"
#include "http/plain_page.h"
#include "http/render.h"

namespace tz::http {
namespace {

using ledger::Dispute;

struct Manner {
  const Messages& words;
  Language language;

  [[nodiscard]] std::string word(const std::string& key, const Facts& facts = {}) const {
    return html(words.text("dispute." + key, facts));
  }
};

Manner manner_of(const Call& call, const std::string& lang) {
  Language language = call.language;
  if (lang == "en") language = Language::English;
  if (lang == "zh-CN") language = Language::Chinese;
  return {call.site.context.messages(language), language};
}

std::string input(const std::string& label, const char* name, const std::string& value) {
  return "<label>" + label + "<input name=\"" + name + "\" maxlength=\"60\" required value=\"" +
         html(value) + "\"></label>";
}

std::string form_start(const Manner& manner) {
  return "<form method=\"post\" action=\"/dispute\" autocomplete=\"off\"><input type=\"hidden\" "
         "name=\"lang\" value=\"" +
         std::string(tag_of(manner.language)) + "\">";
}

// The two fields; the number as it was typed.
std::string asking(const Manner& manner, const std::string& no) {
  return "<p>" + manner.word("lead") + "</p>" + form_start(manner) +
         input(manner.word("number"), "dispute", no) + input(manner.word("code"), "code", "") +
         "<button>" + manner.word("look") + "</button></form>";
}

struct Found {
  const Dispute& dispute;
  std::size_t party;  // from zero
};

// What was recorded, and the question; or what the party has said.
std::string standing(const Call& call, const Manner& manner, const Found& found,
                     const std::string& code) {
  const Dispute& dispute = found.dispute;
  std::string out =
      "<p>" +
      manner.word(
          "brought",
          {{"unit", std::string(call.tree().name(dispute.unit))},
           {"day", to_text(dispute.day)},
           {"sort", manner.words.text("dispute.sort." + std::string(to_text(dispute.sort)))}}) +
      "</p>";
  if (!dispute.outcome) return out + "<p>" + manner.word("open") + "</p>";
  out += "<p class=\"state\">" + manner.word("ended", {{"day", to_text(dispute.ended)}}) + " <b>" +
         manner.word("outcome." + std::string(to_text(*dispute.outcome))) + "</b></p>";
  const ledger::PartyAnswer answer = dispute.answers[found.party];
  if (answer != ledger::PartyAnswer::None)
    return out + "<p>" + manner.word(answer == ledger::PartyAnswer::Yes ? "said_yes" : "said_no") +
           "</p>";
  const auto choice = [&](const char* value) {
    return "<button name=\"answer\" value=\"" + std::string(value) + "\">" + manner.word(value) +
           "</button> ";
  };
  return out + form_start(manner) + "<input type=\"hidden\" name=\"dispute\" value=\"" +
         html(ledger::to_text(dispute.no)) + "\"><input type=\"hidden\" name=\"code\" value=\"" +
         html(code) + "\"><p>" + manner.word("question") + "</p>" + choice("yes") + choice("no") +
         "</form>";
}

Response page_response(const Call& call, const Manner& manner, const std::string& body,
                       const std::optional<Error>& error = {}) {
  const std::string said =
      error ? "<p class=\"error\" role=\"alert\">" + html(manner.words.text(*error)) + "</p>" : "";
  Response response = plain_page(call, manner.language, {"dispute", "/dispute", said + body});
  response.headers.emplace_back("Content-Security-Policy", std::string(kFormPagePolicy));
  if (error) {
    response.status = status_of(*error);
    response.code = error->code;
  }
  return response;
}

// By number and code; whichever is wrong is told the same.
Result<Found> found_by(const Call& call, const std::string& typed_no, const std::string& typed) {
  const Error unknown = refusal("dispute_unknown", {{"dispute", typed_no}});
  const auto no = ledger::parse_item_no(typed_no);
  const auto code = access::read_query_code(typed);
  const Dispute* dispute = no ? call.state().disputes.find(*no) : nullptr;
  if (!code || dispute == nullptr) return unknown;
  const Hash hash = access::hash_of_code(*code, dispute->code_salt);
  for (std::size_t i = 0; i < dispute->parties.size(); ++i)
    if (access::same_code(dispute->parties[i], hash)) return Found{*dispute, i};
  return unknown;
}

Result<Response> answer_form(const Call& call) {
  const Form form = TZ_TRY(read_form(call.request.body));
  const Manner manner = manner_of(call, value_of(form, "lang"));
  const std::string no = std::string(beginning_of(value_of(form, "dispute"), 40));
  const std::string code = value_of(form, "code");
  const std::string answer = value_of(form, "answer");
  if (!call.site.codes.take(call.from, call.now))
    return page_response(call, manner, asking(manner, no), refusal("codes_too_many"));
  const auto found = found_by(call, no, code);
  if (!found.ok()) return page_response(call, manner, asking(manner, no), found.error());
  call.site.codes.give_back(call.from, call.now);
  if (answer != "yes" && answer != "no")
    return page_response(call, manner, standing(call, manner, *found, code));
  const Dispute& dispute = found->dispute;
  engine::Request request;
  request.command =
      ledger::AnswerDispute{dispute.no, dispute.parties[found->party], answer == "yes"};
  const auto done = call.site.context.engine.submit_and_wait(std::move(request));
  if (!done.ok() && done.error().error_class == ErrorClass::Failure) return done.error();
  Call now = call;
  now.published = call.site.context.engine.published();
  const auto again = found_by(now, no, code);
  if (!again.ok()) return again.error();
  std::optional<Error> wrong;
  if (!done.ok()) wrong = done.error();
  return page_response(now, manner, standing(now, manner, *again, code), wrong);
}

}  // namespace

Result<Response> get_dispute_page(const Call& call) {
  QueryReader query(call.target);
  const std::string lang = query.text("lang").value_or("");
  TZ_TRY(query.finish());
  if (!lang.empty() && lang != "zh-CN" && lang != "en") return query_bad("lang", lang);
  const Manner manner = manner_of(call, lang);
  return page_response(call, manner, asking(manner, ""));
}

void post_dispute_answer(const CallRef& call, const Reply& reply) {
  reading<answer_form>(call, reply);
}

}  // namespace tz::http
