"""The buttons below a chapter's title: the same chapter as a notebook to work in.

Not here: the addresses (`annkit.address`), the browser edition itself (`annkit.publish.browser`).
"""

from html import escape

from annkit.address import Repository, in_browser, notebook


def ways(chapter: str, repository: Repository | None, *, has_browser_edition: bool) -> str:
    """The buttons as HTML; what leads nowhere is left out.

    Args:
        chapter: the name of its folder.
        repository: where the course is published; None if it is not.
        has_browser_edition: whether the browser edition lies beside the pages.
    """
    links: list[tuple[str, str | None]] = []
    if has_browser_edition:
        links.append(("Work on it in the browser", f"../{in_browser(chapter)}"))
    if repository is not None:
        path = notebook(chapter)
        links += [("Binder", repository.binder(path)), ("Colab", repository.colab(path))]
    links.append(("Download the notebook", f"../notebooks/{chapter}.ipynb"))
    shown = "".join(f'<a href="{escape(to)}">{words}</a>' for words, to in links if to)
    return f'<p class="ways">{shown}</p>'
