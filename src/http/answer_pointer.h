// Which values of an answer somebody means: JSON pointers that reach into lists.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"

namespace tz::http {

// pointer = *( "/" step ), each taking the values that the one before gave, at first the answer:
//   name        of each object its member of that name, where it has one
//   *           of each list its elements
//   name=text   of each list those elements, and of the rest those objects, whose member is that
//               text, number, true, false or null
//   #           how many there are: one number
//   ##          how many different ones
// What a step does not fit gives nothing.
std::vector<Json> values_at(const Json& answer, std::string_view pointer);

}  // namespace tz::http
