// Columns are named as spreadsheets name them.
#include "base/table.h"

#include <gtest/gtest.h>

namespace tz {
namespace {

TEST(Table, NamesColumnsByLetters) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(701), "ZZ");
  EXPECT_EQ(column_letters(702), "AAA");
  EXPECT_EQ(column_letters(16383), "XFD");
}

}  // namespace
}  // namespace tz
