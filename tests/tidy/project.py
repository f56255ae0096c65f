"""The files of a project as the tidy rules look at them."""

import os
import re
import subprocess

SKIPPED_FOLDERS = {".git", "build", "run", "node_modules", "__pycache__"}
CODE_ENDINGS = (".cpp", ".h")


class Fault:
    """Where a rule is broken, and how to mend it."""

    def __init__(self, path, line, sentence):
        self.path, self.line, self.sentence = path, line, sentence

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.sentence}"


class Project:
    """Reads each file once. Paths are relative to the root, with forward slashes."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self._texts = {}
        self._bare = {}
        self.files = sorted(self._listed())

    def _listed(self):
        if os.path.exists(os.path.join(self.root, ".git")):
            found = subprocess.run(
                ["git", "-c", "safe.directory=*", "-C", self.root, "ls-files", "-z",
                 "--cached", "--others", "--exclude-standard"],
                capture_output=True, check=False)
            if found.returncode == 0:
                names = found.stdout.decode().split("\0")
                return {name for name in names if name and self.exists(name)}
        names = set()
        for folder, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
            for name in files:
                names.add(os.path.relpath(os.path.join(folder, name), self.root))
        return names

    def exists(self, path):
        return os.path.exists(os.path.join(self.root, path))

    def bytes_of(self, path):
        return os.path.getsize(os.path.join(self.root, path))

    def text(self, path):
        """The text, or none for a file that is not there or not UTF-8."""
        if path not in self._texts:
            try:
                with open(os.path.join(self.root, path), encoding="utf-8") as file:
                    self._texts[path] = file.read()
            except (OSError, UnicodeDecodeError):
                self._texts[path] = None
        return self._texts[path]

    def bare(self, path):
        """C++ without what stands in comments, texts and macros; the lines stay."""
        if path not in self._bare:
            self._bare[path] = without_words(self.text(path) or "")
        return self._bare[path]

    def code(self, *folders):
        """C++ files below these folders."""
        return [path for path in self.files
                if path.endswith(CODE_ENDINGS) and path.split("/")[0] in folders]

    def documents(self):
        return [path for path in self.files if path.endswith(".md")
                and (path.startswith("docs/") or "/" not in path)]


def is_test(path):
    return path.startswith("tests/") or path.endswith(("_test.cpp", "_test.h"))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def missing(path, what):
    return [Fault(path, 0, f"is not there yet; it must hold {what}")]


WORDS = re.compile(
    r"""(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")
      | (?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<text>"(?:\\.|[^"\\\n])*")
      | (?P<digits>\b\d[\w.]*(?:'[\w.]+)+)
      | (?P<letter>'(?:\\.|[^'\\\n])+')
      | (?P<macro>^[ \t]*\#[ \t]*(?!include)(?:\\\n|[^\n])*)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE)


def without_words(text):
    def blank(match):
        kept = "\n" * match.group().count("\n")
        if match.lastgroup == "digits":
            return match.group()
        if match.lastgroup in ("text", "raw", "mark"):
            before = text[text.rfind("\n", 0, match.start()) + 1:match.start()]
            if before.strip().startswith("#"):  # an include's path is no text
                return match.group()
            return '""' + kept
        return " " + kept

    return WORDS.sub(blank, text)
