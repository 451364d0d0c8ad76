"""A widget with a still twin: the one while its kernel lives, the other at all other times.

A saved notebook keeps the place of a widget, not the widget. So the twin is an output of its own,
right below: hidden while the widget lives, and shown when it does not, the next day or after a
restart. Without trust the twin is all there is.

Not here: the widgets, and what their twins say.
"""

from html import escape
from typing import Any

from annkit.show.stylesheet import LIVE, STYLESHEET, TWIN


class Live:
    """What is on the screen: a widget, and its twin, which can be changed.

    Args:
        widget: any widget of ipywidgets, or an anywidget.
        still: HTML that says the same without moving.
        words: the same as plain text.
        wake: what makes it move again.
    """

    def __init__(
        self, widget: Any, still: str, words: str, wake: str = "Run this cell to make it move."
    ) -> None:
        from IPython.display import display

        self._wake = wake
        widget.add_class(LIVE)
        view = widget._repr_mimebundle_()
        live = view[0] if isinstance(view, tuple) else view  # an anywidget adds metadata
        display({**live, "text/plain": ""}, raw=True)
        self._handle = display(self._twin(still, words), raw=True, display_id=True)

    def change_twin(self, still: str, words: str) -> None:
        """Let the twin say something else, in the saved notebook too."""
        self._handle.update(self._twin(still, words), raw=True)

    def _twin(self, still: str, words: str) -> dict[str, str]:
        wake = f'<p style="margin:0.35em 0"><em>{escape(self._wake)}</em></p>'
        html = f'{STYLESHEET}<div class="{TWIN}">{still}{wake}</div>'
        return {"text/html": html, "text/plain": words}
