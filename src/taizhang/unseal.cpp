// taizhang unseal: opens envelopes that were handed out, with both halves of the receiving key.
#include <fmt/core.h>

#include "access/key_halves.h"
#include "base/file.h"
#include "taizhang/commands.h"

namespace tz::program {
namespace {

constexpr std::size_t kFileMax = 1 << 20;

Result<std::string> content_of(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  return std::string(as_text(file->bytes));
}

// A half that others may read is no secret of its holder any more.
Result<std::string> secret_of(const std::string& path) {
  const auto file = TZ_TRY(read_file(path, kFileMax));
  if (!file) return refusal("file_missing", {{"path", path}});
  if ((file->mode & 077) != 0) return refusal("secret_open", {{"path", path}});
  return std::string(as_text(file->bytes));
}

struct Opened {
  access::EnvelopeFile envelope;
  std::string text;
};
Result<std::vector<Opened>> unseal(const UnsealOptions& options) {
  const std::string file = TZ_TRY(content_of(options.file));
  const auto envelopes = TZ_TRY(access::read_envelopes(file));
  std::vector<access::KeyHalf> halves;
  for (const std::string& path : options.halves) {
    std::string text = TZ_TRY(secret_of(path));
    halves.push_back(TZ_TRY(access::read_key_half(text)));
    access::wipe(text);
  }
  if (halves.size() != 2) return refusal("key_halves_differ");
  const access::PrivateKey key = TZ_TRY(access::join(halves[0], halves[1]));
  std::vector<Opened> out;
  for (const access::EnvelopeFile& envelope : envelopes) {
    if (envelope.key != halves[0].key) return refusal("envelope_damaged");
    out.push_back({envelope, TZ_TRY(access::open_with(key, envelope.box, envelope.commitment))});
  }
  return out;
}

}  // namespace

int run_unseal(const UnsealOptions& options, const Speech& speech) {
  auto opened = unseal(options);
  if (!opened.ok()) return speech.refuse(opened.error());
  Json all;
  JsonArray list;
  for (Opened& one : *opened) {
    if (speech.json) {
      const auto who = parse_json(one.text);
      Json each;
      each.set("item", one.envelope.item).set("record", one.envelope.record);
      each.set("identity", who.ok() ? *who : Json(one.text));
      list.push_back(std::move(each));
      continue;
    }
    speech.say("cli.unseal.item", {{"item", one.envelope.item},
                                   {"record", std::to_string(one.envelope.record)},
                                   {"unit", one.envelope.unit}});
    fmt::print("{}\n", one.text);
    access::wipe(one.text);
  }
  if (speech.json) {
    all.set("opened", std::move(list));
    fmt::print("{}\n", all.dump());
  }
  return 0;
}

}  // namespace tz::program
