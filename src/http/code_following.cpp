// Reading an item by its code in the same time, whether the code is right or wrong.
#include "http/code_following.h"

#include "access/query_code.h"

namespace tz::http {

Result<FollowedItem> followed_item(const Call& call, std::string_view no_text,
                                   std::string_view code,
                                   std::optional<KeptCode> (*kept_in)(const ledger::Item&),
                                   const char* refused_as) {
  const Error unknown = refusal(refused_as);
  const auto no = ledger::parse_item_no(no_text);
  const auto digits = access::read_query_code(code);
  const rollup::View& view = call.view();
  if (!no || !digits || view.row_count() == 0) return unknown;
  // Where there is none, another is read in its place, so that the time tells nothing.
  const auto found = view.find(*no);
  const auto decoy = static_cast<std::uint32_t>(no->value % view.row_count());
  const ledger::ItemRow row = view.row(found.value_or(rollup::RowIndex{decoy}));
  const Context& context = call.site.context;
  ledger::Item item = TZ_TRY(context.engine.item(row.no));
  const std::optional<KeptCode> kept = kept_in(item);
  const KeptCode wanted = kept.value_or(KeptCode{});
  const bool same = access::same_code(access::hash_of_code(*digits, wanted.salt), wanted.hash);
  if (!found || row.import || !kept || !same) return unknown;
  auto history = TZ_TRY(engine::history(context.engine, context.keyring, item.no));
  std::erase_if(history,
                [&](const engine::HistoryEntry& entry) { return item.last < entry.record.seq; });
  return FollowedItem{std::move(item), std::move(history)};
}

std::string unit_of(const Call& call, PostId post) {
  const ledger::Post* held = call.state().post(post);
  return held == nullptr ? std::string() : std::string(call.tree().name(held->unit));
}

}  // namespace tz::http
