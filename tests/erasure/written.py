"""A ledger that is served, with people who write telling words wherever they can."""

import io
import json
import os
import sqlite3
import sys
import time
import urllib.parse
import urllib.request
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import LedgerCase, run, run_json  # noqa: E402
from traces import files_of, traces  # noqa: E402

PLACE = "220204006001"
FIELDS = ["title", "description", "upstream_no", "source_doc", "remark", "corrected", "because",
          "lead_official", "responsible_person", "measure", "criterion", "report", "file", "name",
          "taker", "objection", "redaction"]
WORDS = {field: f"邬{chr(0x7500 + 7 * i)}{chr(0x8300 + 11 * i)}Qux{i:02}Wren"
         for i, field in enumerate(FIELDS)}
ACCOUNT = "钭翠莺Zyx"
LABEL = "钭翠莺的手机Vut"
BROWSER = "Kestrel-Browser-Jasminum"


class Written(LedgerCase):
    """What the tests of this folder begin with."""

    def setUp(self):
        super().setUp()
        self.tokens = {}
        for name, unit, role in ((ACCOUNT, "2202", "recorder"), ("chief", "22", "supervisor"),
                                 ("fixer", PLACE, "responsible")):
            added = run_json("account", "add", self.ledger, name, "--unit", unit, "--role", role)
            label = LABEL if name == ACCOUNT else "work"
            self.tokens[name] = run("token", "add", self.ledger, name, "--label",
                                    label).stdout.strip()
            if name == ACCOUNT:
                self.password = added["password"]
        rows = "unit,title,source\n" + "".join(f"{PLACE},另一件事{i},resident\n" for i in range(300))
        run("import", "items", self.ledger, self.write("more.csv", rows.encode()), "--into", "22")
        self.server, self.address = self.serve()

    def ask(self, who, method, path, body=None, headers=None):
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        request = urllib.request.Request(self.address + path, data, method=method)
        request.add_header("Content-Type", kind)
        request.add_header("User-Agent", BROWSER)
        if who:
            request.add_header("Authorization", "Bearer " + self.tokens[who])
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def act(self, who, transition, body):
        headers = {"If-Match": f'"{self.version}"'}
        answer = json.loads(self.ask(who, "POST", f"/api/v1/items/{self.item}/{transition}", body,
                                     headers))
        self.version = answer["version"]

    def write_everywhere(self):
        """A telling word in every field of an item that takes a text, and in a file."""
        w = WORDS
        opened = json.loads(self.ask(ACCOUNT, "POST", "/api/v1/items", {
            "kind": "problem", "unit": PLACE, "source": "resident", "title": w["title"],
            "description": w["description"], "upstream_no": w["upstream_no"],
            "source_doc": w["source_doc"], "remark": w["remark"]},
            {"Idempotency-Key": w["title"][-9:]}))
        self.item, self.version = opened["item"], opened["version"]
        self.act(ACCOUNT, "correct", {"field": "description", "value": w["corrected"],
                                      "reason": w["because"]})
        self.act("chief", "assign", {"lead": PLACE, "due": "2099-12-31",
                                     "lead_official": w["lead_official"],
                                     "responsible_person": w["responsible_person"]})
        self.act("fixer", "object", {"reason": w["objection"]})
        self.act("chief", "reassign", {"lead": PLACE, "due": "2099-12-31", "reason": "仍由你办"})
        self.act("fixer", "plan", {"measures": [{"text": w["measure"], "due": "2099-12-30"}],
                                   "criterion": w["criterion"]})
        self.pdf = f"%PDF-1.4\n% {w['file']}\n%%EOF\n".encode()
        kept = json.loads(self.ask("fixer", "POST", "/api/v1/evidence", self.pdf))
        self.act("fixer", "report", {"text": w["report"], "evidence": [
            {"sha256": kept["sha256"], "name": w["name"], "taker": w["taker"]}]})
        # A single text that is redacted: the reason given for that is a text as well.
        self.act(ACCOUNT, "redact", {"record": opened["version"], "part": 4,
                                     "reason": w["redaction"]})

    def history(self):
        return self.ask("chief", "GET", f"/api/v1/items/{self.item}/history")

    def everything_shown(self):
        """All that readers are given of the item and of the others."""
        out = self.history() + self.ask("chief", "GET", f"/api/v1/items/{self.item}")
        out += self.ask("chief", "GET", "/api/v1/exports/items.csv")
        sheet = zipfile.ZipFile(io.BytesIO(self.ask("chief", "GET", "/api/v1/exports/items.xlsx")))
        for name in sheet.namelist():
            out += sheet.read(name)
        out += self.ask("chief", "GET", "/api/v1/journal?limit=100")
        return out

    def search(self, word):
        """How many items the word finds."""
        for _ in range(100):
            path = "/api/v1/search?q=" + urllib.parse.quote(word)
            answer = json.loads(self.ask("chief", "GET", path))
            if not answer.get("index_behind"):
                return len(answer["items"])
            time.sleep(0.1)
        raise AssertionError("the search never caught up")

    def settled(self, words):
        """What is found beside the running server, once it had some seconds to tidy its log."""
        found = traces(self.ledger, words)
        for _ in range(50):
            if not found:
                break
            time.sleep(0.2)
            found = traces(self.ledger, words)
        return found

    def keys_left(self, keys):
        """The files that hold one of these wrapped keys, once the server had some seconds."""
        for _ in range(50):
            left = [path for path, content in files_of(self.ledger)
                    if any(key in content for key in keys)]
            if not left:
                break
            time.sleep(0.2)
        return left

    def signed_in(self):
        """A session of ACCOUNT with a password of its own choice: its cookie."""
        def post(path, body, headers):
            request = urllib.request.Request(self.address + path, json.dumps(body).encode())
            request.add_header("Content-Type", "application/json")
            request.add_header("User-Agent", BROWSER)
            for name, value in headers.items():
                request.add_header(name, value)
            with urllib.request.urlopen(request) as answer:
                return answer.headers["Set-Cookie"].split(";")[0], json.load(answer)["csrf"]
        cookie, csrf = post("/api/v1/session", {"name": ACCOUNT, "password": self.password}, {})
        cookie, _ = post("/api/v1/account/password",
                         {"old": self.password, "new": "quite another pass phrase"},
                         {"Cookie": cookie, "X-CSRF-Token": csrf})
        return cookie

    def wrapped_keys(self):
        with sqlite3.connect(f"file:{self.ledger}/journal.db?mode=ro", uri=True) as base:
            return dict(base.execute("SELECT subject, wrapped FROM subject_keys"))

    def stop(self):
        self.server.terminate()
        self.assertEqual(0, self.server.wait(30))
