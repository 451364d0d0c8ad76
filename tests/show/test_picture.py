"""A picture carries its words everywhere."""

import re

import pytest

from annkit.show import Picture, figure
from annkit.show.picture import FULL_SCREEN
from tests.show.sanitiser import ATTRIBUTES, dropped


def slope() -> Picture:
    fig, ax = figure(2, 1)
    ax.plot([0, 1], [0, 1])
    return Picture(fig, 'Rises from 0 to 1 & is "steep" <here>.', "Look at\n   the slope.")


@pytest.fixture
def picture() -> Picture:
    return slope()


def test_only_filling_the_screen_is_lost_where_the_notebook_is_not_trusted(
    picture: Picture,
) -> None:
    assert dropped(picture.html()) == []
    assert picture.html().count(FULL_SCREEN) == 1
    # A role or a place for Tab that stayed alone would promise what does not work.
    names = set(re.findall(r"(\w+)=['\"]", FULL_SCREEN)) - {"key"}
    assert names == {"tabindex", "role", "onclick", "onkeydown"}
    assert names.isdisjoint(ATTRIBUTES["*"] | ATTRIBUTES["img"])


def test_words_are_escaped_and_on_the_image(picture: Picture) -> None:
    assert 'alt="Rises from 0 to 1 &amp; is &quot;steep&quot; &lt;here&gt;."' in picture.html()
    assert "Look at the slope.</figcaption>" in picture.html()


def test_a_terminal_gets_the_words(picture: Picture) -> None:
    assert repr(picture).startswith("[Picture] Rises from 0 to 1")
    assert repr(picture).endswith("Look at the slope.")


def test_without_words_there_is_no_picture() -> None:
    fig, _ = figure(2, 1)
    with pytest.raises(ValueError, match="alt: expected a sentence"):
        Picture(fig, "  ")


def test_the_same_drawing_gives_the_same_sharp_bytes(picture: Picture) -> None:
    first = picture.png
    assert int.from_bytes(first[16:20], "big") == 400  # 2 inches, 2 pixels per CSS pixel
    assert slope().png == first


def test_what_is_rendered_stays(picture: Picture) -> None:
    first = picture.png
    picture.fig.axes[0].set_title("changed")
    assert picture.png == first
