// Accounts, sessions and tokens as stored rows, and back.
//
//   account row: key = id u64; value = version u8 (1), flags u8 (1: disabled, 2: password given by
//                another, 4: erased), name, password_hash; of support version u8 (2) and, behind
//                it, ends u64
//   second_factor row: key = account u64; value = version u8 (1), on u8 (0, 1), sealed, since u64,
//                last u64, count u8, that many hashes [32] of recovery codes
//   identity row: key = account u64; value = version u8 (1), issuer, subject, since u64; issuer
//                as a name, subject as a text
//   session row: key = hash [32]; value = version u8 (2), account u64, password [32], csrf,
//                opened u64, used u64, step u8, address, browser; in version 1 the last three are
//                missing
//   audit row:   key = "head"; value = version u8 (1), rows u64, hash [32]: of the audit log
//   token row:   key = hash [32]; value = version u8 (2), account u64, label, opened u64,
//                expires u64 (0: never), scope; in version 1 the last two are missing
//
// Numbers are big-endian; a text is u8 length and bytes, a name u16 length and bytes; instants are
// microseconds in two's complement.
#pragma once

#include <optional>
#include <string_view>

#include "access/accounts.h"
#include "access/audit_row.h"

namespace tz::access {

constexpr std::string_view kAccountSpace = "account";
constexpr std::string_view kIdentitySpace = "identity";
constexpr std::string_view kSecondFactorSpace = "second_factor";
constexpr std::string_view kSessionSpace = "session";
constexpr std::string_view kTokenSpace = "token";

Change encode(const Account& account);
Change encode(const Identity& identity);
Change encode(const SecondFactor& factor);
Change encode(const Session& session);
Change encode(const Token& token);
// What is remembered of the audit log beside the accounts: a row of its own space and key.
constexpr std::string_view kAuditSpace = "audit";
Change encode(const AuditHead& head);
Bytes audit_head_key();
std::optional<AuditHead> decode_audit_head(BytesView value);
Change deletion(std::string_view space, const Hash& key);
Change deletion_of_identity(AccountId account);
Change deletion_of_second_factor(AccountId account);

// None when the row is not one of these, whole and exact.
std::optional<AccountId> decode_account_key(BytesView key);
std::optional<Hash> decode_hash_key(BytesView key);
std::optional<Account> decode_account(BytesView key, BytesView value);
std::optional<Identity> decode_identity(BytesView key, BytesView value);
std::optional<SecondFactor> decode_second_factor(BytesView key, BytesView value);
std::optional<Session> decode_session(BytesView key, BytesView value);
std::optional<Token> decode_token(BytesView key, BytesView value);

// Whether a provider may call somebody so.
bool valid_subject(std::string_view subject);
constexpr std::size_t kSubjectBytesMax = 255;
constexpr std::size_t kIssuerBytesMax = 1024;

// Whether an account may be called so.
bool valid_account_name(std::string_view name);
constexpr std::size_t kNameCharsMax = 64;

}  // namespace tz::access
