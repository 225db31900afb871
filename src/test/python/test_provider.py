import json
import os
import shlex
from pathlib import Path

import anyio
import click
import pytest
from inspect_ai.util import OutputLimitExceededError

from vagrantsandbox.corral import CorralError
from vagrantsandbox.errors import SandboxUnavailableError, SandboxUserUnsupportedError
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

pytestmark = [pytest.mark.inspect_eval, pytest.mark.anyio]


@pytest.fixture
def config(tmp_path: Path) -> VagrantSandboxEnvironmentConfig:
    (tmp_path / "Vagrantfile").touch()
    return VagrantSandboxEnvironmentConfig(vagrantfile_path=str(tmp_path / "Vagrantfile"))


@pytest.fixture(autouse=True)
def nothing_running():
    VagrantSandboxEnvironment._running.clear()
    yield
    VagrantSandboxEnvironment._running.clear()


async def started(config, sample="s/1 ü"):
    return await VagrantSandboxEnvironment.sample_init("ctf", config, {"__sample_id__": sample})


async def test_start_says_for_whom_and_what(fake_corral, config, tmp_path):
    fake_corral.will("machines", "attackerSUFFIX victimSUFFIX")
    given = config.model_copy(update={"primary_vm_name": "victim", "vagrantfile_env_vars": (("FLAG", "a=b c"),)})
    environments = await started(given, "-7/x y")
    (call,) = fake_corral.calls("start")
    assert call["vagrantfile"] == str(tmp_path / "Vagrantfile")
    assert (call["origin"]["task"], call["origin"]["sample"], call["primary"]) == ("ctf", "-7/x y", "victim")
    assert call["env"] == [["FLAG", "a=b c"]]
    assert fake_corral.calls("hello")[0]["pid"] == os.getpid()
    sandbox = environments["default"].sandbox
    assert list(environments) == ["default", f"attacker-{sandbox}", f"victim-{sandbox}", "attacker", "victim"]
    assert environments["default"] is environments["victim"] is environments[f"victim-{sandbox}"]


async def test_one_machine_is_the_default(fake_corral, config):
    assert list(await started(config)) == ["default"]


async def test_failed_start_tells_what_corral_said(fake_corral, config):
    fake_corral.will("fail-start")
    with pytest.raises(CorralError, match="The provisioner app failed") as raised:
        await started(config)
    assert "Phase: provision" in str(raised.value) and "Mend it." in str(raised.value)
    assert VagrantSandboxEnvironment._running == {}


async def test_cancelled_start_is_undone_before_we_go_on(fake_corral, config):
    fake_corral.will("hang-start")
    with anyio.move_on_after(20) as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(started, config)
            while not fake_corral.calls("hanging"):
                await anyio.sleep(0.05)
            group.cancel_scope.cancel()
    assert not scope.cancelled_caught
    assert len(fake_corral.calls("undone")) == 1


async def test_missing_vagrantfile_is_told_before_the_run(fake_corral, tmp_path):
    with pytest.raises(FileNotFoundError):
        await VagrantSandboxEnvironment.task_init("startup", str(tmp_path / "none"))


async def test_exec_carries_everything(fake_corral, config):
    env = (await started(config))["default"]
    script = 'printf \'%s\\n\' "$1" "$V"; cat; echo err >&2; exit 70'
    result = await env.exec(
        ["sh", "-c", script, "sh", "$HOME `x` 'q'\nline"], input=b"\xff\x00in", env={"V": "a b"}, user="root", timeout=20
    )
    assert (result.success, result.returncode, result.stderr) == (False, 70, "err\n")
    assert result.stdout == "$HOME `x` 'q'\nline\na b\n\ufffd\x00in"
    (call,) = fake_corral.calls("exec")
    assert (call["sandbox"], call["machine"], call["user"], call["timeout"]) == (env.sandbox, "default", "root", 20)


async def test_exec_of_a_command_that_reads_no_input(fake_corral, config):
    env = (await started(config))["default"]
    result = await env.exec(["true"], input=b"x" * 5_000_000)
    assert result.success


async def test_exec_times_out(fake_corral, config):
    env = (await started(config))["default"]
    with pytest.raises(TimeoutError):
        await env.exec(["sleep", "30"], timeout=1)
    for seconds in (0, -1):
        with pytest.raises(ValueError, match="positive"):
            await env.exec(["true"], timeout=seconds)


async def test_exit_code_124_of_a_quick_command_is_no_timeout(fake_corral, config):
    env = (await started(config))["default"]
    assert (await env.exec(["sh", "-c", "exit 124"], timeout=30)).returncode == 124


async def test_exec_of_something_not_executable(fake_corral, config):
    env = (await started(config))["default"]
    with pytest.raises(PermissionError):
        await env.exec(["/etc/passwd"])


@pytest.mark.parametrize(
    ("kind", "exception"),
    [
        ("unavailable", SandboxUnavailableError),
        ("user_unsupported", SandboxUserUnsupportedError),
        ("failed", CorralError),
        ("bug", CorralError),
    ],
)
async def test_exec_that_never_came_to_the_command(fake_corral, config, kind, exception):
    env = (await started(config))["default"]
    fake_corral.will("failure", json.dumps({"message": "box-1/default does not answer in time.", "kind": kind}))
    with pytest.raises(exception, match="does not answer"):
        await env.exec(["true"], user="root")
    with pytest.raises(exception, match="does not answer"):
        await env.read_file("x")


async def test_exec_as_a_user_that_does_not_exist(fake_corral, config):
    env = (await started(config))["default"]
    fake_corral.will("failure", json.dumps({"message": "box-1/default has no user nobody-here.", "kind": "no_such_user"}))
    result = await env.exec(["true"], user="nobody-here")
    assert not result.success and "nobody-here" in result.stderr


async def test_exit_code_255_of_the_guest_is_its_own(fake_corral, config):
    env = (await started(config))["default"]
    assert (await env.exec(["sh", "-c", "echo no >&2; exit 255"])).returncode == 255


async def test_what_a_start_left_when_the_bridge_died_is_destroyed(fake_corral, config):
    fake_corral.will("die-at", "start, late")
    with pytest.raises(SandboxUnavailableError):
        await started(config, 7)
    assert len(fake_corral.calls("hello")) == 2
    assert len(fake_corral.calls("destroy")) == 1
    assert VagrantSandboxEnvironment._running == {}


async def test_failed_start_is_kept_when_the_run_keeps_all(fake_corral, config, monkeypatch, capsys):
    monkeypatch.setenv("INSPECT_EVAL_NO_SANDBOX_CLEANUP", "true")
    fake_corral.will("fail-start")
    with pytest.raises(CorralError):
        await started(config)
    assert fake_corral.calls("start")[0]["keep_failed"] is True
    assert fake_corral.calls("destroy") == []
    (name,) = VagrantSandboxEnvironment._running
    fake_corral.will("list.json", json.dumps([{"sandbox": name, "directory": "/d", "liveness": "live"}]))
    await VagrantSandboxEnvironment.task_cleanup("shutdown", config, cleanup=False)
    assert [call["sandbox"] for call in fake_corral.calls("pin")] == [name]


async def test_output_keeps_its_end(fake_corral, config, monkeypatch):
    env = (await started(config))["default"]
    monkeypatch.setattr("vagrantsandbox.vagrant_sandbox_provider.SandboxEnvironmentLimits.MAX_EXEC_OUTPUT_SIZE", 1000)
    result = await env.exec(["sh", "-c", "seq 20000; echo last"])
    assert len(result.stdout) == 1000
    assert result.stdout.endswith("20000\nlast\n")


async def test_files(fake_corral, config):
    env = (await started(config))["default"]
    for name, contents in (("a b/c'd.bin", b"\xc3\x28\x00"), ("-dash", b""), ("big", b"\xc3" * 3_000_000)):
        await env.write_file(name, contents)
        assert await env.read_file(name, text=False) == contents
    await env.write_file("text", "grün\r\n")
    assert await env.read_file("text") == "grün\r\n"
    with pytest.raises(FileNotFoundError, match="nothing-here"):
        await env.read_file("nothing-here")
    with pytest.raises(IsADirectoryError, match="directory"):
        await env.read_file("a b")
    with pytest.raises(IsADirectoryError, match="directory"):
        await env.write_file("a b", "x")


async def test_file_beyond_the_limit(fake_corral, config, monkeypatch):
    env = (await started(config))["default"]
    await env.write_file("two", "x" * 2048)
    monkeypatch.setattr("vagrantsandbox.guest_files.SandboxEnvironmentLimits.MAX_READ_FILE_SIZE", 1024)
    with pytest.raises(OutputLimitExceededError):
        await env.read_file("two")


async def test_cleanup_destroys_once_and_only_its_own(fake_corral, config):
    first, second = await started(config), await started(config)
    await VagrantSandboxEnvironment.sample_cleanup("ctf", config, first, interrupted=False)
    assert [call["sandbox"] for call in fake_corral.calls("destroy")] == [first["default"].sandbox]
    with pytest.raises(ConnectionError):
        await first["default"].connection()

    await VagrantSandboxEnvironment.sample_cleanup("ctf", config, second, interrupted=True)
    assert len(fake_corral.calls("destroy")) == 1

    await VagrantSandboxEnvironment.task_cleanup("shutdown", config, cleanup=True)
    await VagrantSandboxEnvironment.task_cleanup("shutdown", config, cleanup=True)
    assert [call["sandbox"] for call in fake_corral.calls("destroy")][1:] == [second["default"].sandbox]


async def test_task_cleanup_leaves_other_configs_alone(fake_corral, config, tmp_path):
    await started(config)
    await VagrantSandboxEnvironment.task_cleanup("shutdown", "another", cleanup=True)
    assert fake_corral.calls("destroy") == []


async def test_failed_destroy_is_told_and_tried_again(fake_corral, config, caplog):
    environments = await started(config)
    fake_corral.will("fail-destroy")
    await VagrantSandboxEnvironment.sample_cleanup("ctf", config, environments, interrupted=False)
    assert "The hypervisor does not answer" in caplog.text
    (fake_corral.folder / "fail-destroy").unlink()
    await VagrantSandboxEnvironment.task_cleanup("shutdown", config, cleanup=True)
    assert len(fake_corral.calls("destroy")) == 2
    assert VagrantSandboxEnvironment._running == {}


async def test_no_cleanup_only_tells(fake_corral, config, capsys):
    name = (await started(config))["default"].sandbox
    fake_corral.will("list.json", json.dumps([{"sandbox": name, "directory": "/d", "liveness": "live"}]))
    await VagrantSandboxEnvironment.task_cleanup("shutdown", config, cleanup=False)
    assert fake_corral.calls("destroy") == []
    assert name in capsys.readouterr().out
    assert [call["sandbox"] for call in fake_corral.calls("pin")] == [name]


async def test_command_line_cleanup_says_what_became_of_each(fake_corral, capsys):
    await VagrantSandboxEnvironment.cli_cleanup(None)
    out = capsys.readouterr().out
    assert f"Sandbox cache directory: {fake_corral.folder}" in out and "nothing to clean up" in out
    rows = [
        {"sandbox": "aa", "machines": ["default"], "result": "destroyed", "kind": "sandbox"},
        {"sandbox": "bb_default.img", "machines": [], "result": "removed", "kind": "box_copy"},
    ]
    fake_corral.will("cleaned.json", json.dumps(rows))
    await VagrantSandboxEnvironment.cli_cleanup(None)
    out = capsys.readouterr().out
    assert "aa: destroyed" in out and "box copy bb_default.img: removed" in out
    rows.append({"sandbox": "cc", "machines": [], "result": "failed", "problem": "It is live and left alone: Inspect process 7 is alive."})
    fake_corral.will("cleaned.json", json.dumps(rows))
    with pytest.raises(click.ClickException, match="1 of 3"):
        await VagrantSandboxEnvironment.cli_cleanup("cc")
    assert "cc: FAILED. It is live" in capsys.readouterr().out
    assert [call.get("name") for call in fake_corral.calls("cleanup")] == [None, None, "cc"]


async def test_command_line_cleanup_says_what_stays_because_it_is_kept(fake_corral, capsys):
    def listed(name: str, liveness: str) -> dict[str, object]:
        return {"sandbox": name, "directory": f"/cache/{name}", "liveness": liveness}

    fake_corral.will("list.json", json.dumps([listed("aa", "pinned"), listed("bb", "live"), listed("cc", "pinned")]))
    await VagrantSandboxEnvironment.cli_cleanup(None)
    out = capsys.readouterr().out
    assert "2 sandboxes stay because they are kept" in out and "/cache/aa" in out and "/cache/cc" in out and "/cache/bb" not in out
    assert "inspect sandbox cleanup vagrant NAME" in out and "corral destroy NAME" in out
    # Who names one is told about that one.
    await VagrantSandboxEnvironment.cli_cleanup("aa")
    assert "kept" not in capsys.readouterr().out
    fake_corral.will("list.json", json.dumps([listed("bb", "live")]))
    await VagrantSandboxEnvironment.cli_cleanup(None)
    assert "kept" not in capsys.readouterr().out


async def test_connection_names_the_machine(fake_corral, config):
    env = (await started(config))["default"]
    connection = await env.connection()
    assert connection.type == "vagrant"
    assert shlex.split(connection.command)[-2:] == ["shell", f"{env.sandbox}/default"]
    assert shlex.split((await env.connection(user="root")).command)[-1] == "--user=root"


async def test_vs_code_opens_where_ssh_knows_our_machines(fake_corral, config, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    env = (await started(config))["default"]
    settings = Path(VagrantSandboxEnvironment._running[env.sandbox].ssh_config)
    settings.mkdir(parents=True)
    (settings / "default").touch()
    assert (await env.connection()).vscode_command is None
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_text(f'Include "{settings.parent.parent}/*/ssh-config/*"\nHost x\n')
    assert (await env.connection()).vscode_command == ["opensshremotes.openEmptyWindow", {"host": f"{env.sandbox}.default"}]
    assert (await env.connection(user="root")).vscode_command is None


async def test_connection_finds_the_sandbox_from_elsewhere(fake_corral, config, monkeypatch):
    env = (await started(config))["default"]
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", "relative dir")
    words = shlex.split((await env.connection()).command)
    assert words[:2] == ["env", f"INSPECT_SANDBOX_CACHE_DIR={Path.cwd() / 'relative dir'}"]


async def test_concurrency_follows_the_processors():
    assert VagrantSandboxEnvironment.default_concurrency() == os.cpu_count()
