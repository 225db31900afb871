"""Adds up what all test processes of a run reported and prints failures, then one last line with the count.

count_tests.py REPORTS VMS NAMESPACES PROCESSES: a folder with NAME.log, NAME.code and NAME/TEST-*.xml per process; names of
VMs and of network namespaces that the tests left behind, which count as failures; names of processes in which at least one
test must have run. Exit code 0 only if something ran, all of it passed and, with CI=true, nothing was skipped but what only
root can do in a process that is not root's.
"""

import os
import sys
import xml.etree.ElementTree as xml
from pathlib import Path


def outcome(case: xml.Element) -> tuple[str, str]:
    """("passed" | "failed" | "skipped", message)"""
    for kind in ("failure", "error"):
        found = case.find(kind)
        if found is not None:
            return "failed", (found.get("message") or "") + "\n" + (found.text or "")
    skipped = case.find("skipped")
    if skipped is not None:
        return "skipped", skipped.get("message") or (skipped.text or "").strip()
    return "passed", ""


def main(reports: Path, vms: list[str], namespaces: list[str], must_run: list[str]) -> int:
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for name in must_run:
        if not (reports / f"{name}.code").exists():
            counts["failed"] += 1
            print(f"FAILED [{name}] The test process was not started.\n")
    for code_file in sorted(reports.glob("*.code")):
        name = code_file.stem
        before = dict(counts)
        code = int(code_file.read_text())
        failed_before = counts["failed"]
        seen = 0
        for report in sorted((reports / name).glob("TEST-*.xml")):
            for case in xml.parse(report).getroot().iter("testcase"):
                seen += 1
                what, message = outcome(case)
                if what == "skipped" and name.endswith("-ordinary") and "only root can" in message:
                    # Root has run it in another process.
                    continue
                counts[what] += 1
                title = f"{case.get('classname')}: {case.get('name')}"
                if what == "failed":
                    print(f"FAILED [{name}] {title}\n    " + "\n    ".join(message.strip().splitlines()[:40]) + "\n")
                elif what == "skipped":
                    print(f"Skipped [{name}] {title}: {message.splitlines()[0] if message else ''}")
        # Nothing of this kind to run is no failure: JUnit says 2, pytest 5 (and JUnit 0 with an empty report).
        nothing = seen == 0 and code in (0, 2, 5) and name not in must_run
        if seen == 0 and name in must_run and code == 0:
            code = 1
        if code != 0 and counts["failed"] == failed_before and not nothing:
            counts["failed"] += 1
            tail = (reports / f"{name}.log").read_text(errors="replace").splitlines()[-60:]
            why = "ran out of time" if code in (124, 131, 137) else f"ended with exit code {code}"
            print(f"FAILED [{name}] The test process {why}. The end of its messages:\n    " + "\n    ".join(tail) + "\n")
        print(f"[{name}] " + ", ".join(f"{counts[kind] - before[kind]} {kind}" for kind in counts))
    for what, names in (("VM", vms), ("network namespace", namespaces)):
        for name in names:
            counts["failed"] += 1
            print(f"FAILED A test left the {what} {name} behind.\n")
    total = counts["passed"] + counts["failed"]
    if total == 0:
        print("No test ran.")
    line = f"{counts['passed']} passed, {counts['failed']} failed"
    if counts["skipped"]:
        line += f", {counts['skipped']} skipped"
    print(line, flush=True)
    strict = os.environ.get("CI") == "true"
    return 1 if counts["failed"] or total == 0 or (strict and counts["skipped"]) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2].split(), sys.argv[3].split(), sys.argv[4].split()))
