// Whether a form comes from a page of this site, by what browsers say of it.
#include "http/caller.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string origin_of(const Headers& headers) {
  Request request;
  request.headers = headers;
  const Outcome outcome = check_form_origin(request);
  return outcome.ok() ? "ok" : outcome.error().code;
}

TEST(FormOrigin, APageOfThisSiteIsLetIn) {
  EXPECT_EQ(origin_of({{"host", "a.example"}, {"sec-fetch-site", "same-origin"}}), "ok");
  EXPECT_EQ(origin_of({{"host", "a.example"}, {"sec-fetch-site", "none"}}), "ok");
  EXPECT_EQ(origin_of({{"host", "a.example:8020"}, {"origin", "http://a.example:8020"}}), "ok");
}

TEST(FormOrigin, APageOfAnotherSiteIsNot) {
  for (const char* site : {"cross-site", "same-site", "", "SAME-ORIGIN"})
    EXPECT_EQ(origin_of({{"host", "a.example"}, {"sec-fetch-site", site}}), "form_foreign") << site;
  for (const char* origin : {"https://b.example", "https://a.example.b", "https://xa.example",
                             "https://a.example:1", "a.example", ""})
    EXPECT_EQ(origin_of({{"host", "a.example"}, {"origin", origin}}), "form_foreign") << origin;
  EXPECT_EQ(origin_of({{"origin", "https://a.example"}}), "form_foreign");
}

TEST(FormOrigin, WhatABrowserSaysOfTheSiteGoesBeforeTheOrigin) {
  const std::string own = "https://a.example";
  EXPECT_EQ(origin_of({{"host", "a.example"}, {"origin", own}, {"sec-fetch-site", "cross-site"}}),
            "form_foreign");
  // A proxy in front may give the server another name than the one the browser knows.
  EXPECT_EQ(origin_of({{"host", "127.0.0.1"}, {"origin", own}, {"sec-fetch-site", "same-origin"}}),
            "ok");
}

// Programs say nothing, and pages that send no referrer say "null": ours do.
TEST(FormOrigin, WhereNothingIsSaidNothingIsAgainstIt) {
  EXPECT_EQ(origin_of({}), "ok");
  EXPECT_EQ(origin_of({{"host", "a.example"}, {"origin", "null"}}), "ok");
}

}  // namespace
}  // namespace tz::http
