// The policy file: the one of this project is sound, and each mistake in it is named where it
// stands.
#include "programme/policy_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "programme/file_text_test.h"

namespace tz::programme {
namespace {

using ledger::Admits;
using ledger::Relation;
using ledger::Right;
using ledger::Role;

std::string project_text() { return file_text(std::string(TZ_SOURCE) + "/policy/policy.yaml"); }

// The code of the only fault of the project's file with one thing changed, and where it stands.
std::string fault_of(std::string_view old, std::string_view fresh) {
  const std::string text = replaced(project_text(), old, fresh);
  std::string out;
  for (const Error& fault : policy_faults(text))
    out += (out.empty() ? "" : " ") + fault.code + "@" + fact(fault, "line");
  EXPECT_EQ(read_policy(text).ok(), out.empty());
  return out;
}

// The line on which `part` first stands, from one.
std::string line_of(std::string_view part) {
  const std::string text = project_text();
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(part));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

TEST(PolicyFile, OfThisProjectIsSound) {
  const auto policy = read_policy(project_text());
  ASSERT_TRUE(policy.ok()) << policy.error().code << " " << fact(policy.error(), "line");
  EXPECT_EQ(policy->of(Right::ItemCorrectClosed).over(Role::Recorder), ledger::Relations{});
  EXPECT_TRUE(policy->of(Right::ItemCorrect).over(Role::Recorder).has(Relation::Recorder));
  EXPECT_EQ(policy->of(Right::StepReview).never, ledger::kAllDuties);
  EXPECT_EQ(policy->of(Right::ImportAdopt).admits, Admits::Nobody);
  EXPECT_TRUE(policy->of(Right::ImportAdopt).program);
  EXPECT_EQ(policy->of(Right::PageRead).admits, Admits::Anybody);
  EXPECT_TRUE(policy->exclusive.has(Role::AuditAdmin));
}

TEST(PolicyFile, AdministratorsAreOverNoItem) {
  const auto policy = read_policy(project_text());
  ASSERT_TRUE(policy.ok());
  for (const ledger::PolicyRow& row : policy->rows) {
    if (row.about != ledger::About::Item) continue;
    for (const Role role : {Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin})
      EXPECT_TRUE(row.over(role).empty()) << row.says.en;
  }
}

TEST(PolicyFile, MistakesAreNamedWhereTheyStand) {
  const std::string open = line_of("right: item.open");
  EXPECT_EQ(fault_of("right: item.open", "right: item.opne"), "yaml_value_unknown@" + open);
  EXPECT_EQ(fault_of("right: item.open", "right: item.read"), "yaml_value_repeated@" + open);
  EXPECT_EQ(fault_of("who: nobody", "who: somebody"),
            "yaml_value_unknown@" + line_of("who: nobody"));
  EXPECT_EQ(fault_of("over: [fixer]", "over: [fixers]"),
            "yaml_value_unknown@" + line_of("over: [fixer]"));
  EXPECT_EQ(fault_of("roles: [responsible]", "roles: [responsible, responsible]"),
            "yaml_value_repeated@" + line_of("roles: [responsible]"));
  EXPECT_EQ(fault_of("never: [took_part]", "never: [took_part, took_part]"),
            "yaml_value_repeated@" + line_of("never: [took_part]"));
  EXPECT_EQ(fault_of("    who: nobody\n", ""),
            "yaml_key_missing@" + line_of("right: import.adopt"));
}

TEST(PolicyFile, ContradictionsAreFound) {
  const std::string list = line_of("right: item.list");
  EXPECT_EQ(fault_of("over: [scope, lead_scope, recorder, mandate]", "over: [scope, named]"),
            "policy_list_not_in_rows@" + list);
  EXPECT_EQ(fault_of("over: [scope, own, lead_scope, fixer, supporting, named, recorder, mandate]",
                     "over: [scope, own, fixer, supporting, named, recorder, mandate]"),
            "policy_list_beyond_read@" + list);
  EXPECT_EQ(fault_of("over: [any]", "over: [scope]"),
            "policy_relation_misplaced@" + line_of("right: evidence.keep"));
  EXPECT_EQ(fault_of("shows: item.read", "shows: unit.read"),
            "policy_shows_no_item@" + line_of("right: search.read"));
  EXPECT_EQ(fault_of("    by: flow\n    program: true\n", "    by: flow\n    never: [fixer]\n"),
            "policy_duty_misplaced@" + line_of("right: item.open"));
}

TEST(PolicyFile, ARightWithoutItsRowIsAFault) {
  const std::string text = project_text();
  const std::size_t begin = text.find("  - right: work.read");
  const std::string less = text.substr(0, begin) + text.substr(text.find("  - right:", begin + 5));
  const std::vector<Error> faults = policy_faults(less);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].code, "policy_right_missing");
  EXPECT_EQ(fact(faults[0], "at"), "work.read");
}

TEST(PolicyFile, AnEmptyPolicyAllowsNothing) {
  const ledger::Policy policy;
  for (const ledger::PolicyRow& row : policy.rows) {
    EXPECT_EQ(row.admits, Admits::Nobody);
    EXPECT_FALSE(row.program);
    for (const ledger::Relations relations : row.who) EXPECT_TRUE(relations.empty());
  }
}

}  // namespace
}  // namespace tz::programme
