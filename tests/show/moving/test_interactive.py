"""The example in the module's docstring works, in a script, in a notebook, and standing still."""

import inspect
import textwrap
from typing import Any

import IPython.display
import numpy as np
import pytest

from annkit.show import Frame, Prediction, Slider, explorer
from annkit.show.moving import interactive
from annkit.show.moving.interactive import STILL_SWITCH, Explorer
from annkit.show.stylesheet import STYLESHEET
from annkit.show.tables import in_words
from tests.show.sanitiser import dropped


@pytest.fixture
def names() -> dict[str, Any]:
    """The docstring's example, run as a script; `made` is what it makes."""
    text = inspect.getdoc(interactive) or ""
    block = text[text.index("    def leaky") : text.index("Not here")]
    code = textwrap.dedent(block).replace("show.explorer(", "made = show.explorer(")
    from annkit import show

    names: dict[str, Any] = {"np": np, "show": show, "Frame": Frame}
    names |= {"Slider": Slider, "Prediction": Prediction}
    exec(code, names)
    return names


@pytest.fixture
def made(names: dict[str, Any]) -> Explorer:
    explorer_made: Explorer = names["made"]
    return explorer_made


def test_a_script_prints_the_words(
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("made")
    printed = capsys.readouterr().out
    assert "First, predict. Twice the current" in printed
    assert "almost at threshold (input current I 1.4 nA): With 1.4 nA the voltage" in printed
    assert "twice as far: Yes: a leak is linear." in printed


def test_the_still_side_survives_and_says_everything(made: Explorer) -> None:
    html = made.twin.html()
    assert dropped(html) == []
    assert html.count("<img alt=") == 2
    for frame in made.frames().values():
        assert html.count(frame.text) == 1
        numbers = [in_words(n) for n in frame.numbers.values()]
        assert all(html.count(n) >= 2 for n in numbers)  # on the picture, and in the table
    assert "Look again" in html


def outputs(made: Explorer, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    shown: list[Any] = []
    monkeypatch.setattr(IPython.display, "display", lambda what, **_: shown.append(what))
    made._ipython_display_()
    return shown


def test_a_notebook_gets_the_widgets_and_the_still_side(
    made: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, still = outputs(made, monkeypatch)
    assert "application/vnd.jupyter.widget-view+json" in live
    assert still["text/plain"] == repr(made)
    assert dropped(still["text/html"].removeprefix(STYLESHEET)) == []
    assert made.twin.html() in still["text/html"]


def test_stills_only_on_request(made: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STILL_SWITCH, "1")
    (still,) = outputs(made, monkeypatch)
    assert still.data == made.twin.html()


@pytest.mark.parametrize(
    ("preset", "message"),
    [
        ({"voltage": 1.0}, "preset 'bad': no control 'voltage'; there is current"),
        ({"current": 9.0}, "preset 'bad': current: expected a number from 0 to 1.9, got 9.0"),
    ],
)
def test_a_preset_that_does_not_fit_is_named(
    names: dict[str, Any], preset: dict[str, float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        explorer(
            names["leaky"],
            controls=[Slider("current", "I", "nA", 0.0, 1.9, 0.1)],
            presets={"bad": preset},
        )


def test_without_presets_the_start_stands_still(names: dict[str, Any]) -> None:
    controls = [Slider("current", "I", "nA", 0.0, 1.9, 0.1, value=1.0)]
    (frame,) = explorer(names["leaky"], controls=controls).frames().values()
    assert frame.numbers["settles at (mV)"] == -55
