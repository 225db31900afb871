"""Lets another thread wake a coroutine, whatever event loop it runs in."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import anyio
import sniffio


class Wake:
    """Made and awaited in one coroutine, set from any thread, any number of times."""

    def __init__(self) -> None:
        self._event = anyio.Event()
        self._schedule = _scheduler()

    def set(self) -> None:
        """Wakes the coroutine, or its next wait. Does nothing when its loop has ended."""
        # A closed loop runs no coroutine that could wait for this.
        with contextlib.suppress(RuntimeError):
            self._schedule(self._fire)

    def call(self, function: Callable[[], None]) -> None:
        """Runs a function on the coroutine's thread."""
        with contextlib.suppress(RuntimeError):
            self._schedule(function)

    def _fire(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        """Waits until the next set. What it was set for is to be looked up before and after."""
        await self._event.wait()
        self._event = anyio.Event()


def _scheduler() -> Callable[[Callable[[], None]], Any]:
    if sniffio.current_async_library() == "trio":
        import trio

        return trio.lowlevel.current_trio_token().run_sync_soon
    return asyncio.get_running_loop().call_soon_threadsafe
