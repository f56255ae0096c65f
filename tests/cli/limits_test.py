"""Files of limits as a user checks them, by themselves and against a small ledger."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import SOURCE, LedgerCase, run, run_json  # noqa: E402


class Limits(LedgerCase):
    """The limits that are built in, and rows of one's own after them."""

    def limits(self, *rows):
        """The built-in file and these rows, in a file."""
        text = (SOURCE / "calendar" / "limits.csv").read_text()
        return self.write("limits.csv", (text + "".join(row + "\n" for row in rows)).encode())

    def test_limits_check_names_line_and_column_and_how_to_mend(self):
        sound = self.limits("problem.deadline.remind,10wd,before_end,yes,,0,2202,,,,催,r,t",
                            "problem.checkers,3,-,yes,,0,,education_2019,,,人,c,t")
        self.assertIn("sound", run("limits", "check", sound).stdout)
        self.assertIn("没有问题", run("limits", "check", sound, language="zh-CN").stdout)
        self.assertEqual([], run_json("limits", "check", sound)["faults"])
        for code, column, row in (
                ("limit_step_starts", "starts",
                 "problem.deadline.remind,3wd,soon,yes,,0,,,,,催,r,t"),
                ("limit_clock_unknown", "code",
                 "problem.none.remind,3wd,before_end,yes,,0,,,,,催,r,t"),
                ("limit_checkers_below", "length", "hazard.checkers,1,-,yes,,0,,,,,人,c,t"),
                ("calendar_malformed", "length", "problem.near,soon,-,yes,,0,,,,,近,n,t")):
            path = self.limits(row)
            with open(path, encoding="utf-8") as file:
                last = len(file.read().splitlines())
            faults = run_json("limits", "check", path, expect=1)["faults"]
            self.assertEqual([(code, str(last), column)],
                             [(one["code"], one["facts"]["line"], one["facts"]["column"])
                              for one in faults])
        done = run("limits", "check", self.limits("problem.near,6d,-,yes,,0,,,,,近,n,t"), expect=1)
        self.assertRegex(done.stdout, r"limits\.csv:\d+:length: .*1wd.*\(limit_working_days\)")

    def test_limits_check_looks_at_what_a_ledger_has_adopted(self):
        run("limits", "check", self.limits(), self.ledger)
        text = (SOURCE / "calendar" / "limits.csv").read_text()
        kept = [line for line in text.splitlines() if not line.startswith("problem.immediate")]
        shorter = self.write("shorter.csv", ("\n".join(kept) + "\n").encode())
        run("limits", "check", shorter)
        faults = run_json("limits", "check", shorter, self.ledger, expect=1)["faults"]
        self.assertEqual(["limits_changed"], [fault["code"] for fault in faults])


if __name__ == "__main__":
    unittest.main(verbosity=2)
