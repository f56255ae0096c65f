// Reading the two files with nothing of the program between, and walking up the tree unit by unit.
#include "policy/policy_table.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/embedded.h"

namespace tz::policy_test {
namespace {

using Words = std::vector<std::string>;

bool among(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

const YAML::Node& file() {
  static const YAML::Node root = YAML::Load(std::string(embedded_file("policy/policy.yaml")));
  return root;
}

const std::vector<YAML::Node>& flows() {
  static const std::vector<YAML::Node> all = {
      YAML::Load(std::string(embedded_file("flows/problem.yaml"))),
      YAML::Load(std::string(embedded_file("flows/request.yaml"))),
      YAML::Load(std::string(embedded_file("flows/petition.yaml"))),
      YAML::Load(std::string(embedded_file("flows/hazard.yaml")))};
  return all;
}

YAML::Node row_of(const std::string& right) {
  for (const YAML::Node& row : file()["rights"])
    if (row["right"].as<std::string>() == right) return row;
  return YAML::Node(YAML::NodeType::Undefined);
}

// What is told to whoever may, of what is wrong with the rest of what he sent.
const Words kPastTheDecision = {"acting_for_oneself",
                                "asset_unknown",
                                "ballot_too_few",
                                "calendar_unknown",
                                "column_missing",
                                "coverage_unsealed",
                                "criterion_missing",
                                "deadline_not_over",
                                "due_in_past",
                                "due_not_later",
                                "envelope_none",
                                "evidence_unknown",
                                "field_out_of_range",
                                "field_required",
                                "handover_holder_there",
                                "household_none",
                                "item_merged_into_itself",
                                "lot_not_drawn",
                                "lot_not_listed",
                                "measures_missing",
                                "no_reporter",
                                "notice_running",
                                "occurred_in_future",
                                "outcome_unknown",
                                "page_missing",
                                "post_unknown",
                                "record_unknown",
                                "report_stays",
                                "reporter_unnamed",
                                "requirement_not_answered",
                                "roster_empty",
                                "roster_not_frozen",
                                "roster_unknown",
                                "service_unknown",
                                "verdict_given",
                                "verdict_is_reporters",
                                "verdict_not_unsatisfied",
                                "yaml_empty"};
// One that belongs to somebody else is none.
const Words kNone = {"account_none", "ballot_unknown",    "dispute_unknown", "handover_unknown",
                     "item_unknown", "post_none",         "scheme_unknown",  "session_unknown",
                     "token_none",   "work_group_unknown"};

// A page of words in place of a problem: what was sent is not a report, or no code of one.
bool refused_by_page(const Answered& answer) {
  const bool page = std::any_of(answer.headers.begin(), answer.headers.end(), [](const auto& one) {
    return one.first == "content-type" && one.second.starts_with("text/html");
  });
  return page && answer.code.empty() && (answer.status == 400 || answer.status == 404);
}

// Over which relations a row gives a role the right.
Words over(const YAML::Node& row, const std::string& role) {
  if (!row.IsDefined() || !row["who"].IsSequence()) return {};
  for (const YAML::Node& some : row["who"])
    if (among(some["roles"].as<Words>(), role)) return some["over"].as<Words>();
  return {};
}

}  // namespace

std::string_view to_text(Expected expected) {
  constexpr std::string_view kNames[] = {"allowed", "sign in",   "hidden", "refused",
                                         "recused", "elsewhere", "absent"};
  return kNames[static_cast<std::size_t>(expected)];
}

std::optional<Expected> read(const Answered& answer) {
  const std::string& code = answer.code;
  if (code.empty() && answer.status < 400) return Expected::Allowed;
  if (code == "sign_in_needed") return Expected::SignIn;
  if (code == "route_unknown") return Expected::Absent;
  if (among(kNone, code)) return Expected::Hidden;
  if (code == "not_permitted" || code == "not_recorder" || code == "place_outside_scope")
    return Expected::Refused;
  if (code.starts_with("verifier_") || code == "judge_is_fixer" || code == "judges_own_answer" ||
      code == "visitor_recused" || code == "decider_took_part")
    return Expected::Recused;
  if (code == "transition_not_from_here") return Expected::Elsewhere;
  if (among(kPastTheDecision, code) || refused_by_page(answer)) return Expected::Allowed;
  return std::nullopt;
}

std::vector<Step> steps() {
  std::vector<Step> out;
  for (const YAML::Node& flow : flows())
    for (const YAML::Node& each : flow["transitions"]) {
      out.push_back({flow["kind"].as<std::string>(), each["id"].as<std::string>(),
                     each["act"].as<std::string>(), each["from"].as<Words>(),
                     each["who"].as<Words>()});
      for (const YAML::Node& guard : each["guards"])
        out.back().independent =
            out.back().independent || (guard.IsScalar() && guard.Scalar() == "independent");
    }
  return out;
}

std::vector<std::string> rights() {
  Words out;
  for (const YAML::Node& row : file()["rights"]) out.push_back(row["right"].as<std::string>());
  return out;
}

std::string says(const std::string& right) { return row_of(right)["says"]["en"].as<std::string>(); }

bool Table::lies_in(const std::string& unit, const std::string& superior) const {
  UnitId at = *tree_.find(unit);
  while (tree_.code(at) != superior) {
    if (tree_.parent(at) == at) return false;
    at = tree_.parent(at);
  }
  return true;
}

bool Table::answers_to(const std::string& unit, const std::string& superior) const {
  std::set<std::string> reached{unit};
  for (bool grew = true; grew;) {
    grew = false;
    for (const std::string& each : std::set<std::string>(reached)) {
      const UnitId at = *tree_.find(each);
      grew = reached.insert(std::string(tree_.code(tree_.parent(at)))).second || grew;
      for (const ledger::LineEdge& edge : tree_.lines())
        if (edge.unit == at && edge.line != ledger::LineKind::Area)
          grew = reached.insert(std::string(tree_.code(edge.superior))).second || grew;
    }
  }
  return reached.contains(superior);
}

bool Table::stands(const std::string& relation, const Person& person, const Matter& matter) const {
  if (relation == "scope") return answers_to(matter.place, person.unit);
  if (relation == "subtree") return lies_in(matter.place, person.unit);
  if (relation == "fixer")
    return matter.lead == person.unit || among(matter.responsible, person.unit);
  if (relation == "own") return matter.place == person.unit;
  if (relation == "supporting") return among(matter.supporting, person.unit);
  if (relation == "named") return matter.supervising == person.unit;
  if (relation == "recorder") return matter.recorder == person.name;
  if (relation == "mandate") return mandated(person, matter);
  if (relation == "lead_scope") return !matter.lead.empty() && answers_to(matter.lead, person.unit);
  return relation == "any";
}

bool Table::mandated(const Person& person, const Matter& matter) const {
  const auto& kinds = WalkedTown::kMandatedKinds;
  if (!person.mandated || !lies_in(matter.place, WalkedTown::kMandated) ||
      std::find(std::begin(kinds), std::end(kinds), matter.kind) == std::end(kinds))
    return false;
  return !lies_in(person.unit, WalkedTown::kMandated) ||
         (!answers_to(matter.place, person.unit) && !answers_to(person.unit, matter.place));
}

bool Table::kept(const std::string& duty, const Person& person, const Matter& matter) const {
  Words fixing = matter.responsible;
  if (!matter.lead.empty()) fixing.push_back(matter.lead);
  if (duty == "accused")
    return std::any_of(matter.accused.begin(), matter.accused.end(), [&](const std::string& unit) {
      return answers_to(person.unit, unit) ||
             (!person.second.empty() && answers_to(person.second, unit));
    });
  if (duty == "took_part") return among(matter.took_part, person.name);
  if (duty == "unit_took_part") return among(matter.parts_units, person.unit);
  if (duty == "fixer") return among(fixing, person.unit);
  if (duty == "supporter") return among(matter.supporting, person.unit);
  fixing.insert(fixing.end(), matter.supporting.begin(), matter.supporting.end());
  return std::any_of(fixing.begin(), fixing.end(), [&](const std::string& unit) {
    return unit != person.unit && answers_to(person.unit, unit);
  });
}

bool Table::holds(const std::string& right, const Person& person, const Matter& matter) const {
  if (!person.holds) return false;
  const YAML::Node row = row_of(right);
  if (row["never"].IsDefined() && among(row["never"].as<Words>(), "accused") &&
      kept("accused", person, matter))
    return false;
  const Words relations = over(row, *person.role);
  return std::any_of(relations.begin(), relations.end(),
                     [&](const std::string& relation) { return stands(relation, person, matter); });
}

bool Table::holds(const std::string& right, const Person& person, const std::string& unit) const {
  Matter there;
  there.place = unit;
  return holds(right, person, there);
}

std::set<std::string> Table::numbers_by(const WalkedTown& town, const std::string& right,
                                        const Person& person) const {
  std::set<std::string> out;
  for (const auto* some : {&town.matters, &town.reported})
    for (const Matter& matter : *some)
      if (holds(right, person, matter)) out.insert(matter.no);
  return out;
}

Expected Table::at_door(const std::string& right, const Person& person) const {
  const YAML::Node row = row_of(right);
  const bool word = row["who"].IsScalar();
  if (word && row["who"].as<std::string>() == "anybody") return Expected::Allowed;
  if (person.name == "stranger") return Expected::SignIn;
  if (word)
    return row["who"].as<std::string>() == "account" ? Expected::Allowed : Expected::Refused;
  const bool held = person.holds && !over(row, *person.role).empty();
  return held ? Expected::Allowed : Expected::Refused;
}

Expected Table::on_item(const std::string& right, const Person& person,
                        const Matter& matter) const {
  if (person.name == "stranger") return Expected::SignIn;
  if (!holds("item.read", person, matter)) return Expected::Hidden;
  return holds(right, person, matter) ? Expected::Allowed : Expected::Refused;
}

namespace {

// Most acts have a right of their own.
std::string right_of(const std::string& act) {
  if (act == "list_affected" || act == "draw") return "step.ask_many";
  return "step." + (act == "ask_drawn" ? "judge" : act);
}

}  // namespace

Expected Table::of_step(const Step& step, const Person& person, const Matter& matter) const {
  if (person.name == "stranger") return Expected::SignIn;
  if (!holds("item.read", person, matter)) return Expected::Hidden;
  if (!among(step.from, matter.state)) return Expected::Elsewhere;
  const YAML::Node row = row_of(right_of(step.act));
  bool named = false;
  for (const std::string& relation : over(row, *person.role)) {
    const std::string by_flow = relation == "mandate" ? "scope" : relation;
    named = named ||
            (among(step.who, *person.role + "/" + by_flow) && stands(relation, person, matter));
  }
  if (!named) return Expected::Refused;
  for (const YAML::Node& duty : row["never"])
    if (kept(duty.as<std::string>(), person, matter)) return Expected::Recused;
  if (step.independent)
    for (const char* duty : {"took_part", "unit_took_part", "fixer", "supporter", "below"})
      if (kept(duty, person, matter)) return Expected::Recused;
  return Expected::Allowed;
}

Expected Table::of_opening(const Person& person, const std::string& unit, Mandates mandates) const {
  if (person.name == "stranger") return Expected::SignIn;
  if (!holds("item.open", person, unit)) return Expected::Refused;
  const Words named = flows().front()["opened_by"].as<Words>();
  Matter there;
  there.place = unit;
  for (const std::string& relation : over(row_of("item.open"), *person.role)) {
    if (relation == "mandate" && mandates == Mandates::CountNot) continue;
    const std::string by_flow = relation == "mandate" ? "scope" : relation;
    if (among(named, *person.role + "/" + by_flow) && stands(relation, person, there))
      return Expected::Allowed;
  }
  return Expected::Refused;
}

}  // namespace tz::policy_test
