// How often the posts of a unit were told something, and by whose acts.
#include <map>

#include "engine/notices.h"
#include "http/handlers.h"
#include "http/render.h"

namespace tz::http {
namespace {

constexpr std::size_t kMonthsMax = 24;
constexpr std::size_t kRowsMax = 5'000;

}  // namespace

Result<Response> get_unit_burden(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const UnitId unit = TZ_TRY(unit_named(call.tree(), call.params[0]));
  JsonArray months;
  JsonArray asked_by;
  std::optional<Day> month;
  std::uint64_t total = 0;
  const auto end_month = [&] {
    if (!month) return;
    Json one;
    one.set("month", month_text(*month)).set("count", total);
    one.set("asked_by", std::move(asked_by));
    months.push_back(std::move(one));
    asked_by = {};
    total = 0;
  };
  for (const notify::Burden& row :
       TZ_TRY(engine::burden_of(call.site.context.engine, unit, kRowsMax))) {
    if (month != row.month) {
      end_month();
      if (months.size() == kMonthsMax) {
        month.reset();
        break;
      }
      month = row.month;
    }
    Json asking;
    asking.set("unit", unit_json(call.tree(), row.asking)).set("count", row.count);
    asked_by.push_back(std::move(asking));
    total += row.count;
  }
  end_month();
  Json out;
  out.set("unit", unit_json(call.tree(), unit)).set("months", std::move(months));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
