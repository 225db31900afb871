"""What ``inspect sandbox cleanup vagrant`` does."""

import click

from .corral import Corral


async def cleanup_command(corral: Corral, name: str | None) -> None:
    """Destroys strays, or what has this name, and says what became of each.

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
    if failed:
        raise click.ClickException(f"{failed} of {len(rows)} could not be cleaned up.")
