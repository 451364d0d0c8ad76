"""A step that remembers the steps before it."""

import numpy as np

from annkit.exercises import Answer, Exercise, changes, expect_close, expect_that

exercise = Exercise(
    id="momentum_step",
    title="A step with momentum",
    points=1,
    size="about 2 lines",
    task="""Take one step with momentum: the velocity keeps the share `beta` of itself and gains
the **whole** gradient, `velocity ← beta · velocity + g`; then the weights move by
`−learning_rate` times the **new** velocity. Return both.

Example: `w = 1`, `g = 2`, `velocity = 10`, `learning_rate = 0.1`, `beta = 0.5` give the velocity
5 + 2 = 7 and the weight 1 − 0.1 · 7 = 0.3, so `(0.3, 7.0)`.""",
    hints=(
        "Two things change, one after the other. Which of them uses the other's new value?",
        """
        First the velocity: shrink the old one, add the gradient. The learning rate doesn't belong
        in there; it comes in when the weights move. (An array of whole numbers has no room for
        fractions.)
        """,
        """
        A running total with forgetting, and a reaction to it: `pain = 0.8 * pain + bump`, then
        `speed = speed - 0.1 * pain`. With pain 5, bump 1 and speed 10: the pain is 5, the speed
        9.5. The second line reads what the first has written.
        """,
        """
        Skeleton:

        ```python
        velocity = ... * velocity + ...
        return w - ..., velocity
        ```
        """,
    ),
)


@exercise.reference
def momentum_step(w, g, velocity, learning_rate, beta=0.9):
    """One step of gradient descent with momentum.

    Args:
        w: weights, an array of any shape.
        g: gradient of the cost at w, same shape.
        velocity: what the last step returned, same shape; zeros before the first step.
        learning_rate: a positive number.
        beta: share of the velocity that survives a step, 0 <= beta < 1.

    Returns:
        (w, velocity): the new weights and the new velocity, new arrays of the same shape.
    """
    velocity = beta * velocity + g
    return w - learning_rate * velocity, velocity


def _case(rng, shape=(3, 2)):
    return tuple(rng.normal(size=shape) for _ in range(3))


@exercise.check("returns two things of the shape of w")
def two_things(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 2), (4,)):
        got = answer(*_case(rng, shape), 0.1)
        expect_that(
            isinstance(got, tuple | list) and [np.shape(part) for part in got] == [shape, shape],
            f"Return the weights and the velocity, both of shape {shape}.",
            got=got,
        )


@exercise.check("gets one step right by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    w, g, velocity = np.array([1.0, 0.0]), np.array([4.0, -1.0]), np.array([2.0, 10.0])
    expected = (np.array([0.5, -0.4]), np.array([5.0, 4.0]))
    expect_close(answer(w, g, velocity, 0.1, beta=0.5), expected, what="(w, velocity)")
    push, speed = map(float, rng.integers(2, 20, 2))
    got = answer(np.array([1.0]), np.array([push]), np.array([2 * speed]), 0.1, beta=0.5)
    expected = np.array([1 - 0.1 * (speed + push)]), np.array([speed + push])
    expect_close(got, expected, what="(w, velocity)")


@exercise.check("many steps in a row: old gradients count β, β², β³ …", points=0.5)
def many_steps(answer: Answer, rng: np.random.Generator) -> None:
    beta, rate = float(rng.uniform(0.5, 0.85)), float(rng.uniform(0.05, 0.5))
    gradients = rng.normal(size=(5, 3))
    w = start = rng.normal(size=3)
    velocity = np.zeros(3)
    for t in range(5):
        w, velocity = answer(w, gradients[t], velocity, rate, beta)
        # a gradient of k steps ago has moved w by 1 + β + … + β^k by now
        weights = np.array([(1 - beta ** (t - i + 1)) / (1 - beta) for i in range(t + 1)])
        powers = beta ** np.arange(t, -1, -1.0)
        expect_close(
            (w, velocity),
            (start - rate * weights @ gradients[: t + 1], powers @ gradients[: t + 1]),
            what=f"(w, velocity) after step {t + 1}",
        )


@exercise.check("keeps nine tenths of the velocity if beta is not given")
def usual_beta(answer: Answer, rng: np.random.Generator) -> None:
    case = _case(rng)
    as_said = tuple(map(np.asarray, answer(*case, 0.2, beta=0.9)))
    why = "with beta=0.9, its usual value, your function gives this"
    expect_close(answer(*case, 0.2), as_said, what="(w, velocity)", why=why)


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    whole = np.array([1, 2]), np.array([3, -1]), np.array([1, 1])
    as_floats = tuple(map(np.asarray, answer(*(a + 0.0 for a in whole), 0.2, beta=0.5)))
    why = "the same numbers, as floats, give this"
    expect_close(answer(*whole, 0.2, beta=0.5), as_floats, what="(w, velocity)", why=why)


@exercise.wrong(caught_by=by_hand, hint=2)
def averaged(w, g, velocity, learning_rate, beta=0.9):
    """Your velocity is an *average* of gradients: g comes in with the share 1 − β.

    In the long run the same learning rate then takes steps that are 1 − β times as long: a
    tenth, for β = 0.9. Read in the task how much of g is added.
    """
    velocity = beta * velocity + (1 - beta) * g
    return w - learning_rate * velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def rate_inside(w, g, velocity, learning_rate, beta=0.9):
    """Your velocity already contains the learning rate.

    Here it collects bare gradients, and the rate comes in when the weights move: a new rate then
    counts at once.
    """
    velocity = beta * velocity + learning_rate * g
    return w - velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def rate_inside_with_minus(w, g, velocity, learning_rate, beta=0.9):
    """Your velocity points downhill and contains the learning rate: another book's convention.

    Here the velocity collects bare gradients, and the minus and the rate come when w moves.
    """
    velocity = beta * velocity - learning_rate * g
    return w + velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=1)
def moves_by_gradient(w, g, velocity, learning_rate, beta=0.9):
    """The velocity is kept well, but the weights don't use it: they move by the bare gradient."""
    return w - learning_rate * g, beta * velocity + g


@exercise.wrong(caught_by=by_hand, hint=1)
def moves_by_old_velocity(w, g, velocity, learning_rate, beta=0.9):
    """The weights moved by the velocity from *before* this step.

    The first step, from rest, would lead nowhere.
    """
    return w - learning_rate * velocity, beta * velocity + g


@exercise.wrong(caught_by=by_hand, hint=1)
def uphill(w, g, velocity, learning_rate, beta=0.9):
    """The weights moved along the velocity, which collects gradients: uphill."""
    velocity = beta * velocity + g
    return w + learning_rate * velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def forgets_everything(w, g, velocity, learning_rate, beta=0.9):
    """The old velocity has no effect: this is plain gradient descent."""
    velocity = g
    return w - learning_rate * velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def never_slows_down(w, g, velocity, learning_rate, beta=0.9):
    """The old velocity is kept whole: a ball without friction never comes to rest."""
    velocity = velocity + g
    return w - learning_rate * velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=1)
def looks_ahead(w, g, velocity, learning_rate, beta=0.9):
    """The weights moved by g + β · (new velocity).

    That is Nesterov's variant; here they move by the new velocity itself.
    """
    velocity = beta * velocity + g
    return w - learning_rate * (g + beta * velocity), velocity


@exercise.wrong(caught_by=two_things, hint=2, recognise=changes("w", "g", "velocity"))
def in_place(w, g, velocity, learning_rate, beta=0.9):
    """`*=`, `+=` and `-=` write into the caller's arrays. `w = w - …` makes a new one."""
    velocity *= beta
    velocity += g
    return w - learning_rate * velocity, velocity


def _downhill_velocity(calls) -> bool:
    """Whether the new velocity is the old one, shrunk, *minus* the gradient."""
    call = calls[0]
    _, g, velocity = call.args[:3]
    return not call.mutated and bool(np.allclose(call.value[1], 0.9 * velocity - g))


@exercise.wrong(caught_by=by_hand, hint=2, recognise=_downhill_velocity)
def velocity_points_downhill(w, g, velocity, learning_rate, beta=0.9):
    """You take the gradient off the velocity. Here the velocity *collects* gradients.

    The minus comes once, when the weights move.
    """
    velocity = beta * velocity - g
    return w + learning_rate * velocity, velocity


@exercise.wrong(caught_by=usual_beta, hint=2)
def other_usual_beta(w, g, velocity, learning_rate, beta=0.5):
    """Where the caller gives no `beta`, yours isn't the usual one. Which is it in the `def`?"""
    new = g + beta * velocity
    return w - learning_rate * new, new


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_velocity(w, g, velocity, learning_rate, beta=0.9):
    """Your array has the type of the old velocity: with whole numbers every fraction is lost."""
    new = np.zeros_like(velocity)
    new[...] = beta * velocity + g
    return w - learning_rate * new, new


@exercise.wrong(caught_by=by_hand, hint=2)
def gradient_shrunk_too(w, g, velocity, learning_rate, beta=0.9):
    """Your β multiplies the new gradient as well. It belongs to the old velocity alone."""
    velocity = beta * (velocity + g)
    return w - learning_rate * velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def old_velocity_returned(w, g, velocity, learning_rate, beta=0.9):
    """The weights are right, but you hand back the velocity that you were given.

    The next step would not know of this one.
    """
    return w - learning_rate * (beta * velocity + g), velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def rate_twice(w, g, velocity, learning_rate, beta=0.9):
    """The learning rate comes in twice: in the velocity, and again when the weights move."""
    velocity = beta * velocity + learning_rate * g
    return w - learning_rate * velocity, velocity


@exercise.wrong(caught_by=by_hand, hint=2)
def velocity_first(w, g, velocity, learning_rate, beta=0.9):
    """The right two results in the other order: first the weights, then the velocity."""
    velocity = beta * velocity + g
    return velocity, w - learning_rate * velocity


@exercise.alternative
def in_one_expression(w, g, velocity, learning_rate, beta=0.9):
    return (
        w - learning_rate * beta * velocity - learning_rate * g,
        np.add(np.multiply(beta, velocity), g),
    )


@exercise.alternative
def on_copies(w, g, velocity, learning_rate, beta=0.9):
    w, velocity = np.array(w, dtype=float), np.array(velocity, dtype=float)
    velocity *= beta
    velocity += g
    w -= learning_rate * velocity
    return [w, velocity]
