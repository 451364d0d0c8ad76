"""A learner's module, as it may be found."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def written(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write the learner's module anew."""

    def write(text: str) -> None:
        (home / "my_ann.py").write_text(text)
        monkeypatch.delitem(sys.modules, "my_ann", raising=False)

    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "my_ann", raising=False)
    return write
