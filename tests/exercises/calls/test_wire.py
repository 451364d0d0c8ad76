"""Plain data crosses as it is; everything else arrives as a description of itself."""

import json

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from annkit.exercises.calls.wire import Opaque, Rng, WireError, decode, encode

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
)
plain_data = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


def there_and_back(value):
    """Through JSON, as across a process border."""
    return decode(json.loads(json.dumps(encode(value))))


@given(plain_data)
def test_plain_data_is_unchanged(value):
    """Same value, same exact types."""
    back = there_and_back(value)
    assert back == value
    assert repr(back) == repr(value)


@given(
    st.sampled_from(["?", "i1", "u1", "i8", "f2", "f4", "f8", "c16"]).flatmap(
        lambda dtype: arrays(dtype, array_shapes(min_dims=0, min_side=0, max_side=4))
    )
)
def test_arrays_keep_values_shape_and_dtype(array):
    """Bit for bit, NaN included, and writable."""
    back = there_and_back(array)
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()
    assert back.flags.writeable


@pytest.mark.parametrize("value", [np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j)])
def test_numpy_scalars_keep_their_type(value):
    """A NumPy scalar is not turned into a Python number or an array."""
    back = there_and_back(value)
    assert type(back) is type(value)
    assert back == value


def test_nan_and_infinity_cross():
    """JSON has no NaN; the encoding has."""
    back = there_and_back([float("nan"), float("inf"), complex(0, 2)])
    assert back[0] != back[0]
    assert back[1:] == [float("inf"), 2j]


def test_a_seed_crosses():
    """A generator is sent as the seed it is made from."""
    assert there_and_back(Rng(7)) == Rng(7)


class Lying(float):
    """A number that claims to equal everything."""

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class Sub(np.ndarray):
    """An array look-alike."""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (lambda z: z, "a function"),
        (int, "a class"),
        ((n for n in [1]), "a generator"),
        ({1, 2}, "a set"),
        (np.array([[1], [1, 2]], dtype=object), "dtype=object), as a ragged list makes"),
        (np.array([object()]), "an array of Python objects (dtype=object)"),
        (np.array([sympy.Symbol("x")]), "an array of formulas (dtype=object)"),
        (2 * sympy.Function("f")(1), "holds `f`, a function without a formula"),
        (sympy.Derivative(sympy.Symbol("x") ** 2), "not yet worked out"),
        (sympy.Symbol("x") ** sympy.gamma(sympy.Symbol("x")), "a formula that holds a gamma"),
        (np.array([b"a"]), "an array of text"),
        (np.zeros(2).view(Sub), "Sub"),
        (np.zeros((1, 1)).view(np.matrix), "matrix"),
        (np.ma.masked_array([1.0], mask=[True]), "MaskedArray"),
        (Lying(2.0), "Lying"),
        pytest.param(10**5000, "a huge integer", id="huge"),
        pytest.param("x" * 200_000, "too long", id="long"),
    ],
)
def test_everything_else_becomes_a_description(value, words):
    """No look-alike passes as a number, an array or a list."""
    back = there_and_back(value)
    assert isinstance(back, Opaque)
    assert words in back.description


def test_an_entry_of_an_array_of_texts_is_a_text():
    """`names[np.argmin(…)]` hands out NumPy's own kind of text."""
    back = there_and_back(np.array(["ReLU", "tanh"])[1])
    assert back == "tanh"
    assert type(back) is str


def test_an_array_of_texts_is_as_good_as_a_list():
    assert there_and_back(np.array(["a", "bc"])) == ["a", "bc"]
    assert there_and_back([np.array([["a"], ["b"]])]) == [[["a"], ["b"]]]


def test_a_list_that_contains_itself_ends():
    """Depth is limited."""
    loop: list[object] = []
    loop.append(loop)
    assert "deep" in json.dumps(encode(loop))


@pytest.mark.parametrize(
    "plain",
    [
        {"array": ["<f8", [2], "AAAA"]},
        {"array": ["|O", [1], "AAAAAAAAAAA="]},
        {"array": ["<f8", [-1], ""]},
        {"array": ["<f8", [10**9, 10**9], ""]},
        {"array": ["<f8", [1], "not base64!!"]},
        {"array": [["<f8"], [1], "AAAAAAAAAAA="]},
        {"scalar": ["<f8", [1], "AAAAAAAAAAA="]},
        {"tuple": 3},
        {"dict": [[1]]},
        {"dict": [[[1], 2]]},
        {"int": "0x" + "f" * 100_000},
        {"rng": "7"},
        {"pickle": "gASV"},
        {"a": 1, "b": 2},
        {},
        {"complex": ["x", 1]},
        {"opaque": 5},
        {"dict": [[n * (2**61 - 1), None] for n in range(100_000)]},  # all of one hash
        [[]] * 300_000,
        "x" * 200_000,
        object(),
    ],
)
def test_forged_data_are_an_error(plain):
    """A sandbox may send anything; it is read strictly."""
    with pytest.raises(WireError):
        decode(plain)


def test_deep_forged_data_are_an_error():
    """Nesting past the limit ends in an error, not in a crash."""
    plain: object = 1
    for _ in range(5000):
        plain = [plain]
    with pytest.raises(WireError):
        decode(plain)
