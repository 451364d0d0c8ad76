"""One neuron in full: the slope of its error in each of its parameters."""

import numpy as np
import sympy as sp

from annkit.exercises import (
    Answer,
    Exercise,
    expect_equivalent,
    letters_of_its_own,
    letters_of_the_first_call,
)

exercise = Exercise(
    id="neuron_gradients",
    title="One neuron in full",
    points=3,
    size="about 5 lines",
    forbidden=("diff",),
    task=r"""A neuron answers $a = \sigma(w_1x_1 + w_2x_2 + b)$, and its error is
$E = \tfrac12(a - t)^2$ with the target $t$. Return the three derivatives of $E$ in a dictionary
with the keys `"w1"`, `"w2"` and `"b"`, as SymPy expressions in the six symbols that are handed in.
Without `diff`: what you multiply is what you derived.

*Example:* with $w_1 = w_2 = b = 0$, $x_1 = 2$, $x_2 = -4$ and $t = 1$ the neuron answers ½. The
values are −¼ for `"w1"`, ½ for `"w2"` and −⅛ for `"b"`.""",
    hints=(
        """
        Through which intermediate quantities does a nudge of $w_1$ reach $E$? Which of the steps
        are the same for $w_2$ and for $b$?
        """,
        """
        Three local slopes: of E by a, of a by z, and of z by the parameter. The first two are
        common to all three; call their product delta. Only the last one differs.
        """,
        """
        The same for a unit without bias that squares, $a = z^2$ with $z = wx$: `z = w*x`, `a =
        z**2`, `delta = (a - t) * 2*z`, and the derivative by w is `delta * x`. In words: miss,
        times the unit's slope at z, times the input.
        """,
        """
        Skeleton:

        ```python
        z = ...
        a = ...
        delta = ... * ...
        return {"w1": delta * ..., "w2": ..., "b": ...}
        ```
        """,
    ),
)


@exercise.reference
def neuron_gradients(w1, w2, b, x1, x2, t):
    """Differentiate E = (a - t)**2 / 2 with a = sigmoid(w1*x1 + w2*x2 + b).

    Args:
        w1: symbol of the first weight; like all of them it may have any name.
        w2: symbol of the second weight.
        b: symbol of the bias.
        x1: symbol of the first input.
        x2: symbol of the second input.
        t: symbol of the target.

    Returns:
        A dictionary with the keys "w1", "w2" and "b": the derivatives of E by w1, w2 and b as
        SymPy expressions in the six symbols, found without `diff`. Any form will do.
    """
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


_NAMES = ("w1", "w2", "b", "x1", "x2", "t")


def _asked(answer, names, key):
    """One entry of the answer with the right one and the intervals of its symbols.

    Args:
        answer: the handle.
        names: names of the six symbols.
        key: which entry.
    """
    symbols = sp.symbols(names)
    w1, w2, b, x1, x2, t = symbols
    error = (1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b))) - t) ** 2 / 2
    by = symbols[_NAMES.index(key)]
    return answer(*symbols), {key: sp.diff(error, by)}, dict.fromkeys(symbols, (-1.5, 1.5))


def _expect_entry(answer, names, key, why):
    """Expect all keys, and one entry to be right.

    Args:
        answer: the handle.
        names: names of the six symbols.
        key: which entry.
        why: half a sentence for the learner.
    """
    got, wanted, intervals = _asked(answer, names, key)
    shown = got
    if isinstance(got, dict) and set(got) == {"w1", "w2", "b"}:
        shown = {key: got[key]}
    else:
        wanted = dict.fromkeys(("w1", "w2", "b"), wanted[key])
    expect_equivalent(shown, wanted, intervals, what="the answer", why=why, exact=True)


@exercise.check("the bias", points=1)
def bias(answer: Answer, rng: np.random.Generator) -> None:
    _expect_entry(answer, _NAMES, "b", "miss times the slope of the sigmoid")


@exercise.check("the first weight", points=0.5)
def first_weight(answer: Answer, rng: np.random.Generator) -> None:
    _expect_entry(answer, _NAMES, "w1", "how z moves with w1 is one factor")


@exercise.check("the second weight", points=0.5)
def second_weight(answer: Answer, rng: np.random.Generator) -> None:
    _expect_entry(answer, _NAMES, "w2", "how z moves with w2 is one factor")


@exercise.check("in whatever symbols are handed in", points=1)
def other_names(answer: Answer, rng: np.random.Generator) -> None:
    names = ("u", "v", "c", "p", "q", "y")
    for key in ("b", "w1", "w2"):
        _expect_entry(answer, names, key, "expressions in the symbols that were handed in")


@exercise.wrong(caught_by=bias, hint=2)
def slope_of_the_sigmoid_forgotten(w1, w2, b, x1, x2, t):
    """You went from the error straight to z: the slope of the sigmoid is missing between them."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    return {"w1": (a - t) * x1, "w2": (a - t) * x2, "b": a - t}


@exercise.wrong(caught_by=bias, hint=3)
def sign_of_the_miss(w1, w2, b, x1, x2, t):
    """All three signs are turned: your miss is target minus answer, or your slope of σ is negative.

    If the answer is too high, does a larger bias make the error larger or smaller?
    """
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (t - a) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def twice(w1, w2, b, x1, x2, t):
    """Everything is twice what it should be: the ½ in E was put there to meet the square's 2."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = 2 * (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def half_left_over(w1, w2, b, x1, x2, t):
    """Everything is half of what it should be: the square's slope brings a 2."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a) / 2
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def slope_of_tanh(w1, w2, b, x1, x2, t):
    """You used 1 − a², the slope of tanh. This unit is a sigmoid."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * (1 - a**2)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def sigmoid_applied_twice(w1, w2, b, x1, x2, t):
    """Your slope of the sigmoid is taken at a. It belongs to z."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    again = 1 / (1 + sp.exp(-a))
    delta = (a - t) * again * (1 - again)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


def _square_without_its_half(w1, w2, b, x1, x2, t):
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) ** 2 * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2, variants=(_square_without_its_half,))
def error_not_differentiated(w1, w2, b, x1, x2, t):
    """Your first factor still holds the square of a − t. The slope of E in a is needed."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) ** 2 / 2 * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def miss_forgotten(w1, w2, b, x1, x2, t):
    """These are the slopes of the answer a, not of E: how E moves with a is missing."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    return {"w1": a * (1 - a) * x1, "w2": a * (1 - a) * x2, "b": a * (1 - a)}


@exercise.wrong(caught_by=bias, hint=2)
def target_forgotten(w1, w2, b, x1, x2, t):
    """The target t is in none of your derivatives. What does E measure?"""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = a * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def half_a_slope(w1, w2, b, x1, x2, t):
    """Your slope of the sigmoid is 1 − a, one of its two factors."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def plus_for_minus(w1, w2, b, x1, x2, t):
    """Your slope of the sigmoid is a(1 + a). Between a = 0 and a = 1 it should fall off again."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 + a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=1)
def bias_gets_the_last_factor_only(w1, w2, b, x1, x2, t):
    """Your derivative by b is 1, the slope of z in b. That is one factor of three."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": sp.Integer(1)}


@exercise.wrong(caught_by=bias, hint=2)
def sum_in_place_of_answer(w1, w2, b, x1, x2, t):
    """Your slope of the sigmoid is z(1 − z). That formula takes the answer a, not z."""
    z = w1 * x1 + w2 * x2 + b
    delta = (1 / (1 + sp.exp(-z)) - t) * z * (1 - z)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=4)
def bias_not_in_the_sum(w1, w2, b, x1, x2, t):
    """Your neuron's answer doesn't depend on the bias. Compare your sum with the task's."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=4)
def minus_for_the_first_term(w1, w2, b, x1, x2, t):
    """Your minus in front of the sum reaches its first term only. The whole sum wants brackets."""
    a = 1 / (1 + sp.exp(-w1 * x1 + w2 * x2 + b))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=4)
def minus_of_the_exponent_lost(w1, w2, b, x1, x2, t):
    """Your sigmoid falls: the minus in its exponent is missing."""
    a = 1 / (1 + sp.exp(w1 * x1 + w2 * x2 + b))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=2)
def bracket_left_out(w1, w2, b, x1, x2, t):
    """You subtract a from a product: 1 − a needs brackets there."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * 1 - a
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=4, recognise=letters_of_its_own)
def answer_left_as_a_letter(w1, w2, b, x1, x2, t):
    """Your expressions contain a letter of your own.

    On paper a stands for the neuron's answer; here the expression of it has to stand there.
    """
    a = sp.Symbol("a")
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta}


@exercise.wrong(caught_by=bias, hint=1)
def each_times_itself(w1, w2, b, x1, x2, t):
    """The last factor of each derivative is the parameter itself.

    How much does z change if the parameter grows by 1?
    """
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * w1, "w2": delta * w2, "b": delta * b}


@exercise.wrong(caught_by=bias, hint=1)
def bias_times_itself(w1, w2, b, x1, x2, t):
    """Your derivative by b has a factor b. How much does z change if b grows by 1?"""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x2, "b": delta * b}


@exercise.wrong(caught_by=first_weight, hint=1)
def by_the_inputs(w1, w2, b, x1, x2, t):
    """These are the derivatives by the *inputs*: their last factor is the weight.

    How much does z change if the weight grows by 1?
    """
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * w1, "w2": delta * w2, "b": delta}


@exercise.wrong(caught_by=first_weight, hint=1)
def inputs_swapped(w1, w2, b, x1, x2, t):
    """The inputs have changed places: which of them does w1 multiply?"""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x2, "w2": delta * x1, "b": delta}


@exercise.wrong(caught_by=first_weight, hint=1)
def the_same_for_all(w1, w2, b, x1, x2, t):
    """All three are equal to the one of b. A weight's nudge reaches z multiplied by something."""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta, "w2": delta, "b": delta}


@exercise.wrong(caught_by=first_weight, hint=1)
def weight_as_well_as_input(w1, w2, b, x1, x2, t):
    """Your derivatives by the weights end in weight times input.

    How much does z change if the weight grows by 1?
    """
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * w1 * x1, "w2": delta * w2 * x2, "b": delta}


@exercise.wrong(caught_by=second_weight, hint=1)
def first_input_for_both(w1, w2, b, x1, x2, t):
    """Both weights got the first input: which one does w2 multiply?"""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * x1, "w2": delta * x1, "b": delta}


@exercise.wrong(caught_by=first_weight, hint=1)
def both_inputs_for_both(w1, w2, b, x1, x2, t):
    """Both weights got the sum of the inputs: which input does w1 multiply?"""
    a = 1 / (1 + sp.exp(-(w1 * x1 + w2 * x2 + b)))
    delta = (a - t) * a * (1 - a)
    return {"w1": delta * (x1 + x2), "w2": delta * (x1 + x2), "b": delta}


@exercise.wrong(caught_by=other_names, hint=4, recognise=letters_of_the_first_call)
def own_symbols(w1, w2, b, x1, x2, t):
    """You use symbols of your own, or of an earlier cell.

    The expressions must contain those that are handed in, whatever their names are.
    """
    w1, w2, b, x1, x2, t = sp.symbols("w1 w2 b x1 x2 t")
    z = w1 * x1 + w2 * x2 + b
    a = 1 / (1 + sp.exp(-z))
    common = (a - t) * (a - a**2)
    return {"w1": common * x1, "w2": common * x2, "b": common}


@exercise.alternative
def without_a(w1, w2, b, x1, x2, t):
    e = sp.exp(-(w1 * x1 + w2 * x2 + b))
    common = (1 / (1 + e) - t) * e / (1 + e) ** 2
    return {"b": common, "w2": common * x2, "w1": common * x1}


@exercise.alternative
def factor_by_factor(w1, w2, b, x1, x2, t):
    z = w1 * x1 + w2 * x2 + b
    a = (1 + sp.tanh(z / 2)) / 2
    error_by_a, a_by_z = a - t, (1 - sp.tanh(z / 2) ** 2) / 4
    z_by = {"w1": x1, "w2": x2, "b": sp.Integer(1)}
    return {name: error_by_a * a_by_z * slope for name, slope in z_by.items()}


@exercise.alternative
def expanded(w1, w2, b, x1, x2, t):
    a = 1 / (1 + sp.exp(-b - w1 * x1 - w2 * x2))
    delta = sp.expand((a - t) * (a - a**2))
    return {"w1": sp.expand(delta * x1), "w2": sp.expand(delta * x2), "b": delta}
