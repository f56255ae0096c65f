// Who may sign in: accounts with passwords, sessions and bearer tokens; what they may do is not
// here.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"

namespace tz::access {

// A change to be stored; the engine writes it in the same transaction as the records it goes with.
struct Change {
  std::string space;  // account, session, token
  Bytes key;
  std::optional<Bytes> value;  // none: delete
};

// The spaces of rows that Accounts keeps.
constexpr std::array<std::string_view, 3> kAccountSpaces = {"account", "session", "token"};
bool kept_by_accounts(std::string_view space);

struct Account {
  AccountId id;
  std::string name;           // to sign in with: 1 to 64 letters, digits, . _ - · or CJK
  std::string password_hash;  // Argon2id, libsodium's string form; empty: tokens only
  bool disabled = false;
};

struct Session {
  Hash key{};  // SHA-256 of the cookie's 32 random bytes; the cookie itself is never stored
  AccountId account;
  Hash password{};   // SHA-256 of the password_hash it was opened with: a new one ends it
  std::string csrf;  // must come back in a header with every change
  Instant opened;
  Instant used;
};

struct Token {
  Hash key{};  // SHA-256 of the token's text
  AccountId account;
  std::string label;
  Instant opened;
};

struct Policy {  // data; the ledger's config.yaml may say otherwise
  std::size_t password_chars_min = 10;
  std::int64_t idle_us_max = std::int64_t{30} * 60 * 1'000'000;
  std::int64_t session_us_max = std::int64_t{12} * 3600 * 1'000'000;
  std::size_t tries_max = 5;  // wrong passwords in a row, then locked for lock_us
  std::int64_t lock_us = std::int64_t{30} * 60 * 1'000'000;
  std::uint64_t argon2_ops = 2;  // libsodium's INTERACTIVE
  std::size_t argon2_bytes = std::size_t{64} << 20;
};

constexpr std::size_t kPasswordBytesMax = 1024;
constexpr std::size_t kLabelBytesMax = 200;

// Argon2id of a password. Slow by design: call off the engine's thread. Refuses `password_weak`
// (facts: chars_min) when too short and `password_too_long` (facts: bytes_max); fails with
// `out_of_memory`.
Result<std::string> hash_password(std::string_view password, const Policy& policy);

// Whether two secrets are the same, in a time that tells nothing of where they differ.
bool same_secret(std::string_view a, std::string_view b);

struct SignIn {
  Session session;
  std::string cookie;  // 43 characters, base64url; told once
};

// Everything known of accounts, in memory; each change returns the row to store, and takes effect
// here only when `take` is called with it (after it is durable). Any thread.
class Accounts {
 public:
  explicit Accounts(Policy policy = {}) : policy_(policy) {}

  // From stored rows, when the ledger opens, in any order; what was there before is forgotten.
  // Refuses `access_damaged` (facts: space, key) and then changes nothing.
  Outcome load(const std::vector<Change>& rows);
  // Needs a change that came from here; anything else is a bug.
  void take(const Change& change);

  // A new account; refuses `account_exists` (facts: account), `account_name_bad` (facts:
  // chars_max).
  Result<Change> add(AccountId id, std::string_view name, std::string password_hash) const;
  // Ends the account's sessions too. Refuses `account_unknown` (facts: account).
  [[nodiscard]] Result<Change> set_password(AccountId id, std::string password_hash) const;
  // A disabled account cannot sign in, and neither its sessions nor its tokens hold. Refuses
  // `account_unknown` (facts: account).
  [[nodiscard]] Result<Change> set_disabled(AccountId id, bool disabled) const;
  [[nodiscard]] std::optional<Account> find(std::string_view name) const;
  [[nodiscard]] std::optional<Account> find(AccountId id) const;
  [[nodiscard]] AccountId next_id() const;
  [[nodiscard]] std::vector<Account> all() const;

  // Checks name and password; the same time and the same refusal `sign_in_refused` whether the
  // name or the password was wrong; `sign_in_locked` (facts: minutes) after too many tries, whether
  // or not there is such an account; fails with `out_of_memory`. Slow: off the engine's thread. The
  // change is the session's row. (An account whose hash was made under another policy takes the
  // time of that policy.)
  struct Opened {
    SignIn sign_in;
    Change change;
  };
  Result<Opened> sign_in(std::string_view name, std::string_view password, Instant now,
                         Random& random);
  // The session of a cookie, if it holds at `now`; its idle time starts anew (in memory only).
  [[nodiscard]] std::optional<Session> session(std::string_view cookie, Instant now);
  [[nodiscard]] std::optional<Change> end_session(std::string_view cookie) const;
  // The rows of all its sessions, to be deleted.
  [[nodiscard]] std::vector<Change> end_sessions_of(AccountId account) const;
  // The rows of sessions that no longer hold, to be deleted now and then; at most `count_max`.
  [[nodiscard]] std::vector<Change> ended_sessions(Instant now, std::size_t count_max) const;

  // The minutes for which wrong passwords keep the name from signing in; none where they do not.
  [[nodiscard]] std::optional<std::int64_t> locked_minutes(std::string_view name,
                                                           Instant now) const;
  // Forgets wrong passwords given for the name.
  void unlock(std::string_view name) { forget_tries(name); }

  struct Issued {
    std::string text;  // "tz_" and 43 characters; told once
    Change change;
  };
  // Refuses `account_unknown` (facts: account), `token_label_bad` (facts: bytes_max).
  Result<Issued> issue_token(AccountId account, std::string label, Instant now,
                             Random& random) const;
  // None when its account is disabled.
  [[nodiscard]] std::optional<Token> token(std::string_view text) const;
  [[nodiscard]] std::vector<Token> tokens_of(AccountId account) const;
  [[nodiscard]] std::optional<Change> end_token(const Hash& key) const;

 private:
  struct Tries {
    std::size_t count = 0;
    Instant last;
  };
  [[nodiscard]] std::optional<std::int64_t> minutes_left(const Tries& tries, Instant now) const;
  struct Checked {
    std::optional<Account> account;  // none: no such name, or it cannot sign in with a password
    bool counted = false;            // the try was counted against the name
  };
  // Counts the try before the slow work, so that many at once are not more tries than one by one.
  Result<Checked> begin_try(std::string_view name, Instant now);
  void forget_tries(std::string_view name);
  void take_back_try(std::string_view name);
  void make_room_for_tries(Instant now);                                // needs the lock
  [[nodiscard]] bool holds(const Session& session, Instant now) const;  // needs the lock

  Policy policy_;
  mutable std::mutex mutex_;  // guards all below
  std::map<AccountId, Account> accounts_;
  std::map<std::string, AccountId, std::less<>> by_name_;
  std::map<Hash, Session> sessions_;
  std::map<Hash, Token> tokens_;
  std::map<std::string, Tries, std::less<>> tries_;  // since the last right password, in memory
};

}  // namespace tz::access
