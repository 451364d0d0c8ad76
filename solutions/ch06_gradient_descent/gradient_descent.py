"""Gradient descent: follow the negative gradient, and keep the path."""

import numpy as np

from annkit.exercises import Answer, Exercise, changes, expect_close, expect_shape, probe

exercise = Exercise(
    id="gradient_descent",
    title="Downhill, step by step",
    points=2,
    size="about 5 lines",
    leads_to="Chapter 7 takes the same step with a few examples at a time.",
    task="""Start at `x0` and take `n_steps` steps against the gradient, each the learning rate
times as long as the gradient **at the point you have reached**. Return the whole path, start
included: one point per row, `n_steps + 1` rows.

*Example:* for $C = x^2$ the gradient is $2x$. From (8) with learning rate 0.25 the path is 8, 4,
2, 1, as `[[8], [4], [2], [1]]`.""",
    hints=(
        """
        Look at the example: what is the gradient at 8, at 4, at 2? How many points does a path of
        three steps have?
        """,
        """
        A loop with one line of arithmetic in it: the new point from the last one. Collect the
        points. If you change one and the same array in place, all the rows you have collected
        change with it. And an array of whole numbers has no room for a fraction.
        """,
        """
        The same loop for another rule, half the way to 10 in each round:

        ```python
        path = [np.array([2.0])]
        for _ in range(3):
            last = path[-1]
            path.append(last + 0.5 * (10 - last))
        np.array(path)      # [[2], [6], [8], [9]]
        ```
        """,
        """
        Skeleton:

        ```python
        path = [np.array(x0, dtype=float)]
        for _ in range(...):
            x = path[-1]
            path.append(...)
        return np.array(path)
        ```
        """,
    ),
)


@exercise.reference
def gradient_descent(gradient, x0, learning_rate, n_steps):
    """Follow the negative gradient and return the path.

    Args:
        gradient: a function from a point (dim,) to the gradient there, (dim,).
        x0: the start, (dim,), floats or integers. It is not changed.
        learning_rate: a positive number; a step is learning_rate times the gradient long.
        n_steps: how many steps, 0 or more.

    Returns:
        The path, (n_steps + 1, dim), floats: the start, then the point after each step.
    """
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@probe
def walking_down_a_bowl(gradient_descent, H, lowest, x0, learning_rate, n_steps):
    """Walk on ½ (x − lowest)ᵀ H (x − lowest)."""
    import numpy as np

    return gradient_descent(lambda x: H @ (np.asarray(x) - lowest), x0, learning_rate, n_steps)


@probe
def walking_down_a_hollow(gradient_descent, x0, learning_rate, n_steps):
    """Walk on Σ log cosh x, which is no parabola; return the path, and the start afterwards."""
    import numpy as np

    return [gradient_descent(np.tanh, x0, learning_rate, n_steps), x0]


def _bowl(rng, dim):
    """A random bowl.

    Args:
        rng: source of randomness.
        dim: number of parameters.

    Returns:
        (H, lowest, x0): (dim, dim) symmetric positive definite, (dim,), (dim,).
    """
    A = rng.normal(size=(dim + 2, dim))
    return A.T @ A / (dim + 2), rng.normal(size=dim), rng.normal(size=dim) * 2


@exercise.check("returns a row for the start and one for each step")
def has_all_rows(answer: Answer, rng: np.random.Generator) -> None:
    H, lowest, x0 = np.diag([1.0, 2.0, 4.0]), np.zeros(3), rng.integers(1, 9, 3) + 0.0
    for n_steps in (4, 1):
        got = answer.probe(walking_down_a_bowl, H, lowest, x0, 0.125, n_steps)
        expect_shape(got, (n_steps + 1, 3), what="the path")


@exercise.check("two steps by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    got = answer.probe(
        walking_down_a_bowl, np.diag([1.0, 4.0]), np.zeros(2), np.array([8.0, 1.0]), 0.5, 2
    )
    expected = np.array([[8.0, 1.0], [4.0, -1.0], [2.0, 1.0]])
    expect_close(got, expected, what="the path", why="the gradients are (8, 4), then (4, −4)")
    start, rate = round(float(rng.uniform(3, 20)), 2), 0.25
    got = answer.probe(walking_down_a_bowl, np.eye(1), np.zeros(1), np.array([start]), rate, 2)
    expected = start * np.array([[1.0], [0.75], [0.5625]])
    expect_close(got, expected, what="the path", why="each gradient is the point itself")


@exercise.check("random bowls: every direction shrinks by its own factor", points=1)
def random_bowls(answer: Answer, rng: np.random.Generator) -> None:
    for dim in (2, 4):
        H, lowest, x0 = _bowl(rng, dim)
        curvatures, directions = np.linalg.eigh(H)
        rate = 1.5 / curvatures[-1]
        factors = (1 - rate * curvatures) ** np.arange(13)[:, None]
        expected = lowest + (factors * (directions.T @ (x0 - lowest))) @ directions.T
        expect_close(
            answer.probe(walking_down_a_bowl, H, lowest, x0, rate, 12), expected, what="the path"
        )


@exercise.check("other hills, whole numbers, and no step at all", points=0.5)
def other_hills(answer: Answer, rng: np.random.Generator) -> None:
    x0 = rng.integers(-9, 10, size=3)
    path, _ = answer.probe(walking_down_a_hollow, x0, 0.7, 6)
    expected = [x0.astype(float)]
    for _ in range(6):
        expected.append(expected[-1] - 0.7 * np.sinh(expected[-1]) / np.cosh(expected[-1]))
    expect_close(path, np.array(expected), what="the path")
    path, _ = answer.probe(walking_down_a_hollow, x0, 0.7, 0)
    expect_close(path, x0[None, :].astype(float), what="the path of 0 steps")


@exercise.check("leaves the start as it was")
def leaves_the_start(answer: Answer, rng: np.random.Generator) -> None:
    x0 = rng.normal(size=2) + 3
    path, afterwards = answer.probe(walking_down_a_hollow, x0, 0.5, 3)
    expect_close(path[0], x0, what="the first row")
    expect_close(afterwards, x0, what="x0 afterwards")


@exercise.wrong(caught_by=by_hand, hint=1)
def uphill(gradient, x0, learning_rate, n_steps):
    """Your path climbs. The gradient points uphill."""
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=2)
def one_array_for_all(gradient, x0, learning_rate, n_steps):
    """All rows of your path are its last point: the list holds one and the same array many times.

    Changing an array in place changes it wherever it is kept.
    """
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(n_steps):
        x -= learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=1)
def gradient_of_the_start(gradient, x0, learning_rate, n_steps):
    """You ask for the gradient once, at the start, and walk straight on. It changes on the way."""
    path = [np.array(x0, dtype=float)]
    slope = gradient(path[0])
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


@exercise.wrong(caught_by=has_all_rows, hint=1)
def start_left_out(gradient, x0, learning_rate, n_steps):
    """The start is missing from your path: n steps join n + 1 points."""
    path = []
    x = np.array(x0, dtype=float)
    for _ in range(n_steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@exercise.wrong(caught_by=has_all_rows, hint=1)
def only_the_end(gradient, x0, learning_rate, n_steps):
    """You return the last point. The whole path is asked for."""
    x = np.array(x0, dtype=float)
    for _ in range(n_steps):
        x = x - learning_rate * gradient(x)
    return x


@exercise.wrong(caught_by=by_hand, hint=2)
def steps_of_equal_length(gradient, x0, learning_rate, n_steps):
    """All your steps have the same length. Where the slope is small, the step should be small."""
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        g = gradient(path[-1])
        length = np.linalg.norm(g)
        path.append(path[-1] - learning_rate * g / (length if length else 1))
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=2)
def rate_divides(gradient, x0, learning_rate, n_steps):
    """You divide by the learning rate: a smaller rate would give longer steps."""
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - gradient(path[-1]) / learning_rate)
    return np.array(path)


@exercise.wrong(caught_by=has_all_rows, hint=3)
def one_step_short(gradient, x0, learning_rate, n_steps):
    """Your path stops one step too early."""
    path = [np.array(x0, dtype=float)]
    for _ in range(1, n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def _kept_before_each_step(gradient, x0, learning_rate, n_steps):
    x, path = np.array(x0, dtype=float), []
    for _ in range(n_steps):
        path.append(x)
        x = x - learning_rate * gradient(x)
    return np.array(path)


@exercise.wrong(caught_by=has_all_rows, hint=1, variants=(_kept_before_each_step,))
def rows_for_the_steps_only(gradient, x0, learning_rate, n_steps):
    """Your array has n_steps rows, and the start sits in the first: the last step has no row.

    n steps join n + 1 points.
    """
    path = np.zeros((n_steps, len(x0)))
    path[0] = x0
    for i in range(1, n_steps):
        path[i] = path[i - 1] - learning_rate * gradient(path[i - 1])
    return path


@exercise.wrong(caught_by=other_hills, hint=2)
def whole_steps(gradient, x0, learning_rate, n_steps):
    """Your array has the type of x0: with whole numbers every point loses its fraction."""
    x0 = np.asarray(x0)
    path = np.zeros((n_steps + 1, len(x0)), dtype=x0.dtype)
    path[0] = x0
    for i in range(n_steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


@exercise.wrong(caught_by=by_hand, hint=2)
def path_of_whole_numbers(gradient, x0, learning_rate, n_steps):
    """The array you fill takes whole numbers only: of every point the fraction is cut off."""
    path = np.zeros((n_steps + 1, len(x0)), dtype=int)
    path[0] = x0
    for i in range(n_steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


@exercise.wrong(caught_by=has_all_rows, hint=2, recognise=changes("x0"))
def start_is_moved(gradient, x0, learning_rate, n_steps):
    """You walked with the caller's own array: x0 has moved to the end. `x = x0` makes no copy."""
    x = x0 if np.asarray(x0).dtype == float else np.array(x0, dtype=float)
    path = [x.copy()]
    for _ in range(n_steps):
        x -= learning_rate * gradient(x)
        path.append(x.copy())
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=1)
def moves_the_start(gradient, x0, learning_rate, n_steps):
    """Every point of your path is one step from the start: the loop always begins at x0 again.

    A step begins where the last one has ended.
    """
    x0 = np.array(x0, dtype=float)
    return np.array([x0] + [x0 - learning_rate * gradient(x0) for _ in range(n_steps)])


@exercise.wrong(caught_by=has_all_rows, hint=1)
def gradient_of_the_path(gradient, x0, learning_rate, n_steps):
    """You hand the whole path to `gradient`. It takes one point: the one you have reached."""
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path))
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=1)
def always_from_the_start(gradient, x0, learning_rate, n_steps):
    """Every step is taken from the start again, so the steps don't add up.

    Each goes on from the point that the last one has reached.
    """
    path = [np.array(x0, dtype=float)]
    for _ in range(n_steps):
        path.append(path[0] - learning_rate * gradient(path[-1]))
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=4)
def one_point_behind(gradient, x0, learning_rate, n_steps):
    """Your steps start one point too early: in round i, from 0 on, the last point is `path[i]`.

    Where does `path[i - 1]` lie in the first round, and in the second?
    """
    path = [np.array(x0, dtype=float)]
    for i in range(n_steps):
        path.append(path[i - 1] - learning_rate * gradient(path[i - 1]))
    return np.array(path)


@exercise.wrong(caught_by=has_all_rows, hint=2)
def return_inside_the_loop(gradient, x0, learning_rate, n_steps):
    """Your path ends after its first step: is the `return` inside the loop? See its indentation."""
    start = np.asarray(x0, dtype=float)
    return np.array([start, start - learning_rate * gradient(start)][: n_steps + 1])


@exercise.wrong(caught_by=has_all_rows, hint=3)
def points_in_columns(gradient, x0, learning_rate, n_steps):
    """Your points stand in columns. Asked for is one point per row."""
    at, columns = np.asarray(x0, dtype=float), [x0]
    for _ in range(n_steps):
        at = at - learning_rate * gradient(at)
        columns.append(at)
    return np.column_stack(columns)


@exercise.wrong(caught_by=random_bowls, hint=1)
def one_coordinate_after_the_other(gradient, x0, learning_rate, n_steps):
    """You move one coordinate, ask for the gradient again, and move the next.

    A step moves all coordinates at once, by the gradient at the point where it begins.
    """
    x = np.array(x0, dtype=float)
    path = [x.copy()]
    for _ in range(n_steps):
        for i in range(len(x)):
            x[i] -= learning_rate * np.asarray(gradient(x.copy()))[i]
        path.append(x.copy())
    return np.array(path)


@exercise.wrong(caught_by=by_hand, hint=3)
def last_row_left_empty(gradient, x0, learning_rate, n_steps):
    """The last row of your path holds zeros: it was never filled in. Where does your loop end?"""
    path = np.zeros((n_steps + 1, len(x0)))
    path[0] = x0
    for i in range(1, n_steps):
        path[i] = path[i - 1] - learning_rate * gradient(path[i - 1])
    return path


@exercise.wrong(caught_by=by_hand, hint=3)
def noted_after_the_step(gradient, x0, learning_rate, n_steps):
    """Your path begins one step after the start, and ends one step too late.

    When is a point noted: before the step from it, or after?
    """
    path, x = [], np.array(x0, dtype=float)
    for _ in range(n_steps + 1):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@exercise.alternative
def into_an_array(gradient, x0, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(x0)))
    path[0] = x0
    for i in range(n_steps):
        path[i + 1] = path[i] - learning_rate * np.asarray(gradient(path[i]))
    return path


@exercise.alternative
def with_copies(gradient, x0, learning_rate, n_steps):
    x = np.array(x0, dtype=float)
    rows = [x.copy()]
    for _ in range(n_steps):
        x -= learning_rate * gradient(x)
        rows.append(x.copy())
    return np.vstack(rows)


@exercise.alternative
def as_a_list(gradient, x0, learning_rate, n_steps):
    rows = [[float(value) for value in x0]]
    for _ in range(n_steps):
        slopes = gradient(np.array(rows[-1]))
        rows.append([v - learning_rate * s for v, s in zip(rows[-1], slopes, strict=True)])
    return rows


@exercise.picture
def own_path(answer: Answer):
    """The learner's own path on the map of the three houses."""
    from annkit.lessons.gradient_descent.cases import landscapes
    from annkit.lessons.gradient_descent.pictures import on_three_houses

    land = landscapes()["three houses"]
    path = answer.probe(
        walking_down_a_bowl, land.hessian(land.start), land.lowest[0], land.start, 0.3, 25
    )
    return on_three_houses(
        path, "Your own 25 steps with the rate 0.3 on the three houses, from w = 4, b = 0."
    )
