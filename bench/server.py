"""A program to measure, an address for it, and wrk as the load."""

import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request

BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release")
PROGRAM = str(BUILD / "taizhang")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url):
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"no answer from {url}")


def wrk(url, script, clients, seconds):
    """Requests a second, median and 99th percentile of the time of one."""
    threads = 1 if clients == 1 else 2
    done = subprocess.run(["wrk", "-t", str(threads), "-c", str(clients), "-d", f"{seconds}s",
                           "--latency", "--timeout", "10s", "-s", script, url],
                          capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    if errors and int(errors.group(1)) > 0:
        raise SystemExit(f"{errors.group(1)} refused answers at {clients} clients: no measurement")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done).group(1))
    return rate, re.search(r"50%\s+(\S+)", done).group(1), re.search(r"99%\s+(\S+)", done).group(1)


def write_wrk_script(path, text, headers, tokens=()):
    """A POST of that text; by each of the tokens in turn, if there are any."""
    lines = ['wrk.method = "POST"', "wrk.body = [==[" + text + "]==]"]
    lines += [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
    if tokens:
        lines += ["local all, next = {}, 0", "function init()"]
        for token in tokens:
            lines += [f'  wrk.headers["Authorization"] = "Bearer {token}"',
                      "  all[#all + 1] = wrk.format()"]
        lines += ["end", "function request()", "  next = next % #all + 1", "  return all[next]",
                  "end"]
    path.write_text("\n".join(lines) + "\n")
