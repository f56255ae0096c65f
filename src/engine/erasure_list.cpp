// Lines of numbers, and following the journal's redactions.
#include "engine/erasure_list.h"

#include <charconv>
#include <optional>
#include <vector>

#include "journal/record.h"
#include "ledger/event_codec.h"
#include "merkle/signed_text.h"

namespace tz::engine {
namespace {

constexpr std::string_view kFirstLine = "taizhang erasures 1";
constexpr std::size_t kReadBytes = std::size_t{4} << 20;
constexpr std::size_t kLedgerChars = 32;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return out;
}

// The numbers behind a line's word.
std::optional<std::vector<std::uint64_t>> numbers_after(std::string_view line,
                                                        std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  line.remove_prefix(word.size());
  std::vector<std::uint64_t> out;
  while (!line.empty()) {
    if (line.front() != ' ') return std::nullopt;
    line.remove_prefix(1);
    const std::size_t end = std::min(line.find(' '), line.size());
    const auto one = number(line.substr(0, end));
    if (!one) return std::nullopt;
    out.push_back(*one);
    line.remove_prefix(end);
  }
  return out;
}

bool take_line(std::string_view line, ErasureList& list) {
  if (const auto text = numbers_after(line, "text")) {
    if (text->size() != 2 || (*text)[1] > 15) return false;
    return list.texts.emplace(Seq{(*text)[0]}, static_cast<std::uint8_t>((*text)[1])).second;
  }
  if (const auto file = numbers_after(line, "file"))
    return file->size() == 1 && list.files.insert(Seq{(*file)[0]}).second;
  if (const auto account = numbers_after(line, "account"))
    return account->size() == 1 && list.accounts.insert(AccountId{(*account)[0]}).second;
  return false;
}

}  // namespace

std::string to_text(const ErasureList& list, const merkle::SigningKey& key) {
  std::string out(kFirstLine);
  out += "\n" + list.ledger + "\nthrough " + std::to_string(list.through) + "\n";
  for (const auto& [record, part] : list.texts)
    out += "text " + std::to_string(record.value) + " " + std::to_string(part) + "\n";
  for (const Seq record : list.files) out += "file " + std::to_string(record.value) + "\n";
  for (const AccountId account : list.accounts)
    out += "account " + std::to_string(account.value) + "\n";
  return merkle::sign_text(out, key);
}

Result<ErasureList> parse_erasures(std::string_view text, const merkle::VerifierKey& key) {
  std::string_view left = TZ_TRY(merkle::open_signed_text(text, key));
  ErasureList list;
  for (std::size_t line_number = 1; !left.empty(); ++line_number) {
    const std::size_t end = left.find('\n');  // there is one: the text ends with it
    const std::string_view line = left.substr(0, end);
    left.remove_prefix(end + 1);
    bool sound = false;
    if (line_number == 1) {
      sound = line == kFirstLine;
    } else if (line_number == 2) {
      list.ledger = line;
      sound = line.size() == kLedgerChars;
    } else if (line_number == 3) {
      const auto through = numbers_after(line, "through");
      sound = through && through->size() == 1;
      if (sound) list.through = through->front();
    } else {
      sound = take_line(line, list);
    }
    if (!sound) return refusal("erasures_malformed", {{"line", std::to_string(line_number)}});
  }
  if (list.ledger.empty()) return refusal("erasures_malformed", {{"line", "2"}});
  return list;
}

Result<bool> follow_redactions(ErasureList& list, journal::Reader& reader,
                               const journal::LedgerId& ledger, std::size_t count_max) {
  const auto some = TZ_TRY(reader.read(Seq{list.through}, count_max, kReadBytes));
  for (const journal::StoredRecord& stored : some) {
    const journal::Record record = TZ_TRY(journal::decode(stored.header, stored.body, ledger));
    list.through = record.seq.value + 1;
    if (record.type != "redacted") continue;
    const auto decoded = TZ_TRY(ledger::decode(record.type, record.type_version, record.payload));
    const auto* redacted = std::get_if<ledger::Redacted>(&decoded.event);
    TZ_ASSERT(redacted != nullptr);
    if (redacted->part)
      list.texts.emplace(redacted->record, *redacted->part);
    else
      list.files.insert(redacted->record);
  }
  return !some.empty();
}

}  // namespace tz::engine
