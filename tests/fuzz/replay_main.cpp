// Runs a fuzz target without a fuzzer: its corpus, then mutations of it drawn from a seed.
//
//   fuzz_replay_x CORPUS_FOLDER [SEED [MUTATIONS]]
//
// A bug stops the process, as in libFuzzer; the input it stopped at is written out first.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kMutations = 2000;
constexpr std::size_t kInputBytesMax = 128 << 10;

// What the signal handler needs: the input that runs now.
const tz::Bytes* running = nullptr;

void write_running(int signal_number) {
  static constexpr char kDigits[] = "0123456789abcdef";
  constexpr std::string_view kTitle = "fuzz replay: stopped at this input (hexadecimal):\n";
  ssize_t written = write(STDERR_FILENO, kTitle.data(), kTitle.size());
  if (running != nullptr) {
    for (const std::uint8_t byte : *running) {
      const char pair[] = {kDigits[byte >> 4], kDigits[byte & 15]};
      written = write(STDERR_FILENO, pair, sizeof pair);
    }
  }
  written = write(STDERR_FILENO, "\n", 1);
  static_cast<void>(written);
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

void run(const tz::Bytes& input) {
  running = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
  running = nullptr;
}

std::vector<tz::Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code fault;
  for (std::filesystem::directory_iterator at(folder, fault), end; !fault && at != end;
       at.increment(fault))
    if (at->is_regular_file()) paths.push_back(at->path());
  std::sort(paths.begin(), paths.end());  // the folder's own order differs by machine
  std::vector<tz::Bytes> corpus;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

// Changes `input` in one place: what a decoder's bounds and comparisons turn on.
void mutate(tz::Bytes& input, const std::vector<tz::Bytes>& corpus, tz::Random& random) {
  static constexpr std::uint8_t kTelling[] = {0, 1, 9, 10, 32, 43, 46, 47, 48, 127, 128, 255};
  const auto below = [&](std::size_t bound) { return random.next_u64() % bound; };
  const auto place = [&](std::size_t at) {
    return input.begin() + static_cast<std::ptrdiff_t>(at);
  };
  const std::uint8_t telling = kTelling[below(sizeof kTelling)];
  const std::size_t at = below(input.size() + 1);
  if (input.empty()) {
    input.push_back(telling);
    return;
  }
  std::uint8_t& byte = input[std::min(at, input.size() - 1)];
  const std::size_t count = std::min<std::size_t>(1 + below(16), input.size() - at);
  switch (below(8)) {
    case 0:
      byte = static_cast<std::uint8_t>(byte ^ (1U << below(8)));
      break;
    case 1:
      byte = telling;
      break;
    case 2:
      byte = static_cast<std::uint8_t>(below(256));
      break;
    case 3:
      input.insert(place(at), telling);
      break;
    case 4:
      input.erase(place(at), place(at + count));
      break;
    case 5:
      input.resize(at);
      break;
    case 6: {  // a piece of itself, once more
      const tz::Bytes piece(place(at), place(at + count));
      input.insert(place(below(input.size() + 1)), piece.begin(), piece.end());
      break;
    }
    default: {  // its beginning, and another's end
      const tz::Bytes& other = corpus[below(corpus.size())];
      input.resize(at);
      const auto from = static_cast<std::ptrdiff_t>(below(other.size() + 1));
      input.insert(input.end(), other.begin() + from, other.end());
    }
  }
  if (input.size() > kInputBytesMax) input.resize(kInputBytesMax);
}

std::uint64_t argument(int count, char** values, int index, std::uint64_t otherwise) {
  if (index >= count) return otherwise;
  const std::string_view text = values[index];
  std::uint64_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

int main(int count, char** values) {
  if (count < 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER [SEED [MUTATIONS]]\n", values[0]);
    return 2;
  }
  const std::uint64_t seed = argument(count, values, 2, kSeed);
  const std::uint64_t mutations = argument(count, values, 3, kMutations);
  const std::vector<tz::Bytes> corpus = read_corpus(values[1]);
  std::fprintf(stderr, "fuzz replay: %zu files, %llu mutations, seed %llu\n", corpus.size(),
               static_cast<unsigned long long>(mutations), static_cast<unsigned long long>(seed));
  if (corpus.empty()) {
    std::fprintf(stderr, "fuzz replay: no files in %s\n", values[1]);
    return 1;
  }
  std::signal(SIGABRT, write_running);
  std::signal(SIGSEGV, write_running);
  run({});
  for (const tz::Bytes& input : corpus) run(input);
  tz::SeededRandom random(seed);
  for (std::uint64_t i = 0; i < mutations; ++i) {
    tz::Bytes input = corpus[random.next_u64() % corpus.size()];
    for (std::uint64_t changes = 1 + random.next_u64() % 4; changes > 0; --changes)
      mutate(input, corpus, random);
    run(input);
  }
  return 0;
}
