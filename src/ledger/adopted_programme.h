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

  [[nodiscard]] const Requirement& words() const { return by->requirements[index]; }
  // By when the unit at that position has to meet it; none where it is not asked.
  [[nodiscard]] std::optional<Day> due(std::uint32_t position) const;
};

struct AdoptedProgramme {
  std::vector<std::shared_ptr<const Programme>> versions;
  std::vector<AdoptedRequirement> requirements;  // by first adoption

  [[nodiscard]] const Programme& newest() const { return *versions.back(); }
  [[nodiscard]] const AdoptedRequirement* requirement(std::string_view id) const;
  [[nodiscard]] AdoptedRequirement* requirement(std::string_view id);
};

// Whom a requirement is asked of in the tree as it is on that day.
std::shared_ptr<const AskedUnits> asked_units(const Programme& programme, std::uint16_t requirement,
                                              const std::shared_ptr<const OrgTree>& tree, Day day);

// With another version adopted on that day. What a unit has answered stays answered, by its id;
// what the version asks no more is kept, as dropped.
AdoptedProgramme with_version(const AdoptedProgramme& before,
                              std::shared_ptr<const Programme> version,
                              const std::shared_ptr<const OrgTree>& tree, Day day);

}  // namespace tz::ledger
