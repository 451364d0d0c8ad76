"""A mistake made with an argument is told by the argument, however the answer is written."""

import inspect

import numpy as np
import pytest

from annkit.exercises import course, judge
from annkit.exercises.judging.as_if import as_if, in_short


def told(id, answer):
    """What the card says of how an answer differs."""
    report = judge(course().load(id), answer)
    assert report.mistake is None
    return report.related


def neuron_without_its_first_input(x, w, b, f):
    z = b
    for i in range(1, len(x)):
        z += x[i] * w[i]
    return f(z)


def neuron_that_returns_too_soon(x, w, b, f):
    z = b
    for i in range(len(x)):
        z += x[i] * w[i]
        return f(z)


def losses_begun_again(y_hat, y):
    losses = np.zeros(len(y))
    for i in range(len(y)):
        for j in range(len(y[i])):
            losses[i] = (y_hat[i][j] - y[i][j]) ** 2 / 2
    return losses


def cost_of_the_first_example(y_hat, y):
    for prediction, target in zip(y_hat, y, strict=True):
        return np.sum((prediction - target) ** 2) / 2 / len(y)


def slopes_the_wrong_way_round(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x - step) - f(x + step)) / (2 * h) for step in steps]
    return np.reshape(slopes, x.shape)


def steps_of_the_first_layer(params, grads, learning_rate):
    for (W, b), (dW, db) in zip(params, grads, strict=True):
        return [(W - learning_rate * dW, b - learning_rate * db)]


def momentum_with_a_beta_of_its_own(w, g, velocity, learning_rate, beta=0.9):
    velocity = 0.9 * velocity + g
    return w - learning_rate * velocity, velocity


def path_at_full_gradient(gradient, x0, learning_rate, n_steps):
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - gradient(path[-1]))
    return np.array(path)


def forward_with_activations_from_behind(X, params, activations):
    cache = []
    for (W, b), f in zip(params, activations[::-1], strict=True):
        z = X @ W + b
        cache.append((X, z))
        X = f(z)
    return X, cache


@pytest.mark.parametrize(
    ("id", "answer", "words"),
    [
        ("dense", lambda X, W, b: X @ W - b, "right for `b` with the other sign"),
        ("dense", lambda X, W, b: X @ W / len(W) + b, "divided by its number of entries"),
        ("neuron", neuron_without_its_first_input, "the first entry of `x` is left out"),
        ("neuron", neuron_that_returns_too_soon, "only the first entry of `x` counts"),
        ("half_squared_error", losses_begun_again, "only the last entry of `y_hat` counts"),
        ("mse_cost", cost_of_the_first_example, "only the first row of `y_hat` counts"),
        ("numerical_gradient", slopes_the_wrong_way_round, "right for `f` with the other sign"),
        ("sgd_step", steps_of_the_first_layer, "The first pair is right"),
        ("momentum_step", momentum_with_a_beta_of_its_own, "`beta` = 0.9, whatever"),
        ("gradient_descent", path_at_full_gradient, "right for `learning_rate` = 1"),
        ("forward", forward_with_activations_from_behind, "`activations` in the opposite order"),
    ],
)
def test_an_argument_mistaken_is_told(id, answer, words):
    """Loops, arrays and lists of layers; the sentence names the argument."""
    assert words in told(id, answer)


def test_nothing_is_told_where_no_argument_explains_it():
    """Neither of another computation nor of noise."""
    assert not told("dense", lambda X, W, b: np.sin(X @ W) + b)
    noise = np.random.default_rng(0)
    assert not told(
        "momentum_step", lambda w, g, v, rate, beta=0.9: (w, noise.normal(size=g.shape))
    )


def test_the_functions_made_leave_the_arguments_as_they_are():
    """Each has the signature of the original and writes into nothing."""

    def original(x, layers, count=2):
        return x.sum() * count + sum(np.sum(W) for W, _ in layers)

    x, W = np.array([1.0, -2.0]), np.ones((2, 2))
    changed = [function for _, function in as_if(original)]
    changed += [one.made_of(original) for one in in_short(original)]
    for function in changed:
        assert inspect.signature(function) == inspect.signature(original)
        function(x, [(W, np.zeros(2))])
        assert x.tolist() == [1.0, -2.0]
        assert (W == 1).all()
