"""Whoever measures what is to be derived is told: by digits, at kinks, or by the source.

Every way to measure that people write is tried on every exercise of chapters 3 to 6 that asks for
a derivative, and on the class of chapter 9. Differences do not pass. A complex step has all digits
of a formula where the function takes complex numbers as they are; there the card asks, and a person
is told where marks are made.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Exercise, course, judge, run
from annkit.exercises.calls.answer import Answer, here
from annkit.exercises.judging.judge import run_check
from annkit.lessons.autodiff.number import Node
from tests.exercises.cells import Cells, cells
from tests.sampling import sampled

pytestmark = pytest.mark.slow

Function = Callable[[Any], Any]
Way = Callable[[Function, Any], Any]


def central(h: float) -> Way:
    """Differences to both sides."""
    return lambda f, x: (f(x + h) - f(x - h)) / (2 * h)


def gradient_of_three(f: Function, x: Any) -> Any:
    """What NumPy makes of three values."""
    return np.gradient([f(x - 1e-5), f(x), f(x + 1e-5)], 1e-5, axis=0)[1]


DIFFERENCES: dict[str, Way] = {
    "central, 1e-5": central(1e-5),
    "central, 1e-3": central(1e-3),
    "central, 1": central(1.0),
    "forward, 1e-8": lambda f, x: (f(x + 1e-8) - f(x)) / 1e-8,
    "backward, 1e-7": lambda f, x: (f(x) - f(x - 1e-7)) / 1e-7,
    "Richardson": lambda f, x: (4 * central(1e-2)(f, x) - central(2e-2)(f, x)) / 3,
    "five points": lambda f, x: (8 * central(1e-3)(f, x) - 2 * central(2e-3)(f, x)) / 6,
    "np.gradient": gradient_of_three,
}


def by_entry(cost: Callable[..., Any], way: Way, a: Any, *rest: Any) -> Any:
    """The slope of a cost in one entry of an array after the other."""
    a = np.array(a, dtype=float)
    slopes = np.empty(a.shape)
    for place in np.ndindex(a.shape):

        def along(value: Any, place: tuple[int, ...] = place) -> Any:
            moved = a.copy()
            moved[place] = value
            return cost(moved, *rest)

        slopes[place] = way(along, a[place])
    return slopes


def _loss(z: Any, labels: Any) -> Any:
    return np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels]


def _by_class(way: Way, z: Any, labels: Any) -> Any:
    """A whole column of scores at once, each in the loss of its own row."""
    z = np.array(z, dtype=float)

    def of_class(j: int) -> Function:
        is_j = np.arange(z.shape[1]) == j
        return lambda column: _loss(np.where(is_j, column[:, None], z), labels)

    columns = [way(of_class(j), z[:, j]) for j in range(z.shape[1])]
    return np.stack(columns, axis=1) / len(z)


def _linear(way: Way, X: Any, y: Any, W: Any, b: Any) -> Any:
    def cost(W: Any, b: Any) -> Any:
        return 0.5 * np.sum((X @ W + b - y) ** 2) / len(X)

    return by_entry(cost, way, W, b), by_entry(lambda b: cost(W, b), way, b)


def through(params: Any, f: Function) -> Function:
    """What a row of units makes of its input."""

    def last(a: Any) -> Any:
        for w, b in params:
            a = f(w * a + b)
        return a

    return last


# What is measured, entry by entry or as a whole: (way, arguments of the answer) → slopes.
MEASURED: dict[str, list[Callable[..., Any]]] = {
    "tanh_prime": [lambda way, z: way(np.tanh, z)],
    "sigmoid_prime": [
        lambda way, z: way(lambda z: 1 / (1 + np.exp(-z)), z),
        lambda way, z: way(lambda z: (1 + np.tanh(z / 2)) / 2, z),
    ],
    "relu_prime": [
        lambda way, z: way(lambda z: np.maximum(z, 0), z),
        lambda way, z: way(lambda z: z * (z > 0), z),
    ],
    "leaky_relu_prime": [
        lambda way, z, slope=0.01: way(lambda z: np.where(z > 0, z, slope * z), z)
    ],
    "mse_grad": [
        lambda way, y_hat, y: by_entry(
            lambda a: 0.5 * np.sum((a - y) ** 2) / len(y), way, y_hat
        ),
        lambda way, y_hat, y: way(lambda a: 0.5 * (a - y) ** 2 / len(y), y_hat),
    ],
    "bce_grad": [
        lambda way, z, y: by_entry(
            lambda z: np.mean(np.logaddexp(0, z) - z * y), way, z
        ),
        lambda way, z, y: way(lambda z: (np.logaddexp(0, z) - z * y) / len(z), z),
    ],
    "cross_entropy_grad": [
        lambda way, z, labels: by_entry(lambda z: np.mean(_loss(z, labels)), way, z),
        _by_class,
    ],
    "linear_gradient": [_linear],
    "nudge_left": [lambda way, x, params, f, f_prime: way(through(params, f), np.asarray(x))],
}  # fmt: skip


def l2_by_differences(grads: Any, params: Any, lam: Any) -> Any:
    def price(w: Any) -> Any:
        return lam / 2 * w**2

    h = 1.0  # exact on a parabola, where smaller ones are rounded away beside a large weight
    return [
        (dW + (price(W + h) - price(W - h)) / (2 * h), db)
        for (dW, db), (W, _) in zip(grads, params, strict=True)
    ]


def batchnorm_by_a_complex_step(dout: Any, cache: Any) -> Any:
    z_hat, gamma, std = cache
    eps = std**2 - np.mean((z_hat * std) ** 2, axis=0)

    def cost(z: Any) -> Any:
        centred = z - z.mean(axis=0)
        return np.sum(dout * gamma * centred / np.sqrt(np.mean(centred**2, axis=0) + eps))

    dz = np.empty(z_hat.shape)
    for place in np.ndindex(z_hat.shape):
        z = z_hat * std + 0j
        z[place] += 1e-30j
        dz[place] = cost(z).imag / 1e-30
    return dz, np.sum(dout * z_hat, axis=0), dout.sum(axis=0)


# Smooth and of ordinary size: here no number tells, and the source is all there is to tell by.
REPORTED: dict[str, Callable[..., Any]] = {
    "l2_gradients": l2_by_differences,
    "batchnorm_backward": batchnorm_by_a_complex_step,
}


@pytest.mark.parametrize("id", REPORTED)
def test_what_no_number_tells_is_reported(id: str) -> None:
    report = run(loaded(id).id, REPORTED[id])
    assert report.passed
    assert any("Is the slope measured" in note for note in report.notes)


def loaded(id: str) -> Exercise:
    """An exercise that asks for a derivative."""
    task = course().load(id)
    assert isinstance(task, Exercise)
    assert task.derived
    return task


def test_all_that_is_to_be_derived_is_tried() -> None:
    tasks = [course().load(id) for id in course().paths]
    asked = {one.id for one in tasks if isinstance(one, Exercise) and one.derived}
    assert asked == {*MEASURED, "value_functions", *REPORTED}


@pytest.mark.parametrize("seed", sampled((0, 1, 2, 3), 1))
@pytest.mark.parametrize("id", MEASURED)
def test_no_difference_passes(id: str, seed: int) -> None:
    task, passed = loaded(id), []
    for (name, way), measured in product(DIFFERENCES.items(), MEASURED[id]):

        def answer(*args: Any, way: Way = way, measured: Any = measured) -> Any:
            with np.errstate(all="ignore"):
                return measured(way, *args)

        handle = Answer(here(answer), id, task.seconds)
        if all(run_check(task, check, handle, seed).passed for check in task.checks):
            passed.append(name)
    assert passed == []


@pytest.fixture
def notebook() -> Iterator[Cells]:
    with cells() as made:
        yield made


@pytest.mark.parametrize(
    ("id", "source"),
    [
        ("tanh_prime", "def tanh_prime(z):\n    return np.tanh(z + 1e-20j).imag / 1e-20"),
        (
            "sigmoid_prime",
            "def sigmoid_prime(z):\n    return np.imag(np.tanh((z + 1e-20j) / 2) / 2e-20)",
        ),
        (
            "relu_prime",
            "def relu(z):\n    return z * (np.real(z) > 0)\n\n\n"
            "def relu_prime(z):\n    return np.imag(relu(z + 1j))",
        ),
        (
            "bce_grad",
            "def loss(z, y):\n"
            "    s = np.where(z.real > 0, 1, -1)\n"
            "    return np.log(1 + np.exp(-s * z)) + z * (s > 0) - z * y\n\n\n"
            "def bce_grad(z, y):\n    return loss(z + 1e-20j, y).imag / 1e-20 / len(z)",
        ),
    ],
)
def test_a_complex_step_that_passes_is_asked_about(notebook: Cells, id: str, source: str) -> None:
    notebook.run(f"import numpy as np\n\n{source}")
    report = run(id, notebook.shell.user_ns[id])
    assert report.passed
    assert "Noticed: Is the slope measured, by `" in report.message


@pytest.mark.parametrize(
    ("id", "cost"),
    [
        ("mse_grad", "0.5 * np.sum((a - y) ** 2) / len(y)"),
        ("mse_grad", "np.mean(np.sum((a - y) ** 2, axis=1) / 2)"),
    ],
)
def test_a_complex_step_through_a_cost_that_is_too_large_does_not_pass(id: str, cost: str) -> None:
    function: Callable[..., Any] = eval(f"lambda a, y: {cost}", {"np": np})

    def answer(y_hat: Any, y: Any) -> Any:
        y_hat, slopes = np.array(y_hat, dtype=complex), np.empty(np.shape(y_hat))
        for place in np.ndindex(slopes.shape):
            moved = y_hat.copy()
            moved[place] += 1e-20j
            with np.errstate(all="ignore"):
                slopes[place] = np.imag(function(moved, y)) / 1e-20
        return slopes

    task = loaded(id)
    handle = Answer(here(answer), id, task.seconds)
    results = [run_check(task, check, handle, 0) for check in task.checks]
    assert [one.label for one in results if not one.passed] == ["a small slope beside a large cost"]


def bends_that_measure(way: Way) -> type:
    """The class of chapter 9 with slopes that are measured where the function is smooth."""

    class Value(Node):
        def _measured(self, f: Function) -> Any:
            return type(self)(float(np.real(f(self.data))), (self,), (float(way(f, self.data)),))

        def tanh(self) -> Any:
            return self._measured(np.tanh)

        def exp(self) -> Any:
            return self._measured(np.exp)

        def log(self) -> Any:
            return self._measured(np.log)

        def sigmoid(self) -> Any:
            return self._measured(lambda z: 0.5 * (1 + np.tanh(z / 2)))

    return Value


@pytest.mark.parametrize("seed", sampled((0, 1, 2, 3), 1))
def test_no_difference_passes_inside_a_class(seed: int) -> None:
    task = loaded("value_functions")
    reports = {
        name: judge(task, bends_that_measure(way), seed) for name, way in DIFFERENCES.items()
    }
    assert [name for name, report in reports.items() if report.passed] == []
    # Steps as wide as 1 are no slopes at all.
    near = {name for name, report in reports.items() if report.mistake == "MeasuredByDifferences"}
    assert near >= DIFFERENCES.keys() - {"central, 1", "central, 1e-3"}


def test_a_complex_step_inside_a_class_is_asked_about(notebook: Cells) -> None:
    notebook.run(
        "import cmath\nfrom annkit.lessons.autodiff.number import Node as Value\n\n\n"
        "class Value(Value):\n"
        "    def exp(self):\n"
        "        e = cmath.exp(self.data + 1e-30j)\n"
        "        return type(self)(e.real, (self,), (e.imag / 1e-30,))"
    )
    report = run("value_functions", notebook.shell.user_ns["Value"])
    assert report.passed
    assert "Noticed: Is the slope measured, by `" in report.message
