"""The digits are those of scikit-learn, and a damaged file is noticed."""

import io
import tokenize
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annkit import data
from annkit.data import handwriting


def test_they_are_the_well_known_digits() -> None:
    from sklearn.datasets import load_digits

    X, labels = data.digits()
    pixels, truth = load_digits(return_X_y=True)
    np.testing.assert_array_equal(X * 16, pixels)
    np.testing.assert_array_equal(labels, truth)
    assert X.dtype == np.float64
    assert labels.dtype == np.int64
    assert (X.min(), X.max()) == (0, 1)


def test_every_call_gives_arrays_of_its_own() -> None:
    data.digits()[0][:] = -1
    assert data.digits()[0].min() == 0


def test_a_changed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handwriting, "DIGITS_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="damaged or replaced"):
        data.digits()


def test_source_and_licence_stand_next_to_the_data() -> None:
    text = (Path(handwriting.__file__).parent / "digits.md").read_text(encoding="utf-8")
    for words in ("Alpaydin", "CC BY 4.0", "10.24432/C50P49"):
        assert words in text


def test_the_recipe_in_the_note_makes_these_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(handwriting.__file__).parent / "digits.md").read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    assert list(tokenize.generate_tokens(io.StringIO(code).readline))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)
    with np.load(tmp_path / "digits.npz") as made:
        X, labels = data.digits()
        np.testing.assert_array_equal(made["pixels"] / 16, X)
        np.testing.assert_array_equal(made["labels"], labels)
