"""Measures the Inspect plugin beside Vagrant and OpenSSH, in one run. Run by ``jpackage/bench plugin [PART]...``."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio

from loopback import LoopbackGuest
from vagrantsandbox.bridge_process import BridgeProcess
from vagrantsandbox.corral import CorralError
from vagrantsandbox.launcher import bridge_command
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

PARTS = ("bridge", "loopback", "start", "exec", "files", "eval")
VAGRANTFILE = Path(__file__).parents[3] / "sample-vagrantfiles" / "basic" / "Vagrantfile"
FILE = os.urandom(50 << 20)
HELD: list[bool] = []
Way = Callable[[], Awaitable[object]]

TASK = """
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import solver
from inspect_ai.util import sandbox
import vagrantsandbox.vagrant_sandbox_provider

@solver
def hostname():
    async def solve(state, generate):
        state.output.completion = (await sandbox().exec(["echo", "done"])).stdout
        return state
    return solve

@task
def four():
    samples = [Sample(input="x", target="done") for _ in range(4)]
    return Task(dataset=samples, solver=hostname(), scorer=includes(), sandbox=("vagrant", {path!r}))
"""


def run(*command: str, stdin: bytes = b"", cwd: str | Path = "/", env: dict[str, str] | None = None) -> bytes:
    done = subprocess.run(command, input=stdin, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, check=False)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


async def side_by_side(rounds: int, warm_up: int, **ways: Way) -> dict[str, float]:
    """The median of each way in seconds; the ways take turns, so that what disturbs one disturbs all."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + warm_up):
        for name, way in ways.items():
            began = time.perf_counter()
            await way()
            if number >= warm_up:
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


def verdict(holds: bool) -> str:
    HELD.append(holds)
    return "holds" if holds else "DOES NOT HOLD"


def compare(title: str, ours: float, other_name: str, other: float, most: float) -> None:
    ratio = ours / other
    reached = f"{ratio:.3f}x (to reach: at most {most:.3f}x)"
    print(f"{title}\n  plugin {ours * 1000:.1f} ms, {other_name} {other * 1000:.1f} ms: {reached}: {verdict(ratio <= most)}\n", flush=True)


def at_most(title: str, value: float, most: float, unit: str) -> None:
    print(f"{title}\n  {value:.2f} {unit} (to reach: at most {most} {unit}): {verdict(value <= most)}\n", flush=True)


def in_thread(*command: str, stdin: bytes = b"", cwd: str | Path = "/", env: dict[str, str] | None = None) -> Way:
    async def way() -> object:
        return await anyio.to_thread.run_sync(lambda: run(*command, stdin=stdin, cwd=cwd, env=env))

    return way


def memory() -> None:
    process = Path(f"/proc/{VagrantSandboxEnvironment._corral.bridge.pid}")
    lines = (process / "status").read_text().splitlines()
    peak = int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    at_most("The bridge's memory at its peak so far", peak / 1024, 150, "MB")


class Master:
    """OpenSSH with one kept connection, and a new ssh for each command."""

    def __init__(self, settings: Path, folder: Path) -> None:
        self.ssh = ("ssh", "-F", str(settings), "-o", f"ControlPath={folder}/cm")
        self.process = subprocess.Popen([*self.ssh, "-M", "-N", "default"])
        while not (folder / "cm").exists():
            assert self.process.poll() is None, "ssh ended"
            time.sleep(0.05)

    def command(self, *words: str, stdin: bytes = b"") -> Way:
        return in_thread(*self.ssh, "default", *words, stdin=stdin)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


async def bridge() -> None:
    times = []
    # The first ones may be without the archive of classes, which they make.
    for number in range(8):
        began = time.perf_counter()
        process = BridgeProcess(bridge_command())
        if number >= 3:
            times.append(time.perf_counter() - began)
        process.close(10)
    at_most("Start of the bridge", statistics.median(times), 0.7, "s")


async def loopback(folder: Path) -> None:
    guest = LoopbackGuest(folder / "guest")
    master = Master(guest.settings, folder / "guest")
    env = guest.environment
    try:
        for command in ("true", "/bin/true"):
            times = await side_by_side(200, 200, plugin=lambda command=command: env.exec([command]), master=master.command(command))
            compare(f"exec of {command}, loopback sshd", times["plugin"], "ssh over a ControlMaster", times["master"], 0.9)

        async def nothing_to_run() -> None:
            # As much as an exec, but for the guest.
            try:
                await env._corral.exec(env.sandbox, "default", [], stdin=None, user=None, cwd=None, env={}, timeout=None, output_limit=1)
            except CorralError:
                return
            raise AssertionError("a command of no words was run")

        times = await side_by_side(300, 300, plugin=nothing_to_run)
        at_most("What the bridge adds to an exec", times["plugin"] * 1000, 2, "ms")

        for command in (["sleep", "0.05"], ["true"]):
            times = await side_by_side(3, 1, at_once=hundred(env, command, 100), in_turn=hundred(env, command, 1))
            title = f"100 execs of {' '.join(command)} at once, loopback sshd"
            if command == ["true"]:
                # It costs processor time only, most of it sshd's and the shell's, and the processors are what both have to share.
                print(f"{title}\n  {times['in_turn'] / times['at_once']:.1f} times as many as one after another\n", flush=True)
            else:
                compare(title, times["at_once"], "one after another", times["in_turn"], 1 / 5)
        await file(env, master, "loopback sshd")
        memory()
    finally:
        master.end()
        guest.end()


def hundred(env: VagrantSandboxEnvironment, command: list[str], at_once: int) -> Way:
    async def way() -> None:
        limit = anyio.CapacityLimiter(at_once)

        async def one() -> None:
            async with limit:
                assert (await env.exec(command)).success

        async with anyio.create_task_group() as group:
            for _ in range(100):
                group.start_soon(one)

    return way


async def file(env: VagrantSandboxEnvironment, master: Master, where: str) -> None:
    async def plugin() -> None:
        await env.write_file("data", FILE)
        assert await env.read_file("data", text=False) == FILE

    async def ssh() -> None:
        await master.command("cat > data2", stdin=FILE)()
        assert await master.command("cat data2")() == FILE

    times = await side_by_side(3, 2, plugin=plugin, ssh=ssh)
    compare(f"50 MB written and read, {where}", times["plugin"], "ssh cat", times["ssh"], 1 / 1.5)


async def bare(folder: Path) -> tuple[float, float]:
    """Seconds of vagrant up, and of vagrant destroy."""
    project = folder / "bare"
    project.mkdir()
    shutil.copy(VAGRANTFILE, project)
    began = time.perf_counter()
    await in_thread("vagrant", "up", "--no-destroy-on-error", cwd=project)()
    up = time.perf_counter()
    await in_thread("vagrant", "destroy", "-f", cwd=project)()
    shutil.rmtree(project)
    return up - began, time.perf_counter() - up


async def start(folder: Path) -> None:
    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=str(VAGRANTFILE))

    async def ours() -> float:
        began = time.perf_counter()
        environments = await VagrantSandboxEnvironment.sample_init("bench", config, {"__sample_id__": "bench"})
        seconds = time.perf_counter() - began
        await VagrantSandboxEnvironment.sample_cleanup("bench", config, environments, False)
        return seconds

    # Guests take a second more or less to boot, for no reason of ours: many pairs, and each is first as often as the other.
    ups: list[float] = []
    starts: list[float] = []
    for number in range(9):
        if number % 2:
            starts.append(await ours())
        ups.append((await bare(folder))[0])
        if not number % 2:
            starts.append(await ours())
    compare("Start of a sample", statistics.median(starts), "bare vagrant up", statistics.median(ups), 1.03)


async def guest(folder: Path, parts: set[str]) -> None:
    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=str(VAGRANTFILE))
    environments = await VagrantSandboxEnvironment.sample_init("bench", config, {"__sample_id__": "bench"})
    env = environments["default"]
    assert isinstance(env, VagrantSandboxEnvironment)
    directory = folder / "cache" / env.sandbox
    suffix = {"INSPECT_VM_SUFFIX": f"-{env.sandbox}"}
    settings = folder / "config"
    settings.write_bytes(run("vagrant", "ssh-config", cwd=directory, env=suffix))
    master = Master(settings, folder)
    try:
        if "exec" in parts:
            for command in ("true", "/bin/true"):
                times = await side_by_side(60, 20, plugin=lambda command=command: env.exec([command]), master=master.command(command))
                compare(f"exec of {command}, emulated VM", times["plugin"], "ssh over a ControlMaster", times["master"], 1.0)
            vagrant = in_thread("vagrant", "ssh", "-c", "true", cwd=directory, env=suffix)
            times = await side_by_side(5, 2, plugin=lambda: env.exec(["true"]), vagrant=vagrant)
            compare("exec of true, emulated VM", times["plugin"], "vagrant ssh -c true", times["vagrant"], 1 / 20)
        if "files" in parts:
            await file(env, master, "emulated VM")
            memory()
    finally:
        master.end()
        await VagrantSandboxEnvironment.sample_cleanup("bench", config, environments, False)


async def four_samples(folder: Path) -> None:
    (folder / "four.py").write_text(TASK.format(path=str(VAGRANTFILE)))
    inspect = "import vagrantsandbox.vagrant_sandbox_provider; from inspect_ai._cli.main import main; main()"
    arguments = ("eval", "four.py", "--model", "mockllm/model", "--display", "none", "--log-dir", "logs", "--max-sandboxes", "2")
    began = time.perf_counter()
    await in_thread(sys.executable, "-c", inspect, *arguments, cwd=folder)()
    seconds = time.perf_counter() - began
    alone = [sum(await bare(folder)) for _ in range(2)]
    compare("4 samples end to end, 2 at once", seconds, "4 times bare vagrant up and destroy", 4 * statistics.median(alone), 1.0)


async def main(parts: set[str]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="corral-bench"))
    os.environ["INSPECT_SANDBOX_CACHE_DIR"] = str(folder / "cache")
    (folder / "cache").mkdir(mode=0o700)
    try:
        if "bridge" in parts:
            await bridge()
        if "loopback" in parts:
            await loopback(folder)
        if "start" in parts:
            await start(folder)
        if parts & {"exec", "files"}:
            await guest(folder, parts)
        if "eval" in parts:
            await four_samples(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    wanted = set(sys.argv[1:]) or set(PARTS)
    if not wanted <= set(PARTS):
        sys.exit(f"Parts are {', '.join(PARTS)}.")
    anyio.run(main, wanted)
    print("All figures hold." if all(HELD) else "Some figures do not hold.")
    sys.exit(0 if all(HELD) else 1)
