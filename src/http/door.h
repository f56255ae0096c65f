// The door: takes a request to its route and its answer back. Knows no socket.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/sealed_trees.h"
#include "http/address_limit.h"
#include "http/audit_trail.h"
#include "http/call.h"
#include "http/context.h"
#include "http/message.h"
#include "http/metrics.h"
#include "http/one_each.h"
#include "http/past_views.h"
#include "http/places.h"
#include "http/routes.h"
#include "http/search_feed.h"
#include "http/stream_hub.h"
#include "http/uploads.h"
#include "http/workers.h"

namespace tz::http {

struct DoorLimits {
  std::size_t stranger_body_bytes = 16 << 10;  // from whom no account is known
  std::size_t body_bytes = 1 << 20;
  std::size_t evidence_bytes = (std::size_t{20} << 20) + (64 << 10);  // the file, and some slack
  std::size_t readers = 2;
  std::size_t readers_queue = 1024;
  std::size_t passwords = 2;
  std::size_t passwords_queue = 64;
  std::size_t tables = 2;  // exports and imports at once; each may hold some 200 MB
  std::size_t tables_queue = 8;
  std::size_t searches = 1;
  std::size_t searches_queue = 128;
  std::size_t pasts = 1;  // questions about the past, of those who have signed in
  std::size_t pasts_queue = 64;
  std::size_t streams = 1000;
  std::size_t streams_of_account = 12;
  std::size_t requests_of_account = 64;  // at once
  // At once, of one address without an account: fewer than wait in any queue above.
  std::size_t requests_of_address = 48;
  Uploads::Limits uploads{};
  std::size_t form_bytes = 32 << 10;       // of a page without script
  std::uint32_t reports_an_hour = 20;      // from one address
  std::uint32_t wrong_codes_an_hour = 30;  // from one address
  std::size_t outgoing = 2;
  std::size_t outgoing_queue = 64;
  std::uint32_t sign_ins_an_hour = 600;  // at the identity provider; an office has one address
};

class Door : public std::enable_shared_from_this<Door> {
 public:
  // Listens to the context's engine for what it publishes.
  static std::shared_ptr<Door> open(Context& context, const DoorLimits& limits = {});
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // Any thread; answers once, there or on another thread.
  void handle(Request request, const Responder& respond);
  // How large a body this request may have, by its head alone.
  [[nodiscard]] std::size_t body_bytes_max(const Request& head);
  // The answer to what could not be read as a request.
  [[nodiscard]] Response refuse(const Error& error, const Request& head);

  Metrics& metrics() { return metrics_; }
  // Ends streams and threads after what they have begun.
  void stop();

 private:
  struct Asked;  // what the answer is finished with
  Door(Context& context, const DoorLimits& limits);
  Outcome take_place(Asked& asked, const std::optional<Caller>& caller);
  Result<CallRef> admit(Request& request, Asked& asked);
  [[nodiscard]] Match find(const Request& request, const Target& target) const;
  std::string next_request_id();
  Answer refused(const Error& error, const Request& request);
  Response finish(Answer answer, const Asked& asked);
  // What is known of a request for the audit log, whether or not it was let in.
  void describe(Asked& asked, const std::optional<Caller>& caller);

  Context& context_;
  const DoorLimits limits_;
  Metrics metrics_;
  AuditTrail trail_;
  Workers readers_;
  Workers passwords_;
  Workers tables_;
  Workers searches_;
  Workers past_readers_;
  PastViews pasts_;
  std::unique_ptr<StreamHub> streams_;
  std::unique_ptr<SearchFeed> search_;
  std::atomic<std::size_t> big_bytes_{0};
  AddressLimit reports_;
  AddressLimit codes_;
  Workers outgoing_;
  AddressLimit sign_ins_;
  Places<AccountId> requests_;
  Places<std::string> strangers_;  // by household
  Uploads uploads_;
  engine::SealedTrees sealed_trees_;
  OneEach importing_;
  OneEach exporting_;
  std::atomic<std::uint32_t> next_id_{0};
  std::uint32_t id_prefix_ = 0;
};

}  // namespace tz::http
