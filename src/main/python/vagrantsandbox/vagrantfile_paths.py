"""Where a sandbox config's Vagrantfile lies. Standard library only: the listing of task files uses this module too."""

from collections.abc import Iterable
from pathlib import Path


class AmbiguousVagrantfile(ValueError):
    """A relative path names different files, seen from the folders of several task files."""


def resolve_vagrantfile(path: str, task_folders: Iterable[Path], working_directory: Path) -> Path:
    """The absolute path of a Vagrantfile.

    A relative path is looked up beside the task file first and then in the working directory, and the first that exists
    counts. When there is none, the path beside the task file is returned, so that the message about the missing file
    names the likelier place.
    """
    given = Path(path).expanduser()
    if given.is_absolute():
        return given
    beside_tasks = [Path(folder).resolve() / given for folder in task_folders]
    found = {candidate.resolve() for candidate in beside_tasks if candidate.is_file()}
    if len(found) > 1:
        raise AmbiguousVagrantfile(
            f"The Vagrantfile path {path} names several files: {', '.join(sorted(map(str, found)))}. "
            "Use an absolute path in the sandbox config."
        )
    if found:
        return found.pop()
    in_working_directory = working_directory.resolve() / given
    if in_working_directory.is_file() or not beside_tasks:
        return in_working_directory.resolve()
    return beside_tasks[0].resolve()
