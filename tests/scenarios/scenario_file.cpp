// Reading lines; which player plays them is the caller's.
#include "scenarios/scenario_file.h"

#include <algorithm>
#include <cstdio>

#include "base/file.h"

namespace tz::test {

namespace {

constexpr std::size_t kFileBytesMax = 1 << 20;

using NewPlayer = std::function<std::unique_ptr<CasePlayer>()>;

// The number of cases without a fault goes to `held`; the faults.
int play(const std::string& path, const NewPlayer& new_player, int& held) {
  const auto text = scenario_text(path);
  if (!text.ok()) return tell(path, text.error().code);
  int faults = 0;
  std::unique_ptr<CasePlayer> player;
  bool broken = false;
  std::size_t number = 0;
  const auto end_case = [&](std::size_t line) {
    if (!player) return;
    if (const Fault wrong = broken ? Fault{} : player->finish())
      faults += tell(path + ":" + std::to_string(line), wrong->what);
    else if (!broken)
      ++held;
  };
  for (const std::string& line : split(*text, '\n')) {
    ++number;
    const bool given = line.starts_with("given ");
    if (given) end_case(number - 1);
    if (given || !player) {
      player = new_player();
      broken = false;
    }
    if (broken) continue;
    const Fault wrong = given ? player->play_up_to(line.substr(6)) : player->play(line);
    if (!wrong) continue;
    faults += tell(path + ":" + std::to_string(number), line + ": " + wrong->what);
    broken = true;
  }
  end_case(number);
  return faults;
}

}  // namespace

Words words_of(std::string_view line) {
  Words out;
  std::string word;
  bool quoted = false;
  bool begun = false;
  for (char c : line) {
    if (c == '"') {
      quoted = !quoted;
      begun = true;
    } else if (c == ' ' && !quoted) {
      if (begun) out.push_back(std::move(word));
      word.clear();
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) out.push_back(std::move(word));
  return out;
}

Words split(std::string_view text, char at) {
  Words out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(at, from), text.size());
    out.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

Result<Given> given_of(const Words& words, std::size_t from) {
  Given given;
  for (std::size_t i = from; i < words.size(); ++i) {
    const std::size_t at = words[i].find('=');
    if (at == std::string::npos ||
        !given.emplace(words[i].substr(0, at), words[i].substr(at + 1)).second)
      return refusal("scenario_key", {{"word", words[i]}});
  }
  return given;
}

std::string taken(Given& given, const std::string& key) {
  const auto found = given.find(key);
  if (found == given.end()) return {};
  std::string value = std::move(found->second);
  given.erase(found);
  return value;
}

Result<std::string> scenario_text(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kFileBytesMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return std::string(as_text(file->bytes));
}

int tell(const std::string& where, const std::string& what) {
  std::printf("%s: %s\n", where.c_str(), what.c_str());
  return 1;
}

int play_files(const std::string& folder, const std::vector<std::string>& files,
               const NewPlayer& new_player) {
  int faults = 0;
  int held = 0;
  for (const std::string& file : files) faults += play(folder + "/" + file, new_player, held);
  std::printf("%zu scenarios, %d cases hold, %d faults\n", files.size(), held, faults);
  return faults == 0 ? 0 : 1;
}

}  // namespace tz::test
