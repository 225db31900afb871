"""Files in a guest, read and written by small shell scripts, with the exceptions that Inspect expects."""

import errno

from inspect_ai.util import OutputLimitExceededError, SandboxEnvironmentLimits

from .corral import Corral, Finished

_IS_DIRECTORY = 91
_NO_PARENT = 92
_NOT_ALLOWED = 93
_NOT_FOUND = 94
_TOO_LARGE = 95

_WRITE = f"""
[ ! -d "$1" ] || exit {_IS_DIRECTORY}
/bin/mkdir -p -- "$(/usr/bin/dirname -- "$1")" || exit {_NO_PARENT}
[ ! -e "$1" ] || [ -w "$1" ] || exit {_NOT_ALLOWED}
/usr/bin/tee -- "$1" > /dev/null
"""

_READ = f"""
[ ! -d "$1" ] || exit {_IS_DIRECTORY}
[ -e "$1" ] || exit {_NOT_FOUND}
[ -r "$1" ] || exit {_NOT_ALLOWED}
size=$(/usr/bin/stat -L -c %s -- "$1") || exit 1
[ "$size" -le "$2" ] || exit {_TOO_LARGE}
exec /bin/cat -- "$1"
"""


async def write_file(corral: Corral, machine: str, file: str, contents: str | bytes) -> None:
    """Writes a file and the folders above it; a relative path starts in the default working directory."""
    data = contents.encode("utf-8") if isinstance(contents, str) else contents
    finished = await corral.exec(machine, ["/bin/sh", "-c", _WRITE, "sh", file], stdin=data)
    _raise_for(finished, file)


async def read_file(corral: Corral, machine: str, file: str) -> bytes:
    """Reads a whole file."""
    limit = SandboxEnvironmentLimits.MAX_READ_FILE_SIZE
    # One byte more than allowed: files such as those below /proc tell no size, and then the reading finds out.
    finished = await corral.exec(machine, ["/bin/sh", "-c", _READ, "sh", file, str(limit)], output_limit=limit + 1)
    if finished.returncode == _TOO_LARGE or len(finished.stdout) > limit:
        raise OutputLimitExceededError(limit_str=SandboxEnvironmentLimits.MAX_READ_FILE_SIZE_STR, truncated_output=None)
    _raise_for(finished, file)
    return finished.stdout


def _raise_for(finished: Finished, file: str) -> None:
    code = finished.returncode
    if code == 0:
        return
    said = finished.stderr.decode("utf-8", "replace").strip()
    if code == _IS_DIRECTORY:
        raise IsADirectoryError(errno.EISDIR, "Is a directory", file)
    if code == _NOT_FOUND:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", file)
    if code == _NOT_ALLOWED or "permission denied" in said.lower():
        raise PermissionError(errno.EACCES, "Permission denied", file)
    raise OSError(errno.EIO, said or f"exit code {code}", file)
