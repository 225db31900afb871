#!/usr/bin/env python3
"""Stands in for the corral command: notes every call and runs "guest" commands here, in a folder.

FAKE_CORRAL names its folder. A file there changes its mind: fail-start, hang-start, fail-destroy.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(os.environ["FAKE_CORRAL"])


def note(**fields):
    with (HOME / "calls.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(fields) + "\n")


def options(arguments):
    """Options of the forms --name=value and --name value; --env may come often."""
    found = {"env": {}}
    words = iter(arguments)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if name in ("json", "failure-as-json"):
            continue
        value = value if equals else next(words)
        if name == "env":
            key, _, text = value.partition("=")
            found["env"][key] = text
        else:
            found[name] = value
    return found


def start(arguments):
    given = options(arguments)
    note(verb="start", **given)
    if (HOME / "fail-start").exists():
        print("The provisioner app failed.", file=sys.stderr)
        return 1
    if (HOME / "hang-start").exists():

        def undo(number, frame):
            note(verb="undone")
            sys.exit(130)

        signal.signal(signal.SIGINT, undo)
        signal.signal(signal.SIGTERM, undo)
        note(verb="hanging")
        time.sleep(60)
    name = f"box-{len((HOME / 'calls.jsonl').read_text().splitlines()):08d}"
    machines = (HOME / "machines").read_text().split() if (HOME / "machines").exists() else ["default"]
    names = [machine.replace("SUFFIX", f"-{name}") for machine in machines]
    wanted = given.get("primary", machines[0].removesuffix("SUFFIX"))
    primary = next(n for n in names if n.removesuffix(f"-{name}") == wanted)
    rows = [{"name": n, "state": "running", "primary": n == primary} for n in names]
    print(json.dumps({"sandbox": name, "directory": str(HOME / name), "machines": rows, "seconds": 1.5}))
    return 0


def run(arguments):
    machine, *rest = arguments
    split = rest.index("--")
    given, command = options(rest[:split]), rest[split + 1 :]
    note(verb="exec", machine=machine, command=command, **given)
    if (HOME / "unreachable").exists():
        failure = {"message": (HOME / "unreachable").read_text(), "next_step": "See whether it runs."}
        print("noise")
        print(json.dumps({"corral_failure": failure}), file=sys.stderr)
        return 255
    guest = HOME / "guest"
    guest.mkdir(exist_ok=True)
    limit = float(given["timeout"]) if "timeout" in given else None
    try:
        return subprocess.run(
            command, cwd=guest / given.get("cwd", ""), env={**os.environ, **given["env"]}, timeout=limit, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return 124
    except PermissionError:
        print("sh: permission denied", file=sys.stderr)
        return 126


def destroy(arguments):
    note(verb="destroy", sandbox=arguments[0])
    if (HOME / "fail-destroy").exists():
        print("The hypervisor does not answer.", file=sys.stderr)
        return 4
    return 0


def listing(arguments):
    print((HOME / "list.json").read_text() if (HOME / "list.json").exists() else "[]")
    return 0


if __name__ == "__main__":
    verbs = {"start": start, "exec": run, "destroy": destroy, "list": listing}
    sys.exit(verbs[sys.argv[1]](sys.argv[2:]))
