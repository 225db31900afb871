"""What ``inspect sandbox cleanup vagrant`` does."""

import click

from .corral import Corral


async def cleanup_command(corral: Corral, name: str | None) -> None:
    """Destroys strays, or what has this name, and says what became of each and which sandboxes stay because they are kept.

    Raises:
        click.ClickException: when one is left, which ends the command with exit code 1.
    """
    cache, rows = await corral.cleanup(name)
    print(f"Sandbox cache directory: {cache}")
    if not rows:
        print("There is nothing to clean up.")
    failed = 0
    for row in rows:
        what = row.name if row.kind == "sandbox" else f"{row.kind.replace('_', ' ')} {row.name}"
        print(f"{what}: FAILED. {row.problem}" if row.problem else f"{what}: {row.result.replace('_', ' ')}")
        failed += row.problem is not None
    if name is None:
        await _tell_kept(corral)
    if failed:
        raise click.ClickException(f"{failed} of {len(rows)} could not be cleaned up.")


async def _tell_kept(corral: Corral) -> None:
    _, sandboxes = await corral.sandboxes()
    kept = [row for row in sandboxes if row.liveness == "pinned"]
    if kept:
        print("1 sandbox stays because it is kept:" if len(kept) == 1 else f"{len(kept)} sandboxes stay because they are kept:")
        for row in kept:
            print(f"  {row.name}  {row.directory}")
        print("Remove one with: inspect sandbox cleanup vagrant NAME, or with: corral destroy NAME")
