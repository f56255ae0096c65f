// What a community may be made to lead: lists by division, as adopted by the ledger.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "calendar/notice.h"

namespace tz::ledger {

// One listed matter. Where a division has no row for a kind on a day, nothing is kept from its
// communities.
struct ListedDuty {
  calendar::Region division;  // where it holds
  std::string kind;
  std::string category;
  std::optional<Day> from;
  std::optional<Day> to;
  std::string basis;  // the article
};

class DutyList {
 public:
  // The first row names the columns: division,kind,category,from,to,basis. Refuses as
  // calendar::Rules::parse.
  static Result<DutyList> parse(std::string_view text);

  struct Question {
    std::string kind;
    std::string category;
    calendar::Region region;
    Day day;
  };
  // Whether a community there may lead it: by the list of the smallest division that has one.
  [[nodiscard]] bool lets_lead(const Question& question) const;
  [[nodiscard]] const std::vector<ListedDuty>& all() const { return rows_; }

 private:
  std::vector<ListedDuty> rows_;
};

}  // namespace tz::ledger
