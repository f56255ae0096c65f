// A pass that wraps anew, then one that counts: a key is destroyed only where nothing was counted.
#include "engine/key_renewal.h"

namespace tz::engine {
namespace {

constexpr std::size_t kRowsRead = 4096;
// So few that no command waits for more than a batch of its own.
constexpr std::size_t kRowsAtOnce = 500;

class Pass {
 public:
  Pass(Engine& engine, access::Keyring& keyring, Random& random, const RenewalOrder& order)
      : engine_(engine), keyring_(keyring), random_(random), order_(order) {}

  Result<Renewal> run() {
    // Whatever was begun under an earlier month is durable once this one is answered.
    keyring_.wrap_from(order_.current);
    TZ_TRY(engine_.submit_and_wait({}));
    TZ_TRY(rewrap_all());
    TZ_TRY(destroy_unused());
    return out_;
  }

 private:
  Result<std::vector<journal::SubjectKeyRow>> read_from(std::uint64_t subject) {
    std::vector<journal::SubjectKeyRow> rows;
    const Outcome done = engine_.read([&](journal::Reader& reader) -> Outcome {
      rows = TZ_TRY(reader.subject_keys(subject, kRowsRead));
      return Done{};
    });
    if (!done.ok()) return done.error();
    return rows;
  }

  Outcome rewrap_all() {
    for (std::uint64_t from = 0;;) {
      const auto rows = TZ_TRY(read_from(from));
      if (rows.empty()) return submit();
      from = rows.back().subject + 1;
      for (const journal::SubjectKeyRow& row : rows)
        if (row.wrapping_key < order_.before) TZ_TRY(rewrap(row));
    }
  }

  Outcome rewrap(const journal::SubjectKeyRow& row) {
    auto key = keyring_.unwrap(row.wrapped, row.wrapping_key, row.subject);
    // It opens for nobody, before and after: no reason to leave the others.
    if (!key.ok() && key.error().error_class == ErrorClass::Refusal) {
      ++out_.unopened;
      return Done{};
    }
    access::SecretKey opened = TZ_TRY(std::move(key));
    const auto wrapping = TZ_TRY(keyring_.wrapping_key(order_.current, random_));
    access::Nonce nonce{};
    random_.fill(nonce);
    waiting_.rewrapped.push_back(
        {row.subject, wrapping->month(), wrapping->wrap(opened, row.subject, nonce)});
    opened.fill(0);
    return waiting_.rewrapped.size() < kRowsAtOnce ? Outcome(Done{}) : submit();
  }

  Outcome submit() {
    const std::size_t count = waiting_.rewrapped.size();
    if (count == 0) return Done{};
    TZ_TRY(engine_.submit_and_wait(std::move(waiting_)));
    waiting_ = {};
    out_.rewrapped += count;
    tell();
    return Done{};
  }

  Outcome destroy_unused() {
    std::map<std::string, std::uint64_t> used;
    Outcome counted = engine_.read([&](journal::Reader& reader) -> Outcome {
      used = TZ_TRY(wrapped_under(reader));
      return Done{};
    });
    if (!counted.ok()) return counted;
    for (const std::string& month : TZ_TRY(keyring_.months())) {
      if (month >= order_.before || used.contains(month)) continue;
      tell();
      TZ_TRY(keyring_.destroy(month, random_));
      out_.destroyed.push_back(month);
      tell();
    }
    return Done{};
  }

  void tell() const {
    if (order_.progress) order_.progress(out_.rewrapped);
  }

  Engine& engine_;
  access::Keyring& keyring_;
  Random& random_;
  const RenewalOrder& order_;
  Request waiting_;
  Renewal out_;
};

}  // namespace

Result<std::map<std::string, std::uint64_t>> wrapped_under(journal::Reader& reader) {
  std::map<std::string, std::uint64_t> out;
  for (std::uint64_t from = 0;;) {
    const auto rows = TZ_TRY(reader.subject_keys(from, kRowsRead));
    if (rows.empty()) return out;
    from = rows.back().subject + 1;
    for (const journal::SubjectKeyRow& row : rows) ++out[row.wrapping_key];
  }
}

Result<Renewal> renew_wrapping(Engine& engine, access::Keyring& keyring, Random& random,
                               const RenewalOrder& order) {
  TZ_ASSERT(order.before <= order.current);
  return Pass(engine, keyring, random, order).run();
}

}  // namespace tz::engine
