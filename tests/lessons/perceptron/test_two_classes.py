"""Fruits have colours of their own; all classes differ in shape too."""

from annkit.lessons.perceptron.two_classes import look
from annkit.show.colours import palette


def test_a_lemon_is_yellow_and_no_orange_is_blue() -> None:
    fruit = look(("lemon", "orange"))
    assert fruit.style(-1)["color"] == palette.yellow
    assert fruit.style(1)["color"] not in {palette.blue, palette.sky, palette.yellow}


def test_other_classes_keep_the_colours_of_the_course() -> None:
    assert look(("corner", "corner")).colors == (palette.negative, palette.positive)


def test_shapes_differ() -> None:
    for names in (("lemon", "orange"), ("a", "b")):
        own = look(names)
        assert own.style(-1)["marker"] != own.style(1)["marker"]
