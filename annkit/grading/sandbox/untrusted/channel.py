"""Frames of JSON on a socket: four bytes of length, then UTF-8.

One end may lie. A frame that is too long, too late, not JSON, nested too deep or not an object is
a `ChannelError`, never a crash; nothing is ever unpickled.

Not here: what the frames mean (`sandbox.session`, `untrusted.child`).
"""

import json
import math
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

# Ten times what any answer of the course sends at once.
MAX_FRAME = 6 * 2**20
# Brackets, commas and colons: a bound on the objects a frame becomes, and so on memory.
MAX_PARTS = 300_000
# Bytes of memory that a part becomes, about.
_PART_BYTES = 100
_HEADER = struct.Struct("!I")


class ChannelError(Exception):
    """The other end broke the protocol; the text says how."""


class ChannelClosed(ChannelError):
    """The other end is gone."""


class ChannelTimeout(ChannelError):
    """The other end was too late."""


class Channel:
    """One end of a connection.

    Args:
        connection: a connected stream socket; this object owns it.

    Attributes:
        weight: bytes of memory, about, that the last message received may take.
    """

    def __init__(self, connection: socket.socket) -> None:
        """Take the socket over."""
        self._socket = connection
        self.weight = 0

    def send(self, message: dict[str, Any], seconds: float | None = None) -> None:
        """Send a message within so many seconds.

        Raises:
            ChannelError: it does not fit into a frame, or the other end does not read.
        """
        body = json.dumps(message).encode("ascii")
        if len(body) > MAX_FRAME:
            raise ChannelError(f"a message of {len(body)} bytes, more than {MAX_FRAME}")
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(_HEADER.pack(len(body)) + body)
        except TimeoutError:
            raise ChannelTimeout("the other end does not read") from None
        except OSError as error:
            raise ChannelClosed(f"the other end is gone ({error.strerror})") from None

    def receive(
        self, seconds: float | Callable[[], float] = math.inf, limit: int = MAX_FRAME
    ) -> dict[str, Any]:
        """Receive one message within so many seconds, all of it.

        Args:
            seconds: how long to wait; or a function that tells, whenever it is asked, after how
                many seconds to ask again, and that there is nothing left to wait for by 0.
            limit: bytes the message may have.

        Raises:
            ChannelError: see the module's text.
        """
        left = seconds if callable(seconds) else _until(seconds)
        (length,) = _HEADER.unpack(self._exactly(_HEADER.size, left))
        if length > limit:
            raise ChannelError(f"announced {length} bytes, more than {limit}")
        body = self._exactly(length, left)
        parts = sum(map(body.count, (b"[", b"{", b",", b":")))
        self.weight = length + _PART_BYTES * parts
        if parts > MAX_PARTS:
            raise ChannelError(f"sent more than {MAX_PARTS:,} parts")
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            raise ChannelError("sent something that is not JSON") from None
        if not isinstance(message, dict):
            raise ChannelError("sent JSON that is not an object")
        return message

    def _exactly(self, count: int, left: Callable[[], float]) -> bytes:
        data = bytearray()
        while len(data) < count:
            seconds = left()
            if seconds <= 0:
                raise ChannelTimeout("sent nothing in time")
            self._socket.settimeout(None if math.isinf(seconds) else seconds)
            try:
                piece = self._socket.recv(min(count - len(data), 2**20))
            except TimeoutError:
                continue
            except OSError as error:
                raise ChannelClosed(f"the other end is gone ({error.strerror})") from None
            if not piece:
                raise ChannelClosed("the other end is gone")
            data += piece
        return bytes(data)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()


def _until(seconds: float) -> Callable[[], float]:
    """What is left of so many seconds that begin now."""
    end = time.monotonic() + seconds
    return lambda: end - time.monotonic()
