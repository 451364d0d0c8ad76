"""The learning rate beyond which gradient descent on a bowl flies apart."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="stability_limit",
    title="The edge of stability",
    points=1,
    size="about 1 line",
    task=r"""A bowl with its bottom at 0 has at $x$ the height $\tfrac12 x^\top H x$: half the sum
of all $H_{ij}\,x_i\,x_j$, and with a single parameter the $\tfrac12\lambda x^2$ from above.
Given its Hessian `H` (symmetric, all eigenvalues positive: *positive definite*), return
the largest learning rate at which gradient descent doesn't fly apart:
$2/\lambda_{\max}$.

*Example:* `H = [[3, 1], [1, 3]]` has the curvature 4 along (1, 1) and 2 along (1, −1), so the edge
is 2/4 = 0.5.""",
    hints=(
        """
        Which directions of the bowl count: those along the axes, or others? Try `H @ [1, 1]` with
        the example's matrix.
        """,
        """
        Along an eigenvector the gradient points straight to the bottom, and the curvature is the
        eigenvalue. NumPy has a function for the eigenvalues of a *symmetric* matrix: it returns
        real numbers, in rising order.
        """,
        """
        Analogous: the *flattest* curvature. `np.linalg.eigvalsh(np.array([[3.0, 1.0], [1.0,
        3.0]]))` is `[2., 4.]`, in rising order, so its first entry, 2, is the flattest.
        """,
        """
        Skeleton:

        ```python
        return ... / np.linalg.eigvalsh(H)[...]
        ```
        """,
    ),
)


@exercise.reference
def stability_limit(H):
    """Largest stable learning rate of gradient descent on the quadratic ½ xᵀHx.

    Args:
        H: the Hessian, (dim, dim), symmetric positive definite.

    Returns:
        One number: 2 over the largest curvature.
    """
    return float(2 / np.linalg.eigvalsh(H)[-1])


def _bowl(rng, dim):
    """A random Hessian whose curvatures are known, the largest alone at the top.

    Args:
        rng: source of randomness.
        dim: number of parameters.

    Returns:
        (H, largest): (dim, dim), and its largest curvature.
    """
    directions = np.linalg.qr(rng.normal(size=(dim, dim)))[0]
    curvatures = rng.uniform(0.1, 2.0, size=dim)
    curvatures[rng.integers(dim)] = rng.uniform(3.0, 20.0)
    H = directions @ np.diag(curvatures) @ directions.T
    return (H + H.T) / 2, curvatures.max()


@exercise.check("returns one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(np.diag([1.0, 2.0, 3.0])), ())


@exercise.check("a bowl along the axes, and one across them", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(answer(np.diag([0.5, 8.0, 1.0])), 0.25, what="the edge", why="2 / 8")
    got = answer(np.array([[2.0, -1.0], [-1.0, 2.0]]))
    expect_close(got, 2 / 3, what="the edge", why="along (1, −1) the curvature is 3")
    a = int(rng.integers(4, 20))
    got = answer(np.array([[a, 1.0 - a], [1.0 - a, a]]))
    expect_close(got, 2 / (2 * a - 1), what="the edge", why=f"along (1, −1) it is {2 * a - 1}")


@exercise.check("random bowls of any size", points=0.5)
def random_bowls(answer: Answer, rng: np.random.Generator) -> None:
    for dim in (2, 3, 6):
        H, largest = _bowl(rng, dim)
        expect_close(answer(H), 2 / largest, what="the edge")
    expect_close(answer(np.array([[5.0]])), 0.4, what="the edge of a single parameter")


@exercise.wrong(caught_by=by_hand, hint=3)
def flattest_direction(H):
    """You used the smallest curvature. The steepest direction is the first to fly apart."""
    return float(2 / np.linalg.eigvalsh(H)[0])


@exercise.wrong(caught_by=by_hand, hint=2)
def half_the_edge(H):
    """1/λmax is the rate that lands at the bottom of the steepest direction in one step.

    One can go further than that before it flies apart.
    """
    return float(1 / np.linalg.eigvalsh(H)[-1])


@exercise.wrong(caught_by=by_hand, hint=1)
def along_the_axes(H):
    """You took the largest entry: the curvature along an axis. Another direction is steeper.

    (In a bowl the largest entry of all is always on the diagonal.)
    """
    return float(2 / np.max(np.diag(H)))


@exercise.wrong(caught_by=by_hand, hint=2)
def all_curvatures_added(H):
    """The trace adds up all curvatures. Only the largest one decides."""
    return float(2 / np.trace(H))


@exercise.wrong(caught_by=by_hand, hint=2)
def best_rate(H):
    """2/(λmin + λmax) is the fastest rate, and it lies inside the edge. The edge is asked for."""
    curvatures = np.linalg.eigvalsh(H)
    return float(2 / (curvatures[0] + curvatures[-1]))


@exercise.wrong(caught_by=by_hand, hint=2)
def size_of_the_matrix(H):
    """`np.linalg.norm` mixes all curvatures: the square root of the sum of their squares.

    Only the largest one decides.
    """
    return float(2 / np.linalg.norm(H))


@exercise.wrong(caught_by=one_number, hint=2)
def vectors_for_values(H):
    """`eigh` gives two things, the eigenvalues and a table of eigenvectors, and you take the table.

    Which of the two tells how steep the bowl is?
    """
    with np.errstate(divide="ignore"):
        return 2 / np.linalg.eigh(H)[-1]


@exercise.wrong(caught_by=by_hand, hint=2)
def last_of_unsorted(H):
    """`np.linalg.eig` doesn't sort: its last eigenvalue may be any of them."""
    return float(2 / np.linalg.eig(H)[0][-1])


@exercise.wrong(caught_by=by_hand, hint=2)
def first_of_unsorted(H):
    """`np.linalg.eig` doesn't sort: its first eigenvalue may be any of them."""
    return float(2 / np.linalg.eig(H)[0][0])


@exercise.wrong(caught_by=one_number, hint=1)
def an_edge_per_direction(H):
    """You return an edge for each direction. The whole step has to be stable: one number."""
    return 2 / np.linalg.eigvalsh(H)


@exercise.wrong(caught_by=by_hand, hint=1)
def the_curvature_itself(H):
    """This is the largest curvature. The edge of stability is 2 divided by it."""
    return np.linalg.eigvalsh(H)[-1]


@exercise.wrong(caught_by=by_hand, hint=1)
def elongation_of_the_bowl(H):
    """This is how elongated the bowl is: largest curvature over smallest. It has no unit.

    A learning rate has one: that of 1/curvature.
    """
    curvatures = np.linalg.eigvalsh(H)
    return curvatures[-1] / curvatures[0]


@exercise.wrong(caught_by=by_hand, hint=1)
def curvatures_multiplied(H):
    """The determinant multiplies all curvatures. Only the largest one decides."""
    return float(2 / np.linalg.det(H))


@exercise.alternative
def general_eigenvalues(H):
    return 2 / np.linalg.eigvals(H).real.max()


@exercise.alternative
def by_singular_values(H):
    return 2 / np.linalg.norm(H, 2)


@exercise.alternative
def by_powers(H):
    power = np.array(H, dtype=float)
    for _ in range(12):
        power = power @ power
        power = power / np.linalg.norm(power)
    v = power[:, np.argmax(np.linalg.norm(power, axis=0))]
    return 2 * (v @ v) / (v @ H @ v)
