"""The files that are written, read with nothing but the standard library."""

import csv
import io
import pathlib
import posixpath
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as tree
import zipfile

PROGRAM = sys.argv.pop(1)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
DAY_FORMAT = "yyyy-mm-dd"
SIMULATED = "演示台账"


class Book:
    """A spreadsheet: its parts, and the cells of its sheets."""

    def __init__(self, path):
        self.file = zipfile.ZipFile(path)
        self.parts = {name: self.file.read(name) for name in self.file.namelist()}

    def xml(self, name):
        return tree.fromstring(self.parts[name])

    def cells(self, number):
        """name -> (kind, text) of the n-th sheet; kind is text, day or number."""
        strings = []
        if "xl/sharedStrings.xml" in self.parts:
            strings = ["".join(each.itertext()) for each in
                       self.xml("xl/sharedStrings.xml").iter(MAIN + "si")]
        styles = self.xml("xl/styles.xml")
        formats = {each.get("numFmtId"): each.get("formatCode")
                   for each in styles.iter(MAIN + "numFmt")}
        days = [formats.get(each.get("numFmtId")) == DAY_FORMAT
                for each in styles.find(MAIN + "cellXfs")]
        found = {}
        for cell in self.xml(f"xl/worksheets/sheet{number}.xml").iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if cell.get("t") == "inlineStr":
                found[cell.get("r")] = ("text", "".join(cell.find(MAIN + "is").itertext()))
            elif cell.get("t") == "s":
                found[cell.get("r")] = ("text", strings[int(value.text)])
            elif value is not None:
                kind = "day" if days[int(cell.get("s", "0"))] else "number"
                found[cell.get("r")] = (kind, value.text)
        return found


class Files(unittest.TestCase):
    """One run of the program, looked at from several sides."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="tz-exchange-")
        cls.addClassCleanup(cls.holder.cleanup)
        cls.folder = pathlib.Path(cls.holder.name)
        subprocess.run([PROGRAM, str(cls.folder)], check=True)

    def book(self, name):
        return Book(self.folder / name)

    def test_every_part_is_whole_and_every_link_leads_somewhere_inside(self):
        for name in ("ledger.xlsx", "template.xlsx", "marked.xlsx"):
            book = self.book(name)
            self.assertIsNone(book.file.testzip())
            for part, content in book.parts.items():
                tree.fromstring(content)
                if not part.endswith(".rels"):
                    continue
                folder = posixpath.dirname(posixpath.dirname(part))
                for link in tree.fromstring(content).iter(PACKAGE + "Relationship"):
                    self.assertIsNone(link.get("TargetMode"), name)
                    target = posixpath.normpath(posixpath.join(folder, link.get("Target")))
                    self.assertIn(target.lstrip("/"), book.parts, name)

    def test_no_cell_is_a_formula(self):
        for name in ("ledger.xlsx", "template.xlsx", "marked.xlsx"):
            book = self.book(name)
            for part, content in book.parts.items():
                if part.startswith("xl/worksheets/sheet"):
                    self.assertIsNone(tree.fromstring(content).find(f".//{MAIN}f"), part)

    def test_the_ledger_says_when_it_was_true_and_that_it_is_simulated(self):
        cells = self.book("ledger.xlsx").cells(1)
        self.assertTrue(cells["A1"][1].startswith(SIMULATED))
        self.assertIn("77", cells["A1"][1])
        self.assertIn("2019-10-08T00:00:00.000+08:00", cells["A1"][1])

    def test_days_are_days_numbers_numbers_and_texts_texts(self):
        cells = self.book("ledger.xlsx").cells(1)
        columns = {text: name[0] for name, (_, text) in cells.items() if name.endswith("2")}
        self.assertEqual(("text", "=HYPERLINK(\"http://x\")"), cells[columns["标题"] + "3"])
        self.assertEqual(("day", "43716"), cells[columns["列账日期"] + "3"])
        self.assertEqual(("day", "43738"), cells[columns["办理期限"] + "3"])
        self.assertEqual(("number", "0"), cells[columns["重开次数"] + "3"])
        self.assertEqual(("text", "是"), cells[columns["逾期"] + "3"])
        self.assertEqual(("text", "全国 / 吉林省 / 致和南社区"), cells[columns["层级路径"] + "5"])

    def test_the_header_is_frozen_and_filters(self):
        sheet = self.book("ledger.xlsx").xml("xl/worksheets/sheet1.xml")
        pane = sheet.find(f".//{MAIN}pane")
        self.assertEqual(("frozen", "2"), (pane.get("state"), pane.get("ySplit")))
        self.assertEqual("A2:O5", sheet.find(MAIN + "autoFilter").get("ref"))

    def test_csv_opens_rightly_and_runs_nothing(self):
        content = (self.folder / "ledger.csv").read_bytes()
        self.assertTrue(content.startswith(b"\xef\xbb\xbf" + SIMULATED.encode()))
        self.assertNotIn(b"\n", content.replace(b"\r\n", b"").replace("甲\"\"\n乙".encode(), b""))
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        self.assertEqual(5, len(rows))
        self.assertEqual({15}, {len(row) for row in rows[1:]})
        title = rows[1].index("标题")
        self.assertEqual(["'=HYPERLINK(\"http://x\")", "'@sum, \"甲\"\n乙", "楼道堆物"],
                         [row[title] for row in rows[2:]])
        for row in rows:
            for cell in filter(None, row):
                self.assertNotIn(cell[0], "=+-@\t\r\n")

    def test_drop_downs_take_from_the_lists(self):
        for name in ("template.xlsx", "marked.xlsx"):
            book = self.book(name)
            lists = book.cells(2)
            chosen = {}
            for choice in book.xml("xl/worksheets/sheet1.xml").iter(MAIN + "dataValidation"):
                if choice.get("type") == "list":
                    sheet, cells = choice.find(MAIN + "formula1").text.split("!")
                    first, last = cells.replace("$", "").split(":")
                    self.assertEqual("'选项'", sheet)
                    self.assertIn(last, lists)
                    self.assertNotIn(last[0] + str(int(last[1:]) + 1), lists)
                    chosen[lists[first[0] + "1"][1]] = lists[first][1]
            if name == "template.xlsx":
                self.assertEqual("22 吉林省", chosen.pop("单位代码"))
                self.assertEqual({"来源", "问题类别", "问题性质", "严重程度", "整改类型"},
                                 set(chosen))
                self.assertEqual("立行立改", chosen["整改类型"])
            self.assertIn("来源", chosen)

    def test_marks_are_coloured_and_say_what_is_wrong(self):
        book = self.book("marked.xlsx")
        self.assertEqual(("text", "=1+1"), book.cells(1)["A2"])
        self.assertEqual(("day", "43768"), book.cells(1)["C2"])
        comments = {each.get("ref"): "".join(each.itertext())
                    for each in book.xml("xl/comments1.xml").iter(MAIN + "comment")}
        self.assertEqual({"B2", "C3"}, set(comments))
        self.assertIn("moon", comments["B2"])
        self.assertIn("soon", comments["C3"])
        fills = [each.find(f".//{MAIN}fgColor") for each in
                 book.xml("xl/styles.xml").find(MAIN + "fills")]
        styles = list(book.xml("xl/styles.xml").find(MAIN + "cellXfs"))
        for cell in book.xml("xl/worksheets/sheet1.xml").iter(MAIN + "c"):
            fill = fills[int(styles[int(cell.get("s", "0"))].get("fillId"))]
            red = fill is not None and fill.get("rgb") == "FFFFC7CE"
            self.assertEqual(cell.get("r") in comments, red, cell.get("r"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
