# %% [markdown]
# # 5 · Losses and costs
#
# **About 85 minutes of reading, and 80 for the exercises.** It builds on [activation
# functions](../ch03_activations/ch03_activations.ipynb)
# (sigmoid, softmax, slopes) and on [forward propagation](../ch04_forward/ch04_forward.ipynb) (batches,
# house prices).
#
# Afterwards you can
#
# - tell the loss of one example from the cost of a batch, and write both with their gradients;
# - say which assumption about the world hides in a squared error, and when it is the wrong one;
# - derive the cross-entropies from probabilities, and compute them so that no logit breaks them;
# - show by measurement why a sigmoid with a squared error learns slowly when it is confidently wrong.

# %%
import numpy as np

from annkit import check, data, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.costs.explorer import cost_explorer

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_prediction_shape import recall_prediction_shape

# %%
from recall_flat_sigmoid import recall_flat_sigmoid

# %%
from recall_score_shift import recall_score_shift

# %% [markdown]
# ## Two agents
#
# Five houses on one street have been sold. Before the sale, two agents had predicted the prices.
# You want to hire one of them. Which?

# %%
sold_for = np.array([240.0, 310.0, 180.0, 420.0, 290.0])  # five prices, in thousands
agent_a = np.array([260.0, 290.0, 200.0, 440.0, 270.0])
agent_b = np.array([240.0, 310.0, 180.0, 420.0, 370.0])
said = np.column_stack([sold_for, agent_a, agent_b])  # (5, 3)
show.table(said, ["sold for", "agent A said", "agent B said"])

# %% [markdown]
# A always misses by 20. B is exact four times, and misses once by 80. Add up the misses, and A gets
# 100 and B 80, so B is better. Square them first, and A gets $5\cdot 20^2 = 2000$ and B $80^2 =
# 6400$, so A is better. Both sums measure “how wrong”, and they disagree.
#
# A network will be shaped by whatever number we tell it to make small. Before it learns anything,
# then, we have to decide **what “wrong” should cost**. This chapter shows that it isn't a matter of
# taste: behind each of the usual costs stands an assumption about how observations scatter. State
# the assumption, and the cost follows. By the end you will know whom to hire.

# %% tags=["author"]
misses = {"A": np.abs(agent_a - sold_for), "B": np.abs(agent_b - sold_for)}
assert {name: m.sum() for name, m in misses.items()} == {"A": 100, "B": 80}
assert {name: (m**2).sum() for name, m in misses.items()} == {"A": 2000, "B": 6400}

# %% [markdown]
# ## 1 The loss of a house, the cost of a street
#
# Two words are often mixed up. A **loss** belongs to one example and says how wrong this prediction
# was. A **cost** belongs to a batch: it is the mean of its losses. The most used loss for numbers
# is the **half squared error**. An example may have several outputs (price and yearly heating bill,
# say), and their squares are added:
#
# $$\ell = \tfrac12 \sum_j (\hat y_j - y_j)^2$$
#
# The predictions `y_hat` and the observations `y` both have the shape `(batch, n_out)`, one row per
# house.

# %%
from half_squared_error import half_squared_error

# %% [markdown]
# Now the cost $C = \frac1n\sum_i \ell_i$ of a batch of $n$ examples. Why the mean and not the sum?
# The mean lets us compare a street with a town. Write every house down twice, and the sum doubles,
# though nobody has predicted any worse. The mean stays. (In this course the mean half squared error
# is what we call **MSE**; elsewhere the half is often missing, or the sum is divided by the number
# of outputs as well. Look before you compare numbers.)

# %%
from mse_cost import mse_cost

# %% [markdown]
# **Which way to go?** To make the cost small, we must know how it reacts to a nudge of each prediction.
# All these slopes together, in an array of the same shape as what is nudged, are the **gradient**.
# For one house and one output: nudge $\hat y$ by $h$.
#
# $$\tfrac12(\hat y + h - y)^2 - \tfrac12(\hat y - y)^2 = (\hat y - y)\,h + \tfrac12 h^2$$
#
# For a tiny $h$ the last term doesn't count, and the slope of the loss is the miss itself. That is
# what the half is for: it cancels the 2. In the mean of $n$ losses each one has the weight $1/n$. (The
# rounded ∂ says that only this one prediction is moved, and everything else stays as it is.)
#
# $$\frac{\partial C}{\partial \hat y} = \frac{\hat y - y}{n}$$

# %%
from mse_grad import mse_grad

# %% [markdown]
# **One guess for all.** A network that knows nothing about a house can only say the same number
# every time. Which number is cheapest? Take five other houses, one of them a villa. For comparison,
# the **absolute error** $|\hat y - y|$. Predict the two lowest points before you run the cell.

# %%
street = np.array([250.0, 280.0, 290.0, 310.0, 1120.0])  # thousands
guesses = np.linspace(200, 700, 501)
miss = guesses[:, None] - street  # (501, 5): every guess against every house
squared, absolute = 0.5 * np.mean(miss**2, axis=1), np.mean(np.abs(miss), axis=1)
show.lines(
    guesses,
    {"½ squared error": squared / squared.min(), "absolute error": absolute / absolute.min()},
    "the same guess for all five houses (thousands)",
    "cost, lowest point = 1",
)

# %% tags=["author"]
assert guesses[np.argmin(squared)] == street.mean() == 450
assert guesses[np.argmin(absolute)] == np.median(street) == 290

# %% [markdown]
# The squared error is cheapest at 450, the **mean**. There the gradient is 0, which means that the
# misses above and below balance. No house on this street costs anything like 450: the villa has
# pulled the guess up. The absolute error is cheapest at 290, the **median**. Its slope is +1 or −1,
# whatever the size of the miss, so each house has one vote, and the villa is only one more house
# above. Neither guess is right or wrong. They answer different questions.
#
# **And if too low hurts more than too high?** Say, three times as much. Raise the guess by one: every
# house below it costs 1 more, every house above it 3 less. Up to where is that worth it? **Predict**
# the cheapest guess for each row of the table.

# %%
wider, tariffs = np.linspace(200, 1200, 1001), []
off = wider[:, None] - street  # (1001, 5): below 0 where a guess is too low
for low, high in ((1, 3), (1, 1), (3, 1), (9, 1)):
    tilted = np.mean(np.where(off < 0, -low * off, high * off), axis=1)  # (1001,)
    tariffs.append((low, high, wider[np.argmin(tilted)]))
show.table(tariffs, ["too low costs", "too high costs", "cheapest guess"])

# %% tags=["author"]
assert [row[2] for row in tariffs] == [280, 290, 310, 1120], tariffs
assert np.quantile(street, [0.25, 0.5, 0.75]).tolist() == [280, 290, 310]

# %% [markdown]
# With 3 to 1 it is 310: the guess rises until only a quarter of the houses would lie above it. Such a
# guess is a **quantile**, the median is the one in the middle, and the tilted loss is called the
# *pinball loss*. It turns a single number into a range. Train one output with 1 to 9 and another with
# 9 to 1, and eight houses in ten should lie between the two.

# %%
from typo_question import typo_question

# %% [markdown]
# ## 2 Where does the square come from?
#
# Leave prices for a moment. Of ten houses, three were sold within a month. How probable is a quick
# sale? Call that probability $p$. For every $p$ we can compute how probable it was to see *what we
# saw*: ten houses, one after the other, three of them sold and seven not. It is $p^3(1-p)^7$. This
# is the **likelihood** of $p$.

# %%
chances = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
likelihood = chances**3 * (1 - chances) ** 7
columns = np.column_stack([chances, likelihood, -np.log(likelihood)])
show.table(columns, ["p", "likelihood", "−ln likelihood"])

# %% tags=["author"]
assert chances[np.argmax(likelihood)] == 0.3
np.testing.assert_allclose(likelihood[2], 0.002224, atol=5e-7)
np.testing.assert_allclose(-np.log(likelihood[2]), 6.109, atol=5e-4)
assert (0.5**1074 > 0, 0.5**1075) == (True, 0)

# %% [markdown]
# What happened is most probable with $p = 0.3$, and nobody is surprised. That is the principle of
# **maximum likelihood**: of all models, take the one under which the observations were most
# probable.
#
# Why the last column? A likelihood is a product with one factor per example (if no example
# influences another, that is, if they are *independent*), and products of probabilities die out.
# With $p = \tfrac12$ and 1075 examples the computer stores exactly 0, which is called
# **underflow**. The logarithm turns the product into a sum that it can store. Since the logarithm
# always rises, the best $p$ stays the best. The minus sign makes the best one smallest, like a
# cost. Divide by the number of examples and it *is* a cost: the mean of **−ln p of what happened**.
# An event with $p = 1$ costs 0, one with $p = \tfrac12$ costs 0.693, one with $p = 0.01$ costs 4.6.
# You may read −ln p as *surprise*.
#
# **Now a price.** A price is a number, so the model needs a curve that says how probable each price
# is. The usual assumption is the bell curve of Gauss, centred on the prediction $\hat y$, with a
# **standard deviation** $\sigma$ that says “give or take”:
#
# $$p(y) = \frac{1}{\sigma\sqrt{2\pi}}\;e^{-\frac12\left(\frac{y-\hat y}{\sigma}\right)^2}$$
#
# Take $\hat y = 300$ and $\sigma = 25$ thousand. A hit has $p = 1/(25\cdot2.507) = 0.0160$, which
# costs $-\ln p = 4.14$. A miss of 25 is one σ and has $e^{-1/2}$ of that: it costs 4.64, 0.5 more.
# A miss of 50 costs 6.14, 2 more. What you pay *above a hit*, then, is
# $\tfrac12(\text{miss}/\sigma)^2$. In symbols, the logarithm undoes the exponential and turns the
# product into a sum:
#
# $$-\ln p(y) = \underbrace{\frac{(y-\hat y)^2}{2\sigma^2}}_{\text{half squared error}/\sigma^2} +
# \underbrace{\ln\sigma + \tfrac12\ln 2\pi}_{\text{no }\hat y\text{ in it}}$$
#
# **The half squared error is the −ln p of the bell curve**, with misses that scatter independently
# of each other and equally wide for every house. That is one reason to use it, and the one that
# says what σ means. It is not the only one: whatever the scatter, the squared error leads to the
# *mean*, as in section 1. If you square without a bell, you get the right mean, but no right to say
# how sure you are. (The $p$ here is a *density*, probability per thousand. A density may be larger
# than 1.)

# %% tags=["author"]
from statistics import NormalDist

model = NormalDist(300, 25)
paid = [-np.log(model.pdf(y)) for y in (300, 325, 350)]
np.testing.assert_allclose(paid, [4.14, 4.64, 6.14], atol=5e-3)
assert round(model.pdf(300), 4) == 0.0160
np.testing.assert_allclose(-np.log([1, 0.5, 0.01]), [0, 0.693, 4.605], atol=5e-4)
wild = np.random.default_rng(0).exponential(10.0, 100_000)  # skew, nothing like a bell
around_it = np.linspace(5, 15, 1001)
assert (
    abs(around_it[np.argmin(np.mean(wild**2) - 2 * around_it * wild.mean() + around_it**2)] - 10)
    < 0.2
)

# %%
from gaussian_nll import gaussian_nll

# %% [markdown]
# If you kept all the constants, you can do more than predict: you can learn how *sure* to be. For 200
# houses of our town, the cost is lowest when σ² is the mean of the squared misses: here σ is 25
# thousand, as the picture under your card shows. A smaller σ would
# make every miss more expensive, and a larger one every hit.
#
# **Other scatter, other cost.** A curve with longer tails, $p(y) = \frac{1}{2s}e^{-|y-\hat y|/s}$,
# named after Laplace, gives $-\ln p = |y-\hat y|/s + \ln 2s$: the absolute error. With it, a huge miss
# is rare but not unheard of.
#
# **Which agent do you hire?** If prices scatter like a bell with σ = 25, A's five misses of 0.8 σ
# cost $5\cdot\tfrac12\cdot0.8^2 = 1.6$ above five hits, and B's one miss of 3.2 σ costs 5.12. Hire
# A: under a bell, such a miss happens once in 700 sales. If now and then a price is off for reasons
# nobody can foresee, think of Laplace and hire B. You don't know σ? Give each agent the width that
# suits their own misses best. A house then costs A 4.41 and B 5.00 under a bell, 4.69 and 4.47 under
# Laplace: the same verdicts. The question was never which sum is nicer, but how misses arise.

# %% tags=["author"]
misses = np.abs(np.array([agent_a, agent_b]) - sold_for)  # (2, 5)
bell = np.log(np.sqrt(2 * np.pi) * np.sqrt((misses**2).mean(axis=1))) + 0.5
laplace = np.log(2 * misses.mean(axis=1)) + 1
np.testing.assert_allclose([bell, laplace], [[4.41, 5.00], [4.69, 4.47]], atol=0.006)
np.testing.assert_allclose(5 * 0.5 * 0.8**2, 1.6)
np.testing.assert_allclose(0.5 * 3.2**2, 5.12)
assert round(1 / (2 * NormalDist().cdf(-3.2)), -2) == 700
X, price = data.houses(200, np.random.default_rng(5))
from annkit.data.housing import expected_price

assert round(float(np.sqrt(np.mean((price - expected_price(X)) ** 2))), 1) == 25.0

# %%
from negative_question import negative_question

# %% [markdown]
# ## 3 Yes or no
#
# Will the house be sold within a month? The network's last unit is a sigmoid, and $p = \sigma(z)$
# is the probability it gives to *yes*. (From here on $\sigma(\ldots)$ with a bracket is the sigmoid
# of chapter 3. The σ of section 2, a width in thousands, is a different thing with the same
# letter.) The number $z$ before the sigmoid is called the **logit**. Two outcomes with the
# probabilities $p$ and $1-p$ are a **Bernoulli** distribution. No bell is needed now: what happened
# has a probability, and we pay −ln of it. Suppose $p = 0.9$:
#
# - sold: $-\ln 0.9 = 0.105$. There is little surprise.
# - not sold: $-\ln 0.1 = 2.303$. You were rather sure, and wrong.
#
# With $y = 1$ for sold and $y = 0$ for not sold, both cases fit in one line, since one of the two terms
# is always 0. This is the **binary cross-entropy**:
#
# $$\ell = -\,\bigl(y\ln p + (1-y)\ln(1-p)\bigr)$$
#
# Mind the bracket: the minus belongs to both terms.
#
# **Why a sigmoid?** A weighted sum can be any number, a probability can't. The *odds* $p/(1-p)$ run
# from 0 to ∞ (a probability of three quarters means odds of 3 : 1), and their logarithm takes every
# value, with 0 for “no idea” and opposite signs for $p$ and $1-p$. Let the network say the
# log-odds, $z = \ln\frac{p}{1-p}$, and solve for $p$: $e^z = p/(1-p)$ gives $p = e^z/(1+e^z) =
# 1/(1+e^{-z}) = \sigma(z)$. That is what *logit* means.
#
# **How it breaks.** Compute the loss as it stands, for a house that was not sold ($y=0$), with a
# sigmoid that can't overflow for positive $z$:

# %%
z = np.array([2.0, 20.0, 36.0, 37.0, 800.0])
p = 1 / (1 + np.exp(-z))  # can't overflow for z ≥ 0
with np.errstate(divide="ignore"):  # we want to see the inf, not the warning
    as_it_stands = -np.log(1 - p)
truth = [nn.COSTS["binary_cross_entropy"].value([[score]], [[0]]) for score in z]
columns = np.column_stack([z, 1 - p, as_it_stands, truth])
show.table(columns, ["z", "1 − p", "−ln(1 − p)", "true loss"])

# %% tags=["author"]
assert np.isinf(as_it_stands).tolist() == [False, False, False, True, True]
with np.errstate(divide="ignore", invalid="ignore"):
    assert np.isnan(0 * np.log(1 - p[-1]))
np.testing.assert_allclose(as_it_stands[2], 36.04, atol=5e-3)
np.testing.assert_allclose(truth, [2.126928, 20, 36, 37, 800], rtol=1e-6)
for kind, bits, edge in ((np.float64, 53, 36.74), (np.float32, 24, 16.64)):
    assert round(bits * np.log(2), 2) == edge
    below, above = 1 / (1 + np.exp(np.array([0.01 - edge, -0.01 - edge], dtype=kind)))
    assert below < 1
    assert above == 1
np.testing.assert_allclose(-np.log([0.9, 0.1]), [0.105, 2.303], atol=5e-4)
np.testing.assert_allclose(-np.log(1e-7), 16.1, atol=0.05)

# %% [markdown]
# At 36 the second digit after the point is already wrong, and at 37 the loss is infinite. The
# reason is a gap of $1.1\cdot10^{-16}$ between 1 and the number just below it. From $z =
# 53\ln 2 = 36.74$ on, $\sigma(z)$ is stored as exactly 1 (in numbers of 32 bits from 16.64 on), and
# what $1-p$ knew is gone. If the house *was* sold ($y = 1$), it is no better: the second term is
# then $0\cdot\ln 0$, which is NaN, for a prediction that was perfectly right.
#
# **The remedy is to never compute $p$.** Put $p = \sigma(z)$ into the formula on paper. First
# $-\ln(1-p)$: since $1-p = 1/(1+e^{z})$, it is $\ln(1+e^z)$. Then $-\ln p$: since $p =
# e^z/(1+e^z)$, it is $\ln(1+e^z) - z$. Both together:
#
# $$\ell = \ln(1+e^z) - y\,z$$
#
# One exponential is left, and it overflows at $z = 709.78$, as you know. For positive $z$ take it
# out of the bracket: $\ln(1+e^z) = \ln\bigl(e^z(e^{-z}+1)\bigr) = z + \ln(1+e^{-z})$. That is safe.
# The rest is yours.

# %%
from bce_cost import bce_cost

# %%
from cap_question import cap_question

# %% [markdown]
# **Its gradient** needs one slope: that of $\ln(1+e^z)$, by the chain rule $\frac{1}{1+e^z}\cdot
# e^z$, which is $\sigma(z)$. And $-yz$ has the slope $-y$. So in a batch of $n$
#
# $$\frac{\partial C}{\partial z} = \frac{\sigma(z) - y}{n}$$
#
# It is probability minus truth, over $n$. For the price it was prediction minus observation, over
# $n$, which is the same sentence. Let us measure it before we believe it:

# %%
z, y, h = np.array([[-3.0], [0.5], [8.0]]), np.array([[1.0], [1.0], [0.0]]), 1e-5
bce = nn.COSTS["binary_cross_entropy"]
measured = [
    (bce.value(z + h * nudge, y) - bce.value(z - h * nudge, y)) / (2 * h)
    for nudge in np.eye(3)[:, :, None]  # (3, 1): one logit at a time
]
derived = (nn.ACTIVATIONS["sigmoid"].f(z) - y) / 3
show.table(np.column_stack([z, y, derived, measured]), ["z", "y", "derived", "measured"])

# %% tags=["author"]
np.testing.assert_allclose(derived.ravel(), measured, atol=1e-9)

# %%
from bce_grad import bce_grad

# %% [markdown]
# > **A good place to stop for the day.** Squares and cross-entropies have a reason, and you have
# > written three costs. Tomorrow you will see why the wrong pair learns slowly, and then choose one
# > class of many.
#
# ## 4 Sure and wrong
#
# Why not take the squared error for yes and no as well, $\ell = \tfrac12(\sigma(z) - y)^2$? It is 0
# when the unit is right and large when it is wrong. Its slope in $z$, by the chain rule:
#
# $$\frac{\partial\ell}{\partial z} = (\sigma(z) - y)\cdot\sigma'(z)$$
#
# One factor more than the cross-entropy has, and you know this factor: it is the slope of the
# sigmoid, at most ¼, and almost 0 where the unit is saturated. The interactive shows what it does.
# Above is a price under its bell, with its −ln p. Below is a sale, yes or no, judged by both costs.
# On the right you see how strongly each of them pulls, on a logarithmic axis. Commit to a
# prediction first.

# %%
cost_explorer()

# %% [markdown]
# Find out:
#
# - Keep the miss of the price at 50 and widen σ. When does more doubt make it cheaper, and when not?
# - Set the outcome to *not sold* and move $z$ from −10 to 10. Where does each cost pull hardest?
# - Is there a $z$ at which the squared error pulls harder than the cross-entropy?
#
# <details><summary>What you may have found</summary>
#
# More doubt helps as long as σ is smaller than the miss; it is cheapest at σ = 50, where the miss is one
# σ. The cross-entropy pulls hardest where the unit is most wrong, with a strength that nears 1. The
# squared error pulls hardest where the unit is *undecided*, near $z = 0.7$, and at most with 0.148;
# the more certain the error, the weaker the pull. It never pulls harder: the ratio is
# $1/\bigl(p(1-p)\bigr)$, which is never below 4 and reaches 22 028 at $z = 10$.
#
# </details>

# %% tags=["author"]
from annkit.lessons.costs.explorer import squared_error, surprise

sigmas = [float(s) for s in range(10, 61, 5)]
assert sigmas[np.argmin([surprise(350, 300, s) for s in sigmas])] == 50
fine = np.linspace(-10, 10, 20_001)
pull = squared_error(fine, False)[1]
assert (round(fine[np.argmax(pull)], 1), round(pull.max(), 3)) == (0.7, 0.148)
p10 = 1 / (1 + np.exp(-10))
assert round(1 / (p10 * (1 - p10))) == 22_028

# %% [markdown]
# **How slow is slow?** One unit, one house that was not sold, and we move $z$ down the slope with the
# rate 1 until the unit has changed its mind ($p < 0.1$). The start says how sure it was:


# %%
def steps_until_it_gives_in(z, extra_factor):
    """Count steps of rate 1 down the slope of the loss, for y = 0, until p is below 0.1."""
    sigmoid, n_steps = nn.ACTIVATIONS["sigmoid"], 0
    z = np.array(z)
    while sigmoid.f(z) >= 0.1:
        z = z - sigmoid.f(z) * (sigmoid.f_prime(z) if extra_factor else 1)
        n_steps += 1
    return n_steps


waits = [
    (z, steps_until_it_gives_in(z, False), steps_until_it_gives_in(z, True))
    for z in (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
]
show.table(waits, ["z at the start", "steps, cross-entropy", "steps, ½ squared error"])

# %% tags=["author"]
assert [row[1] for row in waits] == [10, 12, 15, 17, 19, 21]
assert [row[2] for row in waits] == [71, 86, 141, 497, 3081, 22134]

# %% [markdown]
# With the cross-entropy, being twice as sure takes a few steps more. With the squared error every
# further 2 in $z$ multiplies the wait, in the end by about 7, which is $e^2$. **But a single unit
# is a caricature**, so here is a town: 200 houses, four standardised features. Did the house fetch
# more than 300 thousand? The weights start sure and wrong. They say that small and far away is
# expensive, −2 for the area and 1 for the distance, times a *strength* that we vary. The slope in a
# weight is the slope in $z$ times the input that the weight multiplies, summed over the houses.

# %%
X, price = data.houses(200, np.random.default_rng(5))
features = (X - X.mean(axis=0)) / X.std(axis=0)  # (200, 4), standardised
A = np.column_stack([features, np.ones(200)])  # (200, 5): the bias is the weight of a 1
above = (price[:, None] > 300).astype(float)  # (200, 1): 1 where the answer is yes


# %%
def accuracies(strength, rate, extra_factor, n_steps):
    """Learn by steps down the slope; return the share of right answers before each step."""
    w = strength * np.array([[-2.0], [0.0], [1.0], [0.0], [0.0]])  # small and far: expensive
    sigmoid, right = nn.ACTIVATIONS["sigmoid"], []
    for _ in range(n_steps):
        z = A @ w  # (200, 1)
        right.append(np.mean((z > 0) == above))
        slopes = (sigmoid.f(z) - above) / 200
        if extra_factor:
            slopes = slopes * sigmoid.f_prime(z)
        w = w - rate * A.T @ slopes
    return np.array(right)


# %%
shares = {
    "cross-entropy": accuracies(4, 1.0, False, 2000),
    "½ squared error": accuracies(4, 1.0, True, 2000),
}
show.lines(np.arange(2000), shares, "step", "share of houses right", "From sure and wrong")


# %%
def steps_to_90_percent(strength, rate):
    """Count the steps until nine of ten houses are right, by both costs."""
    both = (accuracies(strength, rate, extra_factor, 7000) for extra_factor in (False, True))
    return [int(np.argmax(right >= 0.9)) for right in both]


starts = [(0, 1), (1, 1), (2, 1), (4, 1), (8, 1), (8, 10), (8, 100)]
races = [(strength, rate, *steps_to_90_percent(strength, rate)) for strength, rate in starts]
show.table(races, ["strength", "rate", "steps, cross-entropy", "steps, ½ squared error"])

# %% tags=["author"]
assert [row[2] for row in races] == [7, 37, 61, 99, 164, 18, 3], races
assert [row[3] for row in races] == [24, 172, 393, 1482, 6801, 681, 70], races
granted = [int(np.argmax(accuracies(strength, 4.0, True, 2000) >= 0.9)) for strength in (0, 8)]
assert granted == [6, 1701]
z = A @ np.array([[-2.0], [0.0], [1.0], [0.0], [0.0]])
assert round(float(np.mean((z > 0) == above)), 3) == 0.135
assert round(float(np.median(np.abs(8 * z))), 1) == 13.5

# %% [markdown]
# The claim holds for the town as well: from zero weights the squared error needs 3 times as many
# steps, from a start of strength 8 (half of all logits beyond ±13.5) 41 times as many. (Part of
# that is mere scale, since σ′ is at most ¼. If we grant the squared error a rate of 4 to make up
# for it, it is no slower from zero, but still 10 times as slow from strength 8.) Yet the slogan
# leaves out three things:
#
# - It is milder than for the single unit. The few houses near the boundary are not saturated; they
#   pull the weights round for all the others.
# - A larger rate helps *both*. With the rate 100 the squared error arrives after 70 steps. But the rate
#   that wakes up a sleeping unit may be far too large for its neighbours; chapter 6 is about how large a
#   rate may be.
# - If you start near zero, you hardly suffer. Sensible first weights (chapter 11) are half of the
#   cure.

# %% [markdown]
# > **Myth: “Squared error is for numbers. Train a classifier with it, and its probabilities mean
# > nothing.”** Test it. Of many equal houses, 70 % are sold. If you say the same $p$ for all of
# > them, you pay, on average, $0.7\,\ell(p, 1) + 0.3\,\ell(p, 0)$. Which $p$ is cheapest? Try three
# > losses.

# %%
p = np.linspace(0.01, 0.99, 99)
on_average = {
    "−ln p": -0.7 * np.log(p) - 0.3 * np.log(1 - p),
    "½ squared error": 0.7 * 0.5 * (1 - p) ** 2 + 0.3 * 0.5 * p**2,
    "absolute error": 0.7 * (1 - p) + 0.3 * p,
}
cheapest = [(name, p[np.argmin(cost)], cost.min()) for name, cost in on_average.items()]
show.table(cheapest, ["loss", "cheapest p", "its average cost"])

# %% tags=["author"]
assert [round(row[1], 2) for row in cheapest] == [0.7, 0.7, 0.99]
assert round(cheapest[0][2], 3) == 0.611

# %% [markdown]
# > Cross-entropy and squared error both say 0.70. With either of them, honesty pays. Such losses
# > are called **proper scoring rules**. Weather forecasts have been scored by squared error since 1950.
# > The absolute error says “as near to 1 as you can”: *it* is the one that ruins probabilities. So
# > the squared error asks the right question. Only the road to the answer is slow when it leads
# > through a sigmoid.
# >
# > Note the last column. The best possible cross-entropy here is 0.611, not 0. Chance has its price, and
# > no model can avoid it.
#
# **Why “cross”?** This price has a name. If *yes* comes with the probability $q$, the mean surprise
# of somebody who knows this is $-q\ln q - (1-q)\ln(1-q)$, the **entropy**: 0.611 for $q = 0.7$,
# 0.693 for a fair coin, 0 where nothing is left to chance. Somebody who believes in another $p$ is
# surprised by the same events, but pays according to $p$: $-q\ln p - (1-q)\ln(1-p)$. The
# probabilities come from one and the surprises from the other, hence *cross*-entropy. **Predict**:
# who pays more for a wrong belief, the one who says 0.5 or the one who says 0.9?

# %%
paid_by = {"cross-entropy": on_average["−ln p"], "entropy": np.full(99, on_average["−ln p"].min())}
show.lines(p, paid_by, "belief p; the truth is 0.7", "mean surprise", "What a wrong belief costs")


# %% tags=["author"]
def mean_surprise(q, p):
    return -q * np.log(p) - (1 - q) * np.log(1 - p)


np.testing.assert_allclose(mean_surprise(0.7, 0.7), 0.611, atol=5e-4)
np.testing.assert_allclose(mean_surprise(0.5, 0.5), 0.693, atol=5e-4)
excess = mean_surprise(0.7, np.array([0.5, 0.9])) - mean_surprise(0.7, 0.7)
np.testing.assert_allclose(excess, [0.082, 0.154], atol=5e-4)
assert (on_average["−ln p"] >= mean_surprise(0.7, 0.7) - 1e-12).all()

# %% [markdown]
# The price of being wrong lies between the two lines and is never below 0. It is 0.082 for 0.5 and
# 0.154 for 0.9, though both are off by 0.2. It is called the **Kullback–Leibler divergence**, and
# it is the only part that training can lower: cost = entropy of the world + divergence from it.

# %% [markdown]
# ## 5 One of many
#
# Flat, terraced house or detached house? The last layer has one logit per class, softmax turns a row of
# logits into probabilities (a **categorical** distribution), and again we pay −ln p of what was
# true. Logits $(2, 1, 0)$ are the probabilities 0.665, 0.245, 0.090. If the truth is class 0, the loss is
# 0.408; if it is class 2, 2.408. On paper
#
# $$\ell = -\ln\frac{e^{z_\text{true}}}{\sum_k e^{z_k}} = \ln\sum_k e^{z_k} \;-\; z_\text{true}$$
#
# This is the **softmax cross-entropy**. The first term deserves a function of its own,
# **log-sum-exp**. It is a soft maximum. For $(2, 1, 0)$ it is 2.408, a bit above 2, and for $(20,
# 10, 0)$ it is 20.00005.
#
# One tool first. `z.max(axis=1)` has one number per row, but as a plain row of numbers, (batch,), which
# NumPy lays along the *columns* of `z`. `z.max(axis=1, keepdims=True)` keeps the axis: a column,
# (batch, 1), and each number meets its own row. (Docstrings write C for the number of classes, as in
# `(batch, C)`. In formulas $C$ is the cost, and there we call that number $K$.)

# %% tags=["author"]
paid = -np.log(nn.softmax(np.array([[2.0, 1.0, 0.0]])))[0]
np.testing.assert_allclose(paid[[0, 2]], [0.408, 2.408], atol=5e-4)
np.testing.assert_allclose(np.log(np.exp([2, 1, 0]).sum()), 2.408, atol=5e-4)
np.testing.assert_allclose(np.log(np.exp([20, 10, 0]).sum()), 20.00005, atol=5e-6)

# %%
from log_sum_exp import log_sum_exp

# %% [markdown]
# Does it matter if your softmax is stable already? Compute its logarithm and see. The true class is
# the second one, and its logit lies further and further below the first:

# %%
behind = np.array([10.0, 745.0, 746.0])
p = nn.softmax(np.column_stack([np.zeros(3), -behind]))[:, 1]
with np.errstate(divide="ignore"):
    logarithm_after_softmax = -np.log(p)
header = ["behind by", "p", "−ln p", "by log-sum-exp"]


def both_ways(log_sum_exp):
    """The loss from the probability, and from the logits alone."""
    logits = np.column_stack([np.zeros(3), -behind])  # (3, 2)
    by_logits = log_sum_exp(logits) - logits[:, 1]
    return show.table(np.column_stack([behind, p, logarithm_after_softmax, by_logits]), header)


with_own(both_ways, log_sum_exp=lambda z: np.logaddexp.reduce(z, axis=1))

# %% tags=["author"]
assert np.isinf(logarithm_after_softmax).tolist() == [False, False, True]
assert round(1075 * np.log(2), 2) == 745.13
assert np.exp(-745.13) > 0
assert np.exp(-745.14) == 0

# %% [markdown]
# Beyond $1075\ln 2 = 745.13$ the probability is stored as 0, and the loss, which should be 746, is
# infinite. A stable softmax is not enough: the logarithm has to be taken on paper. (For one entry per
# row you hand NumPy two lists: `z[[0, 1, 2], [2, 0, 1]]` is `z[0, 2]`, `z[1, 0]` and `z[2, 1]`.)

# %%
from cross_entropy_cost import cross_entropy_cost

# %% [markdown]
# **A free test.** A network that knows nothing gives each of $K$ classes $1/K$ and pays $\ln K$: 0.693
# for two classes, 1.099 for three, 2.303 for ten. If your first cost with small weights is something
# else, look for the bug before you train.

# %% tags=["author"]
for n_classes, expected in ((2, 0.693), (3, 1.099), (10, 2.303)):
    first = nn.COSTS["softmax_cross_entropy"].value(np.zeros((4, n_classes)), [0, 1, 1, 0])
    np.testing.assert_allclose(first, expected, atol=5e-4)
perfect = nn.softmax(nn.softmax(np.array([[1000.0, *[0.0] * 9]])))[0, 0]
np.testing.assert_allclose([perfect, -np.log(perfect)], [0.232, 1.461], atol=5e-4)

# %%
from twice_question import twice_question

# %% [markdown]
# **Its gradient.** The slope of $\ln\sum_k e^{z_k}$ in $z_j$ is $e^{z_j}/\sum_k e^{z_k}$: the softmax
# $p_j$. The slope of $-z_\text{true}$ is −1 for the true class and 0 for the others. Write the truth as
# a row $y$ with a 1 in one place and 0 elsewhere, and you read the same sentence for the third time:
#
# $$\frac{\partial C}{\partial z} = \frac{p - y}{n}$$
#
# The pulls in a row sum to 0. What the true class gains is taken from the others, from each as much
# as it had claimed.

# %%
from cross_entropy_grad import cross_entropy_grad

# %% [markdown]
# ## 6 Break it
#
# Back to prices. A linear unit learns the price of the 200 houses (in hundred thousands) from their
# four features and the constant 1; it walks down measured slopes of the mean half squared error, as
# in chapter 3. We change one thing: the prices now come as `(200,)` instead of `(200, 1)`.
# **Predict first**: will there be an error message? Will the cost fall? What will the predictions
# be?


# %%
def learned(y, h=1e-5):
    """Walk 300 steps down measured slopes; return the predictions and the costs."""

    def cost(w):
        return 0.5 * np.mean((A @ w - y) ** 2)

    w, costs = np.zeros((5, 1)), []
    for _ in range(300):
        costs.append(cost(w))
        slopes = [(cost(w + h * e) - cost(w - h * e)) / (2 * h) for e in np.eye(5)[:, :, None]]
        w = w - 0.3 * np.reshape(slopes, (5, 1))
    return A @ w, costs


# %%
prices = {"(200, 1)": price[:, None] / 100, "(200,)": price / 100}
runs = {shape: learned(y) for shape, y in prices.items()}
outcome = [
    (f"prices {shape}", costs[0], costs[-1], predicted.mean(), predicted.std().round(3))
    for shape, (predicted, costs) in runs.items()
]
show.table(outcome, ["", "cost at the start", "at the end", "mean prediction", "spread"])

# %%
first_40 = {f"prices {shape}": costs[:40] for shape, (_, costs) in runs.items()}
show.lines(np.arange(40), first_40, "step", "cost")

# %% tags=["author"]
np.testing.assert_allclose([row[1] for row in outcome], [7.198, 7.198], atol=5e-4)
np.testing.assert_allclose([row[2] for row in outcome], [0.170, 1.318], atol=5e-4)
np.testing.assert_allclose([row[3] for row in outcome], [3.429, 3.429], atol=5e-4)
np.testing.assert_allclose([row[4] for row in outcome], [1.515, 0], atol=5e-4)
np.testing.assert_allclose((price / 100).var() / 2, 1.318, atol=5e-4)
assert (np.diff(runs["(200,)"][1]) <= 1e-12).all()

# %% [markdown]
# There is no message. The cost falls smoothly from 7.198, where the good run starts too, and
# settles. A learning curve like this would pass in any report. But every house is predicted at 343
# thousand, villa and flat alike. (1.318, where the cost ends, is half the variance of the prices.)
# Now explain it. This one is read by a person.

# %%
from break_pairs import break_pairs

# %% [markdown]
# ## Recap
#
# | what is predicted | assumption | output unit | loss of one example | slope in $\hat y$ or $z$ |
# |---|---|---|---|---|
# | a number | Gaussian scatter | identity | $\tfrac12\sum(\hat y-y)^2$ | $\hat y - y$ |
# | a number, wild misses | Laplace scatter | identity | $\sum\lvert\hat y-y\rvert$ | ±1 |
# | yes or no | Bernoulli | sigmoid | $\ln(1+e^z) - yz$ | $p - y$ |
# | one of K | categorical | softmax | $\ln\sum e^{z_k} - z_\text{true}$ | $p - y$ |
# | yes or no, by squared error | – | sigmoid | $\tfrac12(p-y)^2$ | $(p-y)\,\sigma'(z)$: asleep when sure |
#
# The first four are −ln p of what happened, up to constants. Each cost is the mean of its losses, so each gradient has
# a $1/n$. Take logits, not probabilities: from 36.74 on $\sigma(z)$ is stored as exactly 1, and a class whose logit
# lies more than 745.13 behind the first gets a softmax of exactly 0.
#
# Close the notebook for a minute and say aloud: what do you assume when you square misses? Why does a
# sigmoid with a squared error learn slowly, and when does that not matter? What should the first cost
# of a ten-class network be?
#
# ## What you built
#
# Nine functions: `half_squared_error`, `mse_cost`, `mse_grad`, `gaussian_nll`, `bce_cost`, `bce_grad`,
# `log_sum_exp`, `cross_entropy_cost` and `cross_entropy_grad`. What passed is in your own module
# `my_ann.py`. You can now say how wrong a network is and which way its *outputs* should move. The next
# chapter moves weights: it goes downhill.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Legendre published least squares in 1805, as a convenience [1]. Gauss gave the reason in 1809,
# and argued in the opposite direction: he took for granted that the mean of repeated measurements
# is the best guess, and asked which curve of errors makes it so. The answer was the bell [2].
# Laplace had tried the two-sided exponential in 1774, and chose the value that is as likely too
# high as too low [3]. Maximum likelihood as a general method is Fisher's, 1922 [4]. Brier scored
# weather forecasts by squared error in 1950 [5]; Good proposed the logarithm in 1952 [6]. The
# cross-entropy came into networks in the late 1980s, with Baum and Wilczek [7], with Solla, Levin
# and Fleisher, who measured that it learns faster [8], and with Bridle, who added the softmax [9].
#
# **What this chapter does not explain.** Slowness is not the squared error's only trouble with a
# sigmoid: even for a single unit its cost can have very many local minima [10], while the
# cross-entropy of a single unit has no false valleys at all. On the other hand, deep classifiers trained with
# the squared error directly on the logits, *without* sigmoid or softmax, do about as well as with
# cross-entropy [11]; our measurement is about the combination. The cross-entropy's strong pull has its
# price too: a wrong *label* looks like an example the network is sure and wrong about, and pulls with
# full strength.
# Between squared and absolute error there are compromises, of which Huber's is the best known [12]. And a low
# cross-entropy on the training set doesn't make a modern network's probabilities honest on new data:
# they are often too sure [13].
#
# <details><summary>References</summary>
#
# 1. A.-M. Legendre, *Nouvelles méthodes pour la détermination des orbites des comètes*, Paris, 1805
# 2. C. F. Gauss, *Theoria motus corporum coelestium in sectionibus conicis solem ambientium*, Hamburg, 1809
# 3. P.-S. Laplace, *Mémoire sur la probabilité des causes par les événements*, Mémoires de l'Académie royale des sciences de Paris (Savants étrangers) 6, 621–656, 1774
# 4. R. A. Fisher, *On the mathematical foundations of theoretical statistics*, Philosophical Transactions of the Royal Society A 222, 309–368, 1922
# 5. G. W. Brier, *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78, 1–3, 1950
# 6. I. J. Good, *Rational decisions*, Journal of the Royal Statistical Society B 14, 107–114, 1952
# 7. E. B. Baum, F. Wilczek, *Supervised learning of probability distributions by neural networks*, Neural Information Processing Systems (1987), 52–61, 1988
# 8. S. A. Solla, E. Levin, M. Fleisher, *Accelerated learning in layered neural networks*, Complex Systems 2, 625–640, 1988
# 9. J. S. Bridle, *Probabilistic interpretation of feedforward classification network outputs, with relationships to statistical pattern recognition*, in: Neurocomputing, NATO ASI Series F 68, Springer, 1990
# 10. P. Auer, M. Herbster, M. K. Warmuth, *Exponentially many local minima for single neurons*, Advances in Neural Information Processing Systems 8, 316–322, 1995
# 11. L. Hui, M. Belkin, *Evaluation of neural architectures trained with square loss vs cross-entropy in classification tasks*, ICLR 2021, arXiv:2006.07322
# 12. P. J. Huber, *Robust estimation of a location parameter*, Annals of Mathematical Statistics 35, 73–101, 1964
# 13. C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, *On calibration of modern neural networks*, ICML 2017
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | loss | 损失 | how wrong one example is |
# | cost | 代价 | mean of the losses of a batch |
# | half squared error | 半平方误差 | $\tfrac12\sum(\hat y-y)^2$ |
# | mean squared error (MSE) | 均方误差 | mean of the squared errors; in this course with ½ before it |
# | absolute error | 绝对误差 | $\lvert\hat y-y\rvert$ |
# | mean, median | 均值，中位数 | cheapest single guess by squared, by absolute error |
# | gradient | 梯度 | all slopes of a cost, in the shape of what is nudged |
# | likelihood | 似然 | probability of what was seen, as a function of the model |
# | independent | 独立 | one example says nothing about the chance of another |
# | maximum likelihood | 最大似然 | take the model under which it was most probable |
# | negative log likelihood | 负对数似然 | −ln p of what happened |
# | Gaussian (normal) distribution | 高斯（正态）分布 | the bell curve |
# | standard deviation | 标准差 | σ, “give or take” |
# | probability density | 概率密度 | probability per unit; may be larger than 1 |
# | Laplace distribution | 拉普拉斯分布 | longer tails; gives the absolute error |
# | Bernoulli distribution | 伯努利分布 | yes with $p$, no with $1-p$ |
# | categorical distribution | 类别分布 | one of K, each with its probability |
# | binary cross-entropy | 二元交叉熵 | −ln p of a yes or no |
# | softmax cross-entropy | softmax 交叉熵 | −ln p of the true class |
# | logit | 对数几率 | the score before sigmoid or softmax |
# | log-sum-exp | 对数-求和-指数 | $\ln\sum e^{z_k}$, a soft maximum |
# | saturation | 饱和 | being on the flat part of the curve |
# | underflow | 下溢 | a result too small to be stored: it becomes 0 |
# | entropy | 熵 | mean surprise of somebody who knows the chances |
# | Kullback–Leibler divergence | KL 散度 | what a wrong belief costs on top |
# | proper scoring rule | 恰当评分规则 | a loss under which honesty is cheapest |
# | broadcasting | 广播 | NumPy stretches shapes that differ: a column and a row become a square |
