// Sorted once a batch, asked by binary search.
#include "ledger/unit_history.h"

#include <algorithm>
#include <array>

#include "ledger/enum_names.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 6> kKinds = {"renamed", "recoded",   "moved",
                                                    "ended",   "succeeded", "parted"};

std::string_view code_in(std::string_view arena, const UnitText& text) {
  return arena.substr(text.offset, text.code_bytes);
}

}  // namespace

std::string_view to_text(ChangeKind kind) { return name_in(kKinds, kind); }
std::optional<ChangeKind> change_kind_named(std::string_view name) {
  return named_in<ChangeKind>(kKinds, name);
}

bool has_text(ChangeKind kind) {
  return kind == ChangeKind::Renamed || kind == ChangeKind::Recoded;
}

bool has_other(ChangeKind kind) { return !has_text(kind) && kind != ChangeKind::Ended; }

void UnitHistory::add(const FormerCode& code) {
  formers_.push_back(code);
  if (code.lost) lost_.insert(code.unit);
}

void UnitHistory::settle(std::string_view arena) {
  by_unit_.resize(edits_.size());
  for (std::uint32_t i = 0; i < edits_.size(); ++i) by_unit_[i] = i;
  std::sort(by_unit_.begin(), by_unit_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return edits_[a].unit != edits_[b].unit ? edits_[a].unit < edits_[b].unit : a < b;
  });
  std::stable_sort(heirs_.begin(), heirs_.end(),
                   [](const Heir& a, const Heir& b) { return a.unit < b.unit; });
  by_successor_.resize(heirs_.size());
  for (std::uint32_t i = 0; i < heirs_.size(); ++i) by_successor_[i] = i;
  std::stable_sort(
      by_successor_.begin(), by_successor_.end(),
      [&](std::uint32_t a, std::uint32_t b) { return heirs_[a].successor < heirs_[b].successor; });
  std::stable_sort(formers_.begin(), formers_.end(), [&](const FormerCode& a, const FormerCode& b) {
    const auto order = code_in(arena, a.text).compare(code_in(arena, b.text));
    return order != 0 ? order < 0 : a.until < b.until;
  });
}

void UnitHistory::forget_from(Seq record) {
  std::erase_if(edits_, [&](const UnitEdit& edit) { return edit.record >= record; });
  std::erase_if(heirs_, [&](const Heir& heir) { return heir.record >= record; });
  for (const FormerCode& code : formers_)
    if (code.lost && code.until >= record) lost_.erase(code.unit);
  std::erase_if(formers_, [&](const FormerCode& code) { return code.until >= record; });
}

std::vector<UnitEdit> UnitHistory::edits_of(UnitId unit) const {
  std::vector<UnitEdit> out;
  auto at = std::lower_bound(
      by_unit_.begin(), by_unit_.end(), unit,
      [&](std::uint32_t edit, UnitId wanted) { return edits_[edit].unit < wanted; });
  for (; at != by_unit_.end() && edits_[*at].unit == unit; ++at) out.push_back(edits_[*at]);
  return out;
}

std::span<const Heir> UnitHistory::successors(UnitId unit) const {
  const auto begin =
      std::lower_bound(heirs_.begin(), heirs_.end(), unit,
                       [](const Heir& heir, UnitId wanted) { return heir.unit < wanted; });
  auto end = begin;
  while (end != heirs_.end() && end->unit == unit) ++end;
  return {begin, end};
}

std::vector<Heir> UnitHistory::succeeded_by(UnitId successor) const {
  std::vector<Heir> out;
  auto at = std::lower_bound(
      by_successor_.begin(), by_successor_.end(), successor,
      [&](std::uint32_t heir, UnitId wanted) { return heirs_[heir].successor < wanted; });
  for (; at != by_successor_.end() && heirs_[*at].successor == successor; ++at)
    out.push_back(heirs_[*at]);
  return out;
}

std::vector<Heir> UnitHistory::predecessors(UnitId unit) const {
  std::vector<Heir> out = succeeded_by(unit);
  std::erase_if(out, [&](const Heir& heir) { return successors(heir.unit).front() != heir; });
  return out;
}

std::span<const FormerCode> UnitHistory::formers(std::string_view arena,
                                                 std::string_view code) const {
  const auto begin = std::lower_bound(formers_.begin(), formers_.end(), code,
                                      [&](const FormerCode& former, std::string_view wanted) {
                                        return code_in(arena, former.text) < wanted;
                                      });
  auto end = begin;
  while (end != formers_.end() && code_in(arena, end->text) == code) ++end;
  return {begin, end};
}

std::optional<UnitId> UnitHistory::former(std::string_view arena, std::string_view code,
                                          Seq at) const {
  for (const FormerCode& former : formers(arena, code))
    if (at < former.until) return former.unit;
  return std::nullopt;
}

std::optional<Seq> UnitHistory::code_gone(std::string_view arena, std::string_view code,
                                          UnitId unit) const {
  std::optional<Seq> out;
  for (const FormerCode& former : formers(arena, code))
    if (former.unit == unit) out = former.until;
  return out;
}

std::vector<UnitId> UnitHistory::formers_of(std::string_view arena, std::string_view code) const {
  std::vector<UnitId> out;
  for (const FormerCode& former : formers(arena, code)) out.push_back(former.unit);
  return out;
}

}  // namespace tz::ledger
