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

Result<Bytes> Accounts::contact_under(const SecretKey& next, AccountId account, BytesView sealed,
                                      Random& random) const {
  const std::string text = TZ_TRY(open_contact(account, sealed));
  return seal(text, next, contact_place(account), random).ciphertext;
}

}  // namespace tz::access
