// Lines about what people are told: the inbox, letters, and what becomes of them.
#include "engine/letters.h"
#include "scenarios/line.h"
#include "scenarios/player.h"

namespace tz::test {

using namespace ledger;

// What the program does by itself all the time: it looks at what was recorded.
Fault Player::follow() {
  for (bool more = true; more;) {
    const auto followed = engine::follow_records(ledger_.engine(), ledger_.accounts(),
                                                 {true, false}, ledger_.clock().now());
    if (!followed.ok()) return fault("not followed: " + to_text(followed.error()));
    more = followed->more;
  }
  return std::nullopt;
}

// reach PERSON by mail
Fault Player::reach(const Words& words) {
  const auto person = words.size() == 4 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end() || words[2] != "by" || words[3] != "mail")
    return fault("reach PERSON by mail is needed");
  SeededRandom random(1);
  auto request = engine::contact_set(ledger_.accounts(), person->second,
                                     {words[1] + "@example.org", {}, false}, random);
  if (!request.ok()) return fault("refused: " + to_text(request.error()));
  const auto stored = ledger_.engine().submit_and_wait(*std::move(request));
  if (!stored.ok()) return fault("refused: " + to_text(stored.error()));
  return std::nullopt;
}

// put_away PERSON: the newest of what he was told.
Fault Player::put_away(const Words& words) {
  const auto person = words.size() == 2 ? persons_.find(words[1]) : persons_.end();
  if (person == persons_.end()) return fault("put_away PERSON is needed");
  if (Fault wrong = follow()) return wrong;
  const auto told = engine::notices_of(ledger_.engine(), person->second, std::nullopt, 1);
  if (!told.ok() || told->empty()) return fault("he was told nothing");
  engine::Request request;
  request.changes.push_back(engine::put_away(person->second, told->front().record));
  const auto stored = ledger_.engine().submit_and_wait(std::move(request));
  if (!stored.ok()) return fault("refused: " + to_text(stored.error()));
  return std::nullopt;
}

// mail arrives, mail away, mail refused: what becomes of every letter that is due.
Fault Player::mail(const Words& words) {
  const std::string how = words.size() == 2 ? words[1] : "";
  if (how != "arrives" && how != "away" && how != "refused")
    return fault("mail arrives, mail away or mail refused is needed");
  const engine::Sent sent = how == "arrives" ? engine::Sent::Arrived
                            : how == "away"  ? engine::Sent::Away
                                             : engine::Sent::Refused;
  const auto letters = engine::letters_due(ledger_.engine(), ledger_.clock().now());
  if (!letters.ok()) return fault("no letters: " + to_text(letters.error()));
  for (const notify::Letter& letter : *letters) {
    const Instant now = ledger_.clock().now();
    const auto leaves = engine::as_it_may_leave(ledger_.engine(), ledger_.accounts(), letter, now);
    if (!leaves.ok()) return fault("not looked at: " + to_text(leaves.error()));
    const engine::Sent becomes = leaves->lines.empty() ? engine::Sent::Unwanted : sent;
    const Outcome settled = engine::settle_letter(ledger_.engine(), letter, becomes, now);
    if (!settled.ok()) return fault("not settled: " + to_text(settled.error()));
  }
  return std::nullopt;
}

// What the person was told last of the item of the last `do`, or of his own posts; nothing.
Fault Player::expect_told(const std::string& name, const std::string& what, bool of_posts) {
  const auto person = persons_.find(name);
  if (person == persons_.end() || (!of_posts && !item_))
    return fault("a person and an item are needed");
  if (Fault wrong = follow()) return wrong;
  const auto told = engine::notices_of(ledger_.engine(), person->second, std::nullopt, 1000);
  if (!told.ok()) return fault("no notices: " + to_text(told.error()));
  std::string is = "nothing";
  for (auto notice = told->rbegin(); notice != told->rend(); ++notice)
    if (notice->number == (of_posts ? std::string() : ledger::to_text(*item_))) is = notice->what;
  if (is == what) return std::nullopt;
  return fault(name + " was told " + is);
}

// How many letters to the person are on their way.
Fault Player::expect_letters(const std::string& name, const std::string& count) {
  const auto person = persons_.find(name);
  if (person == persons_.end()) return fault("a person is needed");
  if (Fault wrong = follow()) return wrong;
  const Instant now = ledger_.clock().now();
  const auto made =
      engine::make_letters(ledger_.engine(), ledger_.accounts(), {{true, false}, {8, 30}}, now);
  if (!made.ok()) return fault("no letters: " + to_text(made.error()));
  const auto letters = engine::letters_due(ledger_.engine(), now);
  if (!letters.ok()) return fault("no letters: " + to_text(letters.error()));
  std::size_t is = 0;
  for (const notify::Letter& letter : *letters) {
    const auto leaves = engine::as_it_may_leave(ledger_.engine(), ledger_.accounts(), letter, now);
    if (!leaves.ok()) return fault("not looked at: " + to_text(leaves.error()));
    if (letter.account == person->second && !leaves->lines.empty()) ++is;
  }
  if (std::to_string(is) == count) return std::nullopt;
  return fault(std::to_string(is) + " letters to " + name);
}

// How much of what the person caused reached nobody.
Fault Player::expect_undelivered(const std::string& name, const std::string& count) {
  const auto person = persons_.find(name);
  if (person == persons_.end()) return fault("a person is needed");
  const auto failed = engine::undelivered_of(ledger_.engine(), person->second, 1000);
  if (!failed.ok()) return fault("not read: " + to_text(failed.error()));
  if (std::to_string(failed->size()) == count) return std::nullopt;
  return fault(std::to_string(failed->size()) + " undelivered");
}

}  // namespace tz::test
