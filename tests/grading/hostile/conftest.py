"""What all batches of attacks share."""

import pytest

from tests.grading.hostile.runs import Python, python_for_everybody


@pytest.fixture(scope="session")
def readable_python(tmp_path_factory: pytest.TempPathFactory) -> Python:
    """An interpreter that every user may run."""
    return python_for_everybody(tmp_path_factory.mktemp("readable"))
