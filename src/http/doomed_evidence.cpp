// File by file: look whether it is carried, destroy it, forget it.
#include "http/doomed_evidence.h"

#include "engine/doomed_files.h"

namespace tz::http {

Outcome destroy_doomed(engine::Engine& engine, evidence::Store& store) {
  for (const Hash& sha256 : TZ_TRY(engine::doomed_files(engine))) {
    if (!TZ_TRY(engine::still_carried(engine, sha256))) TZ_TRY(store.destroy(sha256));
    TZ_TRY(engine::forget_doomed(engine, sha256));
  }
  return Done{};
}

}  // namespace tz::http
