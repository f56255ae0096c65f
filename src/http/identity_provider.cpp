// What the provider said is kept for an hour, so that a sign-in asks it once.
#include "http/identity_provider.h"

#include "access/id_token.h"

namespace tz::http {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kKeptUs = 3600 * kSecondUs;
constexpr std::int64_t kFreshUs = 60 * kSecondUs;
constexpr unsigned kOk = 200;

}  // namespace

IdentityProvider::IdentityProvider(IdentityProviderOptions options, Clock& clock, Random& random)
    : options_(std::move(options)), clock_(clock), random_(random), outgoing_(options_.ca_file) {}

std::string IdentityProvider::return_address() const {
  return options_.address + std::string(kIdentityBackPath);
}

Result<std::string> IdentityProvider::fetched(const std::string& address) const {
  auto answer = TZ_TRY(outgoing_.ask({address, {}, {}, {}}));
  if (answer.status != kOk)
    return failure("identity_provider_away", {{"why", "status " + std::to_string(answer.status)}});
  return std::move(answer.body);
}

Result<access::ProviderAddresses> IdentityProvider::addresses() {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (addresses_ && now.us - addresses_at_.us < kKeptUs) return *addresses_;
  }
  std::string issuer = options_.issuer;
  while (issuer.ends_with('/')) issuer.pop_back();
  const std::string text = TZ_TRY(fetched(issuer + "/.well-known/openid-configuration"));
  auto read = TZ_TRY(access::read_discovery(text, options_.issuer));
  const std::lock_guard lock(mutex_);
  addresses_ = read;
  addresses_at_ = now;
  return read;
}

Result<std::vector<access::ProviderKey>> IdentityProvider::keys(bool fresh) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (keys_ && now.us - keys_at_.us < (fresh ? kFreshUs : kKeptUs)) return *keys_;
  }
  const auto where = TZ_TRY(addresses());
  const std::string text = TZ_TRY(fetched(where.keys));
  auto read = TZ_TRY(access::read_provider_keys(text));
  const std::lock_guard lock(mutex_);
  keys_ = read;
  keys_at_ = now;
  return read;
}

Result<IdentityProvider::Leaving> IdentityProvider::begin() {
  const auto where = TZ_TRY(addresses());
  const auto begun = pending_.begin(clock_.now(), random_);
  Leaving out;
  out.browser = begun.browser;
  out.address = where.authorization +
                (where.authorization.find('?') == std::string::npos ? "?" : "&") +
                "response_type=code&scope=openid&client_id=" + percent_encoded(options_.client) +
                "&redirect_uri=" + percent_encoded(return_address()) + "&state=" + begun.state +
                "&nonce=" + begun.nonce + "&code_challenge=" + begun.challenge +
                "&code_challenge_method=S256";
  return out;
}

Result<access::PendingSignIns::Pending> IdentityProvider::back(std::string_view state,
                                                               std::string_view browser) {
  return pending_.take(state, browser, clock_.now());
}

Result<std::string> IdentityProvider::subject(const access::PendingSignIns::Pending& pending,
                                              const std::string& code) {
  const auto where = TZ_TRY(addresses());
  OutgoingRequest request{where.token, {}, {}, {}};
  request.form = "grant_type=authorization_code&code=" + percent_encoded(code) +
                 "&redirect_uri=" + percent_encoded(return_address()) +
                 "&code_verifier=" + pending.verifier;
  if (options_.secret.empty()) {
    request.form += "&client_id=" + percent_encoded(options_.client);
  } else {
    request.name = percent_encoded(options_.client);  // RFC 6749, section 2.3.1
    request.secret = percent_encoded(options_.secret);
  }
  const auto answer = TZ_TRY(outgoing_.ask(request));
  if (answer.status >= 400 && answer.status < 500) return refusal("identity_code_refused");
  if (answer.status != kOk)
    return failure("identity_provider_away", {{"why", "status " + std::to_string(answer.status)}});
  const std::string token = TZ_TRY(access::read_token_answer(answer.body));
  const access::TokenExpected expected{options_.issuer, options_.client, pending.nonce,
                                       clock_.now()};
  auto read = access::read_id_token(token, TZ_TRY(keys(false)), expected);
  if (read.ok() || (read.error().code != "identity_key_unknown" &&
                    read.error().code != "identity_signature_bad"))
    return read;
  // The provider may have changed its keys since they were asked for.
  return access::read_id_token(token, TZ_TRY(keys(true)), expected);
}

}  // namespace tz::http
