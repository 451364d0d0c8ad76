"""A sandbox that the files here share."""

from collections.abc import Iterator

import pytest

from annkit.grading.sandbox.sandbox import Sandbox
from tests.grading.conftest import TIERS


@pytest.fixture(scope="package", params=TIERS, ids=lambda tier: tier.value)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox in every tier this machine has."""
    with Sandbox(request.param) as made:
        yield made
