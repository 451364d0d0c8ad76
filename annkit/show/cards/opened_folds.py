"""A kernel hears which parts of its cards are opened, as long as it lives.

One listener, which is not seen, hears of every card on the page. Where widgets do not live, as in a
notebook of yesterday, parts open all the same, and nobody hears of it.

Not here: what a fold is (`card`), what is written down of it (`annkit.exercises.opened_hints`).
"""

from collections.abc import Callable

import anywidget


class OpenedFolds(anywidget.AnyWidget):
    """Calls a function with `told_as` of each fold that is opened.

    It listens from the moment it is made; it is never shown.

    Args:
        hear: the function.
    """

    _esm = """
    function initialize({ model }) {
      const onToggle = ({ target }) => {
        const fold = target.open && target.dataset?.annkitFold;
        if (fold) model.send(fold);
      };
      document.addEventListener("toggle", onToggle, true);  // a toggle does not bubble
      return () => document.removeEventListener("toggle", onToggle, true);
    }
    export default { initialize };
    """

    def __init__(self, hear: Callable[[str], object]) -> None:
        super().__init__()
        self.on_msg(lambda _, fold, __: hear(fold) if isinstance(fold, str) else None)
