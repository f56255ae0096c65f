#!/usr/bin/env python3
"""Checks a whole coverage proof: the counts, the record that sealed them, the log, its signature.

    verify_coverage.py PROOF CHECKPOINT VKEY [LEAVES]

Written from docs/coverage-proof.md, docs/journal-format.md, RFC 6962, RFC 8032 and C2SP's signed
notes, of nothing but Python. Prints what is proved and exits with 0; or says what is wrong and
exits with 1.
"""

import base64
import hashlib
import json
import sys

from verify_proof import (Wrong, LIST_BYTES_MAX, digest_of_all, need, numbers, proved, read_base64,
                          sha256)

FILE_BYTES_MAX = 32_768
NOTE_BYTES_MAX = 65_536
DASH = "\u2014"


# --- Ed25519 (RFC 8032, section 5.1), for checking only

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x % 2 != sign else x


def point_add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(scalar, point):
    out = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            out = point_add(out, point)
        point = point_add(point, point)
        scalar >>= 1
    return out


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def read_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def well_signed(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = read_point(public_key), read_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return same_point(point_times(scalar, BASE),
                      point_add(commitment, point_times(challenge, key)))


# --- the checkpoint

def read_key(text):
    name, key_id, key = text.rstrip("\n").split("+", 2)
    data = base64.b64decode(key)
    need(len(data) == 33 and data[0] == 1, "the key is none of Ed25519")
    need(key_id == sha256(name.encode() + b"\n" + data).hex()[:8], "the key has another id")
    return name, bytes.fromhex(key_id), data[1:]


def read_checkpoint(data, key):
    """(size, root) of a note that the key has signed."""
    need(len(data) <= NOTE_BYTES_MAX, "the checkpoint is longer than it may be")
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("the checkpoint is not UTF-8") from None
    name, key_id, public_key = key
    text, blank, signatures = note.rpartition("\n\n")
    need(blank and note.endswith("\n"), "the checkpoint has no signatures")
    text += "\n"
    found = False
    for line in signatures[:-1].split("\n"):
        words = line.split(" ")
        need(len(words) == 3 and words[0] == DASH, "a signature line that is none")
        signature = read_base64(words[2])
        if words[1] == name and signature[:4] == key_id:
            need(well_signed(public_key, text.encode(), signature[4:]), "a forged checkpoint")
            found = True
    need(found, "the checkpoint is not signed by this key")
    lines = text[:-1].split("\n")
    need(len(lines) >= 3 and lines[0] == name, "the checkpoint is of another log")
    root = read_base64(lines[2])
    need(len(root) == 32, "the checkpoint has no root")
    return int(numbers("#", lines[1])[0]), root


# --- the log

def root_of(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2: the root that the path leads to."""
    need(index < size, "a record beyond the log")
    at, last, node = index, size - 1, leaf
    for step in path:
        need(last > 0, "a path that is too long")
        if at % 2 or at == last:
            node = sha256(b"\1", step, node)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            node = sha256(b"\1", node, step)
        at, last = at >> 1, last >> 1
    need(last == 0, "a path that is too short")
    return node


# --- the record

class Bytes:
    """Bytes read from the front."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        need(self.at + count <= len(self.data), "a record that is too short")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, count):
        return int.from_bytes(self.take(count), "big")

    def end(self):
        need(self.at == len(self.data), "a record that is too long")


def read_record(header, body):
    """{sequence, recorded, ledger, version, type} of a record without sealed texts; its payload."""
    head, rest = Bytes(header), Bytes(body)
    need(head.take(2) == b"\1\1", "a record of another version or suite")
    out = {"ledger": head.take(16).hex(), "sequence": head.number(8)}
    out["recorded"] = int.from_bytes(head.take(8), "big", signed=True)
    context_hash, payload_hash, parts = head.take(32), head.take(32), head.number(1)
    head.end()
    need(parts == 0, "a seal has no sealed texts")
    context_salt, payload_salt = rest.take(32), rest.take(32)
    context = rest.take(rest.number(2))
    payload = rest.take(rest.number(4))
    rest.end()
    need(sha256(b"tz/context/1\0", context_salt, context) == context_hash, "another context")
    need(sha256(b"tz/payload/1\0", payload_salt, payload) == payload_hash, "another payload")
    about = Bytes(context)
    out["version"] = about.number(1)
    out["type"] = about.take(about.number(1)).decode("ascii")
    need(about.take(2) == b"\0\0", "a seal is about no item")
    about.take(18)  # actor, command, index
    about.end()
    return out, payload


# --- the whole

def read_file(data):
    """(sum proof, header, body, size, path) of the bytes of a coverage proof."""
    need(len(data) <= FILE_BYTES_MAX, "longer than it may be")
    at = data.find(b"\nrecord ")
    need(at >= 0 and data.endswith(b"\n"), "no record")
    try:
        lines = data[at + 1:-1].decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Wrong("not ASCII") from None
    words = lines[0].split(" ")
    need(len(words) == 3 and len(lines) >= 2, "the record's line")
    need(lines[1].startswith("log "), "no size of the log")
    size, = numbers("log ([1-9][0-9]{0,18})", lines[1])
    path = []
    for line in lines[2:]:
        name, _, word = line.partition(" ")
        need(name == "path", "a line that is no path")
        path.append(read_base64(word))
        need(len(path[-1]) == 32, "a hash that is not 32 bytes")
    return data[:at + 1], read_base64(words[1]), read_base64(words[2]), int(size), path


def check(data, note, key, leaves=None):
    """What the bytes of a coverage proof show to whoever believes the key; raises Wrong."""
    sums, header, body, size, path = read_file(data)
    log_size, log_root = read_checkpoint(note, key)
    need(size == log_size, "a proof for another size of the log")
    record, payload = read_record(header, body)
    need(record["type"] == "coverage_sealed" and record["version"] == 1, "the record is no seal")
    need(root_of(sha256(b"\0", header), record["sequence"], size, path) == log_root,
         "the record is not in the log")
    seal = record["seal"] = json.loads(payload)  # as the log has it
    digest = bytes.fromhex(seal["digest"])
    leaf, counts = proved(sums, digest)
    need(int(numbers("size #", sums.decode().split("\n")[3])[0]) == seal["units"],
         "a tree of another size")
    if leaves is not None:
        need(digest_of_all(leaves) == digest, "the leaves are under another root")
    return record, leaf, counts


def main(arguments):
    if len(arguments) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    files = []
    for path in arguments:
        with open(path, "rb") as file:
            files.append(file.read(LIST_BYTES_MAX + 1))
    try:
        key = read_key(files[2].decode("utf-8"))
        record, leaf, counts = check(files[0], files[1], key, *files[3:])
    except Wrong as wrong:
        print(f"wrong: {wrong}")
        return 1
    seal = record["seal"]
    print(f"{seal['programme']} {seal['requirement']}: sealed by record {record['sequence']} "
          f"({seal['reason']}) after {seal['position']} records, {seal['units']} units")
    print(f"{leaf['code']}: position {leaf['position']}, subtree {leaf['subtree']}")
    for name, count in counts.items():
        print(f"{name}: {count}")
    if len(files) == 4:
        print("all leaves are under that root")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
