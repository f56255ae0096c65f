"""What somebody sends to the door who means harm, each with what must come of it.

After every attack the server has to be there still, and the ledger has to hold."""

import json
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import LedgerCase, run, run_json  # noqa: E402
from wire import Answer, Wire  # noqa: E402

JSON = "Content-Type: application/json"
ITEM = {"kind": "problem", "unit": "220204006001", "source": "resident", "title": "楼道堆物"}
LET_GO_SECONDS = 60  # twice the time that a request may take
tried = 0


def another_number(no):
    """A number that could be an item's, with its check digit, and is nobody's."""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    digits = [letters.index(c) for c in no.replace("-", "")[:8]]
    digits[3] ^= 1
    check = 0
    for digit in digits:
        check = (check ^ digit) << 1
        check = check ^ 0x25 if check & 0x20 else check
    text = "".join(letters[digit] for digit in digits)
    return f"{text[:4]}-{text[4:]}-{letters[check]}"


class Attack(LedgerCase):
    """A ledger with a recorder, served for each test."""

    def setUp(self):
        super().setUp()
        added = run_json("account", "add", self.ledger, "wang", "--unit", "2202", "--role",
                         "recorder")
        self.password = added["password"]
        self.token = run("token", "add", self.ledger, "wang").stdout.strip()
        self.server, address = self.serve()
        self.wire = Wire(address)
        self.bearer = "Authorization: Bearer " + self.token

    def tearDown(self):
        self.assertIsNone(self.server.poll(), "the server ended")
        self.assertEqual(200, self.wire.ask("GET", "/healthz").status)
        self.server.terminate()
        self.assertEqual(0, self.server.wait(30))
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        super().tearDown()

    def ask(self, *words, **more):
        global tried
        tried += 1
        return self.wire.ask(*words, **more)

    def send(self, data):
        global tried
        tried += 1
        return self.wire.send(data)

    def refused(self, answer, *statuses):
        """It was refused in words of ours, and nothing of the machine shows through."""
        self.assertIn(answer.status, statuses or range(400, 500), answer.data[:300])
        for secret in (self.folder.encode(), b"/src/", b".cpp", b"sqlite", b"terminate called"):
            self.assertNotIn(secret, answer.data.lower())

    def items(self):
        return self.wire.ask("GET", "/api/v1/items", [self.bearer]).json()["total"]

    def sign_in(self):
        body = json.dumps({"name": "wang", "password": self.password}).encode()
        answer = self.wire.ask("POST", "/api/v1/session", [JSON], body)
        self.assertEqual(200, answer.status)
        cookie = answer.header("set-cookie").split(";")[0]
        return cookie, answer.json()["csrf"]

    def finished_sign_in(self):
        """With a password of his own choice, as the first sign-in asks for."""
        cookie, csrf = self.sign_in()
        body = json.dumps({"old": self.password, "new": "Another-long-one-7"}).encode()
        answer = self.wire.ask("POST", "/api/v1/account/password",
                               [f"Cookie: {cookie}", f"X-CSRF-Token: {csrf}", JSON], body)
        self.assertEqual(200, answer.status, answer.data[:600])
        return answer.header("set-cookie").split(";")[0], answer.json()["csrf"]


class Paths(Attack):
    """Getting at what is not offered."""

    UP = ["/../../etc/passwd", "/assets/../../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
          "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/%252e%252e%252fetc/passwd",
          "/assets/..\\..\\etc\\passwd", "/assets/%c0%ae%c0%ae/etc/passwd", "/assets//etc/passwd",
          "/assets/index.html%00.js", "/log/tile/../../keys/log.key", "/log/tile/0/%2e%2e/keys",
          "/log/tile/0/x000/..%2f..%2fkeys/log.key", "/api/v1/evidence/../../keys/log.key",
          "/api/v1/evidence/%2e%2e%2fkeys", "/help/..%2f..%2fconfig.yaml", "/licences.txt/../keys",
          "file:///etc/passwd", "//etc/passwd", "/./keys/log.key", "/keys/log.key", "/journal.db",
          "/config.yaml", "/control.sock"]

    def test_no_address_leads_out_of_what_is_offered(self):
        for target in self.UP:
            for headers in ([], [self.bearer], ["Accept: text/html"]):
                answer = self.ask("GET", target, headers)
                self.refused(answer)
                self.assertNotIn(b"root:", answer.data)
                self.assertNotIn(b"PRIVATE KEY", answer.data)

    def test_another_spelling_of_a_guarded_address_is_not_a_way_round(self):
        plain = self.ask("GET", "/api/v1/items").status
        self.assertEqual(401, plain)
        for target in ("/API/V1/ITEMS", "/api/v1/items/", "/api/v1//items", "/api/v1/./items",
                       "/api/v1/x/../items", "/api/v1/items;a=b", "/api/v1/items%2f",
                       "/api/v1/items%20", "/api/v1/%69tems", "/api/v1/items#x", "/api/v1/items.",
                       "/api/v1/items%00", "api/v1/items", "http://a.example/api/v1/items"):
            answer = self.ask("GET", target)
            self.refused(answer)
            self.assertNotIn(b'"items"', answer.data)

    def test_a_method_by_another_name_changes_nothing(self):
        cookie, csrf = self.sign_in()
        body = json.dumps(ITEM).encode()
        for method in ("PUT", "PATCH", "TRACE", "CONNECT", "OPTIONS", "post", "PROPFIND",
                       "GET"):
            self.refused(self.ask(method, "/api/v1/items/new", [
                f"Cookie: {cookie}", f"X-CSRF-Token: {csrf}", "X-HTTP-Method-Override: POST", JSON],
                body=body))
        self.assertEqual(0, self.items())


class Framing(Attack):
    """Requests of which two readers would understand two things."""

    def raw(self, lines, body=b""):
        head = b"\r\n".join(line.encode("latin-1") for line in lines)
        return self.send(head + b"\r\n\r\n" + body)

    def test_a_request_does_not_carry_another_one_in(self):
        inner = (f"POST /api/v1/items HTTP/1.1\r\nHost: {self.wire.host}\r\n"
                 f"{self.bearer}\r\n").encode()
        chunked = b"0\r\n\r\n" + inner + b"\r\n"
        start = ["POST /api/v1/session HTTP/1.1", f"Host: {self.wire.host}", JSON]
        for lines in (["Content-Length: 6", "Transfer-Encoding: chunked"],
                      ["Transfer-Encoding: chunked", "Content-Length: 6"],
                      ["Content-Length: 0", "Content-Length: 60"],
                      ["Content-Length: 5, 60"], ["Content-Length: +5"], ["Content-Length: -1"],
                      ["Content-Length: 0x10"], ["Content-Length: 99999999999999999999"],
                      ["Transfer-Encoding: xchunked"], ["Transfer-Encoding : chunked"],
                      ["Transfer-Encoding: chunked, identity"], ["Transfer-Encoding:\tchunked\x0b"],
                      ["Content-Length: 5", " folded: yes"], ["X: a\rContent-Length: 3"],
                      ["X: a\x00b"], ["Bad Name: x"], [": empty"]):
            answer = self.raw(start + lines, chunked)
            self.refused(answer)
            self.assertEqual(1, answer.answers(), (lines, answer.data[:400]))

    def test_a_broken_start_is_refused(self):
        for data in (b"GET / HTTP/1.1 \r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                     b"GET  / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                     b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x00" * 64, b"\r\n" * 40,
                     "GET /致和南 HTTP/1.1\r\nHost: a\r\n\r\n".encode(),
                     b"GET / HTTP/1.1\nHost: a\n\n"):
            answer = self.send(data)
            self.assertNotIn(answer.status, range(200, 300), data)
            self.assertNotIn(answer.status, range(500, 600), data)

    def test_what_is_too_long_is_refused_before_it_is_read(self):
        long = "a" * 300_000
        self.refused(self.ask("GET", "/" + long))
        self.refused(self.ask("GET", "/healthz", [f"X-Long: {long}"]))
        self.refused(self.ask("GET", "/healthz", [f"X-{i}: a" for i in range(500)]))
        self.refused(self.ask("GET", "/api/v1/units/0?" + "&".join(f"a{i}=1" for i in range(5000))))
        declared = self.send(("POST /api/v1/session HTTP/1.1\r\n"
                              f"Host: {self.wire.host}\r\n{JSON}\r\n"
                              "Content-Length: 2000000000\r\n\r\n{").encode())
        self.refused(declared, 413)

    def test_who_says_nothing_is_let_go(self):
        """By the server itself, in its own time: half a head, half a body."""
        begun = [b"GET /healthz HTTP/1.1\r\nX: ",
                 b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                 b"Content-Length: 9\r\n\r\n{"]
        lines = [self.wire.open() for _ in range(50)]
        for at, line in enumerate(lines):
            line.sendall(begun[at % 2])
        self.assertEqual(200, self.ask("GET", "/healthz").status)
        for line in lines:
            line.settimeout(LET_GO_SECONDS)
            answer = Answer(self.wire.rest(line))  # ends where the server ends the line
            self.assertEqual(408, answer.status)
            line.close()


class Bodies(Attack):
    """JSON, text and files made to hurt."""

    def post(self, body, *headers):
        return self.ask("POST", "/api/v1/items", [self.bearer, JSON, *headers], body)

    def test_json_that_is_a_bomb_or_a_riddle_is_refused(self):
        deep = b"[" * 20_000 + b"]" * 20_000
        nested = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
        good = json.dumps(ITEM, ensure_ascii=False)
        for body in (deep, nested, b"", b"{", b"null", b"[]", b'"x"', b"1e999", b"{}" * 1000,
                     good.replace('"kind"', '"kind": "hazard", "kind"').encode(),
                     good.replace('"problem"', "1e400").encode(),
                     good.replace('"problem"', "9007199254740993").encode(),
                     good.replace('"problem"', "1.5").encode(),
                     good.replace("楼道堆物", "\\ud800").encode(),
                     good.replace("楼道堆物", "a\\u0000b").encode(),
                     good.encode()[:-2] + b'"\xff\xfe"}', good.encode("utf-16"),
                     b"\xef\xbb\xbf" + good.encode()[:-1], good.encode() + b"x",
                     json.dumps({**ITEM, "__proto__": {"role": "supervisor"}}).encode(),
                     json.dumps({**ITEM, "actor": 1}).encode(),
                     json.dumps({**ITEM, "title": ["a"]}).encode(),
                     json.dumps({**ITEM, "title": "a" * 900_000}).encode(),
                     json.dumps({**ITEM, "unit": "0' OR '1'='1"}).encode(),
                     json.dumps({**ITEM, "unit": "../../../keys"}).encode()):
            self.refused(self.post(body))
        self.assertEqual(0, self.items())

    def test_a_body_that_says_it_is_something_else_is_refused(self):
        body = json.dumps(ITEM).encode()
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                     "application/xml", "text/html"):
            answer = self.ask("POST", "/api/v1/items",
                              [self.bearer, f"Content-Type: {kind}"], body=body)
            self.refused(answer)
        self.refused(self.post(body, "Content-Encoding: gzip"))
        self.assertEqual(0, self.items())

    def test_a_file_is_what_it_is_and_never_shown_as_a_page(self):
        page = b"<html><script>alert(1)</script></html>"
        vector = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
        for body in (page, vector, b"MZ" + b"\0" * 200, b"#!/bin/sh\nid\n", b"", b"GIF89a" + page):
            for kind in ("image/png", "application/pdf", "text/html", "image/svg+xml"):
                self.refused(self.ask("POST", "/api/v1/evidence",
                                      [self.bearer, f"Content-Type: {kind}"], body=body))

    def test_words_come_back_as_words(self):
        evil = "<script>alert(1)</script>\"'>{{nonce}}${7*7}=cmd|' /C calc'!A0"
        made = self.post(json.dumps({**ITEM, "title": evil}).encode())
        self.assertEqual(201, made.status, made.data[:300])
        got = self.ask("GET", "/api/v1/items/" + made.json()["item"], [self.bearer])
        self.assertEqual(evil, got.json()["title"])
        self.assertIn("nosniff", got.header("x-content-type-options"))
        table = self.ask("GET", "/api/v1/exports/items.csv", [self.bearer])
        for line in table.body.decode("utf-8-sig").splitlines()[1:]:
            for cell in line.split(","):
                self.assertNotRegex(cell.strip('"'), r"^[=+@]", "a spreadsheet would run it")


    FORM = "Content-Type: application/x-www-form-urlencoded"

    def test_a_form_that_is_no_form_is_refused(self):
        evil = [b"unit=%ff%fe", b"unit=\xff\xfe&text=a", b"text=%c0%af", b"text=a%00b",
                b"text=a\0b", b"text=a&text=b", b"code=1&code=2", b"text=%", b"text=%zz", b"=a",
                b"&&&", b"text", b"a=" * 2000, b"&".join(b"f%d=1" % i for i in range(200)),
                b"text=" + b"a" * 200_000, b"code=" + b"9" * 60_000, b"code=" + b"%39" * 9_000,
                b"accused=../../keys&text=a", b"accused=0' OR '1'='1&text=a",
                b"code=%0d%0aSet-Cookie:%20a=b", b"[\"a\"]", b"\x1f\x8b\x08"]
        for page in ("/report", "/follow"):
            for body in evil:
                answer = self.ask("POST", page, [self.FORM], body)
                # 503: the names of units are not read in yet.
                self.refused(answer, *range(400, 500), 503)
                self.assertNotIn("a=b", answer.header("set-cookie"))
            for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x"):
                self.refused(self.ask("POST", page, [f"Content-Type: {kind}"], b"text=a"))
            self.refused(self.ask("POST", page, [self.FORM, "Origin: https://evil.example"],
                                  b"text=a&code=1"))
        self.assertEqual(0, self.items())

    def test_an_import_that_is_no_table_is_refused(self):
        many = b"title,source\n" + b"a,resident\n" * 3 + b"b," + b"x" * 70_000 + b"\n"
        for body in (b"", b"\0", b"PK\x03\x04" + b"\0" * 400, b"\xd0\xcf\x11\xe0" + b"a" * 600,
                     b"title\n" * 10, b"title,source,source\na,b,c\n", b"unit," * 5_000, many,
                     b"title,source\n\xff\xfe,resident\n", b'title,source\n"open,resident\n',
                     b"unit,title,source\n0,a,resident\n", b"title,source\na,../../etc\n",
                     b"title,source,due\na,resident,9999-99-99\n", b"=cmd|' /C calc'!A0,source\n"):
            for path in ("/imports?unit=2202", "/imports?unit=2202&kind=none",
                         "/imports?unit=..%2f..", "/imports", "/imports/marked"):
                self.refused(self.ask("POST", "/api/v1" + path, [
                    self.bearer, "Content-Type: application/octet-stream"], body))
        self.assertEqual(0, self.items())


class Callers(Attack):
    """Being somebody one is not."""

    def test_forged_cookies_and_tokens_name_nobody(self):
        cookie, _ = self.sign_in()
        name, _, value = cookie.partition("=")
        swapped = value[:-1] + ("A" if value[-1] != "A" else "B")
        for line in (f"Cookie: {name}={swapped}", f"Cookie: {name}={value}x", f"Cookie: {name}=",
                     f"Cookie: {name.upper()}={value}", f"Cookie: x={value}",
                     f"Cookie: {name}={'A' * 43}",
                     f"Cookie: {name}={'A' * 5000}", f"Cookie: {name}=../../{value}",
                     "Authorization: Bearer ", "Authorization: Bearer " + self.token[:-1],
                     "Authorization: Bearer " + self.token + "A", "Authorization: Basic d2FuZzp4",
                     "Authorization: bearer\t" + self.token[::-1], "X-Account: 1", "X-User: wang",
                     "X-Forwarded-User: wang", "Remote-User: wang"):
            self.refused(self.ask("GET", "/api/v1/items", [line]), 400, 401, 431)

    def test_a_foreign_page_changes_nothing(self):
        cookie, csrf = self.sign_in()
        body = json.dumps(ITEM).encode()
        for headers in ([], ["X-CSRF-Token: "], ["X-CSRF-Token: " + csrf[::-1]],
                        ["X-CSRF-Token: " + csrf[:-1]], ["Cookie: csrf=" + csrf],
                        ["Origin: https://evil.example", "X-CSRF-Token: x"]):
            self.refused(self.ask("POST", "/api/v1/items", [f"Cookie: {cookie}", JSON, *headers],
                                  body=body), 400, 403)
        self.assertEqual(0, self.items())

    def test_cookies_keep_to_this_site_and_pages_run_no_foreign_script(self):
        body = json.dumps({"name": "wang", "password": self.password}).encode()
        answer = self.ask("POST", "/api/v1/session", [JSON], body)
        for flag in ("httponly", "samesite=strict", "path=/"):
            self.assertIn(flag, answer.header("set-cookie").lower())
        page = self.ask("GET", "/")
        policy = page.header("content-security-policy")
        self.assertIn("default-src 'none'", policy)
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual("nosniff", page.header("x-content-type-options"))
        self.assertIn("no-store", self.ask("GET", "/api/v1/items", [self.bearer]).header(
            "cache-control"))

    def test_the_same_key_with_another_body_does_nothing_new(self):
        first = ["Idempotency-Key: k-1", self.bearer, JSON]
        body = json.dumps(ITEM).encode()
        one = self.ask("POST", "/api/v1/items", first, body)
        again = self.ask("POST", "/api/v1/items", first, body)
        self.assertEqual((201, one.json()["item"]), (one.status, again.json()["item"]))
        self.refused(self.ask("POST", "/api/v1/items", first,
                              json.dumps({**ITEM, "title": "另一件"}).encode()))
        self.assertEqual(1, self.items())

    def test_guessing_a_password_is_slowed_whether_or_not_there_is_such_a_name(self):
        codes = {}
        for name in ("wang", "nobody-here"):
            for guess in range(8):
                body = json.dumps({"name": name, "password": f"wrong {guess}"}).encode()
                answer = self.ask("POST", "/api/v1/session", [JSON], body)
                self.refused(answer, 401, 429)
                codes.setdefault(name, []).append(answer.status)
        self.assertEqual(codes["wang"], codes["nobody-here"])
        self.assertEqual(429, codes["wang"][-1])


class Questions(Attack):
    """Parameters that do not mean what they say."""

    def test_odd_parameters_are_refused_by_name(self):
        for query in ("limit=-1", "limit=0x10", "limit=99999999999999999999", "limit=1e3",
                      "limit=1&limit=200", "offset=-5", "offset=1000001", "cursor=%27%20OR%201=1",
                      "cursor=" + "A" * 4000, "unit=%00", "unit=0%0d%0aX:%20y", "kind=[]",
                      "sort=title;drop", "order=up", "days=1", "open=maybe",
                      "opened_from=2019-02-30",
                      "opened_from=2019-1-1", "words=%ff%fe", "words=" + "a" * 5000, "admin=true",
                      "%=1", "=1", "unit=220204006001%", "unit[]=0", "account=1"):
            self.refused(self.ask("GET", "/api/v1/items?" + query, [self.bearer]))

    def test_a_moment_that_is_none_is_refused(self):
        for text in ("", "@", "@-1", "@+1", "@1e3", "@0x1", "@99999999999999999999", "@1%00",
                     "@1@2", "@%ff", "now", "2019", "2019-02-30", "2019-13-01", "0000-00-00",
                     "9999-12-31",
                     "2019-09-08T25:00:00Z", "2019-09-08T09:30:00", "2019-09-08T09:30:00%2b99:99",
                     "2019-09-08T09:30:00.1234567Z", "1e400", "'%20OR%201=1", "%0d%0aX:%20y",
                     "2" * 1900, "@1&as_of=@1"):
            for path in ("/api/v1/items", "/api/v1/units/0", "/api/v1/units/0/rollup",
                         "/api/v1/units/0/rates"):
                for headers in ([self.bearer], []):
                    self.refused(self.ask("GET", f"{path}?as_of={text}", headers))

    def test_a_calendar_is_nobodys_without_its_secret(self):
        for key in ("", "x", self.token[:-1], self.token, self.token + "A", "A" * 43, "A" * 1900,
                    "%00", "%ff", "..%2f..%2fkeys", "'%20OR%201=1", "%0d%0aSet-Cookie:%20a=b",
                    f"{self.token}&key={self.token}"):
            for headers in ([], [self.bearer]):
                answer = self.ask("GET", "/api/v1/calendar.ics?key=" + key, headers)
                self.refused(answer)
                self.assertNotIn(b"BEGIN:VCALENDAR", answer.data)
        self.refused(self.ask("GET", "/api/v1/calendar.ics"))

    def test_an_inbox_is_asked_for_in_plain_numbers(self):
        for query in ("before=-1", "before=1e3", "before=99999999999999999999", "before=%00",
                      "limit=0", "limit=101", "limit=9999999999999999999999", "account=1",
                      "before=1&before=2", "after=0"):
            self.refused(self.ask("GET", "/api/v1/inbox?" + query, [self.bearer]))
        for notice in ("-1", "x", "99999999999999999999999", "%00", "1%2f..", "1;2", "0x1"):
            self.refused(self.ask("POST", f"/api/v1/inbox/{notice}/done", [self.bearer]))
        self.refused(self.ask("GET", "/api/v1/inbox"), 401)

    def test_an_address_of_mail_carries_no_header_and_no_command(self):
        cookie, csrf = self.finished_sign_in()
        headers = [f"Cookie: {cookie}", f"X-CSRF-Token: {csrf}", JSON]
        path = "/api/v1/account/contact"
        for mail in ("a@b.example\r\nBcc: evil@c.example", "a@b.example\nRCPT TO:<x@y.example>",
                     "a@b.example\r\n.\r\nMAIL FROM:<x@y.example>", "<a@b.example>",
                     "a@b@c.example", "a@b.example,x@y.example", "a b@c.example", '"a"@b.example',
                     "a@b.example\0",
                     "a", "@", "a@", "@b.example", "a@b.example> SIZE=1", "a@[127.0.0.1]\r\n",
                     "\u0430@b.example\u2028X: y", "a" * 300 + "@b.example", "a@" + "b" * 90_000,
                     ["a@b.example"], {"mail": "a@b.example"}, 1):
            self.refused(self.ask("POST", path, headers, json.dumps({"mail": mail}).encode()))
        for body in ({"gateway": "1\r\nX: y"}, {"gateway": "a;b"}, {"language": "../en"},
                     {"mail": "a@b.example", "account": 1}):
            self.refused(self.ask("POST", path, headers, json.dumps(body).encode()))
        self.refused(self.ask("POST", path, [self.bearer, JSON], b'{"mail":"a@b.example"}'), 403)
        self.assertEqual("", self.wire.ask("GET", path, [f"Cookie: {cookie}"]).json()["mail"])

    def test_a_header_of_ours_cannot_be_written_from_outside(self):
        for target in ("/sign-in?next=%0d%0aSet-Cookie:%20a=b", "/help/x%0d%0aSet-Cookie:%20a=b",
                       "/api/v1/search?q=" + urllib.parse.quote("\r\nSet-Cookie: a=b")):
            answer = self.ask("GET", target)
            self.assertNotIn("a=b", answer.header("set-cookie"))
        answer = self.ask("GET", "/api/v1/ledger", ["Accept-Language: \u00e9" + "zh," * 900])
        self.assertIn(answer.status, (200, 400, 431))

    def test_numbers_of_hidden_items_look_like_those_of_none(self):
        made = self.wire.ask("POST", "/api/v1/items", [self.bearer, JSON],
                             json.dumps(ITEM).encode())
        no = made.json()["item"]
        run("account", "add", self.ledger, "elsewhere", "--unit", "1306", "--role", "supervisor")
        other = "Authorization: Bearer " + run("token", "add", self.ledger,
                                               "elsewhere").stdout.strip()
        none = another_number(no)
        for path in ("/api/v1/items/{}", "/api/v1/items/{}/history",
                     "/api/v1/items/{}/records/1/proof"):
            hidden = self.ask("GET", path.format(no), [other])
            absent = self.ask("GET", path.format(none), [other])
            self.assertEqual(absent.status, hidden.status)
            self.assertEqual(self.told(absent, none), self.told(hidden, no))

    @staticmethod
    def told(answer, no):
        """The answer but for what names the request and the number asked for."""
        text = answer.body.decode().replace(no, "NO")
        told = json.loads(text)
        told.pop("request_id", None)
        told.pop("instance", None)
        return told


if __name__ == "__main__":
    result = unittest.main(verbosity=2, exit=False).result
    print(f"{tried} requests that meant harm")
    sys.exit(0 if result.wasSuccessful() else 1)
