// Disputes that were brought to a station or a village: how they ended, what the parties themselves
// say of that, and whether they came back. Who the parties are, nothing here says; and nothing here
// counts what did not happen afterwards, petitions least of all.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "ledger/item_no.h"
#include "ledger/kept_list.h"
#include "ledger/kept_map.h"
#include "ledger/placed.h"

namespace tz::ledger {

// Random as the number of an item, and shown like one.
using DisputeNo = ItemNo;

enum class DisputeSort : std::uint8_t {
  Neighbours,
  Family,
  Land,  // fields, forest, pasture, water
  Housing,
  Debt,
  Wages,
  Injury,  // damage to somebody, or to what is his
  Consumer,
  Traffic,
  Other,
};
constexpr std::size_t kDisputeSortCount = 10;
std::string_view to_text(DisputeSort sort);
std::optional<DisputeSort> dispute_sort_named(std::string_view name);

enum class DisputeOutcome : std::uint8_t { Agreed, Withdrawn, Referred, Failed };
constexpr std::size_t kDisputeOutcomeCount = 4;
std::string_view to_text(DisputeOutcome outcome);
std::optional<DisputeOutcome> dispute_outcome_named(std::string_view name);

// To whom it was referred.
enum class ReferredTo : std::uint8_t { Mediation, Department, Police, Arbitration, Court };
std::string_view to_text(ReferredTo body);
std::optional<ReferredTo> referred_to_named(std::string_view name);

// How a party's answer came.
enum class AnswerWay : std::uint8_t { Code, Paper };
std::string_view to_text(AnswerWay way);
std::optional<AnswerWay> answer_way_named(std::string_view name);

constexpr std::size_t kPartiesMin = 2;
constexpr std::size_t kPartiesMax = 20;
constexpr std::size_t kMediatorsMax = 10;

struct DisputeBrought {
  DisputeNo no;
  UnitId unit;  // to which it was brought
  DisputeSort sort = DisputeSort::Other;
  Day day;
  // One code a party: access/query_code.h. The salt is the same for all of them.
  Hash code_salt{};
  std::vector<Hash> parties;
  std::optional<DisputeNo> returns;  // the same dispute as that one, which had ended
};
struct DisputeEnded {
  DisputeNo dispute;
  DisputeOutcome outcome = DisputeOutcome::Failed;
  Day day;
  std::optional<ReferredTo> referred_to;
  std::vector<PostId> mediators;  // the first recorded it
};
// Whether it ended as recorded, in a party's own words.
struct PartyAnswered {
  DisputeNo dispute;
  std::uint16_t party = 1;  // counted within the dispute
  bool agrees = false;
  AnswerWay way = AnswerWay::Code;
};

enum class PartyAnswer : std::uint8_t { None, Yes, No };

struct Dispute {
  DisputeNo no;
  UnitId unit;
  DisputeSort sort = DisputeSort::Other;
  Day day;
  Hash code_salt{};
  std::vector<Hash> parties;
  std::vector<PartyAnswer> answers;  // of each
  std::vector<AnswerWay> ways;       // of each that answered
  std::optional<DisputeNo> returns;
  std::optional<DisputeOutcome> outcome;  // none: it is open
  std::optional<ReferredTo> referred_to;
  Day ended;
  std::vector<PostId> mediators;
  std::uint32_t returned = 0;  // how often the same dispute came back after it had ended

  [[nodiscard]] std::optional<Day> closed() const {
    return outcome ? std::optional<Day>(ended) : std::nullopt;
  }
};

// In the order of recording. Value type: a copy shares what neither has changed since.
class Disputes {
 public:
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] const Dispute& at(std::size_t index) const { return all_.at(index); }
  [[nodiscard]] std::optional<std::size_t> index_of(DisputeNo no) const;
  [[nodiscard]] const Dispute* find(DisputeNo no) const;  // null pointer: none

  // Need events that decide() made, or that possible() found to be so.
  void apply(const DisputeBrought& event);
  void apply(const DisputeEnded& event);
  void apply(const PartyAnswered& event);

 private:
  KeptList<Dispute> all_;
  KeptMap<DisputeNo, std::uint32_t> index_;
};

// All of it adds up over sets that share no dispute.
struct DisputeCounts {
  std::array<std::uint64_t, kDisputeSortCount> sorts{};  // every one that was brought
  std::array<std::uint64_t, kDisputeOutcomeCount> outcomes{};
  std::uint64_t on_the_spot = 0;  // agreed on the day on which it was brought
  // Of those that were agreed: every party says so, one at least says not so, or neither.
  std::uint64_t confirmed = 0;
  std::uint64_t denied = 0;
  std::uint64_t unanswered = 0;
  // Parties of those that ended, by their own answer.
  std::uint64_t parties_yes = 0;
  std::uint64_t parties_no = 0;
  std::uint64_t parties_silent = 0;
  std::uint64_t came_back = 0;  // of those that ended: the same dispute was brought again
  std::uint64_t returns = 0;    // of those that were brought: the same as an earlier one

  void add(const Dispute& one);
  DisputeCounts& operator+=(const DisputeCounts& other);
  [[nodiscard]] std::uint64_t brought() const;
  [[nodiscard]] std::uint64_t ended() const;
  [[nodiscard]] std::uint64_t outcome(DisputeOutcome one) const {
    return outcomes[static_cast<std::size_t>(one)];
  }
  friend bool operator==(const DisputeCounts&, const DisputeCounts&) = default;
};

DisputeCounts counts_of(const Disputes& all, std::span<const Placed> found,
                        std::span<const Interval> positions);

}  // namespace tz::ledger
