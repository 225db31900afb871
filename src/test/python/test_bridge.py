"""The plugin's end of the bridge, against a stand-in that misbehaves on demand."""

import json
import os
import signal
import struct
import time

import anyio
import pytest

from vagrantsandbox import frames
from vagrantsandbox.bridge import Bridge
from vagrantsandbox.bridge_process import BridgeFailure, BridgeLost
from vagrantsandbox.launcher import CorralMissing

pytestmark = [pytest.mark.inspect_eval, pytest.mark.anyio]

ALWAYS = {"sandbox": "box", "machine": "default", "env": {}}


@pytest.fixture
def bridge(fake_corral):
    bridge = Bridge()
    yield bridge
    if bridge._process is not None:
        bridge._process.close(10)


async def run(bridge, *argv, payload=None, **options):
    return await bridge.call("exec", {**ALWAYS, "argv": list(argv)}, payload, **options)


async def test_many_at_once_over_one_process(bridge, fake_corral):
    answers = {}

    async def one(number):
        answers[number] = (await run(bridge, "sh", "-c", f"sleep 0.{9 - number % 10}; echo {number}")).stdout

    async with anyio.create_task_group() as group:
        for number in range(30):
            group.start_soon(one, number)
    assert answers == {number: f"{number}\n".encode() for number in range(30)}
    assert len(fake_corral.calls("hello")) == 1


async def test_large_payloads_both_ways_leave_the_loop_free(bridge):
    data = os.urandom(20_000_000)
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await anyio.sleep(0.01)
            ticks += 1

    async with anyio.create_task_group() as group:
        group.start_soon(tick)
        answer = await run(bridge, "cat", payload=data)
        group.cancel_scope.cancel()
    assert answer.stdout == data
    assert ticks > 3


async def test_streams_stay_apart_and_keep_their_ends(bridge):
    whole = await run(bridge, "many")
    assert (whole.stdout, whole.stderr) == (b"o" * 3_000_000, b"e" * 1_000_000)
    cut = await run(bridge, "many", limit=1000)
    assert (cut.stdout, cut.stderr) == (b"o" * 1000, b"e" * 1000)


async def test_cancelled_command_is_ended_in_the_guest(bridge, fake_corral):
    began = time.monotonic()
    with anyio.move_on_after(0.5):
        await run(bridge, "sleep", "60")
    assert time.monotonic() - began < 10
    assert [call["argv"] for call in fake_corral.calls("ended")] == [["sleep", "60"]]
    assert (await run(bridge, "echo", "on")).stdout == b"on\n"


async def test_dead_bridge_is_started_again(bridge, fake_corral):
    assert (await run(bridge, "echo", "1")).stdout == b"1\n"
    os.kill(bridge.pid, signal.SIGKILL)
    await anyio.sleep(0.3)
    assert (await run(bridge, "echo", "2")).stdout == b"2\n"
    assert len(fake_corral.calls("hello")) == 2


async def test_bridge_that_dies_over_a_request(bridge, fake_corral):
    fake_corral.will("die-at", "exec")
    with pytest.raises(BridgeLost):
        await run(bridge, "echo", "1")
    assert len(fake_corral.calls("exec")) == 1
    fake_corral.will("die-at", "destroy")
    assert (await bridge.call("destroy", {"sandbox": "x"}, repeatable=True)).result["destroyed"]
    assert len(fake_corral.calls("destroy")) == 2


async def test_bridge_of_another_version(bridge, fake_corral):
    fake_corral.will("old")
    with pytest.raises(BridgeFailure, match="speaks version 0"):
        await run(bridge, "true")


async def test_program_that_is_no_bridge(bridge, fake_corral, monkeypatch):
    fake_corral.will("garbage")
    with pytest.raises(BridgeLost, match="can't be understood"):
        await run(bridge, "true")
    monkeypatch.setenv("CORRAL", "/bin/false")
    with pytest.raises(BridgeLost):
        await run(bridge, "true")
    monkeypatch.setenv("CORRAL", "/nowhere/corral")
    with pytest.raises(BridgeLost, match="can't be started"):
        await run(bridge, "true")
    monkeypatch.delenv("CORRAL")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("vagrantsandbox.launcher.has_jars", lambda: False)
    with pytest.raises(CorralMissing, match="set CORRAL"):
        await run(bridge, "true")


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x7f" * 100,
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 9, 0) + b'{"id":[]}',
        struct.pack(">II", 200_000, 0) + b"[" * 200_000,
        struct.pack(">II", 24, 0) + b'{"method":"credit","id":' + b"1}",
    ],
)
async def test_nonsense_ends_every_request(bridge, fake_corral, nonsense):
    assert (await run(bridge, "echo", "1")).stdout == b"1\n"
    (fake_corral.folder / "nonsense").write_bytes(nonsense)
    lost = []

    async def one():
        try:
            await run(bridge, "sleep", "60")
        except BridgeLost as error:
            lost.append(str(error))

    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(one)
            await anyio.sleep(0.5)
            with pytest.raises(BridgeLost):
                await run(bridge, "nonsense")
    assert len(lost) == 3
    assert (await run(bridge, "echo", "2")).stdout == b"2\n"


async def test_the_bridges_own_words_about_its_end(bridge, fake_corral):
    (fake_corral.folder / "nonsense").write_bytes(frames.encode({"id": None, "error": {"message": "No memory is left."}}) + b"\xff" * 8)
    with pytest.raises(BridgeLost, match="No memory is left"):
        await run(bridge, "nonsense")


async def test_a_request_that_is_too_long_is_not_sent(bridge, fake_corral):
    with pytest.raises(BridgeFailure, match="at most 4"):
        await run(bridge, "echo", "x" * (5 << 20))
    assert (await run(bridge, "echo", "on")).stdout == b"on\n"
    assert len(fake_corral.calls("hello")) == 1


async def test_a_line_of_messages_without_an_end(bridge, fake_corral):
    (fake_corral.folder / "endless").write_text("")
    assert (await run(bridge, "echo", "on")).stdout == b"on\n"
    with anyio.fail_after(20):
        while len(bridge._process._said) < 20:
            await anyio.sleep(0.05)
    assert max(len(line) for line in bridge._process._said) <= 4096


async def test_broken_bytes_in_names(bridge, fake_corral):
    name = b"br\xffken \xf0\x9f\x90\xb4".decode("utf-8", "surrogateescape")
    await run(bridge, "echo", name)
    with (fake_corral.folder / "calls.jsonl").open() as lines:
        asked = [json.loads(line) for line in lines]
    assert asked[-1]["argv"] == ["echo", name]


def test_one_bridge_for_several_event_loops(bridge, fake_corral):
    for _ in range(3):
        assert anyio.run(run, bridge, "echo", "x").stdout == b"x\n"
    assert len(fake_corral.calls("hello")) == 1
