// Bytes are counted from before a file comes until an act names it, or until it is old.
#include "http/uploads.h"

#include <algorithm>

namespace tz::http {
void Uploads::forget_old(Mine& mine, Instant now) {
  std::erase_if(mine.files, [&](const auto& each) {
    const File& file = each.second;
    if (now < file.until) return false;
    mine.bytes -= file.bytes;
    if (!file.named) --mine.waiting;
    return true;
  });
}

Outcome Uploads::begin(AccountId account, std::uint64_t bytes, Instant now) {
  const std::lock_guard lock(mutex_);
  Mine& mine = mine_[account];
  forget_old(mine, now);
  const bool room =
      mine.waiting < limits_.files && bytes <= limits_.bytes && mine.bytes <= limits_.bytes - bytes;
  if (!room)
    return refusal("uploads_too_many", {{"bytes_max", std::to_string(limits_.bytes)},
                                        {"count_max", std::to_string(limits_.files)}});
  mine.bytes += bytes;
  ++mine.waiting;
  return Done{};
}

void Uploads::settle(AccountId account, std::uint64_t bytes, const std::optional<Hash>& file,
                     Instant now) {
  const std::lock_guard lock(mutex_);
  Mine& mine = mine_.at(account);
  const Instant until{now.us + limits_.days * kDayUs};
  if (file && mine.files.try_emplace(*file, File{bytes, until, false}).second) return;
  mine.bytes -= bytes;
  --mine.waiting;
  if (file) mine.files.at(*file).until = std::max(mine.files.at(*file).until, until);
  if (mine.files.empty() && mine.waiting == 0) mine_.erase(account);
}

bool Uploads::has(AccountId account, const Hash& file, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto mine = mine_.find(account);
  if (mine == mine_.end()) return false;
  const auto found = mine->second.files.find(file);
  return found != mine->second.files.end() && now < found->second.until;
}

void Uploads::named(AccountId account, const Hash& file, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto mine = mine_.find(account);
  if (mine == mine_.end()) return;
  const auto found = mine->second.files.find(file);
  if (found == mine->second.files.end() || found->second.named) return;
  mine->second.bytes -= found->second.bytes;
  --mine->second.waiting;
  found->second = {0, Instant{now.us + kDayUs}, true};
}

}  // namespace tz::http
