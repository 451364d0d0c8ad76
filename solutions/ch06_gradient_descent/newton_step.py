"""Newton's step: jump to where the local parabola is level."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_shape,
    expect_that,
    probe,
    raises,
)

exercise = Exercise(
    id="newton_step",
    title="Newton's step",
    points=2,
    size="about 2 lines",
    task=r"""Take one Newton step: from `x`, jump to the point where the parabola with this
gradient and this Hessian is level, $H\,\Delta v = -\nabla C$. Return the new point. Your step
must satisfy this equation to rounding even where the bowl is extremely elongated, so **solve** it;
don't compute an inverse.

*Example:* for $C = x_1^2 + 2x_2^2$ at (3, 1) the gradient is (6, 4), the Hessian
`[[2, 0], [0, 4]]`. The step is (−3, −1), the new point (0, 0).""",
    hints=(
        """
        Which of the three arguments are functions, and what do they want? What do you have to find:
        a point or a step?
        """,
        """
        The unknown Δv stands in a system of linear equations, one for each parameter, and on its
        right-hand side stands *minus* the gradient. NumPy solves such systems directly. The way
        through the inverse needs more work and loses digits.
        """,
        """
        A system solved, with other numbers: 3a + b = 5 and a + 2b = 5.
        `np.linalg.solve(np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([5.0, 5.0]))` gives `[1.,
        2.]`. The matrix stands first, the right-hand side second.
        """,
        """
        Skeleton:

        ```python
        step = np.linalg.solve(..., ...)   # mind the minus sign
        return x + step
        ```
        """,
    ),
)


@exercise.reference
def newton_step(gradient, hessian, x):
    """Take one step of Newton's method.

    Args:
        gradient: a function from a point (dim,) to the gradient there, (dim,).
        hessian: a function from a point (dim,) to the Hessian there, (dim, dim): symmetric,
            invertible; its curvatures may have both signs.
        x: where you are, (dim,). It is not changed.

    Returns:
        The new point, (dim,). The step Δv = new point - x satisfies H Δv = -gradient up to
        rounding, also for Hessians with condition numbers of 10¹² (judged by what is left over).
    """
    return x - np.linalg.solve(hessian(x), gradient(x))


@probe
def stepping_on_a_bowl(newton_step, H, slope, x):
    """Step on ½ xᵀ H x + slope · x; where it is level is not told."""
    return newton_step(lambda x: H @ x + slope, lambda x: H, x)


@probe
def stepping_on_a_curved_hill(newton_step, x, mix):
    """Step on Σ cosh of mixed parameters, where the Hessian changes from point to point."""
    import numpy as np

    def gradient(x):
        return mix.T @ np.sinh(mix @ x)

    def hessian(x):
        return mix.T @ np.diag(np.cosh(mix @ x)) @ mix

    return newton_step(gradient, hessian, x)


@probe
def stepping_with_a_fixed_slope(newton_step, H, g, x):
    """Step with this gradient and this Hessian."""
    return newton_step(lambda x: g, lambda x: H, x)


def _hessian(rng, curvatures):
    """A random symmetric matrix with these eigenvalues.

    Args:
        rng: source of randomness.
        curvatures: eigenvalues, (dim,).

    Returns:
        (dim, dim), exactly symmetric.
    """
    dim = len(curvatures)
    directions = np.linalg.qr(rng.normal(size=(dim, dim)))[0]
    H = directions @ np.diag(curvatures) @ directions.T
    return (H + H.T) / 2


@exercise.check("returns a point")
def returns_a_point(answer: Answer, rng: np.random.Generator) -> None:
    H = np.array([[4.0, 1.0, 1.0], [1.0, 4.0, 1.0], [1.0, 1.0, 4.0]])
    got = answer.probe(stepping_on_a_bowl, H, -H @ rng.integers(2, 9, 3), np.ones(3))
    expect_shape(got, (3,), what="the new point")


@exercise.check("a slanted bowl by hand: one step to the bottom", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    H, lowest = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, -2.0])
    got = answer.probe(stepping_on_a_bowl, H, -H @ lowest, np.array([4.0, 0.0]))
    expect_close(got, lowest, what="the new point", why="the parabola is exact here")
    lowest = rng.uniform(2, 20, 2).round(2)
    got = answer.probe(stepping_on_a_bowl, H, -H @ lowest, np.array([4.0, 0.0]))
    expect_close(got, lowest, what="the new point", why="another bottom of the same bowl")


@exercise.check("where the curvature changes, and at a saddle", points=0.5)
def not_a_bowl(answer: Answer, rng: np.random.Generator) -> None:
    mix, x = np.eye(3) + 0.2 * rng.normal(size=(3, 3)), rng.uniform(0.5, 1.0, size=3)
    # cosh per mixed parameter u = mix x: the step is −tanh u, mixed back
    expected = x - np.linalg.solve(mix, np.tanh(mix @ x))
    expect_close(answer.probe(stepping_on_a_curved_hill, x, mix), expected, what="the new point")
    saddle, H = rng.normal(size=3), _hessian(rng, [3.0, 1.0, -2.0])
    expect_close(
        answer.probe(stepping_on_a_bowl, H, -H @ saddle, rng.normal(size=3)),
        saddle,
        what="the new point",
        why="where the parabola is level, be it a bottom or a saddle",
    )


@exercise.check("what is left over stays at rounding, condition number 10¹²", points=1)
def residual(answer: Answer, rng: np.random.Generator) -> None:
    for dim in (4, 8):
        H = _hessian(rng, np.geomspace(1, 1e-12, dim))
        g = H @ rng.normal(size=dim)
        x = rng.integers(2, 9, dim) + 0.0
        point = answer.probe(stepping_with_a_fixed_slope, H, g, x)
        expect_shape(point, (dim,), what="the new point")
        step = np.asarray(point, dtype=float) - x
        left = np.linalg.norm(H @ step + g)
        share = float(left / (np.linalg.norm(H, 2) * np.linalg.norm(step) + np.linalg.norm(g)))
        expect_that(
            share < 1e-13,
            "HΔv should equal −gradient up to rounding, which leaves less than 1e-13 of their "
            f"size, and {share:.1e} is left over.",
        )


@exercise.wrong(caught_by=residual, hint=2)
def inverse(gradient, hessian, x):
    """You computed the inverse (or pseudo-inverse) of the Hessian and multiplied by it.

    In the flat directions its entries are enormous, and their rounding errors with them.
    """
    return x - np.linalg.inv(hessian(x)) @ gradient(x)


@exercise.wrong(caught_by=by_hand, hint=2)
def wrong_way(gradient, hessian, x):
    """You jumped as far in the opposite direction: look at the sign in H Δv = −∇C."""
    return x + np.linalg.solve(hessian(x), gradient(x))


@exercise.wrong(caught_by=by_hand, hint=1)
def step_not_point(gradient, hessian, x):
    """You return the step. The new point is asked for: where you are plus the step."""
    return -np.linalg.solve(hessian(x), gradient(x))


@exercise.wrong(caught_by=by_hand, hint=2)
def each_on_its_own(gradient, hessian, x):
    """You divided each slope by the curvature along its own axis.

    That is right if the Hessian is diagonal. In a slanted bowl the parameters must be solved for
    together.
    """
    return x - gradient(x) / np.diag(hessian(x))


@exercise.wrong(caught_by=by_hand, hint=2)
def hessian_times_gradient(gradient, hessian, x):
    """You multiplied by the Hessian: steep directions get even longer steps. It is the reverse."""
    return x - hessian(x) @ gradient(x)


@exercise.wrong(caught_by=by_hand, hint=2)
def gradient_step(gradient, hessian, x):
    """This is a step of gradient descent with the rate 1. The Hessian has no effect."""
    return x - gradient(x)


@exercise.wrong(caught_by=not_a_bowl, hint=2)
def curvatures_made_positive(gradient, hessian, x):
    """You made negative curvatures positive, so your step goes away from a saddle.

    That is a sensible change of the method, but it isn't Newton's step.
    """
    curvatures, directions = np.linalg.eigh(hessian(x))
    return x - directions @ ((directions.T @ gradient(x)) / np.abs(curvatures))


@exercise.wrong(caught_by=not_a_bowl, hint=1)
def until_it_stands(gradient, hessian, x):
    """You took several steps. One is asked for."""
    for _ in range(10):
        x = x - np.linalg.solve(hessian(x), gradient(x))
    return x


@exercise.wrong(caught_by=returns_a_point, hint=2)
def divided_by_the_matrix(gradient, hessian, x):
    """A matrix cannot be divided by like a number: `/` goes entry by entry, and makes a matrix.

    HΔv = −∇C is a system of equations, and has to be solved.
    """
    return x - gradient(x) / hessian(x)


@exercise.wrong(
    caught_by=returns_a_point, hint=1, recognise=raises("'function'", "0-dimensional array given")
)
def functions_not_called(gradient, hessian, x):
    """`gradient` and `hessian` are functions, and you calculate with them, not with their values.

    Where do you want to know the slope?
    """
    return x - gradient / hessian


@exercise.wrong(caught_by=returns_a_point, hint=2)
def inverse_entry_by_entry(gradient, hessian, x):
    """`*` multiplies entry by entry, so your step is a matrix; and no inverse is needed at all."""
    return x - np.linalg.inv(hessian(x)) * gradient(x)


@exercise.wrong(caught_by=by_hand, hint=2)
def a_little_on_the_diagonal(gradient, hessian, x):
    """You add a little to the diagonal of the Hessian, so you solve another equation."""
    H = hessian(x)
    return x - np.linalg.solve(H + 1e-6 * np.eye(len(H)), gradient(x))


def _at_a_saddle(call) -> bool:
    """Whether a call steps where the curvatures have both signs."""
    return call.probe == "stepping_on_a_bowl" and np.linalg.eigvalsh(call.args[0])[0] < 0


@exercise.wrong(
    caught_by=not_a_bowl,
    hint=3,
    recognise=raises("not positive definite", where=_at_a_saddle),
)
def bowls_only(gradient, hessian, x):
    """A Cholesky factorisation takes bowls only. Here curvatures may have both signs."""
    root = np.linalg.cholesky(hessian(x))
    return x - np.linalg.solve(root.T, np.linalg.solve(root, gradient(x)))


@exercise.wrong(caught_by=by_hand, hint=1)
def point_for_gradient(gradient, hessian, x):
    """The right side of your equation is x. It should be the gradient at x, with a minus."""
    return x - np.linalg.solve(hessian(x), x)


@exercise.alternative
def solved_for_the_new_point(gradient, hessian, x):
    step = np.linalg.solve(np.asarray(hessian(x)), -np.asarray(gradient(x)))
    return x + step


@exercise.alternative
def least_squares(gradient, hessian, x):
    return x - np.linalg.lstsq(hessian(x), gradient(x), rcond=1e-15)[0]


@exercise.alternative
def by_elimination(gradient, hessian, x):
    """Gauss's elimination with the largest pivot of each column."""
    A = np.column_stack([hessian(x), gradient(x)]).astype(float)
    n = len(x)
    for i in range(n):
        pivot = i + int(np.argmax(np.abs(A[i:, i])))
        A[[i, pivot]] = A[[pivot, i]]
        for j in range(i + 1, n):
            A[j] -= A[j, i] / A[i, i] * A[i]
    step = np.zeros(n)
    for i in reversed(range(n)):
        step[i] = (A[i, n] - A[i, i + 1 : n] @ step[i + 1 :]) / A[i, i]
    return x - step
