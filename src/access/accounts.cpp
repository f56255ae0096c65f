// What is known of accounts, in memory, and the rows that change it.
#include "access/accounts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "access/account_codec.h"
#include "access/secret_text.h"

namespace tz::access {
namespace {

Error damaged(const Change& row) {
  const std::size_t shown = std::min<std::size_t>(row.key.size(), 8);
  return refusal("access_damaged",
                 {{"space", row.space}, {"key", to_hex(BytesView(row.key).first(shown))}});
}

Error account_unknown(AccountId id) {
  return refusal("account_unknown", {{"account", std::to_string(id.value)}});
}

Error account_erased(AccountId id) {
  return refusal("account_erased", {{"account", std::to_string(id.value)}});
}

}  // namespace

bool kept_by_accounts(std::string_view space) {
  return std::find(kAccountSpaces.begin(), kAccountSpaces.end(), space) != kAccountSpaces.end();
}

Outcome Accounts::load(const std::vector<Change>& rows) {
  std::map<AccountId, Account> accounts;
  std::map<std::string, AccountId, std::less<>> by_name;
  std::map<Hash, Session> sessions;
  std::map<Hash, Token> tokens;
  std::map<AccountId, SecondFactor> second_factors;
  std::map<AccountId, Identity> identities;
  std::set<std::pair<std::string, std::string>> subjects;
  for (const Change& row : rows) {
    if (row.space != kAccountSpace) continue;
    const auto account = row.value ? decode_account(row.key, *row.value) : std::nullopt;
    if (!account || !accounts.emplace(account->id, *account).second) return damaged(row);
    if (!by_name.emplace(account->name, account->id).second) return damaged(row);
  }
  for (const Change& row : rows) {
    if (row.space == kAccountSpace) continue;
    bool sound = false;
    if (row.space == kSessionSpace && row.value) {
      const auto session = decode_session(row.key, *row.value);
      sound = session && accounts.count(session->account) == 1 &&
              sessions.emplace(session->key, *session).second;
    } else if (row.space == kTokenSpace && row.value) {
      const auto token = decode_token(row.key, *row.value);
      sound =
          token && accounts.count(token->account) == 1 && tokens.emplace(token->key, *token).second;
    } else if (row.space == kSecondFactorSpace && row.value) {
      const auto factor = decode_second_factor(row.key, *row.value);
      sound = factor && accounts.count(factor->account) == 1 &&
              second_factors.emplace(factor->account, *factor).second;
    } else if (row.space == kIdentitySpace && row.value) {
      const auto identity = decode_identity(row.key, *row.value);
      sound = identity && accounts.count(identity->account) == 1 &&
              identities.emplace(identity->account, *identity).second &&
              subjects.emplace(identity->issuer, identity->subject).second;
    }
    if (!sound) return damaged(row);
  }
  const std::lock_guard lock(mutex_);
  accounts_ = std::move(accounts);
  by_name_ = std::move(by_name);
  sessions_ = std::move(sessions);
  tokens_ = std::move(tokens);
  second_factors_ = std::move(second_factors);
  identities_ = std::move(identities);
  return Done{};
}

void Accounts::take(const Change& change) {
  const std::lock_guard lock(mutex_);
  if (change.space == kAccountSpace) {
    TZ_ASSERT(change.value.has_value());  // an account is disabled, never deleted
    const auto account = decode_account(change.key, *change.value);
    TZ_ASSERT(account.has_value());
    const auto known = accounts_.find(account->id);
    if (known != accounts_.end()) by_name_.erase(known->second.name);
    TZ_ASSERT(by_name_.emplace(account->name, account->id).second);
    accounts_[account->id] = *account;
    return;
  }
  if (change.space == kSecondFactorSpace) {
    const auto account = decode_account_key(change.key);
    TZ_ASSERT(account.has_value());
    second_factors_.erase(*account);
    if (!change.value) return;
    const auto factor = decode_second_factor(change.key, *change.value);
    TZ_ASSERT(factor.has_value());
    second_factors_.emplace(*account, *factor);
    return;
  }
  if (change.space == kIdentitySpace) {
    const auto account = decode_account_key(change.key);
    TZ_ASSERT(account.has_value());
    identities_.erase(*account);
    if (!change.value) return;
    const auto identity = decode_identity(change.key, *change.value);
    TZ_ASSERT(identity.has_value());
    identities_.emplace(*account, *identity);
    return;
  }
  const auto key = decode_hash_key(change.key);
  TZ_ASSERT(key.has_value());
  TZ_ASSERT(change.space == kSessionSpace || change.space == kTokenSpace);
  if (change.space == kSessionSpace) {
    sessions_.erase(*key);
    if (!change.value) return;
    const auto session = decode_session(change.key, *change.value);
    TZ_ASSERT(session.has_value());
    sessions_.emplace(*key, *session);
    return;
  }
  tokens_.erase(*key);
  if (!change.value) return;
  const auto token = decode_token(change.key, *change.value);
  TZ_ASSERT(token.has_value());
  tokens_.emplace(*key, *token);
}

Result<Change> Accounts::add(AccountId id, std::string_view name, std::string password_hash,
                             PasswordBy by) const {
  if (!valid_account_name(name))
    return refusal("account_name_bad", {{"chars_max", std::to_string(kNameCharsMax)}});
  const std::lock_guard lock(mutex_);
  TZ_ASSERT(id.value != 0);
  if (by_name_.find(name) != by_name_.end() || accounts_.count(id) == 1)
    return refusal("account_exists", {{"account", std::string(name)}});
  return encode(
      Account{id, std::string(name), std::move(password_hash), false, by == PasswordBy::Another});
}

Result<Change> Accounts::add_support(AccountId id, std::string_view name, std::string password_hash,
                                     Instant ends) const {
  const Change plain = TZ_TRY(add(id, name, std::move(password_hash), PasswordBy::Another));
  auto account = decode_account(plain.key, *plain.value);
  TZ_ASSERT(account.has_value());
  account->ends = ends;
  return encode(*account);
}

Result<Change> Accounts::set_password(AccountId id, std::string password_hash,
                                      PasswordBy by) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(id);
  if (found == accounts_.end()) return account_unknown(id);
  Account account = found->second;
  if (account.erased) return account_erased(id);
  account.password_hash = std::move(password_hash);
  account.password_given = by == PasswordBy::Another;
  return encode(account);
}

Result<Change> Accounts::set_disabled(AccountId id, bool disabled) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(id);
  if (found == accounts_.end()) return account_unknown(id);
  Account account = found->second;
  if (account.erased) return account_erased(id);
  account.disabled = disabled;
  return encode(account);
}

Result<std::vector<Change>> Accounts::erase(AccountId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(id);
  if (found == accounts_.end()) return account_unknown(id);
  if (found->second.erased) return account_erased(id);
  std::vector<Change> out;
  for (const auto& [key, session] : sessions_)
    if (session.account == id) out.push_back(deletion(kSessionSpace, key));
  for (const auto& [key, token] : tokens_)
    if (token.account == id) out.push_back(deletion(kTokenSpace, key));
  if (second_factors_.contains(id)) out.push_back(deletion_of_second_factor(id));
  if (identities_.contains(id)) out.push_back(deletion_of_identity(id));
  Account account{id, "erased-" + std::to_string(id.value), {}, true, false, true};
  while (by_name_.find(account.name) != by_name_.end()) account.name += "-x";  // somebody has it
  out.push_back(encode(account));
  return out;
}

std::optional<Account> Accounts::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return std::nullopt;
  return accounts_.at(found->second);
}

std::optional<Account> Accounts::find(AccountId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(id);
  if (found == accounts_.end()) return std::nullopt;
  return found->second;
}

AccountId Accounts::next_id() const {
  const std::lock_guard lock(mutex_);
  return AccountId{accounts_.empty() ? 1 : accounts_.rbegin()->first.value + 1};
}

std::vector<Account> Accounts::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Account> out;
  out.reserve(accounts_.size());
  for (const auto& [id, account] : accounts_) out.push_back(account);
  return out;
}

bool Accounts::none() const {
  const std::lock_guard lock(mutex_);
  return accounts_.empty();
}

}  // namespace tz::access
