// The rows' bytes; what is read back is checked like bytes received.
#include "access/account_codec.h"

#include <algorithm>

namespace tz::access {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kSecondVersion = 2;  // of sessions, tokens and accounts that end
constexpr std::uint8_t kFlagDisabled = 1;
constexpr std::uint8_t kFlagPasswordGiven = 2;
constexpr std::uint8_t kFlagErased = 4;
constexpr std::uint8_t kFlags = kFlagDisabled | kFlagPasswordGiven | kFlagErased;
constexpr auto kStepMax = static_cast<std::uint8_t>(Step::Password);

void text16(ByteWriter& out, std::string_view text) {
  TZ_ASSERT(text.size() <= 0xffff);
  out.u16(static_cast<std::uint16_t>(text.size()));
  out.raw(as_bytes(text));
}

Hash read_hash(ByteReader& in) {
  Hash hash{};
  const BytesView bytes = in.raw(hash.size());
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

Instant read_instant(ByteReader& in) { return Instant{static_cast<std::int64_t>(in.u64())}; }

bool whole(const ByteReader& in) { return in.ok() && in.rest().empty(); }

Bytes key_of(const Hash& hash) { return {hash.begin(), hash.end()}; }

// One code point at the front of `text`, taken off it; none where it is not UTF-8.
std::optional<std::uint32_t> next_code_point(std::string_view& text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  std::size_t count = 1;
  std::uint32_t point = lead;
  if (lead >= 0xf0 && lead < 0xf5) {
    count = 4;
    point = lead & 7U;
  } else if (lead >= 0xe0) {
    count = 3;
    point = lead & 15U;
  } else if (lead >= 0xc2) {
    count = 2;
    point = lead & 31U;
  } else if (lead >= 0x80) {
    return std::nullopt;
  }
  if (lead >= 0xf5 || text.size() < count) return std::nullopt;
  for (std::size_t i = 1; i < count; ++i) {
    const auto next = static_cast<std::uint8_t>(text[i]);
    if ((next & 0xc0) != 0x80) return std::nullopt;
    point = point << 6 | (next & 63U);
  }
  text.remove_prefix(count);
  return point;
}

// ASCII letters and digits, . _ -, the middle dot of transliterated names, and ideographs. Overlong
// forms of three or four bytes decode to points below these ranges and are refused with them.
bool allowed_in_name(std::uint32_t point, std::size_t bytes) {
  const auto within = [&](std::uint32_t first, std::uint32_t last) {
    return point >= first && point <= last;
  };
  if (bytes == 1)
    return within('a', 'z') || within('A', 'Z') || within('0', '9') || point == '.' ||
           point == '_' || point == '-';
  if (bytes == 2) return point == 0xb7;
  if (bytes == 3) return point == 0x3007 || within(0x3400, 0x4dbf) || within(0x4e00, 0x9fff);
  return within(0x20000, 0x323af);
}

}  // namespace

Change encode(const Account& account) {
  Change change{std::string(kAccountSpace), {}, Bytes{}};
  ByteWriter(change.key).u64(account.id.value);
  ByteWriter out(*change.value);
  out.u8(account.ends ? kSecondVersion : kVersion);
  out.u8(static_cast<std::uint8_t>((account.disabled ? kFlagDisabled : 0) |
                                   (account.password_given ? kFlagPasswordGiven : 0) |
                                   (account.erased ? kFlagErased : 0)));
  text16(out, account.name);
  text16(out, account.password_hash);
  if (account.ends) out.u64(static_cast<std::uint64_t>(account.ends->us));
  return change;
}

Change encode(const Identity& identity) {
  Change change{std::string(kIdentitySpace), {}, Bytes{}};
  ByteWriter(change.key).u64(identity.account.value);
  ByteWriter out(*change.value);
  out.u8(kVersion);
  text16(out, identity.issuer);
  out.text8(identity.subject);
  out.u64(static_cast<std::uint64_t>(identity.since.us));
  return change;
}

Change deletion_of_identity(AccountId account) {
  Change change{std::string(kIdentitySpace), {}, std::nullopt};
  ByteWriter(change.key).u64(account.value);
  return change;
}

Change encode(const SecondFactor& factor) {
  Change change{std::string(kSecondFactorSpace), {}, Bytes{}};
  ByteWriter(change.key).u64(factor.account.value);
  ByteWriter out(*change.value);
  out.u8(kVersion);
  out.u8(factor.on ? 1 : 0);
  text16(out, as_text(factor.sealed));
  out.u64(static_cast<std::uint64_t>(factor.since.us));
  out.u64(factor.last);
  TZ_ASSERT(factor.recovery.size() <= 255);
  out.u8(static_cast<std::uint8_t>(factor.recovery.size()));
  for (const Hash& hash : factor.recovery) out.raw(hash);
  return change;
}

Change deletion_of_second_factor(AccountId account) {
  Change change{std::string(kSecondFactorSpace), {}, std::nullopt};
  ByteWriter(change.key).u64(account.value);
  return change;
}

Change encode(const Session& session) {
  Change change{std::string(kSessionSpace), key_of(session.key), Bytes{}};
  ByteWriter out(*change.value);
  out.u8(kSecondVersion);
  out.u64(session.account.value);
  out.raw(session.password);
  out.text8(session.csrf);
  out.u64(static_cast<std::uint64_t>(session.opened.us));
  out.u64(static_cast<std::uint64_t>(session.used.us));
  out.u8(static_cast<std::uint8_t>(session.step));
  out.text8(session.address);
  out.text8(session.browser);
  return change;
}

Change encode(const Token& token) {
  Change change{std::string(kTokenSpace), key_of(token.key), Bytes{}};
  ByteWriter out(*change.value);
  out.u8(kSecondVersion);
  out.u64(token.account.value);
  out.text8(token.label);
  out.u64(static_cast<std::uint64_t>(token.opened.us));
  out.u64(token.expires ? static_cast<std::uint64_t>(token.expires->us) : 0);
  out.text8(token.scope);
  return change;
}

Bytes audit_head_key() {
  const BytesView key = as_bytes("head");
  return {key.begin(), key.end()};
}

Change encode(const AuditHead& head) {
  Change change{std::string(kAuditSpace), audit_head_key(), Bytes{}};
  ByteWriter out(*change.value);
  out.u8(kVersion);
  out.u64(head.rows);
  out.raw(head.hash);
  return change;
}

std::optional<AuditHead> decode_audit_head(BytesView value) {
  ByteReader in(value);
  if (in.u8() != kVersion) return std::nullopt;
  AuditHead head;
  head.rows = in.u64();
  head.hash = read_hash(in);
  if (!whole(in)) return std::nullopt;
  return head;
}

Change deletion(std::string_view space, const Hash& key) {
  return Change{std::string(space), key_of(key), std::nullopt};
}

std::optional<AccountId> decode_account_key(BytesView key) {
  ByteReader in(key);
  const AccountId id{in.u64()};
  if (!whole(in) || id.value == 0) return std::nullopt;
  return id;
}

std::optional<Hash> decode_hash_key(BytesView key) {
  ByteReader in(key);
  const Hash hash = read_hash(in);
  if (!whole(in)) return std::nullopt;
  return hash;
}

std::optional<Account> decode_account(BytesView key, BytesView value) {
  const auto id = decode_account_key(key);
  ByteReader in(value);
  const std::uint8_t version = in.u8();
  if (!id || version < kVersion || version > kSecondVersion) return std::nullopt;
  const std::uint8_t flags = in.u8();
  Account account{*id,
                  {},
                  {},
                  (flags & kFlagDisabled) != 0,
                  (flags & kFlagPasswordGiven) != 0,
                  (flags & kFlagErased) != 0};
  account.name = as_text(in.raw(in.u16()));
  account.password_hash = as_text(in.raw(in.u16()));
  if (version == kSecondVersion) account.ends = read_instant(in);
  if (!whole(in) || flags > kFlags || !valid_account_name(account.name)) return std::nullopt;
  return account;
}

std::optional<Identity> decode_identity(BytesView key, BytesView value) {
  const auto id = decode_account_key(key);
  ByteReader in(value);
  if (!id || in.u8() != kVersion) return std::nullopt;
  Identity identity;
  identity.account = *id;
  identity.issuer = as_text(in.raw(in.u16()));
  identity.subject = in.text8();
  identity.since = read_instant(in);
  if (!whole(in) || !valid_subject(identity.subject)) return std::nullopt;
  if (identity.issuer.empty() || identity.issuer.size() > kIssuerBytesMax) return std::nullopt;
  return identity;
}

std::optional<SecondFactor> decode_second_factor(BytesView key, BytesView value) {
  const auto id = decode_account_key(key);
  ByteReader in(value);
  if (!id || in.u8() != kVersion) return std::nullopt;
  SecondFactor factor;
  factor.account = *id;
  const std::uint8_t on = in.u8();
  factor.on = on == 1;
  const BytesView sealed = in.raw(in.u16());
  factor.sealed.assign(sealed.begin(), sealed.end());
  factor.since = read_instant(in);
  factor.last = in.u64();
  const std::size_t count = in.u8();
  for (std::size_t i = 0; i < count; ++i) factor.recovery.push_back(read_hash(in));
  if (!whole(in) || on > 1) return std::nullopt;
  return factor;
}

std::optional<Session> decode_session(BytesView key, BytesView value) {
  const auto hash = decode_hash_key(key);
  ByteReader in(value);
  const std::uint8_t version = in.u8();
  if (!hash || version < kVersion || version > kSecondVersion) return std::nullopt;
  Session session;
  session.key = *hash;
  session.account = AccountId{in.u64()};
  session.password = read_hash(in);
  session.csrf = in.text8();
  session.opened = read_instant(in);
  session.used = read_instant(in);
  if (version == kSecondVersion) {
    const std::uint8_t step = in.u8();
    if (step > kStepMax) return std::nullopt;
    session.step = static_cast<Step>(step);
    session.address = in.text8();
    session.browser = in.text8();
  }
  if (!whole(in)) return std::nullopt;
  return session;
}

std::optional<Token> decode_token(BytesView key, BytesView value) {
  const auto hash = decode_hash_key(key);
  ByteReader in(value);
  const std::uint8_t version = in.u8();
  if (!hash || version < kVersion || version > kSecondVersion) return std::nullopt;
  Token token;
  token.key = *hash;
  token.account = AccountId{in.u64()};
  token.label = in.text8();
  token.opened = read_instant(in);
  if (version == kSecondVersion) {
    const Instant expires = read_instant(in);
    if (expires.us != 0) token.expires = expires;
    token.scope = in.text8();
  }
  if (!whole(in)) return std::nullopt;
  return token;
}

bool valid_subject(std::string_view subject) {
  return !subject.empty() && subject.size() <= kSubjectBytesMax &&
         std::all_of(subject.begin(), subject.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

bool valid_account_name(std::string_view name) {
  if (name.empty() || name.size() > kNameCharsMax * 4) return false;
  std::size_t chars = 0;
  while (!name.empty()) {
    const std::size_t before = name.size();
    const auto point = next_code_point(name);
    if (!point || !allowed_in_name(*point, before - name.size())) return false;
    if (++chars > kNameCharsMax) return false;
  }
  return true;
}

}  // namespace tz::access
