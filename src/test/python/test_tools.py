"""What Inspect's tools, services and setup scripts ask of a sandbox, in one run on a real VM, with all that it injects."""

from pathlib import Path

import pytest

from test_eval import REPOSITORY, run_eval

pytestmark = [pytest.mark.inspect_eval, pytest.mark.vm_required]

TASK = """
import anyio
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.model import ChatMessageAssistant
from inspect_ai.scorer import includes
from inspect_ai.solver import solver
from inspect_ai.tool import ToolCall, bash, bash_session, python, text_editor
from inspect_ai.model import execute_tools
from inspect_ai.util import SandboxUnavailableError, sandbox, sandbox_service
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironmentConfig


async def call(tool, name, **arguments):
    asked = ChatMessageAssistant(content="", tool_calls=[ToolCall(id="1", function=name, arguments=arguments)])
    messages, _ = await execute_tools([asked], [tool])
    assert messages[0].error is None, messages[0].error
    return messages[0].text


@solver
def everything():
    async def solve(state, generate):
        said = []

        async def check(what, good):
            assert good, what
            said.append(what)

        env = sandbox()
        await check("setup", (await env.exec(["cat", "/tmp/was-set-up"])).stdout == "set up as vagrant\\n")
        await check("files", (await env.read_file("notes/a b.txt")) == "hello" and (await sandbox("target").read_file("there.txt")) == "hi")
        # Each machine has its own file and not the other's.
        other = await env.exec(["test", "-e", "there.txt"]), await sandbox("target").exec(["test", "-e", "notes"])
        await check("each its own", [result.returncode for result in other] == [1, 1])
        await check("sample sandbox", (await sandbox("target").exec(["cat", "/srv/vault/passphrase"])).stdout == "amber lighthouse\\n")
        await check("bash", "42" in await call(bash(timeout=30), "bash", command="echo $((6*7))"))
        await check("python", "[0, 1, 4]" in await call(python(timeout=30), "python", code="print([n * n for n in range(3)])"))
        # Each call starts the program that Inspect injects, which takes an emulated processor half a minute.
        session = bash_session(timeout=240)
        typed = await call(session, "bash_session", action="type_submit", input="cd /tmp && X=kept && echo $X$PWD")
        await check("bash_session", "kept/tmp" in typed)
        editor = text_editor(timeout=240)
        await call(editor, "text_editor", command="create", path="/tmp/edited.txt", file_text="one\\ntwo\\n")
        await check("text_editor", (await env.read_file("/tmp/edited.txt")) == "one\\ntwo\\n")
        if hasattr(env, "exec_remote"):
            remote = await env.exec_remote(["sh", "-c", "echo out; echo err >&2; exit 3"], stream=False)
            await check("exec_remote", (remote.returncode, remote.stdout, remote.stderr) == (3, "out\\n", "err\\n"))

        asked = []

        async def add(a, b):
            asked.append((a, b))
            return a + b

        async with anyio.create_task_group() as group:
            group.start_soon(sandbox_service, "adder", {"add": add}, lambda: bool(asked), env)
            with anyio.fail_after(60):
                while True:
                    script = "import sys; sys.path.insert(0, '/var/tmp/sandbox-services/adder')\\n"
                    script += "from adder import call_adder; print(call_adder('add', a=2, b=3))"
                    answer = await env.exec(["python3", "-c", script], timeout=60)
                    if answer.success:
                        break
                    await anyio.sleep(0.5)
        await check("sandbox_service", answer.stdout == "5\\n" and asked == [(2, 3)])

        name = b"/tmp/caf\\xe9 'q' \\n x".decode("utf-8", "surrogateescape")
        await env.write_file(name, b"odd")
        await check("odd names", await env.read_file(name, text=False) == b"odd")
        await check("broken text", (await env.exec(["printf", "a\\\\377b"])).stdout == "a\\ufffdb")
        large = await env.exec(["sh", "-c", "echo $# ${#1}", "sh", *["x" * 65536] * 16])
        await check("1 MiB of arguments", large.stdout == "16 65536\\n")
        ended = await env.exec(["sh", "-c", "head -c 12000000 /dev/zero | tr '\\\\0' y; echo end"])
        await check("limited output", len(ended.stdout) <= 10 * 1024 * 1024 and ended.stdout.endswith("end\\n"))

        root = {"user": "root"}
        # The users of a guest without bash have another shell, which counts from the next connection on.
        for step in (["usermod", "-s", "/bin/sh", "vagrant"], ["touch", "/var/tmp/before"]):
            await check(step[0], (await env.exec(step, **root)).success)
        lost = []

        async def is_lost():
            try:
                await env.exec(["sleep", "600"])
            except SandboxUnavailableError as error:
                lost.append(str(error))

        async with anyio.create_task_group() as group:
            group.start_soon(is_lost)
            await anyio.sleep(1)
            await env.exec(["sh", "-c", "(sleep 1; reboot -f) >/dev/null 2>&1 &"], **root)
        await check("reboot", "lost" in lost[0])
        with anyio.fail_after(240):
            while True:
                try:
                    if (await env.exec(["ls", "/var/tmp/before"])).success:
                        break
                except SandboxUnavailableError:
                    await anyio.sleep(1)
        said.append("after the reboot")
        await env.exec(["mv", "/usr/bin/python3", "/usr/bin/bash", "/var/tmp/"], **root)
        await check("no bash, no python3", (await env.exec(["sh", "-c", "echo fine"])).stdout == "fine\\n")
        missing = await env.exec(["bash", "-c", "true"])
        await check("says so", not missing.success and "bash" in missing.stderr and "not found" in missing.stderr)
        await env.exec(["mv", "/usr/bin/sudo", "/usr/bin/no-sudo"], **root)
        try:
            await env.exec(["true"], **root)
        except RuntimeError as error:
            await check("no sudo", type(error).__name__ == "SandboxUserUnsupportedError" and "sudo" in str(error))
        state.output.completion = ", ".join(said)
        return state

    return solve


@task
def tools():
    sample = Sample(
        input="x",
        target="no sudo",
        files={"notes/a b.txt": "hello", "target:there.txt": "hi"},
        setup="#!/bin/sh\\necho set up as $(whoami) > /tmp/was-set-up\\n",
        sandbox=("vagrant", VagrantSandboxEnvironmentConfig(vagrantfile_path=@path@, primary_vm_name="attacker")),
    )
    return Task(dataset=[sample], solver=everything(), scorer=includes())
"""


def test_everything_that_inspect_does_in_a_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property):
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", str(tmp_path / "cache"))
    vagrantfile = REPOSITORY / "sample-vagrantfiles" / "multi" / "Vagrantfile"
    (tmp_path / "tools.py").write_text(TASK.replace("@path@", repr(str(vagrantfile))))
    log = run_eval("tools.py", tmp_path, tmp_path / "logs")
    sample = log["samples"][0]
    assert log["status"] == "success", (sample.get("error") or log["error"])["message"]
    record_property("held", sample["output"]["completion"])
    assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 1.0
