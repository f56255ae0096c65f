// The words of the closed lists in events, both ways.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

#include "ledger/event.h"
#include "ledger/resident_codec.h"

namespace tz::ledger {

template <class T>
struct Names;  // the words of a closed list, in the order of its enumerators
template <>
struct Names<Origin> {
  static constexpr std::array<std::string_view, 3> words = {"real", "article", "invented"};
};
template <>
struct Names<Stage> {
  static constexpr std::array<std::string_view, 4> words = {"preliminary", "on_site", "return",
                                                            "look_back"};
};
template <>
struct Names<Verdict> {
  static constexpr std::array<std::string_view, 3> words = {"yes", "no", "no_answer"};
};
template <>
struct Names<VerdictWay> {
  static constexpr std::array<std::string_view, 3> words = {"code", "paper", "phone"};
};
template <>
struct Names<VerdictWhy> {
  static constexpr std::array<std::string_view, 8> words = {
      "not_done",  "partly_done",   "done_badly", "too_late",
      "treatment", "not_explained", "came_back",  "other"};
};
template <>
struct Names<UnmetGround> {
  static constexpr std::array<std::string_view, 5> words = {
      "against_law", "beyond_means", "rights_of_others", "not_possible", "met_already"};
};
template <>
struct Names<WorkPart> {
  static constexpr std::array<std::string_view, 3> words = {"recorder", "fixer", "step"};
};
template <>
struct Names<Bound> {
  static constexpr std::array<std::string_view, 2> words = {"at_least", "at_most"};
};
template <>
struct Names<Overtaken> {
  static constexpr std::array<std::string_view, 2> words = {"ended", "anew"};
};
template <>
struct Names<ClockMove> {
  static constexpr std::array<std::string_view, 4> words = {"resumed", "extended", "recomputed",
                                                            "corrected"};
};
template <>
struct Names<LookBackResult> {
  static constexpr std::array<std::string_view, 4> words = {"held", "rebound", "new_problem",
                                                            "false"};
};
template <>
struct Names<PartSide> {
  static constexpr std::array<std::string_view, 2> words = {"caller", "called"};
};
template <>
struct Names<LinkKind> {
  static constexpr std::array<std::string_view, 10> words = {
      "merged_into", "merged_from", "share_of", "has_share",  "same_matter",
      "recurs",      "copy_of",     "has_copy", "split_from", "has_split"};
};

inline std::string_view word(Role v) { return to_text(v); }
inline std::string_view word(CoverageStatus v) { return to_text(v); }
inline std::string_view word(ActivitySort v) { return to_text(v); }
inline std::string_view word(EntrySort v) { return to_text(v); }
inline std::string_view word(SealReason v) { return to_text(v); }
inline std::string_view word(VisitSort v) { return to_text(v); }
inline std::string_view word(BallotBody v) { return to_text(v); }
inline std::string_view word(RosterAudience v) { return to_text(v); }
inline std::string_view word(HouseholdStage v) { return to_text(v); }
inline std::string_view word(Manner v) { return to_text(v); }
inline std::string_view word(Qualifier v) { return to_text(v); }
inline std::string_view word(Nature v) { return to_text(v); }
inline std::string_view word(Severity v) { return to_text(v); }
inline std::string_view word(ClockStep v) { return to_text(v); }
inline std::string_view word(UndoneReason v) { return to_text(v); }
inline std::string_view word(LineKind v) { return to_text(v); }
inline std::string_view word(UnitKind v) { return to_text(v); }
template <class T>
std::string_view word(T v) {
  if constexpr (kResidentWord<T>) {
    return to_text(v);
  } else {
    return Names<T>::words[static_cast<std::size_t>(v)];
  }
}

template <class T>
std::optional<T> named(std::string_view text) {
  if constexpr (std::is_same_v<T, Role>) {
    return role_named(text);
  } else if constexpr (std::is_same_v<T, CoverageStatus>) {
    return coverage_status_named(text);
  } else if constexpr (std::is_same_v<T, ActivitySort>) {
    return activity_sort_named(text);
  } else if constexpr (std::is_same_v<T, EntrySort>) {
    return entry_sort_named(text);
  } else if constexpr (std::is_same_v<T, SealReason>) {
    return seal_reason_named(text);
  } else if constexpr (std::is_same_v<T, VisitSort>) {
    return visit_sort_named(text);
  } else if constexpr (std::is_same_v<T, BallotBody>) {
    return ballot_body_named(text);
  } else if constexpr (std::is_same_v<T, RosterAudience>) {
    return roster_audience_named(text);
  } else if constexpr (std::is_same_v<T, HouseholdStage>) {
    return household_stage_named(text);
  } else if constexpr (std::is_same_v<T, Manner>) {
    return manner_named(text);
  } else if constexpr (std::is_same_v<T, Qualifier>) {
    return qualifier_named(text);
  } else if constexpr (std::is_same_v<T, Nature>) {
    return nature_named(text);
  } else if constexpr (std::is_same_v<T, Severity>) {
    return severity_named(text);
  } else if constexpr (std::is_same_v<T, ClockStep>) {
    return clock_step_named(text);
  } else if constexpr (std::is_same_v<T, UndoneReason>) {
    return undone_reason_named(text);
  } else if constexpr (std::is_same_v<T, LineKind>) {
    return line_kind_named(text);
  } else if constexpr (std::is_same_v<T, UnitKind>) {
    return unit_kind_named(text);
  } else if constexpr (kResidentWord<T>) {
    return resident_word_named<T>(text);
  } else {
    for (std::size_t i = 0; i < Names<T>::words.size(); ++i)
      if (Names<T>::words[i] == text) return static_cast<T>(i);
    return std::nullopt;
  }
}

}  // namespace tz::ledger
