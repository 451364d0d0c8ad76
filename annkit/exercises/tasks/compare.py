"""What "equal" means: one policy for every exercise, and the checks that ask for it.

- Shapes must match exactly; nothing is broadcast. A 0-d array counts as a number.
- Numbers count by value: int, float, bool, Python's or NumPy's, in arrays or (nested) lists.
- NaN, infinity, None, text, arrays of objects and array look-alikes never equal a number;
  NaN or infinity do where the very same is expected.
- |got − expected| ≤ atol + rtol·|expected|. The defaults let an answer in float32 pass: a
  handful of roundings of 6e-8 each stay below 1e-6, and known wrong answers differ by far more.
  For an answer in float32 no check is stricter than the defaults, unless it asks for exact
  equality.

`expect_close` and its like pass silently or raise `CheckFailed`. Their sentences are for the
learner: what was expected, what came, the likely cause; whoever runs the check adds the failing
case. Whether a known mistake is what changed a result is asked here too, since it is a comparison.

Not here: results that are more than numbers and texts (`expect`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import CheckFailed, Failure
from annkit.exercises.calls.wire import Opaque

RTOL = 1e-6
ATOL = 1e-8
NOTHING = "nothing (None)"
RETURN_MISSING = "Is a `return` missing?"
_SINGLE = ("float32", "complex64")
# Of what a mistake changes, a part so small may be left over: more of it is another mistake.
_LEFT_OVER = 1e-3
_ROUNDED = 1e-6


@dataclass(frozen=True)
class Mismatch:
    """The first difference found: a sentence, the two pieces it is about, a likely cause or ""."""

    what: str
    expected: Any
    got: Any
    advice: str = ""


def mismatch(
    got: Any, expected: Any, rtol: float = RTOL, atol: float = ATOL, what: str = "the result"
) -> Mismatch | None:
    """Compare by the policy above, piece by piece; None if equal."""
    if isinstance(expected, dict):
        return _mismatch_dict(got, expected, rtol, atol, what)
    if isinstance(expected, tuple) or (isinstance(expected, list) and not _is_numbers(expected)):
        return _mismatch_sequence(got, expected, rtol, atol, what)
    if expected is None or isinstance(expected, str):
        if type(got) is type(expected) and got == expected:
            return None
        return Mismatch(f"{begin(what)}: not right", expected, got)
    return _mismatch_numbers(got, np.asarray(expected), rtol, atol, what)


def _is_numbers(value: Any) -> bool:
    """Whether a list holds numbers only, at one or more levels, and is not ragged."""
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False


def _mismatch_dict(
    got: Any, expected: dict[Any, Any], rtol: float, atol: float, what: str
) -> Mismatch | None:
    if not isinstance(got, dict):
        return Mismatch(f"{begin(what)} should be a dictionary, got {describe(got)}", None, None)
    missing = [key for key in expected if key not in got]
    if missing:
        return Mismatch(f"{begin(what)} lacks the key {missing[0]!r}", list(expected), list(got))
    extra = [key for key in got if key not in expected]
    if extra:
        return Mismatch(
            f"{begin(what)} has a key that does not belong: {extra[0]!r}", list(expected), list(got)
        )
    pieces = (
        mismatch(got[key], value, rtol, atol, f"{what}[{key!r}]") for key, value in expected.items()
    )
    return next((piece for piece in pieces if piece is not None), None)


def _mismatch_sequence(
    got: Any, expected: Any, rtol: float, atol: float, what: str
) -> Mismatch | None:
    kind = f"a {type(expected).__name__} of {len(expected)}"
    if not isinstance(got, list | tuple):
        return Mismatch(f"{begin(what)} should be {kind}, got {describe(got)}", None, None)
    if len(got) != len(expected):
        return Mismatch(
            f"{begin(what)} should be {kind}, yours has length {len(got)}", expected, got
        )
    names = _names_of_pieces(what, len(expected))
    pieces = (
        mismatch(g, e, rtol, atol, name) for g, e, name in zip(got, expected, names, strict=True)
    )
    return next((piece for piece in pieces if piece is not None), None)


def _names_of_pieces(what: str, count: int) -> list[str]:
    """Names of the parts: of "(W, b)" they are W and b, of "params" params[0] and so on.

    Of "each (W, b) in params" they are "(W, b) in params[0]" and so on, whose parts have names too.
    """
    pair, inside, whole = what.partition(" in ")
    inner = [name.strip() for name in pair.strip("()").split(",")]
    if pair.startswith("(") and pair.endswith(")") and len(inner) == count:
        return [name + inside + whole for name in inner]
    return [f"{what.removeprefix('each ')}[{place}]" for place in range(count)]


def as_array(got: Any) -> np.ndarray | str:
    """Read an answer as an array of numbers, or say in words why it is none."""
    if got is None:
        return NOTHING
    if isinstance(got, Opaque):
        return got.description
    if isinstance(got, np.ndarray):
        return got
    if isinstance(got, bool | int | float | complex | np.generic):
        return np.asarray(got)
    if isinstance(got, list | tuple):
        try:
            array = np.asarray(got)
        except ValueError:
            return "a ragged list, whose rows have different lengths"
        if array.dtype.kind in "biufc":
            return array
        return "a list that does not hold numbers only"
    return describe(got)


def _mismatch_numbers(
    got: Any, expected: np.ndarray, rtol: float, atol: float, what: str
) -> Mismatch | None:
    array = as_array(got)
    wanted = "a number" if expected.shape == () else f"an array of shape {expected.shape}"
    if isinstance(array, str):
        return Mismatch(f"{begin(what)} should be {wanted}, got {array}", None, None)
    if array.shape != expected.shape:
        return Mismatch(
            f"{begin(what)} should be {wanted}, got {describe(array)}",
            expected,
            got,
            _shape_cause(array, expected),
        )
    if array.dtype.kind == "c" and expected.dtype.kind != "c":
        return Mismatch(f"{begin(what)} should be real, got complex numbers", expected, got)
    if array.dtype.name in _SINGLE and (rtol or atol):
        rtol, atol = max(rtol, RTOL), max(atol, ATOL)
    close = close_entries(array, expected, rtol, atol)
    if close.all():
        return None
    kind = np.float64 if array.dtype.kind != "c" else np.complex128
    numbers = array.astype(kind)
    if np.isnan(numbers).any() and not np.isnan(expected).any():
        return Mismatch(f"{begin(what)} contains nan (not a number)", expected, got)
    if np.isinf(numbers).any() and not np.isinf(expected).any():
        return Mismatch(f"{begin(what)} contains an infinite value", expected, got)
    return Mismatch(f"{begin(what)}: {_how_many(close)}", expected, got)


def close_entries(
    got: np.ndarray, expected: np.ndarray, rtol: float = RTOL, atol: float = ATOL
) -> np.ndarray:
    """Entry by entry: is got within the tolerance of expected? Equal shapes, any numeric dtype."""
    wide = np.complex128 if "c" in (got.dtype.kind, expected.dtype.kind) else np.float64
    with np.errstate(all="ignore"):  # an answer near the largest float may overflow in between
        close = np.isclose(got.astype(wide), expected.astype(wide), rtol, atol, equal_nan=True)
    return np.asarray(close)


def _how_many(close: np.ndarray) -> str:
    if close.shape == ():
        return "not right"
    right = int(close.sum())
    return f"{right} of {close.size} entries right" if right else "no entry right"


def _shape_cause(got: np.ndarray, expected: np.ndarray) -> str:
    """The cause of a wrong shape as a question; empty where the numbers do not bear it out."""
    if expected.shape == () and got.size == 1:
        return "A single number in brackets is still an array."
    if expected.ndim == 2 and got.shape == expected.shape[::-1] and _agree(got.T, expected):
        return "Is a transpose missing, or one too many?"
    if got.size == expected.size and _agree(got.ravel(), expected.ravel()):
        return "The entries are right, in another shape."
    if got.ndim == 2 and got.shape == expected.shape[:1] * 2 and expected.size == len(got):
        return "Did (n,) meet (n, 1) and broadcast to (n, n)?"
    if got.shape == () and any(_agree(got, np.asarray(f(expected))) for f in (np.sum, np.mean)):
        return "Was everything summed into one number?"
    return ""


def _agree(got: np.ndarray, expected: np.ndarray) -> bool:
    return got.dtype.kind in "biufc" and bool(close_entries(got, expected).all())


def describe(value: Any) -> str:
    """Name what an answer returned: "an array of shape (3,)", "a list of 2", "the text 'a'"."""
    if value is None:
        return NOTHING
    if isinstance(value, Opaque):
        return value.description
    if isinstance(value, np.ndarray) and value.shape:
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool_):
        return f"the truth value {bool(value)}"
    if isinstance(value, float | np.floating) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "f"
    ):
        return f"the number {float(value):.6g}"
    if isinstance(value, int | complex | np.generic | np.ndarray):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, dict):
        return f"a dictionary with {len(value)} keys"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    return _describe_formula(value)


def _describe_formula(value: Any) -> str:
    """Name what SymPy made: "SymPy's number 1/2", "a matrix of shape (2, 2)"."""
    if hasattr(value, "shape"):
        return f"a matrix of shape {value.shape}"
    if getattr(value, "is_number", False):
        return f"SymPy's number {value}"
    kind = type(value).__name__
    return (
        "a Lambda, which is still to be called" if kind == "Lambda" else f"an expression ({kind})"
    )


def begin(what: str) -> str:
    """Begin a sentence with the name of a thing; the name of a variable stays as it is."""
    return what[:1].upper() + what[1:] if what.startswith("the ") else what


def expect_close(
    got: Any,
    expected: Any,
    *,
    rtol: float = RTOL,
    atol: float = ATOL,
    what: str = "the result",
    why: str = "",
) -> None:
    """Expect numbers, arrays, or lists, tuples and dictionaries of them, up to rounding.

    Args:
        got: what the answer returned.
        expected: the same structure; nothing is broadcast.
        rtol: relative tolerance, of the size of each expected entry.
        atol: absolute tolerance.
        what: how the learner knows the thing compared.
        why: half a sentence: where the expectation comes from.
    """
    found = mismatch(got, expected, rtol, atol, what)
    if found is not None:
        raise CheckFailed(
            Failure(
                f"{found.what}.",
                expected=found.expected,
                got=found.got,
                compared=found.expected is not None,
                why=why,
                advice=found.advice,
            )
        )


def expect_equal(got: Any, expected: Any, *, what: str = "the result", why: str = "") -> None:
    """Expect exactly these values: labels, counts, truth values, text, structures of them."""
    expect_close(got, expected, rtol=0.0, atol=0.0, what=what, why=why)


def expect_shape(got: Any, shape: tuple[int, ...], *, what: str = "the result") -> None:
    """Expect numbers in an array (or nested lists) of this shape; () is a single number."""
    array = as_array(got)
    wanted = "a number" if shape == () else f"an array of shape {shape}"
    if isinstance(array, str) or array.shape != shape:
        came = array if isinstance(array, str) else describe(array)
        raise CheckFailed(Failure(f"{begin(what)} should be {wanted}, got {came}."))


def expect_that(
    condition: bool, message: str, *, expected: Any = None, got: Any = None, why: str = ""
) -> None:
    """Expect anything else; the message is a sentence for the learner."""
    if not condition:
        raise CheckFailed(
            Failure(message, expected=expected, got=got, compared=expected is not None, why=why)
        )


def explains_the_change(mine: Any, known: Any, right: Any) -> bool:
    """Whether a mistake changes the right result by what it is changed by, and not only nearly.

    A voltage of −65 that hardly moves is nearly one that does not move at all.
    """
    parts = [value for value in (mine, known, right) if isinstance(value, list | tuple)]
    read = map(as_array, (mine, known, right))
    arrays = [array for array in read if not isinstance(array, str)]
    if len(arrays) < 3:
        if len(parts) < 3 or len(set(map(len, parts))) > 1:
            return True
        return all(map(explains_the_change, *parts))
    if len({array.shape for array in arrays}) > 1 or any(a.dtype.kind not in "iuf" for a in arrays):
        return True
    x, y, z = (array.astype(float) for array in arrays)
    with np.errstate(all="ignore"):
        left, change = np.abs(x - y), np.abs(y - z)
        return not (left > np.maximum(_LEFT_OVER * change, _ROUNDED * (1 + np.abs(y)))).any()
