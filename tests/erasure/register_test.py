"""What is held about whom: one's own data, the register, and what goes when its time is over."""

import json
import os
import re
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from program import DIVISIONS, LedgerCase, make_demonstration, run, run_json  # noqa: E402
from traces import traces  # noqa: E402
from written import ACCOUNT, BROWSER, LABEL, WORDS, Written  # noqa: E402

DAYS_LATER = os.environ.get("TZ_DAYS_LATER", "")


class OneselfAndTheRegister(Written):
    """Beside a running server."""

    def test_everybody_gets_what_is_held_about_him_and_about_nobody_else(self):
        self.write_everywhere()
        session = {"Cookie": self.signed_in()}
        data = json.loads(self.ask(None, "GET", "/api/v1/account/data", None, session))
        self.assertEqual(ACCOUNT, data["account"]["name"])
        self.assertEqual([("recorder", "2202")],
                         [(post["role"], post["unit"]) for post in data["posts"]])
        self.assertEqual([LABEL], [token["label"] for token in data["tokens"]])
        self.assertEqual([BROWSER], [one["browser"] for one in data["sessions"]])
        self.assertEqual([self.item], data["items"])
        acts = [row["act"] for row in data["audit"]]
        self.assertTrue({"item_opened", "item_corrected", "signed_in"} <= set(acts), acts)
        self.assertIn("token_add", acts, "what was done to the account from the console")
        self.assertEqual([True], list({(row["account"] or {}).get("id", data["account"]["id"])
                                       == data["account"]["id"] for row in data["audit"]}))
        text = json.dumps(data, ensure_ascii=False)
        for secret in ("argon2", self.tokens[ACCOUNT], WORDS["title"], "chief", "fixer"):
            self.assertNotIn(secret, text)
        again = json.loads(self.ask(None, "GET", "/api/v1/account/data", None, session))
        self.assertIn("account_data_read", [row["act"] for row in again["audit"]])
        for who, status in ((None, 401), (ACCOUNT, 403)):  # a token is no person
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.ask(who, "GET", "/api/v1/account/data")
            self.assertEqual(status, refused.exception.code)

    def test_the_register_says_the_same_in_both_languages_and_without_script(self):
        told = {}
        for language in ("zh-CN", "en"):
            headers = {"Accept-Language": language}
            rows = json.loads(self.ask(None, "GET", "/api/v1/data-register", None, headers))["rows"]
            told[language] = [(row["id"], row["keep_days"]) for row in rows]
            page = self.ask(None, "GET", "/privacy", None, headers).decode()
            self.assertIn(f'lang="{language}"', page)
            self.assertNotIn("<script", page)
            self.assertNotIn("register.", page)
            for row in rows:
                for field in ("whom", "what", "why", "basis", "kept", "seen"):
                    self.assertTrue(row[field])
                    self.assertNotRegex(row[field], r"[{}]|register\.")
                    if language == "zh-CN":
                        self.assertRegex(row[field], "[\u4e00-\u9fff]")
                self.assertIn(row["whom"], page)
        self.assertEqual(told["en"], told["zh-CN"])
        self.assertIn(("audit", 1098), told["en"])
        self.assertLessEqual({"household", "loan", "handling", "dispute", "drawn"},
                             {name for name, _ in told["en"]})
        self.assertIn('lang="en"', self.ask(None, "GET", "/privacy?lang=en").decode())


class Retention(LedgerCase):
    """What goes by itself."""

    def test_the_register_says_what_config_yaml_says(self):
        with open(os.path.join(self.ledger, "config.yaml"), "a", encoding="utf-8") as file:
            file.write("audit: {keep_days: 400}\n"
                       "retention: {closed_text_days: 500, loose_file_days: 9}\n")
        _, address = self.serve()
        with urllib.request.urlopen(address + "/api/v1/data-register") as answer:
            rows = {row["id"]: row["keep_days"] for row in json.load(answer)["rows"]}
        self.assertEqual((400, 500, 500, 9),
                         tuple(rows[name] for name in ("audit", "named", "evidence", "loose_file")))
        self.assertEqual((500, 500, 500, None, None), tuple(
            rows[name] for name in ("household", "loan", "drawn", "dispute", "handling")))

    def test_the_register_says_that_somebody_reads_his_own_by_a_code(self):
        _, address = self.serve()
        request = urllib.request.Request(address + "/api/v1/data-register",
                                         headers={"Accept-Language": "en"})
        with urllib.request.urlopen(request) as answer:
            seen = {row["id"]: row["seen"] for row in json.load(answer)["rows"]}
        self.assertTrue(seen["household"].endswith("; whoever holds the household's query code"))
        self.assertTrue(seen["dispute"].endswith("; whoever holds a party's code of the dispute"))
        self.assertIn("verifiers independent of the fix; recorders who took no part", seen["drawn"])
        self.assertNotIn(";", seen["loan"].replace("; never those of a unit", ""))

    def test_everybody_sees_which_receiving_keys_hold_and_which_are_to_come(self):
        def make(name):
            halves = [os.path.join(self.folder, f"{name}{half}.json") for half in "ab"]
            return run_json("receiving-key", "make", "--for", "吉林市", "--out-a", halves[0],
                            "--out-b", halves[1])["key"]
        old, new = make("old"), make("new")
        _, address = self.serve()

        def shown():
            with urllib.request.urlopen(address + "/api/v1/data-register") as answer:
                rows = {row["id"]: row.get("keys") for row in json.load(answer)["rows"]}
            pages = []
            for language in ("zh-CN", "en"):
                with urllib.request.urlopen(f"{address}/privacy?lang={language}") as answer:
                    pages.append(answer.read().decode())
            self.assertEqual(["identity"], [name for name in rows if rows[name] is not None])
            return rows["identity"], pages
        keys, pages = shown()
        self.assertEqual([], keys)
        self.assertIn("No unit has a receiving key", pages[1])
        first = run_json("receiving-key", "set", self.ledger, "2202", old)
        self.assertEqual([{"code": "2202", "name": "吉林市", "key": old[:16],
                           "from": first["from"], "coming": None}], shown()[0])
        coming = run_json("receiving-key", "set", self.ledger, "2202", new)
        keys, pages = shown()
        self.assertEqual({"key": new[:16], "from": coming["from"]}, keys[0]["coming"])
        self.assertEqual(old[:16], keys[0]["key"])
        for page in pages:
            for told in (old[:16], new[:16], first["from"], coming["from"]):
                self.assertIn(told, page)
            self.assertNotIn(new[:17], page)
            self.assertNotIn("register.", page)
        run("receiving-key", "set", self.ledger, "2202", old)
        self.assertIsNone(shown()[0][0]["coming"])

    def test_a_file_that_no_item_carries_goes_after_its_days(self):
        run("account", "add", self.ledger, "fixer", "--unit", "220204006001", "--role",
            "responsible")
        token = run("token", "add", self.ledger, "fixer").stdout.strip()
        server, address = self.serve()
        paths = []
        for word in ("旧的", "新的"):
            request = urllib.request.Request(address + "/api/v1/evidence",
                                             f"%PDF-1.4\n% {word}\n%%EOF\n".encode())
            request.add_header("Authorization", "Bearer " + token)
            request.add_header("Content-Type", "application/octet-stream")
            with urllib.request.urlopen(request) as answer:
                name = json.load(answer)["sha256"]
            paths.append(os.path.join(self.ledger, "evidence", name[:2], name))
        old = time.time() - 31 * 86_400
        os.utime(paths[0], (old, old))
        self.assertEqual(1, run_json("retain", self.ledger)["files"])
        self.assertEqual([False, True], [os.path.exists(path) for path in paths])
        self.assertEqual(0, run_json("retain", self.ledger)["files"])
        server.terminate()
        self.assertEqual(0, server.wait(30))

    @unittest.skipUnless(DIVISIONS and DAYS_LATER, "needs the real divisions")
    def test_closed_items_lose_their_texts_when_their_time_is_over(self):
        town = os.path.join(self.folder, "town")
        make_demonstration(town)
        with open(os.path.join(town, "config.yaml"), "a", encoding="utf-8") as file:
            file.write("retention: {closed_text_days: 366}\n")
        self.assertEqual(0, run_json("retain", town)["items"])
        before = run_json("verify", town)
        subprocess.run([DAYS_LATER, town, "400"], check=True)
        gone = run_json("retain", town)
        self.assertGreater(gone["items"], 0)
        self.assertGreater(gone["answers"] + gone["sessions"] + gone["items"], 0)
        after = run_json("verify", town)
        self.assertTrue(after["holds"])
        self.assertGreater(after["texts_destroyed"], before["texts_destroyed"] + gone["items"])
        self.assertLess(after["texts_destroyed"], after["texts"], "what is open keeps its texts")
        with open(os.path.join(town, "erasures.txt"), encoding="utf-8") as file:
            self.assertGreater(len(re.findall("^text ", file.read(), re.M)), gone["items"])
        self.assertEqual(0, run_json("retain", town)["items"], "once is enough")
        self.assertEqual([], traces(os.path.join(town, "audit"), ["致和南"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
