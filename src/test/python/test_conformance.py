"""Inspect's own checks of a sandbox provider, all of them, on a real VM. They can't tell one machine from another: that each of several
gets what is meant for it is in test_tools."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.util import SandboxEnvironment
from inspect_ai.util._sandbox.self_check import *  # noqa: F403

from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

pytestmark = [pytest.mark.vm_required, pytest.mark.anyio]

VAGRANTFILE = Path(__file__).parents[3] / "sample-vagrantfiles" / "basic" / "Vagrantfile"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def machine(anyio_backend: str) -> AsyncIterator[Any]:
    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=str(VAGRANTFILE))
    environments = await VagrantSandboxEnvironment.sample_init("conformance", config, {"__sample_id__": "single"})
    try:
        yield environments["default"]
    finally:
        await VagrantSandboxEnvironment.sample_cleanup("conformance", config, environments, False)


@pytest.fixture
def sandbox_env(machine: SandboxEnvironment) -> SandboxEnvironment:
    return machine


def test_there_are_as_many_checks_as_we_know_of() -> None:
    checks = [name for name in globals() if name.startswith("test_") and name != "test_there_are_as_many_checks_as_we_know_of"]
    assert len(checks) >= 44
