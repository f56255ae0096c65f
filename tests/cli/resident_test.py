"""Ballots and resettlement schemes as a user lists and records them, in the name of a person."""

import csv
import io
import json
import os
import pathlib
import sys
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import SOURCE, LedgerCase, run, run_json  # noqa: E402

PLACE = "220204006001"


class InAName(LedgerCase):
    """A ledger with a supervisor and a recorder, and files of their tokens."""

    def setUp(self):
        super().setUp()
        self.tokens = {}
        for name, role in (("wang", "supervisor"), ("li", "recorder")):
            run("account", "add", self.ledger, name, "--unit", "2202", "--role", role)
            self.tokens[name] = run("token", "add", self.ledger, name).stdout.strip()

    def token_file(self, name):
        path = self.write(name + ".token", (self.tokens[name] + "\n").encode())
        os.chmod(path, 0o600)
        return path

    def body(self, **fields):
        return self.write("body.json", json.dumps(fields).encode())

    def adopt(self, flow):
        run("flow", "adopt", self.ledger, str(SOURCE / "flows" / flow))

    def rows(self, *words):
        return list(csv.reader(io.StringIO(run(*words).stdout)))


class Schemes(InAName):
    def open(self, name="wang", expect=0, **changed):
        fields = {"scheme": "round_3", "name": "第三批征迁", "units": ["2202"], **changed}
        return run("scheme", "open", self.ledger, self.body(**fields), "--token-file",
                   self.token_file(name), expect=expect)

    def test_a_scheme_is_opened_by_whoever_may_and_listed(self):
        self.assertEqual(1, len(self.rows("scheme", "list", self.ledger)))
        self.assertIn("not_permitted", self.open("li", expect=1).stderr)
        self.assertIn("open", self.open().stdout)
        self.assertIn("scheme_known", self.open(expect=1).stderr)
        head, row = self.rows("scheme", "list", self.ledger)
        self.assertEqual(len(head), len(row))
        self.assertEqual(["round_3", "第三批征迁", "2202"], row[:3])
        scheme, = run_json("scheme", "list", self.ledger)["schemes"]
        self.assertEqual(("round_3", None), (scheme["scheme"], scheme["households"]))
        self.assertEqual(1, len(self.rows("scheme", "stages", self.ledger, "round_3")))
        self.assertEqual([], run_json("scheme", "stages", self.ledger, "round_3", "2202")["rows"])
        self.assertIn("scheme_unknown", run("scheme", "stages", self.ledger, "none",
                                            expect=1).stderr)
        run("verify", self.ledger)

    def test_what_the_ledger_refuses_is_refused_in_its_words(self):
        self.open()
        token = self.token_file("wang")
        self.assertIn("roster_empty", run("scheme", "freeze", self.ledger, "round_3",
                                          "--token-file", token, expect=1).stderr)
        term = self.body(first="2099-01-01", last="2099-01-31")
        self.assertIn("roster_not_frozen", run("scheme", "signing", self.ledger, "round_3", term,
                                               "--token-file", token, expect=1).stderr)
        self.assertIn("scheme_unknown", run("scheme", "freeze", self.ledger, "a/b?c",
                                            "--token-file", token, expect=1).stderr)
        self.assertIn("bad_json", run("scheme", "open", self.ledger, self.write("b", b"{"),
                                      "--token-file", token, expect=1).stderr)
        self.tokens["nobody"] = "not-a-token"
        self.assertIn("token_unknown", self.open("nobody", expect=1).stderr)
        os.chmod(token, 0o644)
        self.assertIn("secret_open", run("scheme", "freeze", self.ledger, "round_3",
                                         "--token-file", token, expect=1).stderr)
        # A token is nowhere in the ledger's folder.
        for path in pathlib.Path(self.ledger).rglob("*"):
            if path.is_file():
                self.assertNotIn(self.tokens["wang"].encode(), path.read_bytes(), path)


class Ballots(InAName):
    def ask(self, address, path, name, body=None, version=None):
        headers = {"Authorization": "Bearer " + self.tokens[name],
                   "Content-Type": "application/json"}
        if version:
            headers["If-Match"] = f'"{version}"'
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address + path, data=data, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def candidate(self, address, title):
        """A project that waits for a ballot: its number."""
        no = self.ask(address, "/api/v1/items", "li",
                      {"kind": "project", "unit": PLACE, "source": "collected",
                       "title": title})["item"]
        version = self.ask(address, "/api/v1/items/" + no, "wang")["version"]
        self.ask(address, f"/api/v1/items/{no}/argue", "wang", {"text": "可行"}, version)
        return no

    def test_a_ballot_is_recorded_beside_the_server_and_its_votes_are_a_table(self):
        self.adopt("project.yaml")
        self.assertEqual(1, len(self.rows("ballot", "list", self.ledger)))
        _, address = self.serve()
        first, second = (self.candidate(address, title) for title in ("停车位", "路灯"))
        held = self.body(unit="2202", body="congress", day="2020-01-10", places=1, candidates=[
            {"item": first, "for": 40, "against": 2, "abstained": 1},
            {"item": second, "for": 30, "against": 2, "abstained": 1}])
        words = ("ballot", "record", self.ledger, held, "--token-file", self.token_file("wang"))
        self.assertIn("1", run(*words).stdout)
        self.assertIn("candidate_not_ready", run(*words, expect=1).stderr)
        _, *rows = self.rows("ballot", "list", self.ledger)
        self.assertEqual([["1", "2202", first, "40"], ["1", "2202", second, "30"]],
                         [[row[0], row[1], row[6], row[8]] for row in rows])
        self.assertEqual([], run_json("ballot", "list", self.ledger, "13")["ballots"])
        _, *votes = self.rows("ballot", "show", self.ledger, "1")
        self.assertEqual([[first, "", "40", "2", "1", "1"], [second, "", "30", "2", "1", "0"]],
                         votes)
        self.assertEqual(2, len(run_json("ballot", "show", self.ledger, "1")["candidates"]))
        for number in ("2", "0", "one"):
            self.assertIn("ballot_unknown", run("ballot", "show", self.ledger, number,
                                                expect=1).stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
