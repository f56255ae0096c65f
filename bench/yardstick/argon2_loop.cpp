// Yardstick: verifies a password against its Argon2id hash (2 passes over 64 MiB, libsodium), again
// and again on so many threads; prints the rate.
//
//   argon2_loop THREADS SECONDS
#include <sodium.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

constexpr char kPassword[] = "correct-horse-42";

bool number(const char* text, int& out) {
  const char* end = text + std::strlen(text);
  return std::from_chars(text, end, out).ptr == end && out > 0;
}

}  // namespace

int main(int argc, char** argv) {
  int threads = 0;
  int duration = 0;
  if (argc != 3 || !number(argv[1], threads) || !number(argv[2], duration)) return 2;
  if (sodium_init() < 0) return 1;
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(hash, kPassword, sizeof kPassword - 1, 2, std::size_t{64} << 20) != 0)
    return 1;
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::atomic<long> count{0};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      for (; seconds() < duration; ++count)
        if (crypto_pwhash_str_verify(hash, kPassword, sizeof kPassword - 1) != 0) std::abort();
    });
  for (std::thread& one : all) one.join();
  std::printf("%.3f\n", static_cast<double>(count) / seconds());
  return 0;
}
