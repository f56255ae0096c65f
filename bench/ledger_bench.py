"""Measures a whole ledger over the real tree: making it, filling it, opening it, verifying it.

Reported without a bar; verify stands beside OpenSSL hashing messages of the same size through EVP.

    bench/ledger_bench.py BUILD_FOLDER     (script/bench gives it; needs TZ_DIVISIONS_2019)
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from server import BUILD, PROGRAM

DIVISIONS = os.environ["TZ_DIVISIONS_2019"]
ITEMS = int(os.environ.get("TZ_BENCH_ITEMS", "300000"))
ROUNDS = 5


def timed(*words):
    """Seconds, peak memory in MiB and standard output of one run of the program."""
    begin = time.monotonic()
    process = subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{words}: exit {process.returncode}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024, out


def spread(what, seconds):
    seconds = sorted(seconds)
    print(f"{what:<44} median {seconds[len(seconds) // 2]:7.2f} s   "
          f"{seconds[0]:.2f} to {seconds[-1]:.2f}")
    return seconds[len(seconds) // 2]


def evp_per_second(size):
    done = subprocess.run(["openssl", "speed", "-seconds", "2", "-bytes", str(size), "-evp",
                           "sha256"], capture_output=True, text=True, check=True)
    found = re.search(r"sha256\s+([\d.]+)k", done.stdout, re.IGNORECASE)
    return float(found.group(1)) * 1000 / size


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ledger-bench-", dir=BUILD))
    ledger = str(folder / "ledger")
    inits = []
    for i in range(ROUNDS):
        shutil.rmtree(ledger, ignore_errors=True)
        inits.append(timed("init", ledger, "--divisions", DIVISIONS)[0])
    spread("init with the national tree", inits)
    villages = [line.split(",", 1)[0] for line in
                (pathlib.Path(DIVISIONS) / "villages.csv").read_text().splitlines()[1:]]
    step = 7919  # a prime: places all over the country
    with open(folder / "items.csv", "w") as file:
        file.write("unit,title,source,due\n")
        for i in range(ITEMS):
            file.write(f"{villages[i * step % len(villages)]},楼道堆物影响通行,resident,2030-01-01\n")
    seconds, _, _ = timed("import", "items", ledger, str(folder / "items.csv"), "--into", "0")
    print(f"import of {ITEMS} items: {seconds:.1f} s, {ITEMS / seconds:.0f} items/s")
    report = json.loads(timed("--json", "verify", ledger)[2])
    size = os.path.getsize(os.path.join(ledger, "journal.db"))
    print(f"{report['records']} records, journal.db {size / 1048576:.0f} MiB")
    spread("open from the snapshot (one rollup)",
           [timed("rollup", ledger, "22")[0] for _ in range(ROUNDS)])
    spread("full replay", [timed("replay", ledger)[0] for _ in range(ROUNDS)])
    _, memory, _ = timed("replay", ledger)
    small = str(folder / "small")
    timed("init", small, "--divisions", DIVISIONS)
    _, memory_tree, _ = timed("replay", small)
    print(f"peak memory of a replay: {memory_tree:.0f} MiB with the tree alone, {memory:.0f} MiB "
          f"with the items")
    ratios = []
    for _ in range(ROUNDS):
        seconds = timed("--json", "verify", ledger)[0]
        leaf = 98 + 64  # a header with one sealed text
        ours = report["records"] / seconds
        theirs = evp_per_second(leaf)
        ratios.append(ours / theirs)
        print(f"verify {ours:.0f} records/s, EVP {theirs:.0f} messages of {leaf} bytes/s, "
              f"ratio {ratios[-1]:.3f}")
    print(f"median: verify {sorted(ratios)[ROUNDS // 2]:.3f} of EVP")
    shutil.rmtree(folder)


main()
