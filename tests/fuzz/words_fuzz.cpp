// Any bytes as what somebody types to find a unit or an item by: what is read finds the text that
// it was read from, and nothing that is gone. After a zero byte: the text of another item.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "search/readings.h"
#include "search/unit_index.h"
#include "search/word_index.h"
#include "search/words.h"

namespace {

constexpr std::size_t kUnitsShown = 3;

tz::search::UnitIndex made_units() {
  const auto readings = tz::search::Readings::open();
  TZ_ASSERT(readings.ok());
  tz::search::Folding folding;
  tz::search::UnitIndex out;
  const std::vector<tz::search::UnitEntry> units = {{"0", "全国"},
                                                    {"2202", "吉林市", 1},
                                                    {"220204", "船营区", 2},
                                                    {"220204006", "致和街道", 3},
                                                    {"220204006001", "致和南社区居委会", 4},
                                                    {"X1", "ＡＢ c'd 绿園", 4, true}};
  out.add(units, folding, *readings);
  out.set_positions({0, 1, 2, 3, 4, 5});
  return out;
}

void check_units(std::string_view text) {
  static const tz::search::UnitIndex units = made_units();
  tz::search::UnitQuestion question;
  question.text = text;
  question.count_max = kUnitsShown;
  const tz::search::UnitsFound found = units.find(question);
  TZ_ASSERT(found.units.size() == std::min<std::uint64_t>(found.count, kUnitsShown));
  for (const tz::UnitId unit : found.units) TZ_ASSERT(unit.value < units.size());
}

bool holds(const std::vector<std::uint32_t>& items, std::uint32_t item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all = tz::as_text({data, size});
  const std::string_view text = all.substr(0, all.find('\0'));
  const std::string_view other = all.substr(std::min(all.size(), text.size() + 1));
  check_units(text);
  const auto words = tz::search::read_words(text);
  if (!words.ok()) return 0;
  TZ_ASSERT(words->pieces.size() <= tz::search::kWordsPiecesMax);
  for (const std::u16string& piece : words->pieces) TZ_ASSERT(!piece.empty());
  tz::search::WordIndex index;
  index.put(0, other, "");
  index.put(1, text, other);
  const auto found = index.find(*words);
  TZ_ASSERT(std::is_sorted(found.begin(), found.end()));
  TZ_ASSERT(holds(found, 1) == !words->pieces.empty());
  index.settle();
  TZ_ASSERT(index.find(*words) == found);
  index.remove(1);
  TZ_ASSERT(!holds(index.find(*words), 1));
  return 0;
}
