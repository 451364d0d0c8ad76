"""A state that nobody has a sign for would pass as graded."""

from annkit.grading import states


def test_every_state_but_graded_has_a_sign_of_its_own() -> None:
    names = {value for name, value in vars(states).items() if name.isupper() and type(value) is str}
    assert names - {states.GRADED} == states.SIGNS.keys()
    assert len(set(states.SIGNS.values())) == len(states.SIGNS)
