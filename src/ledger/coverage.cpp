// Whole chunks by their own counts, the ends of a question unit by unit.
#include "ledger/coverage.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, kCoverageStatusCount> kNames = {
    "open", "met", "late", "exempt", "none_checked", "none_claimed"};

std::uint16_t days_after(Day first, Day day) {
  constexpr std::int32_t kDaysMax = std::numeric_limits<std::uint16_t>::max();
  return static_cast<std::uint16_t>(std::min(day.number - first.number, kDaysMax));
}

}  // namespace

std::string_view to_text(CoverageStatus status) { return name_in(kNames, status); }
std::optional<CoverageStatus> coverage_status_named(std::string_view name) {
  return named_in<CoverageStatus>(kNames, name);
}

bool is_covered(CoverageStatus status) {
  return status != CoverageStatus::Open && status != CoverageStatus::NoneClaimed;
}

std::uint32_t CoverageCounts::of(CoverageStatus status) const {
  std::uint32_t sum = 0;
  for (std::size_t at = static_cast<std::size_t>(status); at < counts_.size();
       at += kCoverageStatusCount)
    sum += counts_[at];
  return sum;
}

std::uint32_t CoverageCounts::asked() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint32_t{0});
}

std::uint32_t CoverageCounts::covered() const {
  return asked() - of(CoverageStatus::Open) - of(CoverageStatus::NoneClaimed);
}

void CoverageCounts::add(const CoverageCounts& more) {
  TZ_ASSERT(more.counts_.size() == counts_.size());
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += more.counts_[i];
}

Coverage::Coverage(std::shared_ptr<const AskedUnits> asked) : asked_(std::move(asked)) {
  const auto size = static_cast<std::uint32_t>(asked_->tree->size());
  TZ_ASSERT(asked_->tier_at.size() == size);
  TZ_ASSERT(asked_->first <= asked_->day);
  for (std::uint32_t begin = 0; begin < size; begin += kChunk) {
    auto chunk = std::make_shared<Chunk>();
    chunk->since.fill(days_after(asked_->first, asked_->day));
    chunk->counts = CoverageCounts(asked_->tier_count);
    chunks_.push_back(chunk);
    // By its units, whose status is still that of a new chunk.
    const Interval all{begin, std::min(size, begin + kChunk)};
    for (std::uint32_t at = all.begin; at < all.end; ++at)
      if (const std::uint8_t tier = asked_->tier_at[at]; tier != 0)
        ++chunk->counts.counts_[CoverageCounts::cell(static_cast<std::uint8_t>(tier - 1),
                                                     asked_->tree->kind(asked_->tree->at(at)))];
  }
}

CoverageStatus Coverage::status(std::uint32_t position) const {
  return chunks_[position / kChunk]->status[position % kChunk];
}

Day Coverage::since(std::uint32_t position) const {
  return Day{asked_->first.number + chunks_[position / kChunk]->since[position % kChunk]};
}

void Coverage::set(std::uint32_t position, CoverageStatus status, Day day) {
  TZ_ASSERT(asks(position) && asked_->first <= day);
  auto chunk = std::make_shared<Chunk>(*chunks_[position / kChunk]);
  const auto tier = static_cast<std::uint8_t>(asked_->tier_at[position] - 1);
  const UnitKind kind = asked_->tree->kind(asked_->tree->at(position));
  const std::size_t cell = CoverageCounts::cell(tier, kind);
  CoverageStatus& now = chunk->status[position % kChunk];
  --chunk->counts.counts_[cell + static_cast<std::size_t>(now)];
  ++chunk->counts.counts_[cell + static_cast<std::size_t>(status)];
  now = status;
  chunk->since[position % kChunk] = days_after(asked_->first, day);
  chunks_[position / kChunk] = std::move(chunk);
}

void Coverage::add(CoverageCounts& to, const Interval& positions) const {
  for (std::uint32_t at = positions.begin; at < positions.end; ++at)
    if (const std::uint8_t tier = asked_->tier_at[at]; tier != 0)
      ++to.counts_[CoverageCounts::cell(static_cast<std::uint8_t>(tier - 1),
                                        asked_->tree->kind(asked_->tree->at(at))) +
                   static_cast<std::size_t>(status(at))];
}

CoverageCounts Coverage::counts(const Interval& positions) const {
  CoverageCounts out(asked_->tier_count);
  const std::uint32_t first = (positions.begin + kChunk - 1) / kChunk;
  const std::uint32_t last = positions.end / kChunk;
  if (last < first) {
    add(out, positions);
    return out;
  }
  add(out, {positions.begin, first * kChunk});
  for (std::uint32_t i = first; i < last; ++i) {
    out.add(chunks_[i]->counts);
  }
  add(out, {last * kChunk, positions.end});
  return out;
}

std::vector<std::uint32_t> Coverage::uncovered(const Interval& positions, std::uint32_t from,
                                               std::size_t count_max) const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t at = std::max(from, positions.begin);
       at < positions.end && out.size() < count_max; ++at) {
    // Where nobody is missing, the rest of the chunk is passed over.
    const CoverageCounts& counts = chunks_[at / kChunk]->counts;
    if (at % kChunk == 0 && counts.asked() == counts.covered()) {
      at += kChunk - 1;
      continue;
    }
    if (asks(at) && !is_covered(status(at))) out.push_back(at);
  }
  return out;
}

}  // namespace tz::ledger
