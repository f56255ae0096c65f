// Requirements keep their answers by unit when whom they are asked of is drawn anew.
#include "ledger/adopted_programme.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "ledger/enum_names.h"
#include "ledger/programme_units.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 3> kReasons = {"adoption", "deadline", "daily"};

std::shared_ptr<AskedUnits> asked_units(const Programme& programme, std::uint16_t requirement,
                                        const std::shared_ptr<const OrgTree>& tree, Day day) {
  auto out = std::make_shared<AskedUnits>();
  out->tree = tree;
  out->day = out->first = day;
  out->tier_count = static_cast<std::uint8_t>(std::max<std::size_t>(1, programme.tiers.size()));
  out->tier_at = asked_tiers(programme, requirement, *tree, day);
  return out;
}

// Of no unit that has ended can a version draw what it asks: what was asked of one stays asked, for
// its successor to answer, as long as its tier is asked it.
void keep_asked_of_ended(const AdoptedRequirement& known, const Programme& newest,
                         std::uint16_t requirement, AskedUnits& asked) {
  std::vector<std::uint8_t> tiers{0};  // by those of before, as AskedUnits has them
  for (const Tier& tier : known.by->tiers) {
    const auto now = newest.tier(tier.id);
    const auto all = now ? newest.asked_of(*now) : std::vector<std::uint16_t>{};
    const bool asks = std::find(all.begin(), all.end(), requirement) != all.end() &&
                      newest.due(*now, requirement).has_value();
    tiers.push_back(asks ? static_cast<std::uint8_t>(*now + 1) : std::uint8_t{0});
  }
  const AskedUnits& before = known.coverage.asked();
  for (std::uint32_t at = 0; at < before.tree->size(); ++at) {
    const UnitId unit = before.tree->at(at);
    if (known.coverage.asks(at) && asked.tree->ended(unit, asked.day))
      asked.tier_at[asked.tree->position(unit)] = tiers[before.tier_at[at]];
  }
}

// How units stand that are asked before and after.
void carry_over(const Coverage& from, Coverage& to) {
  const OrgTree& before = *from.asked().tree;
  const OrgTree& after = *to.asked().tree;
  for (std::uint32_t at = 0; at < before.size(); ++at) {
    if (!from.asks(at)) continue;
    const std::uint32_t now = after.position(before.at(at));
    if (to.asks(now)) to.set(now, from.status(at), from.since(at));
  }
}

}  // namespace

std::string_view to_text(SealReason reason) { return name_in(kReasons, reason); }
std::optional<SealReason> seal_reason_named(std::string_view name) {
  return named_in<SealReason>(kReasons, name);
}

std::optional<Day> AdoptedRequirement::due(std::uint32_t position) const {
  const std::uint8_t tier = coverage.asked().tier_at[position];
  if (tier == 0) return std::nullopt;
  return by->due(static_cast<std::uint16_t>(tier - 1), index);
}

void AdoptedRequirement::take(std::uint32_t position, CoverageStatus said, Day day) {
  const auto last = due(position);
  const Day came = said == CoverageStatus::NoneChecked ? coverage.since(position) : day;
  const bool covers = said == CoverageStatus::Met || said == CoverageStatus::NoneChecked;
  coverage.set(position, covers && last && *last < came ? CoverageStatus::Late : said, day);
}

AdoptedRequirement& SharedRequirement::write() {
  auto own = std::make_shared<AdoptedRequirement>(*kept_);
  AdoptedRequirement& out = *own;
  kept_ = std::move(own);
  return out;
}

const AdoptedRequirement* AdoptedProgramme::requirement(std::string_view id) const {
  for (const AdoptedRequirement& one : requirements)
    if (one.words().id == id) return &one;
  return nullptr;
}

AdoptedRequirement* AdoptedProgramme::requirement(std::string_view id) {
  for (SharedRequirement& one : requirements)
    if (one->words().id == id) return &one.write();
  return nullptr;
}

AdoptedProgramme with_version(const AdoptedProgramme& before,
                              std::shared_ptr<const Programme> version,
                              const std::shared_ptr<const OrgTree>& tree, Day day) {
  AdoptedProgramme out = before;
  const std::shared_ptr<const Programme>& newest = out.versions.emplace_back(std::move(version));
  for (SharedRequirement& one : out.requirements)
    if (!newest->requirement(one->words().id)) one.write().dropped = true;
  for (std::uint16_t i = 0; i < newest->requirement_count(); ++i) {
    const auto asked = asked_units(*newest, i, tree, day);
    AdoptedRequirement* known = out.requirement(newest->requirements[i].id);
    if (known == nullptr) {
      out.requirements.emplace_back(
          AdoptedRequirement{newest, i, false, Coverage(asked), 0, {}, 0, {}});
      continue;
    }
    asked->first = known->coverage.asked().first;
    keep_asked_of_ended(*known, *newest, i, *asked);
    Coverage coverage(asked);
    carry_over(known->coverage, coverage);
    known->by = newest;
    known->index = i;
    known->dropped = false;
    known->coverage = std::move(coverage);
    ++known->changes;
  }
  return out;
}

}  // namespace tz::ledger
