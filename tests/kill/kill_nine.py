"""Kills a working ledger by SIGKILL at random moments; asks it for all that it had answered."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

RUNS = 400 if os.environ.get("TZ_LONG") else 100
LIFE_SECONDS_MAX = 0.4
RUN_SECONDS_MAX = 60


def run(worker, *words, told=""):
    """What the worker printed; stops the test when it fails."""
    done = subprocess.run([worker, *words], input=told, capture_output=True, text=True,
                          timeout=RUN_SECONDS_MAX, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def live_and_die(worker, folder, seed, chance):
    """Starts it, kills it, and returns the whole lines it had told."""
    process = subprocess.Popen([worker, "work", folder, str(seed)], stdout=subprocess.PIPE)
    # Some die while they open, most under load: after a number of receipts, or a time.
    receipts_wanted = chance.choice([0, 1, chance.randrange(100), 1 << 30])
    ends = time.monotonic() + LIFE_SECONDS_MAX * chance.random()
    if 0 < receipts_wanted < 1 << 30:
        ends = time.monotonic() + RUN_SECONDS_MAX
    told = b""
    probed = chance.random() > 0.25
    while told.count(b"\n") < receipts_wanted and time.monotonic() < ends:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, ends - time.monotonic()))
        if not ready:
            break
        some = os.read(process.stdout.fileno(), 1 << 16)
        if not some:
            sys.exit(f"run {seed}: it ended by itself")
        told += some
        if not probed:
            probed = True
            second = run(worker, "probe", folder)
            if second != "ledger_in_use":
                sys.exit(f"run {seed}: a second writer was not refused: {second}")
    process.send_signal(signal.SIGKILL)
    told += process.stdout.read()
    if process.wait() != -signal.SIGKILL:
        sys.exit(f"run {seed}: it ended by itself with {process.returncode}")
    return told[:told.rfind(b"\n") + 1].decode()


def main():
    worker = sys.argv[1]
    seed = int(os.environ.get("TZ_SEED", random.randrange(1 << 30)))
    print(f"TZ_SEED={seed}", flush=True)
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="tz_kill_")
    receipts = idle = 0
    everything = ""
    try:
        run(worker, "create", folder)
        for number in range(1, RUNS + 1):
            told = live_and_die(worker, folder, 2 * number, chance)
            receipts += told.count("\n")
            idle += told == ""
            everything += told
            run(worker, "check", folder, str(2 * number + 1), told=told)
        last = run(worker, "check", folder, str(2 * RUNS + 3), told=everything)
        print(f"killed {RUNS} times ({idle} before the first receipt): {receipts} receipts, "
              f"none lost, none half there; at the end {last}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if idle == RUNS:
        sys.exit("it never came to work")


main()
