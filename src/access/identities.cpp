// Who accounts are at an identity provider: bound and unbound by whoever looks after accounts.
#include "access/account_codec.h"
#include "access/accounts.h"

namespace tz::access {

Result<std::vector<Change>> Accounts::bind_identity(const Identity& identity,
                                                    Password password) const {
  const Facts who{{"account", std::to_string(identity.account.value)}};
  if (!valid_subject(identity.subject))
    return refusal("identity_subject_bad", {{"bytes_max", std::to_string(kSubjectBytesMax)}});
  TZ_ASSERT(!identity.issuer.empty() && identity.issuer.size() <= kIssuerBytesMax);
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(identity.account);
  if (found == accounts_.end()) return refusal("account_unknown", who);
  if (found->second.erased) return refusal("account_erased", who);
  if (identities_.contains(identity.account)) return refusal("identity_bound");
  for (const auto& [id, bound] : identities_)
    if (bound.issuer == identity.issuer && bound.subject == identity.subject)
      return refusal("identity_taken", {{"account", accounts_.at(id).name}});
  std::vector<Change> out{encode(identity)};
  if (password == Password::Kept) return out;
  for (const auto& [key, session] : sessions_)
    if (session.account == identity.account) out.push_back(deletion(kSessionSpace, key));
  Account account = found->second;
  account.password_hash.clear();
  account.password_given = false;
  out.push_back(encode(account));
  return out;
}

Result<std::vector<Change>> Accounts::unbind_identity(AccountId account) const {
  const std::lock_guard lock(mutex_);
  if (!identities_.contains(account)) return refusal("identity_none");
  std::vector<Change> out{deletion_of_identity(account)};
  for (const auto& [key, session] : sessions_)
    if (session.account == account) out.push_back(deletion(kSessionSpace, key));
  return out;
}

std::optional<Identity> Accounts::identity_of(AccountId account) const {
  const std::lock_guard lock(mutex_);
  const auto found = identities_.find(account);
  if (found == identities_.end()) return std::nullopt;
  return found->second;
}

std::optional<AccountId> Accounts::account_of(std::string_view issuer,
                                              std::string_view subject) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, bound] : identities_)
    if (bound.issuer == issuer && bound.subject == subject) return id;
  return std::nullopt;
}

}  // namespace tz::access
