"""A report that is erased leaves nothing: no word of it, nor whom it accuses, nor who sent it."""

import base64
import json
import os
import re
import sys
import unittest
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from program import run, run_json  # noqa: E402
from traces import files_of, traces  # noqa: E402
from written import BROWSER, Written  # noqa: E402

FIELDS = ["text", "name", "contact", "words", "question", "answer", "title", "abstract", "reason",
          "reply", "file", "evidence_name", "taker"]
WORDS = {field: f"鄢{chr(0x7600 + 7 * i)}{chr(0x8400 + 11 * i)}Vex{i:02}Lark"
         for i, field in enumerate(FIELDS)}
ACCUSED = ["220204", "130629", "130632", "130638", "110101"]
OTHERS = "另一件反映的话Pelican"


class ErasedReport(Written):
    """Beside a running server."""

    def setUp(self):
        super().setUp()
        for name, unit, role in (("top", "0", "supervisor"), ("second", "0", "supervisor"),
                                 ("worker", "1306", "responsible")):
            run_json("account", "add", self.ledger, name, "--unit", unit, "--role", role)
            self.tokens[name] = run("token", "add", self.ledger, name, "--label", "x",
                                    "--days", "9").stdout.strip()
        halves = [os.path.join(self.folder, name) for name in ("a.json", "b.json")]
        key = run_json("receiving-key", "make", "--for", "中国", "--out-a", halves[0], "--out-b",
                       halves[1])["key"]
        run("receiving-key", "set", self.ledger, "0", key)

    def send(self, body):
        return json.loads(self.ask(None, "POST", "/api/v1/requests", body))

    def follow(self, **fields):
        data = urllib.parse.urlencode({"item": self.item, "code": self.code, **fields}).encode()
        request = urllib.request.Request(self.address + "/follow", data)
        request.add_header("User-Agent", BROWSER)
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    def step(self, who, transition, body):
        self.version = json.loads(self.ask("top", "GET", f"/api/v1/items/{self.item}"))["version"]
        headers = {"If-Match": f'"{self.version}"'}
        return json.loads(self.ask(who, "POST", f"/api/v1/items/{self.item}/{transition}", body,
                                   headers))

    def write_report(self):
        """An accusation with a telling word in every text that it can have; its box as base64."""
        w = WORDS
        sent = self.send({"kind": "request", "accused": ACCUSED, "text": w["text"],
                          "manner": "receiver_only", "name": w["name"], "contact": w["contact"],
                          "words": w["words"]})
        self.item, self.code = sent["item"], sent["code"]
        self.step("top", "accept", {})
        self.step("top", "question", {"text": w["question"]})
        self.follow(do="answer", question="1", answer=w["answer"])
        self.step("top", "abstract", {"title": w["title"], "text": w["abstract"]})
        self.step("second", "approve_abstract", {})
        self.step("top", "assign", {"lead": "1306"})
        pdf = f"%PDF-1.4\n% {w['file']}\n%%EOF\n".encode()
        kept = json.loads(self.ask("worker", "POST", "/api/v1/evidence", pdf))
        self.step("worker", "contact", {"text": "told"})
        self.step("worker", "answer", {"text": w["reply"], "evidence": [
            {"sha256": kept["sha256"], "name": w["evidence_name"], "taker": w["taker"]}]})
        self.step("top", "ask_opening", {"reason": w["reason"]})
        self.step("second", "agree_opening", {})
        taken = self.step("second", "take_envelope", {})
        return re.search(r'"box": ?"([A-Za-z0-9+/=]+)"', json.dumps(taken)).group(1)

    def shown(self):
        return (self.ask("top", "GET", f"/api/v1/items/{self.item}/history") +
                self.ask("top", "GET", f"/api/v1/items/{self.item}") +
                self.follow().encode() +
                self.ask("top", "GET", "/api/v1/exports/items.csv") +
                self.ask("top", "GET", "/api/v1/journal?limit=100")).decode("utf-8", "replace")

    def box_left(self, box):
        """Where the sealed box lies, as it is or as base64."""
        raw = base64.b64decode(box)
        spelled = (box.encode(), raw, raw.hex().encode())
        return [path for path, content in files_of(self.ledger) for part in spelled
                if part in content]

    def test_a_report_is_erased_from_every_file(self):
        box = self.write_report()
        other = self.send({"kind": "request", "accused": ["220204006"], "text": OTHERS,
                           "manner": "anonymous"})
        shown = self.shown()
        sealed = ("name", "contact", "words")  # to two holders: nothing of this ledger shows them
        for field, word in WORDS.items():
            if field not in (*sealed, "file"):
                self.assertIn(word, shown, field)
        # Whom it accuses, as the sealed text has it.
        accused = re.search(r'"accused": ?"([0-9,]+)"', shown).group(1)
        self.assertEqual(len(ACCUSED), len(accused.split(",")))
        for name in ACCUSED:
            self.assertIn(f'"code":"{name}"', shown.replace('": "', '":"'))
        self.assertTrue(traces(self.ledger, [WORDS["file"]]), "files lie there as they came")
        self.assertEqual([], traces(self.ledger, [WORDS[field] for field in sealed]))
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        before = self.wrapped_keys()

        done = run_json("erase", self.ledger, self.item, "--reason", "反映人要求")
        words = [*WORDS.values(), accused]
        self.assertGreaterEqual(done["destroyed"], 14)
        self.assertEqual([], self.settled(words))
        self.assertEqual([], self.box_left(box))
        planted = self.write("ledger/evidence/planted", b"x" + base64.b64decode(box))
        self.assertEqual([planted], self.box_left(box))
        os.remove(planted)
        gone = set(before.values()) - set(self.wrapped_keys().values())
        self.assertEqual(done["destroyed"], len(gone) + 1, "the texts, and the file")
        self.assertEqual([], self.keys_left(gone))
        shown = self.shown()
        for field, word in WORDS.items():
            self.assertNotIn(word, shown, field)
        self.assertNotIn(accused, shown)
        self.assertNotIn(box, shown)
        self.assertIn(OTHERS, self.ask("top", "GET",
                                       f"/api/v1/items/{other['item']}/history").decode())
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        self.stop()
        self.assertEqual([], traces(self.ledger, words))
        self.assertEqual([], self.box_left(box))
        self.assertTrue(run_json("verify", self.ledger)["holds"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
