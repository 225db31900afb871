"""Reads or edits the log of a sample that a person solved: a JSON object on standard input, and one as the answer on standard output."""

import json

from log_script import CHANGED, alone, answer, version

MOST_EVENTS = 20_000
# Of what is the guest's word, in bytes of JSON, where one character may take twelve: an answer that is too long is not read at all.
MOST_TOLD = 16 << 20
LONGEST_ANSWER = 1 << 20
LONGEST_ERROR = 8 << 10


def plain(value):
    """A value as JSON can hold it everywhere: no NaN."""
    return json.loads(json.dumps(value, default=str), parse_constant=str)


def cut(value, most):
    """A text with so many characters at most; what is none stays as it is."""
    return value[:most] if isinstance(value, str) else value


def shown(logs):
    """What logins showed, as far as there is room; not what was typed, which may be a password."""
    kept = {}
    left = MOST_TOLD
    for name, content in sorted(logs.items(), reverse=True):
        if not name.endswith((".timing", ".output")) or not isinstance(content, str) or len(content) > left:
            continue
        size = len(json.dumps(name)) + len(json.dumps(content))
        if size <= left:
            kept[name] = content
            left -= size
    return kept


def sample_of(asked):
    from inspect_ai.log import read_eval_log_sample

    # Ids may be numbers in the log; the session knows them as text only.
    for name in (asked["sample"], int(asked["sample"]) if asked["sample"].isdecimal() and len(asked["sample"]) < 18 else None):
        if name is None:
            continue
        try:
            return read_eval_log_sample(asked["log"], id=name, epoch=asked["epoch"])
        except IndexError:
            continue
    return None


def recordings(asked):
    sample = sample_of(asked)
    logs = sample.store.get("HumanAgentState:logs") if sample is not None and sample.store else None
    return {"recordings": shown(logs or {})}


def read(asked):
    from inspect_ai.log import read_eval_log

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
    }
    if header.error is not None:
        found["error"] = cut(header.error.message, LONGEST_ERROR)
    sample = sample_of(asked)
    if sample is None:
        return found
    store = sample.store or {}
    found["answer"] = cut(store.get("HumanAgentState:answer"), LONGEST_ANSWER)
    found["accumulated"] = store.get("HumanAgentState:accumulated_time")
    found["completed"] = str(getattr(sample, "completed_at", None) or "")
    found["scores"] = {name: plain(score.value) for name, score in (sample.scores or {}).items()}
    if sample.error is not None:
        found["error"] = cut(sample.error.message, LONGEST_ERROR)
    if sample.limit is not None:
        found["limit"] = sample.limit.type
    left = MOST_TOLD
    for event in sample.events[:MOST_EVENTS]:
        human = event.event == "info" and event.source == "human_agent"
        if human or (event.event == "score" and getattr(event, "intermediate", False)):
            told = plain(event.model_dump(mode="json"))
            left -= len(json.dumps(told))
            if left < 0:
                break
            found["events"].append(told)
    return found


def edit(asked):
    with alone(asked):
        return edited(asked)


def edited(asked):
    from inspect_ai.log import read_eval_log, write_eval_log

    try:
        from inspect_ai.log import MetadataEdit, ProvenanceData, edit_eval_log
    except ImportError:
        return {"problem": "this Inspect is too old to note who changed a log"}
    before = version(asked["log"])
    log = read_eval_log(asked["log"])
    log = edit_eval_log(
        log,
        [MetadataEdit(metadata_set=asked["fields"])],
        ProvenanceData(author=asked["author"], reason=asked["reason"]),
    )
    if version(asked["log"]) != before:
        return CHANGED
    write_eval_log(log, asked["log"])
    return {"written": True}


answer({"read": read, "recordings": recordings, "edit": edit})
