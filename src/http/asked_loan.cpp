// The key is a sealed text of the record that opened the first fund.
#include "http/asked_loan.h"

#include "engine/history.h"

namespace tz::http {

Outcome mark_loan(const engine::Engine& engine, const access::Keyring& keyring,
                  ledger::OpenItem& command) {
  if (!command.loan) return Done{};
  const auto state = engine.published().state;
  if (state->funds.empty()) return Done{};
  const Seq record = state->funds.front()->record;
  const auto texts = TZ_TRY(engine::texts_of(engine, keyring, record));
  const auto key = texts.find("fund_key");
  if (key == texts.end() || !key->second) return refusal("loan_marks_missing");
  command.loan->marks =
      ledger::loan_marks(as_bytes(*key->second), command.loan->household, command.loan->episode);
  return Done{};
}

}  // namespace tz::http
