"""Labels become targets; what cannot is refused with the likely cause."""

from typing import Any

import numpy as np
import pytest

from annkit.nn import one_hot
from annkit.nn.examples import check_two_classes, encode_targets


def test_one_hot() -> None:
    np.testing.assert_array_equal(one_hot([2, 0, 2], 3), [[0, 0, 1], [1, 0, 0], [0, 0, 1]])
    assert one_hot(np.array([0, 1], np.uint8), 2, np.float32).dtype == np.float32


@pytest.mark.parametrize("y", [[0, 1, 1], [[0], [1], [1]], [False, True, True], [0.0, 1.0, 1.0]])
def test_one_sigmoid_takes_labels_or_a_column(y: Any) -> None:
    targets = encode_targets(y, 1, "sigmoid", float)
    np.testing.assert_array_equal(targets, [[0], [1], [1]])


def test_targets_of_a_regression_stay() -> None:
    y = np.array([[1.5, -2], [0, 1e6]])
    np.testing.assert_array_equal(encode_targets(y, 2, "identity", float), y)
    assert encode_targets([[1, 2]], 2, "tanh", np.float32).dtype == np.float32


@pytest.mark.parametrize(
    ("y", "n_out", "output", "message"),
    [
        ([-1, 1], 1, "sigmoid", r"-1/\+1 become 0/1"),
        ([0.2, 0.9], 1, "sigmoid", "zeros and ones"),
        ([[0, 1]], 3, "sigmoid", r"\(batch, 3\), got \(1, 2\)"),
        ([[0.0, np.nan]], 2, "identity", "finite"),
        (np.zeros((0, 2)), 2, "identity", "empty"),
        ([], 2, "softmax", "empty"),
        ([1, 2, 3], 3, "softmax", "do they count from 1"),
        ([0, 3], 3, "softmax", "3 output units"),
        ([[0, 1, 0]], 3, "softmax", "argmax"),
    ],
)
def test_what_does_not_fit(y: Any, n_out: int, output: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        encode_targets(y, n_out, output, float)


@pytest.mark.parametrize("y", [["a", "b"], [None, 1], [1j, 0]])
def test_only_numbers(y: Any) -> None:
    with pytest.raises(TypeError, match="expected numbers"):
        encode_targets(y, 2, "identity", float)


def test_one_class_teaches_nothing() -> None:
    check_two_classes([0, 0, 1])
    with pytest.raises(ValueError, match="only class 3, 2 times"):
        check_two_classes(np.array([3, 3]))
