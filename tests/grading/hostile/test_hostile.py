"""No attack earns, harms, stays or spoils: in every strong tier, as root and as an ordinary user.

All attacks of a user run at once, a batch for each tier; the results are looked at one by one.
"""

import sys

import pytest

from annkit.grading.sandbox.tiers import Tier, why_not
from tests.grading.hostile.attacks import ATTACKS
from tests.grading.hostile.battle import HONEST_POINTS, NEXT_POINTS
from tests.grading.hostile.runs import STRONG, Python, results, rounds

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "turn", "tier", "user"), rounds(ATTACKS))
def test_attack(name: str, turn: int, tier: Tier, user: str, readable_python: Python) -> None:
    """No undeserved point, no deserved one lost, nothing harmed, the next submission unharmed."""
    result = results(turn, user, readable_python)[tier][name]
    attack = ATTACKS[name]
    earned = result["earned"]
    assert earned["sigmoid"] == attack.deserves
    if attack.others_keep:
        assert {id: earned[id] for id in HONEST_POINTS} == HONEST_POINTS
    else:
        assert all(earned[id] <= most for id, most in HONEST_POINTS.items())
    assert result["next"] == NEXT_POINTS
    assert result["harm"] == []
    assert result["strangers"] == []


def test_there_are_enough_of_them() -> None:
    """The list covers all seven kinds of harm."""
    assert len(ATTACKS) >= 60
    assert len({name.split(":")[0] for name in ATTACKS}) == 7


def test_a_strong_tier_is_there_on_linux() -> None:
    """This suite would prove nothing on a machine that offers no tier worth the name."""
    if sys.platform == "linux":
        assert STRONG, [why_not(tier) for tier in Tier]
