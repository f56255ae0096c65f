"""A small ledger to try the program on: its tree, its commands, its server."""

import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
DIVISIONS = os.environ.get("TZ_DIVISIONS_2019", "")
DEMONSTRATION = os.environ.get("TZ_DEMONSTRATION", "")

SMALL = {
    "provinces.csv": 'code,name\n22,"吉林省"\n13,"河北省"\n11,"北京市"\n',
    "cities.csv": 'code,name,provinceCode\n2202,"吉林市",22\n1306,"保定市",13\n1101,"市辖区",11\n',
    "areas.csv": 'code,name,cityCode,provinceCode\n220204,"船营区",2202,22\n130629,"容城县",1306,13\n'
                 '130632,"安新县",1306,13\n130638,"雄县",1306,13\n110101,"东城区",1101,11\n',
    "streets.csv": 'code,name,areaCode,provinceCode,cityCode\n220204006,"北极街道",220204,22,2202\n',
    "villages.csv": 'code,name,streetCode,provinceCode,cityCode,areaCode\n'
                    '220204006001,"致和南社区",220204006,22,2202,220204\n',
}


def run(*words, expect=0, language="en"):
    done = subprocess.run([PROGRAM, "--lang", language, *words], capture_output=True, text=True)
    if done.returncode != expect:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {expect}\n"
                             f"{done.stdout}{done.stderr}")
    return done


def run_json(*words, expect=0):
    return json.loads(run("--json", *words, expect=expect).stdout)


def make_demonstration(ledger):
    """A demonstration over the country's tree: a copy of the one that all tests share, if one was
    made for them, since making one takes long."""
    if DEMONSTRATION:
        shutil.copytree(DEMONSTRATION, ledger)
    else:
        run("demo", ledger, "--divisions", DIVISIONS)


def serve(case, ledger, *options):
    """A server of that ledger until the test ends: its process and its address."""
    server = subprocess.Popen([PROGRAM, "--lang", "en", "serve", ledger, "--listen",
                               "127.0.0.1:0", *options], stdout=subprocess.PIPE, text=True)
    case.addCleanup(lambda: (server.kill(), server.wait(), server.stdout.close()))
    for line in server.stdout:
        found = re.search(r"https?://127\.0\.0\.1:\d+", line)
        if found:
            return server, found.group(0)
    raise AssertionError("the server did not say where it listens")


class LedgerCase(unittest.TestCase):
    """A ledger over a small tree, made anew for each test."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="tz-cli-")
        self.addCleanup(shutil.rmtree, self.folder)
        divisions = os.path.join(self.folder, "divisions")
        os.mkdir(divisions)
        for name, text in SMALL.items():
            self.write("divisions/" + name, text.encode())
        self.ledger = os.path.join(self.folder, "ledger")
        run("init", self.ledger, "--divisions", divisions)

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def database(self):
        return sqlite3.connect(os.path.join(self.ledger, "journal.db"))

    def serve(self, *options):
        """A server of the ledger until the test ends: its process and its address."""
        return serve(self, self.ledger, *options)
