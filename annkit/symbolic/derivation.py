"""A derivation: a quantity, and line after line that claims to be equal to it, each with a reason.

Every line is an object, so every line can be tried: its value at random places is compared with
the quantity itself, whose slopes are *measured*. A line that is wrong shows up as wrong, and so do
all that follow from it.

Not here: measuring (`measuring`), drawing (`annkit.lessons.chain_rule.explorer`). A check at a
dozen places is no proof; the proof is the reasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
import sympy

from annkit.symbolic.measuring import Place, free_symbols, unfold
from annkit.symbolic.writing import latex, number, sum_latex, sum_text, text

N_PLACES = 12
MOST_DRAWS = 40 * N_PLACES  # a place where the quantity has no slope is drawn again
RTOL = 1e-6
ATOL = 1e-8  # a measured slope is off by about 1e-10
INTERVAL = (-1.5, 1.5)
RIGHT, WRONG, UNTRIED = "✓", "✗", "?"
CELL = "padding:0.35em 0.9em 0.35em 0;text-align:left;vertical-align:middle"
WORDS = f"{CELL};min-width:7em"  # beside a long formula too


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        products: SymPy expressions, (factors) of each product; the line is their sum.
        reason: why it equals the line before.
    """

    products: tuple[tuple[Any, ...], ...]
    reason: str

    @cached_property
    def expression(self) -> Any:
        """The line as one expression."""
        return sympy.Add(*(sympy.Mul(*factors) for factors in self.products))

    @cached_property
    def latex(self) -> str:
        """The line in LaTeX, everything in the order given."""
        return sum_latex(self.products)

    @property
    def text(self) -> str:
        """The line as plain text, everything in the order given."""
        return sum_text(self.products)


@dataclass(frozen=True)
class LineCheck:
    """What the check of a line found.

    Attributes:
        holds: whether the line agreed with the quantity at all places.
        place: symbol → number, where it was furthest off.
        value: of the line there.
        wanted: of the quantity there, measured; nan where it has no value.
    """

    holds: bool
    place: Mapping[Any, float]
    value: float
    wanted: float

    @property
    def mark(self) -> str:
        """✓, ✗, or ? where there was nothing to compare with."""
        if self.holds:
            return RIGHT
        return WRONG if np.isfinite(self.wanted) else UNTRIED

    def __str__(self) -> str:
        """The verdict in words."""
        if self.holds:
            return f"{RIGHT} equal at {N_PLACES} places"
        where = ", ".join(f"{text(symbol)} = {number(v)}" for symbol, v in self.place.items())
        if self.mark == UNTRIED:
            return (
                f"{UNTRIED} not compared: nothing could be measured at {where}, for one. "
                "Say where it can: `intervals={letter: (low, high)}`"
            )
        return f"{WRONG} {number(self.value)}, measured {number(self.wanted)} at {where}"


@dataclass(frozen=True)
class Derivation:
    """A quantity and the lines that claim to equal it; `then` adds one.

    Args:
        quantity: what is looked for, often a `Slope`.
        where: short name → the formula it stands for.
        intervals: symbol → (low, high), where lines are tried; (-1.5, 1.5) for the others. A place
            at which the quantity has no value is drawn again.
        lines: what was derived so far.
    """

    quantity: Any
    where: Mapping[Any, Any]
    intervals: Mapping[Any, tuple[float, float]] | None = None
    lines: tuple[Line, ...] = ()

    def then(self, line: Any, reason: str) -> "Derivation":
        """Return the derivation with one more line.

        Args:
            line: an expression; or a tuple of factors, or a list of such tuples, to be added.
                Both are printed in the order given.
            reason: why it equals the line before.
        """
        products = line if isinstance(line, list) else [line]
        in_order = (factors if isinstance(factors, tuple) else (factors,) for factors in products)
        added = Line(tuple(tuple(map(sympy.sympify, factors)) for factors in in_order), reason)
        return replace(self, lines=(*self.lines, added))

    def unfolded(self) -> "Derivation":
        """The same with the formulas in the place of the short names."""
        lines = tuple(
            replace(
                line,
                products=tuple(
                    tuple(unfold(factor, self.where) for factor in factors)
                    for factors in line.products
                ),
            )
            for line in self.lines
        )
        return replace(self, lines=lines)

    @cached_property
    def tried(self) -> list[tuple[Place, float]]:
        """Where lines are tried, and the quantity there, measured.

        Always the same random places with a slope; others only if there are too few of these.
        """
        kept: list[tuple[Place, float]] = []
        spare: list[tuple[Place, float]] = []
        for place in self._drawn():
            value = place.value(self.quantity)
            # Close to the end of its domain, or to a kink, a slope depends on how it is measured.
            wider = replace(place, nudge=2 * place.nudge).value(self.quantity)
            (kept if agree(value, wider) else spare).append((place, value))
            if len(kept) == N_PLACES:
                break
        return (kept + spare)[:N_PLACES]

    def _drawn(self) -> Iterator[Place]:
        symbols: Sequence[Any] = free_symbols(self.quantity, self.where)
        for line in self.lines:
            symbols = sorted({*symbols, *free_symbols(line.expression, self.where)}, key=str)
        ends = np.array([(self.intervals or {}).get(symbol, INTERVAL) for symbol in symbols])
        ends = ends.reshape(-1, 2)  # also where nothing but numbers is left
        rng = np.random.default_rng(0)
        for _ in range(MOST_DRAWS):
            numbers = map(float, rng.uniform(*ends.T))
            yield Place(dict(zip(symbols, numbers, strict=True)), self.where)

    @cached_property
    def verdicts(self) -> list[LineCheck]:
        """What the check says to each line."""
        return [self._judge(line) for line in self.lines]

    @property
    def holds(self) -> bool:
        """Whether every line passes its check."""
        return all(verdict.holds for verdict in self.verdicts)

    def _judge(self, line: Line) -> LineCheck:
        found = []
        for place, wanted in self.tried:
            value = place.value(line.expression)
            holds = agree(value, wanted)
            # What differs is told before what couldn't be measured.
            order = (holds, not np.isfinite(wanted), -abs(value - wanted))
            found.append((order, LineCheck(holds, place.values, value, wanted)))
        return min(found, key=lambda entry: entry[0])[1]

    def latex(self) -> str:
        """The whole derivation as an aligned block of LaTeX, reasons at the right."""
        rows = (rf"&= {line.latex} && \text{{{escape_latex(line.reason)}}}" for line in self.lines)
        return "\n".join(
            (r"\begin{aligned}", latex(self.quantity), " \\\\\n".join(rows), r"\end{aligned}")
        )

    def __repr__(self) -> str:
        """The derivation as plain text: each line, its reason, what the check says."""
        pieces = [text(self.quantity)]
        for line, verdict in zip(self.lines, self.verdicts, strict=True):
            pieces += [f"  = {line.text}", f"        {line.reason}   {verdict}"]
        return "\n".join(pieces)

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td style="{CELL}">$= \\displaystyle {escape(line.latex)}$</td>'
            f'<td style="{WORDS}">{escape(line.reason)}</td>'
            f'<td style="{WORDS}">{escape(str(verdict))}</td></tr>'
            for line, verdict in zip(self.lines, self.verdicts, strict=True)
        )
        # A formula is no name of a column: whoever hears the table would hear nothing.
        head = f'<td style="{CELL}">$\\displaystyle {escape(latex(self.quantity))}$</td>' + "".join(
            f'<th scope="col" style="{CELL}">{name}</th>' for name in ("because", "measured")
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def agree(value: float, wanted: float) -> bool:
    """Say whether two numbers are equal, as far as a measured slope can tell; nan never is."""
    return bool(abs(value - wanted) <= ATOL + RTOL * abs(wanted))


def escape_latex(words: str) -> str:
    """Plain words as LaTeX text, with its special characters escaped."""
    for mark in "&%$#_{}":
        words = words.replace(mark, "\\" + mark)
    return words
