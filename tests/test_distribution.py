"""Nobody is sent to the other project that is called annkit, and one that is there is noticed."""

import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from annkit.distribution import NAME, PACKAGE, in_the_way
from tests.test_architecture import tracked_text

# What fetches from the index; then come packages, options, or a command to run.
FETCH = re.compile(
    r"\b(?:pip[\d.]*(?:\s+-\S+)*\s+(?:install|download|wheel)|pipx\s+(?:inject|install|run)"
    r"|uv\s+(?:add|run(?=\s.*--with)|pip\s+install|tool\s+(?:install|run))|uvx)\s+([^`\n\\]*)",
    re.IGNORECASE,
)
# Brackets before a name; a version, extras or a full stop after it.
AROUND = re.compile(r"^[\"'(*]*|[^\w-].*$")
# Where one of these stands, packages follow them alone: in `uvx --from annkit-course annkit start`
# the short name is the command.
NAMING = {"--from", "--spec", "--with"}


def wrong_names(text: str) -> Iterator[str]:
    """Commands in a text that would fetch `annkit` from the index."""
    text = text.replace("\\\n", " ")  # a command may go on in a next line
    text = re.sub(r"[\"'],\s*[\"']", " ", text)  # or be a list of words
    for found in FETCH.finditer(text):
        if PACKAGE in packages(found[1]):
            yield found[0]


def packages(words: str) -> list[str]:
    """The names of packages among the words after a command, as an index reads them."""
    pairs = pairwise(["", *re.sub(r"(--\w+)=", r"\1 ", words).split()])
    plain = [(before, AROUND.sub("", word).lower()) for before, word in pairs]
    if any(before in NAMING for before, _ in plain):
        return [word for before, word in plain if before in NAMING]
    return [word for _, word in plain]


@pytest.mark.parametrize(
    ("text", "n_wrong"),
    [
        ("run `pip install annkit` first", 1),
        ("pip install --upgrade 'annkit[lab]==0.2'", 1),
        ("uvx annkit start", 1),
        ("uv tool install annkit", 1),
        ("pip install --quiet \\\n  annkit", 1),
        (r'"pip install \".[lab]\"\nannkit start"', 0),
        (f"pip install {NAME}[lab]", 0),
        (f"uvx --from {NAME} annkit start", 0),
        ("uvx --from annkit annkit start", 1),
        ("uvx --from=annkit-course --with annkit annkit start", 1),
        ("uv run --with jupyterlab annkit start", 0),
        ("uv run --with annkit jupyter lab", 1),
        ("uv run python -m pip install annkit", 1),
        ("pipx run annkit start", 1),
        ("pipx run --spec annkit-course annkit start", 0),
        ("pip3 install annkit", 1),
        ("pip3.12 install annkit", 1),
        ("%pip install -U annkit", 1),
        ("!pip  --quiet install  annkit", 1),
        ("uv pip install annkit", 1),
        ("python -m pip install 'annkit'", 1),
        ("pip install Annkit.", 1),
        ("**pip install annkit**: then", 1),
        ('["-m", "pip", "install", "annkit"]', 1),
        ("pip download annkit", 1),
        ("`pip install jupyterlab`, and open annkit", 0),
        ("pip install ./annkit_course-0.1.0-py3-none-any.whl", 0),
    ],
)
def test_a_wrong_command_is_found(text: str, n_wrong: int) -> None:
    assert len(list(wrong_names(text))) == n_wrong


def test_nobody_is_sent_to_another_project() -> None:
    own = str(Path(__file__).relative_to(Path(__file__).parents[1]))
    found = {name: wrong for name, text in tracked_text() if (wrong := [*wrong_names(text)])}
    assert list(found) == [own], found


def test_here_is_only_this_one() -> None:
    assert in_the_way(sys.path) is None


def test_a_package_that_is_found_first_is_named(tmp_path: Path) -> None:
    (tmp_path / PACKAGE).mkdir()
    (tmp_path / PACKAGE / "__init__.py").touch()
    told = in_the_way([str(tmp_path), *sys.path])
    assert told is not None
    assert str(tmp_path) in told
    assert in_the_way([*sys.path, str(tmp_path)]) is None


def test_a_distribution_of_that_name_is_named_and_ours_is_not(tmp_path: Path) -> None:
    for name in (PACKAGE, NAME.replace("-", "_")):
        folder = tmp_path / f"{name}-7.1.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 7.1\n")
    told = in_the_way([*sys.path, str(tmp_path)])
    assert told is not None
    assert "called annkit, 7.1, is installed" in told
    assert NAME in told
