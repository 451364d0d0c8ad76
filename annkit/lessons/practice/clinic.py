"""The sick-network clinic: patients made from a seed, and prescriptions that help or don't.

Every patient tells three clouds in the plane apart. One label in ten is wrong on purpose, so that
nobody can be right about more than nine examples in ten; whoever seems to be should be asked how.
An illness changes one thing, a number of the recipe or what happened to the examples. A
prescription changes one thing as well: sometimes the one that was wrong.

Not here: the training (`stacked`), what a chart shows (`vitals`), how it is drawn (`dashboard`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import N_CLOUDS, Examples, noisy_clouds
from annkit.lessons.practice.stacked import Diary, Recipe, epoch_by_epoch
from annkit.lessons.practice.vitals import Vitals, vitals_of

N_HELD_BACK = 300
WELL = "nothing: it is well"
NOTHING = "nothing"


@dataclass(frozen=True)
class Case:
    """A network and its examples; these values are healthy ones.

    Attributes:
        recipe: how it is trained; its sizes follow from the next three.
        width: units of a hidden layer.
        depth: hidden layers.
        useless: inputs that say nothing about the class, beside the two that do.
        rate_factor: what the recipe's learning rate is multiplied by.
        stretch: the standardised inputs are multiplied by it.
        offset: and moved by it.
        pairs_kept: whether the examples kept their labels.
        by_class: whether the examples come class by class.
        copied: share of the held-back examples that are training examples too.
        n_training: how many examples there are to learn from.
    """

    recipe: Recipe
    width: int = 16
    depth: int = 2
    useless: int = 0
    rate_factor: float = 1.0
    stretch: float = 1.0
    offset: float = 0.0
    pairs_kept: bool = True
    by_class: bool = False
    copied: float = 0.0
    n_training: int = 240

    def changed(self, changes: Mapping[str, Any]) -> "Case":
        """Return the case with other values, of its own fields or of its recipe's."""
        own = {field.name for field in fields(self)}
        inner = {name: value for name, value in changes.items() if name not in own}
        outer = {name: value for name, value in changes.items() if name in own}
        return replace(self, recipe=replace(self.recipe, **inner), **outer)

    @property
    def full_recipe(self) -> Recipe:
        """The recipe with sizes and learning rate filled in."""
        sizes = (2 + self.useless, *[self.width] * self.depth, N_CLOUDS)
        rate = self.recipe.learning_rate * self.rate_factor
        return replace(self.recipe, sizes=sizes, learning_rate=rate)


@dataclass(frozen=True)
class Illness:
    """One thing that is wrong.

    Attributes:
        changes: fields of the case or of its recipe, and their sick values.
        cure: the prescription that helps.
        signs: where it shows on the dashboard.
        look_at: the numbers below the dashboard that decide whether it is this, by name.
        effect: what the cure does.
    """

    changes: Mapping[str, Any]
    cure: str
    signs: str
    look_at: tuple[str, ...]
    effect: str = "The prescription removes the cause."


FEW: dict[str, Any] = {"n_training": 60, "useless": 12, "n_epochs": 120}
LONG_CLASSES: dict[str, Any] = {
    "by_class": True, "shuffle": False, "n_training": 600, "batch_size": 4, "n_epochs": 20,
}  # fmt: skip
SINGLE: dict[str, Any] = {"batch_norm": True, "batch_size": 1, "n_training": 120, "n_epochs": 8}
ILLNESSES: dict[str, Illness] = {
    WELL: Illness(
        {},
        NOTHING,
        "Both costs fall and stay together, and nine in ten are right: nobody can do better here.",
        ("right, training", "right, held back", "cost, training", "cost, held back"),
    ),
    "all weights start at zero": Illness(
        {"spread": 0.0},
        "new first weights",
        "The cost stays at ln 3. All activations are exactly 0, and so is delta in every layer but "
        "the last; a step divided by the weights would be 0 ÷ 0, so there is no such number.",
        ("step ÷ weights, layer 1", "delta, layer 1"),
    ),
    "weights too small for the depth": Illness(
        {"spread": 0.1, "depth": 6},
        "new first weights",
        "The cost stays near ln 3. The histograms of delta stand like stairs: each layer towards "
        "the inputs gets a fraction of what the layer above it got.",
        ("cost, training", "delta, layer 1", "delta, last layer"),
    ),
    "ReLUs dead from the start": Illness(
        {"bias": -6.0},
        "new first weights",
        "The first epoch costs ln 3 already, and both costs stay there. Nearly all units are "
        "silent, and nothing moves. The weights are not zero: step ÷ weights is 0, a number.",
        ("first epoch's cost", "cost, held back", "step ÷ weights, layer 1"),
    ),
    "saturated sigmoids": Illness(
        {"hidden": "sigmoid", "spread": 1e4},
        "new first weights",
        "The activations pile up at 0 and 1, where the sigmoid is flat: nearly all units are "
        "silent although their activations differ. A little gets through, so step ÷ weights is "
        "tiny and not 0.",
        ("silent, worst layer", "step ÷ weights, layer 1"),
    ),
    "learning rate too large": Illness(
        {"rate_factor": 30.0},
        "steps 30 times shorter",
        "The first epoch costs far more than ln 3, although the inputs are standardised. The long "
        "steps have thrown the upper layers out of range; now nearly all their units are silent, "
        "and the answers are hardly better than guesses.",
        ("first epoch's cost", "inputs", "right, training"),
    ),
    "learning rate too small": Illness(
        {"rate_factor": 0.002},
        "steps 500 times longer",
        "Everything is in order, the deltas have a sound size, few units are silent, but in the "
        "first layer a step is a hundred-thousandth of the weights, and the cost creeps.",
        ("step ÷ weights, layer 1", "silent, worst layer"),
    ),
    "inputs not standardised": Illness(
        {"stretch": 100.0, "offset": 300.0},
        "standardise the inputs",
        "The inputs are far from 0. The first epoch costs more than ten times ln 3, its steps kill "
        "the units, and the cost then stays at ln 3.",
        ("inputs", "first epoch's cost"),
    ),
    "labels lost their examples": Illness(
        {"pairs_kept": False},
        "shuffle X and y together",
        "All layers are in good health and the steps are as long as they should be, yet nothing is "
        "learned, not even about the training examples.",
        ("right, training", "silent, worst layer", "step ÷ weights, layer 1"),
    ),
    "sorted and never shuffled": Illness(
        LONG_CLASSES,
        "shuffle every epoch",
        "The cost of the batches is low, lower than the noise allows, while only a third to a half "
        "of the examples are right afterwards: it knows the class it saw last.",
        ("cost, training", "right, training"),
    ),
    "batch norm on single examples": Illness(
        SINGLE,
        "batches of 24",
        "A unit minus its own mean is 0, so no weight moves, and the training cost stays near "
        "ln 3. The held-back cost is far above it: after training, a running spread next to 0 is "
        "what units are divided by.",
        ("cost, held back", "step ÷ weights, layer 1"),
    ),
    "too much dropout": Illness(
        {"dropout": 0.7},
        "no dropout",
        "The cost while training is above the cost of the examples held back, which are judged "
        "without dropout, and by more than chance; both are high, and below ln 3.",
        ("cost, training", "cost, held back"),
    ),
    "test examples among the training ones": Illness(
        {**FEW, "copied": 1.0},
        "hold back other examples",
        "Everything is right, on the training examples and on those held back. One label in ten is "
        "wrong: nobody who hasn't seen those can know them.",
        ("right, training", "right, held back"),
    ),
    "overfitting": Illness(
        FEW,
        "an L2 penalty",
        "The training cost goes to 0, wrong labels included; the cost of the examples held back "
        "falls at first and then rises.",
        ("right, training", "cost, training", "cost, held back"),
        "It helps, but it removes no cause: new examples cost less, and the network still knows "
        "nearly all wrong labels of the training examples by heart.",
    ),
}
PRESCRIPTIONS: dict[str, Mapping[str, Any]] = {
    NOTHING: {},
    "new first weights": {"spread": 2.0, "bias": 0.0},
    "steps 30 times shorter": {"rate_factor": 1.0},
    "steps 500 times longer": {"rate_factor": 1.0},
    "standardise the inputs": {"stretch": 1.0, "offset": 0.0},
    "shuffle X and y together": {"pairs_kept": True},
    "shuffle every epoch": {"shuffle": True},
    "batches of 24": {"batch_size": 24},
    "no dropout": {"dropout": 0.0},
    "hold back other examples": {"copied": 0.0},
    "an L2 penalty": {"l2": 0.03},
}


def healthy(rng: np.random.Generator) -> Case:
    """Draw a network that learns."""
    width, depth = int(rng.integers(12, 25)), int(rng.integers(2, 4))
    recipe = Recipe((), learning_rate=0.1, batch_size=24, n_epochs=40)
    return Case(recipe, width, depth)


def prepare(case: Case, rng: np.random.Generator) -> tuple[Examples, Examples]:
    """Draw the examples of a case and do with them what was done: (training, held back)."""
    X, labels = noisy_clouds(case.n_training, case.useless, rng)
    X_held, labels_held = noisy_clouds(N_HELD_BACK, case.useless, rng)
    n_copied = round(case.copied * N_HELD_BACK)
    rows, order = rng.integers(0, len(X), n_copied), rng.permutation(len(X))
    X_held[:n_copied], labels_held[:n_copied] = X[rows], labels[rows]
    if not case.pairs_kept:
        labels = labels[order]
    if case.by_class:
        order = np.argsort(labels, kind="stable")
        X, labels = X[order], labels[order]
    X, X_held = (part * case.stretch + case.offset for part in (X, X_held))
    return (X[None], labels[None]), (X_held[None], labels_held[None])


@dataclass(frozen=True)
class Chart:
    """What the doctor gets to see of one training, as far as it has come.

    Attributes:
        diary: cost and share right, epoch by epoch.
        vitals: the vital signs, epoch by epoch.
        n_epochs: how many there will be.
        hidden: name of the hidden activation.
        inputs: mean and standard deviation of the training inputs.
    """

    diary: Diary
    vitals: list[Vitals]
    n_epochs: int
    hidden: str
    inputs: tuple[float, float]


class Examination:
    """The training of a visit's network, an epoch at a time, and the chart that is written of it.

    Args:
        visit: seed of the network, its examples and its training.
        illness: a key of `ILLNESSES`.
        prescription: a key of `PRESCRIPTIONS`.
    """

    def __init__(self, visit: int, illness: str, prescription: str) -> None:
        case = healthy(np.random.default_rng([visit, 0])).changed(ILLNESSES[illness].changes)
        case = case.changed(PRESCRIPTIONS[prescription])
        training, held_back = prepare(case, np.random.default_rng([visit, 1]))
        self.recipe = case.full_recipe
        self.inputs = (float(training[0].mean()), float(training[0].std()))
        self.pages: list[tuple[Array, ...]] = []
        self.vitals: list[Vitals] = []
        self._training = epoch_by_epoch(
            self.recipe,
            training,
            held_back,
            np.random.default_rng([visit, 2]),
            lambda now: self.vitals.append(vitals_of(now)),
        )

    @property
    def is_over(self) -> bool:
        """Whether the last epoch has been trained."""
        return len(self.pages) == self.recipe.n_epochs

    def go_on(self) -> None:
        """Train one epoch more."""
        self.pages.append(next(self._training))

    @property
    def chart(self) -> Chart:
        """What is known so far; there is something after the first epoch."""
        vitals, recipe = [*self.vitals], self.recipe
        return Chart(Diary.of(self.pages), vitals, recipe.n_epochs, recipe.hidden, self.inputs)


def patient(visit: int) -> str:
    """Return what a visit's patient suffers from; each illness comes once in a round of visits."""
    names = list(ILLNESSES)
    turn, place = divmod(visit, len(names))
    return names[np.random.default_rng([turn, 12]).permutation(len(names))[place]]


@lru_cache(maxsize=128)
def examination(visit: int, illness: str, prescription: str) -> Examination:
    """Return the examination of a visit, ill or treated, begun or over; there is one of each."""
    return Examination(visit, illness, prescription)


def examine(visit: int, illness: str, prescription: str = NOTHING) -> Chart:
    """Go through with an examination; the same visit gives the same chart."""
    found = examination(visit, illness, prescription)
    while not found.is_over:
        found.go_on()
    return found.chart
