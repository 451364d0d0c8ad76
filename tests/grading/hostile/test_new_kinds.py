"""No lie of an expression, a class or a maker of functions earns; no evasion of a rule pays."""

import pytest

from annkit.grading.sandbox.tiers import Tier
from tests.grading.hostile.battle import HONEST_POINTS, NEXT_POINTS
from tests.grading.hostile.new_kinds import NEW_KINDS
from tests.grading.hostile.runs import Python, results, rounds

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "turn", "tier", "user"), rounds(NEW_KINDS))
def test_attack(name: str, turn: int, tier: Tier, user: str, readable_python: Python) -> None:
    """No undeserved point that nobody hears of; nothing harmed; the others unharmed."""
    result = results(turn, user, readable_python)[tier][name]
    attack = NEW_KINDS[name]
    if attack.is_reported:
        assert result["told"]
    else:
        assert result["earned"][attack.id] == 0
    if attack.others_keep:
        assert {id: result["earned"][id] for id in HONEST_POINTS} == HONEST_POINTS
    assert result["next"] == NEXT_POINTS
    assert result["harm"] == []
    assert result["strangers"] == []
    # The mark of an evasion, and the words for a person, name what was used.
    if name.startswith("evading"):
        assert "ruled out, so no points: `" in result["told"][0]
        assert "(line " in result["told"][0]
