# %% [markdown]
# # 9 · A tiny autodiff engine
#
# **About 100 minutes of reading, and 100 for the exercises.** It builds on [the chain
# rule](../ch08_chain_rule/ch08_chain_rule.ipynb) and on measured slopes from [gradient
# descent](../ch06_gradient_descent/ch06_gradient_descent.ipynb).
#
# Afterwards you can
#
# - read a program as a graph, and say what every operation in it owes to the way back;
# - explain why gradients are *added* and in which order nodes may hand them on, with a case that
#   goes wrong for each;
# - build an engine of about sixty lines that differentiates programs, and train a neuron with it;
# - say when to walk forwards, when backwards, and what the way back costs;
# - name what such an engine cannot see.

# %%
import math
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from timeit import repeat

import numpy as np
import sympy as sp

from annkit import check, data, hint, progress, quiz, show, solution
from annkit.exercises.my_ann.own_parts import own
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.autodiff.number import Node, in_order
from annkit.lessons.autodiff.xor_training import by_nodes, first_weights, train_xor, xor_cost
from annkit.lessons.autodiff.mode_pictures import cost_of_modes
from annkit.lessons.autodiff.cases import cases
from annkit.lessons.autodiff.pictures import still_graph
from annkit.lessons.autodiff.explorer import tape_explorer
from annkit.nn.gradient_checking import measured_gradient

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_slope_product import recall_slope_product

# %%
from recall_two_costs import recall_two_costs

# %%
from recall_tanh_slope import recall_tanh_slope

# %% [markdown]
# ## 1 A bug that trained all the same
#
# In April 2020 a programmer put a small teaching engine on the web, some hundred lines that
# differentiate programs. Within days a reader had found that its gradients were wrong as soon as a
# number in the middle of a computation was used twice. Why had its author not noticed? Because the
# example had trained: it converged like any other [1].
#
# You are going to build such an engine. By the end you will know three ways to get it wrong, each
# of which still runs, and how to tell. But why would anybody want one? You already have two ways to
# find a derivative.
#
# - **Measure it**: nudge, compute again, divide. That takes two computations for *every* weight, and
#   has a step size to choose.
# - **Derive it**: let SymPy write a formula. That needs a formula to start from.
#
# Here is a program that finds a square root as people did in antiquity. It guesses $x$, and
# replaces it by the mean of $x$ and $a/x$, again and again.


# %%
def heron(a, rounds):
    """The square root of a, by repeated means."""
    x = a
    for _ in range(rounds):
        x = (x + a / x) / 2
    return x


letters, rows = 1, []
for rounds in range(1, 7):
    letters = 2 * letters + 1  # x stands in the next formula twice, and one more a
    rows.append((rounds, f"{heron(2.0, rounds):.12f}", letters))
show.table(rows, ["rounds", "square root of 2", "letters a in the formula"])

# %% tags=["author"]
assert rows[-1][2] == 127
assert rows[-1][1] == f"{math.sqrt(2):.12f}"

# %% [markdown]
# The program has three lines, and after six rounds the formula contains $a$ 127 times. After twenty
# it would be two million times. The program isn't long. The *formula* is, because a formula cannot
# say “the number from before”. Now watch this:

# %%
a = Node(2.0)
y = heron(a, 6)
y.backward()
known = 1 / (2 * math.sqrt(2))  # the derivative of √a at 2
digits = [f"{number:.12f}" for number in (y.data, a.grad, known)]
show.table([digits], ["square root of 2", "slope, by the engine", "by formula"])

# %% tags=["author"]
assert abs(a.grad - known) < 1e-15

# %% [markdown]
# It is the same function, with not one letter changed. It was handed a `Node` instead of a number,
# it ran its loop, and afterwards the `Node` knew its slope, to the last digit. Nothing was
# measured, and no formula was written. `Node` is `annkit`'s engine; `Value` will be yours.
#
# ## 2 Numbers that remember
#
# The idea fits into two sentences. While a program runs, every operation makes a new number, and
# this number can remember *which numbers it was made from*. Then the finished result holds the
# whole computation in its memory, as a graph, and somebody can walk back through it.
#
# What has to be remembered? Ask what the walk will need. Along a path, slopes multiply (chapter 8).
# So each operation owes the walk one number for each of its inputs, the **local derivative**, which
# says how many times as far the result moves if this input alone is nudged. For $a = 6$, $b = 4$:
#
# | operation | result | slope towards $a$ | slope towards $b$ |
# |---|---|---|---|
# | $a + b$ | 10 | 1 | 1 |
# | $a - b$ | 2 | 1 | −1 |
# | $a \cdot b$ | 24 | $b = 4$ | $a = 6$ |
# | $a / b$ | 1.5 | $1/b = 0.25$ | $-a/b^2 = -0.375$ |
# | $a^3$ | 216 | $3a^2 = 108$ | |
#
# These are ordinary numbers, known at the very moment the operation is carried out. A formula is
# needed for *one* operation at a time, never for the program. The division is the one that people
# get wrong. Measure it:

# %%
h = 1e-5
towards_a = ((6 + h) / 4 - (6 - h) / 4) / (2 * h)
towards_b = (6 / (4 + h) - 6 / (4 - h)) / (2 * h)
show.table([("6 / 4", towards_a, towards_b)], ["", "measured towards a", "measured towards b"])

# %% tags=["author"]
np.testing.assert_allclose([towards_a, towards_b], [0.25, -0.375], rtol=1e-8)
assert [n.slopes for n in (Node(6.0) - 4, Node(6.0) * 4, Node(6.0) / 4)] == [
    (1, -1),
    (4, 6),
    (0.25, -0.375),
]

# %% [markdown]
# **How Python lets a class take part in arithmetic.** When it meets `left + right`, it calls
# `left.__add__(right)`. If the left one is a plain number, it knows nothing of your class and gives
# up. Then Python asks the right one, with a method of another name: `right.__radd__(left)`. Here is
# a toy:


# %%
class Metres:
    """A length; a plain number is taken for metres."""

    def __init__(self, length):
        self.length = length

    def __sub__(self, other):  # self - other
        other = type(self)(other) if isinstance(other, int | float) else other
        return type(self)(self.length - other.length)

    def __rsub__(self, other):  # other - self, where other is a plain number
        return type(self)(other - self.length)


(Metres(5.0) - 2).length, (7 - Metres(5.0)).length

# %% tags=["author"]
assert ((Metres(5.0) - 2).length, (7 - Metres(5.0)).length) == (3, 2)

# %% [markdown]
# Two details deserve a second look. `type(self)(…)` makes another object of *whatever class this
# one has*, so that a class which extends yours gets results of its own kind. And the plain number
# is recognised by what it is, `int | float`, not by not being a `Metres`. The reason is a trap of
# notebooks: if you run a cell with a class twice, there are two classes of the same name. The name
# means the newer one. An object of the older one is then “no `Metres`”, whatever its label says. If
# strange errors turn up below, run the cells from the class down once more.
#
# Your class grows over three exercises. Each is a cell of its own; run them in order. After you
# have mended an earlier one, run the later ones again too, because `Value` means the class that was
# made last.

# %%
from value_ops import Value

# %% tags=["author"]
assert (5 - Value(2.0) * Value(2.0)).data == 1

# %% [markdown]
# ## 3 Back along the arrows
#
# Take $y = a \cdot a + a$ at $a = 3$. Here it is as a graph, with $u$ for the product. **Predict**
# from the arrows: if $a$ is nudged by 0.01, by how much does $y$ move?

# %%
what_is_asked = "Above each box its value. Three arrows leave a."
still_graph(cases()["reuse: a·a + a"], what_is_asked, only_values=True)

# %% tags=["author"]
assert round(3.01 * 3.01 + 3.01 - 12, 3) == 0.07

# %% [markdown]
# Follow the nudge. It reaches $u$ twice, through the left factor, where the slope is 3, and through
# the right one, where it is 3 as well. So $u$ moves by 0.03 + 0.03. The nudge also goes straight to
# $y$. Altogether $y$ moves by 0.06 + 0.01 = 0.07, seven times the
# nudge.
#
# **Along a path slopes multiply; over several paths they add.** For any node $a$, then,
#
# $$\frac{\partial y}{\partial a} \;=\; \sum_{\text{arrows } a \to u} \frac{\partial y}{\partial u}
# \cdot \frac{\partial u}{\partial a}$$
#
# Read it from right to left and it is a program. Suppose ∂y/∂u is known for every $u$ that uses $a$.
# Then each arrow contributes one product, and the products are added: `a.grad += slope * u.grad`. And
# one gradient is known from the start: ∂y/∂y = 1.
#
# In the next cell you step through this by hand. The slider walks forwards, for the values, and
# then back. The arrow in use is lit, and the line below the picture says what is added to what. A
# prediction comes first.

# %%
tape_explorer()

# %% [markdown]
# The sum $a + a$ has two arrows from the same $a$, each with slope 1. Two shares arrive, and the
# second must not wipe out the first: 1 + 1 = 2, as it has to be for $2a$. An engine that says `=`
# answers 1. It is right for every computation in which no number is used twice, and most of what
# people try first is like that.
#
# **Which engine?** The switch offers two wrong ones: one says `=`, and the other hands on *at
# once*, whatever a node has so far. Try both on all six examples. Which examples give away the
# first, and which the second?
#
# <details><summary>What you may have found</summary>
#
# Every number that is used twice gives away the `=`: it says 1 for 2 in `a + a`, −18 for −27 in the
# diamond, 3 for 7 in the reuse, and 27 for 114 in `u·u + u`. The chain and the neuron let it pass.
# “At once” is right in five examples, and says 276 for 114 in `u·u + u`. Only there does a node in
# the *middle* get several shares. In the others, what is used twice has nothing below it to hand on
# to.
#
# </details>

# %% tags=["author"]
from annkit.lessons.autodiff.tape import HASTY, OVERWRITES, RIGHT

at_the_end = {
    engine: [case.tape.steps[-1].grads[0] for case in cases(engine).values()]
    for engine in (RIGHT, OVERWRITES, HASTY)
}
names = [name.split(":")[0] for name in cases()]
assert names == ["a + a", "chain", "diamond", "reuse", "middle", "neuron"]
assert at_the_end[RIGHT][:5] == [2, -32, -27, 7, 114]
assert at_the_end[OVERWRITES][:5] == [1, -32, -18, 3, 27]
assert at_the_end[HASTY][:5] == [2, -32, -27, 7, 276]
assert at_the_end[RIGHT][5] == at_the_end[OVERWRITES][5] == at_the_end[HASTY][5]

# %% [markdown]
#
# ## 4 When may a node hand on?
#
# The simplest way back would be an eager one: whenever a node gets a share, it hands it on at once.
# That takes six lines, and it is what went wrong in 2020. Here it is on $y = u \cdot u + u$ with $u =
# a \cdot a$:


# %%
def eager(node):
    """Hand on at once, and again with every new share."""
    for source, slope in zip(node.inputs, node.slopes, strict=True):
        source.grad += slope * node.grad
        eager(source)


a = Node(3.0)
u = a * a
y = u * u + u
y.grad = 1.0
eager(y)
hasty = a.grad
y.backward()  # annkit's own, which starts with all gradients at 0
show.table([(hasty, a.grad)], ["∂y/∂a, eager", "∂y/∂a, in order"])

# %% tags=["author"]
assert (hasty, a.grad) == (276, 114)
a = Node(3.0)
u = a * a
y = u * u - 19 * u
y.grad = 1.0
eager(y)
turned = a.grad
y.backward()
assert (turned, a.grad) == (156, -6)
assert 2 * 9 * 6 + 6 == 114  # (2u + 1) · 2a

# %% [markdown]
# By hand: $(2u+1)\cdot 2a = 19 \cdot 6 = 114$. The eager way says 276, because $u$ handed its first
# share on three times and its second twice. Now look at it as somebody who trains a network. The
# sign is right. Descent with a gradient that is too long goes downhill in longer steps, so the cost
# falls, the picture looks fine, and the bug stays. (It needn't be so. On $y = u \cdot u - 19u$ the
# eager way says 156, where −6 is right: shares of both signs meet, and some of them count three
# times.)
#
# Let it train, as its author did. A network of tanh neurons, 2-3-3-1, learns XOR from 20 starts, with both
# engines from the same first weights. **Predict**: from how many of the 20 does the *wrong* engine end lower?

# %%
seeds = range(20)
engines = {"in order": by_nodes(Node.backward), "eager": by_nodes(eager)}
trained = {name: [train_xor(one, seed) for seed in seeds] for name, one in engines.items()}
first_start = {name: np.array(runs[0]) for name, runs in trained.items()}
show.lines(range(150), first_start, "step", "cost", "XOR, the first of 20 starts")

# %%
last = {name: np.array([run[-1] for run in runs]) for name, runs in trained.items()}
ends = [(name, np.median(c), (c < 0.05).sum()) for name, c in last.items()]
print("the wrong engine ended lower in", (last["eager"] < last["in order"]).sum(), "of 20")
show.table(ends, ["way back", "cost at the end, median", "below 0.05, of 20"])

# %% tags=["author", "long"]
assert (last["eager"] < last["in order"]).sum() == 15
np.testing.assert_allclose([row[1] for row in ends], [0.0068, 0.0037], atol=2e-4)
assert [row[2] for row in ends] == [17, 18]

as_product = [
    [train_xor(one, seed, lambda miss: miss * miss)[-1] for seed in seeds]
    for one in engines.values()
]
assert [sum(cost < 0.05 for cost in costs) for costs in as_product] == [17, 3]
np.testing.assert_allclose(as_product[0], last["in order"])

# %% [markdown]
# It does in 15 of 20: **the wrong engine trains better**, with half the cost in the median. Its
# steps are longer, and here longer steps were what was missing. Nobody who looks at such curves
# will look for a bug. And yet it is luck, and depends on how the program is written. Square the
# misses as `miss * miss` instead of `miss**2`, which is the same number with one more node used
# twice. The right engine does what it did, while the eager one learns XOR from 3 starts instead of 18.
#
# How long should $u$ have waited? Decide in general before you read on.

# %%
from sharing_question import sharing_question

# %% [markdown]
# The cure is patience. A node may hand on only when *all* nodes that use it have handed theirs to
# it. We therefore need the nodes in an order in which every node comes after its inputs. Walked
# from its end, it brings each node after everything that uses it. It is called a **topological
# order**. A graph has several, and any of them will do.

# %%
from topological_order import topological_order

# %% [markdown]
# A word on “10 000 nodes”. A function that calls itself for each input is shorter, and works until
# a program has a loop. A thousand rounds make a chain a thousand nodes deep, and Python stops a
# function that calls itself more deeply than that. A loop that keeps its own list of nodes still to
# be visited has no such limit. (In the browser edition leave chains that long to `check`: a kernel
# there falls silent when one is thrown away, or when an operator calls itself without end. Start it
# afresh then; what you have typed stays, and what has passed.)
#
# Now put the parts together.

# %%
from backward import Value

# %% [markdown]
# You now own an engine. What it does to $a \cdot a + a$, it does to any program made of these
# operations, with any number of inputs, in *one* walk.
#
# There is a choice in it that others made differently. Yours sets all gradients anew with each call.
# PyTorch keeps adding, so that several costs can be summed up, and leaves the clearing to you; hence
# the `zero_grad()` in every PyTorch program, and the strange training of those who forget it.
#
# > **A good place to stop for the day.** Your engine can go back. Tomorrow it will get bends, learn
# > something, and have to pass a check.
#
# ## 5 Bends, and a neuron
#
# An engine with five operators is a pocket calculator. To make it a network we need bends. Each
# takes two lines, a value and a local slope, since nothing about the walk changes.
#
# | function | slope, by the input $z$ | by the result |
# |---|---|---|
# | $t = \tanh z$ | $1 - \tanh^2 z$ | $1 - t^2$ |
# | $e = \exp z$ | $\exp z$ | $e$ |
# | $l = \ln z$ | $1/z$ | |
# | $r = \mathrm{relu}(z)$ | 1 for $z > 0$, else 0 | |
# | $s = \sigma(z)$ | $\sigma(z)(1-\sigma(z))$ | $s(1-s)$ |
#
# The column on the right is the practical one, because the result is there already. It is also a
# classic trap, since $1 - z^2$ looks much like $1 - t^2$ and runs just as happily.

# %%
from value_functions import Value

# %%
from value_neuron import value_neuron

# %% [markdown]
# ## 6 Don't trust it, check it
#
# An engine that is wrong runs as smoothly as one that is right. So compare it with witnesses that
# know nothing of graphs: **central differences**, which only run the program; **SymPy**, which only
# knows algebra; and **PyTorch**, if you have it, which is an engine like yours, tested by half the
# world.
#
# The table will be made with *your* class if all its steps have passed. The function to be
# differentiated gets `tanh` as an argument, since each world has its own.


# %%
def tangle(a, b, tanh):
    """Every operator, numbers on both sides, and nodes that are used again and again."""
    u = tanh(a * b - 3 / a)
    v = (u + 2) * (1 - u) ** 3 / b
    return v - a * v + 5 * u - (-a) ** 2


at = {"a": 1.2, "b": 1.7}


def by_engine(Value):
    """Both slopes, by one walk back."""
    p, q = Value(at["a"]), Value(at["b"])
    tangle(p, q, lambda node: node.tanh()).backward()
    return {"a": p.grad, "b": q.grad}


# %%
def nudged(name, h):
    """The program's result with one input moved by h."""
    moved = {**at, name: at[name] + h}
    return tangle(moved["a"], moved["b"], math.tanh)


def measured(name, h=1e-5):
    """Central difference of the program by one input."""
    return (nudged(name, h) - nudged(name, -h)) / (2 * h)


symbols = sp.symbols("a b")
formula = tangle(symbols[0], symbols[1], sp.tanh)
by_measuring = {name: measured(name) for name in at}
by_formula = {str(s): float(sp.diff(formula, s).subs(at)) for s in symbols}

# %%
witnesses = {"central differences": by_measuring, "SymPy": by_formula}
if find_spec("torch") is None:
    print("PyTorch is not installed here; two witnesses will have to do.")
else:
    torch = import_module("torch")
    options = {"dtype": torch.float64, "requires_grad": True}
    tensors = {name: torch.tensor(number, **options) for name, number in at.items()}
    tangle(tensors["a"], tensors["b"], torch.tanh).backward()
    witnesses["PyTorch"] = {name: float(tensor.grad) for name, tensor in tensors.items()}


# %%
def compared(Value):
    """The engine and its witnesses, with twelve decimals."""
    found = {"the engine": by_engine(Value), **witnesses}
    rows = [(who, f"{g['a']:.12f}", f"{g['b']:.12f}") for who, g in found.items()]
    return show.table(rows, ["", "∂/∂a", "∂/∂b"])


with_own(compared, Value=Node)

# %% tags=["author"]
for name in at:
    assert abs(by_engine(Node)[name] - by_formula[name]) < 1e-14 * abs(by_formula[name]) * 10
    assert abs(by_engine(Node)[name] - by_measuring[name]) < 1e-8

# %% [markdown]
# Engine and SymPy agree to the last digit shown. The measurement leaves them at the eighth or tenth
# decimal. The gap is the measurement's, not the engine's, which brings us to a sentence you will read
# sooner or later.
#
# > **Myth: “automatic differentiation is numerical differentiation: quick, but an approximation.”**
# > You can test this. SymPy can evaluate its formula with 40 digits; call that the truth. Measure
# > with smaller and smaller steps, and compare them with one run of the engine:

# %%
fractions = {s: sp.Rational(at[str(s)]) for s in symbols}  # exactly the numbers the engine got
exact = float(sp.diff(formula, symbols[0]).subs(fractions).evalf(40))
worth = {}
for h in (1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13):
    worth[f"measured, h = {h:g}"] = abs(measured("a", h) - exact) / abs(exact)
worth["the engine, no h"] = abs(by_engine(Node)["a"] - exact) / abs(exact)
show.table([(who, f"{error:.0e}") for who, error in worth.items()], ["", "relative error"])

# %% tags=["author"]
best = min(error for who, error in worth.items() if who.startswith("measured"))
assert best == worth["measured, h = 1e-05"]
assert 1e-12 < best < 1e-9
assert worth["the engine, no h"] < 2e-15
assert worth["measured, h = 1e-13"] > 1e-5

# %% [markdown]
# The measurement has a best step, near $10^{-5}$, and gets worse on both sides: larger steps cut
# corners, smaller ones drown in rounding. The engine has no step. It carries out the chain rule
# with ordinary arithmetic and errs like ordinary arithmetic, in the sixteenth digit. Like
# measuring, it gives a *number at one place*; like algebra, it uses rules that are *exact*. It is
# neither.
#
# ## 7 A neuron learns
#
# Time to train. There are four examples, the gate OR with targets −1 and +1, and one tanh neuron.
# The cost is the mean of ½ (output − target)². Not one derivative is written anywhere in this cell,
# and the engine is yours as soon as it has passed.

# %%
Engine = own("Value", instead=Node, needs=["backward", "tanh", "__rtruediv__"])
X, bits = data.gates()["OR"]  # (4, 2) and (4,)
targets = 2.0 * bits - 1
w, b = [Engine(0.1), Engine(-0.2)], Engine(0.0)
costs = []
for _ in range(60):
    cost = Engine(0.0)
    for x, target in zip(X.tolist(), targets.tolist(), strict=True):
        output = (w[0] * x[0] + w[1] * x[1] + b).tanh()
        cost = cost + (output - target) ** 2 / 8  # ½ of it, and the mean of four
    cost.backward()
    costs.append(cost.data)
    w = [Engine(one.data - 1.0 * one.grad) for one in w]  # learning rate 1
    b = Engine(b.data - 1.0 * b.grad)

# %%
caption = f"{len(in_order(cost))} nodes are made and walked in every step."
show.lines(range(60), {"cost": costs}, "step", "cost", "One neuron learns OR", caption)

# %%
answers = [math.tanh(w[0].data * x1 + w[1].data * x2 + b.data) for x1, x2 in X.tolist()]
show.table(np.column_stack([X, targets, answers]), ["x₁", "x₂", "target", "output"])

# %% tags=["author"]
assert costs[0] > 0.4
assert costs[-1] < 0.03
assert all(np.sign(answers) == targets)
assert all(later < earlier for earlier, later in pairwise(costs))

# %% [markdown]
# It learns. It is also slow, and you should know how slow. Here is the same sum of a thousand
# products, once with nodes and once with NumPy:

# %%
numbers = np.random.default_rng(9).normal(size=1000)


def thousand_products():
    """The sum with nodes, and back."""
    total = Engine(0.0)
    for x in numbers.tolist():
        total = total + Engine(0.5) * x
    total.backward()


with_nodes = min(repeat(thousand_products, number=1, repeat=5))

# Once is too quick to be timed; the gradient is `numbers` itself.
hundreds = repeat(lambda: numbers @ np.full(1000, 0.5), number=100, repeat=10)
with_numpy = min(hundreds) / 100
times = [(1000 * with_nodes, 1000 * with_numpy, f"{with_nodes / with_numpy:.0f}")]
show.table(times, ["nodes (ms)", "NumPy (ms)", "times as long"])

# %% tags=["author"]
assert with_nodes > 100 * with_numpy

# %% [markdown]
# It takes hundreds of times as long at the very least, and often thousands. (Both are the best of
# several runs, because a single one may be slow by chance.) Each number has become an object with a
# memory. PyTorch and JAX escape this with a single change: a node holds a whole *array*, and a
# local slope becomes a product with a matrix. Then a layer needs one node instead of thousands.
# That is the next chapter.
#
# ## 8 Two directions
#
# You walked from the result down. You could also walk *up*, along with the program, so that every
# number carries its own slope and each operation makes the slope of its result from those of its
# inputs. This is **forward mode**. It needs no graph and no order, and it fits into one cell. A
# value with its slope is called a **dual number**:


# %%
class Dual:
    """A value and its slope, which travel together."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return type(self)(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        slope = self.slope * other.value + self.value * other.slope  # the product rule
        return type(self)(self.value * other.value, slope)

    def tanh(self):
        t = math.tanh(self.value)
        return type(self)(t, (1 - t * t) * self.slope)


# %% [markdown]
# The price is hidden in the question. `Dual(0.5, 1.0)` says “this one is nudged”, and the other
# inputs have slope 0, so a run answers for *one* input. Here are the same two derivatives, found in
# three ways:


# %%
def program(a, b, tanh):
    """The number tanh(ab) + a²."""
    return tanh(a * b) + a * a


a, b = Node(0.5), Node(-2.0)
program(a, b, Node.tanh).backward()  # one walk for both
forwards = [program(Dual(0.5, d), Dual(-2.0, 1 - d), Dual.tanh).slope for d in (1.0, 0.0)]
by_nudges = measured_gradient(lambda v: program(v[0], v[1], math.tanh), [0.5, -2.0])
three_ways = [
    (name, *(f"{slope:.13f}" for slope in slopes_of_one))
    for name, *slopes_of_one in zip("ab", forwards, (a.grad, b.grad), by_nudges, strict=True)
]
show.table(three_ways, ["input", "dual numbers", "reverse mode", "differences"])

# %% tags=["author"]
from annkit.lessons.autodiff.tape import push_forward

np.testing.assert_allclose(forwards, [a.grad, b.grad], rtol=1e-15)
np.testing.assert_allclose([push_forward(program(a, b, Node.tanh), n) for n in (a, b)], forwards)
assert (np.abs(by_nudges - forwards) > 1e-13).all()
assert (np.abs(by_nudges - forwards) < 1e-9).all()
assert (Dual(2.0, 1.0) * 3 + 1).slope == 3


class Solved(Dual):
    """A dual number with the division of the fold."""

    def __truediv__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        result = self.value / other.value
        return type(self)(result, (self.slope - result * other.slope) / other.value)


assert f"{heron(Solved(2.0, 1.0), 6).slope:.12f}" == f"{known:.12f}" == "0.353553390593"

# %% [markdown]
# The first two agree to the last digit. But the dual numbers took one run *per row*, and reverse
# mode took one walk altogether.
#
# **Your turn**, for no points: Heron's program of section 1 needs a division. Put it in the place of
# `return NotImplemented`, by the pattern of `__mul__`, and run the cell.


# %%
class Dividing(Dual):
    """A dual number that can be divided."""

    def __truediv__(self, other):
        return NotImplemented


try:
    slope = heron(Dividing(2.0, 1.0), 6).slope
    print(f"yours {slope:.12f}, right {known:.12f}; equal: {math.isclose(slope, known)}")
except TypeError:
    print("No division yet.")

# %% [markdown]
# <details><summary>One division</summary>
#
# ```python
# def __truediv__(self, other):
#     other = other if isinstance(other, Dual) else Dual(other)
#     result = self.value / other.value
#     return type(self)(result, (self.slope - result * other.slope) / other.value)
# ```
#
# The slope is that of the table in section 2, $1/b$ and $-a/b^2$, with $a/b$ taken out.
#
# </details>
#
# A walk costs one multiplication for each arrow, in either direction. Count them:

# %%
cost_of_modes()

# %% [markdown]
# On the left is a neuron with up to a thousand weights and one output. Forward mode pays for a
# thousand walks, four million multiplications; reverse mode pays for one walk, four thousand. On
# the right there is one input, and up to a thousand outputs. Now reverse mode has to start once
# from every output, and forward mode wins.
#
# A network that learns has one output, the cost, and as many inputs as it has weights. That is why
# everybody who trains networks walks backwards. Recall the question from the beginning: 20 000
# computations for 10 000 weights. Reverse mode needs one computation, and one walk of about the same length
# (a theorem puts the price at a small constant, whatever the number of inputs [2]).

# %% tags=["author"]
from annkit.lessons.autodiff.mode_pictures import fan, neuron, walks

assert walks(*neuron(1000)) == (3_999_000, 3_999)
assert walks(*fan(1000)) == (2_010, 12_000)

# %%
from mode_question import mode_question

# %% [markdown]
# **Which engine trains?** Back to the network of section 4 and its 25 weights, with misses squared
# as `miss * miss`. Four engines find the slopes: yours, the hasty one, dual numbers, and
# differences. **Predict** which of them end at the same cost, and which does the most work for a
# step.


# %%
def duals(cost, v):
    """A run per weight, each with a slope of 1 in another place."""
    runs = [cost([*map(Dual, v, e)]) for e in np.eye(len(v)).tolist()]
    return runs[0].value, [run.slope for run in runs]


def differences(cost, v):
    """Two runs per weight, with plain numbers."""
    return cost(v, math.tanh), measured_gradient(lambda moved: cost(moved, math.tanh), v)


def hasty_walk(node):
    """How many arrows the hasty engine walks below a node."""
    return sum(1 + hasty_walk(source) for source in node.inputs)


# %%
def squared(miss):
    """A miss, used twice."""
    return miss * miss


engines = {"reverse, in order": by_nodes(Engine.backward, Engine), "reverse, at once": by_nodes(eager),
           "dual numbers": duals, "differences": differences}  # fmt: skip
arrived = {name: train_xor(engine, 0, squared)[-1] for name, engine in engines.items()}
network = xor_cost([Node(number) for number in first_weights(0)], square=squared)
made = sum(bool(node.inputs) for node in in_order(network))  # operations of one run
arrows = sum(len(node.inputs) for node in in_order(network))
work = made + arrows, made + hasty_walk(network), 25 * (made + arrows), 50 * made
ends = [(name, f"{end:.12f}", n) for (name, end), n in zip(arrived.items(), work, strict=True)]
show.table(ends, ["engine", "cost at the end", "operations per step"])

# %% tags=["author"]
assert work == (533, 1289, 13_325, 9_350)
ours, hasty, dual, differing = arrived.values()
assert hasty > 90 * ours
np.testing.assert_allclose([ours, dual], 0.0058, atol=5e-5)
assert abs(dual - ours) < 1e-14
assert 1e-14 < abs(differing - ours) < 5e-11
starts = [train_xor(by_nodes(Node.backward), seed, squared, n_steps=2) for seed in range(20)]
for other in (duals, differences):
    again = [train_xor(other, seed, squared, n_steps=2) for seed in range(20)]
    np.testing.assert_allclose(again, starts, rtol=1e-8)

# %% [markdown]
# Three engines arrive at the same cost, the dual numbers to the last digit and the differences to ten
# decimals. As far as the training goes, any of them will do, because they answer the same question.
# The hasty one answers another, and ends at a cost nearly a hundred times as high. The three differ in
# price: 533 operations for a step in reverse mode, 25 times that with dual numbers, 50 runs with
# differences. With 10 000 weights it would be 10 000 times and 20 000 runs. (Haste isn't even
# quick: it walks every *path*, 1102 arrows instead of 346.)

# %%
from memory_question import memory_question

# %% [markdown]
# ## 9 Break it: the square that doesn't grow
#
# Here is a square with a shortcut for a case that is often needed. Every value it gives is right.
# Before you run the cell: which slope will the engine report at 2?


# %%
def square(x):
    """x², with a shortcut."""
    number = x.data if isinstance(x, Node) else x
    return Node(4.0) if number == 2 else x * x


h, slopes = 1e-5, []
for place in (1.0, 2.0, 2.000001):
    x = Node(place)
    y = square(x)
    y.backward()
    rise = square(Node(place + h)).data - square(Node(place - h)).data
    slopes.append((f"{place:.7g}", y.data, x.grad, rise / (2 * h)))
show.table(slopes, ["x", "value", "slope, by the engine", "slope, measured"])

# %% tags=["author"]
assert [row[2] for row in slopes[:2]] == [2, 0]
np.testing.assert_allclose([row[3] for row in slopes], [2, 4, 4], rtol=1e-5)

# %%
from break_branch import break_branch

# %% [markdown]
# ## Recap
#
# | idea | what it is | what goes wrong |
# |---|---|---|
# | node | a number with its inputs and local slopes | remembers numbers instead of nodes: the past is lost |
# | local slope | how far the result moves per nudge of one input | the minus of a division; $1 - z^2$ for $1 - t^2$ |
# | `+=` | over several paths, slopes add | `=`: right until something is used twice |
# | topological order | every node after its inputs | handing on too early: some shares count several times, and it may still go downhill |
# | start | ∂y/∂y = 1, all others 0 | a second call adds to the first |
# | reverse mode | one walk per output; keeps everything | memory |
# | forward mode | one walk per input; keeps nothing | a thousand weights, a thousand walks |
# | what is differentiated | the operations that ran | branches, tables, `.data` count as constant |
#
# Close the notebook for a minute and say aloud: what does an operation leave behind for the way back? Why is
# it `+=`, and why does order matter? What do most people get wrong about “automatic”?
#
# ## What you built
#
# `Value` with its operators, functions and `backward`, `topological_order` and `value_neuron`: an engine that
# differentiates programs. What passed is in your own module `my_ann.py`. In the next chapter a node will hold
# a layer.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# The idea was found several times. Wengert described forward mode in 1964, in two pages [3].
# Linnainmaa, a student in Helsinki, wrote down reverse mode in 1970, to follow how rounding errors
# add up [4]; Speelpenning built a compiler for it in 1980 [5], and Baur and Strassen proved in 1983
# that it costs a small constant times the computation itself [2]. Werbos said in 1982 that it can
# train neural networks, and Rumelhart, Hinton and Williams said so in 1986 so clearly that nobody
# has forgotten it since [6, 7]. Griewank and Walther's book is the reference on the subject [8]; a
# survey for this field is [9]. PyTorch records the graph while the program runs, as you did [10].
#
# **What this chapter doesn't settle.** The walk back needs everything that was computed. Instead of
# storing it all, one can keep a few stations and compute the rest again (**checkpointing**). With
# well-chosen stations the memory grows only with the logarithm of the length, and so does the
# factor by which the walk takes longer [11]. Neither direction is the cheapest for functions with
# many inputs *and* many outputs; finding the best mixture is a problem believed to be out of reach
# in general [12]. And the engine differentiates what ran: at kinks and branches its answer can be a
# number that is no derivative at all.
#
# <details><summary>References</summary>
#
# 1. *Incorrect gradient when non-leaf Values are re-used*, issue 2 of github.com/karpathy/micrograd, April 2020
# 2. W. Baur, V. Strassen, *The complexity of partial derivatives*, Theoretical Computer Science 22, 317–330, 1983
# 3. R. E. Wengert, *A simple automatic derivative evaluation program*, Communications of the ACM 7(8), 463–464, 1964
# 4. S. Linnainmaa, *Taylor expansion of the accumulated rounding error*, BIT 16, 146–160, 1976 (after his master's thesis, Helsinki 1970)
# 5. B. Speelpenning, *Compiling fast partial derivatives of functions given by algorithms*, PhD thesis, University of Illinois, 1980
# 6. P. J. Werbos, *Applications of advances in nonlinear sensitivity analysis*, in: System Modeling and Optimization, Springer, 762–770, 1982
# 7. D. E. Rumelhart, G. E. Hinton, R. J. Williams, *Learning representations by back-propagating errors*, Nature 323, 533–536, 1986
# 8. A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd edition, SIAM 2008
# 9. A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, *Automatic differentiation in machine learning: a survey*, Journal of Machine Learning Research 18(153), 2018
# 10. A. Paszke et al., *PyTorch: an imperative style, high-performance deep learning library*, NeurIPS 2019
# 11. A. Griewank, *Achieving logarithmic growth of temporal and spatial complexity in reverse automatic differentiation*, Optimization Methods and Software 1, 35–54, 1992
# 12. U. Naumann, *Optimal Jacobian accumulation is NP-complete*, Mathematical Programming 112, 427–441, 2008
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | automatic differentiation (autodiff) | 自动微分 | derivatives of a program, by the chain rule, while it runs |
# | computational graph | 计算图 | numbers as nodes, arrows from the inputs to what is made of them |
# | node | 节点 | a number that remembers what it was made from |
# | leaf | 叶节点 | a node that was made from nothing |
# | local derivative | 局部导数 | slope of one operation towards one of its inputs |
# | forward mode | 前向模式 | derivatives travel along with the values |
# | reverse mode | 反向模式 | derivatives travel back from the result |
# | tape | 计算带（记录带） | the record of a computation, to be walked back |
# | accumulation | 累加 | adding up shares that arrive over several paths |
# | topological order | 拓扑排序 | every node after its inputs |
# | operator overloading | 运算符重载 | giving `+` a meaning for one's own class |
# | subclass | 子类 | a class that extends another |
# | recursion limit | 递归深度限制 | how deep a function may call itself |
# | central difference | 中心差分 | (f(x+h) − f(x−h)) / 2h |
# | rounding error | 舍入误差 | what sixteen digits cannot hold |
# | checkpointing | 检查点法 | storing a little and computing the rest again |
