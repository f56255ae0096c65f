// One question, one answer.
#include "taizhang/asking.h"

#include <fmt/core.h>

#include "taizhang/control.h"

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

}  // namespace tz::program
