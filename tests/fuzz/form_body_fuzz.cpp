// Any bytes as a form's body: what is accepted is clean, and says the same when written anew.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/csv.h"
#include "http/form_body.h"
#include "percent.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto form = tz::http::read_form(tz::as_text({data, size}));
  if (!form.ok()) return 0;
  TZ_ASSERT(form->size() <= tz::http::kFormFieldsMax);
  std::string again;
  for (const auto& [name, value] : *form) {
    TZ_ASSERT(tz::valid_utf8(value));
    TZ_ASSERT(value.find('\r') == std::string::npos);
    TZ_ASSERT(value.find('\0') == std::string::npos);
    again += (again.empty() ? "" : "&") + name + "=" + tz::fuzz::encoded(value);
  }
  const auto read_again = tz::http::read_form(again);
  TZ_ASSERT(read_again.ok());
  TZ_ASSERT(*read_again == *form);
  return 0;
}
