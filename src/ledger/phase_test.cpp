// The closed lists: every value has its name, every name its value.
#include "ledger/phase.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tz::ledger {
namespace {

// The order is stored, so it stands here a second time.
TEST(Phase, NamesAndOrderAreFixed) {
  const std::string_view names[] = {"listed",    "assigned", "disputed", "planned",
                                    "working",   "checking", "notice",   "closed",
                                    "suspended", "dropped",  "standing"};
  ASSERT_EQ(std::size(names), kPhaseCount);
  for (std::size_t i = 0; i < kPhaseCount; ++i) {
    EXPECT_EQ(to_text(static_cast<Phase>(i)), names[i]);
    EXPECT_EQ(phase_named(names[i]), static_cast<Phase>(i));
  }
  EXPECT_EQ(to_text(Phase::Listed), "listed");
  EXPECT_EQ(to_text(Phase::Notice), "notice");
  EXPECT_EQ(to_text(Phase::Dropped), "dropped");
  for (const std::string_view other : {"", "Listed", "listed ", "open", "list"})
    EXPECT_EQ(phase_named(other), std::nullopt) << other;
}

TEST(Phase, OnlyClosedAndDroppedAreNotOpen) {
  std::set<Phase> closed;
  for (std::size_t i = 0; i < kPhaseCount; ++i)
    if (!is_open(static_cast<Phase>(i))) closed.insert(static_cast<Phase>(i));
  EXPECT_EQ(closed, (std::set<Phase>{Phase::Closed, Phase::Dropped}));
}

TEST(Role, NamesAndOrderAreFixed) {
  const std::string_view names[] = {"recorder",     "responsible",    "verifier",   "supervisor",
                                    "system_admin", "security_admin", "audit_admin"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    EXPECT_EQ(to_text(static_cast<Role>(i)), names[i]);
    EXPECT_EQ(role_named(names[i]), static_cast<Role>(i));
  }
  EXPECT_EQ(to_text(Role::AuditAdmin), "audit_admin");
  EXPECT_EQ(role_named("admin"), std::nullopt);
}

TEST(Qualifier, NamesAndOrderAreFixed) {
  const std::string_view names[] = {"exact", "over", "about"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    EXPECT_EQ(to_text(static_cast<Qualifier>(i)), names[i]);
    EXPECT_EQ(qualifier_named(names[i]), static_cast<Qualifier>(i));
  }
  EXPECT_EQ(to_text(Qualifier::About), "about");
  EXPECT_EQ(qualifier_named("under"), std::nullopt);
}

TEST(ClosedLists, NamesAndOrderAreFixed) {
  EXPECT_EQ(to_text(Nature::Individual), "individual");
  EXPECT_EQ(nature_named("common"), Nature::Common);
  EXPECT_EQ(to_text(Severity::Key), "key");
  EXPECT_EQ(severity_named("major"), Severity::Major);
  EXPECT_EQ(severity_named("grave"), std::nullopt);
  const std::string_view reasons[] = {"plan_infeasible",
                                      "deadline_too_tight",
                                      "funds_missing",
                                      "approval_pending",
                                      "cross_jurisdiction",
                                      "third_party",
                                      "litigation",
                                      "force_majeure",
                                      "season",
                                      "policy_gap",
                                      "historical",
                                      "owner_slow",
                                      "disputed",
                                      "other"};
  for (std::size_t i = 0; i < std::size(reasons); ++i) {
    EXPECT_EQ(to_text(static_cast<UndoneReason>(i)), reasons[i]);
    EXPECT_EQ(undone_reason_named(reasons[i]), static_cast<UndoneReason>(i));
  }
  EXPECT_EQ(to_text(UndoneReason::Other), "other");
}

}  // namespace
}  // namespace tz::ledger
