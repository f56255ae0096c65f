// Imports are known again by their content, and yet have numbers of their own.
#include "engine/import_number.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace tz::engine {
namespace {

TEST(ImportNumber, KnowsAContentAgain) {
  SeededRandom random(7);
  ledger::AdoptedImports adopted;
  for (int i = 0; i < 200; ++i) {
    const std::string content = "title\n" + std::to_string(i) + "\n";
    EXPECT_FALSE(imported_before(content, adopted));
    const std::uint64_t number = new_import_number(content, adopted, random);
    EXPECT_LE(number, static_cast<std::uint64_t>(kJsonIntegerMax));
    adopted.add(number);
    EXPECT_TRUE(imported_before(content, adopted));
    EXPECT_FALSE(imported_before(content + " ", adopted));
    adopted.add(new_import_number(content, adopted, random));
  }
  EXPECT_EQ(adopted.size(), 400U);
}

}  // namespace
}  // namespace tz::engine
