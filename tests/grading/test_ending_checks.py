"""A teacher's own check that ends whatever judges it is named, and costs nobody else a mark.

So it is on this machine, on Dask's workers, in an appeal and while its author tries it.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from annkit.exercises import Catalogue, course
from annkit.exercises.judging.selfcheck import main
from annkit.exercises.tasks.edition import Edition
from annkit.grading import dask_pool
from annkit.grading.dask_pool import edition_files, grade_there
from annkit.grading.marking.digests import grader_digest
from annkit.grading.marking.official_judge import Graded, Order
from annkit.grading.pool import Pool
from annkit.grading.rebuild.release import read_release
from annkit.grading.sandbox.tiers import Tier
from annkit.publish import release as release_notebooks
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.publish.conftest import SMALL_COURSE
from tests.sampling import sampled

pytestmark = pytest.mark.slow

CHAPTER = "ch01_counting"
# What stands in the first line of a check, and what is said of it.
FAULTS = {
    "claims": (
        "from annkit.grading.sandbox.session import MachineFault\n"
        "    raise MachineFault('its process was killed')",
        "its process was killed",
    ),
    "closes": ("import os; os.close(0)", "closes standard input"),
    "deaf": (
        "import signal; signal.setitimer(signal.ITIMER_REAL, 0)\n    while True: pass",
        "no end",
    ),
    "forks": ("import os; os.fork()", "RuntimeError"),
    "quits": ("import os; os._exit(3)", "ends the program, with status 3"),
    "sound": ("pass", ""),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """A class's exercises, most of them the teacher's own."""
    folder = tmp_path_factory.mktemp("own")
    (folder / CHAPTER).mkdir()
    text = (SMALL_COURSE / CHAPTER / "scaled.py").read_text()
    for name, (line, _) in FAULTS.items():
        first = "    x = rng"
        assert first in text
        faulty = text.replace(first, f"    {line}\n{first}", 1).replace("scaled", name)
        (folder / CHAPTER / f"{name}.py").write_text(faulty)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNKIT_COURSE", str(SMALL_COURSE))
        course.cache_clear()
        yield Catalogue(SMALL_COURSE, Edition(own=folder))
    course.cache_clear()


@pytest.fixture(scope="module")
def order(own: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Order:
    """Right answers to all of them, of somebody who would be blamed for a fault of the machine."""
    path = tmp_path_factory.mktemp("released") / f"{CHAPTER}.ipynb"
    path.write_bytes(release_notebooks(own)[Path(CHAPTER) / path.name])
    release = read_release(path, CHAPTER)
    content = to_bytes(solve(read_notebook(path), catalogue=own))
    return Order("ada", release, dict.fromkeys(release.ids, 7), content, key="ada", blames=True)


def here(own: Catalogue, order: Order) -> Graded:
    """What this machine's workers make of it."""
    with Pool(1, own, Tier.LIMITS, own_seconds=1.0) as workers:
        ((_, graded),) = workers.run([order])
    return graded


def there(own: Catalogue, order: Order) -> Graded:
    """What a Dask worker makes of it, which goes on."""
    ids = tuple(order.release.ids)
    version = grader_digest(tuple(map(own.path, ids)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dask_pool, "Pool", partial(Pool, own_seconds=1.0))
        return grade_there(order, "limits", ids, version, edition_files(own.edition))


@pytest.mark.parametrize("judged", sampled([here, there], 1))
def test_it_is_named_and_the_others_are_judged(
    own: Catalogue, order: Order, judged: Callable[[Catalogue, Order], Graded]
) -> None:
    marks = {mark.id: mark for mark in judged(own, order).verdict.marks}
    for name, (_, words) in FAULTS.items():
        mark = marks.pop(name)
        if words:
            assert (mark.state, mark.points) == ("machine fault", None)
            assert re.search(rf"{name}\.py:.*{words}", mark.words)
        else:
            assert (mark.state, mark.points) == ("graded", 2.0)
    assert marks["scaled"].points == 2.0
    assert not any(mark.state == "machine fault" for mark in marks.values())


def test_its_author_is_told(
    own: Catalogue, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annkit.exercises.judging.selfcheck._OWN_SECONDS", 1.0)
    for name, (_, words) in FAULTS.items():
        assert main([str(own.path(name))]) == bool(words)
        told = capfd.readouterr().out
        assert told.startswith("FAIL" if words else "ok")
        assert f"{name}.py" in told
        assert words in told
