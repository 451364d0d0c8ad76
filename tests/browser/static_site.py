"""A folder of files as a website: served on loopback, and seen by pages that reach nobody else.

Not here: JupyterLab's own server (server.py).
"""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Route


class _Files(SimpleHTTPRequestHandler):
    # What Python's own list lacks, or takes from the machine.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output short."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that is left in the midst of loading is no error."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yields the address, with a slash at its end."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def alone(browser: Browser, address: str, **options: Any) -> tuple[BrowserContext, list[str]]:
    """A browser's profile that reaches one address only, and the list of what it was refused.

    Args:
        browser: Chromium.
        address: the site's.
        **options: of the profile.
    """
    context = browser.new_context(**options)
    refused: list[str] = []

    def decide(route: Route) -> None:
        url = route.request.url
        if url.startswith((address, "blob:", "data:")):
            route.continue_()
        else:
            refused.append(url)
            route.abort()

    context.route("**/*", decide)
    return context, refused
