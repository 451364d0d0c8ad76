"""The exercises on the way back name a mistake by what it leaves in the graph, whatever the walk.

Each walk below is written as learners write it: recursive or with a list, through slopes or
through functions that pass back. Not here: the exercises' own wrong answers, which the self-check
runs (`test_exercises_of_the_course`).
"""

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest

from annkit.exercises import Exercise, course
from annkit.exercises.judging.judge import judge
from annkit.lessons.autodiff.closures import Closures
from annkit.lessons.autodiff.number import Number, in_order

# Whole exercises are judged, not a unit of code.
pytestmark = pytest.mark.slow

# Seconds of processor time: what ends at all takes less than one, all checks together.
BRISK = 1.5


def hand_on(node: Any) -> None:
    """Give every input its share."""
    if isinstance(node, Closures):
        node.pass_back()
        return
    for source, slope in zip(node.inputs, node.slopes, strict=True):
        source.grad += slope * node.grad


def to_all_then_on(node: Any) -> None:
    hand_on(node)
    for source in node.inputs:
        to_all_then_on(source)


def to_each_and_on(node: Any) -> None:
    for source, slope in zip(node.inputs, node.slopes, strict=True):
        source.grad += slope * node.grad
        to_each_and_on(source)


def from_a_list(place: int) -> Callable[[Any], None]:
    """Each node whenever it is reached; the next one is taken from one end of a list."""

    def walk(node: Any) -> None:
        waiting = [node]
        while waiting:
            one = waiting.pop(place)
            hand_on(one)
            waiting.extend(one.inputs)

    return walk


def met(root: Any, place: int) -> Iterator[Any]:
    """Every node once, as it is met."""
    seen, waiting = set(), [root]
    while waiting:
        node = waiting.pop(place)
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(node.inputs)


def as_met(place: int) -> Callable[[Any], None]:
    def walk(root: Any) -> None:
        for node in met(root, place):
            hand_on(node)

    return walk


def once_inside_each_other(root: Any) -> None:
    seen = set()

    def walk(node: Any) -> None:
        if node not in seen:
            seen.add(node)
            for source, slope in zip(node.inputs, node.slopes, strict=True):
                source.grad += slope * node.grad
                walk(source)

    walk(root)


def right(root: Any) -> None:
    for node in reversed(in_order(root)):
        hand_on(node)


def way_by_way(node: Any, share: float = 1.0) -> None:
    """Along every way by itself: right, and the root hears itself, too."""
    for source, slope in zip(node.inputs, node.slopes, strict=True):
        source.grad += slope * share
        way_by_way(source, slope * share)


def everywhere(root: Any) -> list[Any]:
    return in_order(root)


def leaves(root: Any) -> list[Any]:
    return [node for node in in_order(root) if not node.inputs]


def own_inputs(root: Any) -> list[Any]:
    return list(root.inputs)


def nowhere(root: Any) -> list[Any]:
    return []


def engine(base: type, walk: Callable[[Any], None], cleared: Callable[[Any], list[Any]]) -> type:
    def backward(self: Any) -> None:
        for node in cleared(self):
            node.grad = 0.0
        self.grad = 1.0
        walk(self)

    return type("Value", (base,), {"backward": backward})


@pytest.mark.parametrize(
    ("base", "walk", "cleared", "mistake"),
    [
        (Number, to_all_then_on, everywhere, "HandsOnAgain"),
        (Number, to_each_and_on, everywhere, "HandsOnAgain"),
        (Number, from_a_list(-1), everywhere, "HandsOnAgain"),
        (Number, from_a_list(0), everywhere, "HandsOnAgain"),
        (Closures, to_all_then_on, everywhere, "HandsOnAgain"),
        (Number, to_each_and_on, nowhere, "HandsOnAgain"),
        (Number, as_met(-1), everywhere, "HandsOnTooEarly"),
        (Number, as_met(0), everywhere, "HandsOnTooEarly"),
        (Closures, as_met(0), nowhere, "HandsOnTooEarly"),
        (Number, once_inside_each_other, everywhere, "HandsOnTooEarly"),
        (Number, right, nowhere, "NeverClears"),
        (Number, right, own_inputs, "NeverClears"),
        (Closures, right, nowhere, "NeverClears"),
        (Number, right, leaves, "ClearsLeavesOnly"),
        (Number, way_by_way, everywhere, "Recursive"),
    ],
)
def test_a_wrong_way_back_is_named_by_what_it_leaves(
    base: type,
    walk: Callable[[Any], None],
    cleared: Callable[[Any], list[Any]],
    mistake: str,
) -> None:
    task = copy(course().load("backward"))
    assert isinstance(task, Exercise)
    task.seconds = BRISK  # several of these ways have no end that anybody would see
    report = judge(task, engine(base, walk, cleared))
    assert report.mistake == mistake, report.message


def topological_order(root: Any) -> list[Any]:
    """A right order, and another one than that of the exercise's own answers."""
    return counted(root, tuple)


def without_a_start(self: Any) -> None:
    order = topological_order(self)
    for node in order:
        node.grad = 0.0
    for node in reversed(order):
        hand_on(node)


def from_the_leaves(self: Any) -> None:
    order = topological_order(self)
    for node in order:
        node.grad = 0.0
    self.grad = 1.0
    for node in order:
        hand_on(node)


@pytest.mark.parametrize(
    ("backward", "mistake"),
    [(without_a_start, "ForgetsTheStart"), (from_the_leaves, "InputsFirst")],
)
def test_a_mistake_is_named_whatever_order_the_nodes_were_put_in(
    backward: Callable[[Any], None], mistake: str
) -> None:
    answer = type("Value", (Number,), {"backward": backward})
    report = judge(course().load("backward"), answer)
    assert report.mistake == mistake, report.message


def without_a_loop(root: Any, order: list[Any] = [], seen: set[Any] = set()) -> list[Any]:  # noqa: B006
    if root not in seen:
        seen.add(root)
        for source in root.inputs:
            without_a_loop(source, order, seen)
        order.append(root)
    return order


def in_a_list_of_its_own(root: Any, order: list[Any] = []) -> list[Any]:  # noqa: B006
    waiting = [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done and node not in order:
            order.append(node)
        elif node not in order:
            waiting.append((node, True))
            waiting.extend((source, False) for source in node.inputs)
    return order


def counted(root: Any, taken_off: Callable[[tuple[Any, ...]], Any]) -> list[Any]:
    """Kahn's way from the root down."""
    users = dict.fromkeys(in_order(root), 0)
    for node in users:
        for source in node.inputs:
            users[source] += 1
    order, ready = [], [root]
    while ready:
        order.append(node := ready.pop())
        for source in taken_off(node.inputs):
            users[source] -= 1
            if users[source] == 0:
                ready.append(source)
    return order[::-1]


@pytest.mark.parametrize(
    ("walk", "mistake"),
    [
        (without_a_loop, "kept_from_the_last_call"),
        (in_a_list_of_its_own, "kept_from_the_last_call"),
        (lambda root: counted(root, set), "taken_off_once"),
        (lambda root: list(met(root, 0)), "written_when_met"),
        (lambda root: list(met(root, -1)), "written_when_met"),
        (lambda root: in_order(root)[::-1], "root_first"),
    ],
)
def test_a_wrong_order_is_named_by_what_it_is(
    walk: Callable[[Any], list[Any]], mistake: str
) -> None:
    report = judge(course().load("topological_order"), walk)
    assert report.mistake == mistake, report.message
