"""The steps of a tape lead to what `backward` gives at once, and each adds what it says."""

from itertools import pairwise

import pytest

from annkit.lessons.autodiff.number import Node
from annkit.lessons.autodiff.tape import HASTY, OVERWRITES, push_forward, record


@pytest.fixture
def root():
    a, b = Node(3.0, name="a"), Node(-2.0, name="b")
    u = a * b
    return (u + a * a).tanh() * u + a


def test_the_last_step_has_the_gradients_of_backward(root):
    tape = record(root)
    assert root.grad == 0.0  # recording changes nothing
    root.backward()
    assert list(tape.steps[-1].values) == [node.data for node in tape.nodes]
    assert list(tape.steps[-1].grads) == pytest.approx([node.grad for node in tape.nodes])


def test_a_step_back_adds_slope_times_gradient(root):
    tape = record(root)
    back = [step for step in tape.steps if step.kind == "back"]
    assert len(back) == sum(len(node.inputs) for node in tape.nodes)
    for step in back:
        assert tape.sources[step.node][step.edge] == step.source
        assert step.share == pytest.approx(step.slope * (step.grads[step.node] or 0.0))
        assert step.grads[step.source] == pytest.approx(step.before + step.share)


def test_values_come_one_by_one_then_the_start_then_gradients(root):
    steps = record(root).steps
    kinds = [step.kind for step in steps]
    assert kinds == sorted(kinds, key=["ready", "forward", "start", "back"].index)
    known = [sum(value is not None for value in step.values) for step in steps]
    assert known[0] == 2
    assert all(after - before in (0, 1) for before, after in pairwise(known))
    start = steps[kinds.index("start")]
    assert start.grads[-1] == 1.0
    assert not any(start.grads[:-1])


def test_forward_mode_finds_the_same_for_every_leaf(root):
    tape = record(root)
    root.backward()
    for node in tape.nodes:
        assert push_forward(root, node) == pytest.approx(node.grad)


def test_an_engine_that_overwrites_keeps_the_last_share_only(root):
    steps = [step for step in record(root, OVERWRITES).steps if step.kind == "back"]
    assert all(step.grads[step.source] == step.share for step in steps)
    assert [step.overwrites for step in steps] == [True] * len(steps)
    assert steps[-1].grads != record(root).steps[-1].grads


def test_a_hasty_engine_hands_on_all_it_has_with_every_share():
    """u·u + u with u = a·a at 3: u hands 9, 18 and 19 on, and each time along two edges."""
    a = Node(3.0)
    u = a * a
    tape = record(u * u + u, HASTY)
    shares = [step.share for step in tape.steps if step.kind == "back" and step.source == 0]
    assert shares == [27, 27, 54, 54, 57, 57]
    assert tape.steps[-1].grads[0] == 276
