// One question, one answer.
#include "taizhang/asking.h"

#include <fmt/core.h>

#include "taizhang/control.h"
#include "taizhang/file_check.h"
#include "taizhang/password.h"
#include "taizhang/reading.h"

namespace tz::program {

Json about_account(const char* what, const std::string& name) {
  Json operation;
  operation.set("do", what).set("name", name);
  return operation;
}

int ask_and_print(const std::string& folder, const Json& operation, const Speech& speech,
                  const std::function<void(const Json& answer)>& print) {
  const Result<Json> answer = ask(folder, operation, {});
  if (!answer.ok()) return speech.refuse(answer.error());
  if (speech.json)
    fmt::print("{}\n", answer->dump());
  else
    print(*answer);
  return 0;
}

Result<Json> operation_by_token(const char* what, const std::string& file,
                                const std::string& token_file) {
  const std::string body = file.empty() ? "{}" : TZ_TRY(text_of(file));
  TZ_TRY(parse_json(body));  // what is wrong with it need not be sent to a ledger
  Json out;
  out.set("do", what).set("body", body).set("bearer", TZ_TRY(given_secret(token_file)));
  return out;
}

int print_read(const std::string& folder, const Speech& speech,
               const std::function<Result<std::string>(const ReadLedger& read)>& text) {
  const auto read = read_ledger(folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  const Result<std::string> out = text(**read);
  if (!out.ok()) return speech.refuse(out.error());
  speech.banner((*read)->world.state.genesis);
  fmt::print("{}", *out);
  return 0;
}

}  // namespace tz::program
