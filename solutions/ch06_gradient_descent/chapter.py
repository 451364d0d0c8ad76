# %% [markdown]
# # 6 · Gradient descent
#
# **About 100 minutes of reading, and 80 for the exercises.** It builds on [slopes](../ch03_activations/ch03_activations.ipynb), [forward
# propagation](../ch04_forward/ch04_forward.ipynb) and [costs](../ch05_costs/ch05_costs.ipynb).
#
# Afterwards you can
#
# - predict from the gradient what a small step will change, and say which step is the best;
# - compute the learning rate at which gradient descent flies apart, to six digits, before you run;
# - work out on paper how many steps gradient descent will need, and say what decides it;
# - tell a minimum from a saddle, and say which of them gradient descent leaves;
# - take a Newton step, learn a curvature with BFGS, and say why neither trains large networks;
# - count what a gradient costs if you only measure.

# %%
import time
from itertools import pairwise

import numpy as np

from annkit import check, data, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.gradient_descent import downhill
from annkit.lessons.gradient_descent.cases import landscapes
from annkit.lessons.gradient_descent.explorer import descent_explorer
from annkit.lessons.gradient_descent.parabolas import newton_jumps
from annkit.lessons.gradient_descent.pictures import split_start
from annkit.nn.gradient_checking import measured_gradient

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_slope_measured import recall_slope_measured

# %%
from recall_common_scale import recall_common_scale

# %%
from recall_half_square import recall_half_square

# %% [markdown]
# ## 1 Three houses and a bad guess
#
# A model turns a house into a price (chapter 4), and a cost says how wrong it is (chapter 5). Where
# do the weights come from? That is the subject of this chapter.
#
# Begin with three houses of 50, 100 and 150 m², sold for 200, 300 and 400 thousand. In units of 100
# m² and 100 000: areas ½, 1, 1½ and prices 2, 3, 4. The model has one weight and one bias, $\hat y =
# w\,x + b$. Somebody guesses $w = 4$, $b = 0$. The model then answers 2, 4, 6, so the misses $\hat
# y - y$ are 0, 1, 2, and the cost is the mean of the half squares:
#
# $$C = \tfrac13\left(0 + \tfrac12 + 2\right) = \tfrac56$$
#
# You can see a better pair: $w = 2$, $b = 1$ fits exactly. But you see it because there are only
# two numbers. With a million weights you stand on a hillside in thick fog. You know your height,
# and you can feel the ground under your feet. Feel it, then.

# %%
x, y = np.array([0.5, 1.0, 1.5]), np.array([2.0, 3.0, 4.0])  # (3,): 100 m², 100 000


def cost(v):
    """Mean half squared error of the three houses at v = (w, b), (2,)."""
    w, b = v
    return 0.5 * np.mean((w * x + b - y) ** 2)


v0 = np.array([4.0, 0.0])  # the guess
moves = {"w + 0.01": (0.01, 0), "w − 0.01": (-0.01, 0), "b + 0.01": (0, 0.01)}
felt = [(name, cost(v0 + move) - cost(v0)) for name, move in moves.items()]
show.table(felt, ["move", "change of the cost"])

# %% tags=["author"]
np.testing.assert_allclose(cost(v0), 5 / 6)
np.testing.assert_allclose([row[1] for row in felt], [0.01339, -0.01328, 0.01005], atol=5e-6)

# %% [markdown]
# Per unit of $w$ the cost rises by about 1.33, per unit of $b$ by about 1. Calculus gives the exact
# numbers. By the chain rule the slope of ½ miss² is the miss, times what the miss does when the
# parameter moves: $x$ for the weight, 1 for the bias. Then take the mean:
#
# $$\frac{\partial C}{\partial w} = \frac{0\cdot\tfrac12 + 1\cdot 1 + 2\cdot\tfrac32}{3} =
# \frac43, \qquad \frac{\partial C}{\partial b} = \frac{0+1+2}{3} = 1$$
#
# All slopes together, in the order of the parameters, are the **gradient**: $\nabla C = (\tfrac43,
# 1)$. It belongs to one point, and changes from point to point. For many houses with several
# features, `X (batch, n_in)` and `W (n_in, n_out)`, the same two sentences hold for every weight
# and every bias. Write them down with matrices.

# %%
from linear_gradient import linear_gradient

# %% [markdown]
# And if you can't do the calculus, or don't trust it? Then measure. You did it in chapter 3 with
# one number. Here is the version for any array. It will be your judge until chapter 8. (One tool you
# may not know: `for place in np.ndindex(x.shape)` walks through the places of an array of any shape,
# and `x[place]` is the entry there.)

# %%
from numerical_gradient import numerical_gradient

# %% [markdown]
# **How small should $h$ be?** Take a real network: four inputs, eight hidden tanh units, one
# output, 49 parameters, on 200 houses. (`landscape` gives its cost and its exact gradient as
# functions of one long vector. How the exact one is found is chapter 10's business.) The *one-sided*
# slope, $(C(v+h) - C(v))/h$, moves each entry up only and saves nearly half of the work; it runs
# alongside. **Predict**: as $h$ shrinks from 0.1 to $10^{-11}$, do the measured gradients come closer
# and closer to the exact one?

# %%
houses, prices = data.houses(200, np.random.default_rng(6))  # (200, 4), (200,) in thousands
scaled = (houses - houses.mean(axis=0)) / houses.std(axis=0)
target = ((prices - prices.mean()) / prices.std())[:, None]  # (200, 1)
network = nn.Network([4, 8, 1], "tanh", "identity", rng=np.random.default_rng(0))
C, gradient = downhill.landscape(network, scaled, target)
v = network.flat
exact = gradient(v)
errors = []
for h in (1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11):
    central = measured_gradient(C, v, h)
    one_sided = np.array([(C(v + h * e) - C(v)) / h for e in np.eye(49)])
    off = [np.linalg.norm(g - exact) / np.linalg.norm(exact) for g in (central, one_sided)]
    errors.append((h, *(float(f"{error:.0e}") for error in off)))
show.table(errors, ["h", "relative error, central", "relative error, one-sided"])

# %% tags=["author"]
wanted = ["4e-03", "4e-07", "5e-11", "4e-09", "3e-07", "3e-05"]
got = [row[1] for row in errors]
np.testing.assert_allclose(np.log10(got), np.log10([float(n) for n in wanted]), atol=0.6)
sides = [row[2] for row in errors]
np.testing.assert_allclose(sides[:3], [7e-2, 7e-4, 7e-6], rtol=0.1)
assert sides[3] < sides[2] < sides[5]
assert sides[3] < sides[4]
assert min(sides) > min(got)

# %% [markdown]
# Make $h$ a hundred times smaller, and the central difference gets ten thousand times better, the
# one-sided one a hundred times. Then both turn: below $10^{-5}$ the central one gets *worse*, below
# $10^{-7}$ the one-sided one, which was never as good. You subtract two numbers that agree in
# nearly all digits, and what remains is rounding. If $h$ is too large the answer is wrong, and if
# it is too small the answer is noise.
#
# ## 2 Which way is down?
#
# Move both parameters a little. The two changes add up, each slope times its own step:
#
# $$\Delta C \approx \nabla C\cdot\Delta v = \tfrac43\,\Delta w + 1\,\Delta b$$
#
# For $\Delta v = (-0.06,\ 0.05)$ that predicts $-0.08 + 0.05 = -0.03$.

# %%
from predicted_change import predicted_change

# %% [markdown]
# This prediction has a "≈" in it. How good is it? Shrink the same step:

# %%
g0, step = np.array([4 / 3, 1.0]), np.array([-0.6, 0.5])
trust = []
for scale in (1.0, 0.1, 0.01):
    predicted, real = g0 @ (scale * step), cost(v0 + scale * step) - cost(v0)
    trust.append((scale, predicted, real, real - predicted))
show.table(trust, ["step, times (−0.6, 0.5)", "predicted", "real", "gap"])

# %% tags=["author"]
np.testing.assert_allclose([row[1] for row in trust], [-0.3, -0.03, -0.003])
np.testing.assert_allclose([row[3] for row in trust], [0.035, 0.00035, 0.0000035])

# %% [markdown]
# A tenth of the step leaves a hundredth of the gap. The prediction is not a law but a promise for
# small steps. Remember the gap, $+0.035$: it is the ground curving up under you. Section 3 is about
# nothing else.
#
# **All directions.** Now take steps of one fixed length, 0.05, in 360 directions. (An angle of 0°
# raises $w$ only, 90° raises $b$ only.) Where do you expect the lowest point of the curve?

# %%
angle = np.arange(360)
around = 0.05 * np.stack([np.cos(np.radians(angle)), np.sin(np.radians(angle))], axis=1)  # (360, 2)
changes = {
    "predicted": around @ g0,
    "real": np.array([cost(v0 + step) - cost(v0) for step in around]),
}
axis_names = "direction of the step (degrees)", "change of the cost"
title = "One step of length 0.05, in every direction"
show.lines(angle, changes, *axis_names, title, ticks=range(0, 361, 45))

# %% tags=["author"]
uphill = np.degrees(np.arctan2(1, 4 / 3))
assert round(float(uphill), 1) == 36.9
assert [int(np.argmin(change)) for change in changes.values()] == [217, 217]
assert [int(np.argmax(change)) for change in changes.values()] == [37, 37]

# %% [markdown]
# The lowest point is at 217°. The gradient $(\tfrac43, 1)$ itself points to 37°, and 217° is the
# opposite direction. It has to be, because for a step of fixed length
#
# $$\nabla C\cdot\Delta v = \lVert\nabla C\rVert\,\lVert\Delta v\rVert\cos\theta,$$
#
# with θ the angle between the two. The cosine is largest, 1, along the gradient: it is the
# **direction of steepest ascent**. It is 0 at right angles to it, where the height doesn't change,
# and that is where the contour lines run. And it is −1 straight against it. That is where to go.
# Choose a positive number η (eta), the **learning rate**, and take
#
# $$\boxed{\Delta v = -\eta\,\nabla C} \quad\text{which gives}\quad \Delta C \approx
# \nabla C\cdot(-\eta\,\nabla C) = -\eta\,\lVert\nabla C\rVert^2.$$
#
# A square is never negative, so as long as "≈" can be trusted, every step goes down. Here
# $\lVert\nabla C\rVert^2 = \tfrac{16}{9} + 1 = \tfrac{25}{9}$: with η = 0.1 the step is $(-0.133,
# -0.1)$ and should gain 0.278. It really gains 0.249, because the ground curves.

# %% tags=["author"]
gain = cost(v0) - cost(v0 - 0.1 * g0)
np.testing.assert_allclose([0.1 * g0 @ g0, gain], [0.278, 0.249], atol=5e-4)

# %% [markdown]
# Repeat it: feel the gradient at the new place, step, feel again. That is **gradient descent**, and
# with small changes it trains every network in this course.

# %%
from gradient_descent import gradient_descent

# %% [markdown]
# > **Myth: “the negative gradient points to the minimum.”** Nearly every picture of gradient
# > descent suggests it. Test it on the houses: go around the minimum $(2, 1)$ in a circle, and
# > measure at each point the angle between "against the gradient" and "straight to the minimum".

# %%
bottom = np.array([2.0, 1.0])


def slope(v):
    """Gradient of the three houses' cost at v = (w, b), (2,)."""
    miss = v[0] * x + v[1] - y
    return np.array([np.mean(miss * x), np.mean(miss)])


gaps = []
for step in around:
    g = slope(bottom + step)
    cosine = (g @ step) / (np.linalg.norm(g) * np.linalg.norm(step))
    gaps.append(np.degrees(np.arccos(min(cosine, 1.0))))
print(f"angle: smallest {min(gaps):.0f}°, median {np.median(gaps):.0f}°, largest {max(gaps):.0f}°")

# %% tags=["author"]
assert [round(float(n)) for n in (min(gaps), np.median(gaps), max(gaps))] == [0, 41, 68]
g = slope(np.array([0.0, 3.0]))
np.testing.assert_allclose(g, [-1 / 3, 0], atol=1e-15)

# %% [markdown]
# > Half of the time the gradient is off by more than 41°, at worst by 68°. Look at one case: the
# > guess $w=0$, $b=3$, "every house costs the average". The misses are 1, 0, −1; their mean is 0,
# > so the gradient is $(-\tfrac13, 0)$. It says that the bias should be left alone, and yet the
# > bias must go from 3 to 1. The gradient knows the ground under your feet, not the way home. The
# > two are the same everywhere only in a perfectly round bowl. Here they agree in no more than four
# > directions (hence the 0° above), and the next section tells you which.
#
# ## 3 How far? The edge of stability
#
# Start with a single parameter and a parabola, $C = \tfrac12\lambda v^2$. Its slope is $\lambda v$,
# and the slope of the slope is λ, the **curvature**. One step:
#
# $$v \;\leftarrow\; v - \eta\,\lambda v = (1 - \eta\lambda)\,v$$
#
# Each step multiplies $v$ by the same factor. Let λ = 4. Before you run the cell, predict at which
# learning rate it arrives in one step, and from which on it no longer arrives.

# %%
header = ["η", "factor 1 − ηλ", "after 1 step", "after 2", "after 100"]


def behaviours(gradient_descent):
    """Where 100 steps lead on a parabola of curvature 4, at six learning rates."""
    rows = []
    for rate in (0.05, 0.25, 0.4, 0.49, 0.5, 0.51):
        path = gradient_descent(lambda v: 4 * v, np.array([1.0]), rate, 100)[:, 0]  # (101,)
        rows.append((rate, 1 - 4 * rate, path[1], path[2], path[100]))
    return show.table(rows, header)


with_own(behaviours, gradient_descent=downhill.descend)

# %% tags=["author"]
factors = [
    (0, 0, *downhill.descend(lambda v: 4 * v, [1.0], rate, 100)[[1, 2, 100], 0])
    for rate in (0.05, 0.25, 0.4, 0.49, 0.5, 0.51)
]
assert factors[1][2] == 0
assert factors[4][4] == 1
np.testing.assert_allclose(factors[5][4], 1.04**100)

# %% [markdown]
# It can behave in five ways. Below $1/\lambda = 0.25$ it creeps up from one side. At $1/\lambda$ it
# arrives at once. Above that it jumps from side to side and still arrives, as long as the factor
# stays above −1. At exactly $\eta = 2/\lambda$ the factor is −1, and it jumps for ever, getting
# nowhere. Beyond, each jump is longer than the last.
#
# **Two parameters.** The curvature is now a table of numbers, the **Hessian** $H$: entry $(i, j)$
# says how fast slope $i$ changes when parameter $j$ moves. For the three houses the slopes are
# means of $(wx+b-y)\,x$ and $(wx+b-y)$, so
#
# $$H = \begin{pmatrix}\overline{x^2} & \overline{x}\\ \overline{x} & 1\end{pmatrix}
# = \begin{pmatrix}\tfrac76 & 1\\ 1 & 1\end{pmatrix}, \qquad \nabla C = H\,(v - v^*),$$
#
# where $v^* = (2, 1)$ is the bottom. Let $H$ work on some directions. $(1, 1)$ becomes
# $(2.17, 2)$: twice as long, and turned a little. $(1.09, 1)$ becomes $(2.27, 2.09)$: 2.09 times as
# long, and not turned at all. Such a direction, which $H$ does nothing to but stretch, is an
# **eigenvector**, and the factor, here 2.09, is its **eigenvalue** λ. The other one, at a right angle to
# it, is $(1, -1.09)$, and it is stretched by 0.08 only.
#
# Start somewhere on the line through the bottom along an eigenvector. The gradient then lies on
# that line, you never leave it, and you are back at one parameter, with one curvature and one
# factor $1 - \eta\lambda$. And every other start? Split it. The arrow from the bottom to the start
# $(4, 0)$ is $(2, -1)$, a part along one eigenvector plus a part along the other. **Predict**, for
# the rate 0.9: what does one step do to each of the two parts?

# %%
split_start([[7 / 6, 1.0], [1.0, 1.0]], bottom, v0, rate=0.9)

# %% [markdown]
# The steep part has the factor $1 - 0.9\cdot2.09 = -0.88$ and jumps to the other side. The flat
# part has $1 - 0.9\cdot0.08 = 0.93$ and creeps. Neither notices the other, since the gradient of a
# sum of parts is the sum of their gradients, and each of these lies along its own part. In the next
# step the same happens again, with the same two factors. With $n$ parameters there are $n$ such
# directions, all at right angles to each other, as long as the table is symmetric, and a Hessian
# always is.

# %%
H = np.array([[7 / 6, 1.0], [1.0, 1.0]])
curvatures, directions = np.linalg.eigh(H)  # rising; the directions are the columns
edge = 2 / curvatures[-1]
print("curvatures", curvatures.round(4), f" edge 2/λmax = {edge:.6f}")
steepest = directions[:, 1]
print("H stretches the steepest direction:", H @ steepest, "=", curvatures[1] * steepest)
print("gradient at the guess:", slope(v0), " H (v − v*):", H @ (v0 - bottom))

# %% tags=["author"]
np.testing.assert_allclose(slope(v0), H @ (v0 - bottom))
np.testing.assert_allclose(curvatures, [0.0799, 2.0868], atol=5e-5)
np.testing.assert_allclose(H @ [1, 1], [2.17, 2], atol=5e-3)
np.testing.assert_allclose(steepest / steepest[1], [1.09, 1], atol=5e-3)
np.testing.assert_allclose(H @ (steepest / steepest[1]), [2.27, 2.09], atol=5e-3)
flattest = directions[:, 0]
np.testing.assert_allclose(flattest / flattest[0], [1, -1.09], atol=5e-3)
np.testing.assert_allclose(1 - 0.9 * curvatures, [0.93, -0.88], atol=5e-3)
stepped = v0 - 0.9 * slope(v0) - bottom
kept_parts = (directions.T @ stepped) / (directions.T @ (v0 - bottom))
np.testing.assert_allclose(kept_parts, 1 - 0.9 * curvatures)
assert round(edge, 6) == 0.958405

# %% [markdown]
# The bowl is 26 times more curved in one direction than in the other: a long valley. The steep
# direction sets the limit. Gradient descent should fly apart exactly past
#
# $$\eta = \frac{2}{\lambda_{\max}} = 0.958405.$$
#
# "Exactly" is a strong word, so let the descent itself say where its edge is. Halve the interval
# from 0.5 to 1.5 forty times, and ask each time whether the cost after 4000 steps is higher than
# after 2000.

# %% tags=["author"]
assert round(curvatures[1] / curvatures[0]) == 26


# %%
def flies_apart(rate):
    """Say whether the cost is still rising after 2000 steps."""
    with np.errstate(over="ignore", invalid="ignore"):
        path = downhill.descend(lambda v: H @ (v - bottom), v0, rate, 4000)
    early, late = cost(path[2000]), cost(path[4000])
    return not late <= early  # NaN counts as flying apart


low, high = 0.5, 1.5
for _ in range(40):
    middle = (low + high) / 2
    low, high = (low, middle) if flies_apart(middle) else (middle, high)
print(f"by experiment {low:.6f}, by formula {edge:.6f}")

# %% tags=["author"]
assert abs(low - edge) < 1e-9

# %% [markdown]
# They agree in all digits shown. (For a cost that isn't a parabola the curvature changes from place
# to place; the edge then tells you what happens near a point, not once and for all.)

# %%
from stability_limit import stability_limit

# %% [markdown]
# **Walk on the map.** On the left the three houses from above, one line per height, and the path;
# both axes have the same scale, so that you can see each step leave its line at a right angle. Top
# right: what one step leaves of the distance, in the steepest and in the flattest direction at the
# bottom, for every learning rate. Below: the height. Commit to a prediction first.

# %%
descent_explorer()

# %% [markdown]
# Try: which direction jumps, and which one creeps? What does standardising the area do to the map?
# On the saddle, at which step does the path decide where to go?
#
# <details><summary>What you may have found</summary>
#
# Near the edge, at 0.9, a thousandth of the height is reached after 37 steps; at half of the edge
# it takes 69, at 0.1 it takes 334. The steep direction alone would like 0.48. But most of the
# waiting is for the flat one, which wants the longest steps it can get. The best compromise makes
# both factors equal in size, $\eta = 2/(\lambda_{\min}+\lambda_{\max})$, here 0.92: close to the
# edge. With the area standardised the bowl is round, both curvatures are 1, and the rate 1 arrives
# in one step. On the saddle, at the rate 0.2, the path first comes straight towards the pass. All
# the while $v_2$, 0.1 at the start, grows by nearly a fifth per step; after 7 steps it is larger
# than what is left of $v_1$, and the path turns into the upper valley. The side was decided at the
# start, by the sign of $v_2$. (Why *grows*? The panel shows the factors at the bottom of a valley,
# 0.8 and 0.6. At the pass the curvatures are 1 and −1, and the factors 0.8 and $1 + 0.2 = 1.2$.)
#
# </details>

# %% tags=["author"]
land = landscapes()["three houses"]
assert [land.steps_needed(rate) for rate in (0.9, 0.48, 0.1)] == [37, 69, 334]
assert round(2 / curvatures.sum(), 2) == 0.92
assert landscapes()["area standardised"].steps_needed(1.0) == 1
turn = landscapes()["a saddle"].walk(0.2, 20)
assert int(np.argmax(turn[:, 1] > turn[:, 0])) == 7
valley, at_the_pass = landscapes()["a saddle"], np.zeros(2)
np.testing.assert_allclose(1 - 0.2 * valley.curvatures, [0.8, 0.6])
np.testing.assert_allclose(1 - 0.2 * np.diag(valley.hessian(at_the_pass)), [0.8, 1.2])

# %%
from contour_question import contour_question

# %%
from edge_question import edge_question

# %% [markdown]
# > **A good place to stop for the day.** You have a step that goes down, and you know how long it
# > may be. Tomorrow come valleys, saddles, and two cleverer steps.
#
# ## 4 Break it: two hundred houses, in their own units
#
# Now the real question: 200 houses, four features, prices in thousands; a linear model, four weights
# and a bias, all starting at 0. With standardised features, 0.9 is a good rate (the edge is 1.05):

# %%
A = {  # (200, 5): the bias is the weight of a constant 1
    "standardised": np.column_stack([scaled, np.ones(200)]),
    "m², km, years": np.column_stack([houses, np.ones(200)]),
}


def train(A, rate, n_steps):
    """Costs of a linear model along gradient descent from zero, (n_steps + 1,)."""
    with np.errstate(over="ignore", invalid="ignore"):
        path = downhill.descend(lambda v: A.T @ (A @ v - prices) / 200, np.zeros(5), rate, n_steps)
        return 0.5 * np.mean((path @ A.T - prices) ** 2, axis=1)


# %%
best = np.linalg.lstsq(A["standardised"], prices)[1][0] / 400  # the lowest cost there is
good = train(A["standardised"], 0.9, 30)
arrived = int(np.argmax(good < 1.01 * best))
print(f"cost {good[0]:.0f} at first, lowest {best:.0f}; within 1 % of it after {arrived} steps")

# %% tags=["author"]
assert (round(good[0]), round(best), arrived) == (70221, 1471, 12), arrived

# %% [markdown]
# **Change one thing**: leave the features in their own units, m², bedrooms, km, years. The houses
# are the same, and so is everything a linear model can say about them. **Predict**, on paper: what
# will the cost do at the rate 0.9? And what will help?

# %%
broken = train(A["m², km, years"], 0.9, 40)
print("rate 0.9:", ", ".join(f"{value:.1e}" for value in broken[:4]), "…", broken[-1])

report = []
for name, inputs in A.items():
    spectrum = np.linalg.eigvalsh(inputs.T @ inputs / 200)
    own_edge = 2 / spectrum[-1]
    costs = train(inputs, 0.9 * own_edge, 10_000)
    report.append(
        (name, spectrum[0], spectrum[-1], float(f"{own_edge:.3g}"), costs[100], costs[-1])
    )
header = ["inputs", "λmin", "λmax", "edge", "cost after 100 steps", "after 10 000"]
show.table(report, header, "Each at 0.9 of its own edge; the lowest cost is 1471")

# %% tags=["author"]
assert not np.isfinite(broken[-1])
np.testing.assert_allclose(broken[1], 3.5e13, rtol=0.01)
assert [row[3] for row in report] == [1.05, 7.69e-05]
np.testing.assert_allclose([row[5] for row in report], [1471.2, 3662.5], rtol=1e-4)
np.testing.assert_allclose([report[0][2], report[1][2]], [1.898, 26024], rtol=1e-3)
np.testing.assert_allclose([row[2] / row[1] for row in report], [14.8, 315_396], rtol=2e-3)
np.testing.assert_allclose(report[1][1], 0.0825, rtol=1e-3)
np.testing.assert_allclose(np.mean(houses[:, 0] ** 2), 24408, rtol=1e-4)

# %% [markdown]
# At 0.9 the cost is infinite within forty steps. At 0.9 *of its own edge* it behaves, but after ten
# thousand steps it is still at 3663, more than twice the lowest cost. How long would it take? We
# needn't walk, since we know every factor in the eigenvector directions. Split the line from the
# start to the bottom into its parts along the eigenvectors (a dot product with each), let every
# part shrink by its own factor, and add up the heights that are left. `steps_until` looks for the first
# step after which their sum is below 1 % of the lowest cost.

# %%
waiting = []
for name, inputs in A.items():
    curved = inputs.T @ inputs / 200  # (5, 5), the Hessian
    lowest = np.linalg.lstsq(inputs, prices)[0]  # (5,): the bottom; the start is 0
    spectrum = np.linalg.eigvalsh(curved)
    needed = downhill.steps_until(curved, lowest, 0.9 * 2 / spectrum[-1], 0.01 * best)
    waiting.append((name, spectrum[-1] / spectrum[0], needed))
show.table(waiting, ["inputs", "λmax / λmin", "steps to within 1 % of the lowest cost"])

# %% tags=["author"]
assert [row[2] for row in waiting] == [15, 445_429]
spectrum, axes = np.linalg.eigh(curved)
first = 0.5 * spectrum[0] * (axes[:, 0] @ lowest) ** 2
assert (round(first), round(first / (0.01 * best))) == (2375, 161)
assert round(float(np.log(first / (0.01 * best))), 2) == 5.08
assert round(waiting[1][1]) == 315_396
assert int(waiting[1][1] / 3.6 * np.log(first / (0.01 * best))) == 445_429
assert round(float(np.sqrt(waiting[1][1]))) == 562
elsewhere = []
for steps in (100, 10_000, 50_000):
    factors = (1 - 1.8 / spectrum[-1] * spectrum) ** steps
    heights = spectrum * (axes.T @ lowest * factors) ** 2
    elsewhere.append(1 - heights[0] / heights.sum())
np.testing.assert_allclose(elsewhere, [0.328, 0.033, 0.002], atol=5e-4)

# %% [markdown]
# 15 steps against 445 429, for the same houses and the same answer. (Above, with a learning rate of
# 0.9, it was 12; here each walks at 0.9 times its own edge.) You could have known it without a
# computer, because in the end only the flattest direction is left.
#
# Follow that one direction, with the rate $\eta = 0.9\cdot2/\lambda_{\max} = 1.8/\lambda_{\max}$:
#
# - Each step multiplies the distance by $1 - \eta\lambda_{\min} = 1 - 1.8/\kappa$, where $\kappa$
#   (kappa) is $\lambda_{\max}/\lambda_{\min} = 315\,396$.
# - The height goes with the square of the distance, and $(1 - 1.8/\kappa)^2$ is $1 - 3.6/\kappa$ but
#   for the tiny $(1.8/\kappa)^2$. With $N = \kappa/3.6$, each step leaves $1 - 1/N$ of the height, and
#   $N$ steps leave $(1 - 1/N)^N \approx 1/e$.
# - In this direction the start lies 2375 above the bottom, and that has to come down to 1 % of 1471:
#   divided by 161, which is $e^{5.08}$. That takes $5.08\,N = 5.08\cdot315\,396/3.6$ steps, some 445 000.
#
# (The other directions don't go at once: after 100 steps they hold a third of the height that is
# left, after 10 000 steps 3 %, after 50 000 steps 0.2 %.)
#
# The ratio $\kappa$ is the **condition number**: how many times more the bowl curves across the valley
# than along it. (Its contour lines are $\sqrt\kappa$ times as long as they are wide, here 562 times.)
# This ratio, and not the size of the data, decides how long gradient descent takes. (After
# standardising it is still 15, because area and bedrooms say nearly the same thing. You met such
# copies in chapter 2.)

# %%
from break_descent import break_descent

# %% [markdown]
# ## 5 Flat ground: minimum or saddle?
#
# The cost of a linear model is a single bowl that never bends down. Such a cost is called
# **convex**. Networks have hills, and then "the gradient is zero" can mean different things. Look
# at the eigenvalues of the Hessian there:
#
# - all positive: the ground rises in every direction, a **local minimum**;
# - all negative: a maximum;
# - some of both: a **saddle**, a pass between two hills. Along the ridge it is a lowest point, across
#   it a highest one.
#
# (An eigenvalue of exactly 0 settles nothing: $v^4$, $-v^4$ and $v^3$ all have it at 0.)
#
# Will gradient descent stop at both? Here is a small landscape with two valleys, at $(0, \pm1)$, and
# a saddle at $(0, 0)$ between them. It is the third map of the explorer. (Both valleys are equally
# deep. A walk that ends in the poorer of two waits in chapter 7, section 9.) Start 200 times within 0.01
# of the saddle, and 200 times within 0.01 of a valley's bottom.

# %%
valleys = landscapes()["a saddle"]
rng = np.random.default_rng(0)
stayed = []
for name, place in (("the saddle", np.zeros(2)), ("the bottom", np.array([0.0, 1.0]))):
    starts = place + rng.uniform(-0.01, 0.01, size=(200, 2))
    ends = np.array([downhill.descend(valleys.gradient, v, 0.2, 200)[-1] for v in starts])
    near = np.linalg.norm(ends - place, axis=1) < 0.01
    stayed.append((name, f"{near.sum()} of 200"))
on_the_ridge = downhill.descend(valleys.gradient, [1.6, 0.0], 0.2, 200)[-1]
print("started exactly on the ridge, v₂ = 0:", on_the_ridge.round(9))
show.table(stayed, ["started near", "still there after 200 steps"])

# %% tags=["author"]
assert [row[1] for row in stayed] == ["0 of 200", "200 of 200"]
np.testing.assert_allclose(on_the_ridge, 0, atol=1e-9)

# %% [markdown]
# Gradient descent leaves a saddle and stays at a minimum. Near the saddle the direction that bends
# down, with λ = −1, has the factor $1 - \eta\lambda = 1.2$, so that whatever little there is of it
# grows by a fifth per step. Only a start with *exactly* none of it stays on the ridge. That sounds
# like a curiosity. It isn't:
#
# **Twins.** A network for the houses, with two hidden tanh units. Let both units start with the
# same weights. Then they compute the same thing, get the same slopes, and take the same steps, for
# ever. Is this a saddle? Run it, and run it again with one weight nudged by a millionth.

# %%
pair = nn.Network([4, 2, 1], "tanh", "identity", rng=np.random.default_rng(0))
W1, W2 = pair.params[0][0], pair.params[1][0]  # (4, 2) and (2, 1); biases are 0
W1[:, 1], W2[1] = W1[:, 0], W2[0]  # the second unit is a copy of the first
pair_cost, pair_gradient = downhill.landscape(pair, scaled, target)
nudge = np.eye(13)[0]  # the first of 13 parameters
runs = {
    name: downhill.descend(pair_gradient, pair.flat + size * nudge, 0.2, 1500)
    for name, size in {"twins": 0.0, "nudged by 10⁻⁶": 1e-6, "nudged by 10⁻⁹": 1e-9}.items()
}
cost_of = {name: np.array([pair_cost(v) for v in path[50::10]]) for name, path in runs.items()}
axis_labels = "step", "cost (price standardised)"
show.lines(np.arange(50, 1501, 10), cost_of, *axis_labels, "Two hidden units that start alike")

# %% [markdown]
# Have the twins arrived? Let them walk on to step 6000, and look at the ground there. How low does a
# network with a *single* hidden unit get?

# %%
late = downhill.descend(pair_gradient, runs["twins"][-1], 0.2, 4500)[-1]
curved, ways = np.linalg.eigh(downhill.measured_hessian(pair_gradient, late))
g = pair_gradient(late)
print(f"twins, 6000 steps: cost {pair_cost(late):.4f}, gradient {np.linalg.norm(g):.4f} long")
print(f"lowest curvature {curved[0]:.2f}; slope in that direction {abs(g @ ways[:, 0]):.0e}")

single = nn.Network([4, 1, 1], "tanh", "identity", rng=np.random.default_rng(0))
single_cost, single_gradient = downhill.landscape(single, scaled, target)
lowest = downhill.bfgs(single_cost, single_gradient, single.flat, 200)[-1]
print(f"a network with one hidden unit (trained as in section 7): {single_cost(lowest):.4f}")

# %% [markdown]
# **Predict** how much longer a smaller nudge takes: each in this table is a thousand times smaller
# than the one before.

# %%
left = []
for size in (1e-3, 1e-6, 1e-9, 1e-12):
    path = downhill.descend(pair_gradient, pair.flat + size * nudge, 0.2, 1300)
    left.append((size, next(i for i, v in enumerate(path) if pair_cost(v) < 0.03)))
show.table(left, ["nudge", "steps until the cost is below 0.03"])

# %% tags=["author"]
assert f"{pair_cost(late):.4f} {np.linalg.norm(g):.4f} {curved[0]:.2f}" == "0.0354 0.0007 -0.16"
assert abs(g @ ways[:, 0]) < 1e-8
assert abs(cost_of["nudged by 10⁻⁶"][-1] - 0.0186) < 2e-4
np.testing.assert_allclose([row[1] for row in left], [299, 599, 889, 1173], atol=6)
W1 = nn.Network.of(pair.design, late).params[0][0]
assert (W1[:, 0] == W1[:, 1]).all()
assert f"{single_cost(lowest):.3f}" == "0.034"

# %% [markdown]
# The twins get stuck at a cost of 0.035. They don't quite come to rest: the gradient is still
# 0.0007 long, and they creep along a *ridge*. But in the direction that parts the two units the
# slope is zero up to rounding, and the ground bends down: across the ridge it is a saddle. Two
# units that do the same are worth one, and a network with a *single* hidden unit gets no further
# than 0.034. The nudged ones follow the twins for hundreds of steps, as if nothing had happened,
# then part, and halve the cost.
#
# A nudge a thousand times smaller costs about 290 steps more, because the nudge grows like interest
# and each doubling takes the same time. On a cost curve, therefore, a saddle looks like a plateau.
# People have stopped training runs there, taking it for the end. And it is one reason why the
# weights of a network start at random: you should never start on a ridge.

# %%
from saddle_question import saddle_question

# %% [markdown]
# **The edge of a network.** In a bowl λmax is one number. In a network the Hessian changes from place
# to place, and so does the edge. Take the 49 parameters of section 1 for a walk of 1500 steps, at
# three rates, and measure λmax every 20 steps. The edge is where ηλmax = 2; at the start, all three
# are inside. **Predict**: will they stay there? What does the cost do if one of them gets to the edge?

# %%
measured_at = np.arange(0, 1501, 20)
sharpest, walked = {}, {}
edge_cost, edge_gradient = downhill.landscape(network, scaled, target)
for rate in (0.2, 0.5, 0.8):
    path = downhill.descend(edge_gradient, network.flat, rate, 1500)
    hessians = [downhill.measured_hessian(edge_gradient, path[k]) for k in measured_at]
    sharpest[f"rate {rate}"] = rate * np.linalg.eigvalsh(hessians)[:, -1]
    walked[rate] = np.array([edge_cost(v) for v in path])
rows = [(rate, c[0], c[-1], f"{np.sum(np.diff(c) > 0)} of 1500") for rate, c in walked.items()]
show.table(rows, ["rate", "cost at the start", "at the end", "steps on which it rose"])

# %%
sharpest["the edge"] = np.full(len(measured_at), 2.0)
show.lines(measured_at, sharpest, "step", "η λmax", "How near to the edge the network walks")

# %% tags=["author"]
assert [row[3] for row in rows] == ["0 of 1500", "82 of 1500", "495 of 1500"], rows
assert round(walked[0.8][0], 2) == 0.44
assert round(walked[0.8][-1], 3) == 0.027

# %% tags=["author", "long"]
at_rest = list[tuple[float, float, float]]()
for seed in range(20):
    fresh = nn.Network([4, 8, 1], "tanh", "identity", rng=np.random.default_rng(seed))
    fresh_cost, fresh_gradient = downhill.landscape(fresh, scaled, target)
    end = downhill.descend(fresh_gradient, fresh.flat, 0.8, 1500)[-1]
    curvature = np.linalg.eigvalsh(downhill.measured_hessian(fresh_gradient, end))[-1]
    at_rest.append((0.8 * curvature, fresh_cost(fresh.flat), fresh_cost(end)))
near, first_cost, last_cost = np.array(at_rest).T
assert near.min() > 1.95, near
assert near.max() < 2.05, near
assert (last_cost < first_cost / 5).all(), at_rest

# %% [markdown]
# λmax grows while the cost falls. At the rate 0.2 there is room for that. The other two walk up to
# their edge, over it and back, and swing about it as if they had been looking for it. No bowl does
# this: beyond its edge you are thrown up its walls, further each time. Here the throws end where the
# ground is less steep, λmax falls back, and the walk goes on. At the rate 0.8 the cost *rose* on a
# third of the steps, and still it fell from 0.44 to 0.027. (Twenty fresh networks at this rate: after
# 1500 steps ηλmax lies between 1.95 and 2.05 in every one.) Cohen and colleagues saw the same in large
# networks in 2021 [10]. The reasons are still being worked out.

# %% [markdown]
# ## 6 Newton: use the curvature
#
# Gradient descent feels only the slope. If you also know the Hessian, you know the parabola that
# touches the ground here:
#
# $$C(v + \Delta v) \approx C + \nabla C\cdot\Delta v + \tfrac12\,\Delta v^\top H\,\Delta v$$
#
# The last term is the gap of section 2: for the step $(-0.6, 0.5)$ on the three houses it is
# $\tfrac12(0.42 - 0.6 + 0.25) = 0.035$. The parabola's slope is $\nabla C + H\,\Delta v$.
# **Newton's step** goes where that is zero: $H\,\Delta v = -\nabla C$. From the guess $(4, 0)$ it
# must solve
#
# $$\tfrac76\,\Delta w + \Delta b = -\tfrac43, \qquad \Delta w + \Delta b = -1.$$
#
# Subtract: $\tfrac16\Delta w = -\tfrac13$, so $\Delta w = -2$ and $\Delta b = 1$. After one step
# you stand at $(2, 1)$, the bottom. It took no learning rate, and the valley made no difference. (In
# NumPy `np.linalg.solve(M, r)` finds the $u$ for which $M u = r$.)

# %% tags=["author"]
np.testing.assert_allclose(np.linalg.solve(H, -slope(v0)), [-2, 1])
gap_step = np.array([-0.6, 0.5])
np.testing.assert_allclose(0.5 * gap_step @ H @ gap_step, 0.035)
np.testing.assert_allclose(H[0, 0] * 0.36, 0.42)

# %%
from newton_step import newton_step

# %% [markdown]
# It doesn't even care about units. Here it is on the 200 houses, in m² and years, from zero:

# %%
raw = A["m², km, years"]
jump = downhill.newton(
    lambda v: raw.T @ (raw @ v - prices) / 200, lambda v: raw.T @ raw / 200, np.zeros(5), 1
)
print(f"cost after one Newton step: {0.5 * np.mean((raw @ jump[1] - prices) ** 2):.3f}")
print(f"the lowest cost there is:   {best:.3f}")

# %% tags=["author"]
np.testing.assert_allclose(0.5 * np.mean((raw @ jump[1] - prices) ** 2), best, rtol=1e-9)

# %% [markdown]
# It takes one step instead of 445 429. Why, then, aren't networks trained like this? There are
# three reasons, each with its number. **First: it climbs as readily as it falls.** Newton goes to
# where the parabola is level, be it a bottom, a saddle or a top. (Tick “Newton alongside” on the
# explorer's third map, and it goes straight to the saddle.) Here is that map, cut along its two
# valleys:

# %%
newton_jumps()

# %% [markdown]
# And where does a fresh network stand?

# %%
verdicts = []
for seed in range(20):
    fresh = nn.Network([4, 8, 1], "tanh", "identity", rng=np.random.default_rng(seed))
    C, gradient = downhill.landscape(fresh, scaled, target)
    v, hessian = fresh.flat, downhill.measured_hessian(gradient, fresh.flat)
    after = C(v - np.linalg.solve(hessian, gradient(v)))
    verdicts.append((np.sum(np.linalg.eigvalsh(hessian) < 0), C(v), after))
negative, before, after = np.array(verdicts).T
print(f"negative curvatures: {negative.min():.0f} to {negative.max():.0f} of 49")
print(f"Newton's first step raised the cost in {np.sum(after > before)} of 20 networks,")
print(f"once from {before[np.argmax(after)]:.2f} to {after.max():.0f}")

# %% tags=["author"]
assert (negative.min(), negative.max(), np.sum(after > before)) == (17, 33, 5)
assert round(before[np.argmax(after)], 2) == 1.43
assert 400 < after.max() < 550

# %% [markdown]
# A third to two thirds of the curvatures are negative: in 49 dimensions it is rare to stand in a
# pure bowl. **Second, the table.** $n$ parameters make $n^2$ curvatures. **Third, the solving.**
# Elimination takes about $n^3/3$ multiplications (half as many if it uses the symmetry). Twice the
# parameters mean eight times the work, once per step. The last column is measured on your machine.


# %%
def seconds_to_solve(n):
    """Seconds for n equations, the quickest of five tries, or of those within half a second."""
    M = np.eye(n) * n + np.random.default_rng(0).normal(size=(n, n))
    took = []
    for _ in range(5):
        start = time.perf_counter()
        np.linalg.solve(M, np.ones(n))
        took.append(time.perf_counter() - start)
        if sum(took) > 0.5:
            break
    return min(took)


# %%
prices_of_newton = []
for sizes in ([4, 8, 1], [64, 8, 10], [64, 16, 10], [64, 32, 10], [784, 128, 64, 10]):
    n = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))
    took = f"{1000 * seconds_to_solve(n):.2f} ms" if n < 3000 else "not tried"
    row = ("-".join(map(str, sizes)), n, round(8 * n**2 / 1000), f"{n**3 / 3:.0e}", took)
    prices_of_newton.append(row)
header = ["network", "parameters", "Hessian (kB)", "multiplications", "one solve"]
show.table(prices_of_newton, header)

# %% tags=["author"]
assert [row[1] for row in prices_of_newton] == [49, 610, 1210, 2410, 109_386]
assert prices_of_newton[-1][2:4] == (95_722_376, "4e+14")

# %% [markdown]
# A small network for digit images of 28 × 28 pixels, the last row, would need 96 gigabytes for one
# Hessian. Its gradient fits into one megabyte.
#
# ## 7 BFGS: learn the curvature on the way
#
# Every step of gradient descent also tells you something about the curvature, for free: you moved
# by $s$, and the gradient changed by $y$. On a parabola $y = H s$. **BFGS** keeps a guess $G$ of
# the *inverse* Hessian, starts with $G = I$ (which is plain gradient descent), and after each step
# changes it just enough that $G\,y = s$, so that it explains the step just made. The next direction
# is $-G\,\nabla C$. No Hessian is computed and nothing is solved.
#
# How must $G$ change? In two moves. ($y^\top s$, a row times a column, is the number $y\cdot s$; and
# $s\,y^\top$, a column times a row, is a table with $s_i\,y_j$ in row $i$, column $j$. In NumPy
# `np.outer([1, 2], [3, 4])` is `[[3, 4], [6, 8]]`.)
#
# - **Forget** what $G$ said about $y$. Let $A = I - s\,y^\top/(y^\top s)$. Then $A^\top y = y - y = 0$,
#   so $A\,G\,A^\top$ turns $y$ into 0.
# - **Add** what the step has shown. $s\,s^\top/(y^\top s)$ turns $y$ into $s$.
#
# $$G \;\leftarrow\; A\,G\,A^\top + \frac{s\,s^\top}{y^\top s}$$
#
# By hand, from $G = I$: you moved by $s = (1, 0)$, and the gradient changed by $y = (4, 0)$. Then
# $y^\top s = 4$, and
#
# $$A = \begin{pmatrix}0 & 0\\ 0 & 1\end{pmatrix}, \qquad
# A\,I\,A^\top = \begin{pmatrix}0 & 0\\ 0 & 1\end{pmatrix},$$
#
# $$G = \begin{pmatrix}0 & 0\\ 0 & 1\end{pmatrix} +
# \tfrac14\begin{pmatrix}1 & 0\\ 0 & 0\end{pmatrix} =
# \begin{pmatrix}\tfrac14 & 0\\ 0 & 1\end{pmatrix}.$$
#
# The curvature along $s$ is 4, and its inverse, ¼, stands there now. Of the other direction nothing
# was learned, and nothing has changed. If the slope *fell* along the step, $y^\top s \le 0$, no bowl
# looks like that, and $G$ is left as it is. (The letters are those of the books: $y$ is no price
# here, and $s$ no slope.)

# %% tags=["author"]
np.testing.assert_allclose(
    downhill.learned(np.eye(2), np.array([1.0, 0.0]), np.array([4.0, 0.0])), np.diag([0.25, 1])
)

# %%
from bfgs_update import bfgs_update

# %% [markdown]
# How much does it help? Two problems: a network of 49 parameters from twenty starts, and the houses in
# their own units. How many steps until the network's cost is below 0.015, and the houses' within 1 % of
# the lowest? For each start, gradient descent gets the best of three learning rates; for the houses,
# section 4 gave 0.9 of the edge. BFGS tries a full step and halves it until the cost falls. **Predict**
# how many steps BFGS will need for the network, and how many for the houses.


# %%
def steps_below(level, costs):
    """Return the first step at which the cost is below the level; infinity if there is none."""
    below = np.flatnonzero(np.array(costs) < level)
    return below[0] if len(below) else np.inf


# %%
seeds = range(20)  # of the first weights
tried = []
for seed in seeds:
    origin = nn.Network([4, 8, 1], "tanh", "identity", rng=np.random.default_rng(seed))
    C, gradient = downhill.landscape(origin, scaled, target)
    paths = [downhill.descend(gradient, origin.flat, rate, 700) for rate in (0.4, 0.6, 0.8)]
    paths.append(downhill.bfgs(C, gradient, origin.flat, 60))
    *plain, learned = [steps_below(0.015, [C(v) for v in path]) for path in paths]
    tried.append((min(plain), learned))
times = np.divide(*np.transpose(tried))  # (20,)
print(f"gradient descent took {times.min():.0f} to {times.max():.0f} times as many steps as BFGS")
race = [("network, median of 20 starts", *np.median(tried, axis=0))]

# %%
path = downhill.bfgs(
    lambda v: 0.5 * np.mean((raw @ v - prices) ** 2),
    lambda v: raw.T @ (raw @ v - prices) / 200,
    np.zeros(5),
    40,
)
costs = 0.5 * np.mean((path @ raw.T - prices) ** 2, axis=1)
race.append(("200 houses, m² and years", 445_429, steps_below(1.01 * best, costs)))
show.table(race, ["problem", "gradient descent, steps", "BFGS, steps"])

# %% tags=["author", "long"]
plain, learned = np.transpose(tried)
assert (np.median(plain), np.median(learned)) == race[0][1:]
assert 300 < race[0][1] < 400, race
assert race[0][2] == 26, race
np.testing.assert_allclose([times.min(), times.max()], [8.2, 20.2], atol=0.25)

# %% tags=["author"]
assert race[1][1:] == (445_429, 9), race
passes = list[int]()


def counted_cost(v):
    """The network's cost, and a note that it was asked for."""
    passes.append(1)
    return C(v)


downhill.bfgs(counted_cost, gradient, origin.flat, 60)
assert 2 <= len(passes) / 60 < 2.5

# %% [markdown]
# On the network BFGS needs 26 steps in the median, gradient descent 8 to 20 times as many, depending
# on the start (a step costs one gradient and about two forward passes), and the units hardly matter.
# For problems with up to some thousands of parameters and a gradient without noise, this is what you
# should use (SciPy and others have it, better made than ours). But $G$ has $n^2$ entries as well: 96
# gigabytes again. A variant, L-BFGS, keeps only the last few pairs $(s, y)$ [7]. And there is a second
# trouble: in the next chapter the gradient is computed from a few examples at a time. Then $y$ is a
# difference of two noisy gradients, and what it says about curvature is mostly noise [8].

# %%
from newton_question import newton_question

# %% [markdown]
# ## 8 What a gradient costs if you only measure
#
# One thing was left open: where do gradients come from? For the linear model a little calculus was
# enough. The network's came from `annkit`. You own a third method, `numerical_gradient`, which
# needs no calculus at all. Why not use it for everything?
#
# **Your turn**, for no points: put two of your own functions together. Let `gradient_descent` walk
# down the three houses with slopes that `numerical_gradient` measures on `cost`. **Predict**: how far
# will it stray from the exact path in a hundred steps?

# %%
measured_path = np.empty((0, 2))  # in its place: 100 steps from v0, at the rate 0.9

if len(measured_path) == 101:
    away = np.abs(measured_path - downhill.descend(slope, v0, 0.9, 100)).max()
    print(f"at most {away:.0e} away from the exact path")
else:
    print("No path of 100 steps yet.")

# %% tags=["author"]
own_path = gradient_descent(lambda v: numerical_gradient(cost, v), v0, 0.9, 100)
away = np.abs(own_path - downhill.descend(slope, v0, 0.9, 100)).max()
assert 1e-12 < away < 1e-10, away

# %% [markdown]
# <details><summary>One line, and what it shows</summary>
#
# ```python
# measured_path = gradient_descent(lambda v: numerical_gradient(cost, v), v0, 0.9, 100)
# ```
#
# It strays by less than $10^{-10}$: on a parabola a central difference has no error but rounding.
#
# </details>
#
# So it isn't the exactness. Count how often it has to ask a network.


# %%
def measure(sizes, X, y):
    """Measure one gradient; return parameters, forward passes and seconds."""
    output = "softmax" if sizes[-1] > 1 else "identity"
    subject = nn.Network(sizes, "tanh", output, rng=np.random.default_rng(0))
    C, _ = downhill.landscape(subject, X, y)
    asked = []

    def ask(v):
        asked.append(1)
        return C(v)

    start = time.perf_counter()
    measured_gradient(ask, subject.flat)
    return len(subject.flat), len(asked), time.perf_counter() - start


# %%
X, labels = data.digits()
counted = []
for sizes in ([4, 1], [4, 8, 1], [64, 8, 10], [64, 32, 10]):
    task = (scaled, target) if sizes[-1] == 1 else (X[:50], labels[:50])
    n, passes, seconds = measure(sizes, *task)
    counted.append(("-".join(map(str, sizes)), n, passes, f"{1000 * seconds:.1f} ms"))
show.table(counted, ["network", "parameters", "forward passes", "one gradient takes"])

# %% tags=["author"]
assert [row[1] for row in counted[:4]] == [5, 49, 610, 2410]
assert all(row[2] == 2 * row[1] for row in counted)

# %% [markdown]
# Two forward passes per parameter, for a single step. Twice as many weights mean twice as many
# passes *and* slower ones, so the work grows with the square. And every pass asks about one weight
# and throws away what it has learned about all the others.
#
# For small networks it will do, and in the next chapter you will train one with it. Larger ones
# need something cleverer, and the measured gradient keeps an honourable job: it tells you whether
# the clever one is right.
#
# ## Recap
#
# | idea | formula | worth remembering |
# |---|---|---|
# | prediction | $\Delta C \approx \nabla C\cdot\Delta v$ | the gap shrinks with the square of the step |
# | gradient descent | $\Delta v = -\eta\,\nabla C$, $\Delta C\approx-\eta\lVert\nabla C\rVert^2$ | steepest here, not towards the minimum |
# | factor | $1-\eta\lambda$ per eigenvector direction | creeps, jumps, or flies apart |
# | edge | $2/\lambda_{\max}$ | in a long valley the fastest rate is just inside |
# | condition number | $\lambda_{\max}/\lambda_{\min}$ | decides the number of steps; scale your inputs |
# | saddle | curvatures of both signs | left, but slowly; a plateau may be one |
# | Newton | $H\,\Delta v = -\nabla C$ | one step in any parabolic bowl; $n^2$ numbers, $n^3$ work, goes to saddles too |
# | BFGS | $G\,y = s$ | learns $H^{-1}$ from gradients; still $n^2$ |
# | measured gradient | $2n$ passes | a judge, not a motor |
#
# Close the notebook and say aloud: why is minus the gradient the best direction, and why is it
# still not the way to the minimum? What happens at $2/\lambda_{\max}$, and why in one direction
# first? Why did the twins need a nudge?
#
# ## What you built
#
# `predicted_change`, `linear_gradient`, `numerical_gradient`, `gradient_descent`,
# `stability_limit`, `newton_step` and `bfgs_update`. What passed is in your own `my_ann.py`. In the
# next chapter you will not look at all houses before you take a step.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Cauchy proposed to follow the negative gradient in 1847, to compute the orbits of heavenly bodies
# [1]. Newton's iteration is older, with Raphson's form of 1690 [2]; both of these men solved one
# equation in one unknown, and the use for minimising came later. Davidon's variable-metric idea
# dates from 1959 [3]; in 1970 Broyden, Fletcher, Goldfarb and Shanno found the update that carries
# their initials, each on his own [4]. Dauphin and colleagues argued in 2014 that a large network
# mostly meets saddles rather than poor local minima [5]. Lee and colleagues proved in 2016 that
# gradient descent from a random start almost never *ends* at a saddle of the usual kind [6]; Du and
# colleagues showed in 2017 that leaving may take extremely long [9].
#
# **What this chapter does not explain.** Why a network comes to rest at its edge (section 5). Nor does
# anything here say that the minimum you find is the lowest, or that a low cost means good answers for
# houses you haven't seen. And "steepest" depends on the units in which you measure a step: change
# the units of $w$, and the gradient points elsewhere. Section 4 was one consequence. Nor is Newton
# the whole story of curvature: the product of $H$ with *one* direction costs about as much as two
# gradients, and $H$ is never written down [11]. Networks have been trained with such products [12],
# and with a relative of $H$, the Fisher matrix, simplified layer by layer [13].
#
# <details><summary>References</summary>
#
# 1. A. Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*, Comptes rendus de l'Académie des Sciences 25, 536–538, 1847
# 2. T. J. Ypma, *Historical development of the Newton–Raphson method*, SIAM Review 37, 531–551, 1995
# 3. W. C. Davidon, *Variable metric method for minimization*, Argonne National Laboratory report ANL-5990, 1959; reprinted in SIAM Journal on Optimization 1, 1–17, 1991
# 4. C. G. Broyden, *The convergence of a class of double-rank minimization algorithms*, IMA Journal of Applied Mathematics 6, 76–90 and 222–231, 1970; R. Fletcher, *A new approach to variable metric algorithms*, The Computer Journal 13, 317–322, 1970; D. Goldfarb, *A family of variable-metric methods derived by variational means*, Mathematics of Computation 24, 23–26, 1970; D. F. Shanno, *Conditioning of quasi-Newton methods for function minimization*, Mathematics of Computation 24, 647–656, 1970
# 5. Y. N. Dauphin, R. Pascanu, C. Gulcehre, K. Cho, S. Ganguli, Y. Bengio, *Identifying and attacking the saddle point problem in high-dimensional non-convex optimization*, NeurIPS 2014, arXiv:1406.2572
# 6. J. D. Lee, M. Simchowitz, M. I. Jordan, B. Recht, *Gradient descent only converges to minimizers*, COLT 2016, arXiv:1602.04915
# 7. D. C. Liu, J. Nocedal, *On the limited memory BFGS method for large scale optimization*, Mathematical Programming 45, 503–528, 1989
# 8. R. H. Byrd, S. L. Hansen, J. Nocedal, Y. Singer, *A stochastic quasi-Newton method for large-scale optimization*, SIAM Journal on Optimization 26, 1008–1031, 2016
# 9. S. S. Du, C. Jin, J. D. Lee, M. I. Jordan, B. Póczos, A. Singh, *Gradient descent can take exponential time to escape saddle points*, NeurIPS 2017, arXiv:1705.10412
# 10. J. M. Cohen, S. Kaur, Y. Li, J. Z. Kolter, A. Talwalkar, *Gradient descent on neural networks typically occurs at the edge of stability*, ICLR 2021, arXiv:2103.00065
# 11. B. A. Pearlmutter, *Fast exact multiplication by the Hessian*, Neural Computation 6, 147–160, 1994
# 12. J. Martens, *Deep learning via Hessian-free optimization*, ICML 2010
# 13. J. Martens, R. Grosse, *Optimizing neural networks with Kronecker-factored approximate curvature*, ICML 2015, arXiv:1503.05671
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | gradient | 梯度 | all slopes of the cost, one per parameter |
# | gradient descent | 梯度下降 | $v \leftarrow v - \eta\nabla C$, again and again |
# | steepest ascent | 最速上升 | the direction of the gradient |
# | learning rate | 学习率 | η: step per slope |
# | contour line | 等高线 | points of equal cost |
# | curvature | 曲率 | how fast the slope changes |
# | Hessian | 海森矩阵 | the table of all curvatures |
# | eigenvalue, eigenvector | 特征值，特征向量 | a direction that is only stretched, and by how much |
# | edge of stability | 稳定性边界 | $2/\lambda_{\max}$ |
# | to diverge | 发散 | to fly apart |
# | condition number | 条件数 | $\lambda_{\max}/\lambda_{\min}$ |
# | convex | 凸的 | bends down nowhere |
# | standardised | 标准化的 | mean 0, standard deviation 1 |
# | local minimum | 局部极小值 | the ground rises in every direction |
# | saddle point | 鞍点 | it rises in some and falls in others |
# | plateau | 平台 | a stretch on which the cost hardly changes |
# | Newton's method | 牛顿法 | jump to where the local parabola is level |
# | quasi-Newton, BFGS | 拟牛顿法，BFGS | learn the inverse Hessian from gradients |
# | line search | 线搜索 | shorten a step until the cost falls |
# | central difference | 中心差分 | slope by going a little to both sides |
# | forward pass | 前向传播 | one computation of the network's answers |
