// Accounts and who they are at an identity provider: one to one, and gone with what is erased.
#include <gtest/gtest.h>

#include "access/account_codec.h"
#include "access/accounts.h"

namespace tz::access {
namespace {

constexpr Instant kNoon{std::int64_t{1'567'900'000} * 1'000'000};
constexpr AccountId kWang{1};
constexpr AccountId kLi{2};
const std::string kIssuer = "https://id.example";
using Password = Accounts::Password;

class Identities : public testing::Test {
 protected:
  Identities() {
    accounts.take(encode(Account{kWang, "wang", "a hash", false, false, false}));
    accounts.take(encode(Account{kLi, "li", "a hash", false, false, false}));
  }

  std::string bind(AccountId account, const std::string& subject,
                   Password password = Password::Kept) {
    const auto changes = accounts.bind_identity({account, kIssuer, subject, kNoon}, password);
    return taken(changes);
  }
  std::string taken(const Result<std::vector<Change>>& changes) {
    if (!changes.ok()) return changes.error().code;
    for (const Change& change : *changes) accounts.take(change);
    return "ok";
  }
  Step arrive(bool code_asked, bool due) {
    auto opened = accounts.sign_in_by_identity(kWang, {"10.0.0.7", "Firefox", code_asked, due},
                                               kNoon, random);
    EXPECT_TRUE(opened.ok());
    cookie = opened->sign_in.cookie;
    accounts.take(opened->change);
    return opened->sign_in.session.step;
  }

  Accounts accounts;
  SeededRandom random{7};
  std::string cookie;
};

TEST_F(Identities, BelongToOneAccountEach) {
  EXPECT_EQ(bind(kWang, "s-1"), "ok");
  EXPECT_EQ(bind(kLi, "s-1"), "identity_taken");
  EXPECT_EQ(bind(kWang, "s-2"), "identity_bound");
  EXPECT_EQ(bind(kLi, ""), "identity_subject_bad");
  EXPECT_EQ(bind(kLi, "a\nb"), "identity_subject_bad");
  EXPECT_EQ(bind(AccountId{9}, "s-9"), "account_unknown");
  EXPECT_EQ(accounts.account_of(kIssuer, "s-1"), kWang);
  EXPECT_FALSE(accounts.account_of("https://other.example", "s-1").has_value());
}

TEST_F(Identities, TakeThePasswordAwayUnlessItIsKept) {
  EXPECT_EQ(bind(kWang, "s-1", Password::Kept), "ok");
  EXPECT_FALSE(accounts.find(kWang)->password_hash.empty());
  EXPECT_EQ(bind(kLi, "s-2", Password::Removed), "ok");
  EXPECT_TRUE(accounts.find(kLi)->password_hash.empty());
}

TEST_F(Identities, EndWithTheirSessions) {
  EXPECT_EQ(taken(accounts.unbind_identity(kWang)), "identity_none");
  EXPECT_EQ(bind(kWang, "s-1"), "ok");
  EXPECT_EQ(arrive(false, true), Step::Done);
  EXPECT_TRUE(accounts.session(cookie, kNoon).has_value());
  EXPECT_EQ(taken(accounts.unbind_identity(kWang)), "ok");
  EXPECT_FALSE(accounts.session(cookie, kNoon).has_value());
  EXPECT_FALSE(accounts.identity_of(kWang).has_value());
}

TEST_F(Identities, AskForACodeOfOursWhereTheLedgerSaysSo) {
  EXPECT_EQ(bind(kWang, "s-1"), "ok");
  EXPECT_EQ(arrive(true, false), Step::Done);
  EXPECT_EQ(arrive(true, true), Step::Enrol);
  SecondFactor factor;
  factor.account = kWang;
  factor.on = true;
  accounts.take(encode(factor));
  EXPECT_EQ(arrive(true, false), Step::Code);
  EXPECT_EQ(arrive(false, false), Step::Done);
}

TEST_F(Identities, OpenNothingForAnAccountThatIsOff) {
  EXPECT_EQ(bind(kWang, "s-1"), "ok");
  accounts.take(encode(Account{kWang, "wang", "a hash", true, false, false}));
  const auto opened = accounts.sign_in_by_identity(kWang, {}, kNoon, random);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "identity_account_off");
  Account over{kWang, "wang", "a hash"};
  over.ends = kNoon;
  accounts.take(encode(over));
  EXPECT_FALSE(accounts.sign_in_by_identity(kWang, {}, kNoon, random).ok())
      << "support that is over";
}

TEST_F(Identities, GoWithAnErasedAccountAndAreReadBack) {
  EXPECT_EQ(bind(kWang, "s-1"), "ok");
  const std::vector<Change> rows = {encode(*accounts.find(kWang)),
                                    encode(*accounts.identity_of(kWang))};
  Accounts again;
  ASSERT_TRUE(again.load(rows).ok());
  EXPECT_EQ(again.account_of(kIssuer, "s-1"), kWang);

  EXPECT_EQ(taken(accounts.erase(kWang)), "ok");
  EXPECT_FALSE(accounts.account_of(kIssuer, "s-1").has_value());
  EXPECT_EQ(bind(kWang, "s-1"), "account_erased");
}

}  // namespace
}  // namespace tz::access
