// The sentences built into the program; apart, so that only programs that use them link the files.
#include "base/embedded.h"
#include "base/message.h"

namespace tz {
namespace {

Messages built_in(std::string_view path) {
  auto messages = Messages::parse(embedded_file(path));
  TZ_ASSERT(messages.ok());  // a damaged file is found by the tests, long before a program runs
  return std::move(messages).value();
}

}  // namespace

const Messages& Messages::of(Language language) {
  static const Messages chinese = built_in("locales/zh-CN.json");
  static const Messages english = built_in("locales/en.json");
  return language == Language::English ? english : chinese;
}

}  // namespace tz
