"""Where a text points, there is something: module names in docstrings, comments and documents."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "annkit"
CODE = sorted(
    path
    for folder in ("annkit", "tests", "solutions", "benchmarks", "tools")
    for path in (ROOT / folder).rglob("*.py")
)
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXERCISES = {path.stem for path in (ROOT / "solutions").glob("ch*/*.py")}

DOTTED = re.compile(r"\bannkit(?:\.[A-Za-z_]\w*)+(?!\w)(?<!\.yaml)")
NAMED_FILE = re.compile(r"`([\w/]+\.(?:py|md))`")
QUOTED = re.compile(r"`+([A-Za-z_][\w./]*(?:\(\))?)`+")
Text = tuple[int, str]  # line where it begins, what it says


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(path: Path) -> Iterator[Text]:
    """Of the module first, then of all it defines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body[:1]:
                case [ast.Expr(value=ast.Constant(value=str(words)), lineno=line)]:
                    yield line, words


def comments(path: Path) -> Iterator[Text]:
    """Those that name the package; reading a file token by token is slow."""
    source = path.read_text(encoding="utf-8")
    if re.search(r"#.*annkit\.", source):
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def found(pattern: re.Pattern[str], text: Text) -> Iterator[tuple[int, re.Match[str]]]:
    """Line and match of everything a pattern finds."""
    first, words = text
    for match in pattern.finditer(words):
        yield first + words.count("\n", 0, match.start()), match


def module(folder: Path, name: str) -> Path | None:
    """The file of a module or package in a folder."""
    for path in (folder / f"{name}.py", folder / name / "__init__.py"):
        if path.is_file():
            return path
    return None


def public(block: Iterable[ast.stmt]) -> dict[str, list[ast.stmt]]:
    """Public names that statements define, each with the statements inside it."""
    names: dict[str, list[ast.stmt]] = {}
    for node in block:
        match node:
            case ast.FunctionDef():
                names[node.name] = []
            case ast.ClassDef():
                names[node.name] = node.body
            case ast.ImportFrom():
                names |= {alias.asname or alias.name: [] for alias in node.names}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names[name] = []
            case ast.If():
                names |= public(node.body)
    return {name: inside for name, inside in names.items() if not name.startswith("_")}


def leads_somewhere(words: list[str], folder: Path) -> bool:
    """Whether a dotted name, in words, is a module below a folder, or a public name in one."""
    block = tree(folder / "__init__.py").body
    for word in words:
        path = module(folder, word)
        if path is not None:
            block, folder = tree(path).body, folder / word
        elif word in public(block):
            block = public(block)[word]
        else:
            return False
    return True


def is_there(name: str, path: Path) -> bool:
    """Whether a name in a module's docstring leads somewhere.

    It may be a module beside this one or further up in its package, a public name in one of
    those, an absolute path, a file, or an exercise that learners write.
    """
    if "/" in name:
        return any((folder / name).exists() for folder in (ROOT, path.parent))
    words = name.removesuffix("()").split(".")
    if words[0] == "annkit":
        return leads_somewhere(words[1:], PACKAGE)
    above = [folder for folder in path.parents if PACKAGE in folder.parents]
    return name in EXERCISES or any(leads_somewhere(words, f) for f in above or [PACKAGE])


def test_what_is_not_here_is_where_the_docstring_says() -> None:
    lost = []
    for path in CODE:
        if PACKAGE not in path.parents:
            continue
        line, words = next(docstrings(path), (1, ""))
        before, _, after = words.partition("Not here:")
        text = (line + before.count("\n"), after.split("\n\n")[0])
        lost += [
            f"{path.relative_to(ROOT)}:{number}: {match[1]}"
            for number, match in found(QUOTED, text)
            if not is_there(match[1], path)
        ]
    assert lost == []


def test_what_a_room_says_is_in_it_is_in_it() -> None:
    """A name without a dot is a module or defined in one; or it stands after "Not here:"."""
    lost = []
    for path in PACKAGE.rglob("__init__.py"):
        inside = {name for file in path.parent.rglob("*.py") for name in public(tree(file).body)}
        inside |= {file.stem for file in path.parent.rglob("*")}
        lost += [
            f"{path.relative_to(ROOT)}:{number}: {match[1]}"
            for number, match in found(QUOTED, next(docstrings(path)))
            if match[1].isidentifier() and not match[1].startswith("_")
            if match[1] not in inside and not is_there(match[1], path)
        ]
    assert lost == []


def test_every_dotted_name_of_the_package_is_there() -> None:
    texts = [(path, text) for path in CODE for text in (*docstrings(path), *comments(path))]
    texts += [(path, (1, path.read_text(encoding="utf-8"))) for path in DOCUMENTS]
    lost = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path, text in texts
        for number, match in found(DOTTED, text)
        if not leads_somewhere(match[0].split(".")[1:], PACKAGE)
    ]
    assert lost == []


@pytest.mark.parametrize("package", ["exercises", "grading"])
def test_every_file_on_the_way_through_a_package_is_there(package: str) -> None:
    readme = PACKAGE / package / "README.md"
    names = set(NAMED_FILE.findall(readme.read_text(encoding="utf-8")))
    names -= {"my_ann.py"}  # a learner's own
    assert len(names) >= 10
    places = (readme.parent, ROOT)
    assert [name for name in names if not any((at / name).is_file() for at in places)] == []
