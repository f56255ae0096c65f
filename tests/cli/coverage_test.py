"""Programmes adopted, answered, sealed; their coverage proved and checked in another folder."""

import base64
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "coverage"))
from program import DIVISIONS, LedgerCase, make_demonstration, run, run_json  # noqa: E402
from spoiling import spoiled  # noqa: E402
from verify_coverage import Wrong, check, read_key  # noqa: E402

DAYS_LATER = os.environ.get("TZ_DAYS_LATER", "")
TOWN, VILLAGE, COUNTY, CITY = "220204006", "220204006001", "220204", "2202"


def programme(today, version=1):
    """What is asked of prefectures and counties, and of townships and villages."""
    def day(days):
        return (today + datetime.timedelta(days=days)).isoformat()

    return f"""id: small
version: {version}
title: {{zh-CN: 小专项, en: A small programme}}
basis: {{zh-CN: 为测试, en: For a test}}
period: {{from: {day(-30)}, to: {day(30)}}}
batches:
  - {{id: only, title: {{zh-CN: 唯一一批, en: The only batch}}, from: {day(-30)}, to: {day(30)}}}
tiers:
  - id: counties
    title: {{zh-CN: 市县, en: Prefectures and counties}}
    batch: only
    select: [{{kinds: [prefecture, county]}}]
  - id: villages
    title: {{zh-CN: 镇村, en: Townships and villages}}
    batch: only
    select: [{{kinds: [township, village]}}]
    as: counties
requirements:
  - id: study
    title: {{zh-CN: 学习, en: Study}}
    sort: study
    of: [counties]
    due: {day(20)}
    met_by: result
  - id: report
    title: {{zh-CN: 报告, en: A report}}
    sort: deliverable
    of: [counties]
    due: {day(-1)}
    delivers: {{zh-CN: 报告一份, en: One report}}
budget: {{prefecture: 1, county: 1, township: 1, village: 1}}
""".encode()


class CoverageCase(LedgerCase):
    """A ledger whose proofs are taken elsewhere."""

    def setUp(self):
        super().setUp()
        self.elsewhere = os.path.join(self.folder, "elsewhere")
        os.mkdir(self.elsewhere)

    def adopt(self, today, version=1):
        path = self.write("programme.yaml", programme(today, version))
        return run_json("programme", "adopt", self.ledger, path)

    def stop(self, server):
        server.terminate()
        self.assertEqual(0, server.wait(60))

    def answer(self, address, requirement, unit, answer="met", role="recorder", **body):
        """What the unit answers, by an account of its own."""
        name = f"{role}-{unit}"
        if name not in self.tokens:
            run("account", "add", self.ledger, name, "--unit", unit, "--role", role)
            self.tokens[name] = run("token", "add", self.ledger, name).stdout.strip()
        sort = "answers" if answer in ("met", "none_claimed") else "rulings"
        request = urllib.request.Request(
            f"{address}/api/v1/programmes/small/requirements/{requirement}/{sort}/{answer}",
            data=json.dumps(body or {"units": [unit], "text": "学习成果一份"}).encode(),
            headers={"Authorization": "Bearer " + self.tokens[name],
                     "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as done:
            self.assertEqual(200, done.status)

    def counts(self, unit="0", requirement="study", *words):
        row, = run_json("coverage", self.ledger, "small", unit, "--requirement", requirement,
                        *words)["requirements"]
        return row

    def prove(self, unit, *words, name="proof", requirement="study"):
        """The proof, its checkpoint and the key, all that there is elsewhere."""
        path = os.path.join(self.folder, name)
        run("coverage", self.ledger, "small", unit, "--requirement", requirement, "--proof", path,
            *words)
        shutil.move(path, self.elsewhere)
        shutil.move(path + ".checkpoint", self.elsewhere)
        shutil.copy(os.path.join(self.ledger, "keys", "log.vkey"), self.elsewhere)
        return os.path.join(self.elsewhere, name)

    def verify(self, proof, *words, expect=0, checkpoint=None):
        return run_json("verify", "coverage", proof, "--checkpoint",
                        checkpoint or proof + ".checkpoint", "--key",
                        os.path.join(self.elsewhere, "log.vkey"), *words, expect=expect)

    def verify_by_another(self, data, note, leaves=None):
        """What the independent reader finds in the bytes; raises Wrong."""
        with open(os.path.join(self.elsewhere, "log.vkey"), encoding="utf-8") as file:
            return check(data, note, read_key(file.read()), leaves)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class SmallTree(CoverageCase):
    """Over a tree of 14 units, sealed when the programme was adopted."""

    def setUp(self):
        super().setUp()
        self.tokens = {}
        zone = datetime.timezone(datetime.timedelta(hours=8))  # of the ledger's days
        self.today = datetime.datetime.now(zone).date()

    def test_adopting_tells_whom_it_asks_and_refuses_every_fault(self):
        faulty = self.write("p.yaml", programme(self.today).replace(b"met_by: result", b"")
                            .replace(b"[prefecture, county]", b"[moon]"))
        done = run("programme", "adopt", self.ledger, faulty, expect=1)
        self.assertRegex(done.stdout, r"p\.yaml:\d+:\d+: ")
        faults = run_json("programme", "adopt", self.ledger, faulty, expect=1)["faults"]
        self.assertEqual(2, len(faults))
        empty = self.write("p.yaml", programme(self.today).replace(b"[township, village]",
                                                                   b"[branch]"))
        faults = run_json("programme", "adopt", self.ledger, empty, expect=1)["faults"]
        self.assertEqual(["programme_tier_empty"], [fault["code"] for fault in faults])
        self.assertEqual([], run_json("programme", "list", self.ledger)["programmes"])
        self.assertIn("No programme", run("programme", "list", self.ledger).stdout)
        told = self.adopt(self.today)
        self.assertEqual(("small", 1, 2), (told["programme"], told["version"], told["seals"]))
        self.assertEqual({"study": 9, "report": 9},
                         {row["requirement"]: row["asked"] for row in told["requirements"]})
        path = self.write("programme.yaml", programme(self.today))
        again = run_json("programme", "adopt", self.ledger, path, expect=1)
        self.assertEqual("programme_kept", again["error"]["code"])
        listed, = run_json("programme", "list", self.ledger)["programmes"]
        self.assertEqual(("small", 1, 2), (listed["programme"], listed["version"],
                                           listed["requirements"]))
        self.assertIn("小专项", run("programme", "list", self.ledger, language="zh-CN").stdout)

    def test_coverage_names_first_who_is_missing(self):
        self.adopt(self.today)
        server, address = self.serve()
        self.answer(address, "study", COUNTY)
        self.answer(address, "report", VILLAGE)
        self.stop(server)
        row = self.counts(CITY)
        self.assertEqual((4, 1, 1, 3), (row["counts"]["asked"], row["counts"]["covered"],
                                        row["counts"]["met"], row["uncovered"]["count"]))
        self.assertEqual([CITY, TOWN, VILLAGE],
                         [one["unit"] for one in row["uncovered"]["rows"]])
        self.assertEqual(self.today.isoformat(), row["uncovered"]["rows"][0]["since"])
        self.assertEqual({("counties", "prefecture"): (1, 0), ("counties", "county"): (1, 1),
                          ("villages", "township"): (1, 0), ("villages", "village"): (1, 0)},
                         {(cell["tier"], cell["kind"]): (cell["asked"], cell["covered"])
                          for cell in row["cells"]})
        self.assertTrue(row["seal"]["changed_since"])
        late = self.counts("0", "report")
        self.assertEqual((1, 8), (late["counts"]["late"], late["uncovered"]["count"]))
        self.assertTrue(late["uncovered"]["rows"][0]["overdue"])
        few = self.counts("0", "report", "--limit", "3", "--uncovered")
        self.assertEqual((3, 5), (len(few["uncovered"]["rows"]), few["uncovered"]["more"]))
        self.assertNotIn("counts", few)
        text = run("coverage", self.ledger, "small", "--limit", "3").stdout
        self.assertIn("and 5 more", text)
        self.assertLess(text.index("not covered"), text.index("covered 1 of 9"))
        text = run("coverage", self.ledger, "small", CITY, language="zh-CN").stdout
        self.assertIn("未覆盖", text)
        self.assertNotIn("{", text)
        position = row["seal"]["position"]
        self.assertEqual(0, self.counts(CITY, "study", "--as-of", f"@{position}")
                         ["counts"]["covered"])
        for code, words in (("programme_unknown", ("moon",)), ("unit_unknown", ("small", "99")),
                            ("requirement_unknown", ("small", "--requirement", "moon"))):
            self.assertEqual(code, run_json("coverage", self.ledger, *words,
                                            expect=1)["error"]["code"])
        run("coverage", self.ledger, "small", "--proof", "x", expect=2)
        run("coverage", self.ledger, "small", "--leaf", expect=2)

    def test_a_sealed_root_is_proved_whatever_was_answered_since(self):
        self.adopt(self.today)
        before = self.prove("0", name="before")
        server, address = self.serve()
        self.answer(address, "study", COUNTY)
        self.stop(server)
        for unit, units, asked in (("0", 14, 9), ("22", 5, 4), (VILLAGE, 1, 1)):
            proof = self.prove(unit, name="proof-" + unit)
            told = self.verify(proof)
            self.assertEqual(("subtree", True, "adoption", 14),
                             (told["shown"], told["signature_checked"], told["reason"],
                              told["tree"]))
            self.assertEqual((unit, units), (told["unit"]["code"], told["unit"]["subtree"]))
            self.assertEqual((asked, asked), (told["counts"]["asked"], told["counts"]["open"]))
            _, leaf, counts = self.verify_by_another(read(proof), read(proof + ".checkpoint"))
            self.assertEqual((unit, units), (leaf["code"], leaf["subtree"]))
            self.assertEqual(asked, sum(count for name, count in counts.items()
                                        if name.startswith("tier")))
            self.assertLess(len(read(proof)), 16384)
        self.assertEqual(9, self.verify(before)["counts"]["open"])
        # A checkpoint over more records is of another size, and said to be.
        self.assertEqual("coverage_log_size",
                         self.verify(before, checkpoint=proof + ".checkpoint",
                                     expect=1)["error"]["code"])
        alone = self.verify(self.prove(COUNTY, "--leaf", name="alone"))
        self.assertEqual(("unit", 1, "open"), (alone["shown"], alone["counts"]["asked"],
                                               alone["unit"]["status"]))

    def test_the_three_kinds_say_what_they_prove(self):
        self.adopt(self.today)
        proof, alone = self.prove("22"), self.prove("22", "--leaf", name="alone")
        leaves = os.path.join(self.elsewhere, "leaves")
        run("coverage", self.ledger, "small", "--requirement", "study", "--leaves", leaves)
        checkpoint = ("--checkpoint", proof + ".checkpoint")
        for words, found in (((proof,), "counts below a unit"), ((alone,), "own leaf"),
                             ((proof, "--full", leaves), "all leaves")):
            text = run("verify", "coverage", *words, *checkpoint).stdout
            self.assertIn(found, text)
            self.assertIn("Not shown", text)
            self.assertIn("NOT checked", text)
            self.assertNotIn("{", text + run("verify", "coverage", *words, *checkpoint,
                                             language="zh-CN").stdout)
        told = run_json("verify", "coverage", proof, *checkpoint)
        self.assertFalse(told["signature_checked"])

    def test_all_leaves_are_laid_beside_the_list_of_divisions(self):
        units = self.write("units.csv", (
            "code,name,parent,kind,line,from,to\nGA,吉林市公安局,2202,agency,,2019-01-01,\n"
        ).encode())
        run("import", "units", self.ledger, units)
        self.adopt(self.today)
        proof = self.prove("0")
        leaves = os.path.join(self.elsewhere, "leaves")
        run("coverage", self.ledger, "small", "--requirement", "study", "--leaves", leaves)
        divisions = os.path.join(self.folder, "divisions")
        told = self.verify(proof, "--full", leaves, "--divisions", divisions)
        self.assertEqual(("full", 15, 14, 1), (told["shown"], told["leaves"], told["divisions"],
                                               told["unlisted"]))
        self.verify_by_another(read(proof), read(proof + ".checkpoint"), read(leaves))
        run("verify", "coverage", proof, "--checkpoint", proof + ".checkpoint", "--divisions",
            divisions, expect=2)
        tried = 0
        for what, other in spoiled(read(leaves)):
            with self.assertRaises(Wrong, msg=what):
                self.verify_by_another(read(proof), read(proof + ".checkpoint"), other)
            tried += 1
            if tried % 9 == 0:
                path = self.write("elsewhere/spoiled", other)
                code = self.verify(proof, "--full", path, expect=1)["error"]["code"]
                self.assertIn(code, ("coverage_leaves_differ", "sum_leaves_malformed",
                                     "sum_leaf_wrong"), what)
        villages = self.write("divisions/villages.csv",
                              b"code,name,streetCode,provinceCode,cityCode,areaCode\n")
        self.assertTrue(villages)
        told = self.verify(proof, "--full", leaves, "--divisions", divisions)
        self.assertEqual(2, told["unlisted"])  # a village that the list does not know any more
        self.write("divisions/provinces.csv", b"code,name\n22,\xe5\x90\x89\n13,\xe5\x86\x80\n"
                   b"11,\xe4\xba\xac\n15,\xe8\x92\x99\n")
        refused = self.verify(proof, "--full", leaves, "--divisions", divisions, expect=1)
        self.assertEqual("coverage_divisions_differ", refused["error"]["code"])
        self.assertEqual({"unit": "15", "why": "missing"}, refused["error"]["facts"])

    def test_whatever_is_spoiled_is_refused_by_both(self):
        self.adopt(self.today)
        proof = self.prove("2202")
        data, note = read(proof), read(proof + ".checkpoint")
        self.verify_by_another(data, note)

        def with_word(line, place, change):
            lines = data.decode().split("\n")
            at = next(i for i, each in enumerate(lines) if each.startswith(line + " "))
            words = lines[at].split(" ")
            words[place] = change(words[place])
            lines[at] = " ".join(words)
            return "\n".join(lines).encode()

        def flipped(word):
            of = bytearray(base64.b64decode(word))
            of[len(of) // 2] ^= 1
            return base64.b64encode(of).decode()

        def more(word):
            return str(int(word) + 1)

        nodes = re.findall(rb"^node .*\n", data, re.MULTILINE)
        variants = {
            "status": with_word("leaf", 6, more), "unit": with_word("leaf", 7, lambda _: "2203"),
            "subtree": with_word("leaf", 2, more), "position": with_word("leaf", 1, more),
            "size": with_word("size", 1, more), "count": with_word("node", 2, flipped),
            "node": with_word("node", 1, flipped),
            "order": data.replace(nodes[0] + nodes[1], nodes[1] + nodes[0]),
            "header": with_word("record", 1, flipped), "body": with_word("record", 2, flipped),
            "log": with_word("log", 1, more), "path": with_word("path", 1, flipped),
            "span": data.replace(b"span subtree", b"span unit"),
        }
        for what, other in variants.items():
            self.assertNotEqual(data, other, what)
            with self.assertRaises(Wrong, msg=what):
                self.verify_by_another(other, note)
            path = self.write("elsewhere/spoiled", other)
            refused = self.verify(path, checkpoint=proof + ".checkpoint", expect=1)["error"]
            self.assertTrue(refused["sentence"], what)
        for what, other in (("size", note.replace(b"\n", b"\n1", 1)), ("cut", note[:-2]),
                            ("root", note.replace(note.split(b"\n")[2], b"A" * 43 + b"=")),
                            ("signature", note[:-4] + (b"BA=\n" if note.endswith(b"AA=\n")
                                                       else b"AA=\n"))):
            with self.assertRaises(Wrong, msg=what):
                self.verify_by_another(data, other)
            path = self.write("elsewhere/spoiled", other)
            self.verify(proof, checkpoint=path, expect=1)
        tried = 0
        for what, other in spoiled(data):
            tried += 1
            with self.assertRaises(Wrong, msg=what):
                self.verify_by_another(other, note)
            if tried % 9 == 0:
                path = self.write("elsewhere/spoiled", other)
                self.verify(path, checkpoint=proof + ".checkpoint", expect=1)
        self.assertGreater(tried, 100)


class Country(CoverageCase):
    """Over all units of the country, in a demonstration, whose clock a test moves."""

    def setUp(self):
        if not (DIVISIONS and DAYS_LATER):
            self.skipTest("needs the real divisions")
        super().setUp()
        self.tokens = {}
        self.ledger = os.path.join(self.folder, "country")
        make_demonstration(self.ledger)

    def test_what_was_answered_is_sealed_on_the_next_day_and_proved(self):
        today = datetime.date.fromisoformat(
            run_json("rollup", self.ledger, "11")["instant"][:10])
        self.adopt(today)
        server, address = self.serve()
        self.answer(address, "study", COUNTY)
        self.answer(address, "report", COUNTY)
        self.stop(server)
        subprocess.run([DAYS_LATER, self.ledger, "1"], check=True)
        server, _ = self.serve()
        until = time.monotonic() + 120
        while self.counts()["seal"]["reason"] != "daily" and time.monotonic() < until:
            time.sleep(2)
        while self.counts("0", "report")["seal"]["reason"] != "daily":
            self.assertLess(time.monotonic(), until)
            time.sleep(2)
        self.stop(server)
        for unit, requirement, status in (("22", "study", "met"), (COUNTY, "study", "met"),
                                          (COUNTY, "report", "late")):
            proof = self.prove(unit, name=f"{requirement}-{unit}", requirement=requirement)
            told = self.verify(proof)
            self.assertEqual((True, "daily", 1), (told["simulated"], told["reason"],
                                                  told["counts"][status]))
            shown = self.counts(unit, requirement)["counts"]
            self.assertEqual(shown["asked"], told["counts"]["asked"])
            _, leaf, counts = self.verify_by_another(read(proof), read(proof + ".checkpoint"))
            self.assertEqual(unit, leaf["code"])
            number = {"met": 1, "late": 2}[status]
            self.assertEqual(1, counts[f"tier 1 status {number}"])
            self.assertLess(len(read(proof)), 16384)
        leaves = os.path.join(self.elsewhere, "leaves")
        run("coverage", self.ledger, "small", "--requirement", "study", "--leaves", leaves)
        told = self.verify(os.path.join(self.elsewhere, "study-22"), "--full", leaves,
                           "--divisions", DIVISIONS)
        self.assertEqual(told["leaves"], told["divisions"] + told["unlisted"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
