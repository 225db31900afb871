"""What can be asked of Corral. Everything that happens to a VM happens over there."""

import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from . import launcher
from .bridge import Bridge
from .bridge_process import Answer, BridgeFailure, BridgeLost
from .config import VagrantSandboxEnvironmentConfig
from .errors import SandboxUnavailableError, SandboxUserUnsupportedError
from .identity import SampleIdentity

_FOREVER = float("inf")


class SandboxUnrecoverableError(Exception):
    """A process that serves the sandbox neither answers nor ends. Kept for eval files that catch the original's."""


class CorralError(RuntimeError):
    """Corral could not do what it was asked. The text is its own sentence, with what matters of Vagrant's output."""


class NoSuchUser(RuntimeError):
    """The guest has no such user."""


class GuestFileError(Exception):
    """A file in a guest can't be read or written; ``errno`` is the name of the reason."""

    def __init__(self, errno: str, message: str) -> None:
        super().__init__(message)
        self.errno = errno


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
    ssh_config: str
    """The folder with the SSH settings of its machines, a file each."""
    machines: tuple[StartedMachine, ...]
    seconds: float


@dataclass(frozen=True)
class Finished:
    """How a command ended; output beyond the limit has lost its beginning."""

    returncode: int
    timed_out: bool
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True)
class SandboxRow:
    """A sandbox as Corral lists it."""

    name: str
    directory: str
    liveness: str
    owner_pid: int | None
    owner_alive: bool


@dataclass(frozen=True)
class CleanupRow:
    """What became of one thing that was to be cleaned up; ``problem`` says why it is still there."""

    kind: str
    name: str
    result: str
    problem: str | None


class Corral:
    """Requests to Corral, over the one bridge of this process."""

    def __init__(self) -> None:
        self.bridge = Bridge()

    async def start(
        self,
        config: VagrantSandboxEnvironmentConfig,
        identity: SampleIdentity,
        keep_failed: bool,
        on_news: Callable[[str, dict[str, Any]], None],
    ) -> StartedSandbox:
        """Starts a sandbox. When cancelled, waits until Corral has taken it down again.

        ``on_news`` hears ``created``, ``queued`` and ``progress``, on this coroutine's thread.

        Raises:
            CorralError: when it does not come up; Corral has destroyed what there was of it, or kept it as asked.
        """
        params = {
            "vagrantfile": config.vagrantfile_path,
            "primary": config.primary_vm_name,
            "env": [list(pair) for pair in config.vagrantfile_env_vars],
            "keep_failed": keep_failed,
            "origin": identity.origin(),
        }
        answer = await self._ask("start", params, on_news=on_news, patience=_FOREVER)
        machines = tuple(StartedMachine(row["name"], bool(row.get("primary"))) for row in answer.result["machines"])
        result = answer.result
        return StartedSandbox(result["sandbox"], result["directory"], result["ssh_config"], machines, result["seconds"])

    async def exec(
        self,
        sandbox: str,
        machine: str,
        command: Sequence[str],
        *,
        stdin: bytes | None,
        user: str | None,
        cwd: str | None,
        env: dict[str, str],
        timeout: float | None,
        output_limit: int,
    ) -> Finished:
        """Runs a command in a guest.

        Raises:
            NoSuchUser: when the guest has no such user.
            SandboxUserUnsupportedError: when commands can never run as that user there.
            SandboxUnavailableError: when the machine can't be reached, or was lost on the way.
            CorralError: when it could not be run for another reason.
        """
        params = {"sandbox": sandbox, "machine": machine, "argv": list(command), "user": user, "cwd": cwd, "env": env, "timeout": timeout}
        answer = await self._ask("exec", params, stdin, limit=output_limit)
        result = answer.result
        return Finished(result["exit_code"], bool(result.get("timed_out")), answer.stdout, answer.stderr)

    async def write_file(self, sandbox: str, machine: str, path: str, contents: bytes) -> None:
        """Writes a file and makes the directories above it.

        Raises:
            GuestFileError: when the guest does not let us.
            SandboxUnavailableError: when the machine can't be reached.
        """
        params = {"sandbox": sandbox, "machine": machine, "path": path, "size": len(contents)}
        await self._ask("write_file", params, contents, repeatable=True)

    async def read_file(self, sandbox: str, machine: str, path: str, limit: int) -> bytes:
        """Reads a whole file.

        Raises:
            GuestFileError: when the guest does not let us, or with EFBIG when it has more than ``limit`` bytes.
            SandboxUnavailableError: when the machine can't be reached.
        """
        params = {"sandbox": sandbox, "machine": machine, "path": path, "limit": limit}
        return (await self._ask("read_file", params, repeatable=True)).stdout

    async def destroy(self, sandbox: str) -> None:
        """Destroys a sandbox with its machines; one that is gone already is fine.

        Raises:
            CorralError: when something of it is left; its handle is kept then.
        """
        await self._ask("destroy", {"sandbox": sandbox}, repeatable=True, patience=_FOREVER)

    async def pin(self, sandbox: str) -> None:
        """Says that the sandbox is to stay when this process ends.

        Raises:
            CorralError: when that can't be noted.
        """
        await self._ask("pin", {"sandbox": sandbox, "pinned": True}, repeatable=True)

    async def sandboxes(self) -> tuple[str, list[SandboxRow]]:
        """The cache directory, and every sandbox in it."""
        result = (await self._ask("sandboxes", {}, repeatable=True)).result
        rows = []
        for row in result["sandboxes"]:
            owner = row.get("owner") or {}
            rows.append(SandboxRow(row["sandbox"], row["directory"], row["liveness"], owner.get("pid"), bool(owner.get("alive"))))
        return result["cache"], rows

    async def cleanup(self, name: str | None) -> tuple[str, list[CleanupRow]]:
        """Destroys strays, or what is called so; the cache directory, and what became of each.

        Raises:
            CorralError: when nothing could be looked at.
        """
        result = (await self._ask("cleanup", {"name": name}, repeatable=True, patience=_FOREVER)).result
        rows = [CleanupRow(row.get("kind", "sandbox"), row["sandbox"], row["result"], row.get("problem")) for row in result["results"]]
        return result["cache"], rows

    def shell_command(self, sandbox: str, machine: str, user: str | None) -> str:
        """What a person types into another terminal to log in."""
        words = [launcher.person_command(), "shell", f"{sandbox}/{machine}"]
        if user is not None:
            words.append(f"--user={user}")
        # Another terminal need not have the variables by which Corral finds its sandboxes.
        names = ("INSPECT_SANDBOX_CACHE_DIR", "INSPECT_SANDBOX_CACHE_SUFFIX", "XDG_CACHE_HOME")
        found = {name: os.environ[name] for name in names if os.environ.get(name)}
        given = [f"{name}={os.path.abspath(value) if name.endswith('DIR') else value}" for name, value in found.items()]
        return shlex.join(["env", *given, *words] if given else words)

    async def _ask(
        self,
        method: str,
        params: dict[str, Any],
        payload: bytes | None = None,
        *,
        repeatable: bool = False,
        limit: int = 1 << 62,
        on_news: Callable[[str, dict[str, Any]], None] | None = None,
        patience: float | None = None,
    ) -> Answer:
        try:
            return await self.bridge.call(method, params, payload, repeatable=repeatable, limit=limit, on_news=on_news, patience=patience)
        except BridgeLost as error:
            raise SandboxUnavailableError(f"{error} Whether the request was carried out is not known.") from error
        except BridgeFailure as error:
            raise _failure(error) from error


def _failure(error: BridgeFailure) -> Exception:
    match error.kind:
        case "unavailable":
            return SandboxUnavailableError(str(error))
        case "user_unsupported":
            return SandboxUserUnsupportedError(str(error))
        case "no_such_user":
            return NoSuchUser(str(error))
        case "file":
            return GuestFileError(error.errno, str(error))
        case _:
            return CorralError(str(error))
