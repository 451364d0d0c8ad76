"""BFGS: learn the inverse curvature from one step and the turn of the gradient."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_equal, expect_shape, probe

exercise = Exercise(
    id="bfgs_update",
    title="Learning the curvature on the way",
    points=2,
    size="about 6 lines",
    task=r"""Update an approximate inverse Hessian $G$ after a step $s$ along which the gradient
changed by $y$. With $\rho = 1/(y^\top s)$ and $A = I - \rho\, s\, y^\top$, the new one is
$A\,G\,A^\top + \rho\, s\, s^\top$. Return G **unchanged** if $y^\top s \le 0$. (A threshold up to
10⁻¹⁰ instead of 0 passes as well; a larger one would skip good short steps.)

Here $y^\top s$ is one number, and $s\,y^\top$ is a matrix with $s_i\,y_j$ in row i, column j.
In the code G is called `H_inv`.

*Example:* G = I, s = (1, 0), y = (4, 2). Then $y^\top s = 4$ and ρ = ¼, A is
`[[0, -0.5], [0, 1]]`, and the new G is `[[0.5, -0.5], [-0.5, 1]]`. It maps y = (4, 2) to
(2 − 1, −2 + 2) = (1, 0), which is s.""",
    hints=(
        r"""
        Two of the products are numbers, two are matrices. Which is which: $y^\top s$, $s\,y^\top$,
        $s\,s^\top$? What does `s @ y` give for vectors of shape (dim,)?
        Then count: from how many factors, and how many terms, is the new G made?
        """,
        r"""
        A column times a row is a matrix with an entry for every pair: `np.outer`. Test the number
        $y^\top s$ first: if it isn't positive, no bowl has such a step, and there is nothing to
        learn from it.
        """,
        """
        A column times a row, worked: `np.outer([1, 2], [3, 4])` is `[[3, 4], [6, 8]]`, and
        `np.outer([3, 4], [1, 2])` is `[[3, 6], [4, 8]]`: the order matters.
        `np.eye(2) - np.outer([1, 2], [3, 4])` is `[[-2, -4], [-6, -7]]`.
        """,
        """
        Skeleton:

        ```python
        rise = ...                     # a number
        if ...:
            return H_inv
        A = np.eye(len(s)) - ... / rise
        return A @ ... @ ... + ... / rise
        ```
        """,
    ),
)


@exercise.reference
def bfgs_update(H_inv, s, y):
    """Update an approximation of the inverse Hessian (Broyden, Fletcher, Goldfarb, Shanno).

    Args:
        H_inv: the approximation G so far, (dim, dim), symmetric positive definite.
        s: the step, new point minus old point, (dim,).
        y: new gradient minus old gradient, (dim,).

    Returns:
        The new approximation, (dim, dim): symmetric, and it maps y to s. If yᵀs ≤ 0, the old one.
    """
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


def _past(rng, dim):
    """A random approximation with a step that a bowl could have.

    Args:
        rng: source of randomness.
        dim: number of parameters.

    Returns:
        (H_inv, s, y): (dim, dim), (dim,), (dim,) with y·s > 0.
    """
    A = rng.normal(size=(dim + 2, dim))
    B = rng.normal(size=(dim + 2, dim))
    s = rng.normal(size=dim)
    return A.T @ A / dim + 0.2 * np.eye(dim), s, B.T @ B @ s / dim + 0.2 * s


def _by_the_direct_formula(H_inv, s, y):
    """The same update made on the Hessian itself, and inverted.

    Args:
        H_inv: (dim, dim).
        s: (dim,).
        y: (dim,).

    Returns:
        The new inverse, (dim, dim).
    """
    B = np.linalg.inv(H_inv)
    Bs = np.einsum("ij,j->i", B, s)
    B = B + np.einsum("i,j->ij", y, y) / np.sum(y * s) - np.einsum("i,j->ij", Bs, Bs) / (s @ Bs)
    return np.linalg.inv(B)


@exercise.check("returns a matrix like H_inv")
def keeps_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(*_past(rng, 3)), (3, 3), what="the new H_inv")


@exercise.check("a small case by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.diag([1.0, 3.0]), np.array([1.0, 0.0]), np.array([2.0, 2.0]))
    expected = np.array([[3.5, -3.0], [-3.0, 3.0]])
    expect_close(got, expected, what="the new H_inv", why="ρ = ½ and A = [[0, −1], [0, 1]]")
    rise, side = map(float, rng.uniform(2, 9, 2).round(1))
    expect_close(
        answer(np.eye(2), np.array([1.0, 0.0]), np.array([rise, side])),
        np.array([[(side**2 / rise + 1) / rise, -side / rise], [-side / rise, 1.0]]),
        what="the new H_inv",
        why=f"ρ = 1/{rise:g} and A = [[0, −{side:g}/{rise:g}], [0, 1]]",
    )


@exercise.check("random cases, against the update of the Hessian itself", points=0.5)
def random_cases(answer: Answer, rng: np.random.Generator) -> None:
    for dim in (2, 3, 5):
        H_inv, s, y = _past(rng, dim)
        expected = _by_the_direct_formula(H_inv, s, y)
        expect_close(answer(H_inv, s, y), expected, rtol=1e-5, atol=1e-7, what="the new H_inv")


@exercise.check("maps y to s, and is symmetric")
def secant(answer: Answer, rng: np.random.Generator) -> None:
    H_inv, s, y = _past(rng, 4)
    got = np.asarray(answer(H_inv, s, y), dtype=float)
    expect_close(got @ y, s, what="H_inv times y", why="it must explain the step just made")
    expect_close(got, got.T, what="the new H_inv", why="it must be symmetric")


@exercise.check("keeps the old one where the slope did not rise", points=1)
def no_rise(answer: Answer, rng: np.random.Generator) -> None:
    for dim in (2, 4):
        H_inv, s, y = _past(rng, dim)
        expect_equal(answer(H_inv, s, -y), H_inv, what="the new H_inv", why="yᵀs is negative")
        one, two = np.eye(dim)[:2]
        expect_equal(answer(H_inv, 2 * one, 3 * two), H_inv, what="the new H_inv", why="yᵀs is 0")
    H_inv, s, y = _past(rng, 3)
    small = (
        1e-9 / (y @ s)
    ) ** 0.5  # yᵀs is 1e-9 then: the same verdict on a threshold for any seed
    expect_close(
        answer(H_inv, small * s, small * y),
        _by_the_direct_formula(H_inv, s, y),
        rtol=1e-5,
        atol=1e-7,
        what="the new H_inv",
        why="yᵀs is 10⁻⁹: a short step teaches as much as a long one",
    )


@exercise.wrong(caught_by=by_hand, hint=3)
def exchanged(H_inv, s, y):
    """You exchanged s and y in A, or the places of A and its transpose: that gives the same.

    Check it: your new matrix doesn't turn y into s.
    """
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - np.outer(y, s) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


@exercise.wrong(caught_by=by_hand, hint=1)
def last_term_left_out(H_inv, s, y):
    """The last term is missing. A·G·Aᵀ forgets the direction y; ρ s sᵀ is what is learned there."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv @ A.T


@exercise.wrong(caught_by=no_rise, hint=2)
def always_updated(H_inv, s, y):
    """You update whatever the sign of yᵀs.

    With a negative one the result is no bowl any more, and with zero you divide by it.
    """
    rise = y @ s
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


@exercise.wrong(caught_by=no_rise, hint=2)
def guard_left_out(H_inv, s, y):
    """The guard is missing: where yᵀs is 0, ρ is a division by zero."""
    rho = 1 / float(y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(s, s)


@exercise.wrong(caught_by=no_rise, hint=2)
def negative_only(H_inv, s, y):
    """You keep the old one for negative yᵀs, but not if it is exactly 0."""
    rise = float(y @ s)
    if rise < 0:
        return H_inv
    if rise == 0:
        return np.full(H_inv.shape, np.nan)
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


def _number_in_the_first_term(H_inv, s, y):
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - s @ y / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


def _number_in_the_last_term(H_inv, s, y):
    rise = float(y @ s)
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv @ A.T + s @ s / rise if rise > 0 else H_inv


@exercise.wrong(
    caught_by=by_hand, hint=1, variants=(_number_in_the_first_term, _number_in_the_last_term)
)
def outer_as_number(H_inv, s, y):
    """For vectors of shape (dim,) `s @ y` is a number, with `.T` or without: it does nothing there.

    s·yᵀ is a matrix, and so is s·sᵀ.
    """
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - s @ y.T / rise
    return A @ H_inv @ A.T + s @ s.T / rise


@exercise.wrong(caught_by=by_hand, hint=3)
def entry_by_entry(H_inv, s, y):
    """`s * y` multiplies entry by entry. Every entry of s must meet every entry of y."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - np.diag(s * y) / rise
    return A @ H_inv @ A.T + np.diag(s * s) / rise


@exercise.wrong(caught_by=by_hand, hint=3)
def matrices_entry_by_entry(H_inv, s, y):
    """`*` between matrices goes entry by entry. A·G·Aᵀ is a product of rows and columns."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A * H_inv * A.T + np.outer(s, s) / rise


@exercise.wrong(caught_by=by_hand, hint=3)
def ones_for_the_identity(H_inv, s, y):
    """`1 - matrix` subtracts from 1 in *every* entry. I has ones on its diagonal only."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = 1 - np.outer(s, y) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


@exercise.wrong(caught_by=by_hand, hint=1)
def rho_upside_down(H_inv, s, y):
    """You multiply by yᵀs. ρ is 1 over it."""
    rho = float(y @ s)
    if rho <= 0:
        return H_inv
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(s, s)


@exercise.wrong(caught_by=by_hand, hint=4)
def identity_left_out(H_inv, s, y):
    """Your A is −ρ·s·yᵀ alone: the identity is missing, and with it all that G knew."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = -np.outer(s, y) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


def _row_of_products_in_a(H_inv, s, y):
    rise = float(y @ s)
    A = np.eye(len(s)) - s * y / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise if rise > 0 else H_inv


@exercise.wrong(caught_by=by_hand, hint=3, variants=(_row_of_products_in_a,))
def a_row_of_products(H_inv, s, y):
    """`s * y` is a row of products, and NumPy subtracts it from every row of the identity.

    A column times a row is a matrix in which every entry of s meets every entry of y.
    """
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - s * y / rise
    return A @ H_inv @ A.T + s * s / rise


@exercise.wrong(caught_by=by_hand, hint=2)
def update_of_the_hessian(H_inv, s, y):
    """This formula updates the Hessian. Here the *inverse* is kept, so s and y change places."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    Hs = H_inv @ s
    return H_inv + np.outer(y, y) / rise - np.outer(Hs, Hs) / float(s @ Hs)


@exercise.wrong(caught_by=by_hand, hint=2)
def other_formula(H_inv, s, y):
    """This is the update of Davidon, Fletcher and Powell. It maps y to s as well.

    But it is another matrix, and in practice the less robust one.
    """
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    Gy = H_inv @ y
    return H_inv + np.outer(s, s) / rise - np.outer(Gy, Gy) / float(y @ Gy)


@exercise.wrong(caught_by=by_hand, hint=1)
def one_side_only(H_inv, s, y):
    """You multiplied by A on the left only: the result isn't symmetric."""
    rise = float(y @ s)
    if rise <= 0:
        return H_inv
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv + np.outer(s, s) / rise


@exercise.wrong(caught_by=no_rise, hint=1)
def too_short_to_count(H_inv, s, y):
    """You skip short steps too, with a threshold above 0.

    yᵀs is tiny whenever a step is short, and near the bottom all steps are.
    """
    rise = float(y @ s)
    if rise <= 1e-8:
        return H_inv
    A = np.eye(len(s)) - np.outer(s, y) / rise
    return A @ H_inv @ A.T + np.outer(s, s) / rise


@exercise.wrong(caught_by=by_hand, hint=2)
def change_for_step_in_the_last_term(H_inv, s, y):
    """Your last term has y·yᵀ in it. It belongs to s: the step is what y should be mapped to."""
    if y @ s <= 0:
        return H_inv
    rho = 1 / (y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(y, y)


@exercise.wrong(caught_by=by_hand, hint=2)
def added_to_the_identity(H_inv, s, y):
    """Your A is I + ρ·s·yᵀ. With the plus, Aᵀy is 2y instead of 0: nothing of y is forgotten."""
    if y @ s <= 0:
        return H_inv
    rho = 1 / (y @ s)
    A = np.eye(len(s)) + rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(s, s)


@exercise.wrong(caught_by=by_hand, hint=2)
def second_transpose_forgotten(H_inv, s, y):
    """To the right of G you have A once more. It should be Aᵀ, or the result isn't symmetric."""
    if y @ s <= 0:
        return H_inv
    rho = 1 / (y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A + rho * np.outer(s, s)


@exercise.wrong(caught_by=by_hand, hint=2)
def rho_forgotten_in_the_last_term(H_inv, s, y):
    """The ρ of the last term is missing: s·sᵀ alone has the wrong size."""
    if y @ s <= 0:
        return H_inv
    rho = 1 / (y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + np.outer(s, s)


@exercise.wrong(caught_by=by_hand, hint=1)
def guard_upside_down(H_inv, s, y):
    """You skip the update where it is wanted, and make it where yᵀs is not positive."""
    if y @ s > 0:
        return H_inv
    rho = 1 / (y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(s, s)


@exercise.wrong(caught_by=no_rise, hint=1)
def back_to_the_identity(H_inv, s, y):
    """Where there is nothing to learn you return the identity: all that was learned is lost."""
    if y @ s <= 0:
        return np.eye(len(s))
    rho = 1 / (y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(s, s)


@exercise.wrong(caught_by=no_rise, hint=1)
def small_instead_of_negative(H_inv, s, y):
    """You ask whether yᵀs is nearly 0. A negative one passes, however large it is."""
    if abs(y @ s) < 1e-10:
        return H_inv
    rho = 1 / (y @ s)
    A = np.eye(len(s)) - rho * np.outer(s, y)
    return A @ H_inv @ A.T + rho * np.outer(s, s)


@exercise.alternative
def multiplied_out(H_inv, s, y):
    rise = float(np.dot(y, s))
    if not rise > 0:
        return np.array(H_inv)
    Gy = H_inv @ y
    mixed = np.outer(Gy, s)
    return H_inv + (1 + y @ Gy / rise) / rise * np.outer(s, s) - (mixed + mixed.T) / rise


@exercise.alternative
def with_columns(H_inv, s, y):
    s, y = np.reshape(s, (-1, 1)), np.reshape(y, (-1, 1))
    rise = (y.T @ s).item()
    if rise <= 0:
        return H_inv
    rho = 1 / rise
    identity = np.identity(s.size)
    return (identity - rho * s @ y.T) @ H_inv @ (identity - rho * y @ s.T) + rho * s @ s.T


@exercise.alternative
def with_einsum(H_inv, s, y):
    rho_inverse = np.einsum("i,i->", y, s)
    if rho_inverse > 0:
        A = np.eye(s.size) - np.einsum("i,j->ij", s, y) / rho_inverse
        return np.einsum("ij,jk,lk->il", A, H_inv, A) + np.einsum("i,j->ij", s, s) / rho_inverse
    return H_inv.copy()


@exercise.alternative
def with_a_tiny_threshold(H_inv, s, y):
    ys = y @ s
    if ys > 1e-10:
        rho = 1.0 / ys
        A = np.eye(len(s)) - rho * np.outer(s, y)
        H_inv = A @ H_inv @ A.T + rho * np.outer(s, s)
    return H_inv


@probe
def walking_down_a_bowl(bfgs_update, H, lowest, x0, n_steps):
    """Walk on ½ (x − lowest)ᵀ H (x − lowest), halving each step until the height falls."""
    import numpy as np

    def height(x):
        return 0.5 * (x - lowest) @ H @ (x - lowest)

    x, G, path = x0, np.eye(len(x0)), [x0]
    for _ in range(n_steps):
        slope = H @ (x - lowest)
        step = -np.asarray(G) @ slope
        while height(x + step) >= height(x) and np.any(step):
            step = step / 2
        if np.any(step):
            G = bfgs_update(G, step, H @ step)
        x = x + step
        path.append(x)
    return path


@exercise.picture
def own_path(answer: Answer):
    """A path with the learner's own update, on the map of the three houses."""
    from annkit.lessons.gradient_descent.cases import landscapes
    from annkit.lessons.gradient_descent.pictures import on_three_houses

    land = landscapes()["three houses"]
    path = answer.probe(
        walking_down_a_bowl, land.hessian(land.start), land.lowest[0], land.start, 7
    )
    arrived = land.arrival(np.asarray(path))
    return on_three_houses(
        path,
        "Seven steps with your own update on the three houses, from w = 4, b = 0. Down to a "
        f"thousandth of the height it takes {arrived or 'more than seven'}; gradient descent "
        f"takes {land.steps_needed(0.9)} with the rate 0.9.",
    )
