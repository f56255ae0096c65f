"""A mail server and a gateway for short messages, on loopback, that keep what they were given."""

import base64
import email
import email.header
import hashlib
import hmac
import http.server
import json
import os
import socketserver
import ssl
import subprocess
import threading


def certificate(folder):
    """A certificate for localhost that is its own authority: the paths of it and of its key."""
    cert, key = os.path.join(folder, "mail.crt"), os.path.join(folder, "mail.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert, "-days",
                    "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True,
                   capture_output=True)
    return cert, key


class Mail:
    """What arrived, as its readers see it."""

    def __init__(self, sender, recipients, content, encrypted, user):
        message = email.message_from_bytes(content)
        self.sender, self.recipients = sender, recipients
        self.id = message["Message-ID"]
        self.subject = str(email.header.make_header(email.header.decode_header(
            message["Subject"])))
        self.text = message.get_payload(decode=True).decode(message.get_content_charset())
        self.headers = message
        self.encrypted, self.user = encrypted, user


class SmtpTalk(socketserver.StreamRequestHandler):
    """One connection, as RFC 5321 has it, with STARTTLS and AUTH PLAIN."""

    def say(self, text):
        self.wfile.write((text + "\r\n").encode())
        self.wfile.flush()

    def handle(self):
        try:
            self.talk()
        except (ConnectionError, ssl.SSLError, ValueError):
            pass

    def talk(self):
        server, encrypted, user = self.server, False, None
        sender, recipients = None, []
        if server.hook("greeting") == "drop":
            return
        self.say("220 test ESMTP")
        while True:
            line = self.rfile.readline().decode().strip()
            if not line:
                return
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                offers = [] if encrypted or not server.tls else ["STARTTLS"]
                offers += ["AUTH PLAIN"] if server.password and encrypted else []
                offers = ["test"] + offers
                for offer in offers[:-1]:
                    self.say("250-" + offer)
                self.say("250 " + offers[-1])
            elif word == "STARTTLS" and server.tls:
                self.say("220 go on")
                self.connection = server.tls.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb")
                encrypted = True
            elif word == "AUTH":
                given = line.split(" ")[2] if line.count(" ") > 1 else self.plain()
                _, user, password = base64.b64decode(given).decode().split("\0")
                self.say("235 yes" if password == server.password else "535 no")
            elif word == "MAIL":
                sender = line[line.index("<") + 1:line.index(">")]
                self.say("250 ok")
            elif word == "RCPT":
                recipients.append(line[line.index("<") + 1:line.index(">")])
                self.say(server.answers.get("RCPT", "250 ok"))
            elif word == "DATA":
                self.say("354 go on")
                content = b""
                while not content.endswith(b"\r\n.\r\n"):
                    some = self.rfile.readline()
                    if not some:
                        return
                    content += some
                mail = Mail(sender, recipients, content[:-3].replace(b"\r\n..", b"\r\n."),
                            encrypted, user)
                server.mails.append(mail)
                if server.hook("taken") == "drop":
                    return
                self.say(server.answers.get("DATA", "250 taken"))
                server.hook("answered")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def plain(self):
        self.say("334 ")
        return self.rfile.readline().decode().strip()


class MailServer(socketserver.ThreadingTCPServer):
    """`hook` is told of each step, "greeting", "taken" and "answered", and may return "drop"."""
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, tls=None, password=None):
        super().__init__(("127.0.0.1", 0), SmtpTalk)
        self.mails, self.answers, self.password, self.tls = [], {}, password, None
        self.hook = lambda step: None
        if tls:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*tls)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class GatewayTalk(http.server.BaseHTTPRequestHandler):
    """One call: its signature is checked before anything of it is believed."""

    def do_POST(self):  # noqa: N802 (the library's name)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = self.headers["X-Taizhang-Timestamp"].encode() + b"." + body
        wanted = "v1=" + hmac.new(self.server.secret, signed, hashlib.sha256).hexdigest()
        sound = hmac.compare_digest(wanted, self.headers["X-Taizhang-Signature"])
        status = self.server.status if sound else 403
        self.server.calls.append((status, json.loads(body), self.headers["X-Taizhang-Id"]))
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


class Gateway(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, secret):
        super().__init__(("127.0.0.1", 0), GatewayTalk)
        self.secret, self.calls, self.status = secret, [], 200
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()
