// taizhang figures stated: the demonstration's figures against the article's, each with its query.
#include <fmt/core.h>

#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {
namespace {

const char* language_key(const Speech& speech) {
  return speech.language == Language::English ? "en" : "zh-CN";
}

std::string title_in(const Json& object, const char* name, const Speech& speech) {
  const Json* title = object.find(name);
  if (title == nullptr || title->is_null()) return {};
  return *title->find(language_key(speech))->as_text();
}

// A number, a text, or a dash where there is none.
std::string value_text(const Json* value) {
  if (value == nullptr || value->is_null()) return "-";
  return value->as_text() != nullptr ? *value->as_text() : value->dump();
}

std::string stated_text(const Json& figure, const Speech& speech) {
  const Json* stated = figure.find("stated");
  if (stated->is_null()) return speech.word("cli.stated.not_stated");
  const std::string value = value_text(stated->find("value"));
  const Json* qualifier = stated->find("qualifier");
  const bool over = qualifier != nullptr && *qualifier == Json("over");
  return over ? speech.word("cli.stated.over", {{"value", value}}) : value;
}

std::string difference_text(const Json& figure, const Speech& speech) {
  const Json* agrees = figure.find("agrees");
  if (agrees->is_null()) return {};
  if (*agrees->as_bool()) return speech.word("cli.stated.same");
  const std::int64_t* difference = figure.find("difference")->as_int();
  if (difference == nullptr) return speech.word("cli.stated.other");
  return speech.word("cli.stated.difference", {{"difference", fmt::format("{:+}", *difference)}});
}

void print_figure(const Json& figure, const Speech& speech) {
  const Json* missing = figure.find("missing");
  const std::string unit = figure.find("unit")->is_null() ? "" : *figure.find("unit")->as_text();
  const std::string computed = missing->is_null() ? value_text(figure.find("computed")) + unit
                                                  : "(" + *missing->as_text() + ")";
  fmt::print("  {}\n    {}\n", title_in(figure, "title", speech),
             speech.word("cli.stated.figure", {{"stated", stated_text(figure, speech)},
                                               {"computed", computed},
                                               {"difference", difference_text(figure, speech)}}));
  const std::string note = title_in(figure, "note", speech);
  if (!note.empty()) fmt::print("    {}\n", note);
  for (const Json& query : *figure.find("queries")->as_array()) {
    const Json* as = query.find("as");
    fmt::print(
        "    GET {}  {}{}\n", *query.find("path")->as_text(), *query.find("pointer")->as_text(),
        as->is_null() ? "" : "  " + speech.word("cli.stated.as", {{"account", *as->as_text()}}));
  }
}

}  // namespace

int run_figures_stated(const FiguresStatedOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "figures_stated").set("row", options.row);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    for (const Json& row : *answer.find("rows")->as_array()) {
      fmt::print("{}  {}\n", row.find("row")->dump(), title_in(row, "says", speech));
      for (const Json& figure : *row.find("figures")->as_array()) print_figure(figure, speech);
    }
    speech.say("cli.stated.position", {{"position", answer.find("position")->dump()}});
  });
}

}  // namespace tz::program
