"""The learner's side of a network: forward, labels, probabilities, scores, parameters."""

from typing import Any

import numpy as np
import pytest

from annkit.nn import Network, ShapeError, gradient_check
from tests.nn import oracle


def network(output: str = "softmax", sizes: tuple[int, ...] = (3, 4, 2), **more: Any) -> Network:
    made = Network(sizes, more.pop("hidden", "tanh"), output, rng=np.random.default_rng(0), **more)
    made.flat[:] = np.random.default_rng(1).normal(size=made.flat.shape)
    return made


def inputs(n: int = 5) -> np.ndarray:
    return np.random.default_rng(2).normal(size=(n, 3))


@pytest.mark.parametrize("n", [1, 5, 512, 513, 1300])
@pytest.mark.parametrize("output", ["softmax", "sigmoid", "identity", "tanh", "relu"])
def test_forward_is_what_the_formulas_say_for_any_number_of_rows(output: str, n: int) -> None:
    net = network(output, hidden="relu")
    z = oracle.scores(net.params, inputs(n), ["relu"])
    expected = (
        np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        if output == "softmax"
        else oracle.FUNCTIONS[output](z)
    )
    np.testing.assert_allclose(net.forward(inputs(n)), expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("output", ["softmax", "sigmoid", "identity", "tanh"])
def test_a_trace_holds_what_every_layer_computed(output: str) -> None:
    net, X = network(output, (3, 4, 5, 2)), inputs(600)
    a = X
    for (z, kept), (W, b) in zip(net.trace(X)[:-1], net.params, strict=False):
        np.testing.assert_allclose(z, a @ W + b, rtol=1e-12)
        a = np.tanh(z)
        np.testing.assert_allclose(kept, a, rtol=1e-12)
    z, y_hat = net.trace(X)[-1]
    np.testing.assert_allclose(z, a @ net.params[-1][0] + net.params[-1][1], rtol=1e-12)
    np.testing.assert_array_equal(y_hat, net.forward(X))


def test_results_do_not_change_with_the_next_call() -> None:
    net = network("identity")
    first = net.forward(inputs())
    kept = first.copy()
    cost, grads = net.backprop(inputs(), np.ones((5, 2)))
    before = grads[0][0].copy()
    net.forward(-inputs())
    net.backprop(-inputs(), np.zeros((5, 2)))
    np.testing.assert_array_equal(first, kept)
    np.testing.assert_array_equal(grads[0][0], before)
    assert cost > 0


def test_labels_probabilities_and_scores_of_a_classifier() -> None:
    net, y = network(), np.array([0, 1, 1, 0, 1])
    p = net.predict_proba(inputs())
    np.testing.assert_allclose(p.sum(axis=1), 1)
    np.testing.assert_array_equal(net.predict(inputs()), p.argmax(axis=1))
    assert net.score(inputs(), y) == np.mean(p.argmax(axis=1) == y)
    assert net.cost(inputs(), y) == pytest.approx(-np.mean(np.log(p[np.arange(5), y])))


def test_one_sigmoid_answers_one_question_many_answer_many() -> None:
    one, y = network("sigmoid", (3, 4, 1)), np.array([0, 1, 1, 0, 1])
    p = one.predict_proba(inputs())
    assert p.shape == (5, 1)
    np.testing.assert_array_equal(one.predict(inputs()), (p[:, 0] >= 0.5).astype(int))
    assert one.score(inputs(), y) == one.score(inputs(), y[:, None])
    many = network("sigmoid")
    yes = many.predict(inputs())
    assert yes.shape == (5, 2)
    assert many.score(inputs(), yes) == 1
    assert many.score(inputs(), 1 - yes) == 0


def test_a_regression_is_scored_by_r_squared() -> None:
    net = network("identity")
    y_hat = net.predict(inputs())
    assert net.score(inputs(), y_hat) == 1
    mean = np.broadcast_to(y_hat.mean(axis=0), y_hat.shape)
    y = y_hat + np.random.default_rng(3).normal(size=y_hat.shape)
    residual = ((y - y_hat) ** 2).sum()
    assert net.score(inputs(), y) == pytest.approx(1 - residual / ((y - y.mean(0)) ** 2).sum())
    with pytest.raises(ValueError, match="only classifiers have probabilities"):
        net.predict_proba(inputs())
    assert mean.shape == (5, 2)


def test_xor_of_steps_by_hand() -> None:
    net = Network([2, 2, 1], "step", "step", rng=np.random.default_rng(0))
    net.params = [([[1, 1], [1, 1]], [-0.5, -1.5]), ([[1], [-1]], [-0.5])]  # type: ignore[list-item]
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
    np.testing.assert_array_equal(net.forward(X), [[0], [1], [1], [0]])


def test_no_hidden_layer_at_all() -> None:
    net = Network([3, 2], rng=np.random.default_rng(0))
    assert [W.shape for W, _ in net.params] == [(3, 2)]
    assert gradient_check(net, inputs(), [0, 1, 0, 1, 1], rng=np.random.default_rng(0))


def test_parameters_are_views_and_assigning_copies() -> None:
    net = network()
    net.params[0][0][:] = 7
    assert (net.layers[0].W == 7).all()
    W, b = np.ones((3, 4)), np.zeros(4)
    net.params = [(W, b), net.params[1]]
    W[:] = 5
    assert (net.params[0][0] == 1).all()
    with pytest.raises(ShapeError, match=r"W1: expected \(3, 4\), got \(4, 3\) — a transpose"):
        net.params = [(W.T, b), net.params[1]]
    with pytest.raises(ShapeError, match="2 pairs"):
        net.params = [(W, b)]


def test_integers_are_refused_when_predicting_too() -> None:
    with pytest.raises(TypeError, match="int64"):
        network().predict(np.ones((2, 3), np.int64))
