"""When a time limit ends, why, and by which calendar, as the program tells."""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from program import SOURCE, run, run_json  # noqa: E402


class Deadlines(unittest.TestCase):
    """When a time limit ends, why, and by which calendar."""

    def due(self, start, length, *more):
        return run_json("deadline", "--from", start, "--plus", length, *more)

    def test_the_last_day_rolls_and_the_steps_say_why(self):
        answer = self.due("2024-09-13", "15d")
        self.assertEqual(("2024-09-29", "2024-09-30T00:00:00.000+08:00", False),
                         (answer["due_day"], answer["due"], answer["provisional"]))
        self.assertEqual(["start_day", "counted", "rest_weekend", "rolled", "end_of_day"],
                         [step["code"] for step in answer["steps"]])
        self.assertEqual({"day": "2024-09-28"}, answer["steps"][2]["facts"])
        holiday = self.due("2019-09-16", "15d")["steps"][2]
        self.assertEqual("国办发明电〔2018〕15号", holiday["facts"]["notice"])
        self.assertIn("National Day", holiday["sentence"])

    def test_hours_run_over_midnight_and_end_at_their_moment(self):
        answer = self.due("2024-09-30", "24h", "--at", "15:30")
        self.assertEqual("2024-10-01T15:30:00.000+08:00", answer["due"])

    def test_pauses_extensions_and_rules(self):
        paused = self.due("2024-03-04", "10d", "--pause", "2024-03-06..2024-03-08")
        self.assertEqual("2024-03-18", paused["due_day"])
        instants = "2024-03-06T09:00:00+08:00..2024-03-06T10:00:00+08:00"
        self.assertEqual("2024-03-15",
                         self.due("2024-03-04", "10d", "--pause", instants)["due_day"])
        both = self.due("2024-03-04", "2d", "--pause", "2024-03-05..2024-03-05",
                        "--pause", "2024-03-07..2024-03-07", "--extend", "1wd")
        self.assertEqual("2024-03-11", both["due_day"])
        ruled = run_json("deadline", "--from", "2024-08-01", "--rule", "petition.handle",
                         "--extend", "30d")
        self.assertEqual(("2024-10-30", "信访工作条例第三十四条"),
                         (ruled["due_day"], ruled["rule"]["basis"]))

    def test_what_was_known_then_and_what_no_notice_covers(self):
        then = self.due("2019-04-30", "1wd", "--as-known", "2019-03-01")
        self.assertEqual("2019-05-02", then["due_day"])
        self.assertEqual("2019-05-05", self.due("2019-04-30", "1wd")["due_day"])
        again = self.due("2019-04-30", "1wd", "--as-known", then["calendar"]["version"])
        self.assertEqual("2019-05-02", again["due_day"])
        self.assertTrue(self.due("2027-03-01", "5wd")["provisional"])
        self.assertFalse(self.due("2027-03-01", "24h", "--at", "09:00")["provisional"])

    def test_local_holidays_hold_in_their_region(self):
        self.assertEqual("2024-04-11", self.due("2024-04-10", "1wd")["due_day"])
        local = self.due("2024-04-10", "1wd", "--region", "450102")
        self.assertEqual(("2024-04-15", "450102"),
                         (local["due_day"], local["calendar"]["region"]))

    def test_where_local_holidays_are_not_known_it_is_provisional(self):
        answer = self.due("2024-06-03", "5wd", "--region", "650102")
        self.assertTrue(answer["provisional"])
        self.assertEqual(("local_unknown", {"year": "2024"}),
                         tuple(answer["steps"][-1][name] for name in ("code", "facts")))
        self.assertFalse(self.due("2024-06-03", "5wd", "--region", "610102")["provisional"])
        words = ("deadline", "--from", "2024-06-03", "--plus", "5wd", "--region", "65")
        self.assertIn("地方性节假日", run(*words, language="zh-CN").stdout)
        self.assertIn("Local holidays of this region are not known for 2024", run(*words).stdout)

    def test_a_person_reads_it_in_both_languages(self):
        words = ("deadline", "--from", "2024-01-31", "--plus", "1m",
                 "--pause", "2024-02-05..2024-02-06")
        self.assertIn("2024年", run(*words, language="zh-CN").stdout)
        self.assertIn("March 2024", run(*words).stdout)
        for language in ("zh-CN", "en"):
            said = run(*words, language=language).stdout
            self.assertNotRegex(said, r"deadline\.step|length\.|holiday\.|cli\.|—")

    def test_every_holiday_has_its_name_in_both_languages(self):
        rows = (pathlib.Path(SOURCE) / "calendar/holidays.csv").read_text(encoding="utf-8")
        names = {line.split(",")[-1] for line in rows.splitlines()
                 if line.startswith(("off,", "work,", "local,"))}
        for locale in ("zh-CN", "en"):
            words = json.loads((pathlib.Path(SOURCE) / f"locales/{locale}.json").read_text(
                encoding="utf-8"))
            self.assertLessEqual({f"holiday.{name}" for name in names}, words.keys())


if __name__ == "__main__":
    unittest.main(verbosity=2)
