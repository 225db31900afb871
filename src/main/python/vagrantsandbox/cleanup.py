"""What ``inspect sandbox cleanup vagrant`` does."""

import os

import click

from .corral import Corral, CorralError, SandboxRow
from .errors import SandboxUnavailableError


async def cleanup_command(corral: Corral, name: str | None) -> None:
    """Destroys strays, or the sandbox of this name, and says what became of each.

    Raises:
        click.ClickException: when one is left, which ends the command with exit code 1.
    """
    cache, rows = await corral.sandboxes()
    print(f"Sandbox cache directory: {cache}")
    if name is None:
        victims = [row for row in rows if row.liveness == "stray"]
        if not victims:
            print("There are no stray sandboxes.")
    else:
        victims = [row for row in rows if row.name == name]
        if not victims:
            raise click.ClickException(f"There is no sandbox {name}. corral list sandboxes shows those that exist.")
    failed = 0
    for row in victims:
        problem = await _destroy(corral, row)
        print(f"{row.name}: done" if problem is None else f"{row.name}: FAILED. {problem}")
        failed += problem is not None
    if failed:
        raise click.ClickException(f"{failed} of {len(victims)} sandboxes are still there.")


async def _destroy(corral: Corral, row: SandboxRow) -> str | None:
    if row.owner_alive and row.owner_pid != os.getpid():
        return f"Process {row.owner_pid}, for which it was started, is still alive. End that first."
    try:
        await corral.destroy(row.name)
    except (CorralError, SandboxUnavailableError) as error:
        return str(error)
    return None
