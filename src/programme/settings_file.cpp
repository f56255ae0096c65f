// Each setting with its bounds: no number switches a protection off.
#include "programme/settings_file.h"

#include <algorithm>

#include "programme/file_fields.h"

namespace tz::programme {
namespace {

constexpr std::size_t kListMax = 200;
constexpr std::size_t kWordCharsMax = 64;
constexpr std::size_t kAddressCharsMax = 512;

bool on_loopback(std::string_view after_scheme) {
  const std::string_view host = after_scheme.substr(0, after_scheme.find('/'));
  for (const std::string_view own : {"127.0.0.1", "[::1]", "localhost"})
    if (host == own || (host.starts_with(own) && host.substr(own.size()).starts_with(':')))
      return true;
  return false;
}

// Secrets travel to it: https, and http only within this machine; nothing but scheme, host, port
// and path.
bool sound_address(std::string_view text) {
  for (const char c : text)
    if (c < 0x21 || c > 0x7e || c == '@' || c == '?' || c == '#' || c == '\\') return false;
  if (text.starts_with("https://")) return text.size() > 8;
  return text.starts_with("http://") && on_loopback(text.substr(7));
}

bool sound_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
}

// Enough that it cannot end a header or a command; whether mails arrive is for `notify test`.
bool sound_mail(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c > 0x20 && c < 0x7f && c != '<' && c != '>' && c != '"' && c != '\\';
         });
}

class SettingsReader {
 public:
  Settings settings;
  FileFields fields;

  void top(const YamlValue& file) {
    fields.take_map(file, "file", {"version"},
                    {"audit", "identity_provider", "notify", "proxies", "retention", "sign_in"});
    if (const auto* v = file.find("version")) fields.take_number(*v, "version", 1, 1);
    if (const auto* v = file.find("sign_in")) sign_in(*v);
    if (const auto* v = file.find("audit")) audit(*v);
    if (const auto* v = file.find("retention")) retention(*v);
    if (const auto* v = file.find("identity_provider")) identity_provider(*v);
    if (const auto* v = file.find("notify")) notify(*v);
    if (const auto* v = file.find("proxies")) settings.proxies = words(*v, "proxies");
  }

 private:
  struct Bounds {
    std::int64_t min;
    std::int64_t max;
  };

  void number(const YamlValue& map, std::string_view key, const Bounds& bounds,
              std::optional<std::int64_t>& into) {
    if (const auto* v = map.find(key)) into = fields.take_number(*v, key, bounds.min, bounds.max);
  }

  std::vector<std::string> words(const YamlValue& value, std::string_view key) {
    std::vector<std::string> out;
    for (const YamlValue& one : fields.take_list(value, key)) {
      auto word = fields.take_text(one, key, kWordCharsMax);
      if (word && out.size() < kListMax) out.push_back(*std::move(word));
    }
    return out;
  }

  void sign_in(const YamlValue& map) {
    fields.take_map(
        map, "sign_in", {},
        {"lock", "password", "second_factor", "session", "support_hours_max", "token_days_max"});
    if (const auto* v = map.find("password")) password(*v);
    if (const auto* v = map.find("lock")) {
      fields.take_map(*v, "lock", {}, {"address_tries", "minutes", "tries"});
      number(*v, "tries", {3, 20}, settings.lock_tries);
      number(*v, "address_tries", {10, 10'000}, settings.lock_address_tries);
      number(*v, "minutes", {5, 1440}, settings.lock_minutes);
    }
    if (const auto* v = map.find("session")) {
      fields.take_map(*v, "session", {}, {"hours", "idle_minutes"});
      number(*v, "idle_minutes", {5, 480}, settings.session_idle_minutes);
      number(*v, "hours", {1, 24}, settings.session_hours);
    }
    number(map, "token_days_max", {1, 1098}, settings.token_days_max);
    number(map, "support_hours_max", {0, 72}, settings.support_hours_max);
    if (const auto* v = map.find("second_factor")) roles(*v);
  }

  void password(const YamlValue& map) {
    fields.take_map(map, "password", {}, {"chars_min", "kinds_min", "refused"});
    number(map, "chars_min", {8, 64}, settings.password_chars_min);
    number(map, "kinds_min", {1, 4}, settings.password_kinds_min);
    if (const auto* v = map.find("refused")) settings.password_refused = words(*v, "refused");
  }

  void roles(const YamlValue& list) {
    settings.second_factor.emplace();
    Words all;
    for (const ledger::Role role : kRoles) all.push_back(ledger::to_text(role));
    for (const YamlValue& one : fields.take_list(list, "second_factor")) {
      const auto word = fields.take_word(one, "second_factor", all);
      if (word) settings.second_factor->push_back(*ledger::role_named(*word));
    }
  }

  void audit(const YamlValue& map) {
    fields.take_map(map, "audit", {}, {"gigabytes_max", "keep_days"});
    number(map, "keep_days", {366, 36'600}, settings.audit_keep_days);
    number(map, "gigabytes_max", {1, 100'000}, settings.audit_gigabytes_max);
  }

  // What is destroyed by itself cannot be had back: no office sets days by a slip of the finger.
  void retention(const YamlValue& map) {
    fields.take_map(map, "retention", {},
                    {"closed_text_days", "loose_file_days", "notice_days", "wrapping_key_months"});
    number(map, "closed_text_days", {366, 36'600}, settings.closed_text_days);
    number(map, "loose_file_days", {7, 366}, settings.loose_file_days);
    number(map, "notice_days", {7, 1098}, settings.notice_days);
    number(map, "wrapping_key_months", {1, 120}, settings.wrapping_key_months);
  }

  std::string text_of(const YamlValue& map, std::string_view key, std::size_t chars_max) {
    const auto* v = map.find(key);
    return v == nullptr ? std::string() : fields.take_text(*v, key, chars_max).value_or("");
  }

  std::string address_of(const YamlValue& map, std::string_view key) {
    const auto* v = map.find(key);
    if (v == nullptr) return {};
    auto text = fields.take_text(*v, key, kAddressCharsMax);
    if (text && !sound_address(*text)) fault("yaml_address_bad", *v, key);
    return text.value_or("");
  }

  // A name in keys/, so that no setting leads anywhere else.
  std::string key_file(const YamlValue& map, std::string_view key) {
    std::string name = text_of(map, key, kWordCharsMax);
    if (name.find('/') != std::string::npos || name.starts_with('.'))
      fault("yaml_file_bad", *map.find(key), key);
    return name;
  }

  void fault(const char* code, const YamlValue& at, std::string_view key) {
    fields.add(yaml_fault(code, at.at, {{"key", std::string(key)}}));
  }

  void identity_provider(const YamlValue& map) {
    IdentityProviderSettings& out = settings.identity_provider.emplace();
    if (!fields.take_map(map, "identity_provider",
                         {"address", "client_id", "issuer", "label", "second_factor"},
                         {"ca_file", "client_secret_file"}))
      return;
    out.issuer = address_of(map, "issuer");
    out.address = address_of(map, "address");
    while (out.address.ends_with('/')) out.address.pop_back();
    out.client = text_of(map, "client_id", kAddressCharsMax);
    out.secret_file = key_file(map, "client_secret_file");
    out.ca_file = key_file(map, "ca_file");
    const auto* label = map.find("label");
    if (fields.take_map(*label, "label", {"en", "zh-CN"})) {
      out.label_zh = text_of(*label, "zh-CN", kWordCharsMax);
      out.label_en = text_of(*label, "en", kWordCharsMax);
    }
    const auto whose =
        fields.take_word(*map.find("second_factor"), "second_factor", {"ours", "theirs"});
    out.code_asked = whose == "ours";
  }

  void notify(const YamlValue& map) {
    NotifySettings& out = settings.notify.emplace();
    if (!fields.take_map(map, "notify", {"address"},
                         {"digest_hour", "digest_minute", "mail", "webhook"}))
      return;
    out.address = address_of(map, "address");
    while (out.address.ends_with('/')) out.address.pop_back();
    // Digests come in working hours.
    if (const auto* v = map.find("digest_hour"))
      out.digest_hour = fields.take_number(*v, "digest_hour", 7, 17).value_or(out.digest_hour);
    if (const auto* v = map.find("digest_minute"))
      out.digest_minute =
          fields.take_number(*v, "digest_minute", 0, 59).value_or(out.digest_minute);
    if (const auto* v = map.find("mail")) {
      out.mail = NotifySettings::Mail{};
      mail(*v, *out.mail);
    }
    if (const auto* v = map.find("webhook")) {
      NotifySettings::Webhook& hook = out.webhook.emplace();
      if (!fields.take_map(*v, "webhook", {"address", "secret_file"}, {"ca_file"})) return;
      hook.address = address_of(*v, "address");
      hook.secret_file = key_file(*v, "secret_file");
      hook.ca_file = key_file(*v, "ca_file");
    }
  }

  void mail(const YamlValue& map, NotifySettings::Mail& out) {
    if (!fields.take_map(map, "mail", {"from", "host"},
                         {"ca_file", "password_file", "port", "security", "user"}))
      return;
    out.host = text_of(map, "host", kWordCharsMax * 4);
    if (!sound_host(out.host)) fault("yaml_address_bad", *map.find("host"), "host");
    out.from = text_of(map, "from", kWordCharsMax * 4);
    if (!sound_mail(out.from)) fault("yaml_mail_bad", *map.find("from"), "from");
    if (const auto* v = map.find("port"))
      out.port = fields.take_number(*v, "port", 1, 65'535).value_or(out.port);
    if (const auto* v = map.find("security"))
      out.security =
          fields.take_word(*v, "security", {"none", "starttls", "tls"}).value_or(out.security);
    if (out.security == "none" && !on_loopback(out.host))
      fault("yaml_mail_open", *map.find("security"), "security");
    out.user = text_of(map, "user", kWordCharsMax * 4);
    out.password_file = key_file(map, "password_file");
    if (out.user.empty() != out.password_file.empty())
      fault("yaml_mail_password", map, "password_file");
    out.ca_file = key_file(map, "ca_file");
  }

  static constexpr ledger::Role kRoles[] = {ledger::Role::Recorder,    ledger::Role::Responsible,
                                            ledger::Role::Verifier,    ledger::Role::Supervisor,
                                            ledger::Role::SystemAdmin, ledger::Role::SecurityAdmin,
                                            ledger::Role::AuditAdmin};
};

}  // namespace

Result<Settings> read_settings(std::string_view text) {
  const YamlValue file = TZ_TRY(read_yaml(text));
  SettingsReader reader;
  reader.top(file);
  const std::vector<Error> faults = reader.fields.faults();
  if (!faults.empty()) return faults.front();
  return std::move(reader.settings);
}

}  // namespace tz::programme
