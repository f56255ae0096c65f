// Bearer tokens: what scripts sign in with, for how long and for what.
#include <algorithm>

#include "access/account_codec.h"
#include "access/accounts.h"
#include "access/secret_text.h"

namespace tz::access {
namespace {

constexpr std::size_t kTokenIdChars = 12;
constexpr std::size_t kScopeBytesMax = 200;

// all, read, or names of what may be done, parted by commas.
bool valid_scope(std::string_view scope) {
  if (scope.empty() || scope.size() > kScopeBytesMax) return false;
  char before = ',';
  for (const char c : scope) {
    const bool letter = (c >= 'a' && c <= 'z') || c == '_';
    if (!letter && (c != ',' || before == ',')) return false;
    before = c;
  }
  return before != ',';
}

}  // namespace

std::string token_id(const Token& token) { return to_hex(token.key).substr(0, kTokenIdChars); }

Result<Accounts::Issued> Accounts::issue_token(AccountId account, TokenWish wish, Instant now,
                                               Random& random) const {
  if (wish.label.empty() || wish.label.size() > kLabelBytesMax)
    return refusal("token_label_bad", {{"bytes_max", std::to_string(kLabelBytesMax)}});
  if (!valid_scope(wish.scope)) return refusal("token_scope_bad");
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(account);
  if (found == accounts_.end())
    return refusal("account_unknown", {{"account", std::to_string(account.value)}});
  if (found->second.erased)
    return refusal("account_erased", {{"account", std::to_string(account.value)}});
  const auto held = std::count_if(tokens_.begin(), tokens_.end(),
                                  [&](const auto& each) { return each.second.account == account; });
  if (static_cast<std::size_t>(held) >= policy_.tokens_max)
    return refusal("tokens_too_many", {{"count_max", std::to_string(policy_.tokens_max)}});
  Issued issued;
  issued.text = std::string(kTokenPrefix) + to_base64url(new_secret(random));
  issued.change = encode(Token{sha256(as_bytes(issued.text)), account, std::move(wish.label), now,
                               wish.expires, std::move(wish.scope)});
  return issued;
}

std::optional<Token> Accounts::token(std::string_view text, Instant now) const {
  if (text.size() != kTokenPrefix.size() + kSecretChars) return std::nullopt;
  const Hash key = sha256(as_bytes(text));
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(key);
  if (found == tokens_.end() || !holds(found->second, now)) return std::nullopt;
  return found->second;
}

bool Accounts::token_holds(const Hash& key, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(key);
  return found != tokens_.end() && holds(found->second, now);
}

bool Accounts::holds(const Token& token, Instant now) const {
  if (token.expires && now >= *token.expires) return false;
  const auto account = accounts_.find(token.account);
  return account != accounts_.end() && !account->second.disabled && !account->second.over(now);
}

std::vector<Token> Accounts::tokens_of(AccountId account) const {
  const std::lock_guard lock(mutex_);
  std::vector<Token> out;
  for (const auto& [key, token] : tokens_)
    if (token.account == account) out.push_back(token);
  return out;
}

std::optional<Change> Accounts::end_token(const Hash& key) const {
  const std::lock_guard lock(mutex_);
  if (tokens_.count(key) == 0) return std::nullopt;
  return deletion(kTokenSpace, key);
}

}  // namespace tz::access
