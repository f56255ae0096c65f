"""The program as a user types it: every command, its words, its exit code, and what it leaves."""

import datetime
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import PROGRAM, SOURCE, LedgerCase, run, run_json  # noqa: E402


class Commands(LedgerCase):
    """Each command by itself."""

    def test_init_refuses_a_second_ledger_in_the_same_folder(self):
        done = run("init", self.ledger, expect=1)
        self.assertIn("ledger_exists", done.stderr)

    def test_units_lists_children_and_hides_placeholders(self):
        unit = run_json("units", self.ledger, "11")
        self.assertEqual(["110101"], [child["code"] for child in unit["children"]])
        self.assertEqual(["全国", "北京市"], [step["name"] for step in unit["path"]])
        self.assertIn("unit_unknown", run("units", self.ledger, "99", expect=1).stderr)

    def test_nobody_else_may_read_a_ledger(self):
        for folder, _, files in os.walk(self.ledger):
            for path in [folder] + [os.path.join(folder, name) for name in files]:
                self.assertEqual(0, os.stat(path).st_mode & 0o077, path)

    def test_units_shows_lines_members_and_placeholders(self):
        path = self.write("units.csv", (
            "code,name,parent,kind,line,from,to\nXA,雄安新区,13,area,,2017-04-01,\n"
            "130629,,XA,,area,2017-04-01,\nGA,吉林市公安局,2202,agency,,2019-01-01,\n"
            "PCS,派出所,220204006,agency,,2019-01-01,\nPCS,,GA,,vertical,2019-01-01,2030-12-31\n"
        ).encode())
        self.assertIn("not_a_file", run("import", "units", self.ledger, self.folder,
                                        expect=1).stderr)
        run("import", "units", self.ledger, path)
        area = run_json("units", self.ledger, "XA")
        self.assertEqual([("area", "130629")],
                         [(edge["line"], edge["unit"]["code"]) for edge in area["members"]])
        station = run_json("units", self.ledger, "PCS")
        self.assertEqual([("vertical", "GA", "2030-12-31")],
                         [(edge["line"], edge["unit"]["code"], edge["to"])
                          for edge in station["lines"]])
        self.assertEqual(["PCS"], [edge["unit"]["code"]
                                   for edge in run_json("units", self.ledger, "GA")["members"]])
        hidden = run_json("units", self.ledger, "11")["placeholders"]
        self.assertEqual(["1101"], [unit["code"] for unit in hidden])
        text = run("units", self.ledger, "11", language="zh-CN").stdout
        self.assertRegex(text, r"1101 +占位层级  市辖区")
        self.assertIn("县级", text)
        self.assertIn("片区成员", run("units", self.ledger, "XA", language="zh-CN").stdout)
        self.assertIn("垂直管理上级", run("units", self.ledger, "PCS", language="zh-CN").stdout)

    def test_wrong_usage_exits_with_two(self):
        run("no-such-command", expect=2)
        run("units", expect=2)
        run("rollup", self.ledger, "0", "--by", "moon", expect=2)
        run("post", "end", self.ledger, "first", expect=2)
        for given, missing in (("--tls-cert", "--tls-key"), ("--tls-key", "--tls-cert")):
            done = run("serve", self.ledger, given, "x.pem", expect=2)
            self.assertIn(missing, done.stderr)
        self.assertIn("fr", run("--lang", "fr", "units", self.ledger, expect=2).stderr)

    def test_wrong_usage_is_told_in_the_chosen_language(self):
        for words in ((), ("moon",), ("units",), ("rollup", self.ledger), ("import", "moon"),
                      ("units", self.ledger, "0", "1"), ("serve", self.ledger, "--listen"),
                      ("init", self.ledger, "--moon"), ("token",), ("account", "add")):
            done = run(*words, expect=2, language="zh-CN")
            self.assertRegex(done.stderr, "[\u4e00-\u9fff]{2}", words)
            self.assertIn("taizhang", done.stderr)
            error = json.loads(run("--json", *words, expect=2).stdout)["error"]
            self.assertEqual("usage", error["code"])
            self.assertTrue(error["sentence"])

    def test_a_wrong_deadline_is_usage_and_an_impossible_one_refused(self):
        start = ("deadline", "--from", "2024-09-13")
        for words in (start, (*start, "--plus", "24h"), ("deadline", "--plus", "15d"),
                      (*start, "--plus", "1d", "--programme", "x")):
            run(*words, expect=2, language="zh-CN")
            self.assertEqual("usage", run_json(*words, expect=2)["error"]["code"], words)
        for code, words in (
                ("bad_day", ("deadline", "--from", "2023-02-29", "--plus", "1d")),
                ("bad_length", (*start, "--plus", "15")),
                ("bad_time", (*start, "--plus", "24h", "--at", "24:00")),
                ("bad_region", (*start, "--plus", "1d", "--region", "6")),
                ("bad_pause", (*start, "--plus", "1d", "--pause", "2024-09-14")),
                ("bad_calendar_version", (*start, "--plus", "1d", "--as-known", "x@2024-01-01")),
                ("unknown_zone", (*start, "--plus", "1d", "--zone", "Mars/Base"))):
            self.assertEqual(code, run_json(*words, expect=2)["error"]["code"], words)
        for code, words in (
                ("calendar_before", ("deadline", "--from", "2006-12-29", "--plus", "1d")),
                ("calendar_beyond", ("deadline", "--from", "2099-12-31", "--plus", "1wd")),
                ("calendar_version_unknown",
                 (*start, "--plus", "1d", "--as-known", "999@2024-01-01")),
                ("pause_backwards",
                 (*start, "--plus", "1d", "--pause", "2024-09-16..2024-09-14")),
                ("extension_over_cap", (*start, "--rule", "petition.handle", "--extend", "31d")),
                ("length_over_rule", (*start, "--plus", "61d", "--rule", "petition.handle")),
                ("length_unit", (*start, "--plus", "15wd", "--rule", "petition.handle")),
                ("extensions_too_many", (*start, "--rule", "petition.handle", "--extend", "9d",
                                         "--extend", "9d")),
                ("extension_not_allowed", (*start, "--rule", "petition.accept", "--extend", "1d")),
                ("extension_unit", (*start, "--plus", "1d", "--extend", "1m")),
                ("rule_not_in_force",
                 ("deadline", "--from", "2021-01-01", "--rule", "petition.objection")),
                ("rule_unknown", (*start, "--rule", "petition.hurry"))):
            self.assertIn(code, run(*words, expect=1).stderr)
            done = run(*words, expect=1, language="zh-CN")
            self.assertRegex(done.stderr, "[\u4e00-\u9fff]{2}")

    def test_a_length_of_ones_own_goes_by_the_rule_that_is_named(self):
        words = ("deadline", "--from", "2024-09-13", "--plus", "15d", "--rule", "petition.handle")
        found = run_json(*words)
        self.assertEqual("2024-09-29", found["due_day"])
        self.assertEqual(("15d", "60d"), (found["length"], found["rule"]["length"]))
        self.assertIn("第三十四条", found["rule"]["basis"])
        text = run(*words).stdout
        self.assertIn("15 natural days", text)
        self.assertIn("60 natural days", text)
        longer = run_json(*words, "--extend", "30d")
        self.assertEqual("2024-10-28", longer["due_day"])

    def test_help_speaks_both_languages_and_begins_with_the_program(self):
        commands = [[], ["init"], ["demo"], ["serve"], ["verify"], ["verify", "ledger"],
                    ["verify", "coverage"], ["coverage"], ["replay"], ["flow"],
                    ["flow", "check"], ["units"], ["units", "list"], ["units", "diff"],
                    ["units", "apply"], ["items"], ["rollup"],
                    ["rates"],
                    ["import"], ["import", "units"], ["import", "items"], ["account"],
                    ["account", "add"], ["account", "list"], ["account", "password"],
                    ["account", "unlock"], ["account", "disable"], ["account", "enable"],
                    ["post"], ["post", "acting"], ["post", "add"], ["post", "end"],
                    ["post", "list"], ["post", "handover"], ["post", "handover", "propose"],
                    ["post", "handover", "list"], ["post", "handover", "confirm"],
                    ["post", "handover", "end"], ["policy"],
                    ["deadline"], ["calendar"], ["calendar", "adopt"], ["flow", "adopt"],
                    ["policy", "check"], ["policy", "page"], ["programme"],
                    ["programme", "adopt"], ["programme", "check"], ["programme", "list"],
                    ["programme", "plan"], ["receiving-key"],
                    ["receiving-key", "make"], ["receiving-key", "set"], ["unseal"], ["token"],
                    ["token", "add"], ["token", "list"], ["token", "revoke"], ["ballot"],
                    ["ballot", "list"], ["ballot", "record"], ["ballot", "show"], ["scheme"],
                    ["scheme", "freeze"], ["scheme", "list"], ["scheme", "open"],
                    ["scheme", "signing"], ["scheme", "stages"]]
        for words in commands:
            chinese = run(*words, "--help", language="zh-CN").stdout
            english = run(*words, "--help").stdout
            self.assertIn("用法: " + " ".join(["taizhang", *words]), chinese)
            self.assertIn("Usage: " + " ".join(["taizhang", *words]), english)
            self.assertNotIn("help.", chinese + english)
            for line in chinese.splitlines():
                if line.strip():
                    self.assertRegex(line, "[\u4e00-\u9fff]", f"{words}: {line}")
        self.assertIn("taizhang verify DIR", run("verify", "--help").stdout)
        self.assertIn("taizhang units DIR", run("units", "--help").stdout)

    def test_somebody_acts_in_a_post_until_a_day(self):
        for name, unit, role in (("chief", "2202", "supervisor"), ("deputy", "22", "recorder")):
            run("account", "add", self.ledger, name, "--unit", unit, "--role", role)
        given = run_json("post", "acting", self.ledger, "1", "2", "--to", "2099-01-01", expect=1)
        self.assertEqual("acting_period", given["error"]["code"])
        run("post", "acting", self.ledger, "x", "2", "--to", "2099-01-01", expect=2)
        last = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
        given = run_json("post", "acting", self.ledger, "1", "2", "--to", last)
        self.assertEqual(3, given["post"])
        self.assertIn("acting_taken", run("post", "acting", self.ledger, "1", "2", "--to", last,
                                          expect=1).stderr)
        posts = run_json("post", "list", self.ledger, "deputy")["posts"]
        self.assertEqual([None, 1], [post.get("for") for post in posts])
        self.assertIn("acting for the post 1", run("post", "list", self.ledger, "deputy").stdout)
        run("post", "end", self.ledger, "3")
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_the_work_of_a_disabled_holder_is_handed_over(self):
        for name in ("chief", "second"):
            run("account", "add", self.ledger, name, "--unit", "2202", "--role", "supervisor")
        text = "unit,title,source\n220204006001,楼道堆物,resident\n220204006001,路灯,resident\n"
        run("import", "items", self.ledger, self.write("i.csv", text.encode()), "--into", "22")
        propose = ("post", "handover", "propose", self.ledger, "1", "2")
        self.assertIn("handover_holder_there", run(*propose, expect=1).stderr)
        run("account", "disable", self.ledger, "chief")
        proposed = run_json(*propose)
        self.assertEqual([["step"], ["step"]], [item["parts"] for item in proposed["items"]])
        listed = run_json("post", "handover", "list", self.ledger)["handovers"]
        self.assertEqual([(1, 1, 2)], [(h["handover"], h["from"], h["to"]) for h in listed])
        done = run_json("post", "handover", "confirm", self.ledger, "1")
        self.assertEqual(2, done["items"])
        self.assertIn("handover_unknown", run("post", "handover", "end", self.ledger, "1",
                                              expect=1).stderr)
        self.assertIn("handover_empty", run(*propose, expect=1).stderr)
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        # Given back, and ended before it was confirmed.
        run("post", "end", self.ledger, "2")
        run("account", "disable", self.ledger, "second")
        run("post", "add", self.ledger, "chief", "--unit", "2202", "--role", "supervisor")
        back = run_json("post", "handover", "propose", self.ledger, "2", "3")
        self.assertEqual(2, len(back["items"]))
        run("post", "handover", "end", self.ledger, str(back["handover"]))
        self.assertEqual([], run_json("post", "handover", "list", self.ledger)["handovers"])

    def test_what_a_person_reads_of_totals_has_words_of_his_language(self):
        text = "unit,title,source\n220204006001,楼道堆物,resident\n"
        run("import", "items", self.ledger, self.write("i.csv", text.encode()), "--into", "22")
        for by, word in (("child", "吉林省"), ("kind", "问题"), ("phase", "已列账"),
                         ("state", "登记")):
            done = run("rollup", self.ledger, "0", "--by", by, language="zh-CN").stdout
            self.assertIn(word, done)
            self.assertNotIn("=", done)
            self.assertNotRegex(done, "total|overdue|phase|state")
        done = run("rates", self.ledger, "22", "--by", "child", language="zh-CN").stdout
        self.assertIn("完成率：0.00%（1 中的 0；95% 区间 0.00%–79.35%）；剔除前 0.00%", done)
        self.assertIn("解决率：—；剔除前 —", done)
        self.assertIn("数量过少，不作比较", done)
        self.assertNotRegex(done, "total|overdue|rate|band")
        for words, code in ((("--by", "moon"), "rates_by_unsupported"),
                            (("--kind", "moon"), "kind_unknown"),
                            (("--period", "moon"), "rates_period_unsupported"),
                            (("--from", "moon"), "bad_day")):
            self.assertIn(code, run("rates", self.ledger, "22", *words, expect=1).stderr)

    def test_refusals_are_json_where_that_is_asked_for(self):
        error = run_json("units", self.ledger, "99", expect=1)["error"]
        self.assertEqual(("unit_unknown", {"unit": "99"}), (error["code"], error["facts"]))
        self.assertIn("99", error["sentence"])
        self.assertEqual("ledger_exists", run_json("init", self.ledger, expect=1)["error"]["code"])
        made = run_json("init", os.path.join(self.folder, "another"))
        self.assertEqual(1, made["units"])
        path = self.write("bad.csv", b"unit,title,source\n2202,x,moon\n")
        fault = run_json("import", "items", self.ledger, path, "--into", "22",
                         expect=1)["faults"][0]
        self.assertEqual((path, 2, "source_unknown"),
                         (fault["file"], fault["line"], fault["error"]["code"]))
        self.assertIn("moon", fault["error"]["sentence"])

    def test_language_is_chosen(self):
        english = run("units", self.ledger, "99", expect=1, language="en").stderr
        chinese = run("units", self.ledger, "99", expect=1, language="zh-CN").stderr
        self.assertNotEqual(english, chinese)
        self.assertTrue(any("\u4e00" <= letter <= "\u9fff" for letter in chinese))

    def test_import_units_takes_areas_and_lines(self):
        path = self.write("units.csv", (
            "code,name,parent,kind,line,from,to\n"
            "XA,雄安新区,13,area,,2017-04-01,\n"
            "130629,,XA,,area,2017-04-01,\n130632,,XA,,area,2017-04-01,\n"
            "130638,,XA,,area,2017-04-01,\nJL-CGJ,吉林市城市管理局,2202,agency,,2019-01-01,\n"
        ).encode())
        self.assertEqual({"units": 2, "edges": 3}, run_json("import", "units", self.ledger, path))
        self.assertEqual("agency", run_json("units", self.ledger, "JL-CGJ")["kind"])

    def test_import_units_names_each_bad_row_and_takes_nothing(self):
        path = self.write("bad.csv", (
            "code,name,parent,kind,line,from,to\n"
            "A1,甲,2202,agency,,2019-01-01,\n"
            "A2,乙,nowhere,agency,,2019-01-01,\n"
            "A1,丙,2202,agency,,2019-01-01,\n"
            "A3,丁,2202,agency,,2019-13-01,\n"
            "A4,戊,2202,agency\n"
            "A5,己,A6,agency,,2019-01-01,\nA6,庚,A5,agency,,2019-01-01,\n"
        ).encode())
        done = run("import", "units", self.ledger, path, expect=1)
        for line, code in ((3, "unit_parent_unknown"), (4, "unit_code_repeated"),
                           (5, "unit_day_bad"), (6, "unit_row_columns")):
            self.assertRegex(done.stderr, rf"bad\.csv:{line}: .*\({code}\)")
        self.assertIn("unit_cycle", done.stderr)
        run("units", self.ledger, "A1", expect=1)

    def test_gb18030_is_accepted_and_nonsense_is_not(self):
        text = "代码,名称,上级,类型,条线,起,止\nB1,吉林市公安局,2202,机关,,2019-01-01,\n"
        run("import", "units", self.ledger, self.write("gb.csv", text.encode("gb18030")))
        self.assertEqual("吉林市公安局", run_json("units", self.ledger, "B1")["name"])
        path = self.write("broken.csv", b"code,name\n\xff\xff\xff\n")
        self.assertIn("text_encoding",
                      run("import", "units", self.ledger, path, expect=1).stderr)

    def test_import_items_checks_all_before_it_takes_any(self):
        rows = "".join(f"220204006001,楼道堆物{i},resident,2030-01-01\n" for i in range(1500))
        good = self.write("items.csv", ("unit,title,source,due\n" + rows).encode())
        options = ("--into", "2202", "--kind", "problem")
        self.assertTrue(run_json("import", "items", self.ledger, good, *options,
                                 "--dry-run")["dry_run"])
        self.assertEqual(0, run_json("rollup", self.ledger, "0")["total"]["total"])
        bad = self.write("bad.csv", ("unit,title,source,due\n220204006001,甲,resident,\n"
                                     "130629,乙,resident,\n220204006001,丙,moon,\n"
                                     "220204006001,,resident,\n220204006001,丁,resident,soon\n"
                                     "220204006001,戊,resident,2019-09-08\n"
                                     ).encode())
        done = run("import", "items", self.ledger, bad, *options, expect=1)
        for line, code in ((3, "unit_outside"), (4, "source_unknown"), (5, "field_required"),
                           (6, "bad_day"), (7, "due_in_past")):
            self.assertRegex(done.stderr, rf"bad\.csv:{line}: .*\({code}\)")
        self.assertEqual(0, run_json("rollup", self.ledger, "0")["total"]["total"])
        self.assertEqual(1500, run_json("import", "items", self.ledger, good, *options)["items"])
        self.assertEqual(1500, run_json("rollup", self.ledger, "2202")["total"]["total"])
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_faults_of_a_whole_file_name_file_and_line(self):
        options = ("--into", "22")
        for content, line, code in (
                (b"unit,title,source\n22,x,resident\n22,\"open,resident\n", 3, "csv_malformed"),
                (b"unit,title,source\n22,abc\xff\xff,resident\n", 2, "text_encoding")):
            path = self.write("whole.csv", content)
            done = run("import", "items", self.ledger, path, *options, expect=1)
            self.assertRegex(done.stderr, rf"whole\.csv:{line}: .*\({code}\)")
            fault = run_json("import", "items", self.ledger, path, *options, expect=1)["faults"][0]
            self.assertEqual((line, path), (fault["line"], fault["file"]))
            if code == "text_encoding":
                self.assertEqual("7", fault["error"]["facts"]["at"])  # within its line
        path = self.write("header.csv", b"\ncode,name\nA,B\n")
        self.assertRegex(run("import", "units", self.ledger, path, expect=1).stderr,
                         r"header\.csv:2: .*\(unit_file_header\)")

    def test_wrong_codes_are_answered_with_those_that_are_allowed(self):
        rows = "22,甲,moon,\n22,乙,resident,later\n" * 3
        path = self.write("codes.csv", ("unit,title,source,fix_class\n" + rows).encode())
        done = run("import", "items", self.ledger, path, "--into", "22", expect=1).stderr
        self.assertIn("resident 居民", done)
        self.assertIn("by_date 限期整改", done)
        done = run("import", "items", self.ledger, path, "--into", "22", "--kind", "moon",
                   expect=1).stderr
        self.assertEqual(1, done.count("kind_unknown"))
        self.assertIn("problem 问题", done)

    def test_the_same_file_is_taken_twice_only_if_that_is_said(self):
        path = self.write("i.csv", "unit,title,source\n2202,楼道堆物,resident\n".encode())
        options = ("import", "items", self.ledger, path, "--into", "22")
        run(*options, "--dry-run")
        run(*options)
        for more in ((), ("--dry-run",)):
            self.assertIn("import_repeated", run(*options, *more, expect=1).stderr)
        self.assertEqual(1, run_json("rollup", self.ledger, "22")["total"]["total"])
        run(*options, "--again")
        self.assertIn("import_repeated", run(*options, expect=1).stderr)
        self.assertEqual(2, run_json("rollup", self.ledger, "22")["total"]["total"])

    def test_totals_as_they_were_before_an_import(self):
        then = run_json("rollup", self.ledger, "22")["position"]
        rows = "unit,title,source\n" + "220204006001,乙,resident\n" * 40
        path = self.write("b.csv", rows.encode())
        run("import", "items", self.ledger, path, "--into", "22")
        for when, total in ((then, 0), (then + 20, 0), (then + 41, 40)):
            past = run_json("rollup", self.ledger, "22", "--as-of", f"@{when}")
            self.assertEqual((when, total), (past["position"], past["total"]["total"]))
        run("rollup", self.ledger, "22", "--as-of", "@99999", expect=1)

    def test_items_as_they_were_before_an_import(self):
        then = run_json("rollup", self.ledger, "22")["position"]
        rows = "unit,title,source\n" + "220204006001,无人知晓的标题,resident\n" * 40
        run("import", "items", self.ledger, self.write("b.csv", rows.encode()), "--into", "22")
        now = run_json("items", self.ledger, "22", "--kind", "problem", "--open", "--limit", "3")
        self.assertEqual((40, 3), (now["total"], len(now["items"])))
        self.assertEqual("220204006001", now["items"][0]["unit"]["code"])
        self.assertEqual(("listed", None, False), tuple(
            now["items"][0][name] for name in ("phase", "due", "overdue")))
        past = run_json("items", self.ledger, "--as-of", f"@{then}")
        self.assertEqual((then, 0, []), (past["position"], past["total"], past["items"]))
        self.assertEqual(0, run_json("items", self.ledger, "--overdue")["total"])
        text = run("items", self.ledger).stdout
        self.assertIn(now["items"][0]["item"], text)
        self.assertNotIn("无人知晓的标题", text)
        run("items", self.ledger, "22", "--as-of", "@99999", expect=1)
        run("items", self.ledger, "22", "--kind", "moon", expect=1)
        run("items", self.ledger, "--limit", "0", expect=2)

    def test_import_items_takes_a_spreadsheet(self):
        ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

        def related(kind, target):
            return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                    f'relationships"><Relationship Id="r1" Type="{rel}/{kind}" Target="{target}"/>'
                    '</Relationships>')

        def sheet(*rows):
            cells = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
                     for row in rows)
            path = os.path.join(self.folder, "items.xlsx")
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr("_rels/.rels", related("officeDocument", "xl/workbook.xml"))
                file.writestr("xl/workbook.xml",
                              f'<workbook xmlns="{ns}" xmlns:r="{rel}"><sheets>'
                              '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>')
                file.writestr("xl/_rels/workbook.xml.rels", related("worksheet", "s.xml"))
                file.writestr("xl/s.xml", f'<worksheet xmlns="{ns}"><sheetData>'
                              + "".join(f"<row>{row}</row>" for row in cells)
                              + "</sheetData></worksheet>")
            return path

        options = ("--into", "22")
        bad = sheet(["标题", "来源"], ["甲", "月球"])
        self.assertRegex(run("import", "items", self.ledger, bad, *options, expect=1).stderr,
                         r"items\.xlsx:2: \[B\] .*\(source_unknown\)")
        good = sheet(["标题", "来源"], ["甲", "居民上报"], ["乙", "resident"])
        self.assertEqual(2, run_json("import", "items", self.ledger, good, *options)["items"])
        self.assertIn("xlsx_damaged", run("import", "items", self.ledger, self.write(
            "cut.xlsx", pathlib.Path(good).read_bytes()[:200]), *options, expect=1).stderr)

    def test_the_template_can_be_taken_as_it_is(self):
        text = run("import", "items", "--template").stdout
        path = self.write("template.csv", text.encode())
        self.assertEqual(1, run_json("import", "items", self.ledger, path, "--into", "22")["items"])

    def test_accounts_and_tokens(self):
        added = run_json("account", "add", self.ledger, "wang", "--unit", "2202", "--role",
                         "recorder")
        self.assertGreaterEqual(len(added["password"]), 16)
        self.assertIn("account_exists", run("account", "add", self.ledger, "wang", "--unit", "22",
                                            "--role", "recorder", expect=1).stderr)
        self.assertIn("role_unknown", run("account", "add", self.ledger, "li", "--unit", "22",
                                          "--role", "king", expect=1).stderr)
        token = run("token", "add", self.ledger, "wang").stdout
        self.assertRegex(token, r"^tz_[A-Za-z0-9_-]{43}\n$")
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_a_token_is_good_for_what_it_says_and_so_long(self):
        run("account", "add", self.ledger, "wang", "--unit", "2202", "--role", "recorder")
        run("token", "add", self.ledger, "wang", "--scope", "read", "--days", "7")
        token = run_json("token", "list", self.ledger, "wang")["tokens"][0]
        self.assertEqual("read", token["scope"])
        self.assertGreater(token["expires"], token["opened"])
        for wrong in (["--scope", "Read it"], ["--days", "0"], ["--days", "100000"]):
            run("token", "add", self.ledger, "wang", *wrong, expect=1)

    def test_the_audit_log_names_the_first_row_that_disagrees(self):
        run("account", "add", self.ledger, "wang", "--unit", "2202", "--role", "recorder")
        run("account", "list", self.ledger)
        run("account", "add", self.ledger, "wang", "--unit", "2202", "--role", "recorder", expect=1)
        report = run_json("audit", "verify", self.ledger)
        self.assertTrue(report["holds"])
        self.assertEqual(3, report["rows"])
        self.assertTrue(run_json("audit", "verify", self.ledger, "--against",
                                 report["head"])["holds"])
        run("audit", "verify", self.ledger, "--against", "nonsense", expect=1)
        audit = pathlib.Path(self.ledger, "audit")
        log = next(audit.glob("*.log"))
        text = log.read_text()
        self.assertIn('"act":"account_add"', text)
        self.assertIn('"result":"account_exists"', text)
        self.assertNotIn("wang", text)
        self.assertEqual((0o700, 0o600), (audit.stat().st_mode & 0o777, log.stat().st_mode & 0o777))
        log.write_text(text.replace("account_list", "account_kist"))
        broken = run_json("audit", "verify", self.ledger, expect=1)
        self.assertEqual("audit_row_changed", broken["findings"][0]["code"])
        self.assertEqual("1", broken["findings"][0]["facts"]["seq"])
        # It is not served, and nothing is done, until it is mended or begun anew.
        self.assertIn("audit_damaged", run("account", "list", self.ledger, expect=1).stderr)
        log.unlink()
        self.assertIn("audit_missing", run("account", "list", self.ledger, expect=1).stderr)
        log.write_text(text)
        run("account", "list", self.ledger)
        log.unlink()
        run("audit", "renew", self.ledger)
        run("account", "list", self.ledger)
        self.assertTrue(run_json("audit", "verify", self.ledger)["holds"])
        self.assertEqual("audit_head_wrong", run_json(
            "audit", "verify", self.ledger, "--against",
            "1 " + "0" * 64, expect=1)["findings"][0]["code"])

    def test_settings_are_kept_within_their_bounds(self):
        config = pathlib.Path(self.ledger, "config.yaml")
        config.write_text("version: 1\nsign_in: {lock: {tries: 1000}}\n")
        done = run("account", "list", self.ledger, expect=1)
        self.assertIn("yaml_number_expected", done.stderr)
        config.write_text("version: 1\nsign_in: {password: {chars_min: 20}}\n")
        path = self.write("p", b"fifteen-letters\n")
        done = run("account", "add", self.ledger, "li", "--unit", "0", "--role", "recorder",
                   "--password-file", path, expect=1)
        self.assertIn("secret_open", done.stderr)
        os.chmod(path, 0o600)
        done = run("account", "add", self.ledger, "li", "--unit", "0", "--role", "recorder",
                   "--password-file", path, expect=1)
        self.assertIn("password_weak", done.stderr)

    def test_administrators_exclude_one_another(self):
        run("account", "add", self.ledger, "sys", "--unit", "0", "--role", "system_admin")
        for role in ("security_admin", "audit_admin"):
            done = run("post", "add", self.ledger, "sys", "--unit", "0", "--role", role, expect=1)
            self.assertIn("roles_exclude", done.stderr)
        added = run_json("post", "add", self.ledger, "sys", "--unit", "2202", "--role", "recorder")
        self.assertEqual(2, added["post"])
        # A post ends with its day, so that nobody holds two of them on one day.
        run("post", "end", self.ledger, "1")
        self.assertIn("roles_exclude", run("post", "add", self.ledger, "sys", "--unit", "0",
                                           "--role", "audit_admin", expect=1).stderr)
        posts = run_json("post", "list", self.ledger, "sys")["posts"]
        self.assertEqual([("system_admin", False), ("recorder", True)],
                         [(post["role"], post["to"] is None) for post in posts])
        self.assertIn("post_none", run("post", "end", self.ledger, "9", expect=1).stderr)
        self.assertIn("account list", run("post", "list", self.ledger, "li", expect=1).stderr)
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_a_receiving_key_is_made_in_halves_and_set(self):
        halves = [os.path.join(self.folder, name) for name in ("a.json", "b.json")]
        made = run_json("receiving-key", "make", "--for", "吉林市", "--out-a", halves[0],
                        "--out-b", halves[1])
        self.assertRegex(made["key"], "^[0-9a-f]{64}$")
        shares = []
        for path in halves:
            self.assertEqual(0o600, os.stat(path).st_mode & 0o777)
            half = json.loads(pathlib.Path(path).read_text())
            self.assertEqual((made["key"], "吉林市"), (half["key"], half["for"]))
            shares.append(half["share"])
        self.assertNotEqual(*shares)
        # Halves that are there are never written over.
        self.assertIn("file_exists", run("receiving-key", "make", "--out-a", halves[0], "--out-b",
                                         halves[1], expect=1).stderr)
        first = run_json("receiving-key", "set", self.ledger, "2202", made["key"])
        self.assertEqual(("2202", False), (first["unit"], first["waits"]))
        for wrong in ("00" * 32, "zz", made["key"][:-2]):
            self.assertIn("receiving_key_bad", run("receiving-key", "set", self.ledger, "2202",
                                                   wrong, expect=1).stderr)
        self.assertIn("nothing_to_do", run("receiving-key", "set", self.ledger, "2202",
                                           made["key"], expect=1).stderr)
        # Another one waits; setting the one that holds calls it off.
        other = run_json("receiving-key", "make", "--for", "吉林市", "--out-a",
                         os.path.join(self.folder, "c.json"), "--out-b",
                         os.path.join(self.folder, "d.json"))["key"]
        later = run_json("receiving-key", "set", self.ledger, "2202", other)
        self.assertTrue(later["waits"])
        waited = datetime.date.fromisoformat(later["from"]) - \
            datetime.date.fromisoformat(first["from"])
        self.assertEqual(14, waited.days)
        said = run("receiving-key", "set", self.ledger, "2202", made["key"]).stdout
        self.assertIn("2202", said)
        self.assertNotIn("{", said)
        said = run("receiving-key", "set", self.ledger, "2202", other).stdout
        self.assertIn("/privacy", said)
        self.assertNotIn("{", said)
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_flow_check_names_line_and_column(self):
        good = SOURCE / "flows" / "problem.yaml"
        run("flow", "check", str(good))
        text = good.read_text().replace("to: planned", "to: nowhere", 1)
        done = run("flow", "check", self.write("flow.yaml", text.encode()), expect=1)
        self.assertRegex(done.stdout, r"flow\.yaml:\d+:\d+: ")

    def test_policy_check_names_line_and_column_and_the_page_is_the_one_in_docs(self):
        good = SOURCE / "policy" / "policy.yaml"
        self.assertIn("sound", run("policy", "check", str(good)).stdout)
        text = good.read_text().replace("who: nobody", "who: somebody", 1)
        done = run("policy", "check", self.write("policy.yaml", text.encode()), expect=1)
        self.assertRegex(done.stdout, r"policy\.yaml:\d+:\d+: ")
        page = run("policy", "page").stdout
        self.assertEqual((SOURCE / "docs" / "access.md").read_text(), page)

    def test_a_changed_payload_is_found_and_named(self):
        with self.database() as db:
            body = bytearray(db.execute("SELECT body FROM records WHERE seq=2").fetchone()[0])
            body[-3] ^= 1
            db.execute("UPDATE records SET body=? WHERE seq=2", (bytes(body),))
        report = run_json("verify", self.ledger, expect=1)
        self.assertEqual("record_disagrees", report["findings"][0]["code"])
        self.assertEqual("2", report["findings"][0]["facts"]["seq"])

    def test_a_cut_tail_is_found_with_a_checkpoint_kept_elsewhere(self):
        run("account", "add", self.ledger, "wang", "--unit", "2202", "--role", "recorder")
        with self.database() as db:
            note = db.execute("SELECT note FROM checkpoints ORDER BY size DESC").fetchone()[0]
            size = db.execute("SELECT max(seq) FROM records").fetchone()[0]
            kept = self.write("checkpoint", note.encode() if isinstance(note, str) else note)
            db.execute("DELETE FROM records WHERE seq=?", (size,))
            db.execute("DELETE FROM checkpoints WHERE size>?", (size,))
        os.remove(os.path.join(self.ledger, "snapshot", "snapshot"))
        report = run_json("verify", self.ledger, "--against", kept, expect=1)
        self.assertIn("against_ahead", [finding["code"] for finding in report["findings"]])

    def test_replay_without_any_key_gives_the_same_state(self):
        text = "unit,title,source\n220204006001,楼道堆物,resident\n"
        run("import", "items", self.ledger, self.write("i.csv", text.encode()), "--into", "22")
        before = run_json("replay", self.ledger)
        with self.database() as db:
            db.execute("DELETE FROM subject_keys")
        self.assertEqual(before, run_json("replay", self.ledger))
        report = run_json("verify", self.ledger)
        self.assertTrue(report["holds"])
        self.assertEqual(report["texts"], report["texts_destroyed"])


class Server(LedgerCase):
    """Commands beside a running server, and how it ends."""

    def test_writing_commands_go_through_the_running_server(self):
        server, address = self.serve()
        run("account", "add", self.ledger, "wang", "--unit", "2202", "--role", "recorder")
        token = run("token", "add", self.ledger, "wang").stdout.strip()
        request = urllib.request.Request(
            address + "/api/v1/items", method="POST",
            data=json.dumps({"kind": "problem", "unit": "220204006001", "source": "resident",
                             "title": "楼道堆物"}).encode(),
            headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            self.assertEqual(201, answer.status)
        text = "unit,title,source\n220204006001,甲,resident\n"
        path = self.write("i.csv", text.encode())
        self.assertEqual(1, run_json("import", "items", self.ledger, path, "--into", "22")["items"])
        with urllib.request.urlopen(address + "/api/v1/units/22/rollup?by=kind") as answer:
            self.assertEqual(2, json.load(answer)["totals"][0]["total"])
        # The same numbers by the command, which reads beside the server.
        self.assertEqual(2, run_json("rollup", self.ledger, "22")["total"]["total"])
        mode = os.stat(os.path.join(self.ledger, "control.sock")).st_mode & 0o777
        self.assertEqual(0o600, mode)

    def test_two_halves_open_what_was_sealed_on_arrival(self):
        halves = [os.path.join(self.folder, name) for name in ("a.json", "b.json")]
        made = run_json("receiving-key", "make", "--out-a", halves[0], "--out-b", halves[1])
        _, address = self.serve()
        run("receiving-key", "set", self.ledger, "2202", made["key"])
        tokens = {}
        for name in ("li", "zhao"):
            run("account", "add", self.ledger, name, "--unit", "2202", "--role", "supervisor")
            tokens[name] = run("token", "add", self.ledger, name).stdout.strip()

        def ask(path, body, name=None, version=None):
            headers = {"Content-Type": "application/json"}
            if name:
                headers["Authorization"] = "Bearer " + tokens[name]
            if version:
                headers["If-Match"] = f'"{version}"'
            request = urllib.request.Request(address + path, method="POST", headers=headers,
                                             data=json.dumps(body).encode())
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)

        sent = ask("/api/v1/requests", {"accused": ["220204"], "text": "截留低保金",
                                        "manner": "receiver_only", "name": "王不留",
                                        "contact": "13912345678", "words": "我是会计"})
        item = "/api/v1/items/" + sent["item"]
        request = urllib.request.Request(address + item, headers={
            "Authorization": "Bearer " + tokens["li"]})
        with urllib.request.urlopen(request) as answer:
            version = json.load(answer)["version"]
        version = ask(item + "/ask_opening", {"reason": "核对账目"}, "li", version)["version"]
        version = ask(item + "/agree_opening", {}, "zhao", version)["version"]
        taken = ask(item + "/take_envelope", {}, "zhao", version)
        path = self.write("envelope.json", json.dumps(taken).encode())
        opened = run_json("unseal", path, "--half", halves[1], "--half", halves[0])["opened"]
        self.assertEqual({"name": "王不留", "contact": "13912345678", "words": "我是会计"},
                         opened[0]["identity"])
        self.assertIn("王不留", run("unseal", path, "--half", halves[0], "--half",
                                 halves[1]).stdout)
        self.assertIn("key_halves_differ", run("unseal", path, "--half", halves[0], "--half",
                                               halves[0], expect=1).stderr)
        self.assertIn("key_halves_differ", run("unseal", path, "--half", halves[0],
                                               expect=1).stderr)
        # Nothing in the ledger's folder holds it.
        for folder, _, files in os.walk(self.ledger):
            for name in files:
                content = pathlib.Path(folder, name)
                if content.is_file():
                    data = content.read_bytes()
                    for secret in ("王不留", "13912345678", "我是会计", sent["code"],
                                   sent["code"].replace("-", "")):
                        self.assertNotIn(secret.encode(), data, content)

    def test_every_cut_is_that_of_http(self):
        """Areas, their members, and items on a hidden placeholder: the same numbers both ways."""
        areas = ("code,name,parent,kind,line,from,to\nXA,雄安新区,13,area,,2017-04-01,\n"
                 "130629,,XA,,area,2017-04-01,\n130638,,XA,,area,2017-04-01,\n"
                 "X1,占位村,130629,village,,2019-01-01,\nX2,区中区,13,area,,2019-01-01,\n"
                 "X1,,X2,,area,2019-01-01,\nX1,,XA,,area,2019-01-01,\n"
                 "X2,,XA,,area,2019-01-01,\n")
        run("import", "units", self.ledger, self.write("areas.csv", areas.encode()))
        places = ["1101", "1101", "110101", "11", "XA", "X1", "X1", "130629", "130632", "X2"]
        rows = "".join(f"{place},事项{i},resident\n" for i, place in enumerate(places))
        run("import", "items", self.ledger,
            self.write("items.csv", ("unit,title,source\n" + rows).encode()), "--into", "0")
        run("account", "add", self.ledger, "zhang", "--unit", "0", "--role", "supervisor")
        token = run("token", "add", self.ledger, "zhang").stdout.strip()
        _, address = self.serve()

        def ask(path, body=None, **headers):
            request = urllib.request.Request(
                address + "/api/v1" + path, data=body and json.dumps(body).encode(),
                headers={"Authorization": "Bearer " + token, "Content-Type": "application/json",
                         **headers})
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)

        for number, (transition, body) in enumerate((
                ("assign", {"lead": "11", "due": "2999-01-01"}), ("reject", {"reason": "重复"}))):
            item = ask("/items")["items"][number]["item"]
            version = ask("/items/" + item)["version"]
            ask(f"/items/{item}/{transition}", body, **{"If-Match": f'"{version}"'})

        def sums(kinds):
            names = ("total", "open", "overdue", "closed", "closed_fixed", "reopened", "dropped")
            return {name: sum(kind[name] for kind in kinds) for name in names}

        def counts(rows, *label):
            out = {}
            for row in rows:
                key = tuple(str(row.get(name)) for name in label)
                count = row.get("count", row.get("total", 0))
                if count:
                    out[key] = out.get(key, 0) + count
            return out

        for code in ("0", "11", "1101", "13", "130629", "130632", "XA", "X1", "X2", "22"):
            mine = run_json("rollup", self.ledger, code, "--by", "child")
            theirs = ask(f"/units/{code}/rollup?by=child")
            self.assertEqual(sums(theirs["totals"]), sums([mine["total"]]), code)
            self.assertEqual(theirs["position"], mine["position"])
            self.assertEqual(
                [(row["unit"]["code"], row["overlaps"], sums(row["totals"]))
                 for row in theirs["rows"]],
                [(row["unit"], row["overlaps"], sums([row])) for row in mine["rows"][:-1]], code)
            self.assertTrue(mine["rows"][-1]["own"])
            self.assertEqual(sums(theirs["own"]), sums(mine["rows"][-1:]), code)
            added = [row for row in mine["rows"] if not row.get("overlaps")]
            self.assertEqual(mine["total"]["total"], sum(row["total"] for row in added), code)
            rates = run_json("rates", self.ledger, code, "--by", "child")
            told = ask(f"/units/{code}/rates?by=child")
            for rows in (rates["rows"], told["rows"]):
                self.assertEqual(mine["total"]["total"], sum(row["total"] for row in rows), code)
            self.assertEqual([{**row, "title": None} for row in told["rows"]],
                             [{**row, "title": None} for row in rates["rows"]], code)
            self.assertEqual([row["unit"]["code"] for row in told["children"]],
                             [row["unit"]["code"] for row in rates.get("children", [])], code)
            for by, label in (("kind", ("kind",)), ("phase", ("phase",)),
                              ("state", ("kind", "state"))):
                self.assertEqual(
                    counts(ask(f"/units/{code}/rollup?by={by}")["rows"], *label),
                    counts(run_json("rollup", self.ledger, code, "--by", by)["rows"], *label))
        self.assertEqual(3, run_json("rollup", self.ledger, "11")["rows"][-1]["total"])

    def test_accounts_are_looked_after_beside_the_running_server(self):
        _, address = self.serve()
        password = run_json("account", "add", self.ledger, "wang", "--unit", "2202", "--role",
                            "recorder")["password"]
        tokens = [run("token", "add", self.ledger, "wang", "--label", label).stdout.strip()
                  for label in ("one", "two")]

        def status(path, headers=None, body=None):
            request = urllib.request.Request(
                address + "/api/v1" + path, data=body and json.dumps(body).encode(),
                headers={"Content-Type": "application/json", **(headers or {})})
            try:
                with urllib.request.urlopen(request) as answer:
                    return answer.status, answer.headers.get("Set-Cookie", "").split(";")[0]
            except urllib.error.HTTPError as error:
                return error.code, json.load(error)["code"]

        def sign_in(secret):
            return status("/session", body={"name": "wang", "password": secret})

        def holds(cookie):
            return status("/session", {"Cookie": cookie})[0] == 200

        def token_holds(token):
            return status("/items", {"Authorization": "Bearer " + token})[0] == 200

        _, cookie = sign_in(password)
        self.assertTrue(holds(cookie))
        # A password that somebody else has set opens nothing but the choice of one's own.
        self.assertEqual((403, "sign_in_unfinished"), status("/items", {"Cookie": cookie}))
        # A new password, read from standard input, ends the session.
        done = subprocess.run([PROGRAM, "--json", "account", "password", self.ledger, "wang",
                               "--password-file", "-"], input="a better password 2\n",
                              capture_output=True, text=True, check=True)
        self.assertEqual(1, json.loads(done.stdout)["sessions"])
        self.assertNotIn("password", json.loads(done.stdout))
        self.assertFalse(holds(cookie))
        self.assertEqual(401, sign_in(password)[0])
        _, cookie = sign_in("a better password 2")
        self.assertTrue(holds(cookie))
        # Revoking one token leaves the other.
        listed = run_json("token", "list", self.ledger, "wang")["tokens"]
        self.assertEqual({"one", "two"}, {token["label"] for token in listed})
        self.assertNotIn(tokens[0], json.dumps(listed))
        first = next(token["token"] for token in listed if token["label"] == "one")
        run("token", "revoke", self.ledger, "wang", first)
        self.assertEqual([False, True], [token_holds(token) for token in tokens])
        self.assertIn("token_none", run("token", "revoke", self.ledger, "wang", first,
                                        expect=1).stderr)
        # Too many wrong passwords lock; unlock takes that off.
        for _ in range(5):
            sign_in("wrong wrong wrong")
        self.assertEqual("sign_in_locked", sign_in("a better password 2")[1])
        account = run_json("account", "list", self.ledger)["accounts"][0]
        self.assertEqual(("wang", 30, 1), (account["name"], account["locked_minutes"],
                                           account["tokens"]))
        run("account", "unlock", self.ledger, "wang")
        _, other = sign_in("a better password 2")
        self.assertTrue(holds(other))
        # Disabled: nothing holds; enabled again: no session of before does.
        self.assertEqual(2, run_json("account", "disable", self.ledger, "wang")["sessions"])
        self.assertFalse(holds(other) or holds(cookie) or token_holds(tokens[1]))
        self.assertEqual(401, sign_in("a better password 2")[0])
        self.assertTrue(run_json("account", "list", self.ledger)["accounts"][0]["disabled"])
        run("account", "enable", self.ledger, "wang")
        self.assertFalse(holds(other))
        self.assertEqual(200, sign_in("a better password 2")[0])
        # Posts, too, are given and ended beside it.
        post = run_json("post", "add", self.ledger, "wang", "--unit", "22", "--role",
                        "supervisor")["post"]
        run("post", "end", self.ledger, str(post))
        self.assertIn("wang", run("account", "list", self.ledger).stdout)
        self.assertTrue(run_json("verify", self.ledger)["holds"])

    def test_a_command_waits_for_a_server_that_is_starting(self):
        # A server holds the lock some seconds before it listens for commands.
        with open(f"{self.ledger}/journal.db.lock", "ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            command = subprocess.Popen([PROGRAM, "account", "add", self.ledger, "early", "--unit",
                                        "2202", "--role", "recorder"], stdout=subprocess.DEVNULL)
            with self.assertRaises(subprocess.TimeoutExpired):
                command.wait(1)
        self.assertEqual(0, command.wait(30))
        self.assertIn("early", run("account", "list", self.ledger).stdout)

    def test_a_second_writer_is_refused(self):
        self.serve()
        done = run("serve", self.ledger, "--listen", "127.0.0.1:0", expect=1)
        self.assertIn("ledger_in_use", done.stderr)
        self.assertIn(f" {self.ledger}.", done.stderr)

    def test_sigterm_ends_it_cleanly(self):
        server, _ = self.serve()
        server.terminate()
        self.assertEqual(0, server.wait(timeout=20))
        self.assertTrue(run_json("verify", self.ledger)["holds"])
        self.assertFalse(os.path.exists(os.path.join(self.ledger, "control.sock")))


if __name__ == "__main__":
    unittest.main(verbosity=2)
