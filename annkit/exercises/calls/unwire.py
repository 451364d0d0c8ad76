"""Reading plain data, strictly: the structures may come from a process that lies.

Every array is made anew, of an allowed dtype and a size within the limits. Whatever `encode`
could not have made is a `WireError`; nothing is guessed and nothing is executed. Parts are counted:
a reply of a few megabytes may otherwise become gigabytes of lists, or a dictionary whose keys all
have one hash and take hours to look up.

Not here: making the structures (`wire`).
"""

import base64
import binascii
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.exercises.calls.wire import (
    DTYPES,
    MAX_ARRAY_BYTES,
    MAX_DEPTH,
    MAX_INT_BITS,
    MAX_ITEMS,
    MAX_KEYS,
    MAX_TEXT,
    PLAIN_INT,
    Opaque,
    Rng,
    WireError,
)


def decode(plain: Any) -> Any:
    """Turn what `encode` made back into values; every array is new and writable.

    Raises:
        WireError: the structure is not one that `encode` makes.
    """
    try:
        return _Decoder().decode(plain, 0)
    except WireError:
        raise
    except (TypeError, ValueError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise WireError(f"malformed plain data: {type(error).__name__}") from None


class _Decoder:
    """One pass over one structure; counts its parts."""

    def __init__(self) -> None:
        self.items = 0

    def decode(self, plain: Any, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH + 2 or self.items > MAX_ITEMS:
            raise WireError("plain data nested too deep, or with too many parts")
        if isinstance(plain, str) and len(plain) > MAX_TEXT:
            raise WireError("a text that is too long")
        if isinstance(plain, int) and abs(plain) >= PLAIN_INT:
            raise WireError("an integer that does not travel as a number")
        if plain is None or isinstance(plain, bool | int | float | str):
            return plain
        if isinstance(plain, list):
            return [self.decode(item, depth + 1) for item in plain]
        if not isinstance(plain, dict) or len(plain) != 1:
            raise WireError("plain data with an unknown form")
        ((tag, body),) = plain.items()
        if tag == "tuple":
            return tuple(self.decode(item, depth + 1) for item in body)
        if tag == "dict":
            return self.decode_dict(body, depth)
        if tag not in _DECODERS:
            raise WireError(f"plain data with an unknown tag {str(tag)[:20]!r}")
        return _DECODERS[tag](body)

    def decode_dict(self, body: Any, depth: int) -> dict[Any, Any]:
        if len(body) > MAX_KEYS:
            raise WireError("a dictionary with too many keys")
        pairs = ((self.decode(key, depth + 1), self.decode(item, depth + 1)) for key, item in body)
        return dict(pairs)


def _decode_array(body: Any) -> np.ndarray:
    dtype, shape, text = body
    if dtype not in DTYPES or not all(type(n) is int and n >= 0 for n in shape):
        raise WireError("an array with a bad dtype or shape")
    if len(shape) > 32 or math.prod(shape) * np.dtype(dtype).itemsize > MAX_ARRAY_BYTES:
        raise WireError("an array that is too large")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise WireError("an array with bad base64") from None
    if len(data) != math.prod(shape) * np.dtype(dtype).itemsize:
        raise WireError("an array whose data do not fit its shape")
    return np.frombuffer(data, dtype=dtype).reshape(shape).copy()


def _decode_scalar(body: Any) -> Any:
    array = _decode_array(body)
    if array.shape != ():
        raise WireError("a scalar with a shape")
    return array[()]


def _decode_int(body: Any) -> int:
    if type(body) is not str or len(body) > MAX_INT_BITS // 4 + 4:
        raise WireError("an integer that is too long")
    number = int(body, 16)
    if number.bit_length() > MAX_INT_BITS:
        raise WireError("an integer that is too long")
    return number


def _decode_text(body: Any) -> str:
    if type(body) is not str:
        raise WireError("a description that is not text")
    return body[:200]


def _decode_rng(body: Any) -> Rng:
    if type(body) is not int:
        raise WireError("a seed that is not an integer")
    return Rng(body)


def _decode_expression(body: Any) -> Any:
    from annkit.symbolic.transport import from_plain

    return from_plain(body)


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "complex": lambda body: complex(float(body[0]), float(body[1])),
    "int": _decode_int,
    "array": _decode_array,
    "scalar": _decode_scalar,
    "rng": _decode_rng,
    "opaque": lambda body: Opaque(_decode_text(body)),
    "expression": _decode_expression,
}
