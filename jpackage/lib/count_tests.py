"""Counts what a test process reported: count_tests.py REPORTS NAME prints "passed failed skipped"."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def reports(folder: Path, name: str) -> list[Path]:
    single = folder / f"{name}.xml"
    return [single] if single.exists() else sorted((folder / name).glob("TEST-*.xml"))


def main() -> None:
    passed = failed = skipped = 0
    for report in reports(Path(sys.argv[1]), sys.argv[2]):
        for case in ElementTree.parse(report).iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    print(passed, failed, skipped)


main()
