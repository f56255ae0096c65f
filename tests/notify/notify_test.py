"""What people are told: by inbox, mail and gateway, each once, and by nobody who may not know."""

import json
import os
import random
import signal
import sys
import time
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "erasure"))
sys.path.insert(0, os.path.dirname(__file__))
from program import LedgerCase, run, run_json  # noqa: E402
from servers import Gateway, MailServer, certificate  # noqa: E402
from traces import traces  # noqa: E402

PLACE = "220204006001"
FIXER = "220204006"
PASSWORD = "quite another pass phrase"
ADDRESS = "wren.kestrel@example.org"
TELEPHONE = "+8613912345678"
TITLE = "无人知晓的标题Jasminum"
WAIT_SECONDS = 60


class Told(LedgerCase):
    """A recorder lists items, the chief assigns them, the fixer is told."""

    def setUp(self):
        super().setUp()
        self.tokens, self.passwords = {}, {}
        for name, unit, role in (("clerk", PLACE, "recorder"), ("chief", "220204", "supervisor"),
                                 ("fixer", FIXER, "responsible"),
                                 ("other", "130629", "responsible"),
                                 ("checker", "220204", "verifier")):
            added = run_json("account", "add", self.ledger, name, "--unit", unit, "--role", role)
            self.passwords[name] = added["password"]
            self.tokens[name] = run("token", "add", self.ledger, name).stdout.strip()

    def set_up_ways(self, mail=None, gateway=None, tls="starttls"):
        text = "notify:\n  address: https://ledger.example\n"
        if mail:
            text += f"  mail: {{host: localhost, port: {mail.port}, from: ledger@example.org"
            if mail.tls:
                self.secret("ca.crt", open(os.path.join(self.folder, "mail.crt"), "rb").read())
                self.secret("mail-password", (mail.password + "\n").encode())
                text += (f", security: {tls}, ca_file: ca.crt, user: ledger, "
                         "password_file: mail-password}\n")
            else:
                text += ", security: none}\n"
        if gateway:
            self.secret("gateway-secret", gateway.secret + b"\n")
            text += (f"  webhook: {{address: 'http://127.0.0.1:{gateway.port}/call', "
                     "secret_file: gateway-secret}\n")
        with open(os.path.join(self.ledger, "config.yaml"), "a", encoding="utf-8") as file:
            file.write(text)

    def secret(self, name, content):
        path = os.path.join(self.ledger, "keys", name)
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)

    def start(self):
        self.server, self.address = self.serve()
        # From its first row on; what was before the first start is told to nobody.
        self.until(lambda: self.rows("notify"))

    def ask(self, who, method, path, body=None, headers=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.address + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        if who:
            request.add_header("Authorization", "Bearer " + self.tokens[who])
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
            return json.loads(content) if "json" in answer.headers.get("Content-Type", "") \
                else content.decode()

    def session(self, who):
        """The headers of a session with a password of the owner's own choice."""
        def post(path, body, headers):
            request = urllib.request.Request(self.address + path, json.dumps(body).encode())
            for name, value in {"Content-Type": "application/json", **headers}.items():
                request.add_header(name, value)
            with urllib.request.urlopen(request) as answer:
                return {"Cookie": answer.headers["Set-Cookie"].split(";")[0],
                        "X-CSRF-Token": json.load(answer)["csrf"]}
        headers = post("/api/v1/session", {"name": who, "password": self.passwords[who]}, {})
        if self.passwords[who] != PASSWORD:
            headers = post("/api/v1/account/password",
                           {"old": self.passwords[who], "new": PASSWORD}, headers)
            self.passwords[who] = PASSWORD
        return headers

    def set_contact(self, who, **contact):
        return self.ask(None, "POST", "/api/v1/account/contact", contact, self.session(who))

    def assign(self, severity="major"):
        """An item that is assigned to the fixer; urgent where it is grave."""
        opened = self.ask("clerk", "POST", "/api/v1/items", {
            "kind": "problem", "unit": PLACE, "source": "resident", "title": TITLE,
            "severity": severity})
        done = self.ask("chief", "POST", f"/api/v1/items/{opened['item']}/assign",
                        {"lead": FIXER, "due": "2099-12-31"},
                        {"If-Match": f'"{opened["version"]}"'})
        return opened["item"], done["version"]

    def inbox(self, who):
        return self.ask(who, "GET", "/api/v1/inbox?limit=100")

    def told(self, who):
        return [(each["item"], each["what"]) for each in self.inbox(who)["notices"]]

    def until(self, holds):
        ends = time.monotonic() + WAIT_SECONDS
        while not holds():
            self.assertLess(time.monotonic(), ends, "it did not come about")
            time.sleep(0.05)

    def rows(self, space):
        with self.database() as base:
            return list(base.execute("SELECT key, value FROM kept WHERE space = ?", (space,)))

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def mail_server(self, **how):
        server = MailServer(**how)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server


class Inbox(Told):
    def test_whom_it_concerns_is_told_once_and_nobody_else(self):
        self.start()
        item, version = self.assign("general")
        self.until(lambda: self.told("fixer"))
        self.assertEqual([(item, "assigned")], self.told("fixer"))
        page = self.inbox("fixer")
        self.assertEqual(1, page["count_at_least"])
        self.assertEqual("2099-12-31", page["notices"][0]["last_day"])
        self.assertNotIn(TITLE, json.dumps(page, ensure_ascii=False))
        for who in ("clerk", "chief", "other", "checker"):
            self.assertEqual([], self.told(who), who)
        # An objection waits for whoever may answer it, nearest to the place.
        self.ask("fixer", "POST", f"/api/v1/items/{item}/object", {"reason": "不归我管"},
                 {"If-Match": f'"{version}"'})
        self.until(lambda: self.told("chief"))
        self.assertEqual([(item, "objection")], self.told("chief"))

    def test_what_is_put_away_is_gone_for_its_owner_alone(self):
        self.start()
        items = [self.assign("general")[0] for _ in range(3)]
        self.until(lambda: len(self.told("fixer")) == 3)
        self.assertEqual(list(reversed(items)), [item for item, _ in self.told("fixer")])
        first = self.ask("fixer", "GET", "/api/v1/inbox?limit=2")
        second = self.ask("fixer", "GET", f"/api/v1/inbox?limit=2&before={first['next']}")
        self.assertEqual([items[0]], [each["item"] for each in second["notices"]])
        self.assertIsNone(second["next"])
        notice = first["notices"][0]["notice"]
        self.ask("other", "POST", f"/api/v1/inbox/{notice}/done")
        self.assertEqual(3, len(self.told("fixer")))
        for _ in range(2):
            self.ask("fixer", "POST", f"/api/v1/inbox/{notice}/done")
        self.assertEqual([items[1], items[0]], [item for item, _ in self.told("fixer")])

    def test_a_server_that_was_down_catches_up_and_tells_of_nothing_that_is_over(self):
        self.start()
        self.kill()
        # Without a server, by the program's own commands.
        item, _ = self.catch_up_item()
        self.until(lambda: self.told("fixer"))
        self.assertEqual([(item, "assigned")], self.told("fixer"))

    def catch_up_item(self):
        # A second server whose follower is killed as soon as it has answered.
        self.server, self.address = self.serve()
        item, version = self.assign("general")
        over, seen = self.assign("general")
        self.ask("fixer", "POST", f"/api/v1/items/{over}/object", {"reason": "不归我管"},
                 {"If-Match": f'"{seen}"'})
        self.kill()
        with self.database() as base:  # as if it had been down since
            base.execute("DELETE FROM kept WHERE space IN ('notice', 'burden')")
            value, = base.execute("SELECT value FROM kept WHERE space = 'notify'").fetchone()
            base.execute("UPDATE kept SET value = ? WHERE space = 'notify'",
                         (value[:1] + (version - 8).to_bytes(8, "big"),))
        self.server, self.address = self.serve()
        return item, version

    def test_burden_is_counted_by_unit_and_by_whose_act_it_was(self):
        self.start()
        for _ in range(3):
            self.assign("general")
        self.until(lambda: len(self.told("fixer")) == 3)
        burden = self.ask(None, "GET", f"/api/v1/units/{FIXER}/burden")
        self.assertEqual(3, burden["own"]["counts"]["notices"])
        self.assertEqual([("220204", 3)],
                         [(each["unit"]["code"], each["notices"])
                          for each in burden["own"]["asked_by"] if each["sort"] == "notice"])
        above = self.ask(None, "GET", "/api/v1/units/220204/burden")
        self.assertEqual(0, above["own"]["counts"]["notices"])
        self.assertEqual(3, above["all"]["counts"]["notices"])


class Sent(Told):
    def test_an_urgent_mail_says_number_day_and_link_and_nothing_else(self):
        tls = certificate(self.folder)
        mail = self.mail_server(tls=tls, password="from a file")
        gateway = Gateway(b"both know it")
        self.addCleanup(gateway.shutdown)
        self.set_up_ways(mail, gateway)
        self.start()
        self.set_contact("fixer", mail=ADDRESS, gateway=TELEPHONE, language="en")
        item, _ = self.assign()
        self.until(lambda: mail.mails and gateway.calls)
        arrived = mail.mails[0]
        self.assertEqual(([ADDRESS], "ledger@example.org", True, "ledger"),
                         (arrived.recipients, arrived.sender, arrived.encrypted, arrived.user))
        self.assertEqual(f"Ledger, urgent: item {item}", arrived.subject)
        self.assertIn(f"https://ledger.example/items/{item}", arrived.text)
        self.assertIn("31 December 2099", arrived.text)
        for word in (TITLE, "chief", "fixer", "北极街道"):
            self.assertNotIn(word, arrived.text)
        self.assertIsNone(arrived.headers["Disposition-Notification-To"])
        status, body, name = gateway.calls[0]
        self.assertEqual((200, TELEPHONE, True, name),
                         (status, body["to"], body["urgent"], body["id"]))
        self.assertEqual([{"number": item, "what": "assigned", "last_day": "2099-12-31",
                           "link": f"https://ledger.example/items/{item}"}], body["notices"])
        self.until(lambda: not self.rows("letter") and not self.rows("to_send"))
        # What is not urgent waits for the digest: nothing leaves at once.
        self.assign("general")
        self.until(lambda: len(self.told("fixer")) == 2)
        self.assertEqual(1, len(mail.mails))

    def test_a_mail_goes_to_no_server_that_cannot_prove_its_name(self):
        tls = certificate(self.folder)
        mail = self.mail_server(tls=tls, password="from a file")
        self.set_up_ways(mail)
        certificate(self.folder)  # another one than the server has
        self.secret("ca.crt", open(os.path.join(self.folder, "mail.crt"), "rb").read())
        told = run_json("notify", "test", self.ledger, "--mail", ADDRESS, expect=1)
        self.assertEqual("letter_away", told["error"]["code"])
        self.assertEqual([], mail.mails)
        self.assertNotIn(ADDRESS, json.dumps(told))

    def test_a_password_that_others_may_read_is_not_used(self):
        mail = self.mail_server(tls=certificate(self.folder), password="from a file")
        self.set_up_ways(mail)
        os.chmod(os.path.join(self.ledger, "keys", "mail-password"), 0o640)
        told = run_json("notify", "test", self.ledger, "--mail", ADDRESS, expect=1)
        self.assertEqual("keys_unreadable", told["error"]["code"])

    def test_the_test_mail_arrives(self):
        mail = self.mail_server()
        self.set_up_ways(mail)
        run("notify", "test", self.ledger, "--mail", ADDRESS)
        self.assertEqual(("Ledger: test", [ADDRESS]),
                         (mail.mails[0].subject, mail.mails[0].recipients))

    def test_a_failure_is_shown_to_who_caused_it_without_whom_it_was_for(self):
        mail = self.mail_server()
        mail.answers["RCPT"] = "550 no such user"
        self.set_up_ways(mail)
        self.start()
        self.set_contact("fixer", mail=ADDRESS)
        item, _ = self.assign()
        self.until(lambda: self.inbox("chief")["undelivered"])
        failed = self.inbox("chief")["undelivered"]
        self.assertEqual([(item, "assigned", "mail")],
                         [(each["item"], each["what"], each["channel"]) for each in failed])
        self.assertNotIn("fixer", json.dumps(failed))
        self.assertNotIn(ADDRESS, json.dumps(failed))
        self.assertEqual([], self.inbox("fixer")["undelivered"])
        self.assertEqual([(item, "assigned")], self.told("fixer"), "the inbox has it all the same")
        self.assertEqual([], self.rows("letter"))

    def test_an_address_that_was_erased_is_in_no_file(self):
        self.set_up_ways(self.mail_server())
        self.start()
        self.set_contact("fixer", mail=ADDRESS, gateway=TELEPHONE)
        self.assertEqual(ADDRESS, self.ask(None, "GET", "/api/v1/account/contact", None,
                                           self.session("fixer"))["mail"])
        self.assertEqual([], traces(self.ledger, [ADDRESS]), "sealed from the first moment")
        before = self.rows("contact")[0][1]
        self.assign("general")
        self.until(lambda: self.told("fixer"))
        run("account", "erase", self.ledger, "fixer", "--reason", "asked")
        for space in ("contact", "notice", "to_send", "letter", "sent_day"):
            self.assertEqual([], self.rows(space), space)

        def gone():
            with open(os.path.join(self.ledger, "journal.db"), "rb") as file:
                content = file.read()
            wal = os.path.join(self.ledger, "journal.db-wal")
            if os.path.exists(wal):
                with open(wal, "rb") as file:
                    content += file.read()
            return before[-40:] not in content
        self.until(gone)


class Killed(Told):
    """The server is killed at every step of a letter, and by chance between all others."""

    def setUp(self):
        super().setUp()
        self.mail = self.mail_server()
        self.set_up_ways(self.mail)
        self.start()
        self.set_contact("fixer", mail=ADDRESS)

    def test_a_letter_is_the_same_letter_after_a_kill_at_any_step(self):
        for step in ("greeting", "taken", "answered"):
            self.mail.mails.clear()
            hit = []

            def hook(now, wanted=step, hit=hit):
                if now == wanted and not hit:
                    hit.append(now)
                    self.kill()
                    return "drop"
                return None
            self.mail.hook = hook
            item, _ = self.assign()
            self.until(lambda hit=hit: hit)
            self.mail.hook = lambda now: None
            self.server, self.address = self.serve()
            self.until(lambda item=item: any(item in each.subject for each in self.mail.mails))
            self.until(lambda: not self.rows("letter") and not self.rows("to_send"))
            ids = {each.id for each in self.mail.mails if item in each.subject}
            self.assertEqual(1, len(ids), step)
            self.assertEqual(1, sum(each[0] == item for each in self.told("fixer")), step)

    def test_nothing_is_lost_and_nothing_doubled_by_kills_at_random(self):
        chance = random.Random(int(os.environ.get("TZ_SEED", "7")))
        items = []
        for _ in range(6):
            ends = time.monotonic() + chance.random() * 2
            for _ in range(15):  # no more than a page of the inbox in all
                items.append(self.assign()[0])
                if time.monotonic() > ends:
                    break
            self.kill()
            self.server, self.address = self.serve()
        self.until(lambda: len(self.told("fixer")) >= len(items))
        self.until(lambda: not self.rows("letter") and not self.rows("to_send"))
        self.assertEqual(sorted(items), sorted(item for item, _ in self.told("fixer")))
        by_item = {}
        for each in self.mail.mails:
            for item in items:
                if item in each.text:
                    by_item.setdefault(item, set()).add(each.id)
        self.assertEqual(set(items), set(by_item))
        self.assertEqual({1}, {len(ids) for ids in by_item.values()})


class Calendar(Told):
    def test_a_secret_address_opens_the_calendar_and_nothing_else(self):
        self.start()
        item, _ = self.assign("general")
        session = self.session("fixer")
        made = self.ask(None, "POST", "/api/v1/tokens",
                        {"label": "calendar", "scope": "calendar", "days": 366}, session)
        feed = self.ask(None, "GET", f"/api/v1/calendar.ics?key={made['token']}")
        self.assertIn(f"SUMMARY:{item}\r\n", feed)
        self.assertIn("DTSTART;VALUE=DATE:20991231\r\n", feed)
        self.assertIn(f"UID:{item}-due@taizhang.example\r\n", feed)
        self.assertNotIn(TITLE, feed)
        self.assertIn(item, self.ask("fixer", "GET", "/api/v1/calendar.ics"))
        self.assertNotIn(item, self.ask("other", "GET", "/api/v1/calendar.ics"))
        self.tokens["feed"] = made["token"]
        for path in ("/api/v1/items", f"/api/v1/items/{item}", "/api/v1/inbox", "/api/v1/work"):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.ask("feed", "GET", path)
            self.assertEqual(403, refused.exception.code, path)
        self.assertNotIn(made["token"], "".join(
            open(os.path.join(self.ledger, "audit", name), encoding="utf-8").read()
            for name in os.listdir(os.path.join(self.ledger, "audit"))))
        for key in (self.tokens["fixer"], "tz_" + "A" * 43):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.ask(None, "GET", f"/api/v1/calendar.ics?key={key}")
            self.assertEqual(404, refused.exception.code)
        self.ask(None, "DELETE", f"/api/v1/tokens/{made['id']}", None, session)
        with self.assertRaises(urllib.error.HTTPError):
            self.ask(None, "GET", f"/api/v1/calendar.ics?key={made['token']}")


if __name__ == "__main__":
    unittest.main()
