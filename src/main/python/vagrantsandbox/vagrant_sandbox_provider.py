"""The sandbox type "vagrant" of Inspect. It hands every request to Corral and keeps no life cycle of its own."""

import errno
import os
from dataclasses import dataclass
from logging import getLogger
from typing import Any

import anyio
from inspect_ai.util import ExecResult, SandboxConnection, SandboxEnvironment, sandboxenv
from pydantic import BaseModel

from . import guest_files
from .config import TaskFolders, VagrantSandboxEnvironmentConfig, effective_config
from .corral import CommandDidNotRun, Corral, CorralError, SandboxUnrecoverableError, StartedSandbox
from .errors import SandboxUserUnsupportedError
from .identity import SampleIdentity, current_sample

__all__ = ["SandboxUnrecoverableError", "VagrantSandboxEnvironment", "VagrantSandboxEnvironmentConfig"]

logger = getLogger(__name__)


@dataclass(frozen=True)
class _Running:
    """A sandbox of this process that has not been destroyed."""

    name: str
    directory: str
    config: object


@sandboxenv(name="vagrant")
class VagrantSandboxEnvironment(SandboxEnvironment):
    """One machine of a Vagrant sandbox."""

    _corral = Corral()
    _folders = TaskFolders()
    _running: dict[str, _Running] = {}

    def __init__(self, sandbox: str, machine: str) -> None:
        super().__init__()
        self.sandbox = sandbox
        self.machine = machine

    @classmethod
    def default_concurrency(cls) -> int | None:
        return os.cpu_count()

    @classmethod
    def config_files(cls) -> list[str]:
        # A path in the environment says that the file beside the task is not meant.
        return [] if os.getenv("VAGRANTFILE_PATH") else ["Vagrantfile"]

    @classmethod
    def config_deserialize(cls, config: dict[str, Any]) -> BaseModel:
        return VagrantSandboxEnvironmentConfig.model_validate(config)

    @classmethod
    async def task_init_environment(cls, config: Any, metadata: dict[str, str]) -> dict[str, str]:
        cls._folders.remember(config)
        return {}

    @classmethod
    async def task_init(cls, task_name: str, config: Any) -> None:
        cls._folders.remember(config)
        path = effective_config(config, cls._folders.of(config)).vagrantfile_path
        if not os.path.isfile(path):
            raise FileNotFoundError(errno.ENOENT, "There is no such Vagrantfile", path)

    @classmethod
    async def sample_init(cls, task_name: str, config: Any, metadata: dict[str, str]) -> dict[str, SandboxEnvironment]:
        identity = current_sample(task_name, metadata)
        effective = effective_config(config, cls._folders.of(config))
        try:
            started = await cls._corral.start(effective, identity)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await cls._destroy_what_is_left_of(identity)
            raise
        cls._running[started.name] = _Running(started.name, started.directory, config)
        try:
            return cls._environments(started)
        except BaseException:
            await cls._destroy(started.name)
            raise

    @classmethod
    def _environments(cls, started: StartedSandbox) -> dict[str, SandboxEnvironment]:
        """The default first, then each machine by its full name and by its name without the sandbox's suffix."""
        by_name: dict[str, SandboxEnvironment] = {machine.name: cls(started.name, machine.name) for machine in started.machines}
        primary = next((machine.name for machine in started.machines if machine.primary), None)
        if primary is None:
            raise RuntimeError(f"Corral named no primary machine for the sandbox {started.name}.")
        environments = {"default": by_name[primary]}
        for name, environment in by_name.items():
            environments.setdefault(name, environment)
        for name, environment in by_name.items():
            environments.setdefault(name.removesuffix(f"-{started.name}"), environment)
        return environments

    @classmethod
    async def sample_cleanup(
        cls, task_name: str, config: Any, environments: dict[str, SandboxEnvironment], interrupted: bool
    ) -> None:
        # After an interruption Inspect wants its loop back at once: the end of the task cleans up.
        if interrupted:
            return
        names = {env.sandbox for env in environments.values() if isinstance(env, VagrantSandboxEnvironment)}
        for name in names:
            await cls._destroy(name)

    @classmethod
    async def task_cleanup(cls, task_name: str, config: Any, cleanup: bool) -> None:
        # Only what this process started: other runs of the same user have sandboxes in the same cache directory.
        left = [running for running in list(cls._running.values()) if running.config == config]
        for running in left:
            if cleanup:
                await cls._destroy(running.name)
        if left and not cleanup:
            print("These Vagrant sandboxes are still running:")
            for running in left:
                print(f"  {running.name}  {running.directory}")
            print("Destroy one with: corral destroy NAME, or all with: inspect sandbox cleanup vagrant")

    @classmethod
    async def cli_cleanup(cls, id: str | None) -> None:
        rows = await cls._corral.sandboxes()
        if id is None:
            names = [row["sandbox"] for row in rows if row.get("liveness") == "stray"]
        else:
            names = [row["sandbox"] for row in rows if row["sandbox"] == id]
            if not names:
                print(f"There is no sandbox {id}.")
        for name in names:
            try:
                await cls._corral.destroy(name)
                print(f"{name}: done")
            except CorralError as error:
                print(f"{name}: FAILED. {error}")

    @classmethod
    async def _destroy_what_is_left_of(cls, identity: SampleIdentity) -> None:
        """After a failed start: Corral takes it down by itself, unless it was killed in the middle."""
        try:
            for row in await cls._corral.sandboxes():
                mine = (row.get("owner") or {}).get("pid") == os.getpid() and row["sandbox"] not in cls._running
                if mine and (row.get("task"), row.get("sample"), row.get("epoch")) == identity.key():
                    await cls._corral.destroy(row["sandbox"])
        except (CorralError, OSError) as error:
            logger.warning("A sandbox whose start failed may be left over. %s", error)

    @classmethod
    async def _destroy(cls, name: str) -> None:
        """Destroys a sandbox once. A failure is told and leaves the sandbox for the next cleanup."""
        if name not in cls._running:
            return
        with anyio.CancelScope(shield=True):
            try:
                await cls._corral.destroy(name)
            except CorralError as error:
                logger.warning("The sandbox %s was not destroyed completely. %s", name, error)
            else:
                cls._running.pop(name, None)

    async def exec(
        self,
        cmd: list[str],
        input: str | bytes | None = None,
        cwd: str | None = None,
        env: dict[str, str] | None = None,
        user: str | None = None,
        timeout: int | None = None,
        timeout_retry: bool = True,
        concurrency: bool = True,
    ) -> ExecResult[str]:
        if timeout is not None and timeout <= 0:
            raise ValueError(f"timeout must be a positive number of seconds, not {timeout}.")
        stdin = input.encode("utf-8") if isinstance(input, str) else (input or b"")
        try:
            finished = await self._corral.exec(self._address, cmd, stdin=stdin, user=user, cwd=cwd, env=env, timeout=timeout)
        except CommandDidNotRun as error:
            return _result_of_no_run(error, user)
        stderr = finished.stderr.decode("utf-8", "replace")
        if finished.returncode == 126 and "permission denied" in stderr.lower():
            raise PermissionError(errno.EACCES, f"Permission denied executing command: {stderr.strip()}", cmd[0])
        return ExecResult(
            success=finished.returncode == 0,
            returncode=finished.returncode,
            stdout=finished.stdout.decode("utf-8", "replace"),
            stderr=stderr,
        )

    async def write_file(self, file: str, contents: str | bytes) -> None:
        await guest_files.write_file(self._corral, self._address, file, contents)

    async def read_file(self, file: str, text: bool = True) -> str | bytes:  # type: ignore[override]
        data = await guest_files.read_file(self._corral, self._address, file)
        return data.decode("utf-8") if text else data

    async def connection(self, *, user: str | None = None) -> SandboxConnection:
        if self.sandbox not in self._running:
            raise ConnectionError(f"The sandbox {self.sandbox} is not running.")
        return SandboxConnection(type="vagrant", command=self._corral.shell_command(self._address, user))

    @property
    def _address(self) -> str:
        return f"{self.sandbox}/{self.machine}"


def _result_of_no_run(error: CommandDidNotRun, user: str | None) -> ExecResult[str]:
    """What Inspect expects when it never came to the command. Corral's sentences about users name sudo or the user."""
    said = str(error)
    if user is not None and f"has no user {user}." in said:
        return ExecResult(success=False, returncode=1, stdout="", stderr=said)
    if user is not None and "sudo" in said:
        raise SandboxUserUnsupportedError(said) from error
    raise error
