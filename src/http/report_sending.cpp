// Sealing, and drawing a query code.
#include "http/report_sending.h"

#include <tuple>

#include "access/envelope.h"
#include "access/query_code.h"
#include "base/json.h"
#include "ledger/given_text.h"
#include "ledger/receiver.h"

namespace tz::http {
namespace {

constexpr std::size_t kNameCharsMax = 50;
constexpr std::size_t kContactCharsMax = 100;
constexpr std::size_t kWordsCharsMax = 300;

Outcome check_texts(const SentReport& sent) {
  using ledger::Shape;
  for (const auto& [field, text, chars_max, shape] :
       {std::tuple{"name", &sent.name, kNameCharsMax, Shape::Line},
        std::tuple{"contact", &sent.contact, kContactCharsMax, Shape::Line},
        std::tuple{"words", &sent.words, kWordsCharsMax, Shape::Text}})
    if (auto error = ledger::text_fault({field, chars_max, shape}, *text)) return *error;
  return Done{};
}

struct Today {
  const ledger::State& state;
  Day day;
};

Outcome seal(const Today& today, SentReport& sent, ReportOnItsWay& out, Random& random) {
  const bool seals_name = out.command.manner == ledger::Manner::ReceiverOnly;
  if (!seals_name && sent.words.empty()) return Done{};
  const auto holder = ledger::key_holder(today.state, sent.accused, out.receiver, today.day);
  if (!holder || !access::usable(holder->key)) return refusal("receiving_key_none");
  Json who;
  who.set("name", seals_name ? sent.name : std::string());
  who.set("contact", seals_name ? sent.contact : std::string());
  who.set("words", sent.words);
  std::string text = who.dump();
  const access::SealedIdentity sealed = access::seal_to(holder->key, text, random);
  access::wipe(text);
  out.command.envelope =
      ledger::GivenEnvelope{holder->unit, holder->key, sealed.commitment, to_base64(sealed.box)};
  return Done{};
}

}  // namespace

Result<ReportOnItsWay> prepare_report(const ledger::State& state, Day today, SentReport sent,
                                      Random& random) {
  TZ_TRY(check_texts(sent));
  const auto manner = ledger::manner_named(sent.manner.empty() ? "anonymous" : sent.manner);
  if (!manner) return refusal("field_bad", {{"field", "manner"}});
  const bool given = !sent.name.empty() || !sent.contact.empty();
  if (*manner == ledger::Manner::Anonymous && given) return refusal("report_name_unwanted");
  if (*manner != ledger::Manner::Anonymous && sent.name.empty())
    return refusal("field_required", {{"field", "name"}});
  ReportOnItsWay out;
  ledger::ReceiveReport& command = out.command;
  command.kind = std::move(sent.kind);
  command.place = sent.place;
  command.accused = sent.accused;
  command.manner = *manner;
  if (!sent.category.empty()) command.category = sent.category;
  command.text = std::move(sent.text);
  if (!sent.source.empty()) command.source = sent.source;
  out.receiver = TZ_TRY(ledger::receiver_for(state, sent.place, sent.accused, today));
  if (*manner == ledger::Manner::Named)
    command.reporter = sent.name + (sent.contact.empty() ? "" : " " + sent.contact);
  const Outcome sealed = seal({state, today}, sent, out, random);
  for (std::string* text : {&sent.name, &sent.contact, &sent.words}) access::wipe(*text);
  if (!sealed.ok()) return sealed.error();
  out.code = access::new_query_code(random);
  random.fill(command.code_salt);
  command.code_hash = access::hash_of_code(out.code, command.code_salt);
  return out;
}

Result<std::string> reported_kind(const ledger::State& state, const std::string& named) {
  for (const std::string& kind : state.kinds) {
    const auto flow = state.flow_of(kind);
    if (flow && state.flows[*flow]->reports && (named.empty() || named == kind)) return kind;
  }
  return refusal("reports_not_taken", {{"kind", named}});
}

}  // namespace tz::http
