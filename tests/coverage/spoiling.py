"""A text of a proof, spoiled in every way."""

import base64
import re


def spoiled(data):
    """Every proof that differs from this one in one thing."""
    lines = data.decode().splitlines()

    def text(changed):
        return "".join(line + "\n" for line in changed).encode()

    for at, line in enumerate(lines):
        yield f"without line {at + 1}", text(lines[:at] + lines[at + 1:])
        yield f"line {at + 1} twice", text(lines[:at + 1] + lines[at:])
        if at and lines[at - 1] != line:
            yield f"line {at + 1} earlier", text(lines[:at - 1] + [line, lines[at - 1]] +
                                                 lines[at + 1:])
        yield f"a space after line {at + 1}", text(lines[:at] + [line + " "] + lines[at + 1:])
        words = line.split(" ")
        for place, word in enumerate(words):
            others = []
            if re.fullmatch("[0-9]+", word):
                others = [str(int(word) + 1), str(max(int(word) - 1, 0)), "0" + word, word + "0"]
            elif words[0] in ("node", "record", "path") and place:
                bytes_ = bytearray(base64.b64decode(word))
                for which in {0, len(bytes_) // 2, len(bytes_) - 1}:
                    other = bytearray(bytes_)
                    other[which] ^= 1
                    others.append(base64.b64encode(other).decode())
            for other in others:
                if other != word:
                    changed = " ".join(words[:place] + [other] + words[place + 1:])
                    yield f"{word} made {other}", text(lines[:at] + [changed] + lines[at + 1:])
