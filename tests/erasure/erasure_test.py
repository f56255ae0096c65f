"""What is erased is gone from every byte of the ledger's folder, and every proof still holds."""

import base64
import os
import shutil
import sys
import unittest
import urllib.error

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from program import run, run_json  # noqa: E402
from traces import spellings, traces  # noqa: E402
from written import ACCOUNT, BROWSER, LABEL, WORDS, Written  # noqa: E402


class Erasure(Written):
    """Beside a running server and without one."""

    def test_the_search_for_traces_finds_every_spelling(self):
        """Else finding nothing would mean nothing."""
        word = WORDS["title"]
        for how, code in spellings(word).items():
            path = self.write("ledger/evidence/planted", b"\x01\x02" + code + b"\x03")
            self.assertIn(how, [found[1] for found in traces(self.ledger, [word])], how)
            os.remove(path)
        for offset in range(12):
            whole = base64.b64encode(b"x" * offset + word.encode() + b"yz")
            path = self.write("ledger/evidence/planted", whole)
            self.assertTrue(traces(self.ledger, [word]), offset)
            os.remove(path)

    def test_an_item_is_erased_from_every_file(self):
        self.write_everywhere()
        shown = self.everything_shown().decode("utf-8", "replace")
        for field, word in WORDS.items():
            if field not in ("remark", "file"):  # redacted above; inside the file
                self.assertIn(word, shown, field)
        self.assertEqual(1, self.search(WORDS["title"]))
        self.assertTrue(traces(self.ledger, [WORDS["file"]]), "files lie there as they came")
        hash_before = run_json("verify", self.ledger)
        self.assertTrue(hash_before["holds"])
        before = self.wrapped_keys()

        done = run_json("erase", self.ledger, self.item, "--reason", "当事人要求")
        self.assertEqual(self.item, done["item"])
        self.assertGreaterEqual(done["destroyed"], len(WORDS) - 1)
        self.assertEqual([], self.settled(WORDS.values()))
        gone = set(before.values()) - set(self.wrapped_keys().values())
        self.assertGreaterEqual(len(gone), done["destroyed"] - 1)
        self.assertEqual([], self.keys_left(gone))
        shown = self.everything_shown().decode("utf-8", "replace")
        for field, word in WORDS.items():
            self.assertNotIn(word, shown, field)
        self.assertIn("另一件事299", shown)
        self.assertEqual(0, self.search(WORDS["title"]))
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        again = run_json("erase", self.ledger, self.item, "--reason", "还是当事人要求")
        self.assertEqual(1, again["destroyed"], "the reason of the first time")
        self.stop()
        self.assertEqual([], traces(self.ledger, WORDS.values()))
        after = run_json("verify", self.ledger)
        self.assertTrue(after["holds"])
        self.assertEqual(hash_before["items"], after["items"])

    def test_an_account_is_erased_from_every_file(self):
        self.write_everywhere()
        self.ask(None, "POST", "/api/v1/session", {"name": ACCOUNT, "password": self.password})
        words = [ACCOUNT, LABEL, BROWSER, "钭翠莺"]
        self.assertEqual(set(words), {found[0] for found in traces(self.ledger, words)})
        run("account", "erase", self.ledger, ACCOUNT, "--reason", "moon", expect=1)
        number = run_json("account", "erase", self.ledger, ACCOUNT, "--reason", "left")["account"]
        self.assertEqual([], self.settled(words))
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.ask(ACCOUNT, "GET", "/api/v1/items")
        self.assertEqual(401, refused.exception.code)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.ask(None, "POST", "/api/v1/session", {"name": ACCOUNT, "password": self.password})
        self.assertEqual(401, refused.exception.code)
        self.assertIn(WORDS["title"], self.history().decode(), "what it listed stays")
        listed = run_json("account", "list", self.ledger)["accounts"]
        erased = {one["name"]: one for one in listed}[f"erased-{number}"]
        self.assertEqual((True, 0, []), (erased["disabled"], erased["tokens"],
                                         [post for post in erased["posts"] if not post["to"]]))
        for words_again in (("enable",), ("erase",)):
            more = ("--reason", "asked") if words_again == ("erase",) else ()
            self.assertIn("account_erased", run("account", *words_again, self.ledger,
                                                f"erased-{number}", *more, expect=1).stderr)
        self.stop()
        self.assertEqual([], traces(self.ledger, words))
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        self.assertTrue(run_json("audit", "verify", self.ledger)["holds"])

    def test_erasing_without_a_server_leaves_nothing_either(self):
        self.write_everywhere()
        self.stop()
        copy = os.path.join(self.folder, "copy")
        shutil.copytree(self.ledger, copy)
        run("erase", self.ledger, self.item, "--reason", "当事人要求")
        run("account", "erase", self.ledger, ACCOUNT, "--reason", "order")
        self.assertEqual([], traces(self.ledger, [*WORDS.values(), ACCOUNT, LABEL]))
        self.assertTrue(traces(copy, [ACCOUNT]))
        self.assertTrue(run_json("verify", self.ledger)["holds"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
