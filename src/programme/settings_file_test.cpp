// config.yaml: defaults where nothing is said, bounds where something is.
#include "programme/settings_file.h"

#include <gtest/gtest.h>

namespace tz::programme {
namespace {

std::string code_of(std::string_view text) {
  const auto settings = read_settings(text);
  return settings.ok() ? "ok" : settings.error().code;
}

TEST(Settings, NothingNeedsToBeSaidButTheVersion) {
  const auto settings = read_settings("# only this\nversion: 1\n");
  ASSERT_TRUE(settings.ok());
  EXPECT_FALSE(settings->lock_tries.has_value());
  EXPECT_FALSE(settings->second_factor.has_value());
  EXPECT_EQ(code_of("sign_in: {}\n"), "yaml_key_missing");
}

TEST(Settings, NoRetentionIsSoShortThatItIsASlip) {
  const auto settings =
      read_settings("version: 1\nretention: {closed_text_days: 366, loose_file_days: 7}\n");
  ASSERT_TRUE(settings.ok());
  EXPECT_EQ(settings->closed_text_days, 366);
  EXPECT_EQ(settings->loose_file_days, 7);
  EXPECT_EQ(read_settings("version: 1\nretention: {wrapping_key_months: 6}\n")->wrapping_key_months,
            6);
  EXPECT_NE(code_of("version: 1\nretention: {wrapping_key_months: 0}\n"), "ok");
  EXPECT_EQ(read_settings("version: 1\nsign_in: {support_hours_max: 0}\n")->support_hours_max, 0);
  EXPECT_NE(code_of("version: 1\nsign_in: {support_hours_max: 73}\n"), "ok");
  EXPECT_NE(code_of("version: 1\nretention: {wrapping_key_months: 121}\n"), "ok");
  EXPECT_NE(code_of("version: 1\nretention: {closed_text_days: 365}\n"), "ok");
  EXPECT_NE(code_of("version: 1\nretention: {loose_file_days: 6}\n"), "ok");
  EXPECT_NE(code_of("version: 1\nretention: {days: 366}\n"), "ok");
}

TEST(Settings, EachIsRead) {
  const auto settings = read_settings(
      "version: 1\n"
      "sign_in:\n"
      "  password: {chars_min: 12, kinds_min: 3, refused: [unit, 单位]}\n"
      "  lock: {tries: 3, address_tries: 40, minutes: 60}\n"
      "  session: {idle_minutes: 15, hours: 8}\n"
      "  token_days_max: 30\n"
      "  second_factor: [system_admin, supervisor]\n"
      "audit: {keep_days: 1830, gigabytes_max: 10}\n"
      "proxies: [127.0.0.1, local]\n");
  ASSERT_TRUE(settings.ok()) << settings.error().code;
  EXPECT_EQ(settings->password_chars_min, 12);
  EXPECT_EQ(settings->password_refused->at(1), "单位");
  EXPECT_EQ(settings->lock_address_tries, 40);
  EXPECT_EQ(settings->session_hours, 8);
  EXPECT_EQ(settings->token_days_max, 30);
  EXPECT_EQ(settings->second_factor->at(1), ledger::Role::Supervisor);
  EXPECT_EQ(settings->audit_keep_days, 1830);
  EXPECT_EQ(settings->proxies.at(1), "local");
}

std::string provider(const std::string& issuer, const std::string& more = "") {
  return "version: 1\n"
         "identity_provider:\n"
         "  issuer: " +
         issuer +
         "\n"
         "  client_id: taizhang\n"
         "  address: https://ledger.example/\n"
         "  second_factor: ours\n"
         "  label: {zh-CN: 统一身份认证, en: Unified identity}\n" +
         more;
}

TEST(Settings, AnIdentityProviderIsSaidWhole) {
  const auto settings = read_settings(
      provider("https://id.example/realms/a", "  client_secret_file: identity.secret\n"));
  ASSERT_TRUE(settings.ok()) << settings.error().code;
  const auto& told = settings->identity_provider;
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->issuer, "https://id.example/realms/a");
  EXPECT_EQ(told->address, "https://ledger.example");
  EXPECT_EQ(told->secret_file, "identity.secret");
  EXPECT_EQ(told->label_zh, "统一身份认证");
  EXPECT_TRUE(told->code_asked);
  EXPECT_EQ(code_of("version: 1\nidentity_provider: {issuer: 'https://a'}\n"), "yaml_key_missing");
}

TEST(Settings, AnIdentityProviderIsAskedOverTlsOrOnThisMachine) {
  for (const char* sound :
       {"https://id.example", "http://127.0.0.1:8080", "http://localhost/a", "http://[::1]:9"})
    EXPECT_EQ(code_of(provider(sound)), "ok") << sound;
  for (const char* unsound :
       {"http://id.example", "http://127.0.0.1.example", "http://localhost.example", "https://",
        "ftp://127.0.0.1", "https://a@b.example", "https://id.example/?a=b", "'https://a b'"})
    EXPECT_EQ(code_of(provider(unsound)), "yaml_address_bad") << unsound;
}

TEST(Settings, AKeyFileLiesInKeys) {
  for (const char* name : {"../config.yaml", "a/b", ".hidden", "/etc/passwd"}) {
    EXPECT_EQ(code_of(provider("https://a", "  client_secret_file: " + std::string(name) + "\n")),
              "yaml_file_bad");
    EXPECT_EQ(code_of(provider("https://a", "  ca_file: " + std::string(name) + "\n")),
              "yaml_file_bad");
  }
}

std::string mail(const std::string& more) {
  return "version: 1\nnotify:\n  address: https://ledger.example/\n  mail:\n"
         "    from: ledger@example.org\n" +
         more;
}

TEST(Settings, HowPeopleAreToldIsSaidWhole) {
  const auto settings =
      read_settings(mail("    host: mail.example\n    security: tls\n    port: 465\n"
                         "    user: ledger\n    password_file: mail.password\n"
                         "  webhook: {address: 'https://g.example/in', secret_file: g.secret}\n"
                         "  digest_hour: 9\n"));
  ASSERT_TRUE(settings.ok()) << settings.error().code;
  const auto& told = settings->notify;
  ASSERT_TRUE(told && told->mail && told->webhook);
  EXPECT_EQ(told->address, "https://ledger.example");
  EXPECT_EQ(told->digest_hour, 9);
  EXPECT_EQ(told->digest_minute, 30);
  EXPECT_EQ(told->mail->port, 465);
  EXPECT_EQ(told->mail->security, "tls");
  EXPECT_EQ(told->mail->password_file, "mail.password");
  EXPECT_EQ(told->webhook->secret_file, "g.secret");
  EXPECT_EQ(code_of("version: 1\nnotify: {digest_hour: 9}\n"), "yaml_key_missing");
}

TEST(Settings, MailLeavesThisMachineUnderTlsAlone) {
  EXPECT_EQ(code_of(mail("    host: localhost\n    security: none\n")), "ok");
  EXPECT_EQ(code_of(mail("    host: mail.example\n    security: none\n")), "yaml_mail_open");
  EXPECT_EQ(code_of(mail("    host: 'mail.example/x'\n")), "yaml_address_bad");
  EXPECT_EQ(code_of(mail("    host: mail.example\n    user: ledger\n")), "yaml_mail_password");
  EXPECT_EQ(code_of("version: 1\nnotify:\n  address: https://l.example\n"
                    "  mail: {host: a, from: 'a>b@c'}\n"),
            "yaml_mail_bad");
}

TEST(Settings, NoNumberSwitchesAProtectionOff) {
  for (const char* text :
       {"version: 1\nsign_in: {password: {chars_min: 1}}\n",
        "version: 1\nsign_in: {lock: {tries: 1000}}\n",
        "version: 1\nsign_in: {session: {hours: 100000}}\n", "version: 1\naudit: {keep_days: 1}\n",
        "version: 1\naudit: {keep_days: 0}\n"})
    EXPECT_EQ(code_of(text), "yaml_number_expected") << text;
  EXPECT_EQ(code_of("version: 1\naudit: {off: true}\n"), "yaml_key_unknown");
  EXPECT_EQ(code_of("version: 1\nsign_in: {second_factor: [admin]}\n"), "yaml_value_unknown");
}

}  // namespace
}  // namespace tz::programme
