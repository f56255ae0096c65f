// taizhang notify test: one mail by the settings of a ledger, to see that mails arrive.
#include "engine/replay.h"
#include "notify/compose.h"
#include "taizhang/commands.h"
#include "taizhang/notifying.h"

namespace tz::program {
namespace {

constexpr std::size_t kUniqueBytes = 8;

Outcome send_test(const NotifyOptions& options, const Speech& speech) {
  if (!notify::valid_mail(options.mail)) return refusal("mail_address_bad");
  const auto settings = TZ_TRY(settings_of(options.folder));
  const Outgoing outgoing = TZ_TRY(outgoing_of(options.folder, settings));
  if (!outgoing.mail) return refusal("mail_off");
  const auto reader = TZ_TRY(open_reader(options.folder));
  const ledger::Genesis genesis = TZ_TRY(engine::read_genesis(*reader));
  Bytes unique(kUniqueBytes);
  SystemRandom random;
  random.fill(unique);
  const notify::Voice voice{Messages::of(speech.language), genesis.origin, outgoing.address};
  const notify::MailHead head{outgoing.mail->from, options.mail, SystemClock().now()};
  const std::atomic<bool> stopping{false};
  return notify::send_mail(*outgoing.mail, options.mail,
                           notify::compose_test_mail(head, voice, to_hex(unique)), stopping);
}

}  // namespace

int run_notify_test(const NotifyOptions& options, const Speech& speech) {
  const Outcome sent = send_test(options, speech);
  if (!sent.ok()) return speech.refuse(sent.error());
  speech.say("cli.notify.sent");
  return 0;
}

}  // namespace tz::program
