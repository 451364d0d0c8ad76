"""The table of contents at the top of a chapter: what there is to do, and what is done.

Not here: the map of the whole course (`progress_map`), where the states come from
(`annkit.exercises.overview`).
"""

from html import escape

from annkit.show.cards.progress_map import BOX, ChapterState, linked


class Contents:
    """A chapter's exercises with their states, and the ways to its neighbours.

    Args:
        chapter: the chapter.
        before: the chapter before it, if there is one.
        after: the chapter after it, if there is one.
        due: how many things from earlier are due today.
    """

    def __init__(
        self,
        chapter: ChapterState,
        before: ChapterState | None,
        after: ChapterState | None,
        due: int = 0,
    ) -> None:
        """Keep them all."""
        self.chapter = chapter
        self.due = ""
        if due:
            count = "There is one thing" if due == 1 else f"There are {due} things"
            self.due = f"{count} to recall from earlier, if you like: run today()."
        self.ways = [("← ", before, ""), ("", after, " →")]

    def html(self) -> str:
        """Return it as one `<div>`."""
        ways = " &nbsp;·&nbsp; ".join(
            linked(f"{left}{one.title}{right}", one.href) for left, one, right in self.ways if one
        )
        head = f'<p style="margin:0.2em 0"><b>In this chapter</b> &nbsp;{escape(self._words)}</p>'
        due = f'<p style="margin:0.35em 0">{escape(self.due)}</p>' if self.due else ""
        return (
            f'<div style="{BOX}">{head}{self.chapter.chips()}{due}'
            f'<p style="margin:0.35em 0 0.2em 0;font-size:90%">{ways}</p></div>'
        )

    def plain(self) -> str:
        """Return it as plain text."""
        ways = "   ".join(f"{left}{one.title}{right}" for left, one, right in self.ways if one)
        due = [self.due] if self.due else []
        head = f"In this chapter: {self._words}"
        return "\n".join([head, *self.chapter.chips_plain(), *due, ways])

    @property
    def _words(self) -> str:
        return f"✓ {self.chapter.words}" if self.chapter.is_complete else self.chapter.words

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": self.plain(), "text/html": self.html()}

    def __repr__(self) -> str:
        """The plain text."""
        return self.plain()
