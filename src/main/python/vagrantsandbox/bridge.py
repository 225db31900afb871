"""The bridge of this process: started when first needed, and again when it died."""

import atexit
import os
import threading
from collections.abc import Callable
from logging import getLogger
from typing import Any

import anyio.to_thread

from .bridge_process import Answer, BridgeLost, BridgeProcess
from .launcher import bridge_command

logger = getLogger(__name__)

_END_WITHIN = 10.0


class Bridge:
    """Hands requests to the one bridge process of this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._process: BridgeProcess | None = None
        self._owner = os.getpid()

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        payload: bytes | None = None,
        *,
        repeatable: bool = False,
        limit: int = 1 << 62,
        on_news: Callable[[str, dict[str, Any]], None] | None = None,
        patience: float | None = None,
    ) -> Answer:
        """Makes a request; a repeatable one twice if the bridge dies over it.

        Raises:
            BridgeFailure: when the answer is an error.
            BridgeLost: when there is no bridge, or it ends before it answers.
            CorralMissing: when there is no Corral to start.
        """
        waiting = {} if patience is None else {"patience": patience}
        while True:
            process = await self._running()
            try:
                return await process.call(method, params, payload, limit=limit, on_news=on_news, **waiting)
            except BridgeLost:
                if not repeatable:
                    raise
                logger.warning("Corral's bridge ended in the middle of %s, which is tried again.", method)
                repeatable = False

    async def greeting(self) -> dict[str, Any]:
        """What the bridge said of itself when it started."""
        return (await self._running()).greeting

    @property
    def pid(self) -> int | None:
        """The bridge's process id while it runs."""
        process = self._process
        return process.pid if process is not None and process.alive else None

    async def _running(self) -> BridgeProcess:
        process = self._process
        if process is not None and process.alive and self._owner == os.getpid():
            return process
        return await anyio.to_thread.run_sync(self._start)

    def _start(self) -> BridgeProcess:
        with self._guard:
            if self._owner != os.getpid():
                # We are a fork: the bridge is our parent's.
                self._process, self._owner = None, os.getpid()
            if self._process is None or not self._process.alive:
                self._process = BridgeProcess(bridge_command())
                atexit.register(self._process.close, _END_WITHIN)
            return self._process
