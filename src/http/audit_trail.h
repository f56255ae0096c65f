// What the door writes into the audit log of a request: which it must, and before what.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit_log.h"
#include "base/time.h"
#include "http/call.h"
#include "http/message.h"

namespace tz::http {

// No: tells nobody's business. Soon: its row is written before the answer goes out, and is on the
// disk a second later; so are readings, and what the journal has on the disk anyway. AtOnce: its
// row is on the disk before the answer goes out.
enum class Recorded { No, Soon, AtOnce };

struct AuditedRoute {
  std::string_view pattern;
  std::string_view method;
  std::string_view act;
  Recorded recorded = Recorded::AtOnce;
};

// Every route that needs an account stands here, and some others (a test holds them together).
const AuditedRoute* audited_route(std::string_view pattern, std::string_view method);

// What the request is about: the item's number, a unit's code, the first digits of a file's hash.
std::string subject_of(const Call& call);

// Any thread.
class AuditTrail {
 public:
  AuditTrail(access::AuditLog& log, Clock& clock) : log_(log), clock_(clock) {}

  struct Entry {
    Recorded recorded = Recorded::No;
    bool held = false;  // room for its row
    access::AuditRow row;
    std::shared_ptr<AuditNote> note;  // what the handler knows better
  };

  // Before anything is done for the request. Fails with `audit_full` or `audit_failed`: then it
  // must not be done.
  Outcome begin(Entry& entry);
  // Writes what came of it and then gives the answer on, or an error where that failed.
  void conclude(Entry entry, Answer answer, std::function<void(Answer)> then);

 private:
  // Strangers' refusals are free to make: beyond so many a minute they are counted, not listed.
  bool may_list_stranger();

  access::AuditLog& log_;
  Clock& clock_;
  std::mutex mutex_;  // guards all below
  std::int64_t minute_ = 0;
  std::uint64_t listed_ = 0;
  std::uint64_t passed_over_ = 0;
};

}  // namespace tz::http
