"""Lists the tasks and samples of an Inspect task file without running it.

    python list_samples.py FILE_OR_FOLDER[@TASK] [--task TASK]

Runs in the user's own Python, next to whatever their task file imports. Standard output gets one JSON document and nothing
else; what the task file prints goes to standard error. Exit code 0 with {"tasks": [...]}, 1 with {"error": {...}}.
"""

import argparse
import ast
import importlib.util
import json
import os
import sys
import traceback
from pathlib import Path

BUNDLED = Path(__file__).resolve().parent / "python"
TEXT_LIMIT = 64 * 1024
TRACEBACK_LIMIT = 16 * 1024


class Problem(Exception):
    """Something that the user can mend. Becomes the JSON object "error" or a task's "problem"."""

    def __init__(self, kind, message, file=None, line=0, trace=""):
        super().__init__(message)
        self.fields = {
            "kind": kind,
            "message": message,
            "file": None if file is None else str(file),
            "line": line,
            "traceback": trace[-TRACEBACK_LIMIT:],
        }

    @classmethod
    def raised_by(cls, kind, error, task_file):
        """What the author's code raised, at the deepest line of the task file that led there."""
        trace = "".join(traceback.format_exception(error))
        if isinstance(error, SyntaxError) and error.filename:
            place = Path(error.filename)
            file = place if place.is_absolute() else task_file.parent / place
            return cls("syntax_error", error.msg or "invalid syntax", file, error.lineno or 0, trace)
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).name == task_file.name]
        line = own[-1].lineno or 0 if own else 0
        text = plain_message(error)
        return cls(kind, text, task_file, line, trace)


def plain_message(error):
    text = str(getattr(error, "message", "") or error).strip()
    name = type(error).__name__
    return text if name == "PrerequisiteError" and text else f"{name}: {text}" if text else name


def reference(text, task):
    """The path and the task's name. An existing path wins, so that names may hold an @."""
    if task is None and not Path(text).exists() and "@" in text:
        text, task = text.rsplit("@", 1)
    path = Path(text)
    if not path.exists():
        raise Problem("file_missing", f"There is no task file {path}", path)
    return path.absolute(), task


def prepare():
    """Makes Inspect and the sandbox type "vagrant" importable; ours steps in where the user has none."""
    try:
        import inspect_ai  # noqa: F401
    except ImportError as error:
        raise Problem("inspect_missing", f"{sys.executable} can't import inspect_ai: {error}") from error
    from inspect_ai._util.dotenv import init_dotenv

    init_dotenv()
    if importlib.util.find_spec("vagrantsandbox") is None and BUNDLED.is_dir():
        sys.path.append(str(BUNDLED))
        # Without an entry point Inspect does not know the type until the module is imported.
        import vagrantsandbox.vagrant_sandbox_provider  # noqa: F401


def task_files_below(folder):
    from inspect_ai._eval.list import tasks_in_dir
    from inspect_ai._util.decorator import parse_decorators

    for file in sorted(tasks_in_dir(folder)):
        # Inspect passes over a file with a syntax error; if it looks like a task file, the user should hear of it.
        if parse_decorators(file, "task") or (is_broken(file) and b"@task" in file.read_bytes()):
            yield file


def is_broken(file):
    try:
        check_syntax(file)
    except (SyntaxError, ValueError):
        return True
    return False


def check_syntax(file):
    if file.suffix == ".py":
        ast.parse(file.read_bytes(), filename=str(file))


def tasks_of_file(file, only, started_in):
    """The tasks of one file, each read apart, so that one that raises does not hide the others."""
    from inspect_ai._eval.loader import create_file_tasks, load_file_tasks
    from inspect_ai._util.decorator import parse_decorators

    try:
        check_syntax(file)
        names = [name for name, _ in parse_decorators(file, "task")]
        load_file_tasks(file)
    except (Exception, SystemExit) as error:
        raise Problem.raised_by("file_raised", error, file) from error
    if only is not None and only not in names:
        known = f" It has: {', '.join(names)}." if names else ""
        raise Problem("task_missing", f"{file.name} has no task {only}.{known}", file)
    if not names:
        raise Problem("not_a_task_file", f"{file.name} defines no task: no function in it has the decorator @task.", file)
    for name in names if only is None else [only]:
        try:
            yield described(create_file_tasks(file, [name])[0], name, file, started_in)
        except (Exception, SystemExit) as error:
            problem = Problem.raised_by("task_raised", error, file)
            if only is not None:
                raise problem from error
            yield failed(name, file, problem)


def failed(name, file, problem):
    return {"name": name, "file": str(file), "epochs": 1, "samples": [], "problem": problem.fields}


def described(task, name, file, started_in):
    warnings = []
    task_sandbox = sandbox_of_task(task, warnings)
    samples = [
        sample_fields(sample, position, task_sandbox, file, started_in, warnings)
        for position, sample in enumerate(task.dataset, start=1)
    ]
    return {
        "name": name,
        "file": str(file),
        "epochs": task.epochs or 1,
        "description": getattr(task, "description", None),
        "samples": samples,
        "warnings": list(dict.fromkeys(warnings)),
    }


def sandbox_of_task(task, warnings):
    from inspect_ai._eval.loader import resolve_task_sandbox

    try:
        return resolve_task_sandbox(task, None)
    except Exception as error:
        warnings.append(f"The task's sandbox could not be resolved. {plain_message(error)}")
        return task.sandbox


def sample_fields(sample, position, task_sandbox, file, started_in, warnings):
    text = text_of(sample.input)
    target = sample.target if isinstance(sample.target, str) else ", ".join(map(str, sample.target))
    return {
        "id": position if sample.id is None else sample.id,
        "input": text[:TEXT_LIMIT],
        "input_truncated": len(text) > TEXT_LIMIT,
        "target": target[:TEXT_LIMIT],
        "choices": list(sample.choices or []),
        "metadata_keys": sorted(map(str, sample.metadata or {})),
        "files": sorted(sample.files or {}),
        "has_setup": bool(sample.setup),
        "description": getattr(sample, "description", None),
        "sandbox": sandbox_fields(effective_sandbox(task_sandbox, sample.sandbox), file, started_in, warnings),
    }


def text_of(messages):
    if isinstance(messages, str):
        return messages
    return "\n\n".join(message.text if len(messages) == 1 else f"{message.role}: {message.text}" for message in messages)


def effective_sandbox(of_task, of_sample):
    """Inspect's rule: the task's type counts, and the sample's config if it is for the same type."""
    if of_task is None:
        return of_sample
    if of_sample is not None and of_sample.config is not None and of_sample.type == of_task.type:
        return of_sample
    return of_task


def sandbox_fields(spec, file, started_in, warnings):
    if spec is None:
        return None
    if spec.type != "vagrant":
        return {"type": spec.type}
    config = spec.config
    path = config if isinstance(config, str) else getattr(config, "vagrantfile_path", None)
    env = getattr(config, "vagrantfile_env_vars", None) or {}
    try:
        vagrantfile = str(
            vagrantfile_paths().resolve_vagrantfile(
                path or os.getenv("VAGRANTFILE_PATH", "./Vagrantfile"), [file.parent], started_in
            )
        )
    except (ValueError, RuntimeError) as error:
        warnings.append(str(error))
        vagrantfile = None
    return {
        "type": spec.type,
        "vagrantfile": vagrantfile,
        "primary": getattr(config, "primary_vm_name", None),
        "env": {str(name): str(value) for name, value in (env.items() if isinstance(env, dict) else env)},
    }


def vagrantfile_paths():
    """Our rule for relative paths, also where the user's own vagrantsandbox is another one."""
    name = "corral_vagrantfile_paths"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BUNDLED / "vagrantsandbox" / "vagrantfile_paths.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def listing(text, task):
    path, only = reference(text, task)
    started_in = Path.cwd()
    prepare()
    if path.is_file():
        os.chdir(path.parent)
        return list(tasks_of_file(path, only, started_in))
    found = []
    for file in task_files_below(path):
        try:
            found.extend(tasks_of_file(file, None, started_in))
        except Problem as problem:
            found.append(failed(file.stem, file, problem))
    return found if only is None else [entry for entry in found if entry["name"] == only]


def answer(produce):
    """Prints what ``produce`` gives, or the problem that it raises, as one JSON document. Returns the exit code."""
    # The task file's own prints, and those of programs it starts, must not get between us and our reader.
    answer_to = os.dup(1)
    os.dup2(2, 1)
    try:
        document, code = {"python": sys.executable, **produce()}, 0
    except Problem as problem:
        document, code = {"python": sys.executable, "error": problem.fields}, 1
    sys.stdout.flush()
    with os.fdopen(answer_to, "w", encoding="ascii") as to:
        # ASCII with escapes: ids may hold lone surrogates, which have no UTF-8 form.
        json.dump(document, to)
        to.write("\n")
    return code


def main():
    parser = argparse.ArgumentParser(description="Lists the tasks and samples of an Inspect task file.")
    parser.add_argument("file")
    parser.add_argument("--task")
    options = parser.parse_args()
    return answer(lambda: {"tasks": listing(options.file, options.task)})


if __name__ == "__main__":
    sys.exit(main())
