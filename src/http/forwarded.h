// Where a request comes from and how, told by a proxy in front where there is one.
#pragma once

#include <string>
#include <vector>

#include "http/message.h"

namespace tz::http {

// `proxies` are the addresses of those that are believed, or "local" for the ledger's own socket.
bool believed(const Request& request, const std::vector<std::string>& proxies);

// The other side's address, or what a proxy that is believed says in X-Forwarded-For.
std::string address_of(const Request& request, const std::vector<std::string>& proxies);

// Whether the browser speaks TLS: with us, or with a proxy that is believed and says so in
// X-Forwarded-Proto.
bool over_tls(const Request& request, const std::vector<std::string>& proxies);

}  // namespace tz::http
