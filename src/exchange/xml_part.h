// Reading one XML part of a spreadsheet with expat: names without namespaces, no DOCTYPE.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/archive.h"

namespace tz::exchange {

// The attributes of an element, valid while its begin() runs.
class Attributes {
 public:
  explicit Attributes(const char* const* pairs) : pairs_(pairs) {}
  // By its name without namespace: "id" of r:id. None if it is not there.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

 private:
  const char* const* pairs_;  // name, value, name, value, …, null
};

// What is done with a part's elements and text. An error ends the reading.
class PartReader {
 public:
  virtual ~PartReader() = default;
  virtual Outcome begin(std::string_view name, const Attributes& attributes) = 0;
  virtual Outcome end(std::string_view name) = 0;
  virtual Outcome text(std::string_view text) = 0;  // in pieces
};

// Refuses as Archive::read does; and `xlsx_doctype` (fact: part) for a document type, and with it
// every entity of its own; `xlsx_damaged` for what is not well-formed; `table_too_large` (what:
// token_bytes, depth); and what the reader refuses.
Outcome read_part(Archive& archive, const std::string& part, const XlsxLimits& limits,
                  PartReader& reader);

}  // namespace tz::exchange
