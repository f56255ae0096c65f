// A unit answers for itself; what it says is judged by somebody above it, of another unit.
#include "ledger/decide_programme.h"

#include <algorithm>
#include <set>

#include "ledger/burden.h"
#include "ledger/decide_item.h"
#include "ledger/given_text.h"
#include "ledger/interval.h"
#include "ledger/permission.h"
#include "ledger/programme_units.h"

namespace tz::ledger {
namespace {

struct Asking {
  const Circumstances& at;
  const AnswerRequirement& command;
  const AdoptedProgramme& programme;
  const AdoptedRequirement& requirement;
  Day today;

  [[nodiscard]] std::string code(UnitId unit) const {
    return std::string(at.state.tree->code(unit));
  }
};
using Refused = std::optional<Error>;

constexpr std::int64_t kMembersMax = 1'000'000;  // who are to be at one meeting
constexpr std::size_t kProblemsMax = 200;        // that one answer names

bool says_itself(CoverageStatus status) {
  return status == CoverageStatus::Met || status == CoverageStatus::NoneClaimed;
}

// To exempt takes a unit above; a work group may say what it found, and no more.
Right ruling_right(CoverageStatus status) {
  return status == CoverageStatus::Exempt ? Right::CoverageExempt : Right::CoverageJudge;
}

// From where a status leads on.
bool follows(CoverageStatus from, CoverageStatus to) {
  switch (to) {
    case CoverageStatus::Met:
    case CoverageStatus::Exempt:
      return !is_covered(from);
    case CoverageStatus::NoneClaimed:
      return from == CoverageStatus::Open;
    case CoverageStatus::NoneChecked:
      return from == CoverageStatus::NoneClaimed;
    case CoverageStatus::Open:
      return from != CoverageStatus::Open;
    case CoverageStatus::Late:
      return false;
  }
  return false;
}

Refused stands(const Asking& a, UnitId unit) {
  const OrgTree& frozen = *a.requirement.coverage.asked().tree;
  const Facts which = {{"unit", a.code(unit)}};
  if (unit.value >= frozen.size() || !a.requirement.coverage.asks(frozen.position(unit)))
    return refusal("requirement_not_asked", which);
  const CoverageStatus now = a.requirement.coverage.status(frozen.position(unit));
  if (follows(now, a.command.status)) return std::nullopt;
  return refusal(is_covered(now) ? "requirement_answered" : "requirement_not_answered",
                 {{"unit", a.code(unit)}, {"status", std::string(to_text(now))}});
}

Refused quorum(const Asking& a) {
  const AnswerRequirement& given = a.command;
  if (!given.present) return refusal("field_required", {{"field", "present"}});
  if (!given.expected) return refusal("field_required", {{"field", "expected"}});
  if (*given.expected < 1 || *given.expected > kMembersMax)
    return refusal("field_bad", {{"field", "expected"}});
  if (*given.present < 0 || *given.expected < *given.present)
    return refusal("field_bad", {{"field", "present"}});
  const Quorum& needed = a.requirement.words().quorum;
  if (*given.present * needed.of >= *given.expected * needed.part) return std::nullopt;
  const std::int64_t least = (*given.expected * needed.part + needed.of - 1) / needed.of;
  return refusal("quorum_missed", {{"needed", std::to_string(least)},
                                   {"expected", std::to_string(*given.expected)}});
}

// The problems that the unit found with itself and listed since the programme began.
Refused problems(const Asking& a) {
  const std::vector<ItemNo>& items = a.command.items;
  if (items.empty()) return refusal("problems_missing");
  if (items.size() > kProblemsMax)
    return refusal("list_too_long",
                   {{"field", "items"}, {"count_max", std::to_string(kProblemsMax)}});
  const OrgTree& tree = *a.at.state.tree;
  for (const ItemNo no : items) {
    const Facts which = {{"item", to_text(no)}};
    if (std::count(items.begin(), items.end(), no) > 1) return refusal("item_twice", which);
    const Item* item = a.at.item(no);
    if (item == nullptr || is_staged(*item, a.at.state) ||
        !may_read(a.at.state, a.at.actor.account, *item, a.today))
      return refusal("item_unknown", which);
    // Of a unit that has ended its successor answers, and lists.
    const bool own = a.command.units.size() == 1 &&
                     (tree.within(item->place, a.command.units[0]) ||
                      tree.within(item->place, tree.counted_at(a.command.units[0], std::nullopt)));
    const bool since = a.requirement.by->from <= day_of(item->opened, a.at.state.zone);
    if (!own || !since || item->source != "self_check" ||
        phase_of(*item, a.at.state) == Phase::Dropped)
      return refusal("problem_elsewhere", which);
  }
  return std::nullopt;
}

// What belongs to another sort of answer is not recorded with this one.
Refused stray(const Asking& a) {
  const AnswerRequirement& given = a.command;
  const RequirementSort sort = a.requirement.words().sort;
  const bool met = given.status == CoverageStatus::Met;
  const bool meeting = met && sort == RequirementSort::Meeting;
  if (given.present && !meeting) return refusal("field_bad", {{"field", "present"}});
  if (given.expected && !meeting) return refusal("field_bad", {{"field", "expected"}});
  if (!given.items.empty() && !(met && sort == RequirementSort::SelfExamination))
    return refusal("field_bad", {{"field", "items"}});
  if (given.sha256 && !met) return refusal("field_bad", {{"field", "sha256"}});
  return std::nullopt;
}

// What has to come with the answer, by the sort of the requirement.
Refused borne_out(const Asking& a) {
  if (auto error = text_fault({"text", kTextCharsMax}, a.command.text)) return error;
  if (auto error = stray(a)) return error;
  const Requirement& words = a.requirement.words();
  const bool none = a.command.status == CoverageStatus::NoneClaimed ||
                    a.command.status == CoverageStatus::NoneChecked;
  if (none && words.sort != RequirementSort::SelfExamination)
    return refusal("field_bad", {{"field", "status"}});
  if (a.command.status != CoverageStatus::Met) {
    if (a.command.text.empty() && a.command.status != CoverageStatus::NoneClaimed)
      return refusal("field_required", {{"field", "text"}});
    return std::nullopt;
  }
  switch (words.sort) {
    case RequirementSort::Meeting:
      return quorum(a);
    case RequirementSort::SelfExamination:
      return problems(a);
    case RequirementSort::Study:
    case RequirementSort::Rectification:
    case RequirementSort::Deliverable:
      if (a.command.text.empty() && !a.command.sha256)
        return refusal("field_required", {{"field", "text"}});
      return std::nullopt;
  }
  return std::nullopt;
}

Result<PostId> speaks(const Asking& a) {
  const State& state = a.at.state;
  const bool itself = says_itself(a.command.status);
  const Right right = itself ? Right::CoverageAnswer : ruling_right(a.command.status);
  const Matter about{{}, a.command.programme, a.command.requirement};
  const PostId post =
      TZ_TRY(permitted(a.at, Wish{right, nullptr, to_text(right), about}, a.command.units));
  if (itself) return post;
  for (const UnitId unit : a.command.units)
    for (const Post& held : state.posts_of(a.at.actor.account, a.today))
      if (state.now_of(held.unit, a.today) == state.now_of(unit, a.today))
        return refusal("judges_own_answer", {{"unit", a.code(unit)}});
  return post;
}

// Whether units would be asked for more than their level's budget by it and all else together.
std::optional<Error> burdens_too_much(const State& state, const Programme& programme, Day today) {
  if (state.budget->count() == 0) return std::nullopt;
  const auto known = state.programme_of(programme.id);
  const auto next = std::make_shared<const AdoptedProgramme>(
      with_version(known ? *state.programmes[*known] : AdoptedProgramme{},
                   std::make_shared<const Programme>(programme), state.tree, today));
  BurdenQuestion question{state.programmes, state.work_groups, {}, {}};
  if (known)
    question.programmes.erase(question.programmes.begin() + static_cast<std::ptrdiff_t>(*known));
  question.programmes.push_back(next);
  std::set<Day> months;
  for (const AdoptedRequirement& one : next->requirements) {
    if (one.dropped) continue;
    const AskedUnits& asked = one.coverage.asked();
    for (std::uint8_t tier = 0; tier < asked.tier_count; ++tier)
      if (const auto due = one.by->due(tier, one.index); due && today <= *due)
        months.insert(first_of_month(*due));
    for (std::uint32_t at = 0; at < asked.tier_at.size(); ++at) {
      if (asked.tier_at[at] == 0) continue;
      if (!question.where.empty() && question.where.back().end == at)
        ++question.where.back().end;
      else
        question.where.push_back({at, at + 1});
    }
    question.where = merged(std::move(question.where));
  }
  question.months.assign(months.begin(), months.end());
  if (const auto over = first_over(state, question, today))
    return refusal("burden_over", facts_of(*over, *state.tree));
  return std::nullopt;
}

}  // namespace

Result<Decision> decide_programme(const Circumstances& at, const AdoptProgramme& command) {
  const PostId post = TZ_TRY(
      permitted(at, {Right::ProgrammeAdopt, nullptr, to_text(Right::ProgrammeAdopt)}, UnitId{0}));
  TZ_ASSERT(at.readers.programme != nullptr);
  const Programme programme = TZ_TRY(at.readers.programme(command.text));
  if (programme.tiers.size() > kSealedTiersMax)
    return refusal("programme_tiers_unsealed", {{"tiers", std::to_string(programme.tiers.size())},
                                                {"tiers_max", std::to_string(kSealedTiersMax)}});
  const Day today = day_of(at.now, at.state.zone);
  std::vector<ProgrammeFault> faults = check(programme);
  if (faults.empty()) faults = check(programme, *at.state.tree, today);
  if (!faults.empty()) {
    Facts facts = faults.front().more;
    facts.emplace_back("at", faults.front().at);
    return refusal(faults.front().code, facts);
  }
  const auto known = at.state.programme_of(programme.id);
  if (!known && at.state.programmes.size() >= kProgrammeCountMax)
    return refusal("programmes_full", {{"count_max", std::to_string(kProgrammeCountMax)}});
  if (known && programme.version <= at.state.programmes[*known]->newest().version)
    return refusal("programme_kept", {{"programme", programme.id}});
  if (auto error = burdens_too_much(at.state, programme, today)) return *error;
  return Decision{post,
                  {{ProgrammeAdopted{programme.id, programme.version, command.text}, {}, {}}}};
}

Result<Decision> decide_requirement(const Circumstances& at, const AnswerRequirement& command) {
  const auto known = at.state.programme_of(command.programme);
  if (!known) return refusal("programme_unknown", {{"programme", command.programme}});
  const AdoptedProgramme& programme = *at.state.programmes[*known];
  const AdoptedRequirement* requirement = programme.requirement(command.requirement);
  if (requirement == nullptr || requirement->dropped)
    return refusal("requirement_unknown", {{"requirement", command.requirement}});
  if (command.units.empty()) return refusal("field_required", {{"field", "units"}});
  if (command.units.size() > kUnitsPerRecord)
    return refusal("list_too_long",
                   {{"field", "units"}, {"count_max", std::to_string(kUnitsPerRecord)}});
  if (command.status == CoverageStatus::Late) return refusal("field_bad", {{"field", "status"}});
  const Asking asking{at, command, programme, *requirement, day_of(at.now, at.state.zone)};
  const PostId post = TZ_TRY(speaks(asking));
  std::vector<UnitId> seen;
  for (const UnitId unit : command.units) {
    if (std::find(seen.begin(), seen.end(), unit) != seen.end())
      return refusal("unit_twice", {{"unit", asking.code(unit)}});
    seen.push_back(unit);
    if (auto error = stands(asking, unit)) return *error;
  }
  if (auto error = borne_out(asking)) return *error;
  RequirementAnswered event{command.programme, command.requirement, command.status, command.units,
                            command.present,   command.expected,    command.items,  command.sha256};
  std::vector<LabelledText> texts;
  if (!command.text.empty()) texts.push_back({"text", command.text});
  return Decision{post, {{std::move(event), {}, std::move(texts)}}};
}

Result<Decision> decide_seal(const Circumstances& at, const SealCoverage& command) {
  const PostId post = TZ_TRY(
      permitted(at, {Right::CoverageSeal, nullptr, to_text(Right::CoverageSeal)}, UnitId{0}));
  const auto known = at.state.programme_of(command.programme);
  if (!known) return refusal("programme_unknown", {{"programme", command.programme}});
  const AdoptedRequirement* requirement =
      at.state.programmes[*known]->requirement(command.requirement);
  if (requirement == nullptr)
    return refusal("requirement_unknown", {{"requirement", command.requirement}});
  if (requirement->changes != command.changes) return refusal("coverage_moved");
  CoverageSealed event{command.programme,
                       command.requirement,
                       command.reason,
                       command.position,
                       static_cast<std::int64_t>(requirement->coverage.asked().tree->size()),
                       command.digest};
  return Decision{post, {{std::move(event), {}, {}}}};
}

std::vector<CoverageStatus> answers_open(const State& state, AccountId account,
                                         const AdoptedRequirement& requirement, UnitId unit,
                                         Day today) {
  const AskedUnits& asked = requirement.coverage.asked();
  std::vector<CoverageStatus> out;
  if (account.value == 0 || requirement.dropped || unit.value >= asked.tree->size()) return out;
  const std::uint32_t at = asked.tree->position(unit);
  if (!requirement.coverage.asks(at)) return out;
  const std::vector<Post> posts = state.posts_of(account, today);
  const UnitId answering = state.now_of(unit, today);
  const bool of_unit = std::any_of(posts.begin(), posts.end(), [&](const Post& post) {
    return state.now_of(post.unit, today) == answering;
  });
  const bool answers = may_over(state, account, Right::CoverageAnswer, unit, today);
  const Matter about{{}, requirement.by->id, requirement.words().id};
  const auto judges = [&](CoverageStatus status) {
    return !of_unit && may_over(state, account, ruling_right(status), unit, today, about);
  };
  const bool examines = requirement.words().sort == RequirementSort::SelfExamination;
  for (std::size_t i = 0; i < kCoverageStatusCount; ++i) {
    const auto status = static_cast<CoverageStatus>(i);
    const bool none =
        status == CoverageStatus::NoneClaimed || status == CoverageStatus::NoneChecked;
    if (none && !examines) continue;
    if ((says_itself(status) ? answers : judges(status)) &&
        follows(requirement.coverage.status(at), status))
      out.push_back(status);
  }
  return out;
}

}  // namespace tz::ledger
