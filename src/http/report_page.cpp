// Writing the pages. Nothing of a query code or of what was typed is ever part of an address.
#include "http/report_page.h"

#include <algorithm>

#include "http/html.h"
#include "http/plain_page.h"
#include "ledger/command.h"

namespace tz::http {
namespace {

constexpr std::size_t kSlackBytes = 1 << 10;

class Page {
 public:
  explicit Page(const PageManner& manner) : manner_(manner) {}

  [[nodiscard]] std::string word(std::string_view key, const Facts& facts = {}) const {
    return html(manner_.words.text("report." + std::string(key), facts));
  }
  [[nodiscard]] std::string title(const ledger::Title& title) const {
    return html(manner_.language == Language::English ? title.en : title.zh);
  }
  [[nodiscard]] std::string_view lang() const { return tag_of(manner_.language); }

  Page& add(const std::string& text) {
    out_ += text;
    return *this;
  }
  Page& paragraph(std::string_view key, const Facts& facts = {}) {
    return add("<p>" + word(key, facts) + "</p>");
  }

  // The whole, under that heading.
  [[nodiscard]] std::string finish(std::string_view heading) const {
    const std::string name = word(heading);
    std::string out = "<!DOCTYPE html><html lang=\"" + std::string(lang()) +
                      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                      "content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" "
                      "content=\"noindex\"><title>" +
                      name +
                      "</title><link rel=\"icon\" href=\"/icon.svg\">"
                      "<link rel=\"stylesheet\" href=\"/report/style.css\"></head><body>"
                      "<main>";
    out += "<nav><a href=\"/report?lang=" + std::string(lang()) + "\">" + word("send") +
           "</a> <a href=\"/follow?lang=" + std::string(lang()) + "\">" + word("follow") +
           "</a> <a class=\"other\" href=\"?lang=" + word("other_lang") + "\">" +
           word("other_language") + "</a></nav><h1>" + name + "</h1>";
    if (manner_.simulated) out += "<p class=\"demo\">" + word("simulated") + "</p>";
    if (manner_.error)
      out +=
          "<p class=\"error\" role=\"alert\">" + html(manner_.words.text(*manner_.error)) + "</p>";
    const auto other = [&](const char* address, const char* key) {
      return "<a href=\"" + std::string(address) + "?lang=" + std::string(lang()) + "\">" +
             html(manner_.words.text(key)) + "</a>";
    };
    return out + out_ + "<p class=\"also\">" + other("/privacy", "register.title") + " · " +
           other("/figures", "figures.title") + "</p></main></body></html>";
  }

  [[nodiscard]] std::string hidden(std::string_view name, std::string_view value) const {
    return "<input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" + html(value) +
           "\">";
  }
  [[nodiscard]] std::string form(std::string_view action) const {
    return "<form method=\"post\" action=\"" + std::string(action) + "\" autocomplete=\"off\">" +
           hidden("lang", lang());
  }
  [[nodiscard]] std::string button(std::string_view key) const {
    return "<button>" + word(key) + "</button>";
  }

 private:
  const PageManner& manner_;
  std::string out_;
};

// --- the form

std::string radio(std::string_view name, std::string_view value, bool chosen,
                  const std::string& label) {
  return "<label class=\"choice\"><input type=\"radio\" name=\"" + std::string(name) +
         "\" value=\"" + html(value) + "\"" + (chosen ? " checked" : "") + "> <span>" + label +
         "</span></label>";
}

struct LineField {
  const char* name;
  std::size_t chars_max;
  bool required;
};

std::string line_field(const Page& page, const Form& typed, const LineField& field) {
  return "<label>" + page.word(field.name) + "<input name=\"" + field.name + "\" maxlength=\"" +
         std::to_string(field.chars_max) + "\" value=\"" + html(value_of(typed, field.name)) +
         "\"" + (field.required ? " required" : "") + "></label>";
}

std::string text_field(const Page& page, const char* name, const std::string& typed,
                       std::size_t chars_max) {
  return "<label>" + page.word(name) + "<textarea name=\"" + name + "\" rows=\"6\" maxlength=\"" +
         std::to_string(chars_max) + "\">" + html(typed) + "</textarea></label>";
}

std::string unit_part(const Page& page, const ReportFormPage& form) {
  std::string out = line_field(page, form.typed, {"about", 60, true});
  if (form.choices.empty()) return out;
  out += "<fieldset><legend>" + page.word("which_unit") + "</legend>";
  const std::string chosen = value_of(form.typed, "unit");
  for (const UnitChoice& choice : form.choices)
    out += radio("unit", choice.code, choice.code == chosen, html(choice.path));
  return out + "</fieldset>";
}

std::string category_part(const Page& page, const ReportFormPage& form) {
  const ledger::Flow& flow = form.flow;
  if (flow.categories.empty()) return {};
  std::string out =
      "<label>" + page.word("category") + "<select name=\"category\"><option></option>";
  const std::string chosen = value_of(form.typed, "category");
  for (std::size_t i = 0; i < flow.categories.size(); ++i)
    out += "<option value=\"" + html(flow.categories[i]) + "\"" +
           (flow.categories[i] == chosen ? " selected" : "") + ">" +
           page.title(flow.category_titles[i]) + "</option>";
  return out + "</select></label>";
}

std::string who_part(const Page& page, const ReportFormPage& form) {
  const std::string manner = value_of(form.typed, "manner");
  std::string out = "<fieldset><legend>" + page.word("who") + "</legend>";
  out += radio("manner", "anonymous", manner != "receiver_only" && manner != "named",
               page.word("anonymous"));
  if (form.identity_possible)
    out += radio("manner", "receiver_only", manner == "receiver_only", page.word("receiver_only"));
  else
    out += "<p>" + page.word("no_key") + "</p>";
  out += radio("manner", "named", manner == "named", page.word("named"));
  out += line_field(page, form.typed, {"name", 50, false});
  out += line_field(page, form.typed, {"contact", 100, false});
  if (form.identity_possible) out += text_field(page, "words", value_of(form.typed, "words"), 300);
  return out + "</fieldset>";
}

// --- following

std::string stamp(const std::string& at, const std::string& unit) {
  std::string out = "<time>" + html(at.substr(0, 16)) + "</time>";
  std::replace(out.begin(), out.end(), 'T', ' ');
  if (!unit.empty()) out += " " + html(unit);
  return out;
}

std::string his(const Page& page, const FollowPage& follow, const char* what) {
  return page.form("/follow") + page.hidden("item", follow.no) + page.hidden("code", follow.code) +
         page.hidden("do", what);
}

std::string step_part(const Page& page, const ReportStep& step) {
  std::string out = "<li>" + stamp(step.at, step.unit) + " <b>" + page.title(step.title) + "</b>";
  if (!step.text.empty()) out += "<blockquote>" + html(step.text) + "</blockquote>";
  return out + "</li>";
}

std::string question_part(const Page& page, const FollowPage& follow,
                          const ReportQuestion& question) {
  std::string out = "<li>" + stamp(question.at, follow.receiver) + " <b>" + page.word("asks") +
                    "</b><blockquote>" + html(question.text) + "</blockquote>";
  if (question.answer)
    return out + "<p>" + page.word("you_answered") + "</p><blockquote>" + html(*question.answer) +
           "</blockquote></li>";
  return out + his(page, follow, "answer") +
         page.hidden("question", std::to_string(question.question)) +
         text_field(page, "answer", "", ledger::kReportCharsMax) + page.button("send_answer") +
         "</form></li>";
}

std::string seal_part(const Page& page, const SealEvent& seal) {
  const char* what = "seal_asked";
  if (seal.what == SealEvent::What::Agreed) what = "seal_agreed";
  if (seal.what == SealEvent::What::HandedOut) what = "seal_handed_out";
  if (seal.what == SealEvent::What::NameRead) what = "name_read";
  std::string out =
      "<li>" + stamp(seal.at, seal.unit + " · " + seal.role) + " <b>" + page.word(what) + "</b>";
  if (!seal.reason.empty()) out += "<blockquote>" + html(seal.reason) + "</blockquote>";
  return out + "</li>";
}

std::string verdict_form(const Page& page, const FollowPage& follow) {
  std::string out = his(page, follow, "judge");
  out += page.hidden("closure", std::to_string(*follow.judge));
  for (const char* question : {"solved", "satisfied"}) {
    out += "<fieldset class=\"row\"><legend>" + page.word(question) + "</legend>";
    for (const char* answer : {"yes", "no"})
      out += radio(question, answer, false, page.word(answer));
    out += "</fieldset>";
  }
  out += "<label>" + page.word("why") + "<select name=\"why\"><option value=\"\">—</option>";
  for (const char* why : {"not_done", "partly_done", "done_badly", "too_late", "treatment",
                          "not_explained", "came_back", "other"})
    out += "<option value=\"" + std::string(why) + "\">" +
           page.word(("why_" + std::string(why)).c_str()) + "</option>";
  out += "</select></label>";
  out += text_field(page, "why_text", "", ledger::kReportCharsMax);
  return out + page.button("send_verdict") + "</form>";
}

// What was written down for him he sees, and may put right while he can still judge.
void add_verdict(Page& page, const FollowPage& follow) {
  const auto& given = follow.judgement;
  const bool own = given && (!given->way || *given->way == ledger::VerdictWay::Code);
  if (own && given->solved != ledger::Verdict::NoAnswer) page.paragraph("verdict_given");
  if (given && given->way && !own) {
    const auto said = [&](ledger::Verdict verdict) {
      if (verdict == ledger::Verdict::NoAnswer) return page.word("no_answer");
      return page.word(verdict == ledger::Verdict::Yes ? "yes" : "no");
    };
    page.paragraph(
        "verdict_entered",
        {{"unit", follow.judged_by},
         {"way", page.word(*given->way == ledger::VerdictWay::Paper ? "way_paper" : "way_phone")},
         {"solved", said(given->solved)},
         {"satisfied", said(given->satisfied)}});
    if (follow.judge) page.paragraph("verdict_yours");
  }
  if (follow.judge)
    page.add("<section><h2>" + page.word("verdict") + "</h2>" + verdict_form(page, follow) +
             "</section>");
}

std::string receipt_part(const Page& page, const ReportReceipt& receipt) {
  return "<section><h2>" + page.word("receipt") + "</h2><p>" +
         page.word("receipt_is", {{"record", std::to_string(receipt.record.value)}}) +
         "</p><p><code>" + to_hex(receipt.leaf) + "</code></p><p>" + page.word("checkpoint") +
         " <a href=\"/log/checkpoint\">/log/checkpoint</a></p></section>";
}

// The parts of a page with the heading under which each stands, the newest of each first.
struct Part {
  const char* heading;
  std::string text;
};
std::vector<Part> parts_of(const Page& page, const FollowPage& follow) {
  std::vector<Part> out;
  for (auto at = follow.questions.rbegin(); at != follow.questions.rend(); ++at)
    out.push_back({"questions", question_part(page, follow, *at)});
  // What waits for him goes before what he has answered.
  std::stable_sort(out.begin(), out.end(), [](const Part& a, const Part& b) {
    return (a.text.find("<form") != std::string::npos) >
           (b.text.find("<form") != std::string::npos);
  });
  for (auto at = follow.seals.rbegin(); at != follow.seals.rend(); ++at)
    out.push_back({"seals", seal_part(page, *at)});
  for (auto at = follow.steps.rbegin(); at != follow.steps.rend(); ++at)
    out.push_back({"steps", step_part(page, *at)});
  return out;
}

}  // namespace

std::string report_form(const PageManner& manner, const ReportFormPage& form) {
  Page page(manner);
  page.paragraph("lead").paragraph("no_trace");
  page.add(page.form("/report")).add(unit_part(page, form));
  const bool complains = value_of(form.typed, "complains") == "yes";
  page.add("<fieldset><legend>" + page.word("complains") + "</legend>" +
           radio("complains", "no", !complains, page.word("complains_no")) +
           radio("complains", "yes", complains, page.word("complains_yes")) + "</fieldset>");
  page.add(category_part(page, form));
  page.add(text_field(page, "text", value_of(form.typed, "text"), ledger::kReportCharsMax));
  page.add(who_part(page, form)).add(page.button("send_it")).add("</form>");
  return page.finish("title");
}

std::string report_sent(const PageManner& manner, const ReportSentPage& sent) {
  Page page(manner);
  page.paragraph("write_down");
  page.add("<dl><dt>" + page.word("item") + "</dt><dd><code id=\"item\">" + html(sent.no) +
           "</code></dd><dt>" + page.word("code") + "</dt><dd><code id=\"code\">" +
           html(sent.code) + "</code></dd></dl>");
  page.paragraph("code_once");
  page.add(page.form("/follow") + page.hidden("item", sent.no) + page.hidden("code", sent.code) +
           page.button("look_now") + "</form>");
  page.add(receipt_part(page, sent.receipt));
  return page.finish("sent");
}

std::string follow_form(const PageManner& manner, const std::string& no) {
  Page page(manner);
  page.paragraph("follow_lead");
  page.add(page.form("/follow") + "<label>" + page.word("item") +
           "<input name=\"item\" maxlength=\"20\" required value=\"" + html(no) +
           "\"></label><label>" + page.word("code") +
           "<input name=\"code\" maxlength=\"60\" required></label>" + page.button("look") +
           "</form>");
  return page.finish("follow");
}

std::string follow(const PageManner& manner, const FollowPage& follow) {
  Page page(manner);
  page.add("<p class=\"state\">" + html(follow.no) + " · <b>" + page.title(follow.state) +
           "</b></p>");
  page.paragraph("received_by", {{"unit", follow.receiver}});
  if (follow.sealed && follow.seals.empty()) page.paragraph("seal_whole");
  if (follow.merged) page.paragraph("merged");
  add_verdict(page, follow);
  const std::string receipt = receipt_part(page, follow.receipt);
  const std::vector<Part> parts = parts_of(page, follow);
  std::size_t left = kReportPageBytesMax - kReportStyleBytesMax - kSlackBytes -
                     page.finish("follow").size() - receipt.size();
  const char* open = nullptr;
  std::size_t at = std::min(follow.from, parts.size());
  const std::size_t first = at;
  // One part fits on any page.
  for (; at < parts.size() && (at == first || parts[at].text.size() < left); ++at) {
    if (open == nullptr || std::string_view(open) != parts[at].heading) {
      if (open != nullptr) page.add("</ul></section>");
      open = parts[at].heading;
      page.add("<section><h2>" + page.word(open) + "</h2><ul>");
    }
    page.add(parts[at].text);
    left -= std::min(left, parts[at].text.size());
  }
  if (open != nullptr) page.add("</ul></section>");
  if (at < parts.size())
    page.add(his(page, follow, "look") + page.hidden("from", std::to_string(at)) +
             page.button("older") + "</form>");
  page.add(receipt);
  return page.finish("follow");
}

}  // namespace tz::http
