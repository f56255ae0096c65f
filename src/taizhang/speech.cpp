// Printing sentences, errors and progress.
#include <fmt/core.h>
#include <unistd.h>

#include "taizhang/commands.h"

namespace tz::program {
namespace {

Json facts_json(const Facts& facts) {
  Json out{JsonObject{}};
  for (const auto& [name, value] : facts)
    if (out.find(name) == nullptr) out.set(name, value);
  return out;
}

void print_error(Json error) {
  Json out;
  out.set("error", std::move(error));
  fmt::print("{}\n", out.dump());
}

}  // namespace

std::string Speech::word(std::string_view key, const Facts& facts) const {
  return Messages::of(language).text(key, facts);
}

void Speech::say(std::string_view key, const Facts& facts) const {
  fmt::print("{}\n", word(key, facts));
}

void Speech::banner(const ledger::Genesis& genesis) const {
  if (genesis.simulated) fmt::print(stderr, "{}\n", word("cli.simulated"));
}

Json Speech::error_json(const Error& error) const {
  Json out;
  out.set("code", error.code).set("failure", error.error_class == ErrorClass::Failure);
  out.set("facts", facts_json(error.facts));
  out.set("sentence", Messages::of(language).text(error));
  return out;
}

int Speech::refuse(const Error& error) const {
  if (json)
    print_error(error_json(error));
  else
    fmt::print(stderr, "taizhang: {} ({})\n", Messages::of(language).text(error), error.code);
  return 1;
}

int Speech::misuse(std::string_view key, const Facts& facts) const {
  if (json) {
    Json error;
    error.set("code", "usage").set("failure", false).set("facts", facts_json(facts));
    print_error(std::move(error.set("sentence", word(key, facts))));
  } else {
    fmt::print(stderr, "taizhang: {}\n", word(key, facts));
  }
  return 2;
}

void Speech::progress(std::uint64_t done, std::uint64_t of) const {
  if (of == 0 || ::isatty(STDERR_FILENO) == 0) return;
  constexpr std::uint64_t kWidth = 30;
  const std::uint64_t filled = done * kWidth / of;
  fmt::print(stderr, "\r[{}{}] {}/{}{}", std::string(filled, '#'),
             std::string(kWidth - filled, '.'), done, of, done == of ? "\n" : "");
}

}  // namespace tz::program
