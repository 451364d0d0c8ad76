"""The framework of graded exercises: one checker for the notebook, for marks and for the tests.

An exercise is one file that says task, reference, checks, known wrong answers and hints. Here is
the vocabulary to write one, and `run` to judge an answer from code::

    report = run("sigmoid", my_sigmoid)
    report.passed, report.points, report.mistake, report.message

Begin with this folder's README.md: it follows one answer from the notebook to the card. Below
`checking` and `verbs`, rooms stand on each other: `calls`, `tasks`, then `cards`, `my_ann` and
`record`, then `judging`, then `understanding`.

Not here: the verbs a learner types (`annkit.check` and friends), official marks
(`annkit.grading`), notebooks (`annkit.publish`).
"""

from annkit.exercises.calls.answer import Answer, Call, CheckFailed, ErrorInfo, Failure
from annkit.exercises.calls.probe import probe
from annkit.exercises.calls.wire import Opaque, Rng
from annkit.exercises.cards.report import CheckResult, Report
from annkit.exercises.judging.diagnose import changes, on_arrays, raises
from annkit.exercises.judging.judge import judge, judge_through, run
from annkit.exercises.tasks.catalogue import Catalogue, UnknownExercise, course
from annkit.exercises.tasks.chance import (
    asked_again,
    drawn_as,
    expect_normal,
    expect_normal_weights,
    expect_rng_decides,
    expect_weight_shapes,
    expect_weights_drawn_anew,
    rows_all_equal,
    source_of_chance,
    weights_all_equal,
    weights_single,
    weights_turned,
)
from annkit.exercises.tasks.compare import (
    expect_close,
    expect_equal,
    expect_shape,
    expect_that,
    mismatch,
)
from annkit.exercises.tasks.deals import fault_of_a_deal, goes_round, hardly_moved
from annkit.exercises.tasks.expect import (
    expect_equivalent,
    expect_error,
    expect_pairs,
    expect_parts,
    expect_shuffled,
)
from annkit.exercises.tasks.measured import LAST_DIGITS, coarse, rounded_away
from annkit.exercises.tasks.question import Explanation, Option, Question
from annkit.exercises.tasks.recognise import (
    last_value,
    letters_of_its_own,
    letters_of_the_first_call,
    outline,
)
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.tasks.task_base import ExerciseError

__all__ = [
    "LAST_DIGITS",
    "Answer",
    "Call",
    "Catalogue",
    "CheckFailed",
    "CheckResult",
    "ErrorInfo",
    "Exercise",
    "ExerciseError",
    "Explanation",
    "Failure",
    "Opaque",
    "Option",
    "Question",
    "Report",
    "Rng",
    "UnknownExercise",
    "asked_again",
    "changes",
    "coarse",
    "course",
    "drawn_as",
    "expect_close",
    "expect_equal",
    "expect_equivalent",
    "expect_error",
    "expect_normal",
    "expect_normal_weights",
    "expect_pairs",
    "expect_parts",
    "expect_rng_decides",
    "expect_shape",
    "expect_shuffled",
    "expect_that",
    "expect_weight_shapes",
    "expect_weights_drawn_anew",
    "fault_of_a_deal",
    "goes_round",
    "hardly_moved",
    "judge",
    "judge_through",
    "last_value",
    "letters_of_its_own",
    "letters_of_the_first_call",
    "mismatch",
    "on_arrays",
    "outline",
    "probe",
    "raises",
    "rounded_away",
    "rows_all_equal",
    "run",
    "source_of_chance",
    "weights_all_equal",
    "weights_single",
    "weights_turned",
]
