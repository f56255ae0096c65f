"""Tidy rules about code: arrows between rooms, sizes, openings, calls, names, style sheets."""

import re

from project import Fault, is_test, line_of, missing

ROOMS = "cmake/rooms.cmake"
ROW = re.compile(r'^\s*"([^"|]+)\|([^"|]*)\|([^"]*)"', re.MULTILINE)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)

# Beginning of a header's path -> the libraries of cmake/rooms.cmake it may come from. The longest
# beginning wins.
HEADERS = {
    "boost/json": ["boost_json"],
    "boost/beast": ["beast"],
    "boost/asio": ["beast"],
    "boost/asio/ssl": ["ssl"],
    "boost/system": ["beast"],
    "boost/unordered": ["boost_containers"],
    "CLI/": ["cli"],
    "expat": ["expat"],
    "fmt/": ["log"],
    "spdlog/": ["log"],
    "jemalloc/": ["jemalloc"],
    "magic.h": ["magic"],
    "curl/": ["curl"],
    "openssl/": ["crypto", "ssl"],
    "openssl/ssl": ["ssl"],
    "sodium": ["sodium"],
    "sqlite3": ["sqlite"],
    "unicode/": ["icu"],
    "xlsxwriter": ["xlsxwriter"],
    "yaml-cpp/": ["yaml"],
    "zip": ["zip"],
}
SYSTEM = re.compile(
    r"(arpa|linux|net|netinet|sys)/\w+\.h|"
    r"(cxxabi|dirent|dlfcn|fcntl|ftw|glob|grp|iconv|langinfo|netdb|poll|pthread|pwd|sched|signal|"
    r"spawn|strings|syslog|termios|time|ucontext|unistd|wchar|immintrin|x86intrin)\.h")
TESTING = re.compile(r"(gtest|gmock|rapidcheck)/|rapidcheck\.h")

# Rooms that must give the same answer for ever from what they are handed, and what would break it.
PURE_ROOMS = {"base": [], "calendar": ["system"], "ledger": ["system"], "merkle": ["system"],
              "rollup": ["system"]}
IMPURE = re.compile(
    r"(chrono|condition_variable|ctime|filesystem|fstream|future|iostream|random|thread)$")


def rows(project):
    """room -> (rooms it uses, libraries it may include), in the table's order."""
    table = {}
    for match in ROW.finditer(project.text(ROOMS) or ""):
        name, uses, libraries = (cell.strip() for cell in match.groups())
        table[name] = (uses.split(), libraries.split())
    return table


def rooms_in_order(project):
    """the table of rooms is in order and whole"""
    text = project.text(ROOMS)
    if text is None:
        return missing(ROOMS, "the table of rooms")
    faults, seen = [], []
    known = {library for libraries in HEADERS.values() for library in libraries}
    for match in ROW.finditer(text):
        name, uses, libraries = (cell.strip() for cell in match.groups())
        line = line_of(text, match.start(1))
        for used in uses.split():
            if used not in seen:
                faults.append(Fault(ROOMS, line, f"{name} uses {used}, which does not stand above"))
        for library in libraries.split():
            if library not in known:
                faults.append(Fault(ROOMS, line, f"{library} has no headers in code_rules.HEADERS"))
        if name in seen:
            faults.append(Fault(ROOMS, line, f"{name} stands twice"))
        seen.append(name)
    folders = {path.split("/")[1] for path in project.code("src") if path.count("/") > 1}
    for folder in sorted(folders - set(seen)):
        faults.append(Fault(f"src/{folder}", 0, f"has no row in {ROOMS}: a room needs its row"))
    return faults


def includes(project):
    """every include in src is allowed by the table of rooms"""
    table = rows(project)
    if not table:
        return missing(ROOMS, "the table of rooms")
    faults = []
    for path in project.code("src"):
        room = path.split("/")[1]
        uses, libraries = table.get(room, ([], []))
        text = project.text(path)
        for match in INCLUDE.finditer(text):
            sentence = include_fault(room, uses, libraries, match.group(1), match.group(2), path)
            if sentence:
                faults.append(Fault(path, line_of(text, match.start(1)), sentence))
    return faults


def include_fault(room, uses, libraries, bracket, header, path):
    """What is wrong with one include, or nothing."""
    if bracket == '"':
        named = header.split("/")[0]
        if "/" not in header:
            return f'"{header}" is to be included with its room: "{room}/{header}"'
        if named != room and named not in uses:
            return f"{room} may not use {named} ({ROOMS})"
        return None
    if TESTING.match(header):
        return None if is_test(path) else f"<{header}> belongs in tests"
    if SYSTEM.fullmatch(header) or ("/" not in header and not header.endswith(".h")
                                    and not header.endswith(".hpp")):
        impure = SYSTEM.fullmatch(header) or IMPURE.match(header)
        if "system" in PURE_ROOMS.get(room, []) and impure and not is_test(path):
            return f"{room} is pure: it may not include <{header}>; what it needs is handed to it"
        return None
    owners = [start for start in HEADERS if header.startswith(start)]
    if not owners:
        return f"<{header}> belongs to no library known; name it in code_rules.HEADERS"
    allowed = HEADERS[max(owners, key=len)]
    if not set(allowed) & set(libraries):
        return f"{room} may not use {' or '.join(allowed)}, to which <{header}> belongs ({ROOMS})"
    return None


# --- sizes

LINES_MAX, TEST_LINES_MAX, FUNCTION_LINES_MAX, COLUMNS_MAX = 600, 900, 70, 100


def is_source(path):
    return (path.endswith((".cpp", ".h", ".py", ".sh", ".ts", ".tsx"))
            or path.startswith("script/") or path == ".ci/run") and "/golden/" not in path


def file_sizes(project):
    """no file is longer than one reads at a sitting"""
    faults = []
    for path in filter(is_source, project.files):
        most = TEST_LINES_MAX if is_test(path) else LINES_MAX
        count = (project.text(path) or "").count("\n")
        if count > most:
            faults.append(Fault(path, 0, f"{count} lines, at most {most}: split it by noun"))
    return faults


def line_sizes(project):
    """no line is wider than the screen"""
    faults = []
    for path in filter(is_source, project.files):
        for number, line in enumerate((project.text(path) or "").split("\n"), 1):
            if len(line) > COLUMNS_MAX:
                faults.append(Fault(path, number, f"{len(line)} columns, at most {COLUMNS_MAX}"))
    return faults


SCOPE = re.compile(r"\b(namespace|class|struct|union|enum)\b|\bextern\s*\"")


def functions(bare):
    """(first line, last line) of every function body; a brace heuristic over bare C++."""
    found, stack, head = [], [], 0
    for match in re.finditer(r"[{};]", bare):
        position = match.start()
        if match.group() == "{":
            words = bare[head:position]
            words = re.sub(r"^\s*#.*$", "", words, flags=re.MULTILINE)
            words = re.sub(r"template\s*<[^{};]*?>\s*(?=\w)", "", words)
            inside = any(kind == "function" for kind, _ in stack)
            scope = SCOPE.search(words) and not re.search(r"\)\s*(const|noexcept|override)?\s*$",
                                                          words)
            if inside:
                kind = "block"
            elif scope:
                kind = "scope"
            elif "(" in words and not words.rstrip().endswith("="):
                kind = "function"
            else:
                kind = "value"
            stack.append((kind, line_of(bare, position)))
        elif match.group() == "}" and stack:
            kind, first = stack.pop()
            if kind == "function":
                found.append((first, line_of(bare, position)))
        head = match.end()
    return found


def function_sizes(project):
    """no function is longer than one screen"""
    faults = []
    for path in project.code("src", "tests", "bench"):
        for first, last in functions(project.bare(path)):
            count = last - first + 1
            if count > FUNCTION_LINES_MAX:
                faults.append(Fault(path, first, f"a function of {count} lines, "
                                                 f"at most {FUNCTION_LINES_MAX}"))
    return faults


# --- openings

def opening(path, text):
    """The comment a file begins with, as one text; empty where there is none."""
    lines = text.split("\n")
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    if path.endswith(".py"):
        match = re.match(r'"""(.*?)"""', "\n".join(lines), re.DOTALL)
        return match.group(1) if match else ""
    mark = "//" if path.endswith((".cpp", ".h", ".ts", ".tsx")) else "#"
    words = []
    for line in lines:
        if not line.startswith(mark):
            break
        words.append(line[len(mark):].strip())
    return " ".join(words)


def openings(project):
    """every file begins with a sentence that says what it is for"""
    faults = []
    for path in project.files:
        named = path.endswith((".cmake", "CMakeLists.txt", ".yaml")) and "/corpus/" not in path
        if not (is_source(path) or named) or not project.text(path):
            continue
        words = opening(path, project.text(path)).strip()
        if not words:
            faults.append(Fault(path, 1, "does not begin with a sentence that says what it is for"))
        elif not re.search(r"[.。]", words) or re.match(r"[=\-*#]{3}|copyright", words, re.I):
            faults.append(Fault(path, 1, "its first comment is no sentence: it has no full stop"))
        if path.endswith(".h") and "#pragma once" not in project.text(path):
            faults.append(Fault(path, 1, "has no #pragma once"))
    return faults


# --- calls

def everywhere(_path):
    return False


def outside_program(path):
    return path.startswith(("src/taizhang/", "bench/")) or is_test(path)


# (what may not be called, what to write in its place, where it may stand all the same)
CALLS = [
    (r"\b(std::)?(rand|srand|drand48)\(", "draw from a tz::Random", everywhere),
    (r"std::random_device|std::mt19937", "draw from a tz::Random", is_test),
    (r"(?<![\w.>:])(?:std::|::)?(time|gettimeofday|clock_gettime|ftime)\(", "ask a tz::Clock",
     lambda path: path == "src/base/time.cpp" or path.startswith("bench/")),
    (r"\bsystem_clock\b", "ask a tz::Clock", lambda path: path == "src/base/time.cpp"),
    (r"\b(localtime|gmtime|mktime|strftime|ctime|asctime)(_r)?\(",
     "to_text(Instant, Zone): a ledger has its own zone", everywhere),
    (r"\.detach\(", "keep the thread and join it", everywhere),
    (r"(?<!v)\b(std::)?(v?f?printf|puts|putchar)\(",
     "log it, or give it back for the program to print",
     lambda path: outside_program(path) or path == "src/base/error.h"),
    (r"\bstd::(cout|cerr|clog)\b", "log it, or give it back for the program to print",
     outside_program),
    (r"(?<!include <)(?<!operator )\bnew\b(?!\s*\()",
     "std::make_unique, or wrap it at once: std::unique_ptr<T>(new T(...))", everywhere),
    (r"(?<!operator )\bdelete\b(?!\s*[;,)])", "let a std::unique_ptr own it", everywhere),
    (r"\bthrow\b", "return a refusal or a failure (base/result.h)", is_test),
    (r"\bstd::w?(regex|smatch|cmatch)\b",
     "read it with a small parser: regex is slow and unbounded", everywhere),
    (r"\b(std::)?(strcpy|strcat|strncpy|strtok|sprintf|vsprintf|gets|scanf|sscanf)\(",
     "std::string, std::string_view or fmt::format", everywhere),
    (r"\b(std::)?(ato[ifl]|atoll|strtol|strtoul|sto[ild]|stoll|stoul|stoull|stof)\(",
     "std::from_chars, which says when it is no number", everywhere),
    (r"(?<![\w.>:])(std::|::)?(system|popen)\(", "call the library that does it",
     lambda path: is_test(path) or path.startswith("bench/")),
    (r"\bvolatile\b", "std::atomic, or a lock", lambda path: path.startswith("bench/")),
    (r"\bGTEST_" r"SKIP\b|\bDISABLED_", "make it pass, or say in an issue why it cannot",
     everywhere),
]
SLEEPS = (r"\b(sleep_for|sleep_until|usleep|nanosleep)\(|(?<![\w.>:])(::)?sleep\(",
          "wait for the thing itself; a test does not sleep")
OWNED = re.compile(r"(_ptr<[^;{}]*>\s*\w*\(|\.reset\(|_ptr<[^;{}]*>\s*\w*\{)\s*$")


def calls(project):
    """nothing is called that has a better way here"""
    faults = []
    for path in project.code("src", "tests", "bench"):
        bare = project.bare(path)
        rules = [rule for rule in CALLS if not rule[2](path)]
        if is_test(path):
            rules.append((*SLEEPS, everywhere))
        for pattern, instead, _ in rules:
            for match in re.finditer(pattern, bare):
                called = match.group().strip(" (")
                before = bare[max(0, match.start() - 120):match.start()]
                if called == "new" and OWNED.search(before):
                    continue
                if called == "throw" and re.match(r"\s*CLI::", bare[match.end():]):
                    continue  # CLI11's own way to refuse an option
                faults.append(Fault(path, line_of(bare, match.start()),
                                    f"{called} is not used here; instead: {instead}"))
        faults += silenced(project, path)
    return faults


def silenced(project, path):
    """A check is silenced with its reason: // NOLINT(check): why."""
    text = project.text(path)
    for match in re.finditer(r"\bNOLINT(?!END)\w*(?P<rest>.*)", text):
        if not re.match(r"(\([\w\-*,. ]+\))?: \w+", match.group("rest")):
            yield Fault(path, line_of(text, match.start()),
                        "NOLINT gives no reason; write NOLINT(check): why")


# --- names

VAGUE = {"common", "util", "utils", "utility", "utilities", "helper", "helpers", "misc", "manager",
         "service", "services", "core", "impl"}
TYPE = re.compile(r"\b(?:class|struct|enum(?:\s+class)?|union|using)\s+(?:\[\[\w+\]\]\s*)?"
                  r"([A-Z]\w*)")


def names(project):
    """no file, room or type has a name that says nothing"""
    faults = []
    for path in project.files:
        if not path.startswith(("src/", "tests/", "bench/", "web/", "script/", "cmake/")):
            continue
        for piece in path.split("/"):
            stem = piece.split(".")[0]
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+", stem)}
            if words & VAGUE:
                faults.append(Fault(path, 0, f"{stem} says nothing: name it after what it holds"))
        if path.endswith(".cpp") and not re.fullmatch(r"[a-z0-9_]+\.cpp", path.split("/")[-1]):
            faults.append(Fault(path, 0, "files are named in snake_case"))
    for path in project.code("src", "tests", "bench"):
        bare = project.bare(path)
        for match in TYPE.finditer(bare):
            words = {word.lower() for word in re.findall(r"[A-Z][a-z0-9]*", match.group(1))}
            if words & VAGUE:
                faults.append(Fault(path, line_of(bare, match.start()),
                                    f"{match.group(1)} says nothing: name it after what it is"))
    return faults


def macros(project):
    """there are two macros, TZ_TRY and TZ_ASSERT"""
    faults = []
    for path in project.code("src"):
        if is_test(path):
            continue
        text = project.text(path)
        for match in re.finditer(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", text, re.MULTILINE):
            if match.group(1) not in ("TZ_TRY", "TZ_ASSERT"):
                faults.append(Fault(path, line_of(text, match.start(1)),
                                    f"the macro {match.group(1)}: write a function or a constant"))
    return faults


# --- style sheets: all that were read stay, whatever page is gone to next

SELECTORS = re.compile(r"([^{}]+)\{")
ALONE = re.compile(r"\.([\w-]+)(::?[\w-]+)*")
ELEMENT = re.compile(r"(:root|[a-z][a-z0-9]*)(::?[\w-]+)*")
FOR_ALL = "web/src/app/style.css"


def selectors(text):
    """(selector, position) of each rule, without its comments and at-rules."""
    bare = re.sub(r"/\*.*?\*/", lambda match: " " * len(match.group()), text, flags=re.DOTALL)
    for match in SELECTORS.finditer(bare):
        if match.group(1).lstrip().startswith("@") or "%" in match.group(1):
            continue
        for one in re.finditer(r"(?:[^,(]|\([^)]*\))+", match.group(1)):
            if one.group().strip() not in ("", "from", "to"):
                start = match.start(1) + one.start()
                yield one.group().strip(), start + len(one.group()) - len(one.group().lstrip())


def styles(project):
    """no page's style sheet says how another page looks"""
    faults, owners = [], {}
    for path in sorted(project.files, key=lambda path: (path != FOR_ALL, path)):
        if not (path.startswith("web/src/") and path.endswith(".css")):
            continue
        text = project.text(path)
        for match in re.finditer(r"@page\s*\{", text):
            faults.append(Fault(path, line_of(text, match.start()),
                                "@page has no name: give it one, and the element `page: name`"))
        for selector, at in selectors(text):
            if path != FOR_ALL and ELEMENT.fullmatch(selector):
                faults.append(Fault(path, line_of(text, at), f"{selector} stands on every page: "
                                    f"say below which class, or say it in {FOR_ALL}"))
            alone = ALONE.fullmatch(selector)
            if alone and owners.setdefault(alone.group(1), path) != path:
                faults.append(Fault(path, line_of(text, at), f".{alone.group(1)} is styled in "
                                    f"{owners[alone.group(1)]}: take another name"))
    return faults


RULES = {
    "rooms": rooms_in_order,
    "includes": includes,
    "file_sizes": file_sizes,
    "line_sizes": line_sizes,
    "function_sizes": function_sizes,
    "openings": openings,
    "calls": calls,
    "names": names,
    "macros": macros,
    "styles": styles,
}
