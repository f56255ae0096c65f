// From records to rows: grouped by command, asked of the ledger's rule, stored with the cursor.
#include "engine/notices.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/history.h"
#include "ledger/told.h"

namespace tz::engine {
namespace {

using notify::Notice;

constexpr std::size_t kRecordsAtOnce = 1000;
constexpr std::size_t kRowsAtOnce = 500;

Error damaged(std::string_view space) {
  return failure("access_damaged", {{"space", std::string(space)}, {"key", ""}});
}

access::Change change(std::string_view space, Bytes key, std::optional<Bytes> value) {
  return {std::string(space), std::move(key), std::move(value)};
}

// Records of one command, [begin, end) of those at hand.
struct Command {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The last one may go on behind what is at hand: then it waits, unless it is all there is.
std::vector<Command> commands_in(const std::vector<OpenedRecord>& records, bool all_there) {
  std::vector<Command> out;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!out.empty() && records[i].record.command == records[out.back().begin].record.command)
      out.back().end = i + 1;
    else
      out.push_back({i, i + 1});
  }
  if (!all_there && out.size() > 1) out.pop_back();
  return out;
}

// What is told of the commands at hand. First the items are read, then the state is taken, so that
// it is never older than one of them.
class Following {
 public:
  Following(const Engine& engine, const access::Accounts& accounts, const Ways& ways, Instant now)
      : engine_(engine), accounts_(accounts), ways_(ways), now_(now) {}

  Outcome take_all(const std::vector<OpenedRecord>& records, const std::vector<Command>& commands) {
    std::vector<Step> steps;
    for (const Command& command : commands) find_steps(records, command, steps);
    for (const Step& step : steps) TZ_TRY(read_item(step.no));
    state_ = engine_.published().state;
    const ledger::PostsByUnit posts(*state_, day_of(now_, state_->zone));
    for (const Step& step : steps) tell(step, posts);
    for (std::size_t i = 0; i < (commands.empty() ? 0 : commands.back().end); ++i)
      if (!records[i].record.item) tell_of_handover(records[i]);
    return Done{};
  }

  // The rows of everything taken; `next` is behind it.
  Result<std::vector<access::Change>> changes(Seq next) {
    std::vector<access::Change> out;
    std::map<Bytes, notify::Burden> burdens;
    std::map<AccountId, Ways> reached;
    for (const auto& [about, told] : told_) {
      const Notice& notice = told.notice;
      out.push_back(change(notify::kNoticeSpace, notify::notice_key(notice.account, notice.record),
                           notify::encode(notice)));
      if (!reached.contains(notice.account))
        reached[notice.account] = TZ_TRY(ways_to(notice.account));
      for (const notify::Channel channel : notify::kChannels) {
        if (!reached[notice.account].has(channel)) continue;
        const notify::ToSend row{channel, notice.account, notice.record, notice.urgent};
        out.push_back(change(notify::kToSendSpace, notify::key_of(row), notify::encode(row)));
      }
      if (told.counted) TZ_TRY(count(notice, burdens));
    }
    for (const auto& [key, burden] : burdens)
      out.push_back(change(notify::kBurdenSpace, key, notify::encode(burden)));
    out.push_back(change(notify::kNotifySpace, notify::cursor_key(), notify::encode_cursor(next)));
    return out;
  }

  [[nodiscard]] std::size_t count() const { return told_.size(); }

 private:
  struct Kept {
    Notice notice;
    bool counted = false;
  };

  // What one command did to one item.
  struct Step {
    ledger::ItemNo no;
    Seq first;
    PostId actor;
    std::vector<const ledger::Event*> events;
  };

  static void find_steps(const std::vector<OpenedRecord>& records, const Command& command,
                         std::vector<Step>& into) {
    std::map<ledger::ItemNo, Step> by_item;
    for (std::size_t i = command.begin; i < command.end; ++i) {
      const journal::Record& record = records[i].record;
      if (!record.item) continue;
      const ledger::ItemNo no{*record.item};
      Step& step = by_item.try_emplace(no, Step{no, record.seq, record.actor, {}}).first->second;
      step.events.push_back(&records[i].event.event);
    }
    for (auto& [no, step] : by_item)
      if (std::any_of(step.events.begin(), step.events.end(),
                      [](const ledger::Event* event) { return ledger::may_tell(*event); }))
        into.push_back(std::move(step));
  }

  Outcome read_item(ledger::ItemNo no) {
    if (items_.contains(no)) return Done{};
    auto item = engine_.item(no);
    if (!item.ok() && item.error().code == "item_unknown") return Done{};
    items_.emplace(no, TZ_TRY(std::move(item)));
    return Done{};
  }

  void tell(const Step& step, const ledger::PostsByUnit& posts) {
    const auto known = items_.find(step.no);
    if (known == items_.end()) return;
    const ledger::Item& item = known->second;
    const ledger::Post* post = state_->post(step.actor);
    ledger::Happened happened{step.events, std::nullopt};
    if (post != nullptr) happened.actor = post->account;
    const bool counted = ledger::flow_of(item, *state_).totals == ledger::TotalsAudience::Public;
    for (const ledger::Told& told : ledger::told_of(*state_, posts, item, happened, now_)) {
      auto notice = notice_of(told, step.first, post);
      if (!notice) continue;
      notice->number = ledger::to_text(step.no);
      // Of what was done twice to one item since the last look, the newest is told.
      told_.insert_or_assign({step.no, told.account, notice->what}, Kept{*notice, counted});
    }
  }

  // Of one's own posts it is no unit's asking, so nobody's burden.
  void tell_of_handover(const OpenedRecord& opened) {
    const ledger::Post* post = state_->post(opened.record.actor);
    std::optional<AccountId> actor;
    if (post != nullptr) actor = post->account;
    for (const ledger::Told& told : ledger::told_of_handover(*state_, opened.event.event, actor))
      if (const auto notice = notice_of(told, opened.record.seq, post))
        told_.insert_or_assign({ledger::ItemNo{}, told.account, notice->what},
                               Kept{*notice, false});
  }

  // None of an account that nobody uses any more; without a number.
  [[nodiscard]] std::optional<Notice> notice_of(const ledger::Told& told, Seq record,
                                                const ledger::Post* by) const {
    const auto account = accounts_.find(told.account);
    if (account && (account->disabled || account->erased || account->over(now_)))
      return std::nullopt;
    Notice notice;
    notice.record = record;
    notice.account = told.account;
    notice.what = to_text(told.what);
    notice.last_day = told.last_day;
    notice.urgent = told.urgent;
    notice.made = now_;
    notice.unit = told.unit;
    if (by != nullptr) notice.asker = by->account;
    if (by != nullptr) notice.asking = by->unit;
    return notice;
  }

  Result<Ways> ways_to(AccountId account) const {
    std::optional<Bytes> row;
    const Outcome read = engine_.read([&](journal::Reader& reader) -> Outcome {
      row = TZ_TRY(reader.kept(notify::kContactSpace, notify::account_prefix(account)));
      return Done{};
    });
    if (!read.ok()) return read.error();
    if (!row) return Ways{};
    const auto contact = notify::decode_contact(*row);
    if (!contact) return damaged(notify::kContactSpace);
    return Ways{ways_.mail && contact->mail, ways_.webhook && contact->webhook};
  }

  Outcome count(const Notice& notice, std::map<Bytes, notify::Burden>& burdens) const {
    notify::Burden burden{notice.unit, first_of_month(day_of(now_, state_->zone)), notice.asking};
    const Bytes key = notify::key_of(burden);
    if (!burdens.contains(key)) {
      const Outcome read = engine_.read([&](journal::Reader& reader) -> Outcome {
        const auto row = TZ_TRY(reader.kept(notify::kBurdenSpace, key));
        if (!row) return Done{};
        const auto before = notify::decode_burden(key, *row);
        if (!before) return damaged(notify::kBurdenSpace);
        burden = *before;
        return Done{};
      });
      if (!read.ok()) return read.error();
      burdens[key] = burden;
    }
    ++burdens[key].count;
    return Done{};
  }

  const Engine& engine_;
  const access::Accounts& accounts_;
  const Ways ways_;
  const Instant now_;
  std::shared_ptr<const ledger::State> state_;
  std::map<ledger::ItemNo, ledger::Item> items_;
  std::map<std::tuple<ledger::ItemNo, AccountId, std::string>, Kept> told_;
};

Result<std::optional<Seq>> read_cursor(const Engine& engine) {
  std::optional<Seq> out;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    const auto row = TZ_TRY(reader.kept(notify::kNotifySpace, notify::cursor_key()));
    if (!row) return Done{};
    out = notify::decode_cursor(*row);
    if (!out) return damaged(notify::kNotifySpace);
    return Done{};
  });
  if (!read.ok()) return read.error();
  return out;
}

// Rows of a space whose keys begin so, decoded, at most so many.
template <class Row, class Decode>
Result<std::vector<Row>> rows_of(const Engine& engine, std::string_view space, Bytes prefix,
                                 const Bytes& from, std::size_t count_max, const Decode& decode) {
  std::vector<Row> out;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    for (const journal::KeptRow& row : TZ_TRY(reader.kept_from(space, from, count_max))) {
      if (row.key.size() < prefix.size() ||
          !std::equal(prefix.begin(), prefix.end(), row.key.begin()))
        break;
      auto decoded = decode(row.key, *row.value);
      if (!decoded) return damaged(space);
      out.push_back(*std::move(decoded));
    }
    return Done{};
  });
  if (!read.ok()) return read.error();
  return out;
}

Outcome delete_all(Engine& engine, std::vector<access::Change> rows) {
  for (std::size_t at = 0; at < rows.size(); at += kRowsAtOnce) {
    Request request;
    request.cleanse = true;
    const auto end = std::min(rows.size(), at + kRowsAtOnce);
    for (std::size_t i = at; i < end; ++i) request.changes.push_back(std::move(rows[i]));
    TZ_TRY(engine.submit_and_wait(std::move(request)));
  }
  return Done{};
}

}  // namespace

Result<Followed> follow_records(Engine& engine, const access::Accounts& accounts, const Ways& ways,
                                Instant now) {
  const std::uint64_t size = engine.published().size;
  const auto cursor = TZ_TRY(read_cursor(engine));
  Followed out;
  Request request;
  if (!cursor) {
    request.changes.push_back(
        change(notify::kNotifySpace, notify::cursor_key(), notify::encode_cursor(Seq{size})));
    TZ_TRY(engine.submit_and_wait(std::move(request)));
    return out;
  }
  if (cursor->value >= size) return out;
  auto records = TZ_TRY(records_from(engine, *cursor, kRecordsAtOnce));
  // What came since is looked at with the next.
  while (!records.empty() && records.back().record.seq.value >= size) records.pop_back();
  if (records.empty()) return out;
  const bool all_there = records.back().record.seq.value + 1 == size;
  const std::vector<Command> commands = commands_in(records, all_there);
  Following following(engine, accounts, ways, now);
  TZ_TRY(following.take_all(records, commands));
  out.records = commands.back().end;
  out.notices = following.count();
  const Seq next{cursor->value + out.records};
  out.more = next.value < size;
  request.changes = TZ_TRY(following.changes(next));
  TZ_TRY(engine.submit_and_wait(std::move(request)));
  return out;
}

Result<std::vector<Notice>> notices_of(const Engine& engine, AccountId account,
                                       std::optional<Seq> before, std::size_t count_max) {
  const Bytes prefix = notify::account_prefix(account);
  if (before && before->value == 0) return std::vector<Notice>{};
  const Bytes from = before ? notify::notice_key(account, Seq{before->value - 1}) : Bytes(prefix);
  return rows_of<Notice>(engine, notify::kNoticeSpace, prefix, from, count_max,
                         notify::decode_notice);
}

access::Change put_away(AccountId account, Seq record) {
  return change(notify::kNoticeSpace, notify::notice_key(account, record), std::nullopt);
}

Result<std::vector<notify::Undelivered>> undelivered_of(const Engine& engine, AccountId account,
                                                        std::size_t count_max) {
  const Bytes prefix = notify::account_prefix(account);
  return rows_of<notify::Undelivered>(engine, notify::kUndeliveredSpace, prefix, prefix, count_max,
                                      notify::decode_undelivered);
}

Result<std::vector<notify::Burden>> burdens_in(const Engine& engine, Day month) {
  constexpr std::size_t kPage = 10'000;
  std::vector<notify::Burden> out;
  Bytes from;
  for (bool more = true; more;) {
    const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
      const auto rows = TZ_TRY(reader.kept_from(notify::kBurdenSpace, from, kPage));
      more = rows.size() == kPage;
      for (const journal::KeptRow& row : rows) {
        const auto burden = notify::decode_burden(row.key, *row.value);
        if (!burden) return damaged(notify::kBurdenSpace);
        if (burden->month == month) out.push_back(*burden);
      }
      if (more) {
        from = rows.back().key;
        from.push_back(0);
      }
      return Done{};
    });
    if (!read.ok()) return read.error();
  }
  return out;
}

Result<std::vector<access::Change>> traces_of(const Engine& engine, AccountId account) {
  std::vector<access::Change> out;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    const auto add = [&](std::string_view space, const auto& is_his) -> Outcome {
      for (journal::KeptRow& row : TZ_TRY(reader.kept_all(space)))
        if (is_his(row)) out.push_back(change(space, std::move(row.key), std::nullopt));
      return Done{};
    };
    TZ_TRY(add(notify::kNoticeSpace, [&](const journal::KeptRow& row) {
      const auto notice = notify::decode_notice(row.key, *row.value);
      return notice && notice->account == account;
    }));
    TZ_TRY(add(notify::kToSendSpace, [&](const journal::KeptRow& row) {
      const auto to_send = notify::decode_to_send(row.key, *row.value);
      return to_send && to_send->account == account;
    }));
    TZ_TRY(add(notify::kLetterSpace, [&](const journal::KeptRow& row) {
      const auto letter = notify::decode_letter(row.key, *row.value);
      return letter && letter->account == account;
    }));
    TZ_TRY(add(notify::kUndeliveredSpace, [&](const journal::KeptRow& row) {
      const auto failed = notify::decode_undelivered(row.key, *row.value);
      return failed && (failed->account == account || failed->asker == account);
    }));
    return Done{};
  });
  if (!read.ok()) return read.error();
  for (const notify::Channel channel : notify::kChannels)
    out.push_back(
        change(notify::kSentDaySpace, notify::sent_day_key(channel, account), std::nullopt));
  out.push_back(change(notify::kContactSpace, notify::account_prefix(account), std::nullopt));
  return out;
}

Result<std::size_t> forget_notices(Engine& engine, Instant before) {
  std::vector<access::Change> old;
  const Outcome read = engine.read([&](journal::Reader& reader) -> Outcome {
    for (journal::KeptRow& row : TZ_TRY(reader.kept_all(notify::kNoticeSpace))) {
      const auto notice = notify::decode_notice(row.key, *row.value);
      if (!notice) return damaged(notify::kNoticeSpace);
      if (notice->made < before)
        old.push_back(change(notify::kNoticeSpace, std::move(row.key), std::nullopt));
    }
    for (journal::KeptRow& row : TZ_TRY(reader.kept_all(notify::kUndeliveredSpace))) {
      const auto failed = notify::decode_undelivered(row.key, *row.value);
      if (!failed) return damaged(notify::kUndeliveredSpace);
      if (failed->at < before)
        old.push_back(change(notify::kUndeliveredSpace, std::move(row.key), std::nullopt));
    }
    return Done{};
  });
  if (!read.ok()) return read.error();
  const std::size_t count = old.size();
  TZ_TRY(delete_all(engine, std::move(old)));
  return count;
}

}  // namespace tz::engine
