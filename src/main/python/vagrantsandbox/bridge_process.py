"""One bridge process, and the requests that it serves."""

import contextlib
import io
import itertools
import os
import queue
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from logging import getLogger
from typing import Any, cast

import anyio

from . import frames
from .wake import Wake

logger = getLogger(__name__)

PROTOCOL = 1
_INLINE = 64 * 1024
_PIECE = 64 * 1024
_PIPE = 512 * 1024
_LONGEST_LINE = 4096
# A checkout may build first.
_GREETING_LIMIT = 240.0
_CANCEL_PATIENCE = 10.0


class BridgeLost(RuntimeError):
    """The bridge ended before it answered."""


class BridgeFailure(RuntimeError):
    """The bridge answered with an error. The text is Corral's own."""

    def __init__(self, message: str, kind: str, next_step: str = "", details: str = "", errno: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.next_step = next_step
        self.details = details
        self.errno = errno

    def __str__(self) -> str:
        return "\n".join(part for part in (str(self.args[0]), self.details, self.next_step) if part)


@dataclass
class Output:
    """A stream of a command; beyond the limit it loses its beginning."""

    limit: int
    chunks: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, chunk: bytes) -> None:
        """Takes the next piece."""
        self.chunks.append(chunk)
        self.size += len(chunk)
        if self.size > 2 * self.limit:
            kept = b"".join(self.chunks)[-self.limit :]
            self.chunks = [kept]
            self.size = len(kept)

    def bytes(self) -> bytes:
        """The last bytes."""
        return b"".join(self.chunks)[-self.limit :] if self.limit else b""


@dataclass(frozen=True)
class Answer:
    """A good answer."""

    result: dict[str, Any]
    stdout: bytes
    stderr: bytes


class _Call:
    """A request under way. The reader's thread writes to it, its coroutine reads."""

    def __init__(self, window: int, limit: int, on_news: Callable[[str, dict[str, Any]], None] | None) -> None:
        self.wake = Wake()
        # Each is written by one thread only: what the bridge allows by the reader's, what is used up by the coroutine's.
        self.allowed = window
        self.used = 0
        self.stdout = Output(limit)
        self.stderr = Output(limit)
        self.on_news = on_news
        self.header: dict[str, Any] | None = None
        self.lost = False
        self.why = ""

    @property
    def over(self) -> bool:
        return self.lost or self.header is not None

    def take(self, header: dict[str, Any], payload: bytes) -> None:
        if "method" not in header:
            if "result" in header:
                split = header["result"].get("stdout", 0)
                self.stdout.add(payload[:split])
                self.stderr.add(payload[split:])
            self.header = header
            self.wake.set()
        elif header["method"] == "output":
            (self.stderr if header["params"]["stream"] == "stderr" else self.stdout).add(payload)
        elif header["method"] == "credit":
            self.allowed += header["params"]["bytes"]
            self.wake.set()
        elif self.on_news is not None:
            news, method, params = self.on_news, header["method"], header["params"]
            self.wake.call(lambda: news(method, params))

    def answer(self) -> Answer:
        if self.header is None:
            raise BridgeLost(f"Corral's bridge ended in the middle of a request. {self.why}".rstrip())
        error = self.header.get("error")
        if error is not None:
            data = error.get("data") or {}
            raise BridgeFailure(
                error.get("message", ""),
                data.get("kind", "bug"),
                data.get("next_step") or "",
                data.get("details") or "",
                data.get("errno") or "",
            )
        return Answer(self.header["result"], self.stdout.bytes(), self.stderr.bytes())


def _widen(pipe: int) -> None:
    """Lets more bytes wait in a pipe, so that the two processes wake each other less often. Linux only."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _put(pipe: int, parts: tuple[bytes, bytes | memoryview]) -> None:
    """Writes all of it, in one call where the pipe has room, so that the other end is woken once."""
    left = [memoryview(part) for part in parts if part]
    while left:
        sent = os.writev(pipe, left)
        while left and sent >= len(left[0]):
            sent -= len(left.pop(0))
        if sent:
            left[0] = left[0][sent:]


class BridgeProcess:
    """A running bridge. Blocks only while it is made; afterwards threads read and write, and coroutines wait."""

    def __init__(self, command: list[str]) -> None:
        """Starts it and greets it.

        Raises:
            BridgeLost: when it does not come up.
            BridgeFailure: when it speaks another protocol.
        """
        self._numbers = itertools.count(1)
        self._calls: dict[int, _Call] = {}
        self._lock = threading.Lock()
        self._outgoing: queue.SimpleQueue[tuple[bytes, bytes | memoryview] | None] = queue.SimpleQueue()
        self._said: list[str] = []
        self._why = ""
        self.alive = True
        try:
            # A session of its own: Ctrl-C in the terminal reaches Inspect alone, which then cancels us in its own order.
            # The better compiler's threads come and go; with an arena each, what they gave back would stay with the process.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,
                env={"MALLOC_ARENA_MAX": "2", **os.environ},
            )
        except OSError as error:
            raise BridgeLost(f"Corral's bridge can't be started: {error}") from error
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._incoming = io.BufferedReader(cast(io.RawIOBase, self._process.stdout), _PIPE)
        for pipe in (self._process.stdin, self._process.stdout):
            _widen(pipe.fileno())
        self._start_thread(self._listen, "corral-bridge-stderr")
        self.greeting = self._greet()
        self._start_thread(self._read, "corral-bridge-read")
        self._start_thread(self._write, "corral-bridge-write")

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        payload: bytes | None = None,
        *,
        limit: int = 1 << 62,
        on_news: Callable[[str, dict[str, Any]], None] | None = None,
        patience: float = _CANCEL_PATIENCE,
    ) -> Answer:
        """Makes a request and waits for its answer.

        When it is cancelled, the bridge is told, and has ``patience`` seconds to come to an end with it.

        Raises:
            BridgeFailure: when the answer is an error.
            BridgeLost: when the bridge ends before it answers.
        """
        number = next(self._numbers)
        call = _Call(self.greeting.get("window", 0), limit, on_news)
        inline = payload is not None and len(payload) <= _INLINE
        given = params if payload is None else {**params, "input": "inline" if inline else "stream"}
        request = {"id": number, "method": method, "params": given}
        try:
            frame = frames.parts(request, payload if inline and payload else b"")
        except frames.TooLong as error:
            raise BridgeFailure(str(error), "usage", "Send much data as input or as a file.") from error
        with self._lock:
            if not self.alive:
                raise BridgeLost("Corral's bridge has ended.")
            self._calls[number] = call
        try:
            self._outgoing.put(frame)
            if payload is not None and not inline:
                await self._stream(number, call, memoryview(payload))
            while not call.over:
                await call.wake.wait()
            return call.answer()
        except BaseException:
            if not call.over:
                self._outgoing.put(frames.parts({"method": "cancel", "params": {"request": number}}))
                with anyio.CancelScope(shield=True), anyio.move_on_after(patience):
                    while not call.over:
                        await call.wake.wait()
            raise
        finally:
            with self._lock:
                self._calls.pop(number, None)

    async def _stream(self, number: int, call: _Call, payload: memoryview) -> None:
        sent = 0
        while sent < len(payload) and not call.over:
            piece = payload[sent : sent + min(_PIECE, call.allowed - call.used)]
            if not piece:
                await call.wake.wait()
                continue
            call.used += len(piece)
            sent += len(piece)
            params = {"request": number, "end": sent == len(payload)}
            self._outgoing.put(frames.parts({"method": "input", "params": params}, piece))

    def close(self, patience: float) -> None:
        """Ends its input, which ends it, and waits so many seconds for that. What it was doing is undone first."""
        self._outgoing.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)

    def _greet(self) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        watchdog = threading.Timer(_GREETING_LIMIT, self._process.kill)
        watchdog.daemon = True
        watchdog.start()
        hello = {"protocol": PROTOCOL, "client": "the Inspect plugin", "pid": os.getpid()}
        try:
            _put(self._process.stdin.fileno(), frames.parts({"id": 0, "method": "hello", "params": hello}))
            answer = frames.read(self._incoming)
            if answer is not None and "error" not in answer[0] and not isinstance(answer[0].get("result"), dict):
                raise frames.BrokenFrame("Its first answer is none.")
        except (OSError, frames.BrokenFrame) as error:
            self._process.kill()
            raise BridgeLost(f"Corral's bridge can't be understood. {error} {self._last_words()}") from error
        finally:
            watchdog.cancel()
        if answer is None:
            raise BridgeLost(f"Corral's bridge ended at once. {self._last_words()}")
        header, _ = answer
        if "error" in header:
            self._process.stdin.close()
            raise BridgeFailure(header["error"].get("message", ""), "usage", (header["error"].get("data") or {}).get("next_step") or "")
        return dict(header["result"])

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        return " ".join(self._said[-5:])

    def _start_thread(self, work: Callable[[], None], name: str) -> None:
        threading.Thread(target=work, name=name, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stderr
        # Never more of a line than this: one without an end would be taken into memory whole.
        lines = io.BufferedReader(cast(io.RawIOBase, self._process.stderr))
        while line := lines.readline(_LONGEST_LINE):
            said = line.decode("utf-8", "replace").rstrip()
            self._said = [*self._said[-20:], said]
            logger.info("corral bridge: %s", said)

    def _read(self) -> None:
        try:
            while (frame := frames.read(self._incoming)) is not None:
                header, payload = frame
                if header.get("id") is None and "error" in header:
                    # It is about no request: the bridge ends, and says why.
                    self._why = str((header["error"] or {}).get("message", ""))
                    continue
                number: Any = header["id"] if "id" in header else (header.get("params") or {}).get("request")
                with self._lock:
                    call = self._calls.get(number)
                if call is not None:
                    call.take(header, payload)
        except Exception as error:
            # Whatever it is: nobody else reads, so everybody who waits would wait for ever.
            self._why = self._why or f"It can't be understood any more: {error or type(error).__name__}"
            logger.warning("Corral's bridge can't be understood any more. %s", error)
            self._process.kill()
        finally:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self.alive = False
            left = list(self._calls.values())
        for call in left:
            call.why = self._why
            call.lost = True
            call.wake.set()
        self._outgoing.put(None)

    def _write(self) -> None:
        assert self._process.stdin
        # A bridge that has ended is noticed by the reader.
        with contextlib.suppress(OSError):
            while (frame := self._outgoing.get()) is not None:
                _put(self._process.stdin.fileno(), frame)
        with contextlib.suppress(OSError):
            self._process.stdin.close()
