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

#include "access/sealing.h"
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
constexpr std::array<std::string_view, 5> kAccountSpaces = {"account", "identity", "second_factor",
                                                            "session", "token"};
bool kept_by_accounts(std::string_view space);

struct Account {
  AccountId id;
  std::string name;           // to sign in with: 1 to 64 letters, digits, . _ - · or CJK
  std::string password_hash;  // Argon2id, libsodium's string form; empty: tokens only
  bool disabled = false;
  // Set by somebody else: its owner has to choose one of his own before anything else.
  bool password_given = false;
  bool erased = false;  // its number is all that is left, so that what it did keeps an author
  std::optional<Instant> ends = std::nullopt;  // of support: from then on it opens nothing

  [[nodiscard]] bool over(Instant now) const { return ends && now >= *ends; }
};

// What a session still asks for before it is one.
enum class Step : std::uint8_t {
  Done,
  Code,      // of the second factor
  Enrol,     // the account must have a second factor and has none
  Password,  // of the owner's own choice
};
std::string_view to_text(Step step);  // "done"

struct Session {
  Hash key{};  // SHA-256 of the cookie's 32 random bytes; the cookie itself is never stored
  AccountId account;
  Hash password{};   // SHA-256 of the password_hash it was opened with: a new one ends it
  std::string csrf;  // must come back in a header with every change
  Instant opened;
  Instant used;
  Step step = Step::Done;
  std::string address;  // from where it was opened,
  std::string browser;  // and with what, as that calls itself
};
// By which its owner tells it from others: 12 digits of its key.
std::string session_id(const Session& session);

struct Token {
  Hash key{};  // SHA-256 of the token's text
  AccountId account;
  std::string label;
  Instant opened;
  std::optional<Instant> expires;  // none: it does not
  // all; read: nothing is changed by it; else what may be done, "report,evidence"
  std::string scope = "all";
};
std::string token_id(const Token& token);

// A one-time code beside the password (access/totp.h).
struct SecondFactor {
  AccountId account;
  bool on = false;  // else it was begun and not confirmed
  Bytes sealed;     // its secret, under the key of accounts
  Instant since;
  std::uint64_t last = 0;      // the newest step whose code was taken
  std::vector<Hash> recovery;  // of the recovery codes not used yet
};

// Who an account is at an identity provider (OpenID Connect): no account comes by itself, somebody
// binds it.
struct Identity {
  AccountId account;
  std::string issuer;
  std::string subject;  // 1 to 255 printable ASCII characters, of that issuer alone
  Instant since;
};

struct Policy {  // data; the ledger's config.yaml may say otherwise
  std::size_t password_chars_min = 10;
  std::size_t password_kinds_min = 1;  // of small letters, capitals, digits, others
  // What no password may hold, in small letters; the account's own name is refused anyway.
  std::vector<std::string> password_refused = {"password", "taizhang", "12345678", "qwerty",
                                               "admin123", "11111111", "88888888"};
  std::int64_t idle_us_max = std::int64_t{30} * 60 * 1'000'000;
  std::int64_t session_us_max = std::int64_t{12} * 3600 * 1'000'000;
  std::size_t tries_max = 5;            // wrong passwords in a row, then locked for lock_us
  std::size_t address_tries_max = 100;  // from one address, whatever the names
  std::size_t sessions_max = 20;        // of an account: a further one ends the oldest
  std::size_t tokens_max = 20;
  std::int64_t token_days_max = 366;
  std::int64_t support_hours_max = 24;  // 0: support cannot be opened
  std::int64_t lock_us = std::int64_t{30} * 60 * 1'000'000;
  std::uint64_t argon2_ops = 2;  // libsodium's INTERACTIVE
  std::size_t argon2_bytes = std::size_t{64} << 20;
};

constexpr std::int64_t kUnfinishedUsMax = std::int64_t{10} * 60 * 1'000'000;
constexpr std::size_t kRecoveryCodes = 10;
constexpr std::size_t kPasswordBytesMax = 1024;
constexpr std::size_t kLabelBytesMax = 200;

// Argon2id of a password. Slow by design: call off the engine's thread. Refuses `password_weak`
// (facts: chars_min) when too short and `password_too_long` (facts: bytes_max); fails with
// `out_of_memory`.
Result<std::string> hash_password(std::string_view password, const Policy& policy);
// Whether its owner may choose it. Refuses `password_weak` (facts: chars_min), `password_kinds`
// (facts: kinds_min), `password_common` and `password_has_name`.
Outcome check_new_password(std::string_view password, std::string_view name, const Policy& policy);

// Whether two secrets are the same, in a time that tells nothing of where they differ.
bool same_secret(std::string_view a, std::string_view b);

struct Credentials {
  std::string_view name;
  std::string_view password;
  std::string_view address = {};  // where they come from
  std::string_view browser = {};
  bool second_factor_due = false;  // whoever it is has to have one
};

// Who comes from an identity provider that has said who he is, and whether a code of ours is asked
// for all the same.
struct Arrival {
  std::string_view address = {};
  std::string_view browser = {};
  bool code_asked = false;
  bool second_factor_due = false;
};

enum class PasswordBy { Owner, Another };

struct TokenWish {
  std::string label;
  std::string scope = "all";
  std::optional<Instant> expires = std::nullopt;
};

struct SignIn {
  Session session;
  std::string cookie;  // 43 characters, base64url; told once
};

// Everything known of accounts, in memory; each change returns the row to store, and takes effect
// here only when `take` is called with it (after it is durable). Any thread.
class Accounts {
 public:
  explicit Accounts(Policy policy = {}) : policy_(std::move(policy)) {}
  // Before anybody signs in.
  void set_policy(Policy policy) { policy_ = std::move(policy); }
  // The key of accounts: secrets of second factors and contacts are sealed under it. Before anybody
  // signs in.
  void set_key(const SecretKey& key) { key_ = key; }
  // The rows of all second factors, sealed under another key; that one holds once it is set. Fails
  // with `second_factor_unreadable`.
  [[nodiscard]] Result<std::vector<Change>> second_factors_under(const SecretKey& next,
                                                                 Random& random) const;
  [[nodiscard]] const Policy& policy() const { return policy_; }

  // From stored rows, when the ledger opens, in any order; what was there before is forgotten.
  // Refuses `access_damaged` (facts: space, key) and then changes nothing.
  Outcome load(const std::vector<Change>& rows);
  // Needs a change that came from here; anything else is a bug.
  void take(const Change& change);

  // A new account; refuses `account_exists` (facts: account), `account_name_bad` (facts:
  // chars_max).
  Result<Change> add(AccountId id, std::string_view name, std::string password_hash,
                     PasswordBy by = PasswordBy::Owner) const;
  // The same for support, which ends by itself; the password is not its owner's choice.
  [[nodiscard]] Result<Change> add_support(AccountId id, std::string_view name,
                                           std::string password_hash, Instant ends) const;
  // Ends the account's sessions too. Refuses `account_unknown` (facts: account).
  [[nodiscard]] Result<Change> set_password(AccountId id, std::string password_hash,
                                            PasswordBy by = PasswordBy::Owner) const;
  // A disabled account cannot sign in, and neither its sessions nor its tokens hold. Refuses
  // `account_unknown` (facts: account).
  [[nodiscard]] Result<Change> set_disabled(AccountId id, bool disabled) const;
  // Destroys everything kept of a person but the number: name, password, second factor, sessions
  // and tokens. For good. Refuses `account_unknown` and `account_erased` (facts: account).
  [[nodiscard]] Result<std::vector<Change>> erase(AccountId id) const;
  [[nodiscard]] std::optional<Account> find(std::string_view name) const;
  [[nodiscard]] std::optional<Account> find(AccountId id) const;
  [[nodiscard]] AccountId next_id() const;
  [[nodiscard]] std::vector<Account> all() const;
  // Whether there never was an account: one that was erased counts.
  [[nodiscard]] bool none() const;

  // Checks name and password; the same time and the same refusal `sign_in_refused` whether the
  // name or the password was wrong; `sign_in_locked` (facts: minutes) after too many tries, whether
  // or not there is such an account, or too many from one address; fails with `out_of_memory`.
  // Slow: off the engine's thread. The change is the session's row. (An account whose hash was made
  // under another policy takes the time of that policy.)
  struct Opened {
    SignIn sign_in;
    Change change;
    std::vector<Change> ended;  // sessions that make room for it
  };
  Result<Opened> sign_in(const Credentials& given, Instant now, Random& random);
  // The same without a new session, for what needs the password again.
  Outcome check_password_of(AccountId account, std::string_view password, std::string_view address,
                            Instant now);
  // A session for whom an identity provider has named. Refuses `identity_account_off` where the
  // account cannot sign in.
  Result<Opened> sign_in_by_identity(AccountId account, const Arrival& arrival, Instant now,
                                     Random& random) const;
  // Goes on with an unfinished sign-in by a code of the second factor, or a recovery code, which
  // counts once: a session in place of the one that waits. Refuses `code_wrong` and, after too
  // many, `sign_in_locked`.
  struct Passed {
    SignIn sign_in;
    std::vector<Change> changes;
  };
  Result<Passed> give_code(const Session& waiting, std::string_view code, Instant now,
                           Random& random);
  // A session in place of another one of the account, e.g. after a new password, whose hash this
  // is; the other one's row is not among the changes where a new password ends it anyway.
  Passed renew_session(const Session& before, std::string_view password_hash, Step step,
                       Instant now, Random& random) const;
  // What a session of the account asks for, once password and code were right.
  [[nodiscard]] Step step_after_code(AccountId account) const;

  // From then on the account signs in through the provider; unless it is kept, its password goes,
  // and with it every session. Refuses `account_unknown`, `account_erased`, `identity_subject_bad`,
  // `identity_taken` (facts: account) and, where the account has another one, `identity_bound`.
  enum class Password { Kept, Removed };
  [[nodiscard]] Result<std::vector<Change>> bind_identity(const Identity& identity,
                                                          Password password) const;
  // Ends its sessions too. Refuses `identity_none`.
  [[nodiscard]] Result<std::vector<Change>> unbind_identity(AccountId account) const;
  [[nodiscard]] std::optional<Identity> identity_of(AccountId account) const;
  [[nodiscard]] std::optional<AccountId> account_of(std::string_view issuer,
                                                    std::string_view subject) const;

  // A new second factor, not on yet. Refuses `second_factor_on`, `account_unknown`.
  struct Begun {
    Bytes secret;
    Change change;
  };
  Result<Begun> begin_second_factor(AccountId account, Instant now, Random& random) const;
  // Turns it on by its first code. Refuses `second_factor_none`, `second_factor_on`, `code_wrong`,
  // `sign_in_locked`.
  struct Confirmed {
    std::vector<std::string> recovery_codes;  // told once
    Change change;
  };
  Result<Confirmed> confirm_second_factor(AccountId account, std::string_view code, Instant now,
                                          Random& random);
  // Takes a code as give_code() does, for what needs it again; the change is to be stored.
  Result<Change> take_code(AccountId account, std::string_view code, Instant now);
  // How its owner is reached, for a row beside the accounts: opens for that account alone. Refuses
  // `sealed_text_damaged`.
  Bytes seal_contact(AccountId account, std::string_view text, Random& random) const;
  // What was sealed so, under another key.
  [[nodiscard]] Result<Bytes> contact_under(const SecretKey& next, AccountId account,
                                            BytesView sealed, Random& random) const;
  [[nodiscard]] Result<std::string> open_contact(AccountId account, BytesView sealed) const;

  // Refuses `second_factor_none`.
  [[nodiscard]] Result<Change> end_second_factor(AccountId account) const;
  [[nodiscard]] std::optional<SecondFactor> second_factor(AccountId account) const;
  // The session of a cookie, if it holds at `now`; its idle time starts anew (in memory only).
  [[nodiscard]] std::optional<Session> session(std::string_view cookie, Instant now);
  // As session(), but does not count as use: nobody is at the browser that asks.
  [[nodiscard]] std::optional<Session> unattended_session(std::string_view cookie,
                                                          Instant now) const;
  // Whether the session or token of that key still opens anything. No use of it.
  [[nodiscard]] bool session_holds(const Hash& key, Instant now) const;
  [[nodiscard]] bool token_holds(const Hash& key, Instant now) const;
  [[nodiscard]] std::optional<Change> end_session(std::string_view cookie) const;
  // Those that hold, the newest first.
  [[nodiscard]] std::vector<Session> sessions_of(AccountId account, Instant now) const;
  // Refuses `session_unknown` (facts: session).
  [[nodiscard]] Result<Change> end_session_of(AccountId account, std::string_view id) const;
  // The rows of all its sessions but that one, to be deleted.
  [[nodiscard]] std::vector<Change> end_sessions_but(AccountId account, const Hash& kept) const;
  // The rows of all its sessions, to be deleted.
  [[nodiscard]] std::vector<Change> end_sessions_of(AccountId account) const;
  // The rows of sessions that no longer hold, to be deleted now and then; at most `count_max`.
  [[nodiscard]] std::vector<Change> ended_sessions(Instant now, std::size_t count_max) const;

  // The minutes for which wrong passwords keep the name from signing in; none where they do not.
  [[nodiscard]] std::optional<std::int64_t> locked_minutes(std::string_view name,
                                                           Instant now) const;
  // Forgets wrong passwords given for the name.
  void unlock(std::string_view name);

  struct Issued {
    std::string text;  // "tz_" and 43 characters; told once
    Change change;
  };
  // Refuses `account_unknown` (facts: account), `token_label_bad` (facts: bytes_max),
  // `token_scope_bad`, `tokens_too_many` (facts: count_max).
  Result<Issued> issue_token(AccountId account, TokenWish wish, Instant now, Random& random) const;
  // None when it has expired or its account is disabled or over.
  [[nodiscard]] std::optional<Token> token(std::string_view text, Instant now) const;
  [[nodiscard]] std::vector<Token> tokens_of(AccountId account) const;
  [[nodiscard]] std::optional<Change> end_token(const Hash& key) const;

 private:
  struct Tries {
    std::size_t count = 0;
    Instant last;
  };
  struct TriesBy {
    const Tries& tries;
    std::size_t count_max;
  };
  [[nodiscard]] std::optional<std::int64_t> minutes_left(const TriesBy& by, Instant now) const;
  struct Checked {
    std::optional<Account> account;  // none: no such name, or it cannot sign in with a password
    bool counted = false;            // the try was counted against the name
  };
  // Counts the try before the slow work, so that many at once are not more tries than one by one.
  Result<Checked> begin_try(std::string_view name, std::string_view address, Instant now);
  void forget_tries(std::string_view name);
  void take_back_try(std::string_view name, std::string_view address);
  void make_room_for_tries(Instant now);  // needs the lock
  // All need the lock.
  Outcome count_address(std::string_view address, Instant now);
  [[nodiscard]] Outcome begin_code(AccountId account, Instant now);
  [[nodiscard]] Result<Bytes> secret_of(const SecondFactor& factor) const;
  // Whether it is one of the factor's codes; then it is one no more, in memory at once.
  Result<bool> takes_code(SecondFactor& factor, std::string_view code, Instant now) const;
  [[nodiscard]] Step step_of(const Account& account, bool due) const;
  // With every field but the step.
  static SignIn new_session(const Account& account, const Arrival& arrival, Instant now,
                            Random& random);
  [[nodiscard]] std::vector<Change> too_many_sessions(AccountId account) const;
  [[nodiscard]] bool holds(const Session& session, Instant now) const;  // needs the lock
  [[nodiscard]] bool holds(const Token& token, Instant now) const;      // needs the lock

  Policy policy_;
  mutable std::mutex mutex_;  // guards all below
  std::map<AccountId, Account> accounts_;
  std::map<std::string, AccountId, std::less<>> by_name_;
  std::map<Hash, Session> sessions_;
  std::map<Hash, Token> tokens_;
  std::map<AccountId, SecondFactor> second_factors_;
  std::map<AccountId, Identity> identities_;
  SecretKey key_{};
  std::map<std::string, Tries, std::less<>> tries_;  // since the last right password, in memory
  std::map<std::string, Tries, std::less<>> address_tries_;  // since the last quiet lock_us
  std::map<AccountId, Tries> code_tries_;                    // since the last right code
};

}  // namespace tz::access
