"""The demonstration, played whole once: the article's figures, and what may stand on real units."""

import csv
import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "coverage"))
from program import DIVISIONS, SOURCE, make_demonstration, run, run_json, serve  # noqa: E402
from verify_coverage import check, read_key  # noqa: E402

# Of each figure of demo/stated.json what the story makes of it.
COMPUTED = {
    (1, "batches"): 2, (1, "hebei_meeting"): "2019-09-08", (1, "second_batch"): "2019-09-08",
    (1, "provinces"): 4,
    (2, "prefectures"): 14, (2, "counties"): 102, (2, "county_rows"): 102,
    (2, "placeholder"): "自治区直辖县级行政区划",
    (2, "stated_period"): "新疆：14 个地（州、市）党委各两周，105 个县（市、区）党委各一周。",
    (3, "asked"): 12, (3, "met"): 2, (3, "late"): 1, (3, "none_checked"): 1,
    (3, "none_claimed"): 1, (3, "false_none"): "演示县住房和城乡建设局",
    (3, "false_none_since"): "2019-09-06",
    (3, "last_day"): "演示省直机关02（虚构）, 演示铁路公安处（虚构）",
    (4, "open"): 24, (4, "overdue"): 4, (4, "closed"): 1, (4, "on_time"): 1, (4, "reopened"): 1,
    (4, "open_county"): 18,
    (5, "central"): 8, (5, "provincial"): 4, (5, "rare_products"): 1, (5, "findings"): 19,
    (5, "findings_central"): 11, (5, "findings_jilin"): 4, (5, "findings_products"): 1,
    (6, "sources"): 3, (6, "environment"): 3, (6, "poverty"): 2, (6, "crime"): 2,
    (6, "shares"): 3,
    (7, "lists"): 3, (7, "kinds"): 3, (7, "due"): "2019-11-30, 2019-10-31, 2019-09-30",
    (7, "livelihood"): 2, (7, "petitions"): 2, (7, "hazards"): 2, (7, "hazards_overdue"): 1,
    (8, "front_line"): 3000, (8, "meeting"): 1000, (8, "counties"): 3, (8, "villages"): 94,
    (8, "households"): 623, (8, "county"): 286, (8, "township"): 286, (8, "village"): 5,
    (8, "group"): 5, (8, "splits"): 1, (8, "splits_signed"): 1, (8, "signed_share"): 524,
    (8, "signed_percent"): 84, (8, "in_effect"): "2019-08-15", (8, "lapsed_percent"): 66,
    (8, "lapsed_paid"): 0, (8, "roster_rows"): 3, (8, "roster_households"): 623,
    (8, "village_roster"): 40,
    (8, "s_registered"): 12, (8, "s_told"): 13, (8, "s_surveyed"): 12, (8, "s_confirmed"): 13,
    (8, "s_valued"): 30, (8, "s_signed"): 75, (8, "s_decided"): 19, (8, "s_paid"): 106,
    (8, "s_vacated"): 61, (8, "s_demolished"): 94, (8, "s_housed"): 125, (8, "s_archived"): 63,
    (9, "asked"): 12804, (9, "uncovered"): 0, (9, "all"): 100, (9, "t_first"): 100,
    (9, "t1"): 100, (9, "t2"): 100, (9, "t3"): 100, (9, "k_province"): 100,
    (9, "k_prefecture"): 100, (9, "k_county"): 100, (9, "k_agency"): 100, (9, "k_township"): 100,
    (9, "k_village"): 100, (9, "sealed"): "2019-09-20",
    (10, "spaces"): 36, (10, "spaces_city"): 260, (10, "repeated"): 72, (10, "copies"): 2,
    (10, "verdicts"): 1, (10, "kinds_hidden"): 1,
    (11, "requests"): 8, (11, "own"): 4, (11, "by_telephone"): 2, (11, "on_visit"): 2,
    (11, "answered"): 8, (11, "back_to_work"): 2, (11, "unmet"): 1, (11, "silent"): 1,
    (12, "tiers"): 3, (12, "types"): 5, (12, "t1"): 102, (12, "t2"): 1385, (12, "t3"): 25619,
    (12, "r1"): 13, (12, "r2"): 12, (12, "r3"): 13, (12, "k_village"): 5, (12, "k_agency"): 6,
    (12, "k_university"): 1, (12, "k_enterprise"): 1, (12, "k_organisation"): 1,
    (13, "services"): 7, (13, "handled"): 40, (13, "at_most_once"): 35, (13, "missing"): 3,
    (13, "not_told"): 2, (13, "system_down"): 1, (13, "told_wrongly"): 1,
    (13, "outside_hours"): 1, (13, "disputes"): 7, (13, "on_the_spot"): 4, (13, "confirmed"): 2,
    (13, "denied"): 1, (13, "unanswered"): 1, (13, "referred"): 1, (13, "failed"): 1,
    (13, "came_back"): 1,
    (14, "groups"): 14, (14, "prefectures"): 14, (14, "visits"): 0, (14, "overlap"): 1,
    (14, "visited"): 1, (14, "burden"): 13, (14, "burden_budget"): 12,
    (15, "projects"): 3, (15, "finished"): 0, (15, "results"): 0, (15, "fund"): 17_000_000,
    (15, "fund_loans"): 4, (15, "fund_paid"): 50_000, (15, "fund_repaid"): 9_000,
    (15, "fund_committed"): 40_000, (15, "fund_sum"): 17_000_000,
    (15, "fund_closing"): 16_959_000, (15, "ys_capital"): 100_000, (15, "ys_cash"): 21_000,
    (15, "ys_advances"): 69_000, (15, "ys_written_off"): 10_000,
    (15, "ys_sum"): 100_000, (15, "ys_committed"): 5_000, (15, "ys_closing"): 11_000,
    (15, "ys_loans"): 8, (15, "ys_paid"): 89_000, (15, "ys_repaid"): 10_000,
    (15, "candidates"): 3, (15, "chosen"): 2, (15, "behind"): 1,
    (15, "ys_overdue"): 1, (15, "ys_extended"): 1, (15, "ys_ended"): 2, (15, "ys_unpaid"): 2,
    (16, "activities"): 3, (16, "covered_by_them"): 0, (16, "members"): 23, (16, "gaps"): 2,
    (16, "charter"): 1,
    (17, "asked"): 8, (17, "answered"): 7, (17, "silent"): 1, (17, "by_code"): 5,
    (17, "on_paper"): 1, (17, "by_phone"): 2, (17, "solved"): 5, (17, "solved_of"): 6,
    (17, "interval"): "43.65, 96.99", (17, "township"): 7, (17, "problems"): 2,
    (17, "by_lot"): 1,
    (17, "kinds_hidden"): 2, (17, "by_unit"): 7,
}
# Figures in which the article and the tree differ: neither is bent to the other.
DIFFERENT = {(2, "counties"): -3, (2, "county_rows"): -3, (12, "types"): -1}
DIVISION_COUNT = 704475


@unittest.skipUnless(DIVISIONS, "TZ_DIVISIONS_2019 is not set: the real tree was not tried")
class Demonstration(unittest.TestCase):
    """One ledger for all."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="tz-demo-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.ledger = os.path.join(cls.folder, "demo")
        make_demonstration(cls.ledger)
        cls.stated = run_json("figures", "stated", cls.ledger)

    def figures(self):
        return {(row["row"], figure["figure"]): figure
                for row in self.stated["rows"] for figure in row["figures"]}

    def records(self):
        """Every record's payload with its type, as far as one is wanted here."""
        types = re.compile(rb"(item_opened|requirement_answered|activity_recorded|"
                           rb"work_group_mandated|visit_recorded)")
        database = sqlite3.connect(os.path.join(self.ledger, "journal.db"))
        self.addCleanup(database.close)
        for (body,) in database.execute("SELECT body FROM records ORDER BY seq"):
            # Hashes and salts before it are any bytes, "{" and a quotation mark among them.
            payload = re.search(rb'\{"[a-z_]+":', body)
            found = types.search(body[:payload.start()]) if payload else None
            if found:
                text = body[payload.start():].decode("utf8", "replace")
                yield found.group(1).decode(), json.JSONDecoder().raw_decode(text)[0]

    # --- figures

    def test_every_figure_is_the_one_that_the_story_makes(self):
        figures = self.figures()
        self.assertEqual(COMPUTED, {key: figure["computed"] for key, figure in figures.items()})
        self.assertEqual([], [key for key, figure in figures.items() if figure["missing"]])

    def test_what_the_article_states_is_there_or_differs_visibly(self):
        figures = {key: figure for key, figure in self.figures().items() if figure["stated"]}
        differing = {key: figure["difference"] for key, figure in figures.items()
                     if not figure["agrees"]}
        self.assertEqual(DIFFERENT, differing)
        rows = {row for row, _ in figures}
        self.assertLessEqual({1, 2, 5, 6, 7, 8, 9, 10, 12, 14, 15}, rows)
        self.assertEqual(list(range(1, 18)), [row["row"] for row in self.stated["rows"]])

    def test_figures_are_printed_with_their_queries(self):
        printed = run("figures", "stated", self.ledger, "--row", "2").stdout
        self.assertIn("article: 105; ledger: 102. difference -3", printed)
        self.assertIn("GET /api/v1/units/65/coverage?programme=education_2019", printed)
        self.assertNotIn("Jilin", printed)
        self.assertIn("报道：105；台账：102。相差 -3", run("figures", "stated", self.ledger,
                                              language="zh-CN").stdout)

    def test_the_parking_spaces_come_from_the_ordinary_totals(self):
        def spaces(unit):
            return [(each["value"], each["qualifier"])
                    for each in run_json("rollup", self.ledger, unit)["quantities"]
                    if each["id"] == "parking_spaces"]
        self.assertEqual([(36, "exact")], spaces("220204006001-X01"))
        self.assertEqual([(36, "exact")], spaces("220204006001"))
        self.assertEqual([(260, "over")], spaces("2202"))
        self.assertEqual([(260, "over")], spaces("22"))

    def test_a_server_answers_the_same_and_so_does_the_command_beside_it(self):
        server, base = serve(self, self.ledger)
        with urllib.request.urlopen(base + "/api/v1/demo/stated") as answer:
            served = json.load(answer)["rows"]
        beside = run_json("figures", "stated", self.ledger)["rows"]
        server.terminate()  # others open the ledger after this
        server.wait()
        values = [[figure["computed"] for row in rows for figure in row["figures"]]
                  for rows in (self.stated["rows"], served, beside)]
        self.assertEqual(values[0], values[1])
        self.assertEqual(values[0], values[2])

    # --- what goes wrong

    def test_what_goes_wrong_is_there_too(self):
        total = run_json("rollup", self.ledger, "YS")["total"]
        self.assertGreaterEqual(total["overdue"], 1)
        self.assertEqual(3, total["reopened"])  # a problem, and two requests
        rows = run_json("rollup", self.ledger, "YS", "--by", "state")["rows"]
        states = {row["state"] for row in rows}
        self.assertLessEqual({"reopened", "in_progress", "planned", "closed"}, states)
        late = self.figures()[3, "last_day"]["computed"]
        self.assertIn("演示省直机关02（虚构）", late)

    # --- what stands where

    def names(self):
        """The name of each unit that the demonstration registers, by its number in the ledger."""
        out = {}
        number = DIVISION_COUNT
        for name in ("units.csv", "units-later.csv", "railway.csv", "units-resettlement.csv"):
            with open(SOURCE / "demo" / name, encoding="utf8") as file:
                for row in csv.DictReader(file):
                    if not row["line"]:
                        out[number] = row["name"]
                        number += 1
        return out

    def invented_place(self, unit, names):
        return "演示" in names.get(unit, "")

    def test_nothing_invented_stands_on_a_real_unit(self):
        names = self.names()
        seen = set()
        for kind, payload in self.records():
            seen.add(kind)
            told = payload.get("origin") == "article"
            self.assertIn(payload.get("origin"), ("article", "invented"), payload)
            units = payload.get("units") or [payload.get("place", payload.get("unit"))]
            if not told:
                self.assertTrue(all(self.invented_place(unit, names) for unit in units), payload)
        self.assertEqual({"item_opened", "requirement_answered", "activity_recorded",
                          "work_group_mandated", "visit_recorded"}, seen)

    def test_no_petition_and_nothing_about_officials_stands_on_a_real_unit(self):
        names = self.names()
        told = [payload for kind, payload in self.records()
                if kind == "item_opened" and not self.invented_place(payload["place"], names)]
        self.assertEqual([("problem", "traffic")] * 2 +
                         [("project", "education"), ("project", "health"),
                          ("project", "transport")],
                         sorted((payload["kind"], payload["category"]) for payload in told))
        for payload in told:
            self.assertEqual("article", payload["origin"])
            self.assertFalse({"special", "accused", "implementing", "upstream_no"} & set(payload))
        answered = {(payload["requirement"], payload["status"])
                    for kind, payload in self.records()
                    if kind == "requirement_answered" and payload["origin"] == "article"}
        self.assertEqual({("concentrated_study", "met"), ("guidance", "met")}, answered)

    def test_totals_of_real_provinces_are_of_what_is_told_and_of_invented_cities(self):
        by_child = run_json("rollup", self.ledger, "0")["rows"]
        self.assertEqual({"13", "22", "65", "YS"},
                         {row["unit"] for row in by_child if row["total"] > 0})
        for province, units in (("13", {"13-YS"}), ("22", {"2202", "22-YS"}), ("65", {"6543"})):
            rows = run_json("rollup", self.ledger, province)["rows"]
            self.assertEqual(units, {row["unit"] for row in rows if row["total"] > 0})

    def test_households_of_five_levels_add_up(self):
        figures = self.figures()
        stages = sum(figure["computed"] for (row, name), figure in figures.items()
                     if row == 8 and name.startswith("s_"))
        self.assertEqual(figures[8, "households"]["computed"], stages)

    def test_a_fund_is_its_balance_and_what_is_out_and_what_is_lost(self):
        figures = self.figures()
        self.assertEqual(figures[15, "ys_capital"]["computed"], figures[15, "ys_sum"]["computed"])
        self.assertGreater(figures[15, "ys_cash"]["computed"],
                           figures[15, "ys_committed"]["computed"])

    # --- what residents hold

    def told(self, name):
        with open(os.path.join(self.ledger, "keys", f"demo-{name}.txt"), encoding="utf8") as file:
            return file.read()

    def codes(self, page):
        """(number, code) by what each code is of, of those that open that page."""
        out = {}
        for line in self.told("codes").splitlines():
            where, number, code, of = line.split()
            if where == page:
                out.setdefault(of, []).append((number, code))
        return out

    def served(self):
        server, base = serve(self, self.ledger)
        self.addCleanup(lambda: (server.terminate(), server.wait()))  # before others open it
        return base

    def get(self, address, token=None):
        request = urllib.request.Request(address, headers={"Accept-Language": "zh-CN"})
        if token:
            request.add_header("Authorization", "Bearer " + token)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def page(self, address, **form):
        with urllib.request.urlopen(address, urllib.parse.urlencode(form).encode()) as answer:
            return answer.read().decode()

    def test_a_roster_for_everybody_tells_of_townships_and_of_nobody(self):
        base = self.served()
        roster, = self.get(base + "/api/v1/rosters")["rosters"]
        self.assertEqual(["everybody", "2019-09-18", "2019-10-18"],
                         [roster[name] for name in ("audience", "first", "last")])
        self.assertEqual([["13-YSR01"], ["13-YSA01"], ["13-YSX01"]],
                         [[unit["code"] for unit in row["units"]] for row in roster["rows"]])
        cells = [cell["households"] for row in roster["rows"] for cell in row["cells"]]
        self.assertTrue(all(count == 0 or count >= 5 for count in cells), cells)
        self.assertEqual(self.figures()[8, "households"]["computed"], sum(cells))
        text = json.dumps(roster, ensure_ascii=False)
        self.assertNotIn("演示户", text)
        self.assertNotIn("演示村", text)

    def test_a_roster_of_a_village_is_for_its_households_by_their_codes(self):
        base = self.served()
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.get(base + "/api/v1/rosters/ys_round_3/2")
        self.assertEqual("roster_for_affected", json.load(refused.exception)["code"])
        codes = self.codes("/household")
        self.assertEqual({"13-YSR01-01-1/4", "13-YSX01-21-1/5"}, set(codes))
        (number, code), = codes["13-YSX01-21-1/5"]
        own = self.page(base + "/household", item=number, code=code, lang="zh-CN")
        self.assertIn("演示村91一组", own)
        self.assertIn("已安置", own)
        self.assertNotIn("演示户", own)  # what it goes by, and nobody else by name
        (number, code), = codes["13-YSR01-01-1/4"]
        other = self.page(base + "/household", item=number, code=code, lang="zh-CN")
        self.assertIn("已签约（虚构）", other)
        self.assertNotIn("演示村91", other)

    def test_every_code_opens_its_page(self):
        base = self.served()
        follow = {name: self.page(base + "/follow", item=number, code=code, lang="zh-CN")
                  for name, ((number, code),) in self.codes("/follow").items()}
        self.assertEqual(self.figures()[11, "requests"]["computed"], len(follow))
        self.assertTrue(all("（虚构）" in text for text in follow.values()))
        self.assertIn("无法满足", follow["req-green"])
        disputes = self.codes("/dispute")
        self.assertEqual(self.figures()[13, "disputes"]["computed"], len(disputes))
        number, code = disputes["field"][0]
        own = self.page(base + "/dispute", dispute=number, code=code, lang="zh-CN")
        self.assertIn("演示社区04", own)

    def test_whom_to_ask_was_drawn_and_a_stranger_draws_the_same(self):
        token = run("token", "add", self.ledger, "ys-verifier-1").stdout.strip()
        base = self.served()
        projects = self.get(base + "/api/v1/items?unit=YS&kind=project", token)["items"]
        items = [self.get(f"{base}/api/v1/items/{each['item']}", token) for each in projects]
        item, = [each for each in items if each["lot"]]
        lot = item["lot"]
        self.assertEqual(hashlib.sha256(self.told("list-spaces").encode()).hexdigest(),
                         lot["digest"])
        self.assertEqual([120, 8, 6, 2, 5, 4], [lot[name] for name in (
            "affected", "asked", "answered", "silent", "solved", "satisfied")])
        self.assertEqual([False, True, 3], [lot["drawn"][2][name] for name in
                                            ("answered", "done", "tries")])
        # docs/verdicts.md, "To draw again".
        seed = hashlib.sha256((
            f"taizhang lot 1\nitem {item['item']}\nclosure {lot['closure']}\n"
            f"affected {lot['affected']}\nasked {lot['asked']}\ndigest {lot['digest']}\n"
            f"root {lot['root']}\n").encode()).hexdigest()
        numbers, at = [], 0
        while len(numbers) < lot["asked"]:
            at += 1
            value = int.from_bytes(hashlib.sha256(f"{seed} {at}".encode()).digest()[:8], "big")
            if value < 2**64 - 2**64 % lot["affected"]:
                number = value % lot["affected"] + 1
                if number not in numbers:
                    numbers.append(number)
        self.assertEqual(numbers, [one["number"] for one in lot["drawn"]])

    def test_loans_of_the_fund_of_altay_are_of_demonstration_villages(self):
        names = self.names()
        loans = [payload for kind, payload in self.records()
                 if kind == "item_opened" and payload["kind"] == "loan"]
        self.assertEqual({True}, {self.invented_place(loan["place"], names) for loan in loans})
        figures = self.figures()
        self.assertEqual(figures[15, "fund"]["computed"], figures[15, "fund_sum"]["computed"])
        listed = sum(figures[15, name]["computed"] for name in ("fund_loans", "ys_loans"))
        self.assertEqual(listed, len(loans))

    # --- proofs, plans, the whole

    def test_coverage_of_jilin_and_of_a_county_is_proved_elsewhere(self):
        elsewhere = os.path.join(self.folder, "elsewhere")
        os.mkdir(elsewhere)
        key = os.path.join(elsewhere, "log.vkey")
        shutil.copy(os.path.join(self.ledger, "keys", "log.vkey"), key)
        for unit, asked in (("22", 12804), ("220204", 132)):
            proof = os.path.join(elsewhere, unit)
            run("coverage", self.ledger, "education_2019", unit, "--requirement", "guidance",
                "--proof", proof)
            told = run_json("verify", "coverage", proof, "--checkpoint", proof + ".checkpoint",
                            "--key", key)
            with open(proof, "rb") as file, open(proof + ".checkpoint", "rb") as note, \
                    open(key, encoding="utf-8") as vkey:
                record, leaf, counts = check(file.read(), note.read(), read_key(vkey.read()))
            self.assertEqual(("guidance", unit), (record["seal"]["requirement"], leaf["code"]))
            self.assertEqual((True, True, asked), (told["holds"], told["signature_checked"],
                                                   told["counts"]["asked"]))
            # All that are asked have met it, so that every type of them has.
            self.assertEqual(asked, told["counts"]["met"])
            self.assertEqual(asked, sum(count for cell, count in counts.items()
                                        if cell.endswith(" status 1")))

    def test_a_plan_tells_what_one_more_tier_wins(self):
        text = (SOURCE / "programmes" / "education-2019.yaml").read_text()
        text = text.replace("version: 1", "version: 2", 1).replace("\nrequirements:\n", """
  - id: t4
    title: {zh-CN: 小区, en: Neighbourhoods}
    batch: second
    select: [{kinds: [neighbourhood]}]
    as: t3
    without: [branch_life]

requirements:
""", 1)
        more = os.path.join(self.folder, "more.yaml")
        with open(more, "w", encoding="utf8") as file:
            file.write(text)
        run("programme", "check", more, self.ledger)
        plan = run_json("programme", "plan", self.ledger, more)["plan"]
        units = {(row["tier"], row["kind"]): row["units"] for row in plan["types"]}
        self.assertEqual({"before": 0, "after": 1}, units["t4", "neighbourhood"])
        for row in plan["requirements"]:
            self.assertEqual(0, row["lost"], row)
        won = {row["requirement"]: row["won"] for row in plan["requirements"]}
        self.assertEqual((1, 0, 1), (won["branch_study"], won["branch_life"], won["guidance"]))

    def test_the_programme_of_2019_fits_its_units(self):
        path = str(SOURCE / "programmes" / "education-2019.yaml")
        run("programme", "check", path, self.ledger)
        types = run_json("programme", "plan", self.ledger, path)["plan"]["types"]
        units = {(row["tier"], row["kind"]): row["units"]["after"] for row in types}
        self.assertEqual(31 + 1, units["first_batch", "province"])
        self.assertEqual(333 + 3, units["t1", "prefecture"])

    def test_prints_say_that_it_is_a_demonstration(self):
        for words in (("rollup", self.ledger, "YS"), ("units", self.ledger, "YS"),
                      ("verify", self.ledger)):
            self.assertIn("demonstration", run(*words).stderr)
            self.assertIn("演示", run(*words, language="zh-CN").stderr)

    def test_it_verifies(self):
        report = run_json("verify", self.ledger)
        self.assertTrue(report["holds"])
        self.assertTrue(report["snapshot"])

    def test_the_whole_tree_is_there(self):
        counts = run_json("units", self.ledger, "0", "--count")
        self.assertEqual(DIVISION_COUNT + len(self.names()), counts["units"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
