"""Predict first; then every way of setting a value draws one frame and says what it shows."""

import asyncio
from collections.abc import Iterator, Mapping

import ipywidgets as widgets
import pytest
from matplotlib.figure import Figure

from annkit.show import Choice, Frame, Prediction, Slider, Toggle
from annkit.show.moving.canvas import Canvas, Update
from annkit.show.moving.controls import Control
from annkit.show.moving.panel import COALESCE_SECONDS, Panel

CONTROLS: list[Control] = [
    Slider("slope", "slope", "mV", -1.0, 2.0, 0.1, value=1.0),
    Choice("kind", "kind", ("line", "wave")),
    Toggle("grid", "grid"),
]
PRESETS: Mapping[str, Mapping[str, float | str | bool]] = {
    "flat": {"slope": 0.0, "kind": "line", "grid": False},
    "steep": {"slope": 2.0, "kind": "wave", "grid": True},
}
ASKED = Prediction("Up?", {"up": "Right.", "down": "No: up."}, "It follows the slope.")


class Recorder:
    """A drawing that remembers what it was asked for."""

    def __init__(self) -> None:
        self.slopes: list[float] = []

    def __call__(self, fig: Figure) -> Update:
        """Draw a line; it cannot be drawn at a slope of −0.5."""
        (line,) = fig.subplots().plot([0, 1], [0, 1], animated=True)

        def update(slope: float, kind: str, grid: bool) -> Frame:
            self.slopes.append(slope)
            line.set_ydata([0, slope])
            if slope == -0.5:
                raise ValueError("no such line")
            return Frame(f"slope {slope}, {kind}", {"rise (mV)": slope})

        return update


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


def panel(recorder: Recorder, prediction: Prediction | None = ASKED) -> Panel:
    return Panel(Canvas(recorder, 3, 2), CONTROLS, PRESETS, prediction)


def inside(box: widgets.Widget, kind: type) -> list[widgets.Widget]:
    found = [box] if isinstance(box, kind) else []
    return found + [w for child in getattr(box, "children", ()) for w in inside(child, kind)]


def button(made: Panel, label: str) -> widgets.Button:
    (found,) = (b for b in inside(made.box, widgets.Button) if b.description == label)
    return found


def hidden(made: Panel, kind: type) -> bool:
    """Whether all widgets of a kind stand in a box that is not shown."""
    boxes = [box for box in made.box.children if box.layout.display == "none"]
    concealed = [w for box in boxes for w in inside(box, kind)]
    return concealed == inside(made.box, kind) != []


def test_nothing_moves_before_a_prediction(recorder: Recorder) -> None:
    made = panel(recorder)
    for kind in (widgets.BoundedFloatText, widgets.FloatSlider, widgets.Dropdown, widgets.Checkbox):
        assert hidden(made, kind)
    assert not hidden(made, widgets.Button)
    assert made.image.value[:2] == b"\xff\xd8"  # a JPEG is there from the start


@pytest.mark.parametrize(("guess", "own"), [("up", "Right."), ("down", "No: up.")])
def test_any_prediction_frees_the_controls_and_is_answered(
    recorder: Recorder, guess: str, own: str
) -> None:
    made = panel(recorder)
    button(made, guess).click()
    assert not hidden(made, widgets.FloatSlider)
    assert hidden(made, widgets.Button)
    said = made.reply.value
    assert f"<b>{guess}</b>" in said
    # The own one first, the other one too, inside details: not before looking.
    assert said.index("</summary>") < said.index(own)
    assert all(outcome in said for outcome in ASKED.outcomes.values())
    assert ASKED.answer in said


def test_a_typed_prediction(recorder: Recorder) -> None:
    made = panel(recorder, Prediction("How much?", answer="3 mV."))
    typed = inside(made.box, widgets.Text)[0]
    button(made, "Commit").click()  # nothing typed: nothing happens
    assert hidden(made, widgets.FloatSlider)
    typed.value = "<3>"
    button(made, "Commit").click()
    assert not hidden(made, widgets.FloatSlider)
    assert "&lt;3&gt;" in made.reply.value


def test_without_a_prediction_everything_is_free(recorder: Recorder) -> None:
    made = panel(recorder, None)
    assert not hidden(made, widgets.FloatSlider)


def test_the_slider_has_a_labelled_box_that_follows(recorder: Recorder) -> None:
    made = panel(recorder)
    (box,) = inside(made.box, widgets.BoundedFloatText)
    (slider,) = inside(made.box, widgets.FloatSlider)
    assert box.description == "slope (mV)"
    slider.value = 0.5
    assert box.value == 0.5
    box.value = 0.25
    assert slider.value == 0.25


def test_words_numbers_and_the_image_s_name_follow(recorder: Recorder) -> None:
    made = panel(recorder)
    before = made.image.value
    made.set({"slope": 2.0, "kind": "wave"})
    assert "slope 2.0, wave" in made.text.value
    assert "rise (mV)" in made.text.value
    assert made.image.tooltip == "slope 2.0, wave"
    assert made.image.value != before


def test_a_preset_sets_everything(recorder: Recorder) -> None:
    made = panel(recorder)
    made.look_at.value = "steep"
    assert made.values == PRESETS["steep"]
    made.set({"slope": 0.5})
    assert made.look_at.value == "steep", "set from outside"
    inside(made.box, widgets.FloatSlider)[0].value = 1.5
    assert made.look_at.value == "…"
    made.look_at.value = "steep"
    assert made.values == PRESETS["steep"]


def test_what_belonged_to_the_last_place_goes_back_when_a_slider_is_moved_by_hand(
    recorder: Recorder,
) -> None:
    """A preset says itself what the others are."""
    slope = Slider("slope", "slope", "mV", -1.0, 2.0, 0.1, value=1.0, resets=("kind",))
    made = Panel(Canvas(recorder, 3, 2), [slope, *CONTROLS[1:]], PRESETS, None)
    made.look_at.value = "steep"
    assert made.values == PRESETS["steep"]
    inside(made.box, widgets.FloatSlider)[0].value = 1.5
    assert made.values == {"slope": 1.5, "kind": "line", "grid": True}
    assert "slope 1.5, line" in made.text.value


def test_a_burst_draws_the_newest_value_only(recorder: Recorder) -> None:
    made = panel(recorder)

    async def burst() -> None:
        for tenth in range(11):
            made.set({"slope": tenth / 10})
        await asyncio.sleep(0.05)

    recorder.slopes.clear()
    asyncio.run(burst())
    assert recorder.slopes == [1.0]


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, int]]:
    """What was prepared: the slope it was prepared for, and which piece of three it was."""
    monkeypatch.setattr("annkit.show.moving.panel.STILLNESS_SECONDS", 0.03)
    return []


def far_sighted(
    recorder: Recorder, prediction: Prediction | None, pieces: list[tuple[float, int]]
) -> Panel:
    """A panel that prepares three pieces; beside the second the slope is set to 2."""

    def ahead(slope: float, **_: object) -> Iterator[None]:
        for piece in (1, 2, 3):
            pieces.append((slope, piece))
            if (slope, piece) == (0.3, 2):
                made.set({"slope": 2.0})
            yield

    made = Panel(Canvas(recorder, 3, 2), CONTROLS, PRESETS, prediction, ahead)
    return made


def test_it_looks_ahead_when_nothing_has_moved_for_a_moment_and_stops_when_something_does(
    recorder: Recorder, pieces: list[tuple[float, int]]
) -> None:
    made = far_sighted(recorder, None, pieces)

    async def moves() -> None:
        for tenth in (1, 2, 3):
            made.set({"slope": tenth / 10})
        assert not pieces
        while pieces[-1:] != [(2.0, 3)]:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(moves(), 10))
    assert pieces == [(0.3, 1), (0.3, 2), (2.0, 1), (2.0, 2), (2.0, 3)]


def test_it_looks_ahead_from_the_prediction_on(
    recorder: Recorder, pieces: list[tuple[float, int]]
) -> None:
    made = far_sighted(recorder, ASKED, pieces)

    async def predict() -> None:
        made.commit("up")
        while len(pieces) < 3:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(predict(), 10))
    assert pieces == [(1.0, 1), (1.0, 2), (1.0, 3)]


class Slow:
    """A drawing that takes three steps for each new slope, and remembers them."""

    def __init__(self) -> None:
        self.steps: list[tuple[float, int]] = []

    def __call__(self, fig: Figure) -> Update:
        """Write the step into the picture; from the third on −0.5 cannot be drawn."""
        title = fig.suptitle("")

        def update(slope: float, **_: object) -> Frame:
            done = 1 + sum(one == slope for one, _ in self.steps)
            self.steps.append((slope, done))
            title.set_text(str(done))
            if slope == -0.5 and done >= 3:
                raise ValueError("no third step")
            return Frame(f"step {min(done, 3)}", goes_on=done < 3)

        return update


@pytest.fixture
def slow() -> Slow:
    return Slow()


def panel_of(slow: Slow) -> Panel:
    return Panel(Canvas(slow, 3, 2), CONTROLS, PRESETS, None)


def test_what_takes_long_is_shown_begun_and_ended_when_nothing_moves(slow: Slow) -> None:
    made = panel_of(slow)
    assert "step 3" in made.text.value  # the first is shown whole
    slow.steps.clear()
    shown: list[str] = []
    made.image.observe(lambda _: shown.append(made.text.value), "value")
    made.text.observe(lambda change: shown.append(change["new"]), "value")

    async def moves() -> None:
        made.set({"slope": 0.1})
        while (0.1, 1) not in slow.steps:
            await asyncio.sleep(0.001)
        made.set({"slope": 0.2})  # nobody waits for the rest of the first
        while "step 3" not in made.text.value:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(moves(), 10))
    assert slow.steps[:4] == [(0.1, 1), (0.2, 1), (0.2, 2), (0.2, 3)]
    assert "step 1" in shown[-2]
    assert "step 3" in shown[-1]


def test_a_script_gets_the_whole_picture_at_once(slow: Slow) -> None:
    made = panel_of(slow)
    made.set({"slope": 0.1})
    assert "step 3" in made.text.value


def test_what_fails_on_the_way_is_said(slow: Slow) -> None:
    made = panel_of(slow)

    async def move() -> None:
        made.set({"slope": -0.5})
        while "no third step" not in made.text.value:
            await asyncio.sleep(0.01)

    slow.steps.clear()
    asyncio.run(asyncio.wait_for(move(), 10))
    assert slow.steps[:3] == [(-0.5, 1), (-0.5, 2), (-0.5, 3)]


def test_where_nothing_can_be_prepared_nobody_waits_for_stillness(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = panel(recorder, None)
    delays: list[float] = []

    async def move() -> None:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "call_later", lambda delay, _: delays.append(delay))
        made.set({"slope": 0.1})

    asyncio.run(move())
    assert delays == [COALESCE_SECONDS]


def test_a_frame_brings_no_stylesheet_again(recorder: Recorder) -> None:
    made = panel(recorder)  # the still twin, which is shown with it, has brought it
    made.set({"slope": 0.5})
    assert "slope 0.5" in made.text.value
    assert "<style" not in made.text.value


def test_a_setting_that_cannot_be_drawn_is_explained(recorder: Recorder) -> None:
    made = panel(recorder)
    before = made.image.value
    made.set({"slope": -0.5})
    assert "could not be drawn: ValueError: no such line" in made.text.value
    assert made.image.value == before
    made.set({"slope": 0.5})
    assert "slope 0.5" in made.text.value
