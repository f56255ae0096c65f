#!/usr/bin/env python3
"""Checks a coverage proof, written from docs/coverage-proof.md alone and of nothing but Python.

    verify_proof.py FILE ROOT_DIGEST        a proof or a list of leaves; the digest in hexadecimal

Prints the counts that are proved, or that all leaves are there, and exits with 0; or says what is
wrong and exits with 1.
"""

import base64
import binascii
import hashlib
import re
import sys

SIZE_MAX = 16_777_215
PROOF_BYTES_MAX = 16_384
LIST_BYTES_MAX = 1 << 30
PROOF, LEAVES = "taizhang-coverage-proof/1", "taizhang-coverage-leaves/1"
SUM_BYTES_MAX = 128
CELLS_MAX = 256
NODES_MAX = 48
NUMBER = "(0|[1-9][0-9]{0,9})"


class Wrong(Exception):
    """The proof does not hold."""


def need(condition, sentence):
    if not condition:
        raise Wrong(sentence)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def prefixed(part):
    return bytes([len(part)]) + part


class Grid:
    """How many tiers, types and statuses a tree counts by."""

    def __init__(self, tiers, types, statuses):
        need(1 <= tiers <= 255 and types <= 255 and 1 <= statuses <= 255, "grid")
        self.tiers, self.types, self.statuses = tiers, types, statuses
        self.cells = 1 + (tiers + types) * statuses
        need(self.cells <= CELLS_MAX, "more cells than a grid may have")

    def cells_of(self, leaf):
        if leaf["tier"] == 0:
            return [0]
        cells = [1 + (leaf["tier"] - 1) * self.statuses + leaf["status"]]
        if self.types:
            cells.append(1 + (self.tiers + leaf["type"] - 1) * self.statuses + leaf["status"])
        return cells

    def adds_up(self, counts, leaves):
        first_type = 1 + self.tiers * self.statuses
        by_type = counts[0] + sum(counts[first_type:])
        return sum(counts[:first_type]) == leaves and (not self.types or by_type == leaves)

    def name(self, cell):
        if cell == 0:
            return "nothing asked"
        row, status = divmod(cell - 1, self.statuses)
        if row < self.tiers:
            return f"tier {row + 1} status {status}"
        return f"type {row - self.tiers + 1} status {status}"


def write_sums(counts):
    table, digits = bytearray((len(counts) + 3) // 4), b""
    for cell, count in enumerate(counts):
        length = (count.bit_length() + 7) // 8
        need(length <= 3, "a count above 16,777,215")
        table[cell // 4] |= length << 2 * (cell % 4)
        digits += count.to_bytes(length, "big")
    need(len(table) + len(digits) <= SUM_BYTES_MAX, "sums that are too long")
    return bytes(table) + digits


def read_sums(grid, data):
    at, counts = (grid.cells + 3) // 4, []
    need(len(data) >= at, "sums without their table")
    for cell in range(grid.cells):
        length = data[cell // 4] >> 2 * (cell % 4) & 3
        counts.append(int.from_bytes(data[at:at + length], "big"))
        at += length
    need(write_sums(counts) == data, "sums that are spelt in another way")
    return counts


class Node:
    def __init__(self, digest, counts):
        self.hash, self.counts = digest, counts


def leaf_node(grid, leaf):
    code = leaf["code"].encode("ascii")
    encoded = (leaf["position"].to_bytes(4, "big") + leaf["subtree"].to_bytes(4, "big") +
               bytes([leaf["level"], leaf["tier"], leaf["type"], leaf["status"]]) + prefixed(code))
    cells = grid.cells_of(leaf)
    return Node(sha256(b"\0", encoded), [int(cell in cells) for cell in range(grid.cells)])


def inner_node(left, right):
    digest = sha256(b"\1", left.hash, prefixed(write_sums(left.counts)),
                    right.hash, prefixed(write_sums(right.counts)))
    return Node(digest, [a + b for a, b in zip(left.counts, right.counts)])


def root_digest(grid, size, root):
    return sha256(b"\2", size.to_bytes(8, "big"), bytes([grid.tiers, grid.types, grid.statuses]),
                  root.hash, prefixed(write_sums(root.counts)))


def middle(start, end):
    left = 1
    while left * 2 < end - start:
        left *= 2
    return start + left


# --- reading

def numbers(pattern, line):
    match = re.fullmatch(pattern.replace("#", NUMBER), line)
    need(match, f"a line that is not of the grammar: {line!r}")
    return match.groups()


def read_leaf(grid, words):
    found = numbers("# # # # # # ([!-~]{1,64})", words)
    names = ("position", "subtree", "level", "tier", "type", "status")
    leaf = dict(zip(names, map(int, found)), code=found[-1])
    need(leaf["position"] < 2 ** 32 and 1 <= leaf["subtree"] < 2 ** 32, "leaf: place")
    need(leaf["level"] <= 255 and leaf["type"] <= 255, "leaf: level or type")
    need(leaf["tier"] <= grid.tiers and leaf["status"] < grid.statuses, "leaf: not in the grid")
    if leaf["tier"] == 0:
        need(leaf["type"] == 0 and leaf["status"] == 0, "leaf: a status where nothing is asked")
    elif grid.types:
        need(1 <= leaf["type"] <= grid.types, "leaf: not in the grid")
    return leaf


def read_base64(word):
    try:
        data = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("not base64") from None
    need(base64.b64encode(data).decode() == word, "base64 with bits over")
    return data


def read_node(grid, line):
    digest, sums = numbers(r"node ([A-Za-z0-9+/=]+) ([A-Za-z0-9+/=]+)", line)
    digest = read_base64(digest)
    need(len(digest) == 32, "a hash that is not 32 bytes")
    return Node(digest, read_sums(grid, read_base64(sums)))


def read_lines(data, first, bytes_max):
    need(len(data) <= bytes_max, "longer than it may be")
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise Wrong("not ASCII") from None
    need(text.endswith("\n"), "the last line does not end")
    lines = text[:-1].split("\n")
    need(lines[0] == first, "another kind of file")
    return lines


def read_head(grid_line, size_line):
    grid = Grid(*map(int, numbers("grid # # #", grid_line)))
    size = int(numbers("size #", size_line)[0])
    need(1 <= size <= SIZE_MAX, "size")
    return grid, size


def read_proof(data):
    """(span, grid, size, leaf, nodes) of the bytes of a proof."""
    lines = read_lines(data, PROOF, PROOF_BYTES_MAX)
    need(5 <= len(lines) <= 5 + NODES_MAX, "number of lines")
    span, = numbers("span (subtree|unit)", lines[1])
    grid, size = read_head(lines[2], lines[3])
    need(lines[4].startswith("leaf "), "the leaf is missing")
    leaf = read_leaf(grid, lines[4][5:])
    return span, grid, size, leaf, [read_node(grid, line) for line in lines[5:]]


# --- checking

class Check:
    """Makes the root from the unit's leaf and the nodes, adding up what is in the span."""

    def __init__(self, span, grid, size, leaf, nodes):
        need(leaf["position"] + leaf["subtree"] <= size, "the unit runs beyond the tree")
        self.grid, self.leaf, self.nodes = grid, leaf, list(reversed(nodes))
        self.own = leaf["position"]
        self.end = self.own + (leaf["subtree"] if span == "subtree" else 1)
        self.counts = [0] * grid.cells
        root = self.make(0, size)
        need(not self.nodes, "more nodes than are needed")
        self.digest = root_digest(grid, size, root)

    def make(self, start, end):
        if start == self.own and end == start + 1:
            return self.inside(leaf_node(self.grid, self.leaf))
        if end <= self.own or start >= self.end:
            return self.take(end - start)
        if start > self.own and end <= self.end:
            return self.inside(self.take(end - start))
        split = middle(start, end)
        left = self.make(start, split)
        return inner_node(left, self.make(split, end))

    def take(self, leaves):
        need(self.nodes, "fewer nodes than are needed")
        node = self.nodes.pop()
        need(self.grid.adds_up(node.counts, leaves), "sums that are not those of so many leaves")
        return node

    def inside(self, node):
        self.counts = [a + b for a, b in zip(self.counts, node.counts)]
        return node


def proved(data, digest):
    """(leaf, {cell: count}) that the bytes of a proof show under a root digest; raises Wrong."""
    span, grid, size, leaf, nodes = read_proof(data)
    check = Check(span, grid, size, leaf, nodes)
    need(check.digest == digest, "it leads to another root")
    return leaf, {grid.name(cell): count for cell, count in enumerate(check.counts) if count}


def digest_of_all(data):
    """The root digest made again from the bytes of a list of leaves; raises Wrong."""
    lines = read_lines(data, LEAVES, LIST_BYTES_MAX)
    need(len(lines) > 3, "number of lines")
    grid, size = read_head(lines[1], lines[2])
    need(len(lines) == 3 + size, "number of leaves")
    leaves, ends = [read_leaf(grid, line) for line in lines[3:]], [size]
    for position, leaf in enumerate(leaves):
        need(leaf["position"] == position, f"leaf {position} says another position")
        while ends[-1] == position:
            ends.pop()
        ends.append(position + leaf["subtree"])
        need(len(ends) == 1 or ends[-1] <= ends[-2], f"leaf {position} runs beyond the one above")

    def make(start, end):
        if end == start + 1:
            return leaf_node(grid, leaves[start])
        split = middle(start, end)
        left = make(start, split)
        return inner_node(left, make(split, end))

    return root_digest(grid, size, make(0, size))


def main(arguments):
    if len(arguments) != 2 or not re.fullmatch("[0-9a-f]{64}", arguments[1]):
        print(__doc__, file=sys.stderr)
        return 2
    with open(arguments[0], "rb") as file:
        data = file.read(LIST_BYTES_MAX + 1)
    digest = bytes.fromhex(arguments[1])
    try:
        if data.startswith(LEAVES.encode()):
            need(digest_of_all(data) == digest, "the leaves are under another root")
            print("all leaves are under that root")
            return 0
        leaf, counts = proved(data, digest)
    except Wrong as wrong:
        print(f"wrong: {wrong}")
        return 1
    print(f"{leaf['code']}: position {leaf['position']}, subtree {leaf['subtree']}")
    for name, count in counts.items():
        print(f"{name}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
