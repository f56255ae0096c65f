// The rule is the ledger's: here is only looked up what it has to know.
#include "http/finding_numbers.h"

#include "http/item_reading.h"
#include "http/sight.h"
#include "rollup/source_refs.h"

namespace tz::http {
namespace {

using KnownItem = std::optional<ledger::ItemNo>;

std::vector<ledger::ItemRow> rows_from(const engine::Published& now, const Sight& sight,
                                       const rollup::View& view, const std::string& kind,
                                       std::string_view source) {
  std::vector<ledger::ItemRow> out;
  if (!sight.anything()) return out;
  rollup::Filter filter;
  filter.sight = sight.filter();
  filter.sources = rollup::source_refs(*now.state, kind, source);
  for (const rollup::RowIndex row : view.list(filter, {}, engine::kNumbersReadMax))
    out.push_back(view.row(row));
  return out;
}

std::optional<NumberGiven> given_to(const ledger::Flow& flow, const std::string& source,
                                    const std::optional<std::string>& batch,
                                    const std::optional<std::string>& number) {
  if (!number || number->empty() || !flow.finds(source)) return std::nullopt;
  return NumberGiven{flow.kind, {source, batch.value_or(""), *number}};
}

// What each command gives; none for all others.
struct Giving {
  const Call& call;

  std::optional<NumberGiven> operator()(const ledger::OpenItem& item) const {
    const auto flow = call.state().flow_of(item.kind);
    if (!flow) return std::nullopt;
    return given_to(*call.state().flows[*flow], item.source, item.batch, item.upstream_no);
  }
  std::optional<NumberGiven> operator()(const ledger::TakeAction& action) const {
    const auto row = call.view().find(action.item);
    const ledger::ActionInput& input = action.input;
    if (!row || !input.source) return std::nullopt;
    const ledger::Flow& flow = *call.state().flows[call.view().row(*row).flow];
    return given_to(flow, *input.source, input.batch, input.upstream_no);
  }
  std::optional<NumberGiven> operator()(const ledger::CorrectItem& correct) const {
    const auto item = readable_item(call, ledger::to_text(correct.item));
    if (!item.ok()) return std::nullopt;
    std::string source = item->source;
    std::optional<std::string> batch = item->batch;
    std::optional<std::string> number = correct.value;
    if (correct.field != "upstream_no") {
      const auto history = history_of(call, *item);
      if (!history.ok()) return std::nullopt;
      number = engine::current_texts(*history).upstream_no;
      (correct.field == "source" ? source : batch.emplace()) = correct.value;
    }
    return given_to(flow_of(*item, call.state()), source, batch, number);
  }
  template <class Other>
  std::optional<NumberGiven> operator()(const Other&) const {
    return std::nullopt;
  }
};

// An item knows its own number.
void tell(ledger::Command& command, const KnownItem& known) {
  if (auto* item = std::get_if<ledger::OpenItem>(&command)) item->known_as = known;
  if (auto* action = std::get_if<ledger::TakeAction>(&command)) action->input.known_as = known;
  if (auto* correct = std::get_if<ledger::CorrectItem>(&command))
    if (known != correct->item) correct->known_as = known;
}

}  // namespace

engine::KnownNumbers known_numbers(const Call& call, const std::string& kind) {
  const Context& context = call.site.context;
  const engine::Published now = context.engine.published();
  const auto view = view_for(now, call.account(), call.today);
  const Sight sight(now, call.account(), call.today);
  return {context.engine, context.keyring,
          [=](std::string_view source) { return rows_from(now, sight, *view, kind, source); }};
}

bool may_give_number(const ledger::Command& command) {
  if (const auto* item = std::get_if<ledger::OpenItem>(&command))
    return item->upstream_no.has_value();
  if (const auto* action = std::get_if<ledger::TakeAction>(&command))
    return action->input.source && action->input.upstream_no;
  const auto* correct = std::get_if<ledger::CorrectItem>(&command);
  return correct != nullptr && (correct->field == "upstream_no" || correct->field == "source" ||
                                correct->field == "batch");
}

std::optional<NumberGiven> number_given(const Call& call, const ledger::Command& command) {
  return std::visit(Giving{call}, command);
}

Result<engine::Receipt> submit_numbered(const Call& call, const NumberGiven& given,
                                        engine::Request request) {
  engine::Engine& engine = call.site.context.engine;
  const engine::NumbersRead::Turn turn = engine.numbers().turn();
  if (turn == nullptr) return refusal("findings_busy");
  engine::KnownNumbers numbers = known_numbers(call, given.kind);
  const KnownItem known = numbers.find(given.number);
  TZ_TRY(numbers.outcome());
  tell(*request.command, known);
  return engine.submit_and_wait(std::move(request));
}

}  // namespace tz::http
