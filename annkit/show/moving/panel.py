"""The widgets of an interactive: prediction, presets, controls, picture, words.

Nothing can be moved before a prediction is made. Changes that arrive faster than they can be drawn
are dropped, except for the newest.

Not here: the single widgets (`control_widgets`), what is drawn (`canvas`), and the side of an
interactive that needs no widgets (`still_twin`).
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets

from annkit.show.moving.canvas import Canvas
from annkit.show.moving.control_widgets import NATURAL_WIDTH, NamedImage, control_widgets, label_of
from annkit.show.moving.controls import Control, Frame, Prediction, Value
from annkit.show.tables import Table

STILLNESS_SECONDS = 0.3  # nothing has moved for so long: time to look ahead
COALESCE_SECONDS = 0.004  # waits this long for newer values that are already in the queue
TIGHT = "line-height:1.45;margin:0.2em 0"
WRAP = widgets.Layout(flex_flow="row wrap", align_items="center")


class Panel:
    """The live side of an explorer.

    Args:
        canvas: draws the frames.
        controls: what can be set.
        presets: values by label; a preset names all controls.
        prediction: what is asked first, or None.
        ahead: prepares what may be wanted next; called with the values once nothing moves.
    """

    def __init__(
        self,
        canvas: Canvas,
        controls: Sequence[Control],
        presets: Mapping[str, Mapping[str, Value]],
        prediction: Prediction | None,
        ahead: Callable[..., object] | None = None,
    ) -> None:
        self._canvas = canvas
        self._ahead = ahead
        self._rest: asyncio.TimerHandle | None = None
        self._prediction = prediction
        self._due = False
        self.holders: dict[str, Any] = {}  # by name of the control, what carries its value
        rows = []
        label_width = 0.56 * max((len(label_of(control)) for control in controls), default=0)
        for control in controls:
            holder, parts = control_widgets(control, round(label_width, 1))
            self.holders[control.name] = holder
            holder.observe(self._on_change, "value")
            rows.append(widgets.HBox(parts, layout=WRAP))
        buttons = []
        for label, values in presets.items():
            button = widgets.Button(description=label, layout=widgets.Layout(width="auto"))
            button.on_click(lambda _, values=values: self.set(values))
            buttons.append(button)
        self._locked = [*buttons, *(part for row in rows for part in row.children)]
        width = f"{canvas.fig.get_figwidth() * 100:.0f}px"
        self.image = NamedImage(
            format="jpeg", layout=widgets.Layout(width=width, max_width="100%", height="auto")
        )
        self.text = widgets.HTML()
        self.reply = widgets.HTML()
        self._asked = self._ask()
        asked = [widgets.VBox(self._asked), self.reply] if prediction else []
        self.box = widgets.VBox(
            [
                *asked,
                widgets.HBox([widgets.Label("Look at"), *buttons], layout=WRAP),
                *rows,
                self.image,
                self.text,
            ]
        )
        self._lock_controls(prediction is not None)
        self.draw()

    @property
    def values(self) -> dict[str, Value]:
        """Current values by name."""
        return {name: holder.value for name, holder in self.holders.items()}

    def set(self, values: Mapping[str, Value]) -> None:
        """Set some controls; the picture follows once."""
        for name, value in values.items():
            self.holders[name].value = value

    def commit(self, guess: str) -> None:
        """Take the learner's prediction, answer it, and free the controls."""
        prediction = self._prediction
        if prediction is None or not guess.strip():
            return
        for widget in self._asked[1:]:
            for part in widget.children:
                part.disabled = True
        self._lock_controls(False)
        own = prediction.outcomes.get(guess, "")
        others = "".join(
            f'<p style="{TIGHT}">To “{escape(option)}”: {escape(answer)}</p>'
            for option, answer in prediction.outcomes.items()
            if option != guess
        )
        self.reply.value = (
            f'<p style="{TIGHT}">You predict: <b>{escape(guess)}</b>. Now try it.</p>'
            "<details><summary>When you have seen enough: what about your prediction?</summary>"
            f'<p style="{TIGHT}">{escape(own)} {escape(prediction.answer)}</p>{others}</details>'
        )

    def draw(self) -> None:
        """Show the current values."""
        self._due = False
        try:
            said, jpeg = self._canvas.frame(self.values)
        except Exception as error:
            # Nothing above would show it: an exception in a widget's message goes to a log.
            said = Frame(f"This setting could not be drawn: {type(error).__name__}: {error}")
        else:
            self.image.value = jpeg
            self.image.tooltip = said.text
        numbers = ""
        if said.numbers:
            numbers = Table([list(said.numbers.values())], list(said.numbers))._repr_html_()
        self.text.value = f'<p style="{TIGHT}">{escape(said.text)}</p>{numbers}'

    def _on_change(self, _: object) -> None:
        if self._due:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a plain script: nobody would call back
            self.draw()
            return
        self._due = True
        loop.call_later(COALESCE_SECONDS, self.draw)
        if self._rest is not None:
            self._rest.cancel()
        self._rest = loop.call_later(STILLNESS_SECONDS, self._look_ahead)

    def _look_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead(**self.values)

    def _lock_controls(self, locked: bool) -> None:
        for widget in self._locked:
            widget.disabled = locked

    def _ask(self) -> list[Any]:
        prediction = self._prediction
        if prediction is None:
            return []
        question = widgets.HTML(
            f'<p style="{TIGHT}"><b>First, predict.</b> {escape(prediction.question)}</p>'
        )
        parts: list[Any] = []
        for option in prediction.outcomes:
            button = widgets.Button(description=option, layout=widgets.Layout(width="auto"))
            button.on_click(lambda _, option=option: self.commit(option))
            parts.append(button)
        if not parts:
            typed = widgets.Text(description="Your prediction", style=NATURAL_WIDTH)
            button = widgets.Button(description="Commit")
            button.on_click(lambda _: self.commit(typed.value))
            parts = [typed, button]
        return [question, widgets.HBox(parts, layout=WRAP)]
