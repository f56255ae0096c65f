// What each guard may be given and with which acts it means something, and which guards an act
// needs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "ledger/flow.h"
#include "ledger/notice_length.h"

namespace tz::ledger {

// What a guard may be given as its number, and the acts it means something for (none: any).
struct GuardRule {
  GuardKind kind;
  std::int64_t number_min;
  std::int64_t number_max;
  std::optional<Act> act;
  std::optional<Act> or_act = std::nullopt;
};
inline constexpr std::array<GuardRule, 34> kGuardRules = {{
    {GuardKind::MeasuresPlanned, 1, 100, std::nullopt},
    {GuardKind::CriterionSet, 0, 0, std::nullopt},
    {GuardKind::MeasuresDone, 0, 0, std::nullopt},
    {GuardKind::EvidenceAttached, 1, 100, std::nullopt},
    {GuardKind::Independent, 0, 0, std::nullopt},
    {GuardKind::CheckersMin, 2, 20, Act::Check, Act::LookBack},
    {GuardKind::QuantitiesMeasured, 0, 0, Act::Check, Act::AskClosing},
    {GuardKind::NoticeDaysMin, kNoticeNaturalDaysMin, kNoticeNaturalDaysMax, Act::Publicise},
    {GuardKind::NoticeWorkingDaysMin, kNoticeWorkingDaysMin, kNoticeWorkingDaysMax, Act::Publicise},
    {GuardKind::NoticeOver, 0, 0, std::nullopt},
    {GuardKind::FixedNeedsCheck, 0, 0, Act::Close},
    {GuardKind::CriterionMet, 0, 0, Act::Close},
    {GuardKind::NotFixerJudges, 0, 0, Act::Judge, Act::AskDrawn},
    {GuardKind::AbstractReviewed, 0, 0, Act::Assign},
    {GuardKind::ReporterJudges, 0, 0, Act::Judge},
    {GuardKind::FiveAssured, 0, 0, Act::Plan},
    {GuardKind::ClockRuns, 0, kFlowPartsMax, std::nullopt},
    {GuardKind::ClockOver, 0, kFlowPartsMax, std::nullopt},
    {GuardKind::ClockOpen, 0, kFlowPartsMax, std::nullopt},
    {GuardKind::OtherThan, 0, kFlowPartsMax, std::nullopt},
    {GuardKind::PartsGiven, 0, 0, Act::Assign},
    {GuardKind::PartsDone, 0, 0, std::nullopt},
    {GuardKind::SharesClosed, 0, 0, std::nullopt},
    {GuardKind::ClassPlanned, 0, 0, Act::Plan},
    {GuardKind::ClassInStages, 0, 0, std::nullopt},
    {GuardKind::ClassFixed, 0, 0, Act::Close},
    {GuardKind::LeadListed, 0, 0, Act::Assign},
    {GuardKind::AboveClosing, 0, 0, std::nullopt},
    {GuardKind::DeadlineRuns, 0, 0, std::nullopt},
    {GuardKind::AskedInTime, 0, kFlowPartsMax, Act::Extend},
    {GuardKind::EnteredForReporter, 0, 0, Act::Judge},
    {GuardKind::DeadlineOver, 0, 0, std::nullopt},
    {GuardKind::SomebodyBrought, 0, 0, Act::Judge},
    {GuardKind::NobodyUnsatisfied, 0, 0, Act::Close, Act::Move},
}};

// Guards without which an act would not be what it is called.
struct ActRule {
  Act act;
  GuardKind guard;
};
inline constexpr std::array<ActRule, 8> kActRules = {{
    {Act::Review, GuardKind::Independent},
    {Act::Check, GuardKind::Independent},
    {Act::Check, GuardKind::CheckersMin},
    {Act::Judge, GuardKind::NotFixerJudges},
    {Act::LookBack, GuardKind::Independent},
    {Act::LookBack, GuardKind::CheckersMin},
    {Act::ListAffected, GuardKind::Independent},
    {Act::AskDrawn, GuardKind::NotFixerJudges},
}};

}  // namespace tz::ledger
