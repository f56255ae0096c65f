// Rows are found by a bit of their word, so that what rolls up nowhere costs one comparison.
#include "rollup/special_scan.h"

#include <algorithm>
#include <map>

#include "rollup/scan.h"

namespace tz::rollup {
namespace {

struct Tally {
  PhaseCounts findings;
  PhaseCounts shares;
  std::map<SourceRef, PhaseCounts> sources;
};

void count(Tally& tally, const ScanRow& row, const FindingRow& finding) {
  const auto share = share_of(row);
  TZ_ASSERT(share.has_value());
  if (row.word & kShareBit) return add(tally.shares, *share);
  add(tally.findings, *share);
  const auto flow = static_cast<std::uint16_t>(row.word >> kFlowShift);
  const std::uint8_t first = source_of(row.word);
  add(tally.sources[{flow, first}], *share);
  for (const std::uint8_t source : finding.more_sources)
    if (source != 0 && source != first) add(tally.sources[{flow, source}], *share);
}

}  // namespace

std::vector<SpecialCounts> scan_specials(const ColumnSnapshots& columns, std::uint32_t row_count,
                                         const ledger::OrgTree& tree, Day day,
                                         const SpecialQuestion& question) {
  Filter filter;
  filter.unit = question.unit;
  filter.without = question.without;
  filter.rolls_up = true;
  const Scan scan(filter, tree, day);
  std::map<std::uint32_t, Tally> tallies;
  scan.newest_first(columns, row_count, [&](std::uint32_t at, const ScanRow& row) {
    const FindingRow& finding = columns.findings[at];
    TZ_ASSERT(finding.special != 0);
    if (question.kinds >> kind_of(row) & 1U) count(tallies[finding.special - 1], row, finding);
    return true;
  });
  std::vector<SpecialCounts> out;
  for (auto& [special, tally] : tallies) {
    SpecialCounts one{special, tally.findings, tally.shares, {}};
    for (const auto& [source, counts] : tally.sources) one.sources.push_back({source, counts});
    out.push_back(std::move(one));
  }
  return out;
}

void add(SpecialCounts& to, const SpecialCounts& more) {
  to.findings += more.findings;
  to.shares += more.shares;
  for (const SourceCounts& each : more.sources) {
    const auto at = std::lower_bound(
        to.sources.begin(), to.sources.end(), each.source,
        [](const SourceCounts& one, const SourceRef& source) { return one.source < source; });
    if (at != to.sources.end() && at->source == each.source)
      at->counts += each.counts;
    else
      to.sources.insert(at, each);
  }
}

std::vector<SpecialCounts> with_parts(std::span<const ledger::SpecialNode> tree,
                                      std::span<const SpecialCounts> counts) {
  std::vector<SpecialCounts> out;
  for (const ledger::SpecialNode& node : tree) {
    SpecialCounts own{node.special, {}, {}, {}};
    const auto at = std::lower_bound(
        counts.begin(), counts.end(), node.special,
        [](const SpecialCounts& one, std::uint32_t special) { return one.special < special; });
    if (at != counts.end() && at->special == node.special) own = *at;
    out.push_back(std::move(own));
  }
  // Parts stand after what they are part of.
  for (std::size_t i = tree.size(); i-- > 0;)
    if (tree[i].parent) add(out[*tree[i].parent], out[i]);
  return out;
}

}  // namespace tz::rollup
