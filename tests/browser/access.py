"""Whether all of a page is for everyone, as far as axe can tell.

Not here: keys (hands.py), and which pages.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What the course shows in a notebook; the rest of the page is JupyterLab's. A slider's handle has
# no name of its own; the number box beside it has one.
SHOWN = {"include": [".jp-Notebook .jp-OutputArea"], "exclude": [".noUi-handle"]}
CONTRAST = {"runOnly": ["color-contrast"]}
RUN = """([where, options]) => axe.run(where || document, {resultTypes: ["violations"], ...options})
    .then(found => found.violations)"""


def faults(page: Page, where: dict[str, Any] | None, options: dict[str, Any]) -> list[str]:
    """The rules that are broken, and by what.

    Args:
        page: a page.
        where: what of it, in axe's words; None: all of it.
        options: axe's.
    """
    if page.evaluate("!window.axe"):  # it stays until the page is left
        page.evaluate(Axe().axe_script)
    return [
        f"{fault['id']}: {fault['help']}: {node['target']} {node['html'][:200]}"
        for fault in page.evaluate(RUN, [where, options])
        for node in fault["nodes"]
    ]
