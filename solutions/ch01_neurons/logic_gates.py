"""Five logic gates, each one weighted sum and one threshold."""

from itertools import product

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_equal,
    expect_shape,
    expect_that,
    last_value,
)

exercise = Exercise(
    id="logic_gates",
    title="Gates from weights",
    points=2,
    size="5 to 7 lines, mostly numbers",
    task="""
Choose weights and a bias for each of the gates AND, OR, NAND, NOR and NOT so that `x @ w + b >=
0` is True exactly where the gate is on. Return a dictionary: upper-case name → `(w, b)`, with `w`
of shape `(2,)` for two inputs and `(1,)` for NOT, and `b` a number.

**Example.** For the gate "x1 and not x2" one choice is `w = np.array([1.0, -1.0])`, `b = -0.5`:
the four sums for (0,0), (0,1), (1,0), (1,1) are −0.5, −1.5, 0.5, −0.5, and only (1,0) is on.""",
    hints=(
        """
        Write the truth table of one gate and, next to it, the sum `x1*w1 + x2*w2` for weights
        of 1. Between which two sums must the decision fall?
        """,
        """
        A bias is a threshold with its sign changed: "sum ≥ 1.5" and "sum − 1.5 ≥ 0" say the same. A
        gate with an N in front is on exactly where the other one is off; what does that do to the
        signs? Mind a sum of exactly 0: with all signs turned round it is 0 again.
        """,
        """
        A relative, worked: "at least two of three are on" (majority). Weights 1, 1, 1; the sums are
        0, 1, 2, 3; off at 1, on at 2; halfway is 1.5, so `b = -1.5`. Its opposite, "at most one",
        must be on at 1 and off at 2: weights −1, −1, −1 and `b = 1.5`.
        """,
        """
        The shape of one solution:

        ```python
        return {
            "AND": (np.array([..., ...]), ...),
            "OR": ...,
            "NAND": ...,
            "NOR": ...,
            "NOT": (np.array([...]), ...),
        }
        ```
        """,
    ),
)

TRUTH = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "NOR": (1, 0, 0, 0),
    "NOT": (1, 0),
}
PAIRS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
SINGLES = np.array([[0.0], [1.0]])


@exercise.reference
def logic_gates():
    """Give weights and bias of five logic gates, for inputs of 0 and 1.

    Returns:
        A dictionary with the keys "AND", "OR", "NAND", "NOR" and "NOT". Each value is a
        pair (w, b): w the weights, an array (2,), for NOT (1,); b the bias, a number.
        The gate is on where x @ w + b >= 0.
    """
    return {
        "AND": (np.array([1.0, 1.0]), -1.5),
        "OR": (np.array([1.0, 1.0]), -0.5),
        "NAND": (np.array([-1.0, -1.0]), 1.5),
        "NOR": (np.array([-1.0, -1.0]), 0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


def _table(w, b, inputs):
    """The outputs, 0 or 1, of the unit (w, b) for every row of inputs."""
    sums = inputs @ np.asarray(w, dtype=float) + np.asarray(b, dtype=float)
    return tuple(int(z >= 0) for z in np.ravel(sums))


def _expect_gate(answer: Answer, name: str) -> None:
    inputs = SINGLES if name == "NOT" else PAIRS
    gates = answer()
    expect_that(
        isinstance(gates, dict) and name in gates,
        f'The result must be a dictionary with the key "{name}".',
        got=gates,
    )
    gate = gates[name]
    pair = isinstance(gate, tuple | list) and len(gate) == 2
    expect_that(pair, f"{name} must be a pair (w, b).", got=gate)
    w, b = gate
    expect_shape(w, (inputs.shape[1],), what=f"w of {name}")
    expect_shape(np.squeeze(b) if np.shape(b) == (1,) else b, (), what=f"b of {name}")
    finite = all(np.all(np.isfinite(np.asarray(part, dtype=float))) for part in (w, b))
    expect_that(bool(finite), f"Weights and bias of {name} must be finite numbers.", got=gate)
    rows = ", ".join("(" + ", ".join(f"{x:.0f}" for x in row) + ")" for row in inputs)
    got = np.array(_table(w, b, inputs))
    expect_equal(got, np.array(TRUTH[name]), what=name, why=f"the inputs are {rows}")


@exercise.check("AND", points=0.5)
def and_gate(answer: Answer, rng: np.random.Generator) -> None:
    _expect_gate(answer, "AND")


@exercise.check("OR", points=0.5)
def or_gate(answer: Answer, rng: np.random.Generator) -> None:
    _expect_gate(answer, "OR")


@exercise.check("NAND and NOR", points=0.5)
def negated_gates(answer: Answer, rng: np.random.Generator) -> None:
    _expect_gate(answer, "NAND")
    _expect_gate(answer, "NOR")


@exercise.check("NOT", points=0.5)
def not_gate(answer: Answer, rng: np.random.Generator) -> None:
    _expect_gate(answer, "NOT")


def _tables(value):
    """Name → outputs, for every gate in an answer that has the expected form; {} otherwise."""
    tables = {}
    for name in TRUTH:
        gate = value.get(name) if isinstance(value, dict) else None
        if isinstance(gate, tuple | list) and len(gate) == 2:
            w, b = gate
            inputs = SINGLES if name == "NOT" else PAIRS
            if np.shape(w) == (inputs.shape[1],) and np.size(b) == 1:
                tables[name] = _table(w, b, inputs)
    return tables


def _shows(**wanted):
    """A predicate: some call returned gates that show exactly these outputs, by name."""

    def shows(value) -> bool:
        tables = _tables(value)
        return bool(tables) and all(tables.get(name) == outputs for name, outputs in wanted.items())

    return last_value(shows)


def _right_for_strictly_above(value) -> bool:
    """Whether AND and OR are wrong, and would be right if a sum of exactly 0 were off."""
    tables = _tables(value)
    if tables.get("AND") != TRUTH["OR"] or tables.get("OR") != (1, 1, 1, 1):
        return False
    sums = {name: PAIRS @ np.asarray(value[name][0]) + value[name][1] for name in ("AND", "OR")}
    return all(tuple((z > 0).astype(int)) == TRUTH[name] for name, z in sums.items())


@exercise.wrong(
    caught_by=and_gate,
    hint=1,
    recognise=last_value(_right_for_strictly_above),
)
def gates_for_strictly_above():
    """Your gates would work for `x @ w + b > 0`. Here a sum of exactly 0 is on as well."""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.0),
        "OR": (ones, 0.0),
        "NAND": (-ones, 2.0),
        "NOR": (-ones, 1.0),
        "NOT": (np.array([-1.0]), 1.0),
    }


def _in_lower_case(value) -> bool:
    return isinstance(value, dict) and {name.lower() for name in TRUTH} <= set(value)


@exercise.wrong(caught_by=and_gate, hint=4, recognise=last_value(_in_lower_case))
def names_in_lower_case():
    """Your gates are there, under names in lower case. For Python, "and" and "AND" are two keys."""
    ones = np.array([1.0, 1.0])
    return {
        "and": (ones, -1.5),
        "or": (ones, -0.5),
        "nand": (-ones, 1.5),
        "nor": (-ones, 0.5),
        "not": (np.array([-1.0]), 0.5),
    }


def _first_mistake(name, *outputs):
    """A predicate: the gates before this one are right, and this one shows one of these outputs."""
    before = dict(list(TRUTH.items())[: list(TRUTH).index(name)])

    def shows(value) -> bool:
        tables = _tables(value)
        return tables.get(name) in outputs and all(
            tables.get(gate) == wanted for gate, wanted in before.items()
        )

    return shows


def _and_is_or(value) -> bool:
    tables = _tables(value)
    if tables.get("OR") in (TRUTH["AND"], (1, 1, 1, 1)):
        return False  # the two have changed places, or every gate is meant for > 0
    return tables.get("AND") == TRUTH["OR"]


@exercise.wrong(caught_by=and_gate, hint=1, recognise=last_value(_and_is_or))
def one_input_is_enough():
    """Your AND is on as soon as one input is: that is OR. What is its sum for a single input?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.0),
        "OR": (ones, -0.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(caught_by=or_gate, hint=1, recognise=last_value(_first_mistake("OR", (1, 1, 1, 1))))
def or_always_on():
    """Your OR is on even for (0, 0). There its sum is the bias alone, and a sum of 0 is on."""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, 0.0),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(caught_by=or_gate, hint=1, recognise=last_value(_first_mistake("OR", TRUTH["AND"])))
def or_wants_both():
    """Your OR wants both inputs: that is AND. What is its sum for a single input?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -1.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(caught_by=not_gate, hint=2, recognise=last_value(_first_mistake("NOT", (0, 1))))
def not_hands_on():
    """Your NOT hands its input on. An input that is on has to pull the sum *below* 0."""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([1.0]), -0.5),
    }


def _right_for_the_other_bias(value) -> bool:
    """Whether AND and OR are wrong, and all that is wrong would be right for the bias turned."""
    tables = _tables(value)
    turned = _tables({name: (value[name][0], -value[name][1]) for name in tables})
    wrong = [name for name, wanted in TRUTH.items() if tables.get(name) != wanted]
    return {"AND", "OR"} <= {*wrong} and all(turned.get(name) == TRUTH[name] for name in wrong)


@exercise.wrong(caught_by=and_gate, hint=2, recognise=last_value(_right_for_the_other_bias))
def threshold_as_bias():
    """You wrote the thresholds where the biases belong.

    On which side of `≥` does each of them stand?
    """
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, 1.5),
        "OR": (ones, 0.5),
        "NAND": (-ones, -1.5),
        "NOR": (-ones, -0.5),
        "NOT": (np.array([-1.0]), -0.5),
    }


@exercise.wrong(
    caught_by=and_gate,
    hint=1,
    recognise=_shows(AND=TRUTH["OR"], OR=TRUTH["AND"]),
)
def and_or_swapped():
    """AND and OR have changed places. Which of the two asks for more?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -0.5),
        "OR": (ones, -1.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(
    caught_by=negated_gates,
    hint=2,
    recognise=_shows(AND=TRUTH["AND"], OR=TRUTH["OR"], NAND=(0, 0, 0, 0)),
)
def only_weights_negated():
    """Your NAND is never on: its weights pull the sum down, and so does its bias.

    To turn a gate round, all of its sum has to change its sign.
    """
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, -1.5),
        "NOR": (-ones, -0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


def _turned_round_on_the_border(calls) -> bool:
    """Whether NAND or NOR is its partner with all signs turned round, and a sum of 0 spoils it."""
    gates, spoilt = calls[-1].value, False
    tables = _tables(gates)
    for name, partner in (("NAND", "AND"), ("NOR", "OR")):
        (w, b), (v, c) = gates[name], gates[partner]
        if tables[partner] != TRUTH[partner]:
            return False
        turned = np.allclose(np.append(w, b), -np.append(v, c))
        spoilt |= bool(turned and tables[name] != TRUTH[name])
    return spoilt


@exercise.wrong(caught_by=negated_gates, hint=2, recognise=_turned_round_on_the_border)
def border_turned_round():
    """Turn all signs round, and a sum of exactly 0 is 0 again: still on.

    For which inputs is your gate on together with its opposite?
    """
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -2.0),
        "OR": (ones, -1.0),
        "NAND": (-ones, 2.0),
        "NOR": (-ones, 1.0),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(
    caught_by=negated_gates,
    hint=2,
    recognise=_shows(AND=TRUTH["AND"], OR=TRUTH["OR"], NAND=TRUTH["NOR"], NOR=TRUTH["NAND"]),
)
def nand_nor_swapped():
    """NAND and NOR have changed places.

    NAND is the opposite of AND, on in three of the four cases.
    """
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 0.5),
        "NOR": (-ones, 1.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(
    caught_by=not_gate,
    hint=1,
    recognise=_shows(AND=TRUTH["AND"], OR=TRUTH["OR"], NAND=TRUTH["NAND"], NOT=(1, 1)),
)
def not_always_on():
    """Your NOT is on for both inputs. What is its sum for the input 1, and is a sum of 0 on?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), 1.0),
    }


@exercise.wrong(
    caught_by=not_gate,
    hint=1,
    recognise=_shows(AND=TRUTH["AND"], OR=TRUTH["OR"], NAND=TRUTH["NAND"], NOT=(0, 0)),
)
def not_never_on():
    """Your NOT is never on. What is its sum for the input 0, when the weight has nothing to say?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), -0.5),
    }


def _bias_first(value) -> bool:
    gates = [value.get(name) for name in TRUTH] if isinstance(value, dict) else []
    pairs = [gate for gate in gates if isinstance(gate, tuple | list) and len(gate) == 2]
    return bool(pairs) and all(np.ndim(b) == 0 and np.ndim(w) == 1 for b, w in pairs)


@exercise.wrong(caught_by=and_gate, hint=4, recognise=last_value(_bias_first))
def bias_first():
    """In your pairs the bias comes first. The task wants the weights there, and then the bias."""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (-1.5, ones),
        "OR": (-0.5, ones),
        "NAND": (1.5, -ones),
        "NOR": (0.5, -ones),
        "NOT": (0.5, np.array([-1.0])),
    }


def _first_but_for_the_border(name, *outputs):
    """Recognise a first mistake that does not come of signs turned round on the border."""
    shows = last_value(_first_mistake(name, *outputs))
    return lambda calls: shows(calls) and not _turned_round_on_the_border(calls)


@exercise.wrong(
    caught_by=negated_gates, hint=1, recognise=_first_but_for_the_border("NAND", (1, 1, 1, 1))
)
def nand_always_on():
    """Your NAND is on for (1, 1) as well. Are its weights strong enough against its bias there?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 2.0),
        "NOR": (-ones, 0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(
    caught_by=negated_gates,
    hint=1,
    recognise=_first_but_for_the_border("NOR", (1, 1, 1, 0), (1, 1, 1, 1)),
)
def nor_on_too_often():
    """Your NOR is on although an input is: a single one has to pull its sum below 0."""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, 1.0),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.wrong(
    caught_by=negated_gates, hint=2, recognise=last_value(_first_mistake("NOR", (0, 0, 0, 0)))
)
def nor_never_on():
    """Your NOR is never on. What is its sum for (0, 0), when the weights have nothing to say?"""
    ones = np.array([1.0, 1.0])
    return {
        "AND": (ones, -1.5),
        "OR": (ones, -0.5),
        "NAND": (-ones, 1.5),
        "NOR": (-ones, -0.5),
        "NOT": (np.array([-1.0]), 0.5),
    }


@exercise.alternative
def with_whole_numbers():
    return {
        "AND": (np.array([1, 1]), -2),
        "OR": (np.array([1, 1]), -1),
        "NAND": (np.array([-1, -1]), 1),
        "NOR": (np.array([-1, -1]), 0),
        "NOT": (np.array([-1]), 0),
    }


@exercise.alternative
def negated_by_machine():
    gates = {"AND": ([2.0, 3.0], -4.0), "OR": ([2.0, 3.0], -1.0)}
    for name in ("AND", "OR"):
        w, b = gates[name]
        gates["N" + name] = ([-w[0], -w[1]], -b)
    gates["NOT"] = ([-5.0], 2.0)
    return gates


@exercise.picture
def own_lines(answer: Answer):
    """The learner's gates: where each of them is on."""
    from annkit import show

    gates = answer()
    fig, axes = show.figure(8.6, 2.6, columns=5, sharey=True)
    for ax, (name, truth) in zip(axes, TRUTH.items(), strict=True):
        w, b = gates[name]
        inputs = SINGLES if name == "NOT" else PAIRS
        table = _table(w, b, inputs)
        # NOT has no second input: its plane is the same at every height.
        slopes = np.resize(np.asarray(w, dtype=float), 2) * (1.0, len(inputs) == 4)
        grid = np.linspace(-0.5, 1.5, 101)
        z = grid[None, :] * slopes[0] + grid[:, None] * slopes[1] + np.ravel(b)[0]
        top = max(float(z.max()), 1e-9)
        ax.contourf(grid, grid, z, levels=[0.0, top], colors=[show.palette.sky], alpha=0.4)
        is_on = np.array(table) == 1
        places = np.column_stack([inputs[:, 0], inputs[:, 1] if len(inputs) == 4 else [0.5, 0.5]])
        ax.plot(*places[is_on].T, "o", color=show.palette.blue, ms=9)
        ax.plot(*places[~is_on].T, "o", mfc="white", mec=show.palette.ink, ms=9)
        title = name if table == truth else f"{name}: not yet"
        ax.set(title=title, xlabel="$x_1$", xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes[0].set_ylabel("$x_2$")
    axes[-1].tick_params(left=False)
    alt = "Five squares, one per gate: " + "; ".join(_where_on(name, gates[name]) for name in TRUTH)
    return show.Picture(fig, f"{alt}.", _told(gates))


def _where_on(name, gate):
    """Say in words for which inputs a gate is on."""
    w, b = gate
    inputs = SINGLES if name == "NOT" else PAIRS
    on = [
        "(" + ", ".join(f"{x:.0f}" for x in row) + ")"
        for row, z in zip(inputs, _table(w, b, inputs), strict=True)
        if z
    ]
    return f"{name} is on for {', '.join(on) or 'no input'}"


def _cuts(w, b):
    """Whether the unit's border runs through the square that is drawn."""
    corners = np.array(list(product((-0.49, 1.49), repeat=len(w))))
    return len(set(_table(w, b, corners))) == 2


def _told(gates):
    """Say what the picture of these gates shows, right or wrong."""
    uncut = [name for name in TRUTH if not _cuts(*gates[name])]
    if uncut:
        return f"Full dots are on. No border in the picture: {', '.join(uncut)}."
    return "Full dots are on. Each gate cuts the plane along one line; NOT has one input only."
