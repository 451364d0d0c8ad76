"""The colours stay apart for eyes that lack a kind of cone, and in grey with their dashes."""

from itertools import combinations

import numpy as np
import pytest

from annkit.show.colours import DASHES, MARKERS, palette

# Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision
# deficiency (2009), severity 1, for linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(color: str) -> np.ndarray:
    share = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b*, in which distances are about as large as they look; 2.3 is just noticeable."""
    t = TO_XYZ @ rgb / WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, eyes: str) -> float:
    seen = [lab(np.clip(EYES[eyes] @ linear(color), 0, 1)) for color in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def contrast(one: str, other: str) -> float:
    """Contrast ratio as in WCAG 2."""
    light = sorted((float(TO_XYZ[1] @ linear(color)) for color in (one, other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


@pytest.mark.parametrize("eyes", EYES)
def test_lines_stay_apart(eyes: str) -> None:
    assert min(distance(a, b, eyes) for a, b in combinations(palette.cycle, 2)) > 15


@pytest.mark.parametrize("eyes", EYES)
def test_the_two_signs_are_far_apart(eyes: str) -> None:
    assert distance(palette.positive, palette.negative, eyes) > 60


@pytest.mark.parametrize("color", [palette.ink, palette.muted, palette.blue])
def test_text_can_be_read_on_paper(color: str) -> None:
    assert contrast(color, palette.paper) >= 4.5


def test_colour_is_never_the_only_sign() -> None:
    assert len(set(MARKERS)) == len(MARKERS) >= 10
    assert len(set(DASHES)) == len(DASHES) >= 5
