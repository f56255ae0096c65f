// The few, and whoever has to hide with them.
#include "rollup/verdict_cells.h"

#include <cstddef>
#include <optional>

namespace tz::rollup {
namespace {

std::vector<bool> kept_back_of(const std::vector<RateTally>& tallies, RateName name) {
  std::vector<std::uint64_t> answers;
  answers.reserve(tallies.size());
  for (const RateTally& one : tallies) answers.push_back(one.after(name).denominator);
  return kept_back(answers);
}

}  // namespace

std::vector<bool> kept_back(const std::vector<std::uint64_t>& answers) {
  std::vector<bool> out(answers.size(), false);
  std::uint64_t hidden = 0;
  std::optional<std::size_t> smallest;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == 0) continue;
    if (answers[i] < kVerdictsShownMin) {
      out[i] = true;
      hidden += answers[i];
    } else if (!smallest || answers[i] < answers[*smallest]) {
      smallest = i;
    }
  }
  if (hidden > 0 && hidden < kVerdictsShownMin && smallest) out[*smallest] = true;
  return out;
}

bool VerdictRow::keeps_back(RateName name) const {
  return (name == RateName::Solved && solved_kept_back) ||
         (name == RateName::Satisfied && satisfied_kept_back);
}

std::vector<VerdictRow> verdict_rows(const std::vector<RateTally>& tallies) {
  const std::vector<bool> solved = kept_back_of(tallies, RateName::Solved);
  const std::vector<bool> satisfied = kept_back_of(tallies, RateName::Satisfied);
  std::vector<VerdictRow> out;
  out.reserve(tallies.size());
  for (std::size_t i = 0; i < tallies.size(); ++i)
    out.push_back({tallies[i], solved[i], satisfied[i]});
  return out;
}

VerdictTable verdict_table(const std::vector<KindRates>& rates, const std::vector<Part>& parts,
                           const KindRates& own, std::uint8_t kind) {
  std::vector<RateTally> apart;
  apart.reserve(parts.size() + 1);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!parts[i].overlaps) apart.push_back(rates[i + 1][kind]);
  apart.push_back(own[kind]);
  const std::vector<VerdictRow> rows = verdict_rows(apart);
  VerdictTable out{{rates.front()[kind]}, {}, rows.back()};
  std::size_t next = 0;
  for (std::size_t i = 0; i < parts.size(); ++i)
    out.parts.push_back(parts[i].overlaps ? VerdictRow{rates[i + 1][kind]} : rows[next++]);
  return out;
}

}  // namespace tz::rollup
