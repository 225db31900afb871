"""Faults in the middle of a session of manual solving, on one real VM; Inspect's own reader looks at the log afterwards."""

import json
import os
import signal
import time

import pytest
from inspect_ai.log import read_eval_log
from test_solve import corral  # noqa: F401

pytestmark = [pytest.mark.inspect_eval, pytest.mark.vm_required]

# All that is free, at once and without a byte written on this computer; the system's reserve is not for users.
FILL = "fallocate -l $(df --output=avail -B1 /var/tmp | tail -1) /var/tmp/fill; while echo x >> /var/tmp/rest; do :; done"


def test_session_through_faults(corral, tmp_path):  # noqa: F811
    begun = corral("solve", "by_hand.py", "--sample", "by hand", "--who", "ada", "--active-limit", "2", "--json")
    session, sandbox = begun["session"], begun["sandbox"]
    folder = tmp_path / "state/corral/solve" / session
    corral("solve", "start", session)

    # The guest's disk is full: said so, and nothing is lost.
    corral("exec", sandbox, "--", "sh", "-c", FILL)
    assert "disk has room" in corral("solve", "note", session, "no room", fails=True)
    assert corral("solve", "status", session, "--json")["state"] == "running"
    corral("exec", sandbox, "--", "rm", "/var/tmp/fill", "/var/tmp/rest")
    corral("solve", "note", session, "room again")

    # The limit was passed meanwhile.
    status = corral("solve", "status", session, "--json")
    assert status["limit"]["seconds"] == 2 and status["limit"]["left_seconds"] < 0
    assert [event["text"] for event in status["events"] if event["kind"] == "note"] == ["room again"]
    assert status["state"] == "running", "whoever wants to be asked is not stopped"
    assert any("is reached" in event["text"] for event in status["events"] if event["kind"] == "limit")

    # Inspect stands still for a while (a suspended computer): what is asked then is answered afterwards.
    pid = next(int(json.loads(line)["more"]["pid"]) for line in (folder / "journal.jsonl").read_text().splitlines())
    os.kill(pid, signal.SIGSTOP)
    before = corral("solve", "status", session, "--json")["clock"]["active_seconds"]
    time.sleep(1)
    os.kill(pid, signal.SIGCONT)
    corral("solve", "pause", session)
    paused = corral("solve", "status", session, "--json")
    assert paused["state"] == "stopped" and paused["clock"]["active_seconds"] > before

    # The machine is destroyed by hand: recordings that Inspect keeps there come out first.
    corral("exec", sandbox, "--", "sh", "-c", "mkdir -p /var/tmp/user-sessions && echo 'O 0.1 1' > /var/tmp/user-sessions/ada_1.timing")
    corral("destroy", "--force", sandbox)
    assert (folder / "recordings/ada_1.timing").read_text() == "O 0.1 1\n"
    corral("solve", "quit", session, fails=True)
    os.kill(pid, signal.SIGINT)
    ended = corral("solve", "status", session, "--wait", "--json")
    assert ended["state"] in ("ended", "failed")
    assert ended["clock"]["active_seconds"] == pytest.approx(paused["clock"]["active_seconds"], abs=0.01)

    log = read_eval_log(ended["log"])
    assert log.status in ("cancelled", "error") and log.eval.metadata["solved_by"] == "ada"
    clock = log.metadata["corral_clock"]
    assert clock["active_limit_seconds"] == 2 and clock["limit_reached"] and clock["at_limit"] == "ask"
    assert clock["active_seconds"] == ended["clock"]["active_seconds"]
