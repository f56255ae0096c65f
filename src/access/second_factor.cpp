// The second factor of accounts: begun, confirmed, its codes taken once each, ended.
#include <algorithm>

#include "access/account_codec.h"
#include "access/accounts.h"
#include "access/totp.h"

namespace tz::access {
namespace {

constexpr std::size_t kRecoveryBytes = 10;  // 80 bits: sixteen letters
constexpr std::string_view kRecoveryTag = "taizhang recovery code 1";

// A sealed secret opens for its own account alone.
Bytes place_of(AccountId account) {
  Bytes place;
  ByteWriter out(place);
  out.text8("taizhang second factor 1");
  out.u64(account.value);
  return place;
}

// A code as a person may type it: small letters, no dashes or blanks.
std::string plain_code(std::string_view code) {
  std::string out;
  for (const char c : code.substr(0, 64)) {
    if (c == '-' || c == ' ') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

Hash recovery_hash(AccountId account, std::string_view code) {
  Bytes about;
  ByteWriter(about).u64(account.value);
  return sha256({as_bytes(kRecoveryTag), about, as_bytes(plain_code(code))});
}

// "abcd-efgh-ijkl-mnop"
std::string new_recovery_code(Random& random) {
  std::array<std::uint8_t, kRecoveryBytes> bytes{};
  random.fill(bytes);
  std::string out;
  for (const char c : to_base32(bytes)) {
    if (out.size() % 5 == 4) out += '-';
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace

Result<Accounts::Begun> Accounts::begin_second_factor(AccountId account, Instant now,
                                                      Random& random) const {
  const std::lock_guard lock(mutex_);
  if (accounts_.count(account) == 0)
    return refusal("account_unknown", {{"account", std::to_string(account.value)}});
  const auto known = second_factors_.find(account);
  if (known != second_factors_.end() && known->second.on) return refusal("second_factor_on");
  Begun begun;
  begun.secret.resize(kTotpSecretBytes);
  random.fill(begun.secret);
  SecondFactor factor;
  factor.account = account;
  factor.since = now;
  factor.sealed = seal(as_text(begun.secret), key_, place_of(account), random).ciphertext;
  begun.change = encode(factor);
  return begun;
}

Result<Bytes> Accounts::secret_of(const SecondFactor& factor) const {
  const auto opened = unseal(factor.sealed, key_, place_of(factor.account));
  if (!opened.ok()) return failure("second_factor_unreadable");
  const BytesView bytes = as_bytes(opened->text);
  return Bytes(bytes.begin(), bytes.end());
}

Result<std::vector<Change>> Accounts::second_factors_under(const SecretKey& next,
                                                           Random& random) const {
  const std::lock_guard lock(mutex_);
  std::vector<Change> out;
  for (const auto& [account, known] : second_factors_) {
    SecondFactor factor = known;
    const Bytes secret = TZ_TRY(secret_of(known));
    factor.sealed = seal(as_text(secret), next, place_of(account), random).ciphertext;
    out.push_back(encode(factor));
  }
  return out;
}

Outcome Accounts::begin_code(AccountId account, Instant now) {
  Tries& tries = code_tries_[account];
  if (now.us - tries.last.us >= policy_.lock_us) tries.count = 0;
  if (const auto minutes = minutes_left({tries, policy_.tries_max}, now))
    return refusal("sign_in_locked", {{"minutes", std::to_string(*minutes)}});
  ++tries.count;
  tries.last = now;
  return Done{};
}

Result<bool> Accounts::takes_code(SecondFactor& factor, std::string_view code, Instant now) const {
  const Bytes secret = TZ_TRY(secret_of(factor));
  if (const auto step = totp_accepts(secret, code, now, factor.last)) {
    factor.last = *step;
    return true;
  }
  const Hash hash = recovery_hash(factor.account, code);
  const auto found = std::find(factor.recovery.begin(), factor.recovery.end(), hash);
  if (found == factor.recovery.end()) return false;
  factor.recovery.erase(found);
  return true;
}

Result<Change> Accounts::take_code(AccountId account, std::string_view code, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto factor = second_factors_.find(account);
  if (factor == second_factors_.end() || !factor->second.on) return refusal("second_factor_none");
  TZ_TRY(begin_code(account, now));
  if (!TZ_TRY(takes_code(factor->second, code, now))) return refusal("code_wrong");
  code_tries_.erase(account);
  return encode(factor->second);
}

Result<Accounts::Passed> Accounts::give_code(const Session& waiting, std::string_view code,
                                             Instant now, Random& random) {
  const auto account = find(waiting.account);
  if (waiting.step != Step::Code || !account) return refusal("second_factor_none");
  Change taken = TZ_TRY(take_code(waiting.account, code, now));
  Passed out =
      renew_session(waiting, account->password_hash, step_after_code(waiting.account), now, random);
  out.changes.push_back(std::move(taken));
  out.changes.push_back(deletion(kSessionSpace, waiting.key));
  return out;
}

Result<Accounts::Confirmed> Accounts::confirm_second_factor(AccountId account,
                                                            std::string_view code, Instant now,
                                                            Random& random) {
  const std::lock_guard lock(mutex_);
  const auto found = second_factors_.find(account);
  if (found == second_factors_.end()) return refusal("second_factor_none");
  if (found->second.on) return refusal("second_factor_on");
  TZ_TRY(begin_code(account, now));
  SecondFactor factor = found->second;
  if (!TZ_TRY(takes_code(factor, code, now))) return refusal("code_wrong");
  code_tries_.erase(account);
  factor.on = true;
  factor.since = now;
  Confirmed out;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    out.recovery_codes.push_back(new_recovery_code(random));
    factor.recovery.push_back(recovery_hash(account, out.recovery_codes.back()));
  }
  out.change = encode(factor);
  return out;
}

Result<Change> Accounts::end_second_factor(AccountId account) const {
  const std::lock_guard lock(mutex_);
  if (second_factors_.count(account) == 0) return refusal("second_factor_none");
  return deletion_of_second_factor(account);
}

std::optional<SecondFactor> Accounts::second_factor(AccountId account) const {
  const std::lock_guard lock(mutex_);
  const auto found = second_factors_.find(account);
  if (found == second_factors_.end()) return std::nullopt;
  return found->second;
}

}  // namespace tz::access
