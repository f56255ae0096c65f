"""Looking for words in bytes, however they may be written there."""

import base64
import os
import urllib.parse


def spellings(word):
    """Every way in which the word may lie in a file: encodings, escapes, base64 at any offset."""
    plain = word.encode()
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) > 127 else c for c in word)
    percent = urllib.parse.quote(word, safe="")
    out = {"UTF-8": plain, "UTF-16LE": word.encode("utf-16-le"),
           "UTF-16BE": word.encode("utf-16-be"),
           "escaped": escaped.encode(), "ESCAPED": escaped.upper().replace("\\U", "\\u").encode(),
           "percent": percent.encode(), "percent, small": percent.lower().encode(),
           "hex": plain.hex().encode()}
    for offset in range(3):
        # The letters at either end also hold bits of whatever stands beside the word.
        code = base64.b64encode(b"\0" * offset + plain).rstrip(b"=")
        first = -(-offset * 8 // 6)
        last = (offset + len(plain)) * 8 // 6
        out[f"base64+{offset}"] = code[first:last]
        out[f"base64url+{offset}"] = code[first:last].replace(b"+", b"-").replace(b"/", b"_")
    return out


def files_of(folder):
    """Every file's path below the folder, with its bytes; one that goes is passed over."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path):
                try:
                    with open(path, "rb") as file:
                        yield path, file.read()
                except FileNotFoundError:
                    pass


def traces(folder, words):
    """(word, spelling, file) wherever one is found, in names of files too."""
    found = []
    wanted = [(word, how, code) for word in words for how, code in spellings(word).items()]
    for path, content in files_of(folder):
        for word, how, code in wanted:
            if code in content or code in os.fsencode(path):
                found.append((word, how, os.path.relpath(path, folder)))
    return found
