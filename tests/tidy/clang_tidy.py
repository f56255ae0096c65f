"""Runs clang-tidy over the rooms' sources; a file that was clean and did not change is passed over.

    clang_tidy.py BUILD_FOLDER [FILE…]

What a file is known by is the hash of its text, of every header of ours that it includes, and of
.clang-tidy. The hashes of clean files lie in BUILD_FOLDER/clang_tidy_clean. Exit 0 or 1.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INCLUDE = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def reached(path, seen):
    """The file and all headers of ours below it."""
    if path in seen or not os.path.exists(path):
        return seen
    seen.add(path)
    for name in INCLUDE.findall(read(path)):
        for folder in (os.path.join(ROOT, "src"), os.path.dirname(path)):
            reached(os.path.normpath(os.path.join(folder, name.decode())), seen)
    return seen


def hash_of(path):
    state = hashlib.sha256()
    for name in sorted(reached(path, set())) + [os.path.join(ROOT, ".clang-tidy")]:
        state.update(os.path.relpath(name, ROOT).encode() + b"\0")
        state.update(hashlib.sha256(read(name)).digest())
    return state.hexdigest()


def look_at(build, path):
    began = time.monotonic()
    # The compile commands are g++'s: clang need not know all its warnings, and sees a value
    # thrown away in TZ_TRY(f()); where g++ does not.
    done = subprocess.run(
        ["clang-tidy", "--quiet", "-p", build, "--extra-arg=-Wno-unknown-warning-option",
         "--extra-arg=-Wno-unused-result", path],
        capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + (done.stderr if done.returncode else ""), \
        time.monotonic() - began


def sources(build):
    prefix = os.path.join(ROOT, "src") + os.sep
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        return sorted({entry["file"] for entry in json.load(file)
                       if entry["file"].startswith(prefix)
                       and not entry["file"].endswith("_test.cpp")})


def main(build, files):
    store, found, loud = os.path.join(build, "clang_tidy_clean"), 0, sys.stderr.isatty()
    os.makedirs(store, exist_ok=True)
    marks = {path: os.path.join(store, hash_of(path))
             for path in files or sources(build)}
    due = [path for path, mark in marks.items() if not os.path.exists(mark)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        answers = {pool.submit(look_at, build, path): path for path in due}
        for count, answer in enumerate(concurrent.futures.as_completed(answers), 1):
            path, (code, words, seconds) = answers[answer], answer.result()
            if loud:
                print(f"\r[{count}/{len(due)}] {os.path.relpath(path, ROOT)} {seconds:.0f} s\033[K",
                      end="", file=sys.stderr)
            if code:
                found += 1
                print(words, flush=True)
            else:
                with open(marks[path], "wb"):
                    pass
    if loud and due:
        print(file=sys.stderr)
    print(f"clang-tidy: {found} of {len(due)} files with faults, "
          f"{len(marks) - len(due)} unchanged since they were clean")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1], [os.path.abspath(name) for name in sys.argv[2:]]))
