// Codes keep their status, and a problem tells what it should and nothing more.
#include "http/error_response.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace tz::http {
namespace {

Messages words() {
  return *Messages::parse(R"({"error.unit_unknown":"There is no unit {unit}.",)"
                          R"("error.storage_failed":"[At {path}: {why}.]The storage failed."})");
}

TEST(Status, FollowsFromTheCode) {
  const std::pair<const char*, unsigned> cases[] = {
      {"not_permitted", 403},
      {"verifier_is_fixer", 403},
      {"verifier_took_part", 403},
      {"judge_is_fixer", 403},
      {"item_unknown", 404},
      {"version_stale", 412},
      {"version_required", 428},
      {"idempotency_mismatch", 422},
      {"queue_full", 503},
      {"engine_stopping", 503},
      {"sign_in_refused", 401},
      {"field_required", 400},
      {"bad_day", 400},
      {"bad_tile_path", 404},
      {"evidence_missing", 409},
      {"a_rule_nobody_listed", 409},
      {"sign_in_locked", 429},
      {"evidence_too_large", 413},
  };
  for (const auto& [code, status] : cases) EXPECT_EQ(status_of(refusal(code)), status) << code;
  EXPECT_EQ(status_of(failure("anything_else")), 500U);
  EXPECT_EQ(status_of(failure("storage_full")), 503U);
}

TEST(Status, TellsWhatThePathNamedFromWhatTheBodyNamed) {
  EXPECT_EQ(status_of(refusal("unit_unknown", {{"unit", "x"}})), 404U);
  EXPECT_EQ(status_of(refusal("unit_unknown", {{"unit", "x"}, {"field", "lead"}})), 400U);
  EXPECT_EQ(status_of(named_in_body(refusal("kind_unknown"), "kind")), 400U);
}

TEST(Problem, HasCodeFactsAndSentence) {
  Json more;
  more.set("changes", JsonArray{});
  const Response response =
      problem(refusal("unit_unknown", {{"unit", "22\"0"}}), words(), "abc", more);
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.code, "unit_unknown");
  const Json body = *parse_json(response.body);
  EXPECT_EQ(*body.find("detail")->as_text(), "There is no unit 22\"0.");
  EXPECT_EQ(*body.find("facts")->find("unit")->as_text(), "22\"0");
  EXPECT_EQ(*body.find("request_id")->as_text(), "abc");
  EXPECT_NE(body.find("changes"), nullptr);
}

TEST(Problem, OfAFailureTellsNoFacts) {
  const Response response =
      problem(failure("storage_failed", {{"path", "/secret"}, {"why", "io"}}), words(), "abc");
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_NE(response.body.find("The storage failed."), std::string::npos);
  EXPECT_EQ(response.headers[0].first, "Retry-After");
}

TEST(Problem, SaysWhenToComeBack) {
  const Response locked = problem(refusal("sign_in_locked", {{"minutes", "30"}}), words(), "a");
  EXPECT_EQ(locked.headers[0].second, "1800");
  const Response full = problem(refusal("queue_full"), words(), "a");
  EXPECT_EQ(full.headers[0].second, "1");
}

}  // namespace
}  // namespace tz::http
