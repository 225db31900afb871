"""Inspect's own checks of a sandbox provider, all of them, on real VMs: a single machine, and one of several."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.util import SandboxEnvironment
from inspect_ai.util._sandbox.self_check import *  # noqa: F403

from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

pytestmark = [pytest.mark.vm_required, pytest.mark.anyio]

SAMPLES = Path(__file__).parents[3] / "sample-vagrantfiles"
MACHINES = {"single": ("basic", "default"), "several": ("multi", "target")}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=list(MACHINES))
async def machines(request: pytest.FixtureRequest, anyio_backend: str) -> AsyncIterator[Any]:
    folder, machine = MACHINES[request.param]
    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=str(SAMPLES / folder / "Vagrantfile"))
    environments = await VagrantSandboxEnvironment.sample_init("conformance", config, {"__sample_id__": request.param})
    try:
        yield environments[machine]
    finally:
        await VagrantSandboxEnvironment.sample_cleanup("conformance", config, environments, False)


@pytest.fixture
def sandbox_env(machines: SandboxEnvironment) -> SandboxEnvironment:
    return machines


def test_there_are_as_many_checks_as_we_know_of() -> None:
    checks = [name for name in globals() if name.startswith("test_") and name != "test_there_are_as_many_checks_as_we_know_of"]
    assert len(checks) >= 44
