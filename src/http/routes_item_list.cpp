// Lists of items in the caller's sight, and the table clerks fill in.
#include "http/as_of.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/render.h"
#include "ledger/item_file.h"

namespace tz::http {

namespace {

Result<Response> item_page(const Call& call) {
  QueryReader query(call.target);
  (void)query.text("as_of");  // read beforehand
  ItemQuestion question = TZ_TRY(read_item_question(call, query, Paged::Yes));
  TZ_TRY(query.finish());
  const std::size_t limit = question.page.count_max++;  // one more tells whether there are more
  rollup::Selection found = select_items(call, question);
  const bool more = found.rows.size() > limit;
  if (more) found.rows.resize(limit);
  JsonArray items;
  for (const rollup::RowIndex index : found.rows)
    items.push_back(TZ_TRY(item_row_json(call, call.view().row(index))));
  Json out;
  out.set("items", std::move(items));
  out.set("next", more ? Json(ledger::to_text(call.view().row(found.rows.back()).no)) : Json());
  set_item_totals(out, found.counts);
  if (question.words) out.set("index_behind", *question.words != Known::All);
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

void get_items(const CallRef& call, const Reply& reply) {
  reading_or_as_of<item_page>(call, reply);
}

Result<Response> get_items_template(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"items.csv\"");
  response.body = ledger::item_file_template();
  return response;
}

}  // namespace tz::http
