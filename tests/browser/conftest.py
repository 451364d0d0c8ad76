"""One Chromium and one JupyterLab for all browser tests, on a copy of the notebooks.

Both end with this package: Playwright keeps an event loop running that other tests would trip over.

Not here: whether there is a Chromium at all (tests/conftest.py).
"""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.lab import FAILED, SOON, Lab, keep_if_failed, new_page
from tests.browser.server import jupyterlab
from tests.conftest import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
# Chromium's sandbox needs rights that a container lacks, and there is no graphics processor; the
# rest keeps it off the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note whether a test failed, so that its page can be kept as a picture."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    expect.set_options(timeout=SOON)
    assert CHROMIUM, "the browser test needs Chromium (Debian, Ubuntu: apt install chromium)"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of notebooks/, the server's root, with nothing of a learner's in it."""
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(ROOT / "notebooks", folder, ignore=shutil.ignore_patterns("my_ann.py", ".*"))
    return folder


@pytest.fixture(scope="package")
def address(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that shows the copy."""
    with jupyterlab(notebooks, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="package")
def window(browser: Browser, address: str) -> Iterator[Lab]:
    """The page in which notebooks are opened: JupyterLab takes longer to start than any of them."""
    lab = new_page(browser, address)
    lab.start()
    yield lab
    lab.page.close()


@pytest.fixture
def lab(window: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """The page for a notebook that the test turns to; the last look is kept if it fails."""
    window.set_usual()
    yield window
    if not keep_if_failed(window, request):
        window.leave()
