"""The chain rule through a whole network: nine derivatives of a 2-2-1 network."""

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
    id="network_221_gradients",
    title="Nine derivatives",
    points=3,
    size="about 15 lines",
    task=r"""A 2-2-1 network: $h_j = \tanh(w_{1j}x_1 + w_{2j}x_2 + b_j)$ for the two hidden units
$j = 1, 2$, then $y = v_1h_1 + v_2h_2 + c$, and the error $E = \tfrac12(y - t)^2$. The symbols
come in a dictionary: `symbols["w12"]` leads from input 1 to hidden unit 2. Return a dictionary
with the derivative of $E$ by each of the nine parameters. Go layer by layer, from the error
backwards. (`diff` is allowed here. Try without; then let it check you.)

*Example:* with $x_1 = 2$, $x_2 = 3$, $t = 1$, $v_1 = 1$, $v_2 = -1$ and every other parameter 0
both hidden units and the output are 0, so the miss is −1. The derivative by `"c"` is then −1, by
`"b1"` −1, by `"b2"` 1, by `"w12"` 2 and by `"w22"` 3.""",
    hints=(
        """
        Begin at the end: by how much does E change with y? That slope is a factor of all nine.
        Which of the nine need only one factor more?
        """,
        """
        Write down what each hidden unit hears from the error: the slope of E by $y$, times how y
        moves with $h_j$, times how $h_j$ moves with its own sum. Call it delta of that unit. Its
        bias gets the delta, its weights delta times their inputs.
        """,
        r"""
        The same for a chain, $y = v\,h$, $h = (wx)^2$: `miss = v*h - t`; by v it is `miss*h`; what
        the hidden unit hears is `delta = miss * v * 2*(w*x)`; by w it is `delta*x`. Nothing is
        computed twice.
        """,
        """
        Skeleton:

        ```python
        s = symbols
        h1 = sp.tanh(...)
        h2 = sp.tanh(...)
        miss = ...
        delta1 = miss * ... * ...
        delta2 = ...
        return {
            "w11": delta1 * ..., "w12": ..., "w21": ..., "w22": ...,
            "b1": ..., "b2": ..., "v1": miss * ..., "v2": ..., "c": ...,
        }
        ```
        """,
    ),
)


@exercise.reference
def network_221_gradients(symbols):
    """Differentiate the half squared error of a 2-2-1 tanh/linear network.

    Args:
        symbols: a dictionary from names to SymPy symbols (of any names of their own): inputs
            "x1", "x2", target "t", weights "w11", "w12", "w21", "w22" ("wij" leads from input i
            to hidden unit j), biases "b1", "b2", output weights "v1", "v2", output bias "c".

    Returns:
        A dictionary with the keys "w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c": the
        derivative of E by each, as a SymPy expression. Any form will do.
    """
    s = symbols
    h1 = sp.tanh(s["w11"] * s["x1"] + s["w21"] * s["x2"] + s["b1"])
    h2 = sp.tanh(s["w12"] * s["x1"] + s["w22"] * s["x2"] + s["b2"])
    miss = s["v1"] * h1 + s["v2"] * h2 + s["c"] - s["t"]
    delta1 = miss * s["v1"] * (1 - h1**2)
    delta2 = miss * s["v2"] * (1 - h2**2)
    return {
        "w11": delta1 * s["x1"],
        "w12": delta2 * s["x1"],
        "w21": delta1 * s["x2"],
        "w22": delta2 * s["x2"],
        "b1": delta1,
        "b2": delta2,
        "v1": miss * h1,
        "v2": miss * h2,
        "c": miss,
    }


_NAMES = ("x1", "x2", "t", "w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")
_PARAMETERS = _NAMES[3:]


def _asked(answer, names=_NAMES):
    """The answer's dictionary, the right one, and the intervals of the symbols.

    Args:
        answer: the handle.
        names: what the twelve symbols are called.
    """
    s = dict(zip(_NAMES, sp.symbols(names), strict=True))
    hidden = [sp.tanh(s[f"w1{j}"] * s["x1"] + s[f"w2{j}"] * s["x2"] + s[f"b{j}"]) for j in (1, 2)]
    y = s["v1"] * hidden[0] + s["v2"] * hidden[1] + s["c"]
    error = (y - s["t"]) ** 2 / 2
    wanted = {name: sp.diff(error, s[name]) for name in _PARAMETERS}
    return answer(s), wanted, dict.fromkeys(s.values(), (-1.2, 1.2))


def _expect_some(asked, keys, why):
    """Expect all nine keys, and some of the derivatives to be right.

    Args:
        asked: what `_asked` returned.
        keys: the derivatives looked at.
        why: half a sentence for the learner.
    """
    got, wanted, intervals = asked
    if isinstance(got, dict) and set(got) == set(wanted):
        got = {key: got[key] for key in keys}
        wanted = {key: wanted[key] for key in keys}
    expect_equivalent(got, wanted, intervals, what="the answer", why=why)


@exercise.check("the output layer", points=1)
def output_layer(answer: Answer, rng: np.random.Generator) -> None:
    _expect_some(_asked(answer), ("c", "v1", "v2"), "the miss, times what the parameter multiplies")


@exercise.check("the hidden biases", points=0.5)
def hidden_biases(answer: Answer, rng: np.random.Generator) -> None:
    _expect_some(_asked(answer), ("b1", "b2"), "what the hidden unit hears from the error")


@exercise.check("the hidden weights", points=1)
def hidden_weights(answer: Answer, rng: np.random.Generator) -> None:
    keys = ("w11", "w12", "w21", "w22")
    _expect_some(_asked(answer), keys, "w_ij leads from input i to hidden unit j")


@exercise.check("in whatever symbols are handed in", points=0.5)
def other_names(answer: Answer, rng: np.random.Generator) -> None:
    names = ("p", "q", "r", "a", "b", "d", "e", "f", "g", "k", "m", "n")
    _expect_some(
        _asked(answer, names), _PARAMETERS, "expressions in the symbols that were handed in"
    )


def _forward(s):
    """What the wrong answers below begin with: both hidden sums, both units, the miss.

    Args:
        s: the symbols by name.
    """
    z = [s[f"w1{j}"] * s["x1"] + s[f"w2{j}"] * s["x2"] + s[f"b{j}"] for j in (1, 2)]
    h = [sp.tanh(sums) for sums in z]
    return z, h, s["v1"] * h[0] + s["v2"] * h[1] + s["c"] - s["t"]


def _nine(s, deltas, output):
    """Put the derivatives together.

    Args:
        s: the symbols by name.
        deltas: of the two hidden units.
        output: the derivatives by v1, v2 and c.
    """
    hidden = {f"b{j}": delta for j, delta in zip((1, 2), deltas, strict=True)}
    for i in (1, 2):
        for j in (1, 2):
            hidden[f"w{i}{j}"] = deltas[j - 1] * s[f"x{i}"]
    return hidden | dict(zip(("v1", "v2", "c"), output, strict=True))


def _right(s):
    """The right derivatives, to go wrong from.

    Args:
        s: the symbols by name.
    """
    _, h, miss = _forward(s)
    v = s["v1"], s["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(s, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=output_layer, hint=1)
def sign_of_the_miss(symbols):
    """All nine signs are turned: your miss is target minus output."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [-miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (-miss * h[0], -miss * h[1], -miss))


@exercise.wrong(caught_by=output_layer, hint=1)
def twice(symbols):
    """Everything is twice what it should be: the ½ in E was put there to meet the square's 2."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [2 * miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (2 * miss * h[0], 2 * miss * h[1], 2 * miss))


@exercise.wrong(caught_by=output_layer, hint=1)
def indices_read_backwards(symbols):
    """You read w12 as the weight from input 2 to unit 1. It leads from input 1 to unit 2."""
    swapped = symbols | {"w12": symbols["w21"], "w21": symbols["w12"]}
    _, h, miss = _forward(swapped)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    right = _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))
    return right | {"w12": right["w21"], "w21": right["w12"]}


@exercise.wrong(caught_by=output_layer, hint=1)
def half_left_over(symbols):
    """Everything is half of what it should be: the square's slope brings a 2."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss / 2 * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss / 2 * h[0], miss / 2 * h[1], miss / 2))


def _square_without_its_half(symbols):
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss**2 * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss**2 * h[0], miss**2 * h[1], miss**2))


@exercise.wrong(caught_by=output_layer, hint=1, variants=(_square_without_its_half,))
def error_not_differentiated(symbols):
    """Your first factor still holds the square of the miss. The slope of E in y is needed."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    slope = miss**2 / 2
    deltas = [slope * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (slope * h[0], slope * h[1], slope))


@exercise.wrong(caught_by=output_layer, hint=4)
def output_bias_forgotten(symbols):
    """The bias c is missing from your y. Compare your sum with the task's."""
    _, h, miss = _forward(symbols)
    miss = miss - symbols["c"]
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=output_layer, hint=4)
def target_forgotten(symbols):
    """The target t is in none of your derivatives. What does E measure?"""
    _, h, miss = _forward(symbols)
    y = miss + symbols["t"]
    v = symbols["v1"], symbols["v2"]
    deltas = [y * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (y * h[0], y * h[1], y))


@exercise.wrong(caught_by=output_layer, hint=4)
def hidden_biases_forgotten(symbols):
    """The biases b1 and b2 are missing from your hidden sums."""
    return _right(symbols | {"b1": sp.Integer(0), "b2": sp.Integer(0)})


@exercise.wrong(caught_by=output_layer, hint=4)
def indices_swapped_forwards(symbols):
    """Your hidden sums take w12 for w21: w12 leads from input 1 to unit 2.

    Your last factors have them right.
    """
    swapped = symbols | {"w12": symbols["w21"], "w21": symbols["w12"]}
    return _right(swapped)


@exercise.wrong(caught_by=output_layer, hint=4)
def no_tanh_in_the_units(symbols):
    """Your hidden units answer with their sums. The tanh is missing on the way forwards."""
    z, _, _ = _forward(symbols)
    miss = symbols["v1"] * z[0] + symbols["v2"] * z[1] + symbols["c"] - symbols["t"]
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - z[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * z[0], miss * z[1], miss))


@exercise.wrong(caught_by=output_layer, hint=4)
def sigmoid_units(symbols):
    """Your hidden units are sigmoids. These are tanh."""
    z, _, _ = _forward(symbols)
    h = [1 / (1 + sp.exp(-sums)) for sums in z]
    miss = symbols["v1"] * h[0] + symbols["v2"] * h[1] + symbols["c"] - symbols["t"]
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * h[j] * (1 - h[j]) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


def _own_letters(calls):
    """Letters that stand for a part, and no symbols made anew: those have the names of the task."""
    return letters_of_its_own(calls) and calls[0].error is None


@exercise.wrong(caught_by=output_layer, hint=4, recognise=_own_letters)
def parts_left_as_letters(symbols):
    """A letter of your own, such as y or h1, is short for an expression.

    On paper that is enough; here the expression has to stand in its place.
    """
    _, h, _ = _forward(symbols)
    miss = sp.Symbol("y") - symbols["t"]
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=output_layer, hint=1)
def output_bias_gets_the_last_factor_only(symbols):
    """Your derivative by c is 1, the slope of y in c. That is one factor of two."""
    return _right(symbols) | {"c": sp.Integer(1)}


@exercise.wrong(caught_by=output_layer, hint=3)
def output_weights_by_themselves(symbols):
    """Your derivatives by v1 and v2 contain v1 and v2 as factors.

    How much does y change if v1 grows by 1?
    """
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * v[0], miss * v[1], miss))


@exercise.wrong(caught_by=output_layer, hint=3)
def sums_instead_of_units(symbols):
    """The output weights multiply what the hidden units answer, after tanh, not their sums."""
    z, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * z[0], miss * z[1], miss))


@exercise.wrong(caught_by=output_layer, hint=1)
def tanh_at_the_output(symbols):
    """You gave the output a tanh. It is linear: nothing stands behind its sum."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    y = sp.tanh(miss + symbols["t"])
    slope = (y - symbols["t"]) * (1 - y**2)
    deltas = [slope * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (slope * h[0], slope * h[1], slope))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def output_weight_forgotten(symbols):
    """The output layer is right. In your deltas one factor is missing: how y moves with h."""
    _, h, miss = _forward(symbols)
    deltas = [miss * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def slope_of_tanh_forgotten(symbols):
    """The output layer is right. Your deltas belong to h, not to the sums: tanh stands between."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    return _nine(symbols, [miss * v[j] for j in (0, 1)], (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def tanh_applied_twice(symbols):
    """Your slope of tanh is taken at h = tanh(z), not at z."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - sp.tanh(h[j]) ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def slope_of_the_sigmoid(symbols):
    """h(1 − h) is the slope of a sigmoid unit. These hidden units are tanh."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * h[j] * (1 - h[j]) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def square_forgotten(symbols):
    """Your slope of tanh is 1 − h. Try it at z = −1, where tanh is −0.76: can it be above 1?"""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j]) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def bracket_left_out(symbols):
    """You subtract h² from a product: 1 − h² needs brackets there."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * 1 - h[j] ** 2 for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def slope_of_tanh_at_the_sum(symbols):
    """Your slope of tanh is 1 − z², with the sum that goes in. The formula wants what comes out."""
    z, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - z[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def unit_for_its_weight(symbols):
    """Your deltas have h where the output weight belongs. How far does y move with h?"""
    _, h, miss = _forward(symbols)
    deltas = [miss * h[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def one_delta_for_both(symbols):
    """Both hidden units have the delta of the first. Each has its own weight and its own slope."""
    _, h, miss = _forward(symbols)
    delta = miss * symbols["v1"] * (1 - h[0] ** 2)
    return _nine(symbols, [delta, delta], (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def slope_of_the_first_for_both(symbols):
    """The delta of unit 2 holds the slope of unit 1: which unit's answer belongs there?"""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[0] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def output_weights_swapped(symbols):
    """Your hidden units hear through each other's output weight."""
    _, h, miss = _forward(symbols)
    v = symbols["v2"], symbols["v1"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_biases, hint=2)
def both_output_weights(symbols):
    """You added both output weights. A nudge of one hidden unit goes through its own only."""
    _, h, miss = _forward(symbols)
    deltas = [miss * (symbols["v1"] + symbols["v2"]) * (1 - h[j] ** 2) for j in (0, 1)]
    return _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))


@exercise.wrong(caught_by=hidden_weights, hint=2)
def weights_not_inputs(symbols):
    """Your derivatives by the hidden weights end in the weights. They end in the inputs."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    right = _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))
    by_weights = {f"w{i}{j}": deltas[j - 1] * symbols[f"w{i}{j}"] for i in (1, 2) for j in (1, 2)}
    return right | by_weights


@exercise.wrong(caught_by=hidden_weights, hint=4)
def inputs_swapped(symbols):
    """Your hidden weights end in the other input: w11 and w12 lead from input 1."""
    right = _right(symbols)
    turned = {"w11": "w21", "w21": "w11", "w12": "w22", "w22": "w12"}
    return {name: right[turned.get(name, name)] for name in right}


@exercise.wrong(caught_by=hidden_weights, hint=4)
def entries_transposed(symbols):
    """Your derivatives by w12 and by w21 have changed places."""
    _, h, miss = _forward(symbols)
    v = symbols["v1"], symbols["v2"]
    deltas = [miss * v[j] * (1 - h[j] ** 2) for j in (0, 1)]
    right = _nine(symbols, deltas, (miss * h[0], miss * h[1], miss))
    return right | {"w12": right["w21"], "w21": right["w12"]}


@exercise.wrong(caught_by=other_names, hint=4, recognise=letters_of_the_first_call)
def own_symbols(symbols):
    """You made symbols of your own. The expressions must contain those that are handed in."""
    s = {name: sp.Symbol(name) for name in symbols}
    _, h, miss = _forward(s)
    deltas = [miss * s[f"v{j}"] * (1 - h[j - 1] ** 2) for j in (1, 2)]
    return _nine(s, deltas, (miss * h[0], miss * h[1], miss))


@exercise.alternative
def in_loops(symbols):
    """Everything in lists, unit by unit."""
    x, v = [symbols["x1"], symbols["x2"]], [symbols["v1"], symbols["v2"]]
    W = [[symbols[f"w{i}{j}"] for j in (1, 2)] for i in (1, 2)]
    z = [sum(x[i] * W[i][j] for i in (0, 1)) + symbols[f"b{j + 1}"] for j in (0, 1)]
    h = [(sp.exp(sums) - sp.exp(-sums)) / (sp.exp(sums) + sp.exp(-sums)) for sums in z]
    miss = sum(a * b for a, b in zip(v, h, strict=True)) + symbols["c"] - symbols["t"]
    grads = {"c": miss}
    for j in (0, 1):
        grads[f"v{j + 1}"] = miss * h[j]
        grads[f"b{j + 1}"] = miss * v[j] / sp.cosh(z[j]) ** 2
        for i in (0, 1):
            grads[f"w{i + 1}{j + 1}"] = grads[f"b{j + 1}"] * x[i]
    return grads


@exercise.alternative
def by_sympy(symbols):
    s = symbols
    h1 = sp.tanh(s["w11"] * s["x1"] + s["w21"] * s["x2"] + s["b1"])
    h2 = sp.tanh(s["w12"] * s["x1"] + s["w22"] * s["x2"] + s["b2"])
    error = (s["v1"] * h1 + s["v2"] * h2 + s["c"] - s["t"]) ** 2 / 2
    names = ("w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")
    return {name: error.diff(s[name]) for name in names}
