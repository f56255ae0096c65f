"""The real change of the national tree under a programme: from the list of 2019 to that of 2023."""

import csv
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import SOURCE, run, run_json  # noqa: E402

import tree_diff  # noqa: E402
from units_test import fold_of, living  # noqa: E402

STEPS = os.environ.get("TZ_DIVISIONS_STEPS", "").split(":")
DAYS = ("2021-10-31", "2022-10-31", "2023-06-30")  # from which each step is said to hold
# 邢台县 became 信都区 with the code of 桥西区, which it took in.
COUNTY, TAKEN = "130521", "130503"


def told(answer):
    """An answer without the moment at which it was given, and without what the unit is called."""
    return {name: value for name, value in answer.items()
            if name not in ("position", "instant", "unit")}


def unlike(wanted, found):
    """The first of what two lists say differently."""
    codes = sorted(code for code in wanted.keys() | found.keys()
                   if wanted.get(code) != found.get(code))
    return [(code, wanted.get(code), found.get(code)) for code in codes[:20]]


class RealCase(unittest.TestCase):
    """A ledger over the list of 2019."""

    def setUp(self):
        if not all(STEPS):
            self.skipTest("needs the real lists: TZ_DIVISIONS_STEPS names their folders")
        self.folder = tempfile.mkdtemp(prefix="tz-change-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.ledger = self.path("ledger")
        run("init", self.ledger, "--divisions", STEPS[0])

    def path(self, name):
        return os.path.join(self.folder, name)

    def diff(self, later, name="diff.csv"):
        run("units", "diff", self.ledger, later, "--out", self.path(name))
        with open(self.path(name), encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def total(self, unit, *words):
        return run_json("rollup", self.ledger, unit, *words)["total"]["total"]


class UnderAProgramme(RealCase):
    """The programme of the article, adopted and sealed in the tree of 2019."""

    UNITS = ("0", "22", "13", "110105", COUNTY)

    def coverage(self):
        return {unit: told(run_json("coverage", self.ledger, "education_2019", unit))
                for unit in self.UNITS}

    def prove(self, unit, name):
        run("coverage", self.ledger, "education_2019", unit, "--requirement", "charter_check",
            "--proof", self.path(name))

    def counts(self, name, *words):
        """What a proof shows, and by which record the root was sealed."""
        shown = run_json("verify", "coverage", self.path(name), "--checkpoint",
                         self.path(name) + ".checkpoint", "--key",
                         os.path.join(self.ledger, "keys", "log.vkey"), *words)
        return shown["counts"], shown["unit"], shown["record"], shown["digest"]

    def leaves(self, name):
        run("coverage", self.ledger, "education_2019", "--requirement", "charter_check",
            "--leaves", self.path(name))
        with open(self.path(name), "rb") as file:
            return file.read()

    def list_items(self, units):
        with open(self.path("items.csv"), "w", encoding="utf-8") as file:
            file.write("unit,title,source\n" +
                       "".join(f"{unit},楼道堆物,resident\n" for unit in units))
        run("import", "items", self.ledger, self.path("items.csv"), "--into", "0")
        return run_json("rollup", self.ledger, "0")["position"]

    def test_totals_are_told_by_either_tree_and_coverage_by_its_own(self):
        run("programme", "adopt", self.ledger, str(SOURCE / "programmes" / "education-2019.yaml"))
        rows = [row for row in self.diff(STEPS[-1]) if row["status"] == "certain"]
        ended = next(row for row in rows if row["change"] == "ends" and row["successors"])
        moved = next(row for row in rows if row["kind"] == "village" and row["old_code"] and
                     row["new_parent"] not in ("", row["old_parent"]))
        heir = ended["successors"].split()[0]
        position = self.list_items((COUNTY, ended["old_code"], moved["old_code"]))
        before, leaves = self.coverage(), self.leaves("leaves")
        for unit, name in (("22", "before"), (COUNTY, "county")):
            self.prove(unit, name)
        shown = self.counts("before"), self.counts("county")
        done = run_json("units", "apply", self.ledger, self.path("diff.csv"), "--from",
                        "2023-06-30", "--leave-undecided")
        self.assertGreater(min(done[name] for name in ("renamed", "recoded", "moved", "ended",
                                                       "founded", "left")), 1000)
        then = ("--as-of", f"@{position}")
        as_it_is = {TAKEN: 1, COUNTY: 1, ended["old_code"]: 0, heir: 1, moved["new_code"]: 1}
        self.assertEqual(as_it_is, {unit: self.total(unit) for unit in as_it_is})
        as_it_was = {TAKEN: 0, COUNTY: 1, ended["old_code"]: 1, heir: 0, moved["old_code"]: 1}
        self.assertEqual(as_it_was, {unit: self.total(unit, *then) for unit in as_it_was})
        self.assertEqual((3, 3), (self.total("0"), self.total("0", *then)))
        # By an old code, by the code of another, and by that code as of before.
        self.assertEqual("信都区", run_json("units", self.ledger, COUNTY)["name"])
        self.assertEqual("信都区", run_json("units", self.ledger, TAKEN)["name"])
        self.assertEqual("桥西区", run_json("units", self.ledger, f"{TAKEN}@{position}")["name"])
        once = [(was["code"], was["name"], was["to"])
                for was in run_json("units", self.ledger, TAKEN)["once"]]
        self.assertEqual([(COUNTY, "邢台县", "2023-06-29")], once)
        self.assertEqual(before, self.coverage())
        self.assertEqual(leaves, self.leaves("leaves"))
        self.assertEqual(shown, (self.counts("before"), self.counts("county")))
        for unit, name, wanted in (("22", "after", shown[0]), (COUNTY, "later", shown[1])):
            self.prove(unit, name)
            self.assertEqual(wanted, self.counts(name))
        self.assertEqual(COUNTY, self.counts("later")[1]["code"])
        whole = self.counts("after", "--full", self.path("leaves"), "--divisions", STEPS[0])
        self.assertEqual(shown[0], whole)
        self.assertTrue(run_json("verify", self.ledger)["holds"])


class StepByStep(RealCase):
    """Over the releases between, what is guessed taken as it is."""

    def test_the_tree_comes_to_be_the_same(self):
        for folder, day in zip(STEPS[1:], DAYS):
            self.diff(folder)
            with open(self.path("diff.csv"), encoding="utf-8") as file:
                text = file.read().replace("\ndecide,", "\ndecided,")
            with open(self.path("diff.csv"), "w", encoding="utf-8") as file:
                file.write(text)
            done = run_json("units", "apply", self.ledger, self.path("diff.csv"), "--from", day)
            self.assertEqual(0, done["left"])
            self.assertEqual([], unlike(tree_diff.Divisions(folder).living(),
                                        living(fold_of(self.ledger))))
        self.assertEqual([], self.diff(STEPS[-1]))
        self.assertTrue(run_json("verify", self.ledger)["holds"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
