// Giving a letter to a mail server or a gateway. Beside http/outgoing.h the one place from which
// this program asks another machine; only where the ledger's settings lead.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace tz::notify {

// How the way to a mail server is kept private.
enum class Security : std::uint8_t {
  StartTls,  // begins in the clear and goes on under TLS, or not at all
  Tls,       // from the first byte
  None,      // within this machine alone
};

struct MailServer {
  std::string host;
  std::uint16_t port = 587;
  Security security = Security::StartTls;
  std::string user;      // empty: it takes mail without one
  std::string password;  // of that user
  std::string from;      // the sender's address
  std::string ca_file;   // who is trusted to name servers; empty: whom the machine trusts
};

struct Gateway {
  std::string address;  // https, or http within this machine
  std::string secret;   // both sides know it
  std::string ca_file;
};

constexpr long kTransportMsMax = 20'000;

// A slow server is given up as soon as `stopping` is set. Waits; any thread.
//
// Both fail with `letter_away` (facts: why, status?) where it is worth trying again, and refuse
// `letter_refused` (facts: why, status?) where the other side will have none of it; `why` names no
// address.
Outcome send_mail(const MailServer& server, const std::string& to, const std::string& mail,
                  const std::atomic<bool>& stopping);
struct GatewayCall {
  std::string id;         // X-Taizhang-Id
  std::string timestamp;  // X-Taizhang-Timestamp
  std::string body;
};
Outcome call_gateway(const Gateway& gateway, const GatewayCall& call,
                     const std::atomic<bool>& stopping);

}  // namespace tz::notify
