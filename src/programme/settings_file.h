// The ledger's config.yaml: what an office sets for signing in and for the audit log, within
// bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/phase.h"

namespace tz::programme {

// A province's own identity provider, through which accounts sign in (OpenID Connect).
struct IdentityProviderSettings {
  std::string issuer;   // https, or http on loopback; without a "/" at its end unless it has one
  std::string client;   // as the provider knows this ledger
  std::string address;  // of this ledger, as browsers reach it: https://ledger.example
  std::string secret_file;  // in keys/, or empty: the provider takes the ledger without one
  std::string ca_file;      // in keys/, or empty: the machine's own
  std::string label_zh;     // the words of the button
  std::string label_en;
  bool code_asked = false;  // second_factor: ours
};

// How people are told outside the ledger. Without it they are told in their inbox alone.
struct NotifySettings {
  struct Mail {
    std::string host;
    std::int64_t port = 587;
    std::string security = "starttls";  // or tls; none within this machine alone
    std::string user;                   // empty: the server takes mail without one
    std::string password_file;          // in keys/; needed with a user
    std::string from;
    std::string ca_file;  // in keys/, or empty: the machine's own
  };
  struct Webhook {
    std::string address;
    std::string secret_file;  // in keys/
    std::string ca_file;
  };
  std::string address;  // of this ledger, for links: https://ledger.example
  std::int64_t digest_hour = 8;
  std::int64_t digest_minute = 30;
  std::optional<Mail> mail;
  std::optional<Webhook> webhook;
};

// None: the program's own default.
struct Settings {
  std::optional<std::int64_t> password_chars_min;
  std::optional<std::int64_t> password_kinds_min;
  std::optional<std::vector<std::string>> password_refused;
  std::optional<std::int64_t> lock_tries;
  std::optional<std::int64_t> lock_address_tries;
  std::optional<std::int64_t> lock_minutes;
  std::optional<std::int64_t> session_idle_minutes;
  std::optional<std::int64_t> session_hours;
  std::optional<std::int64_t> token_days_max;
  std::optional<std::int64_t> support_hours_max;
  std::optional<std::vector<ledger::Role>> second_factor;  // roles that must have one
  std::optional<std::int64_t> audit_keep_days;
  std::optional<std::int64_t> audit_gigabytes_max;
  std::optional<std::int64_t> closed_text_days;
  std::optional<std::int64_t> loose_file_days;
  std::optional<std::int64_t> wrapping_key_months;
  std::vector<std::string> proxies;
  std::optional<IdentityProviderSettings> identity_provider;
  std::optional<NotifySettings> notify;
  std::optional<std::int64_t> notice_days;
};

// version: 1
// sign_in:
//   password: {chars_min, kinds_min, refused}
//   lock: {tries, address_tries, minutes}
//   session: {idle_minutes, hours}
//   token_days_max:
//   support_hours_max:
//   second_factor: [ROLE…]
// audit: {keep_days, gigabytes_max}
// proxies: [ADDRESS…]
// retention: {closed_text_days, loose_file_days, notice_days, wrapping_key_months}
// identity_provider: {issuer, client_id, address, label: {zh-CN, en}, second_factor: theirs|ours,
//                    client_secret_file?, ca_file?}
// notify: {address, digest_hour?, digest_minute?,
//          mail?: {host, from, port?, security?: starttls|tls|none, user?, password_file?,
//          ca_file?}, webhook?: {address, secret_file, ca_file?}}
//
// Everything but the version may be left out. Refuses the first fault by its place (facts: line,
// column and more, as programme/file_fields.h has them).
Result<Settings> read_settings(std::string_view text);

}  // namespace tz::programme
