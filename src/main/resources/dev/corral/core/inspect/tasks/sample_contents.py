"""Reads what Inspect brings into the sandbox of one sample before it starts: its files and its setup script.

    python sample_contents.py FILE --task TASK --sample ID --into FOLDER    (ID as JSON)

Runs like list_samples.py, beside it. Inspect itself decides what a source is: a data URI, a URL, a file, a folder or the
contents. Each one's bytes become a file of FOLDER, and the JSON document says which is which, in the order in which Inspect
writes them.
"""

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

import list_samples
from list_samples import Problem

MOST_FILES = 20_000
MOST_BYTES = 1 << 30


def sample_of(file, task_name, wanted):
    from inspect_ai._eval.loader import create_file_tasks, load_file_tasks

    try:
        list_samples.check_syntax(file)
        load_file_tasks(file)
        task = create_file_tasks(file, [task_name])[0]
        samples = list(task.dataset)
    except (Exception, SystemExit) as error:
        raise Problem.raised_by("task_raised", error, file) from error
    for position, sample in enumerate(samples, start=1):
        if str(position if sample.id is None else sample.id) == wanted:
            return sample
    raise Problem("sample_missing", f"{file.name}@{task_name} has no sample {wanted} any more.", file)


def found(source, folders):
    """A relative path as it is where Inspect would look for it, or else beside the task file; anything else unchanged."""
    try:
        if source and not os.path.isabs(source) and not os.path.exists(source):
            return next((path for path in (os.path.join(folder, source) for folder in folders) if os.path.exists(path)), source)
    except (OSError, ValueError):
        # The contents themselves, which make no path.
        pass
    return source


class Spool:
    """Files of a folder, numbered, with a limit on what they hold together."""

    def __init__(self, folder, file):
        self.folder = Path(folder)
        self.file = file
        self.count = 0
        self.bytes = 0

    def take(self, target, source):
        """Reads one source as Inspect does; returns its entry in the document."""
        from inspect_ai._eval.task.sandbox import read_sandboxenv_file

        self.look(target, source)
        try:
            content = asyncio.run(read_sandboxenv_file(source))
        except Exception as error:
            trace = Problem.raised_by("content_unreadable", error, self.file).fields["traceback"]
            what = list_samples.plain_message(error)
            raise Problem("content_unreadable", f"{target} of the sample can't be read. {what}", self.file, trace=trace) from error
        return self.put(target, content)

    def look(self, target, source):
        """Refuses a file whose reading would take all memory, or never end, before it is read."""
        path = source.removeprefix("file://")
        try:
            ordinary, there = os.path.isfile(path), os.path.exists(path)
            size = os.path.getsize(path) if ordinary else 0
        except (OSError, ValueError):
            # The contents themselves, which make no path.
            return
        if there and path and not ordinary:
            raise Problem("content_unreadable", f"{target} of the sample can't be read. {source} is no ordinary file.", self.file)
        self.grow(size)

    def put(self, target, content):
        self.grow(len(content))
        name = str(self.count)
        self.count += 1
        self.bytes += len(content)
        (self.folder / name).write_bytes(content)
        return {"target": target, "content": name, "size": len(content)}

    def grow(self, more):
        if self.count >= MOST_FILES:
            raise Problem("too_large", f"The sample has more than {MOST_FILES} files.", self.file)
        if self.bytes + more > MOST_BYTES:
            raise Problem("too_large", f"The sample's files are larger than {MOST_BYTES >> 30} GiB together.", self.file)


def script(content):
    """The setup script with the first line that Inspect gives one that has none."""
    text = content.decode("utf-8")
    return content if text.strip().startswith("#!") else f"#!/usr/bin/env bash\n\n{text}".encode()


def contents(file, task_name, wanted, into):
    path = Path(file).absolute()
    if not path.is_file():
        raise Problem("file_missing", f"There is no task file {path}", path)
    started_in = Path.cwd()
    list_samples.prepare()
    from inspect_ai._eval.task.sandbox import read_sandboxenv_file, resolve_sample_files

    os.chdir(path.parent)
    sample = sample_of(path, task_name, wanted)
    # Inspect reads them in the folder that it was started in.
    os.chdir(started_in)
    spool = Spool(into, path)
    try:
        sources = resolve_sample_files({target: found(source, [path.parent]) for target, source in (sample.files or {}).items()})
    except Exception as error:
        raise Problem.raised_by("content_unreadable", error, path) from error
    files = [spool.take(target, source) for target, source in sources.items()]
    setup = None
    if sample.setup:
        try:
            setup = script(asyncio.run(read_sandboxenv_file(found(sample.setup, [path.parent]))))
        except Exception as error:
            raise Problem("content_unreadable", f"The sample's setup can't be read. {list_samples.plain_message(error)}", path) from error
        setup = spool.put("", setup)
    return {"files": files, "setup": setup, "setup_timeout": setup_timeout(path)}


def setup_timeout(file):
    """Seconds that Inspect gives the setup script."""
    text = os.environ.get("INSPECT_SANDBOX_SETUP_TIMEOUT", "")
    if not text:
        from inspect_ai._util.constants import SANDBOX_SETUP_TIMEOUT

        return SANDBOX_SETUP_TIMEOUT
    try:
        seconds = int(text)
    except ValueError:
        seconds = 0
    if seconds <= 0:
        raise Problem("setting_wrong", f"INSPECT_SANDBOX_SETUP_TIMEOUT is {text!r} and no number of seconds above 0.", file)
    return seconds


def main():
    parser = argparse.ArgumentParser(description="Reads the files and the setup script of one sample.")
    parser.add_argument("file")
    parser.add_argument("--task", required=True)
    parser.add_argument("--sample", required=True)
    parser.add_argument("--into", required=True)
    options = parser.parse_args()
    return list_samples.answer(lambda: contents(options.file, options.task, json.loads(options.sample), options.into))


if __name__ == "__main__":
    sys.exit(main())
