// Signing in, sessions, tokens and locks, on a clock that is an argument.
#include "access/accounts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "access/account_codec.h"

namespace tz::access {
namespace {

constexpr std::int64_t kMinute = std::int64_t{60} * 1'000'000;
constexpr Instant kNoon{std::int64_t{1'567'900'000} * 1'000'000};
const std::string kPassword = "correct horse battery";

Instant after_minutes(std::int64_t minutes) { return Instant{kNoon.us + minutes * kMinute}; }

Policy cheap() {
  Policy policy;
  policy.argon2_ops = 1;
  policy.argon2_bytes = 8192;
  return policy;
}

std::string hash_of(const std::string& password) { return *hash_password(password, cheap()); }

class AccountsTest : public testing::Test {
 protected:
  AccountsTest() { accounts.take(*accounts.add(AccountId{1}, "wang.li", hash_of(kPassword))); }

  Accounts::Opened sign_in(Instant at = kNoon) {
    auto opened = accounts.sign_in({"wang.li", kPassword}, at, random);
    TZ_ASSERT(opened.ok());
    accounts.take(opened->change);
    return std::move(opened).value();
  }
  std::string code(std::string_view name, std::string_view password, Instant at = kNoon) {
    const auto outcome = accounts.sign_in({name, password}, at, random);
    return outcome.ok() ? "ok" : outcome.error().code;
  }
  void disable(AccountId id) { accounts.take(*accounts.set_disabled(id, true)); }

  Accounts accounts{cheap()};
  SeededRandom random{1};
};

TEST_F(AccountsTest, TheRightPasswordOpensASession) {
  const auto opened = sign_in();
  EXPECT_EQ(opened.sign_in.cookie.size(), 43U);
  const auto session = accounts.session(opened.sign_in.cookie, kNoon);
  ASSERT_TRUE(session.has_value());
  EXPECT_EQ(session->account, AccountId{1});
  EXPECT_EQ(session->csrf, opened.sign_in.session.csrf);
}

TEST_F(AccountsTest, SupportEndsByItselfWithAllThatItOpened) {
  const Instant ends = after_minutes(20);
  accounts.take(*accounts.add_support(AccountId{2}, "vendor", hash_of(kPassword), ends));
  EXPECT_TRUE(accounts.find("vendor")->password_given);
  const auto opened = accounts.sign_in({"vendor", kPassword}, kNoon, random);
  ASSERT_TRUE(opened.ok());
  accounts.take(opened->change);
  const auto issued = *accounts.issue_token(AccountId{2}, {"work"}, kNoon, random);
  accounts.take(issued.change);
  const std::string& cookie = opened->sign_in.cookie;
  for (const bool reloaded : {false, true}) {
    if (reloaded) {  // as after a restart
      accounts.take(*accounts.set_disabled(AccountId{2}, true));
      accounts.take(*accounts.set_disabled(AccountId{2}, false));
    }
    const Instant last{ends.us - 1};
    EXPECT_TRUE(accounts.token(issued.text, last));
    EXPECT_FALSE(accounts.token(issued.text, ends));
    EXPECT_FALSE(accounts.session(cookie, ends));
    EXPECT_EQ(code("vendor", kPassword, last), "ok");
    EXPECT_EQ(code("vendor", kPassword, ends), "sign_in_refused");
    EXPECT_EQ(accounts.sessions_of(AccountId{2}, ends).size(), 0U);
  }
  EXPECT_EQ(code("wang.li", kPassword, ends), "ok") << "nobody else's does";
}

TEST_F(AccountsTest, TheEndOfSupportIsStoredWithIt) {
  const Change row =
      *accounts.add_support(AccountId{2}, "vendor", hash_of(kPassword), after_minutes(60));
  const auto account = decode_account(row.key, *row.value);
  ASSERT_TRUE(account);
  EXPECT_EQ(account->ends, after_minutes(60));
  EXPECT_FALSE(account->over(after_minutes(59)));
  EXPECT_TRUE(account->over(after_minutes(60)));
  Bytes cut = *row.value;
  cut.pop_back();
  EXPECT_FALSE(decode_account(row.key, cut));
}

TEST_F(AccountsTest, AWrongNameAndAWrongPasswordAreRefusedAlike) {
  EXPECT_EQ(code("wang.li", "wrong horse battery"), "sign_in_refused");
  EXPECT_EQ(code("li.wang", kPassword), "sign_in_refused");
  EXPECT_EQ(code("", kPassword), "sign_in_refused");
  EXPECT_EQ(code(std::string(100'000, 'x'), kPassword), "sign_in_refused");
  const auto wrong = accounts.sign_in({"wang.li", "wrong horse battery"}, kNoon, random);
  const auto unknown = accounts.sign_in({"li.wang", "wrong horse battery"}, kNoon, random);
  EXPECT_EQ(wrong.error().facts, unknown.error().facts);
}

TEST_F(AccountsTest, ASessionHoldsOnlyOnceItsRowIsTaken) {
  const auto opened = accounts.sign_in({"wang.li", kPassword}, kNoon, random);
  ASSERT_TRUE(opened.ok());
  EXPECT_FALSE(accounts.session(opened->sign_in.cookie, kNoon).has_value());
  accounts.take(opened->change);
  EXPECT_TRUE(accounts.session(opened->sign_in.cookie, kNoon).has_value());
}

TEST_F(AccountsTest, NoStoredRowHoldsTheCookieOrTheTokenItself) {
  const auto opened = sign_in();
  const auto issued = accounts.issue_token(AccountId{1}, {"script"}, kNoon, random);
  const auto holds = [](const Change& row, const std::string& secret) {
    return as_text(row.key).find(secret) != std::string_view::npos ||
           as_text(*row.value).find(secret) != std::string_view::npos;
  };
  EXPECT_FALSE(holds(opened.change, opened.sign_in.cookie));
  EXPECT_FALSE(holds(issued->change, issued->text));
  EXPECT_FALSE(holds(issued->change, issued->text.substr(3)));
}

TEST_F(AccountsTest, AnIdleSessionEndsAndUseKeepsItAlive) {
  const auto opened = sign_in();
  const std::string& cookie = opened.sign_in.cookie;
  EXPECT_TRUE(accounts.session(cookie, after_minutes(29)).has_value());
  EXPECT_TRUE(accounts.session(cookie, after_minutes(58)).has_value());
  EXPECT_FALSE(accounts.session(cookie, after_minutes(88)).has_value());
}

TEST_F(AccountsTest, ASessionEndsAfterTwelveHoursHoweverBusy) {
  const auto opened = sign_in();
  for (std::int64_t minute = 0; minute < 12 * 60; minute += 20)
    ASSERT_TRUE(accounts.session(opened.sign_in.cookie, after_minutes(minute)).has_value());
  EXPECT_FALSE(accounts.session(opened.sign_in.cookie, after_minutes(12 * 60)).has_value());
}

TEST_F(AccountsTest, AnEndedSessionIsGone) {
  const auto opened = sign_in();
  const auto other = sign_in();
  const auto change = accounts.end_session(opened.sign_in.cookie);
  ASSERT_TRUE(change.has_value());
  EXPECT_FALSE(change->value.has_value());
  accounts.take(*change);
  EXPECT_FALSE(accounts.session(opened.sign_in.cookie, kNoon).has_value());
  EXPECT_TRUE(accounts.session(other.sign_in.cookie, kNoon).has_value());
  EXPECT_FALSE(accounts.end_session(opened.sign_in.cookie).has_value());
}

TEST_F(AccountsTest, CookiesThatNobodyWasGivenOpenNothing) {
  const std::string cookie = sign_in().sign_in.cookie;
  std::string changed = cookie;
  changed[0] = changed[0] == 'A' ? 'B' : 'A';
  for (const std::string& wrong :
       {std::string(), changed, cookie + "=", cookie.substr(1), std::string(43, '='),
        std::string(43, '+'), std::string(43, '\0')})
    EXPECT_FALSE(accounts.session(wrong, kNoon).has_value()) << wrong;
}

TEST_F(AccountsTest, ANewPasswordEndsTheSessionsOpenedWithTheOldOne) {
  const auto opened = sign_in();
  accounts.take(*accounts.set_password(AccountId{1}, hash_of("another good password")));
  EXPECT_FALSE(accounts.session(opened.sign_in.cookie, kNoon).has_value());
  EXPECT_EQ(code("wang.li", kPassword), "sign_in_refused");
  EXPECT_EQ(code("wang.li", "another good password"), "ok");
  const auto ended = accounts.ended_sessions(kNoon, 10);
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].key, opened.change.key);
}

TEST_F(AccountsTest, EndedSessionsAreGivenForDeletionUpToTheLimit) {
  for (int i = 0; i < 5; ++i) sign_in();
  EXPECT_TRUE(accounts.ended_sessions(kNoon, 10).empty());
  EXPECT_EQ(accounts.ended_sessions(after_minutes(31), 3).size(), 3U);
  for (const Change& change : accounts.ended_sessions(after_minutes(31), 10)) accounts.take(change);
  EXPECT_TRUE(accounts.ended_sessions(after_minutes(31), 10).empty());
}

TEST_F(AccountsTest, ADisabledAccountOpensNothing) {
  const auto opened = sign_in();
  const auto issued = accounts.issue_token(AccountId{1}, {"script"}, kNoon, random);
  accounts.take(issued->change);
  disable(AccountId{1});
  EXPECT_EQ(code("wang.li", kPassword), "sign_in_refused");
  EXPECT_FALSE(accounts.session(opened.sign_in.cookie, kNoon).has_value());
  EXPECT_FALSE(accounts.token(issued->text, kNoon).has_value());
}

TEST_F(AccountsTest, AnAccountThatIsEnabledAgainHasNoSessionOfBefore) {
  const auto opened = sign_in();
  disable(AccountId{1});
  const auto ended = accounts.end_sessions_of(AccountId{1});
  ASSERT_EQ(ended.size(), 1U);
  accounts.take(ended[0]);
  accounts.take(*accounts.set_disabled(AccountId{1}, false));
  EXPECT_FALSE(accounts.session(opened.sign_in.cookie, kNoon).has_value());
  EXPECT_EQ(code("wang.li", kPassword), "ok");
  EXPECT_EQ(accounts.set_disabled(AccountId{9}, true).error().code, "account_unknown");
}

TEST_F(AccountsTest, ALockIsToldAndCanBeTakenOff) {
  EXPECT_EQ(accounts.locked_minutes("wang.li", kNoon), std::nullopt);
  for (int i = 0; i < 5; ++i) code("wang.li", "wrong horse battery");
  EXPECT_EQ(accounts.locked_minutes("wang.li", after_minutes(10)), 21);
  EXPECT_EQ(accounts.locked_minutes("wang.li", after_minutes(30)), std::nullopt);
  EXPECT_EQ(code("wang.li", kPassword), "sign_in_locked");
  accounts.unlock("wang.li");
  EXPECT_EQ(accounts.locked_minutes("wang.li", kNoon), std::nullopt);
  EXPECT_EQ(code("wang.li", kPassword), "ok");
}

TEST_F(AccountsTest, AnAccountWithoutAPasswordIsForTokensOnly) {
  accounts.take(*accounts.add(AccountId{2}, "script", ""));
  EXPECT_EQ(code("script", ""), "sign_in_refused");
  const auto issued = accounts.issue_token(AccountId{2}, {"nightly"}, kNoon, random);
  accounts.take(issued->change);
  EXPECT_EQ(accounts.token(issued->text, kNoon)->account, AccountId{2});
}

TEST_F(AccountsTest, FiveWrongPasswordsLockForHalfAnHour) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code("wang.li", "wrong"), "sign_in_refused");
  const auto locked = accounts.sign_in({"wang.li", kPassword}, kNoon, random);
  ASSERT_FALSE(locked.ok());
  EXPECT_EQ(locked.error().code, "sign_in_locked");
  EXPECT_EQ(locked.error().facts, (Facts{{"minutes", "31"}}));
  EXPECT_EQ(code("wang.li", kPassword, after_minutes(29)), "sign_in_locked");
  EXPECT_EQ(code("wang.li", kPassword, after_minutes(30)), "ok");
}

TEST_F(AccountsTest, ARightPasswordForgetsTheWrongOnes) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(code("wang.li", "wrong"), "sign_in_refused");
    EXPECT_EQ(code("wang.li", kPassword), "ok");
  }
}

TEST_F(AccountsTest, UnknownNamesLockAlikeSoThatALockTellsNothing) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code("nobody", "wrong"), "sign_in_refused");
  EXPECT_EQ(code("nobody", "wrong"), "sign_in_locked");
  EXPECT_EQ(code("wang.li", kPassword), "ok");
}

TEST_F(AccountsTest, ManyInventedNamesDoNotUnlockARealOne) {
  for (int i = 0; i < 5; ++i) code("wang.li", "wrong");
  for (int i = 0; i < 10'200; ++i) code("invented" + std::to_string(i), "wrong", after_minutes(1));
  EXPECT_EQ(code("wang.li", kPassword, after_minutes(2)), "sign_in_locked");
}

TEST_F(AccountsTest, TriesAtTheSameTimeAreNoMoreThanOneByOne) {
  std::vector<std::thread> threads;
  threads.reserve(16);
  std::atomic<int> looked_at{0};
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&, i] {
      SeededRandom own(static_cast<std::uint64_t>(i));
      const auto outcome = accounts.sign_in({"wang.li", "wrong"}, kNoon, own);
      if (outcome.error().code == "sign_in_refused") ++looked_at;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(looked_at.load(), 5);
}

// A demand for memory that is never met shows that the work is really asked for.
TEST_F(AccountsTest, AnUnknownNameCostsTheSameWorkAndAFailureIsNoTry) {
  Policy absurd = cheap();
  absurd.argon2_bytes = ~std::size_t{0};
  Accounts poor(absurd);
  poor.take(*poor.add(AccountId{1}, "script", ""));
  for (int i = 0; i < 8; ++i)
    for (const char* name : {"nobody", "script", "no such name"})
      EXPECT_EQ(poor.sign_in({name, kPassword}, kNoon, random).error().code, "out_of_memory");
}

TEST_F(AccountsTest, NamesAreLettersDigitsAndIdeographs) {
  for (const char* good : {"a", "Wang-Li_2.x", "王丽", "阿不都·克里木", "𠮷田", "〇"})
    EXPECT_TRUE(accounts.add(AccountId{9}, good, "").ok()) << good;
  const std::string longest = [] {
    std::string name;
    for (int i = 0; i < 64; ++i) name += "𠮷";
    return name;
  }();
  EXPECT_TRUE(accounts.add(AccountId{9}, longest, "").ok());
  for (const std::string& bad :
       {std::string(), std::string("a b"), std::string("a\n"), std::string("a/b"), std::string("é"),
        std::string("\xe4\xb8"), std::string("\xff"), std::string("\xc1\x81"),
        std::string("\xe0\x81\x81"), std::string(65, 'a'), longest + "a", std::string("a\0b", 3)})
    EXPECT_EQ(accounts.add(AccountId{9}, bad, "").error().code, "account_name_bad") << bad;
}

TEST_F(AccountsTest, ANameOrANumberIsGivenOnce) {
  EXPECT_EQ(accounts.add(AccountId{2}, "wang.li", "").error().code, "account_exists");
  EXPECT_EQ(accounts.add(AccountId{1}, "other", "").error().code, "account_exists");
  EXPECT_EQ(accounts.next_id(), AccountId{2});
  EXPECT_EQ(accounts.set_password(AccountId{7}, "").error().code, "account_unknown");
}

TEST_F(AccountsTest, TokensAreFoundByTheirTextAndCanBeEnded) {
  const auto issued = accounts.issue_token(AccountId{1}, {"nightly import"}, kNoon, random);
  ASSERT_TRUE(issued.ok());
  EXPECT_TRUE(issued->text.starts_with("tz_"));
  EXPECT_EQ(issued->text.size(), 46U);
  EXPECT_FALSE(accounts.token(issued->text, kNoon).has_value());
  accounts.take(issued->change);
  EXPECT_EQ(accounts.token(issued->text, kNoon)->label, "nightly import");
  EXPECT_FALSE(accounts.token(issued->text + "x", kNoon).has_value());
  EXPECT_FALSE(accounts.token("", kNoon).has_value());
  ASSERT_EQ(accounts.tokens_of(AccountId{1}).size(), 1U);
  accounts.take(*accounts.end_token(accounts.tokens_of(AccountId{1})[0].key));
  EXPECT_FALSE(accounts.token(issued->text, kNoon).has_value());
}

TEST_F(AccountsTest, ATokenNeedsAnAccountAndALabel) {
  EXPECT_EQ(accounts.issue_token(AccountId{5}, {"x"}, kNoon, random).error().code,
            "account_unknown");
  EXPECT_EQ(accounts.issue_token(AccountId{1}, {""}, kNoon, random).error().code,
            "token_label_bad");
  EXPECT_EQ(accounts.issue_token(AccountId{1}, {std::string(201, 'x')}, kNoon, random).error().code,
            "token_label_bad");
}

TEST_F(AccountsTest, WhatWasStoredLoadsAgainInAnyOrder) {
  const auto opened = sign_in();
  const auto issued = accounts.issue_token(AccountId{1}, {"script"}, kNoon, random);
  std::vector<Change> rows = {issued->change, opened.change, encode(*accounts.find("wang.li"))};
  Accounts again(cheap());
  ASSERT_TRUE(again.load(rows).ok());
  EXPECT_TRUE(again.session(opened.sign_in.cookie, kNoon).has_value());
  EXPECT_EQ(again.token(issued->text, kNoon)->label, "script");
  EXPECT_EQ(again.find(AccountId{1})->name, "wang.li");
  EXPECT_EQ(again.all().size(), 1U);
  ASSERT_TRUE(again.load({}).ok());
  EXPECT_EQ(again.next_id(), AccountId{1});
}

TEST_F(AccountsTest, DamagedRowsAreRefusedAndChangeNothing) {
  const Change account = encode(*accounts.find("wang.li"));
  const Change session = sign_in().change;
  const auto refused = [&](const std::vector<Change>& rows) {
    Accounts fresh(cheap());
    fresh.take(*fresh.add(AccountId{3}, "kept", ""));
    const auto outcome = fresh.load(rows);
    EXPECT_TRUE(fresh.find("kept").has_value());
    return outcome.ok() ? "ok" : outcome.error().code;
  };
  EXPECT_EQ(refused({session}), "access_damaged");           // its account is missing
  EXPECT_EQ(refused({account, account}), "access_damaged");  // twice
  EXPECT_EQ(refused({{"strange", {}, Bytes{}}}), "access_damaged");
  EXPECT_EQ(refused({{account.space, account.key, std::nullopt}}), "access_damaged");
  for (const Change& row : {account, session})
    for (std::size_t cut = 0; cut < row.value->size(); ++cut) {
      Change shorter = row;
      shorter.value->resize(cut);
      Change longer = row;
      longer.value->push_back(0);
      Change other_version = row;
      (*other_version.value)[0] = 9;
      for (const Change& bad : {shorter, longer, other_version})
        ASSERT_EQ(
            refused(row.space == account.space ? std::vector{bad} : std::vector{account, bad}),
            "access_damaged");
    }
}

TEST_F(AccountsTest, EverySecretIsNew) {
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) {
    const auto opened = sign_in();
    EXPECT_TRUE(seen.insert(opened.sign_in.cookie).second);
    EXPECT_TRUE(seen.insert(opened.sign_in.session.csrf).second);
  }
}

}  // namespace
}  // namespace tz::access
