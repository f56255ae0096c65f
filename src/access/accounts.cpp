// What is known of accounts, in memory, and the rows that change it.
#include "access/accounts.h"

#include <algorithm>
#include <array>

#include "access/account_codec.h"
#include "access/passwords.h"

namespace tz::access {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretChars = 43;  // of 32 bytes in base64url without padding
constexpr std::size_t kTriesNamesMax = 10'000;
constexpr std::string_view kTokenPrefix = "tz_";

std::string to_base64url(BytesView bytes) {
  std::string text = to_base64(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

// The 32 bytes of a secret's text; none if it is no such text.
std::optional<Bytes> secret_bytes(std::string_view text) {
  if (text.size() != kSecretChars) return std::nullopt;
  if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
  std::string padded(text);
  std::replace(padded.begin(), padded.end(), '-', '+');
  std::replace(padded.begin(), padded.end(), '_', '/');
  auto bytes = from_base64(padded + "=");
  if (!bytes.ok()) return std::nullopt;
  return std::move(bytes).value();
}

// Secrets are found by their hash: the time a search takes tells of the hash alone.
std::optional<Hash> cookie_key(std::string_view cookie) {
  const auto bytes = secret_bytes(cookie);
  if (!bytes) return std::nullopt;
  return sha256(BytesView(*bytes));
}

std::array<std::uint8_t, kSecretBytes> new_secret(Random& random) {
  std::array<std::uint8_t, kSecretBytes> secret{};
  random.fill(secret);
  return secret;
}

Error damaged(const Change& row) {
  const std::size_t shown = std::min<std::size_t>(row.key.size(), 8);
  return refusal("access_damaged",
                 {{"space", row.space}, {"key", to_hex(BytesView(row.key).first(shown))}});
}

Error account_unknown(AccountId id) {
  return refusal("account_unknown", {{"account", std::to_string(id.value)}});
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
    }
    if (!sound) return damaged(row);
  }
  const std::lock_guard lock(mutex_);
  accounts_ = std::move(accounts);
  by_name_ = std::move(by_name);
  sessions_ = std::move(sessions);
  tokens_ = std::move(tokens);
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

Result<Change> Accounts::add(AccountId id, std::string_view name, std::string password_hash) const {
  if (!valid_account_name(name))
    return refusal("account_name_bad", {{"chars_max", std::to_string(kNameCharsMax)}});
  const std::lock_guard lock(mutex_);
  TZ_ASSERT(id.value != 0);
  if (by_name_.find(name) != by_name_.end() || accounts_.count(id) == 1)
    return refusal("account_exists", {{"account", std::string(name)}});
  return encode(Account{id, std::string(name), std::move(password_hash), false});
}

Result<Change> Accounts::set_password(AccountId id, std::string password_hash) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(id);
  if (found == accounts_.end()) return account_unknown(id);
  Account account = found->second;
  account.password_hash = std::move(password_hash);
  return encode(account);
}

Result<Change> Accounts::set_disabled(AccountId id, bool disabled) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(id);
  if (found == accounts_.end()) return account_unknown(id);
  Account account = found->second;
  account.disabled = disabled;
  return encode(account);
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

Result<Accounts::Checked> Accounts::begin_try(std::string_view name, Instant now) {
  const std::lock_guard lock(mutex_);
  Checked checked;
  // A name that nobody can have is not remembered: it may be of any length.
  if (!valid_account_name(name)) return checked;
  auto tries = tries_.find(name);
  if (tries != tries_.end() && now.us - tries->second.last.us >= policy_.lock_us)
    tries->second.count = 0;
  if (tries != tries_.end())
    if (const auto minutes = minutes_left(tries->second, now))
      return refusal("sign_in_locked", {{"minutes", std::to_string(*minutes)}});
  if (tries == tries_.end()) {
    make_room_for_tries(now);
    tries = tries_.emplace(std::string(name), Tries{}).first;
  }
  ++tries->second.count;
  tries->second.last = now;
  checked.counted = true;
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return checked;
  const Account& account = accounts_.at(found->second);
  if (!account.disabled && !account.password_hash.empty()) checked.account = account;
  return checked;
}

// Whoever tries ten thousand invented names must not unlock a real one by it: real names stay.
void Accounts::make_room_for_tries(Instant now) {
  if (tries_.size() < kTriesNamesMax) return;
  for (auto at = tries_.begin(); at != tries_.end();)
    at = now.us - at->second.last.us >= policy_.lock_us ? tries_.erase(at) : std::next(at);
  if (tries_.size() < kTriesNamesMax) return;
  auto oldest = tries_.end();
  for (auto at = tries_.begin(); at != tries_.end(); ++at) {
    if (by_name_.find(at->first) != by_name_.end()) continue;
    if (oldest == tries_.end() || at->second.last < oldest->second.last) oldest = at;
  }
  if (oldest != tries_.end()) tries_.erase(oldest);
}

std::optional<std::int64_t> Accounts::minutes_left(const Tries& tries, Instant now) const {
  const std::int64_t left_us = tries.last.us + policy_.lock_us - now.us;
  if (tries.count < policy_.tries_max || left_us <= 0) return std::nullopt;
  return left_us / 60'000'000 + 1;
}

std::optional<std::int64_t> Accounts::locked_minutes(std::string_view name, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto tries = tries_.find(name);
  return tries == tries_.end() ? std::nullopt : minutes_left(tries->second, now);
}

void Accounts::forget_tries(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto tries = tries_.find(name);
  if (tries != tries_.end()) tries_.erase(tries);
}

void Accounts::take_back_try(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto tries = tries_.find(name);
  if (tries != tries_.end() && tries->second.count > 0) --tries->second.count;
}

Result<Accounts::Opened> Accounts::sign_in(std::string_view name, std::string_view password,
                                           Instant now, Random& random) {
  const Checked checked = TZ_TRY(begin_try(name, now));
  std::optional<std::string> stored;
  if (checked.account) stored = checked.account->password_hash;
  const auto right = check_password(stored, password, policy_);
  if (!right.ok()) {
    if (checked.counted) take_back_try(name);
    return right.error();
  }
  if (!*right) return refusal("sign_in_refused");
  forget_tries(name);

  const auto cookie = new_secret(random);
  const auto csrf = new_secret(random);
  Opened opened;
  opened.sign_in.cookie = to_base64url(cookie);
  Session& session = opened.sign_in.session;
  session.key = sha256(BytesView(cookie));
  session.account = checked.account->id;
  session.password = sha256(as_bytes(*stored));
  session.csrf = to_base64url(csrf);
  session.opened = now;
  session.used = now;
  opened.change = encode(session);
  return opened;
}

bool Accounts::holds(const Session& session, Instant now) const {
  const auto account = accounts_.find(session.account);
  if (account == accounts_.end() || account->second.disabled) return false;
  return now.us - session.used.us < policy_.idle_us_max &&
         now.us - session.opened.us < policy_.session_us_max &&
         session.password == sha256(as_bytes(account->second.password_hash));
}

std::optional<Session> Accounts::session(std::string_view cookie, Instant now) {
  const auto key = cookie_key(cookie);
  if (!key) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(*key);
  if (found == sessions_.end() || !holds(found->second, now)) return std::nullopt;
  found->second.used = std::max(found->second.used, now);
  return found->second;
}

std::optional<Change> Accounts::end_session(std::string_view cookie) const {
  const auto key = cookie_key(cookie);
  if (!key) return std::nullopt;
  const std::lock_guard lock(mutex_);
  if (sessions_.count(*key) == 0) return std::nullopt;
  return deletion(kSessionSpace, *key);
}

std::vector<Change> Accounts::end_sessions_of(AccountId account) const {
  const std::lock_guard lock(mutex_);
  std::vector<Change> out;
  for (const auto& [key, session] : sessions_)
    if (session.account == account) out.push_back(deletion(kSessionSpace, key));
  return out;
}

std::vector<Change> Accounts::ended_sessions(Instant now, std::size_t count_max) const {
  const std::lock_guard lock(mutex_);
  std::vector<Change> out;
  for (const auto& [key, session] : sessions_) {
    if (out.size() == count_max) break;
    if (!holds(session, now)) out.push_back(deletion(kSessionSpace, key));
  }
  return out;
}

Result<Accounts::Issued> Accounts::issue_token(AccountId account, std::string label, Instant now,
                                               Random& random) const {
  if (label.empty() || label.size() > kLabelBytesMax)
    return refusal("token_label_bad", {{"bytes_max", std::to_string(kLabelBytesMax)}});
  const std::lock_guard lock(mutex_);
  if (accounts_.count(account) == 0) return account_unknown(account);
  Issued issued;
  issued.text = std::string(kTokenPrefix) + to_base64url(new_secret(random));
  issued.change = encode(Token{sha256(as_bytes(issued.text)), account, std::move(label), now});
  return issued;
}

std::optional<Token> Accounts::token(std::string_view text) const {
  if (text.size() != kTokenPrefix.size() + kSecretChars) return std::nullopt;
  const Hash key = sha256(as_bytes(text));
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(key);
  if (found == tokens_.end()) return std::nullopt;
  const auto account = accounts_.find(found->second.account);
  if (account == accounts_.end() || account->second.disabled) return std::nullopt;
  return found->second;
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
