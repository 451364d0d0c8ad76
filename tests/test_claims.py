"""Each sentence of the pages for teachers names the tests that would fail if it were not so.

Behind each sentence, and below each table, stands a comment: names of tests below this folder,
`limit` for what is said as one, `measured` for what a program tells that is no test, or `advice`.
`::test_attack[network]` are all attacks whose names begin so. Commands that stand by themselves are
read by annkit's own parser.
"""

import ast
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from annkit.cli import parse
from annkit.exercises import course
from annkit.exercises.calls.answer import DEFAULT_SECONDS
from annkit.exercises.calls.containment import PATIENCE
from annkit.grading.sandbox.sandbox import Limits
from tests.grading.hostile.attacks import ATTACKS
from tests.grading.hostile.new_kinds import NEW_KINDS
from tests.grading.hostile.test_fuzz import COUNT
from tests.test_architecture import PACKAGE, imports

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
PAGE = (DOCS / "protection.md").read_text(encoding="utf-8")
UNTESTED = {"limit", "measured", "advice"}
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
# Text up to a comment, and the comment; text without one comes last.
PIECE = re.compile(r"(.*?)<!-- (.*?) -->|(.+)", re.DOTALL)
ITEM = re.compile(r"\n(?=\s*(?:- |\d\. ))")
# What a list puts in front of a sentence, and a name for what follows, in bold.
LABEL = re.compile(r"(?:- |\d\. )?(?:\*\*[^*]+\.\*\* )?")
END = re.compile(r"[.?!][)”\"]*(?= )")
# What could make an object out of bytes that a submission sends.
UNPICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}


def pieces(page: str) -> Iterator[tuple[str, str]]:
    """A page's text piece by piece, each with its comment; "" where there is none."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    for block in re.split(r"\n\s*\n", BLOCK.sub("", text)):
        if block.startswith("#"):
            continue
        for item in ITEM.split(block):
            for text, comment, rest in PIECE.findall(item):
                if (text or rest).strip():
                    yield " ".join((text or rest).split()), comment


def sentences(text: str) -> list[str]:
    """The sentences of a text; a point within brackets, quotes or code ends none."""
    text = text[LABEL.match(text).end() :]  # type: ignore[union-attr]
    found, start = [], 0
    for end in END.finditer(text):
        one = text[start : end.end()]
        pairs = (one.count("(") - one.count(")"), one.count("“") - one.count("”"))
        if pairs == (0, 0) and one.count("`") % 2 == 0:
            found.append(one.strip())
            start = end.end()
    return [*found, text[start:].strip()]


def named(comment: str) -> Iterator[tuple[Path, str, str]]:
    """File, function and the beginning of a name of all tests in a comment."""
    for of_one_file in comment.split("; "):
        path, _, names = of_one_file.partition("::")
        for name in names.split(", ::"):
            function, _, beginning = name.partition("[")
            yield TESTS / path, function, beginning.removesuffix("]")


@cache
def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", ["protection", "teaching"])
def test_every_claim_names_its_tests_or_is_a_limit(page: str) -> None:
    found = list(pieces(page))
    assert len(found) > 100
    assert [text for text, comment in found if not comment] == []
    several = [text for text, _ in found if not text.startswith("|") and len(sentences(text)) > 1]
    assert several == [], "each sentence has a comment of its own"
    assert sum(comment in UNTESTED for _, comment in found) < len(found) / 3


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("Is it? It is! `yes`.", 3),
        ("It says so (by hand). That is new.", 2),
        ("- **Moodle.** Fill it in. Any language will do", 2),
        ("3. The verdict is reached outside.", 1),
        ("Linux 6.10 and `a. b`, (see there. It is said) and “so. It is”, 7.5 of 9.", 1),
    ],
)
def test_a_sentence_is_what_people_take_for_one(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("page", ["protection", "teaching"])
def test_every_test_that_is_named_is_there(page: str) -> None:
    comments = {comment for _, comment in pieces(page)} - UNTESTED
    names = [one for comment in comments for one in named(comment)]
    missing = [
        f"{path.relative_to(TESTS)}::{function}"
        for path, function, _ in names
        if not path.is_file() or function not in functions(path)
    ]
    assert missing == []
    begun = {beginning for _, _, beginning in names if beginning}
    every = [*ATTACKS, *NEW_KINDS]
    assert [one for one in begun if not any(name.startswith(one) for name in every)] == []


@pytest.mark.parametrize("page", sorted(DOCS.parent.glob("docs/*.md")), ids=lambda path: path.stem)
def test_every_command_is_one(page: Path) -> None:
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    lines = [line for kind, block in blocks if kind == "console" for line in block.splitlines()]
    commands = [shlex.split(line, comments=True) for line in lines if line.startswith("annkit ")]
    assert len(commands) > 10 or page.stem != "teaching"
    for _, *words in commands:
        parse(words)


def test_attacks_are_counted() -> None:
    kinds = Counter(name.split(":")[0] for name in ATTACKS)
    rows = re.findall(r"^\| (\w+)[^|]*\| (\d+) \| (\d+) \| \d+ \|", PAGE, re.MULTILINE)
    table = {kind.replace("using", "network"): (int(many), int(held)) for kind, many, held in rows}
    assert table == {kind: (count, count) for kind, count in kinds.items()}
    assert f"\n{len(ATTACKS)} hostile answers" in PAGE
    assert f"The same {len(ATTACKS)} answers" in PAGE
    stock = sum(map(int, re.findall(r"^\| \w[^|]*\| \d+ \| \d+ \| (\d+) \|", PAGE, re.MULTILINE)))
    front = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert f"Of {len(ATTACKS)} hostile answers none gained" in front
    assert f"\nlet {len(ATTACKS) - stock} of them through" in front
    assert f"\n{len(NEW_KINDS)} more answers" in PAGE
    assert f"\n{COUNT:_} notebooks".replace("_", " ") in PAGE


def test_numbers_are_those_of_the_code() -> None:
    limits = Limits()
    call, answer, notebook = DEFAULT_SECONDS, limits.answer_seconds, limits.total_seconds
    said = " ".join(PAGE.split())
    assert f"A call has {call:g} seconds unless the exercise says otherwise" in said
    assert f"a cell {limits.cell_seconds:g}, an answer {answer:g}, a notebook {notebook:g}" in said
    assert (PATIENCE, limits.patience) == (10, 10)
    assert "Ten times as many" in said
    assert limits.memory_mb == 1024
    assert "1 GB on top" in said
    assert f"own limit of {limits.cpu_seconds} seconds for a process" in said


def test_explanations_are_worth_what_the_manual_says() -> None:
    entries = map(course().entry, course().paths)
    assert {entry.points for entry in entries if entry.kind == "explanation"} == {2}
    manual = (DOCS / "teaching.md").read_text(encoding="utf-8")
    assert "explanations in words (two points each)" in manual


def test_nothing_that_comes_back_is_unpickled() -> None:
    """By nothing that stands between a sandbox and a mark."""
    rooms = [PACKAGE / "grading", PACKAGE / "exercises", PACKAGE / "symbolic"]
    using = [
        f"{path.name}: {name}"
        for room in rooms
        for path in room.rglob("*.py")
        for _, name in imports(path)
        if name.split(".")[0] in UNPICKLES
    ]
    assert using == []
