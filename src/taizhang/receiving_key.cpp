// taizhang receiving-key make, set.
#include <fmt/core.h>

#include "access/key_halves.h"
#include "base/file.h"
#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {
namespace {

Outcome write_half(const std::string& path, const access::KeyHalf& half) {
  std::string text = access::to_text(half);
  Outcome written = write_file({path, 0600, Existing::Keep}, as_bytes(text));
  access::wipe(text);
  return written;
}

Result<access::PublicKey> make(const ReceivingKeyOptions& options) {
  SystemRandom random;
  access::NewReceivingKey made = access::new_receiving_key(options.label, random);
  TZ_TRY(write_half(options.out_a, made.a));
  TZ_TRY(write_half(options.out_b, made.b));
  return made.key;
}

}  // namespace

int run_receiving_key_make(const ReceivingKeyOptions& options, const Speech& speech) {
  if (options.out_a == options.out_b)
    return speech.misuse("usage.value_wrong",
                         {{"option", "--out-b"}, {"help", "taizhang receiving-key make --help"}});
  const auto key = make(options);
  if (!key.ok()) return speech.refuse(key.error());
  if (speech.json) {
    Json out;
    out.set("key", to_hex(*key));
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.receiving_key.made",
             {{"key", to_hex(*key)}, {"a", options.out_a}, {"b", options.out_b}});
  return 0;
}

int run_receiving_key_set(const ReceivingKeyOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "receiving_key_set").set("unit", options.unit).set("key", options.key);
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    const bool waits = *answer.find("waits")->as_bool();
    speech.say(waits ? "cli.receiving_key.coming" : "cli.receiving_key.set",
               {{"unit", options.unit}, {"from", *answer.find("from")->as_text()}});
  });
}

}  // namespace tz::program
