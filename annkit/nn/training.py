"""`fit`: epoch after epoch of gradient descent, with a diary, a judge, and a way to stop.

Not here: what happens within an epoch (`descent`).
"""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import check_count, check_name, check_number, check_rng
from annkit.nn.descent import Descent
from annkit.nn.divergence import DivergedError
from annkit.nn.dropout import Dropout
from annkit.nn.examples import check_two_classes
from annkit.nn.history import History
from annkit.nn.optimisers import OPTIMISERS, Optimiser
from annkit.nn.predictor import Predictor
from annkit.nn.progress import Progress
from annkit.nn.schedules import SCHEDULES, Schedule
from annkit.nn.stack import with_ones
from annkit.nn.validation import Validation

AnyNetwork = TypeVar("AnyNetwork", bound=Predictor)


def fit(
    network: AnyNetwork,
    X: ArrayLike,
    y: ArrayLike,
    *,
    n_epochs: int = 100,
    batch_size: int | None = None,
    learning_rate: float = 0.1,
    optimiser: str | Optimiser = "sgd",
    schedule: str | Schedule = "constant",
    l2: float = 0.0,
    dropout: float = 0.0,
    max_norm: float | None = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    patience: int | None = None,
    on_epoch: Callable[[AnyNetwork, History], object] | None = None,
    progress: bool = True,
    rng: np.random.Generator,
) -> History:
    """Train the network on examples.

    An interrupt (■ in Lab, Ctrl-C) ends the training and keeps what was learned.

    Args:
        network: the network; its parameters are changed in place.
        X: inputs, (n, n_in).
        y: labels (n,), or targets (n, n_out) of a regression.
        n_epochs: how often every example is used.
        batch_size: examples per step, at most n; 32 if not given. With n the gradient is exact.
        learning_rate: η.
        optimiser: a name in `OPTIMISERS`, or an optimiser such as `Adam(beta1=0.8)`.
        schedule: a name in `SCHEDULES`, or a function (step, n_steps, base) -> learning rate.
        l2: strength of the penalty ½ l2 Σ W².
        dropout: share of hidden units silenced at random in each step.
        max_norm: longest gradient let through; longer ones are shortened.
        validation: (X, y) to judge the network by after each epoch, never to learn from.
        patience: stop after so many epochs without a better validation cost, and keep the best.
        on_epoch: called as on_epoch(network, history) after each epoch; True ends the training.
        progress: whether to show a bar once training has lasted half a second.
        rng: source of the order of the examples and of dropout.

    Returns:
        The history, one entry per finished epoch.

    Raises:
        DivergedError: the cost became nan or infinite. The network then has the parameters it
            had before that epoch.
    """
    X, Y = network.encode(X, y)
    if network.output == "softmax" or (network.output == "sigmoid" and Y.shape[1] == 1):
        check_two_classes(y)
    if "step" in [*network.hidden, network.output]:
        raise ValueError("fit: a step has derivative 0 everywhere — there is no slope to follow")
    dropout = check_number(dropout, "dropout", 0, 1)
    check_rng(rng)
    descent = Descent(
        stack=network,
        x=with_ones(X),
        y=Y,
        batch_size=_check_batch_size(batch_size, len(X)),
        n_epochs=check_count(n_epochs, "n_epochs"),
        optimiser=_find_optimiser(optimiser),
        schedule=_find_schedule(schedule),
        base=check_number(learning_rate, "learning_rate", 0),
        l2=check_number(l2, "l2", 0),
        dropout=Dropout(dropout, rng) if dropout else None,
        max_norm=None if max_norm is None else check_number(max_norm, "max_norm", 0),
        rng=rng,
    )
    history, judge = History(), Validation(validation, patience)
    with Progress(n_epochs, progress) as bar:
        try:
            _run(descent, network, history, judge, bar, on_epoch)
        except KeyboardInterrupt:
            history.stopped = f"interrupted in epoch {len(history) + 1}; what was learned is kept"
        except DivergedError as error:
            raise DivergedError(f"epoch {len(history) + 1}, {error}", history) from None
    judge.restore_best(network)
    return history


def _run(
    descent: Descent,
    network: AnyNetwork,
    history: History,
    judge: Validation,
    bar: Progress,
    on_epoch: Callable[[AnyNetwork, History], object] | None,
) -> None:
    """Do the epochs and write them down, until they are done or the judge has seen enough."""
    start = time.perf_counter()
    for _ in range(descent.n_epochs):
        cost = descent.epoch()
        history.cost.append(cost)
        history.learning_rate.append(descent.learning_rate)
        history.seconds.append(time.perf_counter() - start)
        bar.advance(cost)
        is_enough = judge.judge(network, history)
        if on_epoch and on_epoch(network, history) is True:
            history.stopped = "on_epoch said so"
            return
        if is_enough:
            history.stopped = f"no better validation cost for {judge.patience} epochs"
            return
    history.stopped = "all epochs done"


def _check_batch_size(batch_size: int | None, n: int) -> int:
    """Return the batch size to use for n examples."""
    if batch_size is None:
        return min(32, n)
    cause = "a batch is a part of the data; batch_size=len(X) takes them all"
    return check_count(batch_size, "batch_size", n, cause)


def _find_optimiser(optimiser: str | Optimiser) -> Optimiser:
    """Return the optimiser, made new if it was named."""
    if isinstance(optimiser, Optimiser):
        return optimiser
    return OPTIMISERS[check_name(optimiser, "optimiser", OPTIMISERS)]()


def _find_schedule(schedule: str | Schedule) -> Schedule:
    """Return the schedule, looked up if it was named."""
    if callable(schedule):
        return schedule
    return SCHEDULES[check_name(schedule, "schedule", SCHEDULES)]
