"""A learning rate that glides from large to small."""

import math

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="cosine_schedule",
    title="Half a cosine wave",
    points=1,
    size="about 2 lines",
    task="""Return the learning rate of a step: `base` at step 0, `floor` at step `n_steps`, and in
between half a wave of the cosine, from its top to its bottom, stretched to these two heights.

Example: with `n_steps = 100`, `base = 0.8` and `floor = 0.2`, step 0 gives 0.8, step 50 gives 0.5
and step 100 gives 0.2. Step 25 gives about 0.712, so the fall begins gently.""",
    hints=(
        """
        From which angle to which angle does the cosine fall from its top to its bottom? Which angle
        belongs to half of the steps?
        """,
        """
        `cos(π · step / n_steps)` runs from 1 to −1. Bring that to 1 … 0 first, then stretch it to
        the distance between `base` and `floor` and lift it by `floor`.
        """,
        """
        The same with a sine, from 10 to 30 degrees over half a day: the sine of −π/2 … π/2 runs
        from −1 to 1; `(1 + s) / 2` runs from 0 to 1; `10 + (30 - 10) * that` runs from 10 to 30. In
        the middle: 10 + 20 · 0.5 = 20.
        """,
        """
        Skeleton:

        ```python
        share = (1 + np.cos(...)) / 2   # 1 at the start, 0 at the end
        return floor + ...
        ```
        """,
    ),
)


@exercise.reference
def cosine_schedule(step, n_steps, base, floor=0.0):
    """Learning rate of one step on half a cosine wave.

    Args:
        step: number of the step, from 0 to n_steps.
        n_steps: number of steps in the whole training, at least 1.
        base: learning rate at step 0.
        floor: learning rate at step n_steps.

    Returns:
        One number.
    """
    share = (1 + np.cos(np.pi * step / n_steps)) / 2
    return float(floor + (base - floor) * share)


@exercise.check("returns one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(3, 10, 0.1), (), what="the learning rate")


@exercise.check("starts at base, ends at floor, and is half-way in the middle", points=0.5)
def three_places(answer: Answer, rng: np.random.Generator) -> None:
    for step, expected in ((0, 0.8), (50, 0.5), (100, 0.2)):
        expect_close(answer(step, 100, 0.8, 0.2), expected, what=f"the rate at step {step}")
    expect_close(
        answer(50, 75, 0.8, 0.2), 0.35, what="the rate at step 50 of 75", why="cos(2π/3) is −½"
    )
    expect_close(answer(2, 3, 0.4), 0.1, what="the rate at step 2 of 3", why="the floor is 0 here")
    low, high = int(rng.integers(1, 9)) / 100, int(rng.integers(2, 9)) / 10
    expected = low + (high - low) / 4
    expect_close(answer(40, 60, high, low), expected, what="the rate at step 40 of 60")


@exercise.check("follows the cosine everywhere", points=0.5)
def everywhere(answer: Answer, rng: np.random.Generator) -> None:
    n_steps = int(rng.integers(20, 60))
    floor = float(rng.uniform(0.01, 0.05))
    base = floor + float(rng.uniform(0.1, 2))
    for step in map(int, rng.integers(0, n_steps + 1, size=6)):
        half_angle = math.sin(math.pi * step / (2 * n_steps)) ** 2  # ½ − ½ cos x = sin²(x/2)
        expected = base - (base - floor) * half_angle
        expect_close(answer(step, n_steps, base, floor), expected, what=f"the rate at step {step}")


@exercise.wrong(caught_by=three_places, hint=2)
def floor_on_top(step, n_steps, base, floor=0.0):
    """The floor is added on top of the whole wave: the start lies too high by just that much."""
    return float(floor + base * (1 + np.cos(np.pi * step / n_steps)) / 2)


@exercise.wrong(caught_by=three_places, hint=1)
def straight_line(step, n_steps, base, floor=0.0):
    """You go straight from base to floor: start, middle and end fit, all other places don't."""
    return base + (floor - base) * step / n_steps


@exercise.wrong(caught_by=three_places, hint=1)
def quarter_wave(step, n_steps, base, floor=0.0):
    """You use a quarter of the wave, from 1 to 0: it starts gently and ends at full slope."""
    return float(floor + (base - floor) * np.cos(np.pi / 2 * step / n_steps))


@exercise.wrong(caught_by=three_places, hint=1)
def whole_wave(step, n_steps, base, floor=0.0):
    """You use the whole wave: at the end the rate is back at base."""
    return float(floor + (base - floor) * (1 + np.cos(2 * np.pi * step / n_steps)) / 2)


@exercise.wrong(caught_by=three_places, hint=2)
def not_brought_to_one(step, n_steps, base, floor=0.0):
    """Your wave still runs from 1 to −1: past the middle, the rate would fall below the floor."""
    return float(floor + (base - floor) * np.cos(np.pi * step / n_steps))


@exercise.wrong(caught_by=three_places, hint=1)
def upside_down(step, n_steps, base, floor=0.0):
    """Your wave rises: it starts at floor and ends at base."""
    return float(floor + (base - floor) * (1 - np.cos(np.pi * step / n_steps)) / 2)


@exercise.wrong(caught_by=three_places, hint=2)
def floor_as_limit(step, n_steps, base, floor=0.0):
    """Your wave goes down to 0 and is cut off at the floor: the last part is flat."""
    return float(max(floor, base * (1 + np.cos(np.pi * step / n_steps)) / 2))


@exercise.wrong(caught_by=three_places, hint=1)
def without_pi(step, n_steps, base, floor=0.0):
    """Your angle runs from 0 to 1 only. Which angle is half a wave?"""
    return float(floor + (base - floor) * (1 + np.cos(step / n_steps)) / 2)


@exercise.wrong(caught_by=three_places, hint=2)
def bracket_left_out(step, n_steps, base, floor=0.0):
    """In `1 + np.cos(…) / 2` only the cosine is halved: the sum needs brackets."""
    return float(floor + (base - floor) * 1 + np.cos(np.pi * step / n_steps) / 2)


@exercise.wrong(caught_by=three_places, hint=1)
def angle_in_degrees(step, n_steps, base, floor=0.0):
    """The cosine takes its angle in radians: half a wave is π long, not 180."""
    return float(floor + (base - floor) * (1 + np.cos(180 * step / n_steps)) / 2)


def _ends_near_zero(calls) -> bool:
    """Whether every rate is that of a floor near 0, the same whatever the caller says."""
    return all(
        abs(call.value - call.args[2] * (1 + math.cos(math.pi * call.args[0] / call.args[1])) / 2)
        < 2e-3 * call.args[2]
        for call in calls
    )


@exercise.wrong(caught_by=three_places, hint=2, recognise=_ends_near_zero)
def floor_ignored(step, n_steps, base, floor=0.0):
    """Your wave always ends at the same place, at or near 0, whatever `floor` is."""
    return float(base * (1 + np.cos(np.pi * step / n_steps)) / 2)


@exercise.wrong(caught_by=three_places, hint=2)
def not_lifted(step, n_steps, base, floor=0.0):
    """Your wave has the right height, but it stands on 0: it runs from base − floor down to 0."""
    return (base - floor) * (1 + np.cos(np.pi * step / n_steps)) / 2


@exercise.wrong(caught_by=three_places, hint=2)
def swings_around_half_the_sum(step, n_steps, base, floor=0.0):
    """The middle of your wave is right, its swing is too wide: it runs from base + floor to 0."""
    return (base + floor) / 2 * (1 + np.cos(np.pi * step / n_steps))


@exercise.wrong(caught_by=three_places, hint=1)
def one_step_less(step, n_steps, base, floor=0.0):
    """Your wave is over one step too early: steps run from 0 to `n_steps`, and both ends count."""
    share = (1 + np.cos(np.pi * step / max(n_steps - 1, 1))) / 2
    return float(floor + (base - floor) * share)


@exercise.wrong(caught_by=three_places, hint=2)
def twice_as_high(step, n_steps, base, floor=0.0):
    """1 + cos runs from 2 to 0, so your wave is twice as high as base − floor."""
    return floor + (base - floor) * (1 + np.cos(np.pi * step / n_steps))


@exercise.wrong(caught_by=three_places, hint=1)
def whole_steps_of_the_wave(step, n_steps, base, floor=0.0):
    """`//` cuts the fraction off: your rate stays at base, and falls at the last step only."""
    return floor + (base - floor) * (1 + np.cos(np.pi * (step // n_steps))) / 2


@exercise.wrong(caught_by=three_places, hint=1)
def sine_for_cosine(step, n_steps, base, floor=0.0):
    """A sine begins in the middle and rises first. The cosine begins at its top."""
    return floor + (base - floor) * (1 + np.sin(np.pi * step / n_steps)) / 2


@exercise.wrong(caught_by=one_number, hint=1)
def the_whole_schedule(step, n_steps, base, floor=0.0):
    """You return the rates of all steps. Asked for is the rate of one, number `step`."""
    return floor + (base - floor) * (1 + np.cos(np.pi * np.arange(n_steps + 1) / n_steps)) / 2


@exercise.wrong(caught_by=three_places, hint=2)
def half_beside_the_cosine(step, n_steps, base, floor=0.0):
    """½ + cos runs from 1½ to −½. The half has to shrink the swing of the cosine as well."""
    return floor + (base - floor) * (0.5 + np.cos(np.pi * step / n_steps))


@exercise.alternative
def with_sine_squared(step, n_steps, base, floor=0.0):
    return base - (base - floor) * math.sin(math.pi / 2 * step / n_steps) ** 2


@exercise.alternative
def middle_and_swing(step, n_steps, base, floor=0.0):
    middle, swing = (base + floor) / 2, (base - floor) / 2
    return middle + swing * np.cos(np.pi * step / n_steps)


@exercise.picture
def own_wave(answer: Answer):
    """The learner's own schedule over 100 steps."""
    from annkit.show import lines

    steps = list(range(0, 101, 2))
    rates = [answer(step, 100, 0.8, 0.2) for step in steps]
    return lines(steps, {"yours": rates}, "step", "learning rate", "From 0.8 to 0.2 in 100 steps")
