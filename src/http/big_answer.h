// Large answers held in memory until they are sent, counted together and bounded.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "http/message.h"

namespace tz::http {

constexpr std::size_t kBigBytesMax = std::size_t{256} << 20;

// Room for so many bytes, given back when the last copy goes; null pointer where there is none.
using HeldBytes = std::shared_ptr<void>;
inline HeldBytes hold_bytes(std::atomic<std::size_t>& held, std::size_t bytes) {
  if (held.fetch_add(bytes) + bytes > kBigBytesMax) {
    held -= bytes;
    return nullptr;
  }
  return {&held, [bytes](std::atomic<std::size_t>* count) { *count -= bytes; }};
}

// Counts the answer's body, which is there already, until it is sent.
inline void count_body(std::atomic<std::size_t>& held, Response& response) {
  held += response.body.size();
  response.held = {&held, [size = response.body.size()](auto* count) { *count -= size; }};
}

}  // namespace tz::http
