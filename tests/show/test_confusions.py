"""Confusions and errors are counted, named and shown."""

import numpy as np
import pytest

from annkit.show import confusion_matrix, error_gallery
from tests.show.sanitiser import dropped


def test_confusions_in_words() -> None:
    picture = confusion_matrix([[50, 3, 0], [8, 40, 0], [0, 0, 9]], ["rest", "spike", "noise"])
    assert "3 classes: 99 of 110 right" in picture.alt
    assert "spike taken for rest (8) and rest taken for spike (3)." in picture.alt
    assert dropped(picture.html()) == []


def test_every_count_is_printed() -> None:
    texts = [t.get_text() for t in confusion_matrix([[5, 1], [0, 7]]).fig.axes[0].texts]
    assert texts == ["5", "1", "·", "7"]


def test_no_confusion_and_empty_rows() -> None:
    assert "no confusion" in confusion_matrix([[5, 0], [0, 0]]).alt


def test_a_matrix_is_square() -> None:
    with pytest.raises(ValueError, match=r"counts: expected shape \(C, C\), got \(2, 3\)"):
        confusion_matrix(np.ones((2, 3)))


def test_the_gallery_shows_the_wrong_ones_in_order() -> None:
    images = np.arange(5 * 64).reshape(5, 64)
    picture = error_gallery(images, [3, 1, 4, 1, 5], [3, 7, 4, 9, 2], limit=2)
    assert picture.alt == "3 errors among 5 images; shown: a 1 read as 7 and a 1 read as 9."
    shown = [np.asarray(ax.images[0].get_array()) for ax in picture.fig.axes if ax.images]
    assert [array[0, 0] for array in shown] == [64, 192]
    assert dropped(picture.html()) == []


def test_a_gallery_can_ask_before_it_answers() -> None:
    images = np.zeros((3, 8, 8))
    picture = error_gallery(images, [3, 1, 4], [3, 7, 9], caption="Which?", answers_below=True)
    assert [ax.get_title() for ax in picture.fig.axes if ax.images] == ["1", "2"]
    assert picture.caption == "Which?"
    answers = "1: 1 read as 7, 2: 4 read as 9."
    assert f"<details><summary>Answers</summary>{answers}</details>" in picture.html()
    assert answers in repr(picture)
    assert dropped(picture.html()) == []


def test_a_gallery_without_errors() -> None:
    assert error_gallery(np.zeros((2, 4, 4)), [0, 1], [0, 1]).alt == "0 errors among 2 images."
