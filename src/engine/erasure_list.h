// What was erased from a ledger, kept outside it too, so that whoever restores an older backup
// erases it again.
//
//   list    = "taizhang erasures 1" LF ledger LF "through " RECORDS LF line* signature
//   line    = "text " RECORD " " PART LF | "file " RECORD LF | "account " NUMBER LF
//   signature = merkle/signed_text.h; `ledger` is its id, 32 hexadecimal digits
//
// It names no word of what was erased: numbers alone.
#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "journal/journal.h"
#include "merkle/checkpoint.h"

namespace tz::engine {

struct ErasureList {
  std::string ledger;
  std::uint64_t through = 0;  // records that it knows
  std::set<std::pair<Seq, std::uint8_t>> texts;
  std::set<Seq> files;  // by the records that added them
  std::set<AccountId> accounts;
  friend bool operator==(const ErasureList&, const ErasureList&) = default;
};

std::string to_text(const ErasureList& list, const merkle::SigningKey& key);
// Refuses `erasures_malformed`, and as merkle/signed_text.h does.
Result<ErasureList> parse_erasures(std::string_view text, const merkle::VerifierKey& key);

// Takes the redactions of at most `count_max` records after list.through into the list. False when
// there is nothing further to read. Fails as the reader does.
Result<bool> follow_redactions(ErasureList& list, journal::Reader& reader,
                               const journal::LedgerId& ledger, std::size_t count_max);

}  // namespace tz::engine
