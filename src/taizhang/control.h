// Beside a running server, commands that write go through DIR/control.sock; without one they open
// the ledger themselves.
#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/operations.h"

namespace tz::program {

// Listens on DIR/control.sock (mode 0600: whoever may open it owns the ledger's files anyway) and
// does one operation a connection, one after another, on a thread of its own.
class ControlServer {
 public:
  static Result<std::unique_ptr<ControlServer>> start(OpenLedger& ledger);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  struct Inside;
  explicit ControlServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

// Has the operation done by the server of that folder, or in process where none runs.
Result<Json> ask(const std::string& folder, const Json& operation, const Progress& progress);

}  // namespace tz::program
