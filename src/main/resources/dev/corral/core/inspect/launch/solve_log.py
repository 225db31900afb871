"""Reads or edits the log of a sample that a person solved: a JSON object on standard input, and one as the answer on standard output."""

import json
import os
import sys

# What is asked of Inspect may print; the answer goes where only it does.
answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

MOST_EVENTS = 20_000
# As JSON each character may take six.
MOST_RECORDED = 8 << 20


def plain(value):
    """A value as JSON can hold it everywhere: no NaN."""
    return json.loads(json.dumps(value, default=str), parse_constant=str)


def recordings(logs):
    """What logins showed, as far as there is room; not what was typed, which may be a password."""
    kept = {}
    left = MOST_RECORDED
    for name, content in sorted(logs.items(), reverse=True):
        if name.endswith((".timing", ".output")) and isinstance(content, str) and len(content) <= left:
            kept[name] = content
            left -= len(content)
    return kept


def read(asked):
    from inspect_ai.log import read_eval_log, read_eval_log_sample

    header = read_eval_log(asked["log"], header_only=True)
    found = {
        "status": header.status,
        "completed": "",
        "error": "",
        "answer": None,
        "accumulated": None,
        "scores": {},
        "limit": "",
        "events": [],
        "recordings": {},
    }
    if header.error is not None:
        found["error"] = header.error.message
    sample = None
    # Ids may be numbers in the log; the session knows them as text only.
    for name in (asked["sample"], int(asked["sample"]) if asked["sample"].isdecimal() and len(asked["sample"]) < 18 else None):
        if name is None:
            continue
        try:
            sample = read_eval_log_sample(asked["log"], id=name, epoch=asked["epoch"])
            break
        except IndexError:
            continue
    if sample is None:
        return found
    store = sample.store or {}
    found["answer"] = store.get("HumanAgentState:answer")
    found["accumulated"] = store.get("HumanAgentState:accumulated_time")
    found["recordings"] = recordings(store.get("HumanAgentState:logs") or {})
    found["completed"] = str(getattr(sample, "completed_at", None) or "")
    found["scores"] = {name: plain(score.value) for name, score in (sample.scores or {}).items()}
    if sample.error is not None:
        found["error"] = sample.error.message
    if sample.limit is not None:
        found["limit"] = sample.limit.type
    for event in sample.events[:MOST_EVENTS]:
        human = event.event == "info" and event.source == "human_agent"
        if human or (event.event == "score" and getattr(event, "intermediate", False)):
            found["events"].append(plain(event.model_dump(mode="json")))
    return found


def edit(asked):
    from inspect_ai.log import read_eval_log, write_eval_log

    try:
        from inspect_ai.log import MetadataEdit, ProvenanceData, edit_eval_log
    except ImportError:
        return {"problem": "this Inspect is too old to note who changed a log"}
    log = read_eval_log(asked["log"])
    log = edit_eval_log(
        log,
        [MetadataEdit(metadata_set=asked["fields"])],
        ProvenanceData(author=asked["author"], reason=asked["reason"]),
    )
    write_eval_log(log, asked["log"])
    return {"written": True}


def main():
    asked = json.load(sys.stdin)
    try:
        answer = {"read": read, "edit": edit}[asked["action"]](asked)
    except FileNotFoundError:
        answer = {"problem": "it is not there"}
    json.dump(answer, answer_to)
    answer_to.flush()


main()
