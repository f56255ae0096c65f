// One household is one address, however it is written.
#include "base/household.h"

#include <gtest/gtest.h>

namespace tz {
namespace {

TEST(Household, IsTheFirst64BitsOfIPv6) {
  const std::string one = household("2001:db8:1:2:3:4:5:6");
  EXPECT_EQ(household("2001:db8:1:2::9"), one);
  EXPECT_EQ(household("2001:0DB8:0001:0002:ffff::"), one);
  EXPECT_NE(household("2001:db8:1:3::9"), one);
  EXPECT_EQ(household("2001:db8::1:1:1:1"), household("2001:db8::2:1:1:1"))
      << "zeros that the text leaves out count";
  EXPECT_NE(household("2001:db8::1"), household("2001:db9::1"));
}

TEST(Household, IsTheWholeOfIPv4) {
  EXPECT_EQ(household("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(household("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_NE(household("10.0.0.1"), household("10.0.0.2"));
  EXPECT_EQ(household("unix"), "unix");
}

}  // namespace
}  // namespace tz
