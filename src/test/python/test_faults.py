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
def siblings():
    broken = ("vagrant", VagrantSandboxEnvironmentConfig(vagrantfile_path="broken/Vagrantfile"))
    samples = [Sample(id="boots", input="x", target="x", sandbox=SANDBOX), Sample(id="fails", input="x", target="x", sandbox=broken)]
    return Task(dataset=samples, solver=linger(), scorer=includes())

@task
def bridge_lost():
    return Task(dataset=[Sample(id="loses", input="x", target="still here")], solver=lose_the_bridge(), scorer=includes(), sandbox=SANDBOX)
"""


class World:
    """One cache directory, and what happens in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs: list[subprocess.Popen] = []

    def begin(self, task: str = "lingering") -> subprocess.Popen:
        logs = ["--log-dir", str(self.folder / "logs"), "--log-format", "json"]
        arguments = ["eval", f"tasks.py@{task}", "--model", "mockllm/model", "--display", "plain", *logs]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src/main/python")}
        with (self.folder / f"run-{len(self.runs)}.log").open("w") as log:
            self.runs.append(
                subprocess.Popen([sys.executable, "-c", INSPECT, *arguments], cwd=self.folder, env=environment, stdout=log, stderr=log)
            )
        return self.runs[-1]

    def sandboxes(self) -> list[dict]:
        listed = subprocess.run(
            [os.environ["CORRAL"], "list", "sandboxes", "--json"], capture_output=True, text=True, timeout=60, check=True
        )
        return json.loads(listed.stdout)

    def cleanup(self, *names: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src/main/python")}
        command = [sys.executable, "-c", INSPECT, "sandbox", "cleanup", "vagrant", *names]
        return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=200, check=False)

    def folders(self) -> set[str]:
        """The names of all sandboxes, without asking Corral: this is looked at again and again while VMs boot."""
        return {path.name for path in (self.folder / "cache").glob("[!.]*")}

    def boots(self) -> str:
        """The name of the sandbox of the only run, as soon as its VM boots."""
        self.until(lambda: any(f"{name}_default" in virtual_machines("list --name") for name in self.folders()))
        (row,) = self.sandboxes()
        assert row["state"] == "starting"
        return row["sandbox"]

    def log(self) -> dict:
        (file,) = (self.folder / "logs").glob("*.json")
        return json.loads(file.read_text())

    def until(self, what: Callable[[], bool], seconds: float = 240) -> None:
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
            run.wait(240)


def virtual_machines(which: str = "list --all --name") -> str:
    return subprocess.run(["virsh", "-c", "qemu:///system", "-q", *which.split()], capture_output=True, text=True, check=True).stdout


def test_a_run_that_ends_and_a_cleanup_leave_the_other_run_alone_and_a_killed_run_is_cleaned_up(world):
    first = world.begin()
    world.until((world.folder / "lingering").exists)
    (mine,) = world.sandboxes()
    assert (mine["liveness"], mine["sample"]) == ("live", "lingers")
    other = run_eval("tasks.py@bridge_lost", world.folder, world.folder / "other-logs")
    assert other["status"] == "success"
    assert other["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0
    cleaned = world.cleanup()
    assert cleaned.returncode == 0 and mine["sandbox"] not in cleaned.stdout
    assert [row["sandbox"] for row in world.sandboxes()] == [mine["sandbox"]]
    assert mine["sandbox"] in virtual_machines()

    first.kill()
    first.wait()
    assert [row["liveness"] for row in world.sandboxes()] == ["stray"]
    assert mine["sandbox"] in virtual_machines()
    cleaned = world.cleanup()
    assert cleaned.returncode == 0 and f"{mine['sandbox']}: destroyed" in cleaned.stdout
    assert world.sandboxes() == []
    assert mine["sandbox"] not in virtual_machines()


def test_a_run_that_is_killed_while_its_vm_boots_leaves_nothing_unlisted(world):
    run = world.begin()
    name = world.boots()
    run.kill()
    run.wait()
    # The bridge undoes the start by itself; whatever it has not come to is in the list.
    world.until(lambda: all(row["liveness"] == "stray" for row in world.sandboxes()))
    assert world.cleanup().returncode == 0
    assert world.sandboxes() == []
    assert name not in virtual_machines()


def test_one_interrupt_destroys_what_runs(world):
    run = world.begin()
    world.until((world.folder / "lingering").exists)
    (row,) = world.sandboxes()
    run.send_signal(signal.SIGINT)
    run.wait(240)
    assert world.sandboxes() == []
    assert row["sandbox"] not in virtual_machines()


def test_an_interrupt_ends_a_boot(world):
    run = world.begin()
    name = world.boots()
    run.send_signal(signal.SIGINT)
    run.wait(240)
    assert world.sandboxes() == []
    assert name not in virtual_machines()


def test_two_interrupts_leave_at_most_a_stray(world):
    run = world.begin()
    world.until((world.folder / "lingering").exists)
    (row,) = world.sandboxes()
    run.send_signal(signal.SIGINT)
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    run.wait(240)
    assert {left["liveness"] for left in world.sandboxes()} <= {"stray"}
    cleaned = world.cleanup()
    assert cleaned.returncode == 0, cleaned.stdout + cleaned.stderr
    assert world.sandboxes() == []
    assert row["sandbox"] not in virtual_machines()


def test_a_vagrant_that_is_killed_fails_the_sample_and_leaves_nothing(world):
    run = world.begin()
    name = world.boots()
    folder = world.folder / "cache" / name
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder and b"vagrant" in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            continue  # it has ended meanwhile
    run.wait(240)
    log = world.log()
    assert log["status"] == "error" and "Vagrant was killed." in log["error"]["message"]
    assert world.sandboxes() == []
    assert name not in virtual_machines()


def test_a_sibling_that_fails_takes_booting_vms_along(world):
    (world.folder / "broken").mkdir()
    # It fails when the other one boots.
    (world.folder / "broken" / "Vagrantfile").write_text('sleep 10\nraise "no such luck"\n')
    run = world.begin("siblings")
    names: set[str] = set()
    world.until(lambda: names.update(world.folders()) or run.poll() is not None)
    log = world.log()
    assert log["status"] == "error" and "no such luck" in log["error"]["message"]
    assert len(names) == 2
    assert world.sandboxes() == []
    assert not [name for name in names if name in virtual_machines()]


def test_no_cleanup_keeps_and_pins_until_somebody_names_it(world):
    log = run_eval("tasks.py@bridge_lost", world.folder, world.folder / "logs", "--no-sandbox-cleanup")
    assert log["status"] == "success"
    (kept,) = world.sandboxes()
    assert (kept["liveness"], kept["state"], kept["pinned"]) == ("pinned", "ready", True)
    cleaned = world.cleanup()
    assert cleaned.returncode == 0
    assert "There is nothing to clean up." in cleaned.stdout
    # Named as one that stays, with the way to remove it.
    stays = cleaned.stdout.partition("stays because it is kept")[2]
    assert kept["sandbox"] in stays and "destroyed" not in cleaned.stdout
    assert [row["sandbox"] for row in world.sandboxes()] == [kept["sandbox"]]
    named = world.cleanup(kept["sandbox"])
    assert named.returncode == 0
    assert named.stdout.splitlines() == [f"Sandbox cache directory: {world.folder / 'cache'}", f"{kept['sandbox']}: destroyed"]
    assert world.sandboxes() == []
    assert kept["sandbox"] not in virtual_machines()
