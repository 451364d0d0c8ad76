"""The map of the field counts what it draws."""

from annkit.show import network_families
from annkit.show.colours import palette
from tests.show.sanitiser import dropped


def test_connections_are_as_many_as_the_words_say() -> None:
    picture = network_families()
    dense, convolutional, recurrent = picture.fig.axes
    weights = [
        [line.get_color() for line in ax.lines if len(line.get_xdata()) == 2]  # type: ignore[arg-type]
        for ax in (dense, convolutional, recurrent)
    ]
    assert weights[0] == [palette.muted] * 15
    assert len(weights[1]) == 9
    assert len(set(weights[1])) == 3
    assert len(set(weights[2])) == 2
    for count in ("15 different weights", "same 3 weights", "same two weights"):
        assert count in picture.alt
    assert dropped(picture.html()) == []
