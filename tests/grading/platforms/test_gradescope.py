"""Gradescope's autograder: its zip, its layout, its results, and who may write them."""

import io
import json
import os
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annkit.cli.course_folder import VISIBILITIES
from annkit.exercises import course
from annkit.grading.marking.official_judge import Graded, Judge, Order
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.platforms import gradescope_results
from annkit.grading.platforms.autograder import PRACTICE, Autograder
from annkit.grading.platforms.gradescope_zip import autograder_zip
from annkit.grading.platforms.starter import Starter, StarterError
from annkit.grading.sandbox.session import MachineFault
from annkit.grading.sandbox.tiers import Tier, why_not
from annkit.grading.states import MACHINE_FAULT
from annkit.publish.solve import right_answer
from tests.grading.platforms.conftest import CHAPTER, WRONG

pytestmark = pytest.mark.slow
TIERS = [tier for tier in Tier if not why_not(tier)]
STRONG = [tier for tier in TIERS if tier is not Tier.LIMITS]
# Overwrites the result at once, and again and again from a process that has left its session.
ATTACK = """
import json, os, time
FORGED = json.dumps({{"tests": [{{"score": 99, "max_score": 99}}]}})

def forge():
    for place in ("{results}", "/autograder/results/results.json", "results.json"):
        try:
            with open(place, "w") as file:
                file.write(FORGED)
        except OSError:
            pass

forge()
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            end = time.time() + 5
            while time.time() < end:
                forge()
                time.sleep(0.01)
        os._exit(0)
except OSError:
    pass

{answer}
_right = one_hot

def one_hot(labels, n_classes):
    forge()
    return _right(labels, n_classes)
"""


@pytest.fixture
def root(started: Path, tmp_path: Path) -> Path:
    """Gradescope's folder, with an autograder and no submission yet."""
    (tmp_path / "source").symlink_to(started)
    (tmp_path / "submission").mkdir()
    (tmp_path / "results").mkdir()
    people = [{"id": 7, "email": "ada@uni.example"}, {"id": 3}]
    (tmp_path / "submission_metadata.json").write_text(json.dumps({"users": people}))
    return tmp_path


def judged(root: Path, content: bytes, tier: Tier | None = None) -> dict[str, Any]:
    """The result of one notebook."""
    (root / "submission" / "mine.ipynb").write_bytes(content)
    assert gradescope_results.run(root, tier) == 0
    result: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return result


def test_the_zip_is_laid_out_as_gradescope_wants_it(starter: Starter, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(autograder_zip(starter.files(CHAPTER, tmp_path)))) as made:
        names = made.namelist()
        for script in ("setup.sh", "run_autograder"):
            assert made.getinfo(script).external_attr >> 16 & 0o111
            text = made.read(script).decode()
            assert text.startswith("#!/usr/bin/env bash\n")
            subprocess.run(["bash", "-n", "-c", text], check=True)
            assert "://" not in text
        pins = made.read("requirements-judge.lock").decode()
    assert not [name for name in names if "/" in name]
    assert "--hash=sha256:" in pins
    assert "://" not in pins


def test_a_chapter_there_is_not_is_said(starter: Starter, tmp_path: Path) -> None:
    with pytest.raises(StarterError, match="there is no chapter ch77; there are: ch00_welcome"):
        starter.files("ch77", tmp_path)


def test_every_exercise_has_its_points_and_words_none(
    root: Path, answered: Callable[..., bytes]
) -> None:
    result = judged(root, answered())
    tasks = [course().load(id) for id in course().chapters[CHAPTER]]
    tests = {test["name"]: test for test in result["tests"]}
    assert set(tests) == {task.title for task in tasks if task.points}
    given = [test for test in result["tests"] if "score" not in test]
    assert [test["name"] for test in given] == [course().load("break_shapes").title]
    assert "given by a person" in given[0]["output"]
    for test in result["tests"]:
        assert test["visibility"] == "visible"
        if "score" in test:
            assert (test["score"], test["status"]) == (test["max_score"], "passed")


def test_a_wrong_answer_has_its_checks_its_mistake_and_the_next_step(
    root: Path, answered: Callable[..., bytes]
) -> None:
    result = judged(root, answered(WRONG))
    (test,) = (one for one in result["tests"] if one["name"] == course().load("one_hot").title)
    assert (test["score"], test["status"]) == (0, "failed")
    for words in ("✗", "Likely mistake:", "Next, in your notebook:"):
        assert words in test["output"], words
    assert result["stdout_visibility"] == "hidden"


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.value)
def test_every_result_names_its_sandbox(
    tier: Tier, root: Path, answered: Callable[..., bytes]
) -> None:
    result = judged(root, answered({}), tier)
    assert f"Sandbox: {tier.value}" in result["output"]
    assert (PRACTICE in result["output"]) is (tier is Tier.LIMITS)


@pytest.mark.parametrize("tier", STRONG, ids=lambda tier: tier.value)
def test_a_submission_cannot_write_its_result_nor_stay_to_do_so_later(
    tier: Tier, root: Path, answered: Callable[..., bytes]
) -> None:
    results = root / "results" / "results.json"
    attack = ATTACK.format(results=results, answer=right_answer("one_hot", course()))
    result = judged(root, answered({"one_hot": attack}), tier)
    written = results.read_bytes()
    assert [test["name"] for test in result["tests"] if test.get("score")] == [
        course().load("one_hot").title
    ]
    time.sleep(0.1)  # a writer that was there would have written ten times
    assert results.read_bytes() == written


def test_of_several_notebooks_the_one_with_most_answers_is_judged_and_said(
    root: Path, answered: Callable[..., bytes]
) -> None:
    for number in range(60):
        name = f"a{number}.ipynb"
        (root / "submission" / name).write_bytes(b'{"cells": [], "nbformat": 4}')
    (root / "submission" / "b.ipynb").write_text("no notebook")
    (root / "submission" / "c.ipynb").write_bytes(
        (root / "source" / f"{CHAPTER}.json").read_bytes()
    )
    result = judged(root, answered())
    assert "63 notebooks were handed in; mine.ipynb is the one that was judged" in result["output"]
    assert all(test["score"] for test in result["tests"] if "score" in test)


@pytest.mark.parametrize("name", ["é (1).ipynb", "MY.IPYNB", "my.ipynb.txt", "x.ipynb/y.ipynb"])
def test_whatever_a_notebook_is_called_it_is_found(
    root: Path, monkeypatch: pytest.MonkeyPatch, answered: Callable[..., bytes], name: str
) -> None:
    found = []

    def notes(_: Judge, order: Order) -> None:
        found.append(order.content)
        raise MachineFault("enough")

    monkeypatch.setattr(Judge, "grade", notes)
    (root / "submission" / name).parent.mkdir(exist_ok=True)
    (root / "submission" / name).write_bytes(answered())
    gradescope_results.run(root)
    assert found == [answered()]


def test_links_are_not_followed(root: Path, answered: Callable[..., bytes]) -> None:
    elsewhere = root / "elsewhere.ipynb"
    elsewhere.write_bytes(answered())
    os.symlink(elsewhere, root / "submission" / "link.ipynb")
    os.symlink(root, root / "submission" / "folder")
    assert gradescope_results.run(root) == 0
    result = json.loads((root / "results" / "results.json").read_text())
    assert not any(test.get("score") for test in result["tests"])
    assert "No notebook was handed in" in result["tests"][0]["output"]


def test_a_fault_of_the_machine_is_no_result(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise MachineFault("killed from outside")

    monkeypatch.setattr(Autograder, "verdict", fails)
    assert gradescope_results.run(root) == 1
    assert not list((root / "results").iterdir())
    assert "Rerun the autograder" in capsys.readouterr().out


def test_an_exercise_at_fault_is_no_result(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: Judge, order: Order) -> Graded:
        right = [MarkLine(id, "graded", 1.0, 1.0) for id in order.release.ids[1:]]
        fault = MarkLine(order.release.ids[0], MACHINE_FAULT, None, 1.0, "mine.py:3: NameError")
        verdict = order.verdict([fault, *right])
        return Graded(replace(verdict, findings=("for the teacher's eyes",)), b"")

    monkeypatch.setattr(Judge, "grade", fails)
    assert gradescope_results.run(root) == 1
    assert not list((root / "results").iterdir())
    said = capsys.readouterr().out
    assert "mine.py:3: NameError" in said
    assert "eyes" not in said, "a platform may show this to whoever handed in"


def test_seeds_are_the_student_s_own(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    students = []

    def notes(_: Autograder, folder: Path, student: str) -> None:
        students.append(student)
        raise MachineFault("enough")

    monkeypatch.setattr(Autograder, "verdict", notes)
    gradescope_results.run(root)
    (root / "submission_metadata.json").write_text("[]")
    gradescope_results.run(root)
    assert students == ["3,7", ""]


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_students_see_results_when_the_teacher_wants(
    visibility: str, starter: Starter, tmp_path: Path
) -> None:
    settings = json.loads(starter.files(CHAPTER, tmp_path, visibility)["autograder.json"])
    assert settings["visibility"] == visibility
    assert len(bytes.fromhex(settings["secret"])) == 32
