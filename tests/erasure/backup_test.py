"""Backups: whole or refused, nobody's but the recipient's, no way back for what was erased."""

import os
import shutil
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from program import run, run_json  # noqa: E402
from traces import files_of, traces  # noqa: E402
from written import ACCOUNT, WORDS, Written  # noqa: E402


def contents(folder):
    return {os.path.relpath(path, folder): content for path, content in files_of(folder)}


class Backups(Written):
    """The ledger of the erasure tests, backed up while it is served."""

    def setUp(self):
        super().setUp()
        self.key = os.path.join(self.folder, "backup.key")
        self.recipient = run_json("backup-key", "make", self.key)["recipient"]
        self.file = os.path.join(self.folder, "b1")
        self.to = os.path.join(self.folder, "restored")

    def backup(self, *recipients):
        words = [word for each in recipients or (self.recipient,) for word in ("--recipient", each)]
        return run_json("backup", self.ledger, self.file, *words)

    def restore(self, *words, expect=0):
        return run_json("restore", self.file, self.to, "--key", self.key, *words, expect=expect)

    def refused(self, code, *words):
        self.assertEqual(code, self.restore(*words, expect=1)["error"]["code"])
        self.assertFalse(os.path.exists(self.to))
        self.assertFalse(os.path.exists(self.to + ".restoring"))

    def test_a_backup_beside_a_server_comes_back_whole(self):
        self.write_everywhere()
        made = self.backup()
        self.assertGreater(made["files"], 3)
        for path in (self.file, self.file + ".keys"):
            self.assertEqual(0o600, os.stat(path).st_mode & 0o777)
            with open(path, "rb") as file:
                self.write("alone/" + os.path.basename(path), file.read())
        self.assertEqual([], traces(os.path.join(self.folder, "alone"),
                                    [*WORDS.values(), ACCOUNT, "journal.db", "SQLite format 3"]))
        self.assertFalse([name for name in os.listdir(self.ledger) if "copy" in name])
        self.act("chief", "extend", {"due": "2100-01-31", "reason": "备份之后"})
        self.stop()
        listed = os.path.join(self.ledger, "erasures.txt")
        done = self.restore("--erasures", listed)
        self.assertEqual((made["records"], 0), (done["records"], done["erased"]))
        self.assertTrue(run_json("verify", self.to)["holds"])
        self.assertTrue(run_json("audit", "verify", self.to)["holds"])
        before, after = contents(self.ledger), contents(self.to)
        for name, content in before.items():
            if name.startswith(("keys/", "evidence/")):
                self.assertEqual(content, after[name], name)
        self.ledger = self.to
        self.server, self.address = self.serve()
        shown = self.history().decode()
        self.assertIn(WORDS["criterion"], shown)
        self.assertNotIn("备份之后", shown)

    def write(self, name, content):
        os.makedirs(os.path.dirname(os.path.join(self.folder, name)), exist_ok=True)
        return super().write(name, content)

    def test_what_was_erased_after_a_backup_is_erased_again(self):
        self.write_everywhere()
        self.backup()
        run("erase", self.ledger, self.item, "--reason", "当事人要求")
        run("account", "erase", self.ledger, ACCOUNT, "--reason", "asked")
        self.stop()
        with open(os.path.join(self.ledger, "erasures.txt"), "rb") as file:
            listed = self.write("elsewhere/erasures.txt", file.read())
        self.assertEqual([], traces(os.path.join(self.folder, "elsewhere"), WORDS.values()))
        shutil.rmtree(self.ledger)
        self.refused("erasures_needed")
        done = self.restore("--erasures", listed)
        self.assertGreaterEqual(done["erased"], len(WORDS))
        self.assertEqual([], traces(self.to, [*WORDS.values(), ACCOUNT]))
        self.assertTrue(run_json("verify", self.to)["holds"])
        shutil.rmtree(self.to)
        self.restore("--without-erasures")
        self.assertTrue(traces(self.to, [WORDS["file"], ACCOUNT]), "said plainly, it comes back")

    def test_a_list_of_erasures_that_does_not_fit_is_refused(self):
        self.write_everywhere()
        self.backup()
        listed = os.path.join(self.ledger, "erasures.txt")
        with open(listed, "rb") as file:
            text = file.read()
        old = self.write("old.txt", text)
        os.rename(self.file, self.file + ".first")
        os.rename(self.file + ".keys", self.file + ".keys.first")
        self.act("chief", "extend", {"due": "2100-01-31", "reason": "再延一次"})
        self.backup()
        self.refused("erasures_old", "--erasures", old)
        self.refused("signed_text_forged", "--erasures",
                     self.write("more.txt", text.replace(b"through ", b"through 9")))
        self.refused("signed_text_malformed", "--erasures", self.write("cut.txt", text[:-10]))
        self.refused("file_missing", "--erasures", "/nowhere")
        other = os.path.join(self.folder, "other")
        run("init", other)
        run("backup", other, os.path.join(self.folder, "b2"), "--recipient", self.recipient)
        self.refused("signed_text_forged", "--erasures", os.path.join(other, "erasures.txt"))

    def test_a_torn_or_changed_archive_is_refused_whole(self):
        self.write_everywhere()
        self.backup()
        with open(self.file, "rb") as file:
            whole = file.read()
        tries = 0
        for cut in [0, 5, 18, 19, 20, 52, 132, 156, 157, 1000, 70_000, len(whole) // 2,
                    len(whole) - 1]:
            self.write("b1", whole[:cut])
            self.refused("backup_malformed", "--without-erasures")
            tries += 1
        for at in [0, 17, 18, 19, 60, 100, 131, 140, 156, 158, 300, 65_000, len(whole) // 2,
                   len(whole) - 1]:
            changed = bytearray(whole)
            changed[at] ^= 1
            self.write("b1", bytes(changed))
            error = self.restore("--without-erasures", expect=1)["error"]["code"]
            # Another recipient's number is as good as none of ours.
            self.assertIn(error, ("backup_malformed", "backup_key_wrong"), at)
            self.assertFalse(os.path.exists(self.to))
            tries += 1
        self.write("b1", whole + b"x")
        self.refused("backup_malformed", "--without-erasures")
        chunk = 4 + 65_536 + 17
        head = 18 + 2 + 112 + 24
        first, second = whole[head:head + chunk], whole[head + chunk:head + 2 * chunk]
        for swapped in (second + first, first + first, first):
            self.write("b1", whole[:head] + swapped + whole[head + 2 * chunk:])
            self.refused("backup_malformed", "--without-erasures")
        self.write("b1", whole)
        print(f"{tries + 4} damaged archives, all refused")
        os.rename(self.file + ".keys", self.file + ".kept")
        self.refused("file_missing", "--without-erasures")
        shutil.copy(self.file, self.file + ".keys")
        self.refused("backup_malformed", "--without-erasures")
        self.restore("--without-erasures", "--keys", self.file + ".kept")

    def test_only_its_recipients_open_a_backup(self):
        second = os.path.join(self.folder, "second.key")
        other = run_json("backup-key", "make", second)["recipient"]
        self.assertNotEqual(self.recipient, other)
        self.assertIn("file_exists", run("backup-key", "make", second, expect=1).stderr)
        run("backup", self.ledger, self.file, "--recipient", "tzb_moon", expect=1)
        self.assertFalse(os.path.exists(self.file))
        self.backup(other)
        self.refused("backup_key_wrong", "--without-erasures")
        run("backup", self.ledger, self.file, "--recipient", other, expect=1)
        os.remove(self.file)
        os.remove(self.file + ".keys")
        self.backup(other, self.recipient)
        os.chmod(self.key, 0o644)
        self.refused("backup_key_bad", "--without-erasures")
        os.chmod(self.key, 0o600)
        self.restore("--without-erasures")
        self.assertIn("folder_not_empty", run("restore", self.file, self.to, "--key", self.key,
                                              "--without-erasures", expect=1).stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
