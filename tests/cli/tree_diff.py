"""What became of each division between two lists, told anew by the rules of docs/operating.md.

Nothing of the program is used: the lists are read from their CSV files, and what the program's own
difference says is compared with this, row by row.
"""

import collections
import csv

FILES = ("provinces", "cities", "areas", "streets", "villages")
KINDS = ("province", "prefecture", "county", "township", "village")
HIDDEN_CITIES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
ENDINGS = {
    2: ("自治县", "自治旗", "林区", "特区", "地区", "区", "县", "市", "旗"),
    3: ("街道办事处", "办事处", "街道", "民族乡", "族乡", "镇", "乡", "苏木", "管理委员会", "管委会", "地区"),
    4: ("村民委员会", "村委会", "居民委员会", "居委会", "社区", "行政村", "村", "嘎查", "委会", "居民会",
        "委员会"),
}


class Divisions:
    """One list: by code, the name, the level (0 the provinces), the parent, and what is hidden."""

    def __init__(self, folder):
        self.name = {"0": "全国"}
        self.level = {"0": -1}
        self.parent = {"0": "0"}
        self.below = collections.defaultdict(list)
        self.codes = []
        for level, file in enumerate(FILES):
            codes = []
            with open(f"{folder}/{file}.csv", encoding="utf-8") as rows:
                for row in list(csv.reader(rows))[1:]:
                    self.name[row[0]], self.level[row[0]] = row[1], level
                    self.parent[row[0]] = row[2] if level else "0"
                    self.below[self.parent[row[0]]].append(row[0])
                    codes.append(row[0])
            self.codes.append(codes)
        self.hidden = {code for code in self.codes[1] if self.name[code] in HIDDEN_CITIES}
        for city in self.codes[1]:
            counties = self.below[city]
            if len(counties) == 1 and self.name[counties[0]] == self.name[city]:
                self.hidden.add(counties[0])
        self.hidden |= {code for code in self.codes[3] if self.name[code].endswith("直辖村级区划")}
        self.stem = {code: self.stem_of(code) for code in self.name}

    def stem_of(self, code):
        name, endings = self.name[code], ENDINGS.get(self.level[code])
        if endings is None:
            return name
        above = self.name[self.parent[code]]
        at = name.rfind(above)
        if at >= 0 and len(name) - at - len(above) >= 2:
            name = name[at + len(above):]
        while True:
            for ending in endings:
                if name.endswith(ending) and len(name) > len(ending):
                    name = name[:-len(ending)]
                    break
            else:
                return name

    def above(self, code, level):
        while self.level[code] > level:
            code = self.parent[code]
        return code

    def living(self):
        """What a tree of it has to be: by code, name, parent and whether it is hidden."""
        return {code: (self.name[code], self.parent[code], code in self.hidden)
                for code in self.name}


def alike(one, other):
    row = [0] * (len(other) + 1)
    for character in one:
        diagonal = 0
        for i, found in enumerate(other, 1):
            above = row[i]
            row[i] = diagonal + 1 if character == found else max(above, row[i - 1])
            diagonal = above
    return 2 * row[-1] >= min(len(one), len(other))


class Match:
    """Which code of the earlier list is which of the later one, and by what it was found."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.now, self.once, self.why = {"0": "0"}, {"0": "0"}, {}
        found = 0
        while found != len(self.now):
            found = len(self.now)
            for level in range(5):
                self.by_code(level, "code_name")
                self.by_text(level, None, old.name, new.name, "parent_name")
                self.by_text(level, None, old.stem, new.stem, "parent_stem")
                self.by_code(level, "code_alike")
                if level >= 2:
                    self.by_text(level, level - 2, old.name, new.name, "wider_name")
                    self.by_text(level, level - 2, old.stem, new.stem, "wider_stem")
            self.by_children(3)
            self.by_children(2)

    def put(self, one, other, why):
        if (one in self.old.hidden) == (other in self.new.hidden):
            self.now[one], self.once[other], self.why[one] = other, one, why

    def by_code(self, level, why):
        for code in self.old.codes[level]:
            if code in self.now or code in self.once or self.new.level.get(code) != level:
                continue
            before, after = self.old.parent[code], self.new.parent[code]
            together = self.now.get(before) == after
            apart = before not in self.now and after not in self.once
            if why == "code_name":
                same = (self.old.name[code] == self.new.name[code]
                        or self.old.stem[code] == self.new.stem[code])
                found = (together or apart) and same
            else:
                found = together and alike(self.old.stem[code], self.new.stem[code])
            if found:
                self.put(code, code, why)

    def by_text(self, level, within, texts, texts_after, why):
        before, after = collections.defaultdict(list), collections.defaultdict(list)
        for code in self.old.codes[level]:
            area = self.old.parent[code]
            if within is not None:
                area = self.old.above(area, within)
            if code not in self.now and area in self.now:
                before[self.now[area], texts[code]].append(code)
        for code in self.new.codes[level]:
            area = self.new.parent[code]
            if within is not None:
                area = self.new.above(area, within)
            if code not in self.once:
                after[area, texts_after[code]].append(code)
        for key, codes in before.items():
            if len(codes) == 1 and len(after.get(key, ())) == 1:
                self.put(codes[0], after[key][0], why)

    def went_to(self, code):
        return collections.Counter(self.new.parent[self.now[below]]
                                   for below in self.old.below[code] if below in self.now)

    def came_from(self, code):
        return collections.Counter(self.old.parent[self.once[below]]
                                   for below in self.new.below[code] if below in self.once)

    def by_children(self, level):
        for code in self.old.codes[level]:
            if code in self.now:
                continue
            for other, count in self.went_to(code).items():
                if (other not in self.once and 2 * count > len(self.old.below[code])
                        and 2 * count > len(self.new.below[other])):
                    self.put(code, other, "children")
                    break

    def certain(self, code):
        if not self.why[code].startswith("wider"):
            return True
        parent, parent_after = self.old.parent[code], self.new.parent[self.now[code]]
        if self.now.get(parent) == parent_after:
            return True
        if self.old.level[code] == 4:
            return self.went_to(parent)[parent_after] >= 2
        count = self.went_to(code)[self.now[code]]
        smaller = min(len(self.old.below[code]), len(self.new.below[self.now[code]]))
        return count > 0 and 2 * count >= smaller

    def rows(self):
        """By earlier code, or "+" and the later one of what is new: (status, change, later)."""
        out, taken = {}, set()
        for level in range(5):
            for code in self.old.codes[level]:
                other = self.now.get(code)
                if other is not None:
                    moved = self.now.get(self.old.parent[code]) != self.new.parent[other]
                    sure = self.certain(code)
                    if not sure or moved or other != code or (
                            self.old.name[code] != self.new.name[other]):
                        out[code] = ("certain" if sure else "decide", "keeps", other)
                elif (self.new.level.get(code) == level and code not in self.once
                      and (code in self.old.hidden) == (code in self.new.hidden)):
                    taken.add(code)
                    out[code] = ("decide", "keeps", code)
                else:
                    went = self.went_to(code)
                    known, below = sum(went.values()), len(self.old.below[code])
                    sure = bool(went) and 10 * max(went.values()) >= 8 * known and (
                        2 * known >= below or known >= 3)
                    out[code] = ("certain" if sure else "decide", "ends", "")
        for level in range(5):
            for code in self.new.codes[level]:
                if code not in self.once and code not in taken:
                    out["+" + code] = ("certain", "founded", code)
        return out
