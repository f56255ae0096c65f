// Making the town, its people and its items through the engine and the door.
#include "policy/walked_town.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

#include "base/embedded.h"
#include "base/message.h"
#include "engine/notices.h"
#include "http/caller.h"
#include "support/small_programme.h"

namespace tz::policy_test {
namespace {

using ledger::Role;

constexpr const char* kLead = "900102001";
constexpr const char* kResponsible = "900101-zj";
constexpr const char* kSupporting = "900101-cg";
constexpr const char* kNamed = "900103";
constexpr const char* kUnrelated = "900102-pcs";
constexpr const char* kBelowPlace = "900101001002";

struct Position {
  const char* name;
  const char* unit;
};
// Each by its relation to an item at kPlace of which kLead answers for the fix.
constexpr Position kPositions[] = {
    {"own", WalkedTown::kPlace},
    {"above", "900101"},
    {"below", "900101001001"},
    {"beside", kUnrelated},
    {"by_line", "9001-ga"},
    {"expired", "900101"},
    {"reporter", kUnrelated},
    {"accused", kLead},
    {"above_accused", "900102"},
    {"below_accused", "900102001001"},
    {"responsible", kResponsible},
    {"supporting", kSupporting},
    {"named", kNamed},
    {"took_part", "900101"},
    {"acting", "900101"},
    {"double", WalkedTown::kReceiver},
    {"mandated", kUnrelated},
    {"mandated_below", "900101001001"},
    {"mandate_over", kUnrelated},
};

constexpr Role kRoles[] = {Role::Recorder,   Role::Responsible, Role::Verifier,
                           Role::Supervisor, Role::SystemAdmin, Role::SecurityAdmin,
                           Role::AuditAdmin};

std::string name_of(const std::string& role, const std::string& position) {
  return role + "." + position;
}

bool takes_sessions_alone(std::string_view path) {
  for (const std::string_view start : {"/api/v1/account", "/api/v1/session", "/api/v1/tokens"})
    if (path.starts_with(start)) return true;
  return false;
}

// A role that gives no right over items, and that goes with the other.
Role elsewhere(Role role) {
  const bool exclusive = role == Role::SecurityAdmin || role == Role::AuditAdmin;
  return exclusive ? role : Role::SystemAdmin;
}

// Collects what a stream sends until it has told its position.
class Collected final : public http::EventSink {
 public:
  void send(std::string event) override {
    const std::lock_guard lock(mutex_);
    text_ += event;
    if (text_.find("event: position") != std::string::npos) done_ = true;
    ready_.notify_all();
  }
  [[nodiscard]] std::size_t waiting_bytes() const override { return 0; }
  [[nodiscard]] bool open() const override { return !closed_; }
  void close() override {
    closed_ = true;
    const std::lock_guard lock(mutex_);
    done_ = true;
    ready_.notify_all();
  }
  std::string all() {
    std::unique_lock lock(mutex_);
    ready_.wait_for(lock, std::chrono::seconds(20), [this] { return done_; });
    closed_ = true;
    return text_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::string text_;
  bool done_ = false;
  std::atomic<bool> closed_ = false;
};

}  // namespace

WalkedTown::WalkedTown()
    : ledger(support::SmallLedger::make()),
      random_(ledger->other_random),
      context_{*ledger->engine,
               ledger->accounts,
               *ledger->keyring,
               *ledger->audit,
               *ledger->evidence,
               ledger->clock,
               random_,
               merkle::verifier_key(ledger->signing_key),
               Messages::of,
               embedded_file,
               {},
               "1.2.3",
               {},
               {}},
      door_(http::Door::open(context_)) {
  // The place answers to 9001-ga too.
  ledger::RegisterUnits lines;
  lines.source = "a test";
  lines.edges.push_back({ledger->unit(kPlace),
                         ledger->unit("9001-ga"),
                         ledger::LineKind::Vertical,
                         *parse_day("2019-01-01"),
                         {}});
  submit(std::move(lines));
  ledger->add_person("checker_3", {{"90", Role::Verifier}});
  ledger->add_person("chief", {{"0", Role::Supervisor}});
  add_people();
  follow();  // from here on
  for (const char* state :
       {"registered", "assigned", "in_progress", "closure_requested", "publicised", "closed"})
    matters.push_back(make({state, kLead, "recorder", std::string("walked ") + state}));
  // Answered for by a unit above its place: who stands over it is the fixer too, or below him.
  for (const char* state : {"closure_requested", "closed"})
    matters.push_back(make({state, "900101", "recorder", std::string("above ") + state}));
  submit(ledger::AdoptTimeRules{std::nullopt, std::string(embedded_file("calendar/limits.csv"))});
  submit(ledger::AdoptFlow{std::string(embedded_file("flows/request.yaml"))});
  ledger->add_person("clerk", {{kReceiver, Role::Recorder}});
  for (const char* state : {"received", "assigned", "closed"}) matters.push_back(report(state));
  for (const char* kind : {"petition", "hazard"}) {
    submit(ledger::AdoptFlow{std::string(embedded_file("flows/" + std::string(kind) + ".yaml"))});
    for (const bool given : {false, true}) matters.push_back(plain(kind, given));
  }
  ledger::OpenFund fund;
  fund.fund = kFund;
  fund.unit = ledger->unit(kPlace);
  fund.title_zh = fund.title_en = fund.rules.basis = "fund";
  fund.rules.cap_fen = fund.rules.term_days = 1;
  fund.key = std::string(64, '0');
  submit(std::move(fund));
  for (const Role role : kRoles) {
    const std::string reporter = name_of(std::string(to_text(role)), "reporter");
    for (const char* state : {"registered", "closed"})
      reported.push_back(make({state, kLead, reporter, "reported " + std::string(state)}));
  }
  for (const Role role : kRoles) {
    const std::string name(to_text(role));
    end_post(name_of(name, "expired"), "900101", role);
    end_post(name_of(name, "reporter"), kPlace, Role::Recorder);
    end_post(name_of(name, "took_part"), kResponsible, Role::Responsible);
  }
  submit(ledger::AdoptProgramme{std::string(support::kSmallProgramme)});
  const Day today = day_of(ledger->clock.now(), Zone{});
  send_group({"mandate_over"}, today);
  work_group = send_group({"mandated", "mandated_below"}, Day{today.number + 300});
  const auto opened = ledger->engine->submit_and_wait(
      {ledger::OpenScheme{"walked", "walked", {ledger->unit(kPlace)}},
       {ledger->account("chief"), {}},
       {},
       {}});
  TZ_ASSERT(opened.ok());
  // What ends today is held today.
  ledger->clock.advance_days(1);
  submit(ledger::RegisterUnits{"a test",
                               {{"one-more",
                                 "一",
                                 ledger->unit("0"),
                                 ledger::UnitKind::Agency,
                                 false,
                                 *parse_day("2019-01-01"),
                                 {}}},
                               {}});
  follow();
  state_ = ledger->engine->published().state;
}

WalkedTown::~WalkedTown() {
  door_->stop();
  ledger->engine->stop();
}

void WalkedTown::add_people() {
  for (const Role role : kRoles) {
    const std::string name(to_text(role));
    for (const Position& position : kPositions) {
      Person person{name_of(name, position.name), position.name, name, position.unit, true};
      std::vector<std::pair<std::string, Role>> posts{{person.unit, role}};
      if (person.position == "reporter") posts.emplace_back(kPlace, Role::Recorder);
      if (person.position == "took_part") posts.emplace_back(kResponsible, Role::Responsible);
      if (person.position == "double") {
        person.second = kBelowPlace;
        posts.emplace_back(kBelowPlace, role);
      }
      person.holds = person.position != "expired";
      person.mandated = person.position.starts_with("mandated");
      // Nothing is his to do but by acting for whoever is above: his own post is elsewhere.
      if (person.position == "acting") {
        posts = {{kUnrelated, elsewhere(role)}};
        if (elsewhere(role) == role) person.second = kUnrelated;
      }
      ledger->add_person(person.name, posts);
      if (person.position == "acting")
        submit(ledger::GrantActing{ledger->post(name_of(name, "above")),
                                   ledger->post(person.name),
                                   {},
                                   Day{day_of(ledger->clock.now(), Zone{}).number + 300}});
      people.push_back(std::move(person));
    }
  }
  ledger->add_person("nobody", {});
  people.push_back({"nobody", "nobody", {}, "", false});
  people.push_back({"stranger", "stranger", {}, "", false});
}

std::string WalkedTown::send_group(const std::vector<std::string>& positions, Day to) {
  ledger::MandateWorkGroup command;
  command.name = "group";
  for (const Role role : {Role::Recorder, Role::Responsible, Role::Verifier, Role::Supervisor})
    for (const std::string& position : positions)
      command.members.push_back(ledger->post(name_of(std::string(to_text(role)), position)));
  command.units = {ledger->unit(kMandated)};
  for (const char* kind : kMandatedKinds) command.kinds.push_back(kind);
  command.requirements.push_back({"small", "report"});
  command.to = to;
  command.overlap_reason = "a test";
  const auto done =
      ledger->engine->submit_and_wait({std::move(command), {ledger->account("chief"), {}}, {}, {}});
  TZ_ASSERT(done.ok());
  return std::to_string(ledger->engine->published().state->work_groups.size());
}

void WalkedTown::end_post(const std::string& person, const std::string& unit, Role role) {
  const auto state = ledger->engine->published().state;
  // The last of the same: a recorder who reports has two.
  for (auto post = state->posts.rbegin(); post != state->posts.rend(); ++post)
    if (post->account == ledger->account(person) && post->unit == ledger->unit(unit) &&
        post->role == role)
      return static_cast<void>(submit(ledger::EndPost{post->id}));
  TZ_ASSERT(false);
}

engine::Receipt WalkedTown::submit(ledger::Command command) {
  auto done = ledger->engine->submit_and_wait({std::move(command), {}, {}, {}});
  TZ_ASSERT(done.ok());
  return *std::move(done);
}

const WalkedTown::Opened& WalkedTown::session_of(const std::string& person) {
  Opened& held = sessions_[person];
  access::Accounts& accounts = ledger->accounts;
  if (accounts.session(held.cookie, ledger->clock.now())) return held;
  access::Session session;
  session.account = ledger->account(person);
  auto passed =
      accounts.renew_session(session, accounts.find(session.account)->password_hash,
                             access::Step::Done, ledger->clock.now(), ledger->other_random);
  engine::Request request;
  request.changes = std::move(passed.changes);
  TZ_ASSERT(ledger->engine->submit_and_wait(std::move(request)).ok());
  held = {passed.sign_in.cookie, passed.sign_in.session.csrf};
  return held;
}

void WalkedTown::name_caller(const std::string& person, http::Request& request) {
  if (!takes_sessions_alone(request.target)) {
    request.headers.emplace_back("authorization", "Bearer " + ledger->token(person));
    return;
  }
  const Opened& session = session_of(person);
  request.headers.emplace_back("cookie", std::string(http::kSessionCookie) + "=" + session.cookie);
  request.headers.emplace_back("x-csrf-token", session.csrf);
}

Answered WalkedTown::ask(const std::string& person, const Question& question) {
  http::Request request;
  request.method = question.method;
  request.target = question.path;
  request.body = question.body;
  // Each from an address of his own: what one asks is not counted against another.
  const std::size_t place = places_.try_emplace(person, places_.size() + 1).first->second;
  request.peer = "192.0.2." + std::to_string(place);
  request.headers.emplace_back("accept-language", "en");
  if (person != "stranger") name_caller(person, request);
  if (question.seen)
    request.headers.emplace_back("if-match", "\"" + std::to_string(question.seen->value) + "\"");
  if (!question.last_event.empty())
    request.headers.emplace_back("last-event-id", question.last_event);
  const bool json = question.body.empty() || question.body.front() == '{';
  request.headers.emplace_back("content-type",
                               json ? "application/json" : "application/octet-stream");
  const auto answer = std::make_shared<std::promise<http::Response>>();
  auto waiting = answer->get_future();
  door_->handle(std::move(request),
                [answer](http::Response response) { answer->set_value(std::move(response)); });
  const http::Response response = waiting.get();
  Answered out;
  out.status = response.status;
  out.headers = response.headers;
  out.headers.emplace_back("content-type", response.content_type);
  out.body = std::string(response.content());
  if (response.stream) {
    const auto sink = std::make_shared<Collected>();
    response.stream(sink);
    out.body = sink->all();
  }
  JsonLimits limits;
  limits.bytes_max = std::size_t{16} << 20;
  auto parsed = parse_json(out.body, limits);
  if (parsed.ok()) out.json = *std::move(parsed);
  const Json* code = out.status >= 400 ? out.json.find("code") : nullptr;
  if (code != nullptr && code->as_text() != nullptr) out.code = *code->as_text();
  return out;
}

std::string WalkedTown::streamed_from_start(const std::string& person) {
  return ask(person, {"GET", "/api/v1/stream", "", {}, "0"}).body;
}

std::set<std::string> WalkedTown::numbers_in(const std::string& text) const {
  std::set<std::string> out;
  for (const auto* some : {&matters, &reported})
    for (const Matter& matter : *some)
      if (text.find(matter.no) != std::string::npos) out.insert(matter.no);
  return out;
}

void WalkedTown::follow() {
  for (bool more = true; more;) {
    const auto followed =
        engine::follow_records(*ledger->engine, ledger->accounts, {}, ledger->clock.now());
    TZ_ASSERT(followed.ok());
    more = followed->more;
  }
}

Answered WalkedTown::change(const std::string& person, const std::string& no,
                            const std::string& what, const std::string& body) {
  const auto view = ledger->engine->published().view;
  const auto index = view->find(*ledger::parse_item_no(no));
  return ask(person, {"POST", "/api/v1/items/" + no + "/" + what, body,
                      index ? view->row(*index).last : Seq{1}});
}

void WalkedTown::must(const std::string& person, const Matter& matter, const std::string& what,
                      const std::string& body) {
  const Answered done = change(person, matter.no, what, body);
  if (done.status != 200)
    std::fprintf(stderr, "%s by %s: %s\n", what.c_str(), person.c_str(), done.body.c_str());
  TZ_ASSERT(done.status == 200);
  follow();
}

Matter WalkedTown::make(const Aim& aim) {
  Matter out;
  out.place = kPlace;
  out.recorder = aim.recorder;
  out.title = aim.title;
  out.state = aim.state;
  const Answered opened =
      ask(aim.recorder, {"POST", "/api/v1/items",
                         R"({"kind":"problem","unit":")" + out.place +
                             R"(","source":"resident","title":")" + aim.title + "\"}"});
  TZ_ASSERT(opened.status == 201);
  out.no = *opened.json.find("item")->as_text();
  if (aim.state == "registered") return out;
  out.lead = aim.lead;
  out.responsible = {kResponsible};
  out.supporting = {kSupporting};
  out.supervising = kNamed;
  must("chief", out, "assign",
       R"({"lead":")" + out.lead + R"(","responsible":["900101-zj"],)" +
           R"("parts":[{"unit":"900101-cg","text":"help","due":"2019-12-31"}],)" +
           R"("supervising":"900103","due":"2019-12-31"})");
  if (aim.state == "assigned") return out;
  work_on(out);
  if (aim.state == "in_progress") return out;
  ask_for_closure(out);
  if (aim.state == "closure_requested") return out;
  verify(out);
  if (aim.state == "publicised") return out;
  ledger->clock.advance_days(7);
  must("chief", out, "close", R"({"outcome":"fixed"})");
  return out;
}

// A petition or a hazard as it was listed, or given to the unit that is to deal with it.
Matter WalkedTown::plain(const std::string& kind, bool given) {
  const bool petition = kind == "petition";
  Matter out;
  out.kind = kind;
  out.place = kPlace;
  out.recorder = "recorder";
  out.state = !given ? "registered" : petition ? "referred" : "assigned";
  out.title = kind + " " + out.state;
  const Answered opened =
      ask("recorder", {"POST", "/api/v1/items",
                       R"({"kind":")" + kind + R"(","unit":")" + out.place + R"(","source":")" +
                           (petition ? "letter" : R"(inspection","severity":"general)") +
                           R"(","title":")" + out.title + "\"}"});
  TZ_ASSERT(opened.status == 201);
  out.no = *opened.json.find("item")->as_text();
  if (!given) return out;
  out.lead = kLead;
  out.responsible = {kResponsible};
  out.supervising = kNamed;
  must("chief", out, petition ? "refer" : "assign",
       R"({"lead":")" + out.lead +
           R"(","responsible":["900101-zj"],"supervising":"900103","due":"2019-12-31"})");
  return out;
}

// Complains of kPlace: neither it nor what lies below it is to learn of it.
Matter WalkedTown::report(const std::string& state) {
  Matter out;
  out.kind = "request";
  out.place = kReceiver;
  out.title = "report " + state;
  out.state = state;
  out.accused = {kPlace};
  const Answered sent = ask("stranger", {"POST", "/api/v1/requests",
                                         R"({"accused":["900101001"],"text":"what he saw"})"});
  TZ_ASSERT(sent.status == 201);
  out.no = *sent.json.find("item")->as_text();
  TZ_ASSERT(*sent.json.find("receiver")->find("code")->as_text() == kReceiver);
  if (state == "received") return out;
  must("clerk", out, "accept", "{}");
  must("clerk", out, "abstract", R"({"title":")" + out.title + R"(","text":"abstract"})");
  must("supervisor", out, "approve_abstract", "{}");
  out.lead = kLead;
  out.responsible = {kResponsible};
  out.supporting = {kSupporting};
  out.supervising = kNamed;
  must("supervisor", out, "assign",
       R"({"lead":")" + out.lead + R"(","responsible":["900101-zj"],)" +
           R"("parts":[{"unit":"900101-cg","text":"help","due":"2019-12-31"}],)" +
           R"("supervising":"900103","due":"2019-12-31"})");
  if (state == "assigned") return out;
  must("fixer", out, "contact", R"({"text":"told"})");
  const std::string helper = name_of("responsible", "supporting");
  must(helper, out, "contribute", R"({"text":"helped"})");
  must("fixer", out, "answer", R"({"text":"done"})");
  out.took_part = {"fixer", helper};
  out.parts_units = {kResponsible, kSupporting};
  must("supervisor", out, "close", R"({"outcome":"handled","text":"done"})");
  return out;
}

void WalkedTown::work_on(Matter& matter) {
  must("fixer", matter, "plan",
       R"({"measures":[{"text":"do","owner":"900101-zj","due":"2019-12-20"}],"criterion":"done"})");
  for (const Role role : kRoles) {
    const std::string person = name_of(std::string(to_text(role)), "took_part");
    must(person, matter, "report", R"({"text":"under way"})");
    matter.took_part.push_back(person);
  }
  const std::string helper = name_of("responsible", "supporting");
  must(helper, matter, "contribute", R"({"text":"helped"})");
  matter.took_part.insert(matter.took_part.end(), {"fixer", helper});
  matter.parts_units = {kResponsible, kSupporting};
  if (matter.lead == "900101") matter.parts_units.push_back(matter.lead);  // he has a post there
}

void WalkedTown::ask_for_closure(const Matter& matter) {
  const Answered kept = ask("fixer", {"POST", "/api/v1/evidence", "%PDF-1.4\n1 0 obj\n%%EOF\n"});
  TZ_ASSERT(kept.status == 201);
  evidence = *kept.json.find("sha256")->as_text();
  must("fixer", matter, "report",
       R"({"text":"done","measure":1,"done":true,"evidence":[{"sha256":")" + evidence +
           R"(","name":"sheet"}]})");
  must("fixer", matter, "request_closure", "{}");
}

void WalkedTown::verify(const Matter& matter) {
  must("checker_2", matter, "review", R"({"text":"seen"})");
  must("checker_2", matter, "check",
       R"({"text":"seen","checkers":[)" + std::to_string(ledger->post("checker_3").value) + "]}");
  // What is on notice stays so for the whole walk; what is to be closed is over in a week.
  const std::int32_t days = matter.state == "publicised" ? 300 : 6;
  const std::string last = to_text(Day{day_of(ledger->clock.now(), Zone{}).number + days});
  must("chief", matter, "publicise", R"({"notice_last":")" + last + "\"}");
}

}  // namespace tz::policy_test
