"""Adds up what Surefire, Failsafe, pytest and the ordinary user's tests reported: one last line with the count of all.

count.py REPORTS [WHO_MUST_HAVE_RUN]...: a folder with NAME/TEST-*.xml for each process of tests, and NAME.code with the exit code of
those that Maven did not start itself. What failed and passed when it was tried once more, by NAME/again/TEST-*.xml, is a flake: named,
and no failure. Exit code 0 only if something ran, all of it passed and, with CI=true, nothing was skipped but
what only root can do in a process that is not root's.
"""

import os
import sys
from pathlib import Path
from xml.etree import ElementTree


def outcome(case: ElementTree.Element) -> tuple[str, str]:
    """("passed" | "failed" | "skipped", message)"""
    for kind, what in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
        found = case.find(kind)
        if found is not None:
            return what, f"{found.get('message') or ''}\n{found.text or ''}".strip()
    return "passed", ""


def title_of(case: ElementTree.Element) -> str:
    return f"{case.get('classname')}: {case.get('name')}"


def mended(folder: Path) -> set[str]:
    """The titles of what passed when it was tried once more."""
    cases = [case for report in folder.glob("TEST-*.xml") for case in ElementTree.parse(report).getroot().iter("testcase")]
    return {title_of(case) for case in cases if outcome(case)[0] == "passed"}


def count(reports: Path, name: str) -> dict[str, int]:
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    again = mended(reports / name / "again")
    for report in sorted((reports / name).glob("TEST-*.xml")):
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            what, message = outcome(case)
            if what == "skipped" and name.endswith("-ordinary") and "only root can" in message:
                continue  # Root has run it in another process.
            title = title_of(case)
            if what == "failed" and title in again:
                print(f"Flake [{name}] {title}: {message.splitlines()[0] if message else ''}")
                what = "passed"
            counts[what] += 1
            if what == "failed":
                print(f"FAILED [{name}] {title}\n    " + "\n    ".join(message.splitlines()[:40]) + "\n")
            elif what == "skipped":
                print(f"Skipped [{name}] {title}: {message.splitlines()[0] if message else ''}")
    exit_code = reports / f"{name}.code"
    code = int(exit_code.read_text()) if exit_code.exists() else 0
    # Nothing of this kind to run is no failure: JUnit says 2, pytest 5. Pytest's 2 is a run that was cut off.
    nothing = 5 if name.startswith("python") else 2
    if code and not counts["failed"] and not (code == nothing and not sum(counts.values())):
        counts["failed"] += 1
        why = "ran out of time" if code in (124, 131, 137) else "never ended" if code == 98 else f"ended with exit code {code}"
        tail = (reports / f"{name}.log").read_text(errors="replace").splitlines()[-60:]
        print(f"FAILED [{name}] The test process {why}. The end of its messages:\n    " + "\n    ".join(tail) + "\n")
    return counts


def main(reports: Path, must_run: list[str]) -> int:
    names = {path.stem for path in reports.glob("*.code")} | {path.name for path in reports.iterdir() if path.is_dir()} | set(must_run)
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for name in sorted(names):
        counts = count(reports, name)
        if name in must_run and not sum(counts.values()):
            counts["failed"] += 1
            print(f"FAILED [{name}] No test ran in this process.\n")
        print(f"[{name}] " + ", ".join(f"{number} {what}" for what, number in counts.items()))
        for what in total:
            total[what] += counts[what]
    ran = total["passed"] + total["failed"]
    if not ran:
        print("No test ran.")
    print(", ".join(f"{total[what]} {what}" for what in total if total[what] or what != "skipped"), flush=True)
    return 1 if total["failed"] or not ran or (os.environ.get("CI") == "true" and total["skipped"]) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
