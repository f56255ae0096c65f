// Reads and makes the numbers of imports.
#include "engine/import_number.h"

#include "base/sha256.h"

namespace tz::engine {
namespace {

constexpr std::uint64_t kChanceMask = (std::uint64_t{1} << ledger::kImportChanceBits) - 1;

// The least number that an import of this content may have.
std::uint64_t first_number(std::string_view content) {
  const Hash hash = sha256(as_bytes(content));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) bits = bits << 8 | hash[i];
  return bits << ledger::kImportChanceBits;
}

}  // namespace

std::uint64_t new_import_number(std::string_view content, const ledger::AdoptedImports& adopted,
                                Random& random) {
  const std::uint64_t first = first_number(content);
  std::uint64_t number = first | (random.next_u64() & kChanceMask);
  while (adopted.contains(number)) number = first | (random.next_u64() & kChanceMask);
  return number;
}

std::optional<std::uint64_t> earlier_import(std::string_view content,
                                            const ledger::AdoptedImports& adopted) {
  return adopted.first_like(first_number(content));
}

bool imported_before(std::string_view content, const ledger::AdoptedImports& adopted) {
  return earlier_import(content, adopted).has_value();
}

}  // namespace tz::engine
