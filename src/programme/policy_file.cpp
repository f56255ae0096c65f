// Turns the rows of the policy file into a policy, gathering every fault on the way.
#include "programme/policy_file.h"

#include <optional>
#include <string>

#include "programme/file_fields.h"
#include "programme/yaml_file.h"

namespace tz::programme {
namespace {

using ledger::Policy;
using ledger::PolicyRow;
using ledger::Right;

constexpr std::size_t kSaysCharsMax = 400;

class PolicyReading {
 public:
  explicit PolicyReading(std::string_view text) {
    const auto file = fields_.read(text);
    if (!file) return;
    top(*file);
    if (fields_.clean()) contradictions();
  }

  [[nodiscard]] std::vector<Error> faults() const { return fields_.faults(); }
  [[nodiscard]] const Policy& policy() const { return policy_; }

 private:
  void top(const YamlValue& file) {
    if (!fields_.take_map(file, "file", {"exclusive", "rights"})) return;
    for (const YamlValue& one : fields_.take_list(*file.find("exclusive"), "exclusive"))
      if (const auto word = fields_.take_word(one, "exclusive", names_to(kLastRole)))
        policy_.exclusive.add(*ledger::role_named(*word));
    const YamlValue& rights = *file.find("rights");
    for (const YamlValue& one : fields_.take_list(rights, "rights")) row(one);
    if (!fields_.clean()) return;
    for (std::size_t i = 0; i < ledger::kRightCount; ++i)
      if (!places_[i])
        fields_.add(yaml_fault("policy_right_missing", rights.at,
                               {{"at", std::string(to_text(static_cast<Right>(i)))}}));
  }

  void row(const YamlValue& value) {
    fields_.take_map(value, "rights", {"right", "says", "about", "who"},
                     {"by", "never", "program", "shows"});
    const YamlValue* named = value.find("right");
    if (named == nullptr) return;
    const auto word = fields_.take_word(*named, "right", names_to(ledger::Right::WorkGroupRead));
    if (!word) return;
    const Right right = *ledger::right_named(*word);
    auto& place = places_[static_cast<std::size_t>(right)];
    if (place) return fields_.add_repeated(*named, "right");
    place = named->at;
    PolicyRow& out = policy_.of(right);
    if (const auto* v = value.find("says"))
      out.says = fields_.take_title(*v, "says", kSaysCharsMax);
    if (const auto* v = value.find("about"))
      if (const auto about = fields_.take_word(*v, "about", names_to(ledger::About::Item)))
        out.about = *ledger::about_named(*about);
    if (const auto* v = value.find("who")) who(*v, out);
    if (const auto* v = value.find("by"))
      out.by_flow = fields_.take_word(*v, "by", {"flow"}).has_value();
    if (const auto* v = value.find("never"))
      for (const YamlValue& one : fields_.take_list(*v, "never")) never(one, out);
    if (const auto* v = value.find("program"))
      out.program = fields_.take_yes_no(*v, "program").value_or(false);
    if (const auto* v = value.find("shows"))
      if (const auto shown = fields_.take_word(*v, "shows", names_to(ledger::Right::WorkGroupRead)))
        out.shows = ledger::right_named(*shown);
  }

  // A word for all of a sort, or a list of roles with the relations over which each has it.
  void who(const YamlValue& value, PolicyRow& out) {
    if (value.type == YamlValue::Type::Text) {
      const auto word = fields_.take_word(value, "who", {"anybody", "account", "nobody"});
      if (word == "anybody") out.admits = ledger::Admits::Anybody;
      if (word == "account") out.admits = ledger::Admits::Account;
      return;
    }
    out.admits = ledger::Admits::Posts;
    for (const YamlValue& one : fields_.take_list(value, "who")) {
      fields_.take_map(one, "who", {"roles", "over"});
      const YamlValue* roles = one.find("roles");
      const YamlValue* over = one.find("over");
      if (roles == nullptr || over == nullptr) continue;
      ledger::Relations relations;
      for (const YamlValue& each : fields_.take_list(*over, "over"))
        if (const auto word = fields_.take_word(each, "over", names_to(ledger::Relation::Any)))
          add(each, "over", relations, *ledger::relation_named(*word));
      for (const YamlValue& each : fields_.take_list(*roles, "roles"))
        if (const auto word = fields_.take_word(each, "roles", names_to(kLastRole)))
          give(each, out, *ledger::role_named(*word), relations);
    }
  }

  void give(const YamlValue& value, PolicyRow& out, ledger::Role role,
            ledger::Relations relations) {
    ledger::Relations& given = out.who[static_cast<std::size_t>(role)];
    if (!given.empty()) return fields_.add_repeated(value, "roles");
    given = relations;
  }

  void never(const YamlValue& value, PolicyRow& out) {
    if (const auto word = fields_.take_word(value, "never", names_to(ledger::Duty::Accused)))
      add(value, "never", out.never, *ledger::duty_named(*word));
  }

  template <class Enum>
  void add(const YamlValue& value, std::string_view key, ledger::SetOf<Enum>& set, Enum word) {
    if (set.has(word)) return fields_.add_repeated(value, key);
    set.add(word);
  }

  void contradictions() {
    for (const ledger::PolicyFault& fault : ledger::check(policy_))
      fields_.add(yaml_fault(fault.code, *places_[static_cast<std::size_t>(fault.right)],
                             {{"at", std::string(to_text(fault.right))}}));
  }

  static constexpr ledger::Role kLastRole = ledger::Role::AuditAdmin;

  FileFields fields_;
  Policy policy_;
  std::array<std::optional<Place>, ledger::kRightCount> places_;
};

}  // namespace

Result<ledger::Policy> read_policy(std::string_view text) {
  const PolicyReading reading(text);
  const std::vector<Error> faults = reading.faults();
  if (!faults.empty()) return faults.front();
  return reading.policy();
}

std::vector<Error> policy_faults(std::string_view text) { return PolicyReading(text).faults(); }

}  // namespace tz::programme
