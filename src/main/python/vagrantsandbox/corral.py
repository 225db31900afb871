"""The way to Corral: its command line. Everything that happens to a VM happens over there."""

import contextlib
import json
import math
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio
from anyio.abc import ByteReceiveStream, Process
from inspect_ai.util import SandboxEnvironmentLimits

from .config import VagrantSandboxEnvironmentConfig
from .errors import SandboxUnavailableError
from .identity import SampleIdentity

_DID_NOT_RUN = 255
_END_WITHIN = 5.0
_TIMEOUT_SLACK = 15.0
_CHUNK = 65536


class SandboxUnrecoverableError(Exception):
    """A process that serves the sandbox neither answers nor ends."""


class CorralError(subprocess.CalledProcessError):
    """A Corral command failed. Its text is Corral's own sentence."""

    def __str__(self) -> str:
        said = (self.stderr or b"").decode("utf-8", "replace").strip()
        return said or super().__str__()

    def __repr__(self) -> str:
        # Inspect's log and display show the repr; the bytes of both streams would drown the sentence.
        return f"CorralError({str(self)!r})"


@dataclass(frozen=True)
class StartedMachine:
    """A machine of a started sandbox, by Vagrant's full name."""

    name: str
    primary: bool


@dataclass(frozen=True)
class StartedSandbox:
    """A sandbox that is up."""

    name: str
    directory: str
    machines: tuple[StartedMachine, ...]


class CommandDidNotRun(SandboxUnavailableError):
    """Corral could not run a command in a guest: no connection, no such machine, no such user, no way to become that user."""


@dataclass
class Finished:
    """How a command ended; output beyond the limit has lost its beginning."""

    returncode: int
    stdout: bytes
    stderr: bytes
    seconds: float


@dataclass
class _Tail:
    """The last bytes of a stream."""

    limit: int
    chunks: list[bytes] = field(default_factory=list)
    size: int = 0

    async def fill(self, stream: ByteReceiveStream) -> None:
        async for chunk in stream:
            self.chunks.append(chunk)
            self.size += len(chunk)
            if self.size > 2 * self.limit:
                self._cut()

    def _cut(self) -> None:
        kept = b"".join(self.chunks)[-self.limit :]
        self.chunks = [kept]
        self.size = len(kept)

    def bytes(self) -> bytes:
        return b"".join(self.chunks)[-self.limit :]


class Corral:
    """Runs Corral's commands. The executable is $CORRAL, else ``corral`` on the PATH."""

    async def start(self, config: VagrantSandboxEnvironmentConfig, identity: SampleIdentity) -> StartedSandbox:
        """Starts a sandbox. When cancelled, waits until Corral has taken it down again.

        Raises:
            CorralError: when it does not come up; Corral has destroyed what there was of it.
        """
        arguments = ["start", "--vagrantfile", config.vagrantfile_path, "--json", "--owner-pid", str(os.getpid())]
        if config.primary_vm_name is not None:
            arguments += ["--primary", config.primary_vm_name]
        for name, value in config.vagrantfile_env_vars:
            arguments += ["--env", f"{name}={value}"]
        origin: dict[str, str | int | None] = {
            "--task": identity.task,
            "--sample": identity.sample,
            "--epoch": identity.epoch,
            "--sample-uuid": identity.sample_uuid,
            "--run": identity.run,
            "--eval": identity.eval,
            "--log": identity.log,
        }
        # One word each, so that a value that begins with a dash is no option.
        arguments += [f"{option}={value}" for option, value in origin.items() if value is not None]
        answer = await self._json(arguments)
        machines = tuple(StartedMachine(row["name"], bool(row.get("primary"))) for row in answer["machines"])
        return StartedSandbox(answer["sandbox"], answer["directory"], machines)

    async def exec(
        self,
        machine: str,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        user: str | None = None,
        cwd: str | None = None,
        env: dict[str, str] | None = None,
        timeout: int | None = None,
        output_limit: int | None = None,
    ) -> Finished:
        """Runs a command in a guest; ``machine`` is ``sandbox/machine``.

        Raises:
            TimeoutError: when the command was ended because it took longer than ``timeout`` seconds.
            CommandDidNotRun: when it never came to the command.
            SandboxUnrecoverableError: when Corral itself does not come to an end.
        """
        arguments = ["exec", machine, "--failure-as-json"]
        if user is not None:
            arguments.append(f"--user={user}")
        if cwd is not None:
            arguments.append(f"--cwd={cwd}")
        for name, value in (env or {}).items():
            arguments += ["--env", f"{name}={value}"]
        if timeout is not None:
            arguments.append(f"--timeout={timeout}")
        limit = output_limit if output_limit is not None else SandboxEnvironmentLimits.MAX_EXEC_OUTPUT_SIZE
        deadline = None if timeout is None else timeout + _TIMEOUT_SLACK
        finished = await self._run([*arguments, "--", *command], stdin=stdin, limit=limit, deadline=deadline)
        if timeout is not None and finished.returncode == 124 and finished.seconds >= timeout:
            error = TimeoutError(f"The command timed out after {timeout} seconds.")
            error.truncated_output = finished.stdout.decode("utf-8", "replace")  # type: ignore[attr-defined]
            raise error
        if finished.returncode == _DID_NOT_RUN:
            _raise_own_failure(finished.stderr)
        return finished

    async def destroy(self, sandbox: str) -> None:
        """Destroys a sandbox with its machines.

        Raises:
            CorralError: when something of it is left; its handle is kept then.
        """
        await self._checked(["destroy", sandbox, "--json"])

    async def sandboxes(self) -> list[dict[str, Any]]:
        """Every sandbox that Corral knows, as ``corral list sandboxes`` tells it."""
        return await self._json(["list", "sandboxes", "--json"])

    def shell_command(self, machine: str, user: str | None) -> str:
        """What a person types to log in."""
        words = [_executable(), "shell", machine]
        return shlex.join(words if user is None else [*words, f"--user={user}"])

    async def _json(self, arguments: list[str]) -> Any:
        return json.loads((await self._checked(arguments)).stdout)

    async def _checked(self, arguments: list[str]) -> Finished:
        finished = await self._run(arguments)
        if finished.returncode != 0:
            raise CorralError(finished.returncode, [_executable(), *arguments], finished.stdout, finished.stderr)
        return finished

    async def _run(
        self, arguments: list[str], *, stdin: bytes = b"", limit: int = 64 << 20, deadline: float | None = None
    ) -> Finished:
        began = time.monotonic()
        # A session of its own: Ctrl-C in the terminal reaches Inspect alone, which then cancels us in its own order.
        process = await anyio.open_process([_executable(), *arguments], start_new_session=True)
        out, err = _Tail(limit), _Tail(limit)
        try:
            with anyio.fail_after(deadline):
                await self._communicate(process, stdin, out, err)
        except TimeoutError as error:
            await self._end(process, signal.SIGTERM, _END_WITHIN)
            raise TimeoutError(f"corral {arguments[0]} did not answer within {deadline:.0f} seconds.") from error
        except BaseException:
            # Corral answers INT by undoing what it was doing, which may take as long as a destroy takes. A shell's
            # background jobs ignore INT, and their children with them: then only TERM is heard.
            heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
            patient = heard and arguments[0] in ("start", "destroy")
            await self._end(process, signal.SIGINT if heard else signal.SIGTERM, math.inf if patient else _END_WITHIN)
            raise
        return Finished(process.returncode or 0, out.bytes(), err.bytes(), time.monotonic() - began)

    async def _communicate(self, process: Process, stdin: bytes, out: _Tail, err: _Tail) -> None:
        assert process.stdin and process.stdout and process.stderr
        async with anyio.create_task_group() as group:
            group.start_soon(out.fill, process.stdout)
            group.start_soon(err.fill, process.stderr)
            # A command may end without reading all of its input: its result counts, not the broken pipe.
            with contextlib.suppress(anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
                for start in range(0, len(stdin), _CHUNK):
                    await process.stdin.send(stdin[start : start + _CHUNK])
                await process.stdin.aclose()
            await process.wait()

    async def _end(self, process: Process, first: signal.Signals, patience: float) -> None:
        with anyio.CancelScope(shield=True):
            for sign, seconds in ((first, patience), (signal.SIGKILL, _END_WITHIN)):
                if process.returncode is None:
                    # The whole group: between us and Corral there may be a start script.
                    os.killpg(process.pid, sign)
                with anyio.move_on_after(seconds):
                    await process.wait()
                    return
            raise SandboxUnrecoverableError(f"Process {process.pid} of Corral could not be terminated.")


def _raise_own_failure(stderr: bytes) -> None:
    """Raises what Corral says in its last line; a guest's own exit code 255 has no such line."""
    lines = stderr.decode("utf-8", "replace").splitlines()
    if not lines or not lines[-1].startswith('{"corral_failure":'):
        return
    failure = json.loads(lines[-1])["corral_failure"]
    raise CommandDidNotRun(" ".join(filter(None, (failure.get("message"), failure.get("next_step")))))


def _executable() -> str:
    return os.environ.get("CORRAL") or "corral"
