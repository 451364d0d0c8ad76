"""A newcomer's way through a package: every file it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = sorted((ROOT / "annkit").rglob("README.md"))
NAMED = re.compile(r"`([\w/]+\.(?:py|md))`")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_every_file_it_names_is_there(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    names = set(NAMED.findall(text)) - {"my_ann.py"}
    lost = [
        name for name in names if not any((at / name).is_file() for at in (readme.parent, ROOT))
    ]
    assert len(names) >= 10
    assert lost == []


def test_the_way_of_a_submission_is_among_them() -> None:
    assert ROOT / "annkit" / "grading" / "README.md" in READMES
