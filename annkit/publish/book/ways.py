"""The buttons below a title: a chapter as a notebook to work in, and where one begins.

Not here: the addresses (`annkit.address`), the browser edition itself (`annkit.publish.browser`).
"""

from collections.abc import Iterable
from html import escape

from annkit.address import Repository, in_browser, notebook

_IN_BROWSER = "Work on it in the browser"


def ways(chapter: str, repository: Repository | None, *, has_browser_edition: bool) -> str:
    """The buttons below its title as HTML; what leads nowhere is left out.

    Args:
        chapter: the name of its folder.
        repository: where the course is published; None if it is not.
        has_browser_edition: whether the browser edition lies beside the pages.
    """
    links: list[tuple[str, str | None]] = []
    if has_browser_edition:
        links.append((_IN_BROWSER, f"../{in_browser(chapter)}"))
    if repository is not None:
        path = notebook(chapter)
        links += [("Binder", repository.binder(path)), ("Colab", repository.colab(path))]
    links.append(("Download the notebook", f"../notebooks/{chapter}.ipynb"))
    return _buttons(links)


def beginning(first: str, *, has_browser_edition: bool) -> str:
    """The buttons of the first page as HTML: to read its first chapter, and to work on it.

    Args:
        first: the name of that chapter's folder.
        has_browser_edition: see `ways`.
    """
    links: list[tuple[str, str | None]] = [("Begin to read", f"chapters/{first}.html")]
    if has_browser_edition:
        links.append((_IN_BROWSER, in_browser(first)))
    return _buttons(links)


def _buttons(links: Iterable[tuple[str, str | None]]) -> str:
    shown = "".join(f'<a href="{escape(to)}">{words}</a>' for words, to in links if to)
    return f'<p class="ways">{shown}</p>'
