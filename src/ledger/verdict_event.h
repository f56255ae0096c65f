// What somebody says of a closing, and whom to ask of many; the events of ledger/event.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/sha256.h"

namespace tz::ledger {

enum class Verdict : std::uint8_t { Yes, No, NoAnswer };
// How somebody was asked: by his query code himself; else an official wrote down what he said.
enum class VerdictWay : std::uint8_t { Code, Paper, Phone };
std::string_view to_text(VerdictWay way);
std::optional<VerdictWay> verdict_way_named(std::string_view name);
// Why he is not satisfied.
enum class VerdictWhy : std::uint8_t {
  NotDone,
  PartlyDone,
  DoneBadly,
  TooLate,
  Treatment,  // how he was treated
  NotExplained,
  CameBack,
  Other
};
std::string_view to_text(VerdictWhy why);
std::optional<VerdictWhy> verdict_why_named(std::string_view name);

struct JudgementGiven {
  Verdict solved = Verdict::NoAnswer;
  Verdict satisfied = Verdict::NoAnswer;
  std::uint16_t closure = 1;  // 0: asked because the limit was over, while it was open
  std::optional<VerdictWay> way = std::nullopt;  // none: what a lot came to, or not told
  std::optional<VerdictWhy> why = std::nullopt;
  // Of one of many who were drawn by lot: which. It is not yet the verdict on the item.
  std::optional<std::uint32_t> drawn = std::nullopt;
};

// Whether somebody was tried in some way and gave no answer: it never takes the place of one, not
// even of what was said of an earlier closing.
inline bool is_silence(const JudgementGiven& said) {
  return said.way && said.solved == Verdict::NoAnswer;
}

// Whom a closing concerns: how many stand on a list that stays where it was made, and how many of
// them are to be asked. `digest` binds whoever made the list to it.
struct AffectedListed {
  std::uint16_t closure = 1;  // 0: none, what is open although its limit is over
  std::uint32_t affected = 0;
  std::uint16_t asked = 0;
  Hash digest{};
};
// By what the numbers of those to be asked are drawn: the root of the first `position` records, the
// last of which listed the affected (ledger/lot.h).
struct LotDrawn {
  std::uint16_t closure = 1;
  std::uint64_t position = 0;
  Hash root{};
};

}  // namespace tz::ledger
