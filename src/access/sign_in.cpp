// Signing in: the password, how often it may be wrong, and what is asked for after it.
#include <algorithm>

#include "access/account_codec.h"
#include "access/accounts.h"
#include "access/passwords.h"
#include "access/secret_text.h"
#include "base/household.h"

namespace tz::access {
namespace {

constexpr std::size_t kTriesNamesMax = 10'000;
constexpr std::size_t kAddressBytesMax = 64;
constexpr std::size_t kBrowserBytesMax = 200;

Error locked_for(std::int64_t minutes) {
  return refusal("sign_in_locked", {{"minutes", std::to_string(minutes)}});
}

// What a browser calls itself, as far as it is plain.
std::string plain(std::string_view text, std::size_t bytes_max) {
  std::string out(text.substr(0, bytes_max));
  for (char& c : out)
    if (c < 0x20 || c > 0x7e) c = '?';
  return out;
}

}  // namespace

Result<Accounts::Checked> Accounts::begin_try(std::string_view name, std::string_view address,
                                              Instant now) {
  const std::lock_guard lock(mutex_);
  Checked checked;
  TZ_TRY(count_address(address, now));
  // A name that nobody can have is not remembered: it may be of any length.
  if (!valid_account_name(name)) return checked;
  auto tries = tries_.find(name);
  if (tries != tries_.end() && now.us - tries->second.last.us >= policy_.lock_us)
    tries->second.count = 0;
  if (tries != tries_.end())
    if (const auto minutes = minutes_left({tries->second, policy_.tries_max}, now))
      return locked_for(*minutes);
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
  if (!account.disabled && !account.over(now) && !account.password_hash.empty())
    checked.account = account;
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

std::optional<std::int64_t> Accounts::minutes_left(const TriesBy& by, Instant now) const {
  const std::int64_t left_us = by.tries.last.us + policy_.lock_us - now.us;
  if (by.tries.count < by.count_max || left_us <= 0) return std::nullopt;
  return left_us / 60'000'000 + 1;
}

std::optional<std::int64_t> Accounts::locked_minutes(std::string_view name, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto tries = tries_.find(name);
  if (tries != tries_.end())
    if (const auto minutes = minutes_left({tries->second, policy_.tries_max}, now)) return minutes;
  const auto account = by_name_.find(name);
  if (account == by_name_.end()) return std::nullopt;
  const auto codes = code_tries_.find(account->second);
  if (codes == code_tries_.end()) return std::nullopt;
  return minutes_left({codes->second, policy_.tries_max}, now);
}

Outcome Accounts::count_address(std::string_view address, Instant now) {
  if (address.empty()) return Done{};
  const std::string counted = household(address);
  auto tries = address_tries_.find(counted);
  if (tries == address_tries_.end() && address_tries_.size() >= kTriesNamesMax) {
    const auto oldest = std::min_element(
        address_tries_.begin(), address_tries_.end(),
        [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
    address_tries_.erase(oldest);
  }
  if (tries == address_tries_.end()) tries = address_tries_.emplace(counted, Tries{}).first;
  if (now.us - tries->second.last.us >= policy_.lock_us) tries->second.count = 0;
  if (const auto minutes = minutes_left({tries->second, policy_.address_tries_max}, now))
    return locked_for(*minutes);
  ++tries->second.count;
  tries->second.last = now;
  return Done{};
}

void Accounts::forget_tries(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto tries = tries_.find(name);
  if (tries != tries_.end()) tries_.erase(tries);
}

void Accounts::unlock(std::string_view name) {
  forget_tries(name);
  const std::lock_guard lock(mutex_);
  const auto account = by_name_.find(name);
  if (account != by_name_.end()) code_tries_.erase(account->second);
}

void Accounts::take_back_try(std::string_view name, std::string_view address) {
  const std::lock_guard lock(mutex_);
  const auto by_address = address_tries_.find(household(address));
  if (by_address != address_tries_.end() && by_address->second.count > 0)
    --by_address->second.count;
  const auto tries = tries_.find(name);
  if (tries != tries_.end() && tries->second.count > 0) --tries->second.count;
}

Step Accounts::step_of(const Account& account, bool due) const {
  const auto factor = second_factors_.find(account.id);
  if (factor != second_factors_.end() && factor->second.on) return Step::Code;
  if (due) return Step::Enrol;
  return account.password_given ? Step::Password : Step::Done;
}

Step Accounts::step_after_code(AccountId account) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(account);
  return found != accounts_.end() && found->second.password_given ? Step::Password : Step::Done;
}

Result<Accounts::Opened> Accounts::sign_in(const Credentials& given, Instant now, Random& random) {
  const Checked checked = TZ_TRY(begin_try(given.name, given.address, now));
  std::optional<std::string> stored;
  if (checked.account) stored = checked.account->password_hash;
  const auto right = check_password(stored, given.password, policy_);
  if (!right.ok()) {
    if (checked.counted) take_back_try(given.name, given.address);
    return right.error();
  }
  if (!*right) return refusal("sign_in_refused");
  take_back_try(given.name, given.address);
  forget_tries(given.name);

  Opened opened;
  opened.sign_in = new_session(*checked.account, {given.address, given.browser}, now, random);
  Session& session = opened.sign_in.session;
  const std::lock_guard lock(mutex_);
  session.step = step_of(*checked.account, given.second_factor_due);
  opened.ended = too_many_sessions(session.account);
  opened.change = encode(session);
  return opened;
}

SignIn Accounts::new_session(const Account& account, const Arrival& arrival, Instant now,
                             Random& random) {
  const auto cookie = new_secret(random);
  const auto csrf = new_secret(random);
  SignIn out;
  out.cookie = to_base64url(cookie);
  Session& session = out.session;
  session.key = sha256(BytesView(cookie));
  session.account = account.id;
  session.password = sha256(as_bytes(account.password_hash));
  session.csrf = to_base64url(csrf);
  session.opened = now;
  session.used = now;
  session.address = plain(arrival.address, kAddressBytesMax);
  session.browser = plain(arrival.browser, kBrowserBytesMax);
  return out;
}

Result<Accounts::Opened> Accounts::sign_in_by_identity(AccountId account, const Arrival& arrival,
                                                       Instant now, Random& random) const {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(account);
  if (found == accounts_.end() || found->second.disabled || found->second.over(now))
    return refusal("identity_account_off");
  Opened opened;
  opened.sign_in = new_session(found->second, arrival, now, random);
  Session& session = opened.sign_in.session;
  // A password that somebody gave is no business of whoever came without it.
  if (arrival.code_asked) {
    const auto factor = second_factors_.find(account);
    if (factor != second_factors_.end() && factor->second.on)
      session.step = Step::Code;
    else if (arrival.second_factor_due)
      session.step = Step::Enrol;
  }
  opened.ended = too_many_sessions(account);
  opened.change = encode(session);
  return opened;
}

Outcome Accounts::check_password_of(AccountId account, std::string_view password,
                                    std::string_view address, Instant now) {
  const auto known = find(account);
  const std::string name = known ? known->name : std::string();
  const Checked checked = TZ_TRY(begin_try(name, address, now));
  std::optional<std::string> stored;
  if (checked.account) stored = checked.account->password_hash;
  const auto right = check_password(stored, password, policy_);
  if (!right.ok()) {
    if (checked.counted) take_back_try(name, address);
    return right.error();
  }
  if (!*right) return refusal("password_wrong");
  take_back_try(name, address);
  forget_tries(name);
  return Done{};
}

}  // namespace tz::access
