"""Runs of Inspect that meet each other, are interrupted or killed, on real VMs: nothing is lost, nothing of others is touched."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from test_eval import INSPECT, REPOSITORY, run_eval

pytestmark = [pytest.mark.inspect_eval, pytest.mark.vm_required]

TASKS = """
import os, signal
from pathlib import Path
import anyio
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import solver
from inspect_ai.util import SandboxEnvironmentSpec, sandbox
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

SANDBOX = SandboxEnvironmentSpec("vagrant", VagrantSandboxEnvironmentConfig(vagrantfile_path={path!r}))

@solver
def linger():
    async def solve(state, generate):
        Path("lingering").touch()
        while not Path("go-on").exists():
            await anyio.sleep(0.2)
        state.output.completion = (await sandbox().exec(["echo", "still here"])).stdout
        return state
    return solve

@solver
def lose_the_bridge():
    async def solve(state, generate):
        await sandbox().write_file("kept", "still here")
        os.kill(VagrantSandboxEnvironment._corral.bridge.pid, signal.SIGKILL)
        await anyio.sleep(1)
        state.output.completion = await sandbox().read_file("kept")
        return state
    return solve

@task
def lingering():
    return Task(dataset=[Sample(id="lingers", input="x", target="still here")], solver=linger(), scorer=includes(), sandbox=SANDBOX)

@task
def bridge_lost():
    return Task(dataset=[Sample(id="loses", input="x", target="still here")], solver=lose_the_bridge(), scorer=includes(), sandbox=SANDBOX)
"""


class World:
    """One cache directory, and what happens in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs: list[subprocess.Popen] = []

    def begin(self) -> subprocess.Popen:
        arguments = ["eval", "tasks.py@lingering", "--model", "mockllm/model", "--display", "plain", "--log-dir", str(self.folder / "logs")]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src/main/python")}
        with (self.folder / f"run-{len(self.runs)}.log").open("w") as log:
            self.runs.append(subprocess.Popen([sys.executable, "-c", INSPECT, *arguments], cwd=self.folder, env=environment, stdout=log, stderr=log))
        return self.runs[-1]

    def sandboxes(self) -> list[dict]:
        listed = subprocess.run([os.environ["CORRAL"], "list", "sandboxes", "--json"], capture_output=True, text=True, timeout=60, check=True)
        return json.loads(listed.stdout)

    def cleanup(self) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src/main/python")}
        command = [sys.executable, "-c", INSPECT, "sandbox", "cleanup", "vagrant"]
        return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=200, check=False)

    def until(self, what: Callable[[], bool], seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < end, "\n".join(log.read_text() for log in self.folder.glob("run-*.log"))
            time.sleep(0.3)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("CORRAL", os.environ.get("CORRAL") or str(REPOSITORY / "jpackage" / "corral"))
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "tasks.py").write_text(TASKS.format(path=str(REPOSITORY / "sample-vagrantfiles" / "basic" / "Vagrantfile")))
    world = World(tmp_path)
    yield world
    for run in world.runs:
        if run.poll() is None:
            run.send_signal(signal.SIGINT)
            run.wait(120)


def virtual_machines() -> str:
    return subprocess.run(["virsh", "-c", "qemu:///system", "-q", "list", "--all", "--name"], capture_output=True, text=True, check=True).stdout


def test_a_run_that_ends_and_a_cleanup_leave_the_other_run_alone_and_a_killed_run_is_cleaned_up(world):
    first = world.begin()
    world.until((world.folder / "lingering").exists)
    (mine,) = world.sandboxes()
    assert (mine["liveness"], mine["sample"]) == ("live", "lingers")
    other = run_eval("tasks.py@bridge_lost", world.folder, world.folder / "other-logs")
    assert other["status"] == "success"
    assert other["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0
    cleaned = world.cleanup()
    assert cleaned.returncode == 0 and "no stray" in cleaned.stdout
    assert [row["sandbox"] for row in world.sandboxes()] == [mine["sandbox"]]
    assert mine["sandbox"] in virtual_machines()

    first.kill()
    first.wait()
    assert [row["liveness"] for row in world.sandboxes()] == ["stray"]
    assert mine["sandbox"] in virtual_machines()
    cleaned = world.cleanup()
    assert cleaned.returncode == 0 and f"{mine['sandbox']}: done" in cleaned.stdout
    assert world.sandboxes() == []
    assert mine["sandbox"] not in virtual_machines()


def test_a_run_that_is_killed_while_its_vm_boots_leaves_nothing_unlisted(world):
    run = world.begin()
    world.until(lambda: any(row["state"] == "starting" and "boot" in row["detail"] for row in world.sandboxes()))
    (row,) = world.sandboxes()
    run.kill()
    run.wait()
    # The bridge undoes the start by itself; whatever it has not come to is in the list.
    world.until(lambda: all(row["liveness"] == "stray" for row in world.sandboxes()))
    assert world.cleanup().returncode == 0
    assert world.sandboxes() == []
    assert row["sandbox"] not in virtual_machines()


def test_one_interrupt_destroys_what_runs(world):
    run = world.begin()
    world.until((world.folder / "lingering").exists)
    (row,) = world.sandboxes()
    run.send_signal(signal.SIGINT)
    run.wait(120)
    assert world.sandboxes() == []
    assert row["sandbox"] not in virtual_machines()
