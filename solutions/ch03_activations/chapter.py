# %% [markdown]
# # 3 · Activation functions
#
# **About 85 minutes of reading, and 95 for the exercises.** It builds on [the
# neuron](../ch01_neurons/ch01_neurons.ipynb) and [the perceptron](../ch02_perceptron/ch02_perceptron.ipynb): weighted sums, steps, XOR.
#
# Afterwards you can
#
# - show with numbers, algebra and a picture why layers without an activation are worth one layer;
# - write the usual activations and their slopes so that no input makes them overflow;
# - measure how much of a small change survives ten layers, and say which activation loses it;
# - recognise a dead unit and explain how it died;
# - choose the activation of a hidden layer and of an output.

# %%
from itertools import pairwise
from timeit import repeat

import numpy as np

from annkit import check, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.activations import pictures as activation_pictures
from annkit.lessons.activations import dying_units
from annkit.lessons.activations import input_mean
from annkit.lessons.activations.explorer import activation_explorer
from annkit.lessons.activations.measurements import central_difference, chain, nudge_through

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_affine_shape import recall_affine_shape

# %%
from recall_rate_curve import recall_rate_curve

# %%
from recall_xor_layers import recall_xor_layers

# %% [markdown]
# ## 1 Ten layers that do the work of one
#
# Two layers of steps compute XOR; one layer can't. Two layers are therefore more than one. Are ten
# layers more than two? And what makes the difference, the weights or the step?
#
# Take the step out and look. Here are two layers that only weigh and sum, with one input $x$, two
# hidden units and one output. Rows are examples, as always:
#
# $$\begin{aligned}
# \text{hidden} &= (1\cdot x + 0,\;\; -2\cdot x + 3) \\
# \text{output} &= 4 \cdot \text{hidden}_1 + 1 \cdot \text{hidden}_2 - 1
# \end{aligned}$$

# %%
W1, b1 = np.array([[1.0, -2.0]]), np.array([0.0, 3.0])  # (1, 2) and (2,)
W2, b2 = np.array([[4.0], [1.0]]), np.array([-1.0])  # (2, 1) and (1,)

x = np.array([[1.0], [2.0], [3.0]])  # (3, 1): three examples, one feature
hidden = x @ W1 + b1  # (3, 2)
output = hidden @ W2 + b2  # (3, 1)
show.table(np.hstack([x, hidden, output]), ["x", "hidden 1", "hidden 2", "output"])

# %% tags=["author"]
assert output.ravel().tolist() == [4, 6, 8]

# %% [markdown]
# The outputs are 4, 6, 8. Each time $x$ grows by 1, the output grows by 2, so it is $2x + 2$. Seven
# numbers went into these two layers, and two numbers describe what they do.
#
# **The reason.** Write both layers in one line and multiply the bracket out:
#
# $$(x W_1 + b_1)\,W_2 + b_2 \;=\; x\,\underbrace{(W_1 W_2)}_{\text{one matrix}} +
# \underbrace{(b_1 W_2 + b_2)}_{\text{one bias}}$$
#
# With our numbers: $W_1 W_2 = 1\cdot4 - 2\cdot1 = 2$ and $b_1 W_2 + b_2 = 0\cdot4 + 3\cdot1 - 1 =
# 2$. The right-hand side is a single layer. And if any two neighbours can be merged, ten layers
# become nine, then eight, and in the end one.
#
# **The picture.** Take ten layers, six units wide, with random weights. All three curves have the
# same weights and differ only in the function between the layers: nothing, ReLU (0 below zero, $z$
# above), or tanh (an S from −1 to 1). Before you run the cell, predict which of the three will have
# corners, and which will be smooth.

# %%
rng = np.random.default_rng(5)
sizes = [1, *[6] * 9, 1]  # ten layers
layers = [  # n and m run through (1, 6), (6, 6), …, (6, 1)
    (rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in pairwise(sizes)
]


def stack(x, f):
    """Send x, (points,), through all layers with f between them; stretch the result to 0…1."""
    W, b = layers[0]
    z = x[:, None] @ W + b
    for W, b in layers[1:]:
        z = f(z) @ W + b
    return (z[:, 0] - z.min()) / np.ptp(z)


# %%
x = np.linspace(-3, 3, 201)
curves = {
    "nothing between": stack(x, lambda z: z),
    "ReLU between": stack(x, nn.ACTIVATIONS["relu"].f),
    "tanh between": stack(x, np.tanh),
}
show.lines(x, curves, "input x", "output, stretched to 0…1", "Ten layers, the same weights")

# %% [markdown]
# > **Myth: “activation functions remove the non-linearity.”** You can read this sentence in popular
# > articles, and you can test it. A straight line has no bend: the difference between neighbouring
# > differences is zero. Measure the largest bend of each curve:

# %%
bends = {name: np.abs(np.diff(y, 2)).max() for name, y in curves.items()}
show.table(bends.items(), ["between the layers", "largest bend"])

# %% tags=["author"]
assert bends["nothing between"] < 1e-14
assert min(bends["ReLU between"], bends["tanh between"]) > 5e-3

# %% [markdown]
# Without an activation the bend is zero up to rounding, in the fifteenth digit. With one it is not.
# Activations don't remove non-linearity. They are the *only* place it comes from. (One thing
# remains true: a deep stack of linear layers *learns* along another path than a single layer does
# [1]. But it can't *say* more.)
#
# This also settles XOR. If $g$ is a layer without an activation, then $g(0,0) + g(1,1) = g(0,1) +
# g(1,0)$: both sides are twice the bias plus both weights. XOR wants the left pair below zero and
# the right pair not, which no such $g$ can do, however many layers it is made of.

# %%
from linear_collapse import linear_collapse

# %%
from collapse_question import collapse_question

# %% [markdown]
# ## 2 The step, and why it is hard to teach
#
# Something bent must stand between the layers, then. The oldest candidate is the step of McCulloch
# and Pitts. You know it from chapter 2, and here it is as a function of arrays.

# %%
from step import step

# %% [markdown]
# Why not keep it? Because of how networks learn. Almost every method works like this: change a
# weight by a tiny amount, a **nudge**, see whether the answers get better or worse, and move the
# weight the better way. What counts is the **slope**: change of the result per change of the
# weight. You can measure a slope without any calculus: go a little to both sides and divide.
#
# $$\text{slope of } f \text{ at } z \;\approx\; \frac{f(z+h) - f(z-h)}{2h}$$
#
# This is a **central difference**. We take $h = 10^{-5}$ unless we say otherwise. From here on
# `central_difference(f, z, h)` does it for us.
#
# Try it on the smallest unit there is: one weight $w$, four examples, answer $f(w \cdot x)$. The
# *cost* is one number for how wrong the answers are, the mean of ½ (answer − target)². Every
# positive $w$ is fine for the step. Let us start at negative ones and see which activation tells us
# to go up.

# %%
x, target = np.array([-2.0, -1.0, 1.0, 2.0]), np.array([0.0, 0.0, 1.0, 1.0])  # four examples


def cost_of(w, name):
    """Mean of ½ (answer − target)² for the unit f(w · x)."""
    answers = nn.ACTIVATIONS[name].f(w * x)
    return 0.5 * np.mean((answers - target) ** 2)


learning, h = [], 1e-5
for w in (-2.0, -1.0, -0.5):
    for name in ("step", "sigmoid"):
        slope = (cost_of(w + h, name) - cost_of(w - h, name)) / (2 * h)
        learning.append((w, name, cost_of(w, name), slope))
show.table(learning, ["w", "activation", "cost", "slope of the cost in w"])

# %% tags=["author"]
assert [row[3] for row in learning if row[1] == "step"] == [0, 0, 0]
assert all(row[3] < 0 for row in learning if row[1] == "sigmoid")

# %% [markdown]
# The step is wrong about all four examples, and its slope says that there is nothing to do. A nudge
# changes no answer and therefore no cost. The sigmoid, the smooth relative you will meet in a
# moment, has a negative slope everywhere: raise $w$, and the cost falls.
#
# What about the one place where the step does move?

# %%
f = nn.ACTIVATIONS["step"].f
steepness = [
    (h, central_difference(f, 1.0, h), central_difference(f, 0.0, h)) for h in (0.1, 1e-3, 1e-5)
]
in_full = [(h, at_1, f"{at_0:.0f}") for h, at_1, at_0 in steepness]
show.table(in_full, ["h", "measured slope at z = 1", "measured slope at z = 0"])

# %% tags=["author"]
assert [row[1] for row in steepness] == [0, 0, 0]
np.testing.assert_allclose([row[2] for row in steepness], [5, 500, 50_000])

# %% [markdown]
# At $z = 0$ the measured slope is $1/(2h)$, which is 5, then 500, then 50 000. It depends on how
# closely you look, and it never settles. There is no slope. A function is **differentiable** at a
# point if the slope you measure settles on a number as $h$ shrinks, and on the same one whether you
# go to the left, to the right or to both sides. To learn by slopes we need a bend that has a slope,
# and a slope that isn't zero nearly everywhere.
#
# ## 3 The sigmoid
#
# The **sigmoid** (or logistic function) is a step with soft shoulders:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# Take $z = \ln 3$. Then $e^{-z} = \tfrac13$ and $\sigma = 1/(1+\tfrac13) = \tfrac34$: odds of three
# to one. For $z = 0$ it is ½, far to the left it nears 0, far to the right 1. It can be read as a
# probability.
#
# **How it breaks.** Computers store numbers up to a largest one. Watch the exponential near the
# edge, for numbers of 64 and of 32 bits:

# %%
with np.errstate(over="ignore"):  # we want to see the inf, not the warning
    wide = np.exp(np.array([709.78, 709.79]))
    narrow = np.exp(np.array([88.72, 88.73], dtype=np.float32))
near_the_edge = [
    ("float64", "709.78", wide[0]),
    ("float64", "709.79", wide[1]),
    ("float32", "88.72", narrow[0]),
    ("float32", "88.73", narrow[1]),
]
show.table(near_the_edge, ["numbers", "z", "exp(z)"])

# %% tags=["author"]
assert [np.isinf(row[2]) for row in near_the_edge] == [False, True, False, True]
assert round(float(np.log(np.finfo(np.float64).max)), 2) == 709.78
assert round(float(np.log(np.finfo(np.float32).max)), 2) == 88.72

# %% [markdown]
# Beyond $\ln(\text{largest number})$, 709.78 or 88.72, the result is `inf`. What does that do to a
# sigmoid? On paper there are two ways to write it. The second comes from multiplying top and bottom
# by $e^z$.

# %%
z = np.array([-1000.0, 0.0, 1000.0])
with np.errstate(over="ignore", invalid="ignore"):
    first, second = 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))
show.table(np.column_stack([z, first, second]), ["z", "1 / (1 + e^−z)", "e^z / (1 + e^z)"])

# %% tags=["author"]
assert first.tolist() == [0, 0.5, 1]
assert second[:2].tolist() == [0, 0.5]
assert np.isnan(second[2])

# %% [markdown]
# The first form gives the right value at −1000 by luck: 1/∞ is 0. NumPy would warn of the overflow;
# `errstate` silenced it here, which repairs nothing. The second gives NaN at 1000, since ∞/∞ is no
# number, and one NaN spreads through a whole network. Each form is safe on one side of zero. Yours
# should be safe on both. (`np.where(condition, this, that)` alone won't help: Python computes
# `this` and `that` for all of z first, and then `np.where` picks.)

# %%
from sigmoid import sigmoid

# %% [markdown]
# **Its slope.** By the chain rule, with $e^{-z}$ inside the bracket $(1+e^{-z})^{-1}$:
#
# $$\sigma'(z) = -1\cdot(1+e^{-z})^{-2}\cdot(-e^{-z}) = \frac{e^{-z}}{(1+e^{-z})^2}$$
#
# Split the fraction in two. The first factor is $\sigma$ itself, and the second is what $\sigma$
# is short of 1:
#
# $$\begin{gathered}
# \sigma'(z) = \frac{1}{1+e^{-z}}\cdot\frac{e^{-z}}{1+e^{-z}} = \sigma(z)\,\bigl(1-\sigma(z)\bigr), \\[4pt]
# \text{because}\quad \frac{e^{-z}}{1+e^{-z}} = \frac{1+e^{-z}-1}{1+e^{-z}} = 1-\sigma(z)
# \end{gathered}$$
#
# Don't take the algebra's word for it. Measure:

# %%
z = np.array([-2.0, 0.0, 1.0, 4.0])
derived = np.exp(-z) / (1 + np.exp(-z)) ** 2
measured = central_difference(nn.ACTIVATIONS["sigmoid"].f, z)
comparison = np.column_stack([z, derived, measured, np.abs(derived - measured)])
show.table(comparison, ["z", "derived", "measured", "gap"])

# %% tags=["author"]
assert np.abs(derived - measured).max() < 1e-10
assert derived.max() == derived[1] == 0.25

# %% [markdown]
# They agree to ten decimals. Note the largest slope, ¼, at $z = 0$. It will matter. (You can read that
# the sigmoid is useful because “small changes of x bring large changes of y”. At its steepest place, y
# changes by a quarter of what x does.)
#
# **A trap.** The formula contains $\sigma(z)$, so it is tempting to hand it the activation $a$ that
# you already have. In this course every `f_prime` takes the **pre-activation** $z$. Feed it $a$ by
# mistake, and nothing crashes: $a$ lies between 0 and 1, so the answer lies between 0.197 and 0.25,
# and the unit looks wide awake for ever.

# %% tags=["author"]
awake = nn.ACTIVATIONS["sigmoid"].f_prime(np.linspace(0, 1, 101))
assert (round(float(awake.min()), 3), awake.max()) == (0.197, 0.25)

# %%
from sigmoid_prime import sigmoid_prime

# %% [markdown]
# ## 4 A nudge goes through ten layers
#
# Now put sigmoids in a row, one unit per layer, each weight 1, no biases. Nudge the input of the
# first by a little and follow the nudge: how much of it comes out after ten layers? Start at the
# best place there is, $z = 0$. The next cell asks for your prediction and then opens the sliders.
# Once you have clicked one, the arrow keys move it.
#
# On the left you see the curve and its slope, by formula (dashed) and by measurement (circles); in
# the middle, what is left of the nudge after each layer; on the right, a layer of twelve units
# (columns) and twenty examples (rows), grey where the slope is below 0.01.

# %%
activation_explorer()

# %% [markdown]
# Each layer multiplies the nudge by its own slope (and by the weight, here 1), so after ten layers you
# have the *product of ten slopes*. That is the chain rule again. Here they are, from $z = 0$:

# %%
ten = chain(nn.ACTIVATIONS["sigmoid"], z=0.0)
layer_by_layer = np.column_stack([np.arange(1, 11), ten.z, ten.factors, ten.products])
show.table(layer_by_layer, ["layer", "z", "slope there", "left of the nudge"])

# %% tags=["author"]
np.testing.assert_allclose(ten.factors[:3], [0.25, 0.235, 0.227], atol=5e-4)
np.testing.assert_allclose(ten.products[-1], 3.9e-7, rtol=0.01)
end = np.array([0.0, 1e-3])
for _ in range(10):
    end = nn.ACTIVATIONS["sigmoid"].f(end)
np.testing.assert_allclose((end[1] - end[0]) / 1e-3, ten.products[-1], rtol=1e-3)

# %% [markdown]
# First a quarter is left, then 0.235 of that, then 0.227 of that, because the second unit no longer
# sits at 0 but at $\sigma(0) = 0.5$. At the end less than half a millionth is left. The first
# weight learns from what its nudges do to the output, and of each only $3.9\cdot10^{-7}$ gets
# there. This is the **vanishing gradient**. (Is the sigmoid to blame, or the weights of
# 1? You have a slider for each.)

# %% [markdown]
# Find out five things with the sliders above:
#
# - With the sigmoid, can a larger weight save the nudge? And a weight and a bias together?
# - Which activation hands the nudge on whole?
# - What do formula and measurement say about ReLU at $z = 0$?
# - How far must you push the twelve units until all of them are grey: ReLU, sigmoid, leaky ReLU?
# - SiLU, $z\,\sigma(z)$, is used in many large networks today. What does it do that none of the others
#   does?
#
# <details><summary>What you may have found</summary>
#
# A larger weight alone helps only at first. Each layer multiplies by weight · slope, but a large weight
# also drives $z$ to where the sigmoid is flat: weight 2 leaves $5.6\cdot10^{-6}$, weight 4 only
# $7\cdot10^{-10}$. Without a bias, no setting of the two sliders saves more than seven millionths. A bias
# can hold $z$ where the slope is: with weight 4 and bias −2 every $z$ is 0, each layer multiplies by
# $4\cdot\tfrac14 = 1$, and the nudge arrives whole. With weight 6 and bias −3 it is 1.5 ten times over, and
# the nudge comes out 58 times as large. ReLU with weight
# 1 hands the nudge on whole, wherever it is on; tanh does so at $z = 0$ and loses a little
# everywhere else. At the kink, the formula says 0 and the measurement ½; section 6 explains. A push
# of −4 silences all twelve ReLUs; at −8 one sigmoid is still awake, and the leaky ReLUs never go
# grey. SiLU looks like a ReLU with its corner rounded off, but it *falls* before it rises: left of
# −1.28 its slope is negative, down to −0.1, and right of 1.28 it is a little steeper than 1, up to
# 1.1. A push of −3 leaves all its units awake, where nine of the ReLUs are dead.
#
# </details>

# %% tags=["author"]
from annkit.lessons.activations.explorer import layer_sums
from annkit.lessons.activations.measurements import silent_units

chains = nn.ACTIVATIONS["sigmoid"]
starts, weights = np.linspace(-6, 6, 121), np.linspace(0, 6, 61)
most = max(chain(chains, z, w).products[-1] for z in starts for w in weights)
assert 6.9e-6 < most < 7.1e-6
np.testing.assert_allclose(chain(chains, 0.0, 2.0).products[-1], 5.6e-6, rtol=0.01)
np.testing.assert_allclose(chain(chains, 0.0, 4.0).products[-1], 7.2e-10, rtol=0.01)
assert chain(chains, 0.0, 4.0, -2.0).products[-1] == 1
assert round(chain(chains, 0.0, 6.0, -3.0).products[-1]) == 58
asleep = {
    name: silent_units(nn.ACTIVATIONS[name], layer_sums() + push).sum()
    for name, push in (("relu", -4.0), ("sigmoid", -8.0), ("leaky_relu", -8.0))
}
assert asleep == {"relu": 12, "sigmoid": 11, "leaky_relu": 0}
assert silent_units(nn.ACTIVATIONS["relu"], layer_sums() - 3.5).sum() < 12
from annkit.lessons.activations.silu import SILU

slopes_of_silu = SILU.f_prime(np.linspace(-10, 10, 2001))
assert (round(slopes_of_silu.min(), 1), round(slopes_of_silu.max(), 1)) == (-0.1, 1.1)
assert SILU.f_prime(-1.28) < 0 < SILU.f_prime(-1.27)
assert SILU.f_prime(1.27) < 1 < SILU.f_prime(1.28)
asleep_at_3 = [silent_units(one, layer_sums() - 3).sum() for one in (nn.ACTIVATIONS["relu"], SILU)]
assert asleep_at_3 == [9, 0], asleep_at_3

# %% [markdown]
# **A row of single units is a caricature.** Real layers are wide. So here are ten layers
# of 50 units, with 50 examples and a random nudge of the inputs. We measure the size of the change
# that comes out over the size of the change that went in. The weights are random, with a variance
# from 1/50 to 128/50, and each number is the median of twenty networks. **Predict**: does any of
# these variances let a nudge through ten layers of sigmoids?


# %%
def change_left(f, variance, seed):
    """How much of a small random change of the inputs is left after ten layers of 50 units."""
    rng = np.random.default_rng(seed)
    a, nudge = rng.normal(size=(50, 50)), 1e-6 * rng.normal(size=(50, 50))
    b = a + nudge
    for _ in range(10):
        W = rng.normal(size=(50, 50)) * np.sqrt(variance)
        a, b = f(a @ W), f(b @ W)
    return np.linalg.norm(b - a) / np.linalg.norm(nudge)


still_there, factors = [], (1, 2, 16, 128)
for name in ("sigmoid", "tanh", "relu", "leaky_relu"):
    f = nn.ACTIVATIONS[name].f
    runs = [[change_left(f, k / 50, seed) for seed in range(20)] for k in factors]
    still_there.append((name, *np.median(runs, axis=1)))
show.table(still_there, ["left of the nudge at variance", *(f"{k}/50" for k in factors)])

# %% tags=["author"]
expected = [[4.5e-7, 8.4e-6, 0.007, 1.2], [0.27, 1.1, 68, 5.9e3]]
expected += [[0.032, 1.0, 3.3e4, 1.1e9], [0.031, 1.0, 3.3e4, 1.1e9]]
np.testing.assert_allclose([row[1:] for row in still_there], expected, rtol=0.1)
sigma_, flat = nn.ACTIVATIONS["sigmoid"], []
for seed in range(20):  # the last layer's share of flat slopes, at variance 128/50
    rng = np.random.default_rng(seed)
    passed_on = rng.normal(size=(2, 50, 50))[0]
    for _ in range(10):
        sums = passed_on @ rng.normal(size=(50, 50)) * np.sqrt(128 / 50)
        passed_on = sigma_.f(sums)
    flat.append(np.mean(sigma_.f_prime(sums) < 0.01))
assert 0.45 < np.median(flat) < 0.6, np.median(flat)

# %% [markdown]
# Read the sigmoid's line from left to right. At the usual sizes a few ten-millionths or millionths
# survive, where tanh and ReLU do a hundred thousand times better. At 128/50 the whole nudge comes
# through. Half of the sigmoids are flat by then, but the steep ones make up for it. ReLU and tanh
# have **exploded** at these weights. “Sigmoids vanish” is only half of the truth. What decides is a
# *product of weight × slope*, layer after layer, and it has to stay near 1. For tanh and ReLU that
# takes weights of a variance near 2/50; for the sigmoid it takes large ones, or biases that hold it
# at its steep place. Chapter 11 takes it up.
#
# A unit on the flat part of its curve is called **saturated**. How many of them does a layer have?
# That is worth a function of its own, an instrument that you will use when a network doesn't learn.

# %%
from saturated_fraction import saturated_fraction

# %%
from saturation_question import saturation_question

# %% [markdown]
# > **A good place to stop for the day.** You know why something bent must stand between the layers,
# > and what it may cost. Tomorrow come the activations in use today, and how units die.
#
# ## 5 tanh, and why the middle matters
#
# The **hyperbolic tangent** is the sigmoid, stretched: $\tanh z = 2\,\sigma(2z) - 1$. It runs from
# −1 to 1 and its slope at 0 is $2\cdot2\cdot\tfrac14 = 1$. Take $z = \ln 2$: $\tanh z =
# (2-\tfrac12)/(2+\tfrac12) = 0.6$. Its slope, again by its own value, is $1 - \tanh^2 z$, here
# $0.64$.

# %% tags=["author"]
z = np.linspace(-4, 4, 33)
np.testing.assert_allclose(np.tanh(z), 2 * nn.ACTIVATIONS["sigmoid"].f(2 * z) - 1, atol=1e-15)
np.testing.assert_allclose(np.tanh(np.log(2)), 0.6)
# A 3-5-4-1 network of tanhs, and the network of sigmoids that computes the same.
rng, sigma = np.random.default_rng(0), nn.ACTIVATIONS["sigmoid"].f
(V1, c1), (V2, c2), (V3, c3) = (
    (rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in ((3, 5), (5, 4), (4, 1))
)
points = rng.normal(size=(7, 3))
with_tanh = np.tanh(np.tanh(points @ V1 + c1) @ V2 + c2) @ V3 + c3
inner = sigma(sigma(points @ (2 * V1) + 2 * c1) @ (4 * V2) + 2 * (c2 - V2.sum(axis=0)))
np.testing.assert_allclose(inner @ (2 * V3) + c3 - V3.sum(axis=0), with_tanh)

# %%
from tanh_prime import tanh_prime

# %% [markdown]
# The slope of 1 is one advantage, though only at the start. Each tanh is a stretched sigmoid, so a network of
# sigmoids, with larger weights and shifted biases, can compute exactly what a network of tanhs does. But learning
# begins with small weights, and there a tanh hands on nearly the whole of a nudge, a sigmoid a quarter.
#
# The other advantage is the middle: tanh is **zero-centred**, its outputs lie around 0. Why would the next layer
# care?
#
# Look at one unit behind a layer of sigmoids. Its inputs are all positive. One example changes
# weight $w_i$ by $-\text{rate}\cdot\text{miss}\cdot x_i$, where the *rate* says how far to go. That
# is much like the perceptron's rule: the slope of ½ miss² in $w_i$ is $\text{miss}\cdot x_i$. The
# *miss* (answer − target) is the same number for all the weights. All weights therefore go up
# together, or all go down together. If the goal is “first weight up, second weight down”, the path
# to it is a zigzag. Here is an experiment with a linear unit, two inputs and the goal (1, −1). Only
# the middle of the inputs differs. `input_mean.walk` starts at (0, 0) and corrects 60 times;
# `one_at_a_time` means that each correction looks at one example, as the perceptron does, and not
# at the mean over all. **Predict:** if nobody subtracts the ½, how many times as many steps does it
# take to get near the goal?

# %%
rng = np.random.default_rng(0)
behind_sigmoids = nn.ACTIVATIONS["sigmoid"].f(rng.normal(size=(200, 2)))  # (examples, inputs)
goal = np.array([1.0, -1.0])
paths = {
    "sigmoid outputs": input_mean.walk(behind_sigmoids, goal, 60, one_at_a_time=True),
    "the same, minus ½": input_mean.walk(behind_sigmoids - 0.5, goal, 60, one_at_a_time=True),
}
input_mean.walks(paths, goal)

# %% tags=["author"]
moves = np.sign(np.diff(paths["sigmoid outputs"], axis=0))
assert (moves[:, 0] == moves[:, 1]).all()
moves = np.sign(np.diff(paths["the same, minus ½"], axis=0))
assert 0.2 < np.mean(moves[:, 0] == moves[:, 1]) < 0.8

# %% [markdown]
# On the left every one of the sixty steps goes up and right or down and left. What does that cost?
# Count the steps until 1 % of the distance is left, with one example per step and, for a fair
# comparison, with all examples in every step.

# %%
counts = []
for n in (2, 10):
    z, goal = np.random.default_rng(0).normal(size=(200, n)), np.resize([1.0, -1.0], n)
    a = nn.ACTIVATIONS["sigmoid"].f(z)
    for name, inputs in (("sigmoid", a), ("sigmoid − ½", a - 0.5), ("tanh", np.tanh(z))):
        counts.append((n, name, *input_mean.steps_needed(inputs, goal)))
show.table(counts, ["inputs", "behind", "steps, one example each", "steps, all examples each"])

# %% tags=["author"]
assert [row[2] for row in counts] == [171, 37, 26, 667, 123, 115]
assert [row[3] for row in counts] == [31, 2, 2, 171, 5, 5]
together = input_mean.walk(behind_sigmoids, np.array([1.0, -1.0]), 31, one_at_a_time=False)
moves = np.sign(np.diff(together, axis=0))
assert (moves[:, 0] != moves[:, 1]).all()

# %% [markdown]
# With one example per step, centring saves a factor of about five. With all examples in every step
# it is 15 for two inputs and 34 for ten. How far should you trust this?
#
# - The zigzag explains the first column only. When all examples vote, the two weights of our unit
#   do move in opposite directions, and it is slow all the same: a common mean makes the landscape
#   of the cost a long, narrow valley. That is a matter of curvature, and chapter 6 is about it.
# - It is a price, not a verdict. The most used activation, which comes next, isn't zero-centred
#   either. You can subtract the mean elsewhere (chapter 11).

# %% [markdown]
# ## 6 ReLU: flat, then straight
#
# Remember the firing rate of the cell in chapter 1, which is nothing below the rheobase and then
# rises. The **rectified linear unit** is that curve with everything else left out:
# $\mathrm{relu}(z) = \max(z, 0)$. Its slope is 0 on the left and 1 on the right. A unit that is on
# hands a nudge on *undiminished*, however large $z$ is, since there is no flat end to run into on
# that side.

# %%
from relu import relu

# %%
from relu_prime import relu_prime

# %% [markdown]
# **And at the kink?** The formula of this course says 0. Measure it:

# %%
f = nn.ACTIVATIONS["relu"].f
at_the_kink = [(h, central_difference(f, 0.0, h)) for h in (1.0, 0.1, 1e-5)]
show.table(at_the_kink, ["h", "measured slope of ReLU at z = 0"])

# %% tags=["author"]
assert [row[1] for row in at_the_kink] == [0.5, 0.5, 0.5]

# %% [markdown]
# It is one half for every $h$, the mean of 0 on the left and 1 on the right. Here the measurement
# settles, and yet there is no slope: from the left you measure 0, from the right 1. The 0 is a
# *convention*, as good as ½ or 1, and it hardly ever matters, because $z$ is hardly ever exactly 0.
# It does matter when somebody compares formula and measurement, as you will in chapter 10: within
# $h$ of a kink the two disagree, and neither has a bug.
#
# > **Myth: “ReLU is two straight lines, so a ReLU network is linear too.”** If it were, no number
# > of ReLUs could make a corner. Test it on something real. A house is heated when it is below 15
# > °C outside and cooled when it is above 24 °C; between, it needs nothing. The power it takes,
# > against the temperature, has two kinks. Give a layer of eight ReLUs the temperature $T$, as
# > $(T - 18)/10$, and let the output be the *sum* of the eight. It learns as described above: measure the slope of the
# > cost in each of its 8 weights and 8 biases, take a step downhill, 300 times. (Why not plain °C? With
# > this rate the cost would start at 2790, and be above $10^{11}$ after three steps: the units of chapter 2.)

# %%
good = dying_units.train_house("relu", learning_rate=0.2)
dying_units.trainings({"ReLU, rate 0.2": good})

# %% tags=["author"]
in_degrees = dying_units.train_house("relu", learning_rate=0.2, n_steps=3, unit=(0.0, 1.0))
assert round(float(in_degrees.costs[0]), -1) == 2790, in_degrees.costs
assert in_degrees.costs[3] > 1e11, in_degrees.costs
assert round(float(good.costs[0]), 2) == 2.02
assert round(float(good.costs[-1]), 4) == 0.0008
assert good.dead[-1] == 5
kinks = {j: 18 - 10 * good.w[8 + j] / good.w[j] for j in range(8) if good.Z[:, j].max() > 0}
assert {j: round(float(kink), 1) for j, kink in kinks.items()} == {3: 15.5, 4: -3.6, 6: 25.9}
later = dying_units.train_house("relu", learning_rate=0.2, n_steps=1000)
at = [18 - 10 * later.w[8 + j] / later.w[j] for j in (3, 4, 6)]
np.testing.assert_allclose(at, [15.0, -5.0, 24.1], atol=0.05)

# %% [markdown]
# The cost falls from 2.02 to 0.0008, and the layer bends near the places where the house bends: at
# 15.5 °C (the house at 15) and at 25.9 °C (the house at 24). After 1000 steps it would be 15.0 and
# 24.1. The map on the right shows how. Unit 3 is on for cold days and became the heating; unit 6 is
# on for hot days and became the cooling. Unit 4 adds a little below −3.6 °C, where the house has no
# bend, and longer training pushes it out. A ReLU network is straight *piece by piece*, and where
# one piece ends and the next begins is learned. (“Non-linear” is often explained as “a degree above
# 1” or “curved”. ReLU is neither: wherever its slope exists, the slope of that slope is 0. One kink
# is enough.)
#
# ## 7 Units that die
#
# Look at that map again. Five of the eight units have a cross: they are off for *every* example.
# They contribute nothing. Their slope is 0 for every example, so that no nudge of their weights
# changes anything and they never move again. Such a unit is called **dead**. Here it does no harm,
# because two units would be enough for this house, one per bend, and three are alive. Write the
# detector:

# %%
from dead_units import dead_units

# %%
from dying_question import dying_question

# %% [markdown]
# ### Break it
#
# Change one thing: the learning rate, from 0.2 to 1. Everything else stays, the starting weights
# included. **Predict first**, in a sentence, on paper: what will the cost do? How many units will
# be dead?

# %%
broken = dying_units.train_house("relu", learning_rate=1.0)
dying_units.trainings({"ReLU, rate 1": broken})

# %%
first_steps = np.column_stack([np.arange(5), broken.costs[:5], broken.dead[:5]])
show.table(first_steps, ["step", "cost", "dead units"])

# %% tags=["author"]
np.testing.assert_allclose(broken.costs[:4], [2.0169, 1.1738, 0.2582, 0.2582], atol=5e-5)
assert broken.dead[:4].tolist() == [2, 3, 8, 8]
# Far enough from the kink that every measured slope is exactly 0.
assert broken.Z.max() < -0.01

# %% [markdown]
# After two steps all eight are dead. The cost stops at 0.258 and will stay there, which is what the
# answer “0 kW, whatever the weather” costs. Does it help to be sensible *now*? Go on from there
# with the good rate, and make the same accident with leaky ReLUs, whose slope on the left is 0.01:

# %%
regret = dying_units.train_house("relu", learning_rate=0.2, n_steps=1000, start=broken.w)
leaky = dying_units.train_house("leaky_relu", learning_rate=1.0)
afterwards = [
    ("ReLU, then 1000 steps at the good rate", regret.costs[-1], regret.dead[-1]),
    ("leaky ReLU, rate 1 from the start", leaky.costs[-1], leaky.dead[-1]),
]
show.table(afterwards, ["", "cost", "units off for all"])

# %%
dying_units.trainings({"leaky ReLU, rate 1": leaky})

# %% tags=["author"]
assert regret.costs[-1] == regret.costs[0]
assert round(float(regret.costs[-1]), 3) == 0.258
assert (leaky.dead[:4].tolist(), int(leaky.dead[-1])) == ([2, 3, 8, 8], 6)
assert round(float(leaky.costs[-1]), 4) == 0.0007
mild = slice(22, 27)  # 17 to 21 °C
assert dying_units.degree_days()[0][mild].tolist() == [17, 18, 19, 20, 21]
assert np.abs(leaky.answers[mild] + 0.1).max() < 0.005
assert (leaky.Z[mild] < 0).all()

# %% [markdown]
# A thousand sensible steps change nothing, to the last digit. The leaky layer had the same accident
# (after two steps its eight units were off as well) and got up again: the cost ends at 0.0007. Look
# at its answer between 17 and 21 °C, though: it is −0.1 kW, and no house gives power back. All
# eight units are off there, and their eight leaks, each below zero, add up. A leak has a price.
#
# One start is an anecdote, so here are twenty. With the rate 1, ten of twenty ReLU layers died
# completely, and with the rate 0.2 none did. All of twenty leaky layers with the rate 1 ended at a
# cost below 0.09. A leak doesn't turn a rate that is too large into a good one. It makes the
# accident one you can come back from. (At a rate of 3 neither of our two layers dies; both
# explode.)

# %% tags=["author", "long"]
last = {
    (name, rate): [dying_units.train_house(name, rate, seed=seed) for seed in range(20)]
    for name, rate in (("relu", 1.0), ("relu", 0.2), ("leaky_relu", 1.0))
}
assert sum(run.dead[-1] == 8 for run in last["relu", 1.0]) == 10
assert sum(run.dead[-1] == 8 for run in last["relu", 0.2]) == 0
assert max(run.costs[-1] for run in last["leaky_relu", 1.0]) < 0.09
for name in ("relu", "leaky_relu"):
    assert dying_units.train_house(name, 3.0, n_steps=20).costs[-1] > 1e6

# %%
from leaky_relu import leaky_relu

# %%
from leaky_relu_prime import leaky_relu_prime

# %% [markdown]
# Now put it into words. This one is read by a person.

# %%
from break_relu import break_relu

# %% [markdown]
# ## 8 Softmax: scores that share
#
# So far, one number has gone in and one has come out. The last layer of a classifier has one
# **score** per class (also called *logit*), and we would like probabilities: positive, and 1 in
# total. **Softmax** takes the exponential of every score and divides by the sum of the row:
#
# $$p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}$$
#
# The scores 2, 1, 0 become $e^2 = 7.39$, $e^1 = 2.72$ and $e^0 = 1$; the sum is 11.11; the shares
# are 0.665, 0.245 and 0.090. A score that is larger by 1 always gets $e \approx 2.72$ times the
# share. Only differences count.
#
# **A shift therefore changes nothing.** Add $c$ to every score of a row:
#
# $$\frac{e^{z_j + c}}{\sum_k e^{z_k + c}} = \frac{e^c\,e^{z_j}}{e^c \sum_k e^{z_k}} = \frac{e^{z_j}}{\sum_k e^{z_k}}$$
#
# That is true on paper. The computer has its limit at 709.78, and scores of a thousand do occur
# when training goes wrong. The usual remedy is to shift so that the largest score is 0. But which
# largest score? Here is a tempting version, with *one* shift for the whole batch of two rows:

# %%
scores = np.array([[2.0, 1.0, 0.0], [1002.0, 1001.0, 1000.0]])  # (2, 3): examples, classes


def shares(row, shift):
    """Softmax of one row, (classes,), shifted down first."""
    e = np.exp(row - shift)
    return e / e.sum()


with np.errstate(over="ignore", invalid="ignore"):
    plain = [shares(row, 0.0) for row in scores]
    one_shift = [shares(row, scores.max()) for row in scores]  # one maximum for both rows
versions = [
    ("no shift", plain[0][0], plain[1][0]),
    ("one shift for all", one_shift[0][0], one_shift[1][0]),
]
show.table(versions, ["version", "row 0, first share", "row 1, first share"])

# %% tags=["author"]
np.testing.assert_allclose(plain[0], [0.665, 0.245, 0.090], atol=5e-4)
np.testing.assert_allclose(np.exp([2.0, 1.0]), [7.39, 2.72], atol=5e-3)
assert round(float(np.exp([2.0, 1.0, 0.0]).sum()), 2) == 11.11
assert np.isnan(plain[1]).any()
assert np.isnan(one_shift[0]).all()
np.testing.assert_allclose(one_shift[1], plain[0])
np.testing.assert_allclose(nn.softmax(scores), [plain[0], plain[0]])

# %% [markdown]
# Both rows should give 0.6652. Without a shift the large row breaks. With one shift for all, the
# *harmless* row breaks: its exponentials are $e^{-1000}$ and below, all stored as 0, and 0/0 is
# NaN. One wild example spoils an innocent neighbour, and which neighbour that is depends on what
# else is in the batch. That is a bug you can hunt for days.

# %%
from softmax import softmax

# %% [markdown]
# Two remarks. With two classes and the scores $z$ and 0, softmax gives $e^z/(e^z+1)$, which is
# $\sigma(z)$: softmax is the sigmoid for many classes. It is also the only function of this chapter
# in which the units of a row see each other, so it has not one slope per unit but a whole matrix of
# slopes. That has to wait for chapter 8.

# %% tags=["author"]
z = np.linspace(-5, 5, 21)
both = nn.softmax(np.stack([z, np.zeros(21)], axis=1))
np.testing.assert_allclose(both[:, 0], nn.ACTIVATIONS["sigmoid"].f(z))

# %% [markdown]
# ## 9 Which one, where?
#
# By now you own every part of a row of units, activations and slopes. In section 4 you sent a nudge
# through ten sigmoids by slider, and measured it through whole layers. Now put your parts together
# and compute it, for any row.

# %%
from nudge_left import nudge_left

# %% [markdown]
# Five rows of ten units, with *your* functions where they have passed: sigmoids, tanhs, ReLUs and
# leaky ReLUs with the weight 1 and no bias, and the sigmoids with weight 4 and bias −2 that handed a
# nudge on whole in section 4. Nudge each at 0.5 and at −0.5. **Predict**: in which rows does the
# nudge arrive at 0.5, and in which at −0.5?

# %%
ours, names = nn.ACTIVATIONS, ("sigmoid", "relu", "leaky_relu", "tanh")
library = {name: ours[name].f for name in names[:3]}  # yours take their places
library |= {f"{name}_prime": ours[name].f_prime for name in names}

# %%
ten_units = (
    ("sigmoid", 1, 0),
    ("sigmoid", 4, -2),
    ("tanh", 1, 0),
    ("relu", 1, 0),
    ("leaky_relu", 1, 0),
)
starts = np.array([0.5, -0.5])
header = ["ten units of", "weight", "bias", "left at 0.5", "left at −0.5"]


def arrives(nudge_left, tanh=np.tanh, **own):
    """What ten units of a kind leave of a nudge, at two places."""
    own["tanh"] = tanh
    rows = [
        (name, w, b, *nudge_left(starts, [(w, b)] * 10, own[name], own[f"{name}_prime"]))
        for name, w, b in ten_units
    ]
    return show.table(rows, header)


with_own(arrives, nudge_left=nudge_through, **library)

# %% tags=["author"]
reached = [
    nudge_through(starts, [(w, b)] * 10, ours[name].f, ours[name].f_prime)
    for name, w, b in ten_units
]
expected = [[3.5e-7, 3.8e-7], [1, 0.0037], [0.223, 0.223], [1, 0], [1, 1e-20]]
np.testing.assert_allclose(reached, expected, rtol=0.01, atol=0)
for name, w, b in ten_units:
    np.testing.assert_allclose(
        nudge_through(0.5, [(w, b)] * 10, ours[name].f, ours[name].f_prime),
        chain(ours[name], 0.5 * w + b, w, b).products[-1],
    )

# %% [markdown]
# At 0.5, three rows pass the nudge on whole. At −0.5 none does, and these three fail in three
# different ways. ReLUs are off, leaks multiply (0.01, ten times over, is $10^{-20}$), and the bias of
# −2 puts the sigmoids in the right place only for 0.5. The tanhs keep a fifth on either side. No
# activation is safe by itself. What carries a nudge through is a row whose units stand where
# weight × slope is near 1, and the weights decide where they stand.
#
# One more reason is often given for ReLU: it costs so little. **Predict**: 1000 examples reach a layer
# with 64 inputs and 64 units. Which takes longest, the product of the two matrices, or one of the
# activations of its 64 000 sums?

# %%
rng = np.random.default_rng(0)
X, W = rng.normal(size=(1000, 64)), rng.normal(size=(64, 64)) / 8
z = X @ W
work = {
    "X @ W": lambda: X @ W,
    "ReLU": lambda: np.maximum(z, 0),
    "tanh": lambda: np.tanh(z),
    "sigmoid": lambda: 1 / (1 + np.exp(-z)),
}
times = [(name, 1e6 * min(repeat(do, number=1, repeat=50))) for name, do in work.items()]
show.table(times, ["computing", "best of 50 (µs)"])

# %% tags=["author"]
took = dict(times)
assert took["ReLU"] < min(took["tanh"], took["sigmoid"])

# %% [markdown]
# ReLU is the cheapest of the three: it only compares. Written as it stands, a sigmoid may take as long
# as the product. But the product grows with the number of inputs, and an activation doesn't: with
# 1000 of them the product does 16 times the work, and a choice of activation saves little.
#
# A hidden layer needs a bend and a slope that survives. An output must be able to *say the answer*.
#
# | place | take | because |
# |---|---|---|
# | hidden layer | ReLU, or a relative of it | slope 1 where it is on, cheap; watch the dead units |
# | hidden layer, small or recurrent | tanh | bounded and zero-centred; watch the saturation |
# | output: a number of any size | none (identity) | nothing may cut it off |
# | output: yes or no | sigmoid | one probability |
# | output: one class of C | softmax | C probabilities that sum to 1 |
# | anywhere you learn by slopes | not the step | its slope is 0 |

# %%
from output_question import output_question

# %% [markdown]
# All five on one page, for reference. Look at the dashed lines: where they lie on zero, nothing is
# learned.

# %%
with_own(activation_pictures.gallery, step=ours["step"].f, **library)

# %% [markdown]
# ## Recap
#
# | function | range | largest slope | what goes wrong | why you'd take it |
# |---|---|---|---|---|
# | step | 0 or 1 | 0 (none at the jump) | can't be taught by slopes | logic, thresholds |
# | sigmoid | 0 to 1 | ¼ at 0 | with weights of 1, $3.9\cdot10^{-7}$ is left after ten layers; overflow if written carelessly | a probability |
# | tanh | −1 to 1 | 1 at 0 | flat beyond ±3 | zero-centred |
# | ReLU | 0 and up | 1 for all $z > 0$ | units die and stay dead | nudges pass whole |
# | leaky ReLU | all numbers | 1 for all $z > 0$ | slope 0.01 on the left: ten in a row leave $10^{-20}$ | no unit is dead for good |
# | softmax | rows that sum to 1 | a matrix | overflow; one shift for all rows | classes |
#
# Close the notebook for a minute and say aloud: why are ten linear layers worth one? What happens
# to a nudge in ten sigmoids? How does a ReLU die, and what keeps it dead?
#
# ## What you built
#
# Thirteen functions: `step`, `sigmoid`, `sigmoid_prime`, `tanh_prime`, `relu`, `relu_prime`,
# `leaky_relu`, `leaky_relu_prime`, `softmax`, and four instruments, `linear_collapse`,
# `saturated_fraction`, `dead_units` and `nudge_left`. What passed is in your own module `my_ann.py`. In the next
# chapter you put activations between layers and send houses through them.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# McCulloch and Pitts had the all-or-nothing unit in 1943 [2]. The S-curve is older than any
# network: Verhulst found it in 1838 as the growth of a population that runs out of room, and called
# it *logistic* in 1845 [3]. It entered networks when learning by slopes did, most visibly with
# Rumelhart, Hinton and Williams in 1986 [4]. That error signals shrink on the way back was worked
# out for recurrent networks in the early nineties [5], and Glorot and Bengio measured it layer by
# layer in deep feed-forward ones in 2010 [6]. LeCun and colleagues explained in 1998 why centred
# inputs and a tanh learn faster [7]. The rectifier is in Householder's model of nerve nets in
# 1941 [8] and in Fukushima's layered network for vision in 1969 [9]; it became the standard after
# Nair and Hinton (2010) [10] and Glorot, Bordes and Bengio (2011) [11]. Maas, Hannun and Ng added
# the leak in 2013 [12]. The name softmax is Bridle's, 1990 [13]; the function is older than any network, too:
# Boltzmann used it in 1868 for the shares of molecules at each energy [13].
#
# **What this chapter does not explain.** A bend is necessary; which bends suffice? A famous answer:
# with one hidden layer, wide enough, every activation that isn't a polynomial (and not too wild)
# can come as close as you like to any continuous function on a closed, bounded region [14]. It says
# nothing about whether learning *finds* those weights, nor why ReLU and its smooth relatives, such
# as GELU [15], do so well in practice; that is known from experiments more than from theory. The
# experiments here are small on purpose: one house, one unit, random layers. Their numbers are exact
# for what they are, and only their direction carries over.
#
# <details><summary>References</summary>
#
# 1. A. M. Saxe, J. L. McClelland, S. Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*, ICLR 2014, arXiv:1312.6120
# 2. W. S. McCulloch, W. Pitts, *A logical calculus of the ideas immanent in nervous activity*, Bulletin of Mathematical Biophysics 5, 115–133, 1943
# 3. P.-F. Verhulst, *Notice sur la loi que la population suit dans son accroissement*, Correspondance mathématique et physique 10, 113–121, 1838; *Recherches mathématiques sur la loi d'accroissement de la population*, Nouveaux Mémoires de l'Académie Royale de Bruxelles 18, 1845
# 4. D. E. Rumelhart, G. E. Hinton, R. J. Williams, *Learning representations by back-propagating errors*, Nature 323, 533–536, 1986
# 5. S. Hochreiter, *Untersuchungen zu dynamischen neuronalen Netzen*, diploma thesis, TU München, 1991; Y. Bengio, P. Simard, P. Frasconi, *Learning long-term dependencies with gradient descent is difficult*, IEEE Transactions on Neural Networks 5, 157–166, 1994
# 6. X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*, AISTATS 2010
# 7. Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, *Efficient BackProp*, in: Neural Networks: Tricks of the Trade, Springer, 1998
# 8. A. S. Householder, *A theory of steady-state activity in nerve-fiber networks: I*, Bulletin of Mathematical Biophysics 3, 63–69, 1941
# 9. K. Fukushima, *Visual feature extraction by a multilayered network of analog threshold elements*, IEEE Transactions on Systems Science and Cybernetics 5, 322–333, 1969
# 10. V. Nair, G. E. Hinton, *Rectified linear units improve restricted Boltzmann machines*, ICML 2010
# 11. X. Glorot, A. Bordes, Y. Bengio, *Deep sparse rectifier neural networks*, AISTATS 2011
# 12. A. L. Maas, A. Y. Hannun, A. Y. Ng, *Rectifier nonlinearities improve neural network acoustic models*, ICML workshop on deep learning for audio, speech and language processing, 2013
# 13. L. Boltzmann, *Studien über das Gleichgewicht der lebendigen Kraft zwischen bewegten materiellen Punkten*, Wiener Berichte 58, 517–560, 1868; J. S. Bridle, *Probabilistic interpretation of feedforward classification network outputs, with relationships to statistical pattern recognition*, in: Neurocomputing, NATO ASI Series F 68, Springer, 1990
# 14. M. Leshno, V. Y. Lin, A. Pinkus, S. Schocken, *Multilayer feedforward networks with a nonpolynomial activation function can approximate any function*, Neural Networks 6, 861–867, 1993
# 15. D. Hendrycks, K. Gimpel, *Gaussian error linear units (GELUs)*, arXiv:1606.08415, 2016
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | activation function | 激活函数 | what a unit makes of its weighted sum |
# | pre-activation | 预激活值 | the weighted sum $z$, before the activation |
# | step function | 阶跃函数 | 1 where $z \ge 0$, else 0 |
# | sigmoid, logistic function | S 型函数，逻辑函数 | $1/(1+e^{-z})$ |
# | hyperbolic tangent | 双曲正切 | tanh, from −1 to 1 |
# | rectified linear unit (ReLU) | 修正线性单元 | $\max(z, 0)$ |
# | leaky ReLU | 带泄漏的修正线性单元 | slope 0.01 on the left |
# | softmax | softmax 函数（归一化指数函数） | scores become shares of 1 |
# | score, logit | 得分，对数几率 | what goes into sigmoid or softmax at the output |
# | slope, derivative | 斜率，导数 | change of the result per change of the input |
# | differentiable | 可微 | the measured slope settles as $h$ shrinks, the same on both sides |
# | central difference | 中心差分 | a slope measured by going a little to both sides |
# | saturation | 饱和 | being on the flat part of the curve |
# | vanishing gradient | 梯度消失 | nudges shrink from layer to layer |
# | zero-centred | 零中心化 | values that lie around 0 |
# | dead unit | 死亡神经元 | a ReLU that is off for every example |
# | kink | 折点 | where two straight pieces meet |
# | overflow | 上溢 | a result larger than the largest number that can be stored |
# | learning rate | 学习率 | how far a step goes, per unit of slope |
