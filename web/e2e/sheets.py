"""Spreadsheets for the tests in the browser, with nothing but the standard library.

    sheets.py read FILE                  its first sheet's cells and comments, as JSON
    sheets.py fill FILE NEW A2=WORDS …   the same book with those cells of the first sheet filled
"""

import json
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN = "{" + SPACE + "}"
SHEET = "xl/worksheets/sheet1.xml"
COMMENTS = "xl/comments1.xml"
STRINGS = "xl/sharedStrings.xml"


def texts(parts, name, kind):
    if name not in parts:
        return []
    return list(tree.fromstring(parts[name]).iter(MAIN + kind))


def read(parts):
    strings = ["".join(each.itertext()) for each in texts(parts, STRINGS, "si")]
    cells = {}
    for cell in texts(parts, SHEET, "c"):
        value = cell.find(MAIN + "v")
        if cell.get("t") == "s":
            cells[cell.get("r")] = strings[int(value.text)]
        elif cell.get("t") == "inlineStr" or value is not None:
            cells[cell.get("r")] = "".join(cell.itertext())
    comments = {each.get("ref"): "".join(each.itertext())
                for each in texts(parts, COMMENTS, "comment")}
    return {"cells": cells, "comments": comments}


def fill(sheet, wanted):
    tree.register_namespace("", SPACE)
    root = tree.fromstring(sheet)
    data = root.find(MAIN + "sheetData")
    for name, words in wanted.items():
        number = re.sub("[A-Z]", "", name)
        row = next((each for each in data if each.get("r") == number), None)
        if row is None:
            row = tree.SubElement(data, MAIN + "row", r=number)
        cell = next((each for each in row if each.get("r") == name), None)
        if cell is None:
            cell = tree.SubElement(row, MAIN + "c", r=name)
        cell.clear()
        cell.set("r", name)
        cell.set("t", "inlineStr")
        tree.SubElement(tree.SubElement(cell, MAIN + "is"), MAIN + "t").text = words
    return tree.tostring(root, encoding="utf-8", xml_declaration=True)


def main(command, path, *more):
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    if command == "read":
        json.dump(read(parts), sys.stdout, ensure_ascii=False)
        return
    new, *pairs = more
    parts[SHEET] = fill(parts[SHEET], dict(pair.split("=", 1) for pair in pairs))
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


if __name__ == "__main__":
    main(*sys.argv[1:])
