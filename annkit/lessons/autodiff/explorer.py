"""Centre-piece of chapter 9: a computation, stepped forwards for values and back for gradients.

Values stand above the boxes, gradients below. The arrow of the current step is lit, and the line
below the picture shows what is added to what. A switch chooses the engine: the right one, one that
overwrites, one that hands on too early.

Not here: the computations and the sentences (`cases`), boxes and arrows (`pictures`).
"""

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from annkit.lessons.autodiff.cases import addition, cases, listed, number, sentence
from annkit.lessons.autodiff.pictures import Graph, full_page, set_limits
from annkit.lessons.autodiff.tape import ENGINES, HASTY, OVERWRITES
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer


def draw(fig: Figure) -> Callable[..., Frame]:
    """Draw all computations once and return the function that shows one of them at a step."""
    ax = full_page(fig)
    graphs = {name: Graph(ax, case) for name, case in cases().items()}
    middle: dict[str, Any] = {"transform": ax.transAxes, "va": "center", "animated": True}
    code = ax.text(0.03, 0.115, "", fontsize=15, family="DejaVu Sans Mono", **middle)
    factors = ax.text(0.03, 0.04, "", fontsize=11, color=palette.muted, **middle)
    total = ax.text(0.64, 0.115, "", fontsize=15, color=palette.vermillion, **middle)
    corner: dict[str, Any] = {"transform": ax.transAxes, "va": "top", "ha": "right"}
    ax.text(0.985, 0.965, "above a box: its value", color=palette.blue, **corner)
    below = ax.text(0.985, 0.89, "below a box: its gradient", **corner)
    below.set(color=palette.vermillion, fontweight="bold")
    shown: list[str] = []

    def update(graph: str, step: int, engine: str) -> Frame:
        case = cases(engine)[graph]
        if shown != [graph]:
            for name, drawing in graphs.items():
                drawing.set_visible(name == graph)
            set_limits(ax, case, below=0.17)
            shown[:] = [graph]
        now = case.tape.steps[min(step, case.last)]
        graphs[graph].show(now)
        line, result, why = "", "", "only the leaves have numbers yet"
        if now.kind == "back":
            line, result = addition(case, now)
            towards = case.formula(now.node), case.name(now.source), case.name(now.node)
            why = "the slope of {} towards {}, times {}.grad".format(*towards)
        elif now.kind == "forward":
            line = f"{case.formula(now.node)} = {number(now.values[now.node] or 0.0)}"
            why = "forwards: a value, from the values of the inputs"
        elif now.kind == "start":
            name = case.name(now.node)
            line = f"{name}.grad = 1"
            why = f"the way back begins: ∂{name}/∂{name} = 1, all other gradients are 0"
        code.set_text(line)
        factors.set_text(why)
        total.set_text(result)
        words = sentence(case, now)
        if step >= case.last:
            words += f" That was the last of {case.last} steps."
        return Frame(
            words, {"values": listed(case, now.values), "gradients": listed(case, now.grads)}
        )

    return update


def tape_explorer() -> Explorer:
    """Show a computation: choose one, and step through it with the slider."""
    twice, chain, diamond, reuse, middle, neuron = cases()
    longest = max(case.last for engine in ENGINES for case in cases(engine).values())
    return explorer(
        draw,
        controls=[
            Slider("step", "step", "", 0, longest, 1, value=0),
            Choice("graph", "example", [*cases()]),
            Choice("engine", "engine", [*ENGINES]),
        ],
        presets={
            "a + a, before the first step": {"graph": twice, "step": 0},
            "a + a, the second share": {"graph": twice, "step": cases()[twice].last},
            "chain, half-way back": {"graph": chain, "step": 5},
            "diamond, both ways": {"graph": diamond, "step": cases()[diamond].last},
            "reuse, the third share": {"graph": reuse, "step": cases()[reuse].last},
            "u·u + u, in order": {"graph": middle, "step": cases()[middle].last},
            "u·u + u, overwritten": {
                "graph": middle,
                "step": cases()[middle].last,
                "engine": OVERWRITES,
            },
            "u·u + u, at once": {
                "graph": middle,
                "step": cases(HASTY)[middle].last,
                "engine": HASTY,
            },
            "neuron, all values": {"graph": neuron, "step": 5},
            "neuron, all gradients": {"graph": neuron, "step": cases()[neuron].last},
        },
        prediction=Prediction(
            "y = a + a with a = 3, and an engine with a slip: it says = where += belongs. It goes "
            "back along both arrows. What is its a.grad at the end?",
            {
                "1": "Yes: one share of 1 arrives along each arrow, and the second overwrites the "
                "first. y is 2a, so 2 would be right.",
                "2": "That is right for y, which is 2a and grows twice as fast as a. But this "
                "engine doesn't add: its second share of 1 overwrites the first.",
                "3": "That is a itself, or its value. The slope of a sum doesn't depend on the "
                "numbers that are added.",
                "6": "That is the value of y. The gradient says how fast y grows with a: by 2 for "
                "every 1, of which this engine keeps the second half.",
            },
            "A node that is used twice is heard twice. That is what the + in += is for.",
        ),
        title="Six computations, forwards and back",
        width=8.2,
        height=4.2,
    )
