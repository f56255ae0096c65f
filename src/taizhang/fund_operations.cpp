// Each operation: build the command, submit it as the program itself, say what came of it.
#include "taizhang/fund_operations.h"

#include <array>
#include <charconv>

#include "base/embedded.h"
#include "base/random.h"
#include "taizhang/named_operation.h"
#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kYuanDigitsMax = 12;

Result<std::int64_t> count_field(const Json& operation, const char* name) {
  const Json* value = operation.find(name);
  if (value == nullptr || value->as_int() == nullptr)
    return refusal("field_required", {{"field", name}});
  return *value->as_int();
}

Json named(const std::string& fund) {
  Json out;
  out.set("fund", fund);
  return out;
}

Result<Json> open_fund(OpenLedger& open, const Json& operation) {
  const auto state = open.engine->published().state;
  ledger::OpenFund command;
  command.fund = TZ_TRY(text_field(operation, "fund"));
  command.unit = TZ_TRY(unit_field(operation, "unit", *state));
  command.title_zh = TZ_TRY(text_field(operation, "title"));
  command.title_en = TZ_TRY(text_field(operation, "title_en"));
  command.rules.cap_fen = TZ_TRY(count_field(operation, "cap"));
  command.rules.small_fen = TZ_TRY(count_field(operation, "small"));
  command.rules.term_days = TZ_TRY(count_field(operation, "term_days"));
  command.rules.extension_days = TZ_TRY(count_field(operation, "extension_days"));
  command.rules.extensions_max = TZ_TRY(count_field(operation, "extensions"));
  command.rules.basis = TZ_TRY(text_field(operation, "basis"));
  std::array<std::uint8_t, kKeyBytes> key{};
  SystemRandom().fill(key);
  command.key = to_hex(key);
  if (!state->flow_of("loan")) {
    const std::string flow(embedded_file("flows/loan.yaml"));
    TZ_TRY(open.engine->submit_and_wait({ledger::AdoptFlow{flow}, {}, {}, {}}));
  }
  TZ_TRY(open.engine->submit_and_wait({command, {}, {}, {}}));
  return named(command.fund);
}

Result<Json> add_money(OpenLedger& open, const Json& operation) {
  ledger::BookMoney command;
  command.fund = TZ_TRY(text_field(operation, "fund"));
  const auto sort = ledger::entry_sort_named(TZ_TRY(text_field(operation, "sort")));
  if (!sort) return refusal("field_bad", {{"field", "sort"}});
  command.sort = *sort;
  command.fen = TZ_TRY(count_field(operation, "fen"));
  command.source_doc = TZ_TRY(text_field(operation, "document"));
  if (const Json* loan = operation.find("loan")) {
    const auto no =
        loan->as_text() == nullptr ? std::nullopt : ledger::parse_item_no(*loan->as_text());
    if (!no) return refusal("field_bad", {{"field", "loan"}});
    command.loan = no;
  }
  TZ_TRY(open.engine->submit_and_wait({command, {}, {}, {}}));
  Json out = named(command.fund);
  out.set("cash", open.engine->published().state->fund(command.fund)->accounts.cash);
  return out;
}

Result<Json> bind_checkers(OpenLedger& open, const Json& operation) {
  ledger::BindCheckers command;
  command.fund = TZ_TRY(text_field(operation, "fund"));
  const Json* posts = operation.find("posts");
  if (posts == nullptr || posts->as_array() == nullptr)
    return refusal("field_required", {{"field", "posts"}});
  for (const Json& post : *posts->as_array()) {
    if (post.as_int() == nullptr || *post.as_int() < 1)
      return refusal("field_type", {{"field", "posts"}});
    command.checkers.push_back(PostId{static_cast<std::uint64_t>(*post.as_int())});
  }
  const std::uint64_t count = command.checkers.size();
  const std::string fund = command.fund;
  TZ_TRY(open.engine->submit_and_wait({std::move(command), {}, {}, {}}));
  Json out = named(fund);
  out.set("count", count);
  return out;
}

constexpr std::array<NamedOperation, 3> kOperations = {
    {{"fund_add", add_money}, {"fund_bind", bind_checkers}, {"fund_open", open_fund}}};

}  // namespace

std::optional<Result<Json>> operate_on_funds(OpenLedger& ledger, const Json& operation) {
  return operate_by_name(kOperations, ledger, operation);
}

Result<std::int64_t> fen_of(const std::string& yuan) {
  const Error bad = refusal("amount_bad", {{"text", yuan.substr(0, 40)}});
  const std::size_t point = yuan.find('.');
  const std::string whole = yuan.substr(0, point);
  std::string cents = point == std::string::npos ? "" : yuan.substr(point + 1);
  if (whole.empty() || whole.size() > kYuanDigitsMax || cents.size() > 2) return bad;
  if (point != std::string::npos && cents.empty()) return bad;
  cents.resize(2, '0');
  const std::string digits = whole + cents;
  if (digits.find_first_not_of("0123456789") != std::string::npos) return bad;
  std::int64_t fen = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), fen);
  return fen;
}

}  // namespace tz::program
