// The table of routes: which request goes to which handler, and which right it takes.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/call.h"

namespace tz::http {

enum class Takes { Nothing, Json, File, Form };

struct Route {
  std::string_view pattern;  // "/api/v1/items/{no}"; "{path*}" at the end takes what is left
  std::string_view method;
  ledger::Right right = ledger::Right::ItemRead;  // its row in policy/policy.yaml says who may
  Takes takes = Takes::Nothing;
  Handler handler = nullptr;
};

// Sorted by pattern and method; "{" sorts after letters, so that a word goes before a name.
std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;  // null: no route has that path, or none with that method
  std::vector<std::string> params;
  // Where there is no route: the methods that path has, e.g. "GET, POST"; empty: no such path.
  std::string allowed;
};
// HEAD is answered as GET. A route that does not stand in this ledger is as if it were not in the
// table.
using Stands = std::function<bool(const Route&)>;
Match find_route(std::string_view method, const std::vector<std::string>& segments,
                 const Stands& stands = {});

}  // namespace tz::http
