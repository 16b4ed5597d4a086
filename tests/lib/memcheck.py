"""The cases under Valgrind's memcheck: what the shipped program reads, writes and never frees.

The same goldens hold, and no process may leave a word in its log. Limits of time are lifted, and
the sandbox is off: Valgrind wants to write where the program must not. A case takes up to minutes,
so it is told when it has ended, and what passed is kept (kept.py)."""
import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys
import time

import cases
import kept

FOLDER = os.path.abspath("build/valgrind")
PROGRAM = os.path.abspath("build/handout")
VALGRIND = ["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full",
            "--errors-for-leak-kinds=definite,indirect", "--show-leak-kinds=definite,indirect",
            "--num-callers=24", "--trace-children=no"]


def run_one(name):
    """In a process of its own: the command of cases.py is one for all."""
    logs = os.path.join(FOLDER, name)
    shutil.rmtree(logs, ignore_errors=True)
    os.makedirs(logs)
    cases.ENVIRONMENT.update(HANDOUT_SANDBOX="off", HANDOUT_LIMITS="seconds=100000")
    cases.COMMAND = VALGRIND + [f"--log-file={logs}/%p", PROGRAM]
    results = cases.run_one(name, False, False)
    for path in glob.glob(logs + "/*"):
        with open(path, encoding="utf-8", errors="replace") as log:
            text = log.read()
        results.append((f"valgrind/{name}", text[:4000] or None))
    return results


def run_or_keep(name, common):
    stamp, start = os.path.join(FOLDER, "passed", name), time.monotonic()
    digest = kept.digest_of(common, os.path.join(cases.FOLDER, name))
    passed = kept.load(stamp, digest)
    if passed:
        return [(f"valgrind/{name}", None)] * passed
    results = run_one(name)
    failed = sum(wrong is not None for _, wrong in results)
    if not failed:
        kept.keep(stamp, digest, len(results))
    print(f"  {name}: {len(results) - failed} passed, {failed} failed, "
          f"{time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return results


def run_all(names):
    version = subprocess.run(["valgrind", "--version"], capture_output=True, check=True).stdout
    common = kept.digest_of(version + " ".join(VALGRIND).encode(), PROGRAM, "assets", "templates",
                            "fonts", "tests/lib").encode()
    wanted = [name for name in sorted(os.listdir(cases.FOLDER))
              if not names or any(word in name for word in names)]
    with concurrent.futures.ProcessPoolExecutor() as pool:
        ran = pool.map(run_or_keep, wanted, [common] * len(wanted))
        return [result for results in ran for result in results]
