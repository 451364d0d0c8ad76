"""The widgets of an interactive: prediction, presets, controls, picture, words.

Nothing can be moved before a prediction is made. Changes that arrive faster than they can be drawn
are dropped, except for the newest.

Not here: the single widgets (`control_widgets`), what is drawn (`canvas`), and the side of an
interactive that needs no widgets (`still_twin`).
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from typing import Any

import ipywidgets as widgets

from annkit.show.moving.canvas import Canvas
from annkit.show.moving.control_widgets import (
    NATURAL_WIDTH,
    NamedImage,
    PageSide,
    control_widgets,
)
from annkit.show.moving.controls import Control, Frame, Prediction, Slider, Value
from annkit.show.picture import LEAST
from annkit.show.stylesheet import PICTURE
from annkit.show.tables import in_words

STILLNESS_SECONDS = 0.3  # nothing has moved for so long: time to look ahead
BREATH_SECONDS = 0.01  # between two pieces of what nobody waits for: time to hear of a move
COALESCE_SECONDS = 0.004  # waits this long for newer values that are already in the queue
ANYWHERE = "…"  # no preset
ROOM = 460  # pixels of height for controls and picture; words and prediction make it 640
ROW = 32  # pixels of a control
TALLEST = 330  # pixels of a picture
# A slider, whose arrow keys go on step by step; else whatever can be set first.
FIRST_CONTROL = [".noUi-handle", "select"]
TIGHT = "line-height:1.45;margin:0.2em 0"
WRAP = widgets.Layout(flex_flow="row wrap", align_items="center")


class Panel:
    """The live side of an explorer.

    Args:
        canvas: draws the frames.
        controls: what can be set.
        presets: values by label; a preset names all controls.
        prediction: what is asked first, or None.
        ahead: prepares what may be wanted next, a piece at a time; called with the values once
            nothing moves, and left when something moves again.
    """

    def __init__(
        self,
        canvas: Canvas,
        controls: Sequence[Control],
        presets: Mapping[str, Mapping[str, Value]],
        prediction: Prediction | None,
        ahead: Callable[..., Iterator[object]] | None = None,
    ) -> None:
        self._canvas = canvas
        self._ahead = ahead
        self._meanwhile: asyncio.Task[None] | None = None
        self._goes_on = False
        self._prediction = prediction
        self._due = False
        self._setting = False
        self.holders: dict[str, Any] = {}  # by name of the control, what carries its value
        self._presets = presets
        self.look_at = widgets.Dropdown(
            options=[ANYWHERE, *presets],
            description="Look at",
            style=NATURAL_WIDTH,
            layout=widgets.Layout(width="auto", max_width="18em"),
        )
        self.look_at.observe(self._on_preset, "value")
        rows = []
        for control in controls:
            holder, parts = control_widgets(control)
            self.holders[control.name] = holder
            if isinstance(control, Slider) and control.resets:
                back = {
                    other.name: other.start for other in controls if other.name in control.resets
                }
                holder.observe(partial(self._on_move, back), "value")
            holder.observe(self._on_change, "value")
            room = widgets.Layout(margin="0 1em 0 0", flex_flow="row wrap", max_width="100%")
            rows.append(widgets.HBox(parts, layout=room))
        # A layout of its own: it is hidden and shown.
        wrapped = widgets.Layout(flex_flow="row wrap", align_items="center")
        self.controls = widgets.HBox([self.look_at, *rows], layout=wrapped)
        self.image = NamedImage(
            format="jpeg",
            layout=widgets.Layout(
                width=f"{canvas.css_width:.0f}px",
                min_width=f"{LEAST * canvas.css_width:.0f}px",  # then it is moved sideways
                max_width="calc(100% - 4px)",  # its margins are ipywidgets'
                height="auto",
                max_height=f"{min(TALLEST, ROOM - ROW * len(controls))}px",
                object_fit="contain",
                object_position="left",
            ),
        )
        self.image.add_class(PICTURE)
        # On a narrow page the picture alone is moved; controls and words wrap.
        paper = widgets.Box([self.image], layout=widgets.Layout(display="block"))
        self.text = widgets.HTML()
        self.reply = widgets.HTML()
        self.asked = widgets.VBox(self._ask())
        self._page = PageSide()
        self.box = widgets.VBox(
            [self.asked, self.reply, self.controls, paper, self.text, self._page]
        )
        self._show_controls(prediction is None)
        self._show_the_whole()

    @property
    def values(self) -> dict[str, Value]:
        """Current values by name."""
        return {name: holder.value for name, holder in self.holders.items()}

    def set(self, values: Mapping[str, Value]) -> None:
        """Set some controls; the picture follows once."""
        self._setting = True
        for name, value in values.items():
            self.holders[name].value = value
        self._setting = False

    def commit(self, guess: str) -> None:
        """Take the learner's prediction, answer it, and free the controls."""
        prediction = self._prediction
        if prediction is None or not guess.strip():
            return
        own = prediction.outcomes.get(guess, "")
        others = "".join(
            f'<p style="{TIGHT}">To “{escape(option)}”: {escape(answer)}</p>'
            for option, answer in prediction.outcomes.items()
            if option != guess
        )
        # One line is enough now: what was asked, and what to say to it, wait inside.
        self.reply.value = (
            f'<details><summary style="cursor:pointer">You predict: <b>{escape(guess)}</b>. '
            f'Try it, then open this.</summary><p style="{TIGHT}">{escape(prediction.question)}</p>'
            f'<p style="{TIGHT}">{escape(own)} {escape(prediction.answer)}</p>{others}</details>'
        )
        self._show_controls(True)
        self._use_the_time()
        # The button that had the focus is gone; whoever works by keys goes on from here.
        self._page.send(FIRST_CONTROL)

    def draw(self) -> None:
        """Show the current values, as far as they are ready, and all of it if nothing moves."""
        self._due = False
        if running_loop() is None:
            self._show_the_whole()
        else:
            self._show()
            self._use_the_time()

    def _show_the_whole(self) -> None:
        self._show()
        if self._goes_on:
            with suppress(Exception):  # the picture will say it
                self._canvas.say(self.values)
            self._show()

    def _show(self) -> None:
        try:
            said, jpeg = self._canvas.frame(self.values)
        except Exception as error:
            # Nothing above would show it: an exception in a widget's message goes to a log.
            said = Frame(f"This setting could not be drawn: {type(error).__name__}: {error}")
        else:
            self.image.value = jpeg
            self.image.tooltip = said.text
        self._goes_on = said.goes_on
        numbers = " · ".join(
            f'<span style="white-space:nowrap">{escape(name)} <b>{escape(in_words(n))}</b></span>'
            for name, n in said.numbers.items()
        )
        lines = (f'<p style="{TIGHT}">{line}</p>' for line in (escape(said.text), numbers) if line)
        self.text.value = "".join(lines)

    def _on_preset(self, change: Mapping[str, Any]) -> None:
        if change["new"] != ANYWHERE:
            self.set(self._presets[change["new"]])

    def _on_move(self, back: Mapping[str, Value], _: object) -> None:
        if not self._setting:  # a preset says itself what the others are
            self.set(back)

    def _on_change(self, _: object) -> None:
        chosen = self._presets.get(self.look_at.value)
        if not self._setting and chosen is not None and chosen != self.values:
            self.look_at.value = ANYWHERE  # moved away from it; it can be chosen again
        if self._due:
            return
        if (loop := running_loop()) is None:
            self.draw()
            return
        self._due = True
        loop.call_later(COALESCE_SECONDS, self.draw)
        self._stop_what_runs_meanwhile()

    def _stop_what_runs_meanwhile(self) -> None:
        if self._meanwhile is not None:
            self._meanwhile.cancel()
            self._meanwhile = None

    def _use_the_time(self) -> None:
        """Until something moves: end the picture, then look ahead."""
        self._stop_what_runs_meanwhile()
        loop = running_loop()
        if loop is not None and (self._goes_on or self._ahead is not None):
            self._meanwhile = loop.create_task(self._while_nothing_moves())

    async def _while_nothing_moves(self) -> None:
        if self._goes_on:
            await asyncio.sleep(BREATH_SECONDS)
            with suppress(Exception):  # the picture will say it
                while self._canvas.step(self.values).goes_on:
                    await asyncio.sleep(BREATH_SECONDS)
            self._show()
        if self._ahead is not None:
            await asyncio.sleep(STILLNESS_SECONDS)
            for _ in self._ahead(**self.values):
                await asyncio.sleep(BREATH_SECONDS)

    def _show_controls(self, shown: bool) -> None:
        """Before a prediction there is nothing to move, and nothing that takes the focus."""
        # What is None never reaches the page from a kernel in the browser: it would stay hidden.
        self.controls.layout.display = "flex" if shown else "none"
        self.asked.layout.display = "none" if shown else "flex"

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


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop this is called in; None in a plain script, where nobody would call back."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
