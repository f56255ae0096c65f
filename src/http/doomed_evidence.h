// Destroys the files of evidence that was redacted.
#pragma once

#include "engine/engine.h"
#include "evidence/store.h"

namespace tz::http {

// Destroys every file that a redaction noted and that no item carries any more; a file that another
// item carries stays. What fails stays noted, to be tried again: after the next redaction, and when
// the program starts. Reads all records if there is such a file. Waits; not on the engine's thread.
Outcome destroy_doomed(engine::Engine& engine, evidence::Store& store);

}  // namespace tz::http
