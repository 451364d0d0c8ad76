"""What is put beside .venv.

Not here: that it can be used (tests/publish/book, tests/browser).
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools import beside


def test_without_npm_it_says_so_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[Any] = []
    monkeypatch.setattr(beside, "folder_of", lambda group: tmp_path / group)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(subprocess, "run", lambda *words, **options: fetched.append(words))
    with pytest.raises(SystemExit, match="npm is missing"):
        beside.install("site")
    assert fetched == []
