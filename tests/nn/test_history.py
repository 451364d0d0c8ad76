"""A history in words and bars, and the door it leaves open for a picture."""

import sys
from types import SimpleNamespace

import pytest

from annkit.nn import History
from annkit.nn.history import sparkline


def test_bars_are_logarithmic_and_few() -> None:
    assert sparkline([1000.0, 10.0, 1.0]) == "1000 █▃▁ 1"
    assert sparkline([2.0, 2.0]) == "2 ▁▁ 2"
    assert len(sparkline([float(i) for i in range(1, 1000)])) < 60


def test_costs_of_zero_have_a_bar_too() -> None:
    assert sparkline([1.0, 0.0]).endswith("▁ 0")


def test_it_tells_how_training_went() -> None:
    history = History(
        cost=[2.0, 1.0],
        seconds=[0.5, 1.25],
        validation_cost=[2.5, 1.5],
        validation_score=[0.25, 0.75],
        stopped="all epochs done",
        best_epoch=1,
    )
    text = str(history)
    for words in ("2 epochs in 1.25 s, all epochs done", "0.25 → 0.75", "parameters of epoch 2"):
        assert words in text
    assert len(history) == 2
    assert history.curves() == {"training": [2.0, 1.0], "validation": [2.5, 1.5]}


def test_an_empty_history_says_so() -> None:
    assert "no epoch finished, interrupted" in str(History(stopped="interrupted in epoch 1"))


def test_a_picture_is_drawn_where_somebody_has_loaded_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "annkit.show", raising=False)
    assert History(cost=[1.0])._repr_html_() is None
    drawing = SimpleNamespace(history_html=lambda history: f"<b>{history.cost}</b>")
    monkeypatch.setitem(sys.modules, "annkit.show", drawing)
    assert History(cost=[1.0])._repr_html_() == "<b>[1.0]</b>"
    assert History()._repr_html_() is None


def test_show_draws_it() -> None:
    import annkit.show  # noqa: F401 — importing it is what the test is about

    html = History(cost=[2.0, 1.0, 0.5])._repr_html_()
    assert html is not None
    assert "<img" in html
    assert "3 epochs" in html
