"""Regions are what the model says, whatever form its answers have."""

import numpy as np
import pytest

from annkit.show import decision_boundary, predict_grid
from annkit.show.boundaries import CHUNK, Predict
from tests.show.sanitiser import dropped

rng = np.random.default_rng(3)
X = rng.uniform(-1, 1, size=(60, 2))
LABELS = (X[:, 0] > 0).astype(int)


def score(points: np.ndarray) -> np.ndarray:
    return points[:, :1] + 0.5


@pytest.mark.parametrize(
    ("predict", "level"),
    [
        (lambda points: (points[:, 0] > 0).astype(int), None),
        (lambda points: (points[:, 0] > 0)[:, None], None),
        (lambda points: np.stack([-points[:, 0], points[:, 0]], axis=1), None),
        (score, 0.5),
    ],
    ids=["labels", "column of labels", "scores per class", "score with a level"],
)
def test_every_form_of_answer_gives_the_same_picture(predict: Predict, level: float | None) -> None:
    alt = decision_boundary(predict, X, LABELS, level).alt
    assert "60 points of 60 lie on their own side and 0 do not" in alt
    left = int(alt.split(" % of the area to class 0")[0].rpartition(" ")[2])
    assert left == pytest.approx(50, abs=6)


def test_labels_of_any_kind() -> None:
    picture = decision_boundary(lambda p: np.where(p[:, 0] > 0, 1, -1), X, 2 * LABELS - 1)
    assert "class −1" in picture.alt
    assert "60 points of 60" in picture.alt


def test_points_on_the_wrong_side_are_counted() -> None:
    wrong = LABELS.copy()
    wrong[:7] = 1 - wrong[:7]
    picture = decision_boundary(score, X, wrong, 0.5)
    assert "53 points of 60 lie on their own side and 7 do not" in picture.alt
    assert dropped(picture.html()) == []


def test_a_model_that_knows_one_class_only() -> None:
    alt = decision_boundary(lambda points: np.zeros(len(points)), X, LABELS).alt
    assert "100 % of the area to class 0 and 0 % of the area to class 1" in alt


def test_the_grid_is_asked_in_pieces_and_in_order() -> None:
    rows = []

    def predict(points: np.ndarray) -> np.ndarray:
        rows.append(len(points))
        return points[:, 0] + 100 * points[:, 1]

    grid = predict_grid(predict, np.arange(60.0), np.arange(50.0))
    assert max(rows) == CHUNK
    assert sum(rows) == 3000
    assert grid.shape == (50, 60)
    assert grid[7, 11] == 711
