"""Answers draw and save pictures as in a notebook; what they leave behind is nobody's module."""

from typing import Any

import pytest

from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.session import Job, JobCell, Session
from annkit.grading.sandbox.tiers import Tier

pytestmark = pytest.mark.slow

CALL: dict[str, Any] = {"kind": "call", "args": {"tuple": []}, "kwargs": {"dict": []}}


def value_of(sandbox: Sandbox, source: str) -> Any:
    """What `f()` returns once this cell has run."""
    with Session(sandbox, Job((JobCell("0", source),), {"0": "f"})) as session:
        assert [outcome.error for outcome in session.outcomes] == [""]
        return session.transport("0")({**CALL, "seconds": 5.0})["value"]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "%matplotlib widget",
        "import matplotlib\nmatplotlib.use('TkAgg')",
        "plt.switch_backend('QtAgg')",
        "plt.savefig('picture.png')",
    ],
)
def test_whoever_draws_on_the_way_needs_no_screen(sandbox: Sandbox, asked: str) -> None:
    drawn = (
        f"import matplotlib.pyplot as plt\n{asked}\nplt.plot([1, 2])\nplt.show()\n"
        "def f():\n    figure, axes = plt.subplots()\n    return len(axes.plot([1, 2]))\n"
    )
    assert value_of(sandbox, drawn) == 1


def test_a_picture_in_memory_is_one(sandbox: Sandbox) -> None:
    saved = (
        "import io\nimport matplotlib.pyplot as plt\n"
        "def f():\n    file = io.BytesIO()\n    plt.plot([1, 2])\n    plt.savefig(file)\n"
        "    file.seek(0)\n    return plt.imread(file).ndim\n"
    )
    assert value_of(sandbox, saved) == 3


def test_what_a_submission_leaves_in_its_folder_is_no_module_of_the_next_parent() -> None:
    """In the one tier that keeps nobody from writing there; it may use it for itself."""
    planted = (
        "from pathlib import Path\nPath('numpy.py').write_text('raise SystemExit(1)')\n"
        "Path('mine.py').write_text('x = 3')\n"
        "def f():\n    import mine\n    return mine.x\n"
    )
    with Sandbox(Tier.LIMITS) as sandbox:
        assert value_of(sandbox, planted) == 3
        sandbox.close_parent()
        assert value_of(sandbox, "def f():\n    return int(np.abs(-1))\n") == 1
