"""A picture is drawn with the learner's function, else with the course's; it says which.

Not here: that each chapter's pictures are drawn with what its exercises keep
(tests/test_course_notebooks.py).
"""

import warnings

import numpy as np
import pytest

from annkit import show
from annkit.exercises.my_ann import own_pictures
from annkit.exercises.my_ann.own_pictures import with_own

HALF = "import numpy as np\n\n\ndef half(z):\n    "


def ours(z):
    """What the course has; a hundred tells it from the learner's."""
    return np.asarray(z) / 2 + 100


def drawn(**more):
    """The one number that was drawn, and what stands under the picture."""
    z = np.array([[2.0], [4.0]])
    functions = {"half": ours, **more}
    made = with_own(lambda half, **_: show.table(half(z), ["z / 2"], "Halves."), **functions)
    return made.cells[0][0], made.caption


@pytest.mark.parametrize("body", ["return z / 2", "print(1)\n    return (z / 2).tolist()"])
def test_what_passed_is_drawn_with_and_named(written, capsys, body):
    written(HALF + body)
    assert drawn() == ("1", "Halves. Made with your half.")
    assert capsys.readouterr() == ("", "")


def test_a_picture_in_plain_text_says_whose_function_it_shows(written):
    written(HALF + "return z / 2")
    z = np.linspace(0, 1, 5)
    picture = with_own(lambda half: show.lines(z, {"half": half(z)}, "z", "z / 2"), half=ours)
    assert repr(picture).endswith("Made with your half.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not yet in your my_ann.py"),
        ("1 / 0", "your my_ann.py cannot be imported: ZeroDivisionError"),
        (HALF + "raise IndexError", "yours raised IndexError"),
        (HALF + "raise SystemExit", "yours raised SystemExit"),
        (
            HALF + "return None",
            "yours returned nothing (None), where an array of shape (2, 1) was due",
        ),
        (
            HALF + "return (z / 2).ravel()",
            "yours returned an array of shape (2,), where an array of shape (2, 1) was due",
        ),
        (HALF + "while True:\n        pass", "yours was not done after 0.05 seconds"),
    ],
)
def test_what_is_missing_or_fails_is_replaced_and_that_is_said(written, monkeypatch, text, why):
    monkeypatch.setattr(own_pictures, "SECONDS", 0.05)
    written(text)
    assert drawn() == ("101", f"Halves. Made with the course’s half ({why}).")


def test_without_the_file_that_is_said(written):
    assert drawn()[1] == "Halves. Made with the course’s half (there is no my_ann.py yet)."


def test_one_that_fails_leaves_the_other(written):
    written(HALF + "return z / 2\n\n\ndef third(z):\n    return {}[z]\n")
    z = np.array([6.0, 9.0])
    made = with_own(
        lambda half, third: show.table([(half(z)[0], third(3.0))], ["half", "third"]),
        half=ours,
        third=lambda z: z / 3,
    )
    assert made.cells == [["3", "1"]]
    assert (
        made.caption == "Made with your half. Made with the course’s third (yours raised KeyError)."
    )


def test_a_generator_gives_the_same_numbers_whosever_function_draws(written):
    written("def draw(rng):\n    return rng.normal(size=2)\n")

    def table(draw):
        rng = np.random.default_rng(3)
        return show.table([draw(rng), draw(rng)], ["a", "b"])

    alone = np.random.default_rng(3).normal(size=(2, 2))
    made = with_own(table, draw=lambda rng: rng.normal(size=2))
    assert made.cells == show.table(alone, ["a", "b"]).cells
    assert made.caption == "Made with your draw."


def test_what_cannot_be_drawn_is_drawn_with_the_courses(written):
    written(HALF + "return np.array(['a', 'b'])")
    z = np.array([1.0, 2.0])
    made = with_own(lambda half: show.table([half(z) + 0.5], ["a", "b"]), half=ours)
    assert made.caption.endswith("half (with yours the drawing raised UFuncTypeError).")


def test_warnings_of_an_own_function_stay_away_and_a_fault_of_the_course_does_not(written):
    written(HALF + "return np.log(z - z)")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn()[0] == "−inf"
    with pytest.raises(ZeroDivisionError):
        with_own(lambda half: show.table([(1 / 0,)], [""]), half=ours)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, ()),
        (None, None),
        ([1.0, 2.0], (2,)),
        ([(np.ones((2, 3)), np.ones(3))], [[(2, 3), (3,)]]),
        ({"AND": (np.ones(2), 1.0)}, {"AND": [(2,), ()]}),
    ],
)
def test_the_form_of_a_value(value, expected):
    assert own_pictures.form(value) == expected


def test_a_class_that_is_still_growing_gives_way(written):
    class Whole:
        def __init__(self, data):
            self.data = data

        def doubled(self):
            return 2 * self.data

    def table(Value):
        return show.table([(Value(2.0).doubled(),)], ["twice"])

    written("class Value:\n    def __init__(self, data):\n        self.data = data\n")
    assert "drawing raised AttributeError" in with_own(table, Value=Whole).caption
    growing = "class Value:\n    def __init__(self, data):\n        pass\n\n"
    written(growing + "    def doubled(self):\n        return 5\n")
    made = with_own(table, Value=Whole)
    assert (made.cells, made.caption) == ([["5"]], "Made with your Value.")


def test_one_that_is_handed_to_another_is_blamed_alone(written):
    """As ReLU is handed to `nudge_left` in chapter 3."""
    written(HALF + "raise IndexError\n\n\ndef twice(f, z):\n    return f(f(z))\n")
    z = np.array([6.0, 9.0])
    made = with_own(
        lambda half, twice: show.table([twice(half, z)], ["first", "second"]),
        half=lambda z: z / 2,
        twice=lambda f, z: f(f(z)),
    )
    assert made.caption == (
        "Made with the course’s half (yours raised IndexError). Made with your twice."
    )
