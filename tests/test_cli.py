"""`annkit` on the command line."""

import os
import subprocess
import sys

import pytest

from annkit.cli import main, parse
from annkit.distribution import version


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["--version"])
    assert capsys.readouterr().out == f"annkit {version()}\n"


def test_without_a_word_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("usage: annkit")


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["frobnicate"])
    assert "frobnicate" in capsys.readouterr().err


def test_the_console_script_is_installed() -> None:
    script = sys.executable.removesuffix("python") + "annkit"
    result = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("annkit ")


@pytest.mark.parametrize(
    "line",
    [
        "all.zip ch03 --course c --student a",
        "all.zip --course c ch03 --student a",
        "--course c --student a all.zip ch03",
    ],
)
def test_words_and_options_come_in_any_order(line: str) -> None:
    options = parse(["grade", *line.split()])
    assert [str(options.folder), options.assignment, options.student] == ["all.zip", "ch03", ["a"]]


@pytest.mark.parametrize("line", ["a b c", "a b --course d c", "a --what b", "a --workers -3"])
def test_what_is_too_much_or_wrong_is_refused(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        parse(["grade", *line.split()])
    assert "error" in capsys.readouterr().err


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    """As in `annkit classroom links … | head -1`: nobody reads the rest."""
    reading, writing = os.pipe()
    os.close(reading)
    words = ["classroom", "links", "https://hub.example.org", "--repository", "https://x.example/y"]
    command = [sys.executable, "-m", "annkit", *words]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
