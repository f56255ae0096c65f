// Parts and sources with their sealed texts, found by the records that brought them.
#include "http/item_shares.h"

#include "http/record_text.h"
#include "http/render.h"
#include "http/report_sight.h"

namespace tz::http {
namespace {

using engine::HistoryEntry;

Json yes_or_no(const std::optional<bool>& value) { return value ? Json(*value) : Json(); }

Json parts_json(const Call& call, const ledger::Item& item,
                const std::vector<HistoryEntry>& history) {
  JsonArray out;
  for (const HistoryEntry& entry : history) {
    const auto* given = std::get_if<ledger::PartAssigned>(&entry.event.event);
    if (given == nullptr || out.size() >= item.parts.size()) continue;
    const ledger::UnitPart& part = item.parts[out.size()];
    Json each;
    each.set("part", std::int64_t{part.part}).set("unit", unit_json(call.tree(), part.unit));
    each.set("text", text_json(text_of(entry, "part"))).set("due", to_text(part.due));
    each.set("called", part.called).set("done", part.done).set("ended", part.ended);
    each.set("came_well", yes_or_no(part.came_well));
    each.set("called_right", yes_or_no(part.called_right));
    out.push_back(std::move(each));
  }
  return out;
}

Json sources_json(const std::vector<HistoryEntry>& history) {
  JsonArray out;
  for (const HistoryEntry& entry : history) {
    const auto* added = std::get_if<ledger::SourceAdded>(&entry.event.event);
    if (added == nullptr) continue;
    Json each;
    each.set("source", added->source).set("batch", added->batch ? Json(*added->batch) : Json());
    each.set("upstream_no", text_json(text_of(entry, "upstream_no")));
    each.set("source_doc", text_json(text_of(entry, "source_doc")));
    out.push_back(std::move(each));
  }
  return out;
}

Result<Json> number_json(const Call& call, const ledger::Item& item,
                         const std::optional<ledger::ItemNo>& no) {
  if (!no || !TZ_TRY(may_know_of(call, item, *no))) return Json();
  return Json(ledger::to_text(*no));
}

Result<Json> numbers_json(const Call& call, const ledger::Item& item,
                          const std::vector<ledger::ItemNo>& numbers) {
  JsonArray out;
  for (const ledger::ItemNo no : numbers)
    if (TZ_TRY(may_know_of(call, item, no))) out.emplace_back(ledger::to_text(no));
  return Json(std::move(out));
}

}  // namespace

void set_shares(const Call& call, const ledger::Item& item,
                const std::vector<HistoryEntry>& history, Json& out) {
  out.set("parts", parts_json(call, item, history));
  out.set("more_sources", sources_json(history));
}

Outcome set_links(const Call& call, const ledger::Item& item, Json& out) {
  out.set("shares", TZ_TRY(numbers_json(call, item, item.shares)));
  out.set("share_of", TZ_TRY(number_json(call, item, item.share_of)));
  out.set("merged_into", TZ_TRY(number_json(call, item, item.merged_into)));
  out.set("merged_from", TZ_TRY(numbers_json(call, item, item.merged_from)));
  out.set("copy_of", TZ_TRY(number_json(call, item, item.copy_of)));
  out.set("copy_count", static_cast<std::uint64_t>(item.copies.size()));
  out.set("same_as", TZ_TRY(number_json(call, item, item.same_as)));
  out.set("recurs", TZ_TRY(number_json(call, item, item.recurs)));
  return Done{};
}

}  // namespace tz::http
