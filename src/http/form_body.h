// What a page without script sends: application/x-www-form-urlencoded, taken apart strictly.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tz::http {

constexpr std::size_t kFormFieldsMax = 32;

// body  = [ field *( "&" field ) ]
// field = name "=" value                 "+" is a space, "%" two hexadecimal digits
//
// Values are UTF-8; ends of lines become LF. Each name stands once and has 1 to 32 of a-z and _.
// Refuses `form_bad` (fact: why, one of percent, encoding, control, name, twice, count).
using Form = std::map<std::string, std::string, std::less<>>;
Result<Form> read_form(std::string_view body);

// Empty where it was not sent.
std::string value_of(const Form& form, std::string_view name);

}  // namespace tz::http
