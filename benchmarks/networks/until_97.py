"""One contestant, one seed: train on the digits until 97 % of the unseen ones are read right.

`python -m benchmarks.networks.until_97 annkit 0 warm` prints the CPU seconds of the training and
its epochs. It imports what its contestant needs and nothing else. "warm" trains on a few rows
first, so that what a library loads at its first step is not counted; "cold" does not.

Not here: the comparison (`learning`).
"""

import sys
import time
import warnings
from importlib import import_module
from typing import Any

import numpy as np

from annkit.data import digits, split

GOAL, BATCH_SIZE, LEARNING_RATE, MOST_EPOCHS = 0.97, 32, 0.01, 200


def with_annkit(X: Any, y: Any, X_test: Any, y_test: Any, seed: int) -> tuple[float, int]:
    """Seconds and epochs of annkit.nn."""
    from annkit.nn import Network

    start = time.process_time()
    rng = np.random.default_rng(seed)
    network = Network([64, 32, 10], dtype=np.float32, rng=rng)
    history = network.fit(
        X,
        y,
        n_epochs=MOST_EPOCHS,
        batch_size=BATCH_SIZE,
        learning_rate=LEARNING_RATE,
        optimiser="adam",
        on_epoch=lambda network, _: network.score(X_test, y_test) >= GOAL,
        rng=rng,
    )
    return time.process_time() - start, len(history)


def with_scikit_learn(X: Any, y: Any, X_test: Any, y_test: Any, seed: int) -> tuple[float, int]:
    """Seconds and epochs of MLPClassifier."""
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore")
    start = time.process_time()
    model = MLPClassifier(
        (32,),
        solver="adam",
        alpha=0,
        batch_size=BATCH_SIZE,
        learning_rate_init=LEARNING_RATE,
        random_state=seed,
    )
    n_epochs, score = 0, 0.0
    while score < GOAL and n_epochs < MOST_EPOCHS:
        model.partial_fit(X, y, classes=np.arange(10))
        score = model.score(X_test, y_test)
        n_epochs += 1
    return time.process_time() - start, n_epochs


def with_torch(X: Any, y: Any, X_test: Any, y_test: Any, seed: int) -> tuple[float, int]:
    """Seconds and epochs of PyTorch, eager."""
    torch = import_module("torch")
    torch.set_num_threads(1)
    start = time.process_time()
    torch.manual_seed(seed)
    X, y, X_test, y_test = (torch.from_numpy(array) for array in (X, y, X_test, y_test))
    model = torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))
    cost_of = torch.nn.CrossEntropyLoss()
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    n_epochs, score = 0, 0.0
    while score < GOAL and n_epochs < MOST_EPOCHS:
        order = torch.randperm(len(X))
        X_shuffled, y_shuffled = X[order], y[order]
        for first in range(0, len(X), BATCH_SIZE):
            optimiser.zero_grad()
            scores = model(X_shuffled[first : first + BATCH_SIZE])
            cost_of(scores, y_shuffled[first : first + BATCH_SIZE]).backward()
            optimiser.step()
        with torch.no_grad():
            score = (model(X_test).argmax(dim=1) == y_test).float().mean().item()
        n_epochs += 1
    return time.process_time() - start, n_epochs


CONTESTANTS = {
    "annkit": with_annkit,
    "scikit-learn": with_scikit_learn,
    "PyTorch eager": with_torch,
}


def main(name: str, seed: int, is_warm: bool) -> None:
    """Run one contestant on one split and print what it took."""
    X, labels = digits()
    X = X.astype(np.float32)
    if is_warm:
        CONTESTANTS[name](X[:64], labels[:64], X[:64], labels[:64], seed)
    parts = split(X, labels, 0.8, np.random.default_rng(seed))
    print(*CONTESTANTS[name](*parts, seed))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "warm")
