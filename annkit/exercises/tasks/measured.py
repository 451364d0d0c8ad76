"""Slopes that were measured by a difference instead of derived: what their digits show.

A formula is right to the last digits. A difference of two nearly equal numbers is not: with a step
of h, rounding costs about 10⁻¹⁶/h of the function's size and the step itself a power of h, so that
the best that is commonly written keeps thirteen digits of sixteen.

Not here: slopes by complex steps, which lose no digits and are told by their source
(`annkit.source.signs_of_measuring`); comparing calls (`annkit.exercises.judging.diagnose`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call

# A formula of a few operations errs by a few roundings of 1.1e-16, a difference by hundreds.
LAST_DIGITS = 3e-14
# Beside a cost with slopes like that, nothing need be left of a difference.
_HUGE = 1e6


def coarse(exact: Callable[..., Any]) -> Callable[[list[Call]], bool]:
    """Recognise slopes that are right, but not to the digits that a formula has.

    Args:
        exact: the right slopes, from the arguments of a call.

    Returns:
        a recogniser for `Exercise.wrong`; an answer in float32 is none of these.
    """

    def recognise(calls: list[Call]) -> bool:
        has_lost = False
        for call in calls:
            want, got = np.asarray(exact(*call.args)), np.asarray(call.value)
            if call.mutated or got.dtype != float or got.shape != want.shape:
                return False
            if np.max(np.abs(want), initial=0) > _HUGE:
                continue
            if not np.allclose(got, want, rtol=5e-3, atol=1e-4):
                return False
            # Where slopes are small, other formulas lose digits as well.
            is_large = np.abs(want) > 0.01
            has_lost |= bool(np.any(is_large & (np.abs(got - want) > LAST_DIGITS * np.abs(want))))
        return has_lost

    return recognise


def rounded_away(
    beside: Callable[[Call], bool], is_right: Callable[[Call], bool]
) -> Callable[[list[Call]], bool]:
    """Recognise slopes that are right except beside a huge cost, where a nudge changes nothing.

    Args:
        beside: the calls with such a cost.
        is_right: whether a result is right, up to the digits of a difference.

    Returns:
        a recogniser for `Exercise.wrong`.
    """

    def recognise(calls: list[Call]) -> bool:
        there = [is_right(call) for call in calls if beside(call)]
        elsewhere = [is_right(call) for call in calls if not beside(call)]
        return bool(there) and not any(there) and all(elsewhere)

    return recognise
