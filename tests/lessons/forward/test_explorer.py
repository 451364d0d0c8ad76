"""The centre-piece of chapter 4: what it says about a cell is what the arrays hold."""

import numpy as np
import pytest

from annkit import data
from annkit.lessons.forward.explorer import HIDDEN, HOUSES, OUTPUT, X, arrays, shape_explorer
from tests.show.explorers import frame


@pytest.fixture(scope="module")
def explorer():
    return shape_explorer()


def test_the_first_four_houses_are_those_of_the_chapter():
    market, _ = data.houses(400, np.random.default_rng(4))
    first = np.array([[200, 4, 2, 20], [200, 4, 20, 20], [80, 2, 2, 20], [80, 2, 20, 20]])
    np.testing.assert_array_equal(
        ((first - market.mean(axis=0)) / market.std(axis=0)).round(1), X[:4]
    )


@pytest.mark.parametrize("batch", [1, 3, 6])
def test_a_hidden_sum_is_the_sum_it_spells_out(explorer, batch):
    for row in range(batch):
        for column in (0, 1):
            said = frame(explorer, result=HIDDEN, batch=batch, row=row, column=column).text
            sum_in_words, rest = said.split("] = ", 1)[1].split(" = ", 1)
            spelled = sum_in_words.replace("·", "*").replace("−", "-")
            value = rest.split(" ")[0].removesuffix(".").replace("−", "-")
            assert eval(spelled) == pytest.approx(float(value))
            assert said.startswith(f"House {HOUSES[row]}")


def test_a_price_is_made_of_two_activations(explorer):
    said = frame(explorer, result=OUTPUT, batch=6, row=4).text
    assert "1.6·131 + 4.2·32 + 162 = 506" in said
    assert "in thousands" in said


def test_only_arrays_with_a_row_per_house_grow_with_the_batch(explorer):
    three, six = (frame(explorer, batch=batch).numbers for batch in (3, 6))
    assert [name for name in three if three[name] != six[name]] == ["X", "z₁", "a₁", "ŷ"]
    assert explorer.prediction.outcomes["X, z₁, a₁ and ŷ"].startswith("Yes")
    assert three["b₁"] == "(2,)"


def test_a_cell_outside_shows_the_nearest_and_says_so(explorer):
    said = frame(explorer, result=OUTPUT, batch=2, row=5, column=1).text
    assert said.startswith("House B")
    assert "rows 0 … 1 and columns 0 … 0" in said


def test_the_relu_stands_between_z_and_a():
    values = arrays(6)
    assert (values["z₁"] < 0).any()
    np.testing.assert_array_equal(values["a₁"], values["z₁"].clip(min=0))


def test_the_last_house_of_a_full_batch_can_be_drawn(explorer):
    panel = explorer.panel
    panel.set({"batch": 6, "row": 5, "result": OUTPUT})
    assert "could not be drawn" not in panel.text.value
    assert "House F" in panel.text.value
