"""Coverage proofs that the program makes, checked and spoiled by the independent reader."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import verify_proof
from spoiling import spoiled
from verify_proof import Wrong, digest_of_all, proved

PROGRAM = sys.argv.pop(1)
HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden" / "coverage_proof_v1.txt"
GOLDEN_DIGEST = "79176ce9cf271d4ed96ba6ca2cea85d124ff787b9be220aa069faeb788093336"


class Tree:
    """What the program wrote about one tree."""

    def __init__(self, folder):
        self.digest = bytes.fromhex((folder / "digest").read_text())
        self.list = (folder / "leaves").read_bytes()
        _, grid, _, *self.leaves = self.list.decode().splitlines()
        self.types = int(grid.split()[2])
        self.proofs = {path: path.read_bytes() for path in sorted(folder.glob("*.*"))}

    def counted(self, path):
        """The counts of a proof's span, by looking at every leaf in it."""
        position = int(path.stem)
        end = position + (int(self.leaves[position].split()[1]) if path.suffix == ".subtree" else 1)
        counts = {}
        for line in self.leaves[position:end]:
            _, _, _, tier, of_type, status, _ = line.split()
            names = [f"tier {tier} status {status}"]
            if self.types:
                names.append(f"type {of_type} status {status}")
            for name in ["nothing asked"] if tier == "0" else names:
                counts[name] = counts.get(name, 0) + 1
        return counts


class Proofs(unittest.TestCase):
    """One run of the program, looked at from several sides."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="tz-coverage-")
        subprocess.run([PROGRAM, cls.holder.name], check=True)
        cls.trees = [Tree(folder) for folder in sorted(pathlib.Path(cls.holder.name).iterdir())]

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def test_every_proof_holds_and_shows_what_the_leaves_say(self):
        count = 0
        for tree in self.trees:
            for path, data in tree.proofs.items():
                leaf, counts = proved(data, tree.digest)
                self.assertEqual(leaf["position"], int(path.stem))
                self.assertEqual(counts, tree.counted(path), path)
                self.assertLessEqual(len(data), verify_proof.PROOF_BYTES_MAX)
                count += 1
        self.assertGreater(count, 500)

    def test_the_root_is_made_again_from_all_leaves(self):
        for tree in self.trees:
            self.assertEqual(digest_of_all(tree.list), tree.digest)

    def test_a_list_of_leaves_with_anything_altered_has_another_root(self):
        tree = next(tree for tree in self.trees if len(tree.leaves) == 33 and tree.types == 6)
        tried = 0
        for what, other in spoiled(tree.list):
            tried += 1
            try:
                digest = digest_of_all(other)
            except Wrong:
                continue
            self.assertNotEqual(digest, tree.digest, what)
        self.assertGreater(tried, 500)

    def test_a_proof_with_anything_altered_does_not_hold(self):
        tried = 0
        for tree in self.trees:
            if len(tree.leaves) > 1000:
                continue
            for path, data in list(tree.proofs.items())[:12]:
                for what, other in spoiled(data):
                    tried += 1
                    with self.assertRaises(Wrong, msg=f"{path.name} of {len(tree.leaves)}: {what}"):
                        proved(other, tree.digest)
        self.assertGreater(tried, 10000)

    def test_a_proof_of_one_tree_is_none_of_another(self):
        for one, other in zip(self.trees, self.trees[1:]):
            for data in one.proofs.values():
                with self.assertRaises(Wrong):
                    proved(data, other.digest)

    def test_the_script_says_what_is_proved_and_what_is_wrong(self):
        def run(path, digest):
            return subprocess.run([sys.executable, HERE / "verify_proof.py", path, digest],
                                  capture_output=True, text=True)

        good = run(GOLDEN, GOLDEN_DIGEST)
        self.assertEqual(good.returncode, 0)
        self.assertIn("220200000000: position 1, subtree 4\nnothing asked: 1\n", good.stdout)
        self.assertEqual(run(GOLDEN, GOLDEN_DIGEST[:-1] + "0").returncode, 1)
        self.assertEqual(run(GOLDEN, "6").returncode, 2)
        tree = next(tree for tree in self.trees if len(tree.leaves) == 33)
        path = pathlib.Path(self.holder.name) / "leaves"
        path.write_bytes(tree.list)
        self.assertEqual(run(path, tree.digest.hex()).stdout, "all leaves are under that root\n")
        path.write_bytes(tree.list.replace(b" 1 ", b" 2 ", 1))
        self.assertEqual(run(path, tree.digest.hex()).returncode, 1)


if __name__ == "__main__":
    unittest.main()
