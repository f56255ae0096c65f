// The current numbers from the item, the earlier ones from its records.
#include "http/results_json.h"

#include <utility>

#include "base/csv.h"
#include "http/csv_table.h"
#include "http/item_reading.h"
#include "http/record_text.h"
#include "http/render.h"
#include "ledger/light.h"
#include "ledger/progress.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

Json number_json(const std::optional<std::int64_t>& number) {
  return number ? Json(*number) : Json();
}

// What every number of the past says of itself.
Json noted(const Call& call, const HistoryEntry& entry) {
  Json out;
  out.set("record", entry.record.seq.value).set("at", call.instant_text(entry.record.recorded));
  out.set("by", acting_json(call.state(), entry.record.actor));
  out.set("origin", ledger::to_text(entry.event.origin));
  return out;
}

void set_source(const HistoryEntry& entry, const ledger::ActualsReported& event, Json& out) {
  JsonArray files;
  for (const Hash& file : event.files) files.emplace_back(to_hex(file));
  out.set("source_doc", text_json(text_of(entry, "source_doc"))).set("files", std::move(files));
}

template <class Event, class Work>
void for_each(const std::vector<HistoryEntry>& history, const Work& work) {
  for (const HistoryEntry& entry : history)
    if (const auto* event = std::get_if<Event>(&entry.event.event)) work(entry, *event);
}

Json indicator_json(const Call& call, const ledger::Indicator& indicator,
                    const std::vector<HistoryEntry>& history) {
  const std::string& id = indicator.wanted.id;
  JsonArray targets;
  for_each<ledger::CriterionSet>(history, [&](const HistoryEntry& entry, const auto& event) {
    const ledger::Quantity* wanted = ledger::find_quantity(event.quantities, id);
    if (wanted == nullptr) return;
    Json one = noted(call, entry);
    one.set("quantity", quantity_json(*wanted));
    targets.push_back(std::move(one));
  });
  JsonArray actuals;
  for_each<ledger::ActualsReported>(history, [&](const HistoryEntry& entry, const auto& event) {
    const ledger::Quantity* actual = ledger::find_quantity(event.actuals, id);
    if (actual == nullptr) return;
    Json one = noted(call, entry);
    one.set("quantity", quantity_json(*actual));
    set_source(entry, event, one);
    actuals.push_back(std::move(one));
  });
  Json out;
  out.set("id", id).set("unit", indicator.wanted.unit);
  out.set("target", quantity_json(indicator.wanted));
  out.set("actual", indicator.actual ? quantity_json(*indicator.actual) : Json());
  out.set("rate", number_json(indicator.rate));
  out.set("targets", std::move(targets)).set("actuals", std::move(actuals));
  return out;
}

// A milestone, its words (none: they were destroyed) and every day that it was planned for.
struct Planned {
  const ledger::Measure* measure;
  std::optional<std::string> text;
  std::vector<Day> days;
};
std::vector<Planned> milestones_of(const ledger::Item& item,
                                   const std::vector<HistoryEntry>& history) {
  std::vector<Planned> out;
  for (const ledger::Measure& measure : item.measures) {
    Planned one{&measure, {}, {}};
    for_each<ledger::MeasurePlanned>(history, [&](const HistoryEntry& entry, const auto& event) {
      if (event.measure != measure.measure) return;
      one.text = text_of(entry, "measure");
      one.days.push_back(event.due);
    });
    for_each<ledger::MilestoneMoved>(history, [&](const HistoryEntry&, const auto& event) {
      if (event.milestone.measure == measure.measure) one.days.push_back(event.milestone.day);
    });
    out.push_back(std::move(one));
  }
  return out;
}

Json milestones_json(const std::vector<Planned>& milestones) {
  JsonArray out;
  for (const Planned& planned : milestones) {
    JsonArray days;
    for (const Day day : planned.days) days.emplace_back(to_text(day));
    Json one;
    one.set("measure", std::int64_t{planned.measure->measure});
    one.set("text", text_json(planned.text));
    one.set("due", to_text(planned.measure->due)).set("days", std::move(days));
    one.set("done", planned.measure->done).set("ended", planned.measure->ended);
    one.set("reached", day_json(planned.measure->reached));
    out.push_back(std::move(one));
  }
  return out;
}

// A record that says something of the money; what it does not say of stands as none.
struct MoneyChange {
  const HistoryEntry* entry;
  const ledger::ActualsReported* reported;  // null: it was planned
  std::optional<std::int64_t> planned_fen;
  std::optional<std::int64_t> in_place_fen;
  std::optional<std::int64_t> paid_fen;
};
std::vector<MoneyChange> money_of(const std::vector<HistoryEntry>& history) {
  std::vector<MoneyChange> out;
  for (const HistoryEntry& entry : history) {
    if (const auto* planned = std::get_if<ledger::FundsPlanned>(&entry.event.event)) {
      out.push_back({&entry, nullptr, planned->planned_fen, {}, {}});
    } else if (const auto* told = std::get_if<ledger::ActualsReported>(&entry.event.event)) {
      if (told->in_place_fen || told->paid_fen)
        out.push_back({&entry, told, {}, told->in_place_fen, told->paid_fen});
    }
  }
  return out;
}

Json funds_json(const Call& call, const ledger::Item& item,
                const std::vector<HistoryEntry>& history) {
  JsonArray changes;
  for (const MoneyChange& change : money_of(history)) {
    Json one = noted(call, *change.entry);
    if (change.reported == nullptr) {
      one.set("planned_fen", number_json(change.planned_fen));
    } else {
      one.set("in_place_fen", number_json(change.in_place_fen));
      one.set("paid_fen", number_json(change.paid_fen));
      set_source(*change.entry, *change.reported, one);
    }
    changes.push_back(std::move(one));
  }
  Json out;
  out.set("planned_fen", number_json(item.funds.planned_fen));
  out.set("in_place_fen", number_json(item.funds.in_place_fen));
  out.set("paid_fen", number_json(item.funds.paid_fen));
  out.set("payment_rate", number_json(ledger::payment_rate(item.funds)));
  out.set("changes", std::move(changes));
  return out;
}

Json sum_json(const rollup::QuantitySum& sum) {
  Json out;
  out.set("id", sum.id).set("unit", sum.unit).set("value", sum.value);
  out.set("qualifier", ledger::to_text(sum.qualifier));
  out.set("item_count", std::uint64_t{sum.item_count});
  return out;
}

}  // namespace

std::string signed_percent_text(std::int64_t hundredths) {
  const std::uint64_t size = hundredths < 0 ? 0 - static_cast<std::uint64_t>(hundredths)
                                            : static_cast<std::uint64_t>(hundredths);
  const std::string cents = std::to_string(size % 100);
  return (hundredths < 0 ? "-" : "") + std::to_string(size / 100) +
         (cents.size() == 1 ? ".0" : ".") + cents;
}

std::vector<std::string> results_columns(const Call& call,
                                         std::initializer_list<const char*> names) {
  std::vector<std::string> out;
  for (const char* name : names)
    out.push_back(call.words().text("results.column_" + std::string(name)));
  return out;
}

Json votes_json(const ledger::Item& item) {
  if (!item.votes) return {};
  Json out;
  out.set("ballot", item.votes->ballot.value).set("for", item.votes->in_favour);
  out.set("against", item.votes->against).set("abstained", item.votes->abstained);
  out.set("chosen", item.votes->chosen);
  return out;
}

void set_progress(const Call& call, const ledger::Item& item, Json& out) {
  const auto attained = ledger::progress_of(item).attained;
  const auto planned = ledger::planned_by(item, call.shown_on());
  out.set("attained", number_json(attained)).set("planned", number_json(planned));
  out.set("gap", attained && planned ? Json(*planned - *attained) : Json());
}

Json results_json(const Call& call, const ledger::Item& item,
                  const std::vector<HistoryEntry>& history) {
  JsonArray indicators;
  const ledger::ItemProgress progress = ledger::progress_of(item);
  for (const ledger::Indicator& one : progress.indicators)
    indicators.push_back(indicator_json(call, one, history));
  Json out;
  out.set("item", ledger::to_text(item.no)).set("version", item.last.value);
  out.set("counted", ledger::flow_of(item, call.state()).counts_results());
  set_progress(call, item, out);
  out.set("light", light_json(call, item));
  out.set("indicators", std::move(indicators));
  out.set("milestones", milestones_json(milestones_of(item, history)));
  out.set("funds", funds_json(call, item, history));
  out.set("votes", votes_json(item));
  out.set("planned_on", day_json(item.planned)).set("due", day_json(item.due));
  out.set("original_due", day_json(item.original_due));
  out.set("is_copy", item.copy_of.has_value());
  out.set("copy_count", static_cast<std::uint64_t>(item.copies.size()));
  set_stamp(out, call);
  return out;
}

std::string results_csv(const Call& call, const ledger::Item& item,
                        const std::vector<HistoryEntry>& history) {
  std::string out =
      csv_row(results_columns(call, {"item", "indicator", "unit", "baseline", "target", "as_of",
                                     "actual", "qualifier", "source", "record", "recorded"}));
  const auto add = [&](const HistoryEntry& entry, const ledger::Quantity& of,
                       const ledger::Quantity* wanted, const ledger::Quantity* actual) {
    out += csv_row(
        {ledger::to_text(item.no), of.id, of.unit,
         wanted != nullptr && wanted->baseline ? std::to_string(*wanted->baseline) : "",
         wanted == nullptr ? "" : std::to_string(wanted->value), of.as_of ? to_text(*of.as_of) : "",
         actual == nullptr ? "" : std::to_string(actual->value),
         std::string(ledger::to_text(of.qualifier)), text_of(entry, "source_doc").value_or(""),
         std::to_string(entry.record.seq.value), call.instant_text(entry.record.recorded)});
  };
  const std::vector<ledger::Quantity>* targets = nullptr;  // as they stood then
  for (const HistoryEntry& entry : history) {
    if (const auto* set = std::get_if<ledger::CriterionSet>(&entry.event.event)) {
      targets = &set->quantities;
      for (const ledger::Quantity& wanted : *targets) add(entry, wanted, &wanted, nullptr);
    } else if (const auto* told = std::get_if<ledger::ActualsReported>(&entry.event.event)) {
      for (const ledger::Quantity& actual : told->actuals)
        add(entry, actual,
            targets == nullptr ? nullptr : ledger::find_quantity(*targets, actual.id), &actual);
    }
  }
  return out;
}

std::string milestones_csv(const Call& call, const ledger::Item& item,
                           const std::vector<HistoryEntry>& history) {
  CsvTable table(call.words(), {"item", "milestone", "milestone_text", "planned_days", "due",
                                "reached", "reached_on", "dropped"});
  for (const Planned& planned : milestones_of(item, history)) {
    const ledger::Measure& measure = *planned.measure;
    std::string days;
    for (const Day day : planned.days) days += (days.empty() ? "" : "; ") + to_text(day);
    table.add({ledger::to_text(item.no), std::to_string(measure.measure), planned.text.value_or(""),
               std::move(days), to_text(measure.due), table.truth(measure.done),
               measure.reached ? to_text(*measure.reached) : "", table.truth(measure.ended)});
  }
  return table.text();
}

std::string money_csv(const Call& call, const ledger::Item& item,
                      const std::vector<HistoryEntry>& history) {
  CsvTable table(call.words(),
                 {"item", "record", "recorded", "planned", "in_place", "paid", "source"});
  const auto yuan = [](const std::optional<std::int64_t>& fen) {
    return fen ? ledger::yuan_text(*fen) : "";
  };
  for (const MoneyChange& change : money_of(history))
    table.add({ledger::to_text(item.no), std::to_string(change.entry->record.seq.value),
               call.instant_text(change.entry->record.recorded), yuan(change.planned_fen),
               yuan(change.in_place_fen), yuan(change.paid_fen),
               change.reported ? text_of(*change.entry, "source_doc").value_or("") : ""});
  return table.text();
}

Json model_totals_json(const rollup::ModelTotals& totals) {
  JsonArray indicators;
  for (const rollup::ModelTotal& total : totals.indicators) {
    Json one;
    one.set("target", sum_json(total.target)).set("reached", sum_json(total.reached));
    one.set("verified", sum_json(total.verified));
    indicators.push_back(std::move(one));
  }
  Json funds;
  funds.set("planned_fen", totals.funds.planned).set("in_place_fen", totals.funds.in_place);
  funds.set("paid_fen", totals.funds.paid);
  Json out;
  out.set("indicators", std::move(indicators)).set("funds", std::move(funds));
  out.set("item_count", std::uint64_t{totals.item_count});
  out.set("closed_fixed", std::uint64_t{totals.closed_fixed});
  return out;
}

}  // namespace tz::http
