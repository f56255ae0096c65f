// How owners of accounts are reached: sealed under the key of accounts.
#include "access/accounts.h"

namespace tz::access {
namespace {

// What was sealed for one account opens for no other.
Bytes contact_place(AccountId account) {
  Bytes place;
  ByteWriter out(place);
  out.raw(as_bytes("taizhang contact"));
  out.u64(account.value);
  return place;
}

}  // namespace

Bytes Accounts::seal_contact(AccountId account, std::string_view text, Random& random) const {
  return seal(text, key_, contact_place(account), random).ciphertext;
}

Result<std::string> Accounts::open_contact(AccountId account, BytesView sealed) const {
  return TZ_TRY(unseal(sealed, key_, contact_place(account))).text;
}

}  // namespace tz::access
