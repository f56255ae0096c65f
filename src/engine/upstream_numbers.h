// By which numbers sources know what they found: read from the items' sealed texts.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/sealing.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/numbers_read.h"
#include "ledger/item_file.h"
#include "ledger/item_row.h"

namespace tz::engine {

// The marks (engine/numbers_read.h) of these items' numbers, as corrections and further sources
// have left them; of several items with one number, the first given. What has left the list has
// none, unless it is dealt with in another item. The caller has checked who may read the items.
// Reads from the disk what was not read before. Any thread.
using UpstreamNumbers = std::map<Hash, ledger::ItemNo>;
Result<UpstreamNumbers> upstream_numbers(const Engine& engine, const access::Keyring& keyring,
                                         std::span<const ledger::ItemRow> rows);

// Those of what inspections found, source by source as they are asked for; `rows` gives the items
// of a source that whoever asks may read.
class KnownNumbers {
 public:
  using Rows = std::function<std::vector<ledger::ItemRow>(std::string_view source)>;
  KnownNumbers(const Engine& engine, const access::Keyring& keyring, Rows rows)
      : engine_(engine), keyring_(keyring), rows_(std::move(rows)) {}

  std::optional<ledger::ItemNo> find(const ledger::UpstreamNumber& number);
  // Why some could not be read; with an error, what find() says is not to be relied on.
  [[nodiscard]] Outcome outcome() const { return outcome_; }

 private:
  const Engine& engine_;
  const access::Keyring& keyring_;
  const Rows rows_;
  std::map<std::string, UpstreamNumbers, std::less<>> by_source_;
  Outcome outcome_ = Done{};
};

// How many items of one source are looked at, the newest first.
constexpr std::size_t kNumbersReadMax = 100'000;

}  // namespace tz::engine
