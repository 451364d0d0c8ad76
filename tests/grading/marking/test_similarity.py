"""Copies are found through new names and new layout; short answers say nothing."""

import ast
import textwrap

import pytest

from annkit.exercises import course
from annkit.grading.marking.similarity import Match, fingerprint, fingerprints, matches, published
from annkit.grading.marking.verdict import Verdict
from annkit.source.ipython import plain_python

ANSWER = '''
def sigmoid(z):
    """Mine."""
    # stable on both sides
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)
'''
COPY = """
import numpy as numpy_


def sigmoid(   values   ):
    values = numpy_.asarray(values,
                            dtype=float)
    small = numpy_.exp(-numpy_.abs(values))
    return numpy_.where(values >= 0, 1.0, small) / (1 + small)
"""


def by(student: str, **answers: str) -> Verdict:
    return Verdict(student, "a", "a", (), fingerprints=fingerprints(answers, answers))


def test_names_comments_and_layout_do_not_hide_a_copy() -> None:
    copy = COPY.replace("import numpy as numpy_\n", "").replace("numpy_", "np")
    assert fingerprint(ANSWER) == fingerprint(copy) != ""


def test_another_way_is_another_answer() -> None:
    other = ANSWER.replace("1.0, e", "e, 1.0")
    assert fingerprint(other) != fingerprint(ANSWER)


def test_short_answers_and_broken_ones_say_nothing() -> None:
    assert fingerprint("def relu(z):\n    return np.maximum(z, 0)") == ""
    assert fingerprint("def broken(:") == ""


def test_students_who_share_an_answer_stand_together() -> None:
    references = published(course(), ["sigmoid", "sigmoid_prime", "sigmoid"])
    other = ANSWER.replace("1.0, e", "e, 1.0")
    found = matches(
        [by("ben", sigmoid=other), by("ada", sigmoid=other), by("cem", sigmoid=ANSWER)], references
    )
    assert sorted(found, key=lambda match: match.students) == [
        Match("sigmoid", ("ada", "ben"), published=False),
        Match("sigmoid", ("cem",), published=True),
    ]


@pytest.mark.parametrize("id", ["softmax", "conv2d", "classifier_gradients"])
def test_right_answers_in_other_styles_are_published_too(id: str) -> None:
    text = course().path(id).read_text(encoding="utf-8")
    pasted = [part.partition("\n\n\n")[0] for part in text.split("@exercise.alternative\n")[1:]]
    long = [digest for answer in pasted if (digest := fingerprint(answer))]
    assert long
    assert set(long) <= published(course(), [id])[id]


def test_deep_nesting_is_no_crash() -> None:
    assert fingerprint(textwrap.dedent("x = " + "-" * 3000 + "1")) in ("", fingerprint("x = 1"))


def test_looking_for_copies_changes_nothing_for_others() -> None:
    before = ast.dump(plain_python(ANSWER) or ast.Module([], []))
    assert fingerprint(ANSWER)
    assert ast.dump(plain_python(ANSWER) or ast.Module([], [])) == before


def test_what_is_far_too_long_is_not_compared():
    """It is no answer to a task of the course, and going through it takes long."""
    assert fingerprint("x = 1\n" * 1_000)
    assert fingerprint("x = 1\n" * 5_000) == ""
    assert fingerprint(f"x = 0x{'f' * 9_000}\n" + "y = 1\n" * 100) == ""
