"""No lie of an expression, a class or a maker of functions earns; no evasion of a rule pays."""

import pytest

from annkit.grading.sandbox.tiers import Tier
from tests.grading.hostile.battle import HONEST_POINTS
from tests.grading.hostile.new_kinds import NEW_KINDS
from tests.grading.hostile.runs import STRONG, USERS, Python, results

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("tier", STRONG, ids=lambda tier: tier.value)
@pytest.mark.parametrize("name", NEW_KINDS)
def test_attack(name: str, tier: Tier, user: str, readable_python: Python) -> None:
    """No undeserved point that nobody hears of; nothing harmed; the others unharmed."""
    result = results(tier, user, readable_python, "--new-kinds")[name]
    attack = NEW_KINDS[name]
    if attack.is_reported:
        assert result["told"]
    else:
        assert result["earned"][attack.id] == 0
    if attack.others_keep:
        assert {id: result["earned"][id] for id in HONEST_POINTS} == HONEST_POINTS
    assert result["next"] == HONEST_POINTS | {"sigmoid": 2.0}
    assert result["harm"] == []
    assert result["strangers"] == []


def test_an_evasion_is_said_with_its_line(readable_python: Python) -> None:
    """Its mark and the words for a person name what was used."""
    for name, result in results(STRONG[0], "this user", readable_python, "--new-kinds").items():
        if name.startswith("evading"):
            assert "ruled out, so no points: `" in result["told"][0]
            assert "(line " in result["told"][0]
