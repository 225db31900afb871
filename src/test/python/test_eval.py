"""Whole runs of Inspect: against the stand-in for Corral's bridge, and on a real VM."""

import json
import os
import signal
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest
from inspect_ai.log._samples import ActiveSample

pytestmark = pytest.mark.inspect_eval

REPOSITORY = Path(__file__).parents[3]
SAMPLES = REPOSITORY / "sample-vagrantfiles"

TASK = """
from pathlib import Path
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import solver
from inspect_ai.util import SandboxEnvironmentSpec, sandbox
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironmentConfig

@solver
def fail_once():
    async def solve(state, generate):
        if not Path("failed").exists():
            Path("failed").touch()
            raise RuntimeError("only once")
        return state
    return solve

@task
def unlucky():
    return Task(dataset=[Sample(input="x", target="x")], solver=fail_once(), sandbox=("vagrant", "lab/Vagrantfile"))

@solver
def read_note():
    async def solve(state, generate):
        state.output.completion = await sandbox().read_file("note.txt")
        return state
    return solve

@task
def note():
    return Task(
        dataset=[Sample(id="a/b c", input="Read note.txt.", target="hello", files={"note.txt": "hello"}),
                 Sample(input="Read note.txt.", target="again", files={"note.txt": "again"})],
        solver=read_note(),
        scorer=includes(),
        sandbox=SandboxEnvironmentSpec("vagrant", VagrantSandboxEnvironmentConfig(vagrantfile_path="lab/Vagrantfile")),
    )
"""


# The plugin need not be installed: importing it makes its sandbox type known, as its entry point would.
INSPECT = "import vagrantsandbox.vagrant_sandbox_provider; from inspect_ai._cli.main import main; main()"


def inspect(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", INSPECT, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src/main/python")}
    with subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            out, err = process.communicate(timeout=1500)
        except subprocess.TimeoutExpired:
            # One INT lets Inspect destroy its sandboxes; killing it would leave VMs behind.
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=120)
            raise AssertionError(f"Inspect took too long.\n{out}\n{err}") from None
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def run_evals(reference: str, cwd: Path, logs: Path, *options: str) -> list[dict]:
    """The logs of all tasks of a file, or of the one that is named."""
    plain = ("--model", "mockllm/model", "--display", "plain", "--log-dir", str(logs), "--log-format", "json")
    ran = inspect("eval", reference, *plain, *options, cwd=cwd)
    assert ran.returncode == 0, ran.stderr
    return [json.loads(log.read_text()) for log in logs.glob("*.json")]


def run_eval(reference: str, cwd: Path, logs: Path, *options: str) -> dict:
    (log,) = run_evals(reference, cwd, logs, *options)
    return log


@pytest.fixture
def task_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "evals"
    (folder / "lab").mkdir(parents=True)
    (folder / "lab" / "Vagrantfile").touch()
    (folder / "notes.py").write_text(TASK)
    return folder


def test_run_names_its_samples_and_leaves_nothing(fake_corral, task_folder, tmp_path):
    # Started from elsewhere: the path in the config counts from the task file.
    log = run_eval("evals/notes.py@note", tmp_path, tmp_path / "logs", "--epochs", "2", "--max-samples", "1")
    assert log["status"] == "success"
    assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0
    starts = fake_corral.calls("start")
    origins = [call["origin"] for call in starts]
    assert sorted((origin["sample"], origin["epoch"]) for origin in origins) == [("2", 1), ("2", 2), ("a/b c", 1), ("a/b c", 2)]
    assert {call["vagrantfile"] for call in starts} == {str(task_folder / "lab" / "Vagrantfile")}
    assert {origin["sample_uuid"] for origin in origins} == {sample["uuid"] for sample in log["samples"]}
    assert {(origin["task"], origin["attempt"]) for origin in origins} == {("note", 1)}
    # Inspect before 0.3.206 does not tell a provider in which run it is.
    if "run_id" in signature(ActiveSample.__init__).parameters:
        assert {(origin["run"], origin["eval"]) for origin in origins} == {(log["eval"]["run_id"], log["eval"]["eval_id"])}
    assert all(origin["log"].startswith(str(tmp_path / "logs")) for origin in origins)
    assert len(fake_corral.calls("destroy")) == 4


def test_retries_are_told_apart(fake_corral, task_folder, tmp_path):
    log = run_eval("notes.py@unlucky", task_folder, tmp_path / "logs", "--retry-on-error=1")
    assert log["status"] == "success"
    origins = [call["origin"] for call in fake_corral.calls("start")]
    assert [origin["attempt"] for origin in origins] == [1, 2]
    assert len({origin["sample_uuid"] for origin in origins}) <= 2
    assert len(fake_corral.calls("destroy")) == 2


def test_eval_set_of_several_tasks_with_retries(fake_corral, task_folder, tmp_path):
    options = (
        "--model",
        "mockllm/model",
        "--display",
        "plain",
        "--log-dir",
        str(tmp_path / "set"),
        "--log-format",
        "json",
        "--retry-wait",
        "1",
    )
    ran = inspect("eval-set", "notes.py", *options, "--retry-attempts", "3", "--max-samples", "1", cwd=task_folder)
    assert ran.returncode == 0, ran.stderr
    logs = [json.loads(file.read_text()) for file in (tmp_path / "set").glob("*.json") if file.name not in ("logs.json", "eval-set.json")]
    assert sorted(log["eval"]["task"] for log in logs if log["status"] == "success") == ["note", "unlucky"]
    # Two notes and an unlucky one that was started twice; each is destroyed once.
    assert sorted(call["origin"]["task"] for call in fake_corral.calls("start")) == ["note", "note", "unlucky", "unlucky"]
    destroyed = [call["sandbox"] for call in fake_corral.calls("destroy")]
    assert len(destroyed) == len(set(destroyed)) == 4


def test_run_whose_sandbox_does_not_start(fake_corral, task_folder, tmp_path):
    fake_corral.will("fail-start")
    log = run_eval("notes.py@note", task_folder, tmp_path / "logs", "--max-samples", "1")
    assert log["status"] == "error"
    assert "The provisioner app failed." in log["error"]["message"]
    # Corral has undone it already; asking once more costs nothing and leaves nothing to chance.
    assert len(fake_corral.calls("destroy")) == 1


def test_inspect_lists_every_sample_task():
    listed = json.loads(inspect("list", "tasks", "--json", cwd=SAMPLES).stdout)
    assert sorted((task["file"], task["name"]) for task in listed) == [
        ("broken_evals.py", "broken_provisioner"),
        ("broken_evals.py", "broken_syntax"),
        ("broken_evals.py", "missing_box"),
        ("evals.py", "basic"),
        ("evals.py", "env_vars"),
        ("evals.py", "multi"),
        ("evals.py", "webserver"),
    ]


@pytest.fixture
def real_corral(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("CORRAL", os.environ.get("CORRAL") or str(REPOSITORY / "jpackage" / "corral"))
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", str(tmp_path / "cache"))
    return Path(os.environ["CORRAL"])


@pytest.mark.vm_required
def test_sample_evals_on_real_vms(real_corral, tmp_path):
    # One run for all tasks, and of each the second sample: the first of basic is what the wheel is tried with, and the rest differ in what
    # they ask, not in what Corral does. CORRAL_EVERYDAY=all runs every sample.
    some = () if os.environ.get("CORRAL_EVERYDAY") == "all" else ("--limit", "2-2")
    logs = run_evals("evals.py", SAMPLES, tmp_path / "logs", "--max-samples", "2", "--max-sandboxes", "2", *some)
    assert sorted(log["eval"]["task"] for log in logs) == ["basic", "env_vars", "multi", "webserver"]
    for log in logs:
        assert log["status"] == "success", log["eval"]["task"]
        assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0, log["eval"]["task"]
    left = subprocess.run([real_corral, "list", "sandboxes", "--json"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert json.loads(left) == []


@pytest.mark.vm_required
def test_failed_provisioner_on_a_real_vm(real_corral, tmp_path):
    log = run_eval("broken_evals.py@broken_provisioner", SAMPLES, tmp_path / "logs")
    assert log["status"] == "error"
    assert "/etc/app.conf" in log["error"]["message"]
    assert not any((tmp_path / "cache").glob("*/.vagrant"))
