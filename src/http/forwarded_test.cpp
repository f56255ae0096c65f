// What a proxy says is believed of those that the ledger names, and of nobody else.
#include "http/forwarded.h"

#include <gtest/gtest.h>

namespace tz::http {
namespace {

TEST(Forwarded, AnAddressIsBelievedOfItsProxiesAlone) {
  Request request;
  request.peer = "10.0.0.1";
  request.headers = {{"x-forwarded-for", "6.6.6.6, 192.0.2.7"}};
  EXPECT_EQ(address_of(request, {}), "10.0.0.1");
  EXPECT_EQ(address_of(request, {"10.0.0.1"}), "192.0.2.7");
  request.local = true;
  EXPECT_EQ(address_of(request, {"10.0.0.1"}), "local");
  EXPECT_EQ(address_of(request, {"local"}), "192.0.2.7");
  request.headers = {{"x-forwarded-for", "<script>"}};
  EXPECT_EQ(address_of(request, {"local"}), "local");
}

TEST(Forwarded, TlsIsBelievedOfItsProxiesAlone) {
  Request request;
  request.peer = "10.0.0.1";
  EXPECT_FALSE(over_tls(request, {"10.0.0.1"}));
  request.headers = {{"x-forwarded-proto", "https"}};
  EXPECT_FALSE(over_tls(request, {}));
  EXPECT_FALSE(over_tls(request, {"10.0.0.2"}));
  EXPECT_TRUE(over_tls(request, {"10.0.0.1"}));
  request.headers = {{"x-forwarded-proto", "https, http"}};
  EXPECT_FALSE(over_tls(request, {"10.0.0.1"}));
  request.tls = true;
  EXPECT_TRUE(over_tls(request, {}));
}

}  // namespace
}  // namespace tz::http
