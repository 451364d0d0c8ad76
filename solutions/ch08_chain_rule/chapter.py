# %% [markdown]
# # 8 · The chain rule, with SymPy
#
# **About 80 minutes of reading, and 80 for the exercises.** It builds on
# [activations](../ch03_activations/ch03_activations.ipynb), [costs](../ch05_costs/ch05_costs.ipynb)
# and [measured slopes](../ch06_gradient_descent/ch06_gradient_descent.ipynb).
#
# Afterwards you can
#
# - follow a nudge through a chain of functions, and through a fork, with numbers and with symbols;
# - derive all slopes of one neuron, of a 2-2-1 network, and of softmax with cross-entropy;
# - check each line of a derivation by measuring, and say which places make a check worthless;
# - turn a formula into NumPy code that takes arrays;
# - show by counting why nobody differentiates a deep network as one formula.

# %%
import time

import numpy as np
import sympy as sp

from annkit import check, hint, nn, progress, quiz, show, solution, symbolic
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.nn.gradient_checking import measured_gradient
from annkit.lessons.chain_rule.expression_tree import expression_tree
from annkit.lessons.chain_rule.growth_picture import growth_picture
from annkit.lessons.chain_rule.explorer import neuron_steps
from annkit.symbolic import Derivation, Slope
from annkit.symbolic.measuring import Place

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_nudge_chain import recall_nudge_chain

# %%
from recall_cross_entropy_slope import recall_cross_entropy_slope

# %%
from recall_measured_cost import recall_measured_cost

# %% [markdown]
# ## 1 Three numbers that know of each other
#
# The last chapter ended with a riddle. The library finds the exact gradient of a network with
# 109 386 parameters in the time it takes to compute a few costs, and nobody nudges anything. How?
#
# Begin with the smallest network: one sigmoid unit. Its weights are $w_1 = 1$, $w_2 = -1$, its bias
# is ½. The inputs are 2 and 3, and the right answer, the **target** $t$, would be 1. The unit sums
# to $z = 1\cdot2 - 1\cdot3 + \tfrac12 = -\tfrac12$, answers $a = \sigma(-\tfrac12) = 0.378$, and
# makes the error $E = \tfrac12 (a - t)^2 = 0.194$. Which way should each parameter go? Measure:

# %%
inputs, target = np.array([2.0, 3.0]), 1.0  # one example, (2,), and what is right


def error(v):
    """½ (a − t)² of one sigmoid unit at v = (w1, w2, b), (3,)."""
    a = nn.ACTIVATIONS["sigmoid"].f(v[:2] @ inputs + v[2])
    return 0.5 * (a - target) ** 2


start = np.array([1.0, -1.0, 0.5])
by_w1, by_w2, by_b = measured_gradient(error, start)
show.table([(by_w1, by_w2, by_b)], ["slope of E by w1", "by w2", "by b"])

# %% tags=["author"]
np.testing.assert_allclose(error(start), 0.194, atol=5e-4)
np.testing.assert_allclose([by_w1, by_w2, by_b], [-0.2926, -0.4388, -0.1463], atol=5e-5)
np.testing.assert_allclose([by_w1 / by_b, by_w2 / by_b], [2, 3], rtol=1e-6)

# %% [markdown]
# All three are negative, so everything should be raised. But look again, and divide the first two
# by the third. You get 2 and 3, the inputs. Of the three measurements two were superfluous: there
# is one common number, −0.1463, and three simple factors, 2, 3 and 1.
#
# This is the whole riddle in miniature. If you know where the common number comes from, you pay for
# it only once. The tool is the chain rule. You know it from school for two functions; this chapter
# takes it as far as a network, and has every line checked.
#
# ## 2 One machine after the other
#
# Two machines in a row. The inner one turns $x$ into $u = 3x + 1$, the outer one turns $u$ into $y =
# u^2$. At $x = 1$ the inner one says 4 and the outer one 16. Now nudge $x$ by 0.01:
#
# | quantity | before | after | change | per unit of its own input |
# |---|---|---|---|---|
# | $x$ | 1 | 1.01 | 0.01 | |
# | $u = 3x+1$ | 4 | 4.03 | 0.03 | 3 |
# | $y = u^2$ | 16 | 16.2409 | 0.2409 | 8.03 |
#
# The inner machine makes the nudge 3 times as large. The outer one makes what *it* sees 8 times as
# large, $2u$ at $u = 4$ (8.03, because the nudge isn't infinitely small). Together that is 24 times
# as large. Gears do the same: three turns here for one turn there, and then eight for one again.
#
# $$\frac{dy}{dx} = \frac{dy}{du}\cdot\frac{du}{dx}$$
#
# That is the **chain rule**: local slopes are multiplied, *each taken where its own machine stands*.
# The last half of the sentence is where the mistakes are made. The outer slope is taken at $u = 4$,
# not at $x = 1$. The outer machine never sees $x$.

# %% tags=["author"]
assert (round(4.03**2, 4), round((4.03**2 - 16) / 0.03, 2)) == (16.2409, 8.03)

# %% [markdown]
# **SymPy**, a library for formulas, takes the writing off your hands. Five things are enough to
# know:
#
# | you write | you get |
# |---|---|
# | `u = sp.Symbol("u")` | a letter (`sp.symbols("u x")`: several) |
# | `u**2` | an **expression**: an object that remembers how it was made |
# | `sp.diff(u**2, u)` | its derivative by u, the expression `2*u` |
# | `(2*u).subs(u, 4)` | the same with 4 in the place of u: `8` |
# | `outer = sp.Lambda(u, u**2)` | a function on paper: `outer(4)` is `16`, `outer(x)` is `x**2` |
#
# In a formula use SymPy's functions: `sp.exp`, `sp.log`, `sp.tanh`. NumPy's want numbers, and a
# letter makes `np.exp` raise a TypeError. Here are the two machines:

# %%
u, x = sp.symbols("u x")
outer, inner = sp.Lambda(u, u**2), sp.Lambda(x, 3 * x + 1)
outer_slope, inner_slope = sp.diff(outer(u), u), sp.diff(inner(x), x)
print("composite:   ", outer(inner(x)))
print("local slopes:", outer_slope, "and", inner_slope)
print("outer slope where the outer machine stands:", outer_slope.subs(u, inner(x)))
print("at x = 1:    ", outer_slope.subs(u, inner(1)) * inner_slope)

# %% tags=["author"]
assert outer_slope.subs(u, inner(1)) * inner_slope == 24

# %%
from chain_product import chain_product

# %% [markdown]
# **A sheet that checks itself.** Derivations get longer from here on, and each line is a chance to
# slip. This course therefore has a sheet for them, which takes three words:
#
# - `Slope(y, x)` is the slope ∂y/∂x, not worked out yet. (∂ is a d for several letters; more on it
#   in a minute.)
# - `Derivation(Slope(y, x), where)` is an empty sheet for it. `where` says what letters stand for.
# - `.then(line, reason)` gives the sheet with one more line that claims to be equal. Keep it, with
#   `sheet = sheet.then(…)`. A tuple is a product, printed in your order.
#
# A line that you add doesn't have to be right. Here are the two machines again, with a slip at the
# end:

# %%
y = sp.Symbol("y")
chain = Derivation(Slope(y, x), {y: u**2, u: 3 * x + 1})
chain = chain.then((Slope(y, u), Slope(u, x)), "chain rule")
chain = chain.then((2 * u, 3), "the two local slopes")
chain.then((2 * x, 3), "a slip: the outer slope taken at x")

# %% tags=["author"]
slipped = chain.then((2 * x, 3), "a slip: the outer slope taken at x")
assert [verdict.holds for verdict in slipped.verdicts] == [True, True, False]

# %% [markdown]
# Each line is tried at twelve random places and compared with the *measured* slope: nudge $x$ up
# and down, compute $y$, divide. That uses no rule of calculus, so a wrong rule can't confirm
# itself. (Places where there is no slope, such as a logarithm of a negative number, are drawn
# again. A line marked ? could not be compared: give `Derivation` places where its formula lives, for
# $\ln(x-2)$ `intervals={x: (2.5, 4)}`.) A line that fails shows the place where it was furthest off. The slopes inside a line,
# like ∂y/∂u, are measured too, as long as nobody has worked them out. Use the sheet for derivations
# of your own, for instance in this chapter's exercises, and go to the first ✗. (`print(chain)`
# writes plain text, and `chain.latex()` what a paper needs.)
#
# **A fork.** What if $x$ reaches $y$ in two ways? Let $u = x^2$, $v = 3x$ and $y = u\,v$. At $x =
# 2$: $u = 4$, $v = 6$, $y = 24$. Nudge $x$ by a little $\Delta x$. Then $u$ moves by $4\,\Delta x$
# and $v$ by $3\,\Delta x$, both at once. The first alone would move $y$ by $v\cdot4\,\Delta x =
# 24\,\Delta x$, the second alone by $u\cdot3\,\Delta x = 12\,\Delta x$. Together that is 36 per
# unit of $x$. **Multiply along a path, add over paths.** (In fact $y = 3x^3$, and $9x^2 = 36$.)
#
# With several letters about, we write ∂ instead of d: ∂y/∂u says what $y$ does when $u$ moves *and
# $v$ doesn't*. Nudge the lower letter, let everything made from it follow, hold the rest. On the
# sheet, a list of tuples is a sum of products. The first line below forgets a path:

# %%
v = sp.Symbol("v")
where = {y: u * v, u: x**2, v: 3 * x}
fork = Derivation(Slope(y, x), where)
through_u, through_v = (Slope(y, u), Slope(u, x)), (Slope(y, v), Slope(v, x))
fork = fork.then(through_u, "chain rule through u")
fork = fork.then([through_u, through_v], "along each path multiply, then add")
fork = fork.then([(v, 2 * x), (u, 3)], "the four local slopes")
fork

# %% tags=["author"]
assert [verdict.holds for verdict in fork.verdicts] == [False, True, True]
assert Place({x: 2.0}, where).value(fork.lines[-1].expression) == 36

# %%
from paths_question import paths_question

# %% [markdown]
# ## 3 A formula is a tree
#
# How does an expression remember how it was made? As a tree. Here is the error of our neuron. What
# is computed last stands at the top, the letters stand at the bottom, and beside each node is its
# value for the numbers of section 1. Read upwards and you compute the error. (In a **computational
# graph** a piece that is used twice is *one* node with two arrows; a tree, like this one, draws it
# twice. Section 9 is about that.)

# %%
w1, w2, b, x1, x2, t = sp.symbols("w1 w2 b x1 x2 t")
E, a, z = sp.symbols("E a z")
neuron = {E: (a - t) ** 2 / 2, a: symbolic.activation("sigmoid", z), z: w1 * x1 + w2 * x2 + b}
numbers = {w1: 1.0, w2: -1.0, b: 0.5, x1: 2.0, x2: 3.0, t: 1.0}
E_whole = neuron[E].subs(a, neuron[a]).subs(z, neuron[z])
expression_tree(neuron[E], numbers, "The error of one neuron. Shaded: its two stations.",
                stations={a: neuron[a], z: neuron[z]})  # fmt: skip

# %% tags=["author"]
np.testing.assert_allclose(Place(numbers).value(E_whole), error(start))

# %% [markdown]
# (SymPy has a habit of writing $a - t$ as $a + (-t)$.) Two pieces have a name and therefore a
# shaded node: the sum $z$ and the activation $a$. A nudge of $w_1$ travels up the only path from
# $w_1$ to the top, through both of them, and each node it passes multiplies it by that node's own
# slope. All we need, then, is the slope of each kind of node.
#
# ## 4 The slope of every activation
#
# The library keeps three things of every activation: its formula, `symbolic.activation(name, z)`, its
# code `f` and the code of its slope, `f_prime`, as you wrote it in chapter 3. Let SymPy differentiate
# the formula, turn the result into code (section 9 says how), and hold it beside `f_prime`:

# %%
grid = np.linspace(-4, 4, 17)
rows = []
for name, activation in nn.ACTIVATIONS.items():
    formula = symbolic.activation(name, z)
    slope = sp.diff(formula, z)
    gap = np.abs(sp.lambdify(z, slope)(grid) - activation.f_prime(grid)).max()
    rows.append((name, str(formula), str(sp.simplify(slope)), f"{gap:.0g}"))
show.table(rows, ["activation", "formula", "its derivative, by SymPy", "largest gap to f_prime"])

# %% tags=["author"]
assert max(float(row[3]) for row in rows) < 1e-14
assert rows[2][2] == "1/(4*cosh(z/2)**2)"

# %% [markdown]
# The gaps are rounding. (`Piecewise` lists pairs of a value and a condition, and the first
# condition that holds counts.) The third column surprises: SymPy's favourite form of σ′ is
# $1/(4\cosh^2(z/2))$, where you would write $\sigma(1-\sigma)$. Neither is more right. Two
# expressions may look different and be the same function. That is why this course judges your
# formulas by their values at random places, and never by their looks.
#
# SymPy's `diff` knows all the rules, and you learn nothing by watching it. In two exercises of this
# chapter it has to stay in its box, and you are the one who differentiates.

# %%
from sigmoid_derivative import sigmoid_derivative

# %% [markdown]
# > **A good place to stop for the day.** You can multiply along a path and add over paths. Tomorrow
# > come a neuron, a network, softmax, and how formulas grow.
#
# ## 5 One neuron in full
#
# Now walk up the tree from $w_1$ to $E$, by way of its two stations: $w_1 \to z \to a \to E$.
#
# $$\frac{\partial E}{\partial w_1} = \frac{\partial E}{\partial a}\cdot\frac{\partial a}{\partial
# z}\cdot\frac{\partial z}{\partial w_1}$$
#
# Three local slopes, each a small question. What does ½(a − t)² do when $a$ moves? What does σ do
# when $z$ moves? What does the sum do when $w_1$ moves? Below, the derivation grows line by line.
# The grey text says what each line has to answer: write it on paper before you let it appear. You
# choose the place where each line is measured, and you may let somebody make a slip. On the right
# you see the error over $w_1$, and the tangent that the last line claims.

# %%
neuron_steps()

# %% [markdown]
# Four things to find out:
#
# - Suppose there is a slip in line 3, and everything after it is worked out correctly. Which lines
#   fail?
# - Can two slips look alike at one place and differ at another?
# - Which factors are the same for $w_1$, $w_2$ and $b$?
# - Unfold $a$ and $z$. Which form would you rather check by eye?
#
# <details><summary>What you may have found</summary>
#
# All lines from the slip on fail, since each is compared with the measured slope and not with the
# line before. That is how you find a mistake in your own derivations: go to the first ✗. At $z = 0$
# the right slope is ¼, so there that slip looks like no slip at all. And where the answer is right
# already, *every* slip in the list passes, because each of them keeps the factor $a-t$, which is 0.
# The first two factors, $(a-t)$ and $a(1-a)$, are common to all three derivatives; only the last one
# differs: $x_1$, $x_2$ or 1. This is the riddle of section 1. Unfolded, the same line contains three
# copies of the same sum.
#
# </details>

# %% tags=["author"]
from annkit.symbolic.neuron import neuron_derivation

delta = (a - t) * a * (1 - a)
place = Place(numbers, neuron)
np.testing.assert_allclose(place.value(delta), -0.1463, atol=5e-5)
for parameter, factor in (("w1", x1), ("w2", x2), ("b", sp.Integer(1))):
    assert neuron_derivation(parameter).holds
    assert sp.simplify(neuron_derivation(parameter).lines[-1].expression - delta * factor) == 0

# %% [markdown]
# The common part has a name of its own: $\delta = \partial E/\partial z = (a-t)\,a(1-a)$. It says how
# much the error minds a nudge of the unit's sum. In our example it is $-0.6225\cdot0.2350 = -0.1463$.

# %% tags=["author"]
np.testing.assert_allclose(
    [place.value(a - t), place.value(a * (1 - a))], [-0.6225, 0.2350], atol=5e-5
)

# %%
from neuron_gradients import neuron_gradients

# %% [markdown]
# And now `diff` may come out and confirm it. (It works with the whole formula at once and knows
# nothing of $a$, $z$ and δ.)

# %%
by_diff = sp.diff(E_whole, w1)
by_hand = ((a - t) * a * (1 - a) * x1).subs(a, neuron[a]).subs(z, neuron[z])
print("diff says: ", by_diff)
print("difference:", sp.simplify(by_diff - by_hand))

# %% tags=["author"]
assert sp.simplify(by_diff - by_hand) == 0

# %% [markdown]
# ## 6 Break it: the check
#
# A check is only as good as the places where it looks. Here are ten wrong formulas for ∂E/∂w₁, each
# one slip away from the right one.

# %%
miss, unit, again = a - t, a * (1 - a), symbolic.activation("sigmoid", a)
slips = {
    "slope of σ left out": miss * x1,
    "¼ for the slope of σ": miss * x1 / 4,
    "a² for a(1 − a)": miss * a**2 * x1,
    "1 − a² (slope of tanh)": miss * (1 - a**2) * x1,
    "slope of σ taken at a": miss * again * (1 - again) * x1,
    "t − a for a − t": -miss * unit * x1,
    "E itself for its slope": miss**2 / 2 * unit * x1,
    "x2 for x1": miss * unit * x2,
    "w1 for x1": miss * unit * w1,
    "x1 forgotten": miss * unit,
}

# %% [markdown]
# And five places to check them. (A `Place` holds a number for every letter; its `value` computes a
# formula there, and measures a `Slope`.) **Predict first:** at which place do most of the ten pass?
# How many pass at "all zero", a place many people choose because it is easy to compute?

# %%
letters = (w1, w2, b, x1, x2, t)
places = {
    "all zero": (0, 0, 0, 0, 0, 0),
    "weights zero, the rest one": (0, 0, 0, 1, 1, 1),
    "all one": (1, 1, 1, 1, 1, 1),
    "large weights": (10, 10, 5, 3, 3, 1),
    "random": tuple(np.random.default_rng(0).normal(size=6)),
}
passing = {}
for name, values in places.items():
    place = Place(dict(zip(letters, map(float, values), strict=True)), neuron)
    wanted = place.value(Slope(E, w1))
    gaps = {slip: abs(place.value(formula) - wanted) for slip, formula in slips.items()}
    passing[name] = [slip for slip, gap in gaps.items() if gap < 1e-8 + 1e-6 * abs(wanted)]
show.table([(k, len(v), ", ".join(v)) for k, v in passing.items()], ["place", "pass", "which"])

# %% tags=["author"]
assert [len(v) for v in passing.values()] == [9, 4, 3, 10, 0]
assert passing["all one"] == ["x2 for x1", "w1 for x1", "x1 forgotten"]

# %% [markdown]
# At "large weights" *everything* passes, even the formula with the wrong sign. At "all zero" nine
# of the ten pass, and at a random place none.

# %%
from break_check import break_check

# %%
from agreement_question import agreement_question

# %% [markdown]
# ## 7 A network: 2-2-1
#
# Two inputs, two hidden tanh units, one linear output. Its nine parameters: $w_{ij}$ leads from input
# $i$ to hidden unit $j$, then $b_1, b_2$, and at the output $v_1, v_2, c$.
#
# $$z_j = w_{1j}x_1 + w_{2j}x_2 + b_j \qquad h_j = \tanh z_j$$
#
# $$y = v_1h_1 + v_2h_2 + c \qquad E = \tfrac12(y-t)^2$$
#
# Take $w_{11}$. It reaches $E$ by one path only: $w_{11} \to z_1 \to h_1 \to y \to E$. Four local
# slopes, all of kinds that you know. Write the four on paper now: in the next cell they stand in
# the last line of the code, and in the derivation that it prints.

# %%
names = ["x1", "x2", "t", "w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c"]
net = {name: sp.Symbol(name) for name in names}
z1, z2, h1, h2 = sp.symbols("z1 z2 h1 h2")
network = {
    E: (y - net["t"]) ** 2 / 2,
    y: net["v1"] * h1 + net["v2"] * h2 + net["c"],
    h1: sp.tanh(z1),
    h2: sp.tanh(z2),
    z1: net["w11"] * net["x1"] + net["w21"] * net["x2"] + net["b1"],
    z2: net["w12"] * net["x1"] + net["w22"] * net["x2"] + net["b2"],
}
w11 = Derivation(Slope(E, net["w11"]), network).then(
    (Slope(E, y), Slope(y, h1), Slope(h1, z1), Slope(z1, net["w11"])), "one path"
)
w11.then((y - net["t"], net["v1"], 1 - h1**2, net["x1"]), "four local slopes")

# %% tags=["author"]
full = w11.then((y - net["t"], net["v1"], 1 - h1**2, net["x1"]), "four local slopes")
assert full.holds

# %% [markdown]
# Look at the product and cut it in two. Everything but the last factor is $\partial E/\partial
# z_1$, the δ of hidden unit 1. And that is $(y - t)$, the output's own δ, sent back through $v_1$
# and through the tanh:
#
# $$\delta_1 = (y-t)\cdot v_1\cdot(1-h_1^2), \qquad \frac{\partial E}{\partial w_{11}} =
# \delta_1\,x_1, \qquad \frac{\partial E}{\partial b_1} = \delta_1$$
#
# The work is therefore done in this order: forwards once, for $h_1, h_2, y$; then backwards, first
# the miss, then the δ of each hidden unit. Each parameter costs one more multiplication, if any.
# Now go one step further back than any parameter. What does $E$ do when the *input* $x_1$ moves? It
# reaches $y$ through both hidden units, so two paths add:

# %%
through = [(Slope(E, z1), Slope(z1, net["x1"])), (Slope(E, z2), Slope(z2, net["x1"]))]
delta1, delta2 = ((y - net["t"], net[f"v{j}"], 1 - h**2) for j, h in ((1, h1), (2, h2)))
by_input = Derivation(Slope(E, net["x1"]), network).then(through, "two paths, added")
by_input = by_input.then([(*delta1, net["w11"]), (*delta2, net["w12"])], "δ₁ w₁₁ + δ₂ w₁₂")
by_input

# %% tags=["author"]
assert by_input.holds

# %% [markdown]
# Nobody trains inputs. But if another layer stood before this one, its units would take the place
# of $x_1$ and $x_2$, and this sum is what they would hear. Two hidden units make two terms, and a
# hundred make a hundred. Chapter 10 turns that line into matrices.

# %%
from network_221_gradients import network_221_gradients

# %% [markdown]
# ## 8 Softmax: every score moves every share
#
# Softmax makes shares of scores: $p_i = e^{z_i}/s$ with $s = \sum_k e^{z_k}$. In chapter 3 it had
# to wait, because its units see each other. Take numbers first. The scores $\ln 2, \ln 1, \ln 1$
# give the shares ½, ¼, ¼. Raise the first score by 0.01:

# %%
scores = np.log([2.0, 1.0, 1.0])
before, after = nn.softmax(scores), nn.softmax(scores + np.array([0.01, 0, 0]))
shift = np.array([before, after, (after - before) / 0.01])
show.table(shift, ["p1", "p2", "p3"], "before the nudge, after it, change per unit")

# %% tags=["author"]
np.testing.assert_allclose((after - before) / 0.01, [0.25, -0.125, -0.125], atol=1e-3)

# %% [markdown]
# The first share gains about ¼ per unit, which the other two lose in equal parts. Where do ¼ and ⅛
# come from? There are two cases. The score of $p_1$ itself stands in the numerator *and* in $s$,
# while another score stands only in $s$:

# %%
p1, p2, s, L, z3 = sp.symbols("p1 p2 s L z3")
total = sp.exp(z1) + sp.exp(z2) + sp.exp(z3)
shares = {p1: sp.exp(z1) / s, p2: sp.exp(z2) / s, s: total, L: -sp.log(p1)}
own = Derivation(Slope(p1, z1), shares)
own = own.then((sp.exp(z1) * s - sp.exp(2 * z1)) / s**2, "quotient rule; s moves by exp(z1), too")
own = own.then((sp.exp(z1) / s, 1 - sp.exp(z1) / s), "a factor exp(z1)/s taken out")
own = own.then((p1, 1 - p1), "that is p1 twice")
own

# %%
other = Derivation(Slope(p1, z2), shares)
other = other.then(-sp.exp(z1) * sp.exp(z2) / s**2, "quotient rule; only s moves")
other = other.then((-p1, p2), "p1 and p2 again")
other

# %% tags=["author"]
assert own.holds
assert other.holds

# %% [markdown]
# So ¼ is $\tfrac12(1-\tfrac12)$ and ⅛ is $\tfrac12\cdot\tfrac14$. All these slopes in a table, row
# $i$ for the share, column $j$ for the score, are the **Jacobian** of softmax. With 1 where $i = j$
# and 0 elsewhere, written $[i = j]$, both cases fit in one line:
#
# $$\frac{\partial p_i}{\partial z_j} = p_i\,\bigl([i=j] - p_j\bigr)$$
#
# Each row sums to 0, because nothing happens if all scores rise by the same amount. Each column
# sums to 0, because what one share gains, the others lose.

# %%
from softmax_jacobian import softmax_jacobian

# %% [markdown]
# **Then comes the loss.** If class 1 is the true one, $L = -\ln p_1$. In chapter 5 you were told that the
# gradient of this in the scores is $p - y$, with a 1 in $y$ for the true class, and you found it
# confirmed. Here is why. Watch $p_1$ vanish:

# %%
true_score = Derivation(Slope(L, z1), shares)
true_score = true_score.then((Slope(L, p1), Slope(p1, z1)), "chain rule")
true_score = true_score.then((-1 / p1, p1 * (1 - p1)), "slope of −ln; the diagonal of the Jacobian")
true_score = true_score.then(p1 - 1, "p1 cancels")
true_score

# %%
other_score = Derivation(Slope(L, z2), shares)
other_score = other_score.then((-1 / p1, -p1 * p2), "chain rule; beside the diagonal")
other_score = other_score.then(p2, "p1 cancels")
other_score

# %% tags=["author"]
assert true_score.holds
assert other_score.holds

# %% [markdown]
# And with one output, a sigmoid and two classes? The letters are now $a$ for the probability and $t$
# for the truth, 0 or 1. Something else cancels, and the same difference stays:

# %%
two_classes = {L: -t * sp.log(a) - (1 - t) * sp.log(1 - a), a: symbolic.activation("sigmoid", z)}
logit = Derivation(Slope(L, z), two_classes)
logit = logit.then((Slope(L, a), Slope(a, z)), "chain rule")
logit = logit.then(((a - t) / (a * (1 - a)), a * (1 - a)), "one denominator; slope of σ")
logit = logit.then(a - t, "a(1 − a) cancels")
logit

# %% tags=["author"]
assert logit.holds

# %%
from softmax_ce_gradient import softmax_ce_gradient

# %%
from cancel_question import cancel_question

# %% [markdown]
# ## 9 From the formula to code
#
# A formula is of no use for a thousand examples until it takes arrays. `sp.lambdify` writes a Python
# function that does; `help(sp.lambdify)` tells what goes in first. Take all nine derivatives of the 2-2-1
# network, each written out whole. That is a lot of text, and much of it is repeated:

# %%
E_network = network[E]
for _ in range(4):  # put the meanings in until only inputs and parameters are left
    E_network = E_network.subs(network)
parameters = [net[name] for name in names[3:]]
derivatives = [sp.diff(E_network, parameter) for parameter in parameters]
pieces, short = sp.cse(derivatives)
print("operations, each derivative whole:", sum(sp.count_ops(d) for d in derivatives))
print("common pieces computed once:      ",
      sum(sp.count_ops(piece) for _, piece in pieces) + sum(map(sp.count_ops, short)))  # fmt: skip
for name, piece in pieces[:4]:
    print(f"   {name} = {piece}")
print("   …   ∂E/∂c =", short[-1])

# %% tags=["author"]
assert sum(sp.count_ops(d) for d in derivatives) == 205
assert sum(sp.count_ops(p) for _, p in pieces) + sum(map(sp.count_ops, short)) == 29
assert [str(name) for name, _ in pieces[:4]] == ["x0", "x3", "x4", "x5"]
x5 = pieces[3][1]
for name, piece in reversed(pieces[:3]):
    x5 = x5.subs(name, piece)
d1 = derivatives[names.index("b1") - 3]
assert sp.simplify(x5 - d1) == 0

# %% [markdown]
# `sp.cse` finds **c**ommon **s**ub**e**xpressions, gives each a name, and computes it once. Of the
# 205 operations, 29 are left. (`lambdify(…, cse=True)` does it for you.) The pieces are called x0,
# x3, x4, because x1 and x2 were taken. Look at x5: it is δ₁, and nobody told SymPy.
#
# A tree shows what is repeated. This is a single derivative, ∂E/∂w₁ of the one neuron. Pieces with
# the same letter are the same:

# %%
expression_tree(
    sp.diff(E_whole, w1), caption="∂E/∂w₁ of one neuron, whole: B three times, A twice."
)

# %%
from to_numpy import to_numpy

# %% [markdown]
# Do the generated functions agree with code written by hand, for a thousand examples at once? And
# how long do they take?

# %%
whole = sp.lambdify(list(net.values()), derivatives, "numpy")
shared = sp.lambdify(list(net.values()), derivatives, "numpy", cse=True)


def written_by_hand(x1, x2, t, w11, w12, w21, w22, b1, b2, v1, v2, c):
    """All nine derivatives, layer by layer, each (n,)."""
    h1, h2 = np.tanh(w11 * x1 + w21 * x2 + b1), np.tanh(w12 * x1 + w22 * x2 + b2)
    miss = v1 * h1 + v2 * h2 + c - t
    delta1, delta2 = miss * v1 * (1 - h1**2), miss * v2 * (1 - h2**2)
    return [
        delta1 * x1, delta2 * x1, delta1 * x2, delta2 * x2, delta1, delta2,
        miss * h1, miss * h2, miss,
    ]  # fmt: skip


# %%
thousand = np.random.default_rng(1).normal(size=(12, 1000))  # twelve arrays of 1000 numbers
wanted_rows = np.array(written_by_hand(*thousand))
timed = []
for name, function in (("whole", whole), ("shared", shared), ("by hand", written_by_hand)):
    gap = np.abs(np.array(function(*thousand)) - wanted_rows).max()
    seconds = []
    for _ in range(50):
        began = time.perf_counter()
        function(*thousand)
        seconds.append(time.perf_counter() - began)
    timed.append((name, f"{gap:.0g}", round(1e6 * min(seconds))))
show.table(timed, ["code", "largest gap", "1000 examples (µs)"])

# %% tags=["author"]
assert max(float(row[1]) for row in timed) < 1e-12
assert timed[0][2] > 3 * timed[1][2]

# %% [markdown]
# And the formulas you derived in section 7, turned into code by your own `to_numpy`?


# %%
def derived(network_221_gradients, to_numpy):
    """Largest gap of each derivative to the code written by hand, for the thousand examples."""
    by_name = network_221_gradients(net)
    rows = []
    for name, by_hand_row in zip(names[3:], wanted_rows, strict=True):
        values = to_numpy(by_name[name], list(net.values()))(*thousand)
        rows.append((f"∂E/∂{name}", f"{np.abs(values - by_hand_row).max():.0g}"))
    return show.table(rows, ["derivative", "largest gap"])


with_own(
    derived,
    network_221_gradients=lambda symbols: dict(zip(names[3:], derivatives, strict=True)),
    to_numpy=lambda expr, symbols: sp.lambdify(symbols, expr, "numpy"),
)

# %% [markdown]
# The numbers are the same, up to rounding. Whole, the code takes several times as long; shared, it
# is as fast as code written by hand. Is that the answer to the riddle, then: differentiate, share,
# done?
#
# ## 10 How it grows
#
# > **Myth: “backpropagation is just the chain rule.”** You read it everywhere, and it is half true. `diff`
# > is nothing but the chain rule (with sums and products). So let `diff` do a deeper network, and
# > count.
#
# The network is always two units wide, with tanh, one linear output and half squared error. It gets
# from one to six layers of weights. We count the operations for *all* its derivatives: with each
# formula whole; with common pieces shared; and layer by layer, forwards once and backwards once, as
# in section 7. **Predict:** by what factor does each grow from five layers to six?

# %%
counts = [symbolic.growth(n_layers) for n_layers in range(1, 7)]
growth_picture(counts, "Mind the axis: each tick upwards means ten times as many operations.")

# %%
table = [(k.n_layers, k.n_parameters, k.whole, k.shared, k.by_layer) for k in counts]
show.table(table, ["layers", "parameters", "whole", "shared", "layer by layer"])

# %% tags=["author"]
from itertools import pairwise

from annkit.symbolic.formula_growth import layer_by_layer, operations
from annkit.symbolic.formula_growth import network as deep_network


def letters_only(n_layers):
    """Operations of all derivatives with one letter for each activation and each slope."""
    delta, total = [sp.Symbol("miss")], 0
    for layer in range(n_layers, 0, -1):
        inputs = [sp.Symbol(f"a{layer - 1}_{i}") for i in range(2)]
        total += operations(delta) + operations([a * d for a in inputs for d in delta])
        below = [
            sum(sp.Symbol(f"w{layer}_{i}{j}") * d for j, d in enumerate(delta)) for i in (0, 1)
        ]
        delta = [sp.Symbol(f"s{layer - 1}_{i}") * one for i, one in enumerate(below)]
    return total


assert [k.whole for k in counts] == [17, 205, 1057, 3881, 12249, 35385]
assert [k.shared for k in counts] == [7, 29, 74, 152, 282, 456]
assert [k.by_layer for k in counts] == [7, 29, 55, 81, 107, 133]
assert [round(after / now, 1) for now, after in zip(table[4][2:], table[5][2:], strict=True)] == [
    2.9,
    1.6,
    1.2,
]
assert operations(layer_by_layer(20)) == 497
by_letters = [letters_only(n_layers) for n_layers in (6, 7, 8)]
assert by_letters == [1018, 2150, 4434], by_letters
assert all(2 < after / now < 2.12 for now, after in pairwise(by_letters))
three = deep_network(3)
pieces3, short3 = sp.cse([sp.diff(three[0], parameter) for parameter in three[1]])
of = dict(zip(map(str, three[1]), short3, strict=True))
assert str(of["w1_11"]) == "x12*(x1*x10 + x1*x7)", of
assert str(of["b1_1"]) == "x12*(x10 + x7)", of
per_law = [k.whole / (k.n_layers**2 * 2**k.n_layers) for k in counts[3:]]
np.testing.assert_allclose(per_law, 15.35, rtol=0.015)
assert 6e9 < 15.35 * 20**2 * 2**20 < 7e9

# %% [markdown]
# > From five layers to six the whole formulas grow by a factor of 2.9, the shared ones by 1.6, and
# > layer by layer by 1.2. The whole counts follow $15.4\,L^2\,2^L$ closely (here $L$ counts layers, from four
# > on), so with twenty layers it would be more than six billion operations. Layer by layer, each
# > layer adds 26, and twenty need 497. Both are the same chain rule, and both are exact. “Just the
# > chain rule” leaves out what makes backpropagation work.
#
# Where does the growth come from? A weight of the first layer reaches the output by many paths, and
# in a network two units wide every further layer doubles them. But paths alone do little more than
# double the counts. Put one letter in the place of each activation and each slope, and they are
# 1018, 2150, 4434 for six, seven and eight layers. A *whole* formula has no letters for them: the
# slope in layer $k$ contains the forward formula of everything below, which doubles with every
# layer, too. About $2^{L-k}$ paths in front of it, $2^k$ terms inside it: $2^L$ for each layer that
# a path crosses, in each of the formulas. There are some $L$ layers, and a number of parameters
# that grows like $L$: hence $L^2\,2^L$.
#
# Sharing helps a lot and not enough: 456 against 133, and the gap widens. What is it that sharing
# doesn't find? Decide before you read on.

# %%
from swell_question import swell_question

# %% [markdown]
# Look at *how* the formulas are built. For each parameter `diff` starts afresh and follows its
# nudge up to the error. It makes as many trips as there are parameters, through layers that are the
# same for all of them. Going backwards turns this around. It starts at the error, once. In each
# layer it *adds up the paths first* and hands one number per unit, δ, to the layer below. Whatever
# lies below uses that number. In the formula of a *weight*, sharing can't find it: there the last
# factor, its input, has been multiplied into each path. With three layers `cse` leaves `x12*(x1*x10 +
# x1*x7)` for a weight of the first layer, beside `x12*(x10 + x7)` for its bias: the same sum, and
# it doesn't look alike. Here, then, is what the myth should have said: **backpropagation is the
# chain rule, from the output back, with every sum of paths computed once and kept.**
#
# Chapter 9 turns that sentence into a machine, which works on numbers and needs no formulas at all.
# Chapter 10 turns it into matrices.
#
# ## Recap
#
# | rule | what it says | what goes wrong |
# |---|---|---|
# | chain rule | along a path multiply the local slopes | the outer slope taken at x; a factor forgotten |
# | fork | over paths add | one path forgotten |
# | one neuron | δ = (a − t) a(1 − a); times $x_1$, $x_2$, 1 | slope of σ left out, or taken at a |
# | hidden unit | δ of the output, through the weight and the slope | weight or slope forgotten |
# | softmax | $\partial p_i/\partial z_j = p_i([i=j] - p_j)$ | treated as if each unit stood alone |
# | with cross-entropy | p − y | an extra p(1 − p) |
# | check | compare with a measured slope at random places | zeros, ones, saturated units: wrong formulas pass |
# | whole formula | exact, and it grows like $L^2\,2^L$ | six layers: 35 385 operations; layer by layer 133 |
#
# Close the notebook for a minute and say aloud: what is common to all slopes of a neuron? Why does
# a check at "all zero" prove nothing? What does “just the chain rule” leave out?
#
# ## What you built
#
# `chain_product`, `sigmoid_derivative`, `neuron_gradients`, `softmax_jacobian`,
# `softmax_ce_gradient`, `network_221_gradients` and `to_numpy`. What passed is in your own module
# `my_ann.py`. The formulas will be witnesses: in the next two chapters, code that you write for
# arrays has to agree with them.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Leibniz used the chain rule in a manuscript of 1676 [1], and his way of writing, dy/dx = dy/du ·
# du/dx, makes it look like cancelling fractions, which it is not. Two students' theses of 1953 had computers
# differentiate formulas, Kahrimanian's in Philadelphia [2] and Nolan's at MIT [3]; Wengert's
# program of 1964 gave up formulas and carried numbers and slopes along instead [4]. Bridle
# introduced the name softmax in 1990 and trained such outputs with the logarithm of the probability
# [5]. SymPy is described by its authors in [6].
#
# **What this chapter doesn't settle.** No program can decide for all formulas of school mathematics
# whether two are the same function: that is a theorem of Richardson's [7]. For some kinds of
# formulas it can be decided, for polynomials and fractions of them among others. A check at random
# places works for all kinds, and may be fooled. For polynomials it is known how rarely: several
# people, Schwartz and Zippel among them, found a bound on the probability around 1979 [8, 9].
# Whether formulas must explode is partly a matter of words: if every formula is stored with its
# equal pieces shared from the start, symbolic differentiation does the same operations as one way
# of differentiating programs [10]; what our "shared" column still lacks is the other way,
# backwards. A survey of both is [11]. And a slope at a kink (ReLU at 0) is a convention, here as
# before.
#
# <details><summary>References</summary>
#
# 1. O. Hernández Rodríguez, J. M. López Fernández, *A semiotic reflection on the didactics of the chain rule*, The Montana Mathematics Enthusiast 7, 321–332, 2010 (with the passage from Leibniz' manuscript)
# 2. H. G. Kahrimanian, *Analytical differentiation by a digital computer*, M.A. thesis, Temple University, 1953
# 3. J. F. Nolan, *Analytical differentiation on a digital computer*, M.A. thesis, Massachusetts Institute of Technology, 1953
# 4. R. E. Wengert, *A simple automatic derivative evaluation program*, Communications of the ACM 7, 463–464, 1964
# 5. J. S. Bridle, *Probabilistic interpretation of feedforward classification network outputs, with relationships to statistical pattern recognition*, in: Neurocomputing, NATO ASI Series F 68, Springer, 1990
# 6. A. Meurer et al., *SymPy: symbolic computing in Python*, PeerJ Computer Science 3, e103, 2017
# 7. D. Richardson, *Some undecidable problems involving elementary functions of a real variable*, Journal of Symbolic Logic 33, 514–520, 1968
# 8. J. T. Schwartz, *Fast probabilistic algorithms for verification of polynomial identities*, Journal of the ACM 27, 701–717, 1980
# 9. R. Zippel, *Probabilistic algorithms for sparse polynomials*, in: Symbolic and Algebraic Computation, Lecture Notes in Computer Science 72, Springer, 216–226, 1979
# 10. S. Laue, *On the equivalence of forward mode automatic differentiation and symbolic differentiation*, arXiv:1904.02990, 2019
# 11. A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, *Automatic differentiation in machine learning: a survey*, Journal of Machine Learning Research 18(153), 2018
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | chain rule | 链式法则 | along a path multiply the local slopes |
# | composite function | 复合函数 | one function after another |
# | local derivative | 局部导数 | slope of one machine in its own input |
# | partial derivative | 偏导数 | ∂: one letter moves, the others stay |
# | nudge | 微小扰动 | a tiny change that is followed through |
# | expression | 表达式 | a formula as an object |
# | symbol | 符号 | a letter in a formula |
# | expression tree | 表达式树 | what is computed from what |
# | computational graph | 计算图 | what is computed from what, where a thing used twice is one node |
# | error signal, delta (δ) | 误差信号 | slope of the error in a unit's weighted sum |
# | target | 目标值 | the answer that would be right |
# | Jacobian matrix | 雅可比矩阵 | all slopes of several outputs by several inputs |
# | quotient rule | 商的求导法则 | slope of a fraction |
# | common subexpression | 公共子表达式 | a piece that occurs more than once |
# | expression swell | 表达式膨胀 | formulas that grow by a factor per layer |
# | numerical check | 数值检验 | comparing with a measured slope |
# | symbolic differentiation | 符号微分 | from formula to formula |
# | vectorised function | 向量化函数 | takes whole arrays |
