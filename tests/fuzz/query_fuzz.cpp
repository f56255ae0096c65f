// Any bytes as what stands in an address: a moment, a day, an item's number, a number, a page's
// size. What is accepted says the same when written anew.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/csv.h"
#include "base/time.h"
#include "engine/past.h"
#include "http/target.h"
#include "ledger/item_no.h"
#include "percent.h"

namespace {

constexpr std::uint64_t kNumberMax = 1'000'000;
constexpr std::size_t kUsual = 20;
constexpr std::size_t kMost = 200;

void check_times(std::string_view text) {
  const tz::Zone zone;
  if (const auto day = tz::parse_day(text); day.ok()) TZ_ASSERT(tz::to_text(*day) == text);
  const auto instant = tz::parse_instant(text);
  if (instant.ok() && instant->us % 1000 == 0) {
    const auto again = tz::parse_instant(tz::to_text(*instant, zone));
    TZ_ASSERT(again.ok());
    TZ_ASSERT(*again == *instant);
  }
  const auto as_of = tz::engine::parse_as_of(text, zone);
  if (!as_of.ok()) return;
  TZ_ASSERT(as_of->moment.has_value() != as_of->position.has_value());
  TZ_ASSERT(as_of->position.has_value() == text.starts_with('@'));
  if (instant.ok()) TZ_ASSERT(as_of->moment == *instant);
}

void check_number(std::string_view text) {
  const auto no = tz::ledger::parse_item_no(text);
  if (!no) return;
  TZ_ASSERT(no->value < tz::ledger::kItemNoCount);
  TZ_ASSERT(tz::ledger::parse_item_no(tz::ledger::to_text(*no)) == no);
}

// Each reader of a value refuses what it cannot read, and repeats no bytes that are no text.
void check_query(std::string_view text) {
  const auto target = tz::http::parse_target("/x?limit=" + tz::fuzz::encoded(std::string(text)));
  if (!target.ok()) return;
  tz::http::QueryReader query(*target);
  TZ_ASSERT(query.text("limit") == text);
  const auto number = query.number("limit", kNumberMax);
  if (number.ok()) TZ_ASSERT(**number <= kNumberMax);
  const auto limit = query.limit(kUsual, kMost);
  if (limit.ok()) {
    TZ_ASSERT(*limit >= 1 && *limit <= kMost);
    TZ_ASSERT(number.ok() && **number == *limit);
  }
  const auto yes = query.yes_no("limit");
  if (yes.ok()) TZ_ASSERT(yes->has_value() && !limit.ok());
  TZ_ASSERT(query.finish().ok());
  const tz::Error refused = tz::http::query_bad("limit", text);
  for (const auto& [name, value] : refused.facts) TZ_ASSERT(tz::valid_utf8(value));
}

// The bytes as they come: the names are the sender's too.
void check_fields(std::string_view text) {
  const auto target = tz::http::parse_target("/x?" + std::string(text));
  if (!target.ok()) return;
  tz::http::QueryReader query(*target);
  for (const auto& [name, value] : target->query) {
    TZ_ASSERT(!query.finish().ok());
    TZ_ASSERT(query.text(name) == value);
  }
  TZ_ASSERT(query.finish().ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tz::as_text({data, size});
  check_times(text);
  check_number(text);
  check_query(text);
  check_fields(text);
  return 0;
}
