"""What pip installs, alone: the plugin's wheel with its jars and its own Java, and no other Corral in sight."""

import json
import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.inspect_eval

SAMPLES = Path(__file__).parents[3] / "sample-vagrantfiles"
# jpackage/test makes the environment, since the network in which tests run reaches no package index.
SCRIPTS = Path(os.environ.get("CORRAL_WHEEL_PYTHON", "/nowhere/python")).parent


@pytest.fixture
def plain(tmp_path: Path) -> dict[str, str]:
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("CORRAL", "INSPECT_", "PYTHON", "JAVA"))}
    # Neither a JDK of this machine nor a Corral on the PATH helps out.
    return {**variables, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "INSPECT_SANDBOX_CACHE_DIR": str(tmp_path / "cache")}


def run(plain: dict[str, str], *command: str, cwd: Path = SAMPLES) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPTS / command[0], *command[1:]], env=plain, cwd=cwd, capture_output=True, text=True, timeout=900, check=False
    )


def test_command_line_comes_along(plain):
    installed = run(plain, "python", "-c", "from importlib.metadata import version; print(version('corral-inspect-vagrant'))").stdout
    assert run(plain, "corral", "--version").stdout == f"corral {installed}"
    assert run(plain, "corral", "list", "vms", "--json").stdout.strip() == "[ ]"
    window = run(plain, "corral", "ui")
    assert window.returncode == 1 and "brings no window" in window.stderr


def test_no_argument_names_a_file_of_options(plain, tmp_path):
    options = tmp_path / "options"
    options.write_text("--version\n")
    ran = run(plain, "corral", f"@{options}")
    assert ran.returncode == 2 and f"There is no command @{options}." in ran.stderr


def test_inspect_knows_the_sandbox_type(plain, tmp_path):
    cleaned = run(plain, "inspect", "sandbox", "cleanup", "vagrant")
    assert cleaned.returncode == 0, cleaned.stderr
    assert f"Sandbox cache directory: {tmp_path / 'cache'}" in cleaned.stdout
    missing = run(plain, "inspect", "sandbox", "cleanup", "vagrant", "no-such")
    assert missing.returncode == 1 and "no-such: FAILED. Nothing here is called no-such." in missing.stdout


@pytest.mark.vm_required
def test_sample_eval_on_a_real_vm(plain, tmp_path):
    logs = tmp_path / "logs"
    ran = run(
        plain,
        "inspect",
        "eval",
        "evals.py@basic",
        "--model",
        "mockllm/model",
        "--json",
        "--log-dir",
        str(logs),
        "--log-format",
        "json",
        "--limit",
        "1",
    )
    assert ran.returncode == 0, ran.stderr
    log = json.loads(next(logs.glob("*.json")).read_text())
    assert log["status"] == "success"
    assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0
    assert run(plain, "corral", "list", "sandboxes", "--json").stdout.strip() == "[ ]"
