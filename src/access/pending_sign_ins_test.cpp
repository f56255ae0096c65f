// The vector of RFC 7636, and that a sign-in comes back once, in time, to its own browser.
#include "access/pending_sign_ins.h"

#include <gtest/gtest.h>

namespace tz::access {
namespace {

std::string code_of(const Result<PendingSignIns::Pending>& taken) {
  return taken.ok() ? "ok" : taken.error().code;
}

TEST(Pkce, GivesTheChallengeOfRfc7636AppendixB) {
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(PendingSignIns, AStateIsGoodForOnce) {
  SeededRandom random(1);
  PendingSignIns pending;
  const auto begun = pending.begin(Instant{0}, random);
  const auto taken = pending.take(begun.state, begun.browser, Instant{1});
  ASSERT_TRUE(taken.ok());
  EXPECT_EQ(taken->nonce, begun.nonce);
  EXPECT_EQ(pkce_challenge(taken->verifier), begun.challenge);
  EXPECT_EQ(code_of(pending.take(begun.state, begun.browser, Instant{2})),
            "identity_state_unknown");
}

TEST(PendingSignIns, AnotherBrowserUsesItUp) {
  SeededRandom random(1);
  PendingSignIns pending;
  const auto begun = pending.begin(Instant{0}, random);
  const auto other = pending.begin(Instant{0}, random);
  EXPECT_EQ(code_of(pending.take(begun.state, other.browser, Instant{1})),
            "identity_state_elsewhere");
  EXPECT_EQ(code_of(pending.take(begun.state, begun.browser, Instant{1})),
            "identity_state_unknown");
}

TEST(PendingSignIns, HoldsForTenMinutes) {
  SeededRandom random(1);
  PendingSignIns pending;
  const auto late = pending.begin(Instant{0}, random);
  const auto just = pending.begin(Instant{1}, random);
  const Instant then{PendingSignIns::kUsMax};
  EXPECT_EQ(code_of(pending.take(late.state, late.browser, then)), "identity_state_unknown");
  EXPECT_EQ(code_of(pending.take(just.state, just.browser, then)), "ok");
}

TEST(PendingSignIns, OfTooManyTheOldestBeginsAgain) {
  SeededRandom random(1);
  PendingSignIns pending;
  const auto first = pending.begin(Instant{0}, random);
  const auto second = pending.begin(Instant{1}, random);
  for (std::size_t i = 1; i < PendingSignIns::kCountMax; ++i)
    (void)pending.begin(Instant{2}, random);
  EXPECT_EQ(code_of(pending.take(first.state, first.browser, Instant{3})),
            "identity_state_unknown");
  EXPECT_EQ(code_of(pending.take(second.state, second.browser, Instant{3})), "ok");
}

}  // namespace
}  // namespace tz::access
