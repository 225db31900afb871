"""What the scripts beside this one share: they get a JSON object on standard input and answer with JSON on standard output."""

import hashlib
import json
import os
import sys

# What is asked of Inspect may print; the answer goes where only it does.
answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

MOST_MEMORY = 4 << 30
CHANGED = {"problem": "somebody else has changed it at the same time; try again"}


def limited():
    """A log of a stranger may unpack to any size."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        print("the memory could not be limited", file=sys.stderr)


def asked_for():
    """What is asked, with the memory limited from here on."""
    asked = json.load(sys.stdin)
    limited()
    return asked


def tell(answer):
    """Answers with one line."""
    answer_to.write(json.dumps(answer) + "\n")
    answer_to.flush()


def answer(actions):
    """Does what is asked, by the name of the action, and answers."""
    asked = asked_for()
    try:
        tell(actions[asked["action"]](asked))
    except FileNotFoundError:
        tell({"problem": "it is not there"})


def alone(asked):
    """Held by one of those that change this log, whichever script they are; a hundred of them at most lie there."""
    import fcntl

    name = hashlib.sha256(os.path.realpath(asked["log"].removeprefix("file://")).encode()).digest()[0] % 100
    held = open(os.path.join(asked["locks"], f"{name:02}"), "a", encoding="utf-8")  # noqa: SIM115 - the caller closes it
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


def version(path):
    """What changes when anybody else writes it."""
    try:
        known = os.stat(path.removeprefix("file://"))
        return known.st_ino, known.st_size, known.st_mtime_ns
    except OSError:
        return None
