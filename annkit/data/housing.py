"""Synthetic house prices: invented by the formula below, no house of them stands anywhere.

A price is area times a price per square metre that falls with the distance to the centre, plus
something for each bedroom that is worth more in a new house, plus noise. The two products are
what a straight line cannot follow and a hidden layer can.

Not here: standardising the columns; that is the learner's `standardize`.
"""

import numpy as np

from annkit.arguments import Array, check_count, check_rng

HOUSE_FEATURES = ("area", "bedrooms", "distance", "age")
HOUSE_UNITS = ("m²", "", "km", "years")
HOUSE_NOISE = 25.0  # standard deviation, in thousands like the price


def expected_price(X: Array) -> Array:
    """Return the price without noise, in thousands.

    price = 40 + area · (1 + 3 e^(-distance/8)) + 30 · bedrooms · e^(-age/30)

    Args:
        X: area (m²), bedrooms, distance to the centre (km), age (years), (n, 4).

    Returns:
        Prices, (n,).

    >>> expected_price(np.array([[100.0, 3.0, 8.0, 30.0]])).round(1).tolist()
    [283.5]
    """
    area, bedrooms, distance, age = np.asarray(X, dtype=float).T
    per_square_metre = 1 + 3 * np.exp(-distance / 8)
    return 40 + area * per_square_metre + 30 * bedrooms * np.exp(-age / 30)


def houses(n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw n synthetic houses with prices.

    Area is uniform in 40 … 240 m², distance in 0.5 … 25 km, age in 0 … 80 whole years; bedrooms
    follow the area (one for each 40 m² or so, between 1 and 6). The noise is Gaussian with a
    standard deviation of `HOUSE_NOISE` thousands.

    Args:
        n: number of houses.
        rng: source of randomness.

    Returns:
        X (n, 4), columns as in `HOUSE_FEATURES`, and prices y (n,) in thousands. A network wants
        targets of shape (n, 1): y[:, None].
    """
    check_count(n, "n")
    check_rng(rng)
    area = rng.uniform(40, 240, n).round()
    bedrooms = np.clip(np.round(area / 40 + rng.normal(0, 0.8, n)), 1, 6)
    distance = rng.uniform(0.5, 25, n).round(1)
    age = rng.integers(0, 81, n)
    X = np.column_stack([area, bedrooms, distance, age]).astype(float)
    return X, expected_price(X) + rng.normal(0, HOUSE_NOISE, n)
