"""What a chapter must keep to, so that its notebook works for somebody who solved nothing yet.

Not here: faults inside an exercise's file (`annkit.exercises.tasks.task`,
`annkit.exercises.tasks.references`).
"""

import ast
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from annkit.exercises.tasks.references import Reference
from annkit.publish.chapters import Chapter, SourceCell
from annkit.publish.errors import BuildError
from annkit.source.names import Names, names_of

RESERVED_MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME")


def check_placement(chapter: Chapter) -> None:
    """Every exercise file beside the chapter is placed in it exactly once.

    Raises:
        BuildError: at the second placement, or at the first line of the file left out.
    """
    seen: dict[str, int] = {}
    for cell in chapter.cells:
        stem = chapter.placed(cell)
        if stem is None:
            continue
        if cell.for_authors:
            raise BuildError(chapter.path, cell.line, f"{stem} is placed in a cell for authors")
        if stem in seen:
            raise BuildError(
                chapter.path, cell.line, f"{stem} is placed a second time (line {seen[stem]})"
            )
        seen[stem] = cell.line
    for path in sorted(chapter.path.parent.glob("*.py")):
        if path.stem not in seen and path != chapter.path:
            line = f"from {path.stem} import {path.stem}"
            raise BuildError(path, 1, f"not placed: {chapter.path.name} has no cell `{line}`")


def check_marks(paths: Iterable[Path]) -> None:
    """No source speaks nbgrader's marks: they are the build's, and nbgrader would cut there.

    Raises:
        BuildError: at the line with the mark.
    """
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for mark in RESERVED_MARKS:
                if mark in line:
                    raise BuildError(path, number, f"nbgrader would act on {mark!r}")


def check_names(chapter: Chapter, taken: Mapping[str, str], verbs: set[str]) -> None:
    """No demonstration needs a learner's answer, or overwrites one.

    Args:
        chapter: the chapter.
        taken: name of each answer → the exercise it belongs to.
        verbs: what the generated cells call: `check`, `quiz`.

    Raises:
        BuildError: at a cell that uses or binds such a name, or is not Python.
    """
    for cell in chapter.cells:
        if cell.kind != "code" or cell.for_authors or chapter.placed(cell):
            continue
        names = _names(chapter, cell)
        for name in sorted((names.bound | names.used) & taken.keys()):
            raise BuildError(
                chapter.path,
                cell.line,
                f"this cell uses the name {name}, which belongs to the exercise {taken[name]}; "
                "a demonstration calls annkit instead",
            )
    missing = missing_verbs(chapter, verbs)
    if missing:
        wanted = ", ".join(sorted(missing))
        raise BuildError(
            chapter.path,
            _opening(chapter).line,
            f"the first code cell has to say `from annkit import {wanted}`",
        )


def check_imports(chapter: Chapter, references: Mapping[Path, Reference]) -> None:
    """What the references import stands in the chapter's first code cell, word for word.

    Raises:
        BuildError: at that cell; the learner's answer would miss the import.
    """
    line_of_cell = _opening(chapter).line
    for path, reference in references.items():
        for line in missing_imports(chapter, reference):
            problem = f"the first code cell has to say `{line}`: {path.name} needs it"
            raise BuildError(chapter.path, line_of_cell, problem)


def check_nothing_missing(
    references: Mapping[Path, Reference], left_out: Mapping[str, Collection[Path]]
) -> None:
    """No answer grows out of one that a teacher leaves out.

    Args:
        references: file → reference, of what is taken.
        left_out: name of an answer that is left out → the files of those that come after it.

    Raises:
        BuildError: at the file whose stub needs it.
    """
    for path, reference in references.items():
        for name in sorted(names_of(reference.stub).used & left_out.keys()):
            if path in left_out[name]:
                problem = f"builds on `{name}`, whose exercise is left out: leave out both or none"
                raise BuildError(path, 1, problem)


def missing_verbs(chapter: Chapter, verbs: set[str]) -> set[str]:
    """Which verbs the chapter's first code cell does not import."""
    return verbs - names_of(_opening(chapter).source).bound


def missing_imports(chapter: Chapter, reference: Reference) -> list[str]:
    """The lines a reference needs that are not in the chapter's first code cell."""
    present = _imported(_opening(chapter).source)
    return [line for line in reference.imports if not _imported(line) <= present]


def _imported(source: str) -> set[tuple[str, str, str]]:
    """What the import statements of a source bring."""
    return {
        _one_name(statement, alias)
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for alias in statement.names
    }


def _opening(chapter: Chapter) -> SourceCell:
    """The chapter's first code cell that learners get."""
    for cell in chapter.cells:
        if cell.kind == "code" and not cell.for_authors:
            return cell
    raise BuildError(chapter.path, 1, "a chapter needs a first code cell with its imports")


def _names(chapter: Chapter, cell: SourceCell) -> Names:
    """The names of a cell, or the line at which it is not Python."""
    try:
        return names_of(cell.source)
    except SyntaxError as error:
        line = cell.line + (error.lineno or 1) - 1
        raise BuildError(chapter.path, line, f"not Python: {error.msg}") from error


def _one_name(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str, str, str]:
    """An import of one name in comparable form: where from, what, called what."""
    module = statement.module or "" if isinstance(statement, ast.ImportFrom) else ""
    return module, alias.name, alias.asname or alias.name
