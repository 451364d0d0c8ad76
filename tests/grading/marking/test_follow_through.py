"""A right answer on a wrong earlier one earns its points, and nobody earns by what is lent."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from traitlets.config import Config

from annkit.exercises import Answer, Catalogue, Exercise
from annkit.exercises.tasks.edition import Edition
from annkit.exercises.tasks.task import Check
from annkit.grading.appeal import Appeal, appeal_text
from annkit.grading.books.ledger import Ledger
from annkit.grading.class_report.tally import tally
from annkit.grading.intake.course import Course
from annkit.grading.ledger_command import _verdict
from annkit.grading.marking import follow_through
from annkit.grading.marking.digests import grader_digest
from annkit.grading.marking.feedback import comment, plain_text
from annkit.grading.marking.follow_through import deciding
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.score import object_names
from annkit.grading.marking.verdict import MarkLine, Verdict, from_plain
from annkit.grading.rebuild.notebook import parse_cells
from annkit.grading.rebuild.rebuild import rebuild
from annkit.grading.rebuild.release import Release, read_release
from annkit.grading.report_table import plain, table
from annkit.grading.run import Results
from annkit.grading.sandbox.sandbox import Limits, Sandbox
from annkit.publish import release as release_notebooks
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.grading.conftest import TIERS
from tests.grading.hostile.lending import TRICKS

pytestmark = pytest.mark.slow

CHAPTER = """# %% [markdown]
# # Steps
# What you write here goes on in `my_ann`.

# %%
import numpy as np

from annkit import check, hint, progress, quiz, solution

"""
# One exercise: the function's name, what it multiplies by, the reference's last line, its helper.
EXERCISE = '''"""Multiply."""
import numpy as np

from annkit.exercises import Exercise, expect_close

exercise = Exercise(
    id="{id}",
    title="Times {factor}",
    points=2,
    size="1 line",
    task="Multiply{ban}.",
    hints=("a", "b", "c"),{rule}
)


@exercise.reference
def {id}(x):
    """x times {factor}."""
    mark = "only in the reference of {id}"
    return {reference}


{helper}@exercise.check("by hand")
def by_hand(answer, rng):
    expect_close(answer(2.0), {factor} * 2.0)


@exercise.check("any number", points=1)
def any_number(answer, rng):
    x = float(rng.normal())
    expect_close(answer(x), {factor} * x)


@exercise.check("any array", points=1)
def any_array(answer, rng):
    x = rng.normal(size=3)
    expect_close(answer(x), {factor} * x)
'''
HELPER = "def by_ten(x):\n    return 10 * x\n\n\n"
# In this order: two ask for the same, one rules out a name that an earlier reference uses.
STEPS = {
    "doubled": (2, "np.add(by_ten(x), 0 * x) / 5", HELPER, ""),
    "twice": (2, "x + x", "", ""),
    "fourfold": (4, "doubled(x) + doubled(x)", "def doubled(x):\n    return x + x\n\n\n", ""),
    "plainly": (6, "3 * x + 3 * x", "", "add"),
    "tenfold": (10, "doubled(x) * 5", "def doubled(x):\n    return x + x\n\n\n", ""),
}
WRONG = "def doubled(x):\n    return 3 * x"
FOUR = "def fourfold(x):\n    return doubled(doubled(x))"


@dataclass
class Bench:
    """A judge for a course of five steps."""

    catalogue: Catalogue
    release: Release
    path: Path
    judge: Judge
    children: list[str] = field(default_factory=list)

    def verdict(self, answers: dict[str, str], earlier: tuple[MarkLine, ...] = ()) -> Verdict:
        """The verdict on these answers; children started for it are counted anew."""
        self.children.clear()
        content = to_bytes(solve(read_notebook(self.path), answers))
        seeds = {id: 40 + place for place, id in enumerate(self.release.ids)}
        return self.judge.grade(Order("ada", self.release, seeds, content, earlier=earlier)).verdict

    def marks(self, answers: dict[str, str]) -> dict[str, MarkLine]:
        """The marks of what was answered."""
        return {mark.id: mark for mark in self.verdict(answers).marks if mark.id in answers}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The course, released, with one warm sandbox."""
    folder = tmp_path_factory.mktemp("steps")
    chapter = folder / "solutions" / "ch01_steps"
    chapter.mkdir(parents=True)
    placed = "\n".join(f"# %%\nfrom {id} import {id}\n" for id in STEPS)
    (chapter / "chapter.py").write_text(CHAPTER + placed, encoding="utf-8")
    for id, (factor, reference, helper, banned) in STEPS.items():
        ban, rule = (f" without {banned}", f' forbidden=("{banned}",),') if banned else ("", "")
        said = {"ban": ban, "rule": rule}
        text = EXERCISE.format(id=id, factor=factor, reference=reference, helper=helper, **said)
        (chapter / f"{id}.py").write_text(text, encoding="utf-8")
    other = chapter.with_name("ch02_further")
    other.mkdir()
    (other / "chapter.py").write_text(CHAPTER + "# %%\nfrom halved import halved\n")
    halved = EXERCISE.format(id="halved", factor=0.5, reference="x / 2", helper="", ban="", rule="")
    (other / "halved.py").write_text(halved, encoding="utf-8")
    catalogue = Catalogue(chapter.parent)
    path = folder / "ch01_steps.ipynb"
    path.write_bytes(release_notebooks(catalogue)[Path("ch01_steps/ch01_steps.ipynb")])
    made = Bench(catalogue, read_release(path, "ch01_steps"), path, Judge(catalogue))
    start = Sandbox.start_child

    def counted(self: Sandbox, limits: Limits, has_library: bool = False) -> object:
        made.children.append("")
        return start(self, limits, has_library)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "start_child", counted)
        yield made
    made.judge.close()


@pytest.mark.parametrize(
    "earlier",
    [
        {"doubled": WRONG},
        {},
        {"doubled": "import os\nos._exit(1)"},
        {"doubled": "def doubled(x):\n    import os\n    os._exit(1)"},
        {"doubled": "def doubled(x) return"},
    ],
    ids=["wrong", "a stub", "a cell that dies", "a call that dies", "no Python"],
)
def test_a_right_answer_on_a_failed_one_earns_its_points_and_only_its_own(
    bench: Bench, earlier: dict[str, str]
) -> None:
    verdict = bench.verdict({**earlier, "fourfold": FOUR})
    marks = {mark.id: mark for mark in verdict.marks}
    assert (marks["fourfold"].points, marks["fourfold"].lent) == (2, ("doubled",))
    assert marks["doubled"].points == 0
    assert marks["doubled"].lent == ()
    assert verdict.points == 2


def test_where_it_says_so(bench: Bench, tmp_path: Path) -> None:
    verdict = bench.verdict({"doubled": WRONG, "fourfold": FOUR})
    mark = next(mark for mark in verdict.marks if mark.id == "fourfold")
    words = "Judged on top of the course's “Times 2”, since yours doesn't pass yet."
    assert words in plain_text(mark)
    assert words in (comment(mark) or "")
    assert from_plain(json.loads(json.dumps(verdict.plain()))) == verdict
    shown = table(Results("ch01_steps", [verdict]))
    assert "2*" in shown
    assert "since the student's own does not pass" in " ".join(shown.split())
    data = plain(Results("ch01_steps", [verdict]), {})
    assert data["submissions"][0]["marks"][2]["lent"] == ("doubled",)  # type: ignore[index]
    ledger = Ledger(tmp_path)
    ledger.add_verdict(verdict, None)
    (entry,) = ledger.entries()
    assert "on references: fourfold with doubled" in _verdict(entry)
    assert [one.followed for one in tally([verdict])] == [0, 0, 1, 0, 0]
    old = verdict.plain()
    for one in old["marks"]:
        del one["lent"]
    assert from_plain(old).marks[2].lent == ()  # a line of an earlier edition


def test_a_teacher_who_asks_why_sees_what_was_lent(bench: Bench) -> None:
    verdict = bench.verdict({"doubled": WRONG, "fourfold": FOUR})
    names = object_names(bench.catalogue, bench.release.ids)
    cells = parse_cells(
        to_bytes(solve(read_notebook(bench.path), {"doubled": WRONG, "fourfold": FOUR}))
    )
    rebuilt = rebuild(bench.release.cells, cells, names)
    folder = bench.path.parent
    here = Course(folder, folder, folder, folder, folder, "", "", Config())
    appeal = Appeal(here, bench.release, verdict, verdict.marks[2], rebuilt, 42)
    text = appeal_text(appeal, bench.catalogue, TIERS[0])
    assert "Judged on top of the course's “Times 2”" in text
    assert "✓ any array (1 of 1 point)" in text
    assert 'in a notebook after what solution("doubled") shows, then:' in text


def test_a_second_sandbox_is_started_only_where_an_earlier_one_may_be_the_cause(
    bench: Bench,
) -> None:
    right = "def doubled(x):\n    return x + x"
    alone = "def fourfold(x):\n    return 5 * x"
    for answers, count in (
        ({"doubled": right, "fourfold": FOUR}, 1),
        ({"doubled": right, "fourfold": alone}, 1),
        ({"doubled": WRONG, "fourfold": alone}, 1),  # does not use it
        ({"doubled": WRONG, "fourfold": "def fourfold(x):\n    return 4 * x"}, 1),
        ({"doubled": WRONG}, 1),
        ({"doubled": WRONG, "fourfold": FOUR}, 2),
    ):
        bench.verdict(answers)
        assert len(bench.children) == count, answers


def test_a_wrong_answer_stays_what_it_was(bench: Bench) -> None:
    wrong = "def fourfold(x):\n    return doubled(x) + 1"
    mark = bench.marks({"doubled": WRONG, "fourfold": wrong})["fourfold"]
    assert (mark.points, mark.lent, mark.words) == (0, (), "")


def test_what_the_reference_would_earn_is_not_earned_by_it(bench: Bench) -> None:
    copies = {
        "the same task": {"twice": "def twice(x):\n    return doubled(x)"},
        "a helper": {"tenfold": "def tenfold(x):\n    doubled\n    return by_ten(x)"},
    }
    for name, answers in copies.items():
        for mark in bench.marks({"doubled": WRONG, **answers}).values():
            assert (mark.points, mark.lent) == (0, ()), name
    right = {"doubled": "def doubled(x):\n    return x + x", **copies["the same task"]}
    assert bench.marks(right)["twice"].points == 2


def test_a_ban_holds_for_what_is_lent(bench: Bench) -> None:
    uses = "def plainly(x):\n    return {}(x) * {}"
    assert (
        bench.marks({"doubled": WRONG, "plainly": uses.format("doubled", 3)})["plainly"].points == 0
    )
    made = {"twice": "def twice(x):\n    return x", "plainly": uses.format("twice", 3)}
    assert bench.marks(made)["plainly"].points == 2


def test_helpers_of_the_learners_own_cell_stay(bench: Bench) -> None:
    with_helper = f"{WRONG}\n\ndef again(f, x):\n    return f(f(x))"
    marks = bench.marks(
        {"doubled": with_helper, "fourfold": "def fourfold(x):\n    return again(doubled, x)"}
    )
    assert marks["fourfold"].points == 2


def test_marks_that_are_kept_say_what_has_failed(bench: Bench) -> None:
    """Where one exercise is graded again, those before it are not."""
    answers = {"doubled": WRONG, "fourfold": FOUR}
    first = bench.verdict(answers)
    kept = tuple(mark for mark in first.marks if mark.id != "fourfold")
    assert bench.verdict(answers, kept).marks == first.marks
    passed = tuple(replace(mark, points=mark.max_points) for mark in kept)
    assert bench.verdict(answers, passed).marks[2].points == 0


@pytest.mark.parametrize(
    ("answer", "lent"),
    [
        ("from my_ann import fourfold\ndef halved(x):\n    return fourfold(x) / 8", ("fourfold",)),
        ("import my_ann\ndef halved(x):\n    return my_ann.fourfold(x) / 8", ("fourfold",)),
        ("import my_ann as m\ndef halved(x):\n    return m.fourfold(x) / 8", ("fourfold",)),
        ("import os, my_ann as m\ndef halved(x):\n    return m.fourfold(x) / 8", ("fourfold",)),
        (
            "import os, \\\n  my_ann as m\ndef halved(x):\n    return m.fourfold(x) / 8",
            ("fourfold",),
        ),
        ("from\tmy_ann import fourfold\ndef halved(x):\n    return fourfold(x) / 8", ("fourfold",)),
        (
            "from my\ufe4dann import fourfold\ndef halved(x):\n    return fourfold(x) / 8",
            ("fourfold",),
        ),
        (
            "import \U0001d4c2y\uff3fann as \u2133\nhalved = lambda x: M.\U0001d4bbourfold(x) / 8",
            ("fourfold",),
        ),
        ("from my_ann import *\ndef halved(x):\n    return fourfold(x) / 8", ("fourfold",)),
        ("from my_ann import fourfold as f\ndef halved(x):\n    return f(x) / 8", ("fourfold",)),
        ("import my_ann as m\nl = m\ndef halved(x):\n    return l.fourfold(x) / 8", ("fourfold",)),
        ("from my_ann import *\ndef halved(x):\n    return fourfold(x)", ()),
        ("def halved(x):\n    from my_ann import nothing\n    return x / 2", ()),
        ("from my_ann import fourfold\ndef halved(x):\n    return fourfold(x)", ()),
    ],
)
def test_what_an_earlier_chapter_asks_for_is_lent_to_who_imports_it(
    bench: Bench, answer: str, lent: tuple[str, ...]
) -> None:
    name = "ch02_further"
    path = bench.path.with_name(f"{name}.ipynb")
    path.write_bytes(release_notebooks(bench.catalogue)[Path(name) / path.name])
    there = replace(bench, path=path, release=read_release(path, name))
    mark = there.marks({"halved": answer})["halved"]
    assert (mark.points, mark.lent) == (2 if lent else 0, lent)
    if lent:
        assert mark.words.endswith("since yours is not in this notebook.")
    content = to_bytes(solve(read_notebook(path), {"halved": answer}))
    ids = there.release.ids
    assert deciding(there.catalogue, there.release, content) == [*bench.release.ids, *ids]
    first, *others = bench.release.ids
    for chosen in (Edition(left_out=frozenset([first])), Edition(faulty={first: "is gone"})):
        class_has = Catalogue(there.catalogue.root, chosen)
        assert deciding(class_has, there.release, content) == [*others, *ids]


TAKES = "from my_ann import fourfold\ndef halved(x):\n    return fourfold(x) / 8"


def _spelt(content: bytes) -> Iterator[bytes]:
    """The same notebook in other spellings: JSON knows escapes, and lists of pieces of a text."""
    assert b"my_ann" in content
    yield content.replace(b"my_ann", rb"my\u005fann")
    yield content.replace(b"my_ann", rb"\u006d\u0079_a\u006en")
    yield content.replace(b"my_ann", b'm", "y_a", "nn')
    yield content.replace(b"my_ann", "m\uff59\ufe4eann".encode())
    yield content.replace(b"my_ann", rb"my\uff3fann")
    plain = json.loads(content)
    for cell in plain["cells"]:
        cell["source"] = "".join(cell["source"])
        is_answer = cell["metadata"].get("annkit", {}).get("answers") == "halved"
        if is_answer:
            cell["cell_type"] = "markdown"
    yield json.dumps(plain).encode("ascii")
    parts = [{**cell, "source": part} for cell in plain["cells"] for part in _torn(cell["source"])]
    yield json.dumps({**plain, "cells": parts}).encode("utf-16")


def _torn(source: str) -> list[str]:
    """A cell in two, of which neither is Python, if it is the answer."""
    if "my_ann import fourfold" not in source:
        return [source]
    return [f'"""{source[:9]}', f'"""\n{source}']


@pytest.mark.parametrize("turn", range(7))
def test_what_takes_from_before_is_seen_in_every_spelling(bench: Bench, turn: int) -> None:
    """What earns by an earlier chapter's reference is judged again when that is another one."""
    name = "ch02_further"
    path = bench.path.with_name(f"{name}.ipynb")
    path.write_bytes(release_notebooks(bench.catalogue)[Path(name) / path.name])
    release = read_release(path, name)
    content = list(_spelt(to_bytes(solve(read_notebook(path), {"halved": TAKES}))))[turn]
    order = Order("ada", release, {"halved": 7}, content)
    (mark,) = bench.judge.grade(order).verdict.marks
    assert (mark.points, mark.lent) == (2, ("fourfold",))
    assert deciding(bench.catalogue, release, content) == [*bench.release.ids, *release.ids]


@pytest.mark.parametrize(
    "answer",
    ["def halved(x):\n    return x / 2", "from annkit.exercises.my_ann.own_parts import own", "my"],
)
def test_who_takes_nothing_from_before_depends_on_nothing_there(bench: Bench, answer: str) -> None:
    """Nor do words of the chapter that speak of the learner's module."""
    name = "ch02_further"
    path = bench.path.with_name(f"{name}.ipynb")
    path.write_bytes(release_notebooks(bench.catalogue)[Path(name) / path.name])
    release = read_release(path, name)
    content = to_bytes(solve(read_notebook(path), {"halved": answer}))
    assert b"goes on in `my_ann`" in content
    assert deciding(bench.catalogue, release, content) == release.ids
    for damaged in (b"", b"my_ann", content[:-9]):
        assert deciding(bench.catalogue, release, damaged) == release.ids


# What a submission does that has noticed where it is.
READ = """
def told():
    import gc, inspect, linecache
    texts = [repr(vars(o)) for o in gc.get_objects() if type(o).__name__ == 'ExecutionInfo']
    texts += ["".join(lines) for _, _, lines, _ in linecache.cache.values() if lines]
    texts += [repr(f.__code__.co_consts) for f in gc.get_objects() if inspect.isfunction(f)]
    return "\\n".join(texts)
"""


def test_no_reference_of_its_own_or_of_a_later_one_is_there(bench: Bench) -> None:
    """It would answer rightly, had it found one anywhere in the process."""
    for id, points in (("doubled", 2), ("fourfold", 0), ("tenfold", 0), ("twice", 0)):
        backwards = f"the reference of {id}"[::-1]  # so that it does not find itself
        finds = f"doubled\n    return 4 * x if '{backwards}'[::-1] in told() else x"
        answers = {"doubled": READ + WRONG, "fourfold": f"def fourfold(x):\n    {finds}"}
        assert bench.marks(answers)["fourfold"].points == points, id


@pytest.mark.parametrize(
    "carries",
    [
        "raise ValueError(told())",
        "print(told())",
        "return told()",
        "raise type(told()[:900], (Exception,), {})(told())",
    ],
)
def test_what_is_lent_is_not_carried_out(bench: Bench, carries: str) -> None:
    """In the cell and in the call: no text of the reference stands in what is kept or shown."""
    in_call = f"def fourfold(x):\n    doubled\n    {carries}"
    in_cell = f"doubled\ndef now():\n    {carries}\nnow()\n{FOUR}"
    for answer in (in_call, in_cell):
        verdict = bench.verdict({"doubled": READ + WRONG, "fourfold": answer})
        assert len(bench.children) == 2
        assert "only in the reference" not in json.dumps(verdict.plain())
        assert verdict.marks[0].points == 0


def test_the_earlier_exercise_earns_nothing_by_noticing(bench: Bench) -> None:
    """Its own cell borrows what it finds, in whichever sandbox."""
    borrows = (
        "class _Late:\n    def __call__(self, x):\n"
        "        f = [f for f in gc.get_objects() if getattr(f, '__name__', '') == 'by_ten']\n"
        "        return f[0](x) / 5 if f else x\n"
        "import gc\ndoubled = _Late()"
    )
    marks = bench.marks({"doubled": borrows, "fourfold": FOUR})
    assert marks["doubled"].points == 0


@pytest.mark.parametrize("name", TRICKS)
def test_no_trick_earns_by_what_is_lent(bench: Bench, name: str) -> None:
    answers, points = TRICKS[name]
    verdict = bench.verdict(answers)
    marks = {mark.id: mark for mark in verdict.marks}
    assert (marks[[*answers][-1]].points or 0) == points
    assert marks["doubled"].points == 0
    assert "only in the reference" not in json.dumps(verdict.plain())
    assert bench.marks({"doubled": WRONG, "fourfold": FOUR})["fourfold"].points == 2, "the next"


def test_a_check_that_waits_for_ever_on_what_is_lent_is_not_passed_by_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(answer: Answer, rng: np.random.Generator) -> None:
        while answer(2.0) == 4.0:
            pass

    monkeypatch.setattr(follow_through, "_SECONDS", 0.2)
    task = bench.catalogue.load("tenfold")
    assert isinstance(task, Exercise)
    monkeypatch.setattr(task, "checks", [*task.checks, Check("waits", waits, 0.0, False)])
    passed = follow_through.passed_by_itself.__wrapped__
    assert passed(bench.catalogue, "twice", "tenfold") == frozenset()
    assert "waits" in passed(bench.catalogue, "doubled", "tenfold"), "by its helper"


def test_both_sandboxes_share_the_notebooks_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.judge, "_limits", Limits(cell_seconds=0.3, total_seconds=0.3))
    marks = bench.marks({"doubled": "while True: pass", "fourfold": FOUR})
    assert marks["doubled"].state == "timed out"
    assert (marks["fourfold"].points, len(bench.children)) == (0, 1)


def test_the_digest_that_decides_holds_the_references(bench: Bench, tmp_path: Path) -> None:
    path = bench.catalogue.path("doubled")
    changed = tmp_path / path.name
    changed.write_text(path.read_text().replace("by_ten(x), 0", "by_ten(x), 1"))
    assert grader_digest((path,)) != grader_digest((changed,))
