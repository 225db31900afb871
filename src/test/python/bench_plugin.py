"""Measures the Inspect plugin beside Vagrant and OpenSSH on one emulated VM, in one run. Run by ``jpackage/bench plugin``."""

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

from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

VAGRANTFILE = Path(__file__).parents[3] / "sample-vagrantfiles" / "basic" / "Vagrantfile"
HELD: list[bool] = []
Way = Callable[[], Awaitable[object]]


def run(*command: str, stdin: bytes = b"", cwd: str | Path = "/", env: dict[str, str] | None = None) -> bytes:
    done = subprocess.run(command, input=stdin, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, check=False)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


async def side_by_side(rounds: int, **ways: Way) -> dict[str, float]:
    """The median of each way in seconds; the ways take turns, so that what disturbs one disturbs all."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 2):
        for name, way in ways.items():
            began = time.perf_counter()
            await way()
            if number >= 2:
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


def tell(title: str, ours: float, other_name: str, other: float, most: float) -> None:
    ratio = ours / other
    HELD.append(ratio <= most)
    verdict = "holds" if ratio <= most else "DOES NOT HOLD"
    print(f"{title}\n  plugin {ours * 1000:.1f} ms, {other_name} {other * 1000:.1f} ms: {ratio:.3f}x (to reach: {most}x): {verdict}\n", flush=True)


def in_thread(*command: str, stdin: bytes = b"", **more) -> Way:
    async def way() -> object:
        return await anyio.to_thread.run_sync(lambda: run(*command, stdin=stdin, **more))

    return way


async def bare_start(folder: Path) -> float:
    project = folder / "bare"
    project.mkdir()
    shutil.copy(VAGRANTFILE, project)
    began = time.perf_counter()
    await in_thread("vagrant", "up", "--no-destroy-on-error", cwd=project)()
    seconds = time.perf_counter() - began
    await in_thread("vagrant", "destroy", "-f", cwd=project)()
    shutil.rmtree(project)
    return seconds


async def our_start() -> float:
    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=str(VAGRANTFILE))
    began = time.perf_counter()
    environments = await VagrantSandboxEnvironment.sample_init("bench", config, {"__sample_id__": "bench"})
    seconds = time.perf_counter() - began
    await VagrantSandboxEnvironment.sample_cleanup("bench", config, environments, False)
    return seconds


async def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="corral-bench"))
    os.environ["INSPECT_SANDBOX_CACHE_DIR"] = str(folder / "cache")
    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=str(VAGRANTFILE))
    corral = VagrantSandboxEnvironment._corral
    began = time.perf_counter()
    await corral.bridge.greeting()
    print(f"The bridge answers after {time.perf_counter() - began:.2f} s (to reach: 0.7 s)\n")

    ours, bare = [], []
    for _ in range(3):
        bare.append(await bare_start(folder))
        ours.append(await our_start())
    tell("Start of a sample", statistics.median(ours), "bare vagrant up", statistics.median(bare), 1.03)

    environments = await VagrantSandboxEnvironment.sample_init("bench", config, {"__sample_id__": "bench"})
    try:
        await measure(folder, environments["default"])
    finally:
        await VagrantSandboxEnvironment.sample_cleanup("bench", config, environments, False)
        shutil.rmtree(folder)


async def measure(folder: Path, env: VagrantSandboxEnvironment) -> None:
    directory = folder / "cache" / env.sandbox
    suffix = {"INSPECT_VM_SUFFIX": f"-{env.sandbox}"}
    settings = folder / "config"
    settings.write_bytes(run("vagrant", "ssh-config", cwd=directory, env=suffix))
    ssh = ["ssh", "-F", str(settings), "-o", f"ControlPath={folder}/cm"]
    master = subprocess.Popen([*ssh, "-M", "-N", "default"])
    while not (folder / "cm").exists():
        await anyio.sleep(0.1)
    try:
        for command in ("true", "/bin/true"):
            times = await side_by_side(60, plugin=lambda command=command: env.exec([command]), master=in_thread(*ssh, "default", command))
            tell(f"exec of {command}", times["plugin"], "ssh over a ControlMaster", times["master"], 1.0)
        times = await side_by_side(5, plugin=lambda: env.exec(["true"]), vagrant=in_thread("vagrant", "ssh", "-c", "true", cwd=directory, env=suffix))
        tell("exec of true", times["plugin"], "vagrant ssh -c true", times["vagrant"], 0.05)

        data = os.urandom(50 << 20)

        async def plugin_file() -> None:
            await env.write_file("data", data)
            assert await env.read_file("data", text=False) == data

        async def ssh_file() -> None:
            await in_thread(*ssh, "default", "cat > data2", stdin=data)()
            assert await in_thread(*ssh, "default", "cat data2")() == data

        times = await side_by_side(3, plugin=plugin_file, ssh=ssh_file)
        tell("50 MB written and read", times["plugin"], "ssh cat", times["ssh"], 1 / 1.5)

        async def one_after_another() -> None:
            for _ in range(100):
                await env.exec(["true"])

        async def at_once() -> None:
            async with anyio.create_task_group() as group:
                for _ in range(100):
                    group.start_soon(env.exec, ["true"])

        times = await side_by_side(2, at_once=at_once, in_turn=one_after_another)
        print(f"100 execs at once: {times['at_once']:.2f} s, in turn: {times['in_turn']:.2f} s; {times['in_turn'] / times['at_once']:.2f}x\n")
        status = Path(f"/proc/{VagrantSandboxEnvironment._corral.bridge.pid}/status").read_text()
        peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
        HELD.append(peak <= 150)
        print(f"The bridge's memory at its peak: {peak} MB (to reach: 150 MB)\n")
    finally:
        master.terminate()


anyio.run(main)
print("All figures hold." if all(HELD) else "Some figures do not hold.")
sys.exit(0 if all(HELD) else 1)
