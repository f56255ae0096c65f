// Rows as lines; what is read back is checked like bytes received.
#include "access/audit_row.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/json.h"

namespace tz::access {
namespace {

constexpr std::string_view kHeader = "taizhang-audit 1 ";
constexpr std::string_view kTag = "taizhang audit row 1\n";
constexpr std::size_t kHexChars = 64;
constexpr std::size_t kWordBytesMax = 64;
constexpr std::size_t kAboutBytesMax = 200;

// At most so many bytes of plain ASCII that JSON need not escape, so that a row has its size
// whatever a stranger sent.
std::string plain(std::string_view text, std::size_t bytes_max) {
  std::string out(text.substr(0, bytes_max));
  for (char& c : out)
    if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') c = '?';
  return out;
}

std::optional<Hash> hash_of(std::string_view hex) {
  if (hex.size() != kHexChars) return std::nullopt;
  const auto bytes = from_hex(hex);
  if (!bytes.ok()) return std::nullopt;
  Hash hash{};
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

const Zone kUtc{"UTC", 0};

Json json_of(const StoredAuditRow& stored) {
  const AuditRow& row = stored.row;
  Json out;
  out.set("seq", stored.seq).set("at", to_text(stored.at, kUtc));
  if (row.account) out.set("account", row.account->value);
  out.set("by", plain(row.by, kWordBytesMax)).set("from", plain(row.from, kWordBytesMax));
  out.set("act", plain(row.act, kWordBytesMax));
  if (!row.about.empty()) out.set("about", plain(row.about, kAboutBytesMax));
  out.set("result", plain(row.result, kWordBytesMax));
  if (!row.request.empty()) out.set("request", plain(row.request, kWordBytesMax));
  return out;
}

// Each member of a row, told by its name; false where it is of another type or no such member.
bool take_member(const JsonMember& member, StoredAuditRow& out) {
  const auto& [name, value] = member;
  const std::int64_t* number = value.as_int();
  const std::string* text = value.as_text();
  if (name == "seq" && number != nullptr && *number >= 0) {
    out.seq = static_cast<std::uint64_t>(*number);
    return true;
  }
  if (name == "account" && number != nullptr && *number > 0) {
    out.row.account = AccountId{static_cast<std::uint64_t>(*number)};
    return true;
  }
  if (text == nullptr) return false;
  if (name == "at") {
    const auto at = parse_instant(*text);
    if (at.ok()) out.at = *at;
    return at.ok();
  }
  struct Text {
    std::string_view name;
    std::string* into;
  };
  const Text texts[] = {{"by", &out.row.by},         {"from", &out.row.from},
                        {"act", &out.row.act},       {"about", &out.row.about},
                        {"result", &out.row.result}, {"request", &out.row.request}};
  for (const Text& each : texts) {
    if (each.name != name) continue;
    *each.into = *text;
    return true;
  }
  return false;
}

}  // namespace

std::string audit_line(StoredAuditRow& row, const Hash& before) {
  const std::string json = json_of(row).dump();
  row.hash = sha256({as_bytes(kTag), before, as_bytes(json)});
  std::string line = to_hex(row.hash) + " " + json + "\n";
  TZ_ASSERT(line.size() <= kAuditRowBytesMax);
  return line;
}

std::optional<StoredAuditRow> read_audit_line(std::string_view line) {
  if (line.size() < kHexChars + 2 || line[kHexChars] != ' ') return std::nullopt;
  const auto hash = hash_of(line.substr(0, kHexChars));
  const auto json = parse_json(line.substr(kHexChars + 1), {kAuditRowBytesMax, 2});
  if (!hash || !json.ok() || json->as_object() == nullptr) return std::nullopt;
  StoredAuditRow out;
  out.hash = *hash;
  for (const JsonMember& member : *json->as_object())
    if (!take_member(member, out)) return std::nullopt;
  for (const char* needed : {"seq", "at", "by", "from", "act", "result"})
    if (json->find(needed) == nullptr) return std::nullopt;
  return out;
}

Hash audit_hash_of(std::string_view line, const Hash& before) {
  TZ_ASSERT(line.size() > kHexChars);
  return sha256({as_bytes(kTag), before, as_bytes(line.substr(kHexChars + 1))});
}

std::string to_text(const AuditHead& head) {
  return std::to_string(head.rows) + " " + to_hex(head.hash);
}

std::optional<AuditHead> audit_head_of(std::string_view text) {
  AuditHead head;
  const char* end = text.data() + text.size();
  const auto [after, fault] = std::from_chars(text.data(), end, head.rows);
  if (fault != std::errc() || after == end || *after != ' ') return std::nullopt;
  const auto hash = hash_of({after + 1, static_cast<std::size_t>(end - after - 1)});
  if (!hash) return std::nullopt;
  head.hash = *hash;
  return head;
}

std::string audit_header(const AuditHead& before) {
  return std::string(kHeader) + to_text(before) + "\n";
}

std::optional<AuditHead> read_audit_header(std::string_view line) {
  if (!line.starts_with(kHeader)) return std::nullopt;
  return audit_head_of(line.substr(kHeader.size()));
}

}  // namespace tz::access
