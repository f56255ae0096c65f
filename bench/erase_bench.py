"""Measures what erasing one person's data costs everybody else: in a ledger of a million items over
the real tree, commands go on in a steady stream while an item with all its texts and files, and an
account, are erased; the longest wait of those commands stands beside that without an erasure, and
beside one full batch.

    bench/erase_bench.py BUILD_FOLDER     (script/bench gives it; needs TZ_DIVISIONS_2019)
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import time

from server import BUILD, PROGRAM

DIVISIONS = os.environ["TZ_DIVISIONS_2019"]
ITEMS = int(os.environ.get("TZ_BENCH_ITEMS", "1000000"))
PAIRS = 5
CLIENTS = 4
EVERY = 0.01  # each client asks a hundred times a second
BATCH = 1000
PLACE = "220204006001"


def run(*words):
    done = subprocess.run([PROGRAM, "--json", *words], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


class Client:
    """One connection that asks as one account."""

    def __init__(self, address, token):
        self.connection = http.client.HTTPConnection(address, timeout=600)
        self.token = token

    def post(self, path, body, version=None):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": "Bearer " + self.token, "Content-Type":
                   "application/octet-stream" if isinstance(body, bytes) else "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        self.connection.request("POST", path, data, headers)
        answer = self.connection.getresponse()
        read = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{path}: {answer.status} {read[:200]}")
        return json.loads(read)

    def open_item(self, title="楼道堆物影响通行"):
        return self.post("/api/v1/items", {"kind": "problem", "unit": PLACE, "source": "resident",
                                           "title": title})


class Stream:
    """A steady stream of commands; how long each waited."""

    def __init__(self, address, token):
        self.waits = []
        self.stopping = False
        self.threads = [threading.Thread(target=self.ask, args=(Client(address, token),))
                        for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def ask(self, client):
        due = time.monotonic()
        while not self.stopping:
            begin = time.monotonic()
            client.open_item()
            self.waits.append(time.monotonic() - begin)
            due = max(due + EVERY, begin)
            time.sleep(max(0.0, due - time.monotonic()))

    def stop(self):
        self.stopping = True
        for thread in self.threads:
            thread.join()
        return sorted(self.waits)


def batch_seconds(ledger, folder):
    """One batch of a thousand commands, as an import of so many."""
    path = folder / "batch.csv"
    path.write_text("unit,title,source\n" + f"{PLACE},楼道堆物影响通行,resident\n" * BATCH)
    begin = time.monotonic()
    run("import", "items", ledger, str(path), "--into", "0", "--again")
    return time.monotonic() - begin


def written_about(recorder, fixer, number):
    """An item with texts and three files, all about one person."""
    opened = recorder.open_item(f"某人的事{number}")
    version = opened["version"]
    for field in ("description", "remark", "source_doc"):
        version = recorder.post(f"/api/v1/items/{opened['item']}/correct", {
            "field": field, "value": f"写到某人的话{number}", "reason": "补充"}, version)["version"]
    files = [fixer.post("/api/v1/evidence", f"%PDF-1.4\n% {number} {i}\n%%EOF\n".encode())
             for i in range(3)]
    address = f"/api/v1/items/{opened['item']}/"
    for who, step, body in (
            (recorder, "assign", {"lead": PLACE, "due": "2099-12-31"}),
            (fixer, "plan", {"measures": [{"text": "清理", "due": "2099-12-30"}], "criterion": "清净"}),
            (fixer, "report", {"text": "已清理", "evidence": [
                {"sha256": file["sha256"], "name": "现场", "taker": "某人"} for file in files]})):
        version = who.post(address + step, body, version)["version"]
    return opened["item"]


def serve(ledger):
    server = subprocess.Popen([PROGRAM, "--lang", "en", "serve", ledger, "--listen", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, text=True)
    for line in server.stdout:
        found = re.search(r"https?://(127\.0\.0\.1:\d+)", line)
        if found:
            return server, found.group(1)
    raise SystemExit("the server did not say where it listens")


def fill(ledger, folder):
    villages = [line.split(",", 1)[0] for line in
                (pathlib.Path(DIVISIONS) / "villages.csv").read_text().splitlines()[1:]]
    step = 7919  # a prime: places all over the country
    with open(folder / "items.csv", "w", encoding="utf-8") as file:
        file.write("unit,title,source,due\n")
        for i in range(ITEMS):
            file.write(f"{villages[i * step % len(villages)]},楼道堆物影响通行,resident,2030-01-01\n")
    begin = time.monotonic()
    run("import", "items", ledger, str(folder / "items.csv"), "--into", "0")
    print(f"import of {ITEMS} items: {time.monotonic() - begin:.0f} s")


def token_of(ledger, name, unit, *roles):
    subprocess.run([PROGRAM, "account", "add", ledger, name, "--unit", unit, "--role", roles[0]],
                   stdout=subprocess.DEVNULL, check=True)
    for role in roles[1:]:
        run("post", "add", ledger, name, "--unit", unit, "--role", role)
    return run("token", "add", ledger, name)["token"]


def shown(what, seconds):
    seconds = sorted(seconds)
    print(f"{what:<52} median {1000 * seconds[len(seconds) // 2]:7.1f} ms   "
          f"{1000 * seconds[0]:.1f} to {1000 * seconds[-1]:.1f}")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="erase-bench-", dir=BUILD))
    ledger = str(folder / "ledger")
    run("init", ledger, "--divisions", DIVISIONS)
    # Before the items: each of these opens the whole ledger.
    token = token_of(ledger, "clerk", "22", "recorder", "supervisor")
    fixer_token = token_of(ledger, "fixer", PLACE, "responsible")
    people = [f"person{i}" for i in range(PAIRS + 1)]
    for name in people:
        token_of(ledger, name, "22", "recorder")
    fill(ledger, folder)
    server, address = serve(ledger)
    recorder = Client(address, token)
    items = [written_about(recorder, Client(address, fixer_token), i) for i in range(PAIRS + 1)]
    print(f"load {os.getloadavg()[0]:.2f}")
    longest = {"without": [], "with": []}
    middle = {"without": [], "with": []}
    took = {"item": [], "account": []}
    batches = []
    for i in range(PAIRS + 1):
        pair = {}
        for which in ("without", "with") if i % 2 else ("with", "without"):
            stream = Stream(address, token)
            time.sleep(1)
            begin = time.monotonic()
            if which == "with":
                run("erase", ledger, items[i], "--reason", "当事人要求")
                took_item = time.monotonic() - begin
                begin = time.monotonic()
                run("account", "erase", ledger, people[i], "--reason", "asked")
                took_account = time.monotonic() - begin
                time.sleep(2)  # while the log is emptied
            else:
                time.sleep(6)
            pair[which] = stream.stop()
        batch = batch_seconds(ledger, folder)
        if i == 0:
            continue  # caches, and the list of erasures that is read from the start
        batches.append(batch)
        took["item"].append(took_item)
        took["account"].append(took_account)
        for which, waits in pair.items():
            longest[which].append(waits[-1])
            middle[which].append(waits[len(waits) // 2])
    shown("longest wait of another command, nothing erased", longest["without"])
    shown("longest wait of another command, while erasing", longest["with"])
    shown("middle wait, nothing erased", middle["without"])
    shown("middle wait, while erasing", middle["with"])
    shown(f"one batch of {BATCH} commands", batches)
    shown("erasing an item, until it is answered", took["item"])
    shown("erasing an account, until it is answered", took["account"])
    print(f"load {os.getloadavg()[0]:.2f}")
    server.terminate()
    server.wait()
    shutil.rmtree(folder)


main()
