// What every decision may look at besides the items it names: units, flows, posts (a fold of
// events), and the policy of the program that decides.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "ledger/accusations.h"
#include "ledger/adopted_imports.h"
#include "ledger/burden_budget.h"
#include "ledger/catalogue.h"
#include "ledger/duty_list.h"
#include "ledger/event.h"
#include "ledger/flow.h"
#include "ledger/fund.h"
#include "ledger/kept_list.h"
#include "ledger/kept_map.h"
#include "ledger/org_tree.h"
#include "ledger/policy.h"
#include "ledger/resettlement.h"
#include "ledger/time_rules.h"

namespace tz::ledger {

struct Post {
  PostId id;
  AccountId account;
  UnitId unit;
  Role role = Role::Recorder;
  Day from;
  std::optional<Day> to;
  // Of an acting post (代理): in whose place, who holds that, and by which post of his own the one
  // who acts is shown.
  struct Acting {
    PostId place;
    AccountId holder;
    PostId by;
  };
  std::optional<Acting> acting = std::nullopt;

  // Whose what is done in it counts as: the holder's, where somebody acts for him.
  [[nodiscard]] AccountId holder() const { return acting ? acting->holder : account; }
  // The post itself, or the one in whose place it is.
  [[nodiscard]] PostId place() const { return acting ? acting->place : id; }
  [[nodiscard]] bool held_on(Day day) const { return from <= day && (!to || day <= *to); }
};

struct Handover {
  PostId from;
  PostId to;
  Hash list{};
  bool open = true;  // neither confirmed nor ended
};

// A unit's first receiving key holds at once. Another holds from the start of this many days after
// the day it was recorded, so that everybody can see it coming (R78).
constexpr std::int32_t kReceivingKeyWaitDays = 14;
struct ReceivingKey {
  Hash key{};  // the public half
  Day from;    // the first day on which it holds
};
struct ReceivingKeys {
  ReceivingKey earlier;
  std::optional<ReceivingKey> next;  // by `from` in the place of the earlier

  [[nodiscard]] const ReceivingKey& on(Day day) const {
    return next && next->from <= day ? *next : earlier;
  }
  [[nodiscard]] const ReceivingKey* coming(Day day) const {
    return next && day < next->from ? &*next : nullptr;
  }
};

// From `from` on what was one unit's is another's, though it goes on; of units that have ended the
// tree knows it.
struct Succession {
  UnitId unit;
  UnitId successor;
  Day from;
};

// Everything published of one kind and month.
struct PublicMonth {
  std::uint8_t kind = 0;              // index into State::kinds
  Day month;                          // its first day
  std::size_t unit_count = 0;         // of the tree in which it was counted: ids are below it
  std::vector<PublicFigure> figures;  // by unit, going up
};

// A special rectification item of a programme (专项整治): what findings roll up to.
struct SpecialItem {
  std::size_t programme = 0;    // index into State::programmes
  std::size_t requirement = 0;  // and into its requirements
  std::string name;             // "education_2019/c3_conduct"
  friend bool operator==(const SpecialItem&, const SpecialItem&) = default;
};

// A copy costs little, whatever has been recorded: the writer takes one of each batch that changes
// it, for its readers and in case the batch fails.
struct State {
  Genesis genesis;
  Zone zone;
  std::shared_ptr<const OrgTree> tree = std::make_shared<OrgTree>();
  std::vector<std::string> kinds;                  // in order of first adoption
  std::vector<std::shared_ptr<const Flow>> flows;  // in order of adoption
  KeptList<Post> posts;                            // PostId - 1
  KeptList<Handover> handovers;                    // HandoverId - 1
  KeptList<AccountId> accounts;                    // AccountId - 1
  AdoptedImports adopted_imports;
  KeptMap<AccountId, std::vector<std::uint32_t>> posts_held;  // indexes into posts, going up
  KeptMap<UnitId, std::vector<std::uint32_t>> posts_in;       // and of a unit
  // What time limits are reckoned by; empty where none were adopted.
  std::shared_ptr<const TimeRules> time_rules = std::make_shared<TimeRules>();
  // What communities may be made to lead; empty where none was adopted.
  std::shared_ptr<const DutyList> duties = std::make_shared<DutyList>();
  // How much units may be asked for in a month; empty where none was adopted.
  std::shared_ptr<const BurdenBudget> budget = std::make_shared<BurdenBudget>();
  KeptMap<UnitId, ReceivingKeys> receiving_keys;
  KeptList<Succession> successions;                                 // in order of recording
  KeptList<std::shared_ptr<const PublicMonth>> public_months;       // as they were published
  std::vector<std::shared_ptr<const AdoptedProgramme>> programmes;  // by first adoption
  Activities activities;
  AdoptedCatalogue catalogue;  // of services
  Handlings handlings;
  Disputes disputes;
  KeptList<std::shared_ptr<const WorkGroup>> work_groups;  // WorkGroupId - 1
  KeptList<std::shared_ptr<const Ballot>> ballots;         // BallotId - 1
  KeptList<SpecialItem> specials;                          // by first adoption
  KeptList<std::shared_ptr<const Fund>> funds;             // in order of opening
  KeptList<std::shared_ptr<const Scheme>> schemes;         // as they were opened
  // Not from plain payloads: the engine opens them from the sealed texts of those items. Decisions
  // and readers look at them; no fold of events does.
  std::shared_ptr<const Accusations> accusations = std::make_shared<Accusations>();
  // Handed in at the start and no fold of events; the one given here allows nothing.
  std::shared_ptr<const Policy> policy = std::make_shared<Policy>();
  // The tree as the command under way changes it; becomes `tree` in settle().
  std::shared_ptr<OrgTree> growing;

  // The newest flow of a kind, or a given version of it; index into flows.
  [[nodiscard]] std::optional<std::uint16_t> flow_of(std::string_view kind) const;
  [[nodiscard]] std::optional<std::uint16_t> flow_of(std::string_view kind,
                                                     std::int64_t version) const;
  [[nodiscard]] std::optional<std::uint8_t> kind_index(std::string_view kind) const;
  // Index into programmes.
  [[nodiscard]] std::optional<std::size_t> programme_of(std::string_view id) const;
  // Index into specials.
  [[nodiscard]] std::optional<std::uint32_t> special_of(std::string_view programme,
                                                        std::string_view requirement) const;
  [[nodiscard]] std::optional<std::uint32_t> special_of(std::string_view name) const;
  [[nodiscard]] const Fund* fund(std::string_view code) const;
  // The fund that the item is a loan of.
  [[nodiscard]] const Fund* fund_of(ItemNo item) const;
  // Index into schemes.
  [[nodiscard]] std::optional<std::uint16_t> scheme_of(std::string_view code) const;
  [[nodiscard]] const PublicMonth* public_month(std::uint8_t kind, Day month) const;
  [[nodiscard]] const Post* post(PostId id) const;
  [[nodiscard]] const Handover* handover(HandoverId id) const;
  [[nodiscard]] const WorkGroup* work_group(WorkGroupId id) const;
  [[nodiscard]] const Ballot* ballot(BallotId id) const;
  // The posts an account holds on a day, those it acts in too.
  [[nodiscard]] std::vector<Post> posts_of(AccountId account, Day day) const;
  // Whose what was a unit's is on that day: its own, or that of the last in line of succession.
  [[nodiscard]] UnitId now_of(UnitId unit, Day day) const;
  // Whether it could be anybody's but its own.
  [[nodiscard]] bool anybody_succeeded() const {
    return !successions.empty() || tree->history().anybody_succeeded();
  }
  // The units whose that unit's matters were, itself first.
  [[nodiscard]] std::vector<UnitId> before_of(UnitId unit, Day day) const;
  // Whether it acts for somebody on that day.
  [[nodiscard]] bool acts(AccountId account, Day day) const;
};

// Adds a post with the next number. Needs it to be that.
void add_post(State& state, const Post& post);

// Turn the bytes of files into what they say; the programme room's, handed in because only that
// room knows YAML.
struct FileReaders {
  Result<Flow> (*flow)(std::string_view text) = nullptr;
  Result<Programme> (*programme)(std::string_view text) = nullptr;
  Result<Catalogue> (*catalogue)(std::string_view text) = nullptr;
};

// When an event was recorded, and as which record.
struct RecordedAs {
  RecordedAs() = default;
  RecordedAs(Instant when, Seq seq = {}) : at(when), record(seq) {}
  Instant at;
  Seq record;
};

// Changes state by an event that is not about an item. Needs an event that decide() made, or that
// was read back from the journal; anything else is a bug.
void apply(State& state, const Event& event, const RecordedAs& recorded, FileReaders readers);
// Whether the event changes the tree, which then waits for settle().
bool changes_tree(const Event& event);

// Makes what changed since the last call part of `tree`: a registration of hundreds of thousands is
// hundreds of records, and positions are worth computing once. Call after the last
// event of a command and before anything looks at `tree`. Returns whether the tree changed.
bool settle(State& state);

}  // namespace tz::ledger
