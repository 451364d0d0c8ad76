"""What an interactive tells where nothing moves: a picture per preset, a table, and words.

Not here: the live side (`panel`).
"""

from collections.abc import Mapping, Sequence
from html import escape

from annkit.show.moving.canvas import Canvas
from annkit.show.moving.controls import Control, Frame, Prediction, Value
from annkit.show.picture import LEAST
from annkit.show.tables import Table

SIDE_BY_SIDE = "display:inline-block;vertical-align:top;width:48%;margin:0.4em 1% 0.4em 0"


class StillTwin:
    """The still side of an explorer.

    Args:
        canvas: draws the stills; nobody else may use it.
        controls: what can be set.
        presets: values by label; a preset names all controls.
        prediction: what is asked first, or None.
        title: heading of the table.
    """

    def __init__(
        self,
        canvas: Canvas,
        controls: Sequence[Control],
        presets: Mapping[str, Mapping[str, Value]],
        prediction: Prediction | None,
        title: str,
    ) -> None:
        self._canvas = canvas
        self._controls = controls
        self._presets = presets
        self._prediction = prediction
        self._title = title
        self.frames: dict[str, Frame] = {
            label: canvas.say(values) for label, values in presets.items()
        }

    def table(self) -> Table:
        """Return the presets with their settings and the numbers at each."""
        frames = self.frames.values()
        columns = list(dict.fromkeys(name for frame in frames for name in frame.numbers))
        rows = [
            [
                label,
                *(control.words(self._presets[label][control.name]) for control in self._controls),
                *(frame.numbers.get(column, "") for column in columns),
            ]
            for label, frame in self.frames.items()
        ]
        settings = [control.label for control in self._controls]
        return Table(rows, ["setting", *settings, *columns], self._title)

    def html(self) -> str:
        """Return the prediction with its answers, a picture per preset, and the table."""
        # No narrower than its picture may be: it stands alone before it is cut.
        least = LEAST * self._canvas.css_width
        pictures = "".join(
            self._canvas.still(values, label, self._title).html(
                f"{SIDE_BY_SIDE};min-width:{least:.0f}px"
            )
            for label, values in self._presets.items()
        )
        return f"<div>{self._asked_html()}{pictures}{self.table()._repr_html_()}</div>"

    def _asked_html(self) -> str:
        if self._prediction is None:
            return ""
        answers = "".join(
            f"<li><b>{escape(option)}</b>: {escape(answer)}</li>"
            for option, answer in self._prediction.outcomes.items()
        )
        rest = f"<p>{escape(self._prediction.answer)}</p>" if self._prediction.answer else ""
        return (
            f"<p><b>First, predict.</b> {escape(self._prediction.question)}</p>"
            f"<details><summary>What about your prediction?</summary><ul>{answers}</ul>{rest}"
            "</details>"
        )

    def __repr__(self) -> str:
        """The same in words."""
        lines = []
        if self._prediction is not None:
            lines.append(f"First, predict. {self._prediction.question}")
            lines += [f"  {option}?" for option in self._prediction.outcomes]
            lines.append("")
        lines.append(self._title)
        for label, frame in self.frames.items():
            settings = ", ".join(
                f"{control.label} {control.words(self._presets[label][control.name])}"
                for control in self._controls
            )
            lines.append(f"• {label} ({settings}): {frame.text}")
        if self._prediction is not None:
            lines += ["", "What about your prediction?"]
            lines += [f"  {option}: {said}" for option, said in self._prediction.outcomes.items()]
            lines += [f"  {self._prediction.answer}"] if self._prediction.answer else []
        return "\n".join(lines)
