"""Cases: tests/cases/NAME/ holds an input and one golden for each stage (tests/README.md)."""
import concurrent.futures
import difflib
import os
import shlex
import subprocess
import tempfile
import zipfile

import generate

COMMAND = [os.path.abspath("build/check/handout")]
FOLDER = "tests/cases"
STAGES = ("tree", "pages", "xhtml")
GOLDENS = {"expect." + kind for kind in STAGES + ("err", "out")}
GUIDES = ("guide.txt", "guide.md", "guide.xml")
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1790000000",
               "HOME": os.environ.get("HOME", "/"), "LSAN_OPTIONS": "print_suppressions=0",
               "ASAN_OPTIONS": "detect_leaks=1",
               "XDG_CACHE_HOME": os.path.abspath("build/check/cache")}
if "HANDOUT_SANDBOX" in os.environ:  # off, where processes write what the program must not
    ENVIRONMENT["HANDOUT_SANDBOX"] = os.environ["HANDOUT_SANDBOX"]


class Case:
    def __init__(self, name):
        self.name = name
        self.folder = os.path.join(FOLDER, name)
        self.files = sorted(os.listdir(self.folder))
        self.reader = ["--reader", "reader.yaml"] if "reader.yaml" in self.files else []
        self.guide = next((file for file in GUIDES if file in self.files), ".")
        if "handout.yaml" in self.files:
            self.guide = "."

    def path(self, file):
        return os.path.join(self.folder, file)

    def golden(self, kind):
        try:
            with open(self.path("expect." + kind), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return None


def run(case, words, out):
    done = subprocess.run(COMMAND + words, cwd=case.folder, env=ENVIRONMENT, timeout=1200,
                          stdin=subprocess.DEVNULL, capture_output=True)
    out_text = done.stdout.decode("utf-8", "replace")
    err_text = done.stderr.decode("utf-8", "replace")
    for path, shown in ((out, "{out}"), (os.path.abspath(case.folder), "{case}")):
        out_text = out_text.replace(path, shown)
        err_text = err_text.replace(path, shown)
    return done.returncode, out_text, err_text


def difference(wanted, found, golden):
    lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), golden, "found",
                                 lineterm="", n=1)
    lines = [line[:200] for line in lines]
    return "\n".join(lines[:30] + (["…"] if len(lines) > 30 else []))


def compare(case, kind, found, update):
    """A result: the golden of that kind against what was found."""
    name = f"case/{case.name}.{kind}"
    wanted = case.golden(kind)
    if wanted == found or (wanted is None and not found):
        return (name, None)
    if update:
        write_golden(case, kind, found)
        return (name, None)
    if wanted is None:
        return (name, f"no golden {case.path('expect.' + kind)}, but there is output:\n" + found[:1500])
    return (name, difference(wanted, found, "expect." + kind))


def write_golden(case, kind, found):
    path = case.path("expect." + kind)
    if found:
        with open(path, "w", encoding="utf-8") as file:
            file.write(found)
    elif os.path.exists(path):
        os.unlink(path)


def sanitized(text):
    return "AddressSanitizer" in text or "runtime error:" in text or "LeakSanitizer" in text


# --- stages ---------------------------------------------------------------------------------

def xhtml_of(path):
    """The book's XHTML files, in the order of the archive, each with its name above."""
    parts = []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith(".xhtml"):
                parts.append(f"==== {name}\n" + book.read(name).decode("utf-8"))
    return "\n".join(parts)


def run_stage(case, stage, out):
    """Exit status, output, messages."""
    if stage != "xhtml":
        return run(case, [stage, case.guide] + case.reader, out)
    book = os.path.join(out, "book.epub")
    status, _, err = run(case, ["build", case.guide, "-o", book, "-q"] + case.reader, out)
    return status, xhtml_of(book) if status == 0 else "", err


def run_stages(case, update, quick):
    del quick  # none is slow
    results, messages, failed = [], "", False
    stages = [stage for stage in STAGES if case.golden(stage) is not None]
    if not stages:
        stages = ["tree"] if case.golden("err") is not None or update else []
    if not stages:
        return [(f"case/{case.name}", "it has no golden: tests/run --update " + case.name)]
    for stage in stages:
        with tempfile.TemporaryDirectory() as out:
            status, found, err = run_stage(case, stage, out)
        if sanitized(err):
            return [(f"case/{case.name}.{stage}", err[:3000])]
        failed = failed or status != 0
        messages = err if len(err) > len(messages) else messages
        if status == 0:
            results.append(compare(case, stage, found, update))
    if failed and case.golden("err") is None and not update:
        return results + [(f"case/{case.name}", "it failed:\n" + messages)]
    return results + [compare(case, "err", messages, update)]


# --- one command ------------------------------------------------------------------------------

def read_command(case):
    with open(case.path("command"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    status, keeps, slow = 0, False, False
    for line in lines[1:]:
        words = line.split()
        if words[:1] == ["status"]:
            status = int(words[1])
        elif words == ["keeps"]:
            keeps = True
        elif words == ["slow"]:
            slow = True
        else:
            raise ValueError(f"{case.path('command')}: what is '{line}'?")
    return shlex.split(lines[0]), status, keeps, slow


def run_command(case, update, quick):
    words, wanted, keeps, slow = read_command(case)
    if slow and quick:
        return []
    name = f"case/{case.name}"
    with tempfile.TemporaryDirectory() as folder:
        out, made = os.path.join(folder, "out"), os.path.join(folder, "made")
        os.mkdir(out)
        os.mkdir(made)
        words = [generate.expand(word.replace("{out}", out), made) for word in words]
        status, found, err = run(case, words, out)
        err = err.replace(made, "{made}")
        left = sorted(os.listdir(out))
    if sanitized(err):
        return [(name, err[:3000])]
    results = [compare(case, "out", found, update), compare(case, "err", err, update)]
    if status != wanted:
        results.append((name, f"exit status {status}, wanted {wanted}\n{err}"))
    if wanted != 0 and left and not keeps:
        results.append((name, f"it failed and left {left} behind"))
    return results


# --- all ----------------------------------------------------------------------------------------

def check_files(case):
    """A golden that nothing reads is a mistake in the case."""
    unknown = [file for file in case.files if file.startswith("expect.") and file not in GOLDENS]
    if "command" in case.files:
        unknown += ["expect." + stage for stage in STAGES if "expect." + stage in case.files]
    elif "expect.out" in case.files:
        unknown.append("expect.out")
    return [(f"case/{case.name}", f"nothing reads {file}") for file in unknown]


def run_one(name, update, quick):
    case = Case(name)
    kind = run_command if "command" in case.files else run_stages
    try:
        return check_files(case) + kind(case, update, quick)
    except (subprocess.TimeoutExpired, OSError, ValueError, zipfile.BadZipFile) as error:
        return [(f"case/{name}", str(error))]


def run_all(names, update, quick):
    wanted = [name for name in sorted(os.listdir(FOLDER))
              if not names or any(word in name for word in names)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return [result for results in pool.map(lambda name: run_one(name, update, quick), wanted)
                for result in results]
