"""The centre-piece of chapter 13: tables, counts and what is drawn say the same."""

import numpy as np
import pytest

from annkit.lessons.beyond.explorer import KINDS, _Weights, connections, shared_weights
from annkit.lessons.beyond.sharing import INPUTS, N, attention_table, counted, entries, shades
from annkit.show.moving.interactive import Explorer
from annkit.show.style import blank_figure
from tests.show.explorers import ends_of, frame

FIRST, SECOND = INPUTS["first"], INPUTS["second"]


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return shared_weights()


@pytest.mark.parametrize("kind", KINDS)
def test_only_attention_looks_at_the_inputs(kind: str) -> None:
    assert (entries(kind, FIRST) != entries(kind, SECOND)) == (kind == "attention")


@pytest.mark.parametrize(("kind", "letters"), [("dense", N * N), ("convolution", 3)])
def test_a_table_has_as_many_names_as_there_are_weights(kind: str, letters: int) -> None:
    names = {name for row in entries(kind, FIRST) for name in row if name}
    assert len(names) == letters == counted(kind, N).weights


def test_rows_of_attention_add_up_to_one_and_follow_the_products() -> None:
    table = attention_table(FIRST)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    odds = np.exp(2 * FIRST[3] * FIRST)
    np.testing.assert_allclose(table[3], odds / odds.sum())


def test_multiplications_are_counted_entry_by_entry() -> None:
    kernel = entries("convolution", FIRST)
    assert sum(bool(name) for row in kernel for name in row) == counted("convolution", N).products
    assert counted("recurrence", N).products == N + (N - 1)
    assert counted("attention", N).products == 3 * N + N * N + N * N


@pytest.mark.parametrize("kind", KINDS)
def test_lines_lead_to_the_chosen_output(kind: str) -> None:
    named = entries(kind, FIRST)
    for place in range(N):
        lines = connections(kind, place, FIRST)
        wanted = sum(bool(name) for name in named[place])
        extra = place if kind == "recurrence" else 0
        assert len(lines) == wanted + extra


def test_tints_are_where_names_are() -> None:
    for kind in KINDS:
        tint = shades(kind, FIRST)
        assert ((tint >= 0) & (tint <= 1)).all()
        empty = np.array([[name == "" for name in row] for row in entries(kind, FIRST)])
        assert (tint[empty] == 0).all()


def test_what_it_says_follows_the_controls(explorer: Explorer) -> None:
    said = frame(explorer, kind="convolution", place=1)
    assert "Output 1 takes b of x₁, c of x₂." in said.text
    said = frame(explorer, kind="dense", place=3, count="10 000 places")
    assert said.numbers["learned weights, 10000 places"] == 10**8
    share = round(100 * attention_table(SECOND)[3, 5])
    said = frame(explorer, kind="attention", place=4, inputs="second")
    assert f"{share} % of x₆" in said.text


def test_the_tints_lie_under_the_names() -> None:
    weights = _Weights(blank_figure(4, 4).subplots())
    corners = np.asarray(weights.cells.get_coordinates())  # (N + 1, N + 1, 2)
    middles = (corners[:-1, :-1] + corners[1:, 1:]) / 2
    places = [[text.get_position() for text in row] for row in weights.names]
    np.testing.assert_allclose(middles, places)


def test_every_setting_can_be_drawn(explorer: Explorer) -> None:
    panel = explorer.panel
    panel.commit("only in attention's")
    for control in explorer.controls:
        for value in ends_of(control):
            panel.set({control.name: value})
            assert "could not be drawn" not in panel.text.value
