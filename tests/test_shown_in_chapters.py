"""A notebook shows what the last line of a cell returns: no table or picture stands further up.

Not here: what a picture says (tests/show, tests/lessons).
"""

import ast

import pytest

from annkit.exercises.tasks.catalogue import course
from annkit.publish.chapters import read_chapter

CHAPTERS = list(course().chapters)


def names_of_annkit(tree: ast.AST) -> set[str]:
    """The names under which a source has what it imports from annkit."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imports if (node.module or "").split(".")[0] == "annkit"]
    return {alias.asname or alias.name for node in ours for alias in node.names}


def lost(cells: list[str]) -> list[str]:
    """The calls of annkit whose results nobody sees: neither kept nor last in their cell."""
    trees = [ast.parse(source) for source in cells]
    ours = set().union(*map(names_of_annkit, trees))
    further_up = [node for tree in trees for node in tree.body[:-1] if isinstance(node, ast.Expr)]
    return [ast.unparse(node) for node in further_up if called(node.value) in ours]


def called(node: ast.expr) -> str:
    """The first name of a call, `show` of `show.table(rows)`; nothing if it is no such call."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_a_cell_makes_is_seen(name: str) -> None:
    cells = read_chapter(course().root / name / "chapter.py").cells
    assert lost([c.source for c in cells if c.kind == "code" and not c.for_authors]) == []


def test_a_table_above_a_print_is_lost() -> None:
    imports = "from annkit import show\nfrom annkit.lessons.forward import pictures as drawings"
    above = "show.table(rows)\ndrawings.line(1).bold()\nprint(2)\nfound = show.table(rows)\nfound"
    assert lost([imports, above]) == ["show.table(rows)", "drawings.line(1).bold()"]
    assert lost([imports, "print(2)\nshow.table(rows)"]) == []
