"""VS Code in a machine, over its Remote-SSH extension. That takes hosts from the user's SSH settings alone."""

import fnmatch
import shlex
from pathlib import Path
from typing import Any


def remote_window(sandbox: str, machine: str, ssh_config: str) -> list[Any] | None:
    """The command that opens a window in the machine; None unless the user's SSH settings include those of our machines.

    ``Include ~/.cache/inspect-vagrant-sandbox/.corral/sandboxes/*/ssh-config/*`` at the top of ``~/.ssh/config`` does that.
    """
    settings = Path(ssh_config) / machine
    if not ssh_config or not settings.is_file() or not any(fnmatch.fnmatchcase(str(settings), pattern) for pattern in _included()):
        return None
    return ["opensshremotes.openEmptyWindow", {"host": f"{sandbox}.{machine}"}]


def _included() -> list[str]:
    folder = Path.home() / ".ssh"
    try:
        lines = (folder / "config").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        keyword, _, rest = line.strip().replace("=", " ", 1).partition(" ")
        if keyword.lower() == "include":
            try:
                found += shlex.split(rest)
            except ValueError:  # quotes that do not close: OpenSSH refuses the file
                continue
    # As OpenSSH has it: a relative one counts from the settings' folder.
    return [str(folder / Path(pattern).expanduser()) for pattern in found]
