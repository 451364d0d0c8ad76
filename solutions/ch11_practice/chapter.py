# %% [markdown]
# # 11 · Training in practice
#
# **About 110 minutes of reading, and 90 for the exercises.** A quarter of an hour of the reading
# goes to the clinic in section 9. There is a good place to stop for the day in the middle. It
# builds on [SGD](../ch07_sgd/ch07_sgd.ipynb) and
# [backpropagation](../ch10_backpropagation/ch10_backpropagation.ipynb).
#
# Afterwards you can
#
# - say what to look at first when a network doesn't learn, and what second and third;
# - derive how large the first weights must be, forward and backward, and measure it;
# - write clipping, L2, dropout, early stopping and batch norm, the way back included;
# - say of each remedy where it helps, where it hurts, and how you would find out;
# - choose a learning rate and a number of epochs by a procedure;
# - read a training dashboard, and tell fourteen conditions apart by their signs.
#
# After the imports come three questions to wake up what you know. They are not marked.

# %%
from dataclasses import replace
from itertools import pairwise

import numpy as np
import sympy as sp

from annkit import check, data, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.practice import drawn_examples as drawn
from annkit.lessons.practice import leakage, pictures
from annkit.lessons.practice.explorer import sick_network_clinic, training_dashboard
from annkit.lessons.practice.rates import chosen_rate, range_test
from annkit.lessons.practice.shifts import jumps
from annkit.lessons.practice.signal_sizes import signal_sizes
from annkit.lessons.practice.stacked import Recipe, train_runs
from annkit.lessons.practice.trials import compare, right_and_silent, treated
from annkit.nn.dropout import Dropout

# %%
from recall_guessing_cost import recall_guessing_cost

# %%
from recall_way_back import recall_way_back

# %%
from recall_two_variances import recall_two_variances

# %% [markdown]
# ## 1 It doesn't learn, and the gradient is right
#
# Three spirals, 300 points, and a network with ten hidden layers of 16 tanh units. Its first weights
# are small random numbers of both signs, of standard deviation 0.01. Train it for 50 epochs.

# %%
rng = np.random.default_rng(0)
X, labels = data.spirals(300, rng)  # (300, 2) and (300,)
tenfold = nn.Network([2, *[16] * 10, 3], hidden="tanh", init="small_normal", rng=rng)
verdict = nn.gradient_check(tenfold, X[:40], labels[:40], rng=np.random.default_rng(1))
diary = tenfold.fit(X, labels, n_epochs=50, learning_rate=0.3, rng=rng, progress=False)
print(f"gradient check, largest relative error: {verdict.worst:.0e}")
print(f"cost {diary.cost[0]:.2f} → {diary.cost[-1]:.2f}, right {tenfold.score(X, labels):.0%}")

# %% tags=["author"]
assert verdict  # all arrays agree
assert max(abs(cost - np.log(3)) for cost in diary.cost) < 0.006
assert abs(tenfold.score(X, labels) - 1 / 3) < 0.03

# %% [markdown]
# The gradient check finds nothing wrong (chapter 10 asked for less than $10^{-6}$), and yet the
# network learns nothing at all. **What do you look at first?** Write it down before you read on.
#
# Look at the number. 1.10 is $\ln 3$, the cost of saying ⅓, ⅓, ⅓ to everything, so the outputs
# don't depend on the inputs. Either the inputs don't get through to the outputs, or the error
# doesn't get back to the weights. Keep $z$ and $\delta$ of every layer, and compare their sizes:
# the picture that ended chapter 10, now for this network and in both directions. (*Size* means root
# mean square, here over 100 examples and 20 networks. A `Recipe` says how to build and train small
# networks; twenty of them run at once. This one gets 16 inputs, so that all its layers are alike.)

# %%
# spread: the number of inputs times the variance of a weight
quiet = Recipe((16, *[16] * 10, 3), hidden="tanh", spread=16 * 0.01**2)
z_sizes, delta_sizes = signal_sizes(quiet, 20, 100, np.random.default_rng(0))
caption = "In both directions, each hidden layer passes on a twenty-fifth of what it gets."
pictures.both_ways({"sd 0.01": (z_sizes, delta_sizes)}, caption)

# %% tags=["author"]
assert 24 < (z_sizes[0] / z_sizes[9]) ** (1 / 9) < 26
assert 24 < (delta_sizes[9] / delta_sizes[0]) ** (1 / 9) < 26
assert 56 < delta_sizes[10] / delta_sizes[9] < 60
assert 1e-15 < delta_sizes[0] / delta_sizes[-1] < 1e-14

# %% [markdown]
# Each hidden layer hands on a twenty-fifth of what it received, forward and backward. (Only the
# first step back, from three outputs, leaves less: a 58th.) The first layer hears less than
# $10^{-14}$ of the error. That is a **vanishing gradient**: it is right, and useless.
#
# The first question, then, is never “which remedy?” but “**where does the signal stop?**” The rest
# of this chapter follows the signal through the first weights, the steps and the inputs. Then, once
# the network learns, it asks whether it has learned the right thing.
#
# ## 2 Zero, equal, or at random?
#
# If small weights are bad, are zeros worse? And why at random? **Predict**: a 2-16-16-3 network
# starts with all weights 0, or all 0.5, or at random. After 100 epochs, how many *different* units
# are there in its first hidden layer?


# %%
def after_training(fill, n_epochs=100, seed=0):
    """Train from these first weights; return different hidden units and the share right."""
    net = nn.Network([2, 16, 16, 3], rng=np.random.default_rng(seed))
    if fill is not None:
        net.flat[:] = fill * net.is_weight  # biases stay 0
    order = np.random.default_rng(seed + 1)
    net.fit(X, labels, n_epochs=n_epochs, learning_rate=0.3, rng=order, progress=False)
    units = np.vstack([net.layers[0].W, net.layers[0].b]).T  # (16, 3): weights and bias
    return len(np.unique(units.round(9), axis=0)), net.score(X, labels)


starts = {"all 0": 0.0, "all 0.5": 0.5, "at random": None}
ends = [(name, *after_training(fill)) for name, fill in starts.items()]
columns = ["first weights", "different units of 16", "right"]
show.table(ends, columns, shares=["right"])

# %% tags=["author"]
assert [row[1] for row in ends] == [1, 1, 16]
for seed in range(20):
    assert [after_training(fill, 5, seed)[0] for fill in starts.values()] == [1, 1, 16], seed
assert abs(ends[0][2] - 1 / 3) < 0.02
assert 0.5 < ends[1][2] < 0.7
assert ends[2][2] > 0.97

# %% [markdown]
# From equal weights there is only one, whatever the seed. Units with the same weights compute the
# same activation, get the same delta and make the same step, so they stay sixteen copies of one unit
# for ever. Zeros are the worst case, since delta has only zeros to come back through. Chance breaks the
# **symmetry**. Biases may start at zero: the weights differ.
#
# ## 3 How large? A sum of 64 inputs
#
# A unit adds up 64 inputs of size 1, with independent weights of standard deviation 1. How large is
# $z$? In a sum of independent terms with mean 0 the *variances* add. Here 64 terms of variance 1
# make 64, and $z$ has the size 8. After ten such layers that is $8^{10}$, a billion. With weights
# of 0.01 it is 0.08 after one layer and $10^{-11}$ after ten. To keep the size, the weights need
# the variance 1/64.
#
# Does that hold for every kind of layer? Send noise through 30 hidden layers, 96 and 32 wide in turn,
# and its error back, with weights of variance 4/n, 2/n or 1/n. **Predict** which of them keeps the
# size through ReLUs, and how much is left at the end with 1/n.

# %%
widths = (32, *[96, 32] * 15, 10)
rules = {f"ReLU, {factor}/n": ("relu", factor) for factor in (4, 2, 1)}
rules["linear, 1/n"] = ("identity", 1)
signals = {
    name: signal_sizes(Recipe(widths, hidden=f, spread=spread), 20, 50, np.random.default_rng(0))
    for name, (f, spread) in rules.items()
}
caption = "n: inputs of a layer. A line that stays level is a signal that survives."
pictures.both_ways(signals, caption)

# %% tags=["author"]
kept = {name: z[30] / z[0] for name, (z, _) in signals.items()}
back = {name: delta[0] / delta[29] for name, (_, delta) in signals.items()}
assert 1.5e-5 < kept["ReLU, 1/n"] < 4e-5, kept
assert f"{2.0**-15:.0e}" == "3e-05"
assert 2e4 < kept["ReLU, 4/n"] < 4.5e4, kept
assert 0.5 < min(kept["ReLU, 2/n"], kept["linear, 1/n"]) < 2, kept
assert 0.5 < min(back["ReLU, 2/n"], back["linear, 1/n"]) < 2, back
assert back["ReLU, 1/n"] < 1e-4, back
assert back["ReLU, 4/n"] > 1e4, back
too_large = Recipe(widths, hidden="identity", spread=2)
grown, grown_back = signal_sizes(too_large, 20, 50, np.random.default_rng(0))
assert 2e4 < grown[30] / grown[0] < 4.5e4
assert grown_back[0] / grown_back[29] > 1e4

# %% [markdown]
# For linear layers the calculation was right: 1/n is level. For ReLUs it is 2/n.
#
# In symbols, with E for the mean over all draws: $z = \sum_i a_i w_i$ has $n_{in}$ inputs and
# independent weights with mean 0, so the products of different terms average to nothing, and
#
# $$\operatorname{E} z^2 = \sum_i \operatorname{E}a_i^2 \cdot \operatorname{Var} w
# = n_{in}\cdot\operatorname{Var} w\cdot\operatorname{E}a^2 .$$
#
# - **Linear, or tanh near 0**: $a$ is as large as the $z$ it was made from. The size is kept if
#   $n_{in}\operatorname{Var}w = 1$.
# - **ReLU**: $z$ is as often negative as positive, and the negative half becomes 0. So
#   $\operatorname{E}a^2 = \tfrac12\operatorname{E}z^2$, and $\operatorname{Var}w = 2/n_{in}$ makes up
#   for it. With $1/n_{in}$ each layer would halve the mean square.
# - **Backward**: $\delta_{prev} = (\delta W^\top)\odot f'(z)$ is a sum over the $n_{out}$ units
#   that an activation feeds. It takes $n_{out}\operatorname{Var}w = 1$ to keep delta, and again
#   twice as much for ReLU, half of whose slopes are 0. A sigmoid, whose slope is never above ¼,
#   would need at least sixteen times as much: hence the picture that ended chapter 10.
#
# Where $n_{in} \ne n_{out}$ you can't have both. Glorot and Bengio take the middle, $2/(n_{in} +
# n_{out})$ [1]. He and colleagues take $2/n_{in}$ [2] and leave the way back wrong by the factor
# $n_{out}/n_{in}$ in each layer. Multiply these factors along the network, and everything cancels
# but the first width and the last.
#
# Now you can read the picture. Thirty ReLUs with $1/n_{in}$ halve the mean square thirty times,
# which leaves $2^{-15}$ of the size, 3 parts in 100 000. With $4/n_{in}$ it is doubled as often,
# and delta grows just as fast on its way back: an **exploding gradient**. With $2/n_{in}$ nothing
# is lost; but through linear layers, which cut nothing off, $2/n_{in}$ grows as $4/n_{in}$ does
# here. The zigzag on the way back is the factor $n_{out}/n_{in}$, which is wrong in every layer and
# yet does no lasting harm.
#
# Now write all this down as three functions. The first two differ in one number, the variance; the
# third draws the weights of every layer by the second. Take your time over the first, and the
# others will be quick.

# %%
from xavier_init import xavier_init

# %%
from he_init import he_init

# %%
from init_params import init_params

# %%
from spread_question import spread_question

# %% [markdown]
# > ### Myth: “start with weights between 0 and 1”
# >
# > All such weights push the same way. With 64 inputs the sum has the mean $64\cdot\tfrac12\,\bar
# > a$, so each ReLU layer multiplies by 32, which makes $10^{15}$ after ten. Sigmoids are flat from
# > the second layer on. **Weights out of range** means this and nothing else: out of the range that
# > $n_{in}$ allows. No range is right for all layers.
#
# ## 4 When a step explodes
#
# Even with good first weights a single example can make a step explode. Say one point out of 150
# was mistyped and is a thousand times too large. Whenever its batch comes up, all the weights are
# thrown about.
#
# There is a seat belt for such steps. Measure the length of the *whole* gradient, all layers
# together, and if it exceeds a limit, shorten all of it by one factor. The direction stays the
# same. (Cutting each entry at ±1 would turn $(100, 1)$ into $(1, 1)$, another direction.)
# **Predict**: does a tighter belt make you safer?

# %% tags=["author"]
signal_in = np.abs(np.random.default_rng(0).normal(size=(100, 64)))
rectified, squashed = signal_in, signal_in
for depth in range(10):
    W = np.random.default_rng(depth).random((64, 64))
    rectified = np.maximum(rectified @ W, 0)
    squashed = 1 / (1 + np.exp(-(squashed @ W)))
    assert depth == 0 or (squashed * (1 - squashed)).max() < 1e-4
assert 14.5 < np.log10(rectified.mean() / signal_in.mean()) < 15.5

# %%
n_runs = 20
rng = np.random.default_rng(11)
spirals = drawn.draw(data.spirals, n_runs, 150, rng)  # X (20, 150, 2), labels (20, 150)
new_spirals = drawn.draw(data.spirals, n_runs, 300, rng)
mistyped = spirals[0].copy()
mistyped[:, 0] *= 1000  # the first point of every run

plain = Recipe((2, 16, 16, 3), learning_rate=0.3, batch_size=25, n_epochs=40)
belts = {"none": plain} | {str(most): replace(plain, max_norm=most) for most in (1.0, 0.1)}
typo = compare(belts, (mistyped, spirals[1]), new_spirals)
clean = compare(belts, spirals, new_spirals)
belted = [(name, typo[name].right, typo[name].score, clean[name].right) for name in belts]
columns = ["limit", "right, one mistyped", "runs better : worse", "right, all clean"]
show.table(belted, columns, shares=[columns[1], columns[3]])

# %% tags=["author", "long"]
assert 0.7 < typo["none"].right < 0.86
lost = train_runs(plain, (mistyped, spirals[1]), new_spirals, np.random.default_rng(0)).valid[-1]
assert 1 <= (lost < 0.5).sum() <= 8
assert typo["1.0"].right > 0.96
assert typo["1.0"].better > typo["1.0"].worse
assert abs(clean["1.0"].right - clean["none"].right) < 0.004
assert max(typo["0.1"].right, clean["0.1"].right) < 0.85
assert clean["0.1"].worse == 20

# %% [markdown]
# One mistyped point costs some twenty percentage points on average, because in a few of the twenty
# runs the network never recovers. A limit of 1 undoes nearly all of the harm, and on clean data it
# costs nothing. But a limit of 0.1 does as much harm as the typo did. It shortens *every* step, and
# becomes a learning rate that nobody chose. Look at how long gradients usually are, and put the
# limit above that. (In the library: `fit(…, max_norm=1.0)`.) Better still, find the typo: a belt is
# no reason to drive into walls.

# %%
from clip_gradients import clip_gradients

# %% [markdown]
# ## 5 Inputs, and the units they kill
#
# The sum of section 3 began with inputs of size 1. If they are of another size, the first layer is
# wrong however well its weights were drawn. Take 100 handwritten digits of 8 × 8 pixels, whose
# brightness runs from 0 to 16. Train on that, on the same divided by 16, or with each pixel
# *standardised* to mean 0 and spread 1. **Predict** the order of the three. (A unit is called
# *silent* if its slope is nearly 0 for the whole batch.)

# %%
splits = drawn.digit_splits(n_runs, 100, 300, np.random.default_rng(15))
(ink, digit), (new_ink, new_digit) = splits
versions = {
    "0 … 1": (ink / 16, new_ink / 16),
    "0 … 16": (ink, new_ink),
    "each pixel standardised": drawn.standardised(ink, new_ink),
}
reader = Recipe((64, 16, 10), learning_rate=0.3, batch_size=25, n_epochs=40)
reading = {
    name: right_and_silent(reader, (A, digit), (B, new_digit)) for name, (A, B) in versions.items()
}
small = reading["0 … 1"][0]  # shares right, (20,)
rows = [(name, a.mean(), (a > small).sum(), silent) for name, (a, silent) in reading.items()]
columns = ["brightness", "right on new digits", "runs better than 0 … 1", "silent units at the end"]
show.table(rows, columns, shares=[columns[1], columns[3]])

# %% tags=["author", "long"]
(sixteenth, _), (raw, silent), (by_pixel, _) = reading.values()
assert raw.mean() < 0.14
assert silent > 0.95, silent
np.testing.assert_allclose([sixteenth.mean(), by_pixel.mean()], [0.87, 0.851], atol=0.015)
assert (by_pixel > sixteenth).sum() <= 6
largest = np.abs(versions["each pixel standardised"][1]).max()
assert 100 < largest < 250, largest

# %% [markdown]
# **Raw, it never learns.** The first steps are far too long, and they throw weights and biases so
# far that no example lifts a unit above 0. Where the slope is 0 nothing comes back: these **dying
# units** (chapter 3) stay dead. Dead units have one of three causes: steps too long, inputs too
# large, weights out of range. Mend the cause; a leaky ReLU only keeps the patient breathing.
#
# **Standardising is no law either.** It beats plain division in only a few of the twenty runs. Some
# pixels at the rim are blank in nearly all of the 100 examples. Their spread is tiny, and dividing
# by it blew up a faint stroke in a new digit to more than 100. Standardise where columns have
# different units, like area and distance; leave alone what is on a common scale already.
#
# In both cases mean and spread come from the *training* part alone. What you do with the rest of
# the data must be decided before you look at it. The first step is therefore a split.

# %%
from split import split

# %% [markdown]
# > **A good place to stop for the day.** You can make a network learn. Tomorrow you will ask
# > whether it has learned the right thing.
#
# ## 6 It learns. The right thing?
#
# Here are 60 examples in three classes. Two of their 14 inputs say something about the class, twelve
# are noise, and one label in ten is wrong. Watch the cost on the examples, and on 300 new ones
# (“validation”).

# %%
few, few_labels = drawn.noisy_clouds(60, 12, np.random.default_rng(3))  # (60, 14), (60,)
new, new_labels = drawn.noisy_clouds(300, 12, np.random.default_rng(4))
eager = nn.Network([14, 32, 32, 3], rng=np.random.default_rng(0))
memory = eager.fit(few, few_labels, n_epochs=60, batch_size=20, learning_rate=0.2, progress=False,
                   validation=(new, new_labels), rng=np.random.default_rng(1))  # fmt: skip
print(
    f"right: {eager.score(few, few_labels):.0%} of the 60, {eager.score(new, new_labels):.0%} of the new ones"
)
memory

# %% tags=["author"]
assert eager.score(few, few_labels) == 1
assert 0.70 < eager.score(new, new_labels) < 0.735
assert 2 <= int(np.argmin(memory.validation_cost)) + 1 <= 8
assert memory.validation_cost[-1] > 1.5 * min(memory.validation_cost)
assert memory.cost[-1] < 0.02
for seed in range(20):
    shown = drawn.noisy_clouds(60, 12, np.random.default_rng([seed, 0]))
    unseen = drawn.noisy_clouds(300, 12, np.random.default_rng([seed, 1]))
    other = nn.Network([14, 32, 32, 3], rng=np.random.default_rng(seed))
    course = other.fit(*shown, n_epochs=60, batch_size=20, learning_rate=0.2, progress=False,
                       validation=unseen, rng=np.random.default_rng(1))  # fmt: skip
    assert other.score(*shown) == 1
    assert 0.6 < other.score(*unseen) < 0.86
    assert course.validation_cost[-1] > 1.1 * min(course.validation_cost)

# %% [markdown]
# In the end it is right about all 60, wrong labels included, and about 72 % of the new ones (61 to
# 85 % in 20 other draws). Their cost has been rising since the first few epochs: the network gets
# surer and surer of things that aren't so. That is **overfitting**. There are three classic remedies:
#
# - **L2, a price on large weights**: add $\tfrac12\lambda\sum W^2$ to the cost, so that each weight
#   is pulled towards 0 in proportion to its size. Biases pay nothing, since they only shift.
# - **Early stopping**: hold examples back, and stop when their cost hasn't improved for some epochs,
#   your *patience*. Keep the weights of the best epoch, not the last.
# - **Dropout**: in every step, switch each hidden unit off with a probability $r$, so that none can
#   rely on its neighbours.
#
# (In the library: `fit(…, l2=0.01, dropout=0.2, validation=(X, y), patience=10)`.)

# %% tags=["author"]
calm = nn.Network([14, 32, 32, 3], rng=np.random.default_rng(0))
stopped = calm.fit(few, few_labels, n_epochs=60, batch_size=20, learning_rate=0.2, progress=False,
                   l2=0.01, dropout=0.2, validation=(new, new_labels), patience=10,
                   rng=np.random.default_rng(1))  # fmt: skip
assert len(stopped.cost) < 60
assert calm.score(new, new_labels) > eager.score(new, new_labels)
assert min(stopped.validation_cost) < memory.validation_cost[-1] - 0.3

# %%
from l2_cost import l2_cost

# %%
from l2_gradients import l2_gradients

# %% [markdown]
# What does dropout do to a unit? Say it has $a = 3$, and half of the time it is off. What comes
# next would see 1.5 on average while training, and 3 afterwards. The survivors are therefore scaled
# up by $1/(1-r)$, here to 6, and the mean is right: $\tfrac12\cdot6 + \tfrac12\cdot0 = 3$. The
# variance is not: $\tfrac12\cdot(6-3)^2 + \tfrac12\cdot(0-3)^2 = 9$. In general
#
# $$\begin{aligned}
# \text{mean} &= (1-r)\cdot\frac{a}{1-r} = a, \\
# \text{variance} &= (1-r)\frac{a^2}{(1-r)^2} - a^2 = \frac{r}{1-r}\,a^2 .
# \end{aligned}$$
#
# The noise grows with the square of the activation: an active unit is shaken, a quiet one hardly.
# On the way back, delta is multiplied by the same mask; that is why your function will return it.

# %%
from dropout import dropout

# %%
a, r = np.array([0.2, 1.0, 3.0]), 0.5


def switched_off(a, rate, rng, training):
    """The library's dropout, called like yours."""
    mask = Dropout(rate, rng).mask(a)
    return a * mask, mask


def shaken(dropout):
    """Mean and variance of three activations that are switched off half of the time."""
    noisy, _ = dropout(np.tile(a, (100_000, 1)), r, np.random.default_rng(0), True)
    rows = zip(a, noisy.mean(axis=0), noisy.var(axis=0), r / (1 - r) * a**2, strict=True)
    header = ["a", "mean", "variance", "r/(1 − r) · a²"]
    return show.table(rows, header, "Both formulas, measured with 100 000 masks.")


with_own(shaken, dropout=switched_off)

# %% tags=["author"]
shaken_a, _ = switched_off(np.tile(a, (100_000, 1)), r, np.random.default_rng(0), True)
np.testing.assert_allclose(shaken_a.mean(axis=0), a, rtol=0.02)
np.testing.assert_allclose(shaken_a.var(axis=0), a**2, rtol=0.02)

# %% [markdown]
# Do they help? Three networks, 20 runs each, judged on new examples that decided nothing: the one
# above; one that tells two circles apart from 60 points, with one label in ten wrong and no useless
# input; and the spirals of section 4, all labels right. **Predict** which remedies help which of
# them. (The cell trains 240 networks, which may take a quarter of a minute.)

# %%
sizes = (60, 60, 300)  # to train, to stop and to judge
clouds = drawn.in_three(drawn.noisy_clouds, n_runs, sizes, 12, np.random.default_rng(17))
rings = drawn.in_three(drawn.noisy_rings, n_runs, sizes, np.random.default_rng(12))
stopping_spirals = drawn.draw(data.spirals, n_runs, 60, np.random.default_rng(19))
spiral_parts = spirals, stopping_spirals, new_spirals
noisy = Recipe((14, 32, 32, 3), learning_rate=0.2, batch_size=20, n_epochs=60)
circled = replace(noisy, sizes=(2, 8, 8, 2), learning_rate=0.3, n_epochs=200)
networks = {
    "useless inputs": (noisy, clouds),
    "both inputs needed": (circled, rings),
    "no label wrong": (replace(plain, n_epochs=60), spiral_parts),
}
doses = {"L2, λ = 0.03": {"l2": 0.03}, "dropout, r = 0.5": {"dropout": 0.5}}
verdicts = {name: treated(recipe, doses, parts, 3) for name, (recipe, parts) in networks.items()}
for name, found in verdicts.items():
    paid = (f"{remedy.partition(',')[0]} {one.cost:.2f}" for remedy, one in found.items())
    print(f"cost on new examples, {name}: {', '.join(paid)}")
pictures.remedies(verdicts, "In brackets: runs better : runs worse than without a remedy.")

# %% tags=["author", "long"]
ways = ("none", "L2, λ = 0.03", "dropout, r = 0.5", "early stopping, patience 3")
useless, needed, honest = ([found[way] for way in ways] for found in verdicts.values())
np.testing.assert_allclose([one.right for one in useless], [0.763, 0.813, 0.815, 0.737], atol=0.012)
np.testing.assert_allclose([one.right for one in honest], [0.99, 0.766, 0.842, 0.971], atol=0.009)
assert min(one.better for one in useless[1:3]) >= 17
assert min(one.worse for one in honest[1:3]) == 20
assert useless[3].worse >= 14
assert all(found[3].right < found[0].right for found in (useless, needed, honest))
np.testing.assert_allclose([honest[0].cost, honest[3].cost], [0.044, 0.086], atol=0.012)
np.testing.assert_allclose([useless[0].cost, useless[3].cost], [1.04, 0.75], atol=0.03)
from annkit.lessons.practice.trials import kept_epochs

cloud_training, stopping, judging = clouds
watched, asked = (
    train_runs(noisy, cloud_training, held, np.random.default_rng(0))
    for held in (stopping, judging)
)
by_share = asked.valid[kept_epochs(1 - watched.valid, 3), np.arange(n_runs)]
np.testing.assert_allclose([by_share.mean(), asked.valid[-1].mean()], [0.717, 0.763], atol=0.012)
assert (by_share < asked.valid[-1]).sum() >= 14
assert needed[2].right < needed[0].right - 0.015
assert needed[2].worse >= 12 > 8 >= needed[2].better
assert max(one.right for one in needed[1:]) < needed[0].right
assert max(one.cost for one in needed[1:]) < needed[0].cost - 0.03

# %% [markdown]
# On the left L2 and dropout help in nearly all runs. On the right *the same doses* hurt in all
# twenty, because the spirals need large weights and none of their labels is wrong. Nothing on the
# label of a remedy says which panel you are in. Held-back examples do.
#
# Early stopping holds a surprise. On the left it lowers the *cost* on new examples from 1.04 to
# 0.75, and yet fewer of the answers are right. Memorising had made the network sure of itself, and
# each miss expensive, but it had also learned a little more. If you want honest probabilities, stop
# by cost. If only the answers count, stopping by the *share right* sounds better, and isn't: with
# the same patience it ends at 72 %, training to the end at 76 %. On 60 held-back examples a share
# moves by jumps and stands still for epochs, and a short patience gives up. On the right, where no
# label is wrong, it hurts by both: it stops too early, and the cost doubles to 0.09.
#
# > ### Myth: “dropout cures overfitting”
# >
# > On the left it did. In the middle, too, the network has learned wrong labels by heart, and
# > dropout makes about two runs in three worse: where every input matters, noise in the units is
# > mostly noise. All three remedies make that network less sure of itself, and its cost falls. None
# > makes it right more often.

# %%
from early_stopping import early_stopping

# %%
from dropout_question import dropout_question

# %% [markdown]
# ## 7 Batch norm
#
# Section 3 set the size of $z$ once, before the first step. Why not set it at *every* step? Batch
# norm does. Each unit's $z$ is standardised over the batch, column by column, then stretched by γ
# and shifted by β, which are learned. After training, running means take the place of the batch's
# own.

# %%
from batchnorm_forward import batchnorm_forward

# %% [markdown]
# The way back is the hardest of this course, because *each* $z$ of a column moves mean and spread,
# and these move *every* $\hat z$. Take it in steps, with a column of $n$ numbers, mean $\mu$, spread
# $s = \sqrt{\operatorname{Var} + \varepsilon}$ and $\hat z_i = (z_i - \mu)/s$. Nudge $z_j$ alone:
#
# 1. The mean moves by an $n$-th of it: $\partial\mu/\partial z_j = 1/n$.
# 2. The spread moves by $\partial s/\partial z_j = \hat z_j/n$: the numbers that lie far out
#    stretch it most.
# 3. So $\hat z_i$ hears the nudge up to three times: itself (if $i = j$), through the mean, and
#    through the spread. With the quotient rule
#
# $$\frac{\partial \hat z_i}{\partial z_j}
# = \frac1s\Bigl([i = j] - \frac1n - \frac{\hat z_i\,\hat z_j}{n}\Bigr),$$
#
# where $[i=j]$ is 1 for the number's own $\hat z$ and 0 for the others. What is left is the chain
# rule: $z_j$ collects over *all* $i$ what arrives at $\hat z_i$. Two of the three sums are means of
# a column. Write them as such, and the whole column comes out at once. Here is a sign that you have
# it right: nothing changes if all $z$ move together, so each column of your result must sum to
# zero.
#
# Trust none of this. SymPy checks the three steps for a column of three; a difference of 0 means
# that both sides agree for *all* numbers:

# %%
z1, z2, z3 = z = sp.symbols("z1:4", real=True)
eps = sp.Symbol("epsilon", positive=True)
mean = (z1 + z2 + z3) / 3
s = sp.sqrt(sum((v - mean) ** 2 for v in z) / 3 + eps)
z_hat = [(v - mean) / s for v in z]
own = (1 - sp.Rational(1, 3) - z_hat[0] * z_hat[0] / 3) / s
other = (0 - sp.Rational(1, 3) - z_hat[0] * z_hat[1] / 3) / s
print("step 1:         ", sp.diff(mean, z1) - sp.Rational(1, 3))
print("step 2:         ", sp.simplify(sp.diff(s, z1) - z_hat[0] / 3))
print("step 3, own:    ", sp.simplify(sp.diff(z_hat[0], z1) - own))
print("step 3, another:", sp.simplify(sp.diff(z_hat[0], z2) - other))

# %% tags=["author"]
assert sp.simplify(sp.diff(s, z1) - z_hat[0] / 3) == 0
assert sp.simplify(sp.diff(z_hat[0], z1) - own) == 0
assert sp.simplify(sp.diff(z_hat[0], z2) - other) == 0

# %%
from batchnorm_backward import batchnorm_backward

# %% [markdown]
# **Where it helps, and why.** Twelve hidden layers on the spirals, with and without. When batch
# norm was proposed, the reason given was *internal covariate shift*: each layer has to chase inputs
# whose distribution keeps moving, and batch norm holds them still [3]. That can be tested [4].
# Shake the distributions on purpose: after batch norm, give each unit a random shift and stretch,
# anew in every step. If stillness were the reason, the shaken network should be as bad as the one
# without batch norm. **Predict** which of the two it will resemble.

# %%
deep = Recipe((2, *[16] * 12, 3), learning_rate=0.1, batch_size=25, n_epochs=40)
normed = replace(deep, batch_norm=True)
variants = {"without": deep, "batch norm": normed, "shaken": replace(normed, jitter=0.2)}
trial = compare(variants, spirals, new_spirals)
jumping = [
    (name, jumps(variants[name], spirals, 60, np.random.default_rng(0)), one.right, one.score)
    for name, one in trial.items()
]
columns = ["", "jump of a mean per step (in sd)", "right", "runs better : worse"]
show.table(jumping, columns, shares=["right"])

# %% tags=["author", "long"]
np.testing.assert_allclose([row[1] for row in jumping], [0.22, 0.005, 0.23], atol=0.02)
plain_right, still_right, shaken_right = (row[2] for row in jumping)
np.testing.assert_allclose([still_right, shaken_right], [0.97, 0.957], atol=0.02)
assert plain_right < shaken_right - 0.1  # 20 runs without: 0.75 … 0.80, by the kernel of the BLAS
assert min(trial["batch norm"].better, trial["shaken"].better) >= 17

# %% [markdown]
# With its means jumping about *as much as without batch norm*, the shaken network trains nearly as
# well as the still one. Stillness, then, is not the reason. Santurkar and colleagues found instead
# that the cost becomes smoother, and larger steps stay safe [4]. The matter is not closed, but the
# sentence in most tutorials has been tested and didn't hold.
#
# **How small may a batch be?** **Predict** what happens with batches of 4, 2 and 1 to a 2-16-16-3
# network that learns well without it. (Batches of one take thousands of steps: on a slow machine
# this cell needs half a minute or more.)

# %%
by_batch = []  # a smaller batch gets shorter steps
for size in (25, 4, 2, 1):
    short = replace(plain, batch_size=size, learning_rate=min(0.3, 0.02 * size), n_epochs=15)
    pair = {"without": short, "with": replace(short, batch_norm=True)}
    without, with_it = compare(pair, spirals, new_spirals).values()
    by_batch.append((size, without.right, with_it.right, with_it.score))
columns = ["batch", "right, without", "right, with batch norm", "runs better : worse"]
show.table(by_batch, columns, shares=columns[1:3])

# %% tags=["author", "long"]
np.testing.assert_allclose([row[1] for row in by_batch], [0.859, 0.949, 0.95, 0.947], atol=0.02)
np.testing.assert_allclose([row[2] for row in by_batch], [0.968, 0.73, 0.62, 0.33], atol=0.035)
assert int(by_batch[0][3].split(" : ")[0]) >= 17
assert [row[3] for row in by_batch[1:]] == ["0 : 20"] * 3

# %%
from batchnorm_question import batchnorm_question

# %% [markdown]
# Does batch norm always help? Here it does for batches of 25, in nearly all of the twenty runs, and
# it doesn't for the small ones, in all twenty. The mean and spread of a few numbers are bad
# estimates. With a batch of one every $\hat z$ is 0, and nothing can be learned.
#
# ## 8 How fast, how long, how deep: procedures
#
# **How large a learning rate?** “0.01” is an answer for somebody else's network. To find yours, one
# short run is enough. Let the rate grow from step to step, by a constant factor, and watch the cost
# of the next batch. Where it is lowest, the steps are about to become too long. Begin with a third
# of that rate. Then train briefly with three times as much and with a third, and keep what does
# best on held-back examples. Below are 20 runs of two networks on the spirals. On the left is the
# short run, with a third of the rate at its lowest cost, on the right what 30 epochs make of five
# rates.

# %%
tried = (0.01, 0.03, 0.1, 0.3, 1.0)
layers = {"2 hidden layers": (2, 16, 16, 3), "8 hidden layers": (2, *[16] * 8, 3)}
tests, third, ladder = {}, {}, {}
for name, widths in layers.items():
    brief = Recipe(widths, batch_size=25, n_epochs=30)
    rates, costs = range_test(brief, spirals, np.random.default_rng(0))
    tests[name] = np.median(np.minimum(costs, 3), axis=1)
    third[name] = np.median(chosen_rate(rates, costs))
    recipes = {str(rate): replace(brief, learning_rate=rate) for rate in tried}
    ladder[name] = [one.right for one in compare(recipes, spirals, new_spirals).values()]
caption = "The marks at the foot are the rates to begin with."
pictures.learning_rates((rates, tests), third, (tried, ladder), caption)

# %% tags=["author", "long"]
assert 0.15 < third["2 hidden layers"] < 0.35
assert 0.04 < third["8 hidden layers"] < 0.1
shallow, eight = map(np.array, ladder.values())
assert int(np.argmax(shallow)) == 4
assert int(np.argmax(eight)) == 2
assert shallow[3] - eight[3] > 0.15
assert eight[1] - shallow[1] > 0.1
np.testing.assert_allclose(shallow[1], 0.70, atol=0.015)

# %% [markdown]
# The rate 0.3 is good for the shallow network and ruins the deep one. At 0.03 the deep one does
# well, and the shallow one is merely slow: after 30 epochs it is at 70 %. The short run says 0.2
# and 0.06. Both are cautious, since of the five rates 1 and 0.1 do best. That is why you also try
# three times as much.
#
# **How many epochs?** Train for as long as the held-back cost keeps falling. Patience says how long
# you wait for it. Too little patience stops on the first level stretch: a patience of 3 cost the
# spirals two percentage points in section 6. If the best epoch is the last one, you have stopped
# too early.
#
# **How many layers?** **Predict** which does best on the spirals: 1, 2, 4, 8 or 16 hidden layers of
# 16 ReLUs, all with He weights and the same 40 epochs.

# %%
depths = []
for depth in (1, 2, 4, 8, 16):
    recipe = replace(deep, sizes=(2, *[16] * depth, 3))
    runs = train_runs(recipe, spirals, new_spirals, np.random.default_rng(0))
    shares = runs.valid[-1]
    depths.append((depth, shares.mean(), shares.min(), shares.max()))
columns = ["hidden layers", "right, mean of 20 runs", "worst run", "best run"]
show.table(depths, columns, shares=columns[1:])

# %% tags=["author", "long"]
one, two, four, eight, sixteen = (row[1] for row in depths)
assert one < two - 0.08 < four - 0.16
assert four > 0.97
assert four > eight + 0.01 > sixteen + 0.2  # sixteen layers: 0.58 … 0.63, by the BLAS's kernel
assert runs.train[-1].mean() < 0.75  # sixteen layers, training examples
assert depths[3][2] < 0.85
assert depths[3][3] > 0.98

# %% [markdown]
# “More layers are better” holds up to four. With eight the mean falls and the worst run is a
# failure, though the best is perfect; with sixteen even the *training* examples are no longer
# learned, so this is no overfitting. Depth has to be paid for, with batch norm, a smaller rate, or
# patience.
#
# ## 9 The dashboard
#
# Your network doesn't learn. What do you look at first? Now you know what there is to see. The
# upper row shows the cost, the share of right answers, and for each layer the length of a step ÷
# the length of its weights. The lower row shows, layer by layer, activations, deltas (as powers of
# ten; “none” is exactly 0), and the share of silent units. Below the panels stands a row of
# numbers, and one of them, “inputs” (mean ± spread), is drawn nowhere.
#
# Two curves need a word. The training *cost* is the mean over the batches *while the epoch ran*: of
# a network that is still moving, with dropout if there is any. The held-back cost and both shares
# are those of the network as it is *after* the epoch, without dropout. And the axis of the cost is
# logarithmic, so small differences are read off the numbers.
#
# All networks here tell three clouds apart. One label in ten is wrong, so 90 % is the best that
# anybody can do on new examples, but for luck (dotted, like $\ln 3$, the cost of guessing). In grey
# you see the held-back curves of a healthy twin.

# %%
training_dashboard()

# %% [markdown]
# Look in this order, from the quick to the slow ones:
#
# 1. **The inputs**, in the row of numbers. Far from 0 ± 1: standardise before you read on.
# 2. **The first cost.** Far from $\ln C$: weights out of range, or steps too long. (In *large
#    steps, at first* one epoch has silenced whole layers, and only its cost, 25.3, tells why.)
#    Stuck at it: go on.
# 3. **The deltas.** A staircase towards the inputs: it vanishes. Exactly 0: dead units, zero weights.
# 4. **Step ÷ weights.** A thousandth to a hundredth is usual here. With a hundred-thousandth you get
#    nowhere; with 1 or more, each step wipes out what was learned before it.
# 5. **Silent units.** Nearly all of a layer: look for steps too long, inputs too large.
# 6. **Training against held back.** Far better in cost *and* share: overfitting. A training cost
#    *above* the held-back one by more than 0.04, and below $\ln 3$: dropout, which weighs on that
#    curve alone. By less, it may be luck, or a network that gets better while the epoch runs.
# 7. **Too good to be true?** Then it is. Ask what the held-back examples have to do with the others.
# 8. **All layers well, and nothing learned**: the fault is in the data. Look at ten examples by eye.
#
# And now to the waiting room. Each visit brings another patient, and its charts and numbers are all
# you have. Name the illness, prescribe a remedy, and see whether the patient recovers. Another
# number in the *visit* box calls the next patient, untreated. Stay until you are right three times
# in a row; count on a quarter of an hour.

# %%
sick_network_clinic()

# %% tags=["author"]
from annkit.lessons.practice.clinic import examine, patient
from annkit.lessons.practice.explorer import N_VISITS, SHOWN

sorted_visit = next(v for v in range(1, 40) if patient(v) == "sorted and never shuffled")
chart = examine(sorted_visit, patient(sorted_visit))
np.testing.assert_allclose(chart.diary.cost[-1, 0], 0.27, atol=0.01)
np.testing.assert_allclose(
    [chart.diary.train[-1, 0], chart.diary.valid[-1, 0]], [0.44, 0.40], atol=0.006
)
assert chart.vitals[-1].silent.max() < 0.75
hurled = examine(SHOWN, "learning rate too large")
assert round(hurled.diary.cost[0, 0], 1) == 25.3
assert (hurled.vitals[0].silent[1:] == 1).all()
assert (hurled.vitals[0].moves == 0).all()

# %% tags=["author", "long"]
for visit in range(1, N_VISITS + 1):
    told = examine(visit, patient(visit)).diary
    is_above = told.cost[-1, 0] - told.valid_cost[-1, 0] > 0.04
    is_dropout = patient(visit) == "too much dropout"
    assert (is_above and told.cost[-1, 0] < np.log(3)) == is_dropout, visit

# %%
from clinic_question import clinic_question

# %% [markdown]
# ## 10 Break it
#
# The labels are tosses of a coin, and the 500 inputs are noise. Of 60 examples 30 are for training
# and 30 for the test. Since 500 inputs are many, somebody first chooses the ten that go best with
# the labels, and trains on those. **Predict** the share right on the test examples, if the choice
# was made with all 60 examples, and with the 30 for training.

# %%
noise, coins = leakage.coin_tosses(n_runs, 60, 500, np.random.default_rng(0))
first, rest = slice(0, 30), slice(30, None)
line = Recipe((10, 2), learning_rate=0.3, batch_size=30, n_epochs=60)
leaks = []
for name, seen in (("all 60 examples", slice(None)), ("the 30 for training", first)):
    best = leakage.best_inputs(noise[:, seen], coins[:, seen], 10)
    chosen = leakage.only(noise, best)  # (20, 60, 10)
    training, test = ((chosen[:, part], coins[:, part]) for part in (first, rest))
    runs = train_runs(line, training, test, np.random.default_rng(1))
    leaks.append((name, runs.train[-1].mean(), runs.valid[-1].mean()))
columns = ["inputs chosen with", "right, training (20 runs)", "right, test"]
show.table(leaks, columns, shares=columns[1:])

# %% tags=["author", "long"]
np.testing.assert_allclose([row[2] for row in leaks], [0.76, 0.52], atol=0.015)

# %%
from break_leak import break_leak

# %% [markdown]
# ## Recap
#
# | idea | what it does | where it hurts |
# |---|---|---|
# | random first weights | break the symmetry | too small: vanish; too large: explode |
# | variance $2/n_{in}$ | keeps the size of a signal through ReLU layers | explodes through linear ones |
# | clipping | caps the length of a step, keeps its direction | a tight limit is a learning rate nobody chose |
# | inputs of size 1 | make section 3 true for the first layer | standardising a nearly constant column |
# | L2 | pulls weights to 0 | where large weights are needed |
# | dropout | noise of variance $\frac{r}{1-r}a^2$, mean kept | where every input matters |
# | early stopping | lower cost on new examples | little patience stops on a level stretch |
# | batch norm | right size at every step | small batches |
# | range test | a rate to begin with | it is a beginning, not the answer |
#
# Close the notebook for a minute and say aloud: where does the 2 in $2/n_{in}$ come from? What do
# you look at first when nothing is learned, and what when everything is right? What do most people
# believe about batch norm?
#
# ## What you built
#
# `xavier_init`, `he_init`, `init_params`, `clip_gradients`, `l2_cost`, `l2_gradients`, `dropout`,
# `batchnorm_forward`, `batchnorm_backward`, `early_stopping` and `split`: together with `train` of
# chapter 10, all it takes to train a network of your own on real data. What passed is in your own
# module `my_ann.py`.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Hochreiter showed in his diploma thesis of 1991 [5], and Bengio and colleagues in 1994 [6], that
# gradients vanish through many layers or steps. Glorot and Bengio measured it layer by layer in
# 2010 [1], as you did; He and colleagues added the 2 for ReLU in 2015 [2]. Clipping by the norm is
# from Pascanu and colleagues [7]. Weight decay is older: Krogh and Hertz explained in 1991 why it
# helps [8]; Prechelt compared rules for stopping early [9]. Dropout is due to Hinton's group [10],
# batch norm to Ioffe and Szegedy [3]; Santurkar and colleagues tested its explanation [4]. The
# range test was made popular by Smith [11]. Ambroise and McLachlan showed, for the analysis of
# genes, that choosing inputs before splitting makes noise look like knowledge [12].
#
# **What this chapter doesn't settle.** All its networks are tiny, so that twenty runs take a
# second. Signs and mechanisms carry over. Doses don't. On large image networks batch norm or a
# relative of it is close to indispensable, and dropout is used with care. The calculation of
# section 3 assumes independent weights: it is right before the first step and a good guess for some
# time after. Shortcuts around layers, which let networks of hundreds of layers train, are not
# covered here.
#
# <details><summary>References</summary>
#
# 1. X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*, AISTATS 2010
# 2. K. He, X. Zhang, S. Ren, J. Sun, *Delving deep into rectifiers*, ICCV 2015, arXiv:1502.01852
# 3. S. Ioffe, C. Szegedy, *Batch normalization: accelerating deep network training by reducing internal covariate shift*, ICML 2015, arXiv:1502.03167
# 4. S. Santurkar, D. Tsipras, A. Ilyas, A. Mądry, *How does batch normalization help optimization?*, NeurIPS 2018, arXiv:1805.11604
# 5. S. Hochreiter, *Untersuchungen zu dynamischen neuronalen Netzen* (in German), diploma thesis, TU München, 1991
# 6. Y. Bengio, P. Simard, P. Frasconi, *Learning long-term dependencies with gradient descent is difficult*, IEEE Transactions on Neural Networks 5, 157–166, 1994
# 7. R. Pascanu, T. Mikolov, Y. Bengio, *On the difficulty of training recurrent neural networks*, ICML 2013, arXiv:1211.5063
# 8. A. Krogh, J. A. Hertz, *A simple weight decay can improve generalization*, NIPS 1991
# 9. L. Prechelt, *Early stopping – but when?*, in: Neural Networks: Tricks of the Trade, Springer, 1998
# 10. N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, *Dropout: a simple way to prevent neural networks from overfitting*, Journal of Machine Learning Research 15, 1929–1958, 2014
# 11. L. N. Smith, *Cyclical learning rates for training neural networks*, WACV 2017, arXiv:1506.01186
# 12. C. Ambroise, G. J. McLachlan, *Selection bias in gene extraction on the basis of microarray gene-expression data*, PNAS 99, 6562–6566, 2002
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | initialisation | 初始化 | drawing the first weights |
# | symmetry breaking | 打破对称性 | units that start differently can become different |
# | vanishing gradient | 梯度消失 | each layer passes on a fraction of the error |
# | exploding gradient | 梯度爆炸 | each layer passes on a multiple of it |
# | gradient clipping | 梯度裁剪 | a gradient too long is shortened |
# | standardisation | 标准化 | mean 0 and spread 1, column by column |
# | dying unit | 神经元死亡 | a ReLU that is off for every example |
# | silent unit | 沉默单元 | a unit whose slope is nearly 0 for the whole batch |
# | overfitting | 过拟合 | right about the training examples, wrong about others |
# | validation data | 验证集 | held back to decide things by |
# | test data | 测试集 | held back to decide nothing |
# | regularisation | 正则化 | what holds a network back from memorising |
# | weight decay, L2 | 权重衰减 | a price on large weights |
# | dropout | 随机失活 | units switched off at random while training |
# | early stopping | 早停 | ending when held-back examples say so |
# | patience | 耐心值 | epochs one waits for an improvement |
# | batch normalisation | 批量归一化 | pre-activations standardised over the batch |
# | internal covariate shift | 内部协变量偏移 | the moving distribution of a layer's inputs |
# | learning rate range test | 学习率范围测试 | one run with a growing rate |
# | data leakage | 数据泄漏 | test examples that helped to decide |
