"""A tree that changes: the difference of two lists of divisions, decided and applied."""

import collections
import concurrent.futures
import csv
import io
import json
import os
import pathlib
import shutil
import sqlite3
import struct
import sys
import tempfile
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import DIVISIONS, SMALL, LedgerCase, run, run_json, serve  # noqa: E402

import tree_diff  # noqa: E402

DIVISIONS_NOW = os.environ.get("TZ_DIVISIONS_2023", "")
LATER = {
    **SMALL,
    # 雄县 is gone, 容城县 is a city with another code, 新县 is new.
    "areas.csv": 'code,name,cityCode,provinceCode\n220204,"船营区",2202,22\n130681,"容城市",1306,13\n'
                 '130632,"安新县",1306,13\n130639,"新县",1306,13\n110101,"东城区",1101,11\n',
    # 北极街道 has another code, and so has what lies below it.
    "streets.csv": 'code,name,areaCode,provinceCode,cityCode\n220204007,"北极街道",220204,22,2202\n',
    "villages.csv": 'code,name,streetCode,provinceCode,cityCode,areaCode\n'
                    '220204007001,"致和南社区居委会",220204007,22,2202,220204\n',
}
DAY = "2023-06-30"


def fold_of(ledger):
    """The units of a ledger, told from the records in its journal alone."""
    units = []
    with sqlite3.connect(os.path.join(ledger, "journal.db")) as database:
        for (body,) in database.execute("SELECT body FROM records ORDER BY seq"):
            context_bytes, = struct.unpack_from(">H", body, 64)
            context = body[66:66 + context_bytes]
            kind = context[2:2 + context[1]].decode()
            payload_bytes, = struct.unpack_from(">I", body, 66 + context_bytes)
            payload = body[70 + context_bytes:70 + context_bytes + payload_bytes]
            if kind == "units_registered":
                for code, name, parent, _, hidden, *_ in json.loads(payload)["rows"]:
                    units.append({"code": code, "name": name, "parent": parent, "hidden": hidden,
                                  "ended": False})
            elif kind == "units_changed":
                for number, what, *more in json.loads(payload)["changes"]:
                    field = {"renamed": "name", "recoded": "code", "moved": "parent"}.get(what)
                    if field:
                        units[number][field] = more[0]
                    elif what == "ended":
                        units[number]["ended"] = True
    return units


def living(units):
    return {unit["code"]: (unit["name"], units[unit["parent"]]["code"], unit["hidden"])
            for unit in units if not unit["ended"]}


class TreeChange(LedgerCase):
    """Over a small tree."""

    def setUp(self):
        super().setUp()
        self.before = os.path.join(self.folder, "divisions")
        self.after = os.path.join(self.folder, "later")
        os.mkdir(self.after)
        for name, text in LATER.items():
            self.write("later/" + name, text.encode())
        self.diff = os.path.join(self.folder, "diff.csv")

    def total(self, unit, *words):
        return run_json("rollup", self.ledger, unit, *words)["total"]["total"]

    def rows(self):
        return list(csv.DictReader(io.StringIO(pathlib.Path(self.diff).read_text())))

    def decide(self, **fields):
        """Every row that is to be decided, decided so."""
        rows = self.rows()
        for row in rows:
            if row["status"] == "decide":
                row.update(fields, status="decided")
        with open(self.diff, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)

    def test_diff_says_what_is_certain_and_what_is_to_be_decided(self):
        told = run_json("units", "diff", self.before, self.after, "--out", self.diff)
        self.assertEqual({"keeps": 3, "ends": 0, "founded": 1, "decide": 1}, told)
        self.assertEqual(
            [("decide", "ends", "130638", "", "1306", "above"),
             ("certain", "keeps", "130629", "130681", "", "parent_stem"),
             ("certain", "keeps", "220204006", "220204007", "", "parent_name"),
             ("certain", "keeps", "220204006001", "220204007001", "", "parent_stem"),
             ("certain", "founded", "", "130639", "", "new")],
            sorted(((row["status"], row["change"], row["old_code"], row["new_code"],
                     row["successors"], row["why"]) for row in self.rows()),
                   key=lambda row: (row[0] != "decide", row[1] == "founded", row[2])))
        chinese = run("units", "diff", self.before, self.after, language="zh-CN").stdout
        self.assertIn("待定,撤销,县级,,130638,雄县,1306", chinese)
        same = run_json("units", "diff", self.before, self.before)
        self.assertEqual({"keeps": 0, "ends": 0, "founded": 0, "decide": 0}, same)

    def test_nothing_undecided_is_applied_and_the_rest_can_be(self):
        run("units", "diff", self.ledger, self.after, "--out", self.diff)
        apply = ("units", "apply", self.ledger, self.diff, "--from", DAY)
        self.assertIn("diff_undecided", run(*apply, expect=1).stderr)
        dry = run_json(*apply, "--leave-undecided", "--dry-run")
        self.assertEqual([3, 2, 0, 0, 1, 1], [dry[name] for name in (
            "recoded", "renamed", "moved", "ended", "founded", "left")])
        self.assertEqual(dry, run_json(*apply, "--leave-undecided"))
        unit = run_json("units", self.ledger, "220204006")  # by the code that it had
        self.assertEqual("220204007", unit["code"])
        self.assertEqual([("220204006", "北极街道", "2023-06-29")],
                         [(once["code"], once["name"], once["to"]) for once in unit["once"]])
        self.assertEqual("雄县", run_json("units", self.ledger, "130638")["name"])
        self.decide(successors="130632")
        done = run_json(*apply)
        self.assertEqual((1, 0, 4), (done["ended"], done["left"], done["done"]))
        self.assertEqual(tree_diff.Divisions(self.after).living(), living(fold_of(self.ledger)))
        self.assertEqual({"keeps": 0, "ends": 0, "founded": 0, "decide": 0},
                         run_json("units", "diff", self.ledger, self.after))
        self.assertEqual(5, run_json(*apply)["done"])
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        counted = run_json("units", self.ledger, "13", "--count")
        self.assertEqual((3, 1), (counted["county"], counted["ended"]))

    def test_totals_are_told_by_the_tree_of_then_and_of_now(self):
        items = "unit,title,source\n130638,楼道堆物,resident\n220204006001,路灯,resident\n"
        run("import", "items", self.ledger, self.write("i.csv", items.encode()), "--into", "0")
        position = run_json("rollup", self.ledger, "0")["position"]
        run("units", "diff", self.ledger, self.after, "--out", self.diff)
        apply = ("units", "apply", self.ledger, self.diff, "--from", DAY)
        self.decide(successors="")
        self.assertIn("successor_missing", run(*apply, expect=1).stderr)
        run("units", "diff", self.ledger, self.after, "--out", self.diff)
        self.decide(successors="130632")
        run(*apply)
        self.assertEqual((1, 0, 1), (self.total("130632"), self.total("130638"),
                                     self.total("220204007")))
        then = ("--as-of", f"@{position}")
        self.assertEqual((0, 1, 1), (self.total("130632", *then), self.total("130638", *then),
                                     self.total("220204006", *then)))
        self.assertIn("unit_unknown", run("rollup", self.ledger, "220204007", *then,
                                          expect=1).stderr)
        self.assertEqual(["雄县"], [unit["name"] for unit in run_json(
            "units", self.ledger, "130632")["predecessors"]])
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_a_file_that_does_not_fit_is_refused_whole(self):
        run("units", "diff", self.ledger, self.after, "--out", self.diff)
        text = pathlib.Path(self.diff).read_text()
        apply = ("units", "apply", self.ledger, self.diff, "--leave-undecided", "--from")
        self.assertIn("bad_day", run(*apply, "soon", expect=1).stderr)
        self.assertIn("change_day_ahead", run(*apply, "2999-01-01", expect=1).stderr)
        for old, new, code in (("status", "state", "diff_header"),
                               ("certain", "sure", "diff_word"),
                               ("容城县", "容城", "diff_unit_unknown"),
                               ("新县,1306", "新县,1399", "diff_parent_unknown")):
            self.assertIn(old, text)
            pathlib.Path(self.diff).write_text(text.replace(old, new, 1))
            self.assertIn(code, run(*apply, DAY, expect=1).stderr)
        self.assertEqual(SMALL["areas.csv"].count("\n") - 1,
                         sum(len(code) == 6 for code in living(fold_of(self.ledger))))


@unittest.skipUnless(DIVISIONS and DIVISIONS_NOW, "the real trees were not tried: "
                     "TZ_DIVISIONS_2019 and TZ_DIVISIONS_2023 name their folders")
class RealTreeChange(unittest.TestCase):
    """From the list of 2019 to that of 2023."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="tz-tree-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.ledger = os.path.join(self.folder, "ledger")
        self.diff = os.path.join(self.folder, "diff.csv")

    @staticmethod
    def read_meanwhile(address, work):
        """What the work came to, and how many answers about a province the server gave until it
        was done; each of them is whole."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            done = pool.submit(work)
            answers = 0
            while not done.done():
                with urllib.request.urlopen(address + "/api/v1/units/22") as answer:
                    json.load(answer)
                answers += 1
            return done.result(), answers

    def test_2019_becomes_2023(self):
        old, new = tree_diff.Divisions(DIVISIONS), tree_diff.Divisions(DIVISIONS_NOW)
        expected = tree_diff.Match(old, new).rows()
        run("init", self.ledger, "--divisions", DIVISIONS)
        run("units", "diff", self.ledger, DIVISIONS_NOW, "--out", self.diff)
        with open(self.diff, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found = {row["old_code"] or "+" + row["new_code"]:
                 (row["status"], row["change"], row["new_code"]) for row in rows}
        self.assertEqual(len(rows), len(found))
        self.assertEqual(collections.Counter(row[:2] for row in expected.values()),
                         collections.Counter(row[:2] for row in found.values()))
        self.assertEqual([], [(code, expected.get(code), found.get(code))
                              for code in expected.keys() | found.keys()
                              if expected.get(code) != found.get(code)][:20])
        apply = ("units", "apply", self.ledger, self.diff, "--from", DAY)
        server, address = serve(self, self.ledger)
        some, answers = self.read_meanwhile(
            address, lambda: run_json(*apply, "--leave-undecided"))
        self.assertGreater(answers, 0, "totals are readable throughout")
        server.terminate()
        self.assertEqual(0, server.wait(60))
        self.assertGreaterEqual(some["left"], sum(row["status"] == "decide" for row in rows))
        text = pathlib.Path(self.diff).read_text(encoding="utf-8")
        pathlib.Path(self.diff).write_text(text.replace("\ndecide,", "\ndecided,"),
                                           encoding="utf-8")
        rest = run_json(*apply)
        self.assertEqual(0, rest["left"])
        self.assertEqual(new.living(), living(fold_of(self.ledger)))
        self.assertTrue(run_json("verify", self.ledger)["holds"])


if __name__ == "__main__":
    unittest.main()
