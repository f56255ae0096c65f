"""Bytes to a server and back, with nothing in between that would tidy them up."""

import json
import socket


class Answer:
    """What came back on one connection: the first answer, and all bytes."""

    def __init__(self, data):
        self.data = data
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        words = lines[0].split(b" ", 2)
        self.status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            self.headers.setdefault(name.strip().lower().decode("latin-1"), []).append(
                value.strip().decode("latin-1"))
        self.body = body

    def header(self, name):
        return ", ".join(self.headers.get(name, []))

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        try:
            return self.json().get("code", "")
        except ValueError:
            return ""

    def answers(self):
        """How many answers stand in the bytes."""
        return self.data.count(b"HTTP/1.1 ")


class Wire:
    """Speaks to one address; `send` opens a connection for the bytes given."""

    def __init__(self, address):
        host, port = address.removeprefix("http://").split(":")
        self.place = (host, int(port))
        self.host = f"{host}:{port}"

    def open(self):
        return socket.create_connection(self.place, timeout=20)

    def send(self, data):
        """Sends the bytes, ends its side, and gives what comes until the server ends its own."""
        with self.open() as line:
            try:
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before all was sent: the answer may be there all the same
            return Answer(self.rest(line))

    @staticmethod
    def rest(line):
        parts = []
        while True:
            try:
                part = line.recv(65536)
            except ConnectionResetError:
                break
            if not part:
                break
            parts.append(part)
        return b"".join(parts)

    def ask(self, method, target, headers=(), body=b""):
        """One request; header lines are taken as they are given."""
        if isinstance(target, str):
            target = target.encode("utf-8", "surrogateescape")
        lines = [method.encode() + b" " + target + b" HTTP/1.1", b"Host: " + self.host.encode()]
        lines += [line if isinstance(line, bytes) else line.encode("latin-1") for line in headers]
        if body or method in ("POST", "PUT", "DELETE"):
            lines.append(b"Content-Length: " + str(len(body)).encode())
        lines.append(b"Connection: close")
        return self.send(b"\r\n".join(lines) + b"\r\n\r\n" + body)
