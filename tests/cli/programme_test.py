"""Programme files as a user checks and plans them, by themselves and over a small ledger."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import SOURCE, LedgerCase, run, run_json  # noqa: E402


class Programmes(LedgerCase):
    """The programme of 2019, whole and spoiled."""

    def programme(self, old="", new=""):
        """The programme of 2019 in a file, the first `old` of it replaced."""
        text = (SOURCE / "programmes" / "education-2019.yaml").read_text()
        self.assertIn(old, text)
        return self.write("programme.yaml", text.replace(old, new, 1).encode())

    def test_programme_check_names_line_and_column(self):
        self.assertIn("sound", run("programme", "check", self.programme()).stdout)
        self.assertIn("无误", run("programme", "check", self.programme(),
                                language="zh-CN").stdout)
        spoiled = self.programme("quorum: 2/3", "quorum: 3/2")
        done = run("programme", "check", spoiled, expect=1)
        self.assertRegex(done.stdout, r"programme\.yaml:\d+:\d+: .*\(programme_quorum_bad\)")
        faults = run_json("programme", "check", spoiled, expect=1)["faults"]
        self.assertEqual(["programme_quorum_bad"], [fault["code"] for fault in faults])
        self.assertEqual([], run_json("programme", "check", self.programme())["faults"])
        self.assertIn("file_missing", run("programme", "check", self.folder + "/none",
                                          expect=1).stderr)

    def test_programme_check_looks_at_the_units_of_a_ledger(self):
        run("programme", "check", self.programme(), self.ledger)
        for code, old, new in (
                ("programme_unit_unknown", '["22"]', '["22", "99"]'),
                ("programme_tier_contested", "[township]", "[township, county]"),
                ("programme_tier_empty", "[village, branch, organisation]", "[branch]")):
            path = self.programme(old, new)
            run("programme", "check", path)
            faults = run_json("programme", "check", path, self.ledger, expect=1)["faults"]
            self.assertEqual([code], [fault["code"] for fault in faults])
            self.assertIn("line", faults[0]["facts"])

    def test_programme_plan_counts_units_requirements_and_burden(self):
        told = run_json("programme", "plan", self.ledger, self.programme())
        plan = told["plan"]
        self.assertEqual("education_2019", told["programme"])
        self.assertEqual({("first_batch", "province"): 3, ("t1", "prefecture"): 2,
                          ("t1", "county"): 5, ("t2", "township"): 1, ("t3", "village"): 1},
                         {(row["tier"], row["kind"]): row["units"]["after"]
                          for row in plan["types"]})
        won = {row["requirement"]: row["won"] for row in plan["requirements"]}
        self.assertEqual((12, 5, 11, 10, 1), tuple(won[name] for name in (
            "c1_decisions", "rare_products", "study", "democratic_meeting", "branch_study")))
        county = [row for row in plan["burden"] if row["level"] == "county"][0]
        self.assertEqual((5, 25, 6), (county["units"]["after"], county["asked"]["after"],
                                      county["budget"]))
        self.assertEqual([("2019-11", 5)], [(month["month"], month["most"]["after"])
                                            for month in county["months"]])
        text = run("programme", "plan", self.ledger, self.programme(), language="zh-CN").stdout
        self.assertIn("新增 12", text)
        self.assertIn("限额 6", text)
        self.assertNotIn("{", text + run("programme", "plan", self.ledger, self.programme()).stdout)
        run("programme", "plan", self.ledger, self.programme("2/3", "3/2"), expect=1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
