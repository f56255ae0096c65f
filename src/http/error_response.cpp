// Which code is answered with which status.
#include "http/error_response.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tz::http {
namespace {

struct Row {
  std::string_view code;
  unsigned status;
};

// Sorted. A code that ends with * stands for all that begin so.
constexpr Row kRows[] = {
    {"abstract_own", 403},
    {"account_none", 404},
    {"accusation_not_on_behalf", 403},
    {"address_requests_too_many", 429},
    {"answer_unknown", 404},
    {"as_of_*", 400},
    {"asset_unknown", 404},
    {"audit_*", 503},
    {"bad_*", 400},
    {"bad_tile_path", 404},
    {"ballot_unknown", 404},
    {"body_too_large", 413},
    {"by_unsupported", 400},
    {"calendar_unknown", 404},
    {"catalogue_*", 422},
    {"checkpoint_none", 404},
    {"candidate_outside", 403},
    {"candidate_twice", 400},
    {"code_bad", 400},
    {"code_wrong", 403},
    {"codes_too_many", 429},
    {"column_*", 400},
    {"content_encoding_bad", 415},
    {"content_type_bad", 415},
    {"csrf_wrong", 403},
    {"csv_*", 400},
    {"csv_too_large", 413},
    {"cursor_bad", 400},
    {"decider_took_part", 403},
    {"dispute_unknown", 404},
    {"engine_stopping", 503},
    {"envelope_file_bad", 400},
    {"evidence_destroyed", 410},
    {"evidence_empty", 400},
    {"evidence_too_large", 413},
    {"evidence_type_not_allowed", 415},
    {"evidence_unknown", 404},
    {"export_too_large", 400},
    {"field_*", 400},
    {"figures_month_unknown", 404},
    {"figures_none", 404},
    {"figures_public_already", 400},
    {"form_bad", 400},
    {"form_foreign", 403},
    {"fund_unknown", 404},
    {"gateway_name_bad", 400},
    {"handover_unknown", 404},
    {"header_missing", 400},
    {"header_twice", 400},
    {"headers_too_large", 431},
    {"household_code_wrong", 404},
    {"idempotency_key_bad", 400},
    {"idempotency_mismatch", 422},
    {"identity_*", 403},
    {"identity_answer_bad", 503},
    {"identity_provider_away", 503},
    {"identity_state_elsewhere", 400},
    {"identity_state_unknown", 400},
    {"if_match_bad", 400},
    {"import_faulty", 422},
    {"item_busy", 503},
    {"item_no_bad", 400},
    {"item_unknown", 404},
    {"judge_is_fixer", 403},
    {"judges_own_answer", 403},
    {"kind_unknown", 404},
    {"list_too_long", 400},
    {"loan_checker_unbound", 403},
    {"loan_marks_missing", 503},
    {"loan_not_fund_unit", 403},
    {"loan_same_person", 403},
    {"mail_address_bad", 400},
    {"mandate_period", 400},
    {"mediator_answers", 403},
    {"method_not_allowed", 405},
    {"not_drawn", 403},
    {"not_permitted", 403},
    {"not_recorder", 403},
    {"notice_unknown", 404},
    {"opening_of_others", 403},
    {"opening_own", 403},
    {"out_of_memory", 503},
    {"page_missing", 503},
    {"part_twice", 400},
    {"parties_count", 400},
    {"party_unknown", 404},
    {"password_*", 400},
    {"password_wrong", 403},
    {"picture_damaged", 400},
    {"place_outside_scope", 403},
    {"post_none", 404},
    {"programme_*", 422},
    {"programme_kept", 409},
    {"programme_unknown", 404},
    {"quantity_other_unit", 400},
    {"quantity_twice", 400},
    {"query_*", 400},
    {"queue_full", 503},
    {"record_unknown", 404},
    {"recorder_accused", 403},
    {"report_name_unwanted", 400},
    {"report_unit_none", 400},
    {"report_unit_unclear", 400},
    {"report_units_behind", 503},
    {"report_unknown", 404},
    {"reporter_unnamed", 404},
    {"reports_not_taken", 404},
    {"reports_too_many", 429},
    {"request_malformed", 400},
    {"request_timeout", 408},
    {"requests_too_many", 429},
    {"requirement_unknown", 404},
    {"roster_for_affected", 403},
    {"roster_not_yet", 404},
    {"roster_over", 410},
    {"roster_period", 400},
    {"roster_unknown", 404},
    {"route_unknown", 404},
    {"same_person", 403},
    {"scheme_beyond_scope", 403},
    {"scheme_unknown", 404},
    {"search_behind", 503},
    {"server_busy", 503},
    {"session_needed", 403},
    {"session_none", 409},
    {"session_unknown", 404},
    {"setup_busy", 503},
    {"setup_code_wrong", 403},
    {"setup_over", 409},
    {"setup_passwords_differ", 400},
    {"setup_tries_too_many", 429},
    {"share_outside", 400},
    {"share_twice", 400},
    {"sign_in_busy", 503},
    {"sign_in_locked", 429},
    {"sign_in_needed", 401},
    {"sign_in_refused", 401},
    {"sign_in_unfinished", 403},
    {"sign_ins_too_many", 429},
    {"signing_percent_low", 400},
    {"special_unknown", 404},
    {"storage_*", 503},
    {"streams_full", 503},
    {"streams_of_account_full", 429},
    {"table_too_large", 413},
    {"target_too_long", 414},
    {"text_control", 400},
    {"text_encoding", 400},
    {"text_too_long", 400},
    {"tile_missing", 404},
    {"token_days_bad", 400},
    {"token_label_bad", 400},
    {"token_none", 404},
    {"token_scope", 403},
    {"token_scope_bad", 400},
    {"token_unknown", 401},
    {"transition_unknown", 404},
    {"unit_unknown", 404},
    {"uploads_too_many", 429},
    {"verifier_*", 403},
    {"version_required", 428},
    {"version_stale", 412},
    {"visit_day", 400},
    {"visit_outside", 403},
    {"visitor_recused", 403},
    {"words_*", 400},
    {"work_group_unknown", 404},
    {"xlsx_*", 400},
    {"yaml_*", 422},
};

const std::string* fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return &value;
  return nullptr;
}

std::string retry_after(const Error& error) {
  const std::string* minutes = fact(error, "minutes");
  if (error.code != "sign_in_locked" || minutes == nullptr) return "1";
  unsigned value = 0;
  std::from_chars(minutes->data(), minutes->data() + minutes->size(), value);
  return std::to_string(value * 60);
}

}  // namespace

unsigned status_of(const Error& error) {
  std::optional<unsigned> status;
  for (const Row& row : kRows) {
    if (row.code == error.code) {
      status = row.status;
      break;
    }
    if (row.code.back() == '*' && error.code.starts_with(row.code.substr(0, row.code.size() - 1)))
      status = row.status;
  }
  if (!status) return error.error_class == ErrorClass::Failure ? 500 : 409;
  if (*status == 404 && fact(error, "field") != nullptr) return 400;
  return *status;
}

std::string_view reason_phrase(unsigned status) {
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

Error named_in_body(Error error, std::string_view field) {
  if (fact(error, "field") == nullptr) error.facts.emplace_back("field", field);
  return error;
}

Response problem(const Error& error, const Messages& messages, std::string_view request_id,
                 const Json& more) {
  const bool failed = error.error_class == ErrorClass::Failure;
  Response response;
  response.status = status_of(error);
  response.code = error.code;
  response.content_type = "application/problem+json";
  Json body;
  body.set("type", "urn:taizhang:error:" + error.code);
  body.set("title", reason_phrase(response.status));
  body.set("status", std::int64_t{response.status});
  body.set("code", error.code);
  body.set("detail", messages.text("error." + error.code, failed ? Facts{} : error.facts));
  JsonObject facts;
  if (!failed) {
    for (const auto& fact : error.facts) {
      const auto same = [&](const JsonMember& member) { return member.first == fact.first; };
      if (std::none_of(facts.begin(), facts.end(), same))
        facts.emplace_back(fact.first, fact.second);
    }
  }
  body.set("facts", std::move(facts));
  body.set("request_id", request_id);
  if (more.as_object() != nullptr)
    for (const JsonMember& member : *more.as_object()) body.set(member.first, member.second);
  response.body = body.dump();
  if (response.status == 503 || response.status == 429)
    response.headers.emplace_back("Retry-After", retry_after(error));
  if (response.status == 401 && error.code != "sign_in_refused")
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace tz::http
