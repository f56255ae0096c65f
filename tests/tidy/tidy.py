"""Checks what no compiler does: arrows between rooms, sizes, banned calls, documents, sentences.

    tidy.py [--root DIR] [--list] [--quiet] [--among FILE] [RULE…]

Prints each fault as path:line: sentence. Exit 0 clean, 1 faults found, 2 wrong usage.
"""

import argparse
import os
import sys

sys.dont_write_bytecode = True

import code_rules  # noqa: E402  beside this file
import paper_rules  # noqa: E402
from project import Project  # noqa: E402

RULES = {**code_rules.RULES, **paper_rules.RULES}


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rules", nargs="*", metavar="RULE", help="all of them where none is named")
    parser.add_argument("--root", default=os.path.dirname(os.path.dirname(here)))
    parser.add_argument("--list", action="store_true", help="print the rules and what each keeps")
    parser.add_argument("--quiet", action="store_true", help="print faults only")
    parser.add_argument("--among", type=argparse.FileType(), metavar="FILE",
                        help="only faults in the paths listed there, one a line; - for input")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.rules if name not in RULES]
    if unknown:
        parser.error(f"there is no rule {', '.join(unknown)}; --list shows them")
    if options.list:
        for name, rule in RULES.items():
            print(f"{name}\t{rule.__doc__}")
        return 0
    among = set(options.among.read().split("\n")) if options.among else None
    project, found = Project(options.root), 0
    for name in options.rules or RULES:
        faults = [fault for fault in RULES[name](project)
                  if among is None or fault.path in among]
        found += len(faults)
        for fault in faults:
            print(f"{fault} [{name}]")
    if not options.quiet:
        print(f"tidy: {found} faults in {len(project.files)} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
