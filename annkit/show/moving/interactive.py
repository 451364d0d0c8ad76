"""An interactive with a still twin: predict, commit, move, read.

The same description gives a live panel where widgets work, and everywhere else one picture per
preset and a table with the same numbers.

    def leaky(fig):                              # everything that is drawn, once
        ax = fig.subplots()
        ax.set(xlabel="time t (ms)", ylabel="voltage v (mV)", ylim=(-70, -45))
        t = np.linspace(0, 100, 500)
        (trace,) = ax.plot(t, t, animated=True)  # animated: changes in every frame

        def update(current):                     # one argument per control
            end = -65 + 10 * current
            trace.set_ydata(end + (-65 - end) * np.exp(-t / 10))
            return Frame(f"With {current:.1f} nA the voltage settles at {end:.0f} mV.",
                         {"current (nA)": current, "settles at (mV)": end})

        return update

    show.explorer(
        leaky,
        controls=[Slider("current", "input current I", "nA", 0.0, 1.9, 0.1, value=1.0)],
        presets={"no input": {"current": 0.0}, "almost at threshold": {"current": 1.4}},
        prediction=Prediction(
            "Twice the current: how far does the voltage rise?",
            {"twice as far": "Yes: a leak is linear.", "less": "Look again: 5, 10, 15 mV."}),
        title="A membrane is a leaky bucket",
    )

Not here: the drawing (`canvas`), the widgets (`panel`), and what stands still (`still_twin`).
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from annkit.show.live import Live
from annkit.show.moving.canvas import Canvas, Setup
from annkit.show.moving.controls import Control, Frame, Prediction, Value
from annkit.show.moving.still_twin import StillTwin

if TYPE_CHECKING:  # widgets are loaded when they are shown
    from annkit.show.moving.panel import Panel

STILL_SWITCH = "ANNKIT_STILL"
"""Set this environment variable to 1 to get still pictures only (print, book)."""


class Explorer:
    """An interactive picture and its still twin; `explorer` explains the arguments."""

    def __init__(
        self,
        setup: Setup,
        controls: Sequence[Control],
        presets: Mapping[str, Mapping[str, Value]],
        prediction: Prediction | None,
        title: str,
        width: float,
        height: float,
        ahead: Callable[..., Iterator[object]] | None = None,
    ) -> None:
        self.controls = list(controls)
        self.prediction = prediction
        self.title = title
        self._drawing = (setup, width, height)
        self._ahead = ahead
        start: dict[str, Value] = {control.name: control.start for control in self.controls}
        self.presets = {
            label: {**start, **values}
            for label, values in (presets or {"at the start": {}}).items()
        }
        self._reject_bad_presets()
        self._panel: Panel | None = None
        self._twin: StillTwin | None = None

    def _reject_bad_presets(self) -> None:
        by_name = {control.name: control for control in self.controls}
        for label, values in self.presets.items():
            for name, value in values.items():
                if name not in by_name:
                    known = ", ".join(by_name)
                    raise ValueError(f"preset {label!r}: no control {name!r}; there is {known}")
                if problem := by_name[name].problem(value):
                    raise ValueError(f"preset {label!r}: {name}: {problem}, got {value!r}")

    @property
    def panel(self) -> "Panel":
        """The live side, made when first asked for."""
        if self._panel is None:
            from annkit.show.moving.panel import Panel

            canvas = Canvas(*self._drawing)
            self._panel = Panel(canvas, self.controls, self.presets, self.prediction, self._ahead)
        return self._panel

    @property
    def twin(self) -> StillTwin:
        """The still side, made when first asked for."""
        if self._twin is None:
            canvas = Canvas(*self._drawing)
            self._twin = StillTwin(canvas, self.controls, self.presets, self.prediction, self.title)
        return self._twin

    def frames(self) -> dict[str, Frame]:
        """Return what the picture says at every preset."""
        return self.twin.frames

    def __repr__(self) -> str:
        """The still twin in words."""
        return repr(self.twin)

    def _ipython_display_(self) -> None:
        if not widgets_work():
            from IPython.display import HTML, display

            display(HTML(self.twin.html()))
            return
        Live(self.panel.box, self.twin.html(), repr(self))


def widgets_work() -> bool:
    """Say whether live widgets can be shown: ipywidgets is there and stills were not asked for."""
    if os.environ.get(STILL_SWITCH, "0") not in {"", "0"}:
        return False
    from importlib.util import find_spec

    return find_spec("ipywidgets") is not None


def explorer(
    setup: Setup,
    *,
    controls: Sequence[Control],
    presets: Mapping[str, Mapping[str, Value]] | None = None,
    prediction: Prediction | None = None,
    title: str = "",
    width: float = 7.6,
    height: float = 3.4,
    ahead: Callable[..., Iterator[object]] | None = None,
) -> Explorer:
    """Make an interactive picture that asks for a prediction first; see the module's example.

    Args:
        setup: called with an empty figure; draws everything once and returns `update`. That
            function gets the controls' values by name, changes the artists, and returns a
            `Frame` (or a string): what the picture says now. Artists that change in every frame
            are made with `animated=True`. What takes longer than a frame may is done in pieces:
            a `Frame` that `goes_on` shows a beginning, and `update` is called again.
        controls: `Slider`, `Choice` and `Toggle`.
        presets: label → values worth looking at; what is left out stays as at the start. They are
            also the pictures of the still twin.
        prediction: the question, its possible answers, and what to say to each.
        title: heading of the table of the still twin.
        width: inches; one inch is shown as 100 CSS pixels.
        height: inches.
        ahead: a generator, called with the controls' values when nothing has moved for a moment,
            to compute and keep what the next frames are likely to need; it yields after each
            piece, and is left there if something moves.

    Returns:
        The explorer: the last line of a cell shows it; a plain script prints its words.
    """
    made = Explorer(setup, controls, presets or {}, prediction, title, width, height, ahead)
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(made)
    return made
