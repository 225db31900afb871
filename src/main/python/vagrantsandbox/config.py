"""The sandbox config that task authors write, and what it comes to at run time."""

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, field_validator

from .vagrantfile_paths import resolve_vagrantfile


class VagrantSandboxEnvironmentConfig(BaseModel, frozen=True):
    """Which Vagrantfile to start, and how. Frozen and hashable, because Inspect keeps configs in sets."""

    vagrantfile_path: str = Field(default_factory=lambda: os.getenv("VAGRANTFILE_PATH", "./Vagrantfile"))
    """Absolute, or relative to the task file's folder or else to the working directory."""

    primary_vm_name: str | None = None
    """The machine that Inspect calls the default one. None takes the one that the Vagrantfile marks or defines first."""

    vagrantfile_env_vars: tuple[tuple[str, str], ...] = ()
    """Environment of the Vagrant process, not of the guest. May be given as a dict."""

    @field_validator("vagrantfile_env_vars", mode="before")
    @classmethod
    def _dict_as_pairs(cls, value: Any) -> Any:
        return tuple(value.items()) if isinstance(value, dict) else value


class TaskFolders:
    """Remembers the folders of the task files that use a config.

    Inspect tells a provider the task's folder only before the run (as the working directory), and the config only when a
    sample starts; this joins the two.
    """

    def __init__(self) -> None:
        self._folders: dict[object, list[Path]] = {}

    def remember(self, config: object) -> None:
        """Notes that the working directory is the folder of a task file that uses this config."""
        folders = self._folders.setdefault(config, [])
        here = Path.cwd()
        if here not in folders:
            folders.append(here)

    def of(self, config: object) -> list[Path]:
        """The folders of the task files that use this config."""
        return list(self._folders.get(config, []))


def effective_config(config: Any, folders: list[Path]) -> VagrantSandboxEnvironmentConfig:
    """The config with an absolute path. Takes what Inspect hands over: our model, a path, a dict from a log, or None.

    Raises:
        TypeError: for anything else.
        AmbiguousVagrantfile: when a relative path names several files.
    """
    if config is None:
        model = VagrantSandboxEnvironmentConfig()
    elif isinstance(config, str):
        model = VagrantSandboxEnvironmentConfig(vagrantfile_path=config)
    elif isinstance(config, VagrantSandboxEnvironmentConfig):
        model = config
    elif isinstance(config, dict):
        model = VagrantSandboxEnvironmentConfig.model_validate(config)
    else:
        raise TypeError(f"A vagrant sandbox takes a VagrantSandboxEnvironmentConfig or a Vagrantfile's path, not {type(config).__name__}.")
    path = resolve_vagrantfile(model.vagrantfile_path, folders, Path.cwd())
    return model.model_copy(update={"vagrantfile_path": str(path)})
