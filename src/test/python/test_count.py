"""The last line of a run of all tests, and its exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

_COUNT = Path(__file__).parents[1] / "runner" / "count.py"
_GOOD = '<testcase classname="A" name="good"/>'
_BAD = '<testcase classname="A" name="bad"><failure message="it is wrong"/></testcase>'
_LEFT_OUT = '<testcase classname="A" name="left out"><skipped message="only root can"/></testcase>'


def count(reports: Path, *must_run: str, ci: str = "") -> tuple[str, int]:
    ran = subprocess.run(
        [sys.executable, _COUNT, reports, *must_run], env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False
    )
    return ran.stdout.splitlines()[-1], ran.returncode


def report(reports: Path, name: str, *cases: str, code: int | None = None) -> None:
    (reports / name).mkdir()
    (reports / name / "TEST-a.xml").write_text(f"<testsuite>{''.join(cases)}</testsuite>")
    if code is not None:
        (reports / f"{name}.code").write_text(str(code))
        (reports / f"{name}.log").write_text("the last words\n")


def test_processes_are_added_up(tmp_path: Path) -> None:
    assert count(tmp_path) == ("0 passed, 0 failed", 1)
    report(tmp_path, "java-unit", _GOOD, _GOOD)
    report(tmp_path, "python-fast", _GOOD, code=0)
    assert count(tmp_path, "java-unit", ci="true") == ("3 passed, 0 failed", 0)
    report(tmp_path, "java-vm", _BAD, _GOOD)
    assert count(tmp_path) == ("4 passed, 1 failed", 1)


def test_what_ended_badly_or_not_at_all_is_a_failure(tmp_path: Path) -> None:
    report(tmp_path, "java-unit", _GOOD)
    assert count(tmp_path, "java-ordinary") == ("1 passed, 1 failed", 1)
    report(tmp_path, "python-vm", _GOOD, code=124)
    assert count(tmp_path) == ("2 passed, 1 failed", 1)
    report(tmp_path, "python-runs", code=98)
    assert count(tmp_path) == ("2 passed, 2 failed", 1)


def test_what_passed_when_it_was_tried_once_more_is_no_failure(tmp_path: Path) -> None:
    report(tmp_path, "java-ordinary", _GOOD, _BAD, code=1)
    (tmp_path / "java-ordinary" / "again").mkdir()
    again = tmp_path / "java-ordinary" / "again" / "TEST-a.xml"
    again.write_text(f"<testsuite>{_BAD}</testsuite>")
    assert count(tmp_path) == ("1 passed, 1 failed", 1)
    (tmp_path / "java-ordinary.code").write_text("0")
    again.write_text('<testsuite><testcase classname="A" name="bad"/></testsuite>')
    assert count(tmp_path, ci="true") == ("2 passed, 0 failed", 0)


def test_nothing_of_a_kind_to_run_is_no_failure(tmp_path: Path) -> None:
    report(tmp_path, "java-unit", _GOOD)
    report(tmp_path, "python-fast", code=5)
    assert count(tmp_path) == ("1 passed, 0 failed", 0)


def test_what_is_skipped_counts_where_nothing_may_be(tmp_path: Path) -> None:
    report(tmp_path, "java-ordinary", _GOOD, _LEFT_OUT, code=0)
    assert count(tmp_path, ci="true") == ("1 passed, 0 failed", 0)
    report(tmp_path, "java-unit", _GOOD, _LEFT_OUT)
    assert count(tmp_path) == ("2 passed, 0 failed, 1 skipped", 0)
    assert count(tmp_path, ci="true") == ("2 passed, 0 failed, 1 skipped", 1)
    report(tmp_path, "java-vm", _LEFT_OUT)
    assert count(tmp_path, "java-vm") == ("2 passed, 0 failed, 2 skipped", 0)
    assert count(tmp_path, "java-vm", "java-none") == ("2 passed, 1 failed, 2 skipped", 1)
