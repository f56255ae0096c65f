// A short list; what is asked for moves to its front.
#include "http/past_views.h"

#include <algorithm>

namespace tz::http {

Result<PastViews::Found> PastViews::find(const engine::Engine& engine, const engine::AsOf& asked,
                                         Instant now, std::uint64_t records_max) {
  Found out;
  const Outcome done = engine.read([&](journal::Reader& reader) -> Outcome {
    const auto point = TZ_TRY(engine::past_point(asked, engine.published(), now, reader));
    const std::shared_ptr<Kept> kept = kept_for(point);
    const std::lock_guard lock(kept->mutex);
    // Not before it is this one's turn: it must not be older than what was read so far.
    out.now = engine.published();
    const std::uint64_t unread = kept->past.unread(out.now);
    if (unread > records_max)
      return refusal("as_of_too_far", {{"records", std::to_string(unread)},
                                       {"records_max", std::to_string(records_max)}});
    if (kept->failed) return refusal("server_busy");  // whoever asks again begins anew
    const Outcome read = kept->past.read(out.now, reader);
    kept->failed = !read.ok();
    settle(kept, kept->past.row_count(), kept->failed);
    TZ_TRY(read);
    out.then = kept->past.as_it_was(out.now);
    return Done{};
  });
  if (!done.ok()) return done.error();
  return out;
}

std::shared_ptr<PastViews::Kept> PastViews::kept_for(const engine::PastPoint& point) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(places_.begin(), places_.end(),
                                  [&](const Place& place) { return place.point == point; });
  if (found != places_.end()) {
    places_.splice(places_.begin(), places_, found);
  } else {
    auto kept = std::shared_ptr<Kept>(new Kept{{}, engine::Past(point), false});
    places_.push_front({std::move(kept), point, 0});
    if (places_.size() > kKeptMax) places_.pop_back();
  }
  return places_.front().kept;
}

void PastViews::settle(const std::shared_ptr<Kept>& kept, std::size_t row_count, bool failed) {
  const std::lock_guard lock(mutex_);
  std::size_t rows = 0;
  for (auto place = places_.begin(); place != places_.end();) {
    if (place->kept == kept) place->row_count = row_count;
    rows += place->row_count;
    const bool goes = rows > kRowsKeptMax || (failed && place->kept == kept);
    place = goes ? places_.erase(place) : std::next(place);
  }
}

}  // namespace tz::http
