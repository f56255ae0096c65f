// Sessions: opened by a password, held while they are used, ended by their owner.
#include <algorithm>

#include "access/account_codec.h"
#include "access/accounts.h"
#include "access/secret_text.h"

namespace tz::access {
namespace {

constexpr std::size_t kSessionIdChars = 12;

}  // namespace

std::string_view to_text(Step step) {
  constexpr std::array<std::string_view, 4> kWords = {"done", "code", "enrol", "password"};
  return kWords.at(static_cast<std::size_t>(step));
}

std::string session_id(const Session& session) {
  return to_hex(session.key).substr(0, kSessionIdChars);
}

bool Accounts::holds(const Session& session, Instant now) const {
  const auto account = accounts_.find(session.account);
  if (account == accounts_.end() || account->second.disabled) return false;
  if (account->second.over(now)) return false;
  if (session.step != Step::Done && now.us - session.opened.us >= kUnfinishedUsMax) return false;
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

std::optional<Session> Accounts::unattended_session(std::string_view cookie, Instant now) const {
  const auto key = cookie_key(cookie);
  if (!key) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(*key);
  if (found == sessions_.end() || !holds(found->second, now)) return std::nullopt;
  return found->second;
}

bool Accounts::session_holds(const Hash& key, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key);
  return found != sessions_.end() && holds(found->second, now);
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

Accounts::Passed Accounts::renew_session(const Session& before, std::string_view password_hash,
                                         Step step, Instant now, Random& random) const {
  Passed out;
  const auto cookie = new_secret(random);
  out.sign_in.cookie = to_base64url(cookie);
  Session& session = out.sign_in.session;
  session = before;
  session.key = sha256(BytesView(cookie));
  session.password = sha256(as_bytes(password_hash));
  session.csrf = to_base64url(new_secret(random));
  session.opened = session.used = now;
  session.step = step;
  out.changes.push_back(encode(session));
  return out;
}

std::vector<Session> Accounts::sessions_of(AccountId account, Instant now) const {
  const std::lock_guard lock(mutex_);
  std::vector<Session> out;
  for (const auto& [key, session] : sessions_)
    if (session.account == account && holds(session, now)) out.push_back(session);
  std::sort(out.begin(), out.end(), [](const Session& a, const Session& b) {
    return std::pair(b.used, b.key) < std::pair(a.used, a.key);
  });
  return out;
}

Result<Change> Accounts::end_session_of(AccountId account, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, session] : sessions_)
    if (session.account == account && session_id(session) == id)
      return deletion(kSessionSpace, key);
  return refusal("session_unknown", {{"session", std::string(id.substr(0, kSessionIdChars))}});
}

std::vector<Change> Accounts::end_sessions_but(AccountId account, const Hash& kept) const {
  const std::lock_guard lock(mutex_);
  std::vector<Change> out;
  for (const auto& [key, session] : sessions_)
    if (session.account == account && key != kept) out.push_back(deletion(kSessionSpace, key));
  return out;
}

// A further one ends the oldest, so that nobody's list grows without bound.
std::vector<Change> Accounts::too_many_sessions(AccountId account) const {
  std::vector<const Session*> all;
  for (const auto& [key, session] : sessions_)
    if (session.account == account) all.push_back(&session);
  std::sort(all.begin(), all.end(), [](const Session* a, const Session* b) {
    return std::pair(a->used, a->key) < std::pair(b->used, b->key);
  });
  std::vector<Change> out;
  for (std::size_t i = 0; i + policy_.sessions_max <= all.size(); ++i)
    out.push_back(deletion(kSessionSpace, all[i]->key));
  return out;
}

}  // namespace tz::access
