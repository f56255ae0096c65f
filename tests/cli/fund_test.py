"""Revolving funds as a user opens, fills and reads them."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import LedgerCase, run, run_json  # noqa: E402


class Funds(LedgerCase):
    def open(self, expect=0, cap="30000"):
        return run_json("fund", "open", self.ledger, "relief", "--unit", "220204", "--title",
                        "大病救急周转金", "--title-en", "Relief fund", "--cap", cap, "--small", "3000",
                        "--basis", "文件", expect=expect)

    def add(self, amount, sort="capital", expect=0):
        return run_json("fund", "add", self.ledger, "relief", sort, amount, "--document", "凭证1号",
                        expect=expect)

    def test_an_amount_is_in_yuan_with_two_digits_at_most(self):
        self.open()
        for bad in ("12.345", "12.", ".5", "1e3", "１２", "1,000", "12.3x", "9" * 20):
            self.assertEqual("amount_bad", self.add(bad, expect=1)["error"]["code"], bad)
        self.assertEqual(1250, self.add("12.5")["cash"])
        self.assertEqual(1_701_250, self.add("17000")["cash"])
        self.assertIn("17012.50", run("fund", "balance", self.ledger, "relief").stdout)

    def test_a_fund_is_opened_once_by_an_amount_that_is_one(self):
        self.assertEqual("amount_bad", self.open(expect=1, cap="30 000")["error"]["code"])
        self.assertEqual("relief", self.open()["fund"])
        self.assertEqual("fund_open_already", self.open(expect=1)["error"]["code"])
        self.assertEqual("fund_short", self.add("1", sort="returned", expect=1)["error"]["code"])

    def test_the_statement_closes(self):
        self.open()
        self.add("100000")
        self.add("0.01", sort="income")
        last = run_json("fund", "statement", self.ledger, "relief")["rows"][-1]
        self.assertEqual(10_000_001, last["closing"])
        table = run("fund", "statement", self.ledger, "relief", "--by", "month").stdout
        self.assertIn("100000.01", table)
        self.assertEqual("by_unsupported", run_json("fund", "statement", self.ledger, "relief",
                                                    "--by", "day", expect=1)["error"]["code"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
