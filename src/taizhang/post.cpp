// taizhang post add, end, list.
#include <fmt/core.h>

#include <charconv>

#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {

int run_post_add(const PostOptions& options, const Speech& speech) {
  Json operation = about_account("post_add", options.name);
  operation.set("unit", options.unit).set("role", options.role);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.post.added", {{"name", options.name}, {"post", answer.find("post")->dump()}});
  });
}

int run_post_end(const PostOptions& options, const Speech& speech) {
  std::int64_t post = 0;
  const char* end = options.post.data() + options.post.size();
  const auto read = std::from_chars(options.post.data(), end, post);
  if (read.ec != std::errc{} || read.ptr != end || post < 1)
    return speech.misuse("usage.value_wrong",
                         {{"option", "POST"}, {"help", "taizhang post end --help"}});
  Json operation;
  operation.set("do", "post_end").set("post", post);
  return ask_and_print(options.folder, operation, speech, [&](const Json&) {
    speech.say("cli.post.ended", {{"post", options.post}});
  });
}

int run_post_list(const PostOptions& options, const Speech& speech) {
  return ask_and_print(
      options.folder, about_account("post_list", options.name), speech, [&](const Json& answer) {
        for (const Json& post : *answer.find("posts")->as_array()) {
          const std::string* to = post.find("to")->as_text();
          fmt::print("{:>6}  {}  {} {}  {} – {}\n", *post.find("post")->as_int(),
                     speech.word("role." + *post.find("role")->as_text()),
                     *post.find("unit")->as_text(), *post.find("unit_name")->as_text(),
                     *post.find("from")->as_text(), to == nullptr ? "" : *to);
        }
      });
}

}  // namespace tz::program
