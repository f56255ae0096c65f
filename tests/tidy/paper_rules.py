"""Tidy rules about what is written for people: documents, sentences, contracts, leftovers."""

import glob
import json
import os
import re

from project import Fault, is_test, line_of, missing

# --- leftovers: what must not be in any file

# Spelt in two pieces so that this file does not break its own rule.
LATER = re.compile(r"\b(" + "|".join(["TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"]) + r")\b")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]+|Users)/[\w.]+")
BYTES_MAX = 1_000_000


def leftovers(project):
    """nothing is left for later"""
    faults = []
    for path in project.files:
        for match in LATER.finditer(project.text(path) or ""):
            faults.append(Fault(path, line_of(project.text(path), match.start()),
                                f"{match.group()}: do it now, or write an issue"))
    return faults


def machine_paths(project):
    """no file names a place on somebody's machine"""
    here = [folder for folder in (os.path.dirname(project.root) + "/",
                                  os.path.expanduser("~") + "/") if folder.count("/") > 1]
    faults = []
    for path in project.files:
        text = project.text(path) or ""
        if path.startswith("tests/tidy/"):  # plants such paths to see them found
            continue
        found = {match.start() for match in MACHINE.finditer(text)}
        for folder in here:
            if folder not in ("/tmp/", "/usr/", "/srv/", "/opt/", "/var/"):
                found |= {match.start() for match in re.finditer(re.escape(folder), text)}
        for start in sorted(found):
            faults.append(Fault(path, line_of(text, start), "names a place on somebody's machine"))
    return faults


def big_files(project):
    """no file is too big for the repository"""
    return [Fault(path, 0, f"{project.bytes_of(path):,} bytes, at most {BYTES_MAX:,}: "
                           "make it in the test, or fetch it in script/setup")
            for path in project.files if project.bytes_of(path) > BYTES_MAX]


# --- documents

NEEDED = ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md",
          "LICENSE", "docs/glossary.md", "docs/rules.md", "docs/events.md", "docs/testing.md",
          "docs/journal-format.md", "docs/operating.md", "docs/performance.md", "docs/licences.md"]
CODE_SPAN = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
IN_TREE = re.compile(r"(?<![\w./:<-])("
                     r"(?:\.ci|api|bench|cmake|docs|flows|locales|programmes|script|src|tests"
                     r"|web)"
                     r"/[\w./*<>-]*[\w*>])")
IN_ROOM = re.compile(r"(?<![\w./:-])([a-z]+/[a-z_]+\.(?:h|cpp))\b")
COMMAND = re.compile(r"(?<![\w/.-])(?:build/release/)?taizhang ([a-z]+)(?: ([a-z]+)\b(?![./]))?")


def documents(project):
    """the documents are there"""
    return [fault for path in NEEDED if not project.exists(path)
            for fault in missing(path, "what CONTRIBUTING.md says of it")]


def there(project, path):
    pattern = re.sub(r"<[^>]*>", "*", path).rstrip(".")
    base = os.path.join(glob.escape(project.root), pattern)
    return any(glob.glob(base + ending) for ending in ("", ".md", ".h", ".cpp"))


def document_paths(project):
    """what a document names is there: files and folders"""
    faults = []
    for path in project.documents():
        text = project.text(path) or ""
        for span in CODE_SPAN.finditer(text):
            named = [(match, match.group(1)) for match in IN_TREE.finditer(span.group())]
            named += [(match, "src/" + match.group(1)) for match in IN_ROOM.finditer(span.group())
                      if project.exists("src/" + match.group(1).split("/")[0])]
            for match, name in named:
                if not there(project, name):
                    faults.append(Fault(path, line_of(text, span.start() + match.start()),
                                        f"names {match.group(1)}, which does not exist"))
        for match in LINK.finditer(text):
            name = match.group(1).split("#")[0]
            if not name or re.match(r"[a-z]+:", name):
                continue
            folder = os.path.dirname(path)
            if not project.exists(os.path.normpath(os.path.join(folder, name))):
                faults.append(Fault(path, line_of(text, match.start()),
                                    f"points to {name}, which does not exist"))
    return faults


def document_commands(project):
    """what a document names is there: sub-commands of the program"""
    known = set()
    for path in project.code("src"):
        if path.startswith("src/taizhang/") and not is_test(path):
            known.update(re.findall(r'add_subcommand\(\s*"([\w-]+)"', project.text(path)))
    if not known:
        return missing("src/taizhang", 'the program\'s commands, each an add_subcommand("name"')
    faults = []
    for path in project.documents():
        if path.startswith("docs/decisions/"):
            continue
        text = project.text(path) or ""
        for span in CODE_SPAN.finditer(text):
            for match in COMMAND.finditer(span.group()):
                if match.group(1) not in known:
                    faults.append(Fault(path, line_of(text, span.start() + match.start()),
                                        f"names taizhang {match.group(1)}, which is no command"))
    return faults


# --- sentences

CHINESE, ENGLISH = "locales/zh-CN.json", "locales/en.json"
# Who takes an error's code in the first argument. Members named find and add take other things.
CODE_TAKER = re.compile(
    r"\b(?:refusal|failure|yaml_fault|fail|fault)\(|(?<![\w.>])(?:find|add)\(")
# A code given otherwise: in braces, as the second of a pair, or after what is looked at.
CODE_ELSEWHERE = re.compile(
    r'\b(?:FlowFault|ProgrammeFault|Error)\{[^{}"]*"(\w+)"|'
    r'\bErrorMsg::\w+,\s*"(\w+)"|\btwice\([^"()]*"(\w+)"')
CODE = re.compile(r'"([a-z][a-z0-9]*(?:_[a-z0-9]+)+)"')
SAID = re.compile(r'"(cli\.[a-z_.]+)"')
BRACES = re.compile(r"\{([^{}]*)\}")


def words_of(project, path):
    """(keys in order, key -> sentence, faults) of a locale file."""
    text = project.text(path)
    if text is None:
        return [], {}, missing(path, "a sentence for every key")
    try:
        pairs = json.loads(text, object_pairs_hook=lambda members: members)
    except json.JSONDecodeError as error:
        return [], {}, [Fault(path, error.lineno, f"is no JSON: {error.msg}")]
    faults = []
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        return [], {}, [Fault(path, 0, "is to be one flat object")]
    for key, value in pairs:
        if not isinstance(value, str) or not value.strip():
            faults.append(Fault(path, 0, f"{key} has no sentence"))
    return [key for key, _ in pairs], dict(pairs), faults


def sentences(project):
    """both languages have the same keys, sorted, with the same facts"""
    faults, both = [], {}
    for path in (CHINESE, ENGLISH):
        keys, words, found = words_of(project, path)
        both[path] = words
        faults += found
        for before, after in zip(keys, keys[1:]):
            if before >= after:
                faults.append(Fault(path, 0, f"{after} stands after {before}: sort the keys"))
    if not all(both.values()):
        return faults
    for path, other in ((CHINESE, ENGLISH), (ENGLISH, CHINESE)):
        for key in sorted(set(both[other]) - set(both[path])):
            faults.append(Fault(path, 0, f"{key} is missing; {other} has it"))
    for key in sorted(set(both[CHINESE]) & set(both[ENGLISH])):
        here, there_ = (sorted(set(BRACES.findall(str(both[path][key]))))
                        for path in (CHINESE, ENGLISH))
        if here != there_:
            faults.append(Fault(CHINESE, 0, f"{key} has the facts {here}; in English {there_}"))
    return faults


def first_argument(text, start):
    """What stands from `start` to the end of the first argument, without what is in brackets."""
    depth, kept = 0, ""
    for letter in text[start:]:
        if letter == ";" or depth == 0 and letter in ",)]}":
            break
        depth += (letter in "([{") - (letter in ")]}")
        kept += letter if depth == 0 else ""
    return kept


def codes_given(text):
    """(code, position) of every error code that a source text gives."""
    for match in CODE_TAKER.finditer(text):
        for code in CODE.findall(first_argument(text, match.end())):
            yield code, match.start()
    for match in CODE_ELSEWHERE.finditer(text):
        yield next(code for code in match.groups() if code), match.start()


def keys_used(project, read):
    """key -> (path, line) of its first use in the sources, as `read` finds them in a text."""
    used = {}
    for path in project.code("src"):
        if is_test(path):
            continue
        text = project.text(path) or ""
        for key, position in read(text):
            used.setdefault(key, (path, line_of(text, position)))
    return used


def without_sentence(project, used, what):
    faults = []
    for locale in (CHINESE, ENGLISH):
        _, words, _ = words_of(project, locale)
        if not words:
            faults += missing(locale, f"a sentence for every {what}")
            continue
        for key, (path, line) in sorted(used.items()):
            if key not in words:
                faults.append(Fault(path, line, f"{key.removeprefix('error.')} has no sentence "
                                                f"{key} in {locale}"))
    return faults


def error_codes(project):
    """every error code has its sentence in both languages"""
    given = keys_used(project, lambda text: ((f"error.{code}", at)
                                             for code, at in codes_given(text)))
    return without_sentence(project, given, "error code")


def said(project):
    """everything the program says has its sentence in both languages, and says it somewhere"""
    used = keys_used(project, lambda text: ((match.group(1), match.start())
                                            for match in SAID.finditer(text)))
    faults = without_sentence(project, used, "key it says")
    for key in words_of(project, ENGLISH)[1]:
        if key.startswith("cli.") and key not in used:
            faults.append(Fault(ENGLISH, 0, f"{key} is said nowhere: leave it out"))
    return faults


# --- contracts

EVENTS = "src/ledger/event.h"


def events(project):
    """every event stands in docs/events.md"""
    source, page = project.text(EVENTS), project.text("docs/events.md")
    if source is None:
        return missing(EVENTS, "the events")
    if page is None:
        return missing("docs/events.md", "each event with its versions")
    variant = re.search(r"using Event\s*=\s*std::variant<(.*?)>;", source, re.DOTALL)
    if not variant:
        return [Fault(EVENTS, 0, "has no `using Event = std::variant<…>;`")]
    listed = re.findall(r"\w+", variant.group(1))
    faults = [Fault("docs/events.md", 0, f"does not say what {event} is")
              for event in listed if not re.search(rf"\b{event}\b", page)]
    if listed != sorted(listed):
        faults.append(Fault(EVENTS, line_of(source, variant.start()), "the variant is not sorted"))
    return faults


RULES_PAGE = "docs/rules.md"
RULE_HEAD = re.compile(r"^(?:#+\s*|\|\s*|[-*]\s*)?(?:\*\*|`)?([AR]\d+)\b", re.MULTILINE)
SCENARIO = re.compile(r"(?:tests/scenarios/)?((?:door/)?[\w-]+\.txt)\b")


def scenarios(project):
    """every rule of docs/rules.md has its scenario"""
    text = project.text(RULES_PAGE)
    if text is None:
        return missing(RULES_PAGE, "the rules, each with its scenario")
    heads = list(RULE_HEAD.finditer(text))
    if not heads:
        return [Fault(RULES_PAGE, 0, "numbers no rule: R1, R2, …")]
    faults, seen, named = [], set(), set()
    for head, after in zip(heads, heads[1:] + [None]):
        number, line = head.group(1), line_of(text, head.start())
        block = text[head.start():after.start() if after else len(text)]
        if number in seen:
            faults.append(Fault(RULES_PAGE, line, f"{number} stands twice"))
        seen.add(number)
        files = SCENARIO.findall(block)
        named.update(files)
        if not files:
            faults.append(Fault(RULES_PAGE, line, f"{number} names no scenario"))
        for name in files:
            if not project.exists(f"tests/scenarios/{name}"):
                faults.append(Fault(RULES_PAGE, line,
                                    f"{number} names tests/scenarios/{name}, which is not there"))
    for path in project.files:
        name = path.removeprefix("tests/scenarios/")
        if re.fullmatch(r"(?:door/)?[a-z0-9_-]+\.txt", name) and name != path and name not in named:
            faults.append(Fault(path, 0, f"shows no rule of {RULES_PAGE}"))
    return faults


GLOSSARY = "docs/glossary.md"


def glossary(project):
    """one thing has one word, in both languages"""
    text = project.text(GLOSSARY)
    if text is None:
        return missing(GLOSSARY, "the words, in tables: word | 中文 | meaning")
    faults, seen, count = [], {}, 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("|") or re.match(r"\|\s*(:?-|word\s*\|)", line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        count += 1
        if len(cells) < 3 or not all(cells[:3]):
            faults.append(Fault(GLOSSARY, number, "a row is word | 中文 | meaning"))
            continue
        words = re.split(r"[,，/]\s*", cells[0])
        for word in words + re.split(r"[,，/、]\s*", cells[1]):
            key = word.strip("`* ").lower()
            if not key:
                continue
            if key in seen:
                faults.append(Fault(GLOSSARY, number, f"{word} stands in line {seen[key]} too"))
            seen.setdefault(key, number)
    return faults or ([] if count else missing(GLOSSARY, "tables: word | 中文 | meaning"))


API = "api/openapi.yaml"


def access(project):
    """every route says who may call it (x-access)"""
    text = project.text(API)
    if text is None:
        return missing(API, "the HTTP contract")
    faults, in_paths, route, method, said, found = [], False, "", None, True, 0
    for number, line in enumerate(text.split("\n") + ["end:"], 1):
        verb = re.match(r"    (get|put|post|delete|patch|head|options):", line)
        outside = re.match(r"\S", line) and not line.startswith("#")
        ends = verb or outside or re.match(r"  [^\s#]", line)
        if ends and not said:
            faults.append(Fault(API, method[1],
                                f"{method[0]} {route} does not say who may call it"))
            said = True
        if outside:
            in_paths = line.startswith("paths:")
        elif in_paths and re.match(r"  [\"']?/", line):
            route = line.strip().strip("\"':")
        elif in_paths and verb:
            method, said, found = (verb.group(1).upper(), number), False, found + 1
        elif re.match(r"      x-access:\s*(\S|$)", line):
            said = bool(line.split(":", 1)[1].strip())
    return faults or ([] if found else [Fault(API, 0, "describes no route below `paths:`")])


SETUP, LICENCES = "script/setup", "docs/licences.md"


def licences(project):
    """the licence of every package stands in docs/licences.md"""
    setup, page = project.text(SETUP), project.text(LICENCES)
    if setup is None:
        return missing(SETUP, "the packages")
    if page is None:
        return missing(LICENCES, "the packages with their licences")
    packages = " ".join(re.findall(r"packages='([^']*)'", setup)).split()
    packages += re.findall(r'npm pack .*?"([\w@/-]+)@', setup)
    faults = [Fault(LICENCES, 0, f"does not list {name}, which {SETUP} installs")
              for name in packages
              if not re.search(rf"(?<![\w+-]){re.escape(name)}(?![\w+-])", page)]
    return faults or ([] if packages else [Fault(SETUP, 0, "has no list packages='…'")])


RULES = {
    "leftovers": leftovers,
    "machine_paths": machine_paths,
    "big_files": big_files,
    "documents": documents,
    "document_paths": document_paths,
    "document_commands": document_commands,
    "sentences": sentences,
    "error_codes": error_codes,
    "said": said,
    "events": events,
    "scenarios": scenarios,
    "glossary": glossary,
    "access": access,
    "licences": licences,
}
