// Whether a programme keeps its promises: each unit knows what is asked of it by when, once, and
// within its budget.
#include <algorithm>
#include <map>
#include <set>

#include "ledger/programme.h"

namespace tz::ledger {
namespace {

// The codes of the areas that a requirement is asked in; none: everywhere.
using Where = std::vector<std::string>;

class Checking {
 public:
  explicit Checking(const Programme& programme) : programme_(programme) {}

  std::vector<ProgrammeFault> run() {
    whole();
    if (!faults_.empty()) return std::move(faults_);
    names();
    batches();
    references();
    parents();
    if (!faults_.empty()) return std::move(faults_);
    for (std::uint16_t tier = 0; tier < programme_.tier_count(); ++tier)
      asked_.push_back(programme_.asked_of(tier));
    for (std::uint16_t tier = 0; tier < programme_.tier_count(); ++tier) {
      one(tier);
      fields(tier);
    }
    for (const Requirement& requirement : programme_.requirements) one(requirement);
    dues();
    if (!faults_.empty()) return std::move(faults_);
    for (std::uint16_t tier = 0; tier < programme_.tier_count(); ++tier) burden(tier);
    return std::move(faults_);
  }

 private:
  void keep(ProgrammeFault fault) {
    if (faults_.size() >= kProgrammeFaultsMax) return;
    if (std::find(faults_.begin(), faults_.end(), fault) == faults_.end())
      faults_.push_back(std::move(fault));
  }
  void add(const char* code, const ProgrammeBatch& batch, Facts more = {}) {
    keep({code, ProgrammePart::Batch, batch.id, std::move(more)});
  }
  void add(const char* code, const Tier& tier, Facts more = {}) {
    keep({code, ProgrammePart::Tier, tier.id, std::move(more)});
  }
  void add(const char* code, const Requirement& requirement, Facts more = {}) {
    keep({code, ProgrammePart::Requirement, requirement.id, std::move(more)});
  }
  // Of the whole.
  void add(const char* code, Facts more = {}) {
    keep({code, ProgrammePart::Whole, programme_.id, std::move(more)});
  }

  void whole() {
    if (programme_.batches.empty() || programme_.tiers.empty() || programme_.requirements.empty())
      return add("programme_empty");
    if (programme_.batches.size() > kBatchesMax || programme_.tiers.size() > kTiersMax ||
        programme_.requirements.size() > kRequirementsMax)
      return add("programme_too_large", {{"batches_max", std::to_string(kBatchesMax)},
                                         {"tiers_max", std::to_string(kTiersMax)},
                                         {"requirements_max", std::to_string(kRequirementsMax)}});
    if (programme_.to < programme_.from) add("programme_period_backwards");
  }

  template <class Parts>
  void twice(const Parts& parts, const char* code) {
    std::set<std::string> seen;
    for (const auto& one : parts)
      if (!seen.insert(one.id).second) add(code, one);
  }

  void names() {
    twice(programme_.batches, "programme_batch_duplicate");
    twice(programme_.tiers, "programme_tier_duplicate");
    twice(programme_.requirements, "programme_requirement_duplicate");
  }

  void batches() {
    const ProgrammeBatch* before = nullptr;
    for (const ProgrammeBatch& batch : programme_.batches) {
      if (batch.to < batch.from) add("programme_batch_backwards", batch);
      if (batch.from < programme_.from || programme_.to < batch.to)
        add("programme_batch_outside", batch,
            {{"from", to_text(programme_.from)}, {"to", to_text(programme_.to)}});
      if (before != nullptr && batch.from <= before->to)
        add("programme_batch_order", batch, {{"before", before->id}, {"to", to_text(before->to)}});
      before = &batch;
    }
  }

  // Whether following `next` from `start` leads back to it.
  template <class Next>
  static bool circles(std::uint16_t start, std::size_t count, Next next) {
    std::optional<std::uint16_t> at = next(start);
    for (std::size_t steps = 0; at && *at < count && steps <= count; ++steps) {
      if (*at == start) return true;
      at = next(*at);
    }
    return false;
  }

  void references() {
    const std::vector<Tier>& tiers = programme_.tiers;
    for (std::uint16_t i = 0; i < programme_.tier_count(); ++i) {
      const auto next = [&](std::uint16_t at) { return tiers[at].by_reference_to; };
      if (tiers[i].batch >= programme_.batches.size() ||
          (tiers[i].by_reference_to && *tiers[i].by_reference_to >= tiers.size()))
        add("programme_reference_unknown", tiers[i]);
      else if (circles(i, tiers.size(), next))
        add("programme_tier_cycle", tiers[i]);
    }
    for (const Requirement& requirement : programme_.requirements)
      for (const std::uint16_t tier : requirement.of)
        if (tier >= tiers.size()) add("programme_reference_unknown", requirement);
  }

  void parents() {
    const std::vector<Requirement>& all = programme_.requirements;
    for (std::uint16_t i = 0; i < programme_.requirement_count(); ++i) {
      if (!all[i].parent) continue;
      const auto next = [&](std::uint16_t at) { return all[at].parent; };
      if (*all[i].parent >= all.size()) {
        add("programme_reference_unknown", all[i]);
        continue;
      }
      const Requirement& parent = all[*all[i].parent];
      if (circles(i, all.size(), next))
        add("programme_parent_cycle", all[i]);
      else if (all[i].sort != RequirementSort::Rectification ||
               parent.sort != RequirementSort::Rectification)
        add("programme_parent_sort", all[i], {{"parent", parent.id}});
      else if (all[i].set_by < parent.set_by)
        add("programme_set_by_above", all[i], {{"parent", parent.id}});
    }
  }

  void one(std::uint16_t index) {
    const Tier& tier = programme_.tiers[index];
    if (asked_[index].empty()) add("programme_tier_idle", tier);
    if (tier.selectors.empty()) add("programme_tier_unselected", tier);
    if (!tier.without.empty() && !tier.by_reference_to)
      return add("programme_without_reference", tier);
    if (tier.without.empty()) return;
    const std::vector<std::uint16_t> theirs = programme_.asked_of(*tier.by_reference_to);
    for (const std::uint16_t one : tier.without)
      if (std::find(theirs.begin(), theirs.end(), one) == theirs.end())
        add("programme_without_unasked", tier,
            {{"requirement",
              one < programme_.requirements.size() ? programme_.requirements[one].id : ""},
             {"other", programme_.tiers[*tier.by_reference_to].id}});
  }

  void one(const Requirement& requirement) {
    const Asked& asks = requirement.asks;
    const std::vector<std::string_view>& known = known_fields();
    for (const std::string& field : asks.fields)
      if (std::find(known.begin(), known.end(), field) != known.end())
        add("programme_field_known", requirement, {{"field", field}});
    if (asks.evidence > 0 && !asks.necessity) add("programme_evidence_unexplained", requirement);
    if (requirement.sort == RequirementSort::Meeting &&
        (requirement.quorum.part < 1 || requirement.quorum.part > requirement.quorum.of))
      add("programme_quorum_bad", requirement);
    const auto index = *programme_.requirement(requirement.id);
    const bool asked = std::any_of(asked_.begin(), asked_.end(), [&](const auto& of_one) {
      return std::find(of_one.begin(), of_one.end(), index) != of_one.end();
    });
    if (!asked) add("programme_requirement_unasked", requirement);
  }

  // Whether some kind of unit at some level is among both.
  static bool meet(const Requirement& a, const Requirement& b) {
    bool met = false;
    each_class([&](UnitKind kind, Level level, bool leaf) {
      met = met || (among(a, kind, level, leaf) && among(b, kind, level, leaf));
    });
    return met;
  }
  static bool among(const Requirement& requirement, UnitKind kind, Level level, bool leaf) {
    return !requirement.among || takes(*requirement.among, kind, level, leaf);
  }
  template <class Use>
  static void each_class(Use use) {
    for (std::size_t kind = 0; kind < kUnitKindCount; ++kind)
      for (std::size_t level = 0; level < kLevelCount; ++level)
        for (const bool leaf : {false, true})
          if (possible(static_cast<UnitKind>(kind), static_cast<Level>(level)))
            use(static_cast<UnitKind>(kind), static_cast<Level>(level), leaf);
  }

  // Nobody fills in the same twice.
  void fields(std::uint16_t tier) {
    std::map<std::string, std::vector<std::uint16_t>> askers;
    for (const std::uint16_t index : asked_[tier]) {
      const Requirement& requirement = programme_.requirements[index];
      for (const std::string& field : requirement.asks.fields) {
        std::vector<std::uint16_t>& earlier = askers[field];
        for (const std::uint16_t other : earlier)
          if (meet(programme_.requirements[other], requirement))
            add("programme_field_twice", requirement,
                {{"field", field}, {"other", programme_.requirements[other].id}});
        earlier.push_back(index);
      }
    }
  }

  void dues() {
    // Which requirement is asked in which batch by any tier.
    std::set<std::pair<std::uint16_t, std::uint16_t>> in_batch;
    for (std::size_t tier = 0; tier < asked_.size(); ++tier)
      for (const std::uint16_t index : asked_[tier])
        in_batch.emplace(index, programme_.tiers[tier].batch);
    for (const auto& [index, batch_index] : in_batch) {
      const Requirement& requirement = programme_.requirements[index];
      const ProgrammeBatch& batch = programme_.batches[batch_index];
      const std::optional<Day> day = due_in(requirement, batch_index);
      if (!day) {
        add("programme_due_missing", requirement, {{"batch", batch.id}});
        continue;
      }
      if (*day < batch.from || batch.to < *day)
        add("programme_due_outside", requirement,
            {{"day", to_text(*day)},
             {"batch", batch.id},
             {"from", to_text(batch.from)},
             {"to", to_text(batch.to)}});
      if (!requirement.parent || !in_batch.contains({*requirement.parent, batch_index})) continue;
      const Requirement& parent = programme_.requirements[*requirement.parent];
      const std::optional<Day> of_parent = due_in(parent, batch_index);
      if (of_parent && *of_parent < *day)
        add("programme_due_after_parent", requirement,
            {{"day", to_text(*day)}, {"parent", parent.id}, {"parent_day", to_text(*of_parent)}});
    }
  }
  static std::optional<Day> due_in(const Requirement& requirement, std::size_t batch) {
    return batch < requirement.due.size() ? requirement.due[batch] : std::nullopt;
  }

  // What a unit of the tier could be asked for in a month. Without a tree nobody knows which areas
  // lie in which: requirements of different areas are taken to fall on different units.
  void burden(std::uint16_t index) {
    const Tier& tier = programme_.tiers[index];
    bool said = false;
    each_class([&](UnitKind kind, Level level, bool leaf) {
      const bool can_be =
          std::any_of(tier.selectors.begin(), tier.selectors.end(),
                      [&](const Selector& one) { return takes(one, kind, level, leaf); });
      if (said || !can_be) return;
      std::map<Day, std::map<Where, std::int64_t>> months;
      for (const std::uint16_t one : asked_[index]) {
        const Requirement& requirement = programme_.requirements[one];
        if (requirement.asks.count() == 0 || !among(requirement, kind, level, leaf)) continue;
        const Where where = requirement.among ? requirement.among->under : Where{};
        months[first_of_month(*programme_.due(index, one))][where] += requirement.asks.count();
      }
      for (const auto& [month, sums] : months) {
        std::int64_t everywhere = 0;
        std::int64_t most = 0;
        for (const auto& [where, sum] : sums)
          (where.empty() ? everywhere : most) = where.empty() ? sum : std::max(most, sum);
        said = said || !within(tier, level, month, everywhere + most);
      }
    });
  }

  bool within(const Tier& tier, Level level, Day month, std::int64_t asked) {
    const std::optional<std::int32_t> budget = programme_.budget[static_cast<std::size_t>(level)];
    if (budget && asked <= *budget) return true;
    if (!budget)
      add("programme_budget_missing", tier, {{"level", std::string(to_text(level))}});
    else
      add("programme_burden_over", tier,
          {{"level", std::string(to_text(level))},
           {"month", month_text(month)},
           {"asked", std::to_string(asked)},
           {"budget", std::to_string(*budget)}});
    return false;
  }

  const Programme& programme_;
  std::vector<std::vector<std::uint16_t>> asked_;  // by tier
  std::vector<ProgrammeFault> faults_;
};

}  // namespace

std::vector<ProgrammeFault> check(const Programme& programme) { return Checking(programme).run(); }

}  // namespace tz::ledger
