"""The cards of all exercises keep what a card promises, whatever the answer.

Known wrong answers, the untouched stub, and right answers whose result is spoilt: each card has at
most three sentences before the next step, says nothing twice, shows a case one can paste, and
shows numbers with the digit in which they differ.
"""

import ast
import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import sympy as sp

from annkit.exercises import Answer, Call, Exercise, Report, course, judge
from annkit.exercises.calls.answer import here, read_reply, rng_of_check
from annkit.exercises.calls.wire import decode, encode
from annkit.exercises.cards.case import case_text
from annkit.exercises.cards.report import MAX_SENTENCES, report_card
from annkit.exercises.judging.diagnose import same_value
from annkit.exercises.judging.selfcheck import stub_of
from annkit.exercises.tasks.compare import RETURN_MISSING, as_array
from annkit.show.cards.card import Block, Prose, Sides
from tests.sampling import sampled

pytestmark = pytest.mark.slow

ALL = [id for id in course().paths if isinstance(course().load(id), Exercise)]
# One of each chapter or so first, none that trains for long.
IDS = sorted(ALL, key=lambda id: (ALL.index(id) - 6) % 9)
LABELS = ("Right so far:", "Not yet:")
IN_GENERAL = ("np.asarray", "Return instead", "Print what your", RETURN_MISSING)
SENTENCE = re.compile(r"[^.?!]+(?:[.?!](?!\s|$)[^.?!]*)*[.?!](?=\s|$)")


def answers(task: Exercise) -> Iterator[tuple[str, Any]]:
    """Name and answer of everything that is judged here."""
    yield "stub", stub_of(task)
    for wrong in task.wrongs:
        yield wrong.name, wrong.target
    if not isinstance(task.answer, type):
        for right in (task.answer, *task.alternatives):
            yield f"{right.__name__}, spoilt", spoilt(right)


def spoilt(right: Callable[..., Any]) -> Callable[..., Any]:
    """The right answer with a slip at its end."""
    return lambda *args, **kwargs: slip(right(*args, **kwargs))


def slip(value: Any) -> Any:
    """Numbers become a little too large, and nothing that anybody has a name for."""
    if isinstance(value, dict):
        return {key: slip(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(slip, value))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value + 0.01 * np.cos(np.arange(value.size)).reshape(value.shape)
    return value + 0.0137 if isinstance(value, float | np.floating) else value


def before_the_next_step(report: Report) -> list[Block]:
    """What stands on a card above the line that says what to do."""
    blocks = list(report_card(report).blocks)
    places = [n for n, block in enumerate(blocks) if getattr(block, "label", "") == "Next:"]
    return blocks[: places[0]] if places else blocks


def sentences(blocks: list[Block]) -> list[str]:
    """All sentences, those of labels and values excepted."""
    texts = [one.text for one in blocks if isinstance(one, Prose) and one.label not in LABELS]
    return [found.strip() for text in texts for found in SENTENCE.findall(text)]


def is_explained(report: Report) -> bool:
    return bool(report.mistake_text or report.suspects or report.related)


def too_much(report: Report) -> Iterator[str]:
    said = sentences(before_the_next_step(report))
    if len(said) > MAX_SENTENCES:
        yield f"{len(said)} sentences: {said}"


def said_twice(report: Report) -> Iterator[str]:
    for sentence, times in Counter(sentences(list(report_card(report).blocks))).items():
        if times > 1:
            yield f"said {times} times: {sentence}"


def said_in_general(report: Report) -> Iterator[str]:
    first = report.first_failure
    if first is None or first.failure is None or not is_explained(report):
        return
    text = " ".join(sentences(before_the_next_step(report))).removesuffix(report.mistake_text)
    for advice in filter(None, (first.failure.advice, *IN_GENERAL)):
        if advice in text:
            yield f"general advice beside a mistake that is explained: {advice}"


def hints_out_of_turn(report: Report) -> Iterator[str]:
    if re.search(r"[Hh]int [2-9]", report.message):
        yield "sends to a later hint than the next one"


def no_python(report: Report) -> Iterator[str]:
    for check in report.checks:
        if check.failure is not None and check.failure.call is not None:
            try:
                ast.parse(check.failure.call)
            except SyntaxError as error:
                yield f"cannot be pasted ({error}):\n{check.failure.call}"


def differences_hidden(report: Report) -> Iterator[str]:
    for block in report_card(report).blocks:
        if isinstance(block, Sides):
            yield from _hidden_in(block)


def _hidden_in(sides: Sides) -> Iterator[str]:
    rows: dict[str, list[tuple[str, bool]]] = {"expected": [], "got": []}
    label = ""
    for line in sides.lines:
        label = line.label or label
        if label in rows:
            rows[label] += line.entries
    if len(rows["expected"]) != len(rows["got"]):
        return
    for (want, _), (got, is_wrong) in zip(rows["expected"], rows["got"], strict=True):
        if is_wrong and want.strip() == got.strip():
            yield f"marked as different, and looks the same: {want}"


RULES = (
    too_much,
    said_twice,
    said_in_general,
    hints_out_of_turn,
    no_python,
    differences_hidden,
)


@pytest.mark.parametrize("id", sampled(IDS, 6))
def test_a_card_keeps_what_it_promises(id: str) -> None:
    task = course().load(id)
    assert isinstance(task, Exercise)
    problems = [
        f"{name}: {problem}"
        for name, target in answers(task)
        for report in [judge(task, target)]
        for rule in RULES
        for problem in rule(report)
    ]
    assert problems == []


def failing_call(task: Exercise, target: Any) -> Call | None:
    """The first call on a card, as it was made."""
    answer = Answer(here(target), task.object_name, task.seconds)
    for check in task.checks:
        try:
            check.function(answer, rng_of_check(0, task.id, check.label))
        except Exception:  # the check that fails, whatever it met
            return answer.calls[-1] if answer.calls else None
    return None


def fresh(target: Any, call: Call) -> Any:
    """The value of the same call, made once more."""
    return read_reply(call.request, here(target)(call.request)).value


def pasted(text: str, task: Exercise, target: Any) -> Any:
    """What comes of a case in a cell of its own; the answer's parameters have the task's names."""
    signature = inspect.signature(task.answer)

    def answer(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs)
        return target(*given.args, **given.kwargs)

    tree = ast.parse(text)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    names = {"np": np, "sp": sp, task.object_name: answer}
    exec(compile(tree, "<case>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<case>", "eval"), names)


def is_close(one: Any, other: Any, within: float = 0.01) -> bool:
    """Whether two results agree to the digits that a case shows, or to others."""
    if isinstance(one, dict) and isinstance(other, dict):
        same_keys = one.keys() == other.keys()
        return same_keys and all(is_close(one[key], other[key], within) for key in one)
    x, y = as_array(one), as_array(other)
    if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
        size = float(np.max(np.abs(y[np.isfinite(y)]), initial=1e-9))
        return x.shape == y.shape and np.allclose(x, y, within, within * size, equal_nan=True)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(is_close(*pair, within) for pair in pairs)
    return same_value(one, other)


def rounded_otherwise(value: Any) -> Any:
    """The same to twelve digits."""
    if isinstance(value, tuple | list):
        return type(value)(map(rounded_otherwise, value))
    is_array = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    if not is_array:
        return value
    return value * (1 + 1e-12 * np.cos(np.arange(value.size)).reshape(value.shape))


def is_noise(target: Any, call: Call) -> bool:
    """Whether a millionth of a result hangs on digits that no case shows, as in measured slopes."""
    if call.error is not None:
        return False
    other = {**call.request, "args": encode(rounded_otherwise(call.args))}
    return not is_close(fresh(target, replace(call, request=other)), call.value, 1e-6)


def comes_out_otherwise(task: Exercise, target: Any) -> str:
    """A case that is pasted and gives something else; empty if none does."""
    call = failing_call(task, target)
    if call is None or call.probe is not None or "args" not in call.request:
        return ""
    text = case_text(task, call)
    if "..." in text:  # too large to be shown whole
        return ""
    if any(not same_value(fresh(target, call), call.value) for _ in range(2)):
        return ""  # chance from elsewhere: nobody can repeat it
    if is_noise(target, call):
        return ""  # nor what rounding makes of it
    try:
        again = decode(encode(pasted(text, task, target)))
    except Exception as error:
        # An error is what a learner sees as well; a name of an earlier cell is not given here.
        is_same = call.error is not None and call.error.type == type(error).__name__
        return "" if is_same or isinstance(error, NameError) else f"{error!r}:\n{text}"
    return "" if call.error is None and is_close(again, call.value) else f"{again} from:\n{text}"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("id", sampled(IDS, 20))
def test_a_case_that_is_pasted_gives_the_same_again(id: str) -> None:
    task = course().load(id)
    assert isinstance(task, Exercise)
    if isinstance(task.answer, type):
        return
    told = {wrong.name: comes_out_otherwise(task, wrong.target) for wrong in task.wrongs}
    assert {name: words for name, words in told.items() if words} == {}


# What their cards show is computed of the result, as the sentence below it says: the length of a
# step, a spread of many weights, what a network of the given weights answers, names to compare.
COMPUTED = (
    *("adam_step", "backward", "digits_model", "he_init", "house_model"),
    *("house_neurons", "init_params", "logic_gates", "minibatches", "mlp", "newton_step"),
    *("sgd_epoch", "split", "train", "value_neuron", "value_ops", "xavier_init"),
    *("xor_impossible", "xor_network"),
)


def parts_of(value: Any) -> Iterator[Any]:
    """A result, its parts, and rows and entries of those that are arrays."""
    yield value
    if isinstance(value, np.ndarray) and value.ndim:
        value = list(value)
    if isinstance(value, dict):
        value = list(value.values())
    for one in value if isinstance(value, list | tuple) else ():
        yield from parts_of(one)


def not_from_its_case(task: Exercise, target: Any) -> str:
    """What a card shows as "got" and the case above it does not give; empty if it does."""
    report = judge(task, target)
    failure = report.first_failure.failure if report.first_failure else None
    if failure is None or not failure.compared or failure.call is None or "..." in failure.call:
        return ""
    value = decode(encode(pasted(failure.call, task, target)))
    if any(is_close(part, failure.got) for part in parts_of(value)):
        return ""
    return f"{failure.got} is not in {value}:\n{failure.call}"


def test_an_error_is_shown_with_the_one_candidate_that_ends_in_it() -> None:
    task = course().load("expose_bugs")
    assert isinstance(task, Exercise)
    wrong = next(wrong for wrong in task.wrongs if wrong.name == "error_gets_out")
    shown = judge(task, wrong.target).message
    assert "ValueError" in shown
    assert shown.count('expose_bugs(candidate("') == 1


def test_a_tester_that_takes_rounding_for_a_bug_is_led_to_the_false_alarms() -> None:
    """Slopes of saturated units are tiny, and what rounding does to them is large beside them."""
    task = course().load("expose_bugs")
    assert isinstance(task, Exercise)
    source = inspect.getsource(task.answer).partition("\n")[2]
    weights = "(rng.normal(size=(n, m))"
    assert source.count(weights) == 1
    names: dict[str, Any] = {"np": np, "pairwise": pairwise}
    exec(source.replace(weights, "(8 * rng.normal(size=(n, m))"), names)  # most tanhs saturate
    shown = " ".join(judge(task, names["expose_bugs"]).message.split())
    assert "a right version" in shown
    assert "“Nearly nothing”" in shown


def test_a_misspelt_name_is_no_bug_that_was_never_found() -> None:
    task = course().load("bug_clinic")
    assert isinstance(task, Exercise)

    def bug_clinic(cases: list[Any]) -> list[str]:
        return [name.replace("flipped", "fliped") for name in task.answer(cases)]

    shown = judge(task, bug_clinic).message
    assert "'sign_fliped'" in shown
    assert "a name from the list" in shown
    assert "never find" not in shown


def test_numbers_of_an_epoch_come_from_the_case_above_them() -> None:
    """The probe draws its data as the card says, and asks the same gradient."""
    task = course().load("sgd_epoch")
    assert isinstance(task, Exercise)
    wrong = next(wrong for wrong in task.wrongs if wrong.name == "step_thrown_away")
    assert "asked" in judge(task, wrong.target).message
    assert not_from_its_case(task, wrong.target) == ""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("id", sampled([id for id in IDS if id not in COMPUTED], 3))
def test_numbers_on_a_card_come_from_the_case_above_them(id: str) -> None:
    task = course().load(id)
    assert isinstance(task, Exercise)
    told = {wrong.name: not_from_its_case(task, wrong.target) for wrong in task.wrongs}
    assert {name: words for name, words in told.items() if words} == {}
