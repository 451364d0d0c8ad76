"""What a submission names is loaded when it comes; what it does not name it does not wait for."""

from collections.abc import Iterator
from typing import Any

import pytest

from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.session import Job, JobCell, Session
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.sandbox.untrusted.packages import named_in
from tests.grading.conftest import TIERS

CALL: dict[str, Any] = {"kind": "call", "args": {"tuple": []}, "kwargs": {"dict": []}}
# A cell that asks which of the packages are in memory before it has loaded any.
LOADED = (
    "import sys\n"
    "before = [name for name in ('matp' 'lotlib', 'sym' 'py', 'ipywid' 'gets') "
    "if name in sys.modules]\n"
    "def f():\n    return before\n"
)


@pytest.fixture(scope="module", params=TIERS, ids=lambda tier: tier.value)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox in every tier this machine has."""
    with Sandbox(request.param) as made:
        yield made


def value_of(sandbox: Sandbox, *sources: str) -> Any:
    """What `f()` returns once these cells have run."""
    cells = tuple(JobCell(str(place), source) for place, source in enumerate(sources))
    with Session(sandbox, Job(cells, {cells[-1].key: "f"})) as session:
        assert [outcome.error for outcome in session.outcomes] == [""] * len(cells)
        return session.transport(cells[-1].key)({**CALL, "seconds": 5.0})["value"]


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("import numpy as np\nplt = 1", []),
        ("import sympy as sp", ["formulas"]),
        ("import matplotlib.pyplot as plt", ["drawing"]),
        ("%pylab inline", ["drawing"]),
        ("from annkit import check, show", []),
        ("from annkit import show\nshow.curves(f)", ["drawing"]),
        ("from ipywidgets import interact\nfrom sympy import *", ["formulas", "widgets"]),
    ],
)
def test_what_cells_name(source: str, named: list[str]) -> None:
    assert named_in(["x = 1", source]) == named


@pytest.mark.slow
def test_what_is_named_is_there_before_the_first_cell_and_stays() -> None:
    with Sandbox(TIERS[0]) as sandbox:
        assert value_of(sandbox, LOADED) == []
        assert value_of(sandbox, LOADED, f"{LOADED}# sympy") == ["sympy"]
        assert value_of(sandbox, LOADED, f"{LOADED}# pyplot") == ["matplotlib", "sympy"]
        assert value_of(sandbox, LOADED) == ["matplotlib", "sympy"]


@pytest.mark.slow
def test_a_hidden_name_is_loaded_all_the_same(sandbox: Sandbox) -> None:
    hidden = "def f():\n    return __import__('sym' 'py').Integer(3) * 14 == 42\n"
    assert value_of(sandbox, hidden) is True


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_a_submission_leaves_in_its_folder_is_no_package_of_the_next() -> None:
    planted = "def f():\n    return open('sym' 'py.py', 'w').write('is_planted = True')\n"
    next_one = "import sympy\ndef f():\n    return hasattr(sympy, 'is_planted')\n"
    with Sandbox(Tier.LIMITS) as sandbox:  # the one that keeps nobody from writing there
        assert value_of(sandbox, planted) == 17
        assert value_of(sandbox, next_one) is False
        sandbox.close_parent()
        assert value_of(sandbox, next_one) is False
