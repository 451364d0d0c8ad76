"""Plain data: the only thing that passes between a check and an answer.

Arguments and results are turned into JSON-able structures and back, in the notebook as much as
across a process border. So a check sees the same copies, of the same exact types, wherever the
answer lives: an object that pretends to be an array arrives as `Opaque`, never as itself.

Reading is strict, since the structures may come from a process that lies. Every array is made
anew, of an allowed dtype and a size within the limits. Whatever `encode` could not have made is a
`WireError`; nothing is guessed and nothing is executed. Parts are counted: a reply of a few
megabytes may otherwise become gigabytes of lists, or a dictionary whose keys all have one hash
and take hours to look up.

Not here: calling the answer (`observe`), SymPy's part (`annkit.symbolic.transport`).
"""

import base64
import binascii
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_DEPTH = 40
MAX_ITEMS = 100_000
# Of two integers each with the same hash a dictionary asks all; no answer has this many.
MAX_KEYS = 2_000
# Of keys that differ few have the same hash; of a lie's, many.
MAX_SAME_HASH = 10
# Arrays and texts of one value together: every call of an answer is kept until it is judged.
MAX_BYTES = 2 * 2**20
MAX_TEXT = 100_000
# Integers below travel as JSON numbers; larger ones as hexadecimal text, as far as floats go.
PLAIN_INT = 2**63
MAX_INT_BITS = 1023
DTYPES = {
    np.dtype(kind).str
    for kind in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}


class WireError(ValueError):
    """A structure that `encode` could not have made, or one that is too large."""


@dataclass(frozen=True)
class Rng:
    """A random generator, described by its seed: `np.random.default_rng(seed)` when it arrives."""

    seed: int


@dataclass(frozen=True)
class Opaque:
    """Something that is not plain data, known by a description such as "a function"."""

    description: str


def encode(value: Any) -> Any:
    """Turn a value into a structure of None, bool, int, float, str, list and dict.

    Nothing of the value's own code runs: exact types decide, and whatever is not on the list
    becomes `Opaque`.
    """
    return _Encoder().encode(value, 0)


class _Pass:
    """One pass over one value, either way: counts its parts and its bytes."""

    def __init__(self) -> None:
        self.items = 0
        self.bytes = 0

    def has_room(self, count: int) -> bool:
        """Whether so many bytes more may travel; they are counted if they may."""
        if self.bytes + count > MAX_BYTES:
            return False
        self.bytes += count
        return True


class _Encoder(_Pass):
    """Ends early on a huge value."""

    def encode(self, value: Any, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH:
            return _opaque(f"a value nested more than {MAX_DEPTH} levels deep")
        if self.items > MAX_ITEMS:
            return _opaque(f"a value with more than {MAX_ITEMS} parts")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return _encode_int(value)
        if kind is str or kind is np.str_:  # the second is what an array of texts hands out
            fits = len(value) <= MAX_TEXT and self.has_room(len(value))
            return str(value) if fits else _opaque("a text that is too long")
        if kind is complex:
            return {"complex": [value.real, value.imag]}
        if kind is list:
            return [self.encode(item, depth + 1) for item in value[:MAX_ITEMS]]
        if kind is tuple:
            return {"tuple": [self.encode(item, depth + 1) for item in value[:MAX_ITEMS]]}
        if kind is dict and len(value) > MAX_KEYS:
            return _opaque(f"a dictionary with more than {MAX_KEYS} keys")
        if kind is dict:
            return {"dict": self._pairs(value, depth)}
        if kind is np.ndarray and value.dtype.kind == "U" and value.nbytes <= MAX_BYTES:
            return self.encode(value.tolist(), depth)  # as good as a list of texts
        if kind is np.ndarray:
            return self.encode_array(value)
        # NumPy's scalar types are C types; a subclass made in Python lives in another module.
        if isinstance(value, np.generic) and kind.__module__ == "numpy":
            array = self.encode_array(np.asarray(value))
            return {"scalar": array["array"]} if "array" in array else array
        if kind is Rng:
            return {"rng": value.seed}
        if kind is Opaque:
            return {"opaque": value.description}
        if "sympy" in sys.modules:
            from annkit.symbolic.transport import obstacle, to_plain

            plain = to_plain(value)
            if plain is not None:
                return {"expression": plain}
            if _is_formula(value):
                return _opaque(obstacle(value))
        return _opaque(describe_type(value))

    def encode_array(self, array: np.ndarray) -> dict[str, Any]:
        self.items += array.ndim
        if array.dtype.kind in "fc" and array.dtype.str not in DTYPES:
            array = array.astype("f8" if array.dtype.kind == "f" else "c16")
        if array.dtype.str not in DTYPES:
            return _opaque(_describe_entries(array))
        if not self.has_room(array.nbytes):
            return _opaque(f"an array of shape {array.shape}, which is too large")
        text = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
        return {"array": [array.dtype.str, list(array.shape), text]}

    def _pairs(self, value: dict[Any, Any], depth: int) -> list[Any]:
        return [
            [self.encode(key, depth + 1), self.encode(item, depth + 1)]
            for key, item in list(value.items())
        ]


def _opaque(description: str) -> dict[str, str]:
    return {"opaque": description}


def _encode_int(value: int) -> Any:
    if abs(value) < PLAIN_INT:
        return value
    return {"int": hex(value)} if value.bit_length() <= MAX_INT_BITS else _opaque("a huge integer")


def _describe_entries(array: np.ndarray) -> str:
    if array.dtype.kind == "O":
        first = array.flat[0] if array.size else None
        if type(first) in (list, tuple, np.ndarray):
            return "an array of Python objects (dtype=object), as a ragged list makes"
        return (
            f"an array of {'formulas' if _is_formula(first) else 'Python objects'} (dtype=object)"
        )
    if array.dtype.kind in "US":
        return "an array of text"
    return f"an array of dtype {array.dtype}"


def _is_formula(value: object) -> bool:
    """Whether SymPy made this: its classes live in its modules, functions without formula aside."""
    return any(kind.__module__ == "sympy.core.basic" for kind in type(value).__mro__)


def describe_type(value: object) -> str:
    """Say in words what kind of thing a value is: "a function", "numpy.matrix"."""
    kind = type(value)
    if kind.__name__ in ("function", "builtin_function_or_method", "ufunc", "method"):
        return "a function"
    if kind is type:
        return "a class"
    if kind.__name__ == "generator":
        return "a generator (is there a `yield`?)"
    if kind in (set, frozenset, range, bytes):
        return f"a {kind.__name__}"
    module = "" if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}."
    return f"an object of type {module}{kind.__name__}"[:120]


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


class _Decoder(_Pass):
    """Refuses what is huge."""

    def decode(self, plain: Any, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH + 2 or self.items > MAX_ITEMS:
            raise WireError("plain data nested too deep, or with too many parts")
        kind = type(plain)
        if plain is None or kind is bool or kind is float:
            return plain
        if kind is int:
            if abs(plain) >= PLAIN_INT:
                raise WireError("an integer that does not travel as a number")
            return plain
        if kind is list:
            return [self.decode(item, depth + 1) for item in plain]
        if kind is str:
            if len(plain) > MAX_TEXT or not self.has_room(len(plain)):
                raise WireError("a text that is too long")
            return plain
        if kind is not dict or len(plain) != 1:
            raise WireError("plain data with an unknown form")
        ((tag, body),) = plain.items()
        if tag == "tuple":
            return tuple([self.decode(item, depth + 1) for item in body])
        if tag == "dict":
            return self.decode_dict(body, depth)
        if tag in ("array", "scalar"):
            array = self.decode_array(body)
            return array if tag == "array" else _as_scalar(array)
        if tag not in _DECODERS:
            raise WireError(f"plain data with an unknown tag {str(tag)[:20]!r}")
        return _DECODERS[tag](body)

    def decode_array(self, body: Any) -> np.ndarray:
        dtype, shape, text = body
        if dtype not in DTYPES or not all(type(n) is int and n >= 0 for n in shape):
            raise WireError("an array with a bad dtype or shape")
        self.items += len(shape)
        count = math.prod(shape) * np.dtype(dtype).itemsize
        if len(shape) > 32 or not self.has_room(count):
            raise WireError("an array that is too large")
        try:
            data = base64.b64decode(text, validate=True)
        except binascii.Error:
            raise WireError("an array with bad base64") from None
        if len(data) != count:
            raise WireError("an array whose data do not fit its shape")
        return np.frombuffer(data, dtype=dtype).reshape(shape).copy()

    def decode_dict(self, body: Any, depth: int) -> dict[Any, Any]:
        if len(body) > MAX_KEYS:
            raise WireError("a dictionary with too many keys")
        keys = [self.decode(key, depth + 1) for key, _ in body]
        if len(keys) - len(set(map(hash, keys))) > MAX_SAME_HASH:
            raise WireError("a dictionary whose keys have the same hash")
        items = [self.decode(item, depth + 1) for _, item in body]
        return dict(zip(keys, items, strict=True))


def _as_scalar(array: np.ndarray) -> Any:
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
    "rng": _decode_rng,
    "opaque": lambda body: Opaque(_decode_text(body)),
    "expression": _decode_expression,
}
