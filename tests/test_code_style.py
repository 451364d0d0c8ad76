"""`make check` is part of the tests: lint and types, one test for each command."""

import pytest

from tools.check import Command, commands


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_nothing_to_complain_about(command: Command) -> None:
    result = command.run()
    assert result.returncode == 0, result.stdout + result.stderr
