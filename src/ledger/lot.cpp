// Numbers out of a hash, in a way that takes a stranger ten lines.
#include "ledger/lot.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/bytes.h"

namespace tz::ledger {

std::uint64_t draw_position(Seq list) { return list.value + 1; }

std::string lot_seed_text(ItemNo item, const AffectedListed& list, const Hash& root) {
  return "taizhang lot 1\nitem " + to_text(item) + "\nclosure " + std::to_string(list.closure) +
         "\naffected " + std::to_string(list.affected) + "\nasked " + std::to_string(list.asked) +
         "\ndigest " + to_hex(list.digest) + "\nroot " + to_hex(root) + "\n";
}

std::vector<std::uint32_t> draw_numbers(std::string_view seed_text, std::uint32_t affected,
                                        std::uint16_t asked) {
  TZ_ASSERT(asked >= 1 && asked <= affected);
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  // 2^64 mod affected values at the top would make small numbers likelier.
  const std::uint64_t passed_over = (most % affected + 1) % affected;
  const std::string seed = to_hex(sha256(as_bytes(seed_text)));
  std::vector<std::uint32_t> out;
  std::unordered_set<std::uint32_t> known;
  for (std::uint64_t at = 1; out.size() < asked; ++at) {
    const Hash hash = sha256(as_bytes(seed + " " + std::to_string(at)));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value = value << 8U | hash[i];
    if (passed_over != 0 && value > most - passed_over) continue;
    const auto number = static_cast<std::uint32_t>(value % affected + 1);
    if (known.insert(number).second) out.push_back(number);
  }
  return out;
}

LotCount count_of(const Lot& lot) {
  LotCount out;
  for (const DrawnAnswer& one : lot.drawn) {
    ++out.asked;
    out.answered += one.answered() ? 1 : 0;
    out.silent += !one.answered() && one.done() ? 1 : 0;
    out.solved += one.solved == Verdict::Yes ? 1 : 0;
    out.satisfied += one.satisfied == Verdict::Yes ? 1 : 0;
    out.rated += one.satisfied != Verdict::NoAnswer ? 1 : 0;
  }
  return out;
}

JudgementGiven verdict_of(const Lot& lot) {
  const LotCount count = count_of(lot);
  const auto most = [](std::uint32_t yes, std::uint32_t of) {
    if (of == 0) return Verdict::NoAnswer;
    return 2 * yes > of ? Verdict::Yes : Verdict::No;
  };
  return {most(count.solved, count.answered), most(count.satisfied, count.rated), lot.list.closure};
}

bool is_done(const Lot& lot) {
  return !lot.drawn.empty() && std::all_of(lot.drawn.begin(), lot.drawn.end(),
                                           [](const DrawnAnswer& one) { return one.done(); });
}

bool is_of_few(const LotCount& count) {
  const auto few = [](std::uint32_t said) { return said > 0 && said < kPublicCountMin; };
  return few(count.answered) || few(count.rated);
}

}  // namespace tz::ledger
