"""Tables read the same as HTML and as text."""

import re

import numpy as np
import pytest

from annkit.show import table
from annkit.show.tables import in_words
from tests.show.sanitiser import dropped


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "3"),
        (3.0, "3"),
        (-0.0, "0"),
        (-2.5, "−2.5"),
        (1 / 3, "0.3333"),
        (np.float32(0.1), "0.1"),
        (np.int64(7), "7"),
        (2_003_000, "2\N{NO-BREAK SPACE}003\N{NO-BREAK SPACE}000"),
        (1e-9, "1e−09"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (True, "yes"),
        (np.False_, "no"),
        ("as it is", "as it is"),
    ],
)
def test_cells(value: object, words: str) -> None:
    assert in_words(value) == words


def test_html_survives_and_escapes() -> None:
    html = table([("a<b", 1.0)], ["name", "n"], "T & T")._repr_html_()
    assert dropped(html) == []
    assert "a&lt;b" in html
    assert "T &amp; T" in html
    assert html.count('scope="col"') == 2


def test_a_narrow_page_squeezes_no_text_to_a_word_a_line() -> None:
    sentence = "Each of the fifteen bugs has a sentence of its own"
    rows = [("no bug", "z1", 1.0, ""), (sentence, "W2", 2.0, "tanh for a1")]
    html = table(rows, ["bug", "in", "cost", "what"])._repr_html_()
    assert dropped(html) == []
    assert re.findall(r"min-width:([\d.]+)em", html) == ["7.2", "4.8"] * 2


def test_numbers_are_flush_right_in_text() -> None:
    assert repr(table([("a", 1), ("b", 10)], ["x", "n"])).splitlines()[2:] == ["a   1", "b  10"]


def test_a_row_that_does_not_fit_is_named() -> None:
    with pytest.raises(ValueError, match="row 1: expected 2 cells"):
        table([(1, 2), (1,)], ["a", "b"])


def test_shares_are_written_in_percent_and_nothing_else_is() -> None:
    rows = [("two", 0.97381, 0.5, "± 1.1 %"), ("ten", 1.0, 7, "")]
    made = table(rows, ["units", "right", "rate", "spread"], shares=["right", "spread"])
    two, ten = (" ".join(line.split()) for line in repr(made).splitlines()[2:])
    assert (two, ten) == ("two 97.4 % 0.5 ± 1.1 %", "ten 100.0 % 7")
    assert repr(table([(np.nan,)], ["right"], shares=["right"])).split()[-1] == "nan"
    with pytest.raises(ValueError, match="rigth"):
        table(rows, ["units", "right", "rate", "spread"], shares=["rigth"])
