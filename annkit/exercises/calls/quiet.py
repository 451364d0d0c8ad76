"""Keeping an answer's own output out of the card.

While an answer is called, what it prints is kept (the beginning of it), rich displays are held
back, and figures it opened are closed again.

Not here: deciding what to say about it (`judge`).
"""

import io
import sys
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from typing import Any

MAX_PRINTED = 2_000


class _Beginning(io.TextIOBase):
    """A text stream that remembers the first characters and counts no more."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        if len(self.text) < MAX_PRINTED:
            self.text += text[: MAX_PRINTED - len(self.text)]
        return len(text)

    def writable(self) -> bool:
        return True


class Quiet:
    """A context in which printing and displaying do not reach the notebook."""

    def __enter__(self) -> "Quiet":
        """Redirect standard output and error, hold back displays, remember open figures."""
        self._stream = _Beginning()
        self._stack = ExitStack()
        self._stack.enter_context(redirect_stdout(self._stream))
        self._stack.enter_context(redirect_stderr(self._stream))
        self._figures = _open_figures()
        self._shell = _shell()
        if self._shell is not None:
            self._publisher = self._shell.display_pub
            self._shell.display_pub = _Silent()
        return self

    def __exit__(self, *reason: object) -> None:
        """Put everything back."""
        if self._shell is not None:
            self._shell.display_pub = self._publisher
        for number in _open_figures() - self._figures:
            sys.modules["matplotlib.pyplot"].close(number)
        self._stack.close()

    @property
    def text(self) -> str:
        """The beginning of what was printed."""
        return self._stream.text


class _Silent:
    """A display publisher that publishes nothing."""

    is_publishing = False

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Drop the display."""

    def clear_output(self, wait: bool = False) -> None:
        """Leave the card alone."""


def _shell() -> Any:
    """The running IPython shell, or None; IPython is never imported for this."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set() if pyplot is None else set(pyplot.get_fignums())
