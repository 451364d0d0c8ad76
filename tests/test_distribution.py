"""Nobody is sent to the other project that is called annkit, and one that is there is noticed."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annkit.distribution import NAME, PACKAGE, in_the_way
from tests.test_architecture import tracked_text

INSTALL = re.compile(
    r"\b(?:pip3? install|pipx (?:install|run)|uv (?:add|pip install|tool (?:install|run))|uvx)\s"
    r"([^`\n\\]*)"
)
# `uvx --from annkit-course annkit start`: there the short name is the command.
FROM = "--from"


def wrong_names(text: str) -> Iterator[str]:
    """Commands in a text that would fetch `annkit` from the index."""
    for found in INSTALL.finditer(text.replace("\\\n", " ")):  # a command may go on in a next line
        words = [word.strip("\"'(),;") for word in found[1].split()]
        names = [re.split(r"[\[=<>~!@ ]", word)[0] for word in words]
        asked = names[names.index(FROM) + 1 :][:1] if FROM in names else names
        if PACKAGE in asked:
            yield found[0]


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
