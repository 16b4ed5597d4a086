"""The same input gives the same bytes: in another time zone, locale, folder and umask, in another
process, and in the program built with sanitizers."""
import os
import subprocess
import tempfile

GUIDE = os.path.abspath("templates/ml-engineer")
READERS = ("li-si", "jane-doe")
PROGRAMS = [os.path.abspath(path) for path in ("build/handout", "build/handout", "build/check/handout")]
PLACES = [{"TZ": "UTC", "LC_ALL": "C"},
          {"TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"},
          {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"}]
UMASKS = [0o022, 0o077, 0o000]


def build(program, place, umask, reader, folder):
    """The bytes of both outputs, by name; or what went wrong."""
    record = os.path.join(GUIDE, "readers", reader + ".yaml")
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **place}
    done = subprocess.run([program, "build", GUIDE, "--reader", record, "-o", "out", "-q"], cwd=folder,
                          env=environment, umask=umask, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        return done.stderr.decode("utf-8", "replace")
    files = {}
    for name in sorted(os.listdir(os.path.join(folder, "out"))):
        with open(os.path.join(folder, "out", name), "rb") as file:
            files[name] = file.read()
    return files


def first_difference(one, other):
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return f"{len(one)} and {len(other)} bytes, different from byte {at}"


def run_reader(reader):
    made = []
    for program, place, umask in zip(PROGRAMS, PLACES, UMASKS):
        with tempfile.TemporaryDirectory(prefix="a folder ") as folder:
            made.append(build(program, place, umask, reader, folder))
    for files, place in zip(made, PLACES):
        if isinstance(files, str):
            return [(f"same/{reader}", f"{place}: it failed\n{files}")]
    results = [(f"same/{reader}", None if len(made[0]) == 2 else f"outputs: {list(made[0])}")]
    for files, place in zip(made[1:], PLACES[1:]):
        for name, wanted in made[0].items():
            found = files.get(name, b"")
            wrong = None if found == wanted else f"{place}: " + first_difference(wanted, found)
            results.append((f"same/{name}", wrong))
    return results


def run_all():
    # A comparison that finds nothing in two different files would be no test.
    if not first_difference(b"abc", b"abd").endswith("byte 2"):
        return [("same", "the comparison does not see a difference")]
    return [result for reader in READERS for result in run_reader(reader)]
