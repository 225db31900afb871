"""Tells what logs say of each attempt: a JSON object on standard input, and one line of JSON for each log on standard output."""

import json
import os

from log_script import asked_for, tell

LARGEST_JSON = 256 << 20
LONGEST = 300
MOST_SCORES = 20


def text(value):
    return "" if value is None else str(value)[:LONGEST]


def number(value):
    return float(value) if isinstance(value, (int, float)) and abs(value) < 1e12 else None


def score(value):
    """A score's value as text; numbers and letters as they are, all else as JSON."""
    return value[:LONGEST] if isinstance(value, str) else json.dumps(value, default=str)[:LONGEST]


def summaries(log):
    try:
        from inspect_ai.log import read_eval_log_sample_summaries
    except ImportError:
        from inspect_ai.log import read_eval_log

        return [sample.summary() for sample in read_eval_log(log).samples or []]
    return read_eval_log_sample_summaries(log)


def row(summary):
    return {
        "sample": text(summary.id),
        "epoch": int(summary.epoch),
        "uuid": text(getattr(summary, "uuid", None)),
        "scores": {text(name): score(one.value) for name, one in list((summary.scores or {}).items())[:MOST_SCORES]},
        "error": text(getattr(summary, "error", None)),
        "limit": text(getattr(summary, "limit", None)),
        "total_seconds": number(getattr(summary, "total_time", None)),
        "working_seconds": number(getattr(summary, "working_time", None)),
        "messages": getattr(summary, "message_count", None),
        "started_at": text(getattr(summary, "started_at", None)),
    }


def told(log, most):
    from inspect_ai.log import read_eval_log

    if log.endswith(".json") and os.path.getsize(log) > LARGEST_JSON:
        raise ValueError("it is larger than 256 MiB")
    header = read_eval_log(log, header_only=True)
    metadata = dict(header.eval.metadata or {})
    metadata.update(getattr(header, "metadata", None) or {})
    solver = header.eval.solver or ", ".join(step.solver for step in header.plan.steps)
    clock = metadata.get("corral_clock")
    found = {
        "log": log,
        "task": text(header.eval.task),
        "task_file": text(header.eval.task_file),
        "model": text(header.eval.model),
        "solver": text(solver),
        "created": text(header.eval.created),
        "status": text(header.status),
        "eval_id": text(getattr(header.eval, "eval_id", None)),
        "who": text(metadata.get("solved_by")),
        "session": text(metadata.get("corral_session")),
        "golden": "corral_golden" in metadata,
        "clock": {name: number(clock.get(name)) for name in ("wall_seconds", "active_seconds", "adjusted_seconds")}
        if isinstance(clock, dict)
        else {},
    }
    rows = summaries(log)
    found["cut"] = len(rows) > most
    # Of a sample that was logged twice the last word counts.
    found["samples"] = list({(str(one.id), one.epoch): row(one) for one in rows[:most]}.values())
    return found


def main():
    asked = asked_for()
    left = asked["most"]
    for log in asked["logs"]:
        try:
            answer = told(log, left)
            left -= len(answer["samples"])
        except Exception as problem:  # noqa: BLE001 - one log that can't be read, in whatever way, hides no other
            answer = {"log": log, "problem": text(f"{type(problem).__name__}: {problem}")}
        tell(answer)


main()
