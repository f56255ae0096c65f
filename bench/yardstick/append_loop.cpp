// Yardstick: appends 4 KiB to a file and waits for fdatasync, again and again; prints the rate.
//
//   append_loop FILE SECONDS
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int fd = ::open(argv[1], O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (fd < 0) return 1;
  const std::vector<char> block(4096, 'x');
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  long count = 0;
  int duration = 0;
  const char* end = argv[2] + std::strlen(argv[2]);
  if (std::from_chars(argv[2], end, duration).ptr != end) return 2;
  for (; seconds() < duration; ++count)
    if (::write(fd, block.data(), block.size()) != 4096 || ::fdatasync(fd) != 0) return 1;
  std::printf("%.0f\n", static_cast<double>(count) / seconds());
  ::close(fd);
  ::unlink(argv[1]);
  return 0;
}
