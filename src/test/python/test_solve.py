"""A person solves a sample by `corral solve`: Inspect's human agent on a real VM, asked from outside, and its log afterwards."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from inspect_ai.log import read_eval_log
from test_human import TASK

from test_eval import REPOSITORY

pytestmark = [pytest.mark.inspect_eval, pytest.mark.vm_required]


@pytest.fixture
def corral(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command line with folders of its own; ends what a test leaves."""
    monkeypatch.setenv("CORRAL", os.environ.get("CORRAL") or str(REPOSITORY / "jpackage" / "corral"))
    monkeypatch.setenv("CORRAL_PYTHON", sys.executable)
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "by_hand.py").write_text(TASK.format(path=str(REPOSITORY / "sample-vagrantfiles/basic/Vagrantfile"), primary=None))

    def run(*arguments: str, fails: bool = False):
        ran = subprocess.run([os.environ["CORRAL"], *arguments], cwd=tmp_path, check=False, capture_output=True, text=True, timeout=900)
        assert (ran.returncode != 0) == fails, ran.stderr
        return ran.stderr if fails else json.loads(ran.stdout) if "--json" in arguments else ran.stdout

    yield run
    for journal in (tmp_path / "state/corral/solve").glob("*/journal.jsonl"):
        entries = [json.loads(line) for line in journal.read_text().splitlines()]
        for entry in entries:
            if entry["kind"] == "run":
                try:
                    os.kill(int(entry["more"]["pid"]), signal.SIGINT)
                except ProcessLookupError:
                    continue
    for sandbox in (tmp_path / "cache").glob("*/.vagrant"):
        subprocess.run([os.environ["CORRAL"], "destroy", "--force", sandbox.parent.name], check=False)


def test_session_survives_a_killed_inspect_and_ends_in_a_log(corral, tmp_path):
    begun = corral("solve", "by_hand.py", "--sample", "by hand", "--who", "ada", "--json")
    session = begun["session"]
    assert begun["state"] == "stopped" and begun["sandbox"]
    corral("solve", "start", session)
    corral("solve", "note", session, "Looked around.")
    assert "FAILED" in corral("solve", "validate", session, "")
    assert "Score: I" in corral("solve", "score", session, "nope")
    status = corral("solve", "status", session, "--json")
    assert status["state"] == "running"
    assert [event["text"] for event in status["events"] if event["kind"] in ("note", "score")] == ["Looked around.", "nope"]

    runs = [json.loads(line) for line in next((tmp_path / "state/corral/solve").glob("*/journal.jsonl")).read_text().splitlines()]
    os.kill(int(runs[0]["more"]["pid"]), signal.SIGKILL)
    assert "Inspect ended" in corral("solve", "note", session, "too late", fails=True)
    gone = corral("solve", "status", session, "--json")
    assert gone["state"] == "interrupted" and not gone["clock"]["running"]
    kept = [row for row in corral("list", "sandboxes", "--json") if row["sandbox"] == begun["sandbox"]]
    assert kept and kept[0]["pinned"]

    corral("solve", "resume", session)
    state = "starting"
    while state in ("starting", "booting"):
        state = corral("solve", "status", session, "--json")["state"]
    corral("solve", "start", session)
    assert "flag-4711" in corral("exec", begun["sandbox"], "--", "cat", "flag.txt")
    corral("solve", "submit", session, "flag-4711")
    ended = corral("solve", "status", session, "--wait", "--json")
    assert ended["state"] == "ended" and ended["scores"] == {"includes": "C"} and ended["runs"] == 2
    assert ended["clock"]["active_seconds"] > gone["clock"]["active_seconds"]

    log = read_eval_log(ended["log"])
    assert log.status == "success" and log.eval.solver == "human_cli"
    assert log.eval.metadata["solved_by"] == "ada" and log.eval.metadata["corral_resumed_sandbox"] == begun["sandbox"]
    clock = log.metadata["corral_clock"]
    assert clock["active_seconds"] == ended["clock"]["active_seconds"]
    assert [interval["kind"] for interval in clock["intervals"]].count("stopped") == 1
    assert log.log_updates[0].provenance.author == "ada"
    # What was taken over stays until a person says otherwise.
    assert any(f"corral destroy {begun['sandbox']}" in event.get("text", "") for event in ended["events"])
    corral("destroy", begun["sandbox"])
    assert not list((tmp_path / "cache").glob("*/.vagrant"))
