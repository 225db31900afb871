"""Shows a sample of a log without who solved it, or edits scores of a log: a JSON object on standard input, and one as the answer."""

import json
import sys

from log_script import CHANGED, alone, answer, version

MOST_STEPS = 1_000
LONGEST_TEXT = 1 << 20
LONGEST_STEP = 32 << 10
MOST_TOLD = 12 << 20


def cut(value, most):
    return "" if value is None else str(value)[:most]


def found(samples, asked):
    """The sample that is meant: ids may be numbers in the log, and are texts here."""
    for sample in samples:
        if str(sample.id) == asked["sample"] and sample.epoch == asked["epoch"]:
            return sample
    return None


def given(sample):
    if isinstance(sample.input, str):
        return sample.input
    return "\n\n".join(message.text for message in sample.input if message.role != "assistant")


def entered(call):
    for name in ("cmd", "command", "code", "input"):
        value = call.arguments.get(name) if isinstance(call.arguments, dict) else None
        if isinstance(value, str):
            return value
    return f"{call.function} {json.dumps(call.arguments, default=str)}"


def steps(sample):
    """What was done by tools: what a model says about it beside that would tell that it is one."""
    shown = {}
    for message in sample.messages:
        if message.role == "tool":
            shown[message.tool_call_id] = message.error.message if message.error is not None else message.text
    told = []
    left = MOST_TOLD
    for message in sample.messages:
        for call in (message.tool_calls or []) if message.role == "assistant" else []:
            if call.function == "submit":
                continue
            step = {"entered": cut(entered(call), LONGEST_STEP), "shown": cut(shown.get(call.id), LONGEST_STEP)}
            left -= len(json.dumps(step))
            if left < 0 or len(told) >= MOST_STEPS:
                return told, True
            told.append(step)
    return told, False


def sample(asked):
    from inspect_ai.log import read_eval_log

    one = found(read_eval_log(asked["log"]).samples or [], asked)
    if one is None:
        return {"problem": "it has no such sample"}
    store = one.store or {}
    answer = store.get("HumanAgentState:answer")
    if not isinstance(answer, str):
        answer = one.output.completion if one.output is not None else ""
    told, more = steps(one)
    return {
        "input": cut(given(one), LONGEST_TEXT),
        "answer": cut(answer, LONGEST_TEXT),
        "steps": told,
        "more": more,
    }


def rate(asked):
    with alone(asked):
        return rated(asked)


def rated(asked):
    from inspect_ai.log import read_eval_log, write_eval_log

    try:
        from inspect_ai.log import ProvenanceData, edit_score
        from inspect_ai.scorer import ScoreEdit
    except ImportError:
        return {"problem": "this Inspect is too old to note who changed a score"}
    before = version(asked["log"])
    log = read_eval_log(asked["log"])
    if log.status == "started":
        return {"problem": "its run has not ended"}
    for edit in asked["edits"]:
        one = found(log.samples or [], edit)
        if one is None:
            return {"problem": f"it has no sample {edit['sample']} of epoch {edit['epoch']}"}
        if edit["scorer"] in (one.scores or {}):
            kept = one.scores[edit["scorer"]].metadata or {}
            if "corral_rubric" not in kept and not edit["replace"]:
                return {"problem": f"it has a score {edit['scorer']} of its own"}
        edit_score(
            log,
            one.id,
            edit["scorer"],
            ScoreEdit(
                value=edit["value"],
                explanation=edit["explanation"],
                metadata={"corral_rubric": edit["rubric"]},
                provenance=ProvenanceData(author=asked["author"], reason=edit["reason"]),
            ),
            recompute_metrics=False,
            epoch=one.epoch,
        )
    metrics = True
    try:
        from inspect_ai.log import recompute_metrics

        recompute_metrics(log)
    except Exception as problem:  # noqa: BLE001 - the scorers' metrics may be code that is not here; the scores are right all the same
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
        metrics = False
    if version(asked["log"]) != before:
        return CHANGED
    write_eval_log(log, asked["log"])
    return {"written": len(asked["edits"]), "metrics": metrics}


answer({"sample": sample, "rate": rate})
