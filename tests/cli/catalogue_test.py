"""Catalogues of services as a user checks and adopts them."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import SOURCE, LedgerCase, run, run_json  # noqa: E402


class Catalogues(LedgerCase):
    """The catalogue that comes with the program, whole and spoiled."""

    def catalogue(self, old="", new=""):
        """That catalogue in a file, the first `old` of it replaced."""
        text = (SOURCE / "services" / "most-asked.yaml").read_text()
        self.assertIn(old, text)
        return self.write("services.yaml", text.replace(old, new, 1).encode())

    def test_services_check_names_line_and_column(self):
        self.assertIn("sound", run("services", "check", self.catalogue()).stdout)
        self.assertIn("无误", run("services", "check", self.catalogue(), language="zh-CN").stdout)
        spoiled = self.catalogue("asks: [id_card, photograph, lease]",
                                 "asks: [id_card, photograph, property_record]")
        done = run("services", "check", spoiled, expect=1)
        self.assertRegex(done.stdout, r"services\.yaml:\d+:\d+: .*\(catalogue_asks_held\)")
        faults = run_json("services", "check", spoiled, expect=1)["faults"]
        self.assertEqual(["catalogue_asks_held"], [fault["code"] for fault in faults])

    def test_services_adopt_takes_newer_versions_of_sound_catalogues(self):
        adopted = run("services", "adopt", self.ledger, self.catalogue())
        self.assertIn("Version 1", adopted.stdout)
        self.assertIn("catalogue_version_old", run("services", "adopt", self.ledger,
                                                   self.catalogue(), expect=1).stderr)
        newer = self.catalogue("version: 1", "version: 2")
        self.assertEqual(2, run_json("services", "adopt", self.ledger, newer)["version"])
        bad = self.catalogue("held_by: third_party", "held_by: bank")
        self.assertIn("yaml_value_unknown", run("services", "adopt", self.ledger, bad,
                                                expect=1).stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
