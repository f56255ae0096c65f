// Folding of texts: width, case, signs of several characters, bytes that are no text.
#include "search/folding.h"

#include <gtest/gtest.h>

namespace tz::search {
namespace {

TEST(Folding, MakesWidthAndCaseTheSame) {
  Folding folding;
  EXPECT_EQ(folding.text("Ａｂ１ｶﾞ"), folding.text("ab1カ\u3099"));
  EXPECT_EQ(folding.text("停车　ABC"), u"停车 abc");
  EXPECT_EQ(folding.text("①㎡"), u"1m2");
  EXPECT_EQ(folding.text("a\u00ADb\tc\nd"), u"ab c d");
  EXPECT_EQ(folding.text("😀"), u"😀");
  EXPECT_EQ(folding.text("ß"), u"ss");
  EXPECT_EQ(folding.text(""), u"");
}

TEST(Folding, OfWhatIsNoUtf8GoesOn) {
  Folding folding;
  EXPECT_EQ(folding.text("a\xFF"
                         "b\xE5\x81"),
            u"a\uFFFD"
            u"b\uFFFD");
}

}  // namespace
}  // namespace tz::search
