"""Synthetic houses: the formula, the noise, and what a straight line makes of them."""

import math

import numpy as np
import pytest

from annkit import data


def test_a_price_by_hand() -> None:
    # 100 m² at (1 + 3/e) a square metre, three bedrooms worth 30/e each, 40 for the ground
    price = data.expected_price(np.array([[100.0, 3, 8, 30]]))
    assert price[0] == pytest.approx(40 + 100 * (1 + 3 / math.e) + 90 / math.e)


def test_ranges_and_units() -> None:
    X, y = data.houses(5000, np.random.default_rng(0))
    assert X.shape == (5000, len(data.HOUSE_FEATURES)) == (5000, len(data.HOUSE_UNITS))
    assert y.shape == (5000,)
    assert X.min(axis=0).tolist() == [40, 1, 0.5, 0]
    assert X.max(axis=0).tolist() == [240, 6, 25, 80]
    assert (X[:, [0, 1, 3]] % 1 == 0).all()


def test_noise_is_what_the_text_says_and_independent_of_the_house() -> None:
    X, y = data.houses(20_000, np.random.default_rng(1))
    noise = y - data.expected_price(X)
    assert noise.std() == pytest.approx(data.HOUSE_NOISE, rel=0.02)
    assert noise.mean() == pytest.approx(0, abs=0.6)
    assert np.abs(np.corrcoef(np.column_stack([X, noise]).T)[-1, :-1]).max() < 0.03


def test_a_line_does_well_and_the_formula_much_better() -> None:
    from sklearn.linear_model import LinearRegression

    X, y = data.houses(4000, np.random.default_rng(2))
    line = LinearRegression().fit(X, y).score(X, y)
    best = 1 - data.HOUSE_NOISE**2 / y.var()
    assert 0.8 < line < 0.9
    assert best > 0.97


def test_the_seed_decides() -> None:
    one, two = (data.houses(10, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one[0], two[0])
    np.testing.assert_array_equal(one[1], two[1])
    with pytest.raises(TypeError, match="Generator"):
        data.houses(10, 3)  # type: ignore[arg-type]
