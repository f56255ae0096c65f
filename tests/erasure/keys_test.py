"""Renewing keys: what was erased opens no more, in copies either; all else opens as before."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from program import DIVISIONS, LedgerCase, run, run_json  # noqa: E402
from written import WORDS, Written  # noqa: E402

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


class Demonstration(LedgerCase):
    """On a ledger whose clock a test moves."""

    def setUp(self):
        if not (DIVISIONS and DAYS_LATER):
            self.skipTest("needs the real divisions")
        super().setUp()
        self.town = os.path.join(self.folder, "town")
        run("demo", self.town, "--divisions", DIVISIONS)

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
