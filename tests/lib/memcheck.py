"""The cases under Valgrind's memcheck: what the shipped program reads, writes and never frees.

The same goldens hold, and no process may leave a word in its log. Limits of time are lifted, and
the sandbox is off: Valgrind wants to write where the program must not."""
import glob
import os
import shutil

import cases

FOLDER = os.path.abspath("build/valgrind")
VALGRIND = ["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full",
            "--errors-for-leak-kinds=definite,indirect", "--show-leak-kinds=definite,indirect",
            "--num-callers=24", "--trace-children=no"]


def run_one(name):
    logs = os.path.join(FOLDER, name)
    os.makedirs(logs)
    cases.COMMAND = VALGRIND + [f"--log-file={logs}/%p", os.path.abspath("build/handout")]
    results = cases.run_one(name, False, False)
    for path in glob.glob(logs + "/*"):
        with open(path, encoding="utf-8", errors="replace") as log:
            text = log.read()
        results.append((f"valgrind/{name}", text[:4000] or None))
    return results


def run_all(names):
    shutil.rmtree(FOLDER, ignore_errors=True)
    cases.ENVIRONMENT.update(HANDOUT_SANDBOX="off", HANDOUT_LIMITS="seconds=100000")
    wanted = [name for name in sorted(os.listdir(cases.FOLDER))
              if not names or any(word in name for word in names)]
    return [result for name in wanted for result in run_one(name)]
