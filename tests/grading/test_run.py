"""What comes to harm beside others is judged once more, alone, before it is filed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from annkit.exercises import Catalogue
from annkit.grading.marking.official_judge import Graded, Order, unjudged, without_cells
from annkit.grading.marking.verdict import CheckLine
from annkit.grading.pool import Pool
from annkit.grading.rebuild.release import Release
from annkit.grading.run import judged_fairly
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import CRASHED, GRADED, MACHINE_FAULT, TIMED_OUT


class CrowdedPool(Pool):
    """A pool in which time is short whenever more than one order is worked on."""

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        """Give verdicts that depend on how many orders there are."""
        together = list(orders)
        self.rounds.append([order.student for order in together])
        for order in together:
            is_hit = len(together) > 1 or "always" in order.student
            if is_hit and order.student.startswith("killed"):
                yield order, unjudged(self._catalogue, order, "its process was killed")
                continue
            slow = order.student == "endless" or (order.student != "quick" and len(together) > 1)
            state = TIMED_OUT if slow and order.student != "partly" else GRADED
            graded = without_cells(self._catalogue, order, state, "")
            if slow and order.student == "partly":
                graded = with_an_interrupted_check(graded)
            yield order, graded

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(2, catalogue, Tier.LIMITS)
        self.rounds: list[list[str]] = []


def with_an_interrupted_check(graded: Graded) -> Graded:
    """The same, but one check of a mark that has points ran out of time."""
    first, *others = graded.verdict.marks
    lines = (CheckLine("one", True, 1, 1), CheckLine("two", False, 0, 1, "ran out of time"))
    mark = replace(first, points=1, checks=lines)
    return replace(graded, verdict=replace(graded.verdict, marks=(mark, *others)))


@pytest.fixture
def crowded(small_course: Catalogue) -> CrowdedPool:
    return CrowdedPool(small_course)


def order(student: str, release: Release) -> Order:
    return Order(student, release, {}, None, key=student)


def test_the_second_verdict_counts(crowded: CrowdedPool, release: Release) -> None:
    orders = [order(student, release) for student in ("slow", "quick", "partly", "endless")]
    done = [(one.student, graded.verdict) for one, graded in judged_fairly(crowded, orders)]
    assert crowded.rounds == [
        ["slow", "quick", "partly", "endless"],
        ["slow"],
        ["partly"],
        ["endless"],
    ]
    states = [(student, verdict.state, verdict.is_second) for student, verdict in done]
    assert states == [
        ("quick", GRADED, False),
        ("slow", GRADED, True),
        ("partly", GRADED, True),
        ("endless", TIMED_OUT, True),
    ]
    assert not done[2][1].ran_out_of_time


def test_without_trouble_nothing_is_done_twice(crowded: CrowdedPool, release: Release) -> None:
    ((_, graded),) = judged_fairly(crowded, [order("quick", release)])
    assert crowded.rounds == [["quick"]]
    assert not graded.verdict.is_second


def test_a_fault_of_the_machine_is_no_mark_until_a_second_run_meets_it_as_well(
    crowded: CrowdedPool, release: Release
) -> None:
    names = ("killed", "killed always", "killed always, again", "quick")
    orders = [replace(order(name, release), faults=int(name.endswith("again"))) for name in names]
    done = {one.student: graded.verdict for one, graded in judged_fairly(crowded, orders)}
    states = {student: verdict.state for student, verdict in done.items()}
    assert states == {
        "quick": GRADED,
        "killed": GRADED,
        "killed always": MACHINE_FAULT,
        "killed always, again": CRASHED,
    }
    assert {mark.points for mark in done["killed always"].marks} == {None}
    assert {mark.points for mark in done["killed always, again"].marks} == {0.0}
    assert "two runs" in done["killed always, again"].marks[0].words
