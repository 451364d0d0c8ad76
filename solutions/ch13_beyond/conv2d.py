"""One small set of weights, shown to every place of a picture in turn."""

import operator
from functools import partial

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, raises

exercise = Exercise(
    id="conv2d",
    title="One kernel for every place",
    points=2,
    size="about 6 lines",
    task=r"""Slide `kernel` over `image`. At every place where all of it lies on the image, multiply
what lies on top of each other and add up; the kernel is **not** flipped. Return the table of the
sums. (Networks call this a convolution; its exact name is valid cross-correlation.)

Example: the kernel `[[1, -1]]` on the image `[[5, 5, 2], [0, 7, 7]]` fits twice in each row: 5 − 5
and 5 − 2, then 0 − 7 and 7 − 7. The result is `[[0, 3], [-7, 0]]`.""",
    hints=(
        """
        Lay a strip of 3 fields on a row of 5. At how many places does it fit? And for two rows of
        the image and two of the kernel?
        """,
        """
        Two loops go over the places where the kernel's upper left corner may lie. At each of them
        cut the patch under the kernel out of the image: it has the kernel's shape, so the two can
        be multiplied entry by entry and added up to one number.
        """,
        """
        The same with one dimension and a mean: windows of 2 in `[4, 6, 2, 8]` begin at 0, 1 and 2,
        so `[np.mean(x[i : i + 2]) for i in range(len(x) - 2 + 1)]` gives `[5, 4, 5]`.
        """,
        """
        Skeleton:

        ```python
        rows, columns = kernel.shape
        out = np.zeros((image.shape[0] - ..., ...))
        for i in range(out.shape[0]):
            for j in range(...):
                patch = image[i : ..., j : ...]
                out[i, j] = ...
        return out
        ```
        """,
    ),
)


@exercise.reference
def conv2d(image, kernel):
    """Valid cross-correlation of an image with a kernel.

    Args:
        image: ink of each pixel, (height, width); floats or integers. It is not changed.
        kernel: weights, (rows, columns), not larger than the image in either direction; floats or
            integers, not necessarily square.

    Returns:
        (height − rows + 1, width − columns + 1): entry (i, j) is the sum of kernel times the patch
        of the image whose upper left corner is at (i, j), entry by entry.
    """
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out


def _weight_by_weight(image, kernel):
    """The same from the kernel's side: each weight adds the image, shifted, to the result."""
    rows, columns = kernel.shape
    height, width = image.shape[0] - rows + 1, image.shape[1] - columns + 1
    return sum(
        weight * image[a : a + height, b : b + width] for (a, b), weight in np.ndenumerate(kernel)
    )


@exercise.check("a table as large as there are places for the kernel")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    small = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    expect_shape(answer(small, np.array([[1.0, 0.0]])), (2, 2))
    for (height, width), (rows, columns) in (((5, 7), (3, 2)), ((4, 4), (1, 4)), ((6, 3), (2, 3))):
        got = answer(rng.normal(size=(height, width)), rng.normal(size=(rows, columns)))
        expect_shape(got, (height - rows + 1, width - columns + 1))


@exercise.check("a small image by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    image = np.array([[1.0, 2.0, 0.0], [0.0, 3.0, 1.0], [4.0, 0.0, 2.0]])
    kernel = np.array([[1.0, 10.0], [100.0, 1000.0]])
    expected = np.array([[3021.0, 1302.0], [430.0, 2013.0]])
    why = "first 1·1 + 2·10 + 0·100 + 3·1000"
    expect_close(answer(image, kernel), expected, why=why)
    a, b, c = map(float, rng.integers(2, 30, 3))
    got = answer(np.array([[a, b, c]]), np.array([[1.0, 10.0]]))
    expect_close(got, np.array([[a + 10 * b, b + 10 * c]]), why="first · 1 + second · 10")


@exercise.check("any image, any kernel", points=1)
def any_kernel(answer: Answer, rng: np.random.Generator) -> None:
    for shape, size in (((5, 7), (3, 2)), ((8, 8), (3, 3)), ((4, 6), (2, 5)), ((6, 5), (1, 1))):
        image, kernel = rng.normal(size=shape), rng.normal(size=size)
        expect_close(answer(image, kernel), _weight_by_weight(image, kernel))


@exercise.check("whole numbers, the largest kernel, and a picture that moves", points=0.5)
def extremes(answer: Answer, rng: np.random.Generator) -> None:
    whole, parts = rng.integers(0, 17, (4, 5)), np.array([[0.5, -0.25], [0.0, 1.5]])
    why = "the image holds whole numbers, the kernel fractions"
    expect_close(answer(whole, parts), _weight_by_weight(whole * 1.0, parts), why=why)
    pixels, edge = rng.integers(200, 256, (3, 4)).astype(np.uint8), np.array([[1, 1], [-1, 2]])
    why = "bytes, as cameras give them, go to 255; a sum may be larger"
    expect_close(answer(pixels, edge), _weight_by_weight(pixels * 1.0, edge), why=why)
    image, kernel = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    why = "a kernel as large as the image fits once"
    expect_close(answer(image, kernel), np.array([[np.vdot(image, kernel)]]), why=why)
    image, kernel = rng.normal(size=(5, 6)), rng.normal(size=(2, 3))
    right = np.asarray(answer(image, kernel), dtype=float)
    moved = answer(np.roll(image, 1, axis=1), kernel)
    expect_shape(moved, (4, 4))
    why = "the image has moved one column to the right, so its pattern does, too"
    expect_close(np.asarray(moved)[:, 1:], right[:, :-1], what="all but the first column", why=why)


def _slide(image, kernel, rows=None, columns=None, of=np.sum):
    """The right sliding; patches of another size, or something else than a sum, if asked for."""
    rows, columns = rows or kernel.shape[0], columns or kernel.shape[1]
    out = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = of(image[i : i + rows, j : j + columns] * kernel)
    return out


@exercise.wrong(caught_by=by_hand, hint=2)
def kernel_flipped(image, kernel):
    """You flipped the kernel: that is the mathematicians' convolution. Networks leave it as it is.

    They learn the kernel, so either will do; but one has to agree.
    """
    return _slide(image, kernel[::-1, ::-1])


@exercise.wrong(caught_by=by_hand, hint=2)
def left_and_right_exchanged(image, kernel):
    """Your kernel lies mirrored: left and right have changed places."""
    return _slide(image, kernel[:, ::-1])


def _last_places_stay_zero(image, kernel):
    sums = _slide(image, kernel)
    sums[-1], sums[:, -1] = 0, 0
    return sums


@exercise.wrong(caught_by=has_the_shape, hint=3, variants=(_last_places_stay_zero,))
def one_place_too_few(image, kernel):
    """The last place in each direction is missing. A strip of 3 fits into 5 at 0, 1 *and* 2."""
    return _slide(image, kernel)[:-1, :-1]


@exercise.wrong(caught_by=has_the_shape, hint=1)
def as_large_as_the_image(image, kernel):
    """You put zeros around the image, so the result is as large. Here the kernel stays inside."""
    (rows, columns), (height, width) = kernel.shape, image.shape
    padded = np.pad(image, ((rows // 2, rows // 2), (columns // 2, columns // 2)))
    return _slide(padded, kernel)[:height, :width]


@exercise.wrong(caught_by=has_the_shape, hint=1)
def over_the_edge(image, kernel):
    """Your kernel hangs over the edge: it counts as soon as one of its fields lies on the image.

    Here all of it has to.
    """
    rows, columns = kernel.shape
    around = ((rows - 1, rows - 1), (columns - 1, columns - 1))
    return _slide(np.pad(image, around), kernel)


@exercise.wrong(caught_by=has_the_shape, hint=1)
def left_at_zero(image, kernel):
    """Your table is as large as the image, and stays 0 where the kernel doesn't fit."""
    out, inner = np.zeros(image.shape), _slide(image, kernel)
    out[: inner.shape[0], : inner.shape[1]] = inner
    return out


def _summed(shape, products_at):
    out = np.zeros(shape)
    for i, j in np.ndindex(shape):
        out[i, j] = np.sum(products_at(i, j))
    return out


def _at_every_field(image, kernel, of=operator.mul):
    """The sums of what a patch and the kernel make, its corner on every field of the image."""
    rows, columns = kernel.shape
    return _summed(image.shape, lambda i, j: of(image[i : i + rows, j : j + columns], kernel))


def _ending_too_early(image, kernel, of=operator.mul):
    """The sums where each patch ends at the kernel's own size, wherever it begins."""
    rows, columns = kernel.shape
    shape = _slide(image, kernel).shape
    return _summed(shape, lambda i, j: of(image[i:rows, j:columns], kernel))


def _kernel_first(patch, kernel):
    """The same products; Python tells of two sizes that do not fit in the other order."""
    return kernel * patch


@exercise.wrong(
    caught_by=has_the_shape, hint=1, variants=(partial(_at_every_field, of=_kernel_first),)
)
def corner_on_every_field(image, kernel):
    """You begin a patch on every field, and near the right and lower edges no kernel fits.

    On how many fields may its upper left corner lie?
    """
    return _at_every_field(image, kernel)


def _over_the_whole_image(image, kernel, of=operator.mul):
    """A table of the right size, and loops that run over every field of the image."""
    rows, columns = kernel.shape
    out = np.zeros(_slide(image, kernel).shape)
    for i, j in np.ndindex(image.shape):
        out[i, j] = np.sum(of(image[i : i + rows, j : j + columns], kernel))
    return out


@exercise.wrong(
    caught_by=has_the_shape, hint=1, variants=(partial(_over_the_whole_image, of=_kernel_first),)
)
def loops_over_the_image(image, kernel):
    """Your loops run over every field of the image, and the table has fewer places.

    On how many fields may the kernel's upper left corner lie?
    """
    return _over_the_whole_image(image, kernel)


@exercise.wrong(
    caught_by=has_the_shape, hint=4, variants=(partial(_ending_too_early, of=_kernel_first),)
)
def ends_at_the_kernels_size(image, kernel):
    """The further your patch begins, the smaller it gets: it ends at the kernel's size.

    Where does a patch of three rows end that begins at row i?
    """
    return _ending_too_early(image, kernel)


@exercise.wrong(caught_by=has_the_shape, hint=2)
def steps_of_its_own_size(image, kernel):
    """Your kernel steps on by its own size; it moves by *one* field at a time."""
    rows, columns = kernel.shape
    return _slide(image, kernel)[::rows, ::columns]


def _is_oblong(call):
    """Whether the kernel is no square."""
    rows, columns = np.shape(call.args[1])
    return rows != columns


@exercise.wrong(
    caught_by=has_the_shape,
    hint=2,
    recognise=raises("matmul: ", "not aligned", where=_is_oblong),
)
def matrix_product(image, kernel):
    """You multiplied patch and kernel as *matrices*. Each entry meets the one it lies on."""
    if kernel.shape[0] != kernel.shape[1]:
        raise ValueError("matmul: mismatch in its core dimension")
    out = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + len(kernel), j : j + len(kernel)] @ kernel)
    return out


@exercise.wrong(caught_by=by_hand, hint=4)
def mean_for_sum(image, kernel):
    """You averaged; the products are added up."""
    return _slide(image, kernel, of=np.mean)


@exercise.wrong(caught_by=by_hand, hint=4)
def largest_product(image, kernel):
    """You kept the largest product; all products are added up."""
    return _slide(image, kernel, of=np.max)


@exercise.wrong(caught_by=any_kernel, hint=2)
def nothing_negative(image, kernel):
    """You cut negative sums off: a ReLU comes after a convolution, in a layer of its own."""
    return np.maximum(_slide(image, kernel), 0)


@exercise.wrong(caught_by=has_the_shape, hint=4)
def row_of_sums(image, kernel):
    """At each place you added up the columns of the patch only: all products make *one* number."""
    rows, columns = kernel.shape
    places = range(image.shape[0] - rows + 1), range(image.shape[1] - columns + 1)
    return np.array(
        [
            [(image[i : i + rows, j : j + columns] * kernel).sum(axis=0) for j in places[1]]
            for i in places[0]
        ]
    )


def _of_a_square_kernel(image, kernel):
    """What comes of taking the kernel's height for its width."""
    k = kernel.shape[0]
    places = range(image.shape[0] - k + 1), range(image.shape[1] - k + 1)
    return np.array(
        [[np.sum(image[i : i + k, j : j + k] * kernel) for j in places[1]] for i in places[0]]
    )


@exercise.wrong(caught_by=has_the_shape, hint=1, variants=(_of_a_square_kernel,))
def squares_only(image, kernel):
    """Your code takes squares for granted: rows and columns have sizes of their own."""
    k, n = kernel.shape[0], image.shape[0] - kernel.shape[0] + 1
    return np.array(
        [[np.sum(image[i : i + k, j : j + k] * kernel) for j in range(n)] for i in range(n)]
    )


@exercise.wrong(caught_by=has_the_shape, hint=4)
def sizes_exchanged(image, kernel):
    """Your patches are as high as the kernel is wide: its first number counts rows."""
    return _slide(image, kernel, *kernel.shape[::-1])


@exercise.wrong(caught_by=has_the_shape, hint=4)
def width_from_the_rows(image, kernel):
    """Your patches are as wide as the kernel is high: its *second* number counts columns."""
    return _slide(image, kernel, columns=kernel.shape[0])


@exercise.wrong(caught_by=has_the_shape, hint=4)
def height_from_the_columns(image, kernel):
    """Your patches are as high as they are wide. How many *rows* has the kernel?"""
    return _slide(image, kernel, rows=kernel.shape[1])


@exercise.wrong(
    caught_by=has_the_shape,
    hint=4,
    variants=(lambda image, kernel: np.array(_slide(image, kernel.T).tolist()),),
)
def kernel_turned(image, kernel):
    """Your kernel is transposed: it stands where it should lie."""
    return _slide(image, kernel.T)


@exercise.wrong(caught_by=extremes, hint=4)
def whole_numbers_kept(image, kernel):
    """Your table has the type of the image: with whole numbers every fraction is cut off."""
    out = np.zeros_like(image, shape=_slide(image, kernel).shape)
    with np.errstate(all="ignore"):
        out[...] = _slide(image, kernel).astype(out.dtype)
    return out


@exercise.wrong(caught_by=by_hand, hint=4)
def last_product_alone(image, kernel):
    """At each place only the last product is left: each overwrites the one before. Add up: `+=`."""
    return _slide(image, kernel, of=lambda products: products[-1, -1])


@exercise.wrong(caught_by=by_hand, hint=4)
def sum_goes_on(image, kernel):
    """Your sum goes on from place to place. At each place it begins at 0 again."""
    sums = _slide(image, kernel)
    return np.cumsum(sums).reshape(sums.shape)


@exercise.wrong(caught_by=by_hand, hint=2)
def products_of_other_fields(image, kernel):
    """`patch @ kernel.T` is a product of matrices; it holds products of different rows, too.

    Each entry meets only the one it lies on.
    """
    rows, columns = kernel.shape
    return _summed(
        _slide(image, kernel).shape,
        lambda i, j: image[i : i + rows, j : j + columns] @ kernel.T,
    )


@exercise.alternative
def with_windows(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel * 1.0)


@exercise.alternative
def kernel_as_a_sum_of_shifts(image, kernel):
    rows, columns = kernel.shape
    height, width = image.shape
    total = 0.0
    for a in range(rows):
        for b in range(columns):
            total = total + float(kernel[a, b]) * image[
                a : height - rows + 1 + a, b : width - columns + 1 + b
            ].astype(float)
    return total


@exercise.alternative
def in_lists(image, kernel):
    pixels, weights = image.tolist(), kernel.tolist()
    rows, columns = len(weights), len(weights[0])
    return [
        [
            sum(pixels[i + a][j + b] * weights[a][b] for a in range(rows) for b in range(columns))
            for j in range(len(pixels[0]) - columns + 1)
        ]
        for i in range(len(pixels) - rows + 1)
    ]


@exercise.alternative
def by_fourier(image, kernel):
    (height, width), (rows, columns) = image.shape, kernel.shape
    size = (height + rows, width + columns)
    turned = np.fft.rfft2(image, size) * np.fft.rfft2(kernel[::-1, ::-1], size)
    return np.fft.irfft2(turned, size)[rows - 1 : height, columns - 1 : width]
