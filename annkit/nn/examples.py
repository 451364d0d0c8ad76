"""An example is an input with its target: what the output should have been.

Inputs come in as they should be or are refused. Targets become numbers the cost can subtract:
labels of classes become rows with a single 1 (softmax) or a column of 0 and 1 (sigmoid), targets
of a regression stay as they are.

Not here: the costs themselves (`costs`), numbers that overflow while training (`divergence`).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array, ShapeError


def check_inputs(X: ArrayLike, n_in: int, dtype: Any) -> Array:
    """Return X as (batch, n_in) floats of the network's dtype, or say what is wrong with it."""
    X = np.asarray(X)
    if X.dtype.kind == "O":
        raise TypeError(
            "X: expected an array of floats, got one of Python objects — "
            "rows of different lengths, None or text among the numbers?"
        )
    if X.dtype.kind != "f":
        raise TypeError(
            f"X: expected an array of floats, got {X.dtype} — write X.astype(float); "
            "whole numbers such as pixels 0 … 255 also want scaling (X / 255)"
        )
    if X.ndim != 2 or X.shape[1] != n_in:
        raise ShapeError("X", f"(batch, {n_in})", X.shape, _shape_cause(X, n_in))
    if not len(X):
        raise ValueError(f"X: expected at least one example, got shape {X.shape} — empty data?")
    if not np.isfinite(X).all():
        row, column = np.argwhere(~np.isfinite(X))[0]
        raise ValueError(
            f"X: expected finite numbers, got {X[row, column]} in row {row}, column {column} — "
            "a missing value, or a division by the spread of a constant column?"
        )
    return X.astype(dtype, copy=False)


def _shape_cause(X: Array, n_in: int) -> str:
    """Guess why X is not (batch, n_in)."""
    if X.ndim == 1:
        return "one example alone is written X[None, :], one column alone X[:, None]"
    if X.ndim == 2 and X.shape[0] == n_in:
        return "rows are examples: is it transposed?"
    if X.ndim > 2:
        return "images are flattened with X.reshape(len(X), -1)"
    return f"the network was built for {n_in} inputs, X has another number of columns"


def one_hot(labels: ArrayLike, n_classes: int, dtype: Any = np.float64) -> Array:
    """Return (batch, n_classes) with a 1 in the column of each label and 0 elsewhere.

    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    labels = check_labels(labels, n_classes)
    Y = np.zeros((len(labels), n_classes), dtype)
    Y[np.arange(len(labels)), labels] = 1
    return Y


def check_labels(labels: ArrayLike, n_classes: int) -> Array:
    """Return labels as integers 0 … n_classes-1 of shape (batch,), or say what is wrong."""
    labels = np.asarray(labels)
    if labels.ndim == 2 and labels.shape[1] == n_classes > 1:
        raise ShapeError(
            "labels", "(batch,)", labels.shape, "one-hot rows? labels.argmax(axis=1) undoes them"
        )
    if labels.ndim != 1:
        raise ShapeError("labels", "(batch,)", labels.shape, "labels.ravel() if it is one column")
    if not len(labels):
        raise ValueError("labels: expected at least one, got none — empty data?")
    if labels.dtype.kind not in "iu":
        raise TypeError(
            f"labels: expected integers 0 … {n_classes - 1}, got {labels.dtype} — "
            "write labels.astype(int) if they are whole numbers; a regression wants "
            'output="identity"'
        )
    if labels.min() < 0 or labels.max() >= n_classes:
        wrong = labels[(labels < 0) | (labels >= n_classes)][0]
        cause = (
            "do they count from 1? subtract 1"
            if labels.min() == 1 and labels.max() == n_classes
            else f"the network has {n_classes} output unit{'s' * (n_classes > 1)}"
        )
        raise ValueError(f"labels: expected 0 … {n_classes - 1}, got {wrong} — {cause}")
    return labels


def encode_targets(y: ArrayLike, n_out: int, output: str, dtype: Any) -> Array:
    """Return y as the targets (batch, n_out) of a network with this output activation.

    Args:
        y: labels (batch,) for softmax, or for a single sigmoid; zeros and ones (batch, n_out) for
            sigmoids; numbers (batch, n_out) for all others.
        n_out: units in the last layer.
        output: name of the output activation.
        dtype: type of the result.
    """
    y = np.asarray(y)
    if y.dtype.kind not in "iufb":
        raise TypeError(f"y: expected numbers, got an array of dtype {y.dtype}")
    if output == "softmax":
        return one_hot(y, n_out, dtype)
    if output == "sigmoid" and n_out == 1 and y.ndim == 1:
        y = y[:, None]
    if y.ndim != 2 or y.shape[1] != n_out:
        cause = "write y[:, None]" if y.ndim == 1 and n_out == 1 else "one column per output unit"
        raise ShapeError("y", f"(batch, {n_out})", y.shape, cause)
    if not len(y):
        raise ValueError(f"y: expected at least one row, got shape {y.shape} — empty data?")
    if not np.isfinite(y).all():
        raise ValueError("y: expected finite numbers, got nan or infinity — a missing value?")
    if output == "sigmoid" and not np.isin(y, (0, 1)).all():
        wrong = y[~np.isin(y, (0, 1))][0]
        cause = "labels -1/+1 become 0/1 with (y + 1) // 2" if wrong == -1 else "a regression?"
        raise ValueError(f"y: expected zeros and ones for a sigmoid output, got {wrong} — {cause}")
    return y.astype(dtype)


def check_two_classes(y: ArrayLike) -> None:
    """Raise if all labels are the same: such data teach nothing but their own constant."""
    y = np.asarray(y)
    if (y == y[0]).all():
        raise ValueError(
            f"labels: expected at least two classes, got only class {int(y.flat[0])}, "
            f"{len(y)} times — were sorted data cut in two?"
        )
