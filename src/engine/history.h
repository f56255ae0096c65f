// What happened to an item, for readers: its records with their texts opened, oldest first.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/sealing.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/replay.h"

namespace tz::engine {

struct HistoryEntry {
  journal::Record record;
  ledger::DecodedEvent event;
  std::vector<std::optional<std::string>> texts;  // by label; none: destroyed
  Hash leaf{};                                    // leaf hash, for its proof
  std::vector<bool> withheld{};   // which texts the reader may not see; empty: none of them
  bool payload_withheld = false;  // what it says plainly is not for the reader either
};

// All records of an item. The caller has checked who may read it. Refuses `item_unknown`.
Result<std::vector<HistoryEntry>> history(const Engine& engine, const access::Keyring& keyring,
                                          ledger::ItemNo no);

// The texts of one record, by label; none: destroyed. The caller has checked who may read them.
Result<std::map<std::string, std::optional<std::string>>> texts_of(const Engine& engine,
                                                                   const access::Keyring& keyring,
                                                                   Seq record);

// Records from `after` + 1 on, in commit order, without texts; at most `count_max`.
Result<std::vector<OpenedRecord>> records_from(const Engine& engine, Seq from,
                                               std::size_t count_max);

// What an item's texts are, as corrections have left them; none where there is none, or where the
// newest was destroyed.
struct CurrentTexts {
  std::optional<std::string> title;
  std::optional<std::string> description;
  std::optional<std::string> upstream_no;
  std::optional<std::string> source_doc;
  std::optional<std::string> target;  // of a finding, and how its list says that it is reached
  std::optional<std::string> key_measures;
  std::optional<std::string> remark;
  // Of the assignment that stands.
  std::optional<std::string> lead_official;
  std::optional<std::string> responsible_person;
};
CurrentTexts current_texts(const std::vector<HistoryEntry>& entries);

}  // namespace tz::engine
