"""Let wrong formulas pass, and explain how they did."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_check",
    title="How wrong formulas pass",
    points=2,
    prompt="""
        Ten wrong formulas for the slope of one sigmoid unit, (a − t) · a(1 − a) · x1, each one slip
        away from it, were checked in section 6. All ten pass at the place “large weights” (w1 = w2
        = 10, b = 5, x1 = x2 = 3, t = 1), nine at “all zero”, three at “all one” (“x2 for x1”, “w1
        for x1” and “x1 forgotten”), and none at a random place. Explain in four or five sentences:
        why do they pass at the first two places, what lets exactly these three pass at the third,
        and what would you ask of a place before you trust a check there?
    """,
    marking=(
        (
            """
            Zero and large: says which quantity vanishes there and why then every formula with that
            factor agrees (for large weights with the role of rounding or tolerance).
            """,
            1,
        ),
        (
            """
            All one, and the conclusion: says what can't be told apart if numbers are equal, and
            names a property of good places (random, different, neither zero nor saturated).
            """,
            1,
        ),
    ),
    model="""
        At “all zero” the input x1 is 0, so the true slope is 0, and each wrong formula with a
        factor x1 (or x2, or w1, which are 0 too) is 0 as well, whatever nonsense the other factors
        are. Only the formula without any input fails. At “large weights” the unit is saturated and
        its answer is 1 to the last digit, which is the target: the miss, or σ′, is 0 up to
        rounding, and the tolerance forgives the rest. At “all one” the miss and the slope are
        neither 0 nor 1, so mistakes in them show up. But x1 = x2 = w1 = 1: exchanging these, or
        leaving x1 out, changes no number. A good place makes every factor count: all numbers
        different from each other, none 0 or 1, z near enough to 0 that the slope lives. Random
        numbers of ordinary size have all that, and several places guard against bad luck.
    """,
)
break_check = exercise.model
