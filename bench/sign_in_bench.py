"""Measures signing in over HTTP by name and password, in turn with bare Argon2id, five pairs.

As many clients as the machine has cores, against a loop that verifies the same password with the
same cost on as many threads: what is left of that rate is what all else of signing in costs.

    bench/sign_in_bench.py BUILD_FOLDER     (script/bench gives it)
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

from server import BUILD, PROGRAM, free_port, wait_for, write_wrk_script, wrk

SECONDS = int(os.environ.get("TZ_BENCH_SECONDS", "6"))
PAIRS = int(os.environ.get("TZ_BENCH_PAIRS", "5"))
CORES = os.cpu_count() or 1


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sign-in-bench-", dir=BUILD)).resolve()
    ledger = str(folder / "ledger")
    subprocess.run([PROGRAM, "init", ledger], check=True, stdout=subprocess.DEVNULL)
    added = subprocess.run([PROGRAM, "account", "add", ledger, "clerk", "--unit", "0", "--role",
                            "recorder", "--json"], check=True, text=True, capture_output=True)
    password = json.loads(added.stdout)["password"]
    write_wrk_script(folder / "sign-in.lua", json.dumps({"name": "clerk", "password": password}),
                     {"Content-Type": "application/json"})
    port = free_port()
    server = subprocess.Popen([PROGRAM, "serve", ledger, "--listen", f"127.0.0.1:{port}"],
                              stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        measure(folder, f"http://127.0.0.1:{port}/api/v1/session")
    finally:
        server.terminate()
        server.wait()
    shutil.rmtree(folder)


def measure(folder, address):
    loop = str(BUILD / "bench" / "argon2_loop")
    print(f"{CORES} clients, {SECONDS} s a run, {PAIRS} pairs")
    ratios = []
    for _ in range(PAIRS):
        rate = wrk(address, str(folder / "sign-in.lua"), CORES, SECONDS)[0]
        bare = float(subprocess.run([loop, str(CORES), str(SECONDS)], check=True,
                                    capture_output=True, text=True).stdout)
        ratios.append(rate / bare)
        print(f"{rate:.1f} sign-ins/s, Argon2id alone {bare:.1f}/s, ratio {ratios[-1]:.3f}")
    print(f"median {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}) of "
          "Argon2id alone")


main()
