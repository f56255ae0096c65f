// The key of accounts, keys/accounts.key: made, found, renewed.
#pragma once

#include <string>

#include "access/sealing.h"
#include "base/random.h"
#include "base/result.h"
#include "journal/journal.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// The key that secrets of second factors and contacts are sealed under, made where there is none.
// Where a renewal was broken off, the rows say whether it took place: it is ended or forgotten.
// Fails with `keys_unreadable` (fact: path) for a file that is no key or that others may read.
Result<access::SecretKey> account_key(const std::string& folder, journal::Reader& reader,
                                      Random& random);

// Seals all that lies under the key of accounts under a new one, in one transaction, and destroys
// the old one. Gives how many rows that were. Refuses `keys_accounts_served` where a server is
// running: somebody may be changing what is sealed.
Result<std::uint64_t> renew_account_key(OpenLedger& ledger);

}  // namespace tz::program
