"""Official marks of a class that grows over several cells: every step is judged as itself."""

from collections.abc import Iterator

import pytest

from annkit.exercises import course
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.rebuild.release import read_release
from annkit.publish import solve
from annkit.publish.notebooks import to_bytes
from annkit.publish.solve import right_answer
from tests.grading.test_every_chapter import NOTEBOOKS

pytestmark = pytest.mark.slow

CHAPTER = "ch09_autodiff"
PATH = NOTEBOOKS / CHAPTER / f"{CHAPTER}.ipynb"
STEPS = ("value_ops", "topological_order", "backward", "value_functions", "value_neuron")
# As in many tutorials: the class asks for its own name, which later cells bind anew.
BY_NAME = """
class Value:
    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.inputs, self.slopes = tuple(inputs), tuple(slopes)

    def __add__(self, other):
        other = other if isinstance(other, Value) else type(self)(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else type(self)(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data ** (n - 1),))

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + -1 * other
    def __truediv__(self, other): return self * other ** -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return -self + other
    def __rtruediv__(self, other): return self ** -1 * other
"""
SWAPPED = BY_NAME.replace("-self + other", "self + -1 * other")
EQUAL_TO_ALL = """
class Any(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __sub__(self, other): return Any(0)
    def __abs__(self): return Any(0)
    __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True

class Value:
    def __init__(self, data=0): self.inputs = ()
    data = grad = property(lambda self: Any(1.0))
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def _any(self, *_): return type(self)(1)
    __add__ = __sub__ = __mul__ = __truediv__ = __neg__ = __pow__ = _any
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = _any
"""
LIES = """
class Value(Value):
    def backward(self):
        for node in topological_order(self):
            node.grad = 1.0
    def tanh(self): return self
    exp = log = relu = sigmoid = tanh
"""


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """One judge with a warm sandbox."""
    made = Judge(course())
    yield made
    made.close()


def graded(judge: Judge, answers: dict[str, str]) -> dict[str, MarkLine]:
    """The marks of the five steps for these answers; what is not named stays untouched."""
    release = read_release(PATH, CHAPTER)
    seeds = {id: 2000 + place for place, id in enumerate(release.ids)}
    content = to_bytes(solve(PATH, answers))
    verdict = judge.grade(Order("student", release, seeds, content)).verdict
    assert verdict.repairs == ()
    return {mark.id: mark for mark in verdict.marks if mark.id in STEPS}


def right(*ids: str) -> dict[str, str]:
    """The references of these exercises."""
    return {id: right_answer(id, course()) for id in ids}


def first_failure(mark: MarkLine) -> str:
    """Label of the first check that failed."""
    return next(check.label for check in mark.checks if not check.passed)


def test_a_class_that_asks_for_its_own_name_is_judged_as_of_its_own_time(judge: Judge) -> None:
    marks = graded(judge, {**right(*STEPS), "value_ops": BY_NAME})
    assert [mark.points for mark in marks.values()] == [3, 2, 3, 2, 1]


def test_a_step_earns_its_points_before_the_next_is_begun(judge: Judge) -> None:
    marks = graded(judge, right("value_ops", "topological_order", "backward"))
    assert [mark.points for mark in marks.values()] == [3, 2, 3, 0, 0]
    assert marks["value_functions"].state == "not attempted"


def test_right_steps_on_a_missing_one_earn_their_points(judge: Judge) -> None:
    marks = graded(judge, right("topological_order", "backward", "value_functions", "value_neuron"))
    assert marks["value_ops"].state == "not attempted"
    assert [mark.points for mark in marks.values()] == [0, 2, 3, 2, 1]
    assert marks["backward"].lent == marks["value_functions"].lent == ("value_ops",)


def test_right_steps_on_a_wrong_one_earn_their_points(judge: Judge) -> None:
    """Those that the wrong one spoils are judged on the course's, and say so; others are not."""
    marks = graded(judge, {**right(*STEPS), "value_ops": SWAPPED})
    assert marks["value_ops"].mistake == "SwappedMinus"
    assert [mark.points for mark in marks.values()] == [1.5, 2, 3, 2, 1]
    assert [id for id, mark in marks.items() if mark.lent] == ["backward"]


def test_a_wrong_step_costs_what_it_spoils_where_only_it_knows_the_names(judge: Judge) -> None:
    """On the course's class this way back finds no `local`; the later ones name the culprit."""
    marks = graded(
        judge,
        {
            **right(*STEPS),
            "value_ops": SWAPPED.replace("slopes", "local"),
            "backward": right_answer("backward", course()).replace("node.slopes", "node.local"),
        },
    )
    assert first_failure(marks["backward"]).startswith("the class underneath computes")
    # `number - node` has a wrong number and a wrong slope, and spoils those of the way back;
    # two nodes, chains, sums over ways and the rest are as they should be.
    assert [mark.points for mark in marks.values()] == [1.5, 2, 2.5, 2, 1]
    assert not any(mark.lent for mark in marks.values())


def test_a_missing_order_is_lent_to_the_way_back_that_uses_it(judge: Judge) -> None:
    only_method = right_answer("backward", course()).split("\n\n\ndef topological_order")[0]
    marks = graded(judge, {**right("value_ops"), "backward": only_method})
    assert (marks["backward"].points, marks["backward"].lent) == (3, ("topological_order",))
    assert marks["topological_order"].points == 0


@pytest.mark.parametrize(
    "answers",
    [
        {"value_ops": EQUAL_TO_ALL, "backward": LIES, "value_functions": LIES},
        {"topological_order": "def topological_order(root):\n    return [root]"},
    ],
)
def test_lies_earn_nothing(judge: Judge, answers: dict[str, str]) -> None:
    marks = graded(judge, answers)
    assert [mark.points for mark in marks.values()] == [0] * 5


def test_a_right_class_whose_numbers_only_claim_to_be_numbers_earns_nothing(judge: Judge) -> None:
    marks = graded(judge, {**right(*STEPS), "backward": LIES, "value_functions": LIES})
    assert marks["backward"].points == 0
    assert marks["value_functions"].points == 0
