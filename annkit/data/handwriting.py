"""Handwritten digits: 1797 images of 8×8 pixels, stored with the package, never downloaded.

Source, licence and how the file was made stand in `digits.md` next to it. The checksum below is
compared on every load, so a damaged or exchanged file is noticed before anyone trains on it.

Not here: splitting into training and test examples (`partition`).
"""

import hashlib
import io
from importlib.resources import files

import numpy as np

from annkit.arguments import Array

DIGITS_SHA256 = "089d33176bf6819a5c6ebd6746c5293713f4e81c2c8fc52b672e6e15faa78f41"


def digits() -> tuple[Array, Array]:
    """Load the handwritten digits.

    Returns:
        X (1797, 64), the ink of each pixel, 0 … 1, row by row (`X[i].reshape(8, 8)` is an
        image), and labels (1797,), integers 0 … 9.
    """
    content = files("annkit.data").joinpath("digits.npz").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != DIGITS_SHA256:
        raise ValueError(
            f"digits.npz: expected SHA-256 {DIGITS_SHA256}, got {found} — "
            "the file was damaged or replaced; install annkit again"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return arrays["pixels"] / 16.0, arrays["labels"].astype(np.int64)
