// Whom to ask where a closing concerns many: numbers drawn by what nobody could know beforehand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/sha256.h"
#include "ledger/event.h"
#include "ledger/item_no.h"

namespace tz::ledger {

constexpr std::uint32_t kAffectedMax = 10'000'000;
constexpr std::uint16_t kAskedMax = 400;
// Fewer would tell what each of them said; where no more are affected, all are asked.
constexpr std::uint16_t kAskedMin = kPublicCountMin;
// So often somebody is tried before his silence is what there is to say.
constexpr std::uint8_t kTriesEnough = 3;

// What one of those who were drawn says, by his number on the list.
struct DrawnAnswer {
  std::uint32_t number = 1;
  Verdict solved = Verdict::NoAnswer;
  Verdict satisfied = Verdict::NoAnswer;
  std::optional<VerdictWay> way;
  std::optional<VerdictWhy> why;
  std::uint8_t tries = 0;  // without an answer

  [[nodiscard]] bool answered() const { return solved != Verdict::NoAnswer; }
  [[nodiscard]] bool done() const { return answered() || tries >= kTriesEnough; }
};

struct Lot {
  AffectedListed list;
  Seq record;                // the list's
  Day day;                   // on which it was made
  std::size_t closings = 0;  // that the item had by then
  std::optional<Hash> root;  // by which it was drawn
  // In the order in which they were drawn; none before.
  std::vector<DrawnAnswer> drawn;
};

// So many records are in the tree by whose root a list is drawn: those up to its own.
std::uint64_t draw_position(Seq list);

// The seed is the SHA-256 of the text that lot_seed_text gives; the n-th try, from 1 on, the first
// eight bytes, big-endian, of the SHA-256 of the seed in hexadecimal, a space, and n. What is at or
// above the greatest multiple of `affected` below 2^64 is passed over, and so is a number that was
// drawn before; else the number is the rest by `affected`, plus one. docs/verdicts.md tells it to a
// stranger.
std::string lot_seed_text(ItemNo item, const AffectedListed& list, const Hash& root);
// Needs 1 <= asked <= affected.
std::vector<std::uint32_t> draw_numbers(std::string_view seed_text, std::uint32_t affected,
                                        std::uint16_t asked);

// What those who were drawn come to.
struct LotCount {
  std::uint32_t asked = 0;
  std::uint32_t answered = 0;  // whether it is solved
  std::uint32_t silent = 0;    // tried often enough, without an answer
  std::uint32_t solved = 0;
  std::uint32_t satisfied = 0;
  std::uint32_t rated = 0;  // said whether they are satisfied
};
LotCount count_of(const Lot& lot);
// Yes where more than half of those who answered say so; no answer where nobody did.
JudgementGiven verdict_of(const Lot& lot);
// Whether nobody is left to be asked.
bool is_done(const Lot& lot);
// Whether what they come to is that of hardly anybody, so that it would tell what each said.
bool is_of_few(const LotCount& count);

}  // namespace tz::ledger
