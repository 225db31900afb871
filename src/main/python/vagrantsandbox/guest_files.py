"""Files in a guest, with the exceptions that Inspect expects."""

import errno
import os

from inspect_ai.util import OutputLimitExceededError, SandboxEnvironmentLimits

from .corral import Corral, GuestFileError


async def write_file(corral: Corral, sandbox: str, machine: str, file: str, contents: str | bytes) -> None:
    """Writes a file and the folders above it; a relative path starts in the default working directory."""
    data = contents.encode("utf-8", "surrogateescape") if isinstance(contents, str) else bytes(contents)
    try:
        await corral.write_file(sandbox, machine, file, data)
    except GuestFileError as error:
        raise _os_error(error, file) from error


async def read_file(corral: Corral, sandbox: str, machine: str, file: str) -> bytes:
    """Reads a whole file."""
    # The limit may differ from call to call.
    limit = SandboxEnvironmentLimits.MAX_READ_FILE_SIZE
    try:
        return await corral.read_file(sandbox, machine, file, limit)
    except GuestFileError as error:
        if error.errno == "EFBIG":
            raise OutputLimitExceededError(limit_str=SandboxEnvironmentLimits.MAX_READ_FILE_SIZE_STR, truncated_output=None) from error
        raise _os_error(error, file) from error


def _os_error(error: GuestFileError, file: str) -> OSError:
    number = getattr(errno, error.errno, errno.EIO)
    # The contract's exceptions are OSError's own subclasses, chosen by the number.
    return OSError(number, str(error) if number == errno.EIO else os.strerror(number), file)
