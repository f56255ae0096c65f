"""Renewing keys: what was erased opens no more, in copies either; all else opens as before."""

import base64
import hmac
import json
import os
import pathlib
import struct
import subprocess
import sys
import time
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from program import DIVISIONS, LedgerCase, make_demonstration, run, run_json  # noqa: E402
from traces import files_of  # noqa: E402
from written import ACCOUNT, WORDS, Written  # noqa: E402

OWN = "quite another pass phrase"  # as written.py chooses it
DAYS_LATER = os.environ.get("TZ_DAYS_LATER", "")


def months_of(ledger):
    return sorted(name[5:12] for name in os.listdir(os.path.join(ledger, "keys"))
                  if name.startswith("wrap-"))


class Renewing(Written):
    """Beside a server, on the ledger of the erasure tests."""

    def test_this_months_key_stays_and_texts_go_on_opening(self):
        self.write_everywhere()
        told = json.loads(self.history())["records"]
        listed = run_json("keys", "list", self.ledger)
        self.assertEqual([(month, True) for month in months_of(self.ledger)],
                         [(one["month"], one["there"]) for one in listed["wrapping"]])
        self.assertGreater(listed["wrapping"][0]["texts"], len(WORDS))
        done = run_json("keys", "renew", self.ledger, "--wrapping")
        self.assertEqual({"rewrapped": 0, "unopened": 0, "destroyed": []}, done)
        self.assertEqual(told, json.loads(self.history())["records"])

    def test_what_keys_to_renew_has_to_be_said(self):
        refused = run_json("keys", "renew", self.ledger, expect=1)
        self.assertEqual("keys_renew_what", refused["error"]["code"])


def code_at(secret, when):
    """RFC 6238: HMAC-SHA-1, thirty seconds, six digits."""
    digest = hmac.new(secret, struct.pack(">Q", int(when) // 30), "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


class AccountKey(Written):
    """The key that second factors and contacts lie under."""

    def post(self, path, body, session=None):
        request = urllib.request.Request(self.address + path, json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        for name, value in (session or {}).items():
            request.add_header(name, value)
        with urllib.request.urlopen(request) as answer:
            told = json.load(answer)
            cookie = answer.headers.get("Set-Cookie", "").split(";")[0]
        if cookie:
            self.session = {"Cookie": cookie}
            self.session["X-CSRF-Token"] = told.get("csrf") or self.read("/api/v1/session")["csrf"]
        return told

    def read(self, path):
        request = urllib.request.Request(self.address + path)
        request.add_header("Cookie", self.session["Cookie"])
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def sign_in(self):
        """With a password of its own choice, from the first time on."""
        if self.password != OWN:
            self.signed_in()
            self.password = OWN
        self.post("/api/v1/session", {"name": ACCOUNT, "password": OWN})

    def contact(self):
        return self.read("/api/v1/account/contact")["mail"]

    def be_reachable(self):
        self.post("/api/v1/account/contact", {"mail": "someone@example.org"}, self.session)

    def sealed_rows(self):
        with self.database() as base:
            return [bytes(value) for (value,) in base.execute(
                "SELECT value FROM kept WHERE space IN ('second_factor', 'contact')")]

    def key_files(self):
        folder = os.path.join(self.ledger, "keys")
        return {path.name: path.read_bytes() for path in pathlib.Path(folder).glob("accounts*")}

    def test_both_open_after_it_and_nothing_of_the_old_key_stays(self):
        self.sign_in()
        begun = self.post("/api/v1/account/second-factor", {"password": self.password},
                          self.session)
        secret = base64.b32decode(begun["secret"] + "=" * (-len(begun["secret"]) % 8))
        then = time.time()
        recovery = self.post("/api/v1/account/second-factor/confirm",
                             {"code": code_at(secret, then)}, self.session)["recovery_codes"]
        self.be_reachable()
        refused = run_json("keys", "renew", self.ledger, "--accounts", expect=1)
        self.assertEqual("keys_accounts_served", refused["error"]["code"])
        self.stop()
        before = self.key_files()
        rows = self.sealed_rows()
        self.assertEqual(2, len(rows))
        self.assertEqual({"accounts": 2}, run_json("keys", "renew", self.ledger, "--accounts"))
        after = self.key_files()
        self.assertEqual(["accounts.key"], sorted(after))
        self.assertNotEqual(before, after)
        content = [text for _, text in files_of(self.ledger)]
        now = b"".join(self.sealed_rows())
        gone = [row[i:i + 16] for row in rows for i in range(len(row) - 15)
                if row[i:i + 16] not in now]
        self.assertGreater(len(gone), 32)
        self.assertFalse(any(part in text for part in gone for text in content), "sealed before")
        self.server, self.address = self.serve()
        self.assertEqual("code", self.post("/api/v1/session", {
            "name": ACCOUNT, "password": self.password})["step"])
        self.assertEqual("done", self.post("/api/v1/session/code", {"code": recovery[0]},
                                           self.session)["step"])
        self.assertEqual("someone@example.org", self.contact())
        self.sign_in()
        self.assertEqual("done", self.post(
            "/api/v1/session/code", {"code": code_at(secret, then + 30)}, self.session)["step"])

    def test_a_renewal_that_was_broken_off_is_ended_or_forgotten(self):
        self.sign_in()
        self.be_reachable()
        self.stop()
        keys = os.path.join(self.ledger, "keys")
        old = self.key_files()["accounts.key"]
        # Before the rows were stored: the new key is nobody's.
        with open(os.open(os.path.join(keys, "accounts-next.key"), os.O_CREAT | os.O_WRONLY, 0o600),
                  "wb") as file:
            file.write(bytes(32))
        self.server, self.address = self.serve()
        self.assertEqual("someone@example.org", self.contact())
        self.assertEqual({"accounts.key": old}, self.key_files())
        self.stop()
        run("keys", "renew", self.ledger, "--accounts")
        new = self.key_files()["accounts.key"]
        # After they were stored: the new one holds, whatever lies beside it.
        os.rename(os.path.join(keys, "accounts.key"), os.path.join(keys, "accounts-next.key"))
        with open(os.open(os.path.join(keys, "accounts.key"), os.O_CREAT | os.O_WRONLY, 0o600),
                  "wb") as file:
            file.write(old)
        self.server, self.address = self.serve()
        self.assertEqual("someone@example.org", self.contact())
        self.assertEqual({"accounts.key": new}, self.key_files())


class Demonstration(LedgerCase):
    """On a ledger whose clock a test moves."""

    def setUp(self):
        if not (DIVISIONS and DAYS_LATER):
            self.skipTest("needs the real divisions")
        super().setUp()
        self.town = os.path.join(self.folder, "town")
        make_demonstration(self.town)

    def later(self, days):
        subprocess.run([DAYS_LATER, self.town, str(days)], check=True)

    def test_old_months_go_and_a_backup_of_before_still_comes_back(self):
        self.later(40)
        old = months_of(self.town)
        key = os.path.join(self.folder, "backup.key")
        recipient = run_json("backup-key", "make", key)["recipient"]
        file = os.path.join(self.folder, "b1")
        run("backup", self.town, file, "--recipient", recipient)
        held = run_json("verify", self.town)
        texts = sum(one["texts"] for one in run_json("keys", "list", self.town)["wrapping"])
        done = run_json("keys", "renew", self.town, "--wrapping")
        self.assertEqual(texts, done["rewrapped"])
        self.assertEqual(old, done["destroyed"])
        self.assertEqual(1, len(months_of(self.town)))
        after = run_json("verify", self.town)
        self.assertTrue(after["holds"])
        self.assertEqual((held["root"], held["texts_destroyed"]),
                         (after["root"], after["texts_destroyed"]), "no record says so")
        self.assertEqual([texts], [one["texts"] for one in
                                   run_json("keys", "list", self.town)["wrapping"]])
        self.assertEqual({"rewrapped": 0, "unopened": 0, "destroyed": []},
                         run_json("keys", "renew", self.town, "--wrapping"))
        # The backup has its own copy of the old keys.
        to = os.path.join(self.folder, "restored")
        run("restore", file, to, "--key", key, "--erasures",
            os.path.join(self.town, "erasures.txt"))
        self.assertEqual(old, [one["month"] for one in run_json("keys", "list", to)["wrapping"]
                               if one["there"]][:len(old)])
        self.assertEqual(0, run_json("keys", "renew", to, "--wrapping")["unopened"])

    def test_a_year_old_key_goes_by_itself(self):
        old = months_of(self.town)
        self.assertEqual(0, run_json("retain", self.town)["wrapping_keys"])
        self.later(400)
        self.assertEqual(len(old), run_json("retain", self.town)["wrapping_keys"])
        self.assertEqual([], [month for month in old if month in months_of(self.town)])
        self.assertEqual(0, run_json("retain", self.town)["wrapping_keys"])
        self.assertTrue(run_json("verify", self.town)["holds"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
