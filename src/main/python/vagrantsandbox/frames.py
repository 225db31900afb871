"""Frames of the bridge's protocol: a JSON-RPC object and raw bytes."""

import io
import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">II")
LONGEST_PAYLOAD = 1 << 20
_LONGEST_HEADER = 32 << 20
# What the bridge takes: the longest command line of Linux, with room.
_LONGEST_REQUEST = 4 << 20


class BrokenFrame(Exception):
    """What came is no frame."""


class TooLong(ValueError):
    """What is to be sent is longer than the bridge takes."""


def parts(header: dict[str, Any], payload: bytes | memoryview = b"") -> tuple[bytes, bytes | memoryview]:
    """A frame in two parts, the second of which is the payload itself.

    Broken bytes in texts travel as lone surrogates, which ASCII JSON has escapes for.

    Raises:
        TooLong: when it is longer than the bridge takes.
    """
    text = json.dumps({"jsonrpc": "2.0", **header}, separators=(",", ":")).encode("ascii")
    if len(text) > _LONGEST_REQUEST:
        raise TooLong(f"The request is {len(text) >> 20} MiB long, and Corral takes at most {_LONGEST_REQUEST >> 20}.")
    return _LENGTHS.pack(len(text), len(payload)) + text, payload


def encode(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """A frame as bytes."""
    return b"".join(parts(header, payload))


def read(stream: IO[bytes] | io.BufferedReader) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end of the stream.

    Raises:
        BrokenFrame: when the stream holds something else or ends inside a frame.
    """
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise BrokenFrame("The stream ended inside a frame.")
    header_length, payload_length = _LENGTHS.unpack(lengths)
    if header_length > _LONGEST_HEADER or payload_length > LONGEST_PAYLOAD:
        raise BrokenFrame(f"A frame of {header_length} and {payload_length} bytes is too long; it begins with {lengths!r}.")
    header, payload = stream.read(header_length), stream.read(payload_length)
    if len(header) < header_length or len(payload) < payload_length:
        raise BrokenFrame("The stream ended inside a frame.")
    try:
        parsed = json.loads(header)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame(f"A frame's header is no JSON: {error}") from error
    if not isinstance(parsed, dict):
        raise BrokenFrame("A frame's header is no JSON object.")
    return parsed, payload
