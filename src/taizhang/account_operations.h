// What commands ask about accounts, posts and tokens of an open ledger.
#pragma once

#include <optional>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

// None where the operation is no such. Each names an account by its name, but for post_end.
//   account_add      name, unit, role, password -> account, name
//   account_bind     name, subject, keep_password -> name    to the identity provider's subject
//   account_disable  name -> name, sessions     its sessions end; its tokens do not hold
//   account_enable   name -> name
//   account_erase    name, reason -> account    its posts end; for good
//   account_list     -> accounts: [{name, disabled, locked_minutes, tokens, posts: [{post, unit,
//                       unit_name, role, from, to}]}], posts of today
//   account_password name, password -> name, sessions    its sessions end, and so does a lock
//   account_unbind   name -> name               its sessions end
//   account_unlock   name -> name
//   post_add         name, unit, role -> post
//   post_end         post -> post               from tomorrow on
//   post_list        name -> posts: [{post, unit, unit_name, role, from, to, for}], ended ones too;
//                       `for` is the post in whose place he acts
//   token_add        name, label -> token
//   token_list       name -> tokens: [{token, label, opened}], where token is what token_revoke
//   takes token_revoke     name, token -> token
// Refuses `account_unknown`, `account_erased`, `erasure_reason_bad`, `post_none`, `token_none` and
// what the ledger refuses.
std::optional<Result<Json>> operate_on_accounts(OpenLedger& ledger, const Json& operation);

}  // namespace tz::program
