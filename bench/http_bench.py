"""Measures a durable command over HTTP: list an item, 400-byte body, answered when it is on disk.

In turn with its yardsticks, five pairs: one client against an append + fdatasync loop, 512 clients
against nginx answering a POST of the same body. wrk makes the load for both.

    bench/http_bench.py BUILD_FOLDER     (script/bench gives it)
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
# An account has 64 requests at once, so 512 clients are many people, as they would be.
ACCOUNTS = 32
PAIRS = int(os.environ.get("TZ_BENCH_PAIRS", "5"))


def body():
    item = {"kind": "problem", "unit": "0", "source": "resident", "title": "楼道堆物影响通行",
            "description": ""}
    while len(json.dumps(item, ensure_ascii=False).encode()) < 398:
        item["description"] += "物"
    return json.dumps(item, ensure_ascii=False)


def start_nginx(folder, port):
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 2;"
        "events { worker_connections 2048; }"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/p;"
        f" fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;"
        f" keepalive_requests 100000000; server {{ listen 127.0.0.1:{port};"
        ' location / { return 200 "{}"; } } }')
    return subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)],
                            stderr=subprocess.DEVNULL)


def token_of(ledger, name):
    subprocess.run([PROGRAM, "account", "add", ledger, name, "--unit", "0", "--role", "recorder"],
                   check=True, stdout=subprocess.DEVNULL)
    return subprocess.run([PROGRAM, "token", "add", ledger, name], check=True, text=True,
                          capture_output=True).stdout.strip()


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="http-bench-", dir=BUILD)).resolve()
    ledger = str(folder / "ledger")
    subprocess.run([PROGRAM, "init", ledger], check=True, stdout=subprocess.DEVNULL)
    tokens = [token_of(ledger, f"clerk{i}") for i in range(ACCOUNTS)]
    ours, theirs = free_port(), free_port()
    text = body()
    common = {"Content-Type": "application/json"}
    write_wrk_script(folder / "ours.lua", text, common, tokens)
    write_wrk_script(folder / "nginx.lua", text, common)
    server = subprocess.Popen([PROGRAM, "serve", ledger, "--listen", f"127.0.0.1:{ours}"],
                              stdout=subprocess.DEVNULL)
    nginx = start_nginx(folder, theirs)
    try:
        wait_for(f"http://127.0.0.1:{ours}/healthz")
        wait_for(f"http://127.0.0.1:{theirs}/")
        measure(folder, f"http://127.0.0.1:{ours}/api/v1/items", f"http://127.0.0.1:{theirs}/",
                len(text.encode()))
    finally:
        server.terminate()
        nginx.terminate()
        server.wait()
        nginx.wait()
    subprocess.run([PROGRAM, "--lang", "en", "verify", ledger], check=True)
    shutil.rmtree(folder)


def measure(folder, ours, theirs, size):
    loop = str(BUILD / "bench" / "append_loop")
    print(f"body {size} bytes, {SECONDS} s a run, {PAIRS} pairs")
    one, many = [], []
    for _ in range(PAIRS):
        rate = wrk(ours, str(folder / "ours.lua"), 1, SECONDS)[0]
        disk = float(subprocess.run([loop, str(folder / "loop"), str(SECONDS)], check=True,
                                    capture_output=True, text=True).stdout)
        one.append(rate / disk)
        print(f"1 client: {rate:.0f}/s, append + fdatasync {disk:.0f}/s, ratio {one[-1]:.3f}")
    for _ in range(PAIRS):
        rate = wrk(ours, str(folder / "ours.lua"), 512, SECONDS)[0]
        limit = wrk(theirs, str(folder / "nginx.lua"), 512, SECONDS)[0]
        many.append(rate / limit)
        print(f"512 clients: {rate:.0f}/s, nginx {limit:.0f}/s, ratio {many[-1]:.3f}")
    for clients in (1, 8, 32, 512):
        rate, middle, late = wrk(ours, str(folder / "ours.lua"), clients, SECONDS)
        print(f"{clients} clients: {rate:.0f}/s, p50 {middle}, p99 {late}")
    print(f"median: 1 client {statistics.median(one):.3f} of append + fdatasync (bar 0.35); "
          f"512 clients {statistics.median(many):.3f} of nginx (bar 0.4)")


main()
