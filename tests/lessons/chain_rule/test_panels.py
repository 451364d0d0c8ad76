"""Small helpers of the derivation's panels."""

import pytest

from annkit.lessons.chain_rule.panels import agree, number


@pytest.mark.parametrize(("value", "words"), [(1e-12, "0"), (-0.25, "−0.25"), (1 / 3, "0.3333")])
def test_noise_of_measuring_is_written_as_zero(value: float, words: str) -> None:
    assert number(value) == words


def test_agreement_allows_for_the_error_of_measuring_only() -> None:
    assert agree(0.5, 0.5 + 1e-9)
    assert not agree(0.5, 0.5001)
    assert not agree(float("nan"), 0.5)
