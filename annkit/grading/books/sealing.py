"""Words that can be read only while their key is kept: forgetting in a file that nobody rewrites.

Each student has a key of their own beside their pseudonym. What quotes their work stands in the
ledger sealed with it; when the key is deleted, nobody can read those words any more.

The words are packed and added, bit by bit, to a stream that SHAKE-256 makes of the key and of a
number that is used once. That keeps them secret; it does not prove who wrote them.

Not here: who has which key (`pseudonyms`), what is sealed (`ledger`).
"""

import base64
import hashlib
import secrets
import zlib

_ONCE = 16  # bytes of the number in front of the words


def new_key() -> str:
    """A key, drawn at random."""
    return secrets.token_hex(32)


def seal(key: str, words: bytes) -> str:
    """Words as text that only the key opens."""
    once = secrets.token_bytes(_ONCE)
    return base64.b64encode(once + _added(key, once, zlib.compress(words))).decode("ascii")


def unseal(key: str, sealed: str) -> bytes:
    """The words again.

    Raises:
        ValueError: it is another key's, or damaged.
    """
    content = base64.b64decode(sealed, validate=True)
    once, packed = content[:_ONCE], content[_ONCE:]
    try:
        return zlib.decompress(_added(key, once, packed))
    except zlib.error as error:
        raise ValueError("not sealed with this key") from error


def _added(key: str, once: bytes, content: bytes) -> bytes:
    """The content and the stream, added bit by bit; done twice it is the content again."""
    size = len(content)
    stream = hashlib.shake_256(bytes.fromhex(key) + once).digest(size)
    both = int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")
    return both.to_bytes(size, "big")
