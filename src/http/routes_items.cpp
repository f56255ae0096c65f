// One item: what it is now, and all that happened to it.
#include <map>

#include "http/handlers.h"
#include "http/item_reading.h"
#include "http/render.h"

namespace tz::http {
namespace {

constexpr std::string_view kUnitFields[] = {"accepting",   "implementing", "lead",
                                            "owner",       "place",        "responsible",
                                            "supervising", "supporting"};

void collect_units(const Json& payload, const ledger::OrgTree& tree,
                   std::map<std::int64_t, UnitId>& out) {
  const auto take = [&](const Json& value) {
    const std::int64_t* id = value.as_int();
    if (id != nullptr && *id >= 0 && static_cast<std::size_t>(*id) < tree.size())
      out[*id] = UnitId{static_cast<std::uint32_t>(*id)};
  };
  for (const std::string_view field : kUnitFields) {
    const Json* value = payload.find(field);
    if (value == nullptr) continue;
    take(*value);
    if (value->as_array() != nullptr)
      for (const Json& element : *value->as_array()) take(element);
  }
}

}  // namespace

Result<Response> get_item(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  const auto history = TZ_TRY(history_of(call, item));
  Response response = json_response(TZ_TRY(item_json(call, item, history)));
  response.headers.emplace_back("ETag", etag_of(item.last));
  return response;
}

Result<Response> get_item_history(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  JsonArray records;
  std::map<std::int64_t, UnitId> named;
  for (const engine::HistoryEntry& entry : TZ_TRY(history_of(call, item))) {
    Json record = record_json(call, entry);
    if (const Json* payload = record.find("payload")) collect_units(*payload, call.tree(), named);
    records.push_back(std::move(record));
  }
  // Payloads name units by registration number; here is what these are.
  Json units;
  units = JsonObject{};
  for (const auto& [id, unit] : named) units.set(std::to_string(id), unit_json(call.tree(), unit));
  Json out;
  out.set("item", ledger::to_text(item.no)).set("version", item.last.value);
  out.set("records", std::move(records)).set("units", std::move(units));
  set_stamp(out, call);
  Response response = json_response(out);
  response.headers.emplace_back("ETag", etag_of(item.last));
  return response;
}

}  // namespace tz::http
