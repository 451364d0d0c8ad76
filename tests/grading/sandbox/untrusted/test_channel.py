"""Frames from an end that may lie."""

import json
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from annkit.grading.sandbox.untrusted.channel import (
    MAX_FRAME,
    Channel,
    ChannelClosed,
    ChannelError,
    ChannelTimeout,
)

Pair = tuple[Channel, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A channel, and the other end as a bare socket."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    yield channel, theirs
    channel.close()
    theirs.close()


def frame(body: bytes) -> bytes:
    """A well-formed frame."""
    return struct.pack("!I", len(body)) + body


def test_what_is_sent_arrives(pair: Pair) -> None:
    channel, theirs = pair
    other = Channel(theirs)
    message = {"a": [1, 2.5, None, "ü"], "b": {"c": True}}
    channel.send(message, 1)
    assert other.receive(1) == message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xff\xff\xff", "announced"),
        (struct.pack("!I", MAX_FRAME + 1), "announced"),
        (frame(b"hello"), "not JSON"),
        (frame(b"\xff\xfe"), "not JSON"),
        (frame(b"[" * 100_000), "not JSON"),
        (frame(b"[1]"), "not an object"),
        (frame(b"[" + b"[]," * 1_000_000 + b"1]"), "parts"),
    ],
)
def test_a_bad_frame_is_an_error(pair: Pair, data: bytes, words: str) -> None:
    channel, theirs = pair
    threading.Thread(target=theirs.sendall, args=(data,), daemon=True).start()
    with pytest.raises(ChannelError, match=words):
        channel.receive(1)


@pytest.mark.parametrize("size", [100, 101])
def test_the_limit_is_the_readers(pair: Pair, size: int) -> None:
    channel, theirs = pair
    empty = len(json.dumps({"a": ""}))
    theirs.sendall(frame(json.dumps({"a": "x" * (size - empty)}).encode()))
    if size > 100:
        with pytest.raises(ChannelError, match="more than 100"):
            channel.receive(1, limit=100)
    else:
        assert set(channel.receive(1, limit=100)) == {"a"}


@pytest.mark.parametrize("data", [b"", b"\x00\x00", frame(b"{}")[:-1]])
def test_late_is_an_error_and_so_is_gone(pair: Pair, data: bytes) -> None:
    channel, theirs = pair
    theirs.sendall(data)
    with pytest.raises(ChannelTimeout):
        channel.receive(0.02)
    theirs.close()
    with pytest.raises(ChannelClosed):
        channel.receive(1)


def test_one_who_does_not_read_is_not_waited_for(pair: Pair) -> None:
    channel, _ = pair
    with pytest.raises(ChannelTimeout):
        channel.send({"a": "x" * 2**22}, 0.02)


def test_a_message_that_fits_no_frame_is_not_sent(pair: Pair) -> None:
    channel, _ = pair
    with pytest.raises(ChannelError, match="more than"):
        channel.send({"a": "x" * MAX_FRAME})
