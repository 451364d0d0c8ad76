"""A triangle made of three ReLUs: the brick of which every curve can be built."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="relu_bump",
    title="A bump from three ReLUs",
    points=2,
    size="about 4 lines",
    forbidden=("interp",),
    task="""Make a triangle that is 0 up to `left`, rises straight to 1 at `peak`, falls straight
to 0 at `right`, and stays 0 from there on. The idea is a weighted sum of **three ReLUs**, each with
its kink at one of the three corners: a hidden layer of three units and an output. (`interp` is
ruled out; any other way that draws the triangle passes.)

Example: corners 2, 3, 5. At x = 2.5 the bump is 0.5, at 3 it is 1, at 4 it is 0.5, and at 1 and at
6 it is 0.""",
    hints=(
        """
        Walk along the triangle from left to right. What is its slope in each of the four pieces? By
        how much does the slope *change* at each corner?
        """,
        r"""
        A ReLU $\max(x - k, 0)$ is silent before its kink $k$ and adds slope 1 from there on, for
        ever. So its weight is the *change* of slope at $k$. At the peak, the change takes away the
        way up *and* starts the way down. (If you fill an array of your own: one of whole numbers
        has no room for fractions.)
        """,
        """
        A relative with the corners 0 and 4: flat, then rising with slope ½, then flat at 2. The
        slope changes by +½ at 0 and by −½ at 4: `0.5 * np.maximum(x, 0) - 0.5 * np.maximum(x - 4,
        0)`. At x = 6: 3 − 1 = 2.
        """,
        """
        Skeleton:

        ```python
        up = ...      # slope from left to peak
        down = ...    # how steeply it falls from peak to right
        return (... * np.maximum(x - left, 0)
                - ... * np.maximum(x - peak, 0)
                + ... * np.maximum(x - right, 0))
        ```
        """,
    ),
)


@exercise.reference
def relu_bump(x, left, peak, right):
    """Return a triangle of height 1 at x, as a sum of three ReLUs.

    Args:
        x: where to look, an array of any shape, floats or integers.
        left: where the triangle starts, a number.
        peak: where it is 1; left < peak < right. It need not lie in the middle.
        right: where it ends.

    Returns:
        The height at each x, floats, same shape as x; 0 outside of left … right.
    """
    up, down = 1 / (peak - left), 1 / (right - peak)
    return (
        up * np.maximum(x - left, 0)
        - (up + down) * np.maximum(x - peak, 0)
        + down * np.maximum(x - right, 0)
    )


@exercise.check("a symmetric bump by hand, in the shape of x", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    x, heights = np.arange(6.0), np.array([0.0, 0.0, 0.5, 1.0, 0.5, 0.0])
    expect_close(answer(x, 1.0, 3.0, 5.0), heights)
    left, half = map(float, rng.uniform(2, 9, 2).round(2))
    corners = left, left + half, left + 2 * half
    expect_close(answer(left + half * (x - 1) / 2, *corners), heights)
    for shape in ((2, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape)), -1.0, 0.0, 1.0), shape)


@exercise.check("the peak may lie anywhere; neighbouring bumps add up to 1", points=0.5)
def lopsided(answer: Answer, rng: np.random.Generator) -> None:
    for _ in range(3):
        up, down = rng.permutation([0.5, 1.0, 2.0, 4.0])[:2]
        peak, eighths = float(rng.integers(-3, 4)), np.arange(1, 8) / 8
        x = np.concatenate([peak - up * rng.permutation(eighths)[:3],
                            peak + down * rng.permutation(eighths)[:3]])  # fmt: skip
        expect_close(
            answer(x, float(peak - up), peak, float(peak + down)),
            np.interp(x, [peak - up, peak, peak + down], [0.0, 1.0, 0.0]),
        )
    corners = np.cumsum(rng.permutation([1.0, 2.0, 4.0, 5.0]))
    x = corners[1] + (corners[2] - corners[1]) * rng.permutation(np.arange(1, 8))[:6] / 8
    x = x.reshape(2, 3)
    first = answer(x, *(float(corner) for corner in corners[:3]))
    second = answer(x, *(float(corner) for corner in corners[1:]))
    expect_close(
        np.asarray(first) + np.asarray(second),
        np.ones((2, 3)),
        what="the sum of two neighbours",
        why="where one falls, the next one rises",
    )


@exercise.check("0 on both sides, however far", points=0.5)
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    x = np.array([-1000.0, -3.0, 1.0, 9.0, 1000.0, 2.0, 4.0])
    x[:5] += rng.permutation([-3.0, -2.0, -1.0, 0.0, 0.0]) * [1, 1, 1, -1, -1]
    heights, places = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.5]), rng.permutation(7)
    got = answer(x[places], 1.0, 2.0, 6.0)
    expect_close(got, heights[places], why="the three slopes cancel out there")


@exercise.check("takes whole numbers", points=0.5)
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    x, right = rng.permutation(np.arange(-1, 10)), int(rng.integers(5, 9))
    expect_close(answer(x, 0, 2, right), np.interp(x, [0, 2, right], [0.0, 1.0, 0.0]))


@exercise.wrong(caught_by=by_hand, hint=1)
def not_scaled(x, left, peak, right):
    """Your slopes are 1, −1 and 0, so the triangle is as high as `peak − left` is wide.

    How steep must it be to reach height 1 exactly at the peak?
    """
    z = np.maximum
    return z(x - left, 0) - 2 * z(x - peak, 0) + z(x - right, 0)


@exercise.wrong(caught_by=lopsided, hint=2)
def always_symmetric(x, left, peak, right):
    """Your bump falls as steeply as it rises. That is right only if the peak is in the middle."""
    z, up = np.maximum, 1 / (peak - left)
    return up * (z(x - left, 0) - 2 * z(x - peak, 0) + z(x - right, 0))


@exercise.wrong(caught_by=by_hand, hint=2)
def slope_instead_of_change(x, left, peak, right):
    """At the peak you subtract the new slope only.

    The old ReLU is still rising there, so first its slope has to be taken away.
    """
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x - left, 0) - down * z(x - peak, 0) + down * z(x - right, 0)


@exercise.wrong(caught_by=far_out, hint=1)
def never_caught(x, left, peak, right):
    """After `right` your bump goes on falling below 0: the third ReLU is missing."""
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x - left, 0) - (up + down) * z(x - peak, 0)


@exercise.wrong(caught_by=lopsided, hint=1)
def two_equal_slopes(x, left, peak, right):
    """Two things: your bump falls as steeply as it rises, and after `right` nothing stops it."""
    z, up = np.maximum, 1 / (peak - left)
    return up * z(x - left, 0) - 2 * up * z(x - peak, 0)


@exercise.wrong(caught_by=far_out, hint=2)
def rises_again(x, left, peak, right):
    """At `right` your slope changes by too much: instead of going flat, the curve rises again."""
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x - left, 0) - (up + down) * z(x - peak, 0) + (up + down) * z(x - right, 0)


@exercise.wrong(caught_by=by_hand, hint=2)
def plateau(x, left, peak, right):
    """At the peak your bump goes flat instead of turning round."""
    z, up = np.maximum, 1 / (peak - left)
    return up * z(x - left, 0) - up * z(x - peak, 0)


@exercise.wrong(caught_by=by_hand, hint=3)
def kinks_on_the_wrong_side(x, left, peak, right):
    """Your kinks are at −left, −peak and −right: a ReLU bends where its argument is 0."""
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x + left, 0) - (up + down) * z(x + peak, 0) + down * z(x + right, 0)


def _slopes_subtracted(calls) -> bool:
    """Whether the change of slope at the peak is ±(up − down) in every call."""
    signs: set[int] = set()
    for call in calls:
        x, (left, peak, right) = np.asarray(call.args[0], dtype=float), call.args[1:4]
        up, down = 1 / (peak - left), 1 / (right - peak)
        outer = up * np.maximum(x - left, 0) + down * np.maximum(x - right, 0)
        inner = (up - down) * np.maximum(x - peak, 0)
        fits = {sign for sign in (1, -1) if np.allclose(call.value, outer + sign * inner)}
        signs = fits if not signs else signs & fits
        if not signs:
            return False
    return bool(signs)


@exercise.wrong(caught_by=by_hand, hint=2, recognise=_slopes_subtracted)
def difference_of_slopes(x, left, peak, right):
    """At the peak you take away the *difference* of the two slopes, as if both went the same way.

    One leads up and the other down. By how much does the slope change from +2 to −3?
    """
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x - left, 0) - (up - down) * z(x - peak, 0) + down * z(x - right, 0)


@exercise.wrong(caught_by=lopsided, hint=1)
def half_of_the_whole_width(x, left, peak, right):
    """You divide by half of the whole width, so both sides are equally steep.

    Up the bump has `peak − left` to reach 1, and another width to come down.
    """
    z, slope = np.maximum, 2 / (right - left)
    return slope * (z(x - left, 0) - 2 * z(x - peak, 0) + z(x - right, 0))


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_heights(x, left, peak, right):
    """Your array of heights has the type of x: with whole numbers every height is 0 or 1.

    Heights are fractions, whatever x is.
    """
    up, down = 1 / (peak - left), 1 / (right - peak)
    heights = np.zeros_like(x)
    rising, falling = (x > left) & (x <= peak), (x > peak) & (x < right)
    heights[rising] = (up * (x - left))[rising]
    heights[falling] = (down * (right - x))[falling]
    return heights


@exercise.wrong(caught_by=by_hand, hint=1)
def slope_of_the_whole_base(x, left, peak, right):
    """You divide by the whole width, `right − left`. The bump has reached 1 by the peak."""
    z, slope = np.maximum, 1 / (right - left)
    return slope * (z(x - left, 0) - 2 * z(x - peak, 0) + z(x - right, 0))


@exercise.wrong(caught_by=by_hand, hint=1)
def width_for_slope(x, left, peak, right):
    """Your slopes are the widths, so a wider bump gets steeper. It should get flatter.

    How steep is a line that rises by 1 over that width?
    """
    z, up, down = np.maximum, peak - left, right - peak
    return up * z(x - left, 0) - (up + down) * z(x - peak, 0) + down * z(x - right, 0)


@exercise.wrong(caught_by=far_out, hint=2)
def falls_twice_as_fast(x, left, peak, right):
    """After `right` your bump falls twice as fast: the third ReLU has the wrong sign.

    The slope is negative there. What has to be added to it to make it 0?
    """
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x - left, 0) - (up + down) * z(x - peak, 0) - down * z(x - right, 0)


@exercise.wrong(caught_by=lopsided, hint=1)
def peak_in_the_middle(x, left, peak, right):
    """Your bump has its peak in the middle between `left` and `right`, wherever `peak` is."""
    return np.maximum(0, 1 - np.abs(x - (left + right) / 2) * 2 / (right - left))


@exercise.wrong(caught_by=by_hand, hint=2)
def lines_without_ends(x, left, peak, right):
    """Both lines are right between the corners, but go on outside of them, below 0."""
    return np.where(x < peak, (x - left) / (peak - left), (right - x) / (right - peak))


@exercise.wrong(caught_by=by_hand, hint=2)
def as_high_as_its_left_side(x, left, peak, right):
    """Your triangle has its corners in the right places, but is as high as `peak − left` is wide.

    How steep must the left side be to reach 1 exactly at the peak?
    """
    z, ratio = np.maximum, (peak - left) / (right - peak)
    return z(x - left, 0) - (1 + ratio) * z(x - peak, 0) + ratio * z(x - right, 0)


def _whole_slopes(sign):
    """Slopes cut off to whole numbers; the third ReLU with a sign."""

    def bump(x, left, peak, right):
        z, up, down = np.maximum, 1 // (peak - left), 1 // (right - peak)
        return up * z(x - left, 0) - (up + down) * z(x - peak, 0) + sign * down * z(x - right, 0)

    return bump


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_whole_slopes(-1),))
def slopes_cut_off(x, left, peak, right):
    """Your slopes are whole numbers: 1 // 2 is 0. Which sign of division keeps the fraction?"""
    return _whole_slopes(1)(x, left, peak, right)


@exercise.wrong(caught_by=by_hand, hint=1)
def one_wide_on_either_side(x, left, peak, right):
    """Your bump reaches 1 to either side of its peak, whatever `left` and `right` are."""
    return np.maximum(0, 1 - np.abs(x - peak))


@exercise.wrong(caught_by=by_hand, hint=2)
def steeper_at_the_peak(x, left, peak, right):
    """At the peak your bump gets steeper instead of turning round: the second ReLU pulls upwards.

    What has to happen to the slope there?
    """
    z, up, down = np.maximum, 1 / (peak - left), 1 / (right - peak)
    return up * z(x - left, 0) + (up + down) * z(x - peak, 0) + down * z(x - right, 0)


@exercise.alternative
def as_a_network(x, left, peak, right):
    corners = np.array([left, peak, right], dtype=float)
    up, down = 1.0 / np.diff(corners)
    hidden = np.maximum(np.asarray(x)[..., None] * np.ones(3) - corners, 0)
    return hidden @ np.array([up, -up - down, down])


@exercise.alternative
def with_the_widths(x, left, peak, right):
    a, b = peak - left, right - peak

    def relu(z):
        return np.where(z > 0, z, 0)

    first, second, third = (relu(np.subtract(x, corner)) for corner in (left, peak, right))
    return first / a - second * (a + b) / (a * b) + third / b


@exercise.alternative
def two_ramps(x, left, peak, right):
    up = (np.maximum(x - left, 0) - np.maximum(x - peak, 0)) / (peak - left)
    down = (np.maximum(x - peak, 0) - np.maximum(x - right, 0)) / (right - peak)
    return up - down


@exercise.picture
def own_bump(answer: Answer):
    """The learner's bump with corners 2, 3 and 5."""
    from annkit.lessons.forward import bumps as bump_pictures

    x = np.linspace(0, 7, 141)
    return bump_pictures.triangle(x, answer(x, 2.0, 3.0, 5.0), (2.0, 3.0, 5.0))
