// Notes are rows beside the records; who carries a file is read from the records themselves.
#include "engine/doomed_files.h"

#include <algorithm>
#include <set>

#include "engine/replay.h"
#include "journal/record.h"

namespace tz::engine {
namespace {

constexpr std::size_t kReadCount = 4096;
constexpr std::size_t kReadBytes = std::size_t{16} << 20;

// The records that add the file and were not redacted since.
class Carriers {
 public:
  explicit Carriers(const Hash& sha256) : sha256_(sha256), hex_(to_hex(sha256)) {}

  Outcome take(const journal::StoredRecord& stored, const journal::LedgerId& ledger) {
    const journal::Record record = TZ_TRY(journal::decode(stored.header, stored.body, ledger));
    const bool adds =
        record.type == "evidence_added" && record.payload.find(hex_) != std::string::npos;
    if (!adds && record.type != "redacted") return Done{};
    const auto decoded = TZ_TRY(ledger::decode(record.type, record.type_version, record.payload));
    const auto* added = std::get_if<ledger::EvidenceAdded>(&decoded.event);
    if (added != nullptr && added->sha256 == sha256_) records_.insert(record.seq.value);
    const auto* redacted = std::get_if<ledger::Redacted>(&decoded.event);
    if (redacted != nullptr && !redacted->part) records_.erase(redacted->record.value);
    return Done{};
  }
  [[nodiscard]] bool any() const { return !records_.empty(); }

 private:
  Hash sha256_;
  std::string hex_;
  std::set<std::uint64_t> records_;
};

}  // namespace

std::optional<journal::KeptRow> doomed_file(const ledger::Event& event, const ledger::Item& item) {
  const auto* redacted = std::get_if<ledger::Redacted>(&event);
  if (redacted == nullptr || redacted->part) return std::nullopt;
  for (const ledger::EvidenceNote& note : item.evidence)
    if (note.record == redacted->record)
      return journal::KeptRow{std::string(kDoomedSpace),
                              Bytes(note.sha256.begin(), note.sha256.end()), Bytes{}};
  return std::nullopt;
}

Result<std::vector<Hash>> doomed_files(const Engine& engine) {
  std::vector<Hash> out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    for (const journal::KeptRow& row : TZ_TRY(reader.kept_all(std::string(kDoomedSpace)))) {
      Hash sha256{};
      if (row.key.size() != sha256.size())
        return failure("kept_row_damaged", {{"space", std::string(kDoomedSpace)}});
      std::copy(row.key.begin(), row.key.end(), sha256.begin());
      out.push_back(sha256);
    }
    return Done{};
  });
  if (!done.ok()) return done.error();
  return out;
}

Result<bool> still_carried(const Engine& engine, const Hash& sha256) {
  const Published now = engine.published();
  const auto ledger = ledger_id_of(now.state->genesis);
  TZ_ASSERT(ledger.has_value());
  Carriers carriers(sha256);
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    for (std::uint64_t at = 0; at < now.size;) {
      const auto stored = TZ_TRY(reader.read(Seq{at}, kReadCount, kReadBytes));
      if (stored.empty()) return failure("record_missing", {{"seq", std::to_string(at)}});
      for (const journal::StoredRecord& one : stored) TZ_TRY(carriers.take(one, *ledger));
      at += stored.size();
    }
    return Done{};
  });
  if (!done.ok()) return done.error();
  return carriers.any();
}

Outcome forget_doomed(Engine& engine, const Hash& sha256) {
  Request request;
  request.changes.push_back(
      {std::string(kDoomedSpace), Bytes(sha256.begin(), sha256.end()), std::nullopt});
  TZ_TRY(engine.submit_and_wait(std::move(request)));
  return Done{};
}

}  // namespace tz::engine
