"""The command ``corral`` of an installed wheel: Corral's own command line, on the Java that came along."""

import os
import sys

from .launcher import COMMAND_OPTIONS, CorralMissing, java_command


def main() -> None:
    """Becomes Corral; does not return."""
    try:
        command = java_command(COMMAND_OPTIONS)
    except CorralMissing as error:
        sys.exit(str(error))
    os.execv(command[0], [*command, *sys.argv[1:]])
