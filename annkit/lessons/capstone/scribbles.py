"""Ten digits in a hand that writes when nobody draws: for still pictures, tables and tests.

Each digit is a few lines and arcs. A generator slants, narrows, turns and shakes them, so that no
two are alike; where on the pad they stand, and how large, is the caller's choice.

Not here: how strokes become pixels (`drawings`).
"""

import numpy as np

from annkit.arguments import Array, check_rng
from annkit.lessons.capstone.drawings import pixels, prepare


def scribble(
    digit: int,
    rng: np.random.Generator,
    height: float = 0.8,
    centre: tuple[float, float] = (0.5, 0.5),
) -> list[Array]:
    """Write a digit.

    Args:
        digit: 0 … 9.
        rng: source of the hand's irregularities.
        height: of the digit, as a share of the pad's.
        centre: of the digit, (x, y); (0.5, 0.5) is the middle of the pad.

    Returns:
        Strokes, (points, 2) each, as in `drawings`.
    """
    check_rng(rng)
    if digit not in range(10):
        raise ValueError(f"digit: expected one of 0 … 9, got {digit!r}")
    slant, width = rng.normal(0.08, 0.1), rng.uniform(0.6, 0.95)
    turn = rng.normal(0, 0.06)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    written = []
    for stroke in _DIGITS[digit]:
        points = np.asarray(stroke) - 0.5
        points = points + 0.007 * rng.normal(size=points.shape).cumsum(axis=0)
        points = points * [width, 1]
        points[:, 0] -= slant * points[:, 1]
        written.append(points @ turned * height + np.asarray(centre))
    return written


def scribbled(
    how: str, height: float, centre: tuple[float, float], rng: np.random.Generator
) -> tuple[Array, Array]:
    """Write each digit twenty times and prepare it: pictures (200, 64) and labels (200,).

    Args:
        how: a preparation; see `drawings.prepare`.
        height: of the digits, as a share of the pad's.
        centre: of the digits, (x, y).
        rng: source of the hand's irregularities.
    """
    labels = np.repeat(np.arange(10), 20)
    written = [scribble(int(digit), rng, height, centre) for digit in labels]
    return np.array([pixels(prepare(strokes, how)) for strokes in written]), labels


def _arc(
    centre: tuple[float, float], radii: tuple[float, float], start: float, end: float
) -> list[tuple[float, float]]:
    """Points on an ellipse, from one angle to another; degrees, counted against the clock."""
    angles = np.radians(np.linspace(start, end, 2 + round(abs(end - start) / 14)))
    x, y = centre[0] + radii[0] * np.cos(angles), centre[1] - radii[1] * np.sin(angles)
    return list(zip(x.tolist(), y.tolist(), strict=True))


_DIGITS = (
    [_arc((0.5, 0.5), (0.3, 0.45), 90, 450)],
    [[(0.36, 0.2), (0.52, 0.05), (0.52, 0.95)]],
    [[*_arc((0.5, 0.3), (0.28, 0.25), 160, -40), (0.2, 0.95), (0.82, 0.95)]],
    [[*_arc((0.45, 0.28), (0.28, 0.23), 150, -80), *_arc((0.45, 0.72), (0.32, 0.24), 80, -150)]],
    [[(0.6, 0.05), (0.18, 0.62), (0.85, 0.62)], [(0.62, 0.35), (0.62, 0.97)]],
    [[(0.78, 0.06), (0.3, 0.06), (0.26, 0.45), *_arc((0.48, 0.67), (0.3, 0.28), 130, -150)]],
    [[(0.62, 0.03), (0.45, 0.17), (0.33, 0.38), (0.27, 0.62),
      *_arc((0.5, 0.72), (0.24, 0.24), 170, 530)]],
    [[(0.2, 0.07), (0.8, 0.07), (0.42, 0.95)], [(0.3, 0.5), (0.72, 0.5)]],
    [[*_arc((0.5, 0.28), (0.22, 0.22), 270, -90), *_arc((0.5, 0.73), (0.27, 0.23), 90, 450)]],
    [[*_arc((0.48, 0.32), (0.25, 0.26), 0, 360), (0.73, 0.32), (0.68, 0.7), (0.55, 0.96)]],
)  # fmt: skip
