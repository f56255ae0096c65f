// The second factor, from the first code to the last recovery code; sessions that wait for it.
#include <gtest/gtest.h>

#include "access/account_codec.h"
#include "access/accounts.h"
#include "access/totp.h"

namespace tz::access {
namespace {

constexpr Instant kNoon{std::int64_t{1'567'900'000} * 1'000'000};
const std::string kPassword = "correct horse battery";
constexpr AccountId kWang{1};

Policy cheap() {
  Policy policy;
  policy.argon2_ops = 1;
  policy.argon2_bytes = 8192;
  policy.sessions_max = 3;
  policy.tokens_max = 2;
  policy.address_tries_max = 8;
  return policy;
}

Instant after_seconds(std::int64_t seconds) { return Instant{kNoon.us + seconds * 1'000'000}; }

class SecondFactorTest : public testing::Test {
 protected:
  SecondFactorTest() {
    SecretKey key{};
    random.fill(key);
    accounts.set_key(key);
    accounts.take(*accounts.add(kWang, "wang.li", *hash_password(kPassword, cheap())));
  }

  SignIn sign_in(bool due = false, Instant at = kNoon) {
    auto opened = accounts.sign_in({"wang.li", kPassword, "10.0.0.7", "Firefox", due}, at, random);
    EXPECT_TRUE(opened.ok());
    for (const Change& change : opened->ended) accounts.take(change);
    accounts.take(opened->change);
    return opened->sign_in;
  }
  // Turns it on; the codes that may be used in place of one.
  std::vector<std::string> turn_on() {
    auto begun = accounts.begin_second_factor(kWang, kNoon, random);
    EXPECT_TRUE(begun.ok());
    secret = begun->secret;
    accounts.take(begun->change);
    auto confirmed = accounts.confirm_second_factor(kWang, code_at(kNoon), kNoon, random);
    EXPECT_TRUE(confirmed.ok());
    accounts.take(confirmed->change);
    return confirmed->recovery_codes;
  }
  std::string code_at(Instant at) const { return totp_code(secret, totp_step(at)); }
  std::string outcome_of(const SignIn& waiting, const std::string& code, Instant at) {
    auto passed = accounts.give_code(waiting.session, code, at, random);
    if (!passed.ok()) return passed.error().code;
    for (const Change& change : passed->changes) accounts.take(change);
    last = passed->sign_in;
    return "ok";
  }

  Accounts accounts{cheap()};
  SeededRandom random{7};
  Bytes secret;
  SignIn last;
};

TEST_F(SecondFactorTest, WithoutOneThePasswordIsEnough) {
  EXPECT_EQ(sign_in().session.step, Step::Done);
}

TEST_F(SecondFactorTest, WhoMustHaveOneAndHasNoneHasToEnrol) {
  EXPECT_EQ(sign_in(true).session.step, Step::Enrol);
}

TEST_F(SecondFactorTest, ThePasswordAloneIsNotASession) {
  turn_on();
  const SignIn waiting = sign_in();
  EXPECT_EQ(waiting.session.step, Step::Code);
  const Instant later = after_seconds(60);
  EXPECT_EQ(outcome_of(waiting, "000000", later), "code_wrong");
  EXPECT_EQ(outcome_of(waiting, code_at(later), later), "ok");
  EXPECT_EQ(last.session.step, Step::Done);
  EXPECT_NE(last.cookie, waiting.cookie);
  EXPECT_FALSE(accounts.session(waiting.cookie, later).has_value());
  EXPECT_TRUE(accounts.session(last.cookie, later).has_value());
}

TEST_F(SecondFactorTest, ACodeCountsOnceAndSoDoesTheOneItWasTurnedOnWith) {
  turn_on();
  EXPECT_EQ(outcome_of(sign_in(), code_at(kNoon), kNoon), "code_wrong");
  const Instant later = after_seconds(90);
  EXPECT_EQ(outcome_of(sign_in(), code_at(later), later), "ok");
  EXPECT_EQ(outcome_of(sign_in(), code_at(later), later), "code_wrong");
}

TEST_F(SecondFactorTest, RecoveryCodesCountOnceEachAndAreStoredAsHashesAlone) {
  const auto codes = turn_on();
  ASSERT_EQ(codes.size(), kRecoveryCodes);
  const Change row = encode(*accounts.second_factor(kWang));
  for (const std::string& code : codes)
    EXPECT_EQ(as_text(*row.value).find(code), std::string_view::npos);
  EXPECT_EQ(as_text(*row.value).find(as_text(secret)), std::string_view::npos);
  EXPECT_EQ(outcome_of(sign_in(), codes[3], kNoon), "ok");
  EXPECT_EQ(outcome_of(sign_in(), codes[3], kNoon), "code_wrong");
  EXPECT_EQ(accounts.second_factor(kWang)->recovery.size(), kRecoveryCodes - 1);
  std::string typed = codes[4];
  for (char& c : typed) c = static_cast<char>(std::toupper(c));
  std::erase(typed, '-');
  EXPECT_EQ(outcome_of(sign_in(), typed, kNoon), "ok");
}

TEST_F(SecondFactorTest, TooManyWrongCodesLockThoughThePasswordIsRight) {
  turn_on();
  const Instant later = after_seconds(60);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome_of(sign_in(), "000000", later), "code_wrong");
  EXPECT_EQ(outcome_of(sign_in(), code_at(later), later), "sign_in_locked");
  EXPECT_TRUE(accounts.locked_minutes("wang.li", later).has_value());
  accounts.unlock("wang.li");
  EXPECT_EQ(outcome_of(sign_in(), code_at(later), later), "ok");
}

TEST_F(SecondFactorTest, IsNotBegunOverOneThatIsOn) {
  turn_on();
  EXPECT_EQ(accounts.begin_second_factor(kWang, kNoon, random).error().code, "second_factor_on");
  accounts.take(*accounts.end_second_factor(kWang));
  EXPECT_EQ(sign_in().session.step, Step::Done);
  EXPECT_EQ(accounts.end_second_factor(kWang).error().code, "second_factor_none");
}

TEST_F(SecondFactorTest, OpensUnderItsOwnKeyAlone) {
  turn_on();
  accounts.set_key(SecretKey{});
  EXPECT_EQ(outcome_of(sign_in(), code_at(after_seconds(60)), after_seconds(60)),
            "second_factor_unreadable");
}

TEST_F(SecondFactorTest, AnUnfinishedSignInEndsAfterTenMinutes) {
  turn_on();
  const SignIn waiting = sign_in();
  EXPECT_TRUE(accounts.session(waiting.cookie, after_seconds(599)).has_value());
  EXPECT_FALSE(accounts.session(waiting.cookie, after_seconds(600)).has_value());
}

TEST_F(SecondFactorTest, SurvivesBeingStored) {
  turn_on();
  std::vector<Change> rows{encode(*accounts.find(kWang)), encode(*accounts.second_factor(kWang)),
                           encode(sign_in().session)};
  Accounts again{cheap()};
  ASSERT_TRUE(again.load(rows).ok());
  EXPECT_TRUE(again.second_factor(kWang)->on);
  EXPECT_EQ(again.sessions_of(kWang, kNoon).at(0).browser, "Firefox");
  EXPECT_EQ(again.sessions_of(kWang, kNoon).at(0).step, Step::Code);
}

TEST_F(SecondFactorTest, APasswordGivenByAnotherHasToBeReplaced) {
  accounts.take(
      *accounts.set_password(kWang, *hash_password(kPassword, cheap()), PasswordBy::Another));
  const SignIn waiting = sign_in();
  EXPECT_EQ(waiting.session.step, Step::Password);
  const std::string hash = *hash_password("my own long words", cheap());
  accounts.take(*accounts.set_password(kWang, hash));
  EXPECT_FALSE(accounts.session(waiting.cookie, kNoon).has_value());
  const auto renewed = accounts.renew_session(waiting.session, hash, Step::Done, kNoon, random);
  accounts.take(renewed.changes.at(0));
  EXPECT_TRUE(accounts.session(renewed.sign_in.cookie, kNoon).has_value());
}

TEST_F(SecondFactorTest, SessionsAreListedAndEndedByTheirOwner) {
  const SignIn first = sign_in();
  const SignIn second = sign_in(false, after_seconds(1));
  const auto all = accounts.sessions_of(kWang, after_seconds(2));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(session_id(all[0]), session_id(second.session));
  EXPECT_EQ(all[0].address, "10.0.0.7");
  EXPECT_EQ(accounts.end_session_of(AccountId{2}, session_id(all[0])).error().code,
            "session_unknown");
  accounts.take(*accounts.end_session_of(kWang, session_id(all[0])));
  EXPECT_FALSE(accounts.session(second.cookie, after_seconds(2)).has_value());
  sign_in();
  for (const Change& change : accounts.end_sessions_but(kWang, first.session.key))
    accounts.take(change);
  EXPECT_EQ(accounts.sessions_of(kWang, kNoon).size(), 1U);
}

TEST_F(SecondFactorTest, AFurtherSessionEndsTheOldest) {
  const SignIn oldest = sign_in();
  for (int i = 1; i <= 3; ++i) sign_in(false, after_seconds(i));
  EXPECT_EQ(accounts.sessions_of(kWang, after_seconds(4)).size(), 3U);
  EXPECT_FALSE(accounts.session(oldest.cookie, after_seconds(4)).has_value());
}

TEST_F(SecondFactorTest, WrongTriesFromOneAddressLockItWhateverTheNames) {
  const auto from = [&](const std::string& name, const char* address) {
    const auto opened = accounts.sign_in({name, "wrong words here", address}, kNoon, random);
    return opened.ok() ? "ok" : opened.error().code;
  };
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(from("name" + std::to_string(i), "10.0.0.9"), "sign_in_refused");
  EXPECT_EQ(from("name9", "10.0.0.9"), "sign_in_locked");
  EXPECT_EQ(from("name9", "10.0.0.8"), "sign_in_refused");
}

TEST_F(SecondFactorTest, RightPasswordsNeverLockAnAddressHoweverItIsWritten) {
  for (const char* address : {"10.0.0.9", "2001:db8:1:2::7", "::ffff:10.0.0.8"})
    for (int i = 0; i < 20; ++i)
      ASSERT_TRUE(accounts.sign_in({"wang.li", kPassword, address}, kNoon, random).ok())
          << address << " " << i;
}

TEST_F(SecondFactorTest, TokensHaveAScopeAndAnEnd) {
  const Instant end = after_seconds(3600);
  const auto issued = accounts.issue_token(kWang, {"report", "read", end}, kNoon, random);
  ASSERT_TRUE(issued.ok());
  accounts.take(issued->change);
  EXPECT_EQ(accounts.token(issued->text, kNoon)->scope, "read");
  EXPECT_FALSE(accounts.token(issued->text, end).has_value());
  for (const char* scope : {"", "Read", "a,,b", ",a", "a,", "a b"})
    EXPECT_EQ(accounts.issue_token(kWang, {"x", scope}, kNoon, random).error().code,
              "token_scope_bad")
        << scope;
  accounts.take(accounts.issue_token(kWang, {"y", "report,evidence"}, kNoon, random)->change);
  EXPECT_EQ(accounts.issue_token(kWang, {"z"}, kNoon, random).error().code, "tokens_too_many");
}

TEST(NewPassword, IsRefusedWhereItIsEasilyGuessed) {
  Policy policy;
  policy.password_kinds_min = 2;
  const auto code = [&](const char* password) {
    const Outcome outcome = check_new_password(password, "Wang.Li", policy);
    return outcome.ok() ? "ok" : outcome.error().code;
  };
  EXPECT_EQ(code("short"), "password_weak");
  EXPECT_EQ(code("onlysmallletters"), "password_kinds");
  EXPECT_EQ(code("xx-wang.li-2019"), "password_has_name");
  EXPECT_EQ(code("MyPassWord2019"), "password_common");
  EXPECT_EQ(code("三更灯火五更鸡 是读书时"), "password_kinds");
  EXPECT_EQ(code("三更灯火五更鸡 1 是读书时"), "ok");
}

}  // namespace
}  // namespace tz::access
