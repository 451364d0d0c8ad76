"""Random numbers are told by form, spread and source; honest ones pass for every seed."""

from typing import Any

import numpy as np
import pytest

from annkit.exercises import (
    Answer,
    CheckFailed,
    Rng,
    asked_again,
    drawn_as,
    expect_normal,
    expect_rng_decides,
    source_of_chance,
)
from annkit.exercises.calls.answer import here
from annkit.exercises.tasks.chance import ENOUGH, form_of

RNG = np.random.default_rng
DRAWS: dict[str, Any] = {
    "normal": lambda rng, n: rng.normal(size=n),
    "uniform": lambda rng, n: rng.uniform(-1, 1, size=n),
    "positive uniform": lambda rng, n: rng.random(n) + 1e-9,
    "positive other": lambda rng, n: np.abs(rng.normal(size=n)),
    "other": lambda rng, n: rng.laplace(size=n),
    "one number": lambda rng, n: np.full(n, rng.random()),
    "repeated": lambda rng, n: np.resize(rng.normal(size=n // 2), n),
}


@pytest.mark.parametrize("form", DRAWS)
@pytest.mark.parametrize("seed", range(5))
def test_forms_are_told_apart_whatever_the_draw(form: str, seed: int) -> None:
    draws = DRAWS[form](RNG(seed), ENOUGH)
    assert form_of(draws) == form
    assert form in ("one number", "repeated") or form_of(0.01 * draws) == form


def test_neither_a_truncated_nor_a_discrete_normal_passes() -> None:
    draws = RNG(0).normal(size=4 * ENOUGH)
    assert form_of(draws[np.abs(draws) < 2]) == "other"
    assert form_of(np.round(draws, 2)) == "repeated"


@pytest.mark.parametrize("seed", range(40))
def test_honest_draws_pass(seed: int) -> None:
    expect_normal(0.3 * RNG(seed).normal(size=(100, ENOUGH // 100)), 0.3)
    single = RNG(seed).standard_normal(ENOUGH, dtype=np.float32)
    expect_normal(single, 1.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda W: 1.05 * W, "standard deviation"),
        (lambda W: 0.95 * W, "standard deviation"),
        (lambda W: W + 0.1, "mean"),
        (lambda W: 0 * W, "are equal"),
        (lambda W: np.resize(W[:100], len(W)), "only 100 different"),
        (lambda W: W / 0, "not finite"),
        (lambda W: np.sign(W) * np.abs(W) ** 0.5 / 0.893, "not normal"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_what_is_wrong_is_said(change: Any, says: str) -> None:
    with pytest.raises(CheckFailed, match=says):
        expect_normal(change(RNG(0).normal(size=ENOUGH)), 1.0)


def by_rng(n: int, rng: Any) -> Any:
    return rng.normal(size=n)


def by_own_seed(n: int, rng: Any) -> Any:
    return RNG(7).normal(size=n)


def by_none(n: int, rng: Any) -> Any:
    return RNG().normal(size=n)


@pytest.mark.parametrize(
    ("draw", "source", "says"),
    [
        (by_rng, "rng", ""),
        (by_own_seed, "nowhere", "different seeds gave the same"),
        (by_none, "elsewhere", "same seed gave different"),
    ],
)
def test_the_source_of_chance_is_told(draw: Any, source: str, says: str) -> None:
    answer = Answer(here(draw), "draw")
    if says:
        with pytest.raises(CheckFailed, match=says):
            expect_rng_decides(lambda seed: answer(ENOUGH, seed), RNG(0), "numbers")
    else:
        expect_rng_decides(lambda seed: answer(ENOUGH, seed), RNG(0), "numbers")
    answer(ENOUGH, Rng(1))
    answer(ENOUGH, Rng(2))
    assert source_of_chance(answer.calls) == source
    assert drawn_as(lambda n: 1.0, source=source)(answer.calls)
    assert not drawn_as(lambda n: 1.0, source="another")(answer.calls)
    assert not drawn_as(lambda n: 1.1, source=source)(answer.calls)
    assert not drawn_as(lambda n: 1.0, "uniform", source=source)(answer.calls)


def test_nothing_is_recognised_without_draws_enough() -> None:
    answer = Answer(here(by_rng), "draw")
    assert not drawn_as(lambda n: 1.0)(answer.calls)
    answer(10, Rng(1))
    assert source_of_chance(answer.calls) == "rng"
    assert not drawn_as(lambda n: 1.0)(answer.calls)
    assert not drawn_as(lambda n: 0.0, "one number")(answer.calls)


def test_a_generator_that_goes_on_gives_something_new() -> None:
    many = Answer(here(by_rng), "draw").probe(asked_again, (4,), Rng(3), 50)
    assert many.shape == (50, 4)
    assert np.unique(many).size == 200
    again = Answer(here(by_own_seed), "draw").probe(asked_again, (4,), Rng(3), 50)
    assert np.unique(again).size == 4
