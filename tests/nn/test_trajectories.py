"""Whole trainings, epoch by epoch, against scikit-learn where it defines the same thing."""

from typing import Any

import numpy as np
import pytest

from annkit.nn import Adam, Momentum, Network, Optimiser
from annkit.nn.optimisers import SGD

N_EPOCHS = 6
FUNCTIONS = {"relu": "relu", "tanh": "tanh", "sigmoid": "logistic", "identity": "identity"}


def problem(output: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int]:
    """Inputs (50, 4), labels or targets, and the number of output units."""
    X = rng.normal(size=(50, 4))
    if output == "softmax":
        return X, rng.integers(0, 3, 50), 3
    if output == "sigmoid":
        return X, rng.integers(0, 2, 50), 1
    return X, rng.normal(size=(50, 1)), 1


def theirs(network: Network, X: np.ndarray, y: np.ndarray, **settings: Any) -> Any:
    """A scikit-learn network with the parameters of ours, ready for its first epoch."""
    # Loaded where it is needed: it takes two seconds, and every process collects this file.
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    classifier = network.output != "identity"
    model = (MLPClassifier if classifier else MLPRegressor)(
        hidden_layer_sizes=tuple(network.sizes[1:-1]),
        activation=FUNCTIONS[network.hidden[0]],
        shuffle=False,
        nesterovs_momentum=False,
        **settings,
    )
    # The first call sets it up, and makes steps of its own, which are then undone.
    model.partial_fit(X, y.ravel(), **({"classes": np.unique(y)} if classifier else {}))
    del model._optimizer
    for i, (W, b) in enumerate(network.params):
        model.coefs_[i][:] = W
        model.intercepts_[i][:] = b
    return model


def compare(
    network: Network,
    optimiser: Optimiser,
    X: np.ndarray,
    y: np.ndarray,
    batch_size: int,
    l2: float = 0.0,
    **settings: Any,
) -> None:
    """Train both on the same batches, and compare costs and parameters after every epoch."""
    model = theirs(network, X, y, batch_size=batch_size, alpha=l2 * batch_size, **settings)
    seen: list[list[np.ndarray]] = []
    history = network.fit(
        X,
        y,
        n_epochs=N_EPOCHS,
        batch_size=batch_size,
        learning_rate=settings["learning_rate_init"],
        optimiser=optimiser,
        l2=l2,
        on_epoch=lambda net, _: seen.append([a.copy() for pair in net.params for a in pair]),
        rng=np.random.default_rng(7),
    )
    orders = np.random.default_rng(7)
    for ours, cost in zip(seen, history.cost, strict=True):
        order = orders.permutation(len(X)) if batch_size < len(X) else np.arange(len(X))
        model.partial_fit(X[order], y[order].ravel())
        assert cost == pytest.approx(model.loss_, rel=1e-9)
        for i, (W, b) in enumerate(zip(model.coefs_, model.intercepts_, strict=True)):
            np.testing.assert_allclose(ours[2 * i], W, rtol=1e-8, atol=1e-10)
            np.testing.assert_allclose(ours[2 * i + 1], b, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("output", ["softmax", "sigmoid", "identity"])
@pytest.mark.parametrize("hidden", FUNCTIONS)
def test_sgd_with_a_short_last_batch(hidden: str, output: str) -> None:
    rng = np.random.default_rng(0)
    X, y, n_out = problem(output, rng)
    network = Network([4, 6, n_out], hidden, output, rng=rng)
    compare(network, SGD(), X, y, batch_size=16, solver="sgd", momentum=0, learning_rate_init=0.1)


@pytest.mark.parametrize("output", ["softmax", "identity"])
def test_momentum_through_two_hidden_layers(output: str) -> None:
    rng = np.random.default_rng(1)
    X, y, n_out = problem(output, rng)
    network = Network([4, 6, 5, n_out], "tanh", output, rng=rng)
    compare(
        network,
        Momentum(0.8),
        X,
        y,
        batch_size=10,
        solver="sgd",
        momentum=0.8,
        learning_rate_init=0.05,
    )


@pytest.mark.parametrize("batch_size", [10, 50])
def test_adam_with_l2(batch_size: int) -> None:
    # eps stands at another place in scikit-learn's form; so small, it makes no difference
    rng = np.random.default_rng(2)
    X, y, n_out = problem("softmax", rng)
    network = Network([4, 6, 5, n_out], "relu", rng=rng)
    compare(
        network,
        Adam(eps=1e-14),
        X,
        y,
        batch_size=batch_size,
        l2=0.01,
        solver="adam",
        epsilon=1e-14,
        learning_rate_init=0.01,
    )


def test_what_is_learned_is_what_they_predict() -> None:
    rng = np.random.default_rng(3)
    X, y, n_out = problem("softmax", rng)
    network = Network([4, 8, n_out], "relu", rng=rng)
    network.fit(X, y, n_epochs=20, rng=rng)
    model = theirs(network, X, y)
    np.testing.assert_allclose(network.predict_proba(X), model.predict_proba(X), rtol=1e-9)
    np.testing.assert_array_equal(network.predict(X), model.predict(X))
    assert network.score(X, y) == model.score(X, y)


def test_r_squared_is_theirs() -> None:
    rng = np.random.default_rng(4)
    X, y, _ = problem("identity", rng)
    network = Network([4, 8, 1], "relu", "identity", rng=rng)
    network.fit(X, y, n_epochs=20, learning_rate=0.01, rng=rng)
    assert network.score(X, y) == pytest.approx(theirs(network, X, y).score(X, y.ravel()))
