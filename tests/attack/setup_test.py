"""Who may make the first account of a ledger: whoever has the code of the terminal, once."""

import os
import re
import sys
import threading
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import LedgerCase, run, run_json  # noqa: E402
from wire import Wire  # noqa: E402

FORM = "Content-Type: application/x-www-form-urlencoded"
CODE = re.compile(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]")
PASSWORD = "old-pagoda-tree-7"
WRONG = "00000-00000-00000-00000-0"


class FirstAccount(LedgerCase):
    """A ledger without an account, served behind a proxy that says where requests come from."""

    def setUp(self):
        super().setUp()
        with open(os.path.join(self.ledger, "config.yaml"), "a", encoding="utf-8") as file:
            file.write("\nproxies: [127.0.0.1]\n")
        self.begin()

    def begin(self):
        self.server, address = self.serve()
        self.wire = Wire(address)
        if not self.accounts():
            told = self.server.stdout.readline() + self.server.stdout.readline()
            self.code = CODE.search(told).group(0)

    def end(self):
        self.server.terminate()
        self.assertEqual(0, self.server.wait(30))

    def tearDown(self):
        self.assertIsNone(self.server.poll(), "the server ended")
        self.end()
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        super().tearDown()

    def send(self, code, *headers, name="li", password=PASSWORD, again=None, come_from="192.0.2.7"):
        fields = {"code": code, "name": name, "password": password, "again": again or password}
        return self.wire.ask("POST", "/setup", [FORM, f"X-Forwarded-For: {come_from}", *headers],
                             urllib.parse.urlencode(fields).encode())

    def accounts(self):
        return run_json("account", "list", self.ledger)["accounts"]

    def rows(self):
        """What the audit log says of setting up: from where, and with which result."""
        folder = os.path.join(self.ledger, "audit")
        text = ""
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text += file.read()
        return [line for line in text.splitlines() if '"set_up"' in line]

    def gone(self):
        """There is nothing at the address, to whoever asks however."""
        for method in ("GET", "HEAD", "POST", "DELETE"):
            for accept in ("text/html", "application/json"):
                told = []
                for path in ("/setup", "/nothing"):
                    answer = self.wire.ask(method, path, ["Accept: " + accept])
                    head = {k: v for k, v in answer.headers.items()
                            if k not in ("date", "x-request-id", "content-security-policy")}
                    body = re.sub(rb'nonce(="|" content=")?[^"]*"|"request_id":"\w+"', b"",
                                  answer.body)
                    told.append((answer.status, head, body))
                self.assertEqual(told[1], told[0])
                self.assertEqual(404, told[0][0])

    def test_the_code_makes_one_account_and_then_the_page_is_gone(self):
        page = self.wire.ask("GET", "/setup?lang=en", ["Accept: text/html"])
        self.assertEqual(200, page.status)
        self.assertNotIn(b"<script", page.body)
        self.assertIn("default-src 'none'", page.header("content-security-policy"))
        made = self.send(self.code)
        self.assertEqual(201, made.status, made.data)
        self.assertNotIn(self.code.encode(), made.body)
        self.assertEqual([["security_admin", "0"]],
                         [[post["role"], post["unit"]] for post in self.accounts()[0]["posts"]])
        self.gone()
        self.assertEqual(404, self.send(self.code, name="wang").status)
        self.end()
        self.begin()
        self.gone()
        self.assertEqual(404, self.send(self.code, name="wang").status)
        self.end()
        self.assertNotIn("/setup", self.server.stdout.read())
        self.begin()
        self.assertEqual(["li"], [account["name"] for account in self.accounts()])
        self.assertEqual(1, len(self.rows()))
        self.assertIn('"ok"', self.rows()[0])

    def test_of_many_who_have_the_code_at_once_one_wins(self):
        answers = []
        # From addresses of their own, so that no limit stands in for the one who wins.
        asking = [threading.Thread(target=lambda i=i: answers.append(self.send(
            self.code, name=f"li{i}", come_from=f"192.0.2.{i}").status)) for i in range(12)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        self.assertEqual(1, answers.count(201), answers)
        self.assertLessEqual(set(answers), {201, 404, 409, 503})
        self.assertEqual(1, len(self.accounts()))

    def test_guessing_ends_for_the_guesser_and_not_for_the_owner(self):
        for _ in range(30):
            self.assertEqual(403, self.send(WRONG).status)
        self.assertEqual(429, self.send(WRONG).status)
        self.assertEqual(429, self.send(self.code).status)
        self.assertEqual([], self.accounts())
        self.assertEqual(201, self.send(self.code, come_from="198.51.100.9").status)
        rows = self.rows()
        self.assertEqual(33, len(rows))
        self.assertEqual(30, sum("setup_code_wrong" in row for row in rows))
        self.assertEqual(2, sum("setup_tries_too_many" in row for row in rows))
        self.assertTrue(all("192.0.2.7" in row for row in rows[:32]))

    def test_a_page_of_another_site_sets_up_nothing(self):
        for headers in (["Sec-Fetch-Site: cross-site"], ["Sec-Fetch-Site: same-site"],
                        ["Origin: https://evil.example"], ["Origin: " + self.wire.host],
                        ["Sec-Fetch-Site: cross-site", f"Origin: http://{self.wire.host}"]):
            answer = self.send(self.code, *headers)
            self.assertEqual((403, "form_foreign"), (answer.status, answer.code))
        self.assertEqual([], self.accounts())
        own = self.send(self.code, "Sec-Fetch-Site: same-origin", "Origin: null")
        self.assertEqual(201, own.status)

    def test_the_code_of_another_start_is_none(self):
        before = self.code
        self.end()
        self.begin()
        self.assertNotEqual(before, self.code)
        self.assertEqual(403, self.send(before).status)
        self.assertEqual([], self.accounts())

    def test_an_account_made_on_the_machine_ends_it(self):
        run("account", "add", self.ledger, "zhao", "--unit", "0", "--role", "audit_admin")
        self.gone()
        self.assertEqual(404, self.send(self.code).status)
        self.assertEqual(["zhao"], [account["name"] for account in self.accounts()])

    def test_what_is_refused_leaves_the_code_good_and_makes_nothing(self):
        for wrong in ({"password": "short"}, {"password": "password-1234"}, {"name": "a<b"},
                      {"name": "pagoda"}, {"again": "something-else-8"}, {"password": "x" * 2000}):
            answer = self.send(self.code, **wrong)
            self.assertIn(answer.status, (400, 409, 422), answer.data)
            self.assertIn(b'role="alert"', answer.body)
            self.assertNotIn(b"short", answer.body)
            self.assertNotIn(PASSWORD.encode(), answer.body)
        evil = self.send(WRONG, name='"><script>alert(1)</script>')
        self.assertNotIn(b"<script", evil.body)
        self.assertEqual([], self.accounts())
        self.assertEqual(201, self.send(self.code).status)

    def test_the_code_stands_in_no_file(self):
        self.assertEqual(403, self.send(WRONG).status)
        for folder, _, names in os.walk(self.ledger):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        data = file.read()
                    for text in (self.code, self.code.replace("-", "")):
                        self.assertNotIn(text.encode(), data, path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
