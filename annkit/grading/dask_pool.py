"""The same work on Dask workers, given a scheduler's address: for classes of several machines.

Notebooks and seeds travel to the workers, verdicts travel back; the gradebook, the ledger and the
course's secret stay here. There a process of its own judges, as on this machine, so that no check
of a teacher's own ends a Dask worker. Dask unpickles what comes back, so workers are trusted like
this machine; and its scheduler trusts whoever reaches it: between machines use `tls://` with
certificates in Dask's own configuration.

Not here: workers on this machine (`pool`), the work (`marking.official_judge`).
"""

import atexit
import multiprocessing
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue, course
from annkit.exercises.tasks.edition import FILE_NAME, Edition, read_edition
from annkit.files import write
from annkit.grading.intake.own_exercises import faults
from annkit.grading.marking.digests import grader_digest
from annkit.grading.marking.follow_through import deciding
from annkit.grading.marking.official_judge import Graded, Order, unjudged
from annkit.grading.pool import Pool, WorkerError
from annkit.grading.sandbox.home import Home
from annkit.grading.sandbox.tiers import Tier

_CONNECT_SECONDS = 30
# Orders under way for each worker's thread: one in work, one to go on with.
_AHEAD = 2

_judging: tuple[Catalogue, Tier, Pool] | None = None
_one_at_a_time = threading.Lock()


class DaskPool:
    """Workers behind a Dask scheduler; a context manager, like `pool.Pool`.

    Args:
        address: of the scheduler, like "tls://grader.example:8786".
        catalogue: the exercises, to say what cannot be graded.
        tier: of the sandboxes.
    """

    def __init__(self, address: str, catalogue: Catalogue, tier: Tier) -> None:
        """Read what the class has of the course; nothing is connected yet."""
        self._address = address
        self._catalogue = catalogue
        self._tier = tier
        self._chosen = edition_files(catalogue.edition)
        self._client: Any = None

    def __enter__(self) -> "DaskPool":
        """Connect.

        Raises:
            WorkerError: there is no scheduler, or no Dask here.
        """
        try:
            from distributed import Client
        except ImportError:
            raise WorkerError("--dask needs the package distributed: annkit[cluster]") from None
        try:
            self._client = Client(self._address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise WorkerError(f"no Dask scheduler at {self._address}: {error}") from None
        return self

    def __exit__(self, *reason: object) -> None:
        """Disconnect; what is not done yet is given up."""
        self._client.close()

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        """Grade orders; they come back in any order, each with its verdict.

        Raises:
            WorkerError: a worker has no sandbox, or another version of the grader.
        """
        from distributed import KilledWorker, as_completed

        threads = sum(self._client.nthreads().values())
        if not threads:
            raise WorkerError(f"the Dask scheduler at {self._address} has no workers")
        waiting = iter(orders)
        under_way = as_completed(loop=self._client.loop)
        orders_of: dict[str, Order] = {}
        while True:
            for order in islice(waiting, max(0, _AHEAD * threads - len(orders_of))):
                future = self._submit(order)
                orders_of[future.key] = order
                under_way.add(future)
            if not orders_of:
                return
            future = next(under_way)
            order = orders_of.pop(future.key)
            try:
                graded = future.result()
            except KilledWorker:
                graded = unjudged(self._catalogue, order, "the workers that had it died")
            except Exception as error:
                raise WorkerError(f"Dask's worker: {error or repr(error)}") from None
            yield order, graded

    def _submit(self, order: Order) -> Any:
        """Send an order, and which grader it is meant for."""
        ids = tuple(deciding(self._catalogue, order.release, order.content or b""))
        version = grader_digest(tuple(map(self._catalogue.path, ids)))
        sent = (order, self._tier.value, ids, version, self._chosen)
        return self._client.submit(grade_there, *sent, pure=False)


class VersionError(Exception):
    """A worker would judge differently: its exercises or its grader are others."""


EditionFiles = tuple[tuple[str, bytes], ...]


def edition_files(edition: Edition) -> EditionFiles:
    """What a class has of the course, with the teacher's own: (name in a folder, content)."""
    if edition == Edition():
        return ()
    own = (
        (f"{file.parent.name}/{file.name}", file.read_bytes()) for file in _files_of_own(edition)
    )
    return ((FILE_NAME, edition.to_bytes()), *own)


def _files_of_own(edition: Edition) -> list[Path]:
    return [file for folder in edition.own_folders() for file in sorted(folder.glob("*.py"))]


@cache
def catalogue_there(chosen: EditionFiles) -> Catalogue:
    """The exercises on a worker as the class has them, in a folder of this process.

    What the teacher's own need may be missing here: that costs only those.
    """
    if not chosen:
        return course()
    place = Home()
    for name, content in chosen:
        write(place.path / name, content, mode=0o600)
    atexit.register(place.close)
    edition = read_edition(place.path)
    taken = Catalogue(course().root, edition)
    found = faults(taken, _files_of_own(edition))
    faulty = {id: fault.words for id, fault in found if id}
    return Catalogue(course().root, replace(edition, faulty={**edition.faulty, **faulty}))


def grade_there(
    order: Order, tier: str, ids: tuple[str, ...], version: str, chosen: EditionFiles = ()
) -> Graded:
    """What runs on a Dask worker: a process beside it judges, as long as all is as it was.

    Args:
        order: what to grade.
        tier: of the sandbox.
        ids: the exercises that decide its marks.
        version: digest of them and of the grader, as the order was made with.
        chosen: what the class has of the course.

    Raises:
        VersionError: this worker has others.
        WorkerError: this worker has no such sandbox.
    """
    global _judging
    with _one_at_a_time:
        # As a helper's own child a worker of Dask's may have none itself; these end with it.
        multiprocessing.current_process().daemon = False
        catalogue = catalogue_there(chosen)
        if grader_digest(tuple(map(catalogue.path, ids))) != version:
            raise VersionError("it has another version of annkit or of the exercises")
        if _judging is not None and _judging[:2] != (catalogue, Tier(tier)):
            *_, earlier = _judging
            _judging = None
            earlier.close()
        if _judging is None:
            _judging = catalogue, Tier(tier), Pool(1, catalogue, Tier(tier))
        *_, pool = _judging
        ((_, graded),) = pool.run([order])
        return graded
