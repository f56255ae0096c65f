// The lines of a scenario about posts: who acts for whom, and handing work over.
#include "ledger/handover.h"
#include "scenarios/line.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

Fault Player::ask(std::optional<AccountId> account, Command command) {
  owes_success_ = true;
  size_before_ = size();
  refused_.reset();
  request_ = engine::Request{std::move(command), {account.value_or(AccountId{}), {}}, {}, {}};
  const auto receipt = ledger_.engine().submit_and_wait(*request_);
  if (!receipt.ok()) refused_ = receipt.error();
  return std::nullopt;
}

std::optional<Post> Player::post_of(const std::string& person, const std::string& role) {
  const auto known = persons_.find(person);
  if (known == persons_.end()) return std::nullopt;
  for (const Post& post : ledger_.engine().published().state->posts)
    if (post.account == known->second && !post.acting &&
        (role.empty() || to_text(post.role) == role))
      return post;
  return std::nullopt;
}

Fault Player::end_post(const Words& words) {
  const auto post = words.size() == 3 ? post_of(words[1], words[2]) : std::nullopt;
  if (!post) return fault("end PERSON ROLE is needed");
  return ask({}, EndPost{post->id});
}

Fault Player::give_acting(const Words& words) {
  if (words.size() != 7 || words[2] != "for" || words[5] != "to")
    return fault("acting PERSON for PERSON ROLE to DAY is needed");
  const auto by = post_of(words[1], {});
  const auto place = post_of(words[3], words[4]);
  const auto last = parse_day(words[6]);
  if (!by || !place || !last.ok()) return fault("acting PERSON for PERSON ROLE to DAY is needed");
  return ask({}, GrantActing{place->id, by->id, {}, *last});
}

// By the slowest definition: every item is looked at.
WorkList Player::work_of(PostId id) {
  const engine::Published now = ledger_.engine().published();
  const Post* post = now.state->post(id);
  WorkList out;
  for (std::uint32_t i = 0; i < now.view->row_count(); ++i) {
    const auto item = ledger_.engine().item(now.view->row(rollup::RowIndex{i}).no);
    TZ_ASSERT(item.ok());
    auto parts = work_parts(*now.state, *post, *item, day_);
    if (!parts.empty()) out.items.push_back({item->no, item->last, std::move(parts)});
  }
  return out;
}

Fault Player::propose_handover(const Words& words) {
  const bool admin = words.size() == 7 && words[5] == "by" && words[6] == "admin";
  const auto from = words.size() >= 5 ? post_of(words[1], words[2]) : std::nullopt;
  const auto to = from ? post_of(words[4], words[2]) : std::nullopt;
  if (!to || words[3] != "to" || (words.size() != 5 && !admin))
    return fault("hand PERSON ROLE to PERSON is needed, of two who hold that role");
  given_ = from->id;
  return ask(admin ? std::optional<AccountId>() : from->account,
             ProposeHandover{from->id, to->id, work_of(from->id)});
}

Fault Player::confirm_handover(const Words& words) {
  const auto person = words.size() == 2 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end()) return fault("confirm PERSON is needed");
  const auto count = ledger_.engine().published().state->handovers.size();
  return ask(person->second, ConfirmHandover{HandoverId{count}, work_of(given_)});
}

Fault Player::decline_handover(const Words& words) {
  const auto person = words.size() == 2 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end()) return fault("decline PERSON is needed");
  const auto count = ledger_.engine().published().state->handovers.size();
  return ask(person->second, EndHandover{HandoverId{count}});
}

}  // namespace tz::test
