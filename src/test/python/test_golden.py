"""A solved sample becomes a golden run, which `corral solve --check` replays on a fresh real VM."""

import json
import os
import signal
import subprocess

import pexpect
import pytest
from test_solve import corral  # noqa: F401 - a fixture

pytestmark = [pytest.mark.inspect_eval, pytest.mark.vm_required]

PROMPT = r"@[^ ]*[$#] $"
COMMANDS = [
    "pwd",
    "cat flag.txt",
    "date; hostname",
    "sudo -s",
    "id -un",
    "exit",
    "ls -l flag.txt",
]


def solved(corral, tmp_path):  # noqa: F811
    """Solves the sample in a recorded terminal; gives the session."""
    session = corral("solve", "by_hand.py", "--sample", "by hand", "--who", "ada", "--json")["session"]
    shell = pexpect.spawn(
        os.environ["CORRAL"],
        ["solve", "attach", session],
        dimensions=(24, 80),
        cwd=str(tmp_path),
        timeout=120,
    )
    for command in COMMANDS:
        shell.expect(PROMPT)
        shell.sendline(command)
    shell.expect(PROMPT)
    shell.sendline("exit")
    shell.expect(pexpect.EOF)
    corral("solve", "note", session, "It lay there.")
    corral("solve", "submit", session, "flag-4711")
    assert corral("solve", "status", session, "--wait", "--json")["scores"] == {"includes": "C"}
    return session


def test_a_solved_sample_is_checked_and_a_change_is_named(corral, tmp_path):  # noqa: F811
    session = solved(corral, tmp_path)
    written = corral("solve", "export", session, "--golden", "golden.json", "--json")
    assert written["skipped"] == 1 and any("another shell" in warning for warning in written["warnings"])
    golden = json.loads((tmp_path / "golden.json").read_text())
    assert golden["task_file"] == "by_hand.py" and golden["answer"] == "flag-4711"
    commands = [step["command"] for step in golden["steps"] if "command" in step and "skip" not in step]
    assert commands == [
        "pwd",
        "cat flag.txt",
        "date; hostname",
        "id -un",
        "ls -l flag.txt",
    ]
    assert {"note": "It lay there."} in golden["steps"]

    passed = corral("solve", "--check", "golden.json", "--learn", "--json")
    assert passed["passed"] and passed["scored"] and passed["scores"] == {"includes": "C"} and not passed["kept"]
    learned = json.loads((tmp_path / "golden.json").read_text())
    assert [step["exit"] for step in learned["steps"] if "exit" in step] == [0] * 5

    (tmp_path / "by_hand.py").write_text(
        (tmp_path / "by_hand.py").read_text().replace('"flag.txt": "flag-4711"', '"flag.txt": "flag-4712"')
    )
    told = corral("solve", "--check", "golden.json", fails=True)
    assert "Step 2" in told and "Step 3" not in told
    assert corral("list", "sandboxes", "--json") == []
    # Replays are nobody's attempts.
    attempts = corral("solve", "compare", "by_hand.py", "--json")["attempts"]
    assert [(one["who"], one["scores"], one["kind"]) for one in attempts] == [("ada", {"includes": "C"}, "person")]


def written(tmp_path, *steps):
    """A golden run by hand."""
    golden = {"golden": 1, "task_file": "by_hand.py", "sample": "by hand", "answer": "flag-4711", "scores": {"includes": "C"}}
    (tmp_path / "golden.json").write_text(json.dumps({**golden, "steps": [{"command": step} for step in steps]}))


def test_a_machine_that_goes_says_nothing_about_the_sample(corral, tmp_path):  # noqa: F811
    written(tmp_path, "true", "sudo sh -c 'sync; echo o > /proc/sysrq-trigger; sleep 300'")
    ran = subprocess.run(
        [os.environ["CORRAL"], "solve", "--check", "golden.json", "--no-score"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 5 and "Step 2" in ran.stderr and "diverged" not in ran.stdout, ran.stderr
    assert corral("list", "sandboxes", "--json") == []


def test_a_signal_while_it_is_scored_leaves_nothing(corral, tmp_path):  # noqa: F811
    written(tmp_path, "true")
    check = subprocess.Popen([os.environ["CORRAL"], "solve", "--check", "golden.json"], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    told = []
    for line in check.stderr:
        told.append(line)
        if "being scored" in line:
            check.send_signal(signal.SIGINT)
            break
    told += check.stderr.readlines()
    assert check.wait(timeout=600) == 130, told
    assert told[-1] == "Interrupted.\n" and "is gone." in told[-2]
    assert corral("list", "sandboxes", "--json") == []
