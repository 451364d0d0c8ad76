# %% [markdown]
# # 4 · Forward propagation
#
# **About 65 minutes of reading, and 60 for the exercises.** It builds on [perceptrons](../ch02_perceptron/ch02_perceptron.ipynb)
# (weights as coefficients) and on [activation
# functions](../ch03_activations/ch03_activations.ipynb) (ReLU, and why layers need a bend).
#
# Afterwards you can
#
# - set up a neuron that looks for something you can name, and compute its answer on paper;
# - send a whole batch through a network of any depth, and say the shape of every array;
# - count the numbers a network has to learn, and say what depth buys;
# - show that one hidden layer can draw any continuous curve on an interval, and say what that
#   doesn't mean;
# - keep with a network the numbers that it needs besides its weights, and say why.

# %%
from itertools import pairwise

import numpy as np

from annkit import check, data, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.forward.handmade import bump, bump_network, house_network, joined_points
from annkit.lessons.forward.handmade import through_layers
from annkit.lessons.forward import bumps as bump_pictures
from annkit.lessons.forward import pictures as forward_pictures
from annkit.lessons.forward.explorer import shape_explorer

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_scales import recall_scales

# %%
from recall_linear_stack import recall_linear_stack

# %%
from recall_relu_kink import recall_relu_kink

# %% [markdown]
# ## 1 What is this house worth?
#
# You are asked for the price of a house. You know four things about it: area, bedrooms, distance to
# the centre, and age. Here are four houses with their prices. (Houses and prices are invented,
# by a formula in `data.expected_price`; don't look yet.)

# %%
X = np.array([[200, 4, 2, 20], [200, 4, 20, 20], [80, 2, 2, 20], [80, 2, 20, 20.0]])  # (4, 4)
price = data.expected_price(X)  # (4,), in thousands
columns = ["area (m²)", "bedrooms", "distance (km)", "age (years)"]
rows = [("ABCD"[i], *X[i], round(price[i])) for i in range(4)]
show.table(rows, ["house", *columns, "price (thousands)"])

# %% tags=["author"]
assert price.round().tolist() == [769, 351, 338, 171]
assert (round(price[0] - price[1]), round(price[2] - price[3])) == (418, 167)

# %% [markdown]
# A and B are the same house in two places, and so are C and D. What is it worth to live close to
# the centre? For the large house it is 418 thousand, for the small one 167 thousand. That makes
# sense: you pay for the location by the square metre.
#
# Now let one neuron without an activation try. Its price is a weighted sum, so the difference
# between A and B is $w_\text{distance}\cdot(2 - 20)$, and between C and D it is the same number.
# *Whatever its weights*, closeness is worth the same to every house. And a stack of such layers
# collapses into one (chapter 3). Test it: random weights, 1, 2 and 10 layers, with and without ReLU
# between them.


# %%
def random_network(x, depth, f):
    """Send x, (batch, 4), through random layers of 8 units with f between them."""
    rng = np.random.default_rng(1)
    sizes = [4, *[8] * (depth - 1), 1]
    a = (x - [150, 4, 13, 40]) / [60, 1.5, 7, 23]  # roughly on one scale
    for layer, (n, m) in enumerate(pairwise(sizes), start=1):
        a = a @ rng.normal(size=(n, m)) / np.sqrt(n) + rng.normal(size=m)
        if layer < depth:
            a = f(a)
    return a[:, 0]


# %%
closeness = []
for name, f in {"nothing": lambda z: z, "ReLU": nn.ACTIVATIONS["relu"].f}.items():
    for depth in (1, 2, 10):
        A, B, C, D = random_network(X, depth, f)
        closeness.append((name, depth, A - B, C - D))
show.table(closeness, ["between the layers", "layers", "large house: A − B", "small house: C − D"])

# %% tags=["author"]
for name, depth, large, small in closeness:
    assert np.isclose(large, small, rtol=1e-9) == (name == "nothing" or depth == 1)

# %% [markdown]
# Without an activation the two columns agree at every depth. With ReLU they part as soon as there
# is a hidden layer. (The weights are random, so the values mean nothing. The point is that they
# *can* differ.) The prices ask for closeness to be worth *more* to a large house than to a small
# one: the two inputs act together, as in a product. One unit that only adds can't give you that. A
# hidden layer with a bend can. (This isn't the AND of chapter 1, which only has to say yes or no: a
# single threshold unit can do that.)
#
# ## 2 One scale for all inputs
#
# We want to give weights to “large” and “close”. Large compared with what? 200 is a large number of
# square metres, and 20 is a large number of kilometres. We therefore measure every input from its
# own mean, in units of its own standard deviation: 0 is a usual house, +1 is clearly above it, −2
# far below.

# %%
from standardize import standardize

# %% [markdown]
# From now on 400 houses are our market. They fix what “usual” means.

# %%
market, prices = data.houses(400, np.random.default_rng(4))  # (400, 4), (400,)
mean, scale = market.mean(axis=0), market.std(axis=0)  # (4,), (4,)
standard = (X - mean) / scale  # (4, 4): houses A to D in the market's units
rows = [("mean", *mean), ("scale", *scale), *(("ABCD"[i], *standard[i].round(1)) for i in range(4))]
show.table(rows, ["", *columns])

# %% tags=["author"]
from annkit.lessons.forward.explorer import X as EXPLORER_HOUSES

assert (standard.round(1) == EXPLORER_HOUSES[:4]).all()
assert np.round(mean, 1).tolist() == [147.9, 3.7, 12.6, 39.6]

# %% [markdown]
# House A is 0.9 standard deviations larger than usual and 1.5 closer. Which sign does *close* have?
#
# ## 3 A neuron you can name
#
# A neuron sums, then bends: $a = f(x\cdot w + b)$. Its weights say what it looks for. Take an
# example that we won't need later, “old and far out”. Both words want a standardised input above 0,
# which makes both weights positive. Area and bedrooms aren't in the name, which makes their weights
# 0: $w = (0, 0, 1, 1)$. With $b = -1$ and ReLU,
#
# - house B (far, rather new): $1.1 - 0.8 - 1 = -0.7$, answer 0;
# - a cottage with distance 1.5 and age 2: $1.5 + 2 - 1 = 2.5$, answer 2.5.
#
# The bias moves the bar. Here it says “old and far *by more than 1 in total*, or I stay silent”.

# %% tags=["author"]
assert np.isclose(EXPLORER_HOUSES[1] @ [0, 0, 1, 1] - 1, -0.7)

# %%
from neuron import neuron

# %%
from house_neurons import house_neurons

# %% [markdown]
# Here is “large and close” with weights of 1 and −1 and a bias of 1. Each dot is a house of the
# market, and the letters are the four houses from above.

# %%
params = house_network()  # [(W1, b1), (W2, b2)]: the two neurons above, and an output
W1, b1 = params[0]  # (4, 2), (2,)
caption = "The neuron is off above the line. Below it, the answer grows towards large and close."
forward_pictures.neuron_map(W1[:, 0], b1[0], mean, scale, market, caption, marked=X)

# %% [markdown]
# The “and” in “large and close” is not that of logic: a very large house far out can beat a small
# one nearby. Down to the line it is a trade, so many square metres for a kilometre. But unlike a plain
# sum it has a floor: for a small house far out, one kilometre more changes nothing.
#
# **Do two such neurons help?** Give their two answers to a linear regression (chapter 2), and
# compare it with a linear regression on the four inputs themselves. We judge on 400 *other* houses,
# by the **share explained** $R^2$ = 1 − (mean squared miss) / (variance of the prices). There 1 is
# perfect, and 0 is no better than always saying the mean.

# %%
others, their_prices = data.houses(400, np.random.default_rng(5))


def share_explained(features):
    """Fit prices to features(market); return R² on the other houses, and the fitted numbers."""
    A, B = (np.column_stack([features((h - mean) / scale), np.ones(400)]) for h in (market, others))
    fit = np.linalg.lstsq(A, prices)[0]
    return 1 - np.mean((B @ fit - their_prices) ** 2) / np.var(their_prices), fit


# %%
line, line_fit = share_explained(lambda x: x)
named, named_fit = share_explained(lambda x: np.maximum(x @ W1 + b1, 0))
compared = [
    ("four inputs, a plain sum", line, len(line_fit)),
    ("two named neurons", named, len(named_fit)),
]
print("fitted to the two named neurons:", named_fit.round())
show.table(compared, ["", "share explained R²", "fitted numbers"])

# %% tags=["author"]
assert (round(line, 3), round(named, 3)) == (0.865, 0.918)
assert named_fit.round().tolist() == [131, 32, 162]
assert [*params[1][0].ravel(), *params[1][1]] == named_fit.round().tolist()

# %% [markdown]
# Two hand-made neurons explain 0.918 of the variance with three fitted
# numbers. The plain sum explains 0.865 with five. The fitted numbers say: 131 thousand per point of
# “large and close”, 32 thousand per point of “new, many bedrooms”, and 162 thousand to start with.
# Keep this network; you will see its numbers again.

# %%
from zero_weight_question import zero_weight_question

# %% [markdown]
# ## 4 Eight weights on paper
#
# Take pen and paper for this one. The network is smaller, so that every number fits on the page:
# three inputs, two hidden ReLU neurons, one output, no biases. That makes eight weights, $w_1$ to
# $w_8$, which are *single numbers*, counted from 1. A capital $W$ is always a matrix. $W^{(l)}$ is
# that of layer $l$, in code `W1`, `W2` (in pictures W₁, W₂), and its rows and columns count from 0.
# Neuron 1 on paper is therefore column 0. The first six weights form the first matrix; its rows are
# the inputs, its columns the neurons:
#
# $$W^{(1)} = \begin{pmatrix} w_1 & w_2 \\ w_3 & w_4 \\ w_5 & w_6\end{pmatrix}
# = \begin{pmatrix} 2 & 1 \\ -1 & 0 \\ 0 & -2\end{pmatrix} \qquad
# W^{(2)} = \begin{pmatrix} w_7 \\ w_8\end{pmatrix} = \begin{pmatrix} 60 \\ 40\end{pmatrix}$$

# %%
caption = "Blue and solid is positive, orange and dashed negative, dotted is zero."
names = ["area", "distance", "age"]
forward_pictures.paper_network([[2, 1], [-1, 0], [0, -2]], [[60], [40]], names, caption)

# %% [markdown]
# A house comes in: large ($x_1 = 1.5$), close ($x_2 = -1$), a little older than usual ($x_3 =
# 0.5$).
#
# 1. Neuron 1 sums: $x_1w_1 + x_2w_3 + x_3w_5 = 1.5\cdot2 + (-1)(-1) + 0.5\cdot0 = 4$. ReLU lets it
#    pass: $O_1 = 4$.
# 2. Neuron 2 sums: $x_1w_2 + x_2w_4 + x_3w_6 = 1.5\cdot1 + (-1)\cdot0 + 0.5\cdot(-2) = 0.5$, so
#    $O_2 = 0.5$.
# 3. The output sums: $\hat y = O_1w_7 + O_2w_8 = 4\cdot60 + 0.5\cdot40 = 260$.
#
# The network says that the house is worth 260 thousand more than a usual one. (With all inputs 0 it
# says 0, since there is nothing else to add. That is what a missing bias means.)
#
# Now you, with a small house, far out and new, $x = (-1, 1, -1)$. Write down $O_1$, $O_2$ and
# $\hat y$ before you run the cell.

# %%
two = np.array([[1.5, -1.0, 0.5], [-1.0, 1.0, -1.0]])  # (2, 3): both houses
into_hidden = np.array([[2.0, 1.0], [-1.0, 0.0], [0.0, -2.0]])  # (3, 2): w1 … w6
into_output = np.array([[60.0], [40.0]])  # (2, 1): w7, w8
sums = two @ into_hidden  # (2, 2)
passed = np.maximum(sums, 0)  # (2, 2): O1, O2
answers = np.hstack([two, sums, passed, passed @ into_output])
show.table(answers, ["x₁", "x₂", "x₃", "sum 1", "sum 2", "O1", "O2", "ŷ"])

# %% tags=["author"]
assert answers.tolist() == [[1.5, -1, 0.5, 4, 0.5, 4, 0.5, 260], [-1, 1, -1, -3, 1, 0, 1, 40]]

# %% [markdown]
# For the second house neuron 1 sums to −3, and ReLU makes it 0: “not large and close at all”,
# and *how much* not at all doesn't matter. The price comes from neuron 2 alone: $1\cdot40$.
#
# > **A good place to stop for the day.** You have sent one house through a network on paper.
# > Tomorrow come all houses at once, any depth, and what a hidden layer can draw.
#
# ## 5 All houses at once
#
# Look at the code of the last cell. Two houses went through, and nothing in it says two. Row by
# row, `X @ W` does steps 1 and 2 for every house. Give each neuron its bias back, and a layer is
#
# $$\underset{(\text{batch},\,n_\text{out})}{Z} = \underset{(\text{batch},\,n_\text{in})}{X}\;
# \underset{(n_\text{in},\,n_\text{out})}{W} + \underset{(n_\text{out},)}{b}$$
#
# The inner numbers meet and vanish, rows stay houses, and $b$ is added to every row.

# %%
from dense import dense

# %%
from shapes_question import shapes_question

# %% [markdown]
# Below, six houses (A to D, a new family house E, a usual one F) go through the network with the
# two named neurons. Inputs are rounded to one digit, so that you can check every number. Commit to
# a prediction, then choose a cell of a result with the sliders (arrow keys work), and read which
# row, which column and which bias it is made of.

# %%
shape_explorer()

# %% [markdown]
# Find out which house has a sum below 0. What does the output make of it? What does the network say
# about A − B and C − D now? Which arrays would you have to keep if you switched the computer off?
#
# <details><summary>What you may have found</summary>
#
# It is house D. Its sum for “large and close” is −1.3, ReLU makes that 0, and its price, 184.4,
# comes from the other neuron and the bias alone. Closeness is worth $671.4 - 330.8 = 340.6$ to the
# large house and $354.7 - 184.4 = 170.3$ to the small one: the network prices size and location
# together, if not in full (418 and 167). You would have to keep W₁, b₁, W₂ and b₂. Everything else
# can be computed again, *if* you also have the mean and the scale.
#
# </details>

# %% tags=["author"]
from annkit.lessons.forward.explorer import arrays

shown = arrays(6)
assert (shown["z₁"][:, 0] < 0).tolist() == [False, False, False, True, False, False]
assert np.allclose(shown["ŷ"][:4, 0], [671.4, 330.8, 354.7, 184.4])

# %% [markdown]
# **Any depth.** A second hidden layer takes the first one's activations as its inputs, and so on:
# the $a$ of one layer is the $X$ of the next.
#
# $$z^{(l)} = a^{(l-1)}W^{(l)} + b^{(l)}, \qquad a^{(l)} = f^{(l)}(z^{(l)}), \qquad a^{(0)} = X,
# \quad \hat y = a^{(L)}$$
#
# This is **forward propagation**. Keep what goes into each layer, and its sums. You will need both
# in chapter 10, to find out which weight is to blame for a miss. What you keep is called the
# *cache*.

# %%
from forward import forward

# %% [markdown]
# The picture under your card is *your* function at work: houses A to D, standardised with the
# market's mean and scale, through the network with the two named neurons.

# %% [markdown]
# > **Myth: “each hidden neuron stands for something, like ‘large and close’.”** Popular
# > introductions explain networks with neurons you can name, as we did. But we *chose* those
# > weights. Do learned ones look like that? Let the library train twenty networks with eight hidden
# > neurons each (how it does that is the story of the next six chapters). Let us call a neuron
# > *nameable* if at least two of its four weights are small, below a tenth of its largest. Guess
# > how many of the 160 are. And how many would be before any training, with weights drawn at
# > random?

# %%
target = ((prices - prices.mean()) / prices.std())[:, None]  # (400, 1)
bars, nameable, shares = (0.1, 0.2, 0.3), np.zeros((2, 3), int), []


def count_nameable(W):
    """Columns of W, (4, 8), with two or more entries below each bar times the largest: (3,)."""
    share = np.abs(W) / np.abs(W).max(axis=0)
    return [int(np.sum((share < bar).sum(axis=0) >= 2)) for bar in bars]


# %%
for seed in range(20):
    rng = np.random.default_rng(seed)
    trained = nn.Network([4, 8, 1], output="identity", rng=rng)
    nameable[0] += count_nameable(trained.params[0][0])
    trained.fit((market - mean) / scale, target, n_epochs=200, progress=False, rng=rng)
    nameable[1] += count_nameable(trained.params[0][0])
    predicted = trained.predict((others - mean) / scale).ravel() * prices.std() + prices.mean()
    shares.append(1 - np.mean((predicted - their_prices) ** 2) / np.var(their_prices))

# %%
print(f"R² from {min(shares):.2f} to {max(shares):.2f}")
table = [(bar, *nameable[:, i]) for i, bar in enumerate(bars)]
show.table(table, ["“small” is below … of the largest", "nameable before", "after training"])

# %% tags=["author"]
assert (round(min(shares), 2), round(max(shares), 2)) == (0.96, 0.97), (min(shares), max(shares))
assert nameable.tolist() == [[8, 34, 65], [19, 39, 74]]
misprint = np.array([[2000, 4, 2, 20.0]])  # house A, a digit too many
hidden = np.maximum((misprint - mean) / scale @ W1 + b1, 0)
assert round(float((hidden @ params[1][0] + params[1][1])[0, 0]), -1) == 4750

# %% [markdown]
# > All twenty beat our hand-made network (0.96 to 0.97 against 0.918), and 19 of their 160 neurons
# > could be given a name, where chance alone had given 8. If you are less strict about *small*, the
# > trained neurons are hardly more nameable than untrained ones, 39 against 34 and 74 against 65.
# > The rest mix everything. (Nor do layers “filter out outliers”, as you can also read. Misprint
# > the area of house A as 2000 m², and our network answers 4750 thousand.) What is more, the same
# > function has many sets of weights. Number the neurons in another order, or make the weights into
# > a ReLU twice as large and those out of it half as large, and no price changes:

# %%
(V1, c1), (V2, c2) = trained.params
order, stretch = rng.permutation(8), rng.uniform(0.5, 2, 8)
twin = [(V1[:, order] * stretch, c1[order] * stretch), (V2[order] / stretch[:, None], c2)]
before = trained.predict(standard).ravel()
trained.params = twin
after = trained.predict(standard).ravel()
print("largest difference:", np.abs(after - before).max())

# %% tags=["author"]
assert np.abs(after - before).max() < 1e-12

# %% [markdown]
# > Names, then, are a fine way to *understand* what a neuron can do, and a poor guide to what a
# > trained one does. What a network computes belongs to the whole layer, not to one neuron.
#
# ## 6 Width, depth, and the numbers to learn
#
# Here is a network for the handwritten digits, 64-32-10, with a batch of 100. All rectangles are
# drawn to one scale.

# %%
caption = "Pale: data, one row per example. Dark: weights. Biases are too thin to draw."
forward_pictures.layer_boxes([64, 32, 10], 100, caption)

# %% [markdown]
# Everything pale is computed anew for each batch. What is learned is dark, and most of it sits
# where two wide layers meet. The **input layer** has a place for each feature, here 64 pixels, and
# computes nothing; the **output layer** has a unit for each number that is asked for. Only the
# **hidden layers** between are yours to choose.

# %%
from count_parameters import count_parameters

# %% [markdown]
# Our house network 4-2-1 has 13 parameters. With about 370 to spend you could afford 4-61-1 (367)
# or 4-16-16-1 (369). Wide or deep? The library trains each of them from twenty random starts on our
# market, and your `forward` prices the other houses. **Predict**: which will explain more?

# %%
relu = nn.ACTIVATIONS["relu"].f


def trained_params(sizes, seed):
    """The (W, b) pairs of a network of these sizes, after 200 epochs on the market."""
    rng = np.random.default_rng(seed)
    network = nn.Network(sizes, output="identity", rng=rng)
    network.fit((market - mean) / scale, target, n_epochs=200, progress=False, rng=rng)
    return network.params


shapes = ((4, 61, 1), (4, 16, 16, 1))
n_seeds = 20  # of the first weights
started = {sizes: [trained_params(sizes, seed) for seed in range(n_seeds)] for sizes in shapes}


# %%
def shares_of(forward, sizes):
    """R² of each start on the other houses, from the lowest to the highest."""
    activations = [*[relu] * (len(sizes) - 2), lambda z: z]
    explained = []
    for params_of_one in started[sizes]:
        y_hat, _ = forward((others - mean) / scale, params_of_one, activations)
        miss = y_hat[:, 0] * prices.std() + prices.mean() - their_prices
        explained.append(1 - np.mean(miss**2) / np.var(their_prices))
    return sorted(explained)


# %%
def wide_or_deep(forward):
    """One row for each of the two shapes."""
    rows = []
    for sizes in started:
        shares = shares_of(forward, sizes)
        name = "-".join(map(str, sizes))
        rows.append((name, *(f"{r:.3f}" for r in (shares[0], np.median(shares), shares[-1]))))
    return show.table(rows, ["network", "R², worst start", "median", "best start"])


with_own(wide_or_deep, forward=through_layers)

# %% tags=["author", "long"]
both_shapes = np.array([shares_of(through_layers, sizes) for sizes in started])
assert both_shapes.shape == (2, 20)
medians = np.median(both_shapes, axis=1)
assert abs(medians[0] - medians[1]) < 0.002, medians
assert np.ptp(both_shapes, axis=1).min() > 0.01, both_shapes

# %% [markdown]
# Neither. The medians are less than 0.002 apart, the best and the worst start of one shape more
# than 0.01. For these houses, 370 parameters do the same work side by side or one behind
# the other. There is no general answer, but there is a case in which depth wins by far. Take one
# input, and a layer that makes a tent from two ReLUs, $2\,\mathrm{relu}(x) - 4\,\mathrm{relu}(x -
# \tfrac12)$. Send the result through the same layer again. **Predict**: how many straight pieces
# after five layers?

# %% tags=["author"]
for sizes, count in (((4, 2, 1), 13), ((4, 61, 1), 367), ((4, 16, 16, 1), 369)):
    assert sum((n + 1) * m for n, m in pairwise(sizes)) == count
assert sum((n + 1) * m for n, m in pairwise((64, 32, 10))) == 2410

# %%
x = np.linspace(0, 1, 1025)
tent, stages = x, {}
for layer in range(1, 6):
    tent = 2 * np.maximum(tent, 0) - 4 * np.maximum(tent - 0.5, 0)
    stages[f"{layer} × 2 units"] = tent
bump_pictures.folded(x, stages, "Each further layer folds the interval once more.")

# %% tags=["author"]
pieces = [bump_pictures.straight_pieces(y) for y in stages.values()]
assert pieces == [2, 4, 8, 16, 32]

# %% [markdown]
# 2, 4, 8, 16, 32: every layer doubles. Ten hidden units in five layers make 32 pieces. In a
# *single* hidden layer each ReLU has one kink. Here 31 kinks take 31 units, and the slope of the
# first piece takes one more, which makes 32. With twenty layers it would be forty units against
# more than a million. (This is a showpiece, built to fold. Nothing says that the price of houses is
# folded like that.)

# %% tags=["author"]
assert 2**20 > 1_000_000

# %% [markdown]
# ## 7 What can one hidden layer draw?
#
# On the way out of town a square metre gets cheaper, except near a lake 12 km out. No straight line
# follows that price. But a ReLU layer can place kinks where it likes. Three of them make a bump:

# %%
from relu_bump import relu_bump

# %% [markdown]
# Now set bumps side by side, each with its feet at the peaks of its neighbours, and each as high as
# the curve is at its peak. Halfway between two peaks one bump has fallen to half and the next has
# risen to half, and their sum runs *straight* from point to point. All of it is one hidden layer
# with three ReLUs per bump, and `bump_network` writes down its weights. (That is more than needed.
# Where the corners of three bumps meet, three ReLUs have one kink, and one ReLU can do their work.
# `joined_points` draws the same curve with one for each straight piece.)


# %%
def price_by_distance(d):
    """Thousands per square metre, d km from the centre; there is a lake at 12 km."""
    return 1 + 3 * np.exp(-d / 8) + 1.5 * np.exp(-((d - 12) ** 2) / 4)


axes = ("distance to the centre (km)", "price (thousand per m²)")
with_own(
    lambda relu_bump: bump_pictures.bumps(price_by_distance, 0, 25, (5, 9, 33), axes, relu_bump),
    relu_bump=bump,
)

# %% [markdown]
# **Why this works for every continuous curve.** Say two neighbouring peaks stand at 10 and 12 km, and
# between them the price changes by 0.3 at most. At 11 km the network says half of $f(10)$ plus half of
# $f(12)$; at 10.5 km three quarters of the one and one quarter of the other. Both numbers are within
# 0.3 of the true price there, so any mixture of them is too. In symbols: for $x$ between the peaks
# $p$ and $q$, with shares $s$ and $1-s$,
#
# $$\begin{aligned}
# \bigl|s f(p) + (1-s) f(q) - f(x)\bigr| &\le s\,|f(p) - f(x)| + (1-s)\,|f(q) - f(x)| \\
# &\le \text{the most that } f \text{ changes over one gap}.
# \end{aligned}$$
#
# What remains is to make that change small *everywhere at once*. A continuous function on a closed
# interval is *uniformly* continuous: you can choose one gap so small that $f$ changes by no more
# than your tolerance over it, anywhere. (Without the end points this can fail: near 0, $1/x$ beats
# any gap.) The error can therefore be brought below any tolerance.
#
# How fast? That depends on $f$. Predict: with twice as many units, by what factor does the error
# fall for our smooth curve? And for $\sqrt{x}$, which starts vertically?

# %%
x = 25 * np.linspace(0, 1, 5001) ** 4  # (5001,), closer together near 0


def largest_error(f, places):
    """How far the network that joins f's points at these places misses it at worst."""
    (U1, d1), (U2, d2) = joined_points(f, places)
    drawn = np.maximum(x[:, None] @ U1 + d1, 0) @ U2 + d2  # (5001, 1)
    return np.abs(drawn[:, 0] - f(x)).max()


measured, units = {}, np.array([4, 8, 16, 32, 64, 128])
for name, curve in {"price by distance": price_by_distance, "√x": np.sqrt}.items():
    missed = [largest_error(curve, np.linspace(0, 25, n + 1)) for n in units]
    measured[name] = (units, np.array(missed))
bump_pictures.errors(measured, "From 4 to 128 units, kinks at equal distances.")

# %% tags=["author"]
smooth, root = (errors for _, errors in measured.values())
assert np.allclose(smooth[3:], [0.0549, 0.0140, 0.0035], atol=1e-4)
assert np.allclose(root[3:], [0.2210, 0.1562, 0.1105], atol=1e-4)
assert np.allclose(smooth[3:-1] / smooth[4:], 4, rtol=0.03)
assert np.allclose(root[:-1] / root[1:], np.sqrt(2), rtol=0.002)
for n_bumps, price_at_27 in ((5, 0.77), (33, 0.0)):
    (U1, d1), (U2, d2) = bump_network(price_by_distance, 0, 25, n_bumps)
    beyond = np.maximum(np.array([[27.0], [40.0]]) @ U1 + d1, 0) @ U2 + d2
    assert np.allclose(beyond.ravel(), [price_at_27, 0], atol=0.005), beyond

# %% [markdown]
# With twice the units the smooth curve's error falls to a quarter (once the gaps are smaller than
# the lake), that of √x only by a factor of $\sqrt2$. Is √x an expensive function, then? The kinks
# needn't stand at equal distances. **Predict**: crowd them near 0, where √x is steep, with places
# $25\,(i/128)^p$. By how much do 128 units miss it for $p = 2$, 3 and 4? Then try a rule of your
# own for the places.

# %%
crowded = []
for p in (1, 2, 3, 4):
    missed = [largest_error(np.sqrt, 25 * (np.arange(n + 1) / n) ** p) for n in (64, 128)]
    crowded.append((p, *missed, missed[0] / missed[1]))
show.table(crowded, ["p", "error of √x, 64 units", "128 units", "64 ÷ 128"])

# %% tags=["author"]
np.testing.assert_allclose(
    [row[2] for row in crowded], [0.1105, 0.0098, 0.00086, 0.00015], rtol=0.03
)
np.testing.assert_allclose([row[3] for row in crowded], [2**0.5, 2, 2**1.5, 4], rtol=0.01)

# %% [markdown]
# With $p = 4$ it is 0.00015, seven hundred times less than with equal distances, and twice the units
# leave a quarter again. √x was never expensive; kinks in the wrong places are. A network that *learns*
# where to put its kinks can do what you did by hand. Three warnings:
#
# - **Existence is not learning.** We placed the bumps because we knew the curve. Whether training
#   finds such weights from examples is another question.
# - **One input is easy.** Ten peaks along each of four inputs make 10 000 places. In general the
#   number grows as $10^{\text{inputs}}$. Real networks escape only when the function has structure
#   they can use.
# - **Outside the interval nothing is promised.** At 27 km the network of 33 bumps says that land is
#   free. With 5 bumps the last triangle falls more slowly, and land is free from 31 km on.

# %%
from approximation_question import approximation_question

# %% [markdown]
# ## 8 Break it: one house alone
#
# The network with the named neurons goes online. Users enter *one* house each, and a colleague
# standardises what comes in with the mean and the scale of *what comes in*. Nothing else has
# changed. A palace (240 m², 6 bedrooms, 1 km, new) and a shed (40 m², 1 bedroom, 25 km, 80 years)
# ask for their price. **Predict**: will there be an error message? Which prices?


# %%
def online_price(inputs, mean, scale):
    """Price in thousands, (batch,), of houses in their own units, (batch, 4)."""
    hidden = np.maximum((inputs - mean) / scale @ W1 + b1, 0)
    return (hidden @ params[1][0] + params[1][1])[:, 0]


def own_statistics(inputs):
    """Mean and scale of whatever comes in, (4,) each."""
    all_equal = inputs.max(axis=0) == inputs.min(axis=0)  # nothing to divide by there
    return inputs.mean(axis=0), np.where(all_equal, 1.0, inputs.std(axis=0))


# %%
palace, shed = np.array([[240, 6, 1, 0.0]]), np.array([[40, 1, 25, 80.0]])  # (1, 4) each
asked = [
    (name, *online_price(house, mean, scale), *online_price(house, *own_statistics(house)))
    for name, house in (("palace", palace), ("shed", shed))
]
show.table(asked, ["house", "price, market's mean and scale", "price, its own"])

# %% tags=["author"]
assert [[round(v) for v in row[1:]] for row in asked] == [[852, 325], [162, 325]]

# %% [markdown]
# There is no error, and each is worth 325 thousand. A batch doesn't cure it. Here are four flats in
# the centre, standardised together:

# %%
flats = np.array([[70, 2, 0.5, 50], [80, 2, 1, 50], [90, 3, 2, 50], [100, 3, 3, 50.0]])
flat_columns = [flats[:, 0], flats[:, 2]]
for statistics in ((mean, scale), own_statistics(flats)):
    distance = ((flats - statistics[0]) / statistics[1])[:, 2]
    flat_columns += [distance.round(1), online_price(flats, *statistics).round()]
flat_rows = np.column_stack(flat_columns)
names = ["distance, market's units", "price", "distance, own units", "price, own"]
show.table(flat_rows, ["area (m²)", "distance (km)", *names])

# %% tags=["author"]
assert flat_rows[-1].tolist() == [100, 3, -1.4, 368, 1.4, 345]
assert flat_rows[:, 3].tolist() == [343, 356, 364, 368]
assert flat_rows[:, 5].tolist() == [271, 320, 364, 345]

# %% [markdown]
# The flat 3 km out has a distance of −1.4 in the market's units and of +1.4 in the batch's own. The
# largest flat is no longer the most expensive one.

# %%
from break_standardize import break_standardize

# %% [markdown]
# ## Recap
#
# | idea | formula or number | worth remembering |
# |---|---|---|
# | standardise | (x − mean) / scale, per column | mean and scale of the *training* houses belong to the network |
# | neuron | $a = f(x\cdot w + b)$ | sign of a weight: what it looks for; 0: blind to that input |
# | layer | `X @ W + b`, (batch, n_in) → (batch, n_out) | data has a row per example, W and b have none |
# | forward | $a^{(l)} = f(a^{(l-1)}W^{(l)} + b^{(l)})$ | keep (a_prev, z) of every layer |
# | parameters | (n_in + 1) · n_out per layer | 4-2-1: 13; 64-32-10: 2410 |
# | depth | 5 layers of 2 units: 32 pieces | without a bend: worth one layer |
# | approximation | both curves of section 7: twice the units, error / 4, once the kinks stand where they are needed | good weights exist; finding them is another matter |
#
# Close the notebook for a minute and say aloud: why can't a plain sum price “large and close”?
# Which arrays grow with the batch? What does the approximation theorem *not* say?
#
# ## What you built
#
# `standardize`, `neuron`, `house_neurons`, `dense`, `forward`, `count_parameters` and `relu_bump`.
# What passed is in your own module `my_ann.py`. Your `forward` runs any network of the course. What
# it lacks is good weights. Before we can look for them, we have to say what *bad* means. The next
# chapter puts a cost on every miss.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Pricing a house by its features is older than networks: economists call it hedonic regression, and
# Harrison and Rubinfeld's study of 1978 [1] gave machine learning its best-known housing data
# (withdrawn from scikit-learn in 2022, because one column assumes that racial segregation raises
# prices). In 1989 Cybenko [2], Funahashi [3], and Hornik, Stinchcombe and White [4] proved that a
# single hidden layer of sigmoids can approximate every continuous function on a closed, bounded
# region; Leshno and colleagues showed in 1993 that any continuous activation will do unless it is a
# polynomial [5]. Our route, joining points by straight lines and writing each corner as a kink, is
# the one Lebesgue took in 1898 [6] towards Weierstrass's theorem, with $|x|$ where we have ReLU.
# Barron found in 1993 a class of functions for which the number of units need not explode with the
# number of inputs [7]. The folded tent is Telgarsky's example [8]; Montúfar and colleagues counted
# linear pieces of deep networks [9]. Hecht-Nielsen noted in 1990 that neurons can be renumbered
# without any effect [10]. Can single neurons be named in trained networks for pictures? Szegedy and
# colleagues found in 2013 that a random mixture of neurons is as easy to name as a single one [11];
# Bau and colleagues measured in 2017 that single ones match names more often [12].
#
# **What this chapter does not explain.** How weights are found; whether a network with a small
# error on its market is right about other houses; and why wide *and* deep networks that are
# trained, rather than built, work as well as they do. Our houses are invented: their noise is
# known, no feature is missing, and nobody bid for the lake.
#
# <details><summary>References</summary>
#
# 1. D. Harrison, D. L. Rubinfeld, *Hedonic housing prices and the demand for clean air*, Journal of Environmental Economics and Management 5, 81–102, 1978
# 2. G. Cybenko, *Approximation by superpositions of a sigmoidal function*, Mathematics of Control, Signals and Systems 2, 303–314, 1989
# 3. K. Funahashi, *On the approximate realization of continuous mappings by neural networks*, Neural Networks 2, 183–192, 1989
# 4. K. Hornik, M. Stinchcombe, H. White, *Multilayer feedforward networks are universal approximators*, Neural Networks 2, 359–366, 1989
# 5. M. Leshno, V. Y. Lin, A. Pinkus, S. Schocken, *Multilayer feedforward networks with a nonpolynomial activation function can approximate any function*, Neural Networks 6, 861–867, 1993
# 6. H. Lebesgue, *Sur l'approximation des fonctions*, Bulletin des Sciences Mathématiques 22, 278–287, 1898
# 7. A. R. Barron, *Universal approximation bounds for superpositions of a sigmoidal function*, IEEE Transactions on Information Theory 39, 930–945, 1993
# 8. M. Telgarsky, *Benefits of depth in neural networks*, COLT 2016, arXiv:1602.04485
# 9. G. Montúfar, R. Pascanu, K. Cho, Y. Bengio, *On the number of linear regions of deep neural networks*, NIPS 2014, arXiv:1402.1869
# 10. R. Hecht-Nielsen, *On the algebraic structure of feedforward network weight spaces*, in: Advanced Neural Computers, North-Holland, 1990
# 11. C. Szegedy and others, *Intriguing properties of neural networks*, ICLR 2014, arXiv:1312.6199
# 12. D. Bau, B. Zhou, A. Khosla, A. Oliva, A. Torralba, *Network dissection: quantifying interpretability of deep visual representations*, CVPR 2017, arXiv:1704.05796
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | forward propagation | 前向传播 | from the inputs through all layers to the output |
# | feed-forward network, multilayer perceptron (MLP) | 前馈网络，多层感知器 | layers in a row, each fed by the one before |
# | transfer function | 传递函数 | an older name of the activation function |
# | input layer, hidden layer, output layer | 输入层，隐藏层，输出层 | where numbers come in, are combined, come out |
# | dense, fully connected layer | 全连接层 | every unit sees every activation before it |
# | batch | 批次 | examples that go through together, one per row |
# | shape | 形状 | rows and columns of an array |
# | to standardise | 标准化 | to bring to mean 0 and standard deviation 1 |
# | weight, bias | 权重，偏置 | what a unit multiplies by, and adds |
# | dot product | 点积 | multiply position by position, then add |
# | cache | 缓存 | (a_prev, z) of every layer, kept for later |
# | parameter | 参数 | a number that is learned: a weight or a bias |
# | width, depth | 宽度，深度 | units in a layer; number of layers |
# | share explained, R² | 决定系数 | 1 − mean squared miss / variance |
# | piecewise linear | 分段线性 | straight pieces that meet in kinks |
# | universal approximation | 万能逼近（通用近似） | good weights exist for every continuous function |
# | uniformly continuous | 一致连续 | one gap is small enough everywhere |
