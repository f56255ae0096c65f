"""Support access: none by itself; opened by the client, for hours; over when they are over."""

import json
import os
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import DIVISIONS, LedgerCase, make_demonstration, run, run_json  # noqa: E402

DAYS_LATER = os.environ.get("TZ_DAYS_LATER", "")


def audit_acts(ledger):
    acts = []
    folder = os.path.join(ledger, "audit")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            acts += [line for line in file if "support" in line]
    return acts


class Support(LedgerCase):
    def support(self, *words, hours="4", name="vendor", role="system_admin", expect=0):
        return run_json("account", "support", self.ledger, name, "--unit", "22", "--role", role,
                        "--hours", hours, *words, expect=expect)

    def accounts(self):
        return {each["name"]: each for each in run_json("account", "list", self.ledger)["accounts"]}

    def refused(self, code, **how):
        self.assertEqual(code, self.support(expect=1, **how)["error"]["code"])
        self.assertNotIn("vendor", self.accounts())

    def test_there_is_none_until_it_is_opened(self):
        self.assertEqual({}, self.accounts())
        made = self.support()
        self.assertEqual("vendor", made["name"])
        self.assertEqual(made["ends"], self.accounts()["vendor"]["ends"])
        self.assertEqual(1, len(audit_acts(self.ledger)))
        self.assertIn("account_support", audit_acts(self.ledger)[0])

    def test_it_has_bounds(self):
        self.refused("support_hours_bad", hours="25")
        self.refused("field_required", hours="0")
        self.refused("support_role_bad", role="security_admin")
        self.refused("support_role_bad", role="audit_admin")
        with open(os.path.join(self.ledger, "config.yaml"), "a", encoding="utf-8") as file:
            file.write("sign_in: {support_hours_max: 0}\n")
        self.refused("support_off", hours="1")

    def test_a_refused_opening_is_in_the_audit_log_too(self):
        self.refused("support_hours_bad", hours="25")
        self.assertIn("support_hours_bad", audit_acts(self.ledger)[0])


class Ending(LedgerCase):
    """In a demonstration, whose clock a test moves."""

    def setUp(self):
        if not (DIVISIONS and DAYS_LATER):
            self.skipTest("needs the real divisions")
        super().setUp()
        self.ledger = os.path.join(self.folder, "town")
        make_demonstration(self.ledger)

    def signs_in(self, address, password):
        body = json.dumps({"name": "vendor", "password": password}).encode()
        request = urllib.request.Request(address + "/api/v1/session", body)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request):
                return 200
        except urllib.error.HTTPError as error:
            return json.load(error)["code"]

    def reads_work(self, address, token):
        request = urllib.request.Request(address + "/api/v1/work")
        request.add_header("Authorization", "Bearer " + token)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self, server):
        server.terminate()
        self.assertEqual(0, server.wait(30))

    def test_it_ends_by_itself_with_all_that_it_opened(self):
        server, address = self.serve()
        made = run_json("account", "support", self.ledger, "vendor", "--unit", "2202", "--role",
                        "supervisor", "--hours", "4")
        token = run("token", "add", self.ledger, "vendor").stdout.strip()
        self.assertEqual(200, self.signs_in(address, made["password"]))
        self.assertEqual(200, self.reads_work(address, token))
        self.stop(server)
        subprocess.run([DAYS_LATER, self.ledger, "1"], check=True)
        server, address = self.serve()
        self.assertEqual("sign_in_refused", self.signs_in(address, made["password"]))
        self.assertEqual(401, self.reads_work(address, token))
        run("retain", self.ledger)
        listed = {each["name"]: each for each in run_json("account", "list",
                                                          self.ledger)["accounts"]}["vendor"]
        self.assertEqual((True, 0), (listed["disabled"], listed["tokens"]))
        acts = "".join(audit_acts(self.ledger))
        self.assertEqual(1, acts.count("support_ended"))
        # Nobody brings it back: its time is over.
        refused = run_json("account", "enable", self.ledger, "vendor", expect=1)
        self.assertEqual("support_over", refused["error"]["code"])
        self.assertEqual("sign_in_refused", self.signs_in(address, made["password"]))
        self.stop(server)


if __name__ == "__main__":
    unittest.main(verbosity=2)
