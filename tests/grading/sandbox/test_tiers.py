"""The strongest sandbox there is is used, and a weak one only if the teacher says so."""

import platform

import pytest

from annkit.grading.sandbox.tiers import NoTier, Tier, best_tier, choose_tier, why_not
from tests.grading.conftest import TIERS


def test_the_strongest_there_is_is_used() -> None:
    assert best_tier() is TIERS[0]
    assert choose_tier(None, weak_is_fine=True) is TIERS[0]


def test_a_weak_sandbox_needs_the_teachers_word() -> None:
    with pytest.raises(NoTier, match="--allow-weak-sandbox"):
        choose_tier("limits", weak_is_fine=False)
    assert choose_tier("limits", weak_is_fine=True) is Tier.LIMITS


def test_what_stands_in_the_way_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    asked = {tier: why_not.__wrapped__(tier) for tier in Tier}
    assert asked == {
        Tier.NAMESPACES: "needs Linux, this is Darwin",
        Tier.LANDLOCK: "needs Linux, this is Darwin",
        Tier.LIMITS: "",
    }
