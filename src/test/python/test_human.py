"""A person solves a sample by hand: Inspect's human agent on real VMs, driven over real terminals."""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from test_eval import INSPECT, REPOSITORY

pytestmark = [pytest.mark.inspect_eval, pytest.mark.vm_required]

PROMPT = r"[$#] $"
SURE = r"\(y\) or No \(n\): "

TASK = """
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.util import SandboxEnvironmentSpec
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironmentConfig

@task
def by_hand():
    return Task(
        dataset=[Sample(id="by hand", input="Find the flag in flag.txt.", target="flag-4711", files={{"flag.txt": "flag-4711"}})],
        scorer=includes(),
        sandbox=SandboxEnvironmentSpec("vagrant", VagrantSandboxEnvironmentConfig(vagrantfile_path={path!r}, primary_vm_name={primary!r})),
    )
"""


class Run:
    """A run of Inspect that waits for a person."""

    def __init__(self, folder: Path, vagrantfile: str, primary: str | None, *options: str) -> None:
        (folder / "by_hand.py").write_text(TASK.format(path=str(REPOSITORY / "sample-vagrantfiles" / vagrantfile), primary=primary))
        self.logs = folder / "logs"
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src/main/python")}
        arguments = [
            "eval",
            "by_hand.py",
            "--solver",
            "human_cli",
            "--display",
            "plain",
            "--log-dir",
            str(self.logs),
            "--log-format",
            "json",
        ]
        self.inspect = pexpect.spawn(
            sys.executable,
            ["-c", INSPECT, *arguments, *options],
            cwd=folder,
            env=environment,
            encoding="utf-8",
            dimensions=(60, 400),
            timeout=600,
        )
        said = self.inspect.expect([r"(?m)^[^\n]*?((?:env \S+ )?\S*corral shell \S+[^\r\n]*)\r?\n", pexpect.EOF])
        assert said == 0, f"The run ended before it printed a command: {' '.join(str(self.inspect.before).split())[-4000:]}"
        self.command = self.inspect.match.group(1).strip()

    def log_in(self) -> pexpect.spawn:
        """A person pastes the command into another terminal, which has none of the run's variables."""
        # Inspect prints the command a moment before it has put the last of its files into the guest; people take longer than that.
        time.sleep(5)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("INSPECT_", "CORRAL"))}
        shell = pexpect.spawn("/bin/sh", ["-c", self.command], env=plain, encoding="utf-8", dimensions=(40, 200), timeout=240)
        shell.expect("Find the flag")
        shell.expect(PROMPT)
        return shell

    def log(self) -> dict:
        self.inspect.expect(pexpect.EOF)
        self.inspect.close()
        (file,) = self.logs.glob("*.json")
        return json.loads(file.read_text())

    def end(self) -> None:
        if self.inspect.isalive():
            self.inspect.kill(signal.SIGINT)
            try:
                self.inspect.expect(pexpect.EOF, timeout=90)
            except pexpect.TIMEOUT:
                self.inspect.close(force=True)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator:
    monkeypatch.setenv("CORRAL", os.environ.get("CORRAL") or str(REPOSITORY / "jpackage" / "corral"))
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", str(tmp_path / "cache"))
    runs: list[Run] = []

    def begin(*arguments: str | None) -> Run:
        runs.append(Run(tmp_path, *arguments))
        return runs[-1]

    yield begin
    for one in runs:
        one.end()


def say(shell: pexpect.spawn, line: str) -> str:
    shell.sendline(line)
    shell.expect(PROMPT)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shell.before)


def test_whole_session(run, tmp_path, record_property):
    begun = run("basic/Vagrantfile", None)
    shell = begun.log_in()
    assert "vagrant" in say(shell, "whoami")
    took = []
    for _ in range(3):
        began = time.monotonic()
        assert "Running" in say(shell, "task status")
        took.append(time.monotonic() - began)
    # Written down, not judged: they are bound by an emulated processor that others use as well.
    record_property("task_command_seconds", [round(seconds, 2) for seconds in took])
    assert "Find the flag" in say(shell, "task instructions")
    assert "Stopped" in say(shell, "task stop") + say(shell, "task status")
    assert "Running" in say(shell, "task start") + say(shell, "task status")
    shell.sendline("task note")
    shell.expect("note")
    shell.sendline("Looked around.")
    shell.sendeof()
    shell.expect(PROMPT)
    assert "flag-4711" in say(shell, "cat flag.txt; echo")
    shell.sendline("task submit flag-4711")
    shell.expect(SURE)
    shell.sendline("y")
    log = begun.log()
    assert log["status"] == "success"
    assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0
    store = log["samples"][0]["store"]
    # What was typed and seen is in the log, as recorded by script(1).
    recorded = store["HumanAgentState:logs"]
    assert any(name.endswith(".timing") for name in recorded) and any("flag-4711" in text for text in recorded.values())
    assert any("Looked around." in json.dumps(event) for event in log["samples"][0]["events"])
    assert not list((tmp_path / "cache").glob("*/.vagrant"))


def test_named_machine_and_user_then_quit(run):
    begun = run("multi/Vagrantfile", "target", "-S", "user=root")
    assert re.search(r"/target\S* --user=root$", begun.command)
    shell = begun.log_in()
    assert "root" in say(shell, "whoami").split()
    assert "amber lighthouse" in say(shell, "cat /srv/vault/passphrase")
    shell.sendline("task quit")
    shell.expect(SURE)
    shell.sendline("y")
    log = begun.log()
    assert log["status"] == "success"
    assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 0.0
