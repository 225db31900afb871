#!/usr/bin/env python3
"""Stands in for ``corral bridge``: notes every request and runs "guest" commands here, in a folder.

FAKE_CORRAL names its folder. A file there changes its mind: fail-start, hang-start, fail-destroy, failure (what exec and files answer),
die-at (a method, then it dies once), old (speaks another protocol), garbage (prints something that is no frame),
nonsense (what the command of that name puts among the answers), endless (complains without ending its line).
"""

import json
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
import uuid
from pathlib import Path

HOME = Path(os.environ["FAKE_CORRAL"])
IN, OUT = sys.stdin.buffer, sys.stdout.buffer
WINDOW = 100_000
lock = threading.Lock()
calls = {}


class Failure(Exception):
    def __init__(self, message, kind, **data):
        super().__init__(message)
        self.data = {"kind": kind, **data}


def note(**fields):
    with lock, (HOME / "calls.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(fields) + "\n")


def said(name):
    return (HOME / name).read_text() if (HOME / name).exists() else None


def send(header, payload=b""):
    text = json.dumps({"jsonrpc": "2.0", **header}).encode()
    with lock:
        OUT.write(struct.pack(">II", len(text), len(payload)) + text + payload)
        OUT.flush()


class Call:
    def __init__(self, number, params, payload):
        self.number, self.params = number, params
        self.cancelled = threading.Event()
        self.pieces = queue.Queue()
        if params.get("input") == "inline":
            self.pieces.put((payload, True))
        elif params.get("input") != "stream":
            self.pieces.put((b"", True))

    def tell(self, method, payload=b"", **params):
        send({"method": method, "params": {"request": self.number, **params}}, payload)

    def input(self):
        whole, last = b"", False
        waiting = 0
        while not last:
            piece, last = self.pieces.get()
            whole += piece
            waiting += len(piece)
            if self.params.get("input") == "stream" and waiting >= WINDOW // 2:
                self.tell("credit", bytes=waiting)
                waiting = 0
        return whole

    def answer_bytes(self, stdout, stderr, **result):
        for stream, data in (("stdout", stdout), ("stderr", stderr)):
            if len(data) > WINDOW:
                for start in range(0, len(data), WINDOW):
                    self.tell("output", data[start : start + WINDOW], stream=stream)
                if stream == "stdout":
                    stdout = b""
                else:
                    stderr = b""
        return {**result, "stdout": len(stdout), "stderr": len(stderr)}, stdout + stderr


def start(call):
    params = call.params
    # Two bridges may start sandboxes in the same moment.
    name = f"box-{uuid.uuid4().hex[:8]}"
    call.tell("created", sandbox=name)
    call.tell("queued", sandbox=name, position="next")
    call.tell("progress", sandbox=name, machine="default", phase="boot", seconds=0.5)
    if said("die-at") == "start, late":
        die()
    if said("fail-start") is not None:
        raise Failure("The provisioner app failed.", "failed", details="Phase: provision", next_step="Mend it.")
    if said("hang-start") is not None:
        note(verb="hanging")
        call.cancelled.wait(60)
        note(verb="undone")
        raise Failure("The start was cancelled.", "cancelled")
    machines = (said("machines") or "default").split()
    names = [machine.replace("SUFFIX", f"-{name}") for machine in machines]
    wanted = params.get("primary") or machines[0].removesuffix("SUFFIX")
    primary = next(n for n in names if n.removesuffix(f"-{name}") == wanted)
    rows = [{"name": n, "state": "running", "primary": n == primary} for n in names]
    directory = str(HOME / name)
    return {"sandbox": name, "directory": directory, "ssh_config": f"{directory}/ssh-config", "machines": rows, "seconds": 1.5}, b""


def refuse():
    failure = said("failure")
    if failure is not None:
        raise Failure(**json.loads(failure))
    (HOME / "guest").mkdir(exist_ok=True)
    return HOME / "guest"


def run(call):
    guest = refuse()
    params = call.params
    if params["argv"] == ["nonsense"]:
        with lock:
            OUT.write((HOME / "nonsense").read_bytes())
            OUT.flush()
            (HOME / "nonsense").unlink()
    if params["argv"] == ["many"]:
        return call.answer_bytes(b"o" * 3_000_000, b"e" * 1_000_000, exit_code=0, timed_out=False)
    with subprocess.Popen(
        params["argv"] if os.access(params["argv"][0], os.X_OK) or "/" not in params["argv"][0] else ["sh", "-c", params["argv"][0]],
        cwd=guest / (params.get("cwd") or ""),
        env={**os.environ, **params["env"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        threading.Thread(target=lambda: call.cancelled.wait() and process.poll() is None and os.killpg(process.pid, 9), daemon=True).start()
        try:
            out, err = process.communicate(call.input(), timeout=params.get("timeout"))
            timed_out = False
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            out, err = process.communicate()
            timed_out = True
    if call.cancelled.is_set():
        note(verb="ended", argv=params["argv"])
        raise Failure("The request was cancelled.", "cancelled")
    return call.answer_bytes(out, err, exit_code=124 if timed_out else process.returncode, timed_out=timed_out)


def write_file(call):
    path = refuse() / call.params["path"]
    contents = call.input()
    if path.is_dir():
        raise Failure("it is one", "file", errno="EISDIR")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(contents)
    return {}, b""


def read_file(call):
    path = refuse() / call.params["path"]
    if not path.exists():
        raise Failure("gone", "file", errno="ENOENT")
    if path.is_dir():
        raise Failure("it is one", "file", errno="EISDIR")
    if path.stat().st_size > call.params["limit"]:
        raise Failure("too large", "file", errno="EFBIG")
    return call.answer_bytes(path.read_bytes(), b"")


def destroy(call):
    if said("fail-destroy") is not None:
        raise Failure("The hypervisor does not answer.", "failed")
    return {"sandbox": call.params["sandbox"], "destroyed": True}, b""


def pin(call):
    return {}, b""


def sandboxes(call):
    return {"cache": str(HOME), "sandboxes": json.loads(said("list.json") or "[]")}, b""


def cleanup(call):
    return {"cache": str(HOME), "results": json.loads(said("cleaned.json") or "[]")}, b""


def die():
    (HOME / "die-at").unlink()
    os.kill(os.getpid(), signal.SIGKILL)


METHODS = {
    "start": start,
    "exec": run,
    "write_file": write_file,
    "read_file": read_file,
    "destroy": destroy,
    "pin": pin,
    "sandboxes": sandboxes,
    "cleanup": cleanup,
}


def serve(call, method):
    try:
        result, payload = METHODS[method](call)
        send({"id": call.number, "result": result}, payload)
    except Failure as failure:
        send({"id": call.number, "error": {"code": -32000, "message": str(failure), "data": failure.data}})


def main():
    if said("garbage") is not None:
        OUT.write(b"Welcome to this program, which prints at its start.\n" * 10)
        OUT.flush()
        return
    while lengths := IN.read(8):
        header_length, payload_length = struct.unpack(">II", lengths)
        header, payload = json.loads(IN.read(header_length)), IN.read(payload_length)
        method, params = header["method"], header["params"]
        if "id" not in header:
            call = calls.get(params["request"])
            if call and method == "input":
                call.pieces.put((payload, params["end"]))
            elif call:
                call.cancelled.set()
            continue
        note(verb=method, **params)
        if method == "hello":
            if said("old") is not None:
                send(
                    {"id": 0, "error": {"code": -32600, "message": "This Corral speaks version 0.", "data": {"next_step": "Install both."}}}
                )
                return
            send(
                {"id": header["id"], "result": {"protocol": 1, "version": "fake", "pid": os.getpid(), "cache": str(HOME), "window": WINDOW}}
            )
            continue
        if said("endless") is not None:
            threading.Thread(target=lambda: os.write(2, b"x" * 1_000_000), daemon=True).start()
            (HOME / "endless").unlink()
        if said("die-at") == method:
            die()
        call = calls[header["id"]] = Call(header["id"], params, payload)
        threading.Thread(target=serve, args=(call, method), daemon=True).start()


if __name__ == "__main__":
    assert sys.argv[1:] == ["bridge"]
    main()
