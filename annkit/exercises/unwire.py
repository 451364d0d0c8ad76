"""Reading plain data, strictly: the structures may come from a process that lies.

Every array is made anew, of an allowed dtype and a size within the limits. Whatever `encode`
could not have made is a `WireError`; nothing is guessed and nothing is executed.

Not here: making the structures (`wire`).
"""

import base64
import binascii
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.exercises.wire import (
    DTYPES,
    MAX_ARRAY_BYTES,
    MAX_DEPTH,
    MAX_INT_BITS,
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
        return _decode(plain, 0)
    except WireError:
        raise
    except (TypeError, ValueError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise WireError(f"malformed plain data: {type(error).__name__}") from None


def _decode(plain: Any, depth: int) -> Any:
    if depth > MAX_DEPTH + 2:
        raise WireError("plain data nested too deep")
    if plain is None or isinstance(plain, bool | int | float | str):
        return plain
    if isinstance(plain, list):
        return [_decode(item, depth + 1) for item in plain]
    if not isinstance(plain, dict) or len(plain) != 1:
        raise WireError("plain data with an unknown form")
    ((tag, body),) = plain.items()
    if tag not in _DECODERS:
        raise WireError(f"plain data with an unknown tag {str(tag)[:20]!r}")
    return _DECODERS[tag](body, depth)


def _decode_array(body: Any, depth: int) -> np.ndarray:
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


def _decode_scalar(body: Any, depth: int) -> Any:
    array = _decode_array(body, depth)
    if array.shape != ():
        raise WireError("a scalar with a shape")
    return array[()]


def _decode_dict(body: Any, depth: int) -> dict[Any, Any]:
    result = {}
    for key, item in body:
        name = _decode(key, depth + 1)
        result[name] = _decode(item, depth + 1)
    return result


def _decode_int(body: Any, depth: int) -> int:
    if type(body) is not str or len(body) > MAX_INT_BITS // 4 + 4:
        raise WireError("an integer that is too long")
    return int(body, 16)


def _decode_text(body: Any) -> str:
    if type(body) is not str:
        raise WireError("a description that is not text")
    return body[:200]


def _decode_rng(body: Any, depth: int) -> Rng:
    if type(body) is not int:
        raise WireError("a seed that is not an integer")
    return Rng(body)


def _decode_expression(body: Any, depth: int) -> Any:
    from annkit.symbolic.transport import from_plain

    return from_plain(body)


_DECODERS: dict[str, Callable[[Any, int], Any]] = {
    "complex": lambda body, depth: complex(float(body[0]), float(body[1])),
    "tuple": lambda body, depth: tuple(_decode(item, depth + 1) for item in body),
    "dict": _decode_dict,
    "int": _decode_int,
    "array": _decode_array,
    "scalar": _decode_scalar,
    "rng": _decode_rng,
    "opaque": lambda body, depth: Opaque(_decode_text(body)),
    "expression": _decode_expression,
}
