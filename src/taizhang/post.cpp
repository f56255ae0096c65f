// taizhang post acting, add, end, handover, list.
#include <fmt/core.h>

#include <charconv>

#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {
namespace {

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 1) return std::nullopt;
  return number;
}

int number_wrong(const char* option, const std::string& command, const Speech& speech) {
  return speech.misuse("usage.value_wrong",
                       {{"option", option}, {"help", "taizhang " + command + " --help"}});
}

}  // namespace

int run_post_add(const PostOptions& options, const Speech& speech) {
  Json operation = about_account("post_add", options.name);
  operation.set("unit", options.unit).set("role", options.role);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.post.added", {{"name", options.name}, {"post", answer.find("post")->dump()}});
  });
}

int run_post_end(const PostOptions& options, const Speech& speech) {
  const auto post = number_of(options.post);
  if (!post) return number_wrong("POST", "post end", speech);
  Json operation;
  operation.set("do", "post_end").set("post", *post);
  return ask_and_print(options.folder, operation, speech, [&](const Json&) {
    speech.say("cli.post.ended", {{"post", options.post}});
  });
}

int run_post_acting(const ActingOptions& options, const Speech& speech) {
  const auto place = number_of(options.place);
  const auto by = number_of(options.by);
  if (!place || !by) return number_wrong(place ? "BY" : "FOR", "post acting", speech);
  Json operation;
  operation.set("do", "post_acting").set("for", *place).set("by", *by).set("to", options.to);
  if (!options.from.empty()) operation.set("from", options.from);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.post.acting", {{"by", options.by},
                                   {"for", options.place},
                                   {"to", options.to},
                                   {"post", answer.find("post")->dump()}});
  });
}

int run_handover_propose(const HandoverOptions& options, const Speech& speech) {
  const auto from = number_of(options.from);
  const auto to = number_of(options.to);
  if (!from || !to) return number_wrong(from ? "TO" : "FROM", "post handover propose", speech);
  Json operation;
  operation.set("do", "post_handover_propose").set("from", *from).set("to", *to);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    const JsonArray& items = *answer.find("items")->as_array();
    for (const Json& item : items) {
      std::string parts;
      for (const Json& part : *item.find("parts")->as_array())
        parts += "  " + speech.word("work_part." + *part.as_text());
      fmt::print("{}{}\n", *item.find("item")->as_text(), parts);
    }
    speech.say("cli.handover.proposed", {{"handover", answer.find("handover")->dump()},
                                         {"count", std::to_string(items.size())}});
  });
}

int run_handover_list(const HandoverOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "post_handover_list");
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    for (const Json& each : *answer.find("handovers")->as_array())
      fmt::print("{:>6}  {} → {}  {}  {} {}\n", *each.find("handover")->as_int(),
                 *each.find("from")->as_int(), *each.find("to")->as_int(),
                 speech.word("role." + *each.find("role")->as_text()),
                 *each.find("unit")->as_text(), *each.find("unit_name")->as_text());
  });
}

int run_handover_confirm(const HandoverOptions& options, const Speech& speech) {
  const auto handover = number_of(options.handover);
  if (!handover) return number_wrong("HANDOVER", "post handover confirm", speech);
  Json operation;
  operation.set("do", "post_handover_confirm").set("handover", *handover);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.handover.confirmed", {{"count", answer.find("items")->dump()}});
  });
}

int run_handover_end(const HandoverOptions& options, const Speech& speech) {
  const auto handover = number_of(options.handover);
  if (!handover) return number_wrong("HANDOVER", "post handover end", speech);
  Json operation;
  operation.set("do", "post_handover_end").set("handover", *handover);
  return ask_and_print(options.folder, operation, speech, [&](const Json&) {
    speech.say("cli.handover.ended", {{"handover", options.handover}});
  });
}

int run_post_list(const PostOptions& options, const Speech& speech) {
  return ask_and_print(
      options.folder, about_account("post_list", options.name), speech, [&](const Json& answer) {
        for (const Json& post : *answer.find("posts")->as_array()) {
          const std::string* to = post.find("to")->as_text();
          const Json* place = post.find("for");
          const std::string acting =
              place == nullptr ? "" : "  " + speech.word("cli.post.for", {{"for", place->dump()}});
          fmt::print("{:>6}  {}  {} {}  {} – {}{}\n", *post.find("post")->as_int(),
                     speech.word("role." + *post.find("role")->as_text()),
                     *post.find("unit")->as_text(), *post.find("unit_name")->as_text(),
                     *post.find("from")->as_text(), to == nullptr ? "" : *to, acting);
        }
      });
}

}  // namespace tz::program
