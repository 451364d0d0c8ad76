"""The author's check says in words what an exercise lacks, and what there is no exercise of."""

import pytest

from annkit.exercises import Exercise
from annkit.exercises.judging.selfcheck import lacking, main

TORN = """
    Multiply `z
    - 1` by itself.
"""


def equipped(*, alternatives=2, wrongs=3, size="about 2 lines", hint="b"):
    """Doubling, with so many other answers; nobody runs any of them."""
    hints = ("a", hint, "c")
    made = Exercise(id="double", title="T", points=1, task="T", hints=hints, size=size)
    made.check("doubles")(lambda answer, rng: None)
    for number in range(alternatives):
        made.alternative(lambda z, number=number: z * 2)
    for number in range(wrongs):
        (check,) = made.checks
        made.wrong(caught_by=check.function)(lambda z, number=number: z)
    return made


@pytest.mark.parametrize(
    ("exercise", "told"),
    [
        (equipped(), []),
        (equipped(alternatives=1), ["right answers in another style: 1, expected 2 or more"]),
        (equipped(wrongs=2), ["wrong answers: 2, expected 3 or more"]),
        (equipped(wrongs=2, size="about 1 line"), []),
        (equipped(wrongs=1, size="1 line"), ["wrong answers: 1, expected 2 or more"]),
        (equipped(wrongs=2, size="about 1 to 3 lines"), ["wrong answers: 2, expected 3 or more"]),
        (equipped(hint=TORN), ["a hint's code is torn in two"] * 2),
    ],
)
def test_what_an_exercise_of_the_course_lacks_is_told(exercise, told):
    found = list(lacking(exercise))
    assert len(found) == len(told)
    assert all(one.startswith(words) for one, words in zip(found, told, strict=True))


def test_a_mistyped_id_is_told_with_the_nearest(capsys):
    assert main(["sigmiod"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("FAIL sigmiod\n")
    assert "Did you mean 'sigmoid'" in told


def test_a_faulty_file_is_told_with_its_line(tmp_path, capsys):
    file = tmp_path / "ch03_activations" / "mish.py"
    file.parent.mkdir()
    file.write_text(
        "from annkit.exercises import Exercise\n\n"
        'exercise = Exercise(id="mish", title="T", points=1, task="T", hints=())\n'
    )
    assert main([str(file)]) == 1
    told = capsys.readouterr().out
    assert "mish.py" in told
    assert "no reference" in told


def test_it_says_what_it_takes(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "files of a teacher's own" in " ".join(capsys.readouterr().out.split())
