"""How the mean of the inputs lengthens the way of a linear unit."""

import numpy as np
import pytest

from annkit.lessons.activations.input_mean import steps_until, walk, walks

GOAL = np.array([1.0, -1.0])


@pytest.fixture
def positive():
    return np.random.default_rng(0).uniform(0.1, 0.9, size=(100, 2))


def test_behind_positive_inputs_all_weights_move_the_same_way(positive):
    moves = np.diff(walk(positive, GOAL, 80, one_at_a_time=True), axis=0)
    assert (moves[:, 0] * moves[:, 1] >= 0).all()


@pytest.mark.parametrize("one_at_a_time", [True, False])
def test_both_ways_arrive_and_centring_shortens_them(positive, one_at_a_time):
    needed = [
        steps_until(walk(X, GOAL, 2000, one_at_a_time), GOAL)
        for X in (positive, positive - positive.mean(axis=0))
    ]
    assert needed[0] > 2 * needed[1] > 0


def test_a_path_that_does_not_arrive_is_an_error(positive):
    with pytest.raises(ValueError, match="of the way to go"):
        steps_until(walk(positive, GOAL, 2, one_at_a_time=True), GOAL)


def test_the_picture_says_how_far_each_walk_got(positive):
    path = walk(positive, GOAL, 10, one_at_a_time=True)
    left = np.linalg.norm(path[-1] - GOAL) / np.linalg.norm(GOAL)
    assert f"after 10 steps {left:.0%} of the way is left" in walks({"here": path}, GOAL).alt
