"""Plain words for the exceptions that beginners meet most.

Python and NumPy say what went wrong inside them; here it is said what went wrong in the learner's
line. The original message stays on the card.

Not here: where the exception was raised (`observe`).
"""

import re

# (exception, pattern in its message, words). The first that fits is told.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "ValueError",
        r"truth value of an array",
        "`if`, `and`, `or`, `not` and `max` want one yes or no, but an array holds many. Compare "
        "entry by entry: `np.where`, `np.maximum`, `&`, `|`, or a product with the comparison.",
    ),
    (
        "ValueError",
        r"could not be broadcast together|operands could not be broadcast",
        "Two arrays of these shapes do not fit together entry by entry. Print both shapes: often "
        "a sum or maximum along an axis has lost that axis, and `keepdims=True` keeps it.",
    ),
    (
        "ValueError",
        r"matmul: Input operand|shapes .* not aligned",
        "In a matrix product the inner sizes must agree, (n, k) with (k, m). Print both shapes: "
        "is the order swapped, or a transpose missing?",
    ),
    (
        "ValueError",
        r"setting an array element with a sequence|inhomogeneous shape",
        "Something with several entries stands where one number belongs, or rows have different "
        "lengths.",
    ),
    (
        "TypeError",
        r"'NoneType'",
        "Something here is None: a function without `return`, or a result that was never stored.",
    ),
    (
        "TypeError",
        r"only (length-1|size-1|0-dimensional) arrays can be converted",
        "`float`, `int` and the functions of `math` take one number. For arrays there are NumPy's.",
    ),
    (
        "TypeError",
        r"can't multiply sequence by non-int|unsupported operand type\(s\).*'list'",
        "Lists do not calculate; arrays do. `np.asarray` turns one into the other.",
    ),
    (
        "TypeError",
        r"numpy boolean (subtract|negative)",
        "NumPy does not subtract truth values. Turn them into numbers first: `.astype(float)`.",
    ),
    (
        "TypeError",
        r"object is not callable",
        "Something is called like a function and is none: a missing operator before a bracket, "
        "or a name that was given another value.",
    ),
    (
        "UFuncTypeError",
        r"Cannot cast",
        "An array of integers cannot take fractions in place. Make it float first.",
    ),
    (
        "NameError",
        r"",
        "This name does not exist (yet): a typing error, or a cell that has not run.",
    ),
    (
        "IndexError",
        r"",
        "An index is larger than the array. Counting starts at 0, so the last entry of n is n − 1.",
    ),
    (
        "AttributeError",
        r"'dict' object has no attribute",
        'A dictionary is asked with brackets, `cell["tau"]`, not with a dot.',
    ),
    ("KeyError", r"", "The dictionary has no such key; `.get(key, default)` gives a default then."),
    (
        "RecursionError",
        r"",
        "A function calls itself too often: without an end, or too deep for Python.",
    ),
    (
        "UnboundLocalError",
        r"",
        "A name is used before it has a value in this function: is a line missing above?",
    ),
)


def in_words(kind: str, message: str) -> str:
    """Say what an exception means; empty for the rarer ones.

    Args:
        kind: its class name.
        message: its text.
    """
    return next(
        (words for name, pattern, words in _WORDS if name == kind and re.search(pattern, message)),
        "",
    )
