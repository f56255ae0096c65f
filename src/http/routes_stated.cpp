// What the article that a demonstration plays states, next to what this ledger answers: each figure
// comes from the routes that anybody asks, and no other way.
#include <algorithm>
#include <map>

#include "http/answer_pointer.h"
#include "http/handlers.h"
#include "http/inner_call.h"
#include "http/render.h"
#include "ledger/fund.h"

namespace tz::http {
namespace {

constexpr std::string_view kFile = "demo/stated.json";

// The file is built in and tested: what a figure needs is there.
const std::string& text_of(const Json& object, const char* name) {
  const Json* value = object.find(name);
  TZ_ASSERT(value != nullptr && value->as_text() != nullptr);
  return *value->as_text();
}

const JsonArray& list_of(const Json& object, const char* name) {
  const Json* value = object.find(name);
  TZ_ASSERT(value != nullptr && value->as_array() != nullptr);
  return *value->as_array();
}

Json or_null(const Json& object, const char* name) {
  const Json* value = object.find(name);
  return value == nullptr ? Json() : *value;
}

// A query without its pointer: who asks, and what.
using Question = std::pair<std::string, std::string>;

Question question_of(const Json& query) {
  const Json* as = query.find("as");
  return {as == nullptr ? std::string() : *as->as_text(), text_of(query, "path")};
}

using Answers = std::map<Question, Result<Json>>;

// Numbers are added, texts stand one after another.
Json sum_of(const std::vector<Json>& values) {
  if (values.empty()) return {};
  std::int64_t sum = 0;
  std::string texts;
  for (const Json& value : values) {
    if (value.as_int() != nullptr)
      sum += *value.as_int();
    else
      texts += (texts.empty() ? "" : ", ") +
               (value.as_text() != nullptr ? *value.as_text() : value.dump());
  }
  return texts.empty() ? Json(sum) : Json(std::move(texts));
}

// Below one hundred unless all are covered.
Json percent_of(const Json& part, const Json& whole) {
  if (part.as_int() == nullptr || whole.as_int() == nullptr || *whole.as_int() == 0) return {};
  return Json(*part.as_int() * 100 / *whole.as_int());
}

// Fen as they are counted, in yuan as they are spoken of.
Json yuan_of(const Json& fen) {
  if (fen.as_int() == nullptr) return {};
  if (*fen.as_int() % 100 == 0) return Json(*fen.as_int() / 100);
  return Json(ledger::yuan_text(*fen.as_int()));
}

Result<Json> computed(const Json& figure, const Answers& answers) {
  std::vector<Json> parts;
  std::vector<Json> wholes;
  std::int64_t answering = 0;
  for (const Json& query : list_of(figure, "queries")) {
    const Result<Json>& answer = answers.at(question_of(query));
    if (!answer.ok()) return answer.error();
    const std::vector<Json> found = values_at(*answer, text_of(query, "pointer"));
    if (!found.empty()) ++answering;
    parts.insert(parts.end(), found.begin(), found.end());
    if (query.find("of") == nullptr) continue;
    const std::vector<Json> whole = values_at(*answer, text_of(query, "of"));
    wholes.insert(wholes.end(), whole.begin(), whole.end());
  }
  const Json* reckon = figure.find("reckon");
  if (reckon == nullptr) return sum_of(parts);
  if (*reckon->as_text() == "answers") return Json(answering);
  if (*reckon->as_text() == "yuan") return yuan_of(sum_of(parts));
  return percent_of(sum_of(parts), sum_of(wholes));
}

Json figure_json(const Json& figure, const Answers& answers) {
  Json out;
  out.set("figure", text_of(figure, "figure")).set("title", *figure.find("title"));
  const Json* stated = figure.find("stated");
  out.set("stated", stated == nullptr ? Json() : *stated);
  const Result<Json> found = computed(figure, answers);
  const Json value = found.ok() ? *found : Json();
  const Json* said = stated == nullptr ? nullptr : stated->find("value");
  const bool both = said != nullptr && !value.is_null();
  const bool numbers = both && said->as_int() != nullptr && value.as_int() != nullptr;
  out.set("computed", value);
  out.set("agrees", both ? Json(*said == value) : Json());
  out.set("difference", numbers ? Json(*value.as_int() - *said->as_int()) : Json());
  out.set("missing", found.ok() ? Json() : Json(found.error().code));
  out.set("unit", or_null(figure, "unit")).set("note", or_null(figure, "note"));
  JsonArray queries;
  for (const Json& query : list_of(figure, "queries")) {
    Json one;
    one.set("path", text_of(query, "path")).set("pointer", text_of(query, "pointer"));
    one.set("of", or_null(query, "of")).set("as", or_null(query, "as"));
    queries.push_back(std::move(one));
  }
  out.set("queries", std::move(queries));
  return out;
}

// Asks one question after another, whichever thread the answer comes on, and then answers itself.
class Asking : public std::enable_shared_from_this<Asking> {
 public:
  Asking(CallRef call, Reply reply, Json file)
      : call_(std::move(call)), reply_(std::move(reply)), file_(std::move(file)) {
    for (const Json& row : list_of(file_, "rows"))
      for (const Json& figure : list_of(row, "figures"))
        for (const Json& query : list_of(figure, "queries"))
          if (const Question asked = question_of(query);
              std::find(questions_.begin(), questions_.end(), asked) == questions_.end())
            questions_.push_back(asked);
  }

  void go_on() {
    if (answers_.size() == questions_.size()) return answer();
    const Question& asked = questions_[answers_.size()];
    const auto inner = ask(asked);
    if (!inner.ok()) return take(inner.error());
    inner->handler(inner->call, [self = shared_from_this()](const Answer& answer) {
      if (!answer.result.ok()) return self->take(answer.result.error());
      self->take(parse_json(answer.result->content(), {std::size_t{16} << 20, 32}));
    });
  }

 private:
  Result<InnerCall> ask(const Question& asked) const {
    const auto& [name, path] = asked;
    if (name.empty()) return inner_call(*call_, path, {});
    const auto account = call_->site.context.accounts.find(name);
    if (!account) return refusal("account_unknown");
    return inner_call(*call_, path, account->id);
  }

  void take(Result<Json> answer) {
    answers_.emplace(questions_[answers_.size()], std::move(answer));
    go_on();
  }

  void answer() {
    JsonArray rows;
    for (const Json& row : list_of(file_, "rows")) {
      Json one;
      one.set("row", *row.find("row")).set("says", *row.find("says"));
      JsonArray figures;
      for (const Json& figure : list_of(row, "figures"))
        figures.push_back(figure_json(figure, answers_));
      one.set("figures", std::move(figures));
      rows.push_back(std::move(one));
    }
    Json out;
    out.set("rows", std::move(rows));
    set_stamp(out, *call_);
    reply_({json_response(out), {}});
  }

  const CallRef call_;
  const Reply reply_;
  const Json file_;
  std::vector<Question> questions_;
  Answers answers_;  // of as many questions, in their order
};

}  // namespace

// A figure of what only some may see is asked in the sight of an account of the demonstration,
// which the query names: a simulated ledger holds nobody's secrets, and no more than the number is
// told.
void get_stated(const CallRef& call, const Reply& reply) {
  QueryReader query(call->target);
  if (const Outcome known = query.finish(); !known.ok()) return reply({known.error(), {}});
  const std::string_view text = call->site.context.embedded(kFile);
  if (!call->state().genesis.simulated || text.empty())
    return reply({refusal("route_unknown"), {}});
  auto file = parse_json(text);
  if (!file.ok()) return reply({file.error(), {}});
  std::make_shared<Asking>(call, reply, *std::move(file))->go_on();
}

}  // namespace tz::http
