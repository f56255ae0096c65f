// What a list of items was asked for, and its rows: the same for a page, a download and a count.
#pragma once

#include "http/call.h"
#include "http/search_feed.h"
#include "ledger/item_row.h"
#include "rollup/view.h"

namespace tz::http {

struct ItemQuestion {
  bool sees_any = false;  // else the caller holds no post that works on items
  rollup::Filter filter;  // within the caller's sight
  rollup::Order order;
  rollup::Page page;
  std::optional<Known> words;  // where words were asked for: whether some rows may be missing
};

// Whether the question may name a page: limit, and cursor or offset.
enum class Paged { Yes, No };

// A day of the query; none where it is not there. Refuses `query_bad`.
Result<std::optional<Day>> day_in(QueryReader& query, const char* name);

// Takes from the query: unit, lead, kind, phase, state, source, special, share, open, overdue,
// fixed, reopened, opened_from, opened_to, due_from, due_to, closed_from, closed_to, words, sort,
// order; where paged, limit and cursor or offset. The caller finishes the query. Refuses
// `query_bad`, `unit_unknown`, `kind_unknown`, `field_required` (a state without its kind),
// `special_unknown` (facts: special), `words_too_long`, `words_too_many` and `cursor_bad`. Where
// not paged, the page is the caller's to set.
Result<ItemQuestion> read_item_question(const Call& call, QueryReader& query, Paged paged);

// One scan: the page's rows in order, and the counts of all that match.
rollup::Selection select_items(const Call& call, const ItemQuestion& question);

// A row as lists show it, with its title. Reads the disk.
Result<Json> item_row_json(const Call& call, const ledger::ItemRow& row);

// Sets `total` and `totals`, over all kinds together.
void set_item_totals(Json& body, const rollup::PhaseCounts& counts);

}  // namespace tz::http
