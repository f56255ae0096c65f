// A programme that a ledger has adopted: its versions, whom each requirement is asked of, and how
// they stand.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "ledger/coverage.h"
#include "ledger/programme.h"

namespace tz::ledger {

// Why a root was sealed.
enum class SealReason : std::uint8_t { Adoption, Deadline, Daily };
std::string_view to_text(SealReason reason);
std::optional<SealReason> seal_reason_named(std::string_view name);

// A root of the sum tree over a requirement's units, as recorded (docs/coverage-proof.md).
struct Seal {
  std::uint64_t position = 0;  // after how many records it was so
  Day day;
  SealReason reason = SealReason::Daily;
  Hash digest{};
  friend bool operator==(const Seal&, const Seal&) = default;
};

struct AdoptedRequirement {
  std::shared_ptr<const Programme> by;  // the version whose words hold for it
  std::uint16_t index = 0;              // in that
  bool dropped = false;                 // a later version asks for it no more
  Coverage coverage;
  std::uint64_t changes = 0;  // of its coverage, ever
  std::vector<Seal> seals;
  std::uint64_t sealed_changes = 0;  // when it was sealed last
  std::optional<Coverage> sealed;    // as the newest seal says; shares with `coverage`

  [[nodiscard]] const Requirement& words() const { return by->requirements[index]; }
  // By when the unit at that position has to meet it; none where it is not asked.
  [[nodiscard]] std::optional<Day> due(std::uint32_t position) const;
  // Takes in what was said that day of the unit at that position, which it is asked of. What came
  // after its day is Late: what was met, and "none", by the day when it was claimed.
  void take(std::uint32_t position, CoverageStatus said, Day day);
};

// Value type: a copy shares the requirement until one of them writes.
class SharedRequirement {
 public:
  explicit SharedRequirement(AdoptedRequirement requirement)
      : kept_(std::make_shared<const AdoptedRequirement>(std::move(requirement))) {}
  operator const AdoptedRequirement&() const { return *kept_; }
  const AdoptedRequirement& operator*() const { return *kept_; }
  const AdoptedRequirement* operator->() const { return kept_.get(); }
  // Good until the next copy.
  AdoptedRequirement& write();

 private:
  std::shared_ptr<const AdoptedRequirement> kept_;
};

struct AdoptedProgramme {
  std::vector<std::shared_ptr<const Programme>> versions;
  std::vector<SharedRequirement> requirements;  // by first adoption

  [[nodiscard]] const Programme& newest() const { return *versions.back(); }
  [[nodiscard]] const AdoptedRequirement* requirement(std::string_view id) const;
  // To be written to; good until the next copy.
  [[nodiscard]] AdoptedRequirement* requirement(std::string_view id);
};

// A requirement's sums have room for so many tiers, whatever its units answer (merkle/sums.h).
constexpr std::size_t kSealedTiersMax = 9;
constexpr std::size_t kProgrammeCountMax = 100;  // of one ledger

// With another version adopted on that day, which asks whom its tiers take in in that tree, and of
// units that have ended since they were asked those whose tiers it still asks. A unit that is still
// asked stands as it stood, since the day since when it did; what the version asks no more is kept,
// as dropped.
AdoptedProgramme with_version(const AdoptedProgramme& before,
                              std::shared_ptr<const Programme> version,
                              const std::shared_ptr<const OrgTree>& tree, Day day);

}  // namespace tz::ledger
