"""A class is counted in students: attempts, mended mistakes, groups, checks that tell apart."""

from annkit.grading.class_report.tally import tally
from annkit.grading.marking.verdict import CheckLine, MarkLine, Verdict
from annkit.grading.states import CRASHED, FOR_A_PERSON, GRADED, NOT_ATTEMPTED


def mark(
    id: str = "relu", points: float | None = 0.0, state: str = GRADED, **more: str
) -> MarkLine:
    return MarkLine(id, state, points, 1.0, **more)  # type: ignore[arg-type]


def handed(student: str, text: str, *marks: MarkLine) -> Verdict:
    """One verdict; the answers to all exercises have the same text."""
    return Verdict(student, "a", "a", marks, versions={one.id: text for one in marks})


def test_the_attempt_that_passes_counts_and_a_later_worse_one_takes_nothing_away() -> None:
    verdicts = [
        handed("ada", "1", mark(points=1.0)),
        handed("ben", "1", mark()),
        handed("ben", "2", mark(points=1.0)),
        handed("ben", "3", mark()),
        handed("cem", "1", mark()),
        handed("dot", "", mark(state=NOT_ATTEMPTED)),
        handed("eva", "1", mark(state=CRASHED)),
        handed("fay", "1", mark(state=FOR_A_PERSON, points=None)),
    ]
    (one,) = tally(verdicts)
    assert one.passed_at == {1: 1, 2: 1}
    assert (one.not_yet, one.untouched, one.by_hand) == (2, 1, 1)
    assert one.states == {CRASHED: 1}
    assert one.points == 1 / 5, "what nobody has read yet has no points"
    assert tally(verdicts[-1:])[0].points is None


def test_the_same_answer_judged_again_is_no_other_attempt() -> None:
    again = [handed("ada", "1", mark()), handed("ada", "1", mark(points=1.0))]
    assert tally(again)[0].passed_at == {1: 1}
    late = [handed("ada", str(n), mark()) for n in range(6)] + [
        handed("ada", "7", mark(points=1.0))
    ]
    assert tally(late)[0].passed_at == {3: 1}


def test_a_mistake_is_counted_once_for_a_student_and_mended_by_passing_later() -> None:
    wrong = mark(mistake="sign_flipped", mistake_text="The sign.")
    verdicts = [
        *(handed("ada", str(n), wrong) for n in range(3)),
        handed("ada", "4", mark(points=1.0)),
        handed("ben", "1", wrong),
        handed("cem", "1", mark(points=1.0)),
        handed("cem", "2", wrong),
    ]
    (one,) = tally(verdicts)
    (mistake,) = one.mistakes
    assert (mistake.name, mistake.text) == ("sign_flipped", "The sign.")
    assert mistake.students == {"ada", "ben", "cem"}
    assert mistake.mended == {"ada"}
    assert not mistake.is_rare


def test_answers_that_do_the_same_are_one_group_the_largest_first() -> None:
    verdicts = [
        handed(name, "1", mark(behaviour=letters, seen=f"case {letters}"))
        for name, letters in [("ada", "p"), ("ben", "q"), ("cem", "q"), ("dot", "")]
    ]
    groups = tally(verdicts)[0].unnamed
    assert [(one.behaviour, one.seen, one.students) for one in groups] == [
        ("q", "case q", {"ben", "cem"}),
        ("p", "case p", {"ada"}),
    ]


def test_a_check_separates_by_what_its_sides_earn_elsewhere() -> None:
    def student(name: str, passes: bool, other: float) -> Verdict:
        check = CheckLine("is right", passes, float(passes), 1.0)
        first = MarkLine("relu", GRADED, float(passes), 1.0, checks=(check,))
        return handed(name, "1", first, MarkLine("tanh", GRADED, other, 2.0))

    good = [student(f"good{n}", True, 2.0) for n in range(3)]
    bad = [student(f"bad{n}", False, 0.5) for n in range(3)]
    (check,) = tally(good + bad)[0].checks
    assert (check.passed, check.failed, check.separates) == (3, 3, 0.75)
    (check,) = tally(good + bad[:2])[0].checks
    assert check.separates is None
    assert tally([]) == []
