"""The sandbox type "vagrant" of Inspect. It hands every request to Corral and keeps no life cycle of its own."""

import errno
import os
import sys
from dataclasses import dataclass
from logging import getLogger
from typing import Any, Literal, overload

import anyio
from inspect_ai.util import ExecResult, SandboxConnection, SandboxEnvironment, SandboxEnvironmentLimits, sandboxenv
from pydantic import BaseModel

from . import guest_files
from .cleanup import cleanup_command
from .config import TaskFolders, VagrantSandboxEnvironmentConfig, effective_config
from .corral import Corral, CorralError, NoSuchUser, SandboxUnrecoverableError, StartedSandbox
from .errors import SandboxUnavailableError
from .identity import current_sample
from .progress import StartNews
from .vscode import remote_window

__all__ = ["SandboxUnrecoverableError", "VagrantSandboxEnvironment", "VagrantSandboxEnvironmentConfig"]

logger = getLogger(__name__)


@dataclass(frozen=True)
class _Running:
    """A sandbox of this process that has not been destroyed, as far as is known."""

    name: str
    ssh_config: str
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
        """As many sandboxes at once as there are processors."""
        return os.cpu_count()

    @classmethod
    def default_polling_interval(cls) -> float:
        """Seconds between two looks for requests of the guest; a look is one exec, which is cheap here."""
        return 0.2

    @classmethod
    def config_files(cls) -> list[str]:
        """The file beside the task that configures a bare ``sandbox="vagrant"``."""
        # A path in the environment says that the file beside the task is not meant.
        return [] if os.getenv("VAGRANTFILE_PATH") else ["Vagrantfile"]

    @classmethod
    def config_deserialize(cls, config: dict[str, Any]) -> BaseModel:
        """The config that a log holds."""
        return VagrantSandboxEnvironmentConfig.model_validate(config)

    @classmethod
    async def task_init_environment(cls, config: Any, metadata: dict[str, str]) -> dict[str, str]:
        """Only here and in ``task_init`` the working directory is the task's."""
        cls._folders.remember(config)
        return {}

    @classmethod
    async def task_init(cls, task_name: str, config: Any) -> None:
        """Refuses a Vagrantfile that is not there before any VM is started."""
        cls._folders.remember(config)
        path = effective_config(config, cls._folders.of(config)).vagrantfile_path
        if not os.path.isfile(path):
            raise FileNotFoundError(errno.ENOENT, "There is no such Vagrantfile", path)

    @classmethod
    async def sample_init(cls, task_name: str, config: Any, metadata: dict[str, str]) -> dict[str, SandboxEnvironment]:
        """Starts the sandbox of a sample; undoes its own work when that fails or is cancelled, since Inspect does not."""
        identity = current_sample(task_name, metadata)
        effective = effective_config(config, cls._folders.of(config))
        keep = _keeps_sandboxes()
        with StartNews(identity.sample or task_name) as news:

            def hear(method: str, params: dict[str, Any]) -> None:
                news.hear(method, params)
                if method == "created":
                    # From here on it is ours to clean up, whatever happens.
                    cls._running[params["sandbox"]] = _Running(params["sandbox"], "", config)

            try:
                started = await cls._corral.start(effective, identity, keep, hear)
                cls._running[started.name] = _Running(started.name, started.ssh_config, config)
                news.up(started)
                return cls._environments(started)
            except BaseException as error:
                if news.sandbox is not None and not (keep and isinstance(error, CorralError)):
                    await cls._destroy(news.sandbox)
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
    async def sample_cleanup(cls, task_name: str, config: Any, environments: dict[str, SandboxEnvironment], interrupted: bool) -> None:
        """Destroys the sandbox of a sample."""
        # After an interruption Inspect wants its loop back at once: the end of the task cleans up.
        if interrupted:
            return
        names = {env.sandbox for env in environments.values() if isinstance(env, VagrantSandboxEnvironment)}
        for name in names:
            await cls._destroy(name)

    @classmethod
    async def task_cleanup(cls, task_name: str, config: Any, cleanup: bool) -> None:
        """Destroys what this process started and nobody has destroyed, or keeps it and says so."""
        # Only what this process started: other runs of the same user have sandboxes in the same cache directory.
        left = [running for running in list(cls._running.values()) if running.config == config]
        if cleanup:
            for running in left:
                await cls._destroy(running.name)
        elif left:
            await cls._keep(left)

    @classmethod
    async def _keep(cls, left: list[_Running]) -> None:
        _, rows = await cls._corral.sandboxes()
        directories = {row.name: row.directory for row in rows}
        kept = [running for running in left if running.name in directories]
        for running in kept:
            try:
                await cls._corral.pin(running.name)
            except (CorralError, SandboxUnavailableError) as error:
                logger.warning("The sandbox %s could not be pinned and counts as a stray from now on. %s", running.name, error)
        if kept:
            print("These Vagrant sandboxes stay, as --no-sandbox-cleanup says:")
            for running in kept:
                print(f"  {running.name}  {directories[running.name]}")
            print("Destroy one with: inspect sandbox cleanup vagrant NAME, or with: corral destroy NAME")

    @classmethod
    async def cli_cleanup(cls, id: str | None) -> None:
        """Destroys strays, or one sandbox by its name."""
        await cleanup_command(cls._corral, id)

    @classmethod
    async def _destroy(cls, name: str) -> None:
        """Destroys a sandbox once. A failure is told and leaves the sandbox for the next cleanup."""
        if name not in cls._running:
            return
        with anyio.CancelScope(shield=True):
            try:
                await cls._corral.destroy(name)
            except (CorralError, SandboxUnavailableError) as error:
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
        """Runs a command in the machine."""
        if timeout is not None and timeout <= 0:
            raise ValueError(f"timeout must be a positive number of seconds, not {timeout}.")
        # A command without input sees the end of its input at once.
        stdin = input.encode("utf-8", "surrogateescape") if isinstance(input, str) else input
        try:
            finished = await self._corral.exec(
                self.sandbox,
                self.machine,
                cmd,
                stdin=stdin,
                user=user,
                cwd=cwd,
                env=env or {},
                timeout=timeout,
                output_limit=SandboxEnvironmentLimits.MAX_EXEC_OUTPUT_SIZE,
            )
        except NoSuchUser as error:
            return ExecResult(success=False, returncode=1, stdout="", stderr=str(error))
        stdout, stderr = finished.stdout.decode("utf-8", "replace"), finished.stderr.decode("utf-8", "replace")
        if finished.timed_out:
            late = TimeoutError(f"The command timed out after {timeout} seconds.")
            late.truncated_output = stdout  # type: ignore[attr-defined]
            raise late
        if finished.returncode == 126 and "permission denied" in stderr.lower():
            raise PermissionError(errno.EACCES, f"Permission denied executing command: {stderr.strip()}", cmd[0])
        return ExecResult(success=finished.returncode == 0, returncode=finished.returncode, stdout=stdout, stderr=stderr)

    async def write_file(self, file: str, contents: str | bytes) -> None:
        """Writes a file in the machine, in one step where that is possible."""
        await guest_files.write_file(self._corral, self.sandbox, self.machine, file, contents)

    @overload
    async def read_file(self, file: str, text: Literal[True] = True) -> str: ...

    @overload
    async def read_file(self, file: str, text: Literal[False]) -> bytes: ...

    async def read_file(self, file: str, text: bool = True) -> str | bytes:
        """Reads a file of the machine; line ends stay as they are."""
        data = await guest_files.read_file(self._corral, self.sandbox, self.machine, file)
        return data.decode("utf-8") if text else data

    async def connection(self, *, user: str | None = None) -> SandboxConnection:
        """How a person logs in from another terminal."""
        running = self._running.get(self.sandbox)
        if running is None:
            raise ConnectionError(f"The sandbox {self.sandbox} is not running.")
        # Over SSH one can be the login user only.
        window = None if user else remote_window(self.sandbox, self.machine, running.ssh_config)
        command = self._corral.shell_command(self.sandbox, self.machine, user)
        return SandboxConnection(type="vagrant", command=command, vscode_command=window)


def _keeps_sandboxes() -> bool:
    """Whether the run asked for no cleanup. Inspect tells providers only at the end, so its command line is looked at."""
    return "--no-sandbox-cleanup" in sys.argv or os.environ.get("INSPECT_EVAL_NO_SANDBOX_CLEANUP", "").lower() in ("1", "true", "yes")
