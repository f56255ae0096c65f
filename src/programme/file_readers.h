// The readers of files that the ledger needs when it decides and when it replays.
#pragma once

#include "ledger/state.h"
#include "programme/catalogue_file.h"
#include "programme/flow_file.h"
#include "programme/programme_file.h"

namespace tz::programme {

inline ledger::FileReaders file_readers() { return {&read_flow, &read_programme, &read_catalogue}; }

}  // namespace tz::programme
