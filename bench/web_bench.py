"""When the web's pages are usable, in turn with an empty page of the same framework.

    web_bench.py BUILD      the folder with the program; web/e2e/speed.ts does the measuring
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main(build):
    program = pathlib.Path(build).resolve() / "taizhang"
    divisions = os.environ.get("TZ_DIVISIONS_2019", ROOT / "build/divisions/2.3.1")
    run = subprocess.run(
        ["npx", "--no-install", "vitest", "run", "--config", "e2e/speed.config.ts"],
        cwd=ROOT / "web",
        env=os.environ | {"TZ_PROGRAM": str(program), "TZ_DIVISIONS": str(divisions)},
        check=False)
    sys.exit(run.returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
